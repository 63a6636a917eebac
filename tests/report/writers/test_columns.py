"""Columns: numbers to the right, words whole, and a table no wider than the page."""

import pytest

from leercultuur.report.writers.columns import (
    EDGE,
    SIZES,
    WHOLE,
    count_edge,
    count_lines_of_rows,
    find_numeric,
    is_whole,
    measure_columns,
)
from leercultuur.style.shown import Grid, Line

TEXT = "een zin die over meer dan een regel loopt omdat hij zo lang is dat niets hem houdt " * 3


def make_grid(headings, *rows):
    return Grid("", headings, [Line("", row[0], list(row[1:])) for row in rows])


def test_numbers_and_what_stands_for_none_make_a_column_of_numbers():
    grid = make_grid(
        ["Vraag", "n", "p", "Interval", "Oordeel", "Nr."],
        ["1", "1.403", "< 0,001", "−0,10\u20280,1 tot 0,2", "–", "C01"],
        ["2", "–", "0,12", "2,0", "niet", "C02"],
    )
    assert find_numeric(grid) == [False, True, True, True, False, False]
    assert measure_columns(grid, 400).numeric == find_numeric(grid)


@pytest.mark.parametrize("text", ["28,5%", "3,51\u20280,39 tot 3,64\u2028was 3,59", "62 (4,4%)", "10 weken"])
def test_a_number_may_say_what_it_is_of(text):
    assert find_numeric(make_grid(["Vraag", "Waarde"], ["1", text])) == [False, True]


@pytest.mark.parametrize(
    "text", ["1 = Helemaal niet; 2 = In geringe mate", "3 van 3, krapst 5", "C01", "minder dan 50"]
)
def test_a_text_with_numbers_in_it_is_none(text):
    assert find_numeric(make_grid(["Vraag", "Waarde"], ["x", text])) == [False, False]


def test_a_few_words_among_numbers_leave_a_column_of_numbers():
    cells = (["a", "1,2"], ["b", "weet niet"], ["c", "3,4"])
    assert find_numeric(make_grid(["Vraag", "Waarde"], *cells)) == [False, True]


@pytest.mark.parametrize("width", [150, 300, 481])
def test_a_table_is_never_wider_than_the_page(width):
    grid = make_grid(["Uitspraak", "Gevonden", "p"], [TEXT, TEXT[:90], "< 0,001"])
    assert sum(measure_columns(grid, width).widths) == pytest.approx(width)


def test_a_small_table_keeps_to_what_it_needs():
    assert sum(measure_columns(make_grid(["Rol", "n"], ["HR", "12"]), 481).widths) < 150


def test_short_answers_stay_whole_beside_long_texts():
    grid = make_grid(["Nr.", "Uitspraak", "Volgorde"], ["C01", TEXT, "zoals gedrukt"])
    alone = make_grid(["Nr.", "Uitspraak", "Volgorde"], ["C01", "x", "zoals gedrukt"])
    assert measure_columns(grid, 300).widths[2] == pytest.approx(measure_columns(alone, 300).widths[2])


def test_the_column_with_most_text_gets_most_of_the_room():
    """Of two whose longest cells are alike."""
    rows = [["a", TEXT, "kort"], *[["b", TEXT, TEXT[:20]]] * 5, ["c", "x", TEXT]]
    grid = make_grid(["Nr.", "Vaak lang", "Eens lang"], *rows)
    _, often, once = measure_columns(grid, 400).widths
    assert often > 1.4 * once


def test_sizes_and_room_beside_texts_are_those_of_who_asks():
    grid = make_grid(["Rol", "n"], ["HR", "12"])
    assert measure_columns(grid, 800, (18.0, 12.0)).size == 18
    wider, own = (measure_columns(grid, 800, (18.0,), padding).widths for padding in (30.0, 10.0))
    assert [a - b for a, b in zip(wider, own, strict=True)] == pytest.approx([20, 20])


def test_rows_are_as_high_as_their_highest_cell():
    grid = make_grid(["Vraag", "n"], ["Een", "1"], [TEXT, "1"], ["a\u2028b", "1"])
    one, many, two = count_lines_of_rows(grid, measure_columns(grid, 200))
    assert (one, two) == (1, 2) and many > 5


def test_a_short_table_stands_on_one_page():
    rows = [["a", "1"]] * WHOLE
    assert is_whole(make_grid(["", ""], *rows), [1] * WHOLE)
    assert not is_whole(make_grid(["", ""], *rows), [1] * (WHOLE - 1) + [2])


def test_rows_that_stay_together_are_fewer_when_they_are_high():
    assert [count_edge(lines) for lines in ([1] * 20, [12, 1, 1], [4, 7, 1], [1, 1])] == [EDGE, 1, 2, 2]


def test_letters_shrink_before_a_word_is_broken():
    grid = make_grid(["Vraag", *["Verantwoordelijkheid"] * 6], ["x", *["1"] * 6])
    sizes = [measure_columns(grid, width).size for width in (900, 650, 100)]
    assert sizes[0] == SIZES[0] > sizes[1] >= sizes[2] == SIZES[-1]
    assert sum(measure_columns(grid, 100).widths) == pytest.approx(100)
