"""The page for the secretary: what the lint looks at, by component, with its place in the decree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from generators.model import ERROR
from lint.catalogue import CATALOGUE, DECREE, Entry

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
- `--form ban-tin` chỉ xét trang giấy, phông, màu, số trang và lời văn.
- Mã thoát: 0 không có lỗi, 1 có lỗi, 2 không mở được tệp.

Phần mềm chưa xét: dấu mức độ khẩn, phạm vi lưu hành, ký hiệu người soạn thảo, địa chỉ cơ quan, chữ ký số;
nghĩa của câu chữ; chỗ ngắt trang. Đầu văn bản không đặt trong bảng mà dùng phím Tab thì không nhận ra được
tên cơ quan, Quốc hiệu. Mỗi mã dưới đây có một tệp mẫu mắc đúng lỗi ấy trong `fixtures/lint/`.

Trang này do `make docs` sinh ra từ `lint/catalogue.py`; đừng sửa tay.
"""
_FAMILIES: Mapping[str, str] = {
    "page": "Trang giấy", "font": "Phông chữ", "page_number": "Số trang", "national": "Quốc hiệu",
    "motto": "Tiêu ngữ", "superior": "Cơ quan chủ quản", "agency": "Cơ quan ban hành",
    "number": "Số, ký hiệu", "date": "Địa danh, ngày tháng năm", "title": "Tên loại",
    "subject": "Trích yếu", "address": "Kính gửi", "basis": "Căn cứ", "body": "Nội dung",
    "part": "Phần", "section": "Mục", "clause": "Khoản", "point": "Điểm",
    "heading": "Thứ tự phần, mục, khoản, điểm", "recipients": "Nơi nhận",
    "recipient_list": "Danh sách nơi nhận", "authority": "Quyền hạn, chức vụ", "signer": "Người ký",
    "annex": "Phụ lục", "annex_title": "Tên phụ lục", "attached": "Kèm theo", "words": "Viết hoa",
}  # fmt: skip


def lint_page() -> str:
    """Return the page in Markdown."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _INTRO.rstrip()
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


def _row(code: str, entry: Entry) -> str:
    doubt = "" if entry.severity == ERROR else " (nên xem lại)"
    return f"| `{code}` | {entry.title}: {entry.expected}{doubt} | {entry.basis} |"
