"""Which columns of a table hold numbers, and how wide columns are: in print, on slides and on pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from leercultuur.report.writers.measuring import count_lines, measure_line
from leercultuur.style.shown import Grid, Line
from leercultuur.style.table import LINE, keep_together

# A value, an interval, a value with another in brackets or with what it counts.
NUMBER = re.compile(r"[\s\d.,%()<>=≥≤±+*†−-]*\d[\s\d.,%()*†-]*(?:tot[\s\d.,%−-]*|[^\W\d]+)?$")
NOTHING = ("", "–")
SIZES = (9.0, 8.0, 7.0)  # points: the largest in which no word or number is broken
PADDING = 9.0  # points: left and right of a cell, together
SPARE = 1.02  # room for a text, beside what it takes
HEADING = 7.0  # letters of one point: a heading this short keeps to one line, where there is room
NARROW = 0.6  # a table that needs less of the width keeps to what it needs
WHOLE = 24  # lines: a table of no more stands on one page
EDGE, EDGE_LINES = 3, 9  # rows that stay together at the start and at the end; no more when they are high


@dataclass(frozen=True)
class Columns:
    """Of a table: the size of its letters and the width of each column, in points; which hold numbers."""

    size: float
    widths: list[float]
    numeric: list[bool]


def find_numeric(grid: Grid) -> list[bool]:
    """Which columns hold numbers: those in which most of what is said is one. Row headers are names."""
    columns = zip(*(_row(line) for line in grid.lines), strict=True)
    return [place > 0 and _hold_numbers(cells) for place, cells in enumerate(columns)]


def measure_columns(
    grid: Grid, width: float, sizes: Sequence[float] = SIZES, padding: float = PADDING
) -> Columns:
    """Divide a width (points): words and numbers stay whole, long texts share what is left.

    Parameters
    ----------
    sizes
        Of letters, from large to small: the first in which nothing is broken, else the last.
    padding
        Left and right of a cell, together.
    """
    rows = [_row(line) for line in grid.lines]
    numeric = find_numeric(grid)
    needs, wants, shows = [], [], []  # no word broken; no cell over more lines; no short heading either
    volumes = []  # how much text there is
    for place, heading in enumerate(grid.headings):
        cells = [row[place] for row in rows]
        words = [_measure(part) for text in cells for part in _split(text, numeric[place])]
        lines = [_measure(part) for text in cells for part in keep_together(text).split(LINE)]
        volumes.append(sum(lines))
        above = _measure(heading, bold=True)
        needs.append(max(*words, *(_measure(part, bold=True) for part in _split(heading))))
        wants.append(max(needs[-1], *lines, above / 2))
        shows.append(max(wants[-1], min(above, HEADING)))
    for size in sizes:
        need, want, show = ([size * each + padding for each in widths] for widths in (needs, wants, shows))
        if sum(need) <= width:
            break
    else:
        return Columns(size, [each * width / sum(need) for each in need], numeric)
    if sum(want) > width:
        return Columns(size, _share(need, want, volumes, width), numeric)
    if sum(show) > width:
        return Columns(size, _share(want, show, [1.0] * len(show), width), numeric)
    spare = 0 if sum(show) < NARROW * width else width - sum(show)
    return Columns(size, [show[0] + spare, *show[1:]], numeric)  # what is left, for the names of rows


def count_row(cells: Sequence[str], columns: Columns, padding: float = PADDING, *, bold: bool = False) -> int:
    """How many lines of text a row is high."""
    return max(
        count_lines(keep_together(text), width - padding + 0.01, columns.size / SPARE, bold=bold)
        for text, width in zip(cells, columns.widths, strict=True)
    )


def count_lines_of_rows(grid: Grid, columns: Columns, padding: float = PADDING) -> list[int]:
    """How many lines of text each row is high."""
    return [count_row(_row(line), columns, padding) for line in grid.lines]


def is_whole(grid: Grid, lines: Sequence[int]) -> bool:
    """Whether a table stands on one page; ``lines`` is how high its rows are."""
    groups = {line.group for line in grid.lines} - {""}
    return sum(lines) + len(groups) <= WHOLE


def count_edge(lines: Sequence[int]) -> int:
    """How many of the first rows stay on one page, so that none is alone; ``lines`` is how high they are."""
    totals = enumerate(accumulate(lines), start=1)
    return next((row for row, total in totals if row == EDGE or total >= EDGE_LINES), len(lines))


def _share(need: list[float], want: list[float], volumes: list[float], width: float) -> list[float]:
    """Widths between need and want: the smallest wishes are met, the others share what is left, those with
    more text (their volume) more of it."""
    widths, spare = list(need), width - sum(need)
    asks = {place: high - low for place, (low, high) in enumerate(zip(need, want, strict=True))}
    asks = {place: asks[place] for place in sorted(asks, key=asks.__getitem__)}  # the smallest first
    while asks and min(asks.values()) <= spare / len(asks):
        place = next(iter(asks))
        widths[place] += asks[place]
        spare -= asks.pop(place)
    if not asks:
        return widths
    room = sum(need[place] for place in asks) + spare
    roots = {place: volumes[place] ** 0.5 for place in asks}  # as wide as high: least height in all

    def divide(scale: float) -> dict[int, float]:
        return {place: min(max(scale * roots[place], need[place]), want[place]) for place in asks}

    low, high = 0.0, max(want[place] / roots[place] for place in asks)
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if sum(divide(middle).values()) < room else (low, middle)
    for place, own in divide(low).items():
        widths[place] = own
    return widths


def _row(line: Line) -> list[str]:
    return [line.label, *line.cells]


def _hold_numbers(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell not in NOTHING]
    return 2 * sum(map(is_number, said)) >= len(said)


def is_number(text: str) -> bool:
    """Whether a cell holds a number: its first line does."""
    return bool(NUMBER.match(text.split(LINE)[0]))


def _split(text: str, numeric: bool = False) -> list[str]:
    """What of a text cannot be divided over lines; of numbers no line can."""
    lines = keep_together(text).split(LINE)
    if numeric and is_number(text):
        return lines
    return [word for line in lines for word in re.split(r"[ \-/]", line)]


def _measure(text: str, bold: bool = False) -> float:
    """How wide a text is, for letters of one point; a little more than it is."""
    return SPARE * measure_line(text, bold)
