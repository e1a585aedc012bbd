"""A small kind, and payloads, lines and figures in one line of a test."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from generators.checks import Report, run_checks
from generators.figures import calculate
from generators.intake.payload import read_payload
from generators.intake.validation import validate
from generators.kinds import LineSpec, ReportKind, Row, Section, TextSpec, TotalSpec, load_kind
from generators.model import (
    ERROR,
    Figure,
    Figures,
    Finding,
    Line,
    PeriodData,
    Quantity,
)
from generators.wording.said import Said, Setting

ROOT = Path(__file__).resolve().parent.parent
SAME_PERIOD = "cùng kỳ năm 2019"
Json = Any

KIND = ReportKind(
    id="thu",
    title="Báo cáo thử",
    file_name="thu",
    folder=ROOT,
    sections=(Section("qua_tang", "Tặng quà"), Section("giam_ngheo", "Giảm nghèo")),
    lines=(
        LineSpec(
            "qua", "qua_tang", "Quà Tết", "người", adds_as="lượt người",
            giver_label="Quà của {giver}",
            rows=(Row("Quà của quận", giver="quận"),
                  Row("Quà từ nguồn xã hội hóa", giver="xã hội hóa")),
        ),
        LineSpec("viec_lam", "giam_ngheo", "Việc làm", "người", ratio="plan"),
        LineSpec("ho_ngheo", "giam_ngheo", "Hộ nghèo", "hộ", nature="stock", noun="hộ nghèo"),
        LineSpec("ty_le", "giam_ngheo", "Tỷ lệ hộ nghèo", "%", nature="share"),
        LineSpec("quy", "giam_ngheo", "Vận động quỹ", "đồng", money="in", ratio="plan"),
        LineSpec("khau", "giam_ngheo", "Hộ được hỗ trợ", "hộ", rate_per="khẩu/tháng"),
    ),
    totals=(
        TotalSpec("tong_qua", "qua_tang", "Tổng cộng quà", ("qua",), "lượt người"),
        TotalSpec("tong_tien", "qua_tang", "Tổng kinh phí", ("qua", "khau")),
    ),
    texts=(TextSpec("mo_dau", "Mở đầu"), TextSpec("giam_ngheo", "Khác", "giam_ngheo")),
    periods=("S1", "S2"),
)  # fmt: skip


def real_kind() -> ReportKind:
    return load_kind(ROOT / "doc_templates" / "ban-tin-6-thang")


def qty(value: int | str | Decimal, hedge: str = "", where: str = "") -> Quantity:
    return Quantity(Decimal(value), hedge, where)


def payload(*lines: Json, **more: Json) -> dict[str, Json]:
    """A whole payload around `lines`; `more` replaces or adds keys of the root."""
    frame = {
        "kind": KIND.id,
        "period": {"id": "2020S1"},
        "org_unit": {"name": "phường Phúc Lợi"},
        "lines": list(lines),
    }
    return {**frame, **more}


def as_json(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def read(
    *lines: Json, pictures: Mapping[str, bytes] | None = None, **more: Json
) -> tuple[PeriodData | None, tuple[Finding, ...]]:
    """What the JSON door and validation make of a payload: the data and the findings.

    What each is about is held by tests/test_finding_ids.py, and left out here.
    """
    raw = read_payload(as_json(payload(*lines, **more)))
    data, found = validate(raw, KIND, pictures or {})
    return data, tuple(replace(one, about="") for one in found)


def findings(*lines: Json, **more: Json) -> tuple[Finding, ...]:
    return read(*lines, **more)[1]


def period_data(*lines: Json, **more: Json) -> PeriodData:
    """The data of a payload in which nothing is wrong."""
    data, found = read(*lines, **more)
    assert found == ()
    assert data is not None
    return data


def free(**fields: Json) -> Json:
    """The JSON of a line that no catalogue knows; its key is `giam_ngheo/dong`."""
    return {"section": "giam_ngheo", "label": "Dòng", "unit": "người", **fields}


def part(label: str, value: Json = None, **fields: Json) -> Json:
    return {"label": label, **({} if value is None else {"value": value}), **fields}


def line(**fields: Json) -> Line:
    """One free line, read from the JSON of its fields."""
    (only,) = period_data(free(**fields)).lines
    return only


def figures_of(*lines: Json) -> Figures:
    return calculate(period_data(*lines), KIND)


def made(*lines: Json, prefix: str = "giam_ngheo/dong") -> dict[str, Figure]:
    """The figures that were computed, not given, by id without `prefix`."""
    book = figures_of(*lines)
    return {
        key.removeprefix(prefix): replace(figure, id=figure.id.removeprefix(prefix),
                                          made_from=tuple(i.removeprefix(prefix)
                                                          for i in figure.made_from))
        for key, figure in book.items() if figure.rule != "số liệu nhập"
    }  # fmt: skip


def numbers(*lines: Json) -> dict[str, str]:
    """Every figure's number as text, with its hedge: exact, by id."""
    return {
        key.removeprefix("giam_ngheo/dong"): (
            f"{figure.quantity.hedge} {figure.quantity.value.normalize():f}".strip()
        )
        for key, figure in figures_of(*lines).items()
    }


def checked(*lines: Json, **more: Json) -> tuple[Finding, ...]:
    """The findings of the checks over lines in which intake finds nothing wrong."""
    data = period_data(*lines, **more)
    return run_checks(Report(data, calculate(data, KIND), KIND))


def told(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as a person reads them: without the facts a program reads."""
    return tuple(Finding(f.code, f.severity, f.where, f.message, f.remedy) for f in found)


def said(json_line: Json, **more: Json) -> Said:
    """A line as a template names it."""
    data = period_data(json_line, **more)
    (only,) = data.lines
    spec = KIND.line.get(only.code) or KIND.total.get(only.code)
    return Said(only, spec, Setting(calculate(data, KIND), SAME_PERIOD))


def full(**fields: Json) -> str:
    """All that is said of a free line."""
    return said(free(**fields)).day_du


def error(code: str, where: str, message: str, remedy: str) -> Finding:
    return Finding(code, ERROR, where, message, remedy)
