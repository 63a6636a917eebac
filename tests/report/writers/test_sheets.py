"""The workbook, read back: numbers are numbers, names and formulas are text, and everything is found."""

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from leercultuur.report.model import Chapter, FigureBlock, Report, Span, TableBlock
from leercultuur.report.writers.sheets.amounts import Column
from leercultuur.report.writers.sheets.looks import count_lines, count_pages, find_head_height
from leercultuur.report.writers.sheets.names import name_sheet, point_to
from leercultuur.report.writers.sheets.tables import CONTENTS
from leercultuur.report.writers.sheets.workbook import GUIDE, write_xlsx
from leercultuur.style.shown import Grid, Line, Picture

NOTICE = "Dit is gemaakt met synthetische gegevens & meer."
NL = "\u2028"
SIZES = Grid(
    "Omvang (n = 1.403)",
    ["Antwoord", "Aantal", "%", "95%-interval", "Opmerking"],
    [
        Line("", "2024", ["1.403", "28,5%", "26,1\u00a0tot\u00a030,9", "=1+1"]),
        Line("", "0%", ["−12", "–", "–", "<\u00a00,001"]),
        Line("", "1-24%", ["7", "3,0%", "1,0\u00a0tot\u00a05,0", ""]),
    ],
    note="Percentages van wie antwoordde. Niet gewogen.",
    file="02_omvang",
)
MEANS = Grid(
    "De kenmerken",
    ["Kenmerk", "Verschil, 95%-interval", "Sector"],
    [
        Line("Kenmerken", "Taken", [f"0,12{NL}−0,03 tot 0,27{NL}zwak", "Bouw"]),
        Line("Vragen", "Variatie", ["203", "Zorg"]),
    ],
)
SIZED, PAIRED, CODES = "1 Omvang", "2 De kenmerken", "3 Codeboek"
NAMES = Grid("Codeboek", ["Variabele", "Code = antwoord"], [Line("", "omvang", ["1 = Klein; 2 = Groot"])])


def make_report(notice: str = NOTICE) -> Report:
    picture = Picture("Omvang van de organisatie", "", "", "", "", "02_omvang", [])
    body = Chapter("wie", "Wie vulden in?", 1, "", "02_descriptives")
    body.blocks += [FigureBlock(1, picture, b""), TableBlock(1, SIZES)]
    means = Chapter("hoe", "Hoe scoort het?", 2, "", "02_descriptives", [TableBlock(2, MEANS)])
    means.blocks.append(FigureBlock(2, replace(picture, topic="Los", file="02_los"), b""))
    extra = Chapter("codeboek", "Codeboek", 0, "bijlage", "07_appendix_tables", [TableBlock(3, NAMES)])
    return Report(
        title="Quickscan",
        subject="Leren",
        period="1 januari 2025 t/m 30 juni 2025",
        last_day=date(2025, 6, 30),
        notice=notice,
        basis=[Span("Basis: "), Span("1.403", bold=True), Span(" vragenlijsten.")],
        export="export.csv",
        filled_in=1455,
        analysed=1403,
        verification="",
        compared=False,
        chapters=[body, means, extra],
        folder=Path(),
    )


def read(report: Report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))


def rows(sheet, first: str) -> list[list]:
    """Values from the row with this heading on, to the first row that is empty."""
    values = [list(row) for row in sheet.iter_rows(values_only=True)]
    start = next(place for place, row in enumerate(values) if row[0] == first)
    end = next((place for place in range(start, len(values)) if not any(values[place])), len(values))
    return [[cell for cell in row if cell is not None] for row in values[start:end]]


def find(sheet, value) -> openpyxl.cell.Cell:
    return next(cell for row in sheet.iter_rows() for cell in row if cell.value == value)


def test_a_sheet_per_table_in_order_after_what_is_in_it():
    assert read(make_report()).sheetnames == [CONTENTS, GUIDE, SIZED, PAIRED, CODES]


@pytest.mark.parametrize(
    ("caption", "name"),
    [
        ("De kenmerken naar omvang (n = 1.403)", "12 De kenmerken naar omvang"),
        ("Deel van de medewerkers dat scholing volgde", "12 Deel van de medewerkers"),
        ("Kennis/vaardigheden: per sector? [mkb]", "12 Kennis-vaardigheden"),
        ("Ontwikkelingsgerichtepersoneelsbeleid in het mkb", "12 Ontwikkelingsgerichtepersone"),
    ],
)
def test_a_sheet_is_named_after_its_table_as_far_as_excel_allows(caption, name):
    assert name_sheet(TableBlock(12, Grid(caption, [], []))) == name and len(name) <= 31


def test_a_name_with_an_apostrophe_can_be_linked_to():
    assert point_to("59 Leren van collega's") == "internal:'59 Leren van collega''s'!A1"


def test_numbers_are_numbers_that_show_as_in_the_report():
    sheet = read(make_report())[SIZED]
    ends = ["95%-interval, ondergrens", "95%-interval, bovengrens"]
    assert rows(sheet, "Antwoord")[:3] == [
        ["Antwoord", "Aantal", "%", *ends, "Opmerking"],
        ["2024", 1403, 0.285, 0.261, 0.309, "=1+1"],
        ["0%", -12, "–", "–", "–", "< 0,001"],
    ]
    forms = {value: find(sheet, value).number_format for value in (1403, 0.285, 0.261, -12)}
    assert forms == {1403: "#,##0", 0.285: "0.0%", 0.261: "0.0%", -12: "#,##0"}


def test_names_of_rows_and_formulas_stay_text():
    sheet = read(make_report())[SIZED]
    assert [find(sheet, text).data_type for text in ("2024", "0%", "=1+1")] == ["s", "s", "s"]
    after_editing = [bool(find(sheet, text).quotePrefix) for text in ("=1+1", "–")]
    assert after_editing == [True, False]


def test_what_stands_instead_of_a_number_stands_where_it_would():
    sheet = read(make_report())[SIZED]
    assert [find(sheet, text).alignment.horizontal for text in ("–", 0.285, "2024")] == [
        "right",
        "right",
        "left",
    ]


def test_groups_are_a_column_and_an_interval_with_a_value_several():
    sheet = read(make_report())[PAIRED]
    interval = "Verschil, 95%-interval"
    assert rows(sheet, "Onderdeel") == [
        [
            *("Onderdeel", "Kenmerk", "Verschil", f"{interval}, ondergrens", f"{interval}, bovengrens"),
            *("Verschil, in woorden", "Sector"),
        ],
        ["Kenmerken", "Taken", 0.12, -0.03, 0.27, "zwak", "Bouw"],
        ["Vragen", "Variatie", 203, "Zorg"],
    ]
    assert not sheet.merged_cells.ranges


def test_what_a_table_says_of_itself_stands_around_it():
    texts = [row[0] for row in read(make_report())[SIZED].iter_rows(values_only=True) if row[0]]
    assert texts[1:3] == ["Tabel 1. Omvang (n = 1.403)", NOTICE]
    assert texts[-4:] == [
        "Percentages van wie antwoordde.",
        "Niet gewogen.",
        "Hoofdstuk: 1. Wie vulden in?",
        "Zonder afronding: tables/02_omvang.csv, in de map van het rapport",
    ]


def test_contents_lead_to_tables_and_back():
    book = read(make_report())
    links = {
        cell.coordinate: cell.hyperlink.location for row in book[CONTENTS] for cell in row if cell.hyperlink
    }
    assert links == {
        "A4": f"'{GUIDE}'!A1", "A6": f"'{SIZED}'!A1", "A7": f"'{PAIRED}'!A1", "A8": f"'{CODES}'!A1",
        "D9": f"'{SIZED}'!A1",
    }  # fmt: skip
    for sheet in book.worksheets[1:]:
        assert sheet["A1"].hyperlink.location == f"'{CONTENTS}'!A1"


def test_contents_list_tables_and_figures_with_where_the_numbers_of_a_figure_are():
    sheet = read(make_report())[CONTENTS]
    assert rows(sheet, "Nummer") == [
        ["Nummer", "Onderwerp", "Hoofdstuk", "Cijfers in"],
        ["Tabel 1", "Omvang (n = 1.403)", "1. Wie vulden in?"],
        ["Tabel 2", "De kenmerken", "2. Hoe scoort het?"],
        ["Tabel 3", "Codeboek", "Bijlage: Codeboek"],
        ["Figuur 1", "Omvang van de organisatie", "1. Wie vulden in?", "Tabel 1"],
        ["Figuur 2", "Los", "2. Hoe scoort het?"],
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A6", "A5:D10")


def test_how_to_read_it_says_about_whom_it_is():
    texts = [row[0] for row in read(make_report())[GUIDE].iter_rows(values_only=True) if row[0]]
    assert "Basis: 1.403 vragenlijsten." in texts
    assert "1 januari 2025 t/m 30 juni 2025: 1.403 meegeteld, van 1.455 ingevuld." in texts


@pytest.mark.parametrize("notice", [NOTICE, ""])
def test_the_notice_is_on_every_sheet_and_print_or_nowhere(notice):
    for sheet in read(make_report(notice)):
        texts = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
        assert (NOTICE in texts) == bool(notice)
        assert ("synthetische gegevens" in (sheet.oddHeader.center.text or "")) == bool(notice)


def test_a_table_of_three_rows_can_be_filtered_and_keeps_its_names_in_sight():
    book = read(make_report())
    assert (book[SIZED].auto_filter.ref, book[PAIRED].auto_filter.ref) == ("A5:F8", None)
    assert (book[SIZED].freeze_panes, book[PAIRED].freeze_panes) == ("B6", "C6")
    assert (book[SIZED].print_title_rows, book[PAIRED].print_title_cols) == ("$5:$5", "$A:$B")


def test_headings_are_as_high_as_their_longest():
    columns = [Column("Kort", []), Column("Een kop die niet past", [])]
    assert (
        find_head_height(columns, [12, 12])
        > find_head_height(columns, [12, 60])
        == find_head_height(columns[:1], [12])
    )
    assert count_lines("a b", 80) == 1 and count_lines(f"a{NL}b", 80) == 2


def test_a_very_wide_table_prints_on_more_pages_beside_each_other():
    assert [count_pages([30, *[15] * columns]) for columns in (3, 12, 20)] == [1, 1, 2]
    headings = ["Sector", *[f"Kenmerk nummer {place}" for place in range(20)]]
    grid = Grid("Breed", headings, [Line("", "Bouw", ["1"] * 20)])
    report = make_report()
    report.chapters[0].blocks[1] = TableBlock(1, grid)
    assert read(report)["1 Breed"].page_setup.fitToWidth == 2


def test_it_prints_on_a4_as_wide_as_it_is():
    for sheet in read(make_report()):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
        assert "Pagina" in sheet.oddFooter.right.text


def test_the_same_report_gives_the_same_bytes_with_the_last_day_as_date():
    assert write_xlsx(make_report()) == write_xlsx(make_report())
    properties = read(make_report()).properties
    assert (properties.created, properties.title) == (datetime(2025, 6, 30), "Quickscan: tabellen")
