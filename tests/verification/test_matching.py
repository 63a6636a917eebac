"""Printed numbers beside recomputed ones, by hand-made tables."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from leercultuur.periods import Period
from leercultuur.verification.matching import match_numbers, summarise_verdicts, verification_summary
from leercultuur.verification.printed import read_printed_numbers
from leercultuur.verification.saved import SavedNumbers, gather, normalise_keys

OTHER_PERIOD = Period(date(2025, 1, 1), date(2025, 6, 30))
MEAN = {"measure": "taken", "statistic": "mean", "value": 3.37, "decimals": 2}


def make_numbers(*rows: dict) -> pd.DataFrame:
    """Printed numbers; what a row does not say is empty."""
    blank = dict.fromkeys(["section", "table", "category", "group_var", "group", "note"], "")
    blank |= {"population": "alle", "n": np.nan}
    return pd.DataFrame([blank | {"id": f"F{i:03}"} | row for i, row in enumerate(rows, start=1)])


def make_saved(*rows: dict) -> SavedNumbers:
    """Numbers from saved tables."""
    blank = dict.fromkeys(["category", "group_var", "group"], "")
    blank |= {"file": "02_x", "population": "alle", "n": np.nan, "measure": "taken", "statistic": "mean"}
    return gather(pd.DataFrame([blank | row for row in rows]))


def match_one(number: dict, *numbers: dict, **options) -> pd.Series:
    return match_numbers(make_numbers(number), make_saved(*numbers), **options).iloc[0]


def make_claims(*statuses: str, carried: int = 0) -> pd.DataFrame:
    """Claims, the first ones carried by a test."""
    shown = ["aantoonbaar" if i < carried else "niet aantoonbaar" for i in range(len(statuses))]
    return pd.DataFrame({"section": "kenmerken", "status": list(statuses), "carried": shown})


def test_equal_number():
    found = match_one(MEAN | {"n": 1403}, {"value": 3.3741, "n": 1403})

    assert (found.status, found.reason, found.source, found.printed_as_is) == ("gelijk", "", "02_x", True)
    assert found.recomputed == 3.3741
    assert found.difference == pytest.approx(0.0041)


def test_what_is_hidden_is_not_shown_and_nothing_else_is():
    saved = replace(make_saved({"value": np.nan}), protected=True)
    hidden = match_numbers(make_numbers(MEAN, MEAN | {"group_var": "sector", "group": "horeca"}), saved)
    assert list(hidden["status"]) == ["niet te toetsen"] * 2
    assert hidden["reason"].str.startswith("niet getoond").all()
    other = match_numbers(make_numbers(MEAN | {"measure": "organisatie"}), saved).iloc[0]
    assert other.reason == "staat niet in de tabellen"


def test_number_that_needs_two_roundings_says_so():
    found = match_one(MEAN | {"value": 15, "decimals": 0}, {"value": 14.47})

    assert (found.status, found.reason) == ("gelijk", "na afronden op 1 en dan op 0 decimalen")


def test_total_is_found_in_a_table_by_group():
    number = MEAN | {"group_var": "sector", "group": "totaal"}

    assert match_one(number, {"value": 3.37, "group_var": "omvang", "group": "totaal"}).status == "gelijk"


def test_correlation_and_comparison_are_found_in_either_order():
    rho = {"measure": "taken~aandacht", "statistic": "spearman", "value": 0.32, "decimals": 2}
    flag = {
        "statistic": "significant",
        "group_var": "omvang",
        "group": "klein|midden",
        "value": 1,
        "decimals": 0,
    }

    assert match_one(rho, rho | {"measure": "aandacht~taken"}).status == "gelijk"
    assert match_one(MEAN | flag, flag | {"group": "midden|klein"}).status == "gelijk"


def test_deviating_number():
    found = match_one(MEAN, {"value": 3.38})

    assert (found.status, found.printed_as_is) == ("wijkt af", False)
    assert found.reason == "geen verklaring in de gedrukte cijfers zelf"


def test_deviating_number_that_cannot_be_true_gets_the_most_specific_objection():
    objections = pd.DataFrame(
        {
            "ids": ["F001 F002 F003", "F001 F002", "F001"],
            "objection": ["ruim", "samen 100,2", "opgevallen"],
            "severity": ["onmogelijk", "onmogelijk", "opmerking"],
        }
    )

    found = match_one(MEAN, {"value": 3.38}, objections=objections)

    assert found.reason == "de gedrukte cijfers spreken elkaar tegen: samen 100,2"
    assert match_one(MEAN, {"value": 3.37}, objections=objections).reason == ""


def test_other_base_deviates():
    assert match_one(MEAN | {"n": 1403}, {"value": 3.37, "n": 1404}).status == "wijkt af"
    found = match_one(MEAN | {"n": 1403}, {"value": 3.37, "n": 1402})

    assert (found.status, found.reason) == ("wijkt af", "basis 1.402, gedrukt is 1.403")


def test_unknown_base_is_not_compared():
    assert match_one(MEAN | {"n": 1403}, {"value": 3.37}).status == "gelijk"
    assert match_one(MEAN, {"value": 3.37, "n": 1402}).status == "gelijk"


def test_conflicting_tables_deviate_although_one_agrees():
    found = match_one(MEAN, {"value": 3.37}, {"value": 3.4, "file": "07_y"})

    assert found.status == "wijkt af"
    assert found.reason.startswith("tabellen spreken elkaar tegen: 02_x geeft 3,3700")
    assert found.source == "02_x, 07_y"


def test_number_that_no_table_has():
    found = match_one(MEAN, {"value": 3.37, "measure": "collegas"})

    assert (found.status, found.reason, found.source) == ("niet te toetsen", "staat niet in de tabellen", "")
    assert np.isnan(found.recomputed)
    assert pd.isna(found.printed_as_is)


def test_empty_cell_is_not_a_deviation():
    found = match_one(MEAN, {"value": np.nan})

    assert (found.status, found.reason) == (
        "niet te toetsen",
        "leeg in de tabellen: te weinig antwoorden om te tonen",
    )


def test_group_that_was_left_out():
    group = {"group_var": "sector", "group": "horeca"}
    left_out = group | {"file": "04_weggelaten_sectoren", "measure": "", "statistic": "n", "value": 17.0}

    found = match_one(MEAN | group, left_out)

    assert (found.status, found.reason) == ("niet te toetsen", "de groep is weggelaten (n = 17)")


def test_benchmark_is_taken_over():
    number = MEAN | {"statistic": "benchmark_mean", "value": 3.45, "note": "NEA"}

    same = match_one(number, {"statistic": "benchmark_mean", "value": 3.45})
    other = match_one(number, {"statistic": "benchmark_mean", "value": 3.5})
    missing = match_one(number, {"value": 3.45})

    assert (same.status, same.reason, same.printed_as_is) == (
        "niet te toetsen",
        "benchmark, overgenomen (NEA)",
        True,
    )
    assert (other.status, other.printed_as_is) == ("wijkt af", False)
    assert missing.status == "niet te toetsen"
    assert pd.isna(missing.printed_as_is)


def test_other_period_shows_values_without_judging():
    found = match_one(MEAN, {"value": 3.2}, period=OTHER_PERIOD)

    assert found.status == "niet te toetsen"
    assert found.reason.startswith("andere periode: 1 januari 2025 t/m 30 juni 2025")
    assert found.recomputed == 3.2


def test_summary_counts_per_section_and_in_all():
    benchmark = {"statistic": "benchmark_mean", "value": 3.45}
    rows = [MEAN, MEAN | {"value": 3.1}, MEAN | benchmark, MEAN | {"measure": "omgeving"}]
    numbers = make_numbers(*(row | {"section": section} for row, section in zip(rows, "aabb", strict=True)))
    matched = match_numbers(numbers, make_saved({"value": 3.37}, benchmark))

    summary = summarise_verdicts(matched, make_claims("gelijk", "wijkt af")).set_index("section")

    columns = ["equal", "benchmark", "deviating", "untestable", "total"]
    assert summary.loc["a", columns].tolist() == [1, 0, 1, 0, 2]
    assert summary.loc["b", columns].tolist() == [0, 1, 0, 1, 2]
    assert summary.loc["totaal", columns].tolist() == [1, 1, 1, 1, 4]
    assert summary.loc["kenmerken", ["claims_equal", "claims_deviating", "claims_total"]].tolist() == [
        1,
        1,
        2,
    ]


def test_summary_counts_what_agrees_and_says_it_in_a_line():
    benchmark = {"statistic": "benchmark_mean", "value": 3.45}
    numbers = make_numbers(MEAN, MEAN | {"value": 3.1}, MEAN | benchmark)
    matched = match_numbers(numbers, make_saved({"value": 3.37}, benchmark))

    summary = verification_summary(matched, make_claims("gelijk", "gelijk", "wijkt af", carried=1))

    assert summary["line"] == (
        "2 van de 3 gedrukte cijfers komen overeen (1 herrekend, 1 benchmarks overgenomen); "
        "2 van de 3 uitspraken staan in dezelfde volgorde, 1 daarvan aantoonbaar"
    )
    assert summary["numbers"] == {"equal": 1, "benchmark": 1, "deviating": 1, "untestable": 0, "total": 3}
    assert summary["claims"] == {"equal": 2, "deviating": 1, "untestable": 0, "total": 3, "carried": 1}
    json.dumps(summary)


def test_summary_on_another_period_says_that_nothing_is_tested():
    matched = match_numbers(make_numbers(MEAN), make_saved({"value": 3.37}), period=OTHER_PERIOD)

    line = verification_summary(matched, make_claims("niet te toetsen"))["line"]

    assert line == "geen van de 1 gedrukte cijfers en 1 uitspraken is te toetsen"


def test_summary_names_what_could_not_be_tested():
    numbers = make_numbers(MEAN, MEAN | {"measure": "omgeving"})
    matched = match_numbers(numbers, make_saved({"value": 3.37}))

    line = verification_summary(matched, make_claims("gelijk"))["line"]

    assert "niet te toetsen: 1 cijfers, 0 uitspraken" in line


def test_printed_numbers_agree_with_themselves_and_one_change_is_noticed():
    printed = read_printed_numbers()
    printed = printed[~normalise_keys(printed).duplicated()]  # printed twice, with more or fewer decimals
    tables = printed.rename(columns={"table": "file"})
    other = tables.assign(value=tables["value"].where(tables["id"] != "F159", 3.4))

    matched = match_numbers(printed, gather(tables))
    changed = match_numbers(printed, gather(other))

    assert matched["printed_as_is"].all()
    benchmarks = matched["statistic"].str.startswith("benchmark")
    assert (matched["status"] == "gelijk").equals(~benchmarks)
    assert changed.loc[changed["status"] == "wijkt af", "id"].tolist() == ["F159"]
