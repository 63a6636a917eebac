"""Figures -> slides: native charts, divided over slides when they have many rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from leercultuur.formatting import nl_number
from leercultuur.report.model import FigureBlock, TableBlock
from leercultuur.report.writers.slides.model import Slide, number_slides, write_caption
from leercultuur.style.shown import BARS, COLUMNS, GRID, POINTS, STACK, Drawing, Series
from leercultuur.style.wording import describe

KINDS = {
    BARS: "liggende staven",
    COLUMNS: "staande staven",
    STACK: "gestapelde staven",
    POINTS: "puntenwolk",
    GRID: "tabel met kleuren",
}
BARS_EACH, ROWS_EACH = 24, 20  # on one slide


def plan_figure(block: FigureBlock, slide: Slide, tables: list[TableBlock]) -> Iterator[Slide]:
    """The drawings of one figure: those with the same names on one slide, else one after the other."""
    picture = block.picture
    slide = replace(slide, name=picture.topic)
    if not picture.drawings or not all(map(_is_whole, picture.drawings)):
        caption = write_caption(block.label, picture.topic, picture.base, picture.note)
        yield replace(slide, content=block.png, caption=caption, alt=picture.alt)
        return
    groups: list[list[Drawing]] = []
    for drawing in map(_complete, picture.drawings):
        same = groups and groups[-1][0].names == drawing.names and len(groups[-1]) < 5
        groups[-1].append(drawing) if same else groups.append([drawing])
    parts = [part for group in groups for part in _split_rows(group)]
    slides = []
    for part in parts:
        note = "; ".join(dict.fromkeys(filter(None, (drawing.note for drawing in part))))
        heading = part[0].heading if len(part) == 1 else ""
        topic = f"{picture.topic}: {heading.lower()}" if heading else picture.topic
        caption = write_caption(block.label, topic, picture.base, note)
        slides.append(
            replace(slide, content=part, caption=caption, alt=_describe(topic, part, tables), name=topic)
        )
    yield from number_slides(slides)


def _is_whole(drawing: Drawing) -> bool:
    """Whether there is something to draw, of equal length and with numbers that a chart can hold."""
    parts = [part for series in drawing.series for part in (series.values, series.low, series.high)]
    lengths = {len(part) for part in parts if part}
    numbers = [value for part in parts for value in part if value is not None]
    colours = all(len(series.colours) in (1, len(drawing.names)) for series in drawing.series)
    return bool(numbers) and lengths == {len(drawing.names)} and colours and all(map(math.isfinite, numbers))


def _complete(drawing: Drawing) -> Drawing:
    """A colour for each value. On an axis of ratios there is no place for nothing at all: its name stays,
    without a bar."""
    count, all_series = len(drawing.names), []
    for series in drawing.series:
        values = series.values
        if drawing.ratio:
            values = [value if value and value > 0 else None for value in values]
        colours = series.colours if len(series.colours) == count else series.colours * count
        all_series.append(replace(series, values=values, colours=colours))
    return replace(drawing, series=all_series)


def _describe(topic: str, drawings: Sequence[Drawing], tables: Sequence[TableBlock]) -> str:
    """What is to be seen in a native chart, which need not look as the figure does."""
    last = drawings[-1]
    kind = " en ".join(dict.fromkeys(KINDS[drawing.kind] for drawing in drawings))
    several = len(last.series) > 1 and last.kind != POINTS
    numbers = {
        f"{name}, {series.name}" if several else name: value
        for series in last.series
        for name, value in zip(last.names, series.values, strict=True)
        if value is not None
    }
    write = partial(_write_number, last)
    alt = describe(kind[:1].upper() + kind[1:], topic, numbers, numbers.values(), write)
    return alt.replace("in de tabel", f"in {tables[0].label}") if tables else alt


def _write_number(drawing: Drawing, value: float) -> str:
    return nl_number(value, drawing.decimals) + "%" * drawing.percent


def _split_rows(drawings: list[Drawing]) -> list[list[Drawing]]:
    """Drawings of the same names in parts that a slide has room for, of about as many rows each."""
    first = drawings[0]
    if first.kind not in (BARS, STACK):
        return [drawings]
    bars = len(first.series) if first.kind == BARS else 1
    most = max(5, BARS_EACH // bars) if bars > 1 else ROWS_EACH
    count = -(-len(first.names) // most)
    each = -(-len(first.names) // count)
    return [
        [_cut(drawing, slice(start, start + each)) for drawing in drawings]
        for start in range(0, len(first.names), each)
    ]


def _cut(drawing: Drawing, rows: slice) -> Drawing:
    def cut(series: Series) -> Series:
        colours = series.colours[rows] if len(series.colours) > 1 else series.colours
        return replace(
            series, values=series.values[rows], colours=colours, low=series.low[rows], high=series.high[rows]
        )

    return replace(drawing, names=drawing.names[rows], series=[cut(series) for series in drawing.series])


def read_figure(block: FigureBlock) -> list[str]:
    """What the speaker reads of a figure: what it is, about whom, and how to read it."""
    picture = block.picture
    notes = [drawing.note for drawing in picture.drawings] or [picture.note]
    lines = [f"{block.label}. {picture.topic}.", picture.base and f"Over wie: {picture.base}."]
    lines += [f"Hoe te lezen: {note}." for note in dict.fromkeys(notes) if note]
    return [line for line in lines if line]
