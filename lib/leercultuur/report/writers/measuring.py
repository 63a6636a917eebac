"""How much room a text takes, in the typeface of figures: which is wider than most."""

from __future__ import annotations

import warnings
from functools import cache

from leercultuur.style.table import LINE
from leercultuur.style.typeface import measure


@cache
def measure_line(text: str, bold: bool = False) -> float:
    """How wide a line of text is, for letters of one point: in points, or whatever its size is in."""
    return sum(_advance(letter, bold) for letter in text)


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a width, broken at spaces; both in the unit of the size."""
    room, space = width / size, measure_line(" ", bold)
    count = 0
    for part in text.replace(LINE, "\n").split("\n"):
        count, used = count + 1, 0.0
        for word in part.split(" "):
            own = measure_line(word, bold)
            if used and used + space + own > room:
                count, used = count + 1, own
            else:
                used += own + (space if used else 0.0)
    return count


@cache
def _advance(letter: str, bold: bool) -> float:
    """How far a letter moves the next, as a share of its size."""
    weight = "bold" if bold else "normal"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the typeface lacks is as wide as what stands for it
        return (measure(f"n{10 * letter}n", 72, weight) - measure("nn", 72, weight)) / 10
