"""How a finding of the audit is judged and written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd

from leercultuur.verification.audit.figures import Figure

IMPOSSIBLE, REMARK = "onmogelijk", "opmerking"
ONLY_TWICE = "; na twee keer afronden kan het wel"
COLUMNS = ["check", "table", "ids", "finding", "severity", "at_least"]


def severity_of(possible: Callable[..., bool], *arguments: object) -> str | None:
    """Impossible unless ``possible(*arguments, 2)``, with two roundings; a remark unless also with one."""
    if not possible(*arguments, 2):
        return IMPOSSIBLE
    return None if possible(*arguments, 1) else REMARK


def roundings_for(severity: str) -> int:
    """The number of roundings under which the finding holds, to show its arithmetic with."""
    return 2 if severity == IMPOSSIBLE else 1


def write_finding(
    check: str,
    figures: Sequence[Figure],
    text: str,
    severity: str,
    at_least: int = 1,
    by_rounding: bool = True,
) -> dict[str, object]:
    """One finding about these figures; of a remark about rounding the sentence says so."""
    figures = sorted(set(figures), key=lambda figure: figure.id)
    return {
        "check": check,
        "table": ", ".join(dict.fromkeys(figure.table for figure in figures)),
        "ids": " ".join(figure.id for figure in figures),
        "finding": text + (ONLY_TWICE if severity == REMARK and by_rounding else ""),
        "severity": severity,
        "at_least": at_least if severity == IMPOSSIBLE else 0,
    }


def tabulate(found: list[dict[str, object]]) -> pd.DataFrame:
    """Findings as a frame; no rows when there are none."""
    return pd.DataFrame(found, columns=COLUMNS).astype({"at_least": int})


def list_figures(figures: Sequence[Figure]) -> str:
    """``micro: 14,8%, klein: 33,2%``: each by what sets it apart, group or answer."""
    grouped = len({figure.group for figure in figures}) > 1
    return ", ".join(dict.fromkeys(f"{f.group if grouped else f.category}: {f}" for f in figures))
