"""The page of all findings: for each code an example, its remedy and where its fixtures are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generators.gate import SEVERITIES

Record = Mapping[str, Any]
_FIXTURES = "../fixtures/findings"

FAMILIES: Mapping[str, tuple[str, ...]] = {
    "Tệp và nội dung gửi lên": ("file", "json", "request", "kind"),
    "Biểu: trang, cột, dòng, ô": ("workbook", "sheet", "column", "row", "cell", "info"),
    "Kỳ, đơn vị và văn bản": ("period", "org_unit", "data", "document"),
    "Số": ("number",),
    "Dòng": ("line", "plan", "measure"),
    "Tổng và phần": ("sum", "total", "unit"),
    "Tỷ lệ và so sánh": ("share", "change", "value", "figure"),
    "Số cùng kỳ lấy từ kho": ("previous",),
    "Bảng số liệu nhập vào kho": ("table",),
    "Mức và định mức": ("rate", "norm", "amount"),
    "Lời văn, câu chuyện, ảnh": ("text", "story", "picture"),
    "Người": ("person",),
    "Ngày": ("date",),
    "Sửa trên màn hình": ("correction",),
    "Xác nhận": ("acknowledgement",),
}

# What each check does where a number is blank; blank is never zero.
BLANKS: Mapping[str, str] = {
    "sum.parts": "dòng để trống được cộng từ các phần; có phần để trống thì không so",
    "sum.rounded": "dòng để trống được cộng từ các phần; có phần để trống thì không so",
    "sum.mixed_units": "có phần để trống thì không cộng",
    "sum.parts_apart": "phần chưa có số thì không nêu",
    "sum.of_which_added": "phần chưa có số thì không nêu",
    "sum.parts_exceed": "chỉ cộng các phần đã có số, lấy đó làm mức ít nhất",
    "sum.total": "tổng để trống được cộng từ các dòng; có dòng thiếu số thì không so",
    "sum.subtotals": "tổng nào không ghi và không cộng được thì không so",
    "sum.part_exceeds_whole": "thiếu một trong hai số thì không so",
    "sum.of_which": "chỉ cộng các dòng đã có số, lấy đó làm mức ít nhất",
    "sum.movement": "thiếu số đầu kỳ, tăng hoặc giảm thì không so",
    "sum.closing": "thiếu một trong hai số thì không so",
    "sum.cumulative": "thiếu một trong hai số thì không so",
    "sum.free_total": "có dòng để trống thì không cộng; kinh phí đã có vượt tổng thì nêu",
    "total.incomplete": "chính là điều này: nêu các dòng còn thiếu kinh phí",
    "unit.overlapping": "không cần số; xét theo nguồn tặng",
    "share.stated": "chỉ ghi tỷ lệ, không có hai số để tính, thì không xét",
    "share.of_line": "thiếu số của phần hoặc của dòng thì không so",
    "share.above_whole": "không có tỷ lệ thì không xét",
    "share.rate": "không có dòng số lượng kèm tổng số thì không so",
    "share.cut_off": "chỉ ghi tỷ lệ, không có hai số để tính, thì không xét",
    "share.denominators": "tổng số để trống được suy ra từ tỷ lệ; thiếu tỷ lệ thì không xét",
    "change.stated": "chỉ ghi mức tăng, giảm, không có hai số để tính, thì không xét",
    "change.sign": "chỉ ghi mức tăng, giảm, không có hai số để tính, thì không xét",
    "change.ratio": "chỉ ghi mức tăng, giảm, không có hai số để tính, thì không xét",
    "change.points": "không ghi mức tăng, giảm thì không có gì để nêu",
    "value.outlier": "thiếu một trong hai số, hoặc có số bằng 0, thì không so",
    "value.plan_scale": "thiếu kế hoạch hoặc kết quả thì không so",
    "figure.told_twice": "thiếu một trong hai số thì không so",
    "figure.two_sources": "thiếu số lượng hoặc kinh phí ở một dòng thì không so",
    "figure.relation": "thiếu một số ở một trong hai vế thì không so",
    "line.required": "chính là điều này: thiếu dòng bắt buộc; ghi trạng thái thay số thì được",
    "rate.amount": "thiếu số lượng hoặc kinh phí thì không xét; tháng để trống thì nhận mọi số tháng có thể",
    "rate.mixed": "thiếu số lượng hoặc kinh phí thì không xét",
    "rate.counts": "thiếu số hưởng của một mức hoặc kinh phí thì không xét",
    "rate.units": "thiếu số hưởng của một mức hoặc số của dòng thì không xét",
    "norm.amount": "thiếu số lượng hoặc kinh phí thì không xét; tháng để trống thì nhận mọi số tháng có thể",
    "norm.fewer_months": "thiếu số lượng hoặc kinh phí thì không xét",
    "norm.mixed": "thiếu số lượng hoặc kinh phí thì không xét",
    "norm.per_head": "số khẩu để trống: nêu kinh phí ứng với bao nhiêu khẩu",
    "norm.rate": "không ghi mức thì không xét",
    "norm.below": "không ghi mức, hoặc thiếu số lượng hay kinh phí, thì không xét",
    "norm.above": "thiếu số lượng hoặc kinh phí thì không xét; số tháng để trống thì nhận cả kỳ",
    "amount.implausible": "thiếu số lượng thì chỉ xét riêng số tiền; thiếu số tiền thì xét các mức đã ghi",
    "person.name": "không cần số",
    "person.health": "không cần số",
    "person.identity": "không cần số",
    "person.number": "không cần số",
    "person.few": "dòng để trống thì không xét",
    "text.other_period": "không ghi năm thì chỉ xét số tháng",
    "text.other_unit": "tên đơn vị không rõ cấp thì không xét",
    "text.abolished": "không có ngày văn bản thì xét theo ngày cuối kỳ",
    "text.lunar_year": "không ghi năm dương lịch thì phải là năm của kỳ",
    "text.spelling": "không có lời văn thì không xét",
    "text.style": "không có lời văn thì không xét",
    "text.abbreviation": "không có lời văn thì không xét",
    "text.old_figure": "dòng chưa có kết quả thì không so",
    "text.verb": "dòng không có số cùng kỳ thì không so",
    "date.document_early": "chưa ghi ngày văn bản thì không xét",
    "date.document_late": "chưa ghi ngày văn bản thì không xét",
    "date.line_outside": "dòng không ghi ngày thì tính theo kỳ; thiếu một đầu thì để ngỏ đầu đó",
    "date.line_after_document": "chưa ghi ngày văn bản, hoặc dòng không ghi ngày, thì không xét",
    "date.period_span": "không ghi ngày đầu, ngày cuối thì lấy theo lịch",
}

_INTRO = """\
# Những điều phần mềm nêu ra

Trang này do `make docs` sinh ra từ `fixtures/findings`; đừng sửa tay.

Mỗi điều có một mức:

- **phải sửa** (`error`): chưa lập được báo cáo;
- **nên xem lại** (`warning`): lập được, nhưng trước khi ban hành phải sửa, hoặc xác nhận và ghi lý do;
- **lưu ý** (`note`): để biết, không bắt buộc làm gì.

Mỗi điều còn mang một mã riêng (`id`) gồm loại ghi dưới đây và tám ký tự, ví dụ `sum.parts-1a2b3c4d`; số liệu
không đổi thì mã không đổi, câu chữ hay tệp Excel, JSON không làm nó khác đi. Muốn xác nhận một điều nên xem
lại, ghi mã ấy và lý do vào trang «Xác nhận» của biểu hoặc vào `acknowledgements`: xem [api.md](api.md).

Chỗ để trống không bao giờ được coi là 0; cột «Khi thiếu số» nói phần mềm làm gì ở chỗ trống. Bấm vào tên loại
để xem tệp mẫu: `raises` mắc điều đó, `nearly` giống gần hết mà không mắc; `past.raises.json` là báo cáo năm
trước mà tệp ấy được đem so. Điều nêu khi soát một văn bản Word: xem [soat-the-thuc.md](soat-the-thuc.md).
"""


@dataclass(frozen=True)
class Example:
    """One code: what is told of it first, and every severity it is told with."""

    code: str
    message: str
    remedy: str
    severities: tuple[str, ...]


def read_examples(folder: Path) -> Mapping[str, Example]:
    """Return an example of each code from the fixtures in `folder`, a folder for each code.

    Folders named ``code-variant`` only add their severities.
    """
    found: dict[str, list[Record]] = {}
    for path in sorted(folder.glob("*/expected.json")):
        code = path.parent.name.partition("-")[0]
        records = json.loads(path.read_text(encoding="utf-8"))
        same = [record for record in records if record["code"] == code]
        own = path.parent.name == code
        if same:
            found[code] = (
                [*same, *found.get(code, ())] if own else [*found.get(code, ()), *same]
            )
    return {code: _example(code, records) for code, records in found.items()}


def _example(code: str, records: list[Record]) -> Example:
    told = {record["severity"] for record in records}
    severities = tuple(each for each in SEVERITIES if each in told)
    return Example(code, records[0]["message"], records[0]["remedy"], severities)


def findings_page(examples: Mapping[str, Example]) -> str:
    """Return the page in Markdown; ValueError where a code belongs to no family."""
    known = {prefix for prefixes in FAMILIES.values() for prefix in prefixes}
    if strange := sorted(code for code in examples if code.partition(".")[0] not in known):
        raise ValueError(f"no family for {', '.join(strange)}")
    return "\n".join(_page(examples)) + "\n"


def _page(examples: Mapping[str, Example]) -> Iterator[str]:
    yield _INTRO.rstrip()
    for title, prefixes in FAMILIES.items():
        family = [e for e in examples.values() if e.code.partition(".")[0] in prefixes]
        if family:
            yield from ("", f"## {title}", "")
            yield from _table(sorted(family, key=lambda e: _order(e, prefixes)))


def _order(example: Example, prefixes: tuple[str, ...]) -> tuple[int, str]:
    return prefixes.index(example.code.partition(".")[0]), example.code


def _table(family: Iterable[Example]) -> Iterator[str]:
    rows = list(family)
    heads = ["Loại", "Mức", "Ví dụ", "Cách sửa"]
    blanks = any(row.code in BLANKS for row in rows)
    yield _row([*heads, *(["Khi thiếu số"] if blanks else [])])
    yield _row(["---"] * (len(heads) + blanks))
    for row in rows:
        cells = [_anchor(row.code), _weights(row), _said(row.message), _said(row.remedy)]
        yield _row([*cells, *([BLANKS.get(row.code, "")] if blanks else [])])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _anchor(code: str) -> str:
    return f'<a id="{code}"></a>[`{code}`]({_FIXTURES}/{code}/)'


def _weights(example: Example) -> str:
    return " / ".join(SEVERITIES[severity] for severity in example.severities)


def _said(text: str) -> str:
    """Return `text` so that it stays in its cell and shows as it is."""
    for sign in ("\\", "|", "*", "<", "`", "[", "~"):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
