"""Checks on one figure at a time: shares, means, scale means, and the words printed with correlations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

import pandas as pd

from leercultuur.formatting import nl_join, nl_number
from leercultuur.instrument import load_instrument
from leercultuur.verification.audit.figures import (
    SCORES,
    Figure,
    Range,
    group_by,
    meet,
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
from leercultuur.verification.audit.programmes import Sum, fewest_misses, sum_of_cells, sum_of_scores

WORDS = ["zwak", "matig/zwak", "matig", "matig/sterk", "sterk"]  # from weak to strong
Part = tuple[list[Figure], list[Figure]]  # of an item: its printed means, its printed percentages


def audit_percentages(figures: pd.DataFrame) -> pd.DataFrame:
    """Percentages that no whole number out of n gives: GRIM for shares.

    A share of n people is k/n with k whole. Of 22 people the shares around 46% are 10 (45.45%) and 11
    (50%): rounded once neither prints as 46; rounded twice 45.45 does, by way of 45.5.
    """
    found = []
    for figure in read_figures(figures, "percent"):
        if severity := severity_of(figure.exists):
            below = int(figure.value * figure.base / 100)
            near = [f"{k} is {nl_number(100 * k / figure.base, 2)}%" for k in (below, below + 1)]
            text = f"{figure.name}: {figure} kan niet van {nl_number(figure.base)}; {nl_join(near)}"
            found.append(write_finding("percentage", [figure], text, severity))
    return tabulate(found)


def audit_means(figures: pd.DataFrame) -> pd.DataFrame:
    """Means that n whole answers cannot have (GRIM), or that the printed frequencies do not allow.

    GRIM: n answers of 1-5 add up to a whole number, so a mean is a whole number over n (over n times the
    number of items, for a scale). Frequencies: the smallest and the largest sum of answers over all whole
    counts that give the printed percentages, of single answers and of answers taken together.
    """
    found, percentages = [], group_by(read_figures(figures, "percent"), lambda figure: figure.key)
    for figure in read_figures(figures, "mean"):
        shares = percentages.get(figure.key, [])
        if severity := severity_of(figure.exists):
            text = f"geen som van {nl_number(figure.answers)} hele antwoorden geeft {figure}"
            found.append(write_finding("gemiddelde", [figure], f"{figure.name}: {text}", severity))
        elif severity := severity_of(_fits_shares, figure, shares):
            limits = sum_of_scores(shares, roundings_for(severity))
            ends = [nl_number(end / figure.base, figure.decimals + 2) for end in limits]
            text = (
                f"gemiddelde {figure} gedrukt, maar de gedrukte percentages laten bij n = "
                f"{nl_number(figure.base)} alleen {' tot '.join(ends)} toe ({list_figures(shares)})"
            )
            finding = [figure, *shares], f"{figure.name}: {text}", severity
            found.append(write_finding("gemiddelde", *finding))
    return tabulate(found)


def audit_scale_means(figures: pd.DataFrame) -> pd.DataFrame:
    """Scale means that do not follow from their items, and how many figures of a scale must miss.

    When everybody answered every item, a scale mean is the mean of its item means. An item mean lies in
    its rounding range and in what its printed frequencies allow; where these exclude each other the
    frequencies count. The second finding takes all printed figures of a scale and its items together: the
    fewest that must be other than printed, whatever the answers were (integer programming).
    """
    found, derived = [], load_instrument().derived
    means = group_by(read_figures(figures, "mean"), lambda figure: figure.key)
    shares = group_by(read_figures(figures, "percent"), lambda figure: figure.key)
    for scale in (rows[0] for key, rows in means.items() if key[0] in derived):
        keys = [(item, *scale.key[1:]) for item in derived[scale.measure]]
        parts = [(means.get(key, []), shares.get(key, [])) for key in keys]
        used = [scale, *(figure for part in parts for rows in part for figure in rows)]
        if not scale.base or not all(map(any, parts)) or len({figure.base for figure in used}) > 1:
            continue
        if severity := severity_of(_follows, scale, parts):
            limits = [_item_limits(part, roundings_for(severity)) for part in parts]
            low, high = (nl_number(sum(ends) / scale.answers, 4) for ends in zip(*limits, strict=True))
            each = [" tot ".join(nl_number(end / scale.base, 4) for end in ends) for ends in limits]
            text = (
                f"{scale} gedrukt, maar de vragen laten alleen {low} tot {high} toe "
                f"(per vraag {nl_join(each)})"
            )
            found.append(write_finding("schaalgemiddelde", used, f"{scale.name}: {text}", severity))
        if missed := _fewest_in_scale(scale, parts):
            example = nl_join([f"{figure.name} {figure}" for figure in used if figure.id in missed])
            text = (
                f"van de {len(used)} gedrukte cijfers over de schaal en haar vragen kunnen er minstens "
                f"{len(missed)} niet kloppen, bijvoorbeeld {example}"
            )
            finding = used, f"{scale.name}: {text}", IMPOSSIBLE, len(missed)
            found.append(write_finding("schaal als geheel", *finding))
    return tabulate(found)


def audit_words(figures: pd.DataFrame) -> pd.DataFrame:
    """Printed words for correlations that no legend gives: a stronger word for a smaller rho.

    Words stand in the note, as ``printed interpretation: matig/zwak``. Under one legend the ranges of two
    words do not overlap; every pair of words that does is a finding, with the figures in the overlap.
    """
    found = []
    correlations = group_by(read_figures(figures, "spearman"), _word)
    for weak, strong in combinations(WORDS, 2):
        weaker, stronger = correlations.get(weak, []), correlations.get(strong, [])
        top = max(weaker, key=_size, default=None)
        bottom = min(stronger, key=_size, default=None)
        if top and bottom and _size(top) > _size(bottom):
            low = [figure for figure in weaker if _size(figure) > _size(bottom)]
            high = [figure for figure in stronger if _size(figure) < _size(top)]
            a, b = min(product(low, high), key=lambda pair: abs(_size(pair[0]) - _size(pair[1])))
            text = (
                f"rho {top} ({top.name}) heet „{weak}” en de kleinere rho {bottom} ({bottom.name}) "
                f"„{strong}”: geen grens past bij beide woorden"
            )
            if (a, b) != (top, bottom):
                text += f"; het dichtst bij elkaar: {a} „{weak}” en {b} „{strong}”"
            found.append(write_finding("woorden", [*low, *high], text, REMARK, by_rounding=False))
    return tabulate(found)


def _fits_shares(figure: Figure, shares: Sequence[Figure], roundings: int) -> bool:
    limits = sum_of_scores(shares, roundings)
    return limits is None or overlap(figure.limits(roundings), limits)


def _item_limits(part: Part, roundings: int) -> Range:
    means, shares = part
    limits = sum_of_scores(shares, roundings)
    if limits is None:
        return meet(means, roundings)
    both = [limits, *(figure.limits(roundings) for figure in means)]
    low, high = max(low for low, _ in both), min(high for _, high in both)
    return (low, high) if low <= high else limits


def _follows(scale: Figure, parts: Sequence[Part], roundings: int) -> bool:
    lows, highs = zip(*(_item_limits(part, roundings) for part in parts), strict=True)
    return overlap(scale.limits(roundings), (sum(lows), sum(highs)))


def _fewest_in_scale(scale: Figure, parts: Sequence[Part]) -> list[str]:
    """One smallest set of figures that must miss; a cell is how often an answer was given to an item."""
    width, exact = len(SCORES), []
    cells = range(width * len(parts))
    printed = [Sum(scale.id, dict(zip(cells, [*SCORES] * len(parts), strict=True)), *scale.limits(2))]
    for start, (means, shares) in zip(cells[::width], parts, strict=True):
        own = range(start, start + width)
        exact.append(Sum("", dict.fromkeys(own, 1), scale.base, scale.base))
        printed += [Sum(f.id, dict(zip(own, SCORES, strict=True)), *f.limits(2)) for f in means]
        printed += [sum_of_cells(figure, 2, start) for figure in shares]
    return fewest_misses([scale.base] * len(cells), exact, printed)


def _word(figure: Figure) -> str:
    """The word printed with a correlation, "matig-sterk" as "matig/sterk"; "" when there is none."""
    _, _, after = figure.note.partition("printed interpretation: ")
    return after.split(";")[0].strip().replace("-", "/")


def _size(figure: Figure) -> float:
    return abs(figure.value)
