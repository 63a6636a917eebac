import pytest

from leercultuur.formatting import nl_number, nl_p, nl_percent
from leercultuur.report.writers.sheets.amounts import Amount, read_amount, split_columns
from leercultuur.style.shown import Grid, Line
from leercultuur.style.table import LINE


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        (nl_number(1403), Amount(1403, "#,##0")),
        (nl_number(-0.125, 2), Amount(-0.13, "#,##0.00")),
        (nl_number(1234.5, 1), Amount(1234.5, "#,##0.0")),
        (nl_percent(28.46), Amount(0.285, "0.0%")),
        (nl_percent(-7.1), Amount(-0.071, "0.0%")),
        (nl_percent(80, 0), Amount(0.8, "0%")),
        (nl_p(0.032), Amount(0.032, "#,##0.000")),
    ],
)
def test_what_is_written_as_a_number_is_read_as_one(text, amount):
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    "text",
    [nl_p(0.0001), nl_number(float("nan")), "", "2024", "1-24%", "10.5", "3,10 †", "1.40", "= 3", "-1"],
)
def test_anything_else_is_a_name(text):
    assert read_amount(text) is None


def split(heading: str, *cells: str, before: str = "") -> dict[str, list[str]]:
    """The columns that one becomes, with what is in the column before it."""
    lines = [Line("", f"rij {place}", [before, cell]) for place, cell in enumerate(cells)]
    columns = split_columns(Grid("Proef", ["Wat", "Ervoor", heading], lines))
    return {column.heading: column.texts for column in columns[2:]}


def test_ends_of_an_interval_are_percentages_where_what_it_is_of_is_one():
    low, high = "95%-interval, ondergrens", "95%-interval, bovengrens"
    assert split("95%-interval", "2,8 tot 4,7", "–", before="3,6%") == {
        low: ["2,8%", "–"],
        high: ["4,7%", "–"],
    }
    assert split("95%-interval", "2,8 tot 4,7", before="3,6") == {low: ["2,8"], high: ["4,7"]}


def test_a_heading_can_say_that_numbers_are_percentages():
    assert split("CBS, %", "7,4", "–") == {"CBS, %": ["7,4%", "–"]}
    share = split("Aandeel in %, 90%-interval", f"51,0{LINE}45,2 tot 56,0")
    assert list(share.values()) == [["51,0%"], ["45,2%"], ["56,0%"]]
    assert split("95%-marge", "7,4") == {"95%-marge": ["7,4"]}


def test_a_name_that_each_number_has_goes_to_the_heading():
    assert split("Taken", f"3,51{LINE}3,39 tot 3,64{LINE}was\u00a03,59") == {
        "Taken": ["3,51"],
        "Taken, ondergrens": ["3,39"],
        "Taken, bovengrens": ["3,64"],
        "Taken, was": ["3,59"],
    }
    assert split("Oordeel", f"zeker{LINE}p <\u00a00,001", f"onzeker{LINE}p 0,249", "–") == {
        "Oordeel": ["zeker", "onzeker", "–"],
        "Oordeel, p": ["< 0,001", "0,249", "–"],
    }
    assert split("Rho", "vanaf 0,50", "vanaf 0,30") == {"Rho, vanaf": ["0,50", "0,30"]}


def test_names_of_their_own_stay_with_their_numbers():
    assert split("Verschil", "V 0,12", "0,05") == {"Verschil": ["V 0,12", "0,05"]}


def test_groups_have_a_heading_that_no_other_column_has():
    lines = [Line("Taken", "Variatie", ["1"]), Line("", "n", ["9"])]
    found = [split_columns(Grid("Proef", ["Wat", heading], lines))[0] for heading in ("n", "Onderdeel")]
    assert [column.heading for column in found] == ["Onderdeel", "Groep"]
    assert found[0].texts == ["Taken", ""]


def test_names_of_rows_are_numbers_when_all_are():
    lines = [Line("", "50", ["a"]), Line("", "1.000", ["b"])]
    assert split_columns(Grid("Proef", ["n", "x"], lines))[0].has_amounts
    assert not split_columns(Grid("Proef", ["n", "x"], [*lines, Line("", "2024", ["c"])]))[0].has_amounts


def test_what_is_less_than_a_number_stands_as_one():
    lines = [Line("", "a", ["<\u00a00,001"])]
    assert split_columns(Grid("Proef", ["Wat", "p"], lines))[1].has_amounts


def test_numbers_of_others_stay_as_they_are():
    grid = Grid(
        "Vreemd",
        ["code", "waarde"],
        [Line("", "007", ["0.123"]), Line("", "010", ["10 tot 49"])],
        foreign=True,
    )
    columns = split_columns(grid)
    assert [(column.heading, column.texts, column.has_amounts) for column in columns] == [
        ("code", ["007", "010"], False), ("waarde", ["0.123", "10 tot 49"], False),
    ]  # fmt: skip
