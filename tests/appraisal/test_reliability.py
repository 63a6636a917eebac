"""Reliability: hand-worked cases, values from R (``golden/reference.R``), and what an interval covers."""

import numpy as np
import pandas as pd
import pingouin
import pytest

from conftest import GOLDEN, assert_as_in_r
from leercultuur.appraisal.reliability import item_rest_correlations, scale_reliability
from leercultuur.instrument import load_instrument

INSTRUMENT = load_instrument()
QUESTIONS = [*INSTRUMENT.items, *INSTRUMENT.statements]


def answers(n: int = 10, **columns) -> pd.DataFrame:
    """Five kinds of respondents, who answer everything with 1, 2, 3, 4 or 5; ``columns`` otherwise."""
    frame = pd.DataFrame({question: np.resize([1.0, 2, 3, 4, 5], n) for question in QUESTIONS})
    return frame.assign(**{name: np.resize(np.array(values, float), n) for name, values in columns.items()})


def reliability_of(score: str, frame: pd.DataFrame) -> pd.Series:
    return scale_reliability(frame).set_index("measure").loc[score]


@pytest.fixture(scope="module")
def golden_answers() -> pd.DataFrame:
    return pd.read_csv(GOLDEN / "answers.csv")


def test_reliability_is_as_in_r(golden_answers):
    table = scale_reliability(golden_answers).assign(group="totaal")
    assert_as_in_r(table, "reliability", "omega")
    reference = pd.read_csv(GOLDEN / "reference.csv").query("test == 'reliability_limits'")
    values = table.set_index("measure")
    for row in reference.itertuples():  # pingouin rounds the limits to three decimals
        assert values.loc[row.measure, row.name] == pytest.approx(row.value, abs=5.1e-4), row


def test_item_rest_is_as_in_r(golden_answers):
    assert_as_in_r(item_rest_correlations(golden_answers).rename(columns={"scale": "group"}), "item_rest")


def test_items_that_say_the_same_are_reliable_and_have_no_factor_model():
    table = scale_reliability(answers())
    assert table["alpha"].tolist() == pytest.approx([1] * 6)
    assert table["omega"].isna().all() and (table["remark"] != "").all()


def test_alpha_and_spearman_brown_of_two_questions_by_hand():
    # Variances of 1 to 5 twice: 20/9. One pair turned, the products of deviations are 18 of 20: r = 0.9,
    # alpha = 2 (1 - 2·20 / (2·20 + 2·18)) = 0.9474, and Spearman-Brown 2·0.9 / 1.9 the same.
    row = reliability_of("informeel_leren", answers(leren_van_anderen=[1, 2, 3, 5, 4]))
    assert row["alpha"] == pytest.approx(1.8 / 1.9) and row["spearman_brown"] == pytest.approx(1.8 / 1.9)
    assert np.isnan(row["omega"]) and "Spearman-Brown" in row["remark"]


def test_omega_by_hand():
    # Deviations -1 -1 0 0 1 1, -1 0 -1 1 0 1 and 0 -1 -1 1 1 0: every pair has products 2 of 4, r = 0.5, so
    # that every loading is √0.5 and the rest 0.5: omega = 9·0.5 / (9·0.5 + 3·0.5) = 0.75, as alpha here.
    columns = {"taken_gevarieerd": [1, 1, 2, 2, 3, 3], "taken_uitdagend": [1, 2, 1, 3, 2, 3]}
    row = reliability_of("taken", answers(12, **columns, taken_autonomie=[2, 1, 1, 3, 3, 2]))
    assert (row["omega"], row["alpha"]) == (pytest.approx(0.75, abs=1e-5), pytest.approx(0.75))
    # In the metric of the questions: with one question ten times as wide, it is that question's own
    # reliability that counts, (12·√0.5)² of (12·√0.5)² + 102·0.5.
    columns["taken_gevarieerd"] = [10, 10, 20, 20, 30, 30]
    row = reliability_of("taken", answers(12, **columns, taken_autonomie=[2, 1, 1, 3, 3, 2]))
    assert row["omega"] == pytest.approx(72 / (72 + 51), abs=1e-5)


def test_a_question_the_wrong_way_round_is_said():
    turned = answers(taken_autonomie=[5, 4, 3, 2, 1])
    items = item_rest_correlations(turned).set_index("measure")
    assert items.loc["taken_autonomie", "item_rest"] == pytest.approx(-1)
    assert "omgekeerd gesteld" in items.loc["taken_autonomie", "remark"]
    assert items.loc["taken_autonomie", "alpha_without"] == pytest.approx(1)
    two = reliability_of("informeel_leren", answers(leren_van_anderen=[5, 3, 4, 1, 1]))
    assert two["alpha"] < 0 and "alfa is negatief" in two["remark"]


def test_a_constant_question_and_too_few_are_said():
    flat = answers(taken_autonomie=[3])
    row = reliability_of("taken", flat)
    assert row["alpha"] == pytest.approx(1.5 * (1 - 2 / 4)) and np.isnan(row["omega"])
    assert "Autonomie in het werk" in row["remark"]
    items = item_rest_correlations(flat).set_index("measure")
    assert items.loc["taken_autonomie", "remark"] == "geeft altijd hetzelfde antwoord"
    everything = answers(**{question: [3] for question in QUESTIONS})
    for frame in (everything, answers(9), answers(0)):
        table, items = scale_reliability(frame), item_rest_correlations(frame)
        assert table["alpha"].isna().all() and (table["remark"] != "").all()
        assert items["item_rest"].isna().all() and (items["remark"] != "").all()


def test_a_scale_of_one_question_has_no_reliability(monkeypatch):
    one = {"taken": ["taken_autonomie"]}
    monkeypatch.setattr(type(INSTRUMENT), "derived", property(lambda self: one))
    row = scale_reliability(answers()).iloc[0]
    assert (row["items"], row["n"]) == (1, 10) and "één vraag" in row["remark"] and np.isnan(row["alpha"])
    assert item_rest_correlations(answers()).loc[0, "remark"] == "enige vraag van de score"


def test_a_question_not_answered_leaves_the_respondent_out(respondents):
    some = respondents.copy()
    some.loc[some.index[:7], "taken_autonomie"] = np.nan
    table = scale_reliability(some).set_index("measure")
    assert table.loc["taken", "n"] == 393 and table.loc["collegas", "n"] == 400
    expected = pingouin.cronbach_alpha(some[INSTRUMENT.items_of("taken")].dropna())[0]
    assert table.loc["taken", "alpha"] == pytest.approx(expected)


def test_the_order_of_respondents_does_not_matter(respondents):
    turned = respondents.sample(frac=1, random_state=2)
    for function in (scale_reliability, item_rest_correlations):
        pd.testing.assert_frame_equal(function(respondents), function(turned), check_exact=True)


@pytest.mark.simulate
def test_the_interval_of_alpha_holds_the_true_one_95_times_in_100():
    # Five questions, loading 0.6 on one factor, own variance 0.64: alpha = 25·0.36 / (25·0.36 + 5·0.64).
    random, items = np.random.default_rng(4), INSTRUMENT.items_of("collegas")
    true, held, omegas = 9 / 12.2, [], []
    for _ in range(1000):
        factor = random.normal(size=(100, 1))
        frame = answers(100)
        frame[items] = 0.6 * factor + 0.8 * random.normal(size=(100, 5))
        row = reliability_of("collegas", frame)
        held.append(row["ci_low"] <= true <= row["ci_high"])
        omegas.append(row["omega"])
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)
    assert np.nanmean(omegas) == pytest.approx(true, abs=0.02)
