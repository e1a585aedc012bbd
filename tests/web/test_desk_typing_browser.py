"""The table on screen in a real browser: from sign-in to the right paper without a spreadsheet."""

from __future__ import annotations

import io
import re
import zipfile

from playwright.sync_api import Browser, Page, expect

from tests.web.test_desk_browser import (
    PHONE,
    Eyes,
    base,
    browser,
    closed,
    tab_to,
    window,
)

__all__ = ["base", "browser"]

WORK = "Lao động, việc làm, giáo dục nghề nghiệp"
GIFTS = "Thăm hỏi, tặng quà các đối tượng chính sách"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""  # noqa: E501


def table_of(clerk: Eyes, period: str) -> Page:
    clerk.go(f"/?period={period}")
    clerk.sign_in("lan")
    clerk.press("Bắt đầu")
    clerk.press("Gõ thẳng trên màn hình")
    return clerk.page


def go_to(clerk: Eyes, part: str) -> None:
    clerk.page.locator("summary", has_text="Các phần của bảng").click()
    clerk.press(part)
    expect(clerk.page.get_by_role("heading", level=1)).to_have_text(part)


def test_figures_are_typed_mended_and_printed(browser: Browser, base: str) -> None:
    clerk = window(browser, base, {"width": 1280, "height": 800})
    page = table_of(clerk, "2020S2")
    clerk.look()
    type_gifts(clerk)
    go_to(clerk, WORK)
    page.locator("#o-E91").focus()
    keys = page.keyboard
    for text in ("242", "118", "106"):
        keys.type(text)
        keys.press("Enter")
    expect(page.locator("#o-E94")).to_be_focused()
    page.locator("#o-D91").fill("4oo")
    clerk.press("Ghi, sang phần sau")
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(page.locator("#ket-qua")).to_contain_text("Phần này có 2 chỗ cần xem")
    clerk.look("31-go-tren-man-hinh")
    page.locator("#ket-qua a").first.click()
    expect(page.locator("#o-D91")).to_be_focused()
    expect(page.locator("#o-D91")).to_have_value("4oo")
    page.locator("#o-D91").fill("400")
    page.locator("#o-E91").fill("224")
    clerk.press("Ghi, xem kết quả")
    expect(page.locator("#ket-qua")).to_contain_text("Số liệu khớp, nộp được.")
    assert_printed(
        page,
        "Đã giải quyết việc làm cho 224/400 người, đạt 56% kế hoạch, gồm: vay vốn Ngân hàng Chính sách "
        "xã hội 118 người và tự tạo việc làm 106 người.",
        "- Quà Tết của Chủ tịch nước: 249 người, kinh phí 51,2 triệu đồng;",
        "- Quà Tết của phường: 478 người, kinh phí 170,6 triệu đồng.",
        "Tổng cộng có 1.010 lượt người được nhận quà tết Nguyên đán, tổng kinh phí 455.300.000 đồng",
    )
    issue(browser, base, clerk)
    correct(clerk)
    closed(clerk)


def issue(browser: Browser, base: str, clerk: Eyes) -> None:
    """Submit what was typed, let somebody else approve it, enter its number."""
    clerk.press("Nộp báo cáo")
    approver = window(browser, base)
    approver.page.goto(clerk.page.url)
    approver.sign_in("hoa")
    approver.press("Duyệt")
    closed(approver)
    clerk.page.reload()
    clerk.page.get_by_label("Số", exact=True).fill("34")
    clerk.page.locator("#ngay").fill("3/2/2021")
    clerk.press("Ghi là đã ban hành")


def correct(clerk: Eyes) -> None:
    """Begin a corrected version from the issued report's page; it lists what changed."""
    page = clerk.page
    clerk.press("Lập bản sửa")
    clerk.press("Sửa bảng trên màn hình")
    go_to(clerk, WORK)
    page.locator("#o-E91").fill("225")
    page.locator("#o-E93").fill("107")
    clerk.press("Ghi, xem kết quả")
    clerk.press("Nộp báo cáo")
    told = "Lao động được giải quyết việc làm: 224 người → 225 người"
    expect(page.locator("main")).to_contain_text(told)
    page.locator("#so-da-doi").scroll_into_view_if_needed()
    clerk.look("33-ban-sua")
    page.get_by_role("link", name="so với bản này").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("So bản 1 với bản 2")


def type_gifts(clerk: Eyes) -> None:
    """Type one line of gifts, and paste a block over three."""
    page = clerk.page
    go_to(clerk, GIFTS)
    page.locator("#o-E38").fill("478")
    page.locator("#o-F38").fill("170,6 triệu")
    page.locator("#o-E32").focus()
    page.evaluate(PASTE, "249\t51.200.000\r\n\t\r\n283\t233.500.000\r\n")
    expect(page.locator("#o-F34")).to_have_value("233.500.000")


def assert_printed(page: Page, *told: str) -> None:
    with page.expect_download() as document:
        page.get_by_role("link", name="(.docx)").click()
    with zipfile.ZipFile(io.BytesIO(document.value.path().read_bytes())) as paper:
        text = re.sub("<[^>]+>", "", paper.read("word/document.xml").decode())
    text = text.replace("\u00a0", " ")
    assert [one for one in told if one not in text] == []


def test_the_table_on_a_phone_and_by_keys_alone(browser: Browser, base: str) -> None:
    clerk = window(browser, base, {**PHONE, "width": 320})
    page = table_of(clerk, "2021S2")
    go_to(clerk, WORK)
    tab_to(page, "#o-E91")
    page.keyboard.type("224")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("118")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.locator("#ket-qua")).to_be_focused()
    expect(page.locator("#o-E92")).to_have_value("118")
    clerk.look("32-go-tren-dien-thoai")
    assert_an_older_text_is_not_put_back(clerk)
    closed(clerk)


def assert_an_older_text_is_not_put_back(clerk: Eyes) -> None:
    """A text typed and not sent comes back over the same version alone; over a newer one it is told."""
    page = clerk.page
    go_to(clerk, "Lời văn")
    area = page.locator("textarea.line").first
    area.fill("Điều gõ dở")
    page.reload()
    expect(area).to_have_value("Điều gõ dở")
    expect(page.locator("main")).to_contain_text("Đã đưa lại điều gõ dở ở đây; chưa ghi.")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("textarea.line").first.fill("Điều mới hơn")
    other.get_by_role("button", name="Ghi", exact=True).last.click()
    expect(other.locator("#ket-qua")).to_contain_text("Đã ghi 1 ô.")
    other.close()
    page.reload()
    expect(area).to_have_value("Điều mới hơn")
    expect(page.locator(".old-texts")).to_contain_text("Điều gõ dở")
