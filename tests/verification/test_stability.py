"""What carries a claim, and how often it holds when respondents are resampled: by data with known answers."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from conftest import make_respondents
from leercultuur.periods import Period, load_fieldwork
from leercultuur.statistics.correlations import bootstrap_rho, correlate
from leercultuur.statistics.estimates import frequencies, mean_scores
from leercultuur.statistics.fieldwork import responses_per_campaign
from leercultuur.verification.claims import check_claims
from leercultuur.verification.contests import Contest
from leercultuur.verification.printed import PUBLISHED_PERIOD
from leercultuur.verification.saved import SavedNumbers, gather
from leercultuur.verification.stability import Resampled, judge_claims, p_of_contests, stability_of_contests

COLUMNS = ["carried", "p", "p_holm", "stability"]


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    """Three hundred: micro a point above groot on taken, klein and midden like one another."""
    people = make_respondents(300, seed=3).sample(frac=1, random_state=1)
    people["taken"] += people["omvang"].map({"micro": 1, "klein": 0, "midden": 0, "groot": 0}).astype(float)
    return people.reset_index(drop=True)


def save(people: pd.DataFrame, *more: dict) -> SavedNumbers:
    """The tables of a run about these people, and more numbers; of taken by omvang unless told otherwise."""
    blank = {"file": "02_x", "category": "", "population": "alle", "group_var": "", "group": "", "n": np.nan}
    tables = [
        mean_scores(people, ["taken", "omgeving"], by="omvang", total=True),
        responses_per_campaign(people, load_fieldwork(), PUBLISHED_PERIOD),
        correlate(people, ["taken", "omgeving"], "aandacht", by="omvang", total=True),
        frequencies(people, "rol", by="omvang"),
    ]
    numbers = [
        blank | row | {"statistic": statistic, "value": row[statistic], "n": np.nan}
        for table in tables
        for row in table.to_dict("records")
        for statistic in ("mean", "per_week", "spearman", "percent")
        if statistic in row
    ]
    numbers += [blank | {"measure": "taken", "group_var": "omvang"} | number for number in more]
    return gather(pd.DataFrame(numbers)[[*blank, "measure", "statistic", "value"]])


def weigh(
    people: pd.DataFrame, *claims: dict, more: tuple[dict, ...] = (), period: Period = PUBLISHED_PERIOD
) -> pd.DataFrame:
    blank = {"population": "alle", "group_var": "omvang", "a": "", "b": "", "min_group": 0}
    table = pd.DataFrame([{"id": f"C{number}"} | blank | claim for number, claim in enumerate(claims)])
    saved = save(people, *more)
    return judge_claims(check_claims(table, saved, period=period), saved, people, period=period)


CLEAR = {"kind": "each_higher", "measure": "taken", "a": "micro", "b": "klein|midden|groot"}
ALIKE = [CLEAR | {"a": "klein", "b": "midden"}, CLEAR | {"a": "midden", "b": "klein"}]
STRONGEST = {"kind": "strongest", "measure": "aandacht", "group_var": "", "a": "taken", "b": "taken|omgeving"}


def test_a_clear_difference_is_carried_and_always_there(people):
    clear = weigh(people, CLEAR).iloc[0]

    assert (clear["carried"], clear["stability"]) == ("aantoonbaar", 1)
    assert clear["p"] == clear["p_holm"] < 1e-6


def test_groups_alike_are_not_ordered(people):
    alike = weigh(people, *ALIKE)

    assert (alike["carried"] == "niet aantoonbaar").all()
    assert alike["stability"].sum() == pytest.approx(1, abs=0.01)  # a sample may have them equal
    assert alike["stability"].between(0.02, 0.98).all()
    assert alike["p"].max() == 1  # points the other way
    assert alike["p_holm"].tolist() == alike["p"].mul(2).clip(upper=1).tolist()


def test_a_wrong_ordering_is_not_carried_however_clear(people):
    wrong = weigh(people, CLEAR | {"a": "groot", "b": "micro"}).iloc[0]

    assert (wrong["status"], wrong["carried"], wrong["p"], wrong["stability"]) == (
        "wijkt af",
        "niet aantoonbaar",
        1,
        0,
    )


def test_the_order_of_respondents_moves_nothing_and_the_outcome_is_the_same_twice(people):
    claims = [CLEAR, *ALIKE, STRONGEST]
    first, again = weigh(people, *claims), weigh(people, *claims)
    turned = weigh(people.iloc[::-1], *claims)

    pd.testing.assert_frame_equal(first[COLUMNS], again[COLUMNS], check_exact=True)
    pd.testing.assert_frame_equal(first[COLUMNS], turned[COLUMNS], check_exact=True)


def test_what_is_observed_is_what_the_tables_say(people):
    """Whatever a claim can be about: the first number of every array is the saved one."""
    saved = save(people)
    find = Resampled(people, PUBLISHED_PERIOD, resamples=2).find
    found = 0
    for row in saved.numbers[saved.numbers["value"].notna()].itertuples(index=False):
        if row.measure != "periode" or row.statistic == "per_week":
            assert find(tuple(row[:6]))[0] == pytest.approx(row.value), row
            found += 1
    assert found > 40


def test_standard_errors_are_those_of_theory(people):
    samples = Resampled(people, PUBLISHED_PERIOD)
    mean = samples.find(("omgeving", "", "alle", "", "", "mean"))
    rho = samples.find(("omgeving~aandacht", "", "alle", "", "", "spearman"))
    counts = pd.crosstab(people["omgeving"], people["aandacht"]).to_numpy(dtype=float)

    assert np.std(mean[1:]) == pytest.approx(people["omgeving"].sem(), rel=0.1)
    assert np.std(rho[1:]) == pytest.approx(np.std(bootstrap_rho(counts, 1000)), rel=0.1)


def test_the_weakest_link_decides():
    samples = np.random.default_rng(1).normal(size=(3, 1001))
    high, middle, low = (row + level for row, level in zip(samples, (9, 3, 0), strict=True))
    high[0], middle[0], low[0] = 9, 3, 0
    far, near = Contest({"high": high}, {"low": low}), Contest({"middle": middle}, {"low": low})

    assert p_of_contests([far]) < p_of_contests([near]) == p_of_contests([far, near])
    assert p_of_contests([near]) == pytest.approx(0.034, abs=0.01)  # 3 over the square root of 2
    assert stability_of_contests([far, near]) == stability_of_contests([near]) < 1


def pair(statistic: str, value: float) -> dict:
    return {"group": "klein|midden", "statistic": statistic, "value": value}


@pytest.mark.parametrize(
    ("equivalent", "carried"),
    [((), "niet te toetsen"), ((0.01,), "aantoonbaar"), ((0.2,), "niet aantoonbaar")],
)
def test_that_groups_do_not_differ_needs_a_test_of_equivalence(people, equivalent, carried):
    more = [pair("p", 0.6), pair("p_welch", 0.6) | {"group": ""}]
    more += [pair("p_equivalent", value) for value in equivalent]
    claim = {"kind": "no_sig_difference", "measure": "taken", "a": "klein|midden"}

    weighed = weigh(people, claim, more=more).iloc[0]

    assert (weighed["status"], weighed["carried"]) == ("gelijk", carried)
    assert np.isnan(weighed["stability"])


def test_not_higher_is_carried_by_equivalence_alone(people):
    both = [claim | {"kind": "not_higher"} for claim in ALIKE]

    weighed = weigh(people, *both, more=[pair("p_equivalent", 0.01)])

    assert (weighed["carried"] == "aantoonbaar").equals(weighed["holds"].astype(bool))
    assert (weigh(people, *both)["carried"] == "niet te toetsen").all()


def test_a_rule_and_another_period_are_not_tested(people):
    other = weigh(people, CLEAR, period=Period(date(2025, 1, 1), date(2025, 6, 30))).iloc[0]
    missing = weigh(people, CLEAR | {"measure": "collegas"}).iloc[0]

    for claim in (other, missing):
        assert claim["carried"] == "niet te toetsen"
        assert claim[["p", "p_holm", "stability"]].isna().all()


def test_no_test_shows_that_rhos_are_equal(people):
    claim = {"kind": "no_sig_difference_in_rho", "measure": "aandacht", "b": "taken"}
    equal = {"measure": "taken~aandacht", "file": "06_toets_samenhang", "statistic": "p_holm", "value": 0.9}

    weighed = weigh(people, claim, more=[equal]).iloc[0]

    assert (weighed["status"], weighed["carried"]) == ("gelijk", "niet aantoonbaar")


def test_a_benchmark_is_taken_as_fixed(people):
    level = people["omgeving"].mean() + 3 * people["omgeving"].sem()
    benchmark = {"measure": "omgeving", "group_var": "", "statistic": "benchmark_mean", "value": level}

    weighed = weigh(people, {"kind": "below_benchmark", "measure": "omgeving"}, more=[benchmark]).iloc[0]

    assert weighed["p"] == pytest.approx(0.0027, abs=0.002)  # three standard errors
    assert weighed["carried"] == "aantoonbaar"
