"""Reversed questions, small groups, and what odd questionnaires change: worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from conftest import make_respondents
from leercultuur.appraisal.quality import (
    CHANGES,
    MEAN,
    RHO,
    STAYS,
    check_group_sizes,
    check_scores,
    check_without,
    compare_without,
)
from leercultuur.appraisal.reliability import item_rest_correlations, scale_reliability
from leercultuur.instrument import load_instrument
from leercultuur.scoring import score_scales

SCALES = load_instrument().scales


def flip(respondents: pd.DataFrame, *items: str) -> pd.DataFrame:
    return score_scales(respondents.assign(**{item: 6 - respondents[item] for item in items}))


def test_questions_that_go_together_give_no_caution(respondents):
    assert check_scores(respondents) == []


def test_a_reversed_question_is_found(respondents):
    """Of three questions, one reversed: it and the sign of its covariances are all that changes."""
    found = check_scores(flip(respondents, "taken_autonomie"))
    assert ("vraag_omgekeerd", "taken_autonomie") in [(caution.key, caution.where) for caution in found]
    assert {caution.where for caution in found} <= {"taken", *load_instrument().items_of("taken")}


@pytest.mark.parametrize("seed", range(6))
def test_signs_are_those_of_alpha_and_the_item_rest_correlations(seed):
    """Answers at random: alphas and correlations on both sides of zero."""
    frame, random = make_respondents(40, seed), np.random.default_rng(seed)
    items = load_instrument().items + load_instrument().statements
    frame[items] = random.integers(1, 6, (40, len(items))).astype(float)
    frame.loc[:3, items[::4]] = np.nan
    alphas, rests = scale_reliability(frame), item_rest_correlations(frame)
    expected = {("alfa_negatief", score) for score in alphas.loc[alphas["alpha"] < 0, "measure"]}
    expected |= {("vraag_omgekeerd", item) for item in rests.loc[rests["item_rest"] < 0, "measure"]}
    assert {(caution.key, caution.where) for caution in check_scores(frame)} == expected
    assert expected


def test_of_few_respondents_no_question_is_called_reversed(respondents):
    assert check_scores(flip(respondents, "taken_autonomie").head(9)) == []


def test_groups_without_numbers_are_named_and_not_counted(respondents):
    sectors = ["bouw"] * 9 + ["horeca"] * 10 + ["weet_niet"] * 3
    frame = respondents.head(22).assign(
        sector=pd.Categorical(sectors, respondents["sector"].cat.categories),
        omvang=pd.Categorical(["klein"] * 22, respondents["omvang"].cat.categories, ordered=True),
    )
    (caution,) = check_group_sizes(frame)
    assert (caution.where, caution.count) == ("sector", None)
    assert caution.text.startswith('Over "Bouw" en "Weet ik niet" staan er geen cijfers: minder dan 10')


def test_of_many_small_groups_a_few_are_named(respondents):
    sectors = respondents["sector"].cat.categories
    frame = respondents.head(7).assign(sector=pd.Categorical(sectors[:7], sectors))
    text = next(caution.text for caution in check_group_sizes(frame) if caution.where == "sector")
    assert text.count('"') == 6 and '" en 4 andere staan er geen cijfers' in text


def odd(frame: pd.DataFrame, many: int) -> pd.DataFrame:
    """The first ``many`` have something odd, the very first two things."""
    place = np.arange(len(frame))
    return pd.DataFrame({"snel": place < many, "dubbel": (place < 1) & (many > 0)})


def fixed(scores: list[float]) -> pd.DataFrame:
    """Respondents with one score on all scales, and attention that rises with it."""
    return pd.DataFrame({scale: scores for scale in SCALES} | {"aandacht": scores})


def test_what_leaving_out_changes():
    """Ten of twenty score 5, the others 1 to 2: the mean goes from 3.25 to 1.5."""
    frame = fixed([5.0] * 10 + [1.0, 2.0] * 5)
    without = compare_without(frame, odd(frame, 10))
    means, rhos = (without[without["category"] == kind] for kind in (MEAN, RHO))
    assert list(means["measure"]) == SCALES and list(rhos["measure"]) == [f"{s}~aandacht" for s in SCALES]
    assert set(means["change"]) == {-1.75} and set(means["verdict"]) == {CHANGES}
    assert set(rhos["change"]) == {0} and set(rhos["verdict"]) == {STAYS}
    assert set(without["flagged"]) == {10}
    cautions = check_without(without)
    assert [caution.where for caution in cautions] == SCALES
    assert cautions[0].text.endswith("verandert het gemiddelde met ten minste 0,05.")


@pytest.mark.parametrize(("score", "verdict"), [(4.1, CHANGES), (3.9, STAYS)])
def test_the_threshold_is_a_twentieth_of_a_point(score, verdict):
    """Ten of 210 with this score, the others 3: without them the mean falls (score - 3) / 21."""
    frame = fixed([score] * 10 + [3.0] * 200)
    without = compare_without(frame, odd(frame, 10))
    assert set(without.loc[without["category"] == MEAN, "verdict"]) == {verdict}


def test_of_fewer_than_ten_no_change_is_told():
    frame = fixed([5.0] * 9 + [1.0, 2.0] * 5)
    without = compare_without(frame, odd(frame, 9))
    assert without["change"].isna().all() and set(without["verdict"]) == {CHANGES, STAYS}


def test_nothing_is_said_when_few_are_left_or_nothing_is_odd():
    frame = fixed([5.0] * 12 + [1.0] * 9)
    for many in (12, 0):
        without = compare_without(frame, odd(frame, many))
        assert without["change"].isna().all() and set(without["verdict"]) == {""}
        assert check_without(without) == []
