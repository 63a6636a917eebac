"""An attacker: from the tables of a run folder to what can be inferred of counts and means not there.

Knows the codebook and nothing of ``leercultuur.disclosure``. Every count, base and mean in any table is one
linear equation over cells of (question x size of organisation), or an interval where digits are rounded away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from leercultuur.instrument import load_instrument

NONE = "geen antwoord"
TOTAL = "totaal"
TOOTH = 0.005  # half of the last digit of a mean


def options_of(variable: str) -> list[str]:
    return [*map(str, load_instrument().options(variable)), NONE]


def answers_in(variable: str, category: str) -> list[str]:
    """The options behind an answer or class; all answers for ""."""
    known = options_of(variable)[:-1]
    if category in known:
        return [category]
    for classes in load_instrument().classes.values():
        if category in classes and set(map(str, classes[category])) <= set(known):
            return [str(option) for option in classes[category]]
    return known if category == "" else []


def sizes_in(population: str) -> list[str]:
    return load_instrument().populations[population] or options_of("omvang")


@dataclass
class Attack:
    """All that the tables say, as linear equations and limits on unknown counts and sums of scores."""

    tables: Path
    respondents: pd.DataFrame  # only for how many there are in groups that are shown
    with_means: bool = True
    names: dict[tuple, int] = field(default_factory=dict)
    equal: list[tuple[dict[int, float], float]] = field(default_factory=list)
    limits: list[tuple[dict[int, float], float]] = field(default_factory=list)  # at most

    def __post_init__(self) -> None:
        self.questions = [name for name in load_instrument().categorical if name != "omvang"]
        frames = {path.stem: pd.read_csv(path) for path in sorted(self.tables.glob("0[1-7]_*.csv"))}
        for first in self.questions[1:]:  # every question divides the same sizes
            for size in options_of("omvang"):
                mine, other = self.cells(first, None, [size]), self.cells(self.questions[0], None, [size])
                self.equal.append((add(mine, other, -1), 0))
        bases: set[tuple] = set()
        for frame in frames.values():
            if {"population", "group_var", "group", "n"} <= set(frame):
                for row in frame[frame["n"].notna()].itertuples():
                    by, group = ("" if pd.isna(row.group_var) else row.group_var), str(row.group)
                    if "|" not in group and by in ("", *load_instrument().categorical):
                        bases.add((row.population, by, group))
                    if "count" in frame and row.count == row.count:
                        self.learn_count(row, by)
        for population, by, group in bases:
            people = self.respondents[
                self.respondents["omvang"].astype(object).fillna(NONE).isin(sizes_in(population))
            ]
            size = len(people) if by == "" or group == TOTAL else (people[by].astype(str) == group).sum()
            self.equal.append((self.region(population, by, group), size))
        for frame in frames.values():
            if self.with_means and {"measure", "mean", "sd", "group"} <= set(frame):
                self.learn_means(frame[frame["mean"].notna()])

    def learn_count(self, row, by: str) -> None:
        answers = answers_in(row.measure, str(row.category))
        base = answers_in(row.measure, "")
        for part, value in ((answers, row.count), (base, row.n)):
            self.equal.append((self.counted(row.measure, part, row.population, by, str(row.group)), value))

    def counted(self, variable: str, answers: list[str], population: str, by: str, group: str) -> dict:
        if variable == "omvang":  # its options are the sizes, within a group of another question
            sizes = [size for size in sizes_in(population) if size in answers]
            return self.cells(by or self.questions[0], [group] if by and group != TOTAL else None, sizes)
        sizes = sizes_in(population) if by != "omvang" or group == TOTAL else [group]
        if variable in self.questions:
            return self.cells(variable, answers, sizes)
        return {self.name(variable, answer, population): 1.0 for answer in answers}

    def region(self, population: str, by: str, group: str) -> dict[int, float]:
        if by == "" or group == TOTAL:
            return self.cells(self.questions[0], None, sizes_in(population))
        if by == "omvang":
            return self.cells(self.questions[0], None, [group])
        return self.cells(by, [group], sizes_in(population))

    def learn_means(self, frame: pd.DataFrame) -> None:
        """Means of answers limit their counts; means of groups limit the sums of scores in cells."""
        for row in frame.itertuples():
            by = "" if pd.isna(row.group_var) else row.group_var
            scores = (
                [answer for answer in options_of(row.measure)[:-1]] if self.is_question(row.measure) else []
            )
            if scores and (by == "" or (by == "omvang" and row.measure in self.questions)):
                cells = [self.counted(row.measure, [s], row.population, by, str(row.group)) for s in scores]
                for power, value, tooth in (
                    (1, row.mean, TOOTH),
                    (2, row.mean**2 + row.sd**2 * (row.n - 1) / row.n, TOOTH * 2 * (abs(row.mean) + row.sd)),
                ):
                    weights: dict[int, float] = {}
                    for score, cell in zip(scores, cells, strict=True):
                        weights = add(weights, cell, float(score) ** power)
                    self.between(weights, row.n * (value - tooth), row.n * (value + tooth))
            if row.measure in load_instrument().derived or row.measure in load_instrument().items:
                sums = self.sums(row.measure, row.population, by, str(row.group))
                self.between(sums, row.n * (row.mean - TOOTH), row.n * (row.mean + TOOTH))

    def sums(self, measure: str, population: str, by: str, group: str) -> dict[int, float]:
        """The sum of a score over a region, over cells of sector x size."""
        question = "sector"
        keys = options_of(question) if by in ("", "omvang") or group == TOTAL else [group]
        if by not in ("", "omvang", question):
            return {}
        sizes = [group] if by == "omvang" and group != TOTAL else sizes_in(population)
        for key in options_of(question):
            for size in options_of("omvang"):
                if (measure, key, size, "sum") not in self.names:
                    count = self.cells(question, [key], [size])
                    cell = {self.name(measure, key, size, "sum"): 1.0}
                    self.limits.append((add(cell, count, -5), 0))
                    self.limits.append((add(add({}, cell, -1), count, 1), 0))
        return {self.name(measure, key, size, "sum"): 1.0 for key in keys for size in sizes}

    def is_question(self, measure: str) -> bool:
        return measure in load_instrument().variables and options_of(measure)[0].isdigit()

    def cells(self, variable: str, answers: list[str] | None, sizes: list[str]) -> dict[int, float]:
        """One for each cell of a question and a size; all answers, none at all too, for None."""
        keys = options_of(variable) if answers is None else answers
        return {self.name(variable, key, size): 1.0 for key in keys for size in sizes}

    def name(self, *key: str) -> int:
        return self.names.setdefault(key, len(self.names))

    def between(self, weights: dict[int, float], low: float, high: float) -> None:
        if weights:
            self.limits += [(weights, high), ({n: -w for n, w in weights.items()}, -low)]

    def infer(self, target: dict[int, float], also: tuple[dict[int, float], float] | None = None) -> tuple:
        """The least and the most that something unknown can be."""
        equal = [*self.equal, also] if also else self.equal
        width = len(self.names)

        def matrix(rows):
            places = [(i, n, w) for i, (weights, _) in enumerate(rows) for n, w in weights.items()]
            i, n, w = zip(*places, strict=True)
            return csr_matrix((w, (i, n)), shape=(len(rows), width))

        goal = np.zeros(width)
        for n, weight in target.items():
            goal[n] = weight
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * goal,
                A_ub=matrix(self.limits) if self.limits else None,
                b_ub=[value + 1e-6 for _, value in self.limits] if self.limits else None,
                A_eq=matrix(equal),
                b_eq=[value for _, value in equal],
                bounds=(0, None),
            )
            assert solved.status in (0, 3), f"the tables contradict each other: {solved.message}"
            ends.append(sign * solved.fun if solved.status == 0 else -sign * np.inf)
        return tuple(ends)


def add(one: dict[int, float], other: dict[int, float], times: float = 1) -> dict[int, float]:
    total = dict(one)
    for n, weight in other.items():
        total[n] = total.get(n, 0) + times * weight
    return total
