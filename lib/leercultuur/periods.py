"""Days: the period of a run and the rounds of the campaigns.

Times are Dutch local time, without a zone (``exports.moments`` reads them); both ends of a period count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.checks.campaigns import read_campaigns
from leercultuur.formatting import nl_date
from leercultuur.project import PROJECT, InputError

CAMPAIGNS = PROJECT / "data" / "campaigns.yml"


@dataclass(frozen=True, order=True)
class Period:
    """From the first day through the last; as text ``22 juli 2024 t/m 3 november 2025``."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has; 0 when it ends before it starts."""
        return max(0, (self.end - self.start).days + 1)

    def covers(self, other: Period) -> bool:
        """Whether every day of another period is in this one."""
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Period) -> Period:
        """The days that both have; a period without days when there are none."""
        return Period(max(self.start, other.start), min(self.end, other.end))

    def contains(self, moments: pd.Series) -> pd.Series:
        """Which moments lie in it; a missing one does not."""
        return moments.dt.normalize().between(pd.Timestamp(self.start), pd.Timestamp(self.end))

    def __str__(self) -> str:
        return f"{nl_date(self.start)} t/m {nl_date(self.end)}"


@dataclass(frozen=True)
class Phase:
    """A campaign, or the time between two: its days, and the rounds in which people were asked.

    ``rounds`` of a time between campaigns is the whole of it.
    """

    key: str
    label: str
    rounds: tuple[Period, ...]

    @property
    def span(self) -> Period:
        """From the first day of the first round to the last day of the last."""
        return Period(min(entry.start for entry in self.rounds), max(entry.end for entry in self.rounds))


@dataclass(frozen=True)
class Fieldwork:
    """When people were asked to fill in the Quickscan: ``data/campaigns.yml``.

    ``outside`` is key and label of everything before the first campaign and after the last.
    """

    campaigns: tuple[Phase, ...]
    between: tuple[str, str]
    outside: tuple[str, str]

    @property
    def rounds(self) -> list[Period]:
        """The rounds of all campaigns, in order."""
        return [entry for campaign in self.campaigns for entry in campaign.rounds]

    @property
    def phases(self) -> list[Phase]:
        """The campaigns and the times between them, in order of time."""
        phases = list(self.campaigns[:1])
        for before, after in pairwise(self.campaigns):
            gap = Period(before.span.end + timedelta(days=1), after.span.start - timedelta(days=1))
            phases += [Phase(*self.between, (gap,)), after]
        return phases


def read_period(start_date: Any, end_date: Any) -> Period:
    """Read two ISO dates, both inclusive; InputError when they are none, or in the wrong order."""
    days = []
    for name, value in (("start_date", start_date), ("end_date", end_date)):
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise InputError(f'{name} is {value!r}. Verwacht: een datum als "2024-07-22" (jjjj-mm-dd).')
        try:
            days.append(date.fromisoformat(value))
        except ValueError:
            raise InputError(f'{name} is "{value}": die dag bestaat niet. Verbeter de datum.') from None
    if days[0] > days[1]:
        raise InputError(f"start_date ({start_date}) ligt na end_date ({end_date}). Wissel ze om.")
    return Period(*days)


def load_fieldwork(path: Path = CAMPAIGNS) -> Fieldwork:
    """The campaigns and their rounds, in order of time."""
    raw = read_campaigns(path)
    campaigns = [
        Phase(key, entry["label"], tuple(sorted(Period(r["start"], r["end"]) for r in entry["rounds"])))
        for key, entry in raw["campaigns"].items()
    ]
    between, outside = ((raw[part]["key"], raw[part]["label"]) for part in ("between", "outside"))
    return Fieldwork(tuple(sorted(campaigns, key=lambda campaign: campaign.span)), between, outside)
