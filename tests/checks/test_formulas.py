"""What a spreadsheet would run as a formula is text; numbers and what people write are not touched."""

import pandas as pd
import pytest

from leercultuur.checks.formulas import neutralise, neutralise_texts


@pytest.mark.parametrize(
    "text",
    ["=1+1", "-1+1|cmd", "@SUM(A1)", "\tx", "\rx", "＝1", "＋1", "－x", "＠x", " =1", "\ufeff=1", "\u200b-x"],
)
def test_what_begins_as_a_formula_gets_an_apostrophe(text):
    assert neutralise(text) == f"'{text}"


def test_a_dutch_spreadsheet_begins_a_cell_at_a_semicolon_or_line():
    assert neutralise("Bouw;=1") == "Bouw;'=1" and neutralise("Bouw\n@x") == "Bouw\n'@x"


@pytest.mark.parametrize(
    "text", ["", "–", "-", "-0,12", "−0,12", "-0,12 tot 0,30", "Bouw - afbouw", "a@b", "x=1"]
)
def test_other_texts_stay(text):
    assert neutralise(text) == text


def test_a_table_keeps_its_numbers_and_kinds():
    table = pd.DataFrame({"=x": ["=1", None], "n": [-5, 3], "p": [-0.5, 1 / 3], "ok": [True, False]})
    table["sector"] = pd.Categorical(["@bouw", "zorg"])
    table["day"] = pd.to_datetime(["2025-01-01", "2025-01-02"])
    safe = neutralise_texts(table)
    assert list(safe) == ["'=x", "n", "p", "ok", "sector", "day"]
    assert safe.iloc[0, 0] == "'=1" and safe["sector"].tolist() == ["'@bouw", "zorg"]
    assert safe[["n", "p", "ok", "day"]].equals(table[["n", "p", "ok", "day"]])
