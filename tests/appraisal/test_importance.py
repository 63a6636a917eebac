"""Relative weights: hand-worked cases, values from R, and a model of which the answer is known."""

import time

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from conftest import GOLDEN
from leercultuur.appraisal.importance import _relative_weights, relative_importance
from leercultuur.instrument import load_instrument
from leercultuur.scoring import score_scales

INSTRUMENT = load_instrument()


@pytest.fixture(scope="module")
def golden_answers() -> pd.DataFrame:
    return score_scales(pd.read_csv(GOLDEN / "answers.csv"))


@pytest.mark.parametrize(
    ("predictors", "outcome"), [(INSTRUMENT.scales, "aandacht"), (INSTRUMENT.items, "informeel_leren")]
)
def test_weights_are_as_in_r(golden_answers, predictors, outcome):
    table = relative_importance(golden_answers, list(predictors), outcome, resamples=20)
    reference = pd.read_csv(GOLDEN / "reference.csv").query("test == 'relative_weights'")
    weights = reference[reference["measure"].str.endswith(f"~{outcome}")].set_index("measure")["value"]
    assert table.set_index("measure")["weight"].to_dict() == pytest.approx(weights.to_dict(), rel=1e-6)
    r_squared = reference.set_index("measure").loc[outcome, "value"]
    assert table["r_squared"].tolist() == pytest.approx([r_squared] * len(predictors))


def independent(n: int = 4) -> pd.DataFrame:
    """Two predictors that do not go together, every pair of answers as often; y = 2 a + b."""
    frame = pd.DataFrame(
        [(a, b) for a in (1.0, 2, 3) for b in (1.0, 2, 3)] * n, columns=["taken", "collegas"]
    )
    return frame.assign(omvang="klein", aandacht=2 * frame["taken"] + frame["collegas"])


def test_predictors_that_do_not_go_together_by_hand():
    # r² with y is 4/5 and 1/5: each predictor gets its own, by Johnson and by averaging over orderings.
    table = relative_importance(independent(), ["taken", "collegas"], "aandacht")
    assert table["measure"].tolist() == ["taken~aandacht", "collegas~aandacht"]
    assert table["weight"].tolist() == pytest.approx([80, 20])
    assert table["lmg"].tolist() == pytest.approx([80, 20])
    assert table["r_squared"].tolist() == pytest.approx([1, 1])
    assert (table["rank"].tolist(), table["rho_rank"].tolist()) == ([1, 2], [1, 2])
    assert table["first_three"].tolist() == [1, 1] and (table["reason"] == "").all()
    assert (table["weight_low"] < table["weight"]).all() and (table["weight"] < table["weight_high"]).all()


def test_two_predictors_that_go_together_share_by_hand():
    # Two predictors, r = 0.6 between them: the root of their matrix has (√1.6 ± √0.4)/2 = 0.9487, 0.3162.
    frame = pd.DataFrame(
        {"taken": [1.0, 1, 1, 1, 2, 2, 2, 2, 1, 2] * 4, "collegas": [1.0, 1, 1, 1, 2, 2, 2, 2, 2, 1] * 4}
    )
    frame["aandacht"] = frame["taken"]
    table = relative_importance(frame, ["taken", "collegas"], "aandacht")
    # y is taken: beta on the uncorrelated two is 0.9487, 0.3162, so 0.9² + 0.1² = 0.82 and 2·0.9·0.1 = 0.18
    assert table["weight"].tolist() == pytest.approx([82, 18])


def test_rho_is_the_one_of_scipy_on_complete_answers(respondents):
    some = respondents.copy()
    some.loc[some.index[:9], "taken"] = np.nan
    table = relative_importance(some, ["taken", "collegas"], "aandacht", "mkb")
    part = some[some["taken"].notna() & (some["omvang"] != "groot")]
    assert (table["n"] == len(part)).all() and (table["population"] == "mkb").all()
    expected = stats.spearmanr(part["collegas"], part["aandacht"]).statistic
    assert table.loc[1, "rho"] == pytest.approx(expected)


def test_the_bootstrap_draws_respondents(respondents):
    predictors = ["taken", "collegas", "omgeving"]
    table = relative_importance(respondents, predictors, "aandacht")
    answers = respondents[[*predictors, "aandacht"]].to_numpy()
    draws = np.random.default_rng(8).integers(len(answers), size=(1000, len(answers)))
    weights = _relative_weights(np.stack([np.corrcoef(answers[draw], rowvar=False) for draw in draws]))
    shares = 100 * weights / weights.sum(axis=1, keepdims=True)
    low, high = np.percentile(shares, [2.5, 97.5], axis=0)
    assert table["weight_low"].tolist() == pytest.approx(low.tolist(), abs=2)
    assert table["weight_high"].tolist() == pytest.approx(high.tolist(), abs=2)


def test_drawing_in_blocks_is_drawing_at_once(monkeypatch, respondents):
    whole = relative_importance(respondents, ["taken", "collegas"], "aandacht", resamples=4000)
    monkeypatch.setattr("leercultuur.appraisal.importance.BLOCK", 50)
    blocks = relative_importance(respondents, ["taken", "collegas"], "aandacht", resamples=4000)
    for end in ("weight_low", "weight_high"):
        assert blocks[end].tolist() == pytest.approx(whole[end].tolist(), abs=0.8)


def test_ordered_options_count_by_their_place(respondents):
    table = relative_importance(respondents, ["omvang", "taken"], "aandacht")
    numbered = respondents.assign(collegas=respondents["omvang"].cat.codes.astype(float))
    other = relative_importance(numbered, ["collegas", "taken"], "aandacht")
    assert table["weight"].tolist() == other["weight"].tolist()


def test_what_cannot_be_weighed_is_said(respondents):
    pair = ["taken", "collegas"]
    cases = {
        "minder dan 20 respondenten beantwoordden alles": respondents.head(19),
        "altijd hetzelfde antwoord op Leerrijke taken": respondents.assign(taken=3.0),
        "altijd hetzelfde antwoord op Aandacht voor leren": respondents.assign(aandacht=3.0),
        "een van de vragen volgt geheel uit de andere": respondents.assign(taken=respondents["collegas"]),
    }
    for reason, frame in cases.items():
        table = relative_importance(frame, pair, "aandacht")
        assert (table["reason"] == reason).all() and table["weight"].isna().all() and len(table) == 2


def test_more_than_six_have_no_average_over_orderings(respondents):
    assert relative_importance(respondents, INSTRUMENT.items[:7], "aandacht")["lmg"].isna().all()
    assert relative_importance(respondents, INSTRUMENT.items[:6], "aandacht")["lmg"].sum() == pytest.approx(
        100
    )


def test_the_order_of_respondents_does_not_matter(respondents):
    turned = respondents.sample(frac=1, random_state=2)
    frames = [relative_importance(frame, INSTRUMENT.items, "aandacht") for frame in (respondents, turned)]
    pd.testing.assert_frame_equal(*frames, check_exact=True)


def test_twenty_questions_take_little_time(respondents):
    start = time.perf_counter()
    relative_importance(respondents, INSTRUMENT.items, "aandacht")
    assert time.perf_counter() - start < 2


@pytest.mark.simulate
def test_the_first_three_of_a_known_model_are_found():
    """Three of eight questions make the outcome; all go together. And 95% of intervals hold the weight."""
    random, items = np.random.default_rng(9), INSTRUMENT.items[:8]
    effects = np.array([0.5, 0.45, 0.4, 0, 0, 0, 0, 0])

    def draw(n: int) -> pd.DataFrame:
        x = 0.5 * random.normal(size=(n, 1)) + np.sqrt(0.75) * random.normal(size=(n, 8))
        return pd.DataFrame(x, columns=items).assign(aandacht=x @ effects + random.normal(size=n))

    true = relative_importance(draw(200_000), items, "aandacht", resamples=2)["weight"]
    firsts, held = [], []
    for _ in range(200):
        table = relative_importance(draw(400), items, "aandacht", resamples=400)
        firsts.append(table["first_three"])
        held.append(((table["weight_low"] <= true) & (true <= table["weight_high"]))[:3].mean())
    firsts = np.mean(firsts, axis=0)
    assert firsts[:3].min() > 0.95 and firsts[3:].max() < 0.05
    assert np.mean(held) == pytest.approx(0.95, abs=0.04)
