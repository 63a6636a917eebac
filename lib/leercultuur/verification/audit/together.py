"""Checks on the numbers of a table together: sums, totals and groups, and tables of percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from leercultuur.formatting import nl_join, nl_number
from leercultuur.verification.audit.numbers import (
    SCORES,
    AuditedNumber,
    answers_in,
    classes_of,
    group_by,
    meet,
    options_of,
    overlap,
    select,
    sum_of_cells,
)
from leercultuur.verification.audit.objections import (
    IMPOSSIBLE,
    REMARK,
    Objection,
    name_numbers,
    roundings_for,
    severity_of,
    write_objection,
)
from leercultuur.verification.audit.programmes import Range, Sum, fewest_misses

# Sums outside the codebook: (whole, parts); the whole "" is the base.
SUMS: dict[str, list[tuple[str, Sequence[str]]]] = {
    "respons": [("ingevuld", ["uitgesloten", "analyse"])],
    "periode": [("", ["campagne_2024", "tussen_campagnes", "campagne_2025"])],
}


def audit_totals(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Counts and percentages that do not add up, and numbers printed twice that exclude each other.

    Every printed count or percentage of a base allows a range of whole counts. The parts of a whole (the
    answers to a question, the answers in a class) must be able to add up to it. A number printed in two
    places, or as a count and as a percentage, must have a value in common. Percentages without a base must
    be able to add up to 100.
    """
    found = []
    for kind in [("percent", "count"), ("mean",), ("benchmark_percent",)]:
        # Without a base a count and a percentage cannot be compared.
        together = group_by(select(numbers, *kind), lambda n: (n.key, n.base or n.statistic))
        for rows in together.values():
            found += [_check_pair(a, b) for a, b in combinations(rows, 2) if a.category == b.category]
            if kind != ("mean",):
                found += [_check_sum(rows, whole, parts) for whole, parts in _sums_of(rows[0].measure)]
    return [objection for objection in found if objection]


def audit_totals_between_groups(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Totals that cannot be what is printed, given the groups.

    A total mean or percentage is that of its groups weighted by their bases; respondents in groups that
    are not printed can have answered anything. A correlation can lie outside those of all groups, when the
    groups differ in level: that is a remark.
    """
    found = []
    for kind in [("percent", "count"), ("mean",), ("spearman",)]:
        check = _check_rho if kind == ("spearman",) else _check_total
        alike = group_by(select(numbers, *kind), lambda n: (n.measure, n.category, n.population))
        for rows in alike.values():
            groupings = group_by(rows, lambda number: number.group_var)
            totals = groupings.pop("", [])
            found += [check(totals, groups) for groups in groupings.values() if totals]
    return [objection for objection in found if objection]


def audit_crosstabs(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Percentages per group that no table of whole counts gives.

    Cells are whole numbers that add up to the base of each group and to the printed count of each answer
    over all groups; respondents outside the printed groups fill the rest. The fewest percentages that must
    miss are found by integer programming, under one rounding and under two.
    """
    found = []
    for crosstab in _read_crosstabs(numbers):
        try:
            least = {times: crosstab.fewest_misses(times) for times in (1, 2)}
        except ValueError as error:
            concerned = [*crosstab.columns, *crosstab.cells]
            found.append(write_objection("kruistabel", concerned, f"{crosstab.table}: {error}", IMPOSSIBLE))
            continue
        if severity := severity_of(lambda times, least=least: not least[times]):
            found.append(_object_to(crosstab, least[roundings_for(severity)], severity))
    return found


@dataclass(frozen=True)
class _Crosstab:
    """Printed percentages of answers per group, and what is printed of all groups together."""

    cells: list[AuditedNumber]
    columns: list[AuditedNumber]  # counts of answers over all groups
    totals: list[AuditedNumber]  # percentages of answers over all groups

    @property
    def table(self) -> str:
        return self.cells[0].table

    @property
    def measure(self) -> str:
        return self.cells[0].measure

    @property
    def by(self) -> str:
        return self.cells[0].group_var

    @property
    def printed(self) -> list[AuditedNumber]:
        return [*self.cells, *self.totals]

    def fewest_misses(self, roundings: int, sparing: AuditedNumber | None = None) -> list[str]:
        """One smallest set of percentages that must miss; one without ``sparing``, if there is one."""
        width = len(options_of(self.measure))
        bases = {number.group: number.base for number in self.cells}
        everyone = next((number.base for number in [*self.columns, *self.totals]), 0)
        if everyone > sum(bases.values()):
            bases["rest"] = everyone - sum(bases.values())
        # A cell is a group's number of one answer.
        rows = {group: range(i * width, (i + 1) * width) for i, group in enumerate(bases)}

        def over_groups(number: AuditedNumber) -> Sum:
            parts = [sum_of_cells(number, roundings, cells.start) for cells in rows.values()]
            return parts[0]._replace(weights={cell: 1 for part in parts for cell in part.weights})

        exact = [Sum("", dict.fromkeys(rows[group], 1), base, base) for group, base in bases.items()]
        exact += [over_groups(number) for number in self.columns]
        printed = [
            sum_of_cells(number, roundings, rows[number.group].start) if number.group else over_groups(number)
            for number in self.printed
        ]
        upper = [base for base in bases.values() for _ in range(width)]
        return fewest_misses(upper, exact, printed, [1.5 if n == sparing else 1 for n in self.printed])


def _object_to(crosstab: _Crosstab, missed: Sequence[str], severity: str) -> Objection:
    """The objection to a crosstab of which at least so many percentages must miss; names those that are in
    every smallest set."""
    count, printed, times = len(missed), crosstab.printed, roundings_for(severity)
    forced = [n for n in printed if n.id in missed and n.id in crosstab.fewest_misses(times, sparing=n)]
    text = (
        f"{crosstab.table}: van de {len(printed)} percentages kunnen er minstens {count} niet kloppen, "
        f"gegeven de aantallen per {crosstab.by} en per {crosstab.measure}"
    )
    if forced:
        text += f"; in elk geval niet {nl_join([f'{number.name} {number}' for number in forced])}"
    return write_objection("kruistabel", forced if len(forced) == count else printed, text, severity, count)


def _read_crosstabs(numbers: Sequence[AuditedNumber]) -> list[_Crosstab]:
    """The printed crosstabs, one per table, question and grouping; not those without a base."""
    known = [n for n in select(numbers, "percent", "count") if answers_in(n.measure, n.category)]
    counts = group_by(select(known, "count"), lambda n: n.key)
    layouts = group_by(select(known, "percent"), lambda n: (n.table, n.measure, n.population, n.group_var))
    crosstabs = []
    for (table, measure, population, by), cells in layouts.items():
        columns = counts.get((measure, population, "", ""), [])
        if by and all(number.base for number in [*cells, *columns]):
            totals = layouts.get((table, measure, population, ""), [])
            crosstabs.append(_Crosstab(cells, columns, totals))
    return crosstabs


def _sums_of(measure: str) -> list[tuple[str, Sequence[str]]]:
    """Wholes and their parts: all answers and all classes make the base, a class is made of answers."""
    sums: list[tuple[str, Sequence[str]]] = [("", options_of(measure))]
    for classes in classes_of(measure):
        sums += [("", list(classes)), *classes.items()]
    return SUMS.get(measure, sums)


def _check_pair(a: AuditedNumber, b: AuditedNumber) -> Objection | None:
    """The objection, if any, that two numbers of the same thing exclude each other."""
    severity = severity_of(lambda times: overlap(a.limits(times), b.limits(times)))
    if severity is None or not (a.exists(2) and b.exists(2)):
        return None
    text = f"{a.name}: {a} ({a.table}) en {b} ({b.table}) kunnen niet allebei"
    if a.statistic == "count" != b.statistic:
        text += f"; {a} van {nl_number(a.base)} is {nl_number(100 * a.value / a.base, b.decimals + 2)}%"
    return write_objection("twee keer gedrukt", [a, b], text, severity)


def _check_sum(rows: Sequence[AuditedNumber], whole: str, parts: Sequence[str]) -> Objection | None:
    """The objection, if any, that parts cannot add up to their whole ("": the base)."""
    by_category = group_by(rows, lambda number: number.category)
    printed = [number for part in parts for number in by_category.get(part, [])]
    people = rows[0].answers
    unknown = whole not in by_category if whole else not rows[0].base and rows[0].statistic == "count"
    if not printed or unknown:
        return None

    def limits(times: int) -> tuple[Range, Range]:
        # A part that is not printed can be anything.
        ends = [meet(by_category[part], times) if part in by_category else (0, people) for part in parts]
        lows, highs = zip(*ends, strict=True)
        return (sum(lows), sum(highs)), meet(by_category[whole], times) if whole else (people, people)

    severity = severity_of(lambda times: overlap(*limits(times)))
    if severity is None:
        return None
    over = by_category[whole] if whole else []
    total, target = (
        "–".join(dict.fromkeys(map(nl_number, ends))) for ends in limits(roundings_for(severity))
    )
    sums = [f"samen {total}, niet {target}"] if rows[0].base else []
    if all(number.statistic != "count" for number in printed) and not whole:
        sums.append(f"de percentages tellen op tot {nl_number(sum(number.value for number in printed), 1)}")
    text = f"{replace(rows[0], category=whole).name}: {name_numbers(printed)}; {', '.join(sums)}"
    return write_objection("optelling", [*printed, *over], text, severity)


def _check_total(totals: Sequence[AuditedNumber], groups: Sequence[AuditedNumber]) -> Objection | None:
    """The objection, if any, that a total count or mean cannot be that of the groups together."""
    if not all(number.base for number in [*totals, *groups]):
        return None
    severity = severity_of(
        lambda times: overlap(meet(totals, times), _limits_of_groups(totals[0], groups, times))
    )
    if severity is None:
        return None
    mean = totals[0].statistic == "mean"
    per = totals[0].answers if mean else 1
    limits = _limits_of_groups(totals[0], groups, roundings_for(severity))
    ends = [nl_number(end / per, 3 if mean else 0) for end in limits]
    text = (
        f"{totals[0].name}: {nl_join([str(number) for number in totals])} in het totaal, maar de groepen "
        f"naar {groups[0].group_var} ({name_numbers(groups)}) geven samen {'–'.join(dict.fromkeys(ends))}"
    )
    return write_objection("totaal tussen groepen", [*totals, *groups], text, severity)


def _limits_of_groups(total: AuditedNumber, groups: Sequence[AuditedNumber], roundings: int) -> Range:
    """The sums of answers, or counts, over all groups; people in groups not printed can be anything."""
    by_group = group_by(groups, lambda number: number.group)
    rest = max(0, total.base - sum(rows[0].base for rows in by_group.values()))
    each = rest * (total.answers // total.base)
    least, most = (SCORES[0], SCORES[-1]) if total.statistic == "mean" else (0, 1)
    lows, highs = zip(*(meet(rows, roundings) for rows in by_group.values()), strict=True)
    return sum(lows) + each * least, sum(highs) + each * most


def _check_rho(totals: Sequence[AuditedNumber], groups: Sequence[AuditedNumber]) -> Objection | None:
    """The remark, if any, that a correlation lies outside those of its groups."""
    total, rhos = totals[0], [number.value for number in groups]
    if len(groups) < 2 or min(rhos) <= total.value <= max(rhos):
        return None
    text = f"{total.name}: rho {total} in het totaal ligt buiten de groepen ({name_numbers(groups)})"
    return write_objection("totaal tussen groepen", [total, *groups], text, REMARK, by_rounding=False)
