"""What a correct paper may do in another way is no fault."""

from __future__ import annotations

from typing import Any

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor

from fixtures import lint_base as base
from fixtures.lint_planting import Fault, at, everywhere, laid, said, together, without
from fixtures.lint_samples import of_kind
from lint.checking import lint

_NUMBER = "34/BC-VHXH"


def landscape(top: int, right: int, bottom: int, left: int) -> Fault:
    """The last annex lies on its side, with these margins."""

    def change(document: Any) -> None:
        section = document.sections[-1]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.right_margin = Mm(top), Mm(right)
        section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)

    return change


def signed(*lines: str) -> Fault:
    """Who signs, from above; the agency is the committee where TM. is told."""
    changes = [said(base.AUTHORITY, lines[0])]
    changes.append(said(base.OFFICE, lines[1]) if len(lines) > 1 else without(base.OFFICE))

    def more(document: Any) -> None:
        for line in lines[2:]:
            base.put(document.tables[1].rows[0].cells[1], line, 14, "b")
            name = at(document, base.SIGNER)
            name._p.addprevious(at(document, line)._p)

    return together(*changes, more)


def stamped(document: Any) -> None:
    """KHẨN, red, in a table of one bordered cell between the head and the title."""
    table = document.add_table(rows=1, cols=1)
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="FF0000"/>'
                    for side in ("top", "left", "bottom", "right"))  # fmt: skip
    table._tbl.tblPr.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides}</w:tblBorders>"))
    base.put(table.cell(0, 0), "KHẨN", 13, "b").runs[0].font.color.rgb = RGBColor(0xFF, 0, 0)
    at(document, "BÁO CÁO")._p.addprevious(table._tbl)


def signed_annex(document: Any) -> None:
    """Who made the table of the last annex stands below its end."""
    base.put(document, "NGƯỜI LẬP BIỂU", 13, "b", WD_ALIGN_PARAGRAPH.RIGHT)


def telephones(document: Any) -> None:
    """The table of an annex tells telephones and how urgent things are."""
    cells = document.tables[-1].rows[0].cells
    for cell, words in zip(cells, ("Khẩn", "Điện thoại", "E-mail, website"), strict=True):
        cell.paragraphs[0].runs[0].text = words


def mentioning(words: str) -> Fault:
    return said(base.MENTION, f"Số liệu chi tiết tại {words}.")


def placed(place: str) -> Fault:
    return said(base.DATE, f"{place}, ngày 05 tháng 6 năm 2026")


CORRECT: dict[str, Fault] = {
    "an annex on its side, margins as upright": landscape(20, 20, 20, 30),
    "an annex on its side, turned left": landscape(30, 20, 20, 20),
    "an annex on its side, turned right": landscape(20, 20, 30, 25),
    "annexes named in one breath": mentioning("Phụ lục I, II"),
    "annexes from one to the other": mentioning("Phụ lục I đến Phụ lục II"),
    "annexes without numbers": mentioning("các phụ lục kèm theo"),
    "a tờ trình": together(everywhere(_NUMBER, "34/TTr-VHXH"), said("BÁO CÁO", "TỜ TRÌNH")),
    "a chương trình": together(everywhere(_NUMBER, "34/CTr-VHXH"), said("BÁO CÁO", "CHƯƠNG TRÌNH")),
    "the decree's city": placed("Thành phố Hồ Chí Minh"), "a hyphen": placed("Bà Rịa - Vũng Tàu"),
    "a town": placed("Thị trấn Trâu Quỳ"), "other tongues": placed("Đắk R'lấp"),
    "a number": placed("Phường 5"),
    "Q.": signed("Q. TRƯỞNG PHÒNG"), "TL.": signed("TL. CHỦ TỊCH", "TRƯỞNG PHÒNG"),
    "TUQ.": signed("TUQ. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), "a head": signed("TRƯỞNG PHÒNG"),
    "TL. and KT.": signed("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    "TM. and KT.": signed("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    "a stamp of urgency": stamped, "who made a table": signed_annex,
    "a paper named in full, then briefly": said(base.MENTION, (
        "Thực hiện Nghị quyết số 42/NQ-CP ngày 09 tháng 4 năm 2020 của Chính phủ, theo Nghị quyết số "
        f"42/NQ-CP, phường đã chi trả. {base.MENTION}"
    )),
    "a number of two days is two papers": said(base.MENTION, (
        "Thực hiện Nghị quyết số 05/NQ-HĐND ngày 02/02/2026 của Hội đồng nhân dân phường, Nghị quyết số "
        "05/NQ-HĐND ngày 20 tháng 12 năm 2025 của Hội đồng nhân dân thành phố, theo Nghị quyết số "
        f"05/NQ-HĐND, phường đã chi trả. {base.MENTION}"
    )),
    "wards that are counted": said(base.MENTION, (
        "Thành phố hỗ trợ mỗi phường 50 triệu đồng, tặng 12 phường 300 suất, mỗi phường 20 suất quà; "
        "hỗ trợ phường 20 triệu đồng, phường 1,5 tỷ đồng, hỗ trợ các phường 5 tỷ đồng, mỗi phường 20, "
        f"xây Nhà văn hóa phường 2 tầng, tặng phường 5 hộ, có phường 45, phường 12 người. {base.MENTION}"
    )),
    "the state's management, organs, money": said(base.MENTION, (
        "Quản lý nhà nước về lao động, cơ quan nhà nước và doanh nghiệp, ngân sách nhà nước, vốn của "
        f"nhà nước, tổ chức của nhà nước và doanh nghiệp nhà nước, chi trả đúng hạn. {base.MENTION}"
    )),
    "an exact spacing near a single line": laid(base.MOTTO, line_spacing=Pt(16)),
    "a table of telephones": telephones,
    "an annex of a decision": said(base.ATTACHED, base.ATTACHED.replace("(Kèm", "(Ban hành kèm")),
    "small Roman numbers": said(base.MENTION, f"ii) {base.MENTION}"),
    "electronic: nothing filled in": said(
        base.ATTACHED, "(Kèm theo Báo cáo số …/BC-… ngày … tháng … năm … của Phòng Văn hóa - Xã hội)"
    ),
    "people in their organs' names": said(base.MENTION, (
        f"Hội đồng nhân dân, Công an nhân dân, Tòa án nhân dân khu vực đã phối hợp. {base.MENTION}"
    )),
}  # fmt: skip


@pytest.mark.parametrize("name", CORRECT)
def test_a_correct_paper_is_not_accused(name: str) -> None:
    assert [(one.code, one.message) for one in lint(of_kind(CORRECT[name]))] == []
