"""A report of three tiny notebooks, executed in this process instead of in kernels."""

from __future__ import annotations

import copy
from pathlib import Path
from textwrap import dedent
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from papermill.exceptions import PapermillExecutionError

from conftest import make_export
from leercultuur.intake.respondents import RECORD
from leercultuur.report.steps import EXPORT, Step

STEPS = (
    Step("01_cleaning", (EXPORT,), also=(RECORD,)),
    Step("02_left", (RECORD,), tables="links"),
    Step("03_right", (RECORD,), tables="rechts"),
)
PNG = (  # one pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg=="
)
PARAMETERS = """\
start_date = "2024-07-22"  # first day
end_date = "2025-11-03"
export = "export.csv"
run_dir = "outputs/default"
"""
CLEAN = """
    import json
    from pathlib import Path
    counts = {"ingevuld": 1455, "analyse": 1403}
    exports = [{"file": Path(export).name, "sha256": "0" * 64}]
    data = dict(start_date=start_date, end_date=end_date, exports=exports, counts=counts)
    Path(run_dir, "data", "run.json").write_text(json.dumps(data | {"synthetic": %s, "disclosure": "open"}))
"""
SAVE = """
    from pathlib import Path
    Path(run_dir, "tables", "%s").write_text(f"{min_group_size}")
"""


def make_notebook(path: Path, parameters: str, *cells: str) -> None:
    """Write a notebook: a title, the parameters, then cells; what starts with # is text."""
    intro = new_markdown_cell(f"# Notebook {path.stem}\n\nWat **hier** staat.")
    tagged = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    made = [new_markdown_cell(c) if c.startswith("#") else new_code_cell(dedent(c).strip()) for c in cells]
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[intro, tagged, *made]), path)


def make_report(root: Path, *, synthetic: bool = True) -> dict[str, Any]:
    """Write the notebooks and an export; return the arguments that ``run_report`` needs for them."""
    notebooks = root / "notebooks"
    make_notebook(notebooks / "01_cleaning.ipynb", PARAMETERS, "## Respons", CLEAN % synthetic)
    own = PARAMETERS + "min_group_size = 50\nshare = 0.5"
    make_notebook(notebooks / "02_left.ipynb", own, "## Links", SAVE % "02_links.csv")
    make_notebook(notebooks / "03_right.ipynb", own, "## Rechts", SAVE % "03_rechts.csv")
    export = root / "geheim" / "export.csv"
    export.parent.mkdir(exist_ok=True)
    export.write_text(make_export([{}, {}]), encoding="utf-8")
    return {"export": export, "outputs": root / "outputs", "notebooks": notebooks, "steps": STEPS}


def execute_here(notebook: Any, output: None, *, on_cell_start: Any, **_: Any) -> Any:
    """Stand-in for ``papermill.execute_notebook`` that needs no kernel."""
    notebook, names = copy.deepcopy(notebook), {}
    for index, cell in enumerate(notebook.cells):
        on_cell_start(cell=cell, cell_index=index)
        if cell.cell_type == "code":
            cell.execution_count = index
            try:
                exec(cell.source, names)
            except SystemExit:  # papermill passes over it, and over all that comes after it
                cell.outputs = [new_output("error", ename="SystemExit", evalue="", traceback=[])]
                break
            except Exception as error:
                line = f"Cell In[{index}], line {error.__traceback__.tb_next.tb_lineno}"
                reason = (type(error).__name__, str(error), [line])
                raise PapermillExecutionError(index, None, cell.source, *reason) from None
    return notebook


def read_files(folder: Path) -> dict[str, bytes]:
    """Every file in a folder: path -> content."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
