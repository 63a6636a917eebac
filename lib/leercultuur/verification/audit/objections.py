"""How an objection of the audit is judged and written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:  # which would load the solver
    from leercultuur.verification.audit.numbers import AuditedNumber

IMPOSSIBLE, REMARK = "onmogelijk", "opmerking"
ONLY_TWICE = "; na twee keer afronden kan het wel"


class Objection(NamedTuple):
    """What can be said against some printed numbers.

    Attributes
    ----------
    check
        Which check found it (Dutch).
    table
        The printed tables concerned, joined by ", ".
    ids
        Ids of the numbers concerned, joined by " ".
    objection
        A Dutch sentence with the arithmetic.
    severity
        ``onmogelijk``: not all these numbers can be as printed, however they were rounded; ``opmerking``:
        possible only when they were rounded twice, or odd rather than impossible.
    at_least
        How many of the numbers must be other than printed (0 for a remark).
    """

    check: str
    table: str
    ids: str
    objection: str
    severity: str
    at_least: int


def severity_of(possible: Callable[..., bool], *arguments: object) -> str | None:
    """Impossible unless ``possible(*arguments, 2)``, with two roundings; a remark unless also with one."""
    if not possible(*arguments, 2):
        return IMPOSSIBLE
    return None if possible(*arguments, 1) else REMARK


def roundings_for(severity: str) -> int:
    """The number of roundings under which the objection holds, to show its arithmetic with."""
    return 2 if severity == IMPOSSIBLE else 1


def write_objection(
    check: str,
    numbers: Iterable[AuditedNumber],
    text: str,
    severity: str,
    at_least: int = 1,
    by_rounding: bool = True,
) -> Objection:
    """One objection to these numbers; of a remark about rounding the sentence says so."""
    numbers = sorted(set(numbers), key=lambda number: number.id)
    return Objection(
        check=check,
        table=", ".join(dict.fromkeys(number.table for number in numbers)),
        ids=" ".join(number.id for number in numbers),
        objection=text + (ONLY_TWICE if severity == REMARK and by_rounding else ""),
        severity=severity,
        at_least=at_least if severity == IMPOSSIBLE else 0,
    )


def tabulate(found: list[Objection]) -> pd.DataFrame:
    """Objections as a frame; no rows when there are none."""
    return pd.DataFrame(found, columns=list(Objection._fields)).astype({"at_least": int})


def name_numbers(numbers: Sequence[AuditedNumber]) -> str:
    """``micro: 14,8%, klein: 33,2%``: each by what sets it apart, group or answer."""
    grouped = len({number.group for number in numbers}) > 1
    return ", ".join(dict.fromkeys(f"{n.group if grouped else n.category}: {n}" for n in numbers))
