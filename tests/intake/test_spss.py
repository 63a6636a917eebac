"""Respondents as an SPSS file, read back."""

import pandas as pd
import pyreadstat
import pytest

from conftest import make_respondents
from leercultuur.exports.files import hash_file
from leercultuur.exports.wordings import option_codes
from leercultuur.instrument import load_instrument
from leercultuur.intake.spss import LABEL_BYTES, write_sav

INSTRUMENT = load_instrument()


@pytest.fixture
def people() -> pd.DataFrame:
    people = make_respondents(60)
    people["organisation_id"] = [float(number // 2) if number > 3 else float("nan") for number in range(60)]
    people.loc[5, "taken_autonomie"] = float("nan")
    people.loc[6, "sector"] = float("nan")
    people.loc[7, "sector"] = "weet_niet"
    return people


def test_what_was_written_is_read_back(people, tmp_path):
    path = tmp_path / "respondents.sav"
    write_sav(people, path)
    frame, _ = pyreadstat.read_sav(path, user_missing=True)
    assert list(frame.columns) == list(people.columns) and len(frame) == 60
    assert (frame["submitted_at"] == people["submitted_at"]).all()
    assert (frame["respondent_id"] == people["respondent_id"]).all()
    for variable in INSTRUMENT.variables:
        codes = option_codes(variable, INSTRUMENT)
        expected = [codes.get(key) for key in people[variable].astype(object)]
        assert [None if pd.isna(code) else code for code in frame[variable]] == expected, variable
    for score in INSTRUMENT.derived:
        pd.testing.assert_series_equal(frame[score], people[score])


def test_unanswered_is_system_missing_and_not_knowing_is_an_answer(people, tmp_path):
    path = tmp_path / "respondents.sav"
    write_sav(people, path)
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    assert pd.isna(frame.loc[5, "taken_autonomie"]) and pd.isna(frame.loc[6, "sector"])
    assert meta.variable_value_labels["sector"][frame.loc[7, "sector"]] == "Weet ik niet"
    assert not meta.missing_ranges and not meta.missing_user_values


def test_labels_and_measures_are_those_of_the_codebook(people, tmp_path):
    path = tmp_path / "respondents.sav"
    write_sav(people, path)
    _, meta = pyreadstat.read_sav(path)
    labels = meta.column_names_to_labels
    assert labels["sector"] == INSTRUMENT.header("sector")
    assert labels["taken_autonomie"] == INSTRUMENT.header("taken_autonomie")
    assert labels["taken"] == INSTRUMENT.label("taken")
    measures = meta.variable_measure
    assert [measures[name] for name in ("taken_autonomie", "omvang", "sector", "taken", "respondent_id")] == [
        "ordinal", "ordinal", "nominal", "scale", "nominal",
    ]  # fmt: skip
    texts = [text for values in meta.variable_value_labels.values() for text in values.values()]
    assert max(len(text.encode()) for text in texts) <= LABEL_BYTES
    assert meta.variable_value_labels["taken_autonomie"][5.0] == "In zeer sterke mate"


def test_the_same_respondents_give_the_same_bytes(people, tmp_path):
    one, other = tmp_path / "a.sav", tmp_path / "b.sav"
    write_sav(people, one)
    content = one.read_bytes()
    assert content[92:101].decode() == people["submitted_at"].max().strftime("%d %b %y")
    write_sav(people, other)
    assert hash_file(one) == hash_file(other)
