"""Tables of a page: which columns hold words, and on which screens there is room for them."""

from __future__ import annotations

import re
from dataclasses import replace

from leercultuur.report.writers.columns import find_numeric
from leercultuur.style.shown import Grid, Line
from leercultuur.style.table import LINE, keep_together, write_rows

# The widest table, in characters, that there is room for on a screen of 390, 640 and 1000 pixels (as in
# page.css), and on the last in smaller type. What a column takes beside its text, and one of words at least.
ROOM = {"phone": 48, "tablet": 70, "desk": 102, "dense": 125}
GUTTER, LEAST = 2, 15
# Characters: a row header up to SHORT is no words; sentences above LONG get room on a phone.
SHORT, LONG = 12, 80
SHY = "\u00ad"  # a hyphen where a line ends, else nothing
UNBROKEN = 15  # letters from which a word has one
BREAKS = re.compile(f"[ {LINE}{SHY}-]")
VOWEL, CONSONANT = "aeiouyáéíóúàèäëïöü", "bcdfghjklmnpqrstvwxzçñ"
BETWEEN = re.compile(f"(?<=[{VOWEL}])[{CONSONANT}]+(?=[{VOWEL}])", re.IGNORECASE)
ONSETS = {  # how a Dutch syllable begins, besides with one consonant
    *("bl", "br", "ch", "dr", "dw", "fl", "fr", "gl", "gr", "kl", "kn", "kr", "kw", "pl", "pr", "sch"),
    *("schr", "sl", "sn", "sp", "spr", "st", "str", "tr", "tw", "vl", "vr", "wr", "zw"),
}


def write_grid(grid: Grid, caption: str = "", label: str = "") -> tuple[str, str]:
    """The rows of a table as HTML, and the largest screen on which they are too wide: a key of ``ROOM``, or
    "" where there is room on all of them. ``caption`` and ``label`` are HTML, as ``write_rows`` has them.

    The wordings of questions are not in them: a finger or a keyboard would not reach these.
    """
    broken = replace(
        grid,
        headings=[break_words(heading) for heading in grid.headings],
        lines=[
            Line(line.group, break_words(line.label), [break_words(cell) for cell in line.cells])
            for line in grid.lines
        ],
    )
    kinds = find_words(grid)
    width = measure(broken, kinds)
    screens = [screen for screen, room in ROOM.items() if width > room]
    return write_rows(broken, caption, label, kinds), screens[-1] if screens else ""


def find_words(grid: Grid) -> list[str]:
    """The class of each column, the row headers first: ``words`` for those that read from the left and keep
    some width, with ``long`` where these are sentences; "" for numbers. Row headers are words unless they are
    short."""
    kinds = []
    for place, (column, numeric) in enumerate(zip(_columns(grid), find_numeric(grid), strict=True)):
        if any(len(text) > SHORT for text in column) if not place else not numeric:
            long = place and any(len(text) > LONG for text in column)
            kinds.append("words long" if long else "words")
        else:
            kinds.append("")
    return kinds


def measure(grid: Grid, kinds: list[str]) -> int:
    """The least width of a table, in characters: what cannot be broken in each of its columns."""
    width = 0
    for place, (heading, column, kind) in enumerate(zip(grid.headings, _columns(grid), kinds, strict=True)):
        breakable = BREAKS if kind or not place else re.compile(LINE)
        pieces = [*BREAKS.split(keep_together(heading))]
        pieces += [piece for text in column for piece in breakable.split(keep_together(text))]
        width += max(*map(len, pieces), LEAST if kind else 0) + GUTTER
    return width


def break_words(text: str) -> str:
    """The same, in which a long word may be broken near its middle, where a syllable begins.

    >>> break_words("Langetermijnaanpak en dienstverlening").split("\u00ad")
    ['Langeter', 'mijnaanpak en dienst', 'verlening']
    """
    return re.sub(rf"[^\W\d_]{{{UNBROKEN},}}", lambda found: _break(found[0]), text)


def _break(word: str) -> str:
    places = [found.start() + _end_syllable(found[0].lower()) for found in BETWEEN.finditer(word)]
    if not places:
        return word
    middle = min(places, key=lambda place: abs(2 * place - len(word)))
    return word[:middle] + SHY + word[middle:]


def _end_syllable(consonants: str) -> int:
    """How many of the consonants between two vowels belong to the first."""
    if len(consonants) == 1 or consonants in ("ch", "sch"):
        return 0
    rests = (place for place in range(1, len(consonants) - 1) if consonants[place:] in ONSETS)
    return next(rests, len(consonants) - 1)


def _columns(grid: Grid) -> list[list[str]]:
    rows = [_row(line) for line in grid.lines]
    return [list(column) for column in zip(*rows, strict=True)]


def _row(line: Line) -> list[str]:
    return [line.label, *line.cells]
