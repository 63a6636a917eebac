"""Correlations: hand-worked cases, and values from R (``golden/reference.R``)."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import GOLDEN, MEASURES, SIZES, assert_as_in_r
from leercultuur.statistics.correlations import (
    RESAMPLES,
    bootstrap_rho,
    compare_correlations,
    compare_with_rest,
    correlate,
    interpret_rho,
    rho_of_counts,
)
from leercultuur.statistics.significance import correct_p


def test_spearman_is_as_in_r(golden_respondents):
    table = correlate(golden_respondents, MEASURES, "aandacht", by="omvang", total=True)
    table["measure"] = table["measure"].str.removesuffix("~aandacht")
    assert_as_in_r(table, "spearman")


def test_equality_of_correlations_is_as_in_r(golden_respondents):
    separate = correlate(golden_respondents, MEASURES, "aandacht", by="omvang")
    assert_as_in_r(compare_correlations(separate).assign(group="totaal"), "q_spearman")


def test_bootstrap_limits_are_as_in_r(golden_respondents):
    table = correlate(golden_respondents, MEASURES, "aandacht", resamples=100_000).set_index("measure")
    reference = pd.read_csv(GOLDEN / "reference.csv").query("test == 'spearman_boot'")
    assert len(reference) == 4
    for row in reference.itertuples():
        assert table.loc[row.measure, row.name] == pytest.approx(row.value, abs=0.01), row


def test_rho_of_counts_is_the_one_scipy_gives():
    random = np.random.default_rng(3)
    for _ in range(5):
        pairs = random.integers(1, 6, size=(30, 2))
        counts = pd.crosstab(pairs[:, 0], pairs[:, 1]).to_numpy(dtype=float)
        assert rho_of_counts(counts) == pytest.approx(stats.spearmanr(*pairs.T).statistic)


def test_drawing_counts_is_drawing_respondents():
    random = np.random.default_rng(5)
    pairs = random.integers(1, 6, size=(200, 2))
    pairs[:, 1] = np.clip(pairs[:, 1] + pairs[:, 0] - 3, 1, 5)
    draws = random.integers(200, size=(2000, 200))
    respondents = [stats.spearmanr(*pairs[draw].T).statistic for draw in draws]
    counts = pd.crosstab(pairs[:, 0], pairs[:, 1]).to_numpy(dtype=float)
    # The same distribution: quantiles differ by no more than two sets of samples of respondents do.
    ends = [2.5, 25, 50, 75, 97.5]
    assert np.percentile(bootstrap_rho(counts, 2000), ends) == pytest.approx(
        np.percentile(respondents, ends), abs=0.012
    )


def test_p_is_corrected_over_the_measures_of_a_group(golden_respondents):
    table = correlate(golden_respondents, MEASURES, "aandacht", by="omvang")
    for _, family in table.groupby("group"):
        assert family["p_holm"].tolist() == pytest.approx(correct_p(family["p"]).tolist())
    assert (table["p_holm"] > table["p"]).any()


def test_zero_and_minus_zero_are_one_value_and_infinity_is_one_too():
    outcome = np.arange(12.0)
    frame = pd.DataFrame({"zero": [0.0, -0.0] * 6, "far": [*outcome[:-1], np.inf], "outcome": outcome})
    table = correlate(frame, ["zero", "far"], "outcome")
    assert np.isnan(table.loc[0, "spearman"])
    assert table.loc[1, ["n", "spearman"]].tolist() == [12, pytest.approx(1)]


def test_the_order_of_respondents_does_not_matter(golden_respondents):
    turned = golden_respondents.sample(frac=1, random_state=2)
    first, second = (correlate(frame, MEASURES, "aandacht") for frame in (golden_respondents, turned))
    pd.testing.assert_frame_equal(first, second)


def test_missing_answers_are_in_no_pair(golden_respondents):
    some = golden_respondents.copy()
    some.loc[some.index[:5], MEASURES[0]] = np.nan
    some.loc[some.index[3:9], "aandacht"] = np.nan
    row = correlate(some, MEASURES[:1], "aandacht").iloc[0]
    assert row["n"] == len(some) - 9
    expected = stats.spearmanr(some[MEASURES[0]], some["aandacht"], nan_policy="omit")
    assert (row["spearman"], row["p"]) == (pytest.approx(expected.statistic), pytest.approx(expected.pvalue))


def test_the_interval_holds_rho_and_is_the_same_every_time(golden_respondents):
    first, second = (correlate(golden_respondents, MEASURES, "aandacht") for _ in range(2))
    pd.testing.assert_frame_equal(first, second)
    assert (first["ci_low"] < first["spearman"]).all() and (first["spearman"] < first["ci_high"]).all()


def test_the_interval_is_the_middle_95_percent_of_the_samples(golden_respondents):
    row = correlate(golden_respondents, MEASURES[:1], "aandacht").iloc[0]
    counts = pd.crosstab(golden_respondents[MEASURES[0]], golden_respondents["aandacht"]).to_numpy(float)
    samples = np.sort(bootstrap_rho(counts, RESAMPLES))
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


def test_what_cannot_be_computed_gives_a_reason():
    frame = pd.DataFrame({"a": [1.0, 2] * 8, "b": [2.0, 1] * 8, "c": 3.0})
    assert correlate(frame, ["a"], "c").loc[0, "reason"] == "(bijna) iedereen antwoordt hetzelfde"
    assert correlate(frame.head(8), ["a"], "b").loc[0, "reason"] == "minder dan 10 antwoorden"
    whole = correlate(frame, ["a"], "b").iloc[0]
    assert (whole["spearman"], whole["ci_low"], whole["p"], whole["reason"]) == (pytest.approx(-1), -1, 0, "")


def test_one_deviating_answer_is_no_correlation():
    """Its bootstrap interval lay above zero while p was .61."""
    outcome = np.tile([1.0, 2, 3, 4, 5], 281)[:1403]
    frame = pd.DataFrame({"score": 3.0, "aandacht": outcome})
    frame.loc[4, "score"] = 5
    row = correlate(frame, ["score"], "aandacht").iloc[0]
    assert np.isnan(row["spearman"]) and np.isnan(row["p"]) and "hetzelfde" in row["reason"]
    assert row["family"] == "0 correlaties met aandacht"


def test_a_complete_correlation_is_left_out_of_the_test_by_name(golden_respondents):
    frame = golden_respondents.copy()
    micro = frame["omvang"] == "micro"
    frame.loc[micro, MEASURES[0]] = frame.loc[micro, "aandacht"]
    row = compare_correlations(correlate(frame, MEASURES[:1], "aandacht", by="omvang")).iloc[0]
    assert row["groups"] == 3 and np.isfinite(row["Q"])
    assert row["left_out"] == "Micro (1-9): de samenhang is volledig"
    rest = compare_with_rest(frame, MEASURES[:1], "aandacht", "omvang").set_index("group")
    assert rest.loc["micro", "reason"] == "de samenhang is volledig" and rest.loc["micro", "verdict"] == ""


def test_a_group_against_the_rest_by_hand():
    # the same 12 pairs in two groups: rho alike, difference 0, p 1
    pairs = pd.DataFrame({"score": np.tile([1.0, 2, 3, 4], 6), "aandacht": np.tile([2.0, 1, 4, 3, 3, 2], 4)})
    sizes = pd.Categorical(np.repeat(["klein", "groot"], 24), SIZES, ordered=True)
    frame = pd.concat([pairs, pairs], ignore_index=True).assign(omvang=sizes)
    table = compare_with_rest(frame, ["score"], "aandacht", "omvang")
    assert table["group"].tolist() == ["klein", "groot"]
    assert table["diff"].tolist() == [0, 0] and table["p"].tolist() == [1, 1]
    assert (table["diff_low"] == -table["diff_high"]).all() and (table["n_rest"] == 24).all()
    assert table["verdict"].tolist() == ["niet aangetoond"] * 2


def test_the_rest_are_all_others(golden_respondents):
    table = compare_with_rest(golden_respondents, MEASURES, "aandacht", "omvang").set_index(
        ["measure", "group"]
    )
    others = golden_respondents[golden_respondents["omvang"] != "klein"]
    row = table.loc[(f"{MEASURES[0]}~aandacht", "klein")]
    assert row["rho_rest"] == pytest.approx(
        stats.spearmanr(others[MEASURES[0]], others["aandacht"]).statistic
    )
    assert row["n"] + row["n_rest"] == len(golden_respondents)
    assert row["family"] == "8 verschillen met de rest"


def test_one_legend_names_every_correlation():
    assert [interpret_rho(rho) for rho in (0.05, 0.1, -0.299, 0.3, -0.5, 0.9)] == [
        "verwaarloosbaar", "zwak", "zwak", "matig", "sterk", "sterk",
    ]  # fmt: skip
    assert interpret_rho(float("nan")) == ""


def groups(*rows: tuple[str, int, float]) -> pd.DataFrame:
    return pd.DataFrame(
        [("x~y", "alle", "omvang", *row) for row in rows],
        columns=["measure", "population", "group_var", "group", "n", "spearman"],
    ).assign(reason="")


def test_equal_correlations_do_not_differ():
    row = compare_correlations(groups(("micro", 50, 0.4), ("klein", 80, 0.4))).iloc[0]
    assert row["Q"] == pytest.approx(0) and row["p"] == pytest.approx(1)


def test_two_correlations_by_hand():
    # variances (1 + .09/2)/100 = .01045 and (1 + .36/2)/100 = .0118; z = (.693147 - .309520)/sqrt(.02225)
    row = compare_correlations(groups(("micro", 103, 0.3), ("klein", 103, 0.6), ("totaal", 206, 0.5))).iloc[0]
    assert row["groups"] == 2
    assert row["Q"] == pytest.approx(0.383627**2 / 0.02225, rel=1e-4)
    assert row["p"] == pytest.approx(stats.chi2.sf(row["Q"], 1))
