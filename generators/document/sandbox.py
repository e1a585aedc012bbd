"""The Jinja that templates run in: it prints what it is given, and can do nothing else.

What a template may say is decided before it is compiled (grammar, names); this holds even
where they are wrong: no functions, no inner attributes, no blank printed in silence.
"""

from __future__ import annotations

from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generators.document.pictures import place_picture
from generators.document.tidy import tidy_kept_paragraph, tidy_paragraph
from generators.marks import FROM, OPEN


class TemplateFault(Exception):
    """The template cannot be used; the message lists every fault with its paragraph."""


class Sandbox(ImmutableSandboxedEnvironment):
    """A strict, escaping Jinja without functions, tests or arithmetic."""

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True, finalize=_printable)
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update(
            doan=tidy_paragraph, doan_giu=tidy_kept_paragraph, anh=place_picture,
            hoa_dau=capital_first, in_hoa=str.upper,
        )  # fmt: skip

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return what `obj` has by that name: a mapping by key only, no inner attributes."""
        if attribute[:1] == "_":
            return self.unsafe_undefined(obj, attribute)
        try:
            return obj[attribute] if isinstance(obj, dict) else getattr(obj, attribute)
        except (AttributeError, KeyError):
            return self.undefined(obj=obj, name=attribute)


def capital_first(text: str) -> str:
    """Return `text` with its first letter capital, also where a mark stands before it."""
    at = text.find(FROM) + 1 if text.startswith(OPEN) else 0
    return text[:at] + text[at : at + 1].upper() + text[at + 1 :]


def _printable(value: Any) -> Any:
    """Return what may be printed: words, a count of a loop, a line; never a blank."""
    if type(value) is not str and not _is_sayable(value):
        raise TemplateFault(f"Mẫu in một giá trị không phải lời văn: {type(value).__name__}.")
    if value == "":
        raise TemplateFault("Mẫu in một chỗ không có số liệu: hãy đặt câu đó trong [[ … ]].")
    return value


def _is_sayable(value: Any) -> bool:
    if isinstance(value, str | int):
        return not isinstance(value, bool)
    return hasattr(value, "day_du")
