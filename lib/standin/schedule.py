"""When the questionnaires came in: campaign rounds that peak and fade, quiet holidays, office hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np

from leercultuur.periods import Fieldwork, Period, load_fieldwork
from leercultuur.verification.printed import PrintedNumber
from standin import assumptions


def days_by_phase(fieldwork: Fieldwork) -> dict[str, list[date]]:
    """Days of every campaign, from its first through its last, and then the days between campaigns."""
    days: dict[str, list[date]] = {campaign.key: [] for campaign in fieldwork.campaigns}
    for phase in fieldwork.phases:
        days.setdefault(phase.key, []).extend(_days(phase.span))
    return days


def _days(period: Period) -> list[date]:
    return [period.start + timedelta(days=number) for number in range(period.days)]


def day_weight(day: date, fieldwork: Fieldwork) -> int:
    """How likely a questionnaire is to come in on a day, as a whole number without a scale."""
    today = Period(day, day)
    inside = any(campaign.span.covers(today) for campaign in fieldwork.campaigns)
    weight = assumptions.QUIET if inside else assumptions.STEADY
    for entry in fieldwork.rounds:
        if entry.covers(today):
            week, reminder = divmod((day - entry.start).days // 7, assumptions.REMINDER_WEEK)
            height = assumptions.ROUND_PEAK * assumptions.REMINDER_PERCENT**week // 100**week
            weight = height * assumptions.FADE_PERCENT**reminder // 100**reminder
    weight = weight * assumptions.WEEKDAY_PERCENT[day.weekday()]
    for first, last, percent in assumptions.HOLIDAYS:
        if first <= day.isoformat() <= last:
            weight = weight * percent // 100
    return weight


def draw_times(
    rng: np.random.Generator, numbers: list[PrintedNumber], extra: int
) -> tuple[list[datetime], list[datetime]]:
    """Submit times of the questionnaires that count and of ``extra`` ones that do not.

    The counts per phase are as printed. Times are Dutch local time, none at night: no clock goes back.
    """
    fieldwork = load_fieldwork()
    days = days_by_phase(fieldwork)
    printed = {n.category: int(n.value) for n in numbers if n.table == "periode" and n.statistic == "count"}
    counting: list[datetime] = []
    for key, dates in days.items():
        counting += _draw(rng, dates, fieldwork, printed[key])
    everything = sorted(day for dates in days.values() for day in dates)
    return counting, _draw(rng, everything, fieldwork, extra)


def _draw(rng: np.random.Generator, days: list[date], fieldwork: Fieldwork, n: int) -> list[datetime]:
    chosen = weighted_choice(rng, [day_weight(day, fieldwork) for day in days], n)
    hours = weighted_choice(rng, list(assumptions.HOUR_WEIGHTS), n)
    minutes = rng.integers(0, 60, n)
    first = assumptions.FIRST_HOUR
    return [
        datetime(days[day].year, days[day].month, days[day].day, first + int(hour), int(minute))
        for day, hour, minute in zip(chosen, hours, minutes, strict=True)
    ]


def weighted_choice(rng: np.random.Generator, weights: list[int], n: int) -> np.ndarray:
    """``n`` positions drawn with whole-number weights, with replacement."""
    edges = np.cumsum(np.array(weights, dtype=np.int64))
    return np.searchsorted(edges, rng.integers(0, edges[-1], n), side="right")
