"""What the report rests on: model, questions, terms and colophon follow codebook, run and thresholds."""

import re
import tomllib

import pytest
import yaml

from leercultuur.findings import background
from leercultuur.findings.background import (
    CITATION,
    SCORE,
    explain_colophon,
    explain_period,
    explain_terms,
    list_variables,
    quote_question,
    tabulate_codebook,
    tabulate_model,
    tabulate_questions,
)
from leercultuur.instrument import load_instrument
from leercultuur.intake.respondents import SYNTHETIC_NOTICE, clean_export, write_respondents
from leercultuur.intake.runs import open_run
from leercultuur.project import PROJECT


@pytest.fixture
def run(tmp_path, write_export):
    return open_run(
        "2024-07-01", "2024-12-31", str(write_export({}, {"status": "Afgebroken"})), str(tmp_path / "run")
    )


def test_the_model_has_every_question_in_full_under_its_characteristic():
    codebook, grid = load_instrument(), tabulate_model().read()
    assert [line.group for line in grid.lines] == [
        codebook.label(codebook.scale_of(item)) for item in codebook.items
    ]
    for item, line in zip(codebook.items, grid.lines, strict=True):
        assert codebook.header(item) == f"{codebook.item_stem} {line.cells[0]}"
        assert (line.label, line.cells[1]) == (codebook.aspect_of(item), codebook.label(item))
    assert codebook.item_stem in grid.note


def test_a_question_without_an_aspect_has_its_own_name_in_the_model(monkeypatch):
    codebook = load_instrument()
    monkeypatch.setitem(codebook._raw["items"]["taken_autonomie"], "aspect", "")
    assert "Autonomie in het werk" in [line.label for line in tabulate_model().read().lines]


def test_everything_else_that_was_asked_stands_in_full_with_its_answers():
    codebook, grid = load_instrument(), tabulate_questions().read()
    asked = {line.cells[0]: line.cells[1] for line in grid.lines}
    assert list(asked) == [codebook.header(key) for key in [*codebook.statements, *codebook.categorical]]
    for key in codebook.categorical:
        assert asked[codebook.header(key)].split("\u2028") == list(codebook.options(key).values())


def test_the_codebook_has_every_variable_with_its_codes():
    codebook, variables = load_instrument(), list_variables().set_index("variable")
    assert list(variables.index) == [*codebook.variables, *codebook.derived]
    for key in codebook.variables:
        assert variables.loc[key, "question"] == codebook.header(key)
        for code, text in codebook.options(key).items():
            assert f"{code} = {text}" in variables.loc[key, "options"].split("; ")
    assert variables.loc["omgeving_aanpassen", ["scale", "aspect"]].tolist() == ["omgeving", "Inpassen"]
    assert variables.loc["informeel_leren", "kind"] == SCORE
    grid = tabulate_codebook().read("07_codeboek")
    assert (len(grid.lines), grid.folded, grid.file) == (len(variables), True, "07_codeboek")


def test_terms_are_by_alphabet_each_in_one_or_two_sentences_with_the_thresholds(monkeypatch):
    text = explain_terms()
    lines = text.splitlines()
    names = [re.match(r"- \*\*([^*]+)\*\*: ", line) for line in lines]
    assert all(names) and "{" not in text
    assert [name[1].lower() for name in names] == sorted(name[1].lower() for name in names)
    for line in lines:
        assert line.endswith(".") and len(re.findall(r"[.:?](?= [A-Z])", line)) <= 3, line
    assert "kleiner dan 0,05" in text and "Micro" not in text and "micro (1-9)" in text
    monkeypatch.setattr(background, "ALPHA", 0.01)
    assert "kleiner dan 0,01" in explain_terms()


def test_the_period_is_that_of_the_run(run):
    assert "1 juli 2024 t/m 31 december 2024" in explain_period(run)


def test_a_question_is_quoted_as_it_was_asked():
    assert load_instrument().header("scholing") in quote_question("scholing")


def test_the_colophon_is_about_this_run(run):
    cleaned = clean_export(run, "open")
    alone = explain_colophon(run, cleaned.respondents)
    assert "export.csv" in alone and "Daarin telt 1 vragenlijst mee" in alone and "ingevuld" not in alone
    write_respondents(run, cleaned)
    kept = explain_colophon(run, cleaned.respondents)
    assert "Daarin zijn 2 vragenlijsten ingevuld; 1 telt mee" in kept
    assert "TNO en Hogeschool Windesheim (2024)" in kept and "EUPL-1.2" in kept
    assert "synthetische" not in kept.lower()


def test_the_colophon_of_made_up_data_says_so_in_the_reference_too(run):
    respondents = clean_export(run, "open").respondents
    respondents["respondent_id"] = "SYN-0001"
    text = explain_colophon(run, respondents)
    assert SYNTHETIC_NOTICE in text and text.endswith("Synthetische gegevens.")


def test_the_version_in_the_reference_is_that_of_the_package():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert yaml.safe_load(CITATION.read_text(encoding="utf-8"))["version"] == project["version"]
