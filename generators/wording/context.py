"""What a template can name: Vietnamese words without marks, each with its meaning.

The docstrings of the properties are Vietnamese: template editors read them in the kind's
README, which is generated from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from generators.kinds import LineSpec, ReportKind, Section, TotalSpec
from generators.model import Figures, Line, Period, PeriodData, Person, Picture, Story
from generators.periods import calendar_span, next_period
from generators.wording.amounts import (
    say_dong,
    say_money,
    say_rounded,
    say_share,
    say_words,
)
from generators.wording.dates import lunar_year, say_date, say_period
from generators.wording.phrases import (
    is_silent,
    is_zero,
    join_clauses,
    padded,
    say_amount,
    say_aside,
    say_change,
    say_cumulative,
    say_inner,
    say_months,
    say_movement,
    say_over,
    say_plan,
    say_rates,
    say_source,
    say_value,
    say_when,
)

_PERSON = re.compile(r"\{(\d+)\}")


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

    def _quantity(self, name: str) -> Any:
        figure = self._setting.figures.get(f"{self._line.key}.{name}")
        return figure.quantity if figure else None

    @cached_property
    def ten(self) -> str:
        """Tên dòng: “Quà của Chủ tịch nước”."""
        about = [getattr(self._line, name) for name in ("giver", "group", "occasion", "round")]
        new = [word for word in about if word and word.lower() not in self._line.label.lower()]
        return self._line.label + (f" ({', '.join(new)})" if new else "")

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
            return f"không có {self._noun or self._line.unit}"
        return f"có {self.day_du}" if self.day_du else ""

    @cached_property
    def tien(self) -> str:
        """Kinh phí, nói gọn mà đúng đến từng đồng: “51,2 triệu đồng”."""
        return say_amount(self._line, self._setting.figures)

    @cached_property
    def tien_dong(self) -> str:
        """Kinh phí viết đủ: “51.200.000 đồng”."""
        quantity = self._quantity("amount")
        return say_dong(quantity) if quantity else ""

    @cached_property
    def tien_tron(self) -> str:
        """Kinh phí làm tròn, kèm trên hoặc gần cho đúng sự thật: “trên 51,2 triệu đồng”."""
        quantity = self._quantity("amount")
        return say_rounded(quantity) if quantity else ""

    @cached_property
    def bang_chu(self) -> str:
        """Kinh phí bằng chữ: “Năm mươi mốt triệu hai trăm nghìn đồng”; số ước lượng thì không có."""
        money = "value" if self._line.unit == "đồng" else "amount"
        quantity = self._quantity(money)
        return say_words(quantity) if quantity else ""

    @cached_property
    def ke_hoach(self) -> str:
        """Kế hoạch giao: “05 người”, “100 triệu đồng”."""
        quantity = self._quantity("plan")
        if not quantity:
            return ""
        money = self._line.unit == "đồng"
        return say_money(quantity) if money else f"{padded(quantity)} {self._line.unit}"

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
        over = say_over(self._line, "whole", self._setting.figures, self._noun)
        share = self._quantity("whole_share") or self._quantity("whole_share_stated")
        said = over or self.so_luong
        if self._quantity("whole") and not over:
            said += f" trên tổng số {padded(self._quantity('whole'))}"
        return f"{said} ({say_share(share)})" if share and said else said

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
        per = self._spec.rate_per if isinstance(self._spec, LineSpec) else ""
        return say_rates(self._line, per)

    @cached_property
    def nguon(self) -> str:
        """Nguồn kinh phí: “từ Quỹ Đền ơn đáp nghĩa”."""
        return say_source(self._line)

    @cached_property
    def chi_tiet(self) -> str:
        """Các phần: “gồm: vay vốn 118 người và tự tạo việc làm 106 người”."""
        return say_inner(self._line, self._setting.figures)

    @cached_property
    def thoi_diem(self) -> str:
        """Thời gian riêng của dòng: “tính đến ngày 30 tháng 6 năm 2020”."""
        return say_when(self._line)

    @cached_property
    def day_du(self) -> str:
        """Nói đủ mọi số liệu của dòng; nên dùng từ này, để không số nào bị bỏ sót."""
        head = self.tren_tong if self._line.whole else self._over_plan or self.so_luong
        money = f"kinh phí {self.tien}" if self.tien and head else self.tien
        cumulative = say_cumulative(self._line, self._setting.figures)
        said = join_clauses([
            head, money, self.muc, say_months(self._line), self.nguon, self.dat, self.bien_dong,
            self.so_sanh, cumulative, self.thoi_diem,
        ])  # fmt: skip
        return join_clauses([said, self.chi_tiet])

    @cached_property
    def cau(self) -> str:
        """Tên dòng rồi đến số liệu: “Hộ được đỡ đầu: 16 hộ, kinh phí 81 triệu đồng”."""
        return f"{self.ten}: {self.day_du}"

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
    """Chỉ tiêu có nhiều dòng (nhiều nguồn tặng, nhiều đợt): mỗi từ nói lần lượt từng dòng."""

    def __init__(self, rows: Sequence[Said]) -> None:
        self.cac_dong = tuple(row for row in rows if row)

    def __bool__(self) -> bool:
        return bool(self.cac_dong)

    def __str__(self) -> str:
        return str(self.day_du)

    def __getattr__(self, name: str) -> str:
        if name.startswith("_") or not hasattr(Said, name):
            raise AttributeError(name)
        said = [(row.ten, str(getattr(row, name))) for row in self.cac_dong]
        return "; ".join(f"{label}: {text}" for label, text in said if text)


@dataclass(frozen=True)
class SaidSection:
    """Một mục của báo cáo."""

    ten: str
    dong_khac: tuple[Said, ...]
    khong_phat_sinh: str
    chua_co_so_lieu: str
    xet_cuoi_nam: str
    doan: tuple[str, ...]
    co_so_lieu: bool

    def __bool__(self) -> bool:
        silent = (self.khong_phat_sinh, self.chua_co_so_lieu, self.xet_cuoi_nam)
        return self.co_so_lieu or any(silent) or bool(self.doan)


@dataclass(frozen=True)
class SaidPeriod:
    """Kỳ báo cáo."""

    ten: str
    nam: str
    ky_sau: str
    nam_am_lich: str
    tu_den: str
    tu_den_rieng: str


@dataclass(frozen=True)
class SaidUnit:
    """Đơn vị báo cáo."""

    ten: str
    cap: str
    thuoc: str


@dataclass(frozen=True)
class SaidDocument:
    """Thông tin của văn bản."""

    tit: str
    tac_gia: str
    noi: str
    ngay: str
    ngay_iso: str
    so: str
    chuc_vu: str
    nguoi_ky: str


@dataclass(frozen=True)
class SaidStory:
    """Một mô hình, câu chuyện, lời kể."""

    tieu_de: str
    noi_dung: tuple[str, ...]
    anh: Picture | None
    chu_thich: str
    mo_ta_anh: str


def build_context(
    data: PeriodData, figures: Figures, kind: ReportKind, named: frozenset[str]
) -> Mapping[str, Any]:
    """Return all a template may name; `named` is what this one does name.

    A line the template does not name is said by its section's ``dong_khac``, and a line
    without a result by ``khong_phat_sinh``: no line of the data can go unprinted.
    """
    setting = Setting(figures, f"cùng kỳ năm {int(data.period.id[:4]) - 1}")
    said, unsaid = dict(_said_lines(data, kind, setting)), Unsaid()
    context: dict[str, Any] = {spec.code: said.get(spec.code, unsaid) for spec in kind.lines}
    context |= {spec.code: _said_total(spec, data, setting) or unsaid for spec in kind.totals}
    rest = _Rest(data, kind, setting, named)
    return context | {
        "muc": {section.id: rest.section(section) for section in kind.sections},
        "ky": _said_period(data.period),
        "don_vi": _said_unit(data),
        "van_ban": _said_document(data),
        "loi_van": {spec.id: data.texts.get(spec.id, ()) for spec in kind.texts},
        "cau_chuyen": tuple(_said_story(story) for story in data.stories),
    }


def _said_lines(
    data: PeriodData, kind: ReportKind, setting: Setting
) -> Iterator[tuple[str, Said | SaidRows]]:
    coded = sorted((line for line in data.lines if line.code in kind.line), key=_code)
    for code, group in groupby(coded, key=_code):
        rows = [Said(line, kind.line[code], setting) for line in group]
        yield code, rows[0] if len(rows) == 1 else SaidRows(rows)


def _code(line: Line) -> str:
    return line.code


def _said_total(spec: TotalSpec, data: PeriodData, setting: Setting) -> Said | None:
    """The total, where it is stated or sums more than one row."""
    stated = next((line for line in data.lines if line.code == spec.code), None)
    rows = sum(line.code in spec.of for line in data.lines)
    if not stated and rows < 2:
        return None
    line = stated or Line(spec.code, spec.code, spec.section, spec.label, spec.unit, "")
    return Said(line, spec, setting)


@dataclass(frozen=True)
class _Rest:
    """The lines that the template does not name itself."""

    data: PeriodData
    kind: ReportKind
    setting: Setting
    named: frozenset[str]

    def section(self, section: Section) -> SaidSection:
        """Return what the section says beyond the template's own sentences."""
        lines = [line for line in self.data.lines if line.section == section.id]
        figures = self.setting.figures
        loose = [line for line in lines if f"{line.code}.co" not in self.named]
        zero = [line for line in loose if is_zero(line, figures)]
        rest = [line for line in lines if line.code not in self.named]
        return SaidSection(
            ten=section.title,
            dong_khac=tuple(said for line in rest if (said := self._said(line))),
            khong_phat_sinh=self._aside(zero),
            chua_co_so_lieu=self._aside(self._of_status(lines, "chưa có số liệu")),
            xet_cuoi_nam=self._aside(self._of_status(lines, "xét cuối năm")),
            doan=tuple(text for spec in self.kind.texts if spec.section == section.id
                       for text in self.data.texts.get(spec.id, ())),
            co_so_lieu=any(not line.status for line in lines),
        )

    def _said(self, line: Line) -> Said:
        spec = self.kind.line.get(line.code) or self.kind.total.get(line.code)
        return Said(line, spec, self.setting)

    def _aside(self, lines: Iterable[Line]) -> str:
        same = self.setting.same_period
        return "; ".join(say_aside(line, self.setting.figures, same) for line in lines)

    @staticmethod
    def _of_status(lines: Iterable[Line], status: str) -> list[Line]:
        return [line for line in lines if line.status == status]


def _said_period(period: Period) -> SaidPeriod:
    span = f"từ {say_date(period.start)} đến {say_date(period.end)}"
    return SaidPeriod(
        ten=say_period(period.id),
        nam=period.id[:4],
        ky_sau=say_period(next_period(period.id)),
        nam_am_lich=lunar_year(int(period.id[:4])),
        tu_den=span,
        tu_den_rieng="" if (period.start, period.end) == calendar_span(period.id) else span,
    )


def _said_unit(data: PeriodData) -> SaidUnit:
    name = data.org_unit.name
    return SaidUnit(ten=name, cap=name.split(" ")[0], thuoc=", ".join(data.org_unit.within))


def _said_document(data: PeriodData) -> SaidDocument:
    document = data.document
    return SaidDocument(
        tit=document.headline, tac_gia=document.author, noi=document.place,
        ngay=say_date(document.date) if document.date else "",
        ngay_iso=(document.date or data.period.end).isoformat(),
        so=document.number, chuc_vu=document.signer_title, nguoi_ky=document.signer_name,
    )  # fmt: skip


def _said_story(story: Story) -> SaidStory:
    text = _PERSON.sub(lambda found: _said_person(story.people, int(found.group(1))), story.text)
    paragraphs = tuple(line.strip() for line in text.split("\n") if line.strip())
    alt = story.caption or story.title or "Ảnh minh họa"
    return SaidStory(story.title, paragraphs, story.picture, story.caption, alt)


def _said_person(people: Sequence[Person], number: int) -> str:
    """The person's name where they agreed to it, else initials (Luật 91/2025, Điều 16)."""
    person = people[number - 1]
    name = person.name if person.consent else _initials(person.name)
    return f"{name} ({person.role})" if person.role else name


def _initials(name: str) -> str:
    return ".".join(word[0].upper() for word in name.split()) + "."


# ---------------------------------------------------------------- the words a template may use

Vocabulary = Mapping[str, Any]
"""A tree of names; "*" is what a loop yields, a leaf whether it always has something to say."""

ALWAYS, MAYBE = True, False
_SURE_OF_ROW = frozenset({"ten", "cau", "day_du", "don_vi"})


def vocabulary(kind: ReportKind) -> Vocabulary:
    """Return every name that a template of `kind` may use."""
    row = {name: name in _SURE_OF_ROW for name in line_words() if name != "cac_dong"}
    said = {**dict.fromkeys(line_words(), MAYBE), "cac_dong": {"*": row}}
    paragraphs = {"*": ALWAYS}
    section = {**_fields(SaidSection, "ten"), "dong_khac": {"*": row}, "doan": paragraphs}
    return {
        **{spec.code: said for spec in (*kind.lines, *kind.totals)},
        "muc": {entry.id: section for entry in kind.sections},
        "ky": _fields(SaidPeriod, "ten", "nam", "ky_sau", "nam_am_lich", "tu_den"),
        "don_vi": _fields(SaidUnit, "ten", "cap"),
        "van_ban": _fields(SaidDocument, "ngay_iso"),
        "loi_van": {spec.id: paragraphs for spec in kind.texts},
        "cau_chuyen": {"*": {**_fields(SaidStory, "mo_ta_anh"), "noi_dung": paragraphs}},
    }


def line_words() -> Mapping[str, str]:
    """Return the words for a line with their meaning, as template editors read it."""
    found = {name: value for name, value in vars(Said).items() if not name.startswith("_")}
    return {name: (value.__doc__ or "").strip() for name, value in found.items()}


def _fields(said: Any, *always: str) -> Vocabulary:
    return {name: name in always for name in said.__dataclass_fields__}
