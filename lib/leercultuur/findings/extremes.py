"""Findings about the most: the highest score, the strongest correlation, the answer given most."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from leercultuur.appraisal.rankings import leaders
from leercultuur.findings.finding import DESCRIPTIVE, MOST_TITLE, Basis, Finding, Row, read_rows
from leercultuur.findings.grammar import (
    TOO_FEW,
    agree,
    by_measure,
    capital,
    choose,
    each_other,
    first_reason,
    group,
    is_shown,
    kind,
    name,
    names,
    quote_each,
    subject,
)
from leercultuur.formatting import nl_join
from leercultuur.instrument import load_instrument
from leercultuur.keys import split_measures
from leercultuur.statistics.significance import DEMONSTRATED, NEGLIGIBLE, OPEN

MOST_ALIKE = 3  # of more that cannot be told from the highest, or of all of them, none is called the highest


@dataclass(frozen=True)
class End:
    """The words for one end of a ranking.

    Attributes
    ----------
    key, top
        ``hoogste``, and whether it is that of the highest values.
    verbs
        Of one and of more: ``scoort``, ``scoren``.
    most
        ``het hoogst van de kenmerken``.
    clause
        ``het hoogst scoort``: at the end of a clause.
    more
        ``hoger``: than the others.
    clauses
        ``lager scoort``, ``lager scoren``: what is not shown of one and of more others.
    how
        ``aantoonbaar hoger`` and what belongs to it.
    """

    key: str
    top: bool
    verbs: tuple[str, str]
    most: str
    clause: str
    more: str
    clauses: tuple[str, str]
    how: str


def find_highest_scores(key: str, means: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """Which score is the highest and which the lowest, as far as a test of every pair carries it.

    ``means`` and ``pairs``: ``mean_scores`` and ``compare_scores`` of the same measures, at least two.
    """
    of, verbs = subject(_members(pairs)), ("scoort", "scoren")
    ends = [
        End(
            f"{word}e", top, verbs, f"het {word} van {of}", f"het {word} scoort", more,
            (f"{less} scoort", f"{less} scoren"), f"aantoonbaar {more}",
        )
        for word, top, more, less in (("hoogst", True, "hoger", "lager"), ("laagst", False, "lager", "hoger"))
    ]  # fmt: skip
    return _find_ends(key, means, pairs, "mean", ends, "het hoogst of laagst scoort")


def find_strongest(key: str, outcome: str, correlations: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """Which correlation is the strongest and which the weakest, likewise.

    ``outcome`` as it is named within a sentence; ``pairs``: ``compare_rhos``.
    """
    verbs, ways = (
        ("hangt", "hangen"),
        (("sterkst", True, "sterker", "zwakker"), ("zwakst", False, "zwakker", "sterker")),
    )
    ends = [
        End(
            f"{word}e", top, verbs, f"het {word} samen met {outcome}", f"het {word} samenhangt met {outcome}",
            more,
            (f"{less} samenhangt", f"{less} samenhangen"), f"aantoonbaar {more} samen met {outcome}",
        )
        for word, top, more, less in ways
    ]  # fmt: skip
    clause = f"het sterkst of zwakst samenhangt met {outcome}"
    return _find_ends(key, correlations, pairs, "spearman", ends, clause)


def _find_ends(
    key: str, table: pd.DataFrame, pairs: pd.DataFrame, value: str, ends: list[End], clause: str
) -> list[Finding]:
    """A finding for each end; one when there is nothing to say of either."""
    tests, basis = read_rows(pairs), Basis()
    why = "" if leaders(pairs) else first_reason(tests)
    if not why and not any(map(is_shown, tests)):
        why = "tussen geen twee is een verschil aangetoond"
    if not why and value == "spearman" and (pairs[["rho_a", "rho_b"]] < 0).any(axis=None):
        why = "een samenhang is tegengesteld"
    if not why:
        return [_find_end(f"{key}.{end.key}", table, pairs, value, end) for end in ends]
    basis.rest_on(tests, "verdict" if leaders(pairs) else "n")
    title = f"{_which(pairs)} {clause}, is niet aan te tonen"
    return [basis.finding(f"{key}.open", OPEN, f"{title}: {why}.", title)]


def _find_end(key: str, table: pd.DataFrame, pairs: pd.DataFrame, value: str, end: End) -> Finding:
    basis, rows, members = Basis(), by_measure(table), _members(pairs)
    known = [measure for measure in members if rows[measure][value] == rows[measure][value]]
    # Of a pair only who answered both count; the sentence quotes the numbers of all.
    ranked = sorted(leaders(pairs, end.top), key=lambda m: rows[m][value] * (-1 if end.top else 1))
    first, alike = ranked[0], ranked[1:]
    unknown = f"{_which(pairs)} {end.clause}, is niet aan te tonen"
    best = (max if end.top else min)(known, key=lambda measure: rows[measure][value])
    if rows[best][value] != rows[first][value]:
        basis.rest_on((rows[measure] for measure in known), value)
        return basis.finding(key, OPEN, f"{unknown}: niet iedereen beantwoordde alles.", unknown)
    tests = [row for row in read_rows(pairs) if first in _sides(row) and row["verdict"]]
    basis.rest_on(tests)

    def quote(measure: str) -> str:
        return f"{name(measure)} ({'rho ' if value == 'spearman' else ''}{basis(rows[measure], value)})"

    verb = agree([first], *end.verbs)
    said = f"{capital(name(first))} {verb} {end.most}"
    if not alike:
        slight = [_other(row, first) for row in tests if row["verdict"] == NEGLIGIBLE]
        but = f", al is het verschil met {names(slight)} te verwaarlozen" if slight else ""
        if untold := [measure for measure in members if measure not in known]:
            but += f"; over {names(untold)} is niets te zeggen"
        text = f"{capital(quote(first))} {verb} {end.most}, aantoonbaar {end.more} dan "
        text += f"{each_other(members)}{but}."
        title = f"{said}, al is het verschil met {names(slight)} te verwaarlozen" if slight else said
        if len(title) > MOST_TITLE and slight:
            some = choose(slight, "één verschil", "een deel van de verschillen")
            title = f"{said}, al is {some} te verwaarlozen"
        return basis.finding(key, DEMONSTRATED, text, title, ranked)
    if len(ranked) <= MOST_ALIKE and len(ranked) < len(members):
        others = nl_join([quote(measure) for measure in alike])
        text = f"{capital(quote(first))} {verb} {end.most}; van {others} is niet aangetoond dat die "
        text += f"{agree(alike, *end.clauses)}."
        title = f"{capital(', '.join(map(name, ranked[:-1])))} of {name(ranked[-1])} "
        title += f"{agree(ranked[-1:], *end.verbs)} {end.most}"
        if len(title) > MOST_TITLE:
            title = unknown
        return basis.finding(key, OPEN, text, title, ranked)
    if not any(map(is_shown, tests)):
        return basis.finding(key, OPEN, f"{unknown}.", unknown)
    text = f"{unknown}; {quote(first)} {verb} {end.how} dan "
    text += f"{basis.count(row for row in tests if is_shown(row))} van de {basis.count(tests)} andere "
    return basis.finding(key, OPEN, f"{text}{kind(members)[1]}.", unknown)


def _which(pairs: pd.DataFrame) -> str:
    """``Welk kenmerk``."""
    one = kind(_members(pairs))[0]
    return f"{'Welk' if one == 'kenmerk' else 'Welke'} {one}"


def _members(pairs: pd.DataFrame) -> list[str]:
    """The measures that are paired, in order."""
    return list(dict.fromkeys(side for row in read_rows(pairs) for side in _sides(row)))


def _sides(row: Row) -> tuple[str, str]:
    """The two measures of a pair."""
    return split_measures(row["measure"])[0], row["category"]


def _other(row: Row, measure: str) -> str:
    a, b = _sides(row)
    return b if a == measure else a


def find_largest(frequencies: pd.DataFrame, key: str, what: str, named: int = 3) -> Finding:
    """The answers that were given most: a description of these respondents.

    ``what`` opens the sentence: "Meest voorkomende rol".
    """
    variable = frequencies["measure"].iloc[0]
    rest = load_instrument().rest_options(variable) if variable in load_instrument().categorical else []
    all_rows = [row for row in read_rows(frequencies) if row["count"] > 0]
    rows = [row for row in all_rows if str(row["category"]) not in rest]
    rows = sorted(rows, key=lambda row: -row["count"])
    if rows:
        rows = [row for row in rows if row["count"] >= rows[min(named, len(rows)) - 1]["count"]]
    basis = Basis()
    hidden = frequencies["n"].max() - frequencies["count"].sum() if frequencies["count"].isna().any() else 0
    if not rows or rows[0]["count"] < hidden:  # what is too small to show may hold a larger one
        basis.rest_on(read_rows(frequencies), "n")
        return basis.finding(key, DESCRIPTIVE, f"{what}: niet te zeggen: {TOO_FEW}.")
    first = [row for row in rows if row["count"] == rows[0]["count"]]

    def called(row: Row) -> str:
        return group(variable, str(row["category"]))

    more = [row for row in all_rows if row["count"] > rows[0]["count"]]
    beside = f", naast {quote_each(basis, more, 'percent', called)}" if more else ""
    text = f"{what}{beside}: {quote_each(basis, first, 'percent', called)}"
    if len(first) < len(rows):
        after = [row for row in rows[len(first) :] if row["count"] >= hidden]
        text += f"; daarna {quote_each(basis, after, 'percent', called)}" if after else ""
    title = f"{what}: {nl_join([called(row) for row in first])}"
    return basis.finding(key, DESCRIPTIVE, f"{text}.", title, [str(row["category"]) for row in first])
