"""Checks on one number at a time: shares, means, scale means, and the words printed with correlations."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product

from leercultuur.formatting import nl_join, nl_number
from leercultuur.instrument import load_instrument
from leercultuur.verification.audit.numbers import (
    SCORES,
    AuditedNumber,
    group_by,
    meet,
    options_of,
    overlap,
    select,
    sum_of_cells,
    sum_of_scores,
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

WORDS = ["zwak", "matig/zwak", "matig", "matig/sterk", "sterk"]  # from weak to strong
Part = tuple[list[AuditedNumber], list[AuditedNumber]]  # of an item: printed means, printed percentages


def audit_percentages(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Percentages that no whole number out of n gives: GRIM for shares.

    A share of n people is k/n with k whole. Of 22 people the shares around 46% are 10 (45.45%) and 11
    (50%): rounded once neither prints as 46; rounded twice 45.45 does, by way of 45.5.
    """
    found = []
    for number in select(numbers, "percent"):
        if severity := severity_of(number.exists):
            below = int(number.value * number.base / 100)
            near = [f"{k} is {nl_number(100 * k / number.base, 2)}%" for k in (below, below + 1)]
            text = f"{number.name}: {number} kan niet van {nl_number(number.base)}; {nl_join(near)}"
            found.append(write_objection("percentage", [number], text, severity))
    return found


def audit_means(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Means outside the answers, or that whole answers (GRIM) or the printed frequencies do not allow.

    Outside: no mean of answers 1-5 lies under 1 or over 5, whoever and how many gave them. GRIM: n answers of
    1-5 add up to a whole number, so a mean is a whole number over n (over n times the number of items, for
    a scale). Frequencies: the smallest and the largest sum of answers over all whole counts that give the
    printed percentages, of single answers and of answers taken together.
    """
    found, percentages = [], group_by(select(numbers, "percent"), lambda number: number.key)
    for number in select(numbers, "mean"):
        shares = percentages.get(number.key, [])
        if severity := severity_of(_within_answers, number):
            text = f"gemiddelde {number} ligt buiten de antwoorden {SCORES[0]} tot en met {SCORES[-1]}"
            found.append(write_objection("gemiddelde", [number], f"{number.name}: {text}", severity))
        elif severity := severity_of(number.exists):
            text = f"geen som van {nl_number(number.answers)} hele antwoorden geeft {number}"
            found.append(write_objection("gemiddelde", [number], f"{number.name}: {text}", severity))
        elif severity := severity_of(_fits_shares, number, shares):
            limits = sum_of_scores(shares, roundings_for(severity)) or ()
            ends = [nl_number(end / number.base, number.decimals + 2) for end in limits]
            text = (
                f"gemiddelde {number} gedrukt, maar de gedrukte percentages laten bij n = "
                f"{nl_number(number.base)} alleen {' tot '.join(ends)} toe ({name_numbers(shares)})"
            )
            text = f"{number.name}: {text}"
            found.append(write_objection("gemiddelde", [number, *shares], text, severity))
    return found


def audit_scale_means(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Scale means that do not follow from their items, and how many numbers of a scale must miss.

    When everybody answered every item, a scale mean is the mean of its item means. An item mean lies in
    its rounding range and in what its printed frequencies allow; where these exclude each other the
    frequencies count. The second objection takes all printed numbers of a scale and its items together: the
    fewest that must be other than printed, whatever the answers were (integer programming).
    """
    found, derived = [], load_instrument().derived
    means = group_by(select(numbers, "mean"), lambda number: number.key)
    shares = group_by(select(numbers, "percent"), lambda number: number.key)
    for scale in (rows[0] for key, rows in means.items() if key[0] in derived):
        keys = [(item, *scale.key[1:]) for item in derived[scale.measure]]
        parts = [(means.get(key, []), shares.get(key, [])) for key in keys]
        used = [scale, *(number for part in parts for rows in part for number in rows)]
        if not scale.base or not all(map(any, parts)) or len({number.base for number in used}) > 1:
            continue
        if severity := severity_of(_follows, scale, parts):
            limits = [_item_limits(part, roundings_for(severity)) for part in parts]
            low, high = (nl_number(sum(ends) / scale.answers, 4) for ends in zip(*limits, strict=True))
            each = [" tot ".join(nl_number(end / scale.base, 4) for end in ends) for ends in limits]
            text = (
                f"{scale} gedrukt, maar de vragen laten alleen {low} tot {high} toe "
                f"(per vraag {nl_join(each)})"
            )
            found.append(write_objection("schaalgemiddelde", used, f"{scale.name}: {text}", severity))
        if missed := _fewest_in_scale(scale, parts):
            example = nl_join([f"{number.name} {number}" for number in used if number.id in missed])
            text = (
                f"van de {len(used)} gedrukte cijfers over de schaal en haar vragen kunnen er minstens "
                f"{len(missed)} niet kloppen, bijvoorbeeld {example}"
            )
            text = f"{scale.name}: {text}"
            found.append(write_objection("schaal als geheel", used, text, IMPOSSIBLE, len(missed)))
    return found


def audit_words(numbers: Sequence[AuditedNumber]) -> list[Objection]:
    """Printed words for correlations that no legend gives: a stronger word for a smaller rho.

    Words stand in the note, as ``printed interpretation: matig/zwak``. Under one legend the ranges of two
    words do not overlap; every pair of words that does is an objection, with the numbers in the overlap.
    """
    found = []
    correlations = group_by(select(numbers, "spearman"), _word)
    for weak, strong in combinations(WORDS, 2):
        weaker, stronger = correlations.get(weak, []), correlations.get(strong, [])
        top = max(weaker, key=_size, default=None)
        bottom = min(stronger, key=_size, default=None)
        if top and bottom and _size(top) > _size(bottom):
            low = [number for number in weaker if _size(number) > _size(bottom)]
            high = [number for number in stronger if _size(number) < _size(top)]
            a, b = min(product(low, high), key=lambda pair: abs(_size(pair[0]) - _size(pair[1])))
            text = (
                f"rho {top} ({top.name}) heet „{weak}” en de kleinere rho {bottom} ({bottom.name}) "
                f"„{strong}”: geen grens past bij beide woorden"
            )
            if (a, b) != (top, bottom):
                text += f"; het dichtst bij elkaar: {a} „{weak}” en {b} „{strong}”"
            found.append(write_objection("woorden", [*low, *high], text, REMARK, by_rounding=False))
    return found


def _within_answers(number: AuditedNumber, roundings: int) -> bool:
    scored = number.measure in load_instrument().derived or options_of(number.measure) == list(
        map(str, SCORES)
    )
    low, high = number.values(roundings)
    return not scored or (low <= SCORES[-1] and high >= SCORES[0])


def _fits_shares(number: AuditedNumber, shares: Sequence[AuditedNumber], roundings: int) -> bool:
    limits = sum_of_scores(shares, roundings)
    return limits is None or overlap(number.limits(roundings), limits)


def _item_limits(part: Part, roundings: int) -> Range:
    means, shares = part
    limits = sum_of_scores(shares, roundings)
    if limits is None:
        return meet(means, roundings)
    both = [limits, *(number.limits(roundings) for number in means)]
    low, high = max(low for low, _ in both), min(high for _, high in both)
    return (low, high) if low <= high else limits


def _follows(scale: AuditedNumber, parts: Sequence[Part], roundings: int) -> bool:
    lows, highs = zip(*(_item_limits(part, roundings) for part in parts), strict=True)
    return overlap(scale.limits(roundings), (sum(lows), sum(highs)))


def _fewest_in_scale(scale: AuditedNumber, parts: Sequence[Part]) -> list[str]:
    """One smallest set of numbers that must miss; a cell is how often an answer was given to an item."""
    width, exact = len(SCORES), []
    cells = range(width * len(parts))
    printed = [Sum(scale.id, dict(zip(cells, [*SCORES] * len(parts), strict=True)), *scale.limits(2))]
    for start, (means, shares) in zip(cells[::width], parts, strict=True):
        own = range(start, start + width)
        exact.append(Sum("", dict.fromkeys(own, 1), scale.base, scale.base))
        printed += [Sum(mean.id, dict(zip(own, SCORES, strict=True)), *mean.limits(2)) for mean in means]
        printed += [sum_of_cells(number, 2, start) for number in shares]
    return fewest_misses([scale.base] * len(cells), exact, printed)


def _word(number: AuditedNumber) -> str:
    """The word printed with a correlation, "matig-sterk" as "matig/sterk"; "" when there is none."""
    _, _, after = number.note.partition("printed interpretation: ")
    return after.split(";")[0].strip().replace("-", "/")


def _size(number: AuditedNumber) -> float:
    return abs(number.value)
