"""What a notebook must have made stands in one place, by name, and is what its cells save."""

import ast

import nbformat
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.project import PROJECT
from leercultuur.report.steps import STEPS, Step

OUTCOMES = ("leren_van_taken", "leren_van_anderen")  # what a loop in 06 goes through


def read_saved_names(notebook: str) -> set[str]:
    """The names in ``section.save`` and ``section.show``; of an f-string what stands around ``{scale}``."""
    cells = nbformat.read(PROJECT / "notebooks" / f"{notebook}.ipynb", as_version=4).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    names = set()
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("save", "show")
            and getattr(node.func.value, "id", "") == "section"
        ):
            names.add(ast.unparse(node.args[0]).removeprefix("f").strip("'\""))
    return {name.replace("{outcome}", outcome) for name in names for outcome in OUTCOMES} - {""}


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.notebook)
def test_the_names_of_a_step_are_those_that_its_cells_save(step):
    declared = set(step.tables.split()) | set(step.figures.split())
    assert declared == read_saved_names(step.notebook), "see docs/new_section.md, step 3"


def test_the_scales_of_the_codebook_are_filled_in():
    step = Step("10_nieuw", (), tables="a b_{scale}", figures="c", also=("data/x.json",))
    tables = [f"tables/10_b_{scale}.csv" for scale in load_instrument().scales]
    assert step.gives == ["data/x.json", "tables/10_a.csv", *tables, "figures/10_c.png"]
