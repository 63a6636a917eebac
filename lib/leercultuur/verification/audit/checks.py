"""All checks of the audit together."""

from __future__ import annotations

import pandas as pd

from leercultuur.verification.audit.alone import (
    audit_means,
    audit_percentages,
    audit_scale_means,
    audit_words,
)
from leercultuur.verification.audit.numbers import audited_numbers
from leercultuur.verification.audit.objections import tabulate
from leercultuur.verification.audit.together import (
    audit_crosstabs,
    audit_totals,
    audit_totals_between_groups,
)

CHECKS = [
    audit_percentages,
    audit_means,
    audit_scale_means,
    audit_totals,
    audit_totals_between_groups,
    audit_crosstabs,
    audit_words,
]


def audit_published(printed: pd.DataFrame) -> pd.DataFrame:
    """All checks on printed numbers (``read_printed_numbers``): objections, the impossible ones first.

    Returns
    -------
    DataFrame
        The columns of ``Objection``.
    """
    numbers = audited_numbers(printed)
    found = [objection for check in CHECKS for objection in check(numbers)]
    return tabulate(found).sort_values("severity", kind="stable", ignore_index=True)


def minimum_misses(objections: pd.DataFrame) -> int:
    """At least how many printed numbers cannot be true: objections that share no number add up."""
    seen: set[str] = set()
    total = 0
    for row in objections.sort_values("at_least", ascending=False, kind="stable").itertuples():
        ids = set(row.ids.split())
        if not ids & seen:
            seen |= ids
            total += row.at_least
    return total
