"""The page for the secretary: what the lint looks at, by component, with its place in the decree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generators.model import ERROR
from lint.catalogue import CATALOGUE
from lint.entry import DECREE, Entry
from lint.obligations import OBLIGATIONS, Obligation

_INTRO = f"""\
# Soát thể thức văn bản Word

Phần mềm đọc một tệp .docx và kể từng chỗ chưa đúng {DECREE}, Phụ lục I: ở đâu, đang
thế nào, quy định thế nào, sửa ra sao. Tệp không bị sửa, không được lưu lại.

```sh
flask --app service lint bao-cao.docx                  # văn bản hành chính
flask --app service lint ban-tin.docx --form ban-tin   # bản tin: không có số, không có người ký
curl -s http://127.0.0.1:8080/api/v1/lint -F file=@bao-cao.docx
```

- Định dạng được hiểu như Word hiểu: kiểu (style) và kiểu gốc của nó, kiểu bảng, phông của chủ đề, đánh số
  tự động, rồi mới đến định dạng đặt thẳng. Nhiều chỗ cùng một lỗi được kể một lần.
- Dòng kẻ được nhận ra dù là viền của đoạn, hình vẽ, chữ gạch chân hay một hàng dấu gạch dưới.
- Chỗ để trống chờ văn thư (số, ngày, họ tên) không bị coi là lỗi.
- Đầu văn bản đặt trong bảng hay dùng phím Tab đều nhận ra; dùng phím Tab thì không xét canh giữa.
- Công văn, quyết định có điều, khoản cũng soát được; chữ trong hộp văn bản, đầu trang, chân trang cũng đọc.
- `--form ban-tin` chỉ xét trang giấy, phông, màu, số trang và lời văn.
- Mã thoát: 0 không có lỗi, 1 có lỗi, 2 không mở được tệp.

Mỗi mã có ít nhất một tệp mẫu mắc đúng lỗi ấy, không mắc lỗi khác, trong `fixtures/lint/`.

Trang này do `make docs` sinh ra từ `lint/obligations.py`, `lint/catalogue.py`; đừng sửa tay.
"""
_RULES = """
## Từng quy định của Phụ lục I, II và mã xét nó

Mục không ghi gì thêm là của Phụ lục I, Phần I. «Không xét được» là điều không thể biết từ
tệp Word.

| Mục | Quy định | Mã | Không xét được |
| --- | --- | --- | --- |"""
_FAMILIES: Mapping[str, str] = {
    "page": "Trang giấy", "font": "Phông chữ", "page_number": "Số trang", "national": "Quốc hiệu",
    "motto": "Tiêu ngữ", "superior": "Cơ quan chủ quản", "agency": "Cơ quan ban hành",
    "number": "Số, ký hiệu", "date": "Địa danh, ngày tháng năm", "title": "Tên loại",
    "subject": "Trích yếu", "about": "Trích yếu công văn", "address": "Kính gửi", "basis": "Căn cứ",
    "body": "Nội dung",
    "part": "Phần, chương, mục", "part_title": "Tiêu đề của phần, chương, mục", "article": "Điều",
    "section": "Mục", "clause": "Khoản", "point": "Điểm",
    "heading": "Thứ tự phần, mục, khoản, điểm", "recipients": "Nơi nhận",
    "recipient_list": "Danh sách nơi nhận", "drafter": "Người soạn thảo, số bản",
    "authority": "Quyền hạn, chức vụ", "signer": "Người ký",
    "annex": "Phụ lục", "annex_title": "Tên phụ lục", "attached": "Kèm theo",
    "urgency": "Mức độ khẩn", "circulation": "Phạm vi lưu hành", "secrecy": "Độ mật",
    "contact": "Địa chỉ cơ quan", "words": "Viết hoa",
}  # fmt: skip


def lint_page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRO.rstrip()
    yield _RULES
    yield from (
        f"| {one.basis} | {one.asks} | {_codes(one)} | {one.unjudged} |" for one in OBLIGATIONS
    )
    order = list(_FAMILIES)
    codes = sorted(CATALOGUE, key=lambda code: order.index(code.partition(".")[0]))
    for family, members in groupby(codes, key=lambda code: code.partition(".")[0]):
        yield from (
            "",
            f"## {_FAMILIES[family]}",
            "",
            "| Mã | Quy định | Căn cứ |",
            "| --- | --- | --- |",
        )
        yield from (_row(code, CATALOGUE[code]) for code in members)


def _codes(one: Obligation) -> str:
    """The codes of a rule, the name of a family once: `motto.line`, `.size`."""
    told, before = [], ""
    for code in one.codes:
        family, _, aspect = code.partition(".")
        told.append(f"`.{aspect}`" if family == before else f"`{code}`")
        before = family
    return " ".join(told)


def _row(code: str, entry: Entry) -> str:
    doubt = "" if entry.severity == ERROR else " (nên xem lại)"
    return f"| `{code}` | {entry.title}: {entry.expected}{doubt} | {entry.basis} |"
