"""Who groups consist of, and ordered answers: by hand, and values from R."""

import numpy as np
import pandas as pd
import pytest
from test_adjustment import PAIR, people

from conftest import GOLDEN, SIZES
from leercultuur.appraisal.composition import compare_composition, compare_ordinal
from leercultuur.instrument import load_instrument

ROLES = list(load_instrument().options("rol"))


def test_proportional_odds_agree_with_the_t_test_on_a_clear_difference():
    row = compare_ordinal(people(2000, by_size=0.4), ["taken_autonomie"], "omvang", PAIR).iloc[0]
    assert row["odds_ratio"] > row["odds_low"] > 1 and row["verdict"] == "aantoonbaar"
    constant = people(100).assign(taken_autonomie=3.0)
    assert compare_ordinal(constant, ["taken_autonomie"], "omvang", PAIR)["p"].isna().all()


def test_composition_by_hand():
    # 20 of 40 against 10 of 40: chi² = 80·(20·30 - 20·10)² / (30·50·40·40) = 5.333
    frame = pd.DataFrame(
        {
            "rol": pd.Categorical(
                ["hr"] * 20 + ["ondernemer"] * 20 + ["hr"] * 10 + ["ondernemer"] * 30, ROLES
            ),
            "omvang": pd.Categorical(["klein"] * 40 + ["groot"] * 40, SIZES, ordered=True),
        }
    )
    row = compare_composition(frame, ["rol"], "omvang").iloc[0]
    assert (row["chi2"], row["df"]) == (pytest.approx(5.3333, abs=1e-4), 1)
    assert row["cramers_v"] == pytest.approx(np.sqrt(5.33333 / 80), abs=1e-5)


def test_a_composition_that_cannot_be_compared_gives_a_reason():
    frame = people(100).assign(rol=pd.Categorical(["hr"] * 100, ROLES))
    row = compare_composition(frame, ["rol"], "omvang").iloc[0]
    assert (
        np.isnan(row["p"]) and row["verdict"] == "" and row["reason"] == "geen twee groepen van ten minste 10"
    )
    frame["omvang"] = pd.Categorical(["klein"] * 96 + ["midden"] * 4, SIZES, ordered=True)
    assert compare_composition(frame, ["sector"], "omvang").loc[0, "reason"] != ""
    frame["omvang"] = pd.Categorical(["klein"] * 48 + ["midden"] * 48 + ["groot"] * 4, SIZES, ordered=True)
    assert compare_composition(frame, ["sector"], "omvang").loc[0, ["n", "df", "reason"]].tolist() == [
        96,
        1,
        "",
    ]


def test_answers_that_do_not_overlap_give_a_reason():
    frame = people(80).assign(taken_autonomie=lambda rows: np.where(rows["omvang"] == "klein", 5.0, 2.0))
    row = compare_ordinal(frame, ["taken_autonomie"], "omvang", PAIR).iloc[0]
    assert row["reason"] == "de antwoorden van de groepen overlappen niet" and np.isnan(row["p"])
    assert row["family"].startswith("0 toetsen")


def test_proportional_odds_are_as_in_r(golden_respondents):
    reference = pd.read_csv(GOLDEN / "reference.csv").query("test == 'polr'").set_index("name")["value"]
    row = compare_ordinal(golden_respondents, ["taken_autonomie"], "omvang", PAIR).iloc[0]
    assert np.log(row["odds_ratio"]) == pytest.approx(reference["log_odds"], abs=1e-4)
    width = np.log(row["odds_high"]) - np.log(row["odds_low"])
    assert width / 2 / 1.959964 == pytest.approx(reference["se"], abs=1e-4)
