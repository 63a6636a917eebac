"""Parts of a native chart (DrawingML): texts, fills, axes, labels and intervals, and the workbook behind it.

Elements stand in the order of the schema, which PowerPoint insists on.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from leercultuur.report.writers.archive import settle
from leercultuur.style.palette import INK, LINE, SOFT

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
NO_LEADERS = (
    '<c:extLst><c:ext uri="{CE6537A1-D6FC-4f65-9D91-7224C49458BB}" '
    'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
    '<c15:showLeaderLines val="0"/></c:ext></c:extLst>'
)
SHEET = "Gegevens"
NUMBERS, OTHER = 111111111, 222222222  # ids of the axes: values, and names or the other coordinate
Numbers = Sequence[float | None]


@dataclass(frozen=True)
class ChartFile:
    """A chart as ``shapes.add_chart`` takes it: its XML, and the workbook to edit it with."""

    xml: str
    xlsx_blob: bytes

    def xml_bytes(self, _: object) -> bytes:
        """The XML; of what type the chart is stands in it."""
        return self.xml.encode()


class Workbook:
    """The numbers behind a chart, a column each, named in the first row."""

    def __init__(self, names: Sequence[str], day: datetime) -> None:
        self.columns: list[tuple[str, Sequence[str] | Numbers]] = [("", names)]
        self.day = day

    def add(self, heading: str, numbers: Numbers) -> tuple[str, str]:
        """Keep a column; where its numbers stand, and its heading."""
        self.columns.append((heading, numbers))
        return self.refer(len(self.columns) - 1)

    def refer(self, column: int) -> tuple[str, str]:
        """Where the cells of a column stand, and its heading."""
        letter, last = xl_col_to_name(column), len(self.columns[column][1]) + 1
        return f"{SHEET}!${letter}$2:${letter}${last}", f"{SHEET}!${letter}$1"

    def pack(self) -> bytes:
        """As a file; the same each time."""
        stored = io.BytesIO()
        with xlsxwriter.Workbook(stored, {"in_memory": True}) as book:
            book.set_properties({"created": self.day})
            sheet = book.add_worksheet(SHEET)
            sheet.set_column(0, 0, 42)
            for place, (heading, cells) in enumerate(self.columns):
                sheet.write_string(0, place, heading)
                for row, cell in enumerate(cells, start=1):
                    if isinstance(cell, str):
                        sheet.write_string(row, place, cell)
                    elif cell is not None:
                        sheet.write_number(row, place, cell)
        return settle(stored.getvalue())


def fill(colour: str) -> str:
    """A colour, ``#RRGGBB``."""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}"/></a:solidFill>'


def line(colour: str = "", points: float = 0.75, dash: str = "") -> str:
    """A line of a colour; without one no line."""
    style = f'<a:prstDash val="{dash}"/>' if dash else ""
    return f'<a:ln w="{round(12700 * points)}">{fill(colour) if colour else "<a:noFill/>"}{style}</a:ln>'


def look(colour: str = "", border: str = "") -> str:
    """How a shape looks."""
    return f"<c:spPr>{fill(colour) if colour else '<a:noFill/>'}{border or line()}</c:spPr>"


def _letters(size: float, colour: str, bold: bool, tag: str) -> str:
    latin = '<a:latin typeface="+mn-lt"/>'
    return f'<a:{tag} lang="nl-NL" sz="{round(100 * size)}" b="{int(bold)}">{fill(colour)}{latin}</a:{tag}>'


def write_in(size: float, colour: str = INK, bold: bool = False, turn: int = 0) -> str:
    """How the texts of an element are written."""
    body = f'<a:bodyPr rot="{turn}" vert="horz"/>'
    letters = _letters(size, colour, bold, "defRPr")
    return f'<c:txPr>{body}<a:p><a:pPr>{letters}</a:pPr><a:endParaRPr lang="nl-NL"/></a:p></c:txPr>'


def _rich(text: str, size: float, colour: str, bold: bool, turn: int = 0) -> str:
    letters = _letters(size, colour, bold, "rPr")
    return (
        f'<c:tx><c:rich><a:bodyPr rot="{turn}" vert="horz"/><a:p><a:pPr/>'
        f"<a:r>{letters}<a:t>{escape(text)}</a:t></a:r></a:p></c:rich></c:tx>"
    )


def title(
    text: str, size: float, *, bold: bool = False, colour: str = INK, turn: int = 0, left: float | None = None
) -> str:
    """The title of a chart or an axis, its left side at a share of the chart where given; of none nothing."""
    if not text:
        return ""
    at = "" if left is None else f'<c:xMode val="edge"/><c:yMode val="edge"/><c:x val="{left:.5f}"/>'
    layout = f'<c:layout><c:manualLayout>{at}<c:y val="0.01"/></c:manualLayout></c:layout>' if at else ""
    return f'<c:title>{_rich(text, size, colour, bold, turn)}{layout}<c:overlay val="0"/></c:title>'


def place(x: float, y: float, width: float, height: float) -> str:
    """Where the plot itself stands, as shares of the chart."""
    numbers = "".join(
        f'<c:{key} val="{value:.5f}"/>' for key, value in zip("xywh", (x, y, width, height), strict=True)
    )
    edges = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    return f"<c:layout><c:manualLayout>{edges}{numbers}</c:manualLayout></c:layout>"


def texts(tag: str, where: str, names: Sequence[str]) -> str:
    """Names, and where they stand in the workbook."""
    cells = "".join(f'<c:pt idx="{n}"><c:v>{escape(name)}</c:v></c:pt>' for n, name in enumerate(names))
    cache = f'<c:strCache><c:ptCount val="{len(names)}"/>{cells}</c:strCache>'
    return f"<c:{tag}><c:strRef><c:f>{where}</c:f>{cache}</c:strRef></c:{tag}>"


def numbers(tag: str, where: str, values: Numbers) -> str:
    """Numbers, and where they stand in the workbook; a missing one is a gap."""
    cells = "".join(
        f'<c:pt idx="{n}"><c:v>{value!r}</c:v></c:pt>' for n, value in enumerate(values) if value is not None
    )
    cache = f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(values)}"/>{cells}'
    return f"<c:{tag}><c:numRef><c:f>{where}</c:f><c:numCache>{cache}</c:numCache></c:numRef></c:{tag}>"


def intervals(
    minus: tuple[str, Numbers], plus: tuple[str, Numbers], direction: str = "", border: str = ""
) -> str:
    """Lines to both ends, as long as the numbers say."""
    along = f'<c:errDir val="{direction}"/>' if direction else ""
    kind = '<c:errBarType val="both"/><c:errValType val="cust"/><c:noEndCap val="1"/>'
    ends = numbers("plus", *plus) + numbers("minus", *minus)
    return f"<c:errBars>{along}{kind}{ends}<c:spPr>{border or line(INK, 1.5)}</c:spPr></c:errBars>"


def label(
    idx: int, spot: str, form: str, letters: str, *, shift: tuple[float, float] = (0, 0), text: str = ""
) -> str:
    """The label of one point: its number, or this text; moved by shares of the chart."""
    moved = "".join(f'<c:{axis} val="{by:.5f}"/>' for axis, by in zip("xy", shift, strict=True) if by)
    layout = f"<c:layout><c:manualLayout>{moved}</c:manualLayout></c:layout>" if moved else ""
    own = _rich(text, 11, INK, True) if text else ""
    return f'<c:dLbl><c:idx val="{idx}"/>{layout}{own}{_label(spot, form, letters)}</c:dLbl>'


def labels(own: str, spot: str, form: str, letters: str) -> str:
    """The labels of a series: those of single points, and how the others look; no lines lead to those that
    are moved."""
    return f"<c:dLbls>{own}{_label(spot, form, letters)}{NO_LEADERS}</c:dLbls>"


def hide_label(idx: int) -> str:
    """One point without a label."""
    return f'<c:dLbl><c:idx val="{idx}"/><c:delete val="1"/></c:dLbl>'


def _label(spot: str, form: str, letters: str) -> str:
    shown = "".join(
        f'<c:show{name} val="{int(name == "Val")}"/>'
        for name in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
    )
    where = f'<c:dLblPos val="{spot}"/>' if spot else ""
    return f'<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/>{look()}{letters}{where}{shown}'


def name_axis(crossing: str, *, level: bool, size: float, hidden: bool = False, skip: int = 1) -> str:
    """The axis of names: at the left with the first on top, or along the bottom; slanted where some are
    skipped."""
    order = "maxMin" if level else "minMax"
    return (
        f'<c:catAx><c:axId val="{OTHER}"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if level else "b"}"/>'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{"none" if hidden else "low"}"/>'
        f"<c:spPr>{line(SOFT)}</c:spPr>{write_in(size, turn=-2700000 if skip > 1 else 0)}"
        f'<c:crossAx val="{NUMBERS}"/>{crossing}<c:auto val="0"/><c:lblAlgn val="ctr"/>'
        f'<c:lblOffset val="60"/><c:tickLblSkip val="{skip}"/><c:tickMarkSkip val="{skip}"/>'
        '<c:noMultiLvlLbl val="1"/></c:catAx>'
    )


def number_axis(
    ends: tuple[float, float, float], form: str, name: str, crossing: str, *, level: bool, log: bool = False,
    ids: tuple[int, int] = (NUMBERS, OTHER), points: bool = False,
) -> str:  # fmt: skip
    """An axis of numbers (start, end, step): along the bottom when ``level``, else at the left."""
    start, end, step = ends
    base, unit = ('<c:logBase val="10"/>', "") if log else ("", f'<c:majorUnit val="{step!r}"/>')
    spot, between = ("low", "midCat") if points else ("nextTo", "between")
    lines = f"<c:majorGridlines><c:spPr>{line(LINE)}</c:spPr></c:majorGridlines>" if not points else ""
    return (
        f'<c:valAx><c:axId val="{ids[0]}"/><c:scaling>{base}<c:orientation val="minMax"/>'
        f'<c:max val="{end!r}"/><c:min val="{start!r}"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{"b" if level else "l"}"/>{lines}'
        f"{title(name, 11, colour=SOFT, turn=0 if level else -5400000)}"
        f'<c:numFmt formatCode={quoteattr(form)} sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{spot}"/>'
        f"<c:spPr>{line(SOFT if points else LINE)}</c:spPr>"
        f'{write_in(11, SOFT)}<c:crossAx val="{ids[1]}"/>{crossing}'
        f'<c:crossBetween val="{between}"/>{unit}</c:valAx>'
    )


def chart_space(heading: str, plot: str, *, legend: bool, left: float = 0.0) -> str:
    """A whole chart around its plot; its heading begins at a share of its width."""
    key = '<c:legend><c:legendPos val="t"/><c:overlay val="0"/>' + write_in(12) + "</c:legend>"
    head = title(heading, 12, bold=True, left=left)
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<c:chartSpace {SPACES}>'
        '<c:date1904 val="0"/><c:lang val="nl-NL"/><c:roundedCorners val="0"/>'
        f'<c:chart>{head}<c:autoTitleDeleted val="{int(not head)}"/><c:plotArea>{plot}{look()}</c:plotArea>'
        f'{key if legend else ""}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f"{look()}{write_in(11)}</c:chartSpace>"
    )
