"""One indicator as a template says it: each word a property, in Vietnamese without marks.

The docstrings of the properties are Vietnamese: template editors read them in the kind's
README, which is generated from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generators.kinds import LineSpec, TotalSpec
from generators.model import Figures, Line, Quantity
from generators.wording.amounts import say_count, say_dong, say_money, say_rounded, say_words
from generators.wording.comparisons import say_change, say_plan
from generators.wording.joining import join_clauses
from generators.wording.parts import (
    is_silent,
    is_zero,
    say_about,
    say_details,
    say_inner,
    say_name,
)
from generators.wording.phrases import (
    padded,
    say_amount,
    say_movement,
    say_of_whole,
    say_over,
    say_rates,
    say_source,
    say_value,
    say_when,
)


@dataclass(frozen=True)
class Setting:
    """What every line of one report is said with."""

    figures: Figures
    same_period: str


class Said:
    """Một chỉ tiêu (một dòng của biểu), nói thành lời."""

    def __init__(self, line: Line, spec: LineSpec | TotalSpec | None, setting: Setting) -> None:
        self._line, self._spec, self._setting = line, spec, setting
        self._noun = spec.noun if isinstance(spec, LineSpec) else ""

    def __bool__(self) -> bool:
        return not is_silent(self._line, self._setting.figures)

    def __str__(self) -> str:
        return self.day_du

    def _quantity(self, name: str) -> Quantity | None:
        figure = self._setting.figures.get(f"{self._line.key}.{name}")
        return figure.quantity if figure else None

    @property
    def _per(self) -> str:
        return self._spec.rate_per if isinstance(self._spec, LineSpec) else ""

    @property
    def _money(self) -> Quantity | None:
        """The amount where there is some: money of 0 đồng is not said."""
        quantity = self._quantity("amount")
        return quantity if quantity and quantity.value else None

    @property
    def _nothing(self) -> str:
        return f"không có {self._noun or self._line.unit}"

    @cached_property
    def _head(self) -> str:
        """The result itself, as the first words of all that is said of the line."""
        value = self._quantity("value")
        if value and not value.value and self._line.unit != "%":
            return self._nothing
        return self.tren_tong if self._line.whole else self._over_plan or self.so_luong

    @cached_property
    def ten(self) -> str:
        """Tên dòng: “Quà của Chủ tịch nước”."""
        return say_name(self._line)

    @cached_property
    def so(self) -> str:
        """Riêng con số, thêm số 0 khi nhỏ hơn 10: “04”, “1.254”."""
        quantity = self._quantity("value")
        return padded(quantity) if quantity else ""

    @cached_property
    def don_vi(self) -> str:
        """Đơn vị tính: “hộ”."""
        return self._line.unit

    @cached_property
    def so_luong(self) -> str:
        """Con số với danh từ: “30 hộ cận nghèo”; chỉ tiêu tính bằng đồng thì là số tiền."""
        return say_value(self._line, self._setting.figures, self._noun)

    @cached_property
    def co(self) -> str:
        """“có 30 hộ cận nghèo”, hoặc “không có hộ nghèo” khi bằng 0."""
        if is_zero(self._line, self._setting.figures):
            return join_clauses([self._nothing, self.so_sanh])
        if not self._head or self._head == self._nothing:
            return self.day_du
        return f"có {self.day_du}"

    @cached_property
    def tien(self) -> str:
        """Kinh phí, nói gọn mà đúng đến từng đồng: “51,2 triệu đồng”."""
        return say_amount(self._line, self._setting.figures)

    @cached_property
    def tien_dong(self) -> str:
        """Kinh phí viết đủ: “51.200.000 đồng”."""
        quantity = self._money
        return say_dong(quantity) if quantity else ""

    @cached_property
    def tien_tron(self) -> str:
        """Kinh phí làm tròn, kèm trên hoặc gần cho đúng sự thật: “trên 51,2 triệu đồng”."""
        quantity = self._money
        return say_rounded(quantity) if quantity else ""

    @cached_property
    def bang_chu(self) -> str:
        """Kinh phí bằng chữ: “Năm mươi mốt triệu hai trăm nghìn đồng”; số ước lượng thì không có."""
        in_value = self._line.unit == "đồng" and not self._money
        quantity = self._quantity("value") if in_value else self._money
        return say_words(quantity) if quantity and quantity.value else ""

    @cached_property
    def ke_hoach(self) -> str:
        """Kế hoạch giao: “05 người”, “100 triệu đồng”."""
        quantity = self._quantity("plan")
        if not quantity:
            return ""
        money = self._line.unit == "đồng"
        return say_money(quantity) if money else say_count(quantity, self._line.unit)

    @cached_property
    def dat(self) -> str:
        """So với kế hoạch: “đạt 107% kế hoạch năm 2020”."""
        return say_plan(self._line, self._setting.figures)

    @cached_property
    def _over_plan(self) -> str:
        if not (isinstance(self._spec, LineSpec) and self._spec.ratio == "plan"):
            return ""
        return say_over(self._line, "plan", self._setting.figures, self._noun)

    @cached_property
    def tren_ke_hoach(self) -> str:
        """Kết quả trên chỉ tiêu: “2/5 người, đạt 40% kế hoạch”."""
        over = say_over(self._line, "plan", self._setting.figures, self._noun)
        return join_clauses([over or self.so_luong, self.dat])

    @cached_property
    def tren_tong(self) -> str:
        """Kết quả trên tổng số: “41/62 trường hợp (66,1%)”."""
        return say_of_whole(self._line, self._setting.figures, self._noun)

    @cached_property
    def so_sanh(self) -> str:
        """So với cùng kỳ: “tăng 12 người (5,6%) so với cùng kỳ năm 2019”."""
        return say_change(self._line, self._setting.figures, self._setting.same_period)

    @cached_property
    def bien_dong(self) -> str:
        """Biến động: “đầu kỳ 34 hộ, giảm 04 hộ, cuối kỳ 30 hộ”."""
        return say_movement(self._line, self._setting.figures)

    @cached_property
    def muc(self) -> str:
        """Mức tiền cho một đơn vị: “mức 500.000 đồng/hộ/tháng”."""
        return say_rates(self._line, self._setting.figures, self._per)

    @cached_property
    def nguon(self) -> str:
        """Nguồn kinh phí: “từ Quỹ Đền ơn đáp nghĩa”."""
        return say_source(self._line)

    @cached_property
    def chi_tiet(self) -> str:
        """Các phần: “gồm: vay vốn 118 người và tự tạo việc làm 106 người”."""
        return say_inner(self._line, self._setting.figures, self._setting.same_period)

    @cached_property
    def thoi_diem(self) -> str:
        """Thời gian riêng của dòng: “tính đến ngày 30 tháng 6 năm 2020”."""
        return say_when(self._line)

    @cached_property
    def day_du(self) -> str:
        """Nói đủ mọi số liệu của dòng; nên dùng từ này, để không số nào bị bỏ sót."""
        about = say_about(self._line)
        return self._said_with(f"({about})" if about else "")

    def _said_with(self, about: str) -> str:
        figures, same = self._setting.figures, self._setting.same_period
        details = say_details(self._line, figures, same, self._per, self._head)
        head = " ".join(filter(None, (self._head, about)))
        said = join_clauses([head, details])
        if not said:
            return self.chi_tiet.removeprefix("gồm: ")
        return join_clauses([said, self.chi_tiet])

    @cached_property
    def cau(self) -> str:
        """Tên dòng rồi đến số liệu: “Hộ được đỡ đầu: 16 hộ, kinh phí 81 triệu đồng”."""
        return f"{self.ten}: {self._said_with('')}"

    @cached_property
    def cac_dong(self) -> tuple[Said, ...]:
        """Từng dòng của chỉ tiêu, để lặp bằng for; chỉ gồm dòng có số liệu."""
        return (self,) if self else ()


class Unsaid:
    """Chỉ tiêu không có trong kỳ này: không có gì để nói."""

    cac_dong: tuple[Said, ...] = ()

    def __bool__(self) -> bool:
        return False

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or not hasattr(Said, name):
            raise AttributeError(name)
        return ""


class SaidRows:
    """Chỉ tiêu có nhiều dòng (nhiều nguồn tặng, nhiều đợt): chỉ nói từng dòng một."""

    def __init__(self, rows: Sequence[Said]) -> None:
        self.cac_dong = tuple(row for row in rows if row)

    def __bool__(self) -> bool:
        return bool(self.cac_dong)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or not hasattr(Said, name):
            raise AttributeError(name)
        return ""


def line_words() -> Mapping[str, str]:
    """Return the words for a line with their meaning, as template editors read it."""
    found = {name: value for name, value in vars(Said).items() if not name.startswith("_")}
    return {name: (value.__doc__ or "").strip() for name, value in found.items()}
