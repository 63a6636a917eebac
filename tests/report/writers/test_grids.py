"""Tables on a page: words from the left, and room on every screen where there is any."""

import pytest
from bs4 import BeautifulSoup

from leercultuur.report.writers.html.grids import break_words, find_words, measure, write_grid
from leercultuur.style.shown import Grid, Line


def make_grid(*rows: list[str], headings: list[str] | None = None) -> Grid:
    return Grid("Proef", headings or ["Wat", "n", "Reden"], [Line("", name, cells) for name, *cells in rows])


def test_words_read_from_the_left_and_numbers_from_the_right():
    html, _ = write_grid(make_grid(["Bouw", "< 10", "te klein"]))
    page = BeautifulSoup(html, "html.parser")
    kinds = [" ".join(cell.get("class", [])) for cell in page.find_all(["th", "td"])]
    assert kinds == ["", "", "words"] * 2


def test_an_empty_cell_says_nothing_about_its_column():
    assert find_words(make_grid(["Bouw", "1", "te klein"], ["Zorg", "2", ""], ["Hout", "3", ""])) == [
        "", "", "words",
    ]  # fmt: skip


def test_numbers_with_words_after_them_are_numbers():
    assert find_words(make_grid(["Bouw", "3,10 tot 3,20", "−0,1 punt"])) == ["", "", ""]


def test_row_headers_are_words_unless_they_are_short():
    assert find_words(make_grid(["Zakelijke dienst", "1", "2"]))[0] == "words"
    assert find_words(make_grid(["Bouw", "1", "2"]))[0] == ""


def test_sentences_are_long():
    assert find_words(make_grid(["Bouw", "1", "een zin die doorgaat " * 5])) == ["", "", "words long"]


def test_width_is_what_cannot_be_broken():
    """Columns of 12 (a heading), 4 and 13 (a cell of numbers), with two characters beside each."""
    grid = make_grid(["Bouw", "9", "3,10 tot 3,20"], headings=["Twaalftekens en", "n", "r"])
    assert measure(grid, ["", "", ""]) == 12 + 1 + 13 + 3 * 2


def test_a_range_in_a_header_stays_together():
    grid = make_grid(["Bouw", "1", "2"], headings=["Wat", "Klein (10-49)", "n"])
    assert measure(grid, ["", "", ""]) == 4 + len("Klein (10-49)") + 1 + 3 * 2


@pytest.mark.parametrize(
    ("letters", "screen"), [(30, ""), (43, "phone"), (70, "tablet"), (100, "desk"), (140, "dense")]
)
def test_only_what_is_too_wide_has_to_scroll(letters, screen):
    grid = Grid("Proef", ["Wat", "n"], [Line("", "Bouw", ["1" * letters])])
    assert write_grid(grid)[1] == screen


def test_a_name_too_long_for_a_phone_may_break_and_its_wording_is_not_in_the_table():
    name = "Langetermijnaanpak"
    grid = Grid("Proef", ["Kenmerk", "n"], [Line("", name, ["1"], wording=name)])
    page = BeautifulSoup(write_grid(grid)[0], "html.parser")
    assert page.tbody.th.get_text() == "Langeter\u00admijnaanpak" and page.abbr is None


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("dienstverlening", "dienst|verlening"),
        ("samenwerkingsverbanden", "samenwerkings|verbanden"),
        ("rechtsbescherming", "rechtsbe|scherming"),
        ("onderzoekscommissie", "onderzoeks|commissie"),
        ("bedrijfsopleiding", None),
        ("korte woorden", "korte woorden"),
        ("12345678901234567890", "12345678901234567890"),
        ("zzzzzzzzzzzzzzzzzzzz", "zzzzzzzzzzzzzzzzzzzz"),
    ],
)
def test_long_words_break_where_a_syllable_begins(word, broken):
    found = break_words(word).replace("\u00ad", "|")
    assert found.replace("|", "") == word
    assert found == broken if broken else found.count("|") == 1
