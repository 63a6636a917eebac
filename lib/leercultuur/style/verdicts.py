"""What a table of tests says beside its numbers: verdicts, over how many tests p holds, who is left out."""

from __future__ import annotations

import pandas as pd

from leercultuur.formatting import nl_join
from leercultuur.statistics.significance import OPEN
from leercultuur.style.cells import write_numbers
from leercultuur.style.table import LINE


def write_verdicts(table: pd.DataFrame, decimals: int = 2, unit: str = "vanaf") -> pd.Series:
    """Verdicts as texts; beside "niet aangetoond" how large a difference would have been found, and instead
    of none why there is no test."""
    least = LINE + f"(te zien {unit} " + write_numbers(table["detectable"], decimals) + ")"
    texts = table["verdict"] + least.where(table["verdict"] == OPEN, "")
    reasons = table["reason"] if "reason" in table else pd.Series("", table.index)
    return texts.where(table["verdict"] != "", reasons.replace("", "–")).str.replace(" ", "\u00a0")


def name_left_out(table: pd.DataFrame) -> str:
    """A last sentence of a note: which groups were not tested, and why; of none nothing."""
    named = dict.fromkeys(filter(None, table["left_out"]))
    return f" Niet getoetst: {nl_join(list(named))}." if named else ""


def explain_holm(p: pd.Series) -> str:
    """Over how many tests (those that were done) the p-values in the column p (Holm) are corrected."""
    tests = p.notna().sum()
    if tests < 2:
        return "één toets, dus geen correctie" if tests else "geen toetsen"
    return f"p (Holm) is gecorrigeerd voor {count_tests(p)}"


def count_tests(p: pd.Series) -> str:
    """``5 toetsen``: those that were done."""
    tests = p.notna().sum()
    return f"{tests} {'toets' if tests == 1 else 'toetsen'}"
