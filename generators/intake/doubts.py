"""What is told of a returned row that could not be taken as it stands, or only with a doubt."""

from __future__ import annotations

from dataclasses import dataclass, field

from generators.intake.heads import misplaced
from generators.model import ERROR, NOTE, WARNING, Finding, Raw


@dataclass
class Doubts:
    """The findings about the rows of one sheet."""

    sheet: str
    found: list[Finding] = field(default_factory=list)

    def _add(self, code: str, where: str, said: tuple[str, str], severity: str = ERROR) -> None:
        self.found.append(Finding(code, severity, where, *said))

    def no_head(self) -> None:
        """The table has no head."""
        self._add("workbook.head_missing", self.sheet, (
            f"Trang «{self.sheet}» không có dòng đầu bảng với các cột «Chỉ tiêu» và «Thực hiện».",
            "Hãy dùng biểu tải từ phần mềm và giữ nguyên dòng đầu bảng.",
        ))  # fmt: skip

    # ------------------------------------------------------------ cells

    def misplaced(self, raw: Raw, header: str) -> None:
        """A number stands in a column that takes none."""
        self.found.append(misplaced(raw.place, str(raw.value), f"ở cột «{header}»"))

    def in_heading(self, raw: Raw, title: str, figure: bool) -> None:
        """A heading row has more than its title."""
        self._add("row.figures_in_heading" if figure else "row.text_in_heading", raw.place, (
            f"Ô {raw.place} ghi «{raw.value}» ngay trên dòng tên mục «{title}» nên chưa được dùng.",
            "Hãy chuyển nội dung xuống một dòng chỉ tiêu của mục.",
        ), ERROR if figure else NOTE)  # fmt: skip

    def remark(self, raw: Raw) -> None:
        """A row outside the table has words only."""
        self._add("row.remark", raw.place, (
            f"Ô {raw.place} ghi «{raw.value}», không phải số liệu, nên không đưa vào báo cáo.",
            "Nếu là số liệu, hãy ghi đủ tên chỉ tiêu, đơn vị tính và gõ bằng số.",
        ), NOTE)  # fmt: skip

    def unit_changed(self, raw: Raw, label: str, unit: str) -> None:
        """The unit of a catalogue's line was typed over."""
        self._add("row.unit_changed", raw.place, (
            f"Ô {raw.place}: đơn vị tính của «{label}» là «{unit}», đã bị đổi thành «{raw.value}».",
            f"Hãy ghi số theo «{unit}»; nếu đơn vị khác hẳn, hãy dùng một dòng trống cuối mục.",
        ))  # fmt: skip

    # ------------------------------------------------------------ rows not taken

    def no_figures(self, place: str, label: str) -> None:
        """A row has words and no number."""
        name = f"Dòng «{label}»" if label else "Dòng"
        self._add("row.no_figures", place, (
            f"{name} ở {place} không có số liệu nên không đưa vào báo cáo.",
            "Nếu có số liệu, hãy ghi vào cột Thực hiện hoặc Kinh phí.",
        ), NOTE)  # fmt: skip

    def no_label(self, place: str) -> None:
        """A row has numbers and no label."""
        self._add("row.no_label", place, (
            f"Dòng ở {place} có số liệu nhưng không có tên chỉ tiêu.",
            "Hãy ghi tên chỉ tiêu (tên nguồn tặng, ở dòng tặng quà), hoặc xóa số liệu của dòng này.",
        ))  # fmt: skip

    def no_section(self, place: str, label: str) -> None:
        """A row stands under no heading."""
        self._add("row.no_section", place, (
            f"Dòng «{label}» ở {place} nằm ngoài các mục của biểu.",
            "Hãy chuyển dòng này vào dưới một mục.",
        ))  # fmt: skip

    def level_unknown(self, place: str, level: str) -> None:
        """The column Cấp does not say what a row is."""
        self._add("row.level_unknown", place, (
            f"Dòng ở {place} không rõ thuộc cấp nào (cột Cấp là «{level}»).",
            "Hãy chọn trong cột Cấp: Chỉ tiêu, Chia ra hoặc Trong đó.",
        ))  # fmt: skip

    def part_without_line(self, place: str, label: str) -> None:
        """A part has no line above it."""
        self._add("row.part_without_line", place, (
            f"Dòng «{label}» ở {place} là phần chia nhỏ nhưng phía trên không có dòng mà nó "
            "thuộc về.",
            "Hãy đặt dòng này ngay dưới dòng mà nó chia nhỏ, hoặc đổi cột Cấp.",
        ))  # fmt: skip

    def unknown_heading(self, place: str, title: str) -> None:
        """A heading names no section of the kind."""
        self._add("row.unknown_heading", place, (
            f"Dòng ở {place} mở mục «{title}», không phải một mục của biểu.",
            "Hãy ghi lại đúng tên mục, hoặc chuyển các dòng bên dưới vào một mục có sẵn.",
        ), WARNING)  # fmt: skip

    # ------------------------------------------------------------ rows in doubt

    def unknown_code(self, place: str, code: str) -> None:
        """The hidden code is of no line of the kind."""
        self._add("row.unknown_code", place, (
            f"Dòng ở {place} mang mã ẩn «{code}» mà danh mục không có.",
            "Hãy dùng biểu mới tải từ phần mềm, hoặc xóa mã ở cột Mã (đang ẩn) nếu là dòng "
            "ngoài danh mục.",
        ))  # fmt: skip

    def level_changed(self, place: str, label: str, level: str) -> None:
        """A catalogue's line is said to be a part."""
        self._add("row.level_changed", place, (
            f"Dòng ở {place} là chỉ tiêu «{label}» nhưng cột Cấp ghi «{level}».",
            "Nếu vẫn là chỉ tiêu đó, hãy chọn lại Chỉ tiêu ở cột Cấp; nếu là phần chia nhỏ, hãy "
            "chèn một dòng mới cho nó.",
        ))  # fmt: skip

    def part_moved(self, place: str, label: str, home: str, here: str) -> None:
        """A part stands under another line than the form put it."""
        self._add("row.part_moved", place, (
            f"Dòng «{label}» ở {place} là phần của «{home}» nhưng đang nằm dưới «{here}».",
            f"Hãy chuyển dòng về dưới «{home}»; nếu đúng là phần của «{here}», hãy chèn dòng "
            "mới và gõ lại.",
        ))  # fmt: skip

    def heading_changed(self, place: str, title: str, known: str, *, stop: bool) -> None:
        """A heading has another title, perhaps another section's."""
        said = (
            f"Dòng ở {place} là tên mục «{known}» nhưng đã đổi thành «{title}».",
            "Hãy ghi lại tên mục cũ.",
        )
        self._add("row.heading_changed", place, said, ERROR if stop else WARNING)

    def section(self, place: str, label: str, title: str) -> None:
        """It is not certain to which section a free row belongs."""
        self._add("row.section_doubt", place, (
            f"Dòng «{label}» ở {place} không rõ thuộc mục nào; đang được tính vào mục «{title}».",
            "Nếu không đúng, hãy chép dòng này vào dòng trống cuối mục của nó.",
        ), WARNING)  # fmt: skip

    def own_total(self, place: str, label: str) -> None:
        """Somebody added a total, of what is not known."""
        self._add("row.own_total", place, (
            f"Dòng «{label}» ở {place} không nói rõ là tổng của những dòng nào.",
            "Hãy xóa dòng này, phần mềm tự cộng; hoặc ghi số vào dòng tổng có sẵn của biểu.",
        ))  # fmt: skip

    def like_catalogue(self, place: str, label: str, known: str) -> None:
        """A free row is nearly a line of the catalogue."""
        self._add("row.like_catalogue", place, (
            f"Dòng «{label}» ở {place} gần giống chỉ tiêu «{known}» của danh mục; đang được coi "
            "là một dòng riêng.",
            "Nếu là chỉ tiêu đó, hãy chuyển số liệu sang dòng có sẵn; nếu không, cứ để nguyên.",
        ), WARNING)  # fmt: skip

    def label_changed(self, place: str, label: str, now: str, *, stop: bool) -> None:
        """The label of a catalogue's line was typed over."""
        self._add("row.label_changed", place, (
            f"Dòng ở {place} là chỉ tiêu «{label}» nhưng tên đã đổi thành «{now}».",
            "Nếu vẫn là chỉ tiêu đó, hãy ghi lại tên cũ; nếu là chỉ tiêu khác, hãy chuyển số liệu "
            "sang dòng của nó hoặc dòng trống cuối mục.",
        ), ERROR if stop else WARNING)  # fmt: skip
