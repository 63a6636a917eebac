"""A wrong answer or a wrong line changes what the verification page counts.

The notebooks' own cells run here in one process, without kernels and without drawing: so a line of the
package can be made wrong, and the chain from export to verdict is the real one.
"""

import csv
import io
import json
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from leercultuur import cleaning, sections
from leercultuur.display import charts
from leercultuur.instrument import PROJECT, Instrument, load_instrument
from leercultuur.report.pipeline import STEPS
from leercultuur.statistics import correlations

STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"


@pytest.fixture
def verify(tmp_path, monkeypatch):
    """Run every notebook on an export and give the counts of the verification page."""
    for name in dir(charts):
        if name.startswith("plot_"):
            monkeypatch.setattr(charts, name, lambda *_, **__: None)
    monkeypatch.setattr(sections.Section, "save_figure", lambda *_: None)
    monkeypatch.setattr(correlations, "_bootstrap_rho", lambda pairs, resamples: [0.0])

    def run(export: Path = STANDIN) -> dict:
        run_dir = tmp_path / "run"
        run_dir.mkdir()
        for step in STEPS:
            notebook = nbformat.read(PROJECT / "notebooks" / f"{step.notebook}.ipynb", as_version=4)
            names: dict = {}
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    exec(compile(cell.source, step.notebook, "exec"), names)
                if "parameters" in cell.metadata.get("tags", []):
                    names |= {"export": str(export), "run_dir": str(run_dir)}
        return json.loads((run_dir / "data" / "verification.json").read_text(encoding="utf-8"))

    return run


@pytest.fixture
def change_export(tmp_path):
    """Write the stand-in export with its rows changed by a function, and give the path."""

    def write(change) -> Path:
        instrument = load_instrument()
        rows = list(csv.reader(io.StringIO(STANDIN.read_text(encoding="utf-8-sig")), delimiter=";"))
        table = pd.DataFrame(rows[1:], columns=rows[0])
        names = {instrument.header(v): v for v in [*instrument.raw["export"], *instrument.variables]}
        changed = change(table.rename(columns=names)).rename(columns={v: h for h, v in names.items()})
        path = tmp_path / "changed.csv"
        changed.to_csv(path, sep=";", index=False, encoding="utf-8-sig")
        return path

    return write


def first_serious(table: pd.DataFrame, **answers: str) -> int:
    """The first row that counts and has these answers."""
    instrument = load_instrument()
    keep = (table["status"] == "Voltooid") & (table[instrument.items].nunique(axis=1) > 1)
    for variable, label in answers.items():
        keep &= table[variable] == label
    texts = table[instrument.personal].agg(" ".join, axis=1)
    return table.index[keep & ~texts.str.contains("test", case=False)][0]


def test_the_stand_in_gives_back_what_was_published(verify):
    counts = verify()
    figures, claims = counts["figures"], counts["claims"]
    assert figures["equal"] + figures["benchmark"] >= 545
    # What deviates is no more than what cannot all be true, as the audit of the printed tables proves.
    assert figures["deviating"] <= 7
    assert figures["untestable"] == 0
    assert claims["equal"] == claims["total"] == 60


def worse(verify, *arguments) -> bool:
    counts = verify(*arguments)
    return counts["figures"]["deviating"] > 7 or counts["claims"]["equal"] < 60


def test_one_changed_answer_is_noticed(verify, change_export):
    def change(table):
        row = first_serious(table, omvang="1-9 medewerkers")
        table.loc[row, "omvang"] = "10-49 medewerkers"
        return table

    assert worse(verify, change_export(change))


def test_two_swapped_items_are_noticed(verify, change_export):
    swap = {"organisatie_budget": "organisatie_tijd", "organisatie_tijd": "organisatie_budget"}
    assert worse(verify, change_export(lambda table: table.rename(columns=swap)))


def test_a_wrong_sign_is_noticed(verify, monkeypatch):
    right = correlations.stats.spearmanr
    monkeypatch.setattr(correlations.stats, "spearmanr", lambda x, y: right(x, -y))
    assert worse(verify)


@pytest.mark.parametrize("rule", ["gelijk_antwoord", "test"])
def test_a_dropped_exclusion_rule_is_noticed(verify, monkeypatch, rule):
    right = cleaning.find_exclusions
    monkeypatch.setattr(cleaning, "find_exclusions", lambda answers: right(answers).assign(**{rule: False}))
    assert worse(verify)


def test_a_scale_with_one_item_less_is_noticed(verify, monkeypatch):
    whole = load_instrument().derived
    monkeypatch.setattr(Instrument, "derived", whole | {"taken": whole["taken"][:-1]})
    assert worse(verify)
