"""Findings about the state of learning: training, statements, attention, characteristics, questions."""

from __future__ import annotations

import pandas as pd

from leercultuur.benchmarks import benchmark_source
from leercultuur.findings.extremes import find_highest_scores, find_largest
from leercultuur.findings.finding import DESCRIPTIVE, Basis, Finding, Row, read_by, read_rows
from leercultuur.findings.grammar import (
    TOO_FEW,
    agree,
    capital,
    is_shown,
    largest_first,
    name,
    names,
    quote_range,
    two_plain,
)
from leercultuur.formatting import nl_join, nl_number, option_label, two
from leercultuur.instrument import load_instrument
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.thresholds import ATTENUATED

NOBODY = "0"  # the option of scholing


def find_training(tests: pd.DataFrame) -> list[Finding]:
    """``compare_with_benchmark`` of scholing: which answers are given more, or less, than nationally?"""
    rows, found = {row["category"]: row for row in read_rows(tests) if row["verdict"]}, []
    if tests.empty:
        return []
    if not rows:
        return [
            Basis.on(read_rows(tests), "n").finding(
                "scholing.open", OPEN, f"Over scholing is niets te zeggen: {TOO_FEW}."
            )
        ]
    source = benchmark_source(tests["measure"], short=True)
    none = rows.pop(NOBODY, None)
    if none:
        basis = Basis()
        basis.rest_on(none)
        text = (
            f"Volgens {basis(none, 'ours')} van de invullers volgde niemand scholing; in de {source} is dat "
        )
        text += f"{basis(none, 'benchmark')}. Dat verschil is "
        text += f"{'' if is_shown(none) else 'niet '}aantoonbaar."
        less = is_shown(none) and none["diff"] < 0
        title = (
            f"Dat niemand scholing volgde, komt minder vaak voor dan volgens de {source}" if less else text
        )
        strength = DEMONSTRATED if is_shown(none) else OPEN
        found.append(basis.finding("scholing.geen", strength, text, title, ["lager"] if less else []))
    for side, sign in (("vaker", 1), ("minder_vaak", -1)):
        those = [row for row in rows.values() if is_shown(row) and row["diff"] * sign > 0]
        those = [row for row in those if row["category"] not in load_instrument().rest_options("scholing")]
        if those:
            basis = Basis()
            basis.rest_on(those)
            parts = [
                f"{basis(row, 'category', lambda key: option_label('scholing', key))} "
                f"({basis(row, 'ours')} tegen {basis(row, 'benchmark')})"
                for row in those
            ]
            text = "Als deel van de medewerkers dat scholing volgde, is aantoonbaar "
            text += f"{side.replace('_', ' ')} dan volgens de {source} genoemd: {nl_join(parts)}."
            about = [row["category"] for row in those]
            title = f"Scholing: andere aandelen dan volgens de {source}"
            found.append(basis.finding(f"scholing.{side}", DEMONSTRATED, text, title, about))
    return found


def find_statements(statements: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """``mean_scores`` and ``compare_scores`` of the statements."""
    return find_highest_scores("stellingen", statements, pairs)


def find_attention(attention: pd.DataFrame, classes: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of aandacht: per answer, and in three classes."""
    rows, basis = read_by(classes, "category"), Basis()
    if rows["hoog"]["percent"] != rows["hoog"]["percent"]:
        basis.rest_on(rows["hoog"], "n")
        return [
            basis.finding("aandacht.open", OPEN, f"Over aandacht voor leren is niets te zeggen: {TOO_FEW}.")
        ]
    according = f"Volgens {basis(rows['hoog'], 'percent')} van de invullers is er"
    text = f"{according} in hun organisatie veel aandacht voor leren, of is leren deel van de strategie"
    if rows["laag"]["percent"] == rows["laag"]["percent"]:
        text += f"; volgens {basis(rows['laag'], 'percent')} is er geen of geringe aandacht"
    text += "."
    title = f"{according} veel aandacht voor leren, of meer dan dat"
    return [
        find_largest(attention, "aandacht.grootste", "Meest gegeven antwoord", 2),
        basis.finding("aandacht.veel", DESCRIPTIVE, text, title),
    ]


def find_scales(scales: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """``mean_scores`` and ``compare_scores`` of the characteristics."""
    return find_highest_scores("kenmerken", scales, pairs)


def find_items(means: pd.DataFrame, pairs: pd.DataFrame, scale: str) -> list[Finding]:
    """The lowest question of a characteristic, a point for improvement, and the highest.

    ``pairs``: ``compare_scores`` of its questions.
    """
    return find_highest_scores(f"vragen.{scale}", means, pairs)[::-1]


def find_points(lowest: list[Finding]) -> list[Finding]:
    """The points for improvement in one sentence, from the lowest question of each characteristic
    (``find_items``), as far as these can be named."""
    basis, parts = Basis(), []
    about: list[str] = []
    for finding in lowest:
        basis.adopt(finding)
    for finding in (finding for finding in lowest if finding.about):
        scores = [item for item in finding.evidence if item.statistic == "mean" and item.quoted]
        scores = sorted(scores, key=lambda item: item.value)
        told = [f"{name(item.row['measure'])} ({item.quoted})" for item in scores]
        parts.append(" of ".join(told))
        about += finding.about
    if not parts:
        text = "Van geen kenmerk is te zeggen welke vraag het laagst scoort."
        return [basis.finding("vragen.verbeterpunten", OPEN, text)] if lowest else []
    text = f"De laagst scorende vragen, voor elk kenmerk waar dat te zeggen is: {'; '.join(parts)}."
    return [basis.finding("vragen.verbeterpunten", DESCRIPTIVE, text, about=about)]


def find_benchmarked(tests: pd.DataFrame) -> list[Finding]:
    """``compare_with_benchmark`` of means: where the respondents are below, or above, a national figure."""
    found, rows = [], [row for row in read_rows(tests) if row["verdict"]]
    if not rows:
        return []
    source = benchmark_source(tests["measure"], short=True)
    key = source.split()[0].lower()
    matters = [row for row in rows if row["verdict"] == DEMONSTRATED]
    for side, sign in (("lager", -1), ("hoger", 1)):
        those = largest_first(matters, "diff", sign)
        if those:
            basis = Basis()
            basis.rest_on(those)
            about = [row["measure"] for row in those]
            text = f"Aantoonbaar {side} dan het cijfer van de {source}: {_quote_both(basis, those)}."
            title = f"Aantoonbaar {side} dan het cijfer van de {source}: {names(about)}"
            found.append(basis.finding(f"{key}.{side}", DEMONSTRATED, text, title, about))
    slight = [row for row in rows if is_shown(row) and row not in matters]
    if slight:
        basis = Basis()
        basis.rest_on(slight)
        about = [row["measure"] for row in slight]
        text = f"Te verwaarlozen is het verschil met de {source} bij {_quote_both(basis, slight)}."
        found.append(basis.finding(f"{key}.te_verwaarlozen", DEMONSTRATED, text, about=about))
    unsure = [row for row in rows if not is_shown(row)]
    if unsure:
        about = [row["measure"] for row in unsure]
        text = f"Een verschil met de {source} is niet aangetoond bij {names(about)}."
        found.append(Basis.on(unsure).finding(f"{key}.open", OPEN, text, about=about))
    return found


def _quote_both(basis: Basis, rows: list[Row]) -> str:
    """``"autonomie in het werk" (3,31 tegen 4,02)``."""
    return nl_join(
        [
            f"{name(row['measure'])} ({basis(row, 'ours', two)} tegen {basis(row, 'benchmark', two)})"
            for row in rows
        ]
    )


def find_weighting(scores: pd.DataFrame) -> list[Finding]:
    """``weigh_scores``: would the means be others if the respondents were like the population?"""
    rows, basis, key = read_rows(scores), Basis(), "gewogen.verschuiving"
    moved = sorted(
        (row for row in rows if row["difference"] == row["difference"]),
        key=lambda row: abs(row["difference"]),
    )
    if not moved:
        basis.rest_on(rows, "n")
        return [basis.finding(key, OPEN, "Er is te weinig ingevuld om te wegen.")]
    sides = []
    for word, sign in (("hoger", 1), ("lager", -1)):
        those = [row for row in moved if row["difference"] * sign > 0]
        if those:
            moves = quote_range(basis, those, "difference", two_plain)
            sides.append(f"{names(row['measure'] for row in those)} {moves} punt {word}")
    first = moved[0]
    scores = agree([row["measure"] for row in moved], "scoort", "scoren")
    text = f"Gewogen naar sector en omvang {scores} {nl_join(sides)}."
    if first["largest_weight"] == first["largest_weight"]:
        text += " Door de ongelijke gewichten zijn deze cijfers zo onzeker als die van "
        text += f"{basis(first, 'effective_n')} invullers in plaats van {basis(first, 'n')}; het grootste "
        text += f"gewicht is {basis(first, 'largest_weight')} keer het gemiddelde."
    title = "Gewogen naar sector en omvang verschuiven de kenmerken"
    found = [basis.finding(key, DESCRIPTIVE, text, title)]
    for end, word, pick in (("hoogste", "hoogst", max), ("laagste", "laagst", min)):
        plain, raked = (pick(moved, key=lambda row: row[column]) for column in ("unweighted", "weighted"))
        if plain["measure"] != raked["measure"]:
            basis = Basis()
            basis.rest_on(moved, "weighted")
            text = (
                "Gewogen naar sector en omvang (van de sectoren waarvan het CBS cijfers geeft) "
                f"{agree([plain['measure']], 'scoort', 'scoren')} niet "
            )
            text += f"{name(plain['measure'])} "
            text += f"({basis(plain, 'weighted')}) maar {name(raked['measure'])} "
            text += f"({basis(raked, 'weighted')}) het {word}. Dat is niet getoetst."
            about = [raked["measure"]]
            title = f"Gewogen {agree(about, 'scoort', 'scoren')} {name(raked['measure'])} het {word}"
            found.append(basis.finding(f"gewogen.{end}", DESCRIPTIVE, text, title, about))
    return found


def find_reliability(reliability: pd.DataFrame) -> list[Finding]:
    """``scale_reliability``: which scores are measured so coarsely that their correlations look weaker?"""
    best = {row["measure"]: _coefficient(row) for row in read_rows(reliability)}
    rows = [row for row in read_rows(reliability) if row[best[row["measure"]]] == row[best[row["measure"]]]]
    basis, key = Basis(), "betrouwbaarheid.grof"
    if not rows:
        basis.rest_on(read_rows(reliability), "n")
        return [
            basis.finding(
                key, DESCRIPTIVE, f"Hoe betrouwbaar de kenmerken zijn gemeten, is niet te zeggen: {TOO_FEW}."
            )
        ]
    coarse = [row for row in rows if round(row[best[row["measure"]]], 2) < ATTENUATED]
    for row in rows:
        basis.rest_on(row, best[row["measure"]])
    if not coarse:
        which = "" if len(rows) == len(reliability) else " waarvan die te berekenen is,"
        text = f"Elk onderdeel{which} is met een betrouwbaarheid van ten minste "
        text += f"{nl_number(ATTENUATED, 1)} gemeten."
        return [basis.finding(key, DESCRIPTIVE, text)]
    said = nl_join([f"{name(row['measure'])} ({basis(row, best[row['measure']])})" for row in coarse])
    about = [row["measure"] for row in coarse]
    text = f"{capital(said)} {agree(about, 'is', 'zijn')} grof gemeten: samenhangen daarmee vallen lager uit "
    text += "dan bij foutloos meten."
    return [basis.finding(key, DESCRIPTIVE, text, about=about)]


def _coefficient(row: Row) -> str:
    """Two questions have Spearman-Brown, more have alpha."""
    return "spearman_brown" if row["spearman_brown"] == row["spearman_brown"] else "alpha"
