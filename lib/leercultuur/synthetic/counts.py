"""How many respondents gave which answer in which size class: whole counts that meet the printed tables."""

from __future__ import annotations

import math
import operator
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

import pandas as pd

from leercultuur.instrument import Instrument
from leercultuur.synthetic import assumptions
from leercultuur.synthetic.programs import CountProgram
from leercultuur.synthetic.targets import Claim, Figure

ITEM_TABLES = ("items_driedeling", "items_frequenties", "klein_versus_midden", "kenmerken_totaal")


@dataclass(frozen=True)
class CellCounts:
    """Counts per answer (rows, in codebook order) and size class (columns), a frame per variable.

    ``missed`` names the printed figures that no counts can meet together with the others.
    """

    tables: dict[str, pd.DataFrame]
    missed: list[str]

    @property
    def size(self) -> pd.Series:
        """Respondents per size class."""
        return self.tables["sector"].sum()


def count_cells(instrument: Instrument, figures: list[Figure], claims: list[Claim]) -> CellCounts:
    """Counts for every item and for aandacht, rol, perspectief, sector and scholing per size class.

    Raises
    ------
    ValueError
        If a table cannot be made at all, misses allowed.
    """
    sizes = list(instrument.options("omvang"))
    size = {figure.category: int(figure.value) for figure in figures if figure.table == "omvang"}
    size = {name: size[name] for name in sizes}
    tables: dict[str, pd.DataFrame] = {}
    missed: list[str] = []
    for variable in ("aandacht", "rol", "perspectief", "sector", "scholing"):
        program = _categorical_program(variable, instrument, figures, claims, size)
        tables[variable] = _solve(program, [variable], instrument, sizes, missed)[variable]
    for scale in instrument.scales:
        program = _scale_program(scale, instrument, figures, claims, size)
        tables |= _solve(program, instrument.items_of(scale), instrument, sizes, missed)
    return CellCounts(tables, sorted(missed))


def _solve(
    program: CountProgram, variables: list[str], instrument: Instrument, sizes: list[str], missed: list[str]
) -> dict[str, pd.DataFrame]:
    counts, misses = program.solve()
    missed += misses
    return {
        variable: pd.DataFrame(
            {
                name: {option: counts[variable, option, name] for option in instrument.options(variable)}
                for name in sizes
            }
        )
        for variable in variables
    }


def _categorical_program(
    variable: str, instrument: Instrument, figures: list[Figure], claims: list[Claim], size: dict[str, int]
) -> CountProgram:
    """Programme for the table of one categorical variable by size class."""
    options = list(instrument.options(variable))
    total = sum(size.values())
    share = {option: 1 / len(options) for option in options}
    for figure in figures:
        if figure.measure == variable and figure.statistic == "percent" and figure.group in ("", "totaal"):
            share |= {figure.category: float(figure.value) / 100} if figure.category in share else {}
    for figure in figures:  # a printed count says more than a rounded percentage
        if figure.measure == variable and figure.statistic == "count" and figure.category in share:
            share[figure.category] = float(figure.value) / total
    tilt = assumptions.SIZE_TILT.get(variable, {})
    program = CountProgram()
    for name, n in size.items():
        weights = {option: share[option] * tilt.get(option, {}).get(name, 1) for option in options}
        for option in options:
            program.cell((variable, option, name), n * weights[option] / sum(weights.values()))
        program.require({(variable, option, name): 1 for option in options}, n, n)
    for figure in figures:
        terms, base = _categorical_terms(figure, variable, instrument, size, figures)
        if terms:
            low, high = figure.bounds
            program.figure(figure.id, terms, low * base, high * base)
    for claim in claims:
        if claim.measure == variable and claim.kind in ("share_rises_with_size", "share_falls_with_size"):
            sign = 1 if claim.kind == "share_rises_with_size" else -1
            for before, after in pairwise(size):
                program.require(
                    {
                        (variable, claim.a[0], after): sign * size[before],
                        (variable, claim.a[0], before): -sign * size[after],
                    },
                    round(0.01 * size[before] * size[after]),
                    total * total,
                )
    return program


def _categorical_terms(
    figure: Figure, variable: str, instrument: Instrument, size: dict[str, int], figures: list[Figure]
) -> tuple[dict[Hashable, int], Fraction]:
    """The cells a printed figure is about and what a unit of the figure is in respondents."""
    options = list(instrument.options(variable))
    if figure.measure == "omvang" and figure.group_var == variable and figure.statistic == "percent":
        if figure.group == "totaal":  # size classes as such are printed as counts: a matter of arithmetic
            groups, n = options, sum(size.values())
        else:
            groups, n = [figure.group], _printed_count(variable, figure.group, figures)
        return {(variable, group, figure.category): 1 for group in groups}, Fraction(n, 100)
    if figure.measure != variable or figure.statistic not in ("percent", "count", "mean"):
        return {}, Fraction(1)
    keys = {str(option): option for option in options}
    names = [figure.group] if figure.group in size else list(size)
    n = sum(size[name] for name in names)
    if figure.statistic == "mean":
        return {(variable, option, name): option for option in options for name in names}, Fraction(n)
    if figure.category in keys:
        wanted = [keys[figure.category]]
    else:
        wanted = instrument.raw["classes"]["rolgroep"][figure.category]["options"]
    terms = {(variable, option, name): 1 for option in wanted for name in names}
    return terms, Fraction(n, 100) if figure.statistic == "percent" else Fraction(1)


def _printed_count(variable: str, group: str, figures: list[Figure]) -> int:
    """The printed base of a group: sectors in their table by size, perspectives in their own."""
    for figure in figures:
        if figure.measure == variable and figure.statistic == "count" and figure.category == group:
            return int(figure.value)
    raise ValueError(f"published_figures.csv: no count printed for {variable} = {group}")


def _scale_program(
    scale: str, instrument: Instrument, figures: list[Figure], claims: list[Claim], size: dict[str, int]
) -> CountProgram:
    """Programme for the items of one scale by size class, held together by the scale's mean."""
    items = instrument.items_of(scale)
    options = list(instrument.raw["likert"])
    three = instrument.raw["classes"]["driedeling"]
    total = sum(size.values())
    own = [figure for figure in figures if figure.table in ITEM_TABLES and figure.measure in (scale, *items)]
    program = CountProgram()
    for item in items:
        shares, means = _item_prior(item, own, options, size, assumptions.MICRO_ABOVE_GROOT[scale])
        for name, n in size.items():
            expected = tilt_to_mean(shares, means[name], options)
            for option, share in zip(options, expected, strict=True):
                program.cell((item, option, name), n * share)
            program.require({(item, option, name): 1 for option in options}, n, n)
    for figure in own:
        low, high = figure.bounds
        names = [figure.group] if figure.group in size else list(size)
        n = sum(size[name] for name in names)
        measured = items if figure.measure == scale else [figure.measure]
        if figure.statistic == "mean":
            terms = {
                (item, option, name): option for item in measured for option in options for name in names
            }
            program.figure(figure.id, terms, low * n * len(measured), high * n * len(measured))
        elif figure.statistic == "percent":
            wanted = three[figure.category]["options"] if figure.category in three else [int(figure.category)]
            terms = {(figure.measure, option, name): 1 for option in wanted for name in names}
            program.figure(figure.id, terms, low * n / 100, high * n / 100)
        elif figure.statistic == "significant":
            _require_difference(program, figure, options, size)
    for claim in claims:
        if claim.kind == "each_higher" and claim.measure == scale and claim.group_var == "omvang":
            for above in claim.a:
                for below in claim.b:
                    terms = {}
                    for item in items:
                        terms |= {(item, option, above): option * size[below] for option in options}
                        terms |= {(item, option, below): -option * size[above] for option in options}
                    margin = assumptions.CLAIM_MARGIN * len(items) * size[above] * size[below]
                    program.require(terms, round(margin), 5 * len(items) * total * total)
    return program


def _item_prior(
    item: str, own: list[Figure], options: list[int], size: dict[str, int], contrast: float
) -> tuple[list[float], dict[str, float]]:
    """Printed answer shares of an item, and its mean per size class: printed, or what the rest leaves."""
    printed = {
        (figure.table, figure.statistic, figure.category, figure.group): float(figure.value)
        for figure in own
        if figure.measure == item
    }
    shares = [printed["items_frequenties", "percent", str(option), ""] for option in options]
    shares = [share / sum(shares) for share in shares]
    mean = sum(option * share for option, share in zip(options, shares, strict=True))
    mean = max(printed["items_driedeling", "mean", "", ""], mean - 0.03)
    known = {
        name: printed["klein_versus_midden", "mean", "", name]
        for name in size
        if ("klein_versus_midden", "mean", "", name) in printed
    }
    low, high = (name for name in size if name not in known)
    rest = sum(size.values()) * mean - sum(size[name] * value for name, value in known.items())
    groot = (rest - size[low] * contrast) / (size[low] + size[high])
    means = {**known, low: groot + contrast, high: groot}
    return shares, means


def _require_difference(
    program: CountProgram, figure: Figure, options: list[int], size: dict[str, int]
) -> None:
    """Keep klein and midden far enough apart (or near enough) for the printed significance.

    The variance of an answer hardly depends on the tables, so a difference in means decides: a standard
    error or so on the safe side of the critical value.
    """
    first, second = figure.group.split("|")
    error = assumptions.ITEM_SD * math.sqrt(1 / size[first] + 1 / size[second])
    terms = {(figure.measure, option, first): option * size[second] for option in options}
    terms |= {(figure.measure, option, second): -option * size[first] for option in options}
    unit = size[first] * size[second]
    reach = 5 * unit
    if figure.value == 1:
        program.require(terms, round(assumptions.CLEARLY_SIGNIFICANT * error * unit), reach)
    else:
        limit = round(assumptions.CLEARLY_NOT_SIGNIFICANT * error * unit)
        program.require(terms, -limit, limit)


def tilt_to_mean(shares: list[float], mean: float, options: list[int]) -> list[float]:
    """Shares tilted exponentially so that the mean answer is ``mean``, by bisection.

    Examples
    --------
    >>> [round(share, 3) for share in tilt_to_mean([0.5, 0.5], 1.75, [1, 2])]
    [0.25, 0.75]
    """
    low, high = 0.05, 20.0
    for _ in range(60):
        ratio = math.sqrt(low * high)
        # Powers by multiplication: pow() may differ from machine to machine in the last digit.
        powers = list(accumulate([ratio] * len(options), operator.mul))
        weights = [share * power for share, power in zip(shares, powers, strict=True)]
        average = sum(w * option for w, option in zip(weights, options, strict=True)) / sum(weights)
        low, high = (ratio, high) if average < mean else (low, ratio)
    return [weight / sum(weights) for weight in weights]
