"""Verdicts as tables, and the record of a run."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leercultuur.intake.runs import Run
from leercultuur.sections import Section
from leercultuur.verification.matching import summarise_verdicts
from leercultuur.verification.page import (
    MADE_TO_FIT,
    in_words,
    section_label,
    tabulate_claims,
    tabulate_deviations,
    tabulate_numbers,
    tabulate_objections,
    tabulate_remarks,
    tabulate_summary,
    write_verdict,
)
from leercultuur.verification.printed import PUBLISHED_PERIOD, read_printed_remarks


@pytest.fixture
def numbers() -> pd.DataFrame:
    """Three verdicts, one of them a deviation."""
    blank = {"category": "", "population": "alle", "group_var": "", "group": "", "reason": ""}
    rows = [
        {"id": "F1", "section": "respons", "measure": "respons", "statistic": "count", "value": 1455},
        {"id": "F2", "section": "kenmerken", "measure": "taken", "statistic": "mean", "value": 3.37},
        {"id": "F3", "section": "kenmerken", "measure": "taken~aandacht", "statistic": "spearman"},
    ]
    more = [
        {"category": "analyse", "decimals": 0, "recomputed": 1455, "status": "gelijk"},
        {"decimals": 2, "recomputed": 3.388, "status": "wijkt af", "reason": "taken~aandacht klopt niet"},
        {"decimals": 2, "value": 0.3, "recomputed": 0.301, "status": "gelijk"},
    ]
    table = pd.DataFrame([blank | row | rest for row, rest in zip(rows, more, strict=True)])
    return table.assign(difference=table["recomputed"] - table["value"], printed_as_is=True)


@pytest.fixture
def claims() -> pd.DataFrame:
    rows = [
        ("C1", "Eerst", "Taken 3,4 > Omgeving 2,7", "gelijk", "aantoonbaar", 1e-9, 1e-8, 1.0),
        ("C2", "Dan", "", "wijkt af", "niet aantoonbaar", 1.0, 1.0, 0.013),
        ("C3", "Regel", "", "gelijk", "niet te toetsen", np.nan, np.nan, np.nan),
    ]
    columns = ["id", "uitspraak", "observed", "status", "carried", "p", "p_holm", "stability"]
    return pd.DataFrame(rows, columns=columns).assign(section="kenmerken")


def test_a_section_has_its_numbers_with_two_more_decimals_than_printed(numbers):
    table = tabulate_numbers(numbers, "kenmerken")

    assert table.texts.loc["F2"].tolist() == [
        "Leerrijke taken (gemiddelde)", "3,37", "3,3880", "0,0180", "wijkt af",
    ]  # fmt: skip
    assert table.texts.index.tolist() == ["F2", "F3"]
    assert tabulate_numbers(numbers, "respons").texts.loc["F1", "Herrekend"] == "1.455"


def test_a_benchmark_that_stands_as_printed_is_taken_over(numbers):
    numbers.loc[1:, "status"] = "niet te toetsen"
    numbers["printed_as_is"] = pd.array([True, True, None], "boolean")

    verdicts = tabulate_numbers(numbers, "kenmerken").texts["Oordeel"]

    assert verdicts.tolist() == ["overgenomen", "niet te toetsen"]


def test_the_counts_of_numbers_and_of_claims_add_up(numbers, claims):
    numbers.loc[0, "status"] = "niet te toetsen"

    row = tabulate_summary(summarise_verdicts(numbers, claims)).texts.loc["Totaal"].astype(int)

    counted = ["Cijfers: gelijk", "overgenomen", "wijkt af"]
    assert row[counted].tolist() == [1, 1, 1] and row["Cijfers samen"] == 3
    ordered = ["Uitspraken: dezelfde volgorde", "een andere volgorde"]
    assert row[ordered].tolist() == [2, 1] and row["Uitspraken samen"] == 3
    assert row["Uitspraken aantoonbaar"] == 1


def test_sections_are_named_as_the_report_names_them():
    sections = ["volwassenheid", "leren_en_ontwikkelen", "totaal"]

    assert [*map(section_label, sections)] == ["Aandacht voor leren", "Leren en ontwikkelen", "Totaal"]


def test_deviations_have_their_reason_in_words(numbers):
    texts = tabulate_deviations(numbers).texts

    assert texts.index.tolist() == ["F2"]
    assert texts.loc["F2", "Reden"].startswith("Leerrijke taken en ")


def test_claims_that_do_not_hold_are_shown_first_and_saved_in_order(claims):
    table = tabulate_claims(claims)

    assert table.texts["Volgorde"].tolist() == ["een andere", "dezelfde", "dezelfde"]
    assert table.data["id"].tolist() == ["C1", "C2", "C3"]
    asked = "Aantoonbaar, gecorrigeerd over alle uitspraken"
    assert table.texts[[asked, "p (Holm)", "Stabiliteit"]].values.tolist() == [
        ["nee", "1,000", "0,01"],
        ["ja", "<\u00a00,001", "1,00"],
        ["niet te toetsen", "–", "–"],
    ]


def test_slips_in_print_are_shown_in_words():
    texts = tabulate_remarks(read_printed_remarks()).texts

    assert texts["Opmerking"].str.contains("4,2").any()
    assert texts["Opmerking"].str.contains("F016").any()
    assert (texts != "").all(axis=None)


def test_objections_to_many_numbers_name_the_first():
    ids = " ".join(f"F{number}" for number in range(1, 10))
    rows = [("onmogelijk", "optelling", "ict|openbaar_bestuur", ids), ("opmerking", "woorden", "x", "F1 F2")]
    objections = pd.DataFrame(rows, columns=["severity", "check", "objection", "ids"])

    assert tabulate_objections(objections).texts["Cijfers"].tolist() == [
        "F1 F2 F3 F4 F5 en 4 andere",
        "F1 F2",
    ]


def test_names_of_the_codebook_in_a_sentence():
    assert (
        in_words("ict|openbaar_bestuur: taken~omgeving")
        == "ict tegen Openbaar bestuur: Leerrijke taken en Omgeving"
    )
    assert in_words("sector_naar_omvang: van de 64") == "Sector naar omvang: van de 64"
    assert in_words("(vestiging: 13,8%, organisatie: 14,8%)") == "(vestiging: 13,8%, organisatie: 14,8%)"


@pytest.mark.parametrize("number", ["SYN-0001", "R1"])
def test_the_verdict_is_recorded_and_says_when_data_were_made_to_fit(numbers, claims, tmp_path, number):
    section = Section("08", Run(PUBLISHED_PERIOD, Path("export.csv"), tmp_path))

    shown = write_verdict(section, numbers, claims, pd.DataFrame({"respondent_id": [number]}))

    record = json.loads((tmp_path / "data" / "verification.json").read_text(encoding="utf-8"))
    assert record["line"][1:] in shown.data
    assert (MADE_TO_FIT in shown.data) is number.startswith("SYN")


def test_nothing_is_recorded_in_a_finished_run(numbers, claims, tmp_path):
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    section = Section("08", Run(PUBLISHED_PERIOD, Path("export.csv"), tmp_path))

    write_verdict(section, numbers, claims, pd.DataFrame({"respondent_id": ["R1"]}))

    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]
