"""A run: the exports, one period, and the folders that results and respondents go to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from leercultuur.checks.parameters import check_injected, check_range, current_values, executed_cells
from leercultuur.periods import Period, read_period
from leercultuur.project import PROJECT

SEPARATOR = ";"  # between exports in one parameter


@dataclass(frozen=True)
class Run:
    """What the parameters of a notebook ask for.

    Attributes
    ----------
    period
        Which questionnaires are about.
    exports
        The raw exports, in the order given.
    folder
        Where results are saved, to be shared as it is; None to save nothing. A finished run (it holds
        ``manifest.json``) is never written to: a notebook tried by hand then only shows.
    """

    period: Period
    exports: tuple[Path, ...]
    folder: Path | None

    @property
    def is_finished(self) -> bool:
        """Whether the folder holds a whole report, made by ``leercultuur report``."""
        return self.folder is not None and (self.folder / "manifest.json").exists()

    @property
    def saves(self) -> bool:
        """Whether results are saved."""
        return self.folder is not None and not self.is_finished

    def path(self, *parts: str) -> Path:
        """A place in the folder; to be asked for only when there is one."""
        assert self.folder is not None
        return self.folder.joinpath(*parts)

    @property
    def confidential(self) -> Path | None:
        """Where the respondents are kept, never to be shared; None when nothing is saved."""
        return self.folder and find_confidential(self.folder)

    @property
    def name(self) -> str:
        """The folder as messages name it: from the project where it is in there."""
        folder = self.folder or Path()
        return folder.relative_to(PROJECT).as_posix() if folder.is_relative_to(PROJECT) else folder.name


def open_run(start_date: str, end_date: str, export: str, run_dir: str) -> Run:
    """Read the parameters of a notebook.

    Parameters
    ----------
    start_date, end_date
        ISO dates, both inclusive.
    export
        Path of the raw export; a relative one is within the project. Several have ``;`` between them.
    run_dir
        Folder for the results, likewise; made when there is something to save. "" saves nothing.

    Raises
    ------
    InputError
        No such dates, a parameter out of its range, one that papermill was given and the notebook does not
        have or that is of another kind.
    """
    check_injected(executed_cells())
    for name, value in current_values().items():
        check_range(name, value)
    folder = PROJECT / run_dir if run_dir else None
    return Run(read_period(start_date, end_date), split_exports(export), folder)


def split_exports(export: str) -> tuple[Path, ...]:
    """The paths in the parameter ``export``: a file, or several with ``;`` between them."""
    names = [name.strip() for name in export.split(SEPARATOR)]
    return tuple(PROJECT / name for name in names if name)


def find_confidential(folder: Path) -> Path:
    """Where the respondents of a run folder are: in ``data/processed/``, or beside a folder that is not in
    ``outputs/``."""
    if folder.parent == PROJECT / "outputs":
        return PROJECT / "data" / "processed" / folder.name
    return folder.with_name(f"{folder.name}-vertrouwelijk")
