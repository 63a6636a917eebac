"""Tables of respondents that may not all be shown: what is hidden is missing, like what cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from leercultuur.disclosure.plan import ATTRIBUTE, Disclosure
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL, split_groups

BASES = ["n", "n_a", "n_b", "n_rest"]
TOO_SMALL = "te klein om te tonen"  # a reason
HIDDEN = "hidden"  # in ``attrs`` of a table: how many of its rows miss a number that is too small
Tabulate = TypeVar("Tabulate", bound=Callable[..., pd.DataFrame])


def find_disclosure(frame: pd.DataFrame) -> Disclosure | None:
    """The rule for these respondents, or those that a table is about; None when all may be shown."""
    return frame.attrs.get(ATTRIBUTE)


def hide_groups(members: pd.DataFrame, by: str | None, population: str) -> pd.DataFrame:
    """The same respondents, those in groups that may not be shown without a group; none of a population that
    may not be shown."""
    rule = find_disclosure(members)
    if rule is None:
        return members
    if rule.hides_population(population):
        return members.iloc[:0]
    if by is None:
        return members
    hidden = set(rule.hidden_groups(by, population))
    if by not in load_instrument().categorical or not rule.covers(members, population):
        sizes = members[by].value_counts()
        hidden |= set(sizes.index[rule.judge_parts(sizes)])
    return members.assign(**{by: members[by].where(~members[by].isin(hidden))}) if hidden else members


def hide_answers(
    table: pd.DataFrame, respondents: pd.DataFrame, options: Mapping[str, Iterable[Any]], columns: list[str]
) -> pd.DataFrame:
    """Frequencies without the numbers that are too small, or would give such a number away.

    What is hidden follows from a plan for all respondents. Of a part of them, or with a grouping or with
    three questions that no plan foresees, all is hidden when anything is too small.

    Parameters
    ----------
    table
        A row is an answer within a group, with the columns of ``keys.KEYS``.
    respondents
        Whom it counts.
    options
        Category -> the options in it.
    columns
        Where the numbers stand.
    """
    rule = find_disclosure(respondents)
    if rule is None:
        return table
    hidden = np.array([_is_hidden(row, options[row.category], rule) for row in table.itertuples()], bool)
    if _is_unforeseen(table, respondents, rule):
        whole = [rule.count(row.measure, map(str, options[row.category])) for row in table.itertuples()]
        left = pd.Series(whole, table.index) - table["count"]
        small = table["count"].map(rule.is_small) | (table["group_var"].eq("") & left.map(rule.is_small))
        hidden |= bool(small.any())
    return settle_bases(mask_places(table, rule, hidden, columns), rule)


def _is_hidden(row: Any, options: Iterable[Any], rule: Disclosure) -> bool:
    foreseen = row.group_var in load_instrument().categorical
    by, group = (row.group_var, row.group) if foreseen else ("", TOTAL)
    return rule.hides_answer(row.measure, map(str, options), by, group, row.population)


def _is_unforeseen(table: pd.DataFrame, respondents: pd.DataFrame, rule: Disclosure) -> bool:
    if table.empty:
        return False
    by, population = table["group_var"].iloc[0], table["population"].iloc[0]
    three = population != "alle" and by not in ("", "omvang") and table["measure"].iloc[0] != "omvang"
    return three or not rule.covers(respondents) or by not in ("", *load_instrument().categorical)


def in_disclosure(function: Tabulate) -> Tabulate:
    """A function of respondents gives a table whose bases may be shown."""

    @wraps(function)
    def tabulate(respondents: pd.DataFrame, *args: Any, **options: Any) -> pd.DataFrame:
        table, rule = function(respondents, *args, **options), find_disclosure(respondents)
        if rule is None:
            return table
        if rule.leaves_few(respondents):  # beside the same of all it would tell what the others answered
            whole = table.get("group", pd.Series(TOTAL, table.index)).eq(TOTAL).to_numpy()
            table = mask_places(table, rule, whole, list(table.select_dtypes("number")))
        return _remember(settle_bases(table, rule), rule)

    return tabulate  # type: ignore[return-value]


def settle_bases(table: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """The same table, its bases missing when they are too small, or of a population that is hidden.

    How many of a group left a question open follows from its bases: that is no answer, and is not hidden.
    """
    bases = [name for name in BASES if name in table]
    hidden = table.get("population", pd.Series("alle", table.index)).map(rule.hides_population).astype(bool)
    if "reason" in table:
        groups = table.get("group", pd.Series(TOTAL, table.index)).astype(str)
        by = table.get("group_var", pd.Series("", table.index)).astype(str)
        named = [_names_hidden(*pair, rule) for pair in zip(by, groups, strict=True)]
        gone = hidden | np.array(named, bool)
        table = table.assign(reason=table["reason"].mask(gone & table["reason"].fillna("").ne(""), TOO_SMALL))
    small = {
        name: table[name].map(rule.is_small).astype(bool) | (hidden & table[name].eq(0)) for name in bases
    }
    return table.assign(**{name: table[name].mask(small[name]) for name in bases if small[name].any()})


def _names_hidden(by: str, group: str, rule: Disclosure) -> bool:
    return bool(rule.hidden_groups(by).intersection(split_groups(group))) if by else False


def mask_small(table: pd.DataFrame, rule: Disclosure | None, counts: dict[str, list[str]]) -> pd.DataFrame:
    """A table without the counts that are too small, each with what is computed from it.

    ``counts`` is column -> the columns that are missing with it. For counts that add up to nothing shown.
    """
    if rule is None:
        return table
    for column, others in counts.items():
        small = table[column].map(rule.is_small).to_numpy(bool)
        table = mask_places(table, rule, small, [column, *others])
    return table


def mask_places(
    table: pd.DataFrame, rule: Disclosure, hidden: np.ndarray, columns: list[str]
) -> pd.DataFrame:
    """A table without these columns in the rows that are hidden."""
    table = table.assign(**{name: table[name].mask(hidden) for name in columns})
    return _remember(table, rule, int(hidden.sum()))


def _remember(table: pd.DataFrame, rule: Disclosure, hidden: int = 0) -> pd.DataFrame:
    table.attrs[ATTRIBUTE] = rule
    table.attrs[HIDDEN] = table.attrs.get(HIDDEN, 0) + hidden
    return table
