"""The integer programme of the items of one scale by size class."""

from __future__ import annotations

import math

from leercultuur.instrument import Instrument
from leercultuur.keys import split_groups
from leercultuur.verification.printed import PrintedClaim, PrintedNumber
from standin import assumptions
from standin.count_program import CountProgram
from standin.shares import tilt_to_mean

ITEM_TABLES = ("items_driedeling", "items_frequenties", "klein_versus_midden", "kenmerken_totaal")


def scale_program(
    scale: str,
    instrument: Instrument,
    numbers: list[PrintedNumber],
    claims: list[PrintedClaim],
    size: dict[str, int],
) -> CountProgram:
    """Programme for the items of one scale by size class, held together by the scale's mean."""
    items = instrument.items_of(scale)
    options = list(instrument.options(items[0]))
    three = instrument.classes["driedeling"]
    total = sum(size.values())
    own = [number for number in numbers if number.table in ITEM_TABLES and number.measure in (scale, *items)]
    program = CountProgram()
    for item in items:
        shares, means = _item_prior(item, own, options, size, assumptions.MICRO_ABOVE_GROOT[scale])
        for name, n in size.items():
            expected = tilt_to_mean(shares, means[name], options)
            for option, share in zip(options, expected, strict=True):
                program.cell((item, option, name), n * share)
            program.require({(item, option, name): 1 for option in options}, n, n)
    for number in own:
        low, high = number.agreeing
        names = [number.group] if number.group in size else list(size)
        n = sum(size[name] for name in names)
        measured = items if number.measure == scale else [number.measure]
        if number.statistic == "mean":
            terms = {
                (item, option, name): option for item in measured for option in options for name in names
            }
            program.printed(number.id, terms, low * n * len(measured), high * n * len(measured))
        elif number.statistic == "percent":
            wanted = three[number.category] if number.category in three else [int(number.category)]
            terms = {(number.measure, option, name): 1 for option in wanted for name in names}
            program.printed(number.id, terms, low * n / 100, high * n / 100)
        elif number.statistic == "significant":
            _require_difference(program, number, options, size)
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
    item: str, own: list[PrintedNumber], options: list[int], size: dict[str, int], contrast: float
) -> tuple[list[float], dict[str, float]]:
    """Printed answer shares of an item, and its mean per size class: printed, or what the rest leaves."""
    printed = {
        (number.table, number.statistic, number.category, number.group): float(number.value)
        for number in own
        if number.measure == item
    }
    shares = [printed["items_frequenties", "percent", str(option), ""] for option in options]
    shares = [share / sum(shares) for share in shares]
    mean = sum(option * share for option, share in zip(options, shares, strict=True))
    # The printed mean, unless it is out of reach of the printed frequencies.
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
    program: CountProgram, number: PrintedNumber, options: list[int], size: dict[str, int]
) -> None:
    """Keep klein and midden far enough apart (or near enough) for the printed significance.

    The variance of an answer hardly depends on the tables, so a difference in means decides, some way
    to the safe side of the critical value.
    """
    first, second = split_groups(number.group)
    error = assumptions.ITEM_SD * math.sqrt(1 / size[first] + 1 / size[second])
    terms = {(number.measure, option, first): option * size[second] for option in options}
    terms |= {(number.measure, option, second): -option * size[first] for option in options}
    unit = size[first] * size[second]
    reach = 5 * unit
    if number.value == 1:
        program.require(terms, round(assumptions.CLEARLY_SIGNIFICANT * error * unit), reach)
    else:
        limit = round(assumptions.CLEARLY_NOT_SIGNIFICANT * error * unit)
        program.require(terms, -limit, limit)
