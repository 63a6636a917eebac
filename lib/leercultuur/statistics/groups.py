"""Who a number is about: populations, groups, and groups too small to show."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from leercultuur.disclosure.hiding import TOO_SMALL, find_disclosure, hide_groups, mask_places
from leercultuur.formatting import nl_join
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.project import InputError
from leercultuur.thresholds import MIN_BASE


def select_population(respondents: pd.DataFrame, population: str, by: str | None = None) -> pd.DataFrame:
    """The respondents of a population of the codebook: ``alle``, or ``mkb`` (micro, klein and midden).

    Those in a group of ``by`` that may not be shown have no group; there are none when the population may not
    be shown (``disclosure``).
    """
    sizes = load_instrument().populations[population]
    members = respondents if sizes is None else respondents[respondents["omvang"].isin(sizes)]
    return hide_groups(members, by, population)


def iterate_groups(
    respondents: pd.DataFrame, by: str | None, total: bool
) -> Iterable[tuple[str, pd.DataFrame]]:
    """Each group of ``by`` in codebook order that has respondents, then the total when asked for."""
    if by is not None:
        yield from ((str(key), rows) for key, rows in respondents.groupby(by, observed=True, sort=True))
    if by is None or total:
        yield TOTAL, respondents


def check_groups(members: pd.DataFrame, by: str, groups: Iterable[str]) -> None:
    """InputError when ``by`` (a categorical) has no such group."""
    known = [str(key) for key in members[by].cat.categories]
    if unknown := [group for group in groups if group not in known]:
        raise InputError(f"{by} heeft geen groep {nl_join(unknown)}. Verwacht: {', '.join(known)}.")


def split_small_groups(respondents: pd.DataFrame, by: str, minimum: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out groups that cannot be compared, by name.

    Parameters
    ----------
    respondents
        A row is a respondent.
    by
        The grouping variable, a categorical. What the codebook calls its rest options ("anders", "weet ik
        niet") are left out whatever their size.
    minimum
        Groups with fewer respondents are left out; InputError when it is under ``MIN_BASE``.

    Returns
    -------
    kept : DataFrame
        The respondents of the groups that stay.
    left_out : DataFrame
        A row is a group: ``group_var``, ``group``, ``n``, ``reason`` (Dutch).
    """
    if minimum < MIN_BASE:
        raise InputError(f"De kleinste groep is {minimum}. Verwacht: ten minste {MIN_BASE}.")
    rest, rule = load_instrument().rest_options(by), find_disclosure(respondents)
    hidden = rule.hidden_groups(by) if rule else frozenset()
    rows = [
        (by, key, int(n), "geen afgebakende groep" if key in rest else f"minder dan {minimum}")
        for key, n in respondents[by].value_counts(sort=False).items()
        if key in rest or n < minimum or key in hidden
    ]
    left_out = pd.DataFrame(rows, columns=["group_var", "group", "n", "reason"])
    if rule:
        small = left_out["group"].isin(hidden)
        left_out["reason"] = left_out["reason"].mask(small, TOO_SMALL)
        left_out = mask_places(left_out, rule, small.to_numpy(), ["n"])
    kept = respondents[~respondents[by].isin(left_out["group"]) & respondents[by].notna()].copy()
    kept[by] = kept[by].cat.remove_unused_categories()
    return kept, left_out


def select_measures(table: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """The rows of a tidy frame that are about these measures."""
    return table[table["measure"].isin(measures)]
