"""Tables on slides: native ones, divided over slides when they are long, headed on each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import accumulate, groupby
from typing import Any

from lxml import etree
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from leercultuur.formatting import nl_number
from leercultuur.report.writers.columns import Columns, count_lines_of_rows, count_row, measure_columns
from leercultuur.report.writers.slides.texts import LEADING, count_lines, divide, letters_width
from leercultuur.style.palette import INK, LINE, SOFT, ink_on
from leercultuur.style.shown import Drawing, Grid

SIZES = (18.0, 16.0, 14.0, 12.0)  # points
LISTED = 11.0  # of a list beside a chart
PAD, ROOM = 0.1, 0.04  # inches beside and above the text of a cell
BESIDE = 2 * PAD + 0.12  # between the texts of two columns
PALE = "#F4F6F8"  # behind the heading of a group
Cell = tuple[str, dict[str, Any]]  # a text, and how it looks: bold, colour, ink, align


def split_table(grid: Grid, width: float, height: float) -> tuple[list[Grid], Columns]:
    """A table on as few slides as it can be, in letters as large as these allow, each part with the headings;
    and its columns. A group stays together where it can."""
    ways = []
    for place in range(len(SIZES)):
        columns = measure_columns(grid, 72 * width, SIZES[place:], 72 * BESIDE)
        parts = _divide(grid, columns, height)
        ways.append(([replace(grid, lines=grid.lines[part]) for part in parts], columns))
    return min(ways, key=lambda way: len(way[0]))  # of as few, the first: the largest


def _divide(grid: Grid, columns: Columns, height: float) -> list[slice]:
    """Rows that fit a slide, of about one height."""
    heights, top = _measure(grid, columns)
    blocks = [sum(group) for group in heights]
    if max(blocks) > height - top:
        return divide([own for group in heights for own in group], height - top - 0.3)
    starts = [0, *accumulate(len(group) for group in heights)]
    return [slice(starts[part.start], starts[part.stop]) for part in divide(blocks, height - top)]


def _measure(grid: Grid, columns: Columns) -> tuple[list[list[float]], float]:
    """How high the rows of each group are, the first with the heading of its group; and the headings."""
    above, rows = _row_heights(grid, columns)
    groups = []
    for name, members in groupby(zip(grid.lines, rows, strict=True), key=lambda pair: pair[0].group):
        own = [height for _, height in members]
        own[0] += one_line(columns.size) if name else 0.0
        groups.append(own)
    return groups, above


def _row_heights(grid: Grid, columns: Columns) -> tuple[float, list[float]]:
    """How high the headings are, and each row."""
    above = count_row(grid.headings, columns, 72 * BESIDE, bold=True)
    high = partial(_high, size=columns.size)
    return high(above), list(map(high, count_lines_of_rows(grid, columns, 72 * BESIDE)))


def _high(lines: int, size: float) -> float:
    return lines * LEADING * size / 72 + 2 * ROOM


def one_line(size: float) -> float:
    """How high a row of one line is."""
    return _high(1, size)


def add_table(shapes: Any, grid: Grid, columns: Columns, corner: tuple[float, float]) -> Any:
    """A table of texts at the left and top of a box (inches); headings of groups over all columns."""
    aligns = ["r" if numeric else "l" for numeric in columns.numeric]
    above, heights = _row_heights(grid, columns)
    rows, high = [_row(grid.headings, aligns, bold=True)], [above]
    for name, members in groupby(zip(grid.lines, heights, strict=True), key=lambda pair: pair[0].group):
        if name:
            rows.append([(name, {"bold": True, "colour": PALE})])
            high.append(one_line(columns.size))
        for line, height in members:
            rows.append(_row([line.label, *line.cells], aligns))
            high.append(height)
    return _add(shapes, rows, [width / 72 for width in columns.widths], high, corner, columns.size)


def _row(texts: Sequence[str], aligns: Sequence[str], **look: Any) -> list[Cell]:
    return [(text, {"align": align, **look}) for text, align in zip(texts, aligns, strict=True)]


def add_grid(shapes: Any, drawing: Drawing, box: tuple[float, float, float, float]) -> Any:
    """A grid of numbers with a colour and a mark each, over the whole width of a box (inches)."""
    left, top, width, height = box
    first = min(0.36 * width, max(letters_width(name, 13) for name in drawing.names) + 2 * PAD + 0.1)
    widths = [first, *[(width - first) / len(drawing.series)] * len(drawing.series)]
    rows: list[list[Cell]] = [
        [("", {"bold": True}), *((series.name, {"bold": True, "align": "ctr"}) for series in drawing.series)]
    ]
    for place, name in enumerate(drawing.names):
        row: list[Cell] = [(name, {})]
        for series in drawing.series:
            mark = series.marks[place] if series.marks else ""
            text = f"{mark} {nl_number(_known(series.values[place]), drawing.decimals)}".strip()
            look = {"align": "ctr", "bold": mark != "", "colour": series.colours[place]}
            row.append((text, look))
        rows.append(row)
    lines = [
        count_lines(text, own - 2 * PAD, 13, bold=True)
        for (text, _), own in zip(rows[0], widths, strict=True)
    ]
    head = _high(max(lines), 13)
    each = min(0.46, (height - head) / len(drawing.names))
    return _add(shapes, rows, widths, [head, *[each] * len(drawing.names)], (left, top), 13)


def add_list(
    shapes: Any, drawing: Drawing, box: tuple[float, float, float, float], headings: list[str]
) -> Any:
    """Points as a list: their number, name and both values, a line between series."""
    left, top, width, height = box
    aligns, widths = ("r", "l", "r", "r"), [0.42, width - 0.42 - 2 * 0.62, 0.62, 0.62]
    rows, firsts = [_row(headings, aligns, bold=True)], set()
    for series in drawing.series:
        firsts.add(len(rows) - 1)
        for n, value in enumerate(series.values):
            if value is not None:
                both = [nl_number(number, drawing.decimals) for number in (_known(series.across[n]), value)]
                rows.append(_row([str(n + 1), drawing.names[n], *both], aligns, ink=series.colours[n]))
    lasts = firsts - {0}
    each = min(0.24, height / len(rows))
    return _add(shapes, rows, widths, [each] * len(rows), (left, top), LISTED, room=0.0, strong=lasts)


def _known(value: float | None) -> float:
    return float("nan") if value is None else value


def _lines(text: str) -> str:
    return text.replace("\u2028", "\n")


def _add(
    shapes: Any, rows: list[list[Cell]], widths: list[float], heights: list[float],
    corner: tuple[float, float], size: float, *, room: float = ROOM, strong: Collection[int] = (),
) -> Any:  # fmt: skip
    """A native table; a row of one cell goes over all columns, and ``strong`` rows have a line below."""
    frame = shapes.add_table(
        len(rows), len(widths), *(Inches(v) for v in (*corner, sum(widths), sum(heights)))
    )
    table = frame.table
    table.horz_banding, table.first_col = False, True
    style = table._tbl.tblPr.find(qn("a:tableStyleId"))
    style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid: borders are its own
    for place, width in enumerate(widths):
        table.columns[place].width = Inches(width)
    for n, (row, height) in enumerate(zip(rows, heights, strict=True)):
        table.rows[n].height = Inches(height)
        if len(row) == 1:
            table.cell(n, 0).merge(table.cell(n, len(widths) - 1))
        for column, (text, look) in enumerate(row):
            cell = table.cell(n, column)
            _write(cell, text, look, size, room)
            _paint(cell, look.get("colour", ""), heading=n == 0, strong=n in strong)
    return frame


def _write(cell: Any, text: str, look: dict[str, Any], size: float, room: float) -> None:
    cell.margin_left = cell.margin_right = Inches(PAD)
    cell.margin_top = cell.margin_bottom = Inches(room)
    colour = look.get("colour", "")
    ink = look.get("ink") or (ink_on(colour) if colour else INK)
    for place, line in enumerate(_lines(text).split("\n")):
        paragraph = cell.text_frame.paragraphs[0] if place == 0 else cell.text_frame.add_paragraph()
        paragraph._p.get_or_add_pPr().set("algn", look.get("align", "l"))
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold = Pt(size), bool(look.get("bold"))
        run._r.get_or_add_rPr().insert(0, _solid(ink))


def _paint(cell: Any, colour: str, *, heading: bool, strong: bool) -> None:
    """The line below a cell and the colour behind it."""
    properties = cell._tc.get_or_add_tcPr()
    properties.set("anchor", "b" if heading else "ctr")
    border, points = (SOFT, 1.25) if heading or strong else (LINE, 0.75)
    for tag in ("a:lnL", "a:lnR", "a:lnT", "a:lnB"):
        line = etree.SubElement(properties, qn(tag), w=str(round(12700 * points)))
        line.append(_solid(border) if tag == "a:lnB" else etree.Element(qn("a:noFill")))
    properties.append(_solid(colour) if colour else etree.Element(qn("a:noFill")))


def _solid(colour: str) -> Any:
    fill = etree.Element(qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour.lstrip("#"))
    return fill
