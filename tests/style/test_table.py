"""A table as HTML: every header says what it heads, and nothing is said twice."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from leercultuur.instrument import load_instrument
from leercultuur.style.table import LINE, Table


def make_table(rows: dict, index: list, **fields) -> Table:
    texts = pd.DataFrame(rows, index=index)
    return Table("Sectoren", texts, texts, **fields)


def show(table: Table) -> BeautifulSoup:
    return BeautifulSoup(table._repr_html_(), "html.parser")


def cells(shown: BeautifulSoup, name: str) -> list[str]:
    return [cell.get_text() for cell in shown.find_all(name)]


def test_headers_name_what_they_head():
    shown = show(make_table({"Laag (1-2)": ["1", "2"]}, ["Bouw", "Zorg"]))
    assert [header["scope"] for header in shown.find_all("th")] == ["col", "col", "row", "row"]
    assert cells(shown, "th") == ["Onderwerp", "Laag\u00a0(1\u20112)", "Bouw", "Zorg"]


def test_rows_stand_under_the_heading_of_their_group():
    index = pd.MultiIndex.from_tuples([("Omvang", "Klein"), ("Omvang", "Groot"), ("", "n")])
    shown = show(make_table({"%": ["1", "2", "3"]}, index))
    bodies = shown.find_all("tbody")
    heading = bodies[0].th
    assert (heading["scope"], heading["colspan"], heading.get_text()) == ("rowgroup", "2", "Omvang")
    assert cells(bodies[0], "td") == ["1", "2"] and len(bodies[1].find_all("th")) == 1


def test_columns_without_anything_and_those_that_repeat_are_not_shown():
    rows = {"%": ["1", "2", "3"], "n": "40", "WEA": "–", "Oordeel": f"open{LINE}(ja)"}
    shown = show(make_table(rows, ["a", "b", "c"], note="Zo."))
    assert cells(shown.thead, "th") == ["Onderwerp", "%"]
    assert shown.caption.get_text() == "Sectoren (n\u00a0=\u00a040)"
    assert shown.find(class_="note").get_text() == "Zo. Oordeel: overal open (ja)."


def test_numbers_that_happen_to_be_the_same_stay():
    rows = {"Nooit": ["2,5%"] * 3, "Altijd": ["−1"] * 3}
    assert cells(show(make_table(rows, ["a", "b", "c"])).thead, "th") == ["Onderwerp", *rows]


def test_where_nothing_can_be_shown_the_caption_says_so():
    table = make_table({"%": ["–"] * 3, "n": ["4"] * 3}, ["a", "b", "c"])
    assert table._repr_html_() == '<p class="caption">Sectoren (n\u00a0=\u00a04): geen cijfers</p>'


def test_of_few_rows_columns_stay():
    shown = show(make_table({"%": ["1", "2"], "n": ["40", "40"]}, ["a", "b"]))
    assert cells(shown.thead, "th") == ["Onderwerp", "%", "n"]


def test_a_folded_table_is_closed_under_its_caption():
    shown = show(make_table({"%": ["1"]}, ["a"], folded=True))
    assert shown.details.summary.get_text() == shown.table["aria-label"] == "Sectoren"
    assert shown.caption is None


def test_the_wording_of_a_question_stands_with_its_short_name():
    item = load_instrument().items[0]
    shown = show(make_table({"%": ["1"]}, [load_instrument().label(item)]))
    assert shown.abbr["title"] == load_instrument().header(item)


@pytest.mark.parametrize("folded", [True, False])
def test_everything_is_escaped(folded):
    texts = pd.DataFrame({"<b>": ["<script>", None]}, index=["a & b", "c"])
    html = Table("x < y", texts, texts, note="<i>", folded=folded)._repr_html_()
    for text in ("&lt;b&gt;", "&lt;script&gt;", "a &amp; b", "x &lt; y", "&lt;i&gt;", "<td>–</td>"):
        assert text in html
