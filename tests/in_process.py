"""The notebooks' own cells, executed in this process: no kernels, the chain from export to tables is real."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path
from typing import Any

import nbformat


def run_cells(notebook: Path, **parameters: Any) -> dict[str, Any]:
    """Execute the code cells of a notebook and give the names they made.

    ``parameters`` come instead of those in the parameters cell; what cells display goes nowhere.
    """
    names: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for number, cell in enumerate(nbformat.read(notebook, as_version=4).cells):
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{notebook.stem}, cell {number}", "exec"), names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= parameters
    return names
