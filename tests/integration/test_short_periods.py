"""A week, a month: notebooks run whatever little was filled in, and what cannot be said is said to be so."""

import re
import warnings

import pytest

from in_process import run_cells
from leercultuur import sections
from leercultuur.project import PROJECT
from leercultuur.report.steps import STEPS
from leercultuur.style.chart import Chart

PERIODS = [("2024-12-20", "2024-12-28"), ("2024-08-01", "2024-08-10"), ("2025-01-01", "2025-01-31")]


@pytest.mark.parametrize(("start", "end"), PERIODS)
def test_a_short_period_is_reported(tmp_path, monkeypatch, start, end):
    shown = []
    monkeypatch.setattr(Chart, "draw", lambda *_: b"")
    monkeypatch.setattr(sections, "display", lambda result, **_: shown.append(result))
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)
        for step in STEPS:
            notebook = PROJECT / "notebooks" / f"{step.notebook}.ipynb"
            run_cells(notebook, run_dir=str(tmp_path / "run"), start_date=start, end_date=end)
    assert not [name for step in STEPS for name in step.gives if not (tmp_path / "run" / name).exists()]
    texts = [getattr(result, "data", None) for result in shown]
    sentences = [text for text in texts if isinstance(text, str)]
    assert sentences and not [
        text for text in sentences if re.search(r"\bnan\b|None|\b1 (?:toetsen|groepen)", text)
    ]
    assert all(text[0].isupper() or text[0].isdigit() or text[0] in "*#-<" for text in sentences)
