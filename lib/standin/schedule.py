"""When the questionnaires came in: campaign rounds that peak and fade, quiet holidays, office hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np
import yaml

from leercultuur.instrument import PROJECT
from standin import assumptions
from standin.targets import Figure

Campaigns = dict[str, list[tuple[date, date]]]


def read_campaigns(path: Path = PROJECT / "data" / "campaigns.yml") -> tuple[Campaigns, str]:
    """Rounds (first and last day) per campaign, and the key of the time between campaigns."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    campaigns = {
        key: [(entry["start"], entry["end"]) for entry in campaign["rounds"]]
        for key, campaign in raw["campaigns"].items()
    }
    return campaigns, raw["between"]["key"]


def period_days(campaigns: Campaigns, between: str) -> dict[str, list[date]]:
    """Days of every period: a campaign from its first day through its last, and the days between them."""
    spans = {key: (rounds[0][0], rounds[-1][1]) for key, rounds in campaigns.items()}
    days = {key: _days(first, last) for key, (first, last) in spans.items()}
    everything = _days(min(first for first, _ in spans.values()), max(last for _, last in spans.values()))
    taken = {day for some in days.values() for day in some}
    return {**days, between: [day for day in everything if day not in taken]}


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def day_weight(day: date, campaigns: Campaigns) -> int:
    """How likely a questionnaire is to come in on a day, as a whole number without a scale."""
    weight = assumptions.QUIET
    span = False
    for rounds in campaigns.values():
        span = span or rounds[0][0] <= day <= rounds[-1][1]
        for first, last in rounds:
            if first <= day <= last:
                week, reminder = divmod((day - first).days // 7, assumptions.REMINDER_WEEK)
                height = assumptions.ROUND_PEAK * assumptions.REMINDER_PERCENT**week // 100**week
                weight = height * assumptions.FADE_PERCENT**reminder // 100**reminder
    if not span:
        weight = assumptions.STEADY
    weight = weight * assumptions.WEEKDAY_PERCENT[day.weekday()]
    for first, last, percent in assumptions.HOLIDAYS:
        if first <= day.isoformat() <= last:
            weight = weight * percent // 100
    return weight


def draw_times(
    rng: np.random.Generator, figures: list[Figure], extra: int
) -> tuple[list[datetime], list[datetime]]:
    """Submit times of the questionnaires that count and of ``extra`` ones that do not.

    The counts per period are as printed. Times are Dutch local time, none at night: no clock goes back.
    """
    campaigns, between = read_campaigns()
    days = period_days(campaigns, between)
    counting: list[datetime] = []
    for key, dates in days.items():
        printed = next(
            f for f in figures if f.table == "periode" and f.statistic == "count" and f.category == key
        )
        counting += _draw(rng, dates, campaigns, int(printed.value))
    everything = sorted(day for dates in days.values() for day in dates)
    return counting, _draw(rng, everything, campaigns, extra)


def _draw(rng: np.random.Generator, days: list[date], campaigns: Campaigns, n: int) -> list[datetime]:
    chosen = weighted_choice(rng, [day_weight(day, campaigns) for day in days], n)
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
