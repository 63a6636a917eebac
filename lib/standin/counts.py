"""How many respondents gave which answer in which size class: whole counts that meet the printed tables."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from leercultuur.instrument import Instrument
from leercultuur.keys import TOTAL
from leercultuur.verification.printed import PrintedClaim, PrintedNumber
from standin import assumptions
from standin.count_program import CountProgram
from standin.item_counts import scale_program
from standin.shares import rake


@dataclass(frozen=True)
class CellCounts:
    """Counts per answer (rows, in codebook order) and size class (columns), a frame per variable.

    ``missed`` names the printed numbers that no counts can meet together with the others.
    """

    tables: dict[str, pd.DataFrame]
    missed: list[str]

    @property
    def size(self) -> pd.Series:
        """Respondents per size class."""
        return self.tables["sector"].sum()


def count_cells(
    instrument: Instrument, numbers: list[PrintedNumber], claims: list[PrintedClaim]
) -> CellCounts:
    """Counts for every item and for aandacht, rol, perspectief, sector and scholing per size class.

    Raises
    ------
    ValueError
        If a table cannot be made at all, misses allowed.
    """
    sizes = list(instrument.options("omvang"))
    size = {number.category: int(number.value) for number in numbers if number.table == "omvang"}
    size = {name: size[name] for name in sizes}
    tables: dict[str, pd.DataFrame] = {}
    missed: list[str] = []
    for variable in ("aandacht", "rol", "perspectief", "sector", "scholing"):
        program = _categorical_program(variable, instrument, numbers, claims, size)
        tables[variable] = _solve(program, [variable], instrument, sizes, missed)[variable]
    for scale in instrument.scales:
        program = scale_program(scale, instrument, numbers, claims, size)
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
    variable: str,
    instrument: Instrument,
    numbers: list[PrintedNumber],
    claims: list[PrintedClaim],
    size: dict[str, int],
) -> CountProgram:
    """Programme for the table of one categorical variable by size class."""
    options = list(instrument.options(variable))
    total = sum(size.values())
    share = {option: 1 / len(options) for option in options}
    for number in numbers:
        if number.measure == variable and number.statistic == "percent" and number.group in ("", TOTAL):
            share |= {number.category: float(number.value) / 100} if number.category in share else {}
    for number in numbers:  # a printed count says more than a rounded percentage
        if number.measure == variable and number.statistic == "count" and number.category in share:
            share[number.category] = float(number.value) / total
    tilt = assumptions.SIZE_TILT.get(variable, {})
    seed = {option: [tilt.get(option, {}).get(name, 1.0) for name in size] for option in options}
    prior = rake(list(seed.values()), [share[option] * total for option in options], list(size.values()))
    program = CountProgram()
    for column, (name, n) in enumerate(size.items()):
        for row, option in enumerate(options):
            program.cell((variable, option, name), prior[row][column])
        program.require({(variable, option, name): 1 for option in options}, n, n)
    for number in numbers:
        terms, base = _categorical_terms(number, variable, instrument, size, numbers)
        if terms:
            low, high = number.agreeing
            program.printed(number.id, terms, low * base, high * base)
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
    number: PrintedNumber,
    variable: str,
    instrument: Instrument,
    size: dict[str, int],
    numbers: list[PrintedNumber],
) -> tuple[dict[Hashable, int], Fraction]:
    """The cells a printed number is about and what a unit of the number is in respondents."""
    options = list(instrument.options(variable))
    if number.measure == "omvang" and number.group_var == variable and number.statistic == "percent":
        if number.group == TOTAL:  # size classes as such are printed as counts: a matter of arithmetic
            groups, n = options, sum(size.values())
        else:
            groups, n = [number.group], _printed_count(variable, number.group, numbers)
        return {(variable, group, number.category): 1 for group in groups}, Fraction(n, 100)
    if number.measure != variable or number.statistic not in ("percent", "count", "mean"):
        return {}, Fraction(1)
    keys = {str(option): option for option in options}
    names = [number.group] if number.group in size else list(size)
    n = sum(size[name] for name in names)
    if number.statistic == "mean":
        return {(variable, option, name): option for option in options for name in names}, Fraction(n)
    if number.category in keys:
        wanted = [keys[number.category]]
    else:
        wanted = instrument.classes["rolgroep"][number.category]
    terms = {(variable, option, name): 1 for option in wanted for name in names}
    return terms, Fraction(n, 100) if number.statistic == "percent" else Fraction(1)


def _printed_count(variable: str, group: str, numbers: list[PrintedNumber]) -> int:
    """The printed base of a group: sectors in their table by size, perspectives in their own."""
    for number in numbers:
        if number.measure == variable and number.statistic == "count" and number.category == group:
            return int(number.value)
    raise ValueError(f"published_printed.csv: no count printed for {variable} = {group}")
