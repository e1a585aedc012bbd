"""Why a file is not opened, in the words for staff."""

from __future__ import annotations

from generators.model import ERROR, Finding

MEBIBYTE = 1 << 20
_SHOWN = 120


class RefusedError(Exception):
    """The file must not be opened; `finding` says why, in the words for staff."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


SAVE_AS = (
    "Hãy mở tệp bằng Excel, chọn Tệp > Lưu như (File > Save As), chọn kiểu "
    "Excel Workbook (.xlsx), rồi tải tệp .xlsx vừa lưu lên."
)
RETYPE = (
    "Hãy chép số liệu vào mẫu bảng tính, lưu dạng Excel Workbook (.xlsx) bằng Excel, "
    "rồi tải tệp .xlsx đó lên."
)
_NEW_BOOK = (
    "Hãy mở tệp bằng Excel, chép phần bảng có số liệu sang một bảng tính mới, lưu dạng "
    "Excel Workbook (.xlsx), rồi tải tệp mới lên."
)
_REPAIR = (
    "Hãy mở tệp bằng Excel, để Excel sửa nếu được hỏi, lưu dạng Excel Workbook (.xlsx) rồi "
    "tải lên lại. Nếu Excel không mở được, hãy chép lại tệp từ bản gốc."
)
_NO_PASSWORD = (
    "Hãy mở tệp bằng Excel, vào Tệp > Thông tin > Bảo vệ sổ làm việc > Mã hóa bằng mật khẩu "
    "(File > Info > Protect Workbook > Encrypt with Password), xóa trống ô mật khẩu, lưu dạng "
    "Excel Workbook (.xlsx), rồi tải lên lại."
)
_BREAK_LINKS = (
    "Hãy mở tệp bằng Excel, vào Dữ liệu > Sửa liên kết > Ngắt liên kết "
    "(Data > Edit Links > Break Link) và xóa ảnh hay đối tượng nối với tệp khác, lưu rồi tải "
    "lên lại."
)


def _refused(code: str, message: str, remedy: str, where: str = "") -> RefusedError:
    return RefusedError(Finding(code, ERROR, shown(where), message, remedy))


def shown(text: str) -> str:
    """Return text from inside a file fit to be shown: printable, and not too long."""
    printable = "".join(sign if sign.isprintable() else "·" for sign in text[: _SHOWN + 1])
    return printable if len(printable) <= _SHOWN else printable[: _SHOWN - 1] + "…"


def empty() -> RefusedError:
    """Refuse a file without a byte in it."""
    return _refused(
        "file.empty",
        "Tệp trống, không có nội dung gì.",
        "Có thể tệp chưa được lưu hoặc chưa chép xong. Hãy mở bằng Excel, lưu lại rồi tải lên.",
    )


def too_large(size: int, allowed: int) -> RefusedError:
    """Refuse a file of `size` bytes where `allowed` are the most."""
    return _refused(
        "file.too_large",
        f"Tệp nặng {-(-size // MEBIBYTE)} MB, quá mức cho phép {allowed // MEBIBYTE} MB.",
        "Hãy mở tệp bằng Excel, bỏ hình ảnh, trang và vùng định dạng thừa, lưu dạng "
        "Excel Workbook (.xlsx), rồi tải lên lại.",
    )


def not_workbook(what: str, remedy: str) -> RefusedError:
    """Refuse a file that is something else: `what` it is, "" where that is not known."""
    said = f"Tệp này là {what}, không phải" if what else "Tệp này không phải"
    return _refused("file.not_workbook", f"{said} bảng tính Excel đọc được ở đây.", remedy)


def damaged(why: str, where: str = "") -> RefusedError:
    """Refuse a file that was a workbook and is no longer whole."""
    return _refused("file.damaged", f"Tệp bị hỏng: {why}.", _REPAIR, where)


def encrypted(where: str = "") -> RefusedError:
    """Refuse a file that a password locks."""
    message = "Tệp được đặt mật khẩu nên không đọc được số liệu."
    return _refused("file.encrypted", message, _NO_PASSWORD, where)


def inflates(why: str, where: str = "") -> RefusedError:
    """Refuse a package that grows out of proportion when it is opened."""
    message = f"Tệp bung ra quá lớn khi mở: {why}."
    return _refused("file.inflates", message, _NEW_BOOK, where)


def doctype(where: str) -> RefusedError:
    """Refuse XML that declares a document type or entities."""
    message = (
        "Bên trong tệp có khai báo kiểu tài liệu (DOCTYPE hoặc ENTITY), thứ mà bảng tính "
        "không cần và có thể gây hại khi mở."
    )
    return _refused("file.doctype", message, _NEW_BOOK, where)


def external(target: str, where: str) -> RefusedError:
    """Refuse a workbook that needs another file."""
    message = f"Bảng tính nối với tệp bên ngoài “{shown(target)}”, không tự đủ số liệu."
    return _refused("file.external", message, _BREAK_LINKS, where)


def macros() -> RefusedError:
    """Refuse a workbook that carries programs, which a form never needs."""
    message = "Tệp có chứa macro (chương trình), thứ mà biểu số liệu không cần."
    return _refused("file.macros", message, SAVE_AS)


def unsafe_member(why: str, where: str) -> RefusedError:
    """Refuse a package with a member that no office program writes."""
    return _refused("file.unsafe_member", f"Bên trong tệp có phần {why}.", _NEW_BOOK, where)
