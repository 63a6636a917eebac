"""Where a notebook stopped, and why: in one Dutch line, without what respondents typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import nbformat

from leercultuur.project import InputError
from leercultuur.report.markdown import Title, read_markdown

OURS = ("InputError", "NotebookError")  # errors whose messages are ours, without what respondents typed
EXIT = (
    "deze cel stopt het notebook (exit, quit of SystemExit): wat erna komt, wordt niet uitgevoerd. "
    "Haal dat weg."
)
NOT_EXECUTED = (
    "deze cel is niet uitgevoerd. Haal het label (tag) van de cel weg dat haar overslaat, of wat het "
    "notebook daarvoor laat stoppen."
)
COLOURS = re.compile(r"\x1b\[[\d;]*m")
AT_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
ERROR_LINE = re.compile(r"^((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit)):.*", re.DOTALL)


class NotebookError(InputError):
    """A notebook stopped. One Dutch line: which notebook, under which heading, in which cell, why."""


class Exited(Exception):
    """A cell asked its kernel to stop."""


@dataclass
class Whereabouts:
    """Where a notebook is: what a user is told when it stops there.

    Attributes
    ----------
    name
        Of the notebook.
    notebook
        Its cells.
    cell
        Index of the cell that runs; None when none did yet.
    """

    name: str
    notebook: nbformat.NotebookNode
    cell: int | None = None

    def tell(self, cause: str) -> str:
        """Notebook, heading, the number of the code cell as it stands in the notebook, and the cause."""
        if self.cell is None:
            return f"Notebook {self.name}: {cause}"
        before = self.notebook.cells[: self.cell]
        headings = [heading for cell in before for heading in find_headings(cell)]
        place = f', bij "{headings[-1]}"' if headings else ""
        cells = [cell for cell in self.notebook.cells[: self.cell + 1] if cell.cell_type == "code"]
        number = sum("injected-parameters" not in cell.metadata.get("tags", []) for cell in cells)
        return f"Notebook {self.name}{place}, codecel {number}: {' '.join(cause.split())}"


def check_exit(at: Whereabouts, cell_index: int, execute_reply: dict[str, Any], **_: Any) -> None:
    """Stop at ``exit()`` and ``quit()``: the kernel still answers, and ends a moment later.

    Raises
    ------
    Exited
        The cell asked for it.
    """
    at.cell = cell_index
    if any(part.get("source") == "ask_exit" for part in execute_reply["content"].get("payload", [])):
        raise Exited


def check_executed(notebook: nbformat.NotebookNode, at: Whereabouts) -> nbformat.NotebookNode:
    """Every code cell must have been executed, to its end: papermill passes over ``SystemExit`` and over
    cells with a tag that says so.

    Raises
    ------
    NotebookError
        One was not.
    """
    at.cell = None
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type != "code" or not cell.source.strip():
            continue
        stopped = [output for output in cell.outputs if output.output_type == "error"]
        if stopped or cell.execution_count is None:
            at.cell = index
            cause = NOT_EXECUTED
            if stopped:
                cause = describe(stopped[0].ename, stopped[0].evalue, stopped[0].traceback)
            raise NotebookError(at.tell(cause))
    return notebook


def describe(kind: str, message: str, traceback: list[str]) -> str:
    """An error in a cell: its class and line. Its message only when we wrote it: any other may hold what a
    respondent typed."""
    if kind in OURS:
        return message
    if kind == "SystemExit":
        return EXIT
    found = AT_LINE.findall(COLOURS.sub("", "\n".join(traceback)))
    line = f" op regel {found[0]}" if found else ""
    return f"{kind}{line}. Open het notebook in JupyterLab en voer het uit om te zien waardoor."


def without_values(line: str) -> str:
    """The last line of a traceback: of an error only its class."""
    return ERROR_LINE.sub(r"\1", line)


def find_code(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    """The code cells of a notebook."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def find_headings(cell: nbformat.NotebookNode) -> list[str]:
    """Headings in a markdown cell, without markup; none in another cell."""
    if cell.cell_type != "markdown":
        return []
    return [block.text for block in read_markdown(cell.source) if isinstance(block, Title)]
