"""The verification page: verdicts on printed figures and claims, as tables and as a record."""

from __future__ import annotations

import json
import re

import pandas as pd
from IPython.display import HTML, Markdown

from leercultuur.display.tables import show_records, show_table
from leercultuur.formatting import TOTAL, nl_number, option_label
from leercultuur.instrument import load_instrument
from leercultuur.sections import Section, is_synthetic
from leercultuur.verification.printed import DEVIATES, EQUAL, verification_summary

STATISTICS = {
    "count": "aantal",
    "percent": "%",
    "per_week": "per week",
    "mean": "gemiddelde",
    "spearman": "rho",
    "significant": "p < 0,05",
    "benchmark_mean": "benchmark",
    "benchmark_percent": "benchmark, %",
}
CATEGORIES = {
    "ingevuld": "Ingevuld",
    "uitgesloten": "Weggelaten",
    "analyse": "Geanalyseerd",
    "campagne_2024": "Campagne 2024",
    "tussen_campagnes": "Tussen de campagnes",
    "campagne_2025": "Campagne 2025",
}


MADE_TO_FIT = (
    "De synthetische gegevens zijn zo gemaakt dat ze de gepubliceerde cijfers opleveren: overeenstemming "
    "laat zien dat de berekening klopt, niet dat de gepubliceerde cijfers kloppen."
)


def write_verdict(
    section: Section, figures: pd.DataFrame, claims: pd.DataFrame, respondents: pd.DataFrame
) -> Markdown:
    """Write ``data/verification.json`` of the run that is being made, and show its one line."""
    summary = verification_summary(figures, claims)
    if section.is_open:
        path = section.run_dir / "data" / "verification.json"
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    line = summary["line"]
    text = f"**{line[0].upper()}{line[1:]}.**"
    return Markdown(f"{text} {MADE_TO_FIT}" if is_synthetic(respondents) else text)


def show_summary(summary: pd.DataFrame) -> HTML:
    """Counts per section (``summarise``): figures and claims by verdict."""
    columns = {
        "equal": "Gelijk",
        "benchmark": "Benchmark",
        "deviating": "Wijkt af",
        "untestable": "Niet te toetsen",
        "total": "Cijfers samen",
        "claims_equal": "Uitspraken: klopt",
        "claims_deviating": "klopt niet",
        "claims_untestable": "niet te toetsen",
        "claims_total": "Uitspraken samen",
    }
    table = summary[list(columns)].map(nl_number).rename(columns=columns)
    table.index = summary["section"].map(section_label).tolist()
    return show_table(table, "Gedrukte cijfers en uitspraken, per onderdeel van het rapport")


def show_deviations(figures: pd.DataFrame) -> HTML:
    """The printed figures that the run does not give back, each with its reason."""
    deviating = figures[figures["status"] == DEVIATES]
    table = _figure_columns(deviating).drop(columns="Status")
    table["Reden"] = deviating["reason"].map(in_words).tolist()
    return show_table(table, f"Cijfers die afwijken ({len(deviating)})")


def show_figures(figures: pd.DataFrame, section: str) -> HTML:
    """All figures of one section: printed, recomputed, difference and verdict."""
    rows = figures[figures["section"] == section]
    return show_table(_figure_columns(rows), f"{section_label(section)}: {len(rows)} cijfers")


def show_claims(claims: pd.DataFrame) -> HTML:
    """All claims with the numbers that decide them and the verdict; what deviates first."""
    ordered = claims.sort_values("status", key=lambda status: status != DEVIATES, kind="stable")
    words = ordered["status"].replace({EQUAL: "klopt", DEVIATES: "klopt niet"})
    ordered = ordered.assign(status=words, observed=ordered["observed"].map(in_words))
    columns = {"id": "Nr.", "uitspraak": "Uitspraak", "observed": "Gevonden", "status": "Oordeel"}
    return show_records(ordered, columns, f"Uitspraken in woorden ({len(claims)})")


def show_findings(findings: pd.DataFrame) -> HTML:
    """Findings of the audit: what cannot be, with the arithmetic and the figures concerned."""
    columns = {
        "severity": "Oordeel",
        "check": "Controle",
        "finding": "Bevinding",
        "ids": "Cijfers",
    }
    shown = findings.assign(ids=findings["ids"].map(_shorten), finding=findings["finding"].map(in_words))
    return show_records(shown, columns, f"Bevindingen over de gedrukte tabellen zelf ({len(findings)})")


def in_words(text: str) -> str:
    """Names of the codebook in a sentence as readers know them: ``openbaar_bestuur`` -> Openbaar bestuur."""
    instrument = load_instrument()
    names = {name: instrument.label(name) for name in [*instrument.scales, *instrument.derived]}
    names |= {name: instrument.label(name) for name in instrument.variables if "_" in name}
    names |= {key: option_label("sector", key) for key in instrument.options("sector") if "_" in key}
    pattern = re.compile(rf"\b({'|'.join(sorted(names, key=len, reverse=True))})\b")
    text = pattern.sub(lambda found: names[found[0]], text)
    return text.replace("~", " en ").replace("|", " tegen ")


def section_label(section: str) -> str:
    """``leren_en_ontwikkelen`` -> ``Leren en ontwikkelen``."""
    return "Totaal" if section == TOTAL else section.replace("_", " ").capitalize()


def _figure_columns(figures: pd.DataFrame) -> pd.DataFrame:
    rows = [
        (
            _describe(row),
            nl_number(row.value, int(row.decimals)),
            nl_number(row.recomputed, _decimals(row)),
            nl_number(row.difference, _decimals(row)),
            row.status,
        )
        for row in figures.itertuples()
    ]
    columns = ["Wat", "Gedrukt", "Herrekend", "Verschil", "Status"]
    table = pd.DataFrame(rows, index=figures["id"].tolist(), columns=columns)
    table.columns.name = "Nr."
    return table


def _decimals(row: tuple) -> int:
    """Two more than printed, so that the rounding can be seen; whole numbers stay whole."""
    return 0 if row.statistic in ("count", "significant") else int(row.decimals) + 2


def _describe(row: tuple) -> str:
    """``Omvang: Micro (1-9), in Landbouw …, %``."""
    instrument = load_instrument()
    known = [*instrument.variables, *instrument.derived]
    names = [
        instrument.label(part) if part in known else part.capitalize() for part in row.measure.split("~")
    ]
    text = " ~ ".join(names)
    if row.category:
        text += f": {CATEGORIES.get(row.category) or option_label(row.measure, row.category)}"
    if row.group:
        groups = [option_label(row.group_var, group) for group in row.group.split("|")]
        text += f", {' tegen '.join(groups)}"
    if row.population != "alle":
        text += f", {row.population}"
    return f"{text} ({STATISTICS[row.statistic]})"


def _shorten(ids: str) -> str:
    shown = ids.split()
    return " ".join(shown) if len(shown) <= 6 else f"{' '.join(shown[:5])} en {len(shown) - 5} andere"
