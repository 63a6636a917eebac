"""Texts on slides: how much room they take, and how a list is divided over slides."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from leercultuur.report.model import Text
from leercultuur.report.writers import measuring

SIZES = (20.0, 18.0)  # points: of a list on one slide
SPLIT = 18.0  # of one on several
LEADING = 1.2  # lines apart, times their size
INDENT = 0.4  # inches a level
ABOVE = (9, 3)  # points above an item, and above one of a lower level
TITLES = ((28.0, 1), (24.0, 2), (20.0, 2))  # points, and the lines that a title of that size may have


@dataclass(frozen=True)
class Item:
    """A paragraph on a slide: its level, its text, and what stands before it ("" for nothing)."""

    level: int
    text: Text
    mark: str = ""

    def size(self, size: float) -> float:
        """How large its letters are, on a slide of this size."""
        return max(14.0, size - 2 * self.level)

    def height(self, size: float, width: float) -> float:
        """How high it is, in inches."""
        own = self.size(size)
        lines = count_lines(read_text(self.text), width - INDENT * (self.level + 1), own)
        return lines * LEADING * own / 72 + ABOVE[min(self.level, 1)] / 72


def read_text(text: Text) -> str:
    """A text without its types and links."""
    return "".join(span.text for span in text).strip()


def letters_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the widest line of a text is, in inches."""
    return max(measuring.measure_line(part, bold) for part in text.split("\n")) * size / 72


def count_lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines a text takes in a width (inches), broken at spaces."""
    return measuring.count_lines(text, width, size / 72, bold=bold)


def fit_title(text: str, width: float) -> float:
    """How large a title is written, in points: the largest of ``TITLES`` in which it fits, else 18."""
    return next((size for size, lines in TITLES if count_lines(text, width, size, bold=True) <= lines), 18.0)


def split_items(items: Sequence[Item], width: float, height: float) -> list[tuple[list[Item], float]]:
    """A list in parts that fit a slide, with the size of their letters: on one slide when it can, else with
    parts of about one height. What stands below an item stays with it."""
    for size in SIZES:
        if sum(item.height(size, width) for item in items) <= height:
            return [(list(items), size)]
    blocks: list[list[Item]] = []
    for item in items:
        if item.level and blocks:
            blocks[-1].append(item)
        else:
            blocks.append([item])
    heights = [sum(item.height(SPLIT, width) for item in block) for block in blocks]
    return [([item for block in blocks[part] for item in block], SPLIT) for part in divide(heights, height)]


def divide(heights: Sequence[float], limit: float) -> list[slice]:
    """Parts of about one height and none higher than the limit (unless one thing alone is), as few as can
    be."""
    total = sum(heights)
    count = max(1, math.ceil(total / limit - 1e-9))
    while True:
        for step in range(21):
            parts = _fill(heights, min(limit, total / count * (1 + step / 20)))
            if len(parts) <= count:
                return parts
        count += 1


def _fill(heights: Sequence[float], limit: float) -> list[slice]:
    starts, used = [0], 0.0
    for place, height in enumerate(heights):
        if used and used + height > limit + 1e-9:
            starts.append(place)
            used = 0.0
        used += height
    return [slice(*ends) for ends in pairwise([*starts, len(heights)])]


def fit_value(text: str, width: float) -> float:
    """How large a key figure is written, in points."""
    return max(20.0, min(40.0, 40.0 * width / letters_width(text, 40.0, bold=True)))
