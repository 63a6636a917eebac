"""Answers: wording or codes, a column as a whole; what is no option is counted, or stops when it is much."""

import pandas as pd
import pytest

from conftest import make_export
from leercultuur.exports import reading
from leercultuur.exports.answers import read_answers, read_export
from leercultuur.instrument import CODEBOOK, Instrument, load_instrument
from leercultuur.project import InputError

INSTRUMENT = load_instrument()
FINE = [{"omvang": "10-49 medewerkers"} for _ in range(40)]


def coded(variable: str, *values: str, rest: str = "2") -> list[dict]:
    return [{variable: value} for value in values] + [{variable: rest}] * (40 - len(values))


@pytest.fixture
def changed(monkeypatch):
    """The codebook with these entries, for what reads exports."""
    import yaml

    def change(**entries):
        raw = yaml.safe_load(CODEBOOK.read_text(encoding="utf-8")) | entries
        monkeypatch.setattr(reading, "load_instrument", lambda: Instrument(raw))

    return change


def test_a_few_answers_that_are_no_option_are_counted_and_not_repeated(write_export):
    rows = [*FINE, {"omvang": "Bakkerij Jansen"}]
    answers = read_answers([write_export(*rows)])
    assert pd.isna(answers.frame["omvang"].iloc[-1])
    (caution,) = answers.cautions
    assert (caution.key, caution.count) == ("geen_optie", 1)
    assert "Omvang" in caution.text and "Jansen" not in caution.text + caution.remedy


def test_a_near_option_is_only_advice(write_export):
    answers = read_answers([write_export(*FINE, {"omvang": "10-50 medewerkers"})])
    assert pd.isna(answers.frame["omvang"].iloc[-1])
    assert '"10-49 medewerkers" ("10-50 medewerkers")' in answers.cautions[0].text


def test_many_stop_and_the_advice_is_never_to_make_a_number_an_option(write_export):
    many = [{"omvang": "vijf"}] * 4
    with pytest.raises(InputError, match=r"rij 42.*Verwacht: \"1-9 medewerkers\".*aliases"):
        read_export(write_export(*FINE, *many))
    with pytest.raises(InputError) as error:
        read_export(write_export(*FINE, *[{"omvang": "7"}] * 4))
    assert "geef bij codes in data/instrument.yml aan" in str(error.value)
    assert "aliases" not in str(error.value)


@pytest.mark.parametrize("variable", ["omvang", "taken_autonomie", "aandacht", "scholing", "sector"])
def test_codes_are_numbered_in_order_and_that_is_told(write_export, variable):
    answers = read_answers([write_export(*coded(variable, "1", "2", "3.0", "4", ""))])
    keys = list(INSTRUMENT.options(variable))
    assert answers.frame[variable].iloc[:4].tolist() == keys[:4]
    assert pd.isna(answers.frame[variable].iloc[4])
    assert [caution.key for caution in answers.cautions] == ["codes_aangenomen"]


@pytest.mark.parametrize("stray", ["0", "99", "7"])
def test_one_code_that_does_not_fit_stops(write_export, stray):
    """Codes from 0 would shift every answer by one, however rare the 0 is."""
    with pytest.raises(InputError, match=r"rij 2.*1 = 1-9 medewerkers.*codes"):
        read_export(write_export(*coded("omvang", stray)))


def test_words_and_codes_in_one_column_stop(write_export):
    """As of a scale of which only the ends have words."""
    with pytest.raises(InputError, match="codes"):
        read_export(write_export(*coded("taken_autonomie", "Helemaal niet", rest="3")))
    with pytest.raises(InputError, match="codes"):
        read_export(write_export(*coded("taken_autonomie", "3", rest="Helemaal niet")))


def test_codes_of_the_codebook_are_used_and_not_told(write_export, changed):
    changed(codes={"omvang": {"micro": 0, "klein": 1, "midden": 2, "groot": 9}})
    answers = read_answers([write_export(*coded("omvang", "0", "9", "1"))])
    assert answers.frame["omvang"].iloc[:4].tolist() == ["micro", "groot", "klein", "midden"]
    assert not answers.cautions


def test_zero_percent_that_excel_made_a_number(write_export):
    answers = read_export(write_export({"scholing": "0"}, *[{"scholing": "1-24%"}] * 3))
    assert answers["scholing"].tolist() == ["0", "1-24", "1-24", "1-24"]


def test_aliases_of_options_questions_and_columns(write_export, changed):
    changed(
        aliases={
            "questions": {"sector": ["Sector?"], "taken_uitdagend": ["is het werk spannend"]},
            "columns": {"omvang": ["Q12"]},
            "options": {"likert": {1: ["Nooit"]}, "sector": {"bouw": ["Bouwnijverheid"]}},
        }
    )
    text = make_export([{"taken_uitdagend": "nooit", "sector": "BOUWNIJVERHEID"}])
    text = text.replace(INSTRUMENT.header("sector"), "sector?").replace(INSTRUMENT.header("omvang"), "Q12")
    text = text.replace(INSTRUMENT.header("taken_uitdagend"), "In deze organisatie … is het werk spannend")
    answers = read_export(write_export(text=text))
    assert (answers["taken_uitdagend"][0], answers["sector"][0]) == (1.0, "bouw")


def test_a_question_that_may_be_absent(write_export, changed):
    changed(may_be_absent=["sector"])
    text = make_export([{}]).replace(INSTRUMENT.header("sector"), "Iets anders")
    answers = read_answers([write_export(text=text)])
    assert answers.frame["sector"].isna().all()
    assert [(caution.key, caution.count) for caution in answers.cautions] == [("vraag_ontbreekt", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "&gt; 249 medewerkers",
        "<b>> 249</b>&nbsp;medewerkers",
        ">\u2009249 Medewerkers",
        "> 249 mede\u00adwerkers",
    ],
)
def test_html_in_an_option(write_export, text):
    assert read_export(write_export({"omvang": text}))["omvang"][0] == "groot"


def test_codes_from_zero_with_letters_stop_too(write_export):
    """As LimeSurvey writes them; without its letters AO00 is as much a number as 0."""
    heads = "id,submitdate,lastpage,startlanguage," + ",".join(INSTRUMENT.variables)
    line = "{},2024-07-22 09:16:00,3,nl," + ",".join(["{}", "AO02", *["AO01"] * 29])
    text = "\n".join([heads, line.format(1, "AO00"), *(line.format(n, "AO03") for n in range(2, 42))])
    with pytest.raises(InputError, match=r'rij 2: "AO00".*1 = Helemaal niet.*geef bij codes'):
        read_export(write_export(text=text))


@pytest.mark.parametrize("none", ["NA", "n/a", "NaN", "NULL", "#NULL!"])
def test_what_programs_write_for_nothing_is_no_answer(write_export, none):
    rows = [{"omvang": none, "started_at": none, "toelichting": none}, {"submitted_at": none}]
    answers = read_answers([write_export(*rows)])
    assert answers.frame["omvang"].isna().tolist() == [True, False] and not answers.cautions
    assert answers.frame["started_at"].isna().tolist() == [True, False]
    assert answers.frame["submitted_at"].isna().tolist() == [False, True]
    assert answers.frame["toelichting"].tolist() == ["", ""]


def test_a_row_that_is_a_column_off_stops(write_export):
    """Of the items, which have the same options, nothing shows it."""
    first, *others = INSTRUMENT.variables
    fine = {v: next(iter(INSTRUMENT.options(v).values())) for v in [first, *others]}
    off = {first: ""} | dict(zip(others, list(fine.values())[:-1], strict=True))
    with pytest.raises(InputError, match=r"rij 42: antwoorden staan onder een andere vraag.*verschoven"):
        read_export(write_export(*FINE, off))


def test_one_answer_that_is_an_option_of_another_question_is_counted(write_export):
    (caution,) = read_answers([write_export(*FINE, {"omvang": "Bouw"})]).cautions
    assert (caution.key, caution.count) == ("geen_optie", 1)
