"""Where a payload does not fit its shape: each misfit a finding, with its JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from generators.intake.payload_shape import Path, known_keys, misfits
from generators.model import ERROR, Finding

_EXPECTED = {
    "string_type": "một chuỗi ký tự", "bool_type": "true hoặc false", "list_type": "một danh sách […]",
    "model_type": "một đối tượng {…}", "dict_type": "một đối tượng {…}",
    "int_type": "một số, hoặc chuỗi như người ta gõ (\"51,2 triệu\")",
}  # fmt: skip


def shape_findings(parsed: object) -> Iterator[Finding]:
    """Yield one finding a place: of a union's errors, the one that lies deepest."""
    errors = list(misfits(parsed))
    found = {_path(kind, loc, parsed): kind for kind, loc in reversed(errors)}
    above = {path[:length] for path in found for length in range(len(path))}
    for path in sorted(found.keys() - above, key=_in_order):
        yield _shape_finding(found[path], path)


def _shape_finding(kind: str, path: Path) -> Finding:
    pointer, name = _pointer(path), str(path[-1]) if path else ""
    if kind == "missing":
        return Finding("json.missing_key", ERROR, pointer, f"Thiếu khóa bắt buộc «{name}».",
                       f"Hãy thêm «{name}» tại {pointer}.")  # fmt: skip
    if kind == "extra_forbidden":
        near = get_close_matches(name, _keys_at(path[:-1]), 1, 0.6)
        hint = f"Có phải ý là «{near[0]}»? " if near else ""
        return Finding("json.unknown_key", ERROR, pointer, f"Không biết khóa «{name}».",
                       f"{hint}Hãy sửa tên khóa hoặc bỏ khóa này.")  # fmt: skip
    return unlike(pointer, _EXPECTED.get(kind, "một giá trị đúng kiểu theo JSON Schema"))


def unlike(pointer: str, expected: str) -> Finding:
    """Refuse what stands at `pointer`, where `expected` should."""
    place = f"Giá trị tại {pointer}" if pointer else "Nội dung gửi lên"
    return Finding("json.wrong_type", ERROR, pointer, f"{place} không đúng kiểu.",
                   f"Cần {expected}.")  # fmt: skip


def _in_order(path: Path) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _keys_at(path: Path) -> list[str]:
    """The keys that an object at `path` may have."""
    named = [step for step in path if isinstance(step, str)]
    return known_keys(named[-1] if named else "")


def _path(kind: str, loc: Path, parsed: object) -> Path:
    """The steps of a location that stand in the data, not in the type of a union.

    A missing key does not stand there either, but is what the location is about.
    """
    path: list[int | str] = []
    for step in loc:
        if _holds(parsed, step):
            parsed = parsed[step]  # type: ignore[index]
            path.append(step)
    return (*path, loc[-1]) if kind == "missing" else tuple(path)


def _holds(value: object, step: int | str) -> bool:
    if isinstance(value, list):
        return isinstance(step, int)
    return isinstance(value, dict) and step in value


def _pointer(path: Path) -> str:
    return "".join("/" + escaped(step) for step in path)


def escaped(step: int | str) -> str:
    """Return `step` as a JSON pointer writes it."""
    return str(step).replace("~", "~0").replace("/", "~1")
