"""Dutch for findings: names within a sentence, singular and plural, and small words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from leercultuur.findings.finding import Basis, Row, read_by
from leercultuur.formatting import nl_join, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import split_groups, split_measures
from leercultuur.statistics.significance import DEMONSTRATED, NEGLIGIBLE

MOST_NAMED = 5  # of more names only this many are given
SHOWN = [DEMONSTRATED, NEGLIGIBLE]  # the verdicts that say that there is a difference
TOO_FEW = "er is te weinig om te tonen"


def name(measure: str) -> str:
    """A measure within a sentence: ``de omgeving``; of a correlation the first."""
    return load_instrument().text(split_measures(measure)[0])


def names(measures: Iterable[str]) -> str:
    """``leerrijke taken en de omgeving``; of many the first few, and how many more there are in words."""
    texts = [name(measure) for measure in measures]
    return nl_join(texts if len(texts) <= MOST_NAMED + 1 else [*texts[:MOST_NAMED], "andere"])


def group(by: str, key: str) -> str:
    """A group within a sentence: ``kleine organisaties``, ``de bouw``."""
    return load_instrument().option_text(by, key)


def groups(by: str, keys: Iterable[str]) -> str:
    """``micro-organisaties, kleine en grote organisaties``: a last word is said once."""
    words = [group(by, key).split() for key in keys]
    shared = [len(a) == len(b) == 2 and a[1] == b[1] and a[1].isalpha() for a, b in pairwise(words)]
    return nl_join([" ".join(w[:-1] if s else w) for w, s in zip(words, [*shared, False], strict=True)])


def among(by: str, keys: Iterable[str]) -> str:
    """The same after their preposition: ``in de bouw en het onderwijs``, ``bij grote organisaties``."""
    return f"{load_instrument().preposition(by)} {groups(by, keys)}"


def capital(text: str) -> str:
    """With the capital of a beginning, after an opening quote too."""
    place = 1 if text.startswith('"') else 0
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def choose(many: int | Sequence, one: str, more: str) -> str:
    """The word for one, or for more of them."""
    return one if (many if isinstance(many, int) else len(many)) == 1 else more


def agree(measures: Sequence[str], one: str, more: str) -> str:
    """The verb for what these are called together: ``de omgeving scoort``, ``leerrijke taken scoren``."""
    plural = len(measures) > 1 or any(map(load_instrument().is_plural, measures))
    return more if plural else one


def quote_each(
    basis: Basis,
    rows: Iterable[Row],
    statistic: str,
    called: Callable[[Row], str],
    form: Callable[[Any], str] | None = None,
) -> str:
    """``de industrie (21,2%) en de bouw (9,0%)``."""
    return nl_join([f"{called(row)} ({basis(row, statistic, form)})" for row in rows])


def by_measure(frame: pd.DataFrame) -> dict[str, Row]:
    """The rows of a frame with one row a measure, found by the measure (of a correlation the first)."""
    return {split_measures(key)[0]: row for key, row in read_by(frame, "measure").items()}


def is_shown(row: Row) -> bool:
    """Whether its test demonstrates a difference."""
    return row["verdict"] in SHOWN


def largest_first(rows: Iterable[Row], statistic: str, sign: int) -> list[Row]:
    """The rows in which a statistic has this sign, the largest first."""
    return sorted((row for row in rows if row[statistic] * sign > 0), key=lambda row: -abs(row[statistic]))


def quote_range(
    basis: Basis, rows: Sequence[Row], statistic: str, form: Callable[[Any], str] | None = None
) -> str:
    """``2% tot 7%``: the statistic in the first row and in the last; said once where those read the same."""
    return " tot ".join(dict.fromkeys(basis(row, statistic, form) for row in (rows[0], rows[-1])))


def first_reason(rows: Iterable[Row]) -> str:
    """Why there is no test: the first reason that is given."""
    return next(filter(None, (row.get("reason") for row in rows)), TOO_FEW)


def subject(measures: Iterable[str]) -> str:
    """What scores are of: ``de kenmerken``, ``de stellingen``, ``de vragen over de omgeving``."""
    codebook, asked = load_instrument(), list(measures)
    if set(asked) <= set(codebook.statements):
        return "de stellingen"
    scales = {codebook.scale_of(measure) for measure in asked if measure in codebook.items}
    if not scales:
        return "de kenmerken"
    return f"de vragen over {name(scales.pop())}" if len(scales) == 1 else "de vragen"


def kind(measures: Iterable[str]) -> tuple[str, str]:
    """What scores are, one and more of them: questions, statements or characteristics."""
    codebook, asked = load_instrument(), set(measures)
    if asked <= set(codebook.statements):
        return "stelling", "stellingen"
    return ("vraag", "vragen") if asked <= set(codebook.items) else ("kenmerk", "kenmerken")


def each_other(measures: Iterable[str]) -> str:
    """``elk ander`` (kenmerk), ``elke andere`` (vraag, stelling)."""
    return "elk ander" if kind(measures)[0] == "kenmerk" else "elke andere"


def pair_names(row: Row) -> tuple[str, str, str]:
    """The two groups of a comparison within a sentence, and both: ``kleine en grote organisaties``."""
    by, (first, second) = row["group_var"], split_groups(row["group"])
    return group(by, first), group(by, second), groups(by, [first, second])


def two_plain(value: float) -> str:
    """Two decimals, without its sign."""
    return two(abs(value))
