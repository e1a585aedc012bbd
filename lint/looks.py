"""How each component is to look: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, mục II, III and V."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

UPPER, LOWER = "in hoa", "in thường"
CENTRED, FLUSH = "center", "left"


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points from least to most; ``case`` and ``align`` are "" where nothing is said."""

    label: str
    basis: str
    least: float
    most: float
    bold: bool = False
    italic: bool = False
    case: str = ""
    align: str = ""

    @property
    def size(self) -> str:
        """The sizes in words."""
        if self.least == self.most:
            return f"cỡ {self.least:g}"
        return f"cỡ {self.least:g} đến {self.most:g}"

    @property
    def style(self) -> str:
        """The style in words: "chữ đứng, đậm"."""
        return f"chữ {'nghiêng' if self.italic else 'đứng'}{', đậm' if self.bold else ', không đậm'}"


LOOKS: Mapping[str, Look] = {
    "national": Look("Quốc hiệu", "mục II.1.a", 12, 13, bold=True, case=UPPER, align=CENTRED),
    "motto": Look("Tiêu ngữ", "mục II.1.b", 13, 14, bold=True, case=LOWER, align=CENTRED),
    "superior": Look("Tên cơ quan chủ quản", "mục II.2.b", 12, 13, case=UPPER, align=CENTRED),
    "agency": Look("Tên cơ quan ban hành", "mục II.2.b", 12, 13, bold=True, case=UPPER, align=CENTRED),
    "number": Look("Số, ký hiệu", "mục II.3.c", 13, 13, align=CENTRED),
    "date": Look("Địa danh và thời gian ban hành", "mục II.4.c", 13, 14, italic=True, align=CENTRED),
    "title": Look("Tên loại văn bản", "mục II.5.b", 13, 14, bold=True, case=UPPER, align=CENTRED),
    "subject": Look("Trích yếu", "mục II.5.b", 13, 14, bold=True, case=LOWER, align=CENTRED),
    "about": Look("Trích yếu công văn", "mục II.5.b", 12, 13, case=LOWER, align=CENTRED),
    "address": Look("Kính gửi", "mục II.9.d", 13, 14, case=LOWER),
    "basis": Look("Căn cứ ban hành", "mục II.6.a", 13, 14, italic=True, case=LOWER),
    "body": Look("Nội dung văn bản", "mục II.6.e", 13, 14, case=LOWER),
    "part": Look("Phần, chương, mục và số thứ tự", "mục II.6.đ", 13, 14, bold=True, case=LOWER,
                 align=CENTRED),
    "part_title": Look("Tiêu đề của phần, chương, mục", "mục II.6.đ", 13, 14, bold=True, case=UPPER,
                       align=CENTRED),
    "article": Look("Điều", "mục II.6.đ", 13, 14, bold=True, case=LOWER),
    "section": Look("Tiêu đề của mục", "mục V, dòng 6b", 13, 14, bold=True, case=UPPER),
    "clause": Look("Tiêu đề của khoản", "mục II.6.đ", 13, 14, bold=True, case=LOWER),
    "point": Look("Điểm", "mục II.6.đ", 13, 14, case=LOWER),
    "recipients": Look("Từ «Nơi nhận»", "mục II.9.d", 12, 12, bold=True, italic=True, case=LOWER,
                       align=FLUSH),
    "recipient_list": Look("Danh sách nơi nhận", "mục II.9.d", 11, 11, align=FLUSH),
    "drafter": Look("Ký hiệu người soạn thảo, số lượng bản", "mục III.3", 11, 11, case=UPPER),
    "authority": Look("Quyền hạn, chức vụ người ký", "mục II.7.đ", 13, 14, bold=True, case=UPPER,
                      align=CENTRED),
    "signer": Look("Họ tên người ký", "mục II.7.đ", 13, 14, bold=True, case=LOWER, align=CENTRED),
    "annex": Look("Từ «Phụ lục» và số thứ tự", "mục III.1.b", 14, 14, bold=True, case=LOWER,
                  align=CENTRED),
    "annex_title": Look("Tên phụ lục", "mục III.1.b", 13, 14, bold=True, case=UPPER, align=CENTRED),
    "attached": Look("Dòng «Kèm theo …» của phụ lục", "mục III.1.c", 13, 14, italic=True, case=LOWER,
                     align=CENTRED),
    "urgency": Look("Dấu chỉ mức độ khẩn", "mục III.2.b", 13, 14, bold=True, case=UPPER),
    "circulation": Look("Chỉ dẫn phạm vi lưu hành", "mục III.2.c", 13, 14, bold=True, case=UPPER),
    "contact": Look("Địa chỉ cơ quan", "mục III.4", 11, 12, case=LOWER),
    "page_number": Look("Số trang", "mục I.7", 13, 14, align=CENTRED),
}  # fmt: skip
