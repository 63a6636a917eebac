"""The template for a new section runs as it stands, and saves what it shows."""

from textwrap import dedent

from in_process import run_cells
from leercultuur.intake.respondents import RECORD
from leercultuur.project import PROJECT
from leercultuur.report.steps import Step


def test_template_runs_on_the_stand_in(tmp_path):
    run_cells(PROJECT / "docs" / "new_section.ipynb", run_dir=str(tmp_path / "run"))
    saved = {path.relative_to(tmp_path / "run").as_posix() for path in tmp_path.rglob("10*")}
    page = (PROJECT / "docs" / "new_section.md").read_text(encoding="utf-8")
    example = dedent(page[page.index(" " * 7 + "Step(") :].partition("\n\n")[0]).rstrip(",\n")
    assert saved == set(eval(example, {"Step": Step, "RECORD": RECORD}).gives)
    assert saved == {
        "findings/10.json",
        "figures/10_kenmerken_naar_perspectief.png",
        "figures/10_perspectief.png",
        "tables/10_kenmerken_naar_perspectief.csv",
        "tables/10_perspectief.csv",
        "tables/10_toets_kenmerken_naar_perspectief.csv",
    }
