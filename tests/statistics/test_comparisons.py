"""Tests between groups: hand-worked cases, and values from R (``golden/reference.R``)."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import GOLDEN, MEASURES, SIZES, assert_as_in_r
from leercultuur.project import InputError
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


def test_groups_under_ten_are_not_compared(golden_respondents):
    few = golden_respondents.groupby("omvang", observed=True).head(9)
    two = compare_two(few, MEASURES, "omvang", ("klein", "midden"))
    assert two["mean_a"].isna().all() and two["diff"].isna().all()
    assert two.loc[0, "reason"].count("minder dan 10 antwoorden") == 2
    assert compare_pairs(few, MEASURES, "omvang").empty
    assert (compare_groups(few, MEASURES, "omvang")["groups"] == 0).all()


def test_a_group_that_does_not_vary_is_not_tested(golden_respondents):
    flat = golden_respondents.copy()
    flat.loc[flat["omvang"] == "klein", MEASURES] = 3
    groups = compare_groups(flat, MEASURES, "omvang")
    assert groups["groups"].tolist() == [3, 3]
    assert groups["left_out"].tolist() == ["Klein (10-49): iedereen antwoordt hetzelfde"] * 2
    two = compare_two(flat, MEASURES, "omvang", ("klein", "midden"))
    assert two["p"].isna().all() and (two["verdict"] == "").all()
    assert two["reason"].tolist() == ["Klein (10-49): iedereen antwoordt hetzelfde"] * 2
    assert two["mean_a"].tolist() == [3, 3] and two["diff"].notna().all()  # the means stay


def test_a_family_counts_the_tests_that_were_done(golden_respondents):
    flat = golden_respondents.assign(taken_uitdagend=3.0)
    two = compare_two(flat, MEASURES, "omvang", ("klein", "midden"))
    assert two["family"].tolist() == ["1 toetsen, klein tegen midden"] * 2
    assert compare_groups(flat, MEASURES, "omvang")["family"].tolist() == ["1 toetsen naar omvang"] * 2


def test_the_star_of_the_source_and_the_verdict_go_their_own_way(golden_respondents):
    two = compare_two(golden_respondents, MEASURES, "omvang", ("klein", "midden"))
    assert two["p"].tolist() == pytest.approx([0.0382, 0.2371], abs=1e-4)
    assert two["published_star"].tolist() == [1, 0]
    assert two["verdict"].tolist() == ["niet aangetoond"] * 2  # .0382 · 2 = .076


def test_under_the_null_few_reports_find_anything():
    """Of reports about scores without differences, about a twentieth has a mark; half had one before."""
    random = np.random.default_rng(8)
    sizes = pd.Categorical(random.choice(SIZES, 300), SIZES, ordered=True)
    measures = [f"vraag{number}" for number in range(20)]
    found, starred = 0, 0
    for _ in range(30):
        frame = pd.DataFrame(random.integers(1, 6, (300, 20)).astype(float), columns=measures)
        two = compare_two(frame.assign(omvang=sizes), measures, "omvang", ("klein", "midden"))
        found += two["verdict"].str.startswith("aantoonbaar").any()
        starred += two["published_star"].any()
    assert found <= 4 and starred >= 12


def test_an_unknown_group_is_named(golden_respondents):
    with pytest.raises(InputError, match="omvang heeft geen groep middel"):
        compare_two(golden_respondents, MEASURES, "omvang", ("klein", "middel"))


def test_pairs_are_corrected_over_the_scores_too(golden_respondents):
    pairs = compare_pairs(golden_respondents, MEASURES, "omvang")
    assert pairs["p_corrected"].tolist() == pytest.approx(np.minimum(1, 2 * pairs["p"]).tolist())


@pytest.mark.simulate
def test_few_pairs_are_found_among_equal_groups_beside_one_that_differs():
    """Chance of a false pair at all; 0.1 and more when the steps of Holm were used over whole scores."""
    random, false = np.random.default_rng(3), 0
    sizes = pd.Categorical(np.repeat(SIZES, 60), SIZES, ordered=True)
    measures = list("abcde")
    for _ in range(150):
        frame = pd.DataFrame(random.normal(size=(240, 5)), columns=measures)
        frame.loc[:59] += 3  # micro
        pairs = compare_pairs(frame.assign(omvang=sizes), measures, "omvang")
        among = ~pairs["group"].str.startswith("micro")
        false += pairs.loc[among, "verdict"].eq("aantoonbaar").any()
    assert false <= 13


def test_nothing_to_compare_is_missing_and_no_crash(golden_respondents):
    micro = golden_respondents[golden_respondents["omvang"] == "micro"]
    row = compare_two(micro, MEASURES, "omvang", ("klein", "midden")).iloc[0]
    assert np.isnan(row["p"]) and np.isnan(row["published_star"])
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
