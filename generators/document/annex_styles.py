"""The styles of annexes, which a template of a kind with annexes is given where it lacks them.

A style that the template has under the same id stays as its editor made it. Sizes and looks
after Nghị định 30/2020, Phụ lục I mục III.1; the decree sets none for the words of a table.
"""

from __future__ import annotations

HEAD, TITLE, ATTACHED, RULE = "PhuLuc", "PhuLucTen", "PhuLucKemTheo", "PhuLucGach"
CLOSING, END, CHART = "PhuLucKet", "PhuLucHet", "PhuLucBieuDo"
CELL, CELL_CENTRE, CELL_RIGHT, CELL_HEAD = "PhuLucO", "PhuLucOGiua", "PhuLucSo", "PhuLucDauBang"
CELL_HEADING, TABLE = "PhuLucMuc", "PhuLucBang"
STYLES = "word/styles.xml"
_END = b"</w:styles>"
_FONT = "Times New Roman"
_PARAGRAPHS = (
    # id, name, half-points, look, alignment, points before and after, kept with the next
    (HEAD, "Phụ lục: số", 28, "<w:b/>", "center", 0, 0, True),
    (TITLE, "Phụ lục: tên", 28, "<w:b/>", "center", 0, 0, True),
    (ATTACHED, "Phụ lục: kèm theo", 28, "<w:i/>", "center", 0, 0, True),
    (RULE, "Phụ lục: đường kẻ", 8, "", "center", 0, 12, True),
    (CLOSING, "Phụ lục: lời kết", 28, "<w:i/>", "left", 6, 0, False),
    (END, "Phụ lục: dấu hết", 28, "", "right", 0, 0, False),
    (CHART, "Phụ lục: biểu đồ", 28, "", "center", 0, 0, False),
    (CELL, "Phụ lục: ô chữ", 22, "", "left", 2, 2, False),
    (CELL_CENTRE, "Phụ lục: ô giữa", 22, "", "center", 2, 2, False),
    (CELL_RIGHT, "Phụ lục: ô số", 22, "", "right", 2, 2, False),
    (CELL_HEAD, "Phụ lục: đầu bảng", 22, "<w:b/>", "center", 3, 3, True),
    (CELL_HEADING, "Phụ lục: mục trong bảng", 22, "<w:b/>", "left", 3, 3, True),
)  # fmt: skip
_PARAGRAPH = """<w:style w:type="paragraph" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/>\
<w:qFormat/><w:pPr>%s<w:spacing w:before="%d" w:after="%d" w:line="240" w:lineRule="auto"/>\
<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="%s"/></w:pPr><w:rPr>\
<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>%s\
<w:color w:val="000000"/><w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr></w:style>""".replace(
    "{font}", _FONT
)
_TABLE = """<w:style w:type="table" w:customStyle="1" w:styleId="%s"><w:name w:val="%s"/>\
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>%s</w:tblBorders><w:tblCellMar>\
<w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"""
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def add_styles(styles: bytes) -> bytes:
    """Return the part `styles` with every style of annexes that it lacks."""
    added = [
        _PARAGRAPH % (id_, name, "<w:keepNext/>" if kept else "", before * 20, after * 20,
                      align, look, size, size)
        for id_, name, size, look, align, before, after, kept in _PARAGRAPHS
        if not _has(styles, id_)
    ]  # fmt: skip
    if not _has(styles, TABLE):
        lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                        for side in _SIDES)  # fmt: skip
        added.append(_TABLE % (TABLE, "Phụ lục: bảng", lines))
    return styles.replace(_END, "".join(added).encode() + _END)


def _has(styles: bytes, id_: str) -> bool:
    return f'w:styleId="{id_}"'.encode() in styles
