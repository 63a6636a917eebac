import pandas as pd
import pytest

from conftest import make_export
from leercultuur.exports.answers import read_export
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError


def test_answers_are_named_as_in_the_codebook(write_export):
    path = write_export({"omvang": "10-49 medewerkers", "aandacht": ""}, {"submitted_at": ""})
    answers = read_export(path)
    assert len(answers) == 2
    assert answers.loc[0, "taken_gevarieerd"] == 4.0
    assert answers.loc[0, "omvang"] == "klein"
    assert pd.isna(answers.loc[0, "aandacht"])
    assert answers.loc[0, "submitted_at"] == pd.Timestamp("2024-07-22 09:10")
    assert pd.isna(answers.loc[1, "submitted_at"])
    assert list(answers["omvang"].cat.categories) == ["micro", "klein", "midden", "groot"]


@pytest.mark.parametrize(
    "text", ["10–49 medewerkers", " 10-49  medewerkers ", "10-49\u00a0Medewerkers", "10‑49 medewerkers"]
)
def test_white_space_dashes_and_capitals_do_not_matter(write_export, text):
    assert read_export(write_export({"omvang": text})).loc[0, "omvang"] == "klein"


def test_day_and_month_are_never_swapped(write_export):
    answers = read_export(write_export({"submitted_at": "03-02-2025 10:00"}))
    assert answers.loc[0, "submitted_at"] == pd.Timestamp(2025, 2, 3, 10)
    answers = read_export(write_export({"submitted_at": "2025-02-03 10:00"}))
    assert answers.loc[0, "submitted_at"] == pd.Timestamp(2025, 2, 3, 10)
    with pytest.raises(InputError, match="dd-mm-jjjj"):
        read_export(write_export({"submitted_at": "3 feb 2025 10:00"}))


def test_an_unknown_option_is_named_with_file_column_row_value_and_remedy(write_export):
    with pytest.raises(InputError) as error:
        read_export(write_export({}, {"omvang": "10-50 medewerkers"}))
    for part in ("export.csv", "Omvang organisatie/vestiging", "rij 3", '"10-50 m', "10-49", "Verbeter"):
        assert part in str(error.value)


@pytest.mark.parametrize("column", ["omvang", "taken_autonomie", "submitted_at", "status"])
@pytest.mark.parametrize(
    "text", ["jan@voorbeeld.example", "Bakkerij Jansen", "Bouw BV", "0612345678", "06-12345678"]
)
def test_what_may_be_personal_in_a_shifted_column_is_not_repeated(write_export, column, text):
    with pytest.raises(InputError, match=rf"rij 2: \(tekst van {len(text)} tekens\)") as error:
        read_export(write_export({column: text}))
    assert text not in str(error.value)


def test_rows_are_numbered_as_a_spreadsheet_shows_them(write_export):
    lines = make_export([{}, {"omvang": "10-50 medewerkers"}]).splitlines()
    text = "\n".join([*lines[:2], "", ";" * 37, lines[2]])
    with pytest.raises(InputError, match="rij 5"):
        read_export(write_export(text=text))
    answers = read_export(write_export(text=text.replace("10-50", "10-49")))
    assert list(answers.index) == [0, 1]


def test_a_missing_column_is_named(write_export):
    header = load_instrument().header("sector")
    with pytest.raises(InputError, match=r"sector.*ontbreekt"):
        read_export(write_export(text=make_export([{}]).replace(header, "Iets anders")))


def test_a_double_column_is_named(write_export):
    text = make_export([{}])
    text = text.replace(load_instrument().header("sector"), load_instrument().header("omvang"))
    with pytest.raises(InputError, match=r"ontbreekt|dubbel"):
        read_export(write_export(text=text))


def test_respondent_numbers_are_there_and_unique(write_export):
    with pytest.raises(InputError, match="eigen respondentnummer"):
        read_export(write_export({"respondent_id": "A"}, {"respondent_id": "A"}))
    with pytest.raises(InputError, match="eigen respondentnummer"):
        read_export(write_export({"respondent_id": " "}))


@pytest.mark.parametrize("text", ["jan@voorbeeld.example", "=1+71"])
def test_a_respondent_number_is_no_address_and_no_formula(write_export, text):
    with pytest.raises(InputError, match="rij 2") as error:
        read_export(write_export({"respondent_id": text}))
    assert text not in str(error.value)


def test_a_name_as_double_respondent_number_is_not_repeated(write_export):
    with pytest.raises(InputError, match="eigen respondentnummer") as error:
        read_export(write_export({"respondent_id": "Bakkerij Jansen"}, {"respondent_id": "Bakkerij Jansen"}))
    assert "Jansen" not in str(error.value)


def test_files_that_are_no_export_say_why(write_export, tmp_path):
    with pytest.raises(InputError, match="niet gevonden"):
        read_export(tmp_path / "weg.csv")
    with pytest.raises(InputError, match=r"niet herkend.*Qualtrics.*LimeSurvey"):
        read_export(write_export(text="één;twee\n1;2\n", encoding="latin-1"))
    with pytest.raises(InputError, match="geen vragenlijsten"):
        read_export(write_export(text=make_export([])))
    with pytest.raises(InputError, match="niet te lezen als CSV"):
        read_export(write_export({"toelichting": "a" * 200_000}))
    with pytest.raises(InputError, match=r"rij 2 \(regel 2\): 1 kolommen"):
        read_export(write_export(text=make_export([]) + "los\n"))
