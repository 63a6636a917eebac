"""Tests between groups: hand-worked cases, and values from R (``golden/reference.R``)."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import GOLDEN, MEASURES, SIZES, assert_as_in_r
from leercultuur.statistics.comparisons import compare_groups, compare_pairs, compare_two, critical_range


def test_welch_t_is_as_in_r(golden_respondents):
    assert_as_in_r(compare_two(golden_respondents, MEASURES, "omvang", ("klein", "midden")), "welch_t")


def test_welch_anova_and_kruskal_wallis_are_as_in_r(golden_respondents):
    assert_as_in_r(compare_groups(golden_respondents, MEASURES, "omvang"), "welch_anova", "kruskal")


def test_games_howell_and_dunn_are_as_in_r(golden_respondents):
    pairs = compare_pairs(golden_respondents, MEASURES, "omvang")
    p_values = pairs.drop(columns="diff_low")
    reference = pd.read_csv(GOLDEN / "reference.csv")
    lows = reference[(reference["test"] == "games_howell") & (reference["name"] == "diff_low")]
    merged = pairs.merge(lows, on=["measure", "group"])
    # The critical range is interpolated, hence a looser bound than for p.
    assert merged["diff_low"].to_numpy() == pytest.approx(merged["value"].to_numpy(), abs=2e-4)
    reference = reference[
        reference["test"].isin(["games_howell", "dunn"]) & (reference["name"] != "diff_low")
    ]
    values = p_values.set_index(["measure", "group"])
    for row in reference.itertuples():
        assert values.loc[(row.measure, row.group), row.name] == pytest.approx(row.value, abs=1e-6), row


def test_hedges_g_by_hand():
    # means 4 and 2, both sd = sqrt(2·5/9)…: d = 2 / sd, times 1 - 3 / (4·18 - 1)
    frame = pd.DataFrame(
        {
            "score": [3.0, 5.0] * 5 + [1.0, 3.0] * 5,
            "omvang": pd.Categorical(["klein"] * 10 + ["midden"] * 10, categories=SIZES, ordered=True),
        }
    )
    row = compare_two(frame, ["score"], "omvang", ("klein", "midden")).iloc[0]
    sd = np.sqrt(10 / 9)
    assert row["diff"] == 2
    assert row["hedges_g"] == pytest.approx(2 / sd * (1 - 3 / (4 * 18 - 1)), rel=1e-3)
    assert row["g_low"] < row["hedges_g"] < row["g_high"]
    assert row["significant"] == 1


def test_eta_squared_by_hand():
    # means 2 and 4 around 3, every score one from its mean: between 20·1, within 20·1
    frame = pd.DataFrame(
        {
            "score": [1.0, 3.0] * 5 + [3.0, 5.0] * 5,
            "omvang": pd.Categorical(["klein"] * 10 + ["midden"] * 10, categories=SIZES, ordered=True),
        }
    )
    assert compare_groups(frame, ["score"], "omvang").loc[0, "eta_squared"] == pytest.approx(0.5)


def test_groups_under_ten_are_not_compared(golden_respondents):
    few = golden_respondents.groupby("omvang", observed=True).head(9)
    assert compare_two(few, MEASURES, "omvang", ("klein", "midden"))["mean_a"].isna().all()
    assert compare_pairs(few, MEASURES, "omvang").empty
    assert (compare_groups(few, MEASURES, "omvang")["groups"] == 0).all()


def test_a_group_that_does_not_vary_is_not_tested(golden_respondents):
    flat = golden_respondents.copy()
    flat.loc[flat["omvang"] == "klein", MEASURES] = 3
    assert compare_groups(flat, MEASURES, "omvang")["groups"].tolist() == [3, 3]
    assert compare_two(flat, MEASURES, "omvang", ("klein", "midden"))["p"].isna().all()


def test_nothing_to_compare_is_missing_and_no_crash(golden_respondents):
    micro = golden_respondents[golden_respondents["omvang"] == "micro"]
    row = compare_two(micro, MEASURES, "omvang", ("klein", "midden")).iloc[0]
    assert np.isnan(row["p"]) and np.isnan(row["significant"])
    assert compare_groups(micro, MEASURES, "omvang")["p_welch"].isna().all()
    assert compare_pairs(micro, MEASURES, "omvang").empty


def test_pairs_come_in_codebook_order(golden_respondents):
    pairs = compare_pairs(golden_respondents, MEASURES[:1], "omvang")
    assert pairs["group"].tolist() == [
        "micro|klein", "micro|midden", "micro|groot", "klein|midden", "klein|groot", "midden|groot",
    ]  # fmt: skip


def test_the_interpolated_range_is_the_exact_one():
    df = pd.Series([3.5, 11.0, 77.7, 301.0])
    assert critical_range(9, df).to_numpy() == pytest.approx(
        stats.studentized_range.ppf(0.95, 9, df.to_numpy()), abs=0.01
    )
