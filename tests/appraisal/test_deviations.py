"""Against the rest, a national figure, a flat line: by hand, and values from R (``golden/reference.R``)."""

import numpy as np
import pandas as pd
import pytest

from conftest import MEASURES, SIZES, assert_as_in_r, make_respondents
from leercultuur.appraisal.deviations import compare_groups_with_rest, compare_shares, compare_with_benchmark
from leercultuur.benchmarks import add_benchmark
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError
from leercultuur.statistics.comparisons import compare_two
from leercultuur.statistics.estimates import frequencies, mean_scores


def by_size(scores: dict[str, list[float]]) -> pd.DataFrame:
    sizes = [size for size, values in scores.items() for _ in values]
    values = [value for values in scores.values() for value in values]
    return pd.DataFrame({"score": values, "omvang": pd.Categorical(sizes, SIZES, ordered=True)})


def test_a_group_against_the_rest_is_as_in_r(golden_respondents):
    assert_as_in_r(compare_groups_with_rest(golden_respondents, MEASURES, "omvang"), "welch_rest")


def test_the_rest_of_two_groups_is_the_other():
    frame = by_size({"klein": [3, 5, 4] * 5, "midden": [1, 3] * 6})
    table = compare_groups_with_rest(frame, ["score"], "omvang").set_index("group")
    two = compare_two(frame, ["score"], "omvang", ("klein", "midden")).iloc[0]
    same = ["diff", "diff_low", "diff_high", "hedges_g", "g_low", "g_high", "p", "p_equivalent"]
    assert table.loc["klein", same].tolist() == pytest.approx(two[same].tolist())
    assert table.loc["midden", "diff"] == -2 and table.loc["midden", "n_rest"] == 15
    assert table.loc["klein", ["mean_group", "mean_rest"]].tolist() == [4, 2]
    assert table["family"].unique().tolist() == ["2 verschillen met de rest"]
    assert table["p_holm"].tolist() == pytest.approx([2 * two["p"]] * 2)


def test_missing_scores_are_in_neither_mean(respondents):
    some = respondents.copy()
    some.loc[::3, "taken"] = np.nan
    some.loc[::7, "omvang"] = np.nan
    table = compare_groups_with_rest(some, ["taken", "omgeving"], "omvang", "mkb").set_index(
        ["measure", "group"]
    )
    mkb = some[some["omvang"].isin(SIZES[:3])].dropna(subset="taken")
    others = mkb.loc[mkb["omvang"] != "klein", "taken"]
    row = table.loc[("taken", "klein")]
    assert (row["n"], row["n_rest"]) == ((mkb["omvang"] == "klein").sum(), len(others))
    assert row["mean_rest"] == pytest.approx(others.mean())
    assert [group for _, group in table.index] == SIZES[:3] * 2


def test_what_cannot_be_compared_with_the_rest_gives_a_reason():
    frame = by_size({"micro": [3.2] * 12, "klein": [2.0, 5] * 3, "midden": [1.0, 3] * 10})
    table = compare_groups_with_rest(frame, ["score"], "omvang").set_index("group")
    assert table.loc["micro", "reason"] == "Micro (1-9): iedereen antwoordt hetzelfde"
    assert table.loc["micro", "diff"] == pytest.approx(3.2 - 61 / 26)
    assert table.loc["klein", "reason"] == "Klein (10-49): minder dan 10 antwoorden"
    assert table.loc["klein", ["mean_group", "mean_rest", "diff", "p", "detectable"]].isna().all()
    assert table["verdict"].tolist()[:2] == ["", ""] and table["family"].iloc[0][0] == "1"
    alone = compare_groups_with_rest(by_size({"klein": [2.0, 4] * 9}), ["score"], "omvang").iloc[0]
    assert alone["reason"] == "de rest: minder dan 10 antwoorden" and np.isnan(alone["mean_group"])


def test_comparisons_are_exact_far_from_zero(respondents):
    items = load_instrument().items[:3]
    plain = compare_groups_with_rest(respondents, items, "sector")
    far = respondents.assign(**{item: respondents[item] + 1e6 for item in items})
    assert compare_groups_with_rest(far, items, "sector")["p"].tolist() == pytest.approx(plain["p"].tolist())


def national(statistic: str, rows: list[tuple[str, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["measure", "category", "value"]).assign(
        statistic=statistic, source="x"
    )


def test_means_against_a_benchmark_are_as_in_r(golden_respondents):
    benchmarks = national("benchmark_mean", [(measure, "", 3.4) for measure in MEASURES])
    table = compare_with_benchmark(add_benchmark(mean_scores(golden_respondents, MEASURES), benchmarks))
    assert_as_in_r(table, "one_sample_t")
    assert table["family"].tolist() == ["2 toetsen tegen een landelijk cijfer"] * 2
    assert table["category"].tolist() == ["", ""]


def test_shares_against_a_benchmark_are_as_in_r(golden_respondents):
    benchmarks = national("benchmark_percent", [(m, str(k), 25) for m in MEASURES for k in range(1, 6)])
    tables = [
        compare_with_benchmark(add_benchmark(frequencies(golden_respondents, measure), benchmarks))
        for measure in MEASURES
    ]
    assert_as_in_r(pd.concat(tables).assign(group=lambda rows: rows["category"]), "binomial")
    assert tables[0]["family"].iloc[0].startswith("5 ")


def test_a_share_against_a_benchmark_by_hand():
    # 8 of 10, benchmark 50: 2 · (45 + 10 + 1) / 1024; Wilson 49.02 to 94.33
    frame = pd.DataFrame({"taken_autonomie": [4.0] * 8 + [2.0] * 2})
    benchmarks = national("benchmark_percent", [("taken_autonomie", "4", 50)])
    table = compare_with_benchmark(add_benchmark(frequencies(frame, "taken_autonomie"), benchmarks))
    row = table.iloc[0]
    assert len(table) == 1 and row["category"] == "4" and row["statistic"] == "percent"
    assert row[["ours", "benchmark", "diff"]].tolist() == [80, 50, 30]
    assert row["p"] == pytest.approx(112 / 1024) and row["verdict"] == "niet aangetoond"
    assert row[["diff_low", "diff_high"]].tolist() == pytest.approx([-0.98, 44.33], abs=0.01)


def test_no_benchmark_no_row_and_what_cannot_be_tested_gives_a_reason():
    frame = pd.DataFrame({"taken_autonomie": [4.0] * 12, "taken_uitdagend": [4.0, 2] * 3 + [np.nan] * 6})
    means = mean_scores(frame, MEASURES)
    not_printed = national("benchmark_mean", [("taken_autonomie", "", np.nan)])
    assert compare_with_benchmark(add_benchmark(means, not_printed)).empty
    benchmarks = national("benchmark_mean", [(measure, "", 3.4) for measure in MEASURES])
    table = compare_with_benchmark(add_benchmark(means, benchmarks))
    assert table["reason"].tolist() == ["iedereen antwoordt hetzelfde", "minder dan 10 antwoorden"]
    assert table["p"].isna().all() and table["verdict"].tolist() == ["", ""]
    assert table["ours"].tolist() == [4, pytest.approx(np.nan, nan_ok=True)]


def test_a_trend_in_shares_is_as_in_r(golden_respondents):
    tables = [compare_shares(golden_respondents, measure, "omvang") for measure in MEASURES]
    assert_as_in_r(pd.concat(tables).assign(group=lambda rows: rows["category"]), "prop_trend")


def test_a_trend_by_hand():
    # hr: 2, 4, 6 of 10: 12 of 30; slope 20 points; se = 100 · sqrt(.4 · .6 / 20); z = .2 / .10954 = 1.826
    roles = [role for hr in (2, 4, 6) for role in ["hr"] * hr + ["medewerker"] * (10 - hr)]
    frame = pd.DataFrame(
        {"omvang": pd.Categorical(np.repeat(SIZES[:3], 10), SIZES, ordered=True), "rol": roles}
    )
    table = compare_shares(frame, "rol", "omvang", classes="rolgroep").set_index("category")
    hr, others = table.loc["hr"], table.loc["medewerker"]
    assert hr[["n", "groups", "steps_up", "steps_down"]].tolist() == [30, 3, 2, 0]
    assert hr[["first_percent", "last_percent", "slope"]].tolist() == pytest.approx([20, 60, 20])
    assert hr["p"] == pytest.approx(0.0679, abs=1e-4) and others["p"] == pytest.approx(hr["p"])
    assert others["slope"] == pytest.approx(-20) and others["steps_down"] == 2
    assert table.loc["directie", "reason"] == "minder dan 5 invullers geven dit antwoord"
    assert hr["family"] == "2 toetsen op een trend over omvang" and hr["group"] == "totaal"
    assert table.loc["directie", ["p", "detectable"]].isna().all() and table.loc["directie", "verdict"] == ""


def test_small_groups_are_left_out_of_a_trend_by_name_and_a_gap_keeps_its_size():
    sizes = ["micro"] * 10 + ["klein"] * 3 + ["groot"] * 10
    roles = ["hr"] * 3 + ["medewerker"] * 7 + ["hr"] * 3 + ["hr"] * 6 + ["medewerker"] * 4
    frame = pd.DataFrame({"omvang": pd.Categorical(sizes, SIZES, ordered=True), "rol": roles})
    row = compare_shares(frame, "rol", "omvang").set_index("category").loc["hr"]
    assert row["left_out"] == "Klein (10-49): minder dan 10 antwoorden"
    assert row[["n", "groups"]].tolist() == [20, 2]
    assert row["slope"] == pytest.approx(10)  # 30 points in three steps
    alone = compare_shares(frame.head(13), "rol", "omvang")
    assert alone["reason"].unique().tolist() == ["geen twee groepen van ten minste 10"]


def test_a_trend_over_a_score_and_none_over_sectors():
    frame = make_respondents(300)
    table = compare_shares(frame, "rol", "aandacht", population="mkb")
    assert table["groups"].unique().tolist() == [5] and table["p"].notna().all()
    with pytest.raises(InputError, match="sector heeft geen volgorde"):
        compare_shares(frame, "rol", "sector")
