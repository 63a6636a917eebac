"""Correlations: hand-worked cases, and values from R (``golden/reference.R``)."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import MEASURES, SIZES, assert_as_in_r
from leercultuur.statistics.correlations import (
    RESAMPLES,
    SEED,
    _bootstrap_rho,
    compare_correlations,
    correlate,
    interpret_rho,
)


def test_spearman_is_as_in_r(golden_respondents):
    table = correlate(golden_respondents, MEASURES, "aandacht", by="omvang", total=True)
    table["measure"] = table["measure"].str.removesuffix("~aandacht")
    assert_as_in_r(table, "spearman")


def test_bootstrap_samples_have_the_rho_that_scipy_gives():
    random = np.random.default_rng(3)
    pairs = random.integers(1, 6, size=(30, 2)).astype(float)
    draws = np.random.default_rng(SEED).integers(30, size=(5, 30))
    expected = [stats.spearmanr(*pairs[draw].T).statistic for draw in draws]
    assert _bootstrap_rho(pairs, 5) == pytest.approx(expected)


def test_the_interval_holds_rho_and_is_the_same_every_time(golden_respondents):
    first, second = (correlate(golden_respondents, MEASURES, "aandacht") for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert (first["ci_low"] < first["spearman"]).all() and (first["spearman"] < first["ci_high"]).all()


def test_the_interval_is_the_middle_95_percent_of_the_samples(golden_respondents):
    row = correlate(golden_respondents, MEASURES[:1], "aandacht").iloc[0]
    pairs = golden_respondents[[MEASURES[0], "aandacht"]].to_numpy(dtype=float)
    samples = np.sort(_bootstrap_rho(pairs, RESAMPLES))
    assert (samples < row["ci_low"]).mean() == pytest.approx(0.025, abs=0.002)
    assert (samples > row["ci_high"]).mean() == pytest.approx(0.025, abs=0.002)


def test_ordered_options_correlate_by_their_order():
    frame = pd.DataFrame(
        {"score": np.arange(12.0), "omvang": pd.Categorical(np.repeat(SIZES, 3), SIZES, ordered=True)}
    )
    assert correlate(frame, ["score"], "omvang").loc[0, "spearman"] > 0.9


def test_too_few_or_constant_is_missing():
    frame = pd.DataFrame({"a": [1.0, 2] * 4, "b": [2.0, 1] * 4, "c": 3.0})
    assert correlate(frame, ["a"], "b")["spearman"].isna().all()
    frame = pd.concat([frame] * 2)
    assert correlate(frame, ["a"], "c")["spearman"].isna().all()
    assert correlate(frame, ["a"], "b").loc[0, "spearman"] == pytest.approx(-1)


def test_one_legend_names_every_correlation():
    assert [interpret_rho(rho) for rho in (0.05, 0.1, -0.299, 0.3, -0.5, 0.9)] == [
        "verwaarloosbaar", "zwak", "zwak", "matig", "sterk", "sterk",
    ]  # fmt: skip
    assert interpret_rho(float("nan")) == ""


def groups(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [("x~y", "alle", "omvang", *row) for row in rows],
        columns=["measure", "population", "group_var", "group", "n", "spearman"],
    )


def test_equal_correlations_do_not_differ():
    row = compare_correlations(groups(("micro", 50, 0.4), ("klein", 80, 0.4))).iloc[0]
    assert row["Q"] == pytest.approx(0) and row["p"] == pytest.approx(1)


def test_two_correlations_by_hand():
    # variances (1 + .09/2)/100 = .01045 and (1 + .36/2)/100 = .0118; z = (.693147 - .309520)/sqrt(.02225)
    row = compare_correlations(groups(("micro", 103, 0.3), ("klein", 103, 0.6), ("totaal", 206, 0.5))).iloc[0]
    assert row["groups"] == 2
    assert row["Q"] == pytest.approx(0.383627**2 / 0.02225, rel=1e-4)
    assert row["p"] == pytest.approx(stats.chi2.sf(row["Q"], 1))
