"""Parameters of the notebooks: the defaults in their cell, and the values of a run."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import nbformat

from leercultuur.cleaning import parse_period
from leercultuur.instrument import InputError

# Parameters with an option of their own; run_dir follows from the name of the run.
OPTIONS = {"start_date": "--from", "end_date": "--to", "export": "--export", "run_dir": "--name"}
KINDS = {bool: "True of False", int: "een geheel getal", float: "een getal", str: "een tekst"}


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
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    values = {}
    try:
        for line in ast.parse(tagged[0].source if tagged else "").body:
            if isinstance(line, ast.Assign) and isinstance(line.targets[0], ast.Name):
                values[line.targets[0].id] = ast.literal_eval(line.value)
    except (ValueError, SyntaxError):
        raise InputError(
            f"{notebook.name}: in de cel met de tag parameters staat iets anders dan naam = vaste waarde."
        ) from None
    return values


def settle_parameters(
    defaults: dict[str, dict[str, Any]], common: dict[str, Any], own: dict[str, Any] | None
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
        An unknown parameter, a value of another type than the default, defaults that differ between
        notebooks, or dates that are no period.
    """
    known = {name: kind for cell in defaults.values() for name, kind in cell.items()}
    free = sorted(set(known) - set(OPTIONS))
    for name in own or {}:
        if name in OPTIONS:
            raise InputError(f"Geef {name} op met {OPTIONS[name]}, niet als losse parameter.")
        if name not in free:
            raise InputError(f"Onbekende parameter {name}. Bekend: {', '.join(free) or 'geen'}.")
    asked = {name: value for name, value in common.items() if value is not None} | (own or {})

    values: dict[str, Any] = {}
    owner: dict[str, str] = {}
    for notebook, cell in defaults.items():
        for name, default in cell.items():
            value = asked.get(name, default)
            if not _fits(value, default):
                kind = KINDS.get(type(default), "een andere waarde")
                raise InputError(f"Parameter {name} ({notebook}) is {value!r}. Verwacht: {kind}.")
            if name in values and values[name] != value and name != "run_dir":
                raise InputError(
                    f"Parameter {name} is {values[name]!r} in {owner[name]} en {value!r} in {notebook}. "
                    "Maak ze gelijk of geef een waarde op."
                )
            values.setdefault(name, value)
            owner.setdefault(name, notebook)
    parse_period(values["start_date"], values["end_date"])
    return values


def _fits(value: Any, default: Any) -> bool:
    if default is None or type(value) is type(default):
        return True
    return isinstance(default, float) and type(value) is int
