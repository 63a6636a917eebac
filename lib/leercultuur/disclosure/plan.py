"""What of a run may be shown: which groups, answers and combinations are too small, or would give these away.

One object for all tables of a run, so that a group that is hidden in one of them is hidden in all. What it
decides is made from the respondents alone: every notebook that asks gets the same answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from leercultuur.checks.population import POPULATION, read_population
from leercultuur.disclosure.suppression import Regions, suppress
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL

ATTRIBUTE = "disclosure"  # of a frame of respondents, in ``attrs``
ROUNDING = 0.005  # a mean or standard deviation is shown with two decimals
KNOWN = np.inf
GROUP, CLASS = 20.0, 3.0  # a group that is hidden costs more than a cell: all tables lose it

Region = tuple[frozenset[str], frozenset[str]]  # options of one question, options of another


class Disclosure:
    """The rule for one set of respondents: no number about 1 to ``least`` - 1 of them.

    Parameters
    ----------
    respondents
        All respondents of the run; what is asked of a part of them follows from these.
    least
        The smallest count that is shown.
    """

    def __init__(self, respondents: pd.DataFrame, least: int) -> None:
        self.least = least
        self._respondents = respondents.copy()
        self._respondents.attrs = {}
        self._crossed: dict[tuple[str, str], dict[Region, bool]] = {}
        self._single: dict[str, dict[frozenset[str], bool]] = {}

    def __deepcopy__(self, memo: Any) -> Disclosure:
        return self  # pandas copies the attributes of a frame with every selection

    def is_small(self, count: float) -> bool:
        """Whether a count may not be shown; none at all may."""
        return bool(0 < count < self.least)

    def hides_population(self, population: str) -> bool:
        """Whether a population of the codebook differs from all others by too few to be shown beside them."""
        sizes = load_instrument().populations[population]
        return sizes is not None and self._judge_options("omvang")[frozenset(sizes)]

    def hidden_groups(self, by: str, population: str = "alle") -> frozenset[str]:
        """Options of a question that are not shown as a group in a population, in any table."""
        if by not in load_instrument().categorical or by not in self._respondents:
            return frozenset()
        sizes = load_instrument().populations[population]
        hidden = {key for key in _options(by) if self._judge_options(by)[frozenset({key})]}
        if sizes is not None and by != "omvang":
            crossed = self._judge_pairs("omvang", by)
            hidden |= {key for key in _options(by) if crossed[frozenset(sizes), frozenset({key})]}
        return frozenset(hidden)

    def hides_answer(
        self,
        variable: str,
        options: Iterable[str],
        by: str = "",
        group: str = TOTAL,
        population: str = "alle",
    ) -> bool:
        """Whether these options of a question, counted within a group of another, are not shown."""
        answers, sizes = frozenset(options), load_instrument().populations[population]
        if self._judge_options(variable)[answers]:
            return True
        if by and group != TOTAL:
            return self._judge_pairs(variable, by)[answers, frozenset({group})]
        if sizes is not None and variable != "omvang":
            return self._judge_pairs(variable, "omvang")[answers, frozenset(sizes)]
        return False

    def covers(self, respondents: pd.DataFrame, population: str = "alle") -> bool:
        """Whether these are all respondents of a population, for whom there is a plan."""
        sizes = load_instrument().populations[population]
        whole = self._respondents
        return len(respondents) == (len(whole) if sizes is None else whole["omvang"].isin(sizes).sum())

    def leaves_few(self, respondents: pd.DataFrame) -> bool:
        """Whether these are nearly all respondents: the few others follow from both."""
        return self.is_small(len(self._respondents) - len(respondents))

    def count(self, variable: str, options: Iterable[str]) -> int:
        """How many of all respondents gave one of these answers."""
        return int(_as_keys(self._respondents[variable]).isin(list(options)).sum())

    def judge_parts(self, sizes: pd.Series) -> np.ndarray:
        """Which parts of a known total are not shown."""
        atoms = sizes.to_numpy(float)
        if self.is_small(atoms.sum()):
            return np.full(len(atoms), True)
        members = np.vstack([np.eye(len(atoms), dtype=bool), np.ones((1, len(atoms)), bool)])
        return self._suppress(Regions(atoms, members, np.append(atoms + 1, KNOWN)))[:-1]

    def judge_sums(self, counts: pd.Series, sums: Mapping[str, Sequence[str]], known: str) -> np.ndarray:
        """Which counts are not shown, when some are the sum of others and one is known in any case."""
        parts = [name for name in counts.index if name not in sums]
        members = np.array([[part in sums.get(name, [name]) for part in parts] for name in counts.index])
        cost = counts.to_numpy(float) * np.where(counts.index.isin(list(sums)), CLASS, 1) + 1
        cost[counts.index == known] = KNOWN
        return self._suppress(Regions(counts[parts].to_numpy(float), members, cost))

    def judge_margins(self, counts: pd.Series) -> tuple[set[Any], set[Any]]:
        """Which values of two variables are not shown, when both are counted and their total is known.
        ``counts`` has a pair of them as index: those that can occur together, with none too."""
        atoms, pairs = counts.to_numpy(), counts.index
        names = [(level, key) for level in (0, 1) for key in pairs.unique(level)]
        members = [pairs.get_level_values(level) == key for level, key in names]
        members = np.array([*members, np.full(len(atoms), True)])
        cost = np.append(members[:-1] @ atoms + 1.0, KNOWN)
        hidden = self._suppress(Regions(atoms, members, cost))[:-1]
        gone = [name for name, is_hidden in zip(names, hidden, strict=True) if is_hidden]
        return {key for level, key in gone if level == 0}, {key for level, key in gone if level == 1}

    def _judge_options(self, variable: str) -> Mapping[frozenset[str], bool]:
        """Set of options -> hidden, for every option and every class of options of a question."""
        if variable not in self._single:
            options = _options(variable)
            counts = _as_keys(self._respondents[variable]).value_counts().reindex(options, fill_value=0)
            atoms = counts.to_numpy()
            sets = {frozenset({key}): atoms[n] + 1 + GROUP for n, key in enumerate(options)}
            for part in _classes(variable):
                sets.setdefault(part, CLASS * counts[sorted(part)].sum() + GROUP)
            names = [*sets, frozenset(options)]
            members = np.array([[key in part for key in options] for part in names])
            cost = np.array([*sets.values(), KNOWN])
            hidden = self._suppress(Regions(atoms, members, cost, _moments(variable, options, atoms)))
            self._single[variable] = dict(zip(names, hidden, strict=True))
        return self._single[variable]

    def _judge_pairs(self, first: str, second: str) -> Mapping[Region, bool]:
        """Options or a class of one question, within those of another -> hidden."""
        if (first, second) not in self._crossed:
            a, b = sorted((first, second))
            hidden = self._cross(a, b)
            self._crossed[a, b] = hidden
            self._crossed[b, a] = {(other, one): value for (one, other), value in hidden.items()}
        return self._crossed[first, second]

    def _cross(self, a: str, b: str) -> dict[Region, bool]:
        rows, columns = _options(a), _options(b)
        people = pd.DataFrame({"a": _as_keys(self._respondents[a]), "b": _as_keys(self._respondents[b])})
        counts = pd.crosstab(people["a"], people["b"]).reindex(index=rows, columns=columns, fill_value=0)
        ours, theirs = self._judge_options(a), self._judge_options(b)

        def cost_of(one: frozenset[str], other: frozenset[str]) -> float:
            if ours[one] or theirs[other]:
                return 0.0  # hidden in any case, as its margin is
            if len(one) == len(rows) or len(other) == len(columns):
                return KNOWN
            size = counts.loc[sorted(one), sorted(other)].to_numpy().sum()
            return (1 if len(one) == len(other) == 1 else CLASS) * size + 1

        regions = {
            (one, other): cost_of(one, other)
            for one, other in product(ours, theirs)
            if len(one) in (1, len(rows)) or len(other) in (1, len(columns))  # no table has classes of both
        }
        members = [
            np.outer([key in one for key in rows], [key in other for key in columns]).ravel()
            for one, other in regions
        ]
        ranges = [(cells.ravel(), *ends) for cells, *ends in _moments_within(a, b, counts)]
        ranges += [(cells.T.ravel(), *ends) for cells, *ends in _moments_within(b, a, counts.T)]
        atoms, cost = counts.to_numpy().ravel(), np.array([*regions.values()])
        hidden = self._suppress(Regions(atoms, np.array(members), cost, ranges))
        return dict(zip(regions, hidden, strict=True))

    def _suppress(self, regions: Regions) -> np.ndarray:
        """Hidden regions; all that can be when nothing less will do."""
        forced = regions.cost == 0
        for ranges in [regions.ranges, []] if regions.ranges else [[]]:
            hidden = suppress(replace(regions, ranges=ranges), self.least, forced)
            if hidden is not None:
                return hidden
        return np.isfinite(regions.cost)


def _options(variable: str) -> list[str]:
    return [str(key) for key in load_instrument().options(variable)]


def _as_keys(answers: pd.Series) -> pd.Series:
    """Answers as the keys of their options; missing stays missing."""
    if isinstance(answers.dtype, pd.CategoricalDtype):
        return answers.astype(object).where(answers.notna()).map(str, na_action="ignore")
    return answers.map(lambda score: f"{score:.0f}", na_action="ignore")


def _classes(variable: str) -> list[frozenset[str]]:
    """Options of a question that tables take together: classes of the codebook, populations."""
    instrument, options = load_instrument(), set(_options(variable))
    sets = [
        frozenset(map(str, part))
        for system in instrument.classes.values()
        if {str(key) for part in system.values() for key in part} == options
        for part in system.values()
    ]
    if variable == "sector":  # those that CBS counts are a base by themselves
        counted = frozenset(read_population(POPULATION)["sector"]) & options
        sets += [counted, frozenset(options) - counted]
    if variable == "omvang":
        sets += [frozenset(sizes) for sizes in instrument.populations.values() if sizes is not None]
    return sets


def _moments(variable: str, options: list[str], counts: np.ndarray) -> list[tuple[np.ndarray, float, float]]:
    """What mean and standard deviation, as they are shown, say about the counts of a score."""
    n = counts.sum()
    if n < 2 or not all(key.isdigit() for key in options):
        return []
    scores = np.array(options, float)
    mean = scores @ counts / n
    squares = (scores - mean) ** 2
    spread = np.sqrt(squares @ counts / (n - 1))
    low, high = ((n - 1) * max(round(spread, 2) + side * ROUNDING, 0) ** 2 for side in (-1, 1))
    total = squares @ counts
    return [
        (scores, n * (round(mean, 2) - ROUNDING - mean), n * (round(mean, 2) + ROUNDING - mean)),
        (squares, min(low - total, 0), max(high - total, 0)),
    ]


def _moments_within(scores: str, by: str, counts: pd.DataFrame) -> list[tuple[np.ndarray, float, float]]:
    """The same in each group of another question; ``counts`` has a row per option, a column per group."""
    found = []
    for place in range(counts.shape[1]):
        for weights, low, high in _moments(scores, list(counts.index), counts.iloc[:, place].to_numpy()):
            cells = np.zeros(counts.shape)
            cells[:, place] = weights
            found.append((cells, low, high))
    return found
