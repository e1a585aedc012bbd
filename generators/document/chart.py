"""Charts in a document: a native bar chart of Word, which opens its own workbook for editing.

Each chart is a DrawingML part (ECMA-376 part 1, 21.2) with an embedded workbook. What stands
beside a bar is linked to a cell of that workbook, so that it is said as in the report in every
language of Word: "65,5%".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markupsafe import escape

from generators.annex import Chart
from generators.document.annex_styles import CHART
from generators.document.chart_book import CATEGORIES, LABELS, SERIES, VALUES, write_book
from generators.marks import told_of, without_marks

_EMU_A_TWIP, _TWIPS_A_MM = 635, 56.7
_BAR, _FRAME = 11, 24  # mm: the height of a bar with its space; of what stands round them
_HEAD_AND_FOOT = 70  # mm of the page for the annex's own words
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PLACED = f"""<w:p><w:pPr><w:pStyle w:val="{CHART}"/></w:pPr><w:r><w:drawing>\
<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">\
<wp:extent cx="%d" cy="%d"/><wp:docPr id="%d" name="Biểu đồ %d" descr="%s"/>\
<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_DRAWING}/main">\
<a:graphicData uri="{_DRAWING}/chart"><c:chart xmlns:c="{_DRAWING}/chart" \
xmlns:r="{_OFFICE}/relationships" r:id="rIdBieuDo%d"/></a:graphicData></a:graphic></wp:inline>\
</w:drawing></w:r></w:p>"""
_FONT = """<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1100" b="0"><a:solidFill>\
<a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Times New Roman"/>\
<a:cs typeface="Times New Roman"/></a:defRPr></a:pPr><a:endParaRPr lang="vi-VN"/></a:p></c:txPr>"""
_LINE = (
    '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="%s"/></a:solidFill></a:ln></c:spPr>'
)
_NO_LINE = "<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>"
_SHOWN = ('<c:showLegendKey val="0"/><c:showVal val="0"/><c:showCatName val="0"/>'
          '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>')  # fmt: skip
_C15 = 'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"'
_RANGED = f"""<c:extLst><c:ext uri="{{CE6537A1-D6FC-4f65-9D91-7224C49458BB}}" {_C15}>%s\
<c15:showDataLabelsRange val="1"/></c:ext></c:extLst>"""
_LABEL = f"""<c:dLbl><c:idx val="%d"/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p>\
<a:fld id="{{B1E5D0AA-0000-4000-8000-%012X}}" type="CELLRANGE"><a:rPr lang="vi-VN"/><a:pPr/>\
<a:t>%s</a:t></a:fld><a:endParaRPr lang="vi-VN"/></a:p></c:rich></c:tx><c:dLblPos val="outEnd"/>\
{_SHOWN}{_RANGED % "<c15:dlblFieldTable/>"}</c:dLbl>"""
_RANGE = f"""<c:extLst><c:ext uri="{{02D57815-91ED-43cb-92C2-25804820EDAC}}" {_C15}>\
<c15:datalabelsRange><c15:f>%s</c15:f><c15:dlblRangeCache><c:ptCount val="%d"/>%s\
</c15:dlblRangeCache></c15:datalabelsRange></c:ext></c:extLst>"""
_POINT = '<c:pt idx="%d"><c:v>%s</c:v></c:pt>'
_XML = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<c:chartSpace xmlns:c="{_DRAWING}/chart" xmlns:a="{_DRAWING}/main" \
xmlns:r="{_OFFICE}/relationships"><c:date1904 val="0"/><c:lang val="vi-VN"/>\
<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout>\
<c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>\
<c:x val="0.42"/><c:y val="0.02"/><c:w val="0.5"/><c:h val="%s"/></c:manualLayout></c:layout>\
<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>\
<c:ser><c:idx val="0"/><c:order val="0"/><c:tx><c:strRef><c:f>{SERIES}</c:f><c:strCache>\
<c:ptCount val="1"/><c:pt idx="0"><c:v>%s</c:v></c:pt></c:strCache></c:strRef></c:tx>\
<c:spPr><a:solidFill><a:srgbClr val="5B7F95"/></a:solidFill><a:ln w="6350"><a:solidFill>\
<a:srgbClr val="2F4554"/></a:solidFill></a:ln></c:spPr><c:invertIfNegative val="0"/>\
<c:dLbls>%s<c:numFmt formatCode="0.0&quot;%%&quot;" sourceLinked="0"/><c:spPr><a:noFill/></c:spPr>{_FONT}\
<c:dLblPos val="outEnd"/>{_SHOWN}{_RANGED % ""}</c:dLbls>\
<c:cat><c:strRef><c:f>%s</c:f><c:strCache><c:ptCount val="%d"/>%s</c:strCache></c:strRef></c:cat>\
<c:val><c:numRef><c:f>%s</c:f><c:numCache><c:formatCode>General</c:formatCode>\
<c:ptCount val="%d"/>%s</c:numCache></c:numRef></c:val>%s</c:ser><c:gapWidth val="70"/>\
<c:axId val="50010001"/><c:axId val="50010002"/></c:barChart>\
<c:catAx><c:axId val="50010001"/><c:scaling><c:orientation val="maxMin"/></c:scaling>\
<c:delete val="0"/><c:axPos val="l"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/>\
<c:tickLblPos val="low"/>{_LINE % "7F7F7F"}{_FONT}<c:crossAx val="50010002"/>\
<c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/>\
<c:noMultiLvlLbl val="0"/></c:catAx>\
<c:valAx><c:axId val="50010002"/><c:scaling><c:orientation val="minMax"/><c:max val="%d"/>\
<c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:majorGridlines>\
{_LINE % "D9D9D9"}</c:majorGridlines><c:numFmt formatCode="0&quot;%%&quot;" sourceLinked="0"/>\
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>\
{_NO_LINE}{_FONT}<c:crossAx val="50010001"/><c:crosses val="max"/>\
<c:crossBetween val="between"/><c:majorUnit val="%d"/></c:valAx></c:plotArea>\
<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>\
<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_FONT}\
<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""
_OWN_RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
<Relationship Id="rId1" Type="%s/relationships/package" \
Target="../embeddings/bieu-do%d.xlsx"/></Relationships>"""
_RELATION = ('<Relationship Id="rIdBieuDo%d" Type="%s/relationships/chart" '
             'Target="charts/chart%d.xml"/>')  # fmt: skip
_OVERRIDE = f'<Override PartName="/word/charts/chart%d.xml" ContentType="{_CHART_TYPE}"/>'
_DEFAULT = f'<Default Extension="xlsx" ContentType="{_BOOK_TYPE}"/>'


@dataclass
class Charts:
    """The charts one document has placed so far; the ids of their drawings follow `last_id`."""

    last_id: int = 0
    charts: list[Chart] = field(default_factory=list)

    def place(self, chart: Chart, width: int, height: int) -> str:
        """Return the paragraph with `chart`, as wide as the text, twips, and on one page."""
        self.charts.append(chart)
        number = len(self.charts)
        highest = height - _HEAD_AND_FOOT * _TWIPS_A_MM
        high = min((_FRAME + _BAR * len(chart.bars)) * _TWIPS_A_MM, highest)
        size = width * _EMU_A_TWIP, round(high * _EMU_A_TWIP)
        return _PLACED % (
            *size,
            self.last_id + number,
            number,
            escape(chart.description),
            number,
        )

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield the members that the charts need."""
        for number, chart in enumerate(self.charts, 1):
            yield f"word/charts/chart{number}.xml", _chart_xml(chart).encode()
            yield (f"word/charts/_rels/chart{number}.xml.rels",
                   (_OWN_RELATIONS % (_OFFICE, number)).encode())  # fmt: skip
            yield f"word/embeddings/bieu-do{number}.xlsx", write_book(chart)

    def relations(self, fixed: bytes) -> bytes:
        """Return the document's relations, `fixed`, with those of the charts."""
        added = "".join(_RELATION % (n, _OFFICE, n) for n in range(1, len(self.charts) + 1))
        return fixed.replace(b"</Relationships>", added.encode() + b"</Relationships>")

    def types(self, fixed: bytes) -> bytes:
        """Return the content types, `fixed`, with those of the charts' parts."""
        default = "" if b'Extension="xlsx"' in fixed else _DEFAULT
        added = default + "".join(_OVERRIDE % n for n in range(1, len(self.charts) + 1))
        return fixed.replace(b"</Types>", added.encode() + b"</Types>")

    def told(self) -> Iterator[tuple[int, str]]:
        """Yield the numbers that stand in the charts: the mark's number, and its words."""
        for chart in self.charts:
            yield from (told for bar in chart.bars if (told := told_of(bar.said)))


def _chart_xml(chart: Chart) -> str:
    count, highest = len(chart.bars), max(bar.share for bar in chart.bars)
    said = [without_marks(bar.said) for bar in chart.bars]
    step = _step(int(highest))
    return _XML % (
        _plot_height(count), escape(chart.series),
        "".join(_LABEL % (n, n, escape(words)) for n, words in enumerate(said)),
        CATEGORIES % (count + 1), count, _points(bar.label for bar in chart.bars),
        VALUES % (count + 1), count, _points(f"{bar.share:f}" for bar in chart.bars),
        _RANGE % (LABELS % (count + 1), count, _points(said)),
        (int(highest) // step + 1) * step, step,
    )  # fmt: skip


def _points(values: Iterable[str]) -> str:
    return "".join(_POINT % (n, escape(value)) for n, value in enumerate(values))


def _plot_height(bars: int) -> str:
    """The part of the chart's height that its bars take: all but the axis under them."""
    return f"{1 - 14 / (_FRAME + _BAR * bars):.3f}"


def _step(highest: int) -> int:
    """The distance of the gridlines in %: some six of them, none closer than 20."""
    step = 20
    while highest // step > 6:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step
