"""What a Word document is made of, as WordprocessingML: fields, captions, tables, images.

Made as text and read at once: a report has thousands of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from docx.oxml.ns import nsdecls

from leercultuur.report.writers.columns import Columns, count_edge, count_lines_of_rows, is_whole
from leercultuur.style.shown import Grid
from leercultuur.style.table import LINE, keep_together

NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
TWIPS, EMU = 20, 12700  # in a point


def write_paragraph(style: str, content: str, properties: str = "") -> str:
    """A paragraph in a style (its id)."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{content}</w:p>'


def write_run(text: str, properties: str = "") -> str:
    """A text in one type; a line end becomes one, and so does a line separator."""
    lines = escape(_clean(text)).replace(LINE, "\n").split("\n")
    parts = [f'<w:t xml:space="preserve">{line}</w:t>' for line in lines]
    return f"<w:r>{_look(properties)}{'<w:br/>'.join(parts)}</w:r>"


def write_field(code: str, result: str, properties: str = "") -> str:
    """A field with what it shows until Word makes it anew."""
    return open_field(code, properties) + write_run(result, properties) + close_field(properties)


def open_field(code: str, properties: str = "") -> str:
    """The beginning of a field, up to what it shows."""
    instruction = f'<w:instrText xml:space="preserve"> {escape(code)} </w:instrText>'
    inside = (_write_end("begin"), instruction, _write_end("separate"))
    return "".join(f"<w:r>{_look(properties)}{each}</w:r>" for each in inside)


def close_field(properties: str = "") -> str:
    """The end of a field."""
    return f"<w:r>{_look(properties)}{_write_end('end')}</w:r>"


def _write_end(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def _look(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def write_bookmark(name: str, number: int, content: str) -> str:
    """A place that links and fields lead to; its number is unique in the document."""
    start = f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'
    return f'{start}{content}<w:bookmarkEnd w:id="{number}"/>'


def write_link(bookmark: str, content: str) -> str:
    """A link within the document."""
    return f'<w:hyperlink w:anchor="{bookmark}" w:history="1">{content}</w:hyperlink>'


def write_image(relation: str, number: int, title: str, alt: str, width: float, height: float) -> str:
    """An image (points) with what it is and what is to be seen."""
    size = f'cx="{round(width * EMU)}" cy="{round(height * EMU)}"'
    names = f'id="{number}" name="Figuur {number}" title={_quote(title)} descr={_quote(alt)}'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr {names}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        "</wp:cNvGraphicFramePr><a:graphic>"
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Figuur {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def keep_rows(grid: Grid, columns: Columns) -> list[bool]:
    """Of each row whether it stays on the page of the next: all in a short table, else those with which it
    begins and ends; the last stays with its note."""
    lines = count_lines_of_rows(grid, columns)
    first, last, whole = count_edge(lines), count_edge(lines[::-1]), is_whole(grid, lines)
    kept = [whole or place < first or place > len(lines) - last for place in range(1, len(lines))]
    return [*kept, bool(grid.note)]


def write_grid(
    grid: Grid, columns: Columns, label: str, styles: dict[str, str], kept: Sequence[bool],
    size: float | None = None,
) -> str:  # fmt: skip
    """A table: its first row returns on every page, no row is divided, groups have a row of their own.

    Parameters
    ----------
    label
        ``Tabel 12``, for who has it read aloud.
    styles
        Name -> id.
    kept
        Of each row whether it stays on the page of what follows.
    size
        Of its letters, where it differs from the style.
    """
    look = f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    widths = [round(width * TWIPS) for width in columns.widths]
    keeps = iter(kept)

    def row(texts: list[str], style: str, kept: bool, head: bool = False, wide: bool = False) -> str:
        cells = []
        for place, text in enumerate(texts):
            right = '<w:jc w:val="right"/>' if columns.numeric[place] else ""
            keep = "<w:keepNext/>" if kept else ""
            span = f'<w:gridSpan w:val="{len(widths)}"/>' if wide else ""
            fill = '<w:shd w:val="clear" w:color="auto" w:fill="F3F6F9"/>' if wide else ""
            width = sum(widths) if wide else widths[place]
            paragraph = write_paragraph(styles[style], write_run(keep_together(text), look), keep + right)
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{fill}</w:tcPr>{paragraph}</w:tc>'
            )
        repeated = "<w:tblHeader/>" if head else ""
        return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(cells)}</w:tr>"

    rows = [row(grid.headings, "Tabelkop", kept=True, head=True)]
    for group, lines in groupby(grid.lines, key=lambda line: line.group):
        if group:
            rows.append(row([group], "Tabelgroep", kept=True, wide=True))
        for line in lines:
            rows.append(row([line.label, *line.cells], "Tabeltekst", next(keeps)))
    described = f"{len(grid.lines)} rijen; kolommen: {', '.join(grid.headings)}."
    return open_table("Quickscan tabel", widths, styles, f"{label}. {grid.caption}", described) + (
        "".join(rows) + "</w:tbl>"
    )


def open_table(style: str, widths: list[int], styles: dict[str, str], title: str, described: str) -> str:
    """The beginning of a table (twips), with what it is about, up to its rows."""
    names = f"<w:tblCaption w:val={_quote(title)}/><w:tblDescription w:val={_quote(described)}/>"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{styles[style]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="00A0" w:firstRow="1" w:lastRow="0" w:firstColumn="1" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{names}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _quote(text: str) -> str:
    return quoteattr(_clean(text))


def _clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t")
