"""Notebooks executed: each in its own kernel, side by side, without a trace of the machine in the result."""

from __future__ import annotations

import os
import re
import sys
import threading
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import nbformat
import papermill
from joblib import Parallel, cpu_count, delayed
from jupyter_client import AsyncKernelManager
from papermill.exceptions import PapermillExecutionError
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from tqdm import tqdm

from leercultuur.checks.kernel import VARIABLE
from leercultuur.project import PROJECT
from leercultuur.report.failures import (
    EXIT,
    Exited,
    NotebookError,
    Whereabouts,
    check_executed,
    check_exit,
    describe,
    find_code,
    without_values,
)
from leercultuur.report.parameters import read_parameters

BAR = "{percentage:3.0f}% |{bar:20}| {n_fmt}/{total_fmt} {elapsed}{postfix}"


class _Stopped(Exception):
    """Another notebook failed, or the user wants to stop."""


class Execution:
    """Notebooks of one run, executed side by side in threads with a progress bar.

    Parameters
    ----------
    total
        How many notebooks there will be.
    values
        Values of all parameters; a notebook gets those it has.
    places
        Folders of this machine, left out of what executed notebooks say.
    rename
        A temporary name, and the name that comes instead of it.
    """

    def __init__(
        self, total: int, values: dict[str, Any], places: list[Path], rename: tuple[str, str]
    ) -> None:
        self.values, self.places, self.rename = values, places, rename
        self.bar = tqdm(total=total, disable=None, bar_format=BAR)
        self.busy: list[str] = []
        self.stop = threading.Event()

    def run(self, jobs: list[tuple[Path, Path]]) -> None:
        """Execute notebooks side by side, one per core: path of the notebook, path of the executed copy. Of
        one that fails, no copy is made.

        Raises
        ------
        NotebookError
            Of the first, in order, that failed. Those that still run stop after their current cell.
        """
        workers = Parallel(n_jobs=min(cpu_count(), len(jobs)), backend="threading")
        for error in filter(None, workers(delayed(self._attempt)(*job) for job in jobs)):
            raise error

    def _attempt(self, source: Path, target: Path) -> Exception | None:
        # An error is returned, not raised: joblib would leave the other kernels running.
        if self.stop.is_set():
            return None
        self._show(self.busy.append, source.stem)
        try:
            notebook = _tidy(self._execute(source), self.places, self.rename)
            target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", newline="\n")
        except _Stopped:
            return None
        except Exception as error:
            self.stop.set()
            return error
        finally:
            self._show(self.busy.remove, source.stem)
        self.bar.update()
        if self.bar.disable:
            print(f"{source.stem} klaar", file=sys.stderr)
        return None

    def _execute(self, source: Path) -> nbformat.NotebookNode:
        values = {name: self.values[name] for name in read_parameters(source)}
        notebook = load_notebook_node(nbformat.read(source, as_version=4))
        notebook = parameterize_notebook(notebook, values, kernel_name="python3", language="python")
        for cell in find_code(notebook):  # a cell that is passed over must not look as if it was executed
            cell.outputs, cell.execution_count = [], None
        at = Whereabouts(source.stem, notebook)
        with TemporaryFile() as said:
            try:
                try:
                    return check_executed(self._start(notebook, said, at), at)
                except (RuntimeError, TimeoutError):
                    # The kernel gave no answer: a busy machine, an occupied port.
                    return check_executed(self._start(notebook, said, at), at)
            except PapermillExecutionError as error:
                at.cell = error.cell_index
                raise NotebookError(at.tell(describe(error.ename, error.evalue, error.traceback))) from None
            except Exited:
                raise NotebookError(at.tell(EXIT)) from None
            except (RuntimeError, TimeoutError) as error:
                said.seek(0)
                last = said.read().decode(errors="replace").strip().splitlines()[-1:]
                cause = "; ".join(" ".join(text.split()) for text in (str(error), *map(without_values, last)))
                raise NotebookError(at.tell(f"de rekenkern stopte twee keer ({cause})")) from None

    def _start(
        self, notebook: nbformat.NotebookNode, said: IO[bytes], at: Whereabouts
    ) -> nbformat.NotebookNode:
        # The notebook goes in and comes out as an object and `cwd` stays unset: for files and for `cwd`
        # papermill changes the directory of the process, which threads share. `resources` moves the kernel.
        return papermill.execute_notebook(
            notebook,
            None,
            kernel_name="python3",
            progress_bar=False,
            autosave_cell_every=0,
            record_timing=False,
            iopub_timeout=60,  # the default of four seconds is short on a busy machine
            extra_arguments=["--log-level=CRITICAL"],  # of the kernel itself, about its connection
            kernel_manager_class=_aside(said),
            resources={"metadata": {"path": str(PROJECT)}},
            on_cell_start=partial(self._check_stop, at),
            on_cell_executed=partial(check_exit, at),
        )

    def _check_stop(self, at: Whereabouts, cell_index: int, **_: Any) -> None:
        at.cell = cell_index
        if self.stop.is_set():
            raise _Stopped

    def _show(self, change: Any, stem: str) -> None:
        change(stem)
        self.bar.set_postfix_str(" · ".join(self.busy))


def _aside(said: IO[bytes]) -> type[AsyncKernelManager]:
    """A manager whose kernel says there, not on the screen, what goes wrong outside its cells.

    A port can be taken between its choice and its use: the heartbeat then dies with a traceback, and the
    notebook goes on without.
    """

    class Manager(AsyncKernelManager):
        async def start_kernel(self, **options: Any) -> None:
            await AsyncKernelManager.start_kernel(self, **options, stderr=said)

    return Manager


def kernel_environment() -> dict[str, str]:
    """Variables with which a kernel finds this package and is of this Python, whatever else is installed."""
    first = {"PYTHONPATH": PROJECT / "lib", "JUPYTER_PATH": Path(sys.prefix, "share", "jupyter")}
    return {
        **{k: os.pathsep.join(filter(None, [str(path), os.environ.get(k)])) for k, path in first.items()},
        VARIABLE: sys.prefix,
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        # Notebooks already run one per core; and a sum does not depend on the number of cores.
        "OMP_NUM_THREADS": "1",
        "PYTHONHASHSEED": "0",
    }


def _tidy(
    notebook: nbformat.NotebookNode, places: list[Path], rename: tuple[str, str]
) -> nbformat.NotebookNode:
    """Take out what differs from run to run or machine to machine: times, random ids, places."""
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
        cell.metadata.pop("papermill", None)
        if not cell.metadata.get("tags"):
            cell.metadata.pop("tags", None)
    forms = {form for place in places for form in (place.as_posix(), str(place), repr(str(place))[1:-1])}
    longest = "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))
    # Not inside base64, where any short path occurs sooner or later.
    absolute = re.compile(rf"(?<![A-Za-z0-9+/])(?:{longest})[\\/]+")
    # Warnings name a temporary file of the kernel. Matched from the start of a word, or it takes forever.
    cells = re.compile(r"(?<![^\s\"'])[^\s\"']*ipykernel_\d+[\\/]+\d+\.py")

    def clean(part: Any) -> Any:
        if isinstance(part, dict):
            return type(part)({k: v if k.startswith("image/") else clean(v) for k, v in part.items()})
        if isinstance(part, list):
            return [clean(value) for value in part]
        if isinstance(part, str):
            return cells.sub("notebook", absolute.sub("", part.replace(*rename)))
        return part

    return clean(notebook)
