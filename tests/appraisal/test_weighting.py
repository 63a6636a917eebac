"""Representativeness and weights: hand-worked cases, values from R, and a selection that is undone."""

import numpy as np
import pandas as pd
import pytest

from conftest import GOLDEN, SIZES, make_respondents
from leercultuur.appraisal.weighting import (
    compare_with_population,
    load_population,
    rake,
    weigh_scores,
)
from leercultuur.instrument import load_instrument

SECTORS = list(load_instrument().options("sector"))


def people(*groups: tuple[str, str, list[float]]) -> pd.DataFrame:
    """A sector, a size and the scores in it."""
    rows = [(sector, size, float(score)) for sector, size, scores in groups for score in scores]
    frame = pd.DataFrame(rows, columns=["sector", "omvang", "taken"])
    frame["sector"] = pd.Categorical(frame["sector"], SECTORS)
    frame["omvang"] = pd.Categorical(frame["omvang"], SIZES, ordered=True)
    return frame


def companies(**sectors: list[int]) -> pd.DataFrame:
    """Per sector, and for ``totaal``, how many micro, klein, midden and groot."""
    rows = [
        (key, size, float(n)) for key, each in sectors.items() for size, n in zip(SIZES, each, strict=True)
    ]
    return pd.DataFrame(rows, columns=["sector", "omvang", "companies"])


def test_the_companies_of_cbs():
    cells = load_population().pivot(index="sector", columns="omvang", values="companies")
    assert cells.loc["totaal", SIZES].tolist() == [355605, 55990, 12060, 3620]
    assert len(cells) == 10 and "zorg" not in cells.index
    # 2-49 is 34530 in bouw: 355605 of 411595 of them micro
    assert cells.loc["bouw", "micro"] == pytest.approx(34530 * 355605 / 411595)
    assert cells.loc["bouw"].sum() == pytest.approx(34530 + 755 + 145)


def test_shares_are_laid_beside_those_of_companies():
    respondents = people(("bouw", "micro", [3] * 8), ("handel", "groot", [3] * 8), ("zorg", "groot", [3] * 4))
    population = companies(bouw=[50, 0, 0, 0], handel=[0, 0, 0, 150], totaal=[90, 4, 4, 2])
    table = compare_with_population(respondents, population).set_index("category")
    bouw, groot = table.loc["bouw"], table.loc["groot"]
    assert (bouw["measure"], bouw["n"], bouw["respondents"], bouw["share"]) == ("sector", 16, 8, 50)
    assert (bouw["companies"], bouw["population_share"], bouw["ratio"]) == (50, 25, 2)
    # Wilson of 8 in 16 is 28.0 to 72.0 percent: above 25, and below 75 for handel.
    assert bouw[["ratio_low", "ratio_high"]].tolist() == pytest.approx([28.0 / 25, 72.0 / 25], abs=0.01)
    # Exactly binomial, 8 or more of 16 at a quarter and what is as unlikely: .0378, of six tests
    assert (bouw["p"], bouw["verdict"]) == (pytest.approx(0.0378, abs=2e-3), "niet aangetoond")
    assert (groot["n"], groot["respondents"], groot["ratio"]) == (20, 12, 30)
    assert groot["verdict"] == "oververtegenwoordigd"
    assert table.loc["micro", "verdict"] == "ondervertegenwoordigd"
    assert table.loc["klein", "verdict"] == "niet aangetoond" and "zorg" not in table.index


def test_shares_of_few_are_not_shown():
    table = compare_with_population(people(("bouw", "micro", [3] * 9)), load_population())
    assert table["ratio"].isna().all() and (table["verdict"] == "te weinig respondenten").all()


def test_raking_by_hand():
    # Independent in the sample, 1 : 1 in both: weights are the products of 2·0.8, 2·0.2 and 2·0.6, 2·0.4.
    cells = [(sector, size, [3] * 5) for sector in ("bouw", "ict") for size in ("micro", "groot")]
    margins = {"sector": pd.Series({"bouw": 80, "ict": 20}), "omvang": pd.Series({"micro": 6, "groot": 4})}
    weights, reason = rake(people(*cells), margins)
    assert weights[::5].tolist() == pytest.approx([1.6 * 1.2, 1.6 * 0.8, 0.4 * 1.2, 0.4 * 0.8])
    assert reason == "" and weights.mean() == pytest.approx(1)


def test_raking_is_as_in_r():
    counts = {"bouw": (20, 40), "handel": (30, 5), "ict": (10, 15)}
    cells = [(s, size, [3] * n) for s, each in counts.items() for size, n in zip(SIZES, each, strict=False)]
    margins = {
        "sector": pd.Series({"bouw": 500, "handel": 300, "ict": 200}),
        "omvang": pd.Series({"micro": 700, "klein": 300}),
    }
    respondents = people(*cells)
    weights, _ = rake(respondents, margins)
    reference = pd.read_csv(GOLDEN / "reference.csv")
    found = respondents.assign(weight=weights).groupby(["sector", "omvang"], observed=True)["weight"].first()
    for row in reference[reference["test"] == "rake"].itertuples():
        assert found[row.measure, row.group] == pytest.approx(row.value, rel=1e-6), row
    kish = reference[reference["test"] == "kish"].set_index("name")["value"]
    assert len(weights) * (weights**2).sum() / weights.sum() ** 2 == pytest.approx(kish["design_effect"])


def test_options_without_respondents_are_left_out_and_named():
    margins = {"sector": pd.Series({"bouw": 5, "ict": 5, "horeca": 90})}
    weights, reason = rake(
        people(("bouw", "micro", [3]), ("ict", "micro", [3] * 3), ("zorg", "micro", [3])), margins
    )
    assert weights[:4].tolist() == pytest.approx([2, 2 / 3, 2 / 3, 2 / 3]) and np.isnan(weights[4])
    assert reason == "zonder respondenten, dus buiten de weging: Horeca"


def test_margins_that_cannot_be_met_are_said():
    # Everybody in bouw is micro and the other way round: the two cannot have other shares.
    margins = {"sector": pd.Series({"bouw": 1, "ict": 9}), "omvang": pd.Series({"micro": 5, "groot": 5})}
    weights, reason = rake(people(("bouw", "micro", [3]), ("ict", "groot", [3])), margins)
    assert weights.isna().all() and "geen gewichten gevonden" in reason


def test_a_weighted_mean_by_hand():
    # Ten micro with 2 and ten groot with 4, in the population 3 : 1: weights 1.5 and 0.5, mean 2.5.
    respondents = people(("bouw", "micro", [2] * 10), ("bouw", "groot", [4] * 10), ("zorg", "groot", [5]))
    row = weigh_scores(respondents, ["taken"], companies(bouw=[75, 0, 0, 25], totaal=[75, 0, 0, 25])).iloc[0]
    assert (row["n"], row["unweighted"], row["weighted"]) == (20, 3, pytest.approx(2.5))
    assert row["difference"] == pytest.approx(-0.5) and row["trimmed"] == pytest.approx(2.5)
    # 20·(10·2.25 + 10·0.25) / 20² = 1.25
    assert (row["design_effect"], row["effective_n"]) == (pytest.approx(1.25), pytest.approx(16))
    assert row["largest_weight"] == pytest.approx(1.5)
    # se² = 20/19 · (10·(1.5·0.5)² + 10·(0.5·1.5)²) / 20²; t(19) = 2.0930. Unweighted: sd²/n = (20/19)/20.
    margin = 2.0930 * np.sqrt(20 / 19 * 11.25) / 20
    assert row["weighted_high"] - 2.5 == pytest.approx(margin, rel=1e-4)
    assert row["unweighted_high"] - 3 == pytest.approx(2.0930 * np.sqrt(1 / 19), rel=1e-4)
    assert row["warning"] == "zonder respondenten, dus buiten de weging: Klein (10-49) en Midden (50-249)"


def test_extreme_weights_are_capped_and_said():
    # One micro of twenty stands for half of all: weight 10; capped at 5 it counts 5 against 19·10/19.
    respondents = people(("bouw", "micro", [1]), ("bouw", "groot", [4] * 19))
    row = weigh_scores(respondents, ["taken"], companies(bouw=[50, 0, 0, 50], totaal=[50, 0, 0, 50])).iloc[0]
    assert row["largest_weight"] == pytest.approx(10) and row["weighted"] == pytest.approx(2.5)
    assert row["trimmed"] == pytest.approx((5 * 1 + 10 * 4) / 15)
    assert "het grootste gewicht is 10,0 keer het gemiddelde; 20 respondenten tellen als 4" in row["warning"]


def test_small_runs_give_numbers_or_a_reason():
    everybody, population = make_respondents(400), load_population()
    for few in (
        everybody.head(0),
        everybody.head(12),
        everybody.head(40),
        everybody[everybody["sector"] == "bouw"],
        everybody[everybody["sector"] == "zorg"],
        everybody[everybody["omvang"] != "groot"],
        everybody[everybody["submitted_at"].dt.strftime("%Y-%m") == "2024-09"],
    ):
        table = weigh_scores(few, ["taken", "informeel_leren"], population)
        assert (table["weighted"].notna() | (table["warning"] != "")).all()
        assert len(compare_with_population(few, population)) == 13


def test_who_has_no_score_is_not_weighed(respondents):
    some = respondents.copy()
    some.loc[some.index[:50], "taken"] = np.nan
    table = weigh_scores(some, ["taken", "collegas"], load_population()).set_index("measure")
    known = some["sector"].isin(load_population()["sector"])
    assert table.loc["taken", "n"] == (known & some["taken"].notna()).sum()
    assert table.loc["collegas", "n"] == known.sum()


def test_the_order_of_respondents_does_not_matter(respondents):
    turned, population = respondents.sample(frac=1, random_state=2), load_population()
    for frames in (
        [weigh_scores(frame, ["taken", "omgeving"], population) for frame in (respondents, turned)],
        [compare_with_population(frame, population) for frame in (respondents, turned)],
    ):
        pd.testing.assert_frame_equal(*frames, check_exact=True)


@pytest.mark.simulate
def test_weighing_undoes_a_selection_by_sector_and_size():
    """Larger companies take part more often and score higher: unweighted is off, weighted is not."""
    random = np.random.default_rng(6)
    population = companies(bouw=[600, 250, 100, 50], ict=[500, 300, 150, 50], totaal=[1100, 550, 250, 100])
    cells = population[population["sector"] != "totaal"].reset_index(drop=True)
    level = 2.5 + 0.3 * cells["omvang"].map(SIZES.index) + 0.4 * (cells["sector"] == "ict")
    chance = cells["companies"] * 2.0 ** cells["omvang"].map(SIZES.index)
    true = np.average(level, weights=cells["companies"])
    means, held = [], []
    for _ in range(1000):
        drawn = random.multinomial(400, chance / chance.sum())
        groups = zip(cells["sector"], cells["omvang"], level, drawn, strict=True)
        frame = people(*((s, size, m + random.normal(0, 0.7, n)) for s, size, m, n in groups))
        row = weigh_scores(frame, ["taken"], population).iloc[0]
        means.append((row["unweighted"], row["weighted"]))
        held.append(row["weighted_low"] <= true <= row["weighted_high"])
    unweighted, weighted = np.mean(means, axis=0)
    assert unweighted - true > 0.2 and weighted == pytest.approx(true, abs=0.01)
    assert np.mean(held) > 0.93  # weights as given: an interval that is rather too wide
