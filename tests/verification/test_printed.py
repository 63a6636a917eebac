"""Printed figures beside recomputed ones, by hand-made tables."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from leercultuur.verification.printed import (
    agrees,
    match_figures,
    read_published_claims,
    read_published_figures,
    round_half_away,
    summarise,
    verification_line,
    verification_summary,
)
from leercultuur.verification.saved import normalise_keys

MEAN = {"measure": "taken", "statistic": "mean", "value": 3.37, "decimals": 2}


def make_figures(*rows: dict) -> pd.DataFrame:
    """Printed figures; what a row does not say is empty."""
    blank = dict.fromkeys(["section", "table", "category", "group_var", "group", "note"], "")
    blank |= {"population": "alle", "n": np.nan}
    return pd.DataFrame([blank | {"id": f"F{i:03}"} | row for i, row in enumerate(rows, start=1)])


def make_tables(*rows: dict) -> pd.DataFrame:
    """Numbers from saved tables, as ``read_tables`` gives them."""
    blank = dict.fromkeys(["category", "group_var", "group"], "")
    blank |= {"file": "02_x", "population": "alle", "n": np.nan, "measure": "taken", "statistic": "mean"}
    return pd.DataFrame([blank | row for row in rows])


def match_one(figure: dict, *numbers: dict, **options) -> pd.Series:
    return match_figures(make_figures(figure), make_tables(*numbers), **options).iloc[0]


def make_claims(*statuses: str) -> pd.DataFrame:
    return pd.DataFrame({"section": "kenmerken", "status": list(statuses)})


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [(14.5, 0, 15), (2.675, 2, 2.68), (-2.675, 2, -2.68), (14.49, 0, 14), (0.0, 2, 0), (100 * 0.145, 0, 15)],
)
def test_round_half_away(value, decimals, expected):
    assert round_half_away(value, decimals) == pytest.approx(expected)


def test_round_half_away_takes_a_column():
    assert round_half_away(pd.Series([0.5, -0.5, np.nan]), 0).fillna(9).tolist() == [1, -1, 9]


@pytest.mark.parametrize(
    ("value", "printed", "decimals", "expected"),
    [
        (14.4, 14, 0, True),
        (14.47, 14, 0, True),  # once
        (14.47, 15, 0, True),  # by way of 14.5
        (14.44, 15, 0, False),
        (15.5, 15, 0, False),
        (-0.125, -0.13, 2, True),
        (np.nan, 0, 0, False),
        (100_001, 100_000, 0, False),
    ],
)
def test_agrees_after_one_or_two_roundings(value, printed, decimals, expected):
    assert agrees(value, printed, decimals) is expected


def test_equal_figure():
    found = match_one(MEAN | {"n": 1403}, {"value": 3.3741, "n": 1403})

    assert (found.status, found.reason, found.source, found.printed_as_is) == ("gelijk", "", "02_x", True)
    assert found.recomputed == 3.3741
    assert found.difference == pytest.approx(0.0041)


def test_figure_that_needs_two_roundings_says_so():
    found = match_one(MEAN | {"value": 15, "decimals": 0}, {"value": 14.47})

    assert (found.status, found.reason) == ("gelijk", "na afronden op 1 en dan op 0 decimalen")


def test_total_is_found_in_a_table_by_group():
    figure = MEAN | {"group_var": "sector", "group": "totaal"}

    assert match_one(figure, {"value": 3.37, "group_var": "omvang", "group": "totaal"}).status == "gelijk"


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


def test_deviating_figure():
    found = match_one(MEAN, {"value": 3.38})

    assert (found.status, found.printed_as_is) == ("wijkt af", False)
    assert found.reason == "geen verklaring in de gedrukte cijfers zelf"


def test_deviating_figure_that_cannot_be_true_gets_the_most_specific_finding():
    findings = pd.DataFrame(
        {
            "ids": ["F001 F002 F003", "F001 F002", "F001"],
            "finding": ["ruim", "samen 100,2", "opgevallen"],
            "severity": ["onmogelijk", "onmogelijk", "opmerking"],
        }
    )

    found = match_one(MEAN, {"value": 3.38}, findings=findings)

    assert found.reason == "de gedrukte cijfers spreken elkaar tegen: samen 100,2"
    assert match_one(MEAN, {"value": 3.37}, findings=findings).reason == ""


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


def test_figure_that_no_table_has():
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
    figure = MEAN | {"statistic": "benchmark_mean", "value": 3.45, "note": "NEA"}

    same = match_one(figure, {"statistic": "benchmark_mean", "value": 3.45})
    other = match_one(figure, {"statistic": "benchmark_mean", "value": 3.5})
    missing = match_one(figure, {"value": 3.45})

    assert (same.status, same.reason, same.printed_as_is) == (
        "niet te toetsen",
        "benchmark, overgenomen (NEA)",
        True,
    )
    assert (other.status, other.printed_as_is) == ("wijkt af", False)
    assert missing.status == "niet te toetsen"
    assert pd.isna(missing.printed_as_is)


def test_other_period_shows_values_without_judging():
    found = match_one(MEAN, {"value": 3.2}, period=("2025-01-01", "2025-06-30"))

    assert found.status == "niet te toetsen"
    assert found.reason.startswith("andere periode: 1 januari 2025 t/m 30 juni 2025")
    assert found.recomputed == 3.2


def test_summary_counts_per_section_and_in_all():
    benchmark = {"statistic": "benchmark_mean", "value": 3.45}
    rows = [MEAN, MEAN | {"value": 3.1}, MEAN | benchmark, MEAN | {"measure": "omgeving"}]
    figures = make_figures(*(row | {"section": section} for row, section in zip(rows, "aabb", strict=True)))
    matched = match_figures(figures, make_tables({"value": 3.37}, benchmark))

    summary = summarise(matched, make_claims("gelijk", "wijkt af")).set_index("section")

    columns = ["equal", "benchmark", "deviating", "untestable", "total"]
    assert summary.loc["a", columns].tolist() == [1, 0, 1, 0, 2]
    assert summary.loc["b", columns].tolist() == [0, 1, 0, 1, 2]
    assert summary.loc["totaal", columns].tolist() == [1, 1, 1, 1, 4]
    assert summary.loc["kenmerken", ["claims_equal", "claims_deviating", "claims_total"]].tolist() == [
        1,
        1,
        2,
    ]


def test_verification_line_and_summary_count_what_agrees():
    benchmark = {"statistic": "benchmark_mean", "value": 3.45}
    figures = make_figures(MEAN, MEAN | {"value": 3.1}, MEAN | benchmark)
    matched = match_figures(figures, make_tables({"value": 3.37}, benchmark))
    claims = make_claims("gelijk", "gelijk", "wijkt af")

    line = verification_line(matched, claims)

    assert line == (
        "2 van de 3 gedrukte cijfers komen overeen (1 herrekend, 1 benchmarks overgenomen) "
        "en 2 van de 3 uitspraken kloppen"
    )
    summary = verification_summary(matched, claims)
    assert summary["line"] == line
    assert summary["figures"] == {"equal": 1, "benchmark": 1, "deviating": 1, "untestable": 0, "total": 3}
    assert summary["claims"] == {"equal": 2, "deviating": 1, "untestable": 0, "total": 3}
    json.dumps(summary)


def test_verification_line_on_another_period_says_that_nothing_is_tested():
    matched = match_figures(
        make_figures(MEAN), make_tables({"value": 3.37}), period=("2025-01-01", "2025-02-01")
    )

    line = verification_line(matched, make_claims("niet te toetsen"))

    assert line == "geen van de 1 gedrukte cijfers en 1 uitspraken is te toetsen"


def test_verification_line_names_what_could_not_be_tested():
    matched = match_figures(make_figures(MEAN, MEAN | {"measure": "omgeving"}), make_tables({"value": 3.37}))

    assert "niet te toetsen: 1 cijfers, 0 uitspraken" in verification_line(matched, make_claims("gelijk"))


def test_printed_figures_agree_with_themselves_and_one_change_is_noticed():
    figures = read_published_figures()
    figures = figures[~normalise_keys(figures).duplicated()]  # printed twice, with more or fewer decimals
    tables = figures.rename(columns={"table": "file"})

    matched = match_figures(figures, tables)
    changed = match_figures(figures, tables.assign(value=tables["value"].where(tables["id"] != "F159", 3.4)))

    assert verification_summary(matched, make_claims())["figures"] == {
        "equal": len(figures) - 9,
        "benchmark": 9,
        "deviating": 0,
        "untestable": 0,
        "total": len(figures),
    }
    assert changed.loc[changed["status"] == "wijkt af", "id"].tolist() == ["F159"]


def test_published_files_are_complete_and_their_keys_are_text():
    figures, claims = read_published_figures(), read_published_claims()

    assert (len(figures), len(claims)) == (555, 60)
    assert set(figures.loc[figures["measure"] == "scholing", "category"]) >= {"0", "1-24", "75+"}
    assert figures["group"].notna().all()
