"""Forms as people return them: filled from a payload, changed cell by cell, read back."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from generators.folding import fold
from generators.intake.form import write_form
from generators.intake.validation import validate
from generators.intake.workbook import read_workbook
from generators.kinds import ReportKind
from generators.model import Finding, PeriodData, RawInput
from generators.pipeline import read_input
from tests.building import ROOT, as_json, real_kind

FIXTURES = ROOT / "fixtures" / "accepted"
NAMES = sorted(
    path.parent.name
    for path in FIXTURES.glob("*/input.json")
    if json.loads(path.read_bytes())["kind"] == "ban-tin-6-thang"
)
REAL = real_kind()
LINES = "Số liệu"
Cell = Any
Sheet = Any


def find_kind(name: str) -> ReportKind | None:
    return REAL if name == REAL.id else None


@lru_cache(maxsize=32)
def payload_of(name: str) -> RawInput:
    return read_input((FIXTURES / name / "input.json").read_bytes())


@lru_cache(maxsize=32)
def form_of(name: str) -> bytes:
    return write_form(REAL, payload_of(name))


def pictures_of(name: str) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in (FIXTURES / name).glob("*.png")}


def plain(value: Any) -> Any:
    """The value without the places it was read from."""
    if is_dataclass(value) and not isinstance(value, type):
        changed = {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        if "where" in changed:
            changed["where"] = ""
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return value


def data_of(name: str) -> PeriodData:
    """What the JSON of a fixture says, without places."""
    data, found = validate(payload_of(name), REAL, pictures_of(name))
    assert found == ()
    return plain(data)  # type: ignore[no-any-return]


def taken(
    workbook: bytes, name: str = "phuc-loi-2020"
) -> tuple[PeriodData | None, tuple[Finding, ...]]:
    """What the Excel door and validation make of a workbook, without places."""
    data, found = validate(read_workbook(workbook, find_kind), REAL, pictures_of(name))
    return plain(data), found


def of_json(*lines: Any, **more: Any) -> bytes:
    """A form of the real kind, filled with these lines."""
    frame = {
        "kind": REAL.id,
        "period": {"id": "2020S1"},
        "org_unit": {"name": "phường Phúc Lợi"},
    }
    return write_form(REAL, read_input(as_json({**frame, "lines": list(lines), **more})))


class Book:
    """A returned workbook that is being changed."""

    def __init__(self, data: bytes) -> None:
        self.book: Any = openpyxl.load_workbook(io.BytesIO(data))

    def __getitem__(self, name: str) -> Sheet:
        return self.book[name]

    @property
    def lines(self) -> Sheet:
        return self.book[LINES]

    def column(self, header: str) -> int:
        return next(int(cell.column) for cell in self.lines[4] if cell.value == header)

    def row(self, label: str, *, after: int = 4) -> int:
        return next(
            row for row in range(after + 1, self.lines.max_row + 1)
            if fold(str(self.lines.cell(row, 2).value or "")) == fold(label)
        )  # fmt: skip

    def free_row(self, section: str) -> int:
        code = self.column("Mã")
        return next(row for row in range(5, self.lines.max_row + 1)
                    if self.lines.cell(row, code).value == f"+{section}"
                    and not self.lines.cell(row, 2).value)  # fmt: skip

    def put(self, row: int, /, **words: Any) -> int:
        """Write cells of a row by the names in HEADERS."""
        for name, value in words.items():
            self.lines.cell(row, self.column(HEADERS[name])).value = value
        return row

    def drop_codes(self, rows: Iterable[int] | None = None) -> None:
        for row in rows or range(5, self.lines.max_row + 1):
            self.lines.cell(row, self.column("Mã")).value = None

    def bytes(self) -> bytes:
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()


HEADERS = {
    "label": "Chỉ tiêu", "unit": "ĐVT", "plan": "Kế hoạch", "value": "Thực hiện",
    "amount": "Kinh phí (đồng)", "previous": "Cùng kỳ", "note": "Ghi chú", "level": "Cấp",
    "code": "Mã", "giver": "Nguồn tặng", "said": "Đọc là", "stt": "STT", "source": "Nguồn kinh phí",
}  # fmt: skip


def changed(change: Callable[[Book], object], data: bytes | None = None) -> bytes:
    book = Book(data or form_of("phuc-loi-2020"))
    change(book)
    return book.bytes()


def rewritten(data: bytes, change: Callable[[str, str], str | None]) -> bytes:
    """The package with its XML parts changed; None takes a part out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                text = change(name, content.decode())
                if text is None:
                    continue
                content = text.encode()
            new.writestr(name, content)
    return stream.getvalue()


# ---------------------------------------------------------------- LibreOffice


def soffice() -> str:
    """The program; tests that need it skip without it, but fail in CI."""
    found = shutil.which("soffice")
    if not found and os.environ.get("CI"):
        pytest.fail("soffice is missing")
    if not found:
        pytest.skip("soffice is missing")
    return found


def converted(folder: Path, form: str, *files: Path) -> Path:
    """Convert with LibreOffice into a folder of its own; its profile is private."""
    target = folder / f"as-{form.split(':')[0]}"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [soffice(), "--headless", profile, "--convert-to", form, "--outdir", str(target),
         *map(str, files)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target
