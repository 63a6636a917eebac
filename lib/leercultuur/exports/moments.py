"""The only place that reads times in an export. Times are Dutch local time, without a zone.

Day and month are never guessed row by row: the time columns of a file are day-first or month-first as a
whole, which all their values decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import pandas as pd

ISO = (
    r"(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})"
    r"(?:[T ]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|CES?T|(?:GMT|UTC)?[+-]\d{1,2}(?::?\d{2})?)?)?"
)
PARTS = (
    r"(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second_part>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})"
    r"(?:,?[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp])?(?:\.?[Mm]\.?)?)?"
)
SERIAL = r"\d{5}(?:[.,]\d+)?"  # days since the last but one of 1899, as Excel counts
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954, 2119
HARMLESS = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}[\d\s:.TZ+apmAPM-]*|\d{1,5}"  # to show in a message
EXPECTED = "een tijd als 2024-07-22 09:16 (jjjj-mm-dd uu:mm) of 22-07-2024 09:16 (dd-mm-jjjj uu:mm)"
ZONE = "Europe/Amsterdam"
NAMED = {"Z": "+00", "UTC": "+00", "CET": "+01", "CEST": "+02"}  # zones by name


@dataclass(frozen=True)
class Moments:
    """Times of a file, by column.

    Attributes
    ----------
    times
        Column -> datetime64[ms], same index; what is no time is missing.
    wrong
        Column -> which texts are no time, or not in the order of the rest.
    undecided
        Column -> which texts have two readings, where nothing decides between them.
    mixed
        Columns with both cells that Excel made a date and texts: there day and month may be swapped already.
    order
        What stands first: day or month; None where nothing decides.
    assumed
        Whether the month was put first because the platform does, and nothing else decided.
    """

    times: Mapping[str, pd.Series]
    wrong: Mapping[str, pd.Series]
    undecided: Mapping[str, pd.Series] = field(default_factory=dict)
    mixed: tuple[str, ...] = ()
    order: str | None = "day"
    assumed: bool = False


def read_times(columns: Mapping[str, pd.Series], *, month_first: bool = False, zone: str = "") -> Moments:
    """Read the time columns of a file together.

    Parameters
    ----------
    columns
        Column -> texts, "" for none; all on one index; the start before the end. Read are ISO (with T,
        fractions and offset, which is turned into Dutch time), numbers of Excel, and day, month and year
        with dashes, dots or slashes, AM and PM.
    month_first
        Whether the platform writes the month first; counts only where the values leave it open.
    zone
        The time zone of what has no offset itself; "" for Dutch time.
    """
    texts = {name: column.str.strip() for name, column in columns.items()}
    typed = {name: _read_iso(column).fillna(_read_serials(column)) for name, column in texts.items()}
    by_day = {name: _read_parts(column, month_first=False) for name, column in texts.items()}
    by_month = {name: _read_parts(column, month_first=True) for name, column in texts.items()}
    mixed = tuple(
        name
        for name in texts
        if typed[name].notna().any() and (by_day[name].notna() | by_month[name].notna()).any()
    )
    order, assumed = _decide(texts, by_day, by_month, month_first)
    parts = by_month if order == "month" else by_day
    times = {name: typed[name].fillna(parts[name]) for name in texts}
    if zone not in ("", ZONE):
        times = {
            name: _to_dutch(times[name], zone).where(~_has_offset(texts[name]), times[name]) for name in texts
        }
    wrong = {name: times[name].isna() & (texts[name] != "") for name in texts}
    undecided = {}
    if order is None:
        undecided = {name: _differ(by_day[name], by_month[name]) for name in texts}
    return Moments(times, wrong, undecided, mixed, order, assumed)


def _decide(
    texts: Mapping[str, pd.Series],
    by_day: Mapping[str, pd.Series],
    by_month: Mapping[str, pd.Series],
    month_first: bool,
) -> tuple[str | None, bool]:
    """The order of all columns, None when nothing decides; and whether it is that of the platform."""
    failures = {
        "day": sum(int((by_day[name].isna() & by_month[name].notna()).sum()) for name in texts),
        "month": sum(int((by_month[name].isna() & by_day[name].notna()).sum()) for name in texts),
    }
    if any(failures.values()):
        return min(failures, key=lambda order: failures[order]), False
    if not any(_differ(by_day[name], by_month[name]).any() for name in texts):
        return "day", False
    everything = pd.concat(list(texts.values()))
    parts = everything[everything.str.fullmatch(PARTS)]
    if not parts.str.contains(r"/|[AaPp]\.?[Mm]").any():
        return "day", False  # dashes and dots are how Dutch is written, with the day first
    backwards = {"day": _count_backwards(by_day), "month": _count_backwards(by_month)}
    if min(backwards.values()) == 0 < max(backwards.values()):
        return min(backwards, key=lambda order: backwards[order]), False
    return ("month", True) if month_first else (None, False)


def _differ(by_day: pd.Series, by_month: pd.Series) -> pd.Series:
    return by_day.notna() & by_month.notna() & (by_day != by_month)


def _count_backwards(times: Mapping[str, pd.Series]) -> int:
    """How often a questionnaire would end before it begins."""
    columns = list(times.values())
    return sum(int((after < before).sum()) for before, after in pairwise(columns))


def _read_iso(texts: pd.Series) -> pd.Series:
    parts = texts.str.extract(f"^{ISO}$")
    times = _assemble(parts["year"], parts["month"], parts["day"], parts)
    zone = parts["zone"].replace(NAMED)
    if zone.notna().any():
        found = zone.str.extract(r"([+-])(\d{1,2}):?(\d{2})?$")  # +0200, +02:00, +2, GMT+2
        minutes = found[1].astype(float) * 60 + found[2].fillna("0").astype(float)
        offset = pd.to_timedelta(minutes.where(found[0] != "-", -minutes), unit="m")
        local = (times - offset).dt.tz_localize("UTC").dt.tz_convert(ZONE).dt.tz_localize(None)
        times = local.where(zone.notna(), times).astype("datetime64[ms]")
    return times


def _has_offset(texts: pd.Series) -> pd.Series:
    return texts.str.extract(f"^{ISO}$")["zone"].notna()


def _to_dutch(times: pd.Series, zone: str) -> pd.Series:
    """Times of another zone; of an hour that comes twice there, the second."""
    placed = times.dt.tz_localize(zone, ambiguous=[False] * len(times), nonexistent="shift_forward")
    return placed.dt.tz_convert(ZONE).dt.tz_localize(None).astype("datetime64[ms]")


def _read_serials(texts: pd.Series) -> pd.Series:
    days = pd.to_numeric(texts.where(texts.str.fullmatch(SERIAL)).str.replace(",", "."), errors="coerce")
    days = days.where(days.between(FIRST_SERIAL, LAST_SERIAL))
    times = pd.Timestamp(1899, 12, 30) + pd.to_timedelta((days * 86_400).round(), unit="s")
    return times.astype("datetime64[ms]")


def _read_parts(texts: pd.Series, *, month_first: bool) -> pd.Series:
    parts = texts.str.extract(f"^{PARTS}$")
    year = parts["year"].where(parts["year"].str.len() != 2, "20" + parts["year"].fillna(""))
    day, month = parts["first"], parts["second_part"]
    return _assemble(year, *((day, month) if month_first else (month, day)), parts)


def _assemble(year: pd.Series, month: pd.Series, day: pd.Series, parts: pd.DataFrame) -> pd.Series:
    """Times from their parts; missing where there is no such day or hour."""
    given = {"year": year, "month": month, "day": day}
    given |= {part: parts[part] for part in ("hour", "minute", "second")}
    numbers = pd.DataFrame({part: pd.to_numeric(column, errors="coerce") for part, column in given.items()})
    numbers[["hour", "minute", "second"]] = numbers[["hour", "minute", "second"]].fillna(0)
    possible = numbers["hour"].le(23) & numbers["minute"].le(59) & numbers["second"].le(59)
    if "half" in parts:
        half = parts["half"].str[0].str.lower()
        possible &= half.isna() | numbers["hour"].between(1, 12)
        numbers["hour"] = numbers["hour"].where(half.isna(), numbers["hour"] % 12 + 12 * (half == "p"))
    days = pd.to_datetime(numbers[["year", "month", "day"]], errors="coerce")
    seconds = numbers["hour"] * 3600 + numbers["minute"] * 60 + numbers["second"]
    return (days + pd.to_timedelta(seconds, unit="s")).where(possible).astype("datetime64[ms]")
