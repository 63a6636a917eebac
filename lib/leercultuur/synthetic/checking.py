"""Every printed figure and claim recomputed from coded answers, to count how many the stand-in meets.

An independent count: nothing here uses the integer programmes or the rank sums that made the answers.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pandas as pd
from scipy import stats

from leercultuur.instrument import Instrument
from leercultuur.synthetic.claims import claim_holds
from leercultuur.synthetic.schedule import period_days, period_weeks, read_campaigns
from leercultuur.synthetic.sectors import kept_sectors
from leercultuur.synthetic.targets import Claim, Figure

ALPHA = 0.05
ROUNDING_ERROR = Fraction(1, 10**9)


def score_answers(instrument: Instrument, respondents: pd.DataFrame) -> pd.DataFrame:
    """Coded answers with the scale scores and informeel_leren; scores as numbers."""
    scores = respondents.copy()
    for variable in instrument.variables:
        if instrument.is_score(variable):
            scores[variable] = pd.to_numeric(scores[variable])
    for name, items in instrument.derived.items():
        scores[name] = scores[items].sum(axis=1) / len(items)
    return scores


def check_figures(
    instrument: Instrument, scores: pd.DataFrame, n_questionnaires: int, figures: list[Figure]
) -> pd.DataFrame:
    """One row a figure: id, printed, computed, met. Benchmarks come from elsewhere and count as met.

    Parameters
    ----------
    scores : DataFrame
        From :func:`score_answers`, with submitted_at.
    n_questionnaires : int
        Questionnaires filled in, including those left out.
    """
    rows = []
    for figure in figures:
        if figure.statistic.startswith("benchmark"):
            value = float(figure.value)
        else:
            value = compute_figure(instrument, scores, n_questionnaires, figure)
        rows.append((figure.id, float(figure.value), value, agrees(value, figure)))
    return pd.DataFrame(rows, columns=["id", "printed", "computed", "met"])


def check_claims(instrument: Instrument, scores: pd.DataFrame, claims: list[Claim]) -> pd.DataFrame:
    """One row a claim: id, met."""
    kept = kept_sectors(instrument, scores["sector"].to_numpy())
    rows = [
        (claim.id, claim_holds(instrument, _population(instrument, scores, claim), claim, kept))
        for claim in claims
    ]
    return pd.DataFrame(rows, columns=["id", "met"])


def agrees(value: float, figure: Figure) -> bool:
    """Whether a computed value prints as the figure (see :func:`targets.agreement_bounds`)."""
    low, high = figure.bounds
    exact = Fraction(value)
    return low - ROUNDING_ERROR <= exact < high - ROUNDING_ERROR


def compute_figure(
    instrument: Instrument, scores: pd.DataFrame, n_questionnaires: int, figure: Figure
) -> float:
    """The value of one figure among the answers."""
    if figure.table == "steekproef":
        counted = len(scores)
        return {
            "ingevuld": n_questionnaires,
            "uitgesloten": n_questionnaires - counted,
            "analyse": counted,
        }[figure.category]
    if figure.table == "periode":
        return _period(scores, figure)
    people = _population(instrument, scores, figure)
    if figure.statistic == "significant":
        first, second = (
            people.loc[people["omvang"] == name, figure.measure] for name in figure.group.split("|")
        )
        return int(stats.ttest_ind(first, second, equal_var=False).pvalue < ALPHA)
    if figure.group and figure.group != "totaal":
        people = people[people[figure.group_var] == figure.group]
    if figure.statistic == "spearman":
        first, second = figure.measure.split("~")
        return stats.spearmanr(people[first], people[second]).statistic
    if figure.statistic == "mean":
        return people[figure.measure].mean()
    chosen = people[figure.measure].isin(_options(instrument, figure)).sum()
    return chosen if figure.statistic == "count" else 100 * chosen / len(people)


def _options(instrument: Instrument, figure: Figure) -> list:
    """The answers that a count or percentage is of."""
    for option in instrument.options(figure.measure):
        if str(option) == figure.category:
            return [option]
    return next(
        group[figure.category]["options"]
        for group in instrument.raw["classes"].values()
        if figure.category in group
    )


def _population(instrument: Instrument, scores: pd.DataFrame, entry: Figure | Claim) -> pd.DataFrame:
    sizes = instrument.raw["populations"][entry.population].get("omvang")
    return scores if sizes is None else scores[scores["omvang"].isin(sizes)]


def _period(scores: pd.DataFrame, figure: Figure) -> float:
    campaigns, between = read_campaigns()
    days: set[date] = set(period_days(campaigns, between)[figure.category])
    count = int(pd.to_datetime(scores["submitted_at"]).dt.date.isin(days).sum())
    if figure.statistic == "count":
        return count
    if figure.statistic == "percent":
        return 100 * count / len(scores)
    return count / period_weeks(campaigns, between)[figure.category]
