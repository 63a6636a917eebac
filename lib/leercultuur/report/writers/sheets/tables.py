"""A sheet with one table: what it is about above it, how to read it below, numbers as numbers."""

from __future__ import annotations

import re
from math import ceil
from textwrap import wrap

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from leercultuur.checks.formulas import neutralise
from leercultuur.report.model import Chapter, Report, TableBlock
from leercultuur.report.reading import PARTS
from leercultuur.report.writers.sheets.amounts import Column, read_amount, split_columns
from leercultuur.report.writers.sheets.looks import (
    HEAD,
    LINE_HEIGHT,
    ROW,
    STANDARD,
    Looks,
    count_lines,
    count_pages,
    find_head_height,
    find_width,
)
from leercultuur.report.writers.sheets.names import name_sheet, point_to
from leercultuur.style.table import LINE as NEW_LINE

CONTENTS = "Inhoud"  # the first sheet
FEWEST_ROWS = 3  # from how many a table can be filtered
BESIDE = 2  # indent of a heading at the right: the button of the filter stands there
LONGEST = 150  # characters of a line of text
SENTENCE = re.compile(r'(?<=[.?!])\s+(?=[A-ZÀ-Þ"0-9])')


class SheetWriter:
    """Writes sheets of one workbook, for one report."""

    def __init__(self, book: xlsxwriter.Workbook, report: Report) -> None:
        self.book, self.report, self.looks = book, report, Looks(book)

    def write_table(self, chapter: Chapter, block: TableBlock) -> None:
        """A sheet with a table."""
        grid, looks = block.grid, self.looks
        sheet = self.book.add_worksheet(name_sheet(block))
        sheet.write_url(0, 0, point_to(CONTENTS), looks.link, "Terug naar de inhoud")
        top = [(f"{block.label}. {grid.caption}", looks.heading), (self.report.notice, looks.notice)]
        row = self.write_lines(sheet, 1, [line for line in top if line[0]]) + 1
        sheet.set_row(row - 1, LINE_HEIGHT / 2)
        columns = split_columns(grid)
        widths = [find_width(column) for column in columns]
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        end = self._write_rows(sheet, row, columns, widths)
        below = [(line, looks.text) for line in split_lines(grid.note)]
        below += [(f"Hoofdstuk: {name_chapter(chapter)}", looks.soft)]
        if grid.file:
            below += [(f"Zonder afronding: tables/{grid.file}.csv, in de map van het rapport", looks.soft)]
        last = self.write_lines(sheet, end + 1, below)
        longest = max(len(text) for text, _ in [*top, *below])
        beyond = ceil(max(0, longest - sum(widths)) / STANDARD)  # columns that the text runs over
        sheet.print_area(0, 0, last - 1, len(widths) + beyond - 1)
        sheet.repeat_rows(row)
        self.set_up(sheet, block.label, count_pages(widths))

    def _write_rows(self, sheet: Worksheet, row: int, columns: list[Column], widths: list[float]) -> int:
        """Headings and rows; the row below them."""
        count = len(columns[0].texts)
        filtered = count >= FEWEST_ROWS
        for place, column in enumerate(columns):
            beside = BESIDE if filtered and column.has_amounts else _indent(column)
            sheet.write_string(
                row, place, column.heading, self.looks.cell(column.has_amounts, beside, **HEAD)
            )
        sheet.set_row(row, find_head_height(columns, widths))
        names = sum(column.names for column in columns)
        sheet.freeze_panes(row + 1, names)
        if len(columns) > names:
            sheet.repeat_columns(0, names - 1)
        for line in range(count):
            texts = [column.texts[line] for column in columns]
            for place, (column, text) in enumerate(zip(columns, texts, strict=True)):
                self._write_cell(sheet, row + 1 + line, place, column, text)
            sheet.set_row(row + 1 + line, LINE_HEIGHT * max(map(count_lines, texts, widths)))
        if filtered:
            sheet.autofilter(row, 0, row + count, len(columns) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{row + count + 1}"})
        return row + count + 1

    def _write_cell(self, sheet: Worksheet, row: int, place: int, column: Column, text: str) -> None:
        amount = read_amount(text) if column.has_amounts else None
        if amount:
            sheet.write_number(row, place, amount.value, self.looks.cell(True, num_format=amount.form, **ROW))
        elif text:
            # A string is never a formula; with the prefix it is none after somebody edited the cell either.
            marked = {"quote_prefix": True} if neutralise(text) != text else {}
            form = self.looks.cell(column.has_amounts, _indent(column), **ROW, **marked)
            sheet.write_string(row, place, text.replace(NEW_LINE, "\n"), form)
        else:
            sheet.write_blank(row, place, None, self.looks.make(**ROW))

    def write_lines(self, sheet: Worksheet, row: int, lines: list[tuple[str, Format]]) -> int:
        """Lines of text, each in a cell of its own that may run over those beside it; the row below them."""
        for text, look in lines:
            sheet.write_string(row, 0, text.replace(NEW_LINE, " "), look)
            sheet.set_row(row, LINE_HEIGHT * look.font_size / 10)
            row += 1
        return row

    def set_up(self, sheet: Worksheet, name: str, across: int = 1) -> None:
        """How it prints, on so many pages beside each other."""
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(across, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        if self.report.notice:
            sheet.set_header(f"&C&8 {self.report.notice.replace('&', '&&')}")
        about = f"{self.report.title}, {self.report.period}".replace("&", "&&")
        sheet.set_footer(f"&L&8 {about}&C&8 {name}&R&8 Pagina &P van &N")


def split_lines(text: str) -> list[str]:
    """A text as lines: a sentence each, those that are long in several."""
    return [line for sentence in SENTENCE.split(text) for line in wrap(sentence, LONGEST)]


def name_chapter(chapter: Chapter) -> str:
    """Its title with its number, or with the part of the report that it stands in."""
    return ": ".join(filter(None, [PARTS[chapter.part], chapter.heading]))


def _indent(column: Column) -> int:
    """Words have some room to what stands before them; names begin at the edge."""
    return int(not column.names and not column.has_amounts)
