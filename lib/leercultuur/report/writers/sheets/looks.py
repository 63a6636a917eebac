"""How cells of the workbook look, and how wide and high they are."""

from __future__ import annotations

import re
from math import ceil
from textwrap import wrap
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from leercultuur.report.writers.sheets.amounts import Column
from leercultuur.style.palette import BLUE, CALM, INK, LINE, ORANGE, SOFT
from leercultuur.style.table import LINE as NEW_LINE

FONT = "Arial"  # everywhere, or its equal in width
FAINT = "#EDF1F5"  # behind headings
ROW: dict[str, Any] = {"bottom": 1, "bottom_color": LINE}
HEAD: dict[str, Any] = ROW | {"bottom_color": CALM, "bold": True, "bg_color": FAINT, "valign": "bottom"}
NAME, WORDS, AMOUNT = (10, 46), (10, 54), (8, 16)  # least and most width of a column, in characters
STANDARD = 8.43  # width of a column that nothing is said of
LINE_HEIGHT = 12.75
BUTTON = 3  # characters that the button of the filter takes
WORD_END = re.compile(r"\s(?!\()")  # what stands in brackets stays with what is before it
LETTER = 0.9  # how wide a letter is, beside a figure, by which Excel measures columns
PAGE = 210  # characters across a page at the smallest that can still be read


class Looks:
    """The formats of one workbook: the same one for the same properties."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}
        self.title = self.make(bold=True, font_size=16)
        self.heading = self.make(bold=True, font_size=12)
        self.text = self.make()
        self.soft = self.make(font_color=SOFT)
        self.notice = self.make(bold=True, font_color=ORANGE)
        self.link = self.make(font_color=BLUE, underline=1)

    def make(self, **properties: Any) -> Format:
        """A format with these properties, on top of those of all cells."""
        key = repr(sorted(properties.items()))
        if key not in self._made:
            look = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **properties}
            self._made[key] = self._book.add_format(look)
        return self._made[key]

    def cell(self, right: bool = False, indent: int = 0, **more: Any) -> Format:
        """Of a cell whose text goes on below: at the right (numbers) or at the left (words)."""
        return self.make(text_wrap=True, align="right" if right else "left", indent=indent, **more)


def find_width(column: Column) -> float:
    """How wide a column is, in characters."""
    least, most = NAME if column.names else AMOUNT if column.has_amounts else WORDS
    lines = [line for text in column.texts for line in text.split(NEW_LINE)]
    words = [len(word) + BUTTON + 1 for word in WORD_END.split(column.heading)]
    return min(max(most, *words), max(least, *words, *(len(line) + 2 for line in lines)))


def count_lines(text: str, width: float) -> int:
    """How many lines a text takes in a column."""
    room = max(4, int((width - 1) / LETTER))
    return sum(max(1, len(wrap(line, room))) for line in text.split(NEW_LINE))


def find_head_height(columns: list[Column], widths: list[float]) -> float:
    """How high the row of headings is, beside the button of the filter: bold, and so as wide as figures."""
    lines = [
        count_lines(column.heading, (width - BUTTON) * LETTER + 1)
        for column, width in zip(columns, widths, strict=True)
    ]
    return LINE_HEIGHT * max(lines) + 3


def count_pages(widths: list[float]) -> int:
    """On how many pages beside each other a table is printed, to stay readable."""
    return max(1, ceil(sum(widths) / PAGE))
