"""The table on screen: typed part by part, read as the workbook is, nothing typed is lost."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from archive.tables_access import DRAFTS
from desk.drafts import correct, draft_at
from tests.building import ROOT
from tests.signing_in import app_in, signed_in
from tests.web.test_desk_archive import text_of
from tests.web.test_desk_drafting import SAMPLE, begun, send, version_of
from web.shelf import the_archive

JSON = (ROOT / "fixtures/accepted/phuc-loi-2020/input.json").read_bytes()
WORK = "muc-5"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01" + bytes(16) + b"IEND" + bytes(4)


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return app_in(tmp_path)


@pytest.fixture
def lan(app: Flask) -> FlaskClient:
    return signed_in(app, "lan")


@pytest.fixture
def table(lan: FlaskClient) -> str:
    """The address of the table of a draft that nothing was sent to."""
    return opened(lan, begun(lan))


def opened(client: FlaskClient, address: str) -> str:
    version = re.search(r'name="version" value="(\d+)"', client.get(address).text)
    assert version
    answer = client.post(f"{address}/table", data={"version": version[1]})
    assert answer.status_code == 303
    return str(answer.location)


def typed(client: FlaskClient, part: str, **cells: str) -> str:
    """Where a part leads to when these cells are typed into it."""
    answer = client.post(part, data={"version": version_of(client, part), **cells})
    assert answer.status_code == 303
    return str(answer.location)


def box(page: str, cell: str) -> str:
    found = re.search(rf'<input id="o-{cell}"[^>]*>', page)
    return found[0] if found else ""


def test_the_table_has_the_parts_and_rows_of_the_form(lan: FlaskClient, table: str) -> None:
    assert lan.get(table).location.endswith("/table/thong-tin")
    page = lan.get(f"{table}/thong-tin").text
    steps = re.findall(r'name="go" value="([a-z]+-[a-z0-9]+)"', page)
    assert steps == [*(f"muc-{n}" for n in range(1, 12)), "loi-van", "cau-chuyen"]
    assert 'name="B7" value="phường Phúc Lợi"' in page
    work = lan.get(f"{table}/{WORK}").text
    assert "91 1. Lao động được giải quyết việc làm" in text_of(work)
    assert 'aria-labelledby="h-E r-91"' in box(work, "E91")
    assert (box(work, "F91"), 'placeholder="Chia ra khác"' in box(work, "B95")) == ("", True)
    assert "sửa lần cuối" in lan.get(table.removesuffix("/table")).text


def test_what_is_typed_is_read_as_the_workbook_is_and_told_whose_it_is(
    lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    assert typed(lan, part, E91="224", E92="118", E93="106").endswith("?written=3#ket-qua")
    assert "Phần này không có chỗ nào phải sửa." in text_of(lan.get(f"{part}?written=3").text)
    draft = table.removesuffix("/table")
    assert "có 3 ô đã gõ trên màn hình" in text_of(lan.get(draft).text)
    how = text_of(lan.get(f"{draft}/how/viec_lam.value").text)
    assert ("Là số Nguyễn Thị Lan gõ trên màn hình ở dòng 91, cột E trang «Số liệu», thay cho ô này "
            "của tệp bieu-ban-tin-6-thang-2020S1.xlsx.") in how  # fmt: skip
    typed(lan, part, **{"E91": "", "was:E91": "224"})
    summed = text_of(lan.get(f"{draft}/how/viec_lam.value").text)
    assert "Là tổng của 2 số:" in summed


def test_mistakes_are_told_at_their_cell_and_what_was_typed_stands_as_typed(
    lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    back = typed(lan, part, go="next", D91="4oo", E91="242", E92="118", E93="106")
    assert back.endswith(f"/{WORK}?written=4#ket-qua")
    page = lan.get(back).text
    assert "Phần này có 2 chỗ cần xem ; ghi rồi vẫn sửa được." in text_of(page)
    for cell, text in (("D91", "4oo"), ("E91", "242")):
        assert f'value="{text}"' in box(page, cell)
        assert 'aria-invalid="true" aria-describedby="loi-' + cell in box(page, cell)
        assert f'<a href="#o-{cell}">' in page
        assert page.count(f'id="loi-{cell}"') == 1
    assert "«4oo», không đọc được thành số." in text_of(page)
    assert "2 chỗ cần xem" in text_of(lan.get(f"{table}/muc-1").text)
    assert typed(lan, part, go="next").endswith("/table/muc-6")


def test_a_line_of_its_own_and_rarer_cells_are_typed(lan: FlaskClient, table: str) -> None:
    new = {"B106": "Phiên giao dịch việc làm lưu động", "C106": "phiên", "E106": "2"}
    assert typed(lan, f"{table}/{WORK}", go="dong-106", **new).endswith("/table/dong-106")
    page = lan.get(f"{table}/dong-106").text
    assert "<h1>Phiên giao dịch việc làm lưu động</h1>" in page
    place = re.search(r'<label for="o-([A-Z]+106)">Tính đến ngày', page)
    assert place
    assert typed(lan, f"{table}/dong-106", go="next", **{place[1]: "30/6/2020"}).endswith(WORK)
    assert 'value="30/6/2020"' in box(lan.get(f"{table}/{WORK}").text, place[1])
    assert lan.get(f"{table}/dong-5").status_code == 404
    told = text_of(lan.get(table.removesuffix("/table")).text)
    assert "Phiên giao dịch việc làm lưu động 2 phiên" in told


def test_two_at_one_table_are_told_and_nobodys_typing_is_lost(
    app: Flask, lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    seen = version_of(lan, part)
    typed(lan, part, E91="224", E92="118")
    late = lan.post(part, data={"version": seen, "E91": "242", "E92": "", "E93": "106"})
    assert late.status_code == 409
    assert "Nguyễn Thị Lan đã sửa bản này lúc" in late.text
    assert 'value="242"' in box(late.text, "E91")
    assert "Người kia vừa ghi: 224" in late.text
    assert 'value="118"' in box(late.text, "E92")
    assert 'value="106"' in box(late.text, "E93")
    assert 'value="224"' in box(lan.get(part).text, "E91")
    again = {"version": version_of(lan, part), "E91": "242", "was:E91": "224",
             "E92": "118", "was:E92": "118", "E93": "106"}  # fmt: skip
    assert lan.post(part, data=again).location.endswith("?written=2#ket-qua")
    assert signed_in(app, "hoa").post(part, data=again).status_code == 403
    assert "readonly" in box(signed_in(app, "hoa").get(part).text, "E91")


def test_a_cell_of_several_lines_is_no_change_where_nobody_typed(
    lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    note = next(cell for cell in ("H91", "G91", "I91") if box(lan.get(part).text, cell))
    typed(lan, part, **{note: "dòng một\r\ndòng hai"})
    page = lan.get(part).text
    area = re.search(rf'<textarea[^>]* name="{note}"[^>]*>\n([^<]*)</textarea>', page)
    assert area
    assert (area[1], box(page, note)) == ("dòng một\ndòng hai", "")
    same = {note: "dòng một\r\ndòng hai", f"was:{note}": "dòng một\r\ndòng hai"}
    assert typed(lan, part, **same).endswith("?written=0#ket-qua")


def test_a_text_too_long_for_its_cell_is_refused_and_given_back(
    lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    sent = {"version": version_of(lan, part), "E91": "9" * 2001, "E92": "118"}
    answer = lan.post(part, data=sent)
    assert answer.status_code == 422
    told = text_of(answer.text)
    assert "Điều gõ vào dài quá: ô E91 có 2.001 ký tự, nhiều nhất 2.000." in told
    assert "Rút ngắn ô nói trên rồi bấm Ghi lần nữa." in told
    assert ("9" * 2001 in box(answer.text, "E91"), 'value="118"' in box(answer.text, "E92")) == (
        True, True)  # fmt: skip
    assert 'value=""' in box(lan.get(part).text, "E92")
    assert typed(lan, part, E91="9" * 2000).endswith("?written=1#ket-qua")
    texts = f"{table}/loi-van"
    cell = re.search(
        r'<textarea[^>]* name="(B\d+)"[^>]* maxlength="30000"', lan.get(texts).text
    )
    assert cell
    data = {"version": version_of(lan, texts), cell[1]: "a" * 30_001}
    assert lan.post(texts, data=data).status_code == 422


def test_who_types_into_what_was_submitted_meanwhile_is_told_to_copy_it(
    app: Flask, lan: FlaskClient, table: str
) -> None:
    part = f"{table}/{WORK}"
    seen = version_of(lan, part)
    draft = table.removesuffix("/table")
    with app.app_context(), the_archive().database.writing() as connection:
        own = DRAFTS.c.id == draft.rpartition("/")[2]
        connection.execute(update(DRAFTS).where(own).values(is_open=0, version=int(seen) + 1))
    late = lan.post(part, data={"version": seen, "E91": "242"})
    assert late.status_code == 409
    told = text_of(late.text)
    assert (
        "Báo cáo đã nộp; hãy chép lại điều vừa gõ. Muốn sửa thì báo cáo phải được trả lại."
        in told
    )
    assert ("lần nữa" in told, 'value="242"' in box(late.text, "E91")) == (False, True)


def test_a_workbook_and_a_payload_open_as_a_table(lan: FlaskClient) -> None:
    address = begun(lan)
    send(lan, address, SAMPLE)
    table = opened(lan, address)
    assert 'value="262.500.000"' in "".join(
        lan.get(f"{table}/muc-{number}").text for number in (1, 2, 3)
    )
    send(lan, address, JSON, "bieu.json")
    table = opened(lan, address)
    assert 'value="224"' in box(lan.get(f"{table}/{WORK}").text, "E91")
    assert "Đang dùng tệp <b>bieu.json.xlsx</b>" in lan.get(address).text


def test_a_payload_that_was_corrected_on_screen_is_not_made_a_table(
    app: Flask, lan: FlaskClient
) -> None:
    address = begun(lan)
    send(lan, address, JSON, "bieu.json")
    with app.app_context(), the_archive().database.writing() as connection:
        draft = draft_at(connection, address.rpartition("/")[2])
        correct(connection, draft, "Nguyễn Thị Lan", {"/lines/0/value": "175"})
    answer = lan.post(f"{address}/table", data={"version": version_of(lan, address)})
    assert (answer.status_code, "mở thành bảng thì không còn ghi ai đã sửa" in answer.text) == (
        409,
        True,
    )
    assert "Đang dùng tệp <b>bieu.json</b>" in lan.get(address).text


def test_pictures_come_beside_what_is_typed(lan: FlaskClient, table: str) -> None:
    part = f"{table}/cau-chuyen"
    sent = {
        "version": version_of(lan, part),
        "A2": "Mái ấm",
        "pictures": (BytesIO(PNG), "a.png"),
    }
    assert lan.post(part, data=sent).status_code == 303
    page = lan.get(part).text
    assert ("Đã có: a.png." in page, 'value="Mái ấm"' in box(page, "A2")) == (True, True)


def test_pictures_are_counted_and_must_be_pictures(lan: FlaskClient, table: str) -> None:
    part = f"{table}/cau-chuyen"

    def sent(*files: tuple[str, bytes], version: str = "") -> tuple[int, str]:
        data = {"version": version or version_of(lan, part), "go": "",
                "pictures": [(BytesIO(one), name) for name, one in files]}  # fmt: skip
        answer = lan.post(part, data=data, follow_redirects=True)
        return answer.status_code, text_of(answer.text)

    status, told = sent(("a.png", b"x"))
    assert (status, "Không đọc được ảnh «a.png»." in told) == (422, True)
    assert "1 ảnh gửi kèm cũng chưa được nhận. Hãy chọn lại ảnh." in told
    old = version_of(lan, part)
    status, told = sent(("a.png", PNG))
    assert (status, "Đã nhận 1 ảnh." in told, "Không có ô nào" in told) == (200, True, False)
    status, told = sent(("b.png", PNG), version=old)
    assert (status, "1 ảnh gửi kèm cũng chưa được nhận." in told) == (409, True)
    status, told = sent(*((f"{n}.png", PNG) for n in range(20)))
    assert (status, "nhiều nhất 20 ảnh, cộng lại không quá 20 MB." in told) == (422, True)


def test_what_is_no_table_says_so(lan: FlaskClient) -> None:
    address = begun(lan)
    assert lan.get(f"{address}/table").status_code == 404
    send(lan, address, b"PK nothing")
    assert lan.get(f"{address}/table/{WORK}").status_code == 404
