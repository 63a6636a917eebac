"""What the report says as a whole: findings kept in the run folder, the most important ones, key figures."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from leercultuur.benchmarks import benchmark_source
from leercultuur.findings.finding import Evidence, Finding
from leercultuur.findings.grammar import capital, name
from leercultuur.intake.respondents import check_same_run
from leercultuur.intake.runs import Run
from leercultuur.project import PROJECT, InputError
from leercultuur.statistics.significance import OPEN
from leercultuur.style.shown import Card

FOLDER, FILE = "findings", "findings.json"
SAID = "0[1-7].json"  # in the folder: what each notebook said
MOST = 10
# Topic -> what is said of it: for each part the findings that can stand for it, the best first. In order of
# importance.
TOPICS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Sterk": (("kenmerken.hoogste",),),
    "Verbeterpunt": (("kenmerken.laagste", "kenmerken.open"), ("gewogen.laagste",)),
    "Verbeterpunten per kenmerk": (("vragen.verbeterpunten",),),
    "Naast de NEA": (("nea.lager", "nea.hoger", "nea.open"),),
    "Informeel leren": (("informeel_leren.aandelen_vragen",), ("leren_van_taken.kenmerken.sterkste",)),
    "Aandacht voor leren": (
        ("aandacht.aandelen_kenmerken", "aandacht.veel"),
        ("aandacht_naar_omvang.trend",),
    ),
    "Omvang": (("omvang.daalt", "omvang.open"), ("omvang.stijgt",)),
    "Sectoren": (("sector.taken",), ("kenmerken_naar_sector.gecorrigeerd", "kenmerken_naar_sector.open")),
    "Scholing": (("scholing.geen", "scholing.open"),),
    "Wie invulde": (("afspiegeling.omvang.onder", "respons.telt_mee"), ("respons.campagnes",)),
}
# What must be kept in mind with a topic, whatever its numbers are.
NOTES = {
    "Omvang": "Over het geheel betekent niet: bij elke stap.",
    "Naast de NEA": "In de NEA antwoordden werknemers over hun eigen werk, hier één persoon over allen.",
    "Scholing": "Wie de Quickscan invult, meldde zich zelf; de WEA is een steekproef.",
}
# What the reader must know before any of it: the findings about who and what is not in the numbers.
LIMITS = (
    *("afspiegeling.sector.onder", "afspiegeling.omvang.onder", "gewogen.verschuiving", "sector.weggelaten"),
    "betrouwbaarheid.grof",
)
# Label, the finding, statistic and row of the key figure; then the national figure beside it.
CARDS: tuple[tuple[str, str, tuple[str, dict], str], ...] = (
    ("Meegetelde vragenlijsten", "respons.telt_mee", ("count", {"category": "analyse"}), ""),
    ("Veel aandacht voor leren, of meer", "aandacht.veel", ("percent", {"category": "hoog"}), ""),
    ("Niemand volgde scholing", "scholing.geen", ("ours", {}), "benchmark"),
    ("Hoogste kenmerk (schaal 1-5)", "kenmerken.hoogste", ("mean", {}), ""),
    ("Laagste kenmerk (schaal 1-5)", "kenmerken.laagste", ("mean", {}), ""),
    ("Verst onder de NEA (schaal 1-5)", "nea.lager", ("ours", {}), "benchmark"),
)
OTHERS = "andere groep"  # of a national figure: it is about others


def escape_markdown(text: str) -> str:
    """So that Markdown shows a text as it is, on one line."""
    signs = re.sub(r"([\\*_`<\[\]~#|$])", r"\\\1", " ".join(text.split()).replace("&", "&amp;"))
    return re.sub(r"^(\d+|(?=[+-]\s))(?=[.)+-])", r"\1\\", signs)


def write_findings(run: Run, findings: Iterable[Finding], place: str = FILE) -> None:
    """Write findings as JSON in the run folder, unless nothing is to be saved."""
    if run.saves:
        path = run.path(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(
            [asdict(finding) for finding in findings], ensure_ascii=False, indent=1, allow_nan=False
        )
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_findings(run: Run) -> list[Finding]:
    """What notebooks 01-07 said in a run, in order.

    Raises
    ------
    InputError
        They said nothing there yet, or it is about another period or export.
    """
    if run.folder is None:
        raise InputError("Zonder run_dir zijn er geen bevindingen. Geef de map van een run.")
    files = sorted(run.path(FOLDER).glob(SAID))
    if not files:
        raise InputError(
            f"Geen bevindingen in {run.name}/{FOLDER}. Verwacht: json-bestanden van de notebooks 01-07. "
            "Draai die eerst, of maak het rapport (python -m leercultuur report)."
        )
    check_same_run(run, exactly=True)
    try:
        return [_restore(entry) for path in files for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (TypeError, KeyError, ValueError):
        raise InputError(
            f"De bevindingen in {run.name}/{FOLDER} zijn van een andere versie. Maak het rapport opnieuw."
        ) from None


def _restore(entry: dict[str, Any]) -> Finding:
    evidence = tuple(Evidence(**item) for item in entry["evidence"])
    return Finding(**(entry | {"evidence": evidence, "about": tuple(entry["about"])}))


def summarise_findings(findings: list[Finding]) -> str:
    """The most important findings, a topic each: a numbered list in Markdown."""
    known = {finding.key: finding for finding in findings}
    lines: list[str] = []
    for topic, parts in TOPICS.items():
        said = [next((known[key] for key in keys if key in known), None) for keys in parts]
        chosen = [finding for finding in said if finding]
        if chosen and len(lines) < MOST:
            texts = [
                escape_markdown(text) for text in [*(f.text for f in chosen), NOTES.get(topic, "")] if text
            ]
            lines.append(f"{len(lines) + 1}. **{topic}.** {' '.join(texts)}{_link(chosen[0])}")
    return "\n".join(lines)


def _link(finding: Finding) -> str:
    """To the notebook that says it; the report makes that the chapter and the place."""
    names = sorted(path.name for path in (PROJECT / "notebooks").glob(f"{finding.section}_*.ipynb"))
    return f" [Meer in notebook {finding.section}]({names[0]}#{finding.key})" if names else ""


def list_limits(findings: list[Finding]) -> str:
    """What was found about who and what is not in the numbers: a list in Markdown."""
    return "\n".join(
        f"- {escape_markdown(finding.text)}" for key in LIMITS for finding in findings if finding.key == key
    )


@dataclass(frozen=True)
class Cards:
    """Key figures as they are shown."""

    entries: list[Card]

    def _repr_html_(self) -> str:
        parts = []
        for card in self.entries:
            below = f"<span>{escape(card.beside)}</span>" if card.beside else ""
            parts.append(f"<div><dt>{escape(card.label)}</dt><dd>{escape(card.value)}{below}</dd></div>")
        return f'<dl class="kerncijfers">{"".join(parts)}</dl>'


def make_cards(findings: list[Finding]) -> Cards:
    """The key figures, each from the evidence of a finding; what is not demonstrated has none."""
    known, cards = {finding.key: finding for finding in findings}, []
    for label, key, (statistic, row), beside in CARDS:
        finding = known.get(key)
        if not finding or finding.strength == OPEN:
            continue
        value = _quoted(finding, statistic, row)
        if not value:
            continue
        named = finding.about and key != "scholing.geen"  # which is about one answer
        parts = [capital(name(finding.about[0]))] if named else []
        if beside:
            measures = [item.row["measure"] for item in finding.evidence if item.statistic == beside]
            source = benchmark_source(measures, short=True)
            parts.append(f"{source}: {_quoted(finding, beside, {})} ({OTHERS})")
        cards.append(Card(label, value, "; ".join(parts)))
    return Cards(cards)


def _quoted(finding: Finding, statistic: str, row: dict[str, str]) -> str:
    told = [item for item in finding.evidence if item.quoted and item.statistic == statistic]
    return next((item.quoted for item in told if row.items() <= item.row.items()), "")
