"""What the notebooks say about an export, without kernels, drawing and most resampling."""

from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

import leercultuur
from in_process import run_cells
from leercultuur import sections
from leercultuur.appraisal import composition
from leercultuur.findings.finding import Finding
from leercultuur.findings.summary import read_findings
from leercultuur.intake.runs import open_run
from leercultuur.project import PROJECT

NOT_DRAWN = SimpleNamespace(draw=lambda *_: b"", read=lambda *_: "", alt="")
PERIOD = ("2024-07-22", "2025-11-03")
STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"


def say_all(
    run_dir: Path,
    export: Path = STANDIN,
    period: tuple[str, str] = PERIOD,
    notebooks: str = "0[1-6]_*.ipynb",
) -> dict[str, Finding]:
    """The findings of notebooks, by key; what they saved is in the folder."""
    with pytest.MonkeyPatch.context() as patch:
        for name in dir(leercultuur):
            if name.startswith("plot_"):
                patch.setattr(leercultuur, name, lambda *_: NOT_DRAWN)
        patch.setattr(sections, "display", lambda *_, **__: None)
        patch.setattr(composition, "_proportional_odds", lambda *_: {"reason": "niet geschat"})
        for name in ("relative_importance", "correlate"):
            patch.setattr(leercultuur, name, partial(getattr(leercultuur, name), resamples=200))
        for notebook in sorted((PROJECT / "notebooks").glob(notebooks)):
            given = {"export": str(export), "run_dir": str(run_dir)}
            run_cells(notebook, start_date=period[0], end_date=period[1], **given)
    found = read_findings(open_run(*period, str(export), str(run_dir)))
    assert len({finding.key for finding in found}) == len(found), "a key is said twice"
    return {finding.key: finding for finding in found}
