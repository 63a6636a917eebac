"""What leaves a protected run: no more digits than are shown, and why a number is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from leercultuur.disclosure.hiding import BASES, HIDDEN, find_disclosure
from leercultuur.findings.finding import Evidence, Finding
from leercultuur.project import InputError
from leercultuur.statistics.groups import TOO_SMALL
from leercultuur.style.shown import Drawing, Picture, Series
from leercultuur.style.table import Table

NOTE = (
    "Een streepje of een lege plek: te klein om te tonen, af te leiden tot iets kleins, of niet te berekenen."
)
REMARK = "not_shown"  # a column of a saved table
OF_PEOPLE = {*BASES, "count"}
COUNTS = [*BASES, "count", "missing", "organisations", "respondents"]
P_VALUES = {"p", "p_holm", "p_corrected", "p_welch", "p_kruskal", "p_dunn", "p_equivalent"}
SMALLEST_P = 0.001
PERCENTAGES = {"percent", "percent_missing", "share", "share_low", "share_high"}
PERCENTAGES |= {"first_percent", "last_percent"}
ENDS = {"ci_low", "ci_high"}  # of a percentage, or of a mean
INSIDE = ["se", "df"]  # of a test; with the interval they would give the base again


def release_table(table: pd.DataFrame) -> pd.DataFrame:
    """A tidy frame with the digits that are shown, and a remark (``not_shown``) where a count is missing.

    Raises
    ------
    InputError
        It counts respondents, and was made from a frame that lost the rule: with ``merge`` or ``join``.
    """
    counts_people = "measure" in table and "id" not in table and OF_PEOPLE & {*table}  # an id is of print
    if counts_people and find_disclosure(table) is None:
        raise InputError(
            "Deze tabel telt invullers, maar komt niet uit een selectie van wat lc.load_respondents geeft: "
            "na merge, join of concat is niet meer bekend welke aantallen te klein zijn om te tonen. Voeg "
            "kolommen toe met assign, of draai met disclosure = open, voor uzelf."
        )
    table = table.drop(columns=INSIDE) if set(INSIDE) <= set(table.columns) else table
    digits = {name: count_digits(name, "percent" in table) for name in table.select_dtypes("number")}
    rounded = table.assign(**{name: _round(table[name], number) for name, number in digits.items()})
    counts = [name for name in COUNTS if name in table]
    if table.attrs.get(HIDDEN) and counts:
        rounded[REMARK] = np.where(table[counts].isna().any(axis=1), TOO_SMALL, "")
    return rounded


def count_digits(column: str, percent: bool = False) -> int:
    """How many decimals a column is shown with; ``percent``: its intervals are of percentages."""
    if column in P_VALUES:
        return 3
    return 1 if column in PERCENTAGES or (percent and column in ENDS) else 2


def round_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Findings whose evidence has no more digits than are shown."""
    return [
        replace(finding, evidence=tuple(_round_evidence(entry) for entry in finding.evidence))
        for finding in findings
    ]


def round_picture(picture: Picture) -> Picture:
    """A figure whose drawings have no more digits than are shown."""
    return replace(picture, drawings=[_round_drawing(drawing) for drawing in picture.drawings])


def note_hidden(table: Table) -> Table:
    """A table that says why numbers are missing, where some are hidden."""
    if not table.data.attrs.get(HIDDEN):
        return table
    return replace(table, note=" ".join(filter(None, [table.note, NOTE])))


def _round(values: pd.Series, digits: int) -> pd.Series:
    whole = np.mod(values.dropna(), 1).eq(0).all()
    rounded = values if whole else values.astype(float).round(digits) + 0.0
    # A p is never 0: the smallest is what is shown as "< 0,001".
    return (
        rounded.where(values.isna(), rounded.clip(lower=SMALLEST_P)) if values.name in P_VALUES else rounded
    )


def _round_evidence(entry: Evidence) -> Evidence:
    p = None if entry.p is None else max(round(entry.p, 3), SMALLEST_P)
    value = entry.value if isinstance(entry.value, str) else round(entry.value, count_digits(entry.statistic))
    return replace(entry, value=value, p=p)


def _round_drawing(drawing: Drawing) -> Drawing:
    def cut(values: Iterable[float | None]) -> list[float | None]:
        return [None if value is None else round(value, drawing.decimals) for value in values]

    series = [
        Series(
            name=one.name, values=cut(one.values), colours=one.colours, low=cut(one.low),
            high=cut(one.high), across=cut(one.across), marks=one.marks,
        )
        for one in drawing.series
    ]  # fmt: skip
    start, end = cut([drawing.start, drawing.end])
    crossing = [round(value, drawing.decimals) for value in drawing.crossing]
    return replace(drawing, series=series, crossing=crossing, start=start, end=end)
