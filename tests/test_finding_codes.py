"""What is read of the sources: every way in which they write a finding's code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.finding_codes import UnknownCode, codes_in

FOLLOWED = {
    "a code written out": ('Finding("sum.parts", ERROR)', {"sum.parts"}),
    "a code chosen on the spot": (
        'def f(low): return Finding("norm.below" if low else "norm.rate")',
        {"norm.below", "norm.rate"},
    ),
    "a code held in a variable": (
        'def f(x):\n    code, why = "a.one", "vì"\n    if x:\n        code = "a.two"\n    Finding(code, why)',
        {"a.one", "a.two"},
    ),
    "a code that callers hand over": (
        'def f(code, why): return Finding(code, why)\nf("a.one", "vì")\nf(why="vì", code="a.two")',
        {"a.one", "a.two"},
    ),
    "a code handed over twice": (
        'def g(code): return Finding(code)\ndef f(code): return g(code)\nf("a.one")\ng("a.two")',
        {"a.one", "a.two"},
    ),
    "a code behind the module's prefix": (
        'P = "text."\ndef f(raw, code): return Finding(f"{P}{code}")\nf(raw, "date")',
        {"text.date"},
    ),
    "a code held in a record": (
        'class Rule(NamedTuple):\n    code: str\n    why: str\nRULES = [Rule("a.one", "vì")]\n'
        "def f(rule): return Finding(rule.code)",
        {"a.one"},
    ),
    "a method of the same name that takes fewer": (
        "class Reader:\n    def add(self, code, where, why): Finding(code, where, why)\n"
        'reader.add("a.one", "", "")\nseen.add(path)',
        {"a.one"},
    ),
}


@pytest.mark.parametrize(("source", "codes"), FOLLOWED.values(), ids=FOLLOWED)
def test_a_code_is_found(source: str, codes: set[str], tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(source, encoding="utf-8")
    assert codes_in([tmp_path / "module.py"]) == codes


def test_a_helper_is_followed_into_the_module_that_imports_it(tmp_path: Path) -> None:
    helper, user, other = (tmp_path / f"{name}.py" for name in ("helper", "user", "other"))
    helper.write_text('def tell(code): return Finding(f"norm.{code}")', encoding="utf-8")
    user.write_text('from checks.helper import tell\ntell("rate")', encoding="utf-8")
    other.write_text('def tell(word): print(word)\ntell("hello")', encoding="utf-8")
    assert codes_in([helper, user, other]) == {"norm.rate"}


def test_a_code_that_cannot_be_told_from_the_source_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("Finding(made_up(), ERROR)", encoding="utf-8")
    with pytest.raises(UnknownCode, match=r"\Amodule\.py:1: made_up\(\)\Z"):
        codes_in([tmp_path / "module.py"])
