"""Columns: which one is which question, what is missing, and what looks like it."""

import pandas as pd
import pytest

from conftest import make_export
from leercultuur.exports.answers import read_answers, read_export
from leercultuur.exports.columns import _letter
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError

INSTRUMENT = load_instrument()


def test_the_nearest_column_is_advice_only(write_export):
    text = make_export([{}]).replace(INSTRUMENT.header("sector"), "In welke sector valt uw organisatie?")
    with pytest.raises(InputError, match=r"ontbreekt.*lijkt erop: \"In welke sector valt uw organisatie\?\""):
        read_export(write_export(text=text))


def test_an_empty_second_column_does_no_harm(write_export):
    lines = make_export([{}, {}]).splitlines()
    header = INSTRUMENT.header("sector")
    text = "\n".join([f'{lines[0]};"{header}"', f"{lines[1]};", f"{lines[2]};"])
    assert read_export(write_export(text=text))["sector"].tolist() == ["landbouw"] * 2
    filled = "\n".join([f'{lines[0]};"{header}"', f"{lines[1]};Bouw", f"{lines[2]};"])
    with pytest.raises(InputError, match=r"dubbel in \(kolom AL en AM\)"):
        read_export(write_export(text=filled))


def test_columns_that_are_no_question_are_ignored(write_export):
    lines = make_export([{}]).splitlines()
    text = "\n".join([f"{lines[0]};;Duur;Duur", f"{lines[1]};;12;13"])
    assert len(read_export(write_export(text=text))) == 1


def test_without_numbers_and_status_these_follow_from_the_rest(write_export):
    text = make_export([{}, {"submitted_at": ""}])
    text = text.replace(f'"{INSTRUMENT.header("respondent_id")}"', '"a"').replace('"Status"', '"b"')
    answers = read_answers([write_export(text=text)])
    assert answers.frame["respondent_id"].tolist() == ["2", "3"]
    assert answers.frame["status"].tolist() == ["voltooid", "gedeeltelijk"]
    assert {caution.key for caution in answers.cautions} == {"geen_respondentnummer", "status_afgeleid"}


def test_garbled_letters_are_said_to_be_garbled(write_export):
    text = make_export([{}])
    with pytest.raises(InputError, match=r"11 van de 31 vragen.*verminkt"):
        read_export(write_export(text=text.encode().decode("cp1252")))
    with pytest.raises(InputError, match=r"geïnformeerd.* ontbreekt.*geÃ¯nformeerd.*verminkt"):
        read_export(write_export(text=text.replace("ï", "Ã¯")))


def test_all_problems_are_counted_and_the_first_is_told(write_export):
    path = write_export({"omvang": "vijf", "submitted_at": "gisteren", "respondent_id": "a@b"})
    with pytest.raises(InputError, match=r"Er is nog meer \(2\): python -m leercultuur check export\.csv"):
        read_export(path)


def test_without_a_submit_time_there_is_no_period(write_export):
    with pytest.raises(InputError, match='kolom "Eindtijd" ontbreekt'):
        read_export(write_export(text=make_export([{}]).replace('"Eindtijd"', '"Iets"')))


def test_a_start_time_may_be_lacking(write_export):
    answers = read_answers([write_export(text=make_export([{}]).replace('"Starttijd"', '"Iets"'))])
    assert answers.frame["started_at"].isna().all() and answers.frame["started_at"].dtype == "datetime64[ms]"
    assert pd.notna(answers.frame["submitted_at"]).all()


def test_columns_are_named_as_a_spreadsheet_does():
    assert [_letter(number) for number in (0, 25, 26, 51, 52, 702)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def branches(*extra: str, question: str = "Vestiging - {}"):
    """Two questionnaires, of which the second did not answer about its sector; and a second column for it."""
    lines = make_export([{}, {"sector": ""}]).splitlines()
    head = f'{lines[0]};"{question.format(INSTRUMENT.header("sector"))}"'
    return "\n".join([head, *(f"{line};{text}" for line, text in zip(lines[1:], extra, strict=True))])


def test_a_question_that_each_branch_asks_again_is_not_half_lost(write_export):
    with pytest.raises(InputError, match=r"sector.*dubbel in \(kolom AL en AM\).*elk van beide een deel"):
        read_export(write_export(text=branches("", "Bouw")))


@pytest.mark.parametrize("extra", [("Bouw", ""), ("", "0"), ("", "Toelichting")])
def test_a_column_that_only_looks_like_the_question_does_no_harm(write_export, extra):
    """Such as the points for it, or the same answers once more."""
    answers = read_export(write_export(text=branches(*extra)))
    assert answers["sector"].iloc[0] == "landbouw" and pd.isna(answers["sector"].iloc[1])


def test_what_the_platform_knows_by_that_name_is_no_second_question(write_export):
    answers = read_export(write_export(text=branches("bouw", "bouw", question="sector")))
    assert answers["sector"].iloc[0] == "landbouw" and pd.isna(answers["sector"].iloc[1])


@pytest.mark.parametrize("form", ["{} {}", "{} - {}", "{} [{}]"])
def test_a_column_for_each_option_is_said_to_be_that(write_export, form):
    """With one of these columns as an alias, everyone who chose another option would be unanswered."""
    lines = make_export([{}]).splitlines()
    header = INSTRUMENT.header("perspectief")
    options = list(INSTRUMENT.options("perspectief").values())
    head = lines[0].replace(header, form.format(header, options[0]))
    text = "\n".join([f'{head};"{form.format(header, options[1])}"', f"{lines[1]};"])
    with pytest.raises(InputError, match="1 vraag heeft een kolom per antwoordoptie") as error:
        read_export(write_export(text=text))
    assert "aliases" not in str(error.value)
