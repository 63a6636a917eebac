"""Effect sizes: hand-worked cases, values from R (``golden/reference.R``), and intervals that hold."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import MEASURES, SIZES, assert_as_in_r
from leercultuur.statistics.comparisons import compare_groups, compare_pairs, compare_two
from leercultuur.statistics.effects import contrast, omega_squared, plan_group_sizes
from leercultuur.statistics.significance import detectable


def two_groups(first: list[float], second: list[float]) -> pd.DataFrame:
    sizes = pd.Categorical(["klein"] * len(first) + ["midden"] * len(second), SIZES, ordered=True)
    return pd.DataFrame({"score": [*first, *second], "omvang": sizes})


def summaries(n: list[int], mean: list[float], var: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"n": n, "mean": mean, "var": var})


def test_hedges_g_by_hand():
    # means 4 and 2, both variances 10/9: d = 2 / sd, times 1 - 3 / (4·20 - 9)
    row = compare_two(two_groups([3, 5] * 5, [1, 3] * 5), ["score"], "omvang", ("klein", "midden")).iloc[0]
    sd = np.sqrt(10 / 9)
    assert row["diff"] == 2
    assert row["hedges_g"] == pytest.approx(2 / sd * (1 - 3 / 71))
    assert row["g_low"] < row["hedges_g"] < row["g_high"]
    assert row["verdict"] == "aantoonbaar"


def test_omega_squared_by_hand():
    # means 2 and 4, variances 10/9: F = 2² / (2 · (10/9) / 10) = 18; (18 - 1) / (18 - 1 + 20)
    row = compare_groups(two_groups([1, 3] * 5, [3, 5] * 5), ["score"], "omvang").loc[0]
    assert row["omega_squared"] == pytest.approx(17 / 37)
    assert row["omega_low"] < row["omega_squared"] < row["omega_high"]


def test_omega_squared_is_zero_on_average_when_groups_do_not_differ():
    random = np.random.default_rng(4)
    sizes = pd.Categorical(np.repeat(SIZES, 30), SIZES, ordered=True)
    frame = pd.DataFrame(random.normal(size=(120, 150))).assign(omvang=sizes)
    shares = compare_groups(frame, list(range(150)), "omvang")["omega_squared"]
    assert abs(shares.mean()) < 0.006 and (shares < 0).mean() > 0.4


def test_what_is_detectable_is_found_as_often_as_promised():
    random = np.random.default_rng(6)
    se = np.sqrt(1 / 40 + 1 / 40)
    difference = float(detectable(se, 78))
    found = [
        stats.ttest_ind(random.normal(difference, 1, 40), random.normal(0, 1, 40)).pvalue < 0.05
        for _ in range(1000)
    ]
    assert np.mean(found) == pytest.approx(0.8, abs=0.035)


def test_equivalence_is_shown_in_large_groups_only():
    small, large = (summaries([n], [3.0], [1.0]) for n in (50, 2000))
    assert contrast(small, small).loc[0, "p_equivalent"] > 0.1
    assert contrast(large, large).loc[0, "p_equivalent"] < 0.001
    apart = contrast(large, large.assign(mean=3.2)).loc[0, "p_equivalent"]
    assert apart == pytest.approx(0.5)  # just at the bound of 0.2 standard deviations


@pytest.mark.parametrize("test", ["bonett_g", "tost", "detectable"])
def test_two_groups_are_as_in_r(golden_respondents, test):
    assert_as_in_r(compare_two(golden_respondents, MEASURES, "omvang", ("klein", "midden")), test)


def test_omega_squared_is_as_in_r(golden_respondents):
    assert_as_in_r(compare_groups(golden_respondents, MEASURES, "omvang"), "omega_squared")


def test_pairs_have_the_same_effect_size_as_two_groups(golden_respondents):
    pair = compare_pairs(golden_respondents, MEASURES, "omvang").set_index(["measure", "group"])
    two = compare_two(golden_respondents, MEASURES, "omvang", ("klein", "midden")).set_index("measure")
    for measure in MEASURES:
        same = ["diff", "hedges_g", "g_low", "g_high", "p_equivalent"]
        assert pair.loc[(measure, "klein|midden"), same].tolist() == pytest.approx(
            two.loc[measure, same].tolist()
        )


def coverage_of_g(n: tuple[int, int], sd: tuple[float, float], difference: float, times: int) -> float:
    random = np.random.default_rng(2)
    true = difference / np.sqrt((sd[0] ** 2 + sd[1] ** 2) / 2)
    sides = [random.normal(m, s, (times, k)) for m, s, k in zip((difference, 0), sd, n, strict=True)]
    a, b = (summaries([x.shape[1]] * times, x.mean(axis=1), x.var(axis=1, ddof=1)) for x in sides)
    ends = contrast(a, b)
    return float(((ends["g_low"] <= true) & (true <= ends["g_high"])).mean())


def test_the_interval_of_g_holds_under_unequal_variances():
    """n 400 (SD 0.5) against 20 (SD 1.5): with a pooled variance the coverage was .565."""
    assert coverage_of_g((400, 20), (0.5, 1.5), 0.8, 3000) > 0.93


@pytest.mark.simulate
@pytest.mark.parametrize("n", [(400, 20), (20, 400), (60, 60), (470, 406)])
@pytest.mark.parametrize("sd", [(0.5, 1.5), (1, 1), (1.5, 0.5)])
@pytest.mark.parametrize("difference", [0, 0.3, 1])
def test_the_interval_of_g_holds_everywhere(n, sd, difference):
    assert coverage_of_g(n, sd, difference, 20_000) == pytest.approx(0.95, abs=0.025)


@pytest.mark.simulate
@pytest.mark.parametrize("means", [(0, 0, 0, 0), (0, 0.2, 0.4, 0.6)])
@pytest.mark.parametrize("sd", [(1, 1, 1, 1), (0.8, 1, 1, 1.2)])
def test_the_interval_of_omega_squared_holds(means, sd):
    random, n = np.random.default_rng(3), (100, 120, 80, 100)
    between = np.average((np.array(means) - np.average(means, weights=n)) ** 2, weights=n)
    true = between / (between + np.average(np.square(sd), weights=n))
    sizes = pd.Categorical(np.repeat(SIZES, n), SIZES, ordered=True)
    draws = [random.normal(m, s, (k, 1500)) for m, s, k in zip(means, sd, n, strict=True)]
    table = compare_groups(pd.DataFrame(np.vstack(draws)).assign(omvang=sizes), list(range(1500)), "omvang")
    held = (table["omega_low"] <= true + 1e-12) & (true <= table["omega_high"])
    assert 0.88 < held.mean() < 0.97  # of the 90% interval; without differences the lower end cannot miss


def test_more_respondents_show_smaller_differences(respondents):
    plan = plan_group_sizes(respondents, MEASURES)
    assert plan["detectable"].is_monotonic_decreasing and plan["detectable_rho"].is_monotonic_decreasing
    # two groups of 100, by hand: (1.972 + 0.843) · sqrt(2/100)
    assert plan.set_index("group_size").loc[100, "detectable_sd"] == pytest.approx(0.398, abs=1e-3)


@pytest.mark.parametrize(
    ("f", "df1", "df2", "n"),
    [(1000, 8, 100, 109), (3000, 3, 20, 24), (0.0, 1, 98, 100), (1.2, 3, 5e5, 500_000)],
)
def test_the_interval_of_omega_squared_is_found_for_any_f(f, df1, df2, n):
    share = omega_squared(n, f, df1, df2)
    assert 0 <= share["omega_low"] <= share["omega_high"] < 1
    assert share["omega_low"] <= max(share["omega_squared"], 0) <= share["omega_high"]
