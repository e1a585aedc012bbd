"""The files that commands read and write, and the pictures that lie beside them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from secrets import token_hex

from flask import current_app

from commands.speaking import kind_named, leave
from generators.model import Acknowledgement
from generators.pipeline import Source


class FolderPictures(Mapping[str, bytes]):
    """The pictures that lie in one folder, by file name, each read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        return self._paths[name].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    @cached_property
    def _paths(self) -> Mapping[str, Path]:
        inside = self._folder.resolve()
        return {
            unicodedata.normalize("NFC", path.name): path
            for path in sorted(inside.iterdir())
            if path.suffix.lower() in (".png", ".jpg", ".jpeg")
            and path.is_file()
            and path.resolve().parent == inside
        }


def read_file(path: Path) -> bytes:
    """Return what is in `path`, within the limit of an upload, or end with exit code 2."""
    limit = int(current_app.config["MAX_UPLOAD_BYTES"])
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        leave(f"Không mở được tệp {path}: {_said_reason(error)}.")
    if len(data) > limit:
        leave(f"Tệp {path} quá lớn. Hãy bỏ bớt hình ảnh, trang và vùng định dạng thừa.")
    return data


def read_source(
    path: Path, kind_id: str = "", by: str = "", accepted: Iterable[str] = ()
) -> Source:
    """Return what is in `path`, with the pictures beside it, or end with exit code 2.

    `accepted` are acknowledgements as typed: ID=REASON.
    """
    kind = kind_named(kind_id).id if kind_id else ""
    rows = tuple(map(_row, accepted))
    return Source(read_file(path), FolderPictures(path.parent), kind, path.name, by, rows)


def _row(given: str) -> Acknowledgement:
    finding, _, reason = given.partition("=")
    return Acknowledgement(finding.strip(), reason.strip(), where="--accept")


def write_file(target: Path, data: bytes, source: Path | None = None) -> None:
    """Write `target` whole or not at all, and never over what it was made from."""
    part = target.with_name(f".{token_hex(4)}.part")
    try:
        if source and target.exists() and target.samefile(source):
            leave(f"Tệp ghi ra trùng với tệp đầu vào {source}. Hãy đặt tên khác.")
        part.write_bytes(data)
        part.replace(target)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        leave(f"Không ghi được tệp {target}: {_said_reason(error)}.")


def _said_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "không có tệp hoặc thư mục này"
    if isinstance(error, IsADirectoryError):
        return "đây là thư mục, không phải tệp"
    if isinstance(error, PermissionError):
        return "không có quyền, hoặc tệp đang mở trong chương trình khác"
    return "máy báo lỗi đọc, ghi"
