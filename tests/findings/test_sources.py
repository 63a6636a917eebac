"""References: what the report names by year can be found, and national figures say where they are from."""

import json
import re

import pandas as pd

from leercultuur.display.tables import tabulate_legend
from leercultuur.findings import sources
from leercultuur.findings.methods import explain_methods
from leercultuur.findings.sources import explain_sources, list_national
from leercultuur.project import PROJECT

NAMED = re.compile(r"\b([A-Z][a-z]+),? \(?((?:19|20)\d\d)\b")  # the last author, and the year


def test_what_the_report_names_by_year_stands_in_full():
    texts = [explain_methods(), tabulate_legend().caption]
    for path in (PROJECT / "notebooks").glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        texts += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    named = {pair for text in texts for pair in NAMED.findall(text)}
    assert named >= {("Berger", "1982"), ("Heathers", "2017"), ("Lakens", "2017"), ("Cohen", "1988")}
    full = [line for line in explain_sources().splitlines() if line.startswith("- ")]
    for name, year in named:
        assert any(name in line and year in line for line in full), (name, year)


def test_references_are_by_alphabet_and_whole():
    methods = explain_sources().partition("## Methoden")[2].strip().splitlines()
    assert methods == sorted(methods, key=str.lower) and len(methods) > 20
    for line in methods:
        assert re.search(r"\(\d{4}\)\. .+\.$", line), line


def test_national_figures_have_the_year_that_is_known(monkeypatch):
    said = list_national()
    assert "(NEA)" in said and "(WEA 2024)" in said and "81589NED, 2025 kwartaal 1" in said
    other = pd.DataFrame({"source": ["NEA 2023, TNO/CBS", "Anders, wie"]})
    monkeypatch.setattr(sources, "load_benchmarks", lambda: other)
    assert "(NEA 2023)" in list_national() and "- Anders." in list_national()
