"""What a request carried, whichever way it was sent, becomes a Source."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from io import BytesIO
from typing import IO

from flask import Request, request
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.formparser import FormDataParser

from generators.model import ERROR, Finding
from generators.pipeline import JSON_STARTS, Source
from web.access import who
from web.catalogue import kind_named
from web.problems import Problem, RefusedRequest, refuse, too_large

_MULTIPART = "multipart/form-data"
_MOST_FIELDS = 20_000
_WORKBOOKS = frozenset({
    "", "application/octet-stream",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.ms-excel", "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.oasis.opendocument.spreadsheet",
})  # fmt: skip


class BoundedParser(FormDataParser):
    """A parser that takes apart only so much: a urlencoded body costs many times its bytes."""

    def _parse_urlencoded(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str],
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        limit = self.max_form_memory_size or 0
        if (content_length or 0) > limit:
            raise RefusedRequest(too_large(limit))
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise RefusedRequest(too_large(limit))
        if body.count(b"&") >= _MOST_FIELDS:
            raise RefusedRequest(Problem(413, "Biểu gửi lên có quá nhiều ô. Hãy gửi bằng tệp."))
        return super()._parse_urlencoded(BytesIO(body), mimetype, content_length, options)


class MemoryRequest(Request):
    """A request whose uploads never touch the disk; the size limit bounds the memory."""

    form_data_parser_class = BoundedParser

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return BytesIO()


def read_upload() -> Source:
    """Return what the current request carried, or refuse it."""
    if request.mimetype == _MULTIPART:
        return _read_parts()
    if not _is_json(request.mimetype) and request.mimetype not in _WORKBOOKS:
        raise refuse(415, Finding(
            "file.content_type", ERROR, "Content-Type",
            f"Không nhận nội dung kiểu «{request.mimetype[:80]}».",
            "Hãy gửi application/json, bảng tính Excel (application/octet-stream cũng được) "
            "hoặc multipart/form-data có phần «file»."))  # fmt: skip
    data = _as_declared(read_body(), request.mimetype)
    return Source(data, kind=_asked(request.args.get("kind")), by=who())


def read_body() -> bytes:
    """Return the whole body; one that is too large is refused."""
    data = request.get_data(cache=False)
    if request.content_length is None:
        # a body that told no length is cut at the limit without a word; reading on raises
        request.stream.read(1)
    return data


def _read_parts() -> Source:
    asked = request.args.get("kind") or request.form.get("kind")
    file = request.files.get("file")
    if file is None or not file.filename:
        raise refuse(400, Finding(
            "file.missing", ERROR, "file", "Chưa có tệp nào được chọn.",
            "Hãy chọn biểu Excel đã điền rồi gửi lại."))  # fmt: skip
    data = _as_declared(file.read(), file.mimetype)
    pictures = _pictures(request.files.getlist("pictures"))
    return Source(data, pictures, _asked(asked), file.filename, who())


def _asked(kind_id: str | None) -> str:
    return kind_named(kind_id).id if kind_id else ""


def _pictures(files: Iterable[FileStorage]) -> dict[str, bytes]:
    """Return pictures by file name; a browser sends one nameless part where none was chosen."""
    found: dict[str, bytes] = {}
    for file in files:
        if not file.filename:
            continue
        name = unicodedata.normalize("NFC", re.split(r"[/\\]", file.filename)[-1].strip())
        if name in found:
            raise refuse(400, Finding(
                "picture.twice", ERROR, "pictures", f"Có hai tệp ảnh cùng tên «{name[:80]}».",
                "Hãy đổi tên một ảnh, ghi đúng tên mới trong biểu rồi gửi lại."))  # fmt: skip
        found[name] = file.read()
    return found


def _as_declared(data: bytes, mimetype: str) -> bytes:
    """Return `data`, refused where it was declared JSON and does not begin like a JSON value."""
    if not _is_json(mimetype) or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_STARTS):
        return data
    from generators.intake.payload import read_payload

    raise refuse(400, read_payload(data).findings[0])


def _is_json(mimetype: str) -> bool:
    return mimetype in ("application/json", "text/json") or mimetype.endswith("+json")
