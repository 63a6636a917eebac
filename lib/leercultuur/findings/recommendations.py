"""Recommendations are people's: ``data/recommendations.yml``, each beside the findings that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leercultuur.checks.recommendations import read_recommendations
from leercultuur.findings.finding import Finding
from leercultuur.findings.grammar import names
from leercultuur.findings.summary import escape_markdown
from leercultuur.instrument import load_instrument
from leercultuur.project import PROJECT
from leercultuur.statistics.significance import OPEN

UNPROVEN = (
    "Let op: waar dit advies op rust, is in deze gegevens niet aangetoond. "
    "Dat is geen bewijs dat het niet zo is."
)
ABSENT = "Let op: waar dit advies op rust, is er in deze gegevens niet of niet te toetsen: {}."
LAPSED = "Let op: waar dit advies op rust, is in deze gegevens niet of anders gevonden."
RECOMMENDATIONS = PROJECT / "data" / "recommendations.yml"


@dataclass(frozen=True)
class Recommendation:
    """What researchers advise.

    Attributes
    ----------
    text
        Dutch, as they wrote it.
    by
        Who they are.
    rests_on
        Key of a finding -> the measures, answers or groups that it must name; none for whatever it names.
    """

    text: str
    by: str
    rests_on: dict[str, list[str]]

    def objection(self, findings: list[Finding]) -> str:
        """Why it does not hold in this run, or "": what it rests on is not there, not demonstrated, or about
        something else."""
        known = {finding.key: finding for finding in findings}
        if absent := [key for key in self.rests_on if key not in known]:
            return ABSENT.format(", ".join(absent))
        if any(known[key].strength == OPEN for key in self.rests_on):
            return UNPROVEN
        held = all(set(named) <= set(known[key].about) for key, named in self.rests_on.items())
        return "" if held else LAPSED


def load_recommendations(path: Path = RECOMMENDATIONS) -> list[Recommendation]:
    """The recommendations of the project; InputError when the file cannot be right."""
    return [Recommendation(**entry) for entry in read_recommendations(path)]


def list_recommendations(recommendations: list[Recommendation], findings: list[Finding]) -> str:
    """A numbered list in Markdown: each with what it rests on; one that does not hold in this run says so.
    Who advises it is said where not all have the same author."""
    known, parts = {finding.key: finding for finding in findings}, []
    several = len({entry.by for entry in recommendations}) > 1
    for number, entry in enumerate(recommendations, start=1):
        objection = entry.objection(findings)
        below = [f"**{escape_markdown(objection)}**"] if objection else []
        below += [escape_markdown(_support(known[key])) + "." for key in entry.rests_on if key in known]
        part = f"{number}. {escape_markdown(entry.text)}"
        part += f" *({escape_markdown(entry.by)})*" if several else ""
        parts.append(part + "".join(f"\n    - {line}" for line in below))
    return "\n".join(parts)


def _support(finding: Finding) -> str:
    """Its title, with the questions or characteristics that it is about where these are only counted."""
    codebook = load_instrument()
    about = [key for key in finding.about if key in codebook.variables or key in codebook.derived]
    return f"{finding.title}: {names(about)}" if about and finding.title[:1].isdigit() else finding.title
