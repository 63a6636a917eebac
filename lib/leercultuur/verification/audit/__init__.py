"""Can the printed figures be true? Checks on published tables that need no questionnaires.

In the spirit of GRIM (Brown and Heathers 2017, Social Psychological and Personality Science 8(4)): answers
are whole numbers and respondents are whole people, so not every printed number can exist. Every check takes
printed figures, a row a figure with the columns of ``data/reference/published_figures.csv``, and gives
findings, a row a finding:

    check     which check found it (Dutch)
    table     the printed tables concerned, joined by ", "
    ids       ids of the figures concerned, joined by " "
    finding   a Dutch sentence with the arithmetic
    severity  ``onmogelijk``: not all these figures can be as printed, however they were rounded;
              ``opmerking``: possible only when numbers were rounded twice, or odd rather than impossible
    at_least  how many of the figures must be other than printed (0 for a remark)

Ranges follow the rounding rule of the published file: half away from zero, once, or twice (first to one
decimal more). A figure without a printed base takes the one printed for the same group elsewhere.
"""

from __future__ import annotations

import pandas as pd

from leercultuur.verification.audit.figures_alone import (
    audit_means,
    audit_percentages,
    audit_scale_means,
    audit_words,
)
from leercultuur.verification.audit.figures_together import (
    audit_crosstab,
    audit_totals,
    audit_totals_between_groups,
)

__all__ = [
    "audit_crosstab",
    "audit_means",
    "audit_percentages",
    "audit_published",
    "audit_scale_means",
    "audit_totals",
    "audit_totals_between_groups",
    "audit_words",
    "minimum_misses",
]


def audit_published(figures: pd.DataFrame) -> pd.DataFrame:
    """All checks on the printed figures: findings, the impossible ones first."""
    grouped = (figures["statistic"] == "percent") & figures["group"].notna()
    found = [
        audit_percentages(figures),
        audit_means(figures),
        audit_scale_means(figures),
        audit_totals(figures),
        audit_totals_between_groups(figures),
        *(audit_crosstab(figures, table) for table in figures.loc[grouped, "table"].unique()),
        audit_words(figures),
    ]
    return pd.concat(found, ignore_index=True).sort_values("severity", kind="stable", ignore_index=True)


def minimum_misses(findings: pd.DataFrame) -> int:
    """At least how many printed figures cannot be true: findings that share no figure add up."""
    seen: set[str] = set()
    total = 0
    for row in findings.sort_values("at_least", ascending=False, kind="stable").itertuples():
        ids = set(row.ids.split())
        if not ids & seen:
            seen |= ids
            total += row.at_least
    return total
