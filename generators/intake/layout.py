"""The workbook's sheets, columns and levels: what the form writes and the reader looks for."""

from __future__ import annotations

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


def _measure(name: str, index: int, header: str, *, rare: bool = True) -> tuple[Column, ...]:
    """The columns of one plan, whole, same period or base."""
    stem = f"{name}{index + 1}"
    also = ("Kế hoạch năm",) if stem == "plan1" else ()
    return (
        Column(stem, header, (name, index, "value"), "value", 14, rare, name, also),
        Column(f"{stem}_label", f"Tên: {header}", (name, index, "label"), "text", 24, True, name),
        Column(f"{stem}_amount", f"Kinh phí: {header}", (name, index, "amount"), "money", 16, True, name),
        Column(f"{stem}_share", f"Tỷ lệ ghi sẵn: {header}", (name, index, "share"), "share", 12, True, name),
        Column(f"{stem}_change", f"Tăng giảm ghi sẵn: {header}", (name, index, "change"), "text", 14,
               True, name),
    )  # fmt: skip


_PLAN, _SAME = (
    _measure("plan", 0, "Kế hoạch", rare=False),
    _measure("previous", 0, "Cùng kỳ", rare=False),
)

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
    *_measure("whole", 0, "Tổng số"),
    *_PLAN[1:],
    *_measure("plan", 1, "Kế hoạch 2"),
    *_SAME[1:],
    *_measure("bases", 0, "Mốc so sánh"),
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

INFO: tuple[tuple[str, str, str], ...] = (
    ("kind", "Loại báo cáo", "Giữ nguyên"),
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
    ("document.headline", "Tít bài", "Để trống thì dùng tít của mẫu"),
    ("document.author", "Tác giả", "Tên in ở cuối bản tin"),
    ("document.place", "Địa danh", "Ví dụ: Phúc Lợi"),
    ("document.date", "Ngày văn bản", "Ví dụ 3/8/2020; để trống nếu chưa có"),
    ("document.number", "Số văn bản", "Để trống nếu chưa có"),
    ("document.signer.title", "Chức vụ người ký", "Ví dụ: CHỦ TỊCH"),
    ("document.signer.name", "Họ tên người ký", ""),
    ("document.recipients.0", "Nơi nhận 1", ""),
    ("document.recipients.1", "Nơi nhận 2", ""),
    ("document.recipients.2", "Nơi nhận 3", ""),
)
DAYS = frozenset({"period.from", "period.to", "document.date"})

# ---------------------------------------------------------------- the sheet Câu chuyện

PEOPLE = 4
STORY_COLUMNS: tuple[tuple[tuple[str | int, ...], str, int], ...] = (
    (("title",), "Tiêu đề", 30),
    (("text",), "Nội dung", 70),
    *(
        column
        for n in range(PEOPLE)
        for column in (
            (("people", n, "name"), f"Nhân vật {n + 1}", 22),
            (("people", n, "role"), f"Vai trò {n + 1}", 22),
            (("people", n, "consent"), f"Đồng ý nêu tên {n + 1}", 14),
        )
    ),
    (("picture",), "Tệp ảnh", 22),
    (("caption",), "Chú thích ảnh", 40),
)
REASON_COLUMNS: tuple[tuple[tuple[str | int, ...], str, int], ...] = (
    (("finding",), "Cảnh báo", 40),
    (("reason",), "Lý do vẫn phát hành", 70),
)
