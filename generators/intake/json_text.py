"""JSON text into values: exact numbers, no key twice, nothing nested too deep."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from generators.model import ERROR, Finding

DEPTH = 100  # levels of nesting; a payload of version 1 needs a dozen


class _Refused(ValueError):
    """What the JSON grammar allows and we do not."""


def parse_json(data: bytes) -> object:
    """Return the value that `data` writes, or the finding that says why there is none."""
    if not data.strip():
        return Finding("json.empty", ERROR, "", "Nội dung JSON gửi lên trống.",
                       "Hãy gửi dữ liệu của kỳ báo cáo theo mẫu JSON phiên bản 1.")  # fmt: skip
    try:
        return _not_too_deep(
            json.loads(
                data.decode("utf-8-sig"),
                parse_float=_exact,
                parse_constant=_refuse_constant,
                object_pairs_hook=_refuse_twice,
            )
        )
    except UnicodeDecodeError:
        return Finding("json.encoding", ERROR, "", "Nội dung JSON không phải bảng mã UTF-8.",
                       "Hãy lưu tệp bằng bảng mã UTF-8 rồi gửi lại.")  # fmt: skip
    except RecursionError:
        return Finding("json.too_deep", ERROR, "", "Nội dung JSON lồng nhau quá sâu.",
                       "Hãy bớt các lớp lồng nhau; mẫu JSON phiên bản 1 chỉ cần vài lớp.")  # fmt: skip
    except ValueError as error:
        return Finding("json.malformed", ERROR, "", f"Không đọc được JSON: {_said(error)}.",
                       "Hãy sửa cú pháp JSON tại vị trí nêu trên rồi gửi lại.")  # fmt: skip


def _said(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"sai cú pháp ở dòng {error.lineno}, cột {error.colno}"
    return str(error) if isinstance(error, _Refused) else "có số quá dài"


def _not_too_deep(value: object) -> object:
    """Return `value`; RecursionError where it nests deeper than a payload ever does."""
    level = [value]
    for _ in range(DEPTH):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise RecursionError


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _exact(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise _Refused("có số quá dài") from None


def _refuse_constant(name: str) -> object:
    raise _Refused(f"có giá trị {name}, không phải là số")


def _refuse_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = {unicodedata.normalize("NFC", key): value for key, value in pairs}
    if any("\ud800" <= char <= "\udfff" for key in found for char in key):
        raise _Refused("có khóa chứa nửa ký tự (surrogate)")
    if len(found) < len(pairs):
        keys = [unicodedata.normalize("NFC", key) for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused(f"khóa «{twice}» có hai lần trong cùng một đối tượng")
    return found
