"""The README of a kind: every name that its Word template may use, for those who edit it."""

from __future__ import annotations

from collections.abc import Iterator

from generators.kinds import LineSpec, ReportKind
from generators.wording.annexes import ANNEX_WORDS
from generators.wording.context import FIXED_WORDS
from generators.wording.said import line_words

_NATURES = {
    "stock": "số thời điểm", "flow": "số trong kỳ", "share": "tỷ lệ", "target": "chỉ tiêu kỳ tới",
}  # fmt: skip


def kind_readme(kind: ReportKind) -> str:
    """Return the README of `kind` in Markdown, made from its catalogue."""
    return "\n".join(_page(kind)) + "\n"


def _page(kind: ReportKind) -> Iterator[str]:
    yield f"# {kind.title}"
    yield ""
    yield ("Trang này do `make docs` sinh ra từ `kind.toml`; đừng sửa tay. Cách sửa lời văn trong Word: "
           "[docs/mau-word.md](../../docs/mau-word.md).")  # fmt: skip
    yield from _lines(kind)
    yield from _totals(kind)
    yield from _words()
    yield from _fixed(kind)


def _lines(kind: ReportKind) -> Iterator[str]:
    for section in kind.sections:
        yield from ("", f"## {section.title} (`{section.id}`)", "")
        yield "| Tên trong mẫu | Chỉ tiêu | ĐVT | Loại | Chia sẵn |"
        yield "| --- | --- | --- | --- | --- |"
        for spec in kind.lines:
            if spec.section == section.id:
                yield _row(spec)


def _row(spec: LineSpec) -> str:
    ready = [row.label for row in spec.rows] + list(spec.parts) + list(spec.of_which)
    cells = (f"`{spec.code}`", spec.label, spec.unit, _NATURES[spec.nature], "; ".join(ready))
    return f"| {' | '.join(cells)} |"


def _totals(kind: ReportKind) -> Iterator[str]:
    yield from ("", "## Các tổng", "", "| Tên trong mẫu | Tổng | ĐVT | Cộng từ |")
    yield "| --- | --- | --- | --- |"
    for total in kind.totals:
        of = ", ".join(f"`{code}`" for code in total.of)
        yield f"| `{total.code}` | {total.label} | {total.unit or 'đồng'} | {of} |"


def _words() -> Iterator[str]:
    yield from ("", "## Từ đi sau tên chỉ tiêu", "", "Ví dụ `{{ viec_lam.day_du }}`.", "")
    yield from ("| Từ | In ra |", "| --- | --- |")
    for word, meaning in line_words().items():
        yield f"| `.{word}` | {meaning} |"


def _fixed(kind: ReportKind) -> Iterator[str]:
    yield from ("", "## Tên chung", "", "| Tên | Là gì |", "| --- | --- |")
    for name, meaning in FIXED_WORDS.items():
        yield f"| `{name}` | {meaning} |"
    if kind.annexes:
        yield from (f"| `{name}` | {meaning} |" for name, meaning in ANNEX_WORDS.items())
    for text in kind.texts:
        where = f"muc.{text.section}.doan" if text.section else f"loi_van.{text.id}"
        yield f"| `{where}` | Lời văn «{text.label}», từng đoạn |"
