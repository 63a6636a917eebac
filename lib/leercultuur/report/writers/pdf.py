"""rapport.pdf: tagged and archivable, typeset by Typst from ``templates/report.typ``.

The template gets the report as JSON: what stands in it is text, never code.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from leercultuur.report.model import (
    FINDINGS,
    Block,
    Chapter,
    FigureBlock,
    Listing,
    Paragraph,
    Report,
    TableBlock,
    Text,
)
from leercultuur.report.writers.columns import count_edge, count_lines_of_rows, is_whole, measure_columns
from leercultuur.report.writers.keeping import Kept, Page, keep
from leercultuur.report.writers.order import BACK_ID, arrange, follow, list_facts, list_places
from leercultuur.style.shown import Line
from leercultuur.style.table import LINE, keep_together
from leercultuur.style.typeface import FONTS

# Signs that neither Inter nor the typefaces of Typst have.
UNKNOWN = re.compile(
    "[\u2600-\u2604\u2607-\u266f\u2700-\u2712\u2714-\u2716\u2718-\u27bf\u2e80-\uabff\ufe0f\u200d\U00010000-\U0010ffff]+"
)
TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"
WIDTH, HEIGHT = 481.0, 686.0  # points: of the text on a page, as in the template


def write_pdf(report: Report) -> bytes:
    """The report as a PDF."""
    # In the run folder: what a killed run leaves goes with it.
    with TemporaryDirectory(prefix=".render-", dir=report.folder) as folder:
        for figure in report.figures():
            Path(folder, f"{figure.id}.png").write_bytes(figure.png)
        text = _show(json.dumps(_describe(report), ensure_ascii=False))
        Path(folder, "report.json").write_text(text, encoding="utf-8")
        source = Path(folder, "report.typ")
        source.write_bytes(TEMPLATE.read_bytes())
        return typst.compile(
            str(source),
            root=folder,
            format="pdf",
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["a-2a", "ua-1"],  # for the archive; for who has it read aloud
        )


def _show(text: str) -> str:
    """The same with a box for signs that no typeface here has, which an archive may not hold: emoji, and
    scripts of the east."""
    return UNKNOWN.sub("□", text)


def _describe(report: Report) -> dict[str, Any]:
    arranged = arrange(report)
    places = list_places(chapter for _, chapter in arranged)
    day = report.last_day
    return {
        "title": report.title,
        "subject": report.subject,
        "period": report.period,
        "day": {"year": day.year, "month": day.month, "day": day.day},
        "notice": report.notice,
        "facts": list_facts(report),
        "basis": _describe_text(report.basis, places),
        "seen": FINDINGS,
        "back": BACK_ID,
        "chapters": [_describe_chapter(part, chapter, places) for part, chapter in arranged],
    }


def _describe_chapter(part: str, chapter: Chapter, places: list[str]) -> dict[str, Any]:
    blocks = [_describe_kept(kept, places) for kept in keep(chapter.blocks, Page(WIDTH, HEIGHT))]
    return {"id": chapter.id, "title": chapter.heading, "part": part, "blocks": blocks}


def _describe_kept(kept: Kept, places: list[str]) -> dict[str, Any]:
    width, _ = kept.size
    return _describe_block(kept.block, places) | {"stays": kept.stays, "width": width}


def _describe_block(block: Block, places: list[str]) -> dict[str, Any]:
    kind = {"kind": type(block).__name__}
    if isinstance(block, TableBlock):
        return kind | _describe_table(block)
    if isinstance(block, FigureBlock):
        picture = block.picture
        return kind | {"id": block.id, "number": block.number, "topic": picture.topic, "alt": picture.alt}
    if isinstance(block, Listing):
        return kind | _describe_list(block, places)
    if isinstance(block, Paragraph):
        return kind | {"text": _describe_text(block.text, places), "fixed": block.fixed}
    return kind | asdict(block)


def _describe_text(text: Text, places: list[str]) -> list[dict[str, Any]]:
    return [asdict(span) | {"link": follow(span.link, places)} for span in text]


def _describe_list(listing: Listing, places: list[str]) -> dict[str, Any]:
    items = [
        {"text": _describe_text(text, places), "below": [_describe_list(each, places) for each in below]}
        for text, below in listing.items
    ]
    return {"ordered": listing.ordered, "items": items}


def _describe_table(block: TableBlock) -> dict[str, Any]:
    """With which rows stay together at its start, and how many at its end."""
    grid = block.grid
    columns = measure_columns(grid, WIDTH)
    lines = count_lines_of_rows(grid, columns)
    return {
        "id": block.id,
        "number": block.number,
        "caption": grid.caption,
        "note": grid.note,
        "headings": list(map(_break, grid.headings)),
        "groups": _describe_groups(grid.lines),
        "columns": asdict(columns),
        "together": is_whole(grid, lines),
        "first": _describe_groups(grid.lines[: count_edge(lines)]),
        "last": count_edge(lines[::-1]),
    }


def _describe_groups(lines: list[Line]) -> list[dict[str, Any]]:
    return [
        {"name": name, "rows": [list(map(_break, [line.label, *line.cells])) for line in members]}
        for name, members in groupby(lines, key=lambda line: line.group)
    ]


def _break(text: str) -> list[str]:
    """The lines of a cell."""
    return keep_together(text).split(LINE)
