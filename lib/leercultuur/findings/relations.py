"""Findings about what goes together with attention for learning and with informal learning."""

from __future__ import annotations

import pandas as pd

from leercultuur.appraisal.rankings import pick_priorities
from leercultuur.findings.extremes import find_strongest
from leercultuur.findings.finding import DESCRIPTIVE, MOST_TITLE, Basis, Finding, Row, read_rows
from leercultuur.findings.grammar import (
    TOO_FEW,
    agree,
    among,
    by_measure,
    capital,
    choose,
    first_reason,
    is_shown,
    kind,
    name,
    names,
    quote_each,
)
from leercultuur.formatting import nl_join
from leercultuur.keys import TOTAL, split_measures
from leercultuur.statistics.significance import DEMONSTRATED, OPEN, is_demonstrated
from leercultuur.thresholds import CONFIDENCE

FIRST = 3  # of the shares that are named


def find_correlations(correlations: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """``correlate`` with the total and ``compare_rhos`` of the same measures: strongest and weakest."""
    first, outcome = split_measures(correlations["measure"].iloc[0])
    correlations = correlations[correlations["group"] == TOTAL]
    return find_strongest(f"{outcome}.{kind([first])[1]}", _outcome(outcome), correlations, pairs)


def find_differing_correlations(differences: pd.DataFrame, *by_group: pd.DataFrame) -> list[Finding]:
    """``compare_correlations`` and ``correlate`` per group: which correlations differ between groups?"""
    found = []
    outcomes = dict.fromkeys(split_measures(key)[1] for key in differences["measure"])
    for outcome in outcomes:
        rows = [row for row in read_rows(differences) if split_measures(row["measure"])[1] == outcome]
        tested = [row for row in rows if row["verdict"]]
        shown = [row for row in tested if is_shown(row)]
        by, key, what = (
            rows[0]["group_var"],
            f"{outcome}.naar_{rows[0]['group_var']}",
            f"samenhang met {_outcome(outcome)}",
        )
        basis = Basis()
        if not tested:
            basis.rest_on(rows, "groups")
            text = f"Of de {what} verschilt naar {name(by)}, is niet te zeggen: de groepen zijn te klein."
            found.append(basis.finding(f"{key}.open", OPEN, text))
            continue
        basis.rest_on(tested)
        if not shown:
            text = f"Dat de {what} verschilt naar {name(by)}, is bij geen enkel kenmerk aangetoond."
            found.append(basis.finding(f"{key}.open", OPEN, text))
            continue
        parts = [_say_ends(basis, row, by_group) for row in shown]
        about = [split_measures(row["measure"])[0] for row in shown]
        text = f"De {what} verschilt aantoonbaar naar {name(by)} bij {nl_join(parts)}."
        if len(tested) > len(shown):
            text += " Bij de andere kenmerken is dat niet aangetoond."
        title = f"De {what} verschilt aantoonbaar naar {name(by)} bij {names(about)}"
        found.append(basis.finding(f"{key}.verschil", DEMONSTRATED, text, title, about))
    return found


def _say_ends(basis: Basis, row: Row, by_group: tuple[pd.DataFrame, ...]) -> str:
    """``leren van collega's (rho 0,32 bij … tot 0,48 bij …)``."""
    groups = [
        r for table in by_group for r in read_rows(table)
        if r["measure"] == row["measure"] and r["group"] != TOTAL and r["spearman"] == r["spearman"]
    ]  # fmt: skip
    low, high = (end(groups, key=lambda r: r["spearman"]) for end in (min, max))
    ends = [f"{basis(r, 'spearman')} {among(row['group_var'], [r['group']])}" for r in (low, high)]
    return f"{name(row['measure'])} (rho {' tot '.join(ends)})"


def find_rest(rest: pd.DataFrame, differences: pd.DataFrame) -> list[Finding]:
    """``compare_with_rest`` and ``compare_correlations``: a group that deviates is a finding where groups are
    shown to differ, else a hint."""
    outcome = split_measures(rest["measure"].iloc[0])[1]
    carried, found = set(select_carried(rest, differences)["measure"]), []
    for firm, end in ((True, "verschil"), (False, "aanwijzing")):
        rows = [
            row
            for row in read_rows(rest)
            if row["verdict"] and is_shown(row) and (row["measure"] in carried) == firm
        ]
        if not rows:
            continue
        basis = Basis()
        basis.rest_on(rows)
        parts = [
            f"{among(row['group_var'], [row['group']])} is de samenhang van {name(row['measure'])} met "
            f"{_outcome(outcome)} {'aantoonbaar ' if firm else ''}{_compare(row)} dan bij alle andere "
            f"(rho {basis(row, 'rho')} tegen {basis(row, 'rho_rest')})"
            for row in rows
        ]
        text = f"{capital('; '.join(parts))}."
        title = text if firm else f"Aanwijzing: {'; '.join(parts)}"
        if not firm:
            text += (
                " Omdat een verschil tussen de groepen als geheel niet is aangetoond, is dit een aanwijzing."
            )
        about = [f"{split_measures(row['measure'])[0]}:{row['group']}" for row in rows]
        found.append(
            basis.finding(
                f"{outcome}.tegenover_rest.{end}", DEMONSTRATED if firm else OPEN, text, title, about
            )
        )
    return found


def select_carried(rest: pd.DataFrame, differences: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``compare_with_rest`` about correlations that are shown to differ between the groups at all
    (``compare_correlations``): a group that deviates elsewhere is a hint, no finding."""
    carried = differences.loc[is_demonstrated(differences["verdict"]), "measure"]
    return rest[rest["measure"].isin(carried)]


def find_importance(importance: pd.DataFrame) -> list[Finding]:
    """``relative_importance``: which three have the largest shares, and how sure that is?"""
    first, outcome = split_measures(importance["measure"].iloc[0])
    many = kind([first])[1]
    key, rows, basis = f"{outcome}.aandelen_{many}", read_rows(importance), Basis()
    if importance["weight"].isna().all():
        basis.rest_on(rows, "n")
        text = f"Aandelen van de {many} zijn niet te geven: {first_reason(rows)}."
        return [basis.finding(key, OPEN, text)]
    top = sorted(rows, key=lambda row: row["rank"])[:FIRST]
    sure = [row for row in top if row["first_three"] >= CONFIDENCE]
    basis.rest_on(rows, "weight")  # a share is what the others leave
    basis.rest_on(top, "first_three")
    who = "in het mkb " if rows[0]["population"] == "mkb" else ""
    about = [split_measures(row["measure"])[0] for row in sure]
    place = f"bij de drie {many} met het grootste aandeel in de verschillen in {_outcome(outcome)}"
    if not sure:
        said = quote_each(basis, top, "weight", lambda row: name(row["measure"]))
        title = f"Welke {many} het grootste aandeel in {_outcome(outcome)} hebben, is onzeker"
        text = f"{title}; in deze gegevens zijn het {said}."
        return [basis.finding(key, OPEN, text, title)]
    title = f"{capital(names(about))} {agree(about, 'hoort', 'horen')} {who}{place}"
    text = title
    if len(sure) < len(top):
        text += f"; welke daar nog bij {'hoort' if len(top) - len(sure) == 1 else 'horen'}, is onzeker"
    return [basis.finding(key, DESCRIPTIVE, f"{text}.", title, about)]


def find_priorities(correlations: pd.DataFrame, means: pd.DataFrame) -> list[Finding]:
    """Questions that go together with the outcome more closely than the middle one, and score lower than the
    middle one, with their whole interval: a pointer for conversation.

    Parameters
    ----------
    correlations, means
        ``correlate`` and ``mean_scores`` of the same questions and population.
    """
    outcome = split_measures(correlations["measure"].iloc[0])[1]
    rhos, scores, basis = by_measure(correlations), by_measure(means), Basis()
    key, chosen = f"{outcome}.gesprek", pick_priorities(correlations, means)
    basis.rest_on(rhos.values(), "ci_low")
    basis.rest_on(scores.values(), "ci_high")
    if correlations["ci_low"].isna().all() or means["ci_high"].isna().all():
        text = f"Welke vragen duidelijk samenhangen met {_outcome(outcome)}, is niet te zeggen: {TOO_FEW}."
        return [basis.finding(key, OPEN, text)]
    if not chosen:
        text = "Van geen vraag is gebleken dat ze duidelijk sterker dan de middelste samenhangt met "
        return [basis.finding(key, OPEN, f"{text}{_outcome(outcome)} en duidelijk lager scoort.")]
    said = nl_join(
        [f"{name(m)} (rho {basis(rhos[m], 'spearman')}, score {basis(scores[m], 'mean')})" for m in chosen]
    )
    who = {"mkb": "in het mkb "}.get(rhos[chosen[0]].get("population", ""), "")
    one, more = f"{who}hangt deze vraag", f"{who}hangen deze vragen"
    text = f"{capital(choose(chosen, one, more))} duidelijk sterker dan de middelste vraag samen met "
    text += f"{_outcome(outcome)}, en {choose(chosen, 'scoort ze', 'scoren ze')} duidelijk lager dan de "
    text += f"middelste: {said}. Dat is een aanwijzing om over te praten, meer niet."
    more = f"{who}duidelijk sterker samen met {_outcome(outcome)} dan de middelste vraag en"
    title = f"Hangt {more} scoort lager: {names(chosen)}"
    if len(title) > MOST_TITLE:
        title = f"{basis.count(rhos[m] for m in chosen)} vragen hangen {more} scoren lager"
    return [basis.finding(key, DESCRIPTIVE, text, title, chosen)]


def _compare(row: Row) -> str:
    """Stronger or weaker; of rhos with another sign, or both below zero, higher or lower."""
    if row["rho"] > 0 and row["rho_rest"] > 0:
        return "sterker" if row["diff"] > 0 else "zwakker"
    return "hoger" if row["diff"] > 0 else "lager"


def _outcome(measure: str) -> str:
    """The outcome within a sentence, without quotes: ``leren van taken``."""
    return name(measure).strip('"')
