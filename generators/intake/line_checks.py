"""Whether a line says one thing: a number or a status, money once, dates in order."""

from __future__ import annotations

from generators.intake.fields import FieldReader
from generators.intake.measures import MEASURES
from generators.intake.places import said_place
from generators.model import Line, RawRecord

MOVES = ("opening", "increase", "decrease", "closing", "cumulative")


def check_content(line: Line, record: RawRecord, reader: FieldReader) -> None:
    """Refuse a line that says nothing, or two things at once."""
    numbers = ("value", "amount", *MOVES)
    has_number = any(name in record.fields for name in numbers)
    if line.status and _has_number(line):
        reader.add("line.status_and_number", line.where,
                   f"Dòng «{line.label}» ở {line.where} vừa có số liệu vừa ghi «{line.status}».",
                   "Hãy giữ số liệu, hoặc giữ trạng thái và để trống số liệu.")  # fmt: skip
    refused = any(f.where.startswith(f"{line.where}/") for f in reader.findings)
    silent = not (has_number or refused or line.status or line.parts or line.of_which)
    if silent and any(name in record.fields for name in MEASURES):
        reader.warn("line.no_result", line.where,
                    f"Dòng «{line.label}» ở {line.where} mới có kế hoạch, tổng số hoặc cùng kỳ, "
                    "chưa có kết quả, nên báo cáo không nhắc đến.",
                    "Nếu đã có kết quả, hãy ghi vào cột Thực hiện; nếu chưa có, ghi "
                    "«chưa có số liệu» để báo cáo nêu rõ.")  # fmt: skip
    elif silent:
        reader.add("line.empty", line.where,
                   f"Dòng «{line.label}» ở {line.where} không có số liệu nào.",
                   "Hãy ghi số liệu, ghi trạng thái (ví dụ «không phát sinh»), "
                   "hoặc bỏ dòng này.")  # fmt: skip
    if line.start and line.end and line.end < line.start:
        reader.add("line.dates_reversed", line.where,
                   f"Dòng «{line.label}» ở {line.where} có ngày kết thúc "
                   f"({line.end:%d/%m/%Y}) trước ngày bắt đầu ({line.start:%d/%m/%Y}).",
                   "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của dòng.")  # fmt: skip


def check_money(line: Line, reader: FieldReader) -> None:
    """What is counted in đồng has no money beside its result."""
    if line.unit == "đồng" and line.amount:
        reader.add("line.amount_beside_money", line.amount.where,
                   f"{said_place(line.amount.where)}: «{line.label}» tính bằng đồng, "
                   "nên số tiền là kết quả thực hiện.",
                   "Hãy ghi số tiền ở cột Thực hiện và để trống cột Kinh phí.")  # fmt: skip
    for part in (*line.parts, *line.of_which):
        check_money(part, reader)


def says_nothing(line: Line) -> bool:
    """Whether the line has neither a result nor a status: a plan alone is no result."""
    return not (line.status or _has_number(line))


def _has_number(line: Line) -> bool:
    own = (line.value, line.amount, *(getattr(line, name) for name in MOVES))
    return any(own) or any(_has_number(part) for part in (*line.parts, *line.of_which))
