"""A Word file is opened safely: its parts as XML, or why it is not opened."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from generators.intake.package import Package, Relationship, relationships
from generators.intake.preflight import inspect_package
from generators.intake.refusals import RefusedError
from generators.model import ERROR, Finding

_WORD = "wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml"
_MACROS = "ms-word.document.macroenabled", "ms-word.template.macroenabled"
_REPAIR = "Hãy mở tệp bằng Word, lưu lại dạng Word Document (.docx) rồi gửi lại."
_SAID: Mapping[str, tuple[str, str]] = {
    "file.empty": ("Tệp trống, không có nội dung gì.", _REPAIR),
    "file.too_large": ("Tệp quá nặng.", "Hãy bớt hình ảnh trong tệp rồi gửi lại."),
    "file.encrypted": ("Tệp được đặt mật khẩu nên không đọc được.",
                       "Hãy mở tệp bằng Word, bỏ mật khẩu, lưu lại rồi gửi lại."),
    "file.inflates": ("Tệp bung ra quá lớn khi mở.", _REPAIR),
    "file.doctype": ("Bên trong tệp có khai báo kiểu tài liệu (DOCTYPE hoặc ENTITY), thứ mà văn "
                     "bản không cần và có thể gây hại khi mở.", _REPAIR),
    "file.unsafe_member": ("Bên trong tệp có phần mang tên không an toàn hoặc trùng tên.", _REPAIR),
    "file.damaged": ("Tệp bị hỏng, không đọc được.", _REPAIR),
    "file.not_document": ("Tệp này không phải văn bản Word (.docx).",
                          "Hãy mở tệp bằng Word hoặc LibreOffice, chọn Lưu như (Save As), chọn kiểu "
                          "Word Document (.docx), rồi gửi tệp vừa lưu."),
}  # fmt: skip


class NotOpened(Exception):
    """A file that is not opened; `finding` says why."""

    def __init__(self, code: str) -> None:
        message, remedy = _SAID.get(code, _SAID["file.damaged"])
        super().__init__(message)
        self.finding = Finding(
            code if code in _SAID else "file.damaged", ERROR, "", message, remedy
        )


@contextmanager
def _said_damaged() -> Iterator[None]:
    """Say of a part that cannot be read that the file is damaged."""
    try:
        yield
    except (RefusedError, etree.XMLSyntaxError):
        raise NotOpened("file.damaged") from None


@dataclass(frozen=True)
class Document:
    """The package of a Word document; its main part and what that leads to."""

    package: Package
    main: str

    @cached_property
    def arrows(self) -> Mapping[str, Relationship]:
        """Where the main part leads, by id."""
        name = posixpath.join(
            posixpath.dirname(self.main), "_rels", f"{posixpath.basename(self.main)}.rels"
        )
        if name not in self.package:
            return {}
        with _said_damaged():
            return {arrow.id: arrow for arrow in relationships(self.package, self.main)}

    def part(self, name: str) -> etree._Element:
        """Return the root of a part."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        with _said_damaged():
            return etree.fromstring(b"".join(self.package.chunks(name)), parser)

    def led_to(self, kind: str) -> etree._Element | None:
        """Return the root of the part that an arrow of `kind` leads to, None for none."""
        for arrow in self.arrows.values():
            if (
                arrow.type.endswith(f"/{kind}")
                and not arrow.external
                and arrow.target in self.package
            ):
                return self.part(arrow.target)
        return None


def open_document(data: bytes) -> Document:
    """Return the document in `data`; NotOpened where it is none, or not safe to open."""
    try:
        package, media_type, main = inspect_package(data)
    except RefusedError as refusal:
        code = refusal.finding.code
        raise NotOpened("file.not_document" if code == "file.not_workbook" else code) from None
    if not any(kind in media_type for kind in (*_WORD, *_MACROS)):
        raise NotOpened("file.not_document")
    return Document(package, main)
