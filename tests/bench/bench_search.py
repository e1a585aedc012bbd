"""Medians of each kind of search among 100,000 reports with three million figures, on either database.

`make bench` runs it with the others; alone: pytest tests/bench/bench_search.py --benchmark-enable.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import pytest
from sqlalchemy import Connection, insert, text

from archive.keeping import Archive
from archive.searching import Query, search
from archive.series import unit_key
from archive.tables import REPORTS, SERIES
from archive.words import marked
from generators.folding import fold
from generators.periods import calendar_span
from tests.archive.conftest import postgres_server
from tests.archive.keeping import opened
from tests.building import ROOT

__all__ = ["postgres_server"]

REPORTS_IN_ALL, UNITS, FIGURES_EACH, AT_ONCE = 100_000, 3_334, 30, 5_000
PERIODS = [f"{year}S{half}" for year in range(2011, 2026) for half in (1, 2)]
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
NAMES = (
    "An",
    "Bình",
    "Châu",
    "Dương",
    "Đường",
    "Giang",
    "Hòa",
    "Khê",
    "Lan",
    "Minh",
    "Oanh",
    "Phúc",
)
_PAGES = ("fixtures/accepted/*/input.json", "doc_templates/*/kind.toml", "docs/*.md")
SPEECH = sorted({
    said.strip()
    for pattern in _PAGES for path in ROOT.glob(pattern)
    for said in re.split(r'["|\n.;:]', path.read_text(encoding="utf-8"))
    if len(said.split()) > 3
})  # fmt: skip
"""What reports, the catalogue and the handbooks say, line by line."""
LINES_EACH = 16
RARE = 997


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    """An archive of 100,000 reports, entered without keep()."""
    folder = tmp_path_factory.mktemp(request.param)
    url = f"sqlite:///{folder / 'archive.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server")
    made = opened(url, folder)
    fill(made)
    yield made
    made.database.close()


def fill(archive: Archive) -> None:
    """Enter the reports of all units for all periods."""
    chance = random.Random(7)
    with archive.database.writing() as connection, indexed_at_the_end(connection):
        for first in range(0, REPORTS_IN_ALL, AT_ONCE):
            enter(connection, range(first, first + AT_ONCE), chance)
        enter_figures(connection)
    with archive.database.reading() as connection:
        connection.execute(text("ANALYZE"))


@contextmanager
def indexed_at_the_end(connection: Connection) -> Iterator[None]:
    """Fill PostgreSQL first and index it then: row by row that takes over ten minutes."""
    if connection.dialect.name == "sqlite":
        yield
        return
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    connection.execute(text("SET LOCAL maintenance_work_mem = '256MB'"))
    made = connection.execute(text(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() "
        "AND tablename IN ('reports', 'figures', 'words', 'series') AND indexdef LIKE 'CREATE INDEX %'"
    )).all()  # fmt: skip
    for index in made:
        connection.execute(text(f"DROP INDEX {index.indexname}"))
    yield
    for index in made:
        connection.exec_driver_sql(index.indexdef)


def enter(connection: Connection, numbers: range, chance: random.Random) -> None:
    """Enter these reports: their rows and the words of sixteen lines of real reports each."""
    rows = [report(n, chance) for n in numbers]
    connection.execute(insert(SERIES), [
        {"id": n + 1, "unit_key": unit_key(f"{row['unit']} thành phố Hà Nội"), "kind": row["kind"],
         "period": row["period"]} for n, row in zip(numbers, rows, strict=True)])  # fmt: skip
    connection.execute(insert(REPORTS), rows)
    said = [(row["id"], [row["unit"], *chance.choices(SPEECH, k=LINES_EACH), f"tổ {n % RARE}"])
            for n, row in zip(numbers, rows, strict=True)]  # fmt: skip
    exact, bare = (
        (":exact", ":bare")
        if connection.dialect.name == "sqlite"
        else ("to_tsvector('simple', :exact)", "to_tsvector('simple', :bare)")
    )
    connection.execute(
        text(f"INSERT INTO words (report_id, exact, bare) VALUES (:id, {exact}, {bare})"),
        [{"id": id_, "exact": " ".join(map(_marked, lines)), "bare": " ".join(map(fold, lines))}
         for id_, lines in said])  # fmt: skip


_marked = lru_cache(maxsize=4096)(marked)


def enter_figures(connection: Connection) -> None:
    """Enter thirty figures of each report, any number below a million."""
    chance = (
        "abs(random()) % 1000000"
        if connection.dialect.name == "sqlite"
        else "floor(random() * 1000000)::int"
    )
    numbers = ", ".join(f"({k})" for k in range(FIGURES_EACH))
    connection.execute(text(
        "INSERT INTO figures (report_id, figure, label, value, hedge, unit) "
        "SELECT id, 'chi_tieu_' || column1 || '.value', 'Chỉ tiêu ' || column1, "
        f"CAST({chance} AS TEXT), '', 'người' FROM reports CROSS JOIN (VALUES {numbers}) AS k"))  # fmt: skip


def report(n: int, chance: random.Random) -> dict[str, Any]:
    """The n-th report's row."""
    period = PERIODS[n // UNITS % len(PERIODS)]
    start, end = calendar_span(period)
    unit, term = n % UNITS, n // UNITS // 10  # a ward's signer changes every five years
    signer = f"{FAMILIES[unit % 10]} {NAMES[(unit + term) % 12]} {NAMES[unit // 10 % 12]} {unit // 120}"
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=n)
    return {
        "id": f"{n:032x}", "series_id": n + 1, "version": 1, "replaces": None,
        "kind": "ban-tin-6-thang" if n % 10 else "bao-cao-thang", "period": period, "start": start,
        "end": end, "unit": f"phường Phúc {NAMES[n % 12]} {n % UNITS}", "within": '["thành phố Hà Nội"]',
        "state": "issued" if n % 50 else "kept", "subject": "Kết quả", "number": str(n % 900),
        "notation": "BC-UBND", "issued_on": date(2020, 8, 3), "signer_title": "CHỦ TỊCH",
        "signer_name": signer, "by": "Lan", "at": at.isoformat(timespec="microseconds"),
        "program": "0", "fingerprint": "", "digest": "", "keep_until": None, "keep_basis": "",
        "hold": "", "removed": None,
    }  # fmt: skip


FIGURE, LOW, HIGH = "chi_tieu_3.value", Decimal(1000), Decimal(900_000)
QUERIES = {
    "everything": Query(),
    "a word in every report": Query(words="phường"),
    "a word in every report, without marks": Query(words="phuong"),
    "a word with its marks, and others behind": Query(words="dương"),
    "several common words": Query(words="qua ho ngheo cong nguoi"),
    "a rare word": Query(words="tổ 123"),
    "a word that is nowhere": Query(words="không-có-ở-đâu-cả"),
    "a unit": Query(unit="phuc oanh 1234"),
    "a unit by where it lies": Query(unit="ha noi"),
    "a unit of a common name": Query(unit="Phúc Lan"),
    "a period": Query(period="2019S1"),
    "a rare kind": Query(kind="bao-cao-thang"),
    "a rare state": Query(state="kept"),
    "a number": Query(number="34/BC-UBND"),
    "a signer": Query(signer="nguyen duong"),
    "a signer's common name": Query(signer="Nguyễn"),
    "an exact value": Query(least=Decimal(633200), most=Decimal(633200)),
    "a figure": Query(figure=FIGURE),
    "a figure in a narrow range": Query(figure=FIGURE, least=Decimal(500_000), most=Decimal(500_100)),
    "a figure in a wide range": Query(figure=FIGURE, least=LOW, most=HIGH),
    "any figure in a wide range": Query(least=LOW, most=HIGH),
    "a unit and a common word": Query(unit="phuc oanh 1234", words="phường"),
    "a period and a common word": Query(period="2019S1", words="duong"),
    "a rare word, a period, a state": Query(words="to 123", period="2019S1", state="issued"),
    "common words, a common signer, a wide range": Query(
        words="giam ngheo", signer="tran", figure=FIGURE, least=LOW, most=HIGH),
    "a common word and a rare state": Query(words="việc làm", state="kept"),
}  # fmt: skip


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_page(benchmark: Any, archive: Archive, query: Query) -> None:
    assert len(benchmark.pedantic(search, (archive, query), rounds=5, warmup_rounds=1)) <= 20


def test_a_page_far_behind(benchmark: Any, archive: Archive) -> None:
    after = f"0~2014-12-31~2020-01-01T00:00:00.000000+00:00~{0:032x}"
    found = benchmark.pedantic(
        search, (archive, Query(words="phường"), 20, after), rounds=5, warmup_rounds=1
    )
    assert len(found) == 20
