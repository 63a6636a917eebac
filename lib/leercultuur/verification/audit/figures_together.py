"""Checks on the figures of a table together: sums, totals and groups, and tables of percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import pandas as pd

from leercultuur.formatting import nl_join, nl_number
from leercultuur.verification.audit.figures import (
    SCORES,
    Figure,
    Range,
    answers_in,
    classes_of,
    group_by,
    meet,
    options_of,
    overlap,
    read_figures,
)
from leercultuur.verification.audit.findings import (
    IMPOSSIBLE,
    REMARK,
    list_figures,
    roundings_for,
    severity_of,
    tabulate,
    write_finding,
)
from leercultuur.verification.audit.programmes import Sum, fewest_misses, sum_of_cells

# Sums outside the codebook: (whole, parts); the whole "" is the base.
SUMS = {
    "respons": [("ingevuld", ["uitgesloten", "analyse"])],
    "periode": [("", ["campagne_2024", "tussen_campagnes", "campagne_2025"])],
}


def audit_totals(figures: pd.DataFrame) -> pd.DataFrame:
    """Counts and percentages that do not add up, and numbers printed twice that exclude each other.

    Every printed count or percentage of a base allows a range of whole counts. The parts of a whole (the
    answers to a question, the answers in a class) must be able to add up to it. A number printed in two
    places, or as a count and as a percentage, must have a value in common. Percentages without a base must
    be able to add up to 100.
    """
    found = []
    for kind in [("percent", "count"), ("mean",), ("benchmark_percent",)]:
        # Without a base a count and a percentage cannot be compared.
        together = group_by(read_figures(figures, *kind), lambda f: (f.key, f.base or f.statistic))
        for rows in together.values():
            found += [_check_pair(a, b) for a, b in combinations(rows, 2) if a.category == b.category]
            if kind != ("mean",):
                found += [_check_sum(rows, whole, parts) for whole, parts in _sums_of(rows[0].measure)]
    return tabulate([finding for finding in found if finding])


def audit_totals_between_groups(figures: pd.DataFrame) -> pd.DataFrame:
    """Totals that cannot be what is printed, given the groups.

    A total mean or percentage is that of its groups weighted by their bases; respondents in groups that
    are not printed can have answered anything. A correlation can lie outside those of all groups, when the
    groups differ in level: that is a remark.
    """
    found = []
    for kind in [("percent", "count"), ("mean",), ("spearman",)]:
        check = _check_rho if kind == ("spearman",) else _check_total
        alike = group_by(read_figures(figures, *kind), lambda f: (f.measure, f.category, f.population))
        for rows in alike.values():
            groupings = group_by(rows, lambda figure: figure.group_var)
            totals = groupings.pop("", [])
            found += [check(totals, groups) for groups in groupings.values() if totals]
    return tabulate([finding for finding in found if finding])


def audit_crosstab(figures: pd.DataFrame, table: str) -> pd.DataFrame:
    """Percentages per group that no table of whole counts gives.

    Cells are whole numbers that add up to the base of each group and to the printed count of each answer
    over all groups; respondents outside the printed groups fill the rest. The fewest percentages that must
    miss are found by integer programming, under one rounding and under two.
    """
    found = []
    for crosstab in _read_crosstabs(figures, table):
        try:
            least = {times: crosstab.fewest_misses(times) for times in (1, 2)}
        except ValueError as error:
            concerned = [*crosstab.columns, *crosstab.cells]
            found.append(write_finding("kruistabel", concerned, f"{table}: {error}", IMPOSSIBLE))
            continue
        severity = severity_of(lambda times, least=least: not least[times])
        if severity:
            times = roundings_for(severity)
            number, printed = len(least[times]), crosstab.printed
            # Counted double, a figure that is in every smallest set makes the smallest number larger.
            forced = [
                figure
                for figure in printed
                if figure.id in least[times] and len(crosstab.fewest_misses(times, double=[figure])) > number
            ]
            text = f"{table}: van de {len(printed)} percentages kunnen er minstens {number} niet kloppen"
            text += f", gegeven de aantallen per {crosstab.by} en per {crosstab.measure}"
            if forced:
                text += f"; in elk geval niet {nl_join([f'{figure.name} {figure}' for figure in forced])}"
            concerned = forced if len(forced) == number else printed
            found.append(write_finding("kruistabel", concerned, text, severity, number))
    return tabulate(found)


@dataclass(frozen=True)
class _Crosstab:
    """Printed percentages of answers per group, and what is printed of all groups together."""

    cells: list[Figure]
    columns: list[Figure]  # counts of answers over all groups
    totals: list[Figure]  # percentages of answers over all groups

    @property
    def measure(self) -> str:
        return self.cells[0].measure

    @property
    def by(self) -> str:
        return self.cells[0].group_var

    @property
    def printed(self) -> list[Figure]:
        return [*self.cells, *self.totals]

    def fewest_misses(self, roundings: int, double: Sequence[Figure] = ()) -> list[str]:
        """One smallest set of percentages that must miss; a cell is a group's number of one answer."""
        width = len(options_of(self.measure))
        bases = {figure.group: figure.base for figure in self.cells}
        everyone = next((figure.base for figure in [*self.columns, *self.totals]), 0)
        if everyone > sum(bases.values()):
            bases["rest"] = everyone - sum(bases.values())
        rows = {group: range(i * width, (i + 1) * width) for i, group in enumerate(bases)}

        def over_groups(figure: Figure) -> Sum:
            parts = [sum_of_cells(figure, roundings, cells.start) for cells in rows.values()]
            return parts[0]._replace(weights={cell: 1 for part in parts for cell in part.weights})

        exact = [Sum("", dict.fromkeys(rows[group], 1), base, base) for group, base in bases.items()]
        exact += [over_groups(figure) for figure in self.columns]
        printed = [
            sum_of_cells(figure, roundings, rows[figure.group].start) if figure.group else over_groups(figure)
            for figure in [*self.printed, *double]
        ]
        return fewest_misses([base for base in bases.values() for _ in range(width)], exact, printed)


def _read_crosstabs(figures: pd.DataFrame, table: str) -> list[_Crosstab]:
    """The crosstabs of a printed table, one per question and grouping; not those without a base."""
    known = [f for f in read_figures(figures, "percent", "count") if answers_in(f.measure, f.category)]
    shares = [f for f in known if f.table == table and f.statistic == "percent"]
    counts = [f for f in known if f.statistic == "count"]
    layouts = group_by(shares, lambda f: (f.measure, f.population, f.group_var))
    crosstabs = []
    for (measure, population, by), cells in layouts.items():
        columns = [f for f in counts if f.key == (measure, population, "", "")]
        if by and all(figure.base for figure in [*cells, *columns]):
            crosstabs.append(_Crosstab(cells, columns, layouts.get((measure, population, ""), [])))
    return crosstabs


def _sums_of(measure: str) -> list[tuple[str, Sequence[str]]]:
    """Wholes and their parts: all answers and all classes make the base, a class is made of answers."""
    sums = [("", options_of(measure))]
    for classes in classes_of(measure):
        sums += [("", list(classes)), *classes.items()]
    return SUMS.get(measure, sums)


def _check_pair(a: Figure, b: Figure) -> dict | None:
    """The finding, if any, that two figures of the same thing exclude each other."""
    severity = severity_of(lambda times: overlap(a.limits(times), b.limits(times)))
    if severity is None or not (a.exists(2) and b.exists(2)):
        return None
    text = f"{a.name}: {a} ({a.table}) en {b} ({b.table}) kunnen niet allebei"
    if a.statistic == "count" != b.statistic:
        text += f"; {a} van {nl_number(a.base)} is {nl_number(100 * a.value / a.base, b.decimals + 2)}%"
    return write_finding("twee keer gedrukt", [a, b], text, severity)


def _check_sum(rows: Sequence[Figure], whole: str, parts: Sequence[str]) -> dict | None:
    """The finding, if any, that parts cannot add up to their whole ("": the base)."""
    by_category = group_by(rows, lambda figure: figure.category)
    printed = [figure for part in parts for figure in by_category.get(part, [])]
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
    if all(figure.statistic != "count" for figure in printed) and not whole:
        sums.append(f"de percentages tellen op tot {nl_number(sum(f.value for f in printed), 1)}")
    text = f"{replace(rows[0], category=whole).name}: {list_figures(printed)}; {', '.join(sums)}"
    return write_finding("optelling", [*printed, *over], text, severity)


def _check_total(totals: Sequence[Figure], groups: Sequence[Figure]) -> dict | None:
    """The finding, if any, that a total count or mean cannot be that of the groups together."""
    if not all(figure.base for figure in [*totals, *groups]):
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
        f"{totals[0].name}: {nl_join([str(figure) for figure in totals])} in het totaal, maar de groepen "
        f"naar {groups[0].group_var} ({list_figures(groups)}) geven samen {'–'.join(dict.fromkeys(ends))}"
    )
    return write_finding("totaal tussen groepen", [*totals, *groups], text, severity)


def _limits_of_groups(total: Figure, groups: Sequence[Figure], roundings: int) -> Range:
    """The sums of answers, or counts, over all groups; people in groups not printed can be anything."""
    by_group = group_by(groups, lambda figure: figure.group)
    rest = max(0, total.base - sum(rows[0].base for rows in by_group.values()))
    each = rest * (total.answers // total.base)
    least, most = (SCORES[0], SCORES[-1]) if total.statistic == "mean" else (0, 1)
    lows, highs = zip(*(meet(rows, roundings) for rows in by_group.values()), strict=True)
    return sum(lows) + each * least, sum(highs) + each * most


def _check_rho(totals: Sequence[Figure], groups: Sequence[Figure]) -> dict | None:
    """The remark, if any, that a correlation lies outside those of its groups."""
    total, rhos = totals[0], [figure.value for figure in groups]
    if len(groups) < 2 or min(rhos) <= total.value <= max(rhos):
        return None
    text = f"{total.name}: rho {total} in het totaal ligt buiten de groepen ({list_figures(groups)})"
    return write_finding("totaal tussen groepen", [total, *groups], text, REMARK, by_rounding=False)
