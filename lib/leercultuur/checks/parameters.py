"""Parameters of a notebook: ``name = value`` lines in one cell, and values that a run gives instead."""

from __future__ import annotations

import ast
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from leercultuur.project import InputError
from leercultuur.thresholds import MIN_BASE


@dataclass(frozen=True)
class Least:
    """A whole number that is not smaller than this."""

    value: int

    def __str__(self) -> str:
        return f"een geheel getal van ten minste {self.value}"

    def holds(self, value: Any) -> bool:
        """Whether a value can be used."""
        return type(value) is int and value >= self.value


@dataclass(frozen=True)
class OneOf:
    """One of these texts."""

    choices: tuple[str, ...]

    def __str__(self) -> str:
        return " of ".join(f'"{choice}"' for choice in self.choices)

    def holds(self, value: Any) -> bool:
        """Whether a value can be used."""
        return type(value) is str and value in self.choices


# What a parameter can be, in whatever notebook it stands. Dates are read by ``periods``.
RANGES: dict[str, Least | OneOf] = {
    "min_group_size": Least(MIN_BASE),
    "min_cell": Least(3),
    "disclosure": OneOf(("", "safe", "open")),
}
KINDS = {bool: "True of False", int: "een geheel getal", float: "een getal", str: "een tekst"}
INJECTED = "# Parameters\n"  # how papermill begins the cell with the values it was given


def read_assignments(source: str) -> dict[str, Any]:
    """The literal values that a cell gives to names; the cell is not executed.

    Raises
    ------
    ValueError, SyntaxError
        The cell has something else than lines of a name and a literal value, or is no Python.

    >>> read_assignments('start_date = "2024-07-22"  # first day')
    {'start_date': '2024-07-22'}
    """
    values = {}
    for line in ast.parse(source).body:
        if not isinstance(line, ast.Assign) or not isinstance(line.targets[0], ast.Name):
            raise ValueError(f"no name = value: {ast.unparse(line)}")
        values[line.targets[0].id] = ast.literal_eval(line.value)
    return values


def check_value(name: str, value: Any, defaults: dict[str, Any]) -> None:
    """A parameter must exist and be of the kind of its default; a whole number may stand for a number.

    Raises
    ------
    InputError
        Unknown, or of another kind.
    """
    if name not in defaults:
        near = get_close_matches(name, defaults, n=1)
        hint = f"Bedoeld: {near[0]}?" if near else f"Bekend: {', '.join(defaults) or 'geen'}."
        raise InputError(f"Onbekende parameter {name}. {hint}")
    default = defaults[name]
    fits = (
        default is None or type(value) is type(default) or (isinstance(default, float) and type(value) is int)
    )
    if not fits:
        kind = KINDS.get(type(default), "een andere waarde")
        raise InputError(f"Parameter {name} is {value!r}. Verwacht: {kind}.")


def check_range(name: str, value: Any) -> None:
    """A parameter must be within its range, or one of its choices (``RANGES``).

    Raises
    ------
    InputError
        It is not.
    """
    if name in RANGES and not RANGES[name].holds(value):
        raise InputError(f"Parameter {name} is {value!r}. Verwacht: {RANGES[name]}.")


def check_injected(cells: list[str]) -> None:
    """Check what papermill was given against the parameters cell: it only warns of an unknown one itself.

    Parameters
    ----------
    cells
        What a kernel has executed so far: the parameters cell, then papermill's if there is one.
    """
    defaults: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for cell in cells:
        with suppress(ValueError, SyntaxError):  # another cell than these two
            if cell.startswith(INJECTED):
                given = read_assignments(cell)  # the last counts: it may have been mended and run again
            else:
                defaults |= read_assignments(cell)
    for name, value in given.items():
        check_value(name, value, defaults)


def executed_cells() -> list[str]:
    """The sources of the cells that this kernel has executed; none outside Jupyter."""
    from IPython import get_ipython

    shell = get_ipython()
    return list(shell.user_ns.get("In", [])) if shell else []


def current_values() -> dict[str, Any]:
    """The parameters that have a range, with their values now in this kernel: given or edited."""
    from IPython import get_ipython

    shell = get_ipython()
    return {name: shell.user_ns[name] for name in RANGES if name in shell.user_ns} if shell else {}
