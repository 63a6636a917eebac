"""What the report rests on that others made: national figures, the model and the methods, as a list.

The references stand in ``sources.nl.md``; the national figures follow what stands in ``data/reference``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from leercultuur.appraisal.weighting import POPULATION
from leercultuur.benchmarks import load_benchmarks
from leercultuur.findings.summary import escape_markdown
from leercultuur.formatting import nl_join

TEXT = Path(__file__).with_name("sources.nl.md")
NATIONAL = {  # what a national figure is called in short -> who asked whom what
    "NEA": "De Nationale Enquête Arbeidsomstandigheden ({}) van TNO en het CBS: wat werknemers over hun "
    "eigen werk antwoorden.",
    "WEA": "De Werkgevers Enquête Arbeid ({}) van TNO: wat vestigingen van bedrijven en instellingen in "
    "Nederland over hun personeel antwoorden.",
}


def list_national() -> str:
    """Where the national figures come from, with a year where it is known: a list in Markdown."""
    sources = dict.fromkeys(source.split(",")[0] for source in load_benchmarks()["source"])
    lines = [NATIONAL.get(source.split()[0], "{}.").format(source) for source in sources]
    tables = pd.read_csv(POPULATION, dtype=str)[["table", "date"]].drop_duplicates()
    read = nl_join([f"tabel {row.table}, {row.date}" for row in tables.itertuples()])
    lines.append(f"Het aantal bedrijven in Nederland naar sector en omvang, van het CBS (StatLine: {read}).")
    return "\n".join(f"- {escape_markdown(line)}" for line in lines)


def explain_sources() -> str:
    """The sources of the report in full: lists in Markdown."""
    return TEXT.read_text(encoding="utf-8").format(national=list_national())
