"""The formulas that read typed numbers back, and the words of help while typing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generators.intake.form_cells import raw_at
from generators.intake.layout import INFO, INFO_FIRST_ROW, INFO_SHEET
from generators.intake.rows import FormRow
from generators.model import Raw

_MEASURES = ("%", "kg", "tấn", "ha", "m", "m2", "km", "triệu đồng", "tỷ đồng", "nghìn đồng")
WORDS = {"value": "", "amount": "", "plan1": "kế hoạch ", "previous1": "cùng kỳ "}
PROMPTS = (
    ("value", "Thực hiện", "Gõ số: 249; 1254. Cũng nhận 2/5; trên 6 tỷ; không phát sinh; chưa có số liệu."),
    ("amount", "Kinh phí (đồng)", "Gõ số đồng: 51200000; hoặc 51,2 triệu; 02 tỷ; trên 51 triệu."),
    ("plan1", "Kế hoạch", "Gõ số được giao, cùng đơn vị với Thực hiện. Không giao thì để trống."),
    ("previous1", "Cùng kỳ", "Gõ số của cùng kỳ năm trước; phần mềm tự tính tăng, giảm."),
)  # fmt: skip
NOT_WHOLE = "Số vừa gõ có phần lẻ hoặc nhỏ hơn 0. Nếu là một nghìn sáu trăm mười một, gõ 1611 (không dấu)."


def who() -> str:
    """The formula that repeats above the table who reports, and for when."""
    row = {key: INFO_FIRST_ROW + index for index, (key, _, _) in enumerate(INFO)}
    name, when = (f"'{INFO_SHEET}'!$B${row[key]}" for key in ("org_unit.name", "period.id"))
    return f'="Đơn vị báo cáo: "&{name}&"          Kỳ báo cáo: "&{when}'


def spoken(cell: str, word: str, unit: str) -> str:
    """The formula that says one cell; equal in every language the program may speak."""
    measures = ",".join(f'"{each}"' for each in _MEASURES)
    grouped = f'SUBSTITUTE(FIXED(TRUNC({cell}),0),",",".")'
    counted = f"{cell}<>INT({cell}),ISNA(MATCH({unit},{{{measures}}},0))"
    alarm = f'"⚠ SỐ LẺ: "&{grouped}&" phẩy "&RIGHT(FIXED({cell},3),3)&" "&{unit}'
    tail = f'IF({cell}=INT({cell}),"",","&RIGHT(FIXED({cell},2),2))'
    number = f'IF(AND({counted}),{alarm},{grouped}&{tail}&" "&{unit})'
    dated = f'IF(LEFT(CELL("format",{cell}),1)="D","⚠ NGÀY, không phải số",{number})'
    said = f"IF(ISNUMBER({cell}),{dated},{cell})"
    return f'IF(ISERROR({cell}),"; ⚠ CÔNG THỨC LỖI",IF({cell}="","","; {word}"&{said}))'


def whole_or_text(cell: str, unit: str) -> str:
    """The formula that holds for text, and for numbers the unit can have."""
    return f'=OR(ISTEXT({cell}),AND({cell}>=0,OR({cell}=INT({cell}),{unit}="%",{unit}="kg",{unit}="tấn")))'


def said_now(form_row: FormRow) -> str:
    """The text the formula will show, so that the form reads right before it is opened."""
    return "; ".join(_spoken_now(form_row))


def _spoken_now(form_row: FormRow) -> Iterator[str]:
    for key, path in (("value", ("value",)), ("amount", ("amount",)),
                      ("plan1", ("plan", 0, "value")), ("previous1", ("previous", 0, "value"))):  # fmt: skip
        raw = raw_at(form_row.record, path) if form_row.record else None
        if isinstance(raw, Raw) and raw.value is not None:
            number = isinstance(raw.value, int | Decimal) and not isinstance(raw.value, bool)
            unit = "đồng" if key == "amount" else form_row.unit
            yield WORDS[key] + (f"{_grouped(raw.value)} {unit}" if number else str(raw.value))


def _grouped(value: object) -> str:
    return f"{value:,}".translate(str.maketrans(",.", ".,"))
