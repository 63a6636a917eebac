"""Parameters of a run: the defaults in the cells of the notebooks, and the values asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat

from leercultuur.checks.parameters import check_range, check_value, read_assignments
from leercultuur.periods import read_period
from leercultuur.project import InputError

# Parameters with an option of their own; run_dir follows from the name of the run.
OPTIONS = {"start_date": "--from", "end_date": "--to", "export": "--export", "run_dir": "--name"}


def read_parameters(notebook: Path) -> dict[str, Any]:
    """The defaults in the cell tagged ``parameters``: name -> literal value. The cell is not executed.

    Raises
    ------
    InputError
        The notebook is missing or unreadable, or its cell has something else than ``name = value`` lines.
    """
    if not notebook.is_file():
        raise InputError(f"Notebook {notebook.name} niet gevonden in de map {notebook.parent.name}.")
    try:
        cells = nbformat.read(notebook, as_version=4).cells
    except (ValueError, nbformat.ValidationError):
        raise InputError(
            f"{notebook.name} is geen leesbaar notebook. Zet een eerdere versie terug."
        ) from None
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    try:
        return read_assignments(tagged[0] if tagged else "")
    except (ValueError, SyntaxError):
        raise InputError(
            f"{notebook.name}: in de cel met de tag parameters staat iets anders dan naam = vaste waarde."
        ) from None


def settle_parameters(
    defaults: dict[str, dict[str, Any]], common: dict[str, Any], own: dict[str, Any]
) -> dict[str, Any]:
    """Give each parameter one value: as asked, else the default on which the notebooks agree.

    Parameters
    ----------
    defaults
        Notebook -> its parameters with their defaults.
    common
        Values for ``start_date``, ``end_date`` and ``export``; None for the default.
    own
        Values for the other parameters.

    Raises
    ------
    InputError
        An unknown parameter, a value of another type than the default or out of its range, defaults that
        differ between notebooks, or dates that are no period.
    """
    known = {name: value for cell in defaults.values() for name, value in cell.items()}
    free = {name: value for name, value in known.items() if name not in OPTIONS}
    for name, value in own.items():
        if name in OPTIONS:
            raise InputError(f"Geef {name} op met {OPTIONS[name]}, niet als losse parameter.")
        check_value(name, value, free)
    asked = {name: value for name, value in common.items() if value is not None} | own
    for name, value in asked.items():
        check_value(name, value, known)

    values: dict[str, Any] = {}
    for notebook, cell in defaults.items():
        for name, default in cell.items():
            value = values.setdefault(name, asked.get(name, default))
            if name not in asked and value != default and name != "run_dir":
                raise InputError(
                    f"Parameter {name} is {default!r} in {notebook} en {value!r} in een eerder notebook. "
                    "Maak ze gelijk of geef een waarde op."
                )
    for name, value in values.items():
        check_range(name, value)
    read_period(values["start_date"], values["end_date"])
    return values
