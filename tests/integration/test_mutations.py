"""A wrong answer or a wrong line changes what the verification page counts.

The notebooks' own cells run here in one process, without kernels and without drawing: so a line of the
package can be made wrong, and the chain from export to verdict is the real one.
"""

import csv
import io
import json
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

import leercultuur
from in_process import run_cells
from leercultuur.appraisal import composition
from leercultuur.instrument import Instrument, load_instrument
from leercultuur.intake import cleaning
from leercultuur.project import PROJECT
from leercultuur.report.steps import STEPS
from leercultuur.statistics import comparisons, correlations

NOT_DRAWN = SimpleNamespace(draw=lambda *_: b"", read=lambda *_: {}, topic="", alt="")
STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"


@pytest.fixture
def verify(tmp_path, monkeypatch):
    """Run every notebook on an export and give the counts of the verification page."""
    for name in dir(leercultuur):
        if name.startswith("plot_"):
            monkeypatch.setattr(leercultuur, name, lambda *_, **__: NOT_DRAWN)
    # Intervals, Dunn's test, shares and odds are not printed, so they are not verified.
    monkeypatch.setattr(correlations, "bootstrap_rho", lambda counts, resamples: [0.0])
    monkeypatch.setattr(comparisons, "critical_range", lambda groups, df: 0 * df)
    monkeypatch.setattr(comparisons.scikit_posthocs, "posthoc_dunn", posthoc_dunn)
    for name in ("relative_importance", "judge_claims"):
        monkeypatch.setattr(leercultuur, name, partial(getattr(leercultuur, name), resamples=9))
    monkeypatch.setattr(composition, "_proportional_odds", lambda answers, inside: {"reason": "niet geschat"})

    def run(export: Path = STANDIN) -> dict:
        run_dir = tmp_path / "run"
        for step in STEPS:
            notebook = PROJECT / "notebooks" / f"{step.notebook}.ipynb"
            run_cells(notebook, export=str(export), run_dir=str(run_dir))
        return json.loads((run_dir / "data" / "verification.json").read_text(encoding="utf-8"))

    return run


def posthoc_dunn(members: pd.DataFrame, val_col: str, group_col: str) -> pd.DataFrame:
    """A frame of the right shape, in no time."""
    groups = members[group_col].cat.categories
    return pd.DataFrame(1.0, index=groups, columns=groups)


@pytest.fixture
def change_export(tmp_path):
    """Write the stand-in export with its rows changed by a function, and give the path."""

    def write(change) -> Path:
        instrument = load_instrument()
        rows = list(csv.reader(io.StringIO(STANDIN.read_text(encoding="utf-8-sig")), delimiter=";"))
        table = pd.DataFrame(rows[1:], columns=rows[0])
        names = {instrument.header(v): v for v in [*instrument.export_columns, *instrument.variables]}
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
    numbers, claims = counts["numbers"], counts["claims"]
    # What deviates is no more than what cannot all be true, as the audit of the printed tables proves.
    assert numbers["equal"] + numbers["benchmark"] == 548
    assert (numbers["deviating"], numbers["untestable"]) == (7, 0)
    # The claims that the stand-in was not made to meet, and that the printed numbers themselves contradict.
    assert (claims["equal"], claims["deviating"], claims["total"]) == (74, 3, 77)


def worse(verify, *arguments) -> bool:
    counts = verify(*arguments)
    return counts["numbers"]["deviating"] > 7 or counts["claims"]["equal"] < 74


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
    right = correlations.rho_of_counts
    monkeypatch.setattr(correlations, "rho_of_counts", lambda counts: -right(counts))
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
