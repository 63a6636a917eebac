"""What is written at a figure beside its numbers: bases, names of groups, text for who cannot see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from textwrap import shorten

import pandas as pd

from leercultuur.formatting import nl_number, option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL, split_measures

EMPTY = "Te weinig invullers om te tonen."


def describe_bases(table: pd.DataFrame) -> str:
    """The base of a frame in words, ``mkb, n = 1.079``: of all, and of the smallest group if it differs."""
    low, high = int(table["n"].min()), int(table["n"].max())
    total = table.loc[table["group"] == TOTAL, "n"] if "group" in table else pd.Series(dtype=int)
    text = f"n = {nl_number(low)}"
    if len(total) and low != high:
        text = f"n = {nl_number(total.max())}; per groep ten minste {nl_number(low)}"
    elif low != high:
        text += f" tot {nl_number(high)} per groep"
    population = table["population"].iloc[0] if "population" in table else "alle"
    return text if population == "alle" else f"{population}, {text}"


def name_groups(by: str, sizes: pd.Series) -> list[str]:
    """Groups of ``by`` with their base: ``Klein (10-49), n = 470``."""
    return [f"{option_label(by, key)}, n\u00a0=\u00a0{nl_number(n)}" for key, n in sizes.items()]


def name_measure(measure: str) -> str:
    """How a score is named; of a correlation the score that is not the outcome."""
    return load_instrument().label(split_measures(measure)[0])


def name_numbers(table: pd.DataFrame) -> list[str]:
    """What the number in each row is about: score or question, group where there are several, answer."""
    parts = []
    if table["measure"].nunique() > 1 or "category" not in table:
        parts.append(table["measure"].map(name_measure))
    if table["group"].nunique() > 1:
        parts.append(table["group"].map(partial(option_label, table["group_var"].iloc[0])))
    if "category" in table:
        parts.append(table["category"].map(partial(option_label, table["measure"].iloc[0])))
    return [", ".join(words) for words in zip(*parts, strict=True)]


def describe(
    kind: str, topic: str, names: Iterable[str], values: Iterable[float], write: Callable[[float], str]
) -> str:
    """Alternative text of at most 300 characters: what kind of figure it is, and its extremes.

    >>> describe("Staven", "Sector", ["Bouw", "Horeca"], [5.4, 1.2], lambda value: f"{value}%")
    'Staven: Sector. Van 1.2% (Horeca) tot 5.4% (Bouw). Alle waarden staan in de tabel.'
    """
    known = pd.Series(list(values), index=list(names), dtype=float).dropna()
    if known.empty:
        return f"{shorten(topic, 200, placeholder='…')}: {EMPTY}"
    ends = [
        f"{write(known.iloc[place])} ({shorten(str(known.index[place]), 48, placeholder='…')})"
        for place in (known.argmin(), known.argmax())
    ]
    what = f"{kind}: {shorten(topic, 65, placeholder='…')}. "
    return f"{what}Van {ends[0]} tot {ends[1]}. Alle waarden staan in de tabel."
