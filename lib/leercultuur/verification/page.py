"""The verification page: verdicts on printed numbers and claims as tables, and as the record of a run."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd
from IPython.display import Markdown

from leercultuur.display.tables import STEPS, tabulate_records
from leercultuur.formatting import P_BELOW_ALPHA, measure_label, nl_number, nl_p, option_label
from leercultuur.instrument import load_instrument
from leercultuur.intake.respondents import is_synthetic
from leercultuur.keys import TOTAL, join_groups, join_measures, split_groups, split_measures
from leercultuur.periods import load_fieldwork
from leercultuur.sections import Section
from leercultuur.style.table import Table
from leercultuur.thresholds import ALPHA
from leercultuur.verification.matching import (
    CARRIED,
    DEVIATES,
    EQUAL,
    NOT_CARRIED,
    NOT_SHOWN,
    UNTESTED,
    verification_summary,
)

SIGNIFICANT = "significant"  # of a printed star: 1 or 0
STATISTICS = {
    "count": "aantal",
    "percent": "%",
    "per_week": "per week",
    "mean": "gemiddelde",
    "spearman": "rho",
    SIGNIFICANT: P_BELOW_ALPHA,
    "benchmark_mean": "benchmark",
    "benchmark_percent": "benchmark, %",
}
TAKEN_OVER = "overgenomen"  # of a benchmark that stands in the tables as printed
CLAIM_VERDICTS = {EQUAL: "dezelfde", DEVIATES: "een andere", UNTESTED: UNTESTED}
TESTED = {CARRIED: "ja", NOT_CARRIED: "nee", UNTESTED: UNTESTED}
OVER_ALL = "gecorrigeerd over alle uitspraken"
SECTIONS = {TOTAL: "Totaal", "volwassenheid": "Aandacht voor leren"}  # where a name in print is another here
IDS_SHOWN = 6  # of the numbers that an objection is about
MADE_TO_FIT = (
    "De synthetische gegevens zijn zo gemaakt dat ze de gepubliceerde cijfers opleveren: overeenstemming "
    "laat zien dat de berekening deze tabellen kan maken, niet dat de gepubliceerde cijfers kloppen."
)


def write_verdict(
    section: Section, numbers: pd.DataFrame, claims: pd.DataFrame, respondents: pd.DataFrame
) -> Markdown:
    """Write ``data/verification.json`` of the run that is being made, and show its one line."""
    summary = verification_summary(numbers, claims)
    if section.run.saves:
        path = section.run.path("data", "verification.json")
        path.parent.mkdir(exist_ok=True)
        text = json.dumps(summary, indent=2, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
    line = summary["line"]
    text = f"**{line[0].upper()}{line[1:]}.**"
    return Markdown(f"{text} {MADE_TO_FIT}" if is_synthetic(respondents) else text)


def tabulate_summary(summary: pd.DataFrame) -> Table:
    """``summarise_verdicts``: numbers and claims by verdict, a row per section of the report."""
    columns = {
        "section": ("Onderdeel", section_label),
        "equal": ("Cijfers: gelijk", nl_number),
        "benchmark": (TAKEN_OVER, nl_number),
        "deviating": ("wijkt af", nl_number),
        "untestable": ("niet te toetsen", nl_number),
        "total": ("Cijfers samen", nl_number),
        "claims_equal": ("Uitspraken: dezelfde volgorde", nl_number),
        "claims_deviating": ("een andere volgorde", nl_number),
        "claims_untestable": ("uitspraken niet te toetsen", nl_number),
        "claims_total": ("Uitspraken samen", nl_number),
        "claims_carried": ("Uitspraken aantoonbaar", nl_number),
    }
    used = {name: column for name, column in columns.items() if name == "section" or summary[name].any()}
    caption = "Gedrukte cijfers en uitspraken, per onderdeel van het bronrapport"
    note = "Wat gelijk of overgenomen is, komt overeen. Aantoonbaar: dezelfde volgorde, en met een toets "
    note += f"aangetoond, {OVER_ALL}."
    return tabulate_records(summary, caption, used, summary, note)


def tabulate_deviations(numbers: pd.DataFrame) -> Table:
    """``match_numbers``: those that the run does not give back, each with its reason."""
    deviating = numbers[numbers["status"] == DEVIATES]
    texts = _compare(deviating)
    texts["Reden"] = deviating["reason"].map(in_words).tolist()
    return Table(f"Cijfers die afwijken ({len(deviating)})", texts, deviating)


def tabulate_numbers(numbers: pd.DataFrame, section: str) -> Table:
    """``match_numbers``: all of one section: printed, recomputed, difference and verdict."""
    rows = numbers[numbers["section"] == section]
    taken_over = (rows["status"] == UNTESTED) & rows["printed_as_is"].fillna(False).astype(bool)
    verdicts = rows["status"].mask(taken_over, TAKEN_OVER).mask(rows["reason"] == NOT_SHOWN, "niet getoond")
    texts = _compare(rows).assign(Oordeel=verdicts.tolist())
    return Table(f"{section_label(section)}: {len(rows)} cijfers", texts, rows, folded=True)


def tabulate_claims(claims: pd.DataFrame) -> Table:
    """``judge_claims``: the numbers that decide each claim and the verdicts; what deviates first."""
    columns = {
        "id": "Nr.",
        "uitspraak": "Uitspraak",
        "observed": "Gevonden",
        "status": ("Volgorde", CLAIM_VERDICTS.get),
        "carried": (f"Aantoonbaar, {OVER_ALL}", TESTED.get),
        "p_holm": ("p (Holm)", nl_p),
        "stability": ("Stabiliteit", lambda share: nl_number(share, 2)),
    }
    ordered = claims.sort_values("status", key=lambda status: status != DEVIATES, kind="stable")
    small = int(((claims["status"] == EQUAL) & (claims["p"] < ALPHA)).sum())
    tests, carried = claims["p"].notna().sum(), (claims["carried"] == CARRIED).sum()
    note = f"Zonder correctie is {P_BELOW_ALPHA} bij {small} uitspraken met dezelfde volgorde; na correctie "
    note += f"voor {tests} toetsen zijn er {carried} aantoonbaar. In de hoofdstukken is per tabel "
    note += "gecorrigeerd, voor minder toetsen: iets kan daar aantoonbaar zijn en hier niet."
    return tabulate_records(ordered, f"Uitspraken in woorden ({len(claims)})", columns, claims, note)


def tabulate_contradicted(contradicted: pd.DataFrame) -> Table:
    """``find_contradicted``: printed statements beside the printed numbers that say otherwise."""
    columns = {"id": "Nr.", "uitspraak": "Uitspraak", "observed": "Volgens de gedrukte cijfers"}
    caption = f"Uitspraken die de gedrukte cijfers zelf tegenspreken ({len(contradicted)})"
    return tabulate_records(contradicted, caption, columns)


def tabulate_remarks(remarks: pd.DataFrame) -> Table:
    """``read_printed_remarks``: slips in print that no computation can test."""
    columns = {"id": "Nr.", "where": "Waar in het bronrapport", "remark": "Opmerking"}
    return tabulate_records(remarks, f"Onzuiverheden die niet te toetsen zijn ({len(remarks)})", columns)


def tabulate_objections(objections: pd.DataFrame) -> Table:
    """``load_objections``: what cannot be, with the arithmetic and the numbers concerned."""
    columns = {
        "severity": "Oordeel",
        "check": "Controle",
        "objection": ("Bezwaar", in_words),
        "ids": ("Cijfers", _shorten),
    }
    return tabulate_records(
        objections, f"Bezwaren tegen de gedrukte tabellen zelf ({len(objections)})", columns
    )


def in_words(text: str) -> str:
    """Names of the codebook in a sentence as readers know them: ``openbaar_bestuur`` -> Openbaar bestuur."""
    instrument = load_instrument()
    names = {name: measure_label(name) for name in [*instrument.scales, *instrument.derived]}
    names |= {name: measure_label(name) for name in instrument.variables if "_" in name}
    names |= {key: option_label("sector", key) for key in instrument.options("sector") if "_" in key}
    crossed = "|".join(instrument.categorical)  # a printed table of one question by another
    by = re.compile(rf"\b({crossed})_naar_({crossed})\b")
    text = by.sub(lambda found: f"{measure_label(found[1])} naar {measure_label(found[2]).lower()}", text)
    # The answer "organisatie" to perspectief is not the characteristic.
    pattern = re.compile(rf"(?<!perspectief )(?<!%, )\b({'|'.join(sorted(names, key=len, reverse=True))})\b")
    text = pattern.sub(lambda found: names[found[0]], text)
    return text.replace(join_measures("", ""), " en ").replace(join_groups("", ""), " tegen ")


def section_label(section: str) -> str:
    """``leren_en_ontwikkelen`` -> ``Leren en ontwikkelen``."""
    return SECTIONS.get(section) or section.replace("_", " ").capitalize()


def _compare(numbers: pd.DataFrame) -> pd.DataFrame:
    """Texts with a row per number: what it is, as printed, as recomputed, and the difference."""
    labels = STEPS | {phase.key: phase.label for phase in load_fieldwork().phases}
    rows = [
        (
            _describe(row, labels),
            _write(row, row.value, int(row.decimals)),
            _write(row, row.recomputed, _decimals(row)),
            "" if row.statistic == SIGNIFICANT else nl_number(row.difference, _decimals(row)),
        )
        for row in numbers.itertuples()
    ]
    columns = pd.Index(["Wat", "Gedrukt", "Herrekend", "Verschil"], name="Nr.")
    return pd.DataFrame(rows, index=numbers["id"].tolist(), columns=columns)


def _write(row: Any, value: float, decimals: int) -> str:
    """A number as text; what is demonstrated or not in words."""
    if row.statistic == SIGNIFICANT and value in (0, 1):
        return "ja" if value else "nee"
    return nl_number(value, decimals)


def _decimals(row: Any) -> int:
    """Two more than printed, so that the rounding can be seen; whole numbers stay whole."""
    return 0 if row.statistic == "count" else int(row.decimals) + 2


def _describe(row: Any, labels: dict[str, str]) -> str:
    """``Omvang: Micro (1-9), in Landbouw …, %``; ``labels`` of what is not in the codebook."""
    instrument = load_instrument()
    known = {*instrument.variables, *instrument.derived}.issuperset(split_measures(row.measure))
    text = measure_label(row.measure) if known else row.measure.capitalize()
    if row.category:
        text += f": {labels.get(row.category) or option_label(row.measure, row.category)}"
    if row.group:
        groups = [option_label(row.group_var, group) for group in split_groups(row.group)]
        text += f", {' tegen '.join(groups)}"
    if row.population != "alle":
        text += f", {row.population}"
    return f"{text} ({STATISTICS[row.statistic]})"


def _shorten(ids: str) -> str:
    shown = ids.split()
    if len(shown) <= IDS_SHOWN:
        return ids
    return f"{' '.join(shown[: IDS_SHOWN - 1])} en {len(shown) - IDS_SHOWN + 1} andere"
