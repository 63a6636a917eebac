"""Pairs of scores and of correlations: by hand, values from R (``golden/reference.R``), and by simulation."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import MEASURES, SIZES, assert_as_in_r
from leercultuur.appraisal.rankings import (
    _contrast_rhos,
    compare_rhos,
    compare_scores,
    leaders,
    pick_priorities,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import KEYS
from leercultuur.statistics.comparisons import compare_pairs

SCALES = load_instrument().scales


def test_paired_scores_are_as_in_r(golden_respondents):
    separate = compare_scores(golden_respondents, MEASURES[::-1], by="omvang")
    together = compare_scores(golden_respondents, MEASURES[::-1])
    table = pd.concat([separate, together])
    assert table["measure"].unique().tolist() == [MEASURES[1]]
    turned = table.assign(measure=MEASURES[0], diff_low=-table["diff_high"], diff_high=-table["diff_low"])
    assert_as_in_r(turned, "paired_t")
    assert separate["family"].unique().tolist() == ["4 paren van scores naar omvang"]
    assert together["family"].tolist() == ["1 paren van scores"]


def test_only_respondents_with_both_scores_count():
    # 12 with both: differences 1 and 3: mean 2, variance 12/11, t = 2 / sqrt(1/11) = 6.633
    frame = pd.DataFrame({"a": [4.0, 5] * 6 + [1, np.nan], "b": [3.0, 2] * 6 + [np.nan, 5]})
    row = compare_scores(frame, ["a", "b"]).iloc[0]
    assert row[KEYS].tolist() == ["a", "b", "alle", "", "totaal"]
    assert row[["n", "mean_a", "mean_b", "diff", "df"]].tolist() == [12, 4.5, 2.5, 2, 11]
    assert row["p"] == pytest.approx(2 * stats.t.sf(6.63325, 11), rel=1e-4)
    assert row["verdict"] == "aantoonbaar"


def test_every_pair_is_one_row_in_every_group(respondents):
    table = compare_scores(respondents, SCALES, by="omvang", population="mkb")
    assert len(table) == 30 and not table.duplicated(KEYS).any()
    assert table["group"].unique().tolist() == SIZES[:3]
    assert table["family"].unique().tolist() == ["30 paren van scores naar omvang"]
    assert (table["p_holm"] >= table["p"]).all()


def test_scores_that_cannot_be_compared_give_a_reason():
    frame = pd.DataFrame({"a": [1.0, 2.1, 3.3] * 4, "c": [np.nan] * 3 + [4.0, 3.0, 5.0] * 3})
    table = compare_scores(frame.assign(b=frame["a"] + 0.1), ["a", "b", "c"]).set_index(
        ["measure", "category"]
    )
    assert table.loc[("a", "b"), "reason"] == "bij iedereen is het verschil even groot"
    assert table.loc[("a", "b"), "diff"] == pytest.approx(-0.1)
    assert table.loc[("a", "c"), "reason"] == "minder dan 10 antwoorden"
    assert table.loc[("a", "c"), ["mean_a", "mean_b", "diff", "p", "detectable"]].isna().all()
    assert table["verdict"].tolist() == [""] * 3 and table["p_equivalent"].isna().all()


def test_rhos_are_compared_as_in_r(golden_respondents):
    table = compare_rhos(golden_respondents, MEASURES, "aandacht")
    assert_as_in_r(table, "steiger")
    assert table.loc[0, "category"] == MEASURES[1] and table.loc[0, "n"] == len(golden_respondents)
    turned = compare_rhos(golden_respondents, MEASURES[::-1], "aandacht")
    assert turned.loc[0, "p"] == pytest.approx(table.loc[0, "p"])
    assert turned.loc[0, "diff_low"] == pytest.approx(-table.loc[0, "diff_high"])


def test_rhos_are_of_the_same_respondents(respondents):
    some = respondents.copy()
    some.loc[::5, "taken"] = np.nan
    some.loc[::7, "aandacht"] = np.nan
    table = compare_rhos(some, ["collegas", "taken", "omvang"], "aandacht").set_index(["measure", "category"])
    complete = some.dropna(subset=["collegas", "taken", "aandacht"])
    row = table.loc[("collegas~aandacht", "taken")]
    assert row["n"] == len(complete)
    assert row["rho_a"] == pytest.approx(
        stats.spearmanr(complete["collegas"], complete["aandacht"]).statistic
    )
    assert row["rho_ab"] == pytest.approx(stats.spearmanr(complete["collegas"], complete["taken"]).statistic)
    assert table["family"].unique().tolist() == ["3 paren van samenhangen met aandacht"]
    assert table.loc[("collegas~aandacht", "omvang"), "verdict"] == "aantoonbaar"


def test_rhos_that_cannot_be_compared_give_a_reason(respondents):
    frame = respondents[["taken", "aandacht"]].assign(same=respondents["taken"], flat=3.0)
    frame["whole"] = frame["aandacht"]
    table = compare_rhos(frame, ["taken", "same", "flat", "whole"], "aandacht")
    reasons = table.set_index([table["measure"].str.split("~").str[0], "category"])["reason"]
    assert reasons["taken", "same"] == reasons["taken", "whole"] == "de samenhang is volledig"
    assert reasons["taken", "flat"] == "(bijna) iedereen antwoordt hetzelfde"
    assert table["p"].isna().all() and table["family"].iloc[0].startswith("0 ")
    few = compare_rhos(respondents.head(9), ["taken", "collegas"], "aandacht").iloc[0]
    assert few["reason"] == "minder dan 10 antwoorden" and np.isnan(few["diff"])


def pairs(*rows: tuple[str, str, float, float, str]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["measure", "category", "mean_a", "mean_b", "verdict"])
    return table.assign(group="totaal", diff=table["mean_a"] - table["mean_b"])


def test_the_highest_and_what_cannot_be_told_from_it():
    table = pairs(
        ("a", "b", 3.0, 3.1, "niet aangetoond"),
        ("a", "c", 3.0, 2.0, "aantoonbaar"),
        ("b", "c", 3.1, 2.0, "aantoonbaar, maar te verwaarlozen"),
    )
    assert leaders(table) == ["b", "a"] and leaders(table, top=False) == ["c"]
    table["verdict"] = ["geen verschil", "", "niet aangetoond"]
    assert leaders(table) == ["b", "a", "c"] and leaders(table, top=False) == ["c", "a", "b"]
    assert leaders(table.head(0)) == []
    nothing = pairs(("a", "b", np.nan, np.nan, ""), ("a", "c", np.nan, np.nan, ""))
    assert leaders(nothing) == []


def test_what_is_behind_another_is_not_behind_the_highest():
    """c is demonstrably lower than b only: it may still be as high as a, the highest."""
    table = pairs(
        ("a", "b", 3.2, 3.1, "niet aangetoond"),
        ("a", "c", 3.2, 2.9, "niet aangetoond"),
        ("b", "c", 3.1, 2.9, "aantoonbaar"),
    )
    assert leaders(table) == ["a", "b", "c"]


def test_the_highest_of_rhos_and_of_groups():
    rhos = pairs(("a~z", "b", 0.1, 0.4, "aantoonbaar")).rename(columns={"mean_a": "rho_a", "mean_b": "rho_b"})
    assert leaders(rhos) == ["b"] and leaders(rhos, top=False) == ["a"]
    sizes = pd.Categorical(np.repeat(SIZES[:3], 40), SIZES, ordered=True)
    scores = np.concatenate([np.tile([1.0, 2], 20), np.tile([3.0, 4], 20), np.tile([3.0, 4, 4, 3], 10)])
    groups = compare_pairs(pd.DataFrame({"score": scores, "omvang": sizes}), ["score"], "omvang")
    assert leaders(groups) == ["klein", "midden"] and leaders(groups, top=False) == ["micro"]


def test_pairs_of_several_groups_have_no_one_highest(respondents):
    table = compare_scores(respondents, SCALES, by="omvang")
    with pytest.raises(ValueError, match="several groups"):
        leaders(table)
    assert set(leaders(table[table["group"] == "klein"])) <= set(SCALES)


def test_only_whole_intervals_beyond_both_medians_are_priorities():
    """Medians 0.3 and 3.0: a and d lie beyond both; b reaches the median of rho, c that of the means."""
    rhos = pd.DataFrame(
        [("a", 0.4, 0.31), ("b", 0.5, 0.3), ("c", 0.6, 0.5), ("d", 0.7, 0.6), ("e", 0.2, 0.1)],
        columns=["measure", "spearman", "ci_low"],
    )
    rest = pd.DataFrame({"measure": ["f", "g", "h", "i"], "spearman": [0.1, 0.15, 0.25, 0.3], "ci_low": 0.0})
    rhos = pd.concat([rhos, rest]).assign(measure=lambda table: table["measure"] + "~z")
    means = pd.DataFrame({"measure": list("abcdefghi"), "mean": [2.5] * 4 + [3.0] + [3.5] * 4})
    means["ci_high"] = [2.9, 2.9, 3.0, 2.9, 3.1, *[3.6] * 4]
    assert rhos["spearman"].median() == 0.3 and means["mean"].median() == 3.0
    assert pick_priorities(rhos, means) == ["d", "a"]
    assert pick_priorities(rhos.assign(ci_low=np.nan), means) == []
    # Without a, the medians are 0.275 and 3.25: those of b and c that lay at a median lie beyond it.
    without = means.assign(mean=means["mean"].mask(means["measure"] == "a"))
    assert pick_priorities(rhos, without) == ["d", "c", "b"]


def draw(random: np.random.Generator, loadings: tuple[float, float], alike: float, n: int) -> pd.DataFrame:
    """Answers 1-5 with ties: two questions that share more than the factor, and an outcome."""
    factor, shared = random.normal(size=(2, n))
    rest = np.sqrt(1 - np.square([*loadings, 0.7]) - np.square([alike, alike, 0]))
    noise = random.normal(size=(n, 3)) * rest
    scores = factor[:, None] * [*loadings, 0.7] + shared[:, None] * [alike, alike, 0] + noise
    answers = np.digitize(scores, [-2, -1.2, -0.4, 0.8]) + 1.0
    return pd.DataFrame(answers, columns=["a", "b", "outcome"])


def contrast_samples(random: np.random.Generator, loadings: tuple[float, float], alike: float, n: int):
    """The difference between the two rhos in each of 3000 samples, without what ``compare_rhos`` adds."""
    rhos = np.array([stats.spearmanr(draw(random, loadings, alike, n)).statistic for _ in range(3000)])
    columns = rhos[:, 0, 2], rhos[:, 1, 2], rhos[:, 0, 1]
    return _contrast_rhos(*(pd.DataFrame({"spearman": rho, "n": n, "reason": ""}) for rho in columns))


@pytest.mark.simulate
@pytest.mark.parametrize("n", [60, 300, 1400])
@pytest.mark.parametrize("alike", [0, 0.5])
def test_equal_rhos_are_told_apart_in_one_of_twenty_samples(n, alike):
    table = contrast_samples(np.random.default_rng(7), (0.7, 0.7), alike, n)
    assert table["p"].lt(0.05).mean() == pytest.approx(0.05, abs=0.015)


@pytest.mark.simulate
@pytest.mark.parametrize("n", [60, 300, 1400])
def test_the_interval_of_a_difference_between_rhos_holds(n):
    random = np.random.default_rng(8)
    large = draw(random, (0.8, 0.5), 0.3, 2_000_000).rank().corr()["outcome"]
    table, true = contrast_samples(random, (0.8, 0.5), 0.3, n), large["a"] - large["b"]
    held = (table["diff_low"] <= true) & (true <= table["diff_high"])
    assert held.mean() == pytest.approx(0.95, abs=0.015)
