"""Rows of tables and figures: in which order they stand, how they are named, and under what heading."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL

SCALES, ITEMS = "Kenmerken", "Vragen"  # headings, where a table has both


def sort_keys(variable: str, values: pd.Series) -> list[str]:
    """The answers to a question, or the groups that it makes, as they are shown, in tables and figures.

    Those that rise or fall stay as they come; others go from the highest value to the lowest, with rest
    options ("anders", "weet ik niet") last, and then the total.

    Parameters
    ----------
    variable
        The question, or what else makes the groups.
    values
        A number per answer.
    """
    instrument = load_instrument()
    if variable in instrument.categorical and not instrument.is_ordered(variable):
        values = values.sort_values(ascending=False, kind="stable")
    return sorted(values.index, key=lambda key: (key == TOTAL, is_rest(variable, key)))


def order_answers(frequencies: pd.DataFrame) -> list[str]:
    """The answers to one question (``category``), by how often they are given in all groups together."""
    totals = frequencies[frequencies["group"] == TOTAL]
    counts = (totals if len(totals) else frequencies).groupby("category", sort=False)["count"].sum()
    return sort_keys(frequencies["measure"].iloc[0], counts)


def order_groups(table: pd.DataFrame, value: str = "mean") -> list[str]:
    """The groups, by the mean of the values that each has."""
    values = table.groupby("group", sort=False)[value].mean().fillna(0)
    return sort_keys(table["group_var"].iloc[0], values)


def is_rest(variable: str, answer: str) -> bool:
    """A rest option, or a class that one is in."""
    instrument = load_instrument()
    if variable not in instrument.categorical:
        return False
    members = {str(option) for system in instrument.classes.values() for option in system.get(answer, [])}
    return not members.union([answer]).isdisjoint(instrument.rest_options(variable))


def sort_groups(table: pd.DataFrame, groups: list[str]) -> pd.DataFrame:
    """The rows of a tidy frame, those of the first group first."""
    return table.sort_values("group", key=lambda keys: keys.map(groups.index), kind="stable")


def group_by_scale(texts: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Texts with a row per measure, under the characteristic that each is a question of; as they are where
    there are no questions of several. A last row of bases has no measure and no heading."""
    instrument = load_instrument()
    if set(measures) <= {*instrument.items, ""}:
        headings = [instrument.label(instrument.scale_of(key)) if key else "" for key in measures]
        return _put_headings(texts, headings)
    return texts


def group_by_kind(texts: pd.DataFrame, measures: Sequence[str]) -> pd.DataFrame:
    """Texts with a row per measure; where there are characteristics and questions, each under a heading."""
    items = load_instrument().items
    return _put_headings(texts, [ITEMS if key in items else SCALES for key in measures])


def _put_headings(texts: pd.DataFrame, headings: list[str]) -> pd.DataFrame:
    if len(set(headings) - {""}) > 1:
        texts.index = pd.MultiIndex.from_arrays([headings, texts.index])
    return texts


def name_measures(measures: Sequence[str]) -> str:
    """What stands above the names of these measures."""
    instrument = load_instrument()
    kinds = {"Vraag": instrument.items, "Stelling": instrument.statements, "Kenmerk": instrument.scales}
    return next((name for name, kind in kinds.items() if set(measures) <= set(kind)), "Score")


def question_label(measure: str, in_full: bool = False) -> str:
    """A statement in full, as there is room for it; an item by its short name, or ``in_full`` without the
    words that all items begin with."""
    instrument = load_instrument()
    if measure in instrument.items and in_full:
        return instrument.header(measure).removeprefix(instrument.item_stem).strip()
    return instrument.header(measure) if measure in instrument.statements else instrument.label(measure)


def name_stem(measures: Sequence[str], in_full: bool) -> str:
    """A last sentence of a note: the words that all items begin with, where they stand ``in_full`` without
    them; of others nothing."""
    instrument = load_instrument()
    asked = in_full and set(measures) <= set(instrument.items)
    return f" De vragen beginnen met: {instrument.item_stem}" if asked else ""
