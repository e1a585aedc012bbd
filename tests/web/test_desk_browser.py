"""The desk in a real browser: the whole way of a report, each state held against axe and looked at.

One server and one browser for all. ``UPDATE_LOOKS=1`` writes the pictures of docs/ban-lam-viec.md anew.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import openpyxl
import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FilePayload,
    Page,
    Response,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from archive.importing import import_report
from archive.opening import open_archive
from tests.archive.test_same_period import year_before
from tests.building import ROOT
from tests.signing_in import PASSWORD, app_in
from tests.web.test_desk_drafting import SAMPLE, wrong
from tests.web.test_pages import CALM, CHROMIUM
from web.serving import Server

PICTURES = ROOT / "docs/anh/ban-lam-viec"
UPDATE = bool(os.environ.get("UPDATE_LOOKS"))
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": LEVELS, "resultTypes": ["violations"]}
HEAVIEST = 200_000  # bytes of a page, before the documents and pictures of documents
DESKTOP, PHONE = {"width": 1100, "height": 800}, {"width": 360, "height": 740}
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REPORT = "Báo cáo kết quả công tác an sinh xã hội 6 tháng"


@dataclass
class Eyes:
    """One person's window, and all that went wrong in it."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)
    weight: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(20_000)
        self.page.on("console", lambda told: self.wrong.append(f"console: {told.text}"))
        self.page.on("pageerror", lambda told: self.wrong.append(f"script: {told}"))
        self.page.on("response", self._weigh)

    def _weigh(self, answer: Response) -> None:
        if not answer.url.startswith(self.base):
            self.wrong.append(f"elsewhere: {answer.url}")
        if "/pages/" in answer.url or answer.request.resource_type == "other":
            return
        if answer.request.is_navigation_request():
            self.weight = 0
        if answer.status == 200:
            self.weight += int(answer.headers.get("content-length", "0"))

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def sign_in(self, login: str) -> None:
        self.page.get_by_label("Tên đăng nhập").fill(login)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.press("Đăng nhập")

    def press(self, name: str) -> None:
        with self.page.expect_navigation(timeout=60_000):
            self.page.get_by_role("main").get_by_role("button", name=name).first.click()

    def send(self, data: bytes) -> None:
        file = FilePayload(name="bieu.xlsx", mimeType=BOOK, buffer=data)
        self.page.locator("#file").set_input_files(file)
        self.press("Gửi biểu")

    def look(self, name: str = "") -> None:
        """Ask axe in light and in dark, weigh the page; keep its picture under a name."""
        assert self.weight < HEAVIEST, f"{name}: {self.weight} bytes"
        for scheme in ("dark", "light"):
            self.page.emulate_media(color_scheme=scheme)
            found = Axe().run(self.page, options=RULES).response["violations"]
            told = [(one["id"], one["nodes"][0]["html"][:120]) for one in found]
            assert not told, f"{name}, {scheme}: {told}"
        assert self.is_within(), f"{name}: the page scrolls sideways"
        if UPDATE and name:
            keep(self.page.screenshot(), name)

    def is_within(self) -> bool:
        """Whether the page is no wider than its window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def keep(picture: bytes, name: str) -> None:
    """Keep a picture of the docs, small."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    drawn = Image.open(io.BytesIO(picture)).convert("RGB").quantize(32)
    drawn.save(PICTURES / f"{name}.png", optimize=True)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose archive knows the first half of 2019."""
    app = app_in(tmp_path_factory.mktemp("ban-lam-viec"))
    archive = open_archive(Path(app.config["DATA_DIR"]))
    import_report(archive, year_before(), "Nguyễn Thị Lan", "2019S1")
    archive.database.close()
    app.config["LISTEN"] = "127.0.0.1:0"
    server = Server(app)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield "http://{}:{}".format(*server.addresses[0])
    server.stop()
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists() and not os.environ.get("CI"):
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=CALM)
        yield found
        found.close()


def window(browser: Browser, base: str, size: dict[str, int] = DESKTOP) -> Eyes:
    context: BrowserContext = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]}, locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
    )  # fmt: skip
    return Eyes(context.new_page(), base)


def closed(eyes: Eyes) -> None:
    assert eyes.wrong == []
    eyes.page.context.close()


def full_of_mistakes() -> bytes:
    """The sample with a total that is not its parts, a word misspelt, and an amount cut short."""
    book = openpyxl.load_workbook(io.BytesIO(wrong()))
    sheet = book["Số liệu"]
    row = next(r for r in range(5, sheet.max_row) if sheet.cell(r, 6).value == 262_500_000)
    sheet.cell(row, 6).value = "262.500.00"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_report_goes_from_sign_in_to_the_archive(browser: Browser, base: str) -> None:
    clerk = window(browser, base)
    begin(clerk)
    draft = clerk.page.url
    clerk.send(full_of_mistakes())
    mend(clerk)
    read_pages(clerk)
    clerk.page.goto(draft)
    clerk.press("Nộp báo cáo")
    clerk.look("07-da-nop")
    report = clerk.page.url
    approved_by_hoa(browser, base, report)
    clerk.page.goto(report)
    clerk.look("09-da-duyet")
    enter_number(clerk)
    found_again(clerk, report)
    closed(clerk)


def begin(clerk: Eyes) -> None:
    """Sign in, open the draft of the period, take its form."""
    page = clerk.page
    clerk.go("/?period=2020S1")
    clerk.look("01-dang-nhap")
    clerk.sign_in("lan")
    clerk.look("02-bao-cao-cua-toi")
    clerk.press("Bắt đầu")
    clerk.look("03-bat-dau")
    with page.expect_download() as form:
        page.get_by_role("link", name="Tải biểu Excel").click()
    assert (
        openpyxl.load_workbook(io.BytesIO(form.value.path().read_bytes()))["Thông tin"].max_row
        > 5
    )


def read_pages(clerk: Eyes) -> None:
    """See what would be printed."""
    clerk.page.get_by_role("link", name="Xem trang giấy").click()
    expect(clerk.page.get_by_role("heading", name="Xem trang giấy")).to_be_visible(
        timeout=60_000
    )
    clerk.look("06-trang-giay")


def enter_number(clerk: Eyes) -> None:
    """Enter the number with a day that is none, be told so, and enter it right."""
    page = clerk.page
    page.get_by_label("Số", exact=True).fill("34")
    page.locator("#ngay").fill("31/2/2020")
    clerk.press("Ghi là đã ban hành")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Không có ngày 31/2/2020.")
    assert [one for one in clerk.wrong if "422" not in one] == []
    clerk.wrong.clear()
    page.locator("#ngay").fill("3/8/2020")
    clerk.press("Ghi là đã ban hành")
    clerk.look("10-da-ban-hanh")


def mend(clerk: Eyes) -> None:
    """Go to each finding by its link, type over its cell, give a reason, and ask again."""
    page = clerk.page
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(page.locator("#ket-qua")).to_contain_text("Có 2 điều phải sửa và 1 điều nên xem lại")
    clerk.look("04-cho-can-sua")
    page.locator("#ket-qua a").first.click()
    expect(page.locator("input[value='262.500.00']")).to_be_focused()
    page.locator("input[value='262.500.00']").fill("262.500.000")
    page.locator("input[value='242']").fill("224")
    page.get_by_label("Nếu số liệu đúng, ghi lý do giữ nguyên").fill("Theo văn bản gốc")
    clerk.press("Ghi và kiểm tra lại")
    expect(page.locator("#ket-qua")).to_contain_text("Số liệu khớp, nộp được.")
    clerk.look("05-da-khop")


def approved_by_hoa(browser: Browser, base: str, report: str) -> None:
    approver = window(browser, base)
    approver.page.goto(report)
    approver.sign_in("hoa")
    approver.look("08-nguoi-duyet")
    approver.press("Duyệt")
    expect(approver.page.locator("main")).to_contain_text("Báo cáo đã duyệt.")
    closed(approver)


def found_again(clerk: Eyes, report: str) -> None:
    """Find the report by a number, ask how it was made, hold it against another; the portal's text."""
    page = clerk.page
    clerk.go("/archive?value=633,2+triệu")
    clerk.look("11-kho-luu-tru")
    page.locator(".cards a").first.click()
    page.get_by_role("link", name="633.200.000 đồng").first.click()
    expect(page.locator("main")).to_contain_text("Sáu trăm ba mươi ba triệu")
    clerk.look("12-so-tu-dau-ra")
    page.goto(f"{report}/portal")
    clerk.look("13-bai-dang")
    clerk.go("/?period=2020S1")
    expect(page.locator("main")).to_contain_text("đã ban hành")
    clerk.look("15-xong")


def test_a_phone_shows_all_of_it(browser: Browser, base: str) -> None:
    clerk = window(browser, base, PHONE)
    clerk.go("/?period=2021S1")
    clerk.sign_in("lan")
    clerk.look("20-dien-thoai")
    clerk.press("Bắt đầu")
    clerk.send(full_of_mistakes())
    clerk.look("21-dien-thoai-sua")
    clerk.page.locator("summary", has_text="Hoặc dán").click()
    clerk.look()
    for path in ("/archive", "/archive?words=zebra"):
        clerk.go(path)
        clerk.look()
    clerk.page.context.close()
    assert clerk.wrong == []


def choose_by_keys(page: Page, path: Path) -> None:
    """Open the file's dialog by Enter; a busy browser may let a key go by, so press it again."""
    tab_to(page, "#file")
    for patience in (5_000, 10_000, 20_000):
        with suppress(PlaywrightTimeout), page.expect_file_chooser(timeout=patience) as chooser:
            page.keyboard.press("Enter")
        if chooser.is_done():
            chooser.value.set_files(path)
            return
    raise AssertionError("Enter opens no dialog on the file")


def test_the_keyboard_alone_is_enough(browser: Browser, base: str, tmp_path: Path) -> None:
    clerk = window(browser, base)
    page, keys = clerk.page, clerk.page.keyboard
    book = tmp_path / "bieu.xlsx"
    book.write_bytes(SAMPLE)
    clerk.go("/?period=2020S1")
    tab_to(page, "#login")
    keys.type("lan")
    tab_to(page, "#password")
    keys.type(PASSWORD)
    keys.press("Enter")
    tab_to(page, f"button:has-text('{REPORT}')")
    keys.press("Enter")
    choose_by_keys(page, book)
    tab_to(page, "button:text-is('Gửi biểu')")
    keys.press("Enter")
    expect(page.locator("#ket-qua")).to_be_focused()
    tab_to(page, "a:has-text('(.docx)')")
    with page.expect_download() as document:
        keys.press("Enter")
    assert document.value.path().read_bytes().startswith(b"PK")
    closed(clerk)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until it has the focus; each step on the way has a visible one."""
    page.locator(selector).first.wait_for()
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(selector).first.evaluate("one => one === document.activeElement"):
            return
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
    raise AssertionError(f"Tab does not come to {selector}")


def test_two_people_at_one_draft(browser: Browser, base: str) -> None:
    one, other = window(browser, base), window(browser, base)
    one.go("/?period=2021S1")
    one.sign_in("lan")
    one.press(REPORT)
    other.page.goto(one.page.url)
    other.sign_in("lan")
    one.send(SAMPLE)
    other.send(full_of_mistakes())
    expect(other.page.get_by_role("alert")).to_contain_text("đã sửa bản này lúc")
    expect(other.page.get_by_role("alert")).to_be_focused()
    assert [told for told in other.wrong if "409" not in told] == []
    other.weight = 0
    other.look("14-hai-nguoi")
    other.page.context.close()
    closed(one)
