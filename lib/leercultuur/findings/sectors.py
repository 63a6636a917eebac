"""Findings about sectors: how large they are, where they stand beside all others, what is highest in each."""

from __future__ import annotations

import pandas as pd

from leercultuur.appraisal.rankings import leaders
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.findings.finding import DESCRIPTIVE, Basis, Finding, read_rows
from leercultuur.findings.grammar import (
    agree,
    among,
    capital,
    each_other,
    group,
    is_shown,
    kind,
    largest_first,
    name,
    names,
    quote_each,
    subject,
)
from leercultuur.formatting import nl_join, nl_number, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.statistics.significance import DEMONSTRATED, NEGLIGIBLE, OPEN

MOST_LISTED = 6  # of more groups that are left out only the number is said
LARGEST = 2  # groups that are named as having the largest share


def find_group_sizes(frequencies: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of omvang in each group that is compared: in which is each answer given most?"""
    rows = [
        row for row in read_rows(frequencies) if row["group"] != TOTAL and row["percent"] == row["percent"]
    ]
    if len({row["group"] for row in rows}) <= LARGEST:
        return []
    variable, by, basis = rows[0]["measure"], rows[0]["group_var"], Basis()
    parts: list[str] = []
    for category in dict.fromkeys(row["category"] for row in rows):
        ranked = sorted((row for row in rows if row["category"] == category), key=lambda row: -row["percent"])
        if not ranked[LARGEST - 1]["percent"] > ranked[LARGEST]["percent"]:
            continue
        basis.rest_on(ranked, "percent")
        most = quote_each(basis, ranked[:LARGEST], "percent", lambda row: group(by, row["group"]))
        which = f"{'dat van ' if parts else ''}{group(variable, category)}{'' if parts else ' het grootst'}"
        parts.append(f"{which} {load_instrument().preposition(by)} {most}")
    if not parts:
        return []
    text = f"Van de groepen die vergeleken worden, is het aandeel {'; '.join(parts)}."
    return [
        basis.finding(
            f"{variable}_naar_{by}.grootste",
            DESCRIPTIVE,
            text,
            "Hoe groot de organisaties van de invullers zijn",
        )
    ]


def find_left_out(left_out: pd.DataFrame) -> list[Finding]:
    """``split_small_groups``: who is not compared."""
    rows, basis = [row for row in read_rows(left_out) if row["n"]], Basis()
    if not rows:
        return []
    by = rows[0]["group_var"]
    about = [row["group"] for row in rows]
    if len(rows) > MOST_LISTED:
        text = f"Buiten de vergelijking naar {name(by)} blijven {basis.count(read_rows(left_out))} groepen."
        return [basis.finding(f"{by}.weggelaten", DESCRIPTIVE, text, about=about)]
    said = quote_each(basis, rows, "n", lambda row: group(by, row["group"]), nl_number)
    return [
        basis.finding(
            f"{by}.weggelaten", DESCRIPTIVE, f"Buiten de vergelijking blijven: {said}.", about=about
        )
    ]


def find_deviations(deviations: pd.DataFrame) -> list[Finding]:
    """``compare_groups_with_rest``: per score the groups that are above, and below, all others together."""
    found, quiet = [], []
    by = deviations["group_var"].iloc[0] if len(deviations) else ""
    part = "_".join(filter(None, [by, *(p for p in deviations["population"].unique() if p != "alle")]))
    for measure in deviations["measure"].unique():
        rows = [row for row in read_rows(deviations) if row["measure"] == measure and row["verdict"]]
        shown = [row for row in rows if is_shown(row)]
        if not shown:
            quiet += [(measure, rows)] if rows else []
            continue
        basis, sides, about = Basis(), [], []
        basis.rest_on(shown)
        for word, sign in (("hoger", 1), ("lager", -1)):
            those = largest_first(shown, "diff", sign)
            if those:
                keys = [row["group"] for row in those]
                about += [f"{word}:{key}" for key in keys]
                means = quote_each(basis, those, "mean_group", lambda row: group(by, row["group"]), two)
                place = load_instrument().preposition(by)
                sides.append((f"{place} {means} aantoonbaar {word}", f"aantoonbaar {word} {among(by, keys)}"))
        text = f"{capital(name(measure))}: {nl_join([said for said, _ in sides])} dan bij alle andere samen."
        slight = [row["group"] for row in shown if row["verdict"] == NEGLIGIBLE]
        if slight:
            text += f" Te verwaarlozen is het verschil {among(by, slight)}."
        who = " (mkb)" if rows[0]["population"] == "mkb" else ""
        title = f"{capital(name(measure))}{who}: {', '.join(short for _, short in sides)}"
        found.append(basis.finding(f"{part}.{measure}", DEMONSTRATED, text, title, about))
    if quiet:
        basis, about = Basis(), [measure for measure, _ in quiet]
        basis.rest_on(row for _, rows in quiet for row in rows)
        text = f"Dat een {name(by)} afwijkt van alle andere samen, is niet aangetoond bij {names(about)}."
        title = f"Geen {name(by)} wijkt aantoonbaar af van alle andere samen"
        if found:
            title = (
                f"Op de andere {kind(about)[1]} wijkt geen {name(by)} aantoonbaar af van alle andere samen"
            )
        found.append(
            basis.finding(f"{part}.open.{_key(list(deviations['measure']))}", OPEN, text, title, about)
        )
    return found


def find_everywhere(pairs: pd.DataFrame) -> list[Finding]:
    """``compare_scores`` within each group: is one measure the highest, or the lowest, in all of them?"""
    found, measures = [], list(dict.fromkeys([*pairs["measure"], *pairs["category"]]))
    by = pairs["group_var"].iloc[0] if len(pairs) else ""
    rule = find_disclosure(pairs)
    whole = pairs.groupby("group")["verdict"].transform(lambda verdicts: (verdicts != "").all())
    tested = pairs[whole.astype(bool)]
    inside = {str(key): rows for key, rows in tested.groupby("group", sort=False)}
    key = f"{by}.elke.{_key(measures)}"
    if len(inside) < 2:
        return []
    for top, end, word, more in ((True, "hoogste", "hoogst", "hoger"), (False, "laagste", "laagst", "lager")):
        ranked = {group_: leaders(rows, top) for group_, rows in inside.items()}
        firsts = {first[0] for first in ranked.values()}
        sure = [group_ for group_, first in ranked.items() if len(first) == 1]
        if len(firsts) > 1 or not sure:
            continue
        first, basis = firsts.pop(), Basis()
        basis.rest_on(
            row
            for rows in inside.values()
            for row in read_rows(rows)
            if first in (row["measure"], row["category"])
        )
        every = "" if len(inside) == pairs["group"].nunique() and not rule else " die te toetsen is"
        scores = agree([first], "scoort", "scoren")
        title = f"In elke {name(by)}{every} {scores} {name(first)} het {word} van {subject(measures)}"
        others = [group_ for group_ in ranked if group_ not in sure]
        other = each_other(measures)
        text = f"{title}, overal aantoonbaar {more} dan {other}"
        if len(others) > len(sure):
            text = f"{title}; aantoonbaar {more} dan {other} is dat alleen {among(by, sure)}"
        elif others:
            text = f"{title}; alleen {among(by, others)} is niet aangetoond dat dit {more} is dan {other}"
        strength = OPEN if others else DEMONSTRATED
        found.append(basis.finding(f"{key}.{end}", strength, f"{text}.", title, [first]))
    return found


def _key(measures: list[str]) -> str:
    """``kenmerken``, or the characteristic whose questions these are."""
    codebook = load_instrument()
    return next((codebook.scale_of(key) for key in measures if key in codebook.items), "kenmerken")
