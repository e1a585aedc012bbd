"""The workbook's sheets, columns and levels: what the form writes and the reader looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

INFO_SHEET = "Thông tin"
LINES_SHEET = "Số liệu"
TEXTS_SHEET = "Lời văn"
STORIES_SHEET = "Câu chuyện"
REASONS_SHEET = "Xác nhận"

TITLE_ROW, HEADER_ROW = 1, 4  # 1-based rows of the sheet Số liệu


@dataclass(frozen=True)
class Column:
    """A column of the sheet Số liệu.

    ``path`` is where its value goes in a line: ("plan", 0, "label"); ``kind`` is text,
    value (in the line's unit), money (đồng), number, share (%), day, yes_no or none.
    """

    key: str
    header: str
    path: tuple[str | int, ...]
    kind: str = "text"
    width: int = 14
    rare: bool = False
    field: str = ""
    also: tuple[str, ...] = ()


MEASURE_WORDS = {
    "plan": "Kế hoạch", "whole": "Tổng số", "previous": "Cùng kỳ", "bases": "Mốc so sánh",
}  # fmt: skip
MOST = 20  # of plans, wholes, bases of one line, and of people in one story


def measure_columns(name: str, index: int) -> tuple[Column, ...]:
    """The columns of one plan, whole, same period or base; `index` counts from 0."""
    stem = f"{name}{index + 1}"
    header = MEASURE_WORDS[name] + (f" {index + 1}" if index else "")
    also = ("Kế hoạch năm",) if stem == "plan1" else ()
    rare = stem not in ("plan1", "previous1")
    return (
        Column(stem, header, (name, index, "value"), "value", 14, rare, name, also),
        Column(f"{stem}_label", f"Tên: {header}", (name, index, "label"), "text", 24, True, name),
        Column(f"{stem}_amount", f"Kinh phí: {header}", (name, index, "amount"), "money", 16, True, name),
        Column(f"{stem}_share", f"Tỷ lệ ghi sẵn: {header}", (name, index, "share"), "share", 12, True, name),
        Column(f"{stem}_change", f"Tăng giảm ghi sẵn: {header}", (name, index, "change"), "text", 14,
               True, name),
    )  # fmt: skip


_PLAN, _SAME = measure_columns("plan", 0), measure_columns("previous", 0)
_READY = {"plan": 2, "whole": 1, "previous": 1, "bases": 1}  # how many the form always has

COLUMNS: tuple[Column, ...] = (
    Column("stt", "STT", (), "none", 6),
    Column("label", "Chỉ tiêu", ("label",), "text", 52, also=("Nội dung", "Tên chỉ tiêu")),
    Column("unit", "ĐVT", ("unit",), "text", 11, also=("Đơn vị tính", "Đơn vị")),
    _PLAN[0],
    Column("value", "Thực hiện", ("value",), "value", 15, field="value",
           also=("Thực hiện 6 tháng", "Kết quả", "Kết quả thực hiện")),
    Column("amount", "Kinh phí (đồng)", ("amount",), "money", 18, field="amount"),
    _SAME[0],
    Column("note", "Ghi chú", ("note",), "text", 20),
    Column("level", "Cấp", (), "none", 12),
    Column("said", "Đọc là", (), "none", 34),
    Column("giver", "Nguồn tặng", ("giver",), "text", 18, rare=True),
    Column("group", "Nhóm đối tượng", ("group",), "text", 18, rare=True),
    Column("occasion", "Dịp", ("occasion",), "text", 14, rare=True),
    Column("round", "Đợt", ("round",), "text", 10, rare=True),
    *measure_columns("whole", 0),
    *_PLAN[1:],
    *measure_columns("plan", 1),
    *_SAME[1:],
    *measure_columns("bases", 0),
    Column("rate", "Mức (đồng)", ("rate",), "text", 22, rare=True, field="rate"),
    Column("months", "Số tháng", ("months",), "number", 10, rare=True, field="months"),
    Column("rate_count", "Số khẩu hưởng", ("rate_count",), "number", 12, rare=True, field="rate_count"),
    Column("opening", "Đầu kỳ", ("opening",), "value", 12, rare=True, field="opening"),
    Column("increase", "Tăng trong kỳ", ("increase",), "value", 12, rare=True, field="increase"),
    Column("decrease", "Giảm trong kỳ", ("decrease",), "value", 12, rare=True, field="decrease"),
    Column("closing", "Cuối kỳ", ("closing",), "value", 12, rare=True, field="closing"),
    Column("cumulative", "Lũy kế", ("cumulative",), "value", 12, rare=True, field="cumulative"),
    Column("source", "Nguồn kinh phí", ("source",), "text", 24, rare=True),
    Column("estimate", "Ước tính", ("estimate",), "yes_no", 10, rare=True),
    Column("as_of", "Tính đến ngày", ("as_of",), "day", 14, rare=True),
    Column("from", "Từ ngày", ("from",), "day", 14, rare=True),
    Column("to", "Đến ngày", ("to",), "day", 14, rare=True),
    Column("supplied_by", "Người cung cấp", ("supplied_by",), "text", 20, rare=True),
    Column("by", "Chia theo", ("by",), "text", 14, rare=True),
    Column("code", "Mã", (), "none", 20),
)  # fmt: skip


def columns_for(counts: Mapping[str, int]) -> tuple[Column, ...]:
    """Return the form's columns, with as many plans, wholes and bases as `counts` asks for."""
    more = [
        column
        for name, ready in _READY.items()
        for index in range(ready, counts.get(name, 0))
        for column in measure_columns(name, index)
    ]
    return (*COLUMNS[:-1], *more, COLUMNS[-1])


ALL_COLUMNS = columns_for(dict.fromkeys(MEASURE_WORDS, MOST))
"""Every column that a returned form may have."""

FIGURE_KINDS = ("value", "money", "number", "share")
"""The kinds of column that hold numbers; ``rate`` and changes are numbers kept as text."""


def is_figure(column: Column) -> bool:
    """Whether a column holds a number of the line."""
    return column.kind in FIGURE_KINDS or column.key == "rate" or column.key.endswith("_change")


# ---------------------------------------------------------------- levels

TOP, PART, INNER = "Chỉ tiêu", "Chia ra", "Trong đó"
HEADING = "Mục"
MAX_DEPTH = 4


def level_name(depth: int, field: str) -> str:
    """Return the word in column Cấp for a row `depth` below its line, in parts or of_which."""
    if depth == 0:
        return TOP
    word = PART if field == "parts" else INNER
    return word if depth == 1 else f"{word} cấp {depth}"


LEVELS = [
    TOP,
    *(level_name(d, f) for d in range(1, MAX_DEPTH + 1) for f in ("parts", "of_which")),
]
DEPTHS = {
    level_name(depth, field): (depth, field)
    for depth in range(1, MAX_DEPTH + 1)
    for field in ("parts", "of_which")
} | {TOP: (0, "")}

# ---------------------------------------------------------------- the sheet Thông tin

INFO_FIRST_ROW = 3
INFO: tuple[tuple[str, str, str], ...] = (
    ("kind", "Loại báo cáo", "Bản tin hay báo cáo đều dùng được biểu này: bấm ô để chọn"),
    ("period.id", "Kỳ báo cáo", "Ví dụ: 6 tháng đầu năm 2026"),
    ("period.from", "Số liệu tính từ ngày", "Để trống nếu tính theo lịch; ví dụ 15/12/2025"),
    ("period.to", "Số liệu tính đến ngày", "Để trống nếu tính theo lịch; ví dụ 14/6/2026"),
    ("org_unit.name", "Đơn vị báo cáo", "Ví dụ: phường Phúc Lợi"),
    (
        "org_unit.within.0",
        "Thuộc",
        "Cấp trên trực tiếp, ví dụ: quận Long Biên, thành phố Hà Nội",
    ),
    ("org_unit.within.1", "Thuộc (cấp trên nữa)", "Để trống nếu không có"),
    ("document.headline", "Tít bài", "Bản tin: để trống thì dùng tít của mẫu"),
    ("document.author", "Tác giả", "Tên in ở cuối bản tin"),
    ("document.place", "Địa danh", "Báo cáo: để trống thì lấy tên riêng của đơn vị"),
    (
        "document.date",
        "Ngày văn bản",
        "Ví dụ 3/8/2020; để trống nếu văn thư ghi sau",
    ),
    ("document.number", "Số văn bản", "Báo cáo: để trống nếu văn thư ghi sau"),
    ("document.notation", "Ký hiệu", "Để trống thì theo cơ quan ban hành; ví dụ BC-UBND"),
    ("document.superior", "Cơ quan chủ quản", "Để trống thì theo cơ quan ban hành"),
    ("document.agency", "Cơ quan ban hành", "Để trống là UBND; ví dụ: Phòng Văn hóa - Xã hội"),
    (
        "document.subject",
        "Trích yếu",
        "Để trống thì dùng câu của mẫu; không ghi chữ Báo cáo, V/v",
    ),
    (
        "document.signer.authority",
        "Quyền hạn ký",
        "TM., KT., TL., TUQ., Q.; cấp phó phụ trách ghi KT.; người đứng đầu ký thì để trống",
    ),
    (
        "document.signer.title",
        "Chức vụ người ký",
        "Ví dụ: Phó Chủ tịch; để trống là người đứng đầu",
    ),
    ("document.signer.name", "Họ tên người ký", "Để trống nếu chưa rõ ai ký"),
    ("document.recipients.0", "Kính gửi 1", "Để trống thì theo cấp; gửi HĐND thì ghi: không"),
    ("document.recipients.1", "Kính gửi 2", "Mỗi nơi một dòng"),
    ("document.recipients.2", "Kính gửi 3", ""),
    ("document.copies.0", "Nơi nhận khác 1", "In sau «Như trên», ví dụ: Thường trực Đảng ủy"),
    ("document.copies.1", "Nơi nhận khác 2", ""),
    ("document.copies.2", "Nơi nhận khác 3", ""),
    ("document.filing", "Lưu", "Chữ sau «Lưu:», ví dụ: VT, VHXH"),
    ("document.without_annexes.0", "Không kèm phụ lục", "Ví dụ: biểu đồ; để trống thì kèm đủ"),
)
INFO_LISTS = (
    ("org_unit.within", "Thuộc", 2),
    ("document.recipients", "Kính gửi", 3),
    ("document.copies", "Nơi nhận khác", 3),
    ("document.without_annexes", "Không kèm phụ lục", 1),
)
INFO_FORMER = {f"Nơi nhận {n}": f"document.recipients.{n - 1}" for n in (1, 2, 3)}
CHOSEN = frozenset({"kind", "document.signer.authority"})
DAYS = frozenset({"period.from", "period.to", "document.date"})

INFO_GUIDE = (
    "1. Trả lời ở cột B của trang này; ô không có thì để trống.",
    "2. Sang trang «Số liệu»: gõ số vào ô nền trắng. Ô nền xám thường không dùng cho chỉ tiêu đó.",
    "3. Tiền ghi bằng đồng: 262500000 hoặc 262.500.000; cũng nhận 51,2 triệu; 02 tỷ; trên 6 tỷ.",
    "4. Ô Thực hiện cũng nhận 2/5 (đạt 2 trên 5); không phát sinh; chưa có số liệu; xét cuối năm.",
    "5. Cột «Đọc là» đọc lại số vừa gõ. Nếu hiện chữ đỏ, hãy gõ lại, ví dụ 1611 thay cho 1.611.",
    "6. Chỉ tiêu chưa có trong biểu: ghi vào dòng trống cuối mục, hoặc chèn thêm dòng.",
    "7. «Chia ra» (dấu -) phải cộng bằng dòng trên; «Trong đó» (dấu +) thì không cần.",
    "8. Bấm dấu + phía trên bảng «Số liệu» để mở các cột ít dùng: nguồn kinh phí, mức tiền, lũy kế …",
    "9. Lưu tệp rồi tải lên. Có chỗ cần xem lại, phần mềm nêu đúng ô và cách sửa.",
)
INFO_SAID = ("HƯỚNG DẪN", *INFO_GUIDE)
INFO_FORMER_SAID = (  # what forms of 0.2.0 say beside their answers
    "Giữ nguyên ô này",
    "Để trống thì dùng tít của mẫu",
    "Bản tin không in; dành cho báo cáo",
    "Ví dụ 3/8/2020; bản tin chỉ ghi ngày này vào thuộc tính của tệp",
    "Bản tin không in; dành cho báo cáo, ví dụ: CHỦ TỊCH",
)

TEXT_HEADS = ("Chỗ trong bài", "Nội dung (mỗi đoạn một dòng trong ô: Alt+Enter để xuống dòng)")

# ---------------------------------------------------------------- the sheet Câu chuyện

PEOPLE, PEOPLE_SHOWN = 4, 1
STORY_COLUMNS_SHOWN = 4 + 3 * PEOPLE_SHOWN
TableColumn = tuple[tuple[str | int, ...], str, int]


def story_columns(people: int = PEOPLE) -> tuple[TableColumn, ...]:
    """Return the columns of the sheet Câu chuyện, with room for so many people."""
    return (
        (("title",), "Tiêu đề", 28),
        (("text",), "Nội dung", 64),
        (("picture",), "Tệp ảnh", 18),
        (("caption",), "Chú thích ảnh", 30),
        *(
            column
            for n in range(max(people, PEOPLE))
            for column in (
                (("people", n, "name"), f"Nhân vật {n + 1}", 20),
                (("people", n, "role"), f"Vai trò {n + 1}", 22),
                (("people", n, "consent"), f"Đồng ý nêu tên {n + 1}", 12),
            )
        ),
    )


REASON_COLUMNS: tuple[TableColumn, ...] = (
    (("finding",), "Mã điều nên xem lại", 40),
    (("reason",), "Lý do vẫn phát hành", 70),
)
