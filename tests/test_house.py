"""The house itself: where things stand, which module owns which library, what is imported when."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(
    [ROOT / "service.py"]
    + [
        path
        for name in (
            "access",
            "archive",
            "commands",
            "desk",
            "generators",
            "lint",
            "rendering",
            "web",
        )
        for path in ROOT.glob(f"{name}/**/*.py")
    ]
)

OWNERS = {
    "num2words": {"generators/wording/reading.py"},
    "docxtpl": {"generators/document/source.py"},
    "docx": {
        f"generators/document/{name}.py" for name in ("draft", "looks", "outline", "scaffold")
    },
    "lxml": {
        "generators/document/source.py",
        "rendering/harmless.py",
        *(
            str(path.relative_to(ROOT))
            for path in ROOT.glob("lint/*.py")
            if path.stem
            in ("opening", "reading", "styles", "numbering", "letters", "drawn", "edges")
        ),
    },
    "pikepdf": {"rendering/sameness.py", "rendering/spots.py"},
    "uno": {"rendering/talker.py"},
    "pydantic": {"generators/intake/payload_shape.py", "web/components.py"},
    "python_calamine": {"archive/plain_tables.py", "generators/intake/workbook.py"},
    "xlrd": {"generators/intake/cells_xls.py"},
    "xlsxwriter": {
        "generators/document/chart_book.py",
        "generators/intake/form.py",
        "generators/intake/pasted.py",
    },
    "pandas": {"generators/tables.py"},
    "simplejson": {"generators/wire.py"},
    "alembic": {
        "archive/database.py",
        *(str(path.relative_to(ROOT)) for path in ROOT.glob("archive/migrations/**/*.py")),
    },
    "argon2": {"access/passwords.py"},
    "bagit": {"archive/bags.py"},
    "mammoth": {"generators/document/portal.py"},
    "pythonjsonlogger": {"web/journal.py"},
    "prometheus_client": {"web/metrics.py"},
    "waitress": {"web/serving.py"},
    "apispec": {"web/openapi.py"},
    "limits": {"web/limits.py"},
}
HEAVY = (
    "pandas",
    "numpy",
    "docxtpl",
    "docx",
    "xlsxwriter",
    "python_calamine",
    "pydantic",
    "lxml",
    "xlrd",
    "alembic",
    "bagit",
    "prometheus_client",
    "pikepdf",
    "apispec",
    "limits",
    "mammoth",
)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> set[str]:
    named: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            named |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named.add(node.module.split(".")[0])
    return named


def test_only_documents_know_the_template_engine() -> None:
    users = {str(p.relative_to(ROOT)) for p in SOURCES if "jinja2" in imports_of(p)}
    assert users
    assert [user for user in users if not user.startswith("generators/document/")] == []


def test_only_the_archive_access_and_the_desk_know_the_database() -> None:
    users = {str(p.relative_to(ROOT)) for p in SOURCES if "sqlalchemy" in imports_of(p)}
    assert users
    assert [
        user for user in users if not user.startswith(("access/", "archive/", "desk/"))
    ] == []


@pytest.mark.parametrize("library", OWNERS)
def test_each_outside_library_is_behind_its_own_module(library: str) -> None:
    users = {str(p.relative_to(ROOT)) for p in SOURCES if library in imports_of(p)}
    assert users == OWNERS[library]


def test_the_service_only_wires() -> None:
    assert imports_of(ROOT / "service.py") <= {
        "__future__",
        "collections",
        "os",
        "typing",
        "flask",
        "commands",
        "web",
    }


def test_every_module_says_in_its_first_line_what_it_is_for() -> None:
    silent = [str(p.relative_to(ROOT)) for p in SOURCES
              if not (ast.get_docstring(tree_of(p)) or "").strip()]  # fmt: skip
    assert silent == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {str(p.relative_to(ROOT)): count for p in SOURCES
            if (count := len(p.read_text(encoding="utf-8").splitlines())) > 330}  # fmt: skip
    assert long == {}


def test_starting_the_service_imports_nothing_heavy() -> None:
    code = "import sys, service; service.create_app(); print(*sorted(sys.modules))"
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(ran.stdout.split())
    assert [name for name in HEAVY if name in loaded] == []


def test_what_the_design_names_stands_at_the_top() -> None:
    for name in (
        "service.py",
        "doc_templates",
        "generators",
        "fixtures",
        "tests",
        "requirements.txt",
        "README.md",
    ):
        assert (ROOT / name).exists(), name


def test_test_modules_that_pytest_imports_by_their_name_alone_have_names_of_their_own() -> None:
    names = [path.stem for path in (ROOT / "tests").glob("**/test_*.py")
             if not (path.parent / "__init__.py").exists()]  # fmt: skip
    assert sorted(names) == sorted(set(names))


def test_every_requirement_is_pinned() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        loose = [line for line in lines if line and line[0] not in "#-" and "==" not in line]
        assert loose == []


def test_the_tests_themselves_never_print_a_path_of_one_machine() -> None:
    word = "/" + "work" + "/"
    named = [str(p.relative_to(ROOT)) for p in [*SOURCES, *ROOT.glob("docs/**/*.md"), ROOT / "README.md"]
             if word in p.read_text(encoding="utf-8")]  # fmt: skip
    assert named == []
