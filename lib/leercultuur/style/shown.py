"""What a notebook shows, as data beside what it looks like: kept with each output, for every other format.

A front end of Jupyter shows the HTML or the image; whoever makes a page, a document, a sheet or a slide reads
these, and needs no other text, number or label than what is in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

import pandas as pd

KEY = "leercultuur"  # of the metadata of an output
BARS, COLUMNS, STACK, POINTS, GRID = "bars", "columns", "stack", "points", "grid"  # kinds of drawings


@dataclass(frozen=True)
class Line:
    """A row of a table: the heading it stands under ("" for none), its header, its cells, and the wording of
    the question that the header is short for ("" for none)."""

    group: str
    label: str
    cells: list[str]
    wording: str = ""


@dataclass(frozen=True)
class Grid:
    """A table as it reads.

    Attributes
    ----------
    caption
        What it is about, with its base; without a number.
    headings
        Above the row headers and each column.
    lines
        None where there is nothing to show: the caption then says so.
    note
        How to read it; "" for nothing.
    folded
        Holds the numbers of a figure, or is a long list: shown closed, or at the end.
    file
        Name in ``tables/``, without suffix; "" when its numbers are saved under another name.
    foreign
        Made without this package: its numbers need not be written in Dutch.
    """

    caption: str
    headings: list[str]
    lines: list[Line]
    note: str = ""
    folded: bool = False
    file: str = ""
    foreign: bool = False

    @classmethod
    def restore(cls, entry: dict[str, Any]) -> Self:
        """From what ``keep`` made."""
        return cls(**entry | {"lines": [Line(**line) for line in entry["lines"]]})


@dataclass(frozen=True)
class Series:
    """Numbers that belong together in a drawing, in the order of its names; None where there is none.

    Attributes
    ----------
    name
        As in the legend.
    values
        Along the value axis.
    colours
        Hexadecimal; one, or one per value.
    low, high
        Ends of intervals, of points along ``across``; empty without.
    across
        The other coordinate of points; empty for other kinds.
    marks
        What stands before each number in a grid ("" for nothing); empty for other kinds.
    """

    name: str
    values: list[float | None]
    colours: list[str]
    low: list[float | None] | tuple = ()
    high: list[float | None] | tuple = ()
    across: list[float | None] | tuple = ()
    marks: list[str] | tuple = ()


@dataclass(frozen=True)
class Drawing:
    """What a figure draws, so that another program can draw it.

    Several of one figure stand beside each other when they have the same names, else below each other.

    Attributes
    ----------
    kind
        ``bars`` (level), ``columns`` (upright), ``stack`` (level, of 100%), ``points`` or ``grid`` (cells: a
        series is a column).
    names
        Of the rows, columns or points, the first on top or at the left.
    series
        In the order of the legend.
    decimals, percent
        How values are written.
    axis, across
        What the values are, and the other coordinate of points; "" when the figure says so itself.
    start, end
        Ends of the value axis; None to leave them to the program.
    heading
        Above the drawing, where a figure has several; else "".
    note
        How to read it: in bars where the figure has dots, it is read in another way than the figure.
    ratio
        Bars begin at 1, on an axis where half and double are as far.
    crossing
        Of points, where the axes cross (the other coordinate, then the value); empty for other kinds.
    """

    kind: str
    names: list[str]
    series: list[Series]
    decimals: int = 2
    percent: bool = False
    axis: str = ""
    across: str = ""
    start: float | None = None
    end: float | None = None
    heading: str = ""
    note: str = ""
    ratio: bool = False
    crossing: list[float] | tuple = ()

    @classmethod
    def restore(cls, entry: dict[str, Any]) -> Self:
        """From what ``keep`` made."""
        return cls(**entry | {"series": [Series(**series) for series in entry["series"]]})


@dataclass(frozen=True)
class Picture:
    """A figure as it reads.

    Attributes
    ----------
    topic
        What is shown; its caption, without a number.
    message
        The finding above it; "" without.
    base, note
        About whom; how to read it.
    alt
        What is to be seen, for who cannot see it.
    file
        Name in ``figures/``, without suffix.
    drawings
        What is drawn; none when there was nothing to draw.
    """

    topic: str
    message: str
    base: str
    note: str
    alt: str
    file: str
    drawings: list[Drawing]

    @classmethod
    def restore(cls, entry: dict[str, Any]) -> Self:
        """From what ``keep`` made."""
        return cls(**entry | {"drawings": [Drawing.restore(drawing) for drawing in entry["drawings"]]})


@dataclass(frozen=True)
class Card:
    """A key figure: what it is, its value as it reads, and what stands beside it ("" for nothing)."""

    label: str
    value: str
    beside: str = ""


def keep(kind: str, content: Any) -> dict[str, Any]:
    """The metadata of an output, as JSON can hold it: what kind it is, and its content."""
    parts = content if isinstance(content, list) else [content]
    plain = [part if isinstance(part, str | dict) else asdict(part) for part in parts]
    return {KEY: {kind: plain if isinstance(content, list) else plain[0]}}


def list_values(values: Iterable[float]) -> list[float | None]:
    """Numbers as JSON can hold them, to ten significant digits, as in the csv; missing ones None."""
    return [None if pd.isna(value) else float(f"{value:.10g}") for value in values]
