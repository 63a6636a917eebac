"""When questionnaires came in: per week, and during and between campaigns."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pandas as pd

from leercultuur.disclosure.hiding import find_disclosure, mask_places
from leercultuur.periods import Fieldwork, Period, load_fieldwork


def responses_per_week(respondents: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Questionnaires per calendar week: ``week_start`` (Monday), ``count``; weeks without any included."""
    mondays = _find_mondays(respondents)
    weeks = pd.date_range(period.start - timedelta(days=period.start.weekday()), period.end, freq="7D")
    counts = mondays.value_counts().reindex(weeks, fill_value=0)
    table = pd.DataFrame({"week_start": weeks, "count": counts.to_numpy()})
    rule = find_disclosure(respondents)
    if rule is None:
        return table
    hidden, _ = rule.judge_margins(_count_moments(respondents, load_fieldwork()))
    return mask_places(table, rule, table["week_start"].isin(hidden).to_numpy(), ["count"])


def _find_mondays(respondents: pd.DataFrame) -> pd.Series:
    submitted = respondents["submitted_at"]
    return submitted.dt.normalize() - pd.to_timedelta(submitted.dt.day_of_week, unit="D")


def _count_moments(respondents: pd.DataFrame, fieldwork: Fieldwork) -> pd.Series:
    """Respondents per week and phase; of a week that two phases share, both."""
    days = [day for monday in _find_mondays(respondents).unique() for day in pd.date_range(monday, periods=7)]
    calendar = pd.DataFrame({"submitted_at": days})
    keys = [
        pd.MultiIndex.from_arrays([_find_mondays(frame), _name_phases(frame, fieldwork)])
        for frame in (respondents, calendar)
    ]
    return keys[0].value_counts().reindex(keys[1].unique(), fill_value=0)


def _name_phases(respondents: pd.DataFrame, fieldwork: Fieldwork) -> pd.Series:
    """The key of the campaign, or of the time between or outside campaigns, of each respondent."""
    names = pd.Series(fieldwork.outside[0], respondents.index)
    for phase in fieldwork.phases:
        names = names.mask(phase.span.contains(respondents["submitted_at"]), phase.key)
    return names


def split_by_campaign(respondents: pd.DataFrame, fieldwork: Fieldwork) -> pd.DataFrame:
    """Add ``fase``: whether someone answered ``tijdens`` a round of a campaign, or ``daarbuiten``."""
    inside = pd.concat([entry.contains(respondents["submitted_at"]) for entry in fieldwork.rounds], axis=1)
    phase = inside.any(axis=1).map({True: "tijdens", False: "daarbuiten"})
    return respondents.assign(fase=pd.Categorical(phase, ["tijdens", "daarbuiten"]))


def responses_per_campaign(respondents: pd.DataFrame, fieldwork: Fieldwork, period: Period) -> pd.DataFrame:
    """Questionnaires during and between campaigns, and per week that the period covers.

    A campaign runs from the first day of its first round to the last day of its last one; its weeks are
    those of its rounds.

    Parameters
    ----------
    respondents
        A row is a respondent; ``submitted_at``.
    fieldwork
        From ``load_fieldwork``.
    period
        Of the run. A campaign outside it is left out.

    Returns
    -------
    DataFrame
        A row is a campaign, or all times between or outside campaigns: ``measure`` (periode),
        ``category``, ``label``, ``n`` (all questionnaires), ``count``, ``percent`` (0-100), ``weeks``,
        ``per_week`` (missing outside the campaigns).
    """
    submitted = respondents["submitted_at"]
    rows = []
    for phase in fieldwork.phases:
        days = sum(entry.overlap(period).days for entry in phase.rounds)
        count = int(phase.span.contains(submitted).sum())
        if days or count:
            rows.append((phase.key, phase.label, count, days / 7))
    outside = len(respondents) - sum(count for _, _, count, _ in rows)
    if outside:
        rows.append((*fieldwork.outside, outside, np.nan))

    table = pd.DataFrame(rows, columns=["category", "label", "count", "weeks"])
    together = table.groupby(["category", "label"], sort=False, as_index=False)
    table = together[["count", "weeks"]].sum(min_count=1)
    percent = 100 * table["count"] / len(respondents)
    per_week = table["count"] / table["weeks"].where(table["weeks"] > 0)
    table = table.assign(measure="periode", n=len(respondents), percent=percent, per_week=per_week)
    table = table[["measure", "category", "label", "n", "count", "percent", "weeks", "per_week"]]
    rule = find_disclosure(respondents)
    if rule is None:
        return table
    _, hidden = rule.judge_margins(_count_moments(respondents, fieldwork))
    return mask_places(
        table, rule, table["category"].isin(hidden).to_numpy(), ["count", "percent", "per_week"]
    )
