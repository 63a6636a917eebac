import numpy as np
import pandas as pd
import pytest

from conftest import MEASURES, assert_as_in_r
from leercultuur.statistics.estimates import frequencies, item_frequencies, mean_scores

SIZES = ["micro", "klein", "midden", "groot"]


def people(answers: list, sizes: list[str] | None = None) -> pd.DataFrame:
    sizes = sizes or ["klein"] * len(answers)
    return pd.DataFrame(
        {
            "taken_autonomie": np.array(answers, dtype=float),
            "omvang": pd.Categorical(sizes, categories=SIZES, ordered=True),
        }
    )


def test_frequencies_count_and_keep_the_base():
    table = frequencies(people([1, 1, 2, 5, np.nan] * 4), "taken_autonomie").set_index("category")
    assert table["n"].unique() == [16]
    assert table["count"].to_dict() == {"1": 8, "2": 4, "3": 0, "4": 0, "5": 4}
    assert table.loc["1", "percent"] == 50
    # Wilson by hand: n = 16, p = 1/2, z = 1.96: 0.5 ± 1.96/20 · sqrt(16·0.25 + 0.9604) · …
    assert table.loc["1", ["ci_low", "ci_high"]].tolist() == pytest.approx([28.0, 72.0], abs=0.05)


def test_options_can_be_taken_together():
    table = item_frequencies(people([1, 2, 3, 4, 5] * 2), ["taken_autonomie"], classes="driedeling")
    assert table["category"].tolist() == ["laag", "midden", "hoog"]
    assert table["percent"].tolist() == [40, 20, 40]


def test_groups_sum_to_the_total():
    frame = people([1, 2] * 10, ["micro"] * 10 + ["groot"] * 10)
    table = frequencies(frame, "taken_autonomie", by="omvang", total=True)
    wide = table.pivot_table(index="category", columns="group", values="count")
    assert (wide["micro"] + wide["groot"] == wide["totaal"]).all()
    mkb = frequencies(frame, "taken_autonomie", population="mkb")
    assert (mkb["n"] == 10).all() and (mkb["population"] == "mkb").all()


def test_numbers_about_fewer_than_ten_are_not_shared():
    frame = people([3] * 19, ["micro"] * 9 + ["groot"] * 10)
    assert frequencies(frame, "taken_autonomie", by="omvang").groupby("group")[
        "percent"
    ].count().to_dict() == {
        "groot": 5,
        "micro": 0,
    }
    means = mean_scores(frame, ["taken_autonomie"], by="omvang").set_index("group")
    assert np.isnan(means.loc["micro", "mean"]) and means.loc["groot", "mean"] == 3


def test_a_mean_has_a_student_interval():
    means = mean_scores(people([1, 2, 3, 4, 5] * 2 + [np.nan]), ["taken_autonomie"]).iloc[0]
    # sd = sqrt(20/9) = 1.4907; t(9) = 2.2622; margin = 2.2622 · 1.4907 / sqrt(10) = 1.0664
    assert (means["n"], means["mean"]) == (10, 3)
    assert means["sd"] == pytest.approx(1.4907, abs=1e-4)
    assert means["ci_low"] == pytest.approx(3 - 1.0664, abs=1e-4)


def test_percentages_and_means_are_as_in_r(golden_respondents):
    table = item_frequencies(golden_respondents, MEASURES).drop(columns="group")
    assert_as_in_r(table.rename(columns={"category": "group"}), "wilson")
    assert_as_in_r(mean_scores(golden_respondents, MEASURES, by="omvang"), "mean")
