"""The tables of the report as a workbook (``tabellen.xlsx``): what is in it, and a sheet a table."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime, time

import xlsxwriter

from leercultuur.report.model import Block, Chapter, FigureBlock, Report, TableBlock
from leercultuur.report.writers.archive import settle
from leercultuur.report.writers.sheets.looks import HEAD, LINE_HEIGHT, ROW, count_lines
from leercultuur.report.writers.sheets.names import name_sheet, point_to
from leercultuur.report.writers.sheets.tables import CONTENTS, SheetWriter, name_chapter, split_lines

GUIDE = "Leeswijzer"  # the sheet after the contents
LISTED = {"Nummer": 12, "Onderwerp": 90, "Hoofdstuk": 48, "Cijfers in": 12}  # columns of the contents
READING = (
    "Elke tabel van het rapport staat op een eigen blad, met hetzelfde nummer als in het rapport.",
    "Met de getallen is te rekenen; zij zijn afgerond zoals in het rapport. Zonder afronding staan zij in "
    "het csv-bestand dat onder de tabel is genoemd, in de map van het rapport.",
    "Een percentage is voor Excel een deel van 1: 28,5% is 0,285.",
    "Een interval staat in twee kolommen: ondergrens en bovengrens. Een streepje (–) betekent dat er geen "
    "cijfer is.",
    'In de inhoud staat bij een figuur achter "Cijfers in" de tabel met de getallen van die figuur, als zij '
    "er een heeft.",
)


def write_xlsx(report: Report) -> bytes:
    """The workbook: what is in it, how to read it, and every table in the order of the report."""
    file = io.BytesIO()
    literal = dict.fromkeys(("strings_to_numbers", "strings_to_formulas", "strings_to_urls"), False)
    book = xlsxwriter.Workbook(file, {"in_memory": True, **literal})
    book.set_properties(
        {
            "title": f"{report.title}: tabellen",
            "subject": f"{report.subject}, {report.period}",
            "comments": report.notice,
            "created": datetime.combine(report.last_day, time()),
        }
    )
    book.set_custom_property("Language", "nl-NL")
    writer = SheetWriter(book, report)
    _write_contents(writer)
    _write_guide(writer)
    for chapter, block in _list_numbered(report):
        if isinstance(block, TableBlock):
            writer.write_table(chapter, block)
    book.close()
    return settle(file.getvalue())


def _list_numbered(report: Report) -> Iterator[tuple[Chapter, Block]]:
    """The tables, and then the figures, each with its chapter."""
    for kind in (TableBlock, FigureBlock):
        for chapter in report.chapters:
            for block in chapter.blocks:
                if isinstance(block, kind):
                    yield chapter, block


def _write_contents(writer: SheetWriter) -> None:
    """A row per table and figure; of a figure, the table of the same name has the numbers."""
    report, looks, sheet = writer.report, writer.looks, writer.book.add_worksheet(CONTENTS)
    top = [
        (f"{report.title}: tabellen", looks.title),
        (f"{report.subject}, {report.period}", looks.heading),
        (report.notice, looks.notice),
    ]
    head = writer.write_lines(sheet, 0, [line for line in top if line[0]]) + 1
    sheet.write_url(head - 1, 0, point_to(GUIDE), looks.link, "Hoe dit bestand te lezen")
    for place, (heading, width) in enumerate(LISTED.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(head, place, heading, looks.make(**HEAD))
    tables = {block.grid.file: block for block in report.tables() if block.grid.file}
    row = head
    for row, (chapter, block) in enumerate(_list_numbered(report), head + 1):
        if isinstance(block, TableBlock):
            about, own = block.grid.caption, None
            sheet.write_url(row, 0, point_to(name_sheet(block)), looks.link, block.label)
        elif isinstance(block, FigureBlock):
            about, own = block.picture.topic, tables.get(block.picture.file)
            sheet.write_string(row, 0, block.label, looks.make(**ROW))
        sheet.write_string(row, 1, about, looks.cell(**ROW))
        sheet.write_string(row, 2, name_chapter(chapter), looks.cell(**ROW))
        sheet.write_blank(row, 3, None, looks.make(**ROW))
        if own:
            sheet.write_url(row, 3, point_to(name_sheet(own)), looks.link, own.label)
        sheet.set_row(row, LINE_HEIGHT * count_lines(about, LISTED["Onderwerp"]))
    sheet.freeze_panes(head + 1, 0)
    sheet.autofilter(head, 0, row, len(LISTED) - 1)
    sheet.repeat_rows(head)
    writer.set_up(sheet, CONTENTS)


def _write_guide(writer: SheetWriter) -> None:
    """How to read the workbook, and what every table is about."""
    report, looks, sheet = writer.report, writer.looks, writer.book.add_worksheet(GUIDE)
    sheet.write_url(0, 0, point_to(CONTENTS), looks.link, "Terug naar de inhoud")
    said = [
        *READING,
        f"{report.period}: {report.counted}.",
        "".join(s.text for s in report.basis),
    ]
    lines = [(GUIDE, looks.title), (report.notice, looks.notice)]
    lines += [(line, looks.text) for text in said for line in split_lines(text)]
    writer.write_lines(sheet, 1, [line for line in lines if line[0]])
    writer.set_up(sheet, GUIDE)
