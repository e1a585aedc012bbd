"""Every page of the desk in every state: axe finds nothing, it fits, it is light, it has its picture.

States are made without a browser; one browser then walks them. ``UPDATE_LOOKS=1`` writes the
pictures of docs/anh/ban-lam-viec and the table of docs/measurements.md anew.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, FilePayload, expect

from access.accounts import account_called, add_account, give_role, lock_account
from access.deadlines import set_deadline
from access.rights import CLERK
from access.sign_in_links import make_link
from access.units import unit_called
from archive.importing import import_report
from archive.opening import open_archive
from service import create_app
from tests.archive.test_same_period import year_before
from tests.building import ROOT
from tests.signing_in import COOKIE, PASSWORD, PHUC_LOI, app_in, new_session, signed_in
from tests.web.test_desk_browser import (
    BOOK,
    DESKTOP,
    HEAVIEST,
    UPDATE,
    Eyes,
    browser,
    full_of_mistakes,
    window,
)
from tests.web.test_desk_drafting import SAMPLE, version_of
from tests.web.test_set_aside import end_sessions
from web.limits import Limits
from web.serving import Server

__all__ = ["browser"]
MEASUREMENTS = ROOT / "docs/measurements.md"
NARROW, WIDE = {"width": 320, "height": 740}, {"width": 1920, "height": 1000}
KIND, OTHER = "ban-tin-6-thang", "bao-cao-6-thang"
PAINT = """async () => {
  const painted = await new Promise(done => new PerformanceObserver(list => {
    for (const one of list.getEntriesByName('first-contentful-paint')) done(one.startTime);
  }).observe({type: 'paint', buffered: true}));
  const loaded = ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
    .filter(one => !/\\/pages\\/\\d+\\.png/.test(one.name));
  return [painted, loaded.reduce((sum, one) => sum + one.encodedBodySize, 0)];
}"""


@dataclass
class Desk:
    """A served application, and the addresses of reports in every state."""

    app: Flask
    base: str
    at: dict[str, str]


def serve(app: Flask) -> Iterator[str]:
    app.config["LISTEN"] = "127.0.0.1:0"
    server = Server(app)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield "http://{}:{}".format(*server.addresses[0])
    server.stop()
    thread.join(10)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    app = app_in(tmp_path_factory.mktemp("trang-thai"))
    at = _people_and_deadlines(app) | _reports(app)
    for base in serve(app):
        yield Desk(app, base, at)


def _people_and_deadlines(app: Flask) -> dict[str, str]:
    """Somebody locked out, somebody with a given password; a day that is past."""
    archive = open_archive(Path(app.config["DATA_DIR"]))
    imported = import_report(archive, year_before(), "Nguyễn Thị Lan", "2019S1")
    with archive.database.writing() as connection:
        ward = unit_called(connection, PHUC_LOI)
        for login in ("moi", "khoa"):
            account, given = add_account(connection, login, f"Người thử {login}", "thử")
            give_role(connection, account, CLERK, ward, "thử")
            if login == "moi":
                new = given
        lock_account(connection, account_called(connection, "khoa"), "thử")
        set_deadline(connection, ward, KIND, "2021S1", date(2021, 6, 10), "thử")
        set_deadline(connection, ward, KIND, "2030S1", date(2030, 6, 10), "thử")
    archive.database.close()
    return {"new": new, "imported": f"/archive/{imported.record.id}"}


def _reports(app: Flask) -> dict[str, str]:
    """A draft in each state, and a report in each."""
    lan, hoa = signed_in(app, "lan"), signed_in(app, "hoa")
    at = {
        "empty": _begun(lan, "2030S1", KIND), "pasting": _begun(lan, "2030S1", OTHER),
        "wrong": _sent(lan, _begun(lan, "2021S1", KIND), full_of_mistakes()),
        "unreadable": _sent(lan, _begun(lan, "2021S1", OTHER), b"no workbook"),
        "right": _sent(lan, _begun(lan, "2020S1", OTHER), SAMPLE),
    }  # fmt: skip
    draft = _sent(lan, _begun(lan, "2020S1", KIND), SAMPLE)
    at |= {"returned": draft, "first": _submitted(lan, draft)}
    return_ = {"action": "return", "reason": "Thiếu quà Tết của phường."}
    assert hoa.post(f"{at['first']}/approval", data=return_).status_code == 303
    return at


def _begun(client: FlaskClient, period: str, kind: str) -> str:
    unit = re.search(r'name="unit" value="(\w+)"', client.get(f"/?period={period}").text)
    unit = unit or re.search(r'name="unit" value="(\w+)"', client.get("/?period=2029S1").text)
    assert unit
    answer = client.post("/desk", data={"unit": unit[1], "kind": kind, "period": period})
    assert answer.status_code == 303
    return str(answer.location)


def _sent(client: FlaskClient, address: str, data: bytes) -> str:
    form = {"version": version_of(client, address), "file": (io.BytesIO(data), "bieu.xlsx")}
    assert client.post(f"{address}/file", data=form).status_code == 303
    return address


def _submitted(client: FlaskClient, address: str) -> str:
    done = client.post(f"{address}/submit", data={"version": version_of(client, address)})
    assert done.status_code == 303, done.text
    return str(done.location)


# ---------------------------------------------------------------- walking


class Walker:
    """One window after another for whoever is signed in; keeps what each page weighed."""

    def __init__(self, browser: Browser, desk: Desk) -> None:
        self.browser, self.desk = browser, desk
        self.measured: dict[str, tuple[float, int]] = {}
        self._windows: dict[str, Eyes] = {}

    def as_(self, login: str) -> Eyes:
        """The window of a person, signed in without a form; "" for nobody."""
        if login not in self._windows:
            eyes = window(self.browser, self.desk.base, DESKTOP)
            if login:
                token = new_session(self.desk.app, login)
                eyes.page.context.add_cookies(
                    [{"name": COOKIE, "value": token, "url": self.desk.base}]
                )
            own = eyes.page.context.new_cdp_session(eyes.page)
            own.send("Network.setCacheDisabled", {"cacheDisabled": True})
            self._windows[login] = eyes
        return self._windows[login]

    def see(self, login: str, path: str, name: str, status: int = 200) -> Eyes:
        """Go somewhere as somebody, and look at what is shown."""
        eyes = self.as_(login)
        answer = eyes.page.goto(self.desk.base + path)
        assert answer is not None
        assert answer.status == status, f"{name}: {answer.status}"
        return self.look(eyes, name)

    def look(self, eyes: Eyes, name: str) -> Eyes:
        """axe in light and dark, the weight, every width, the picture."""
        self._weigh(eyes, name)
        eyes.look(name)
        for size in (NARROW, WIDE):
            eyes.page.set_viewport_size(size)  # type: ignore[arg-type]
            assert eyes.is_within(), f"{name}: scrolls sideways at {size['width']}"
        eyes.page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        eyes.wrong = [one for one in eyes.wrong if "Failed to load resource" not in one]
        assert eyes.wrong == [], name
        return eyes

    def _weigh(self, eyes: Eyes, name: str) -> None:
        paint, weight = eyes.page.evaluate(PAINT)
        assert 0 < weight < HEAVIEST, f"{name}: {weight} bytes"
        self.measured[name] = (float(paint), int(weight))


@pytest.fixture(scope="module")
def walker(browser: Browser, desk: Desk) -> Iterator[Walker]:
    found = Walker(browser, desk)
    yield found
    if UPDATE:
        _write(found)


def _write(walker: Walker) -> None:
    rows = [f"| {name} | {paint:.0f} | {weight / 1000:.1f} |"
            for name, (paint, weight) in sorted(walker.measured.items())]  # fmt: skip
    paints = [paint for paint, _ in walker.measured.values()]
    weights = [weight for _, weight in walker.measured.values()]
    told = (
        f"{len(rows)} states, first contentful paint: median {median(paints):.0f} ms, longest "
        f"{max(paints):.0f} ms; heaviest page {max(weights) / 1000:.1f} kB."
    )
    table = "\n".join(
        [told, "", "| state | first paint, ms | kB |", "| --- | --- | --- |", *rows]
    )
    text = MEASUREMENTS.read_text(encoding="utf-8")
    head, start, rest = text.partition("<!-- pages -->\n")
    _, end, tail = rest.partition("<!-- /pages -->")
    if start and end:
        MEASUREMENTS.write_text(f"{head}{start}{table}\n{end}{tail}", encoding="utf-8")


def test_coming_in(walker: Walker) -> None:
    nobody = walker.see("", "/sign-in", "01-dang-nhap")
    for login, password, name in (
        ("lan", "sai mật khẩu rồi", "30-sai-mat-khau"), ("khoa", PASSWORD, "31-tai-khoan-khoa"),
    ):  # fmt: skip
        nobody.page.get_by_label("Tên đăng nhập").fill(login)
        nobody.page.get_by_label("Mật khẩu").fill(password)
        nobody.press("Đăng nhập")
        expect(nobody.page.get_by_role("alert")).to_be_focused()
        walker.look(nobody, name)
    nobody.page.get_by_label("Tên đăng nhập").fill("moi")
    nobody.page.get_by_label("Mật khẩu").fill(walker.desk.at["new"])
    nobody.press("Đăng nhập")
    expect(nobody.page.locator("main")).to_contain_text(
        "Mật khẩu vừa dùng là mật khẩu được cấp"
    )
    walker.look(nobody, "32-doi-mat-khau-lan-dau")
    walker.see("lan", "/password", "33-doi-mat-khau")
    walker.see("", "/begin?token=x", "34-lien-ket-da-dung", 404)


def test_the_first_start(walker: Walker, tmp_path: Path) -> None:
    app = create_app({"DATA_DIR": str(tmp_path), "DATABASE_URL": ""})
    archive = open_archive(tmp_path)
    with archive.database.writing() as connection:
        token = make_link(connection, datetime.now(UTC))
    archive.database.close()
    for base in serve(app):
        eyes = window(walker.browser, base)
        eyes.go(f"/begin?token={token}")
        walker.look(eyes, "35-bat-dau-su-dung")
        eyes.page.context.close()


def test_reports_and_drafts(walker: Walker) -> None:
    at = walker.desk.at
    walker.see("lan", "/?period=2029S1", "02-bao-cao-cua-toi")
    walker.see("lan", "/?period=2021S1", "36-qua-han")
    walker.see("quan", "/?period=2028S1", "37-chua-co-bao-cao")
    walker.see("lan", at["empty"], "03-bat-dau")
    walker.see("lan", f"{at['unreadable']}#ket-qua", "38-tep-khong-doc-duoc")
    walker.see("lan", f"{at['wrong']}#ket-qua", "04-cho-can-sua")
    walker.see("lan", f"{at['right']}#ket-qua", "05-da-khop")
    walker.see("lan", at["returned"], "39-bi-tra-lai")
    lan = walker.see("lan", at["pasting"], "40-soan-loai-khac")
    lan.page.locator("summary", has_text="Hoặc dán").click()
    lan.page.locator("#rows").fill("không phải bảng")
    lan.press("Gửi bảng")
    if lan.page.get_by_role("alert").count():
        expect(lan.page.get_by_role("alert")).to_be_focused()
    walker.look(lan, "41-dan-sai")
    walker.see("lan", f"{at['wrong']}/how/viec_lam.value", "42-so-co-loi")


def test_pages_of_a_draft(walker: Walker) -> None:
    at = walker.desk.at
    lan = walker.as_("lan")
    lan.page.goto(walker.desk.base + at["wrong"])
    lan.page.get_by_role("link", name="Xem trang giấy").last.click(
        no_wait_after=True, timeout=90_000
    )
    expect(lan.page.get_by_role("heading", name="Xem trang giấy")).to_be_visible(timeout=90_000)
    walker.look(lan, "43-trang-giay-co-loi")
    lan.page.get_by_role("link", name="Chỗ in ở trang 2").click()
    spot = lan.page.locator("[id='so-viec_lam.value']")
    expect(spot).to_be_in_viewport()
    assert spot.evaluate("one => one.matches(':target')")
    walker.look(lan, "44-cho-in-cua-so")
    spot.focus()
    lan.page.keyboard.press("Enter")
    expect(lan.page.locator("main")).to_contain_text("Cần xem lại ở số này")
    lan.page.get_by_role("link", name="Đến chỗ sửa").click()
    expect(lan.page.locator("li:target")).to_contain_text("tổng ghi ở Số liệu!E91 là 242 người")


def test_a_kept_report_on_its_way(walker: Walker) -> None:
    desk = walker.desk
    lan, hoa = signed_in(desk.app, "lan"), signed_in(desk.app, "hoa")
    draft = desk.at["returned"]
    typed = {
        "version": version_of(lan, draft),
        "file": (io.BytesIO(_changed()), "bieu-sua.xlsx"),
    }
    assert lan.post(f"{draft}/file", data=typed).status_code == 303
    report = _submitted(lan, draft)
    walker.see("lan", draft, "45-da-khoa")
    walker.see("lan", report, "07-da-nop")
    walker.see("hoa", report, "08-nguoi-duyet")
    assert hoa.post(f"{report}/approval", data={"action": "approve"}).status_code == 303
    walker.see("lan", report, "09-da-duyet")
    paper = {"number": "34", "notation": "BC-UBND", "date": "3/8/2020"}
    assert lan.post(f"{report}/paper", data=paper).status_code == 303
    walker.see("lan", report, "10-da-ban-hanh")
    walker.see("lan", f"{report}/how/tong_qua_tet.amount", "12-so-tu-dau-ra")
    walker.see("lan", f"{report}/pages", "06-trang-giay")
    walker.see("lan", f"{report}/portal", "13-bai-dang")
    walker.see(
        "lan", f"{report}/compare/{desk.at['first'].rpartition('/')[2]}", "46-so-hai-ban"
    )
    walker.see("lan", desk.at["imported"], "47-nhap-tu-ban-cu")
    walker.see("lan", f"{desk.at['imported']}/pages", "48-ban-cu-khong-co-van-ban", 404)
    walker.see("lan", "/archive?value=633,2+triệu", "11-kho-luu-tru")
    walker.see("lan", "/archive?words=zebra", "49-khong-tim-thay")
    walker.see("lan", "/archive?value=nhieu", "50-so-khong-doc-duoc", 422)
    walker.see("lan", "/?period=2020S1", "15-xong")


def _changed() -> bytes:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(SAMPLE))
    book["Số liệu"].cell(12, 5).value = 180
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_refusals(walker: Walker, monkeypatch: pytest.MonkeyPatch) -> None:
    at = walker.desk.at
    walker.see("lan", "/khong-co", "51-khong-co-trang", 404)
    walker.see("", "/khong-co", "52-khong-co-trang-nguoi-la", 404)
    walker.see("hoa", f"{at['wrong']}/form.xlsx/khong-co", "53-khong-co-trang-trong", 404)
    with monkeypatch.context() as patched:
        patched.setattr(Limits, "take", lambda *_asked: 7)
        walker.see("lan", "/", "54-qua-nhieu-yeu-cau", 429)
    with monkeypatch.context() as patched:
        patched.setattr("web.desk.mine.period_of", _fail)
        walker.see("lan", "/", "55-may-chu-gap-su-co", 500)
    lan = walker.as_("lan")
    lan.page.goto(walker.desk.base + at["empty"])
    with monkeypatch.context() as patched:
        patched.setitem(walker.desk.app.config, "MAX_CONTENT_LENGTH", 1000)
        lan.send(SAMPLE)
        expect(lan.page.get_by_role("alert")).to_contain_text("Nội dung gửi lên quá lớn")
        walker.look(lan, "56-tep-qua-lon")
    hoa = walker.see("hoa", at["empty"], "57-chi-xem")
    assert hoa.page.get_by_role("button", name="Gửi biểu").count() == 0
    with hoa.page.expect_navigation():
        hoa.page.evaluate(
            "to => { const form = document.querySelector('form.who'); form.action = to; form.submit(); }",
            f"{at['empty']}/submit",
        )
    expect(hoa.page.get_by_role("alert")).to_contain_text("không có quyền")
    walker.look(hoa, "63-khong-duoc-phep")


def _fail(*_asked: object) -> None:
    raise RuntimeError("hỏng")


def test_the_quick_page(walker: Walker) -> None:
    lan = walker.see("lan", "/quick", "58-lap-nhanh")
    for data, button, name in (
        (full_of_mistakes(), "Lập báo cáo", "59-lap-nhanh-co-loi"),
        (SAMPLE, "Chỉ kiểm tra", "60-lap-nhanh-kiem-tra"),
    ):
        book = FilePayload(name="bieu.xlsx", mimeType=BOOK, buffer=data)
        lan.page.locator("#file").set_input_files(book)
        lan.press(button)
        walker.look(lan, name)


def test_what_was_sent_too_late_is_not_lost(walker: Walker) -> None:
    draft = walker.desk.at["wrong"]
    eyes = walker.as_("hoa")  # so that nobody else's session is asked to be alive
    lan = walker.as_("lan")
    assert eyes is not lan
    lan.page.goto(walker.desk.base + draft)
    lan.page.locator("input[value='242']").fill("224")
    end_sessions(walker.desk.app)
    lan.press("Ghi và kiểm tra lại")
    expect(lan.page.get_by_role("alert")).to_contain_text("Điều vừa gửi được giữ 30 phút")
    walker.look(lan, "61-het-phien")
    lan.sign_in("lan")
    expect(lan.page.locator("main")).to_contain_text("Ô Số liệu!E91")
    walker.look(lan, "62-gui-tiep")
    lan.press("Gửi tiếp")
    expect(lan.page.locator("#ket-qua")).to_contain_text("Có 1 điều phải sửa")
    kept = lan.page.evaluate("Object.keys(sessionStorage)")
    assert [key for key in kept if draft in key or "/resume/" in key] == []


def test_what_was_typed_is_there_again_after_going_back(walker: Walker) -> None:
    draft = walker.desk.at["pasting"]
    lan = walker.as_("lan")
    page = lan.page
    page.goto(f"{walker.desk.base}/sign-in")
    if "sign-in" in page.url:
        lan.sign_in("lan")
    page.goto(walker.desk.base + draft)
    for leave, come_back in _ways(walker, lan):
        page.locator("summary", has_text="Hoặc dán").click()
        page.locator("#rows").fill("STT\tChỉ tiêu")
        leave()
        come_back()
        expect(page.locator("#rows")).to_have_value("STT\tChỉ tiêu")
        page.locator("#rows").fill("")
        page.goto(walker.desk.base + draft)
    page.locator("summary", has_text="Hoặc dán").click()
    page.locator("#rows").fill("của Lan")
    page.get_by_role("button", name="Đăng xuất").click()
    lan.sign_in("hoa")
    page.goto(walker.desk.base + draft)
    assert "của Lan" not in page.content()
    assert page.evaluate("sessionStorage.length") == 0


def _ways(walker: Walker, lan: Eyes) -> list[tuple[Callable[[], object], Callable[[], object]]]:
    """By the button back, and by coming to the page anew."""
    archive = lambda: lan.page.get_by_role("link", name="Kho lưu trữ").click()  # noqa: E731
    anew = lambda: lan.page.goto(walker.desk.base + walker.desk.at["pasting"])  # noqa: E731
    return [(archive, lan.page.go_back), (archive, anew)]
