"""Findings about the quality of the answers: what the checks found, in one list and in sentences."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from leercultuur.appraisal.quality import (
    CHANGES,
    MEAN,
    RHO,
    check_group_sizes,
    check_scores,
    check_without,
    compare_without,
)
from leercultuur.checks.cautions import Caution, say_count
from leercultuur.checks.kept import read_cautions
from leercultuur.checks.recorded import STATE
from leercultuur.display.tables import tabulate_records
from leercultuur.findings.finding import DESCRIPTIVE, Basis, Finding, Row, read_rows
from leercultuur.findings.grammar import choose, two_plain
from leercultuur.findings.summary import escape_markdown
from leercultuur.formatting import nl_number, nl_percent, two
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import CleanedAnswers
from leercultuur.intake.runs import Run
from leercultuur.style.table import Table
from leercultuur.thresholds import (
    EMPTY_DAYS,
    FEW_RESPONDENTS,
    MANY_STRAIGHT_LINERS,
    MIN_BASE,
    NOTICEABLE,
    REPEATED_WITHIN,
    SECONDS_PER_QUESTION,
)


def find_cautions(run: Run, cleaned: CleanedAnswers) -> list[Caution]:
    """All that checks found: about the answers, then scores, then the project while a report is made."""
    respondents = cleaned.respondents
    found = [
        *cleaned.cautions,
        *check_scores(respondents),
        *check_group_sizes(respondents),
        *check_without(compare_without(respondents, cleaned.flags)),
    ]
    # Of a finished run, notebooks show what the data say: that is the same on every machine.
    known = read_cautions(run.path()) if run.saves else []
    return [*found, *(caution for caution in known if caution.key in STATE)]


def list_cautions(cautions: Iterable[Caution]) -> pd.DataFrame:
    """The cautions about the data.

    Returns
    -------
    DataFrame
        A row is a caution: ``category`` (its key), ``group`` (where), ``count``, ``what`` (its text),
        ``remedy``.
    """
    rows = [(c.key, c.where, c.count, c.text, c.remedy) for c in cautions if c.key not in STATE]
    table = pd.DataFrame(rows, columns=["category", "group", "count", "what", "remedy"])
    return table.astype({"count": "Int64"})


def tabulate_cautions(quality: pd.DataFrame) -> Table:
    """``list_cautions``: what, where, how many, what to do."""
    columns = {
        "what": "Wat",
        "group": ("Waar", name_place),
        "count": ("Aantal", lambda count: "–" if pd.isna(count) else say_count(count)),
        "remedy": "Wat te doen",
    }
    return tabulate_records(quality, "Aandachtspunten bij de gegevens", columns)


def explain_checks() -> str:
    """What is looked for, with the thresholds: a list in Markdown."""
    lines = [
        "Tijden: het einde ligt voor het begin, een tijd die niet bestaat of nog moet komen, en invullen in "
        f"minder dan {nl_number(SECONDS_PER_QUESTION)} seconden per vraag (Huang e.a., 2012).",
        "Antwoorden: dezelfde op alle vragen als een eerdere vragenlijst van dezelfde organisatie of van "
        f"hooguit {nl_number(REPEATED_WITHIN)} minuten eerder; op één na steeds hetzelfde antwoord op de "
        f"vragen naar de kenmerken; of meer dan {nl_percent(100 * MANY_STRAIGHT_LINERS, 0)} weggelaten omdat "
        "dat antwoord overal hetzelfde was.",
        "Teksten: tekens die verkeerd zijn ingelezen, en onzichtbare stuurtekens.",
        f"Aantal en periode: minder dan {nl_number(FEW_RESPONDENTS)} vragenlijsten, een sector of omvang met "
        f"minder dan {nl_number(MIN_BASE)} invullers, meer dan {nl_number(EMPTY_DAYS)} dagen zonder "
        "vragenlijst aan het begin of eind van de periode, en een periode zonder campagne.",
        "Scores: een vraag die negatief samenhangt met de andere vragen van haar onderdeel, en een negatieve "
        "alfa.",
    ]
    return "\n".join(f"- {line}" for line in lines)


def explain_state(cautions: Iterable[Caution]) -> str:
    """The cautions about the project itself: a list in Markdown; "" when there are none."""
    lines = [f"- {escape_markdown(f'{c.text} {c.remedy}')}" for c in cautions if c.key in STATE]
    title = "Over de notebooks en pakketten waarmee dit rapport is gemaakt:"
    return "\n".join([title, "", *lines]) if lines else ""


def name_place(where: str) -> str:
    """Where something was found, by the name of the question or score where it is one."""
    instrument = load_instrument()
    known = [*instrument.variables, *instrument.derived]
    return instrument.label(where) if where in known else where


def say_caution(caution: Caution) -> str:
    """A caution on one line, for the screen: where, what and what to do."""
    place = f"{name_place(caution.where)}: " if caution.where else ""
    return " ".join(f"{place}{caution.text} {caution.remedy}".split())


def find_quality(quality: pd.DataFrame, without: pd.DataFrame) -> list[Finding]:
    """``list_cautions`` and ``compare_without``: is there something to keep in mind, and does it matter?"""
    basis, rows = Basis(), read_rows(quality)
    many = basis.count(rows)
    text = f"Bij de controle van de gegevens {choose(rows, 'is', 'zijn')} {many} "
    text += f"{choose(rows, 'aandachtspunt', 'aandachtspunten')} gevonden."
    if not rows:
        text = "Bij de controle van de gegevens is geen aandachtspunt gevonden."
    return [basis.finding("kwaliteit.aandachtspunten", DESCRIPTIVE, text), _find_sensitivity(without)]


def _find_sensitivity(without: pd.DataFrame) -> Finding:
    rows, basis, key = read_rows(without), Basis(), "kwaliteit.gevoeligheid"
    basis.rest_on(rows, "flagged")
    if rows[0]["flagged"] == 0:
        text = "Van geen vragenlijst die meetelt is gebleken dat zij te snel, dubbel of bijna overal met "
        text += "hetzelfde antwoord is ingevuld, of eindigt voor haar begin."
        return basis.finding(key, DESCRIPTIVE, text)
    basis.rest_on(rows)
    told = [row for row in rows if row["change"] == row["change"]]
    means, rhos = ([row for row in told if row["category"] == kind] for kind in (MEAN, RHO))
    text = "Zonder de vragenlijsten waar iets aan opvalt "
    if means and rhos:
        text = f"Zonder de {basis(rows[0], 'flagged', nl_number)} vragenlijsten waar iets aan opvalt "
        text += f"verandert het gemiddelde van een kenmerk hoogstens {_quote_largest(basis, means)} punt, "
        text += f"en de samenhang met aandacht voor leren hoogstens {_quote_largest(basis, rhos)}."
    elif any(row["verdict"] == CHANGES for row in rows):
        text += f"verandert een uitkomst met ten minste {two(NOTICEABLE)}: zie de tabel."
    elif all(row["verdict"] for row in rows):
        text += "verandert geen gemiddelde van een kenmerk, en geen samenhang met aandacht voor leren, met "
        text += f"{two(NOTICEABLE)} of meer."
    else:
        text += "blijft te weinig over om na te rekenen wat zij uitmaken."
    return basis.finding(key, DESCRIPTIVE, text)


def _quote_largest(basis: Basis, rows: list[Row]) -> str:
    return basis(max(rows, key=lambda row: abs(row["change"])), "change", two_plain)
