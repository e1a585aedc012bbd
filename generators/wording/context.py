"""What a template can name: the report's lines, sections, period, unit, texts and stories."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generators.agencies import Agencies, common_noun
from generators.kinds import ReportKind, Section, TotalSpec
from generators.model import Figures, Line, Period, PeriodData, Picture, Story
from generators.periods import calendar_span, next_period
from generators.wording.annexes import SaidAnnex, SaidAnnexes
from generators.wording.dates import lunar_year, say_date, say_period
from generators.wording.paper import SaidDocument, say_document
from generators.wording.parts import is_zero, say_aside
from generators.wording.people import say_people
from generators.wording.said import Said, SaidRows, Setting, Unsaid, line_words

_ALT = "Ảnh minh họa"
NO_AGENCIES = Agencies()


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
class SaidStory:
    """Một mô hình, câu chuyện, lời kể."""

    tieu_de: str
    noi_dung: tuple[str, ...]
    anh: Picture | None
    chu_thich: str
    mo_ta_anh: str


def build_context(
    data: PeriodData,
    figures: Figures,
    kind: ReportKind,
    named: frozenset[str],
    agencies: Agencies = NO_AGENCIES,
) -> Mapping[str, Any]:
    """Return all a template may name; `named` is what this one does name.

    A line the template does not name is said by its section's ``dong_khac``, and a line
    without a result by ``khong_phat_sinh``: no line of the data can go unprinted.
    """
    if kind.money == "đồng":
        figures = _in_full(figures)
    setting = Setting(figures, f"cùng kỳ năm {int(data.period.id[:4]) - 1}")
    said, unsaid = dict(_said_lines(data, kind, setting, named)), Unsaid()
    context: dict[str, Any] = {spec.code: said.get(spec.code, unsaid) for spec in kind.lines}
    context |= {spec.code: _said_total(spec, data, setting) or unsaid for spec in kind.totals}
    rest = _Rest(data, kind, setting, named)
    return context | {
        "muc": {section.id: rest.section(section) for section in kind.sections},
        "ky": _said_period(data.period),
        "don_vi": _said_unit(data, agencies),
        "van_ban": say_document(data, kind, agencies),
        "loi_van": {spec.id: data.texts.get(spec.id, ()) for spec in kind.texts},
        "cau_chuyen": tuple(
            _said_story(story, named=not kind.public) for story in data.stories
        ),
    }


def _in_full(figures: Figures) -> Figures:
    """`figures` whose money is said in đồng."""
    return {
        id_: replace(figure, quantity=replace(figure.quantity, in_full=True))
        if figure.unit == "đồng"
        else figure
        for id_, figure in figures.items()
    }


def _said_lines(
    data: PeriodData, kind: ReportKind, setting: Setting, named: frozenset[str]
) -> Iterator[tuple[str, Said | SaidRows]]:
    coded = sorted((line for line in data.lines if line.code in kind.line), key=_code)
    for code, group in groupby(coded, key=_code):
        lines = list(group)
        if all(_fits_sentence(line, lines, setting, named) for line in lines):
            rows = [Said(line, kind.line[code], setting) for line in lines]
            yield code, rows[0] if len(rows) == 1 else SaidRows(rows)


def _fits_sentence(
    line: Line, rows: Sequence[Line], setting: Setting, named: frozenset[str]
) -> bool:
    """Whether the template's own sentence can say the line.

    A sentence is written for one number: of several rows, or of money alone, it would make
    "việc làm cho 45 triệu đồng". Those stand under the section's other lines.
    """
    if line.code not in named:
        return False
    alone = len(rows) == 1 and (f"{line.key}.value" in setting.figures or bool(line.status))
    return alone or f"{line.code}.cac_dong" in named


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
        zero = [line for line in lines if is_zero(line, figures) and not self._says_zero(line)]
        rest = [line for line in lines if not self._fits_sentence(line)]
        return SaidSection(
            ten=section.title,
            dong_khac=tuple(said for line in rest if (said := self._said(line))),
            khong_phat_sinh=self._aside(zero),
            chua_co_so_lieu=self._aside(self._of_status(lines, "chưa có số liệu")),
            xet_cuoi_nam=self._aside(self._of_status(lines, "xét cuối năm")),
            doan=tuple(
                text
                for spec in self.kind.texts
                if spec.section == section.id
                for text in self.data.texts.get(spec.id, ())
            ),
            co_so_lieu=any(not line.status or self._says_zero(line) for line in lines),
        )

    def _fits_sentence(self, line: Line) -> bool:
        rows = [other for other in self.data.lines if other.code == line.code]
        return (
            _fits_sentence(line, rows, self.setting, self.named)
            if line.code in self.kind.line
            else line.code in self.named
        )

    def _says_zero(self, line: Line) -> bool:
        """Whether the template says "không có …" of the line, which it can of a lone row."""
        rows = sum(other.code == line.code for other in self.data.lines)
        return f"{line.code}.co" in self.named and rows == 1

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


def _said_unit(data: PeriodData, agencies: Agencies) -> SaidUnit:
    """The unit; its ``cap`` is "đơn vị" where its name says no level."""
    name = data.org_unit.name
    return SaidUnit(
        ten=agencies.unit_name(name),
        cap=common_noun(name) or "đơn vị",
        thuoc=", ".join(data.org_unit.within),
    )


def _said_story(story: Story, *, named: bool) -> SaidStory:
    people = [replace(one, consent=one.consent or named) for one in story.people]

    def said(text: str) -> str:
        return say_people(text, people)

    paragraphs = tuple(line.strip() for line in said(story.text).split("\n") if line.strip())
    title, caption = said(story.title), said(story.caption)
    return SaidStory(title, paragraphs, story.picture, caption, caption or title or _ALT)


# ---------------------------------------------------------------- the words a template may use

Vocabulary = Mapping[str, Any]
"""A tree of names; "*" is what a loop yields, a leaf whether it always has something to say."""

FIXED_WORDS: Mapping[str, str] = {
    "ky.ten": "Kỳ báo cáo: “6 tháng đầu năm 2020”",
    "ky.nam": "Năm: “2020”",
    "ky.ky_sau": "Kỳ sau: “6 tháng cuối năm 2020”",
    "ky.nam_am_lich": "Năm âm lịch: “Canh Tý”",
    "ky.tu_den": "Ngày đầu và ngày cuối của kỳ",
    "ky.tu_den_rieng": "Như trên, chỉ khi kỳ không theo lịch (15-12 đến 14-6)",
    "don_vi.ten": "Đơn vị báo cáo: “phường Phúc Lợi”",
    "don_vi.cap": "Cấp của đơn vị: “phường”",
    "don_vi.thuoc": "Các cấp trên: “quận Long Biên, thành phố Hà Nội”",
    "van_ban.tit": "Tít bài, nếu có ghi",
    "van_ban.tac_gia": "Tác giả",
    "van_ban.noi": "Địa danh",
    "van_ban.ngay": "“ngày 03 tháng 8 năm 2020”",
    "van_ban.ngay_iso": "“2020-08-03”; ngày cuối kỳ nếu văn bản chưa có ngày",
    "van_ban.so": "Số văn bản",
    "van_ban.chuc_vu": "Chức vụ người ký",
    "van_ban.nguoi_ky": "Họ tên người ký",
    "van_ban.chu_quan": "Cơ quan chủ quản: “UBND PHƯỜNG PHÚC LỢI”; UBND thì không có",
    "van_ban.ban_hanh": "Cơ quan ban hành, từng dòng chữ in hoa",
    "van_ban.co_quan": "Cơ quan ban hành trong câu: “Ủy ban nhân dân phường Phúc Lợi”",
    "van_ban.so_ky_hieu": "“Số: 05/BC-UBND”; chưa có số thì chừa chỗ",
    "van_ban.noi_ngay": "“Phúc Lợi, ngày 03 tháng 8 năm 2020”; chưa có ngày thì chừa chỗ",
    "van_ban.trich_yeu": "Trích yếu: ghi trong biểu, hoặc theo loại báo cáo",
    "van_ban.kinh_gui_mot": "Nơi gửi, khi chỉ gửi một nơi",
    "van_ban.kinh_gui": "Các nơi gửi, khi gửi nhiều nơi, để lặp bằng for",
    "van_ban.noi_nhan": "Nơi nhận, trừ dòng Lưu: “Như trên” rồi các nơi khác",
    "van_ban.luu": "Chữ sau “Lưu:”: “VT, VHXH”",
    "van_ban.quyen_han": "Quyền hạn, chức vụ người ký, từng dòng chữ in hoa",
    "muc.….ten": "Tên mục; mục không có gì thì không in",
    "muc.….dong_khac": "Các dòng mà mẫu không nhắc tên, để lặp bằng for",
    "muc.….khong_phat_sinh": "Tên các chỉ tiêu bằng 0 hoặc không phát sinh",
    "muc.….chua_co_so_lieu": "Tên các chỉ tiêu chưa có số liệu",
    "muc.….xet_cuoi_nam": "Tên các chỉ tiêu xét cuối năm",
    "muc.….doan": "Lời văn của mục, từng đoạn",
    "muc.….co_so_lieu": "Mục có số liệu hay không, dùng trong if",
    "cau_chuyen": "Các câu chuyện: tieu_de, noi_dung (từng đoạn), anh, chu_thich, mo_ta_anh",
}
"""The names that every kind has, with their meaning for template editors."""

ALWAYS, MAYBE = True, False
_SURE_OF_ROW = frozenset({"ten", "cau", "day_du", "don_vi"})


def vocabulary(kind: ReportKind) -> Vocabulary:
    """Return every name that a template of `kind` may use."""
    row = {name: name in _SURE_OF_ROW for name in line_words() if name != "cac_dong"}
    said = {**dict.fromkeys(line_words(), MAYBE), "cac_dong": {"*": row}}
    paragraphs = {"*": ALWAYS}
    section = {**_fields(SaidSection, "ten"), "dong_khac": {"*": row}, "doan": paragraphs}
    return {
        **dict.fromkeys((*kind.line, *kind.total), said),
        "muc": {entry.id: section for entry in kind.sections},
        "ky": _fields(SaidPeriod, "ten", "nam", "ky_sau", "nam_am_lich", "tu_den"),
        "don_vi": _fields(SaidUnit, "ten", "cap"),
        "van_ban": {
            **_fields(SaidDocument, "ngay_iso", "co_quan", "so_ky_hieu", "noi_ngay", "luu"),
            **dict.fromkeys(("ban_hanh", "kinh_gui", "noi_nhan", "quyen_han"), paragraphs),
        },
        "loi_van": {spec.id: paragraphs for spec in kind.texts},
        "cau_chuyen": {"*": {**_fields(SaidStory, "mo_ta_anh"), "noi_dung": paragraphs}},
        **({"phu_luc": _annexes()} if kind.annexes else {}),
    }


def _annexes() -> Vocabulary:
    return {**_fields(SaidAnnexes), "cac_phu_luc": {"*": _fields(SaidAnnex, "so", "ten")}}


def _fields(said: Any, *always: str) -> Vocabulary:
    return {name: name in always for name in said.__dataclass_fields__}
