"""The first page of the desk: how each unit's reports stand, and no other unit's."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from access.accounts import account_called, give_role
from access.rights import CLERK
from access.units import add_unit, unit_called
from archive.opening import open_archive
from tests.building import ROOT
from tests.signing_in import CITY, app_in, signed_in, with_key

BODY = json.loads((ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes())
CARD = re.compile(r'<h2>(.*?)</h2>\s*<p>(.*?)</p>\s*<p><span class="state (\w+)">')


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


def add_wards(app: Flask, district: str, names: list[str]) -> None:
    """A district with wards; lan becomes clerk of the whole city."""
    archive = open_archive(Path(app.config["DATA_DIR"]))
    with archive.database.writing() as connection:
        city = unit_called(connection, CITY)
        over = add_unit(connection, district, "thử", city)
        for name in names:
            add_unit(connection, name, "thử", over)
        give_role(connection, account_called(connection, "lan"), CLERK, city, "thử")
    archive.database.close()


def test_wards_of_one_name_each_stand_for_themselves(app: Flask) -> None:
    add_wards(app, "quận Khác", ["phường Phúc Lợi"])
    kept = with_key(app).post("/api/v1/reports?by=Hoa", json=BODY)
    assert kept.status_code == 201
    cards = CARD.findall(signed_in(app, "lan").get("/?period=2020S1").text)
    assert {unit: state for title, unit, state in cards
            if title.startswith("Bản tin") and unit.startswith("phường Phúc Lợi")} == {
        "phường Phúc Lợi, quận Long Biên, thành phố Hà Nội": "kept",
        "phường Phúc Lợi, quận Khác, thành phố Hà Nội": "none",
    }  # fmt: skip


def test_many_units_are_told_page_by_page_and_none_is_left_out(app: Flask) -> None:
    names = [f"phường Số {number}" for number in range(70)]
    add_wards(app, "quận Khác", names)
    lan, address, seen = signed_in(app, "lan"), "/?period=2020S1", []
    while address:
        page = lan.get(address).text
        assert len(page.encode()) < 200_000
        cards = CARD.findall(page)
        assert len(cards) <= 60
        seen += [unit.partition(",")[0] for _, unit, _ in cards]
        more = re.search(r'<a href="([^"]+)">Xem tiếp</a>', page)
        address = more[1].replace("&amp;", "&") if more else ""
    assert {name: seen.count(name) for name in names} == dict.fromkeys(names, 2)
