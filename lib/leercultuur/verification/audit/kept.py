"""The outcome of the audit, kept in a file: it depends on the printed numbers and the codebook alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.verification.printed import NUMBER_COLUMNS, REFERENCE, read_printed_numbers

KEPT = REFERENCE / "published_objections.csv"
MADE_FROM = "made_from"  # column with the hash of what an outcome was made from, the same in every row


def load_objections(printed: pd.DataFrame, path: Path = KEPT) -> pd.DataFrame:
    """The objections to printed numbers: as kept, or solved when they were kept of other input.

    Parameters
    ----------
    printed
        From ``read_printed_numbers``.
    path
        The kept outcome; need not exist.

    Returns
    -------
    DataFrame
        The columns of ``Objection``.
    """
    if path.exists():
        kept = pd.read_csv(path, dtype=str, keep_default_na=False)
        if set(kept.get(MADE_FROM, [])) == {hash_input(printed)}:
            return kept.drop(columns=MADE_FROM).astype({"at_least": int})
    return _solve(printed)


def write_objections(path: Path = KEPT) -> None:
    """Solve the audit of the published file and keep its outcome."""
    printed = read_printed_numbers()
    kept = _solve(printed)
    kept.insert(0, MADE_FROM, hash_input(printed))
    kept.to_csv(path, index=False, lineterminator="\n")


def hash_input(printed: pd.DataFrame) -> str:
    """SHA-256 of what the audit uses of the printed numbers and the codebook: not labels, not line ends."""
    instrument = load_instrument()
    options = {name: [str(key) for key in instrument.options(name)] for name in instrument.variables}
    rows = printed[NUMBER_COLUMNS].to_csv(index=False, lineterminator="\n")
    used = [rows, options, instrument.derived, instrument.classes]
    return hashlib.sha256(json.dumps(used).encode()).hexdigest()


def _solve(printed: pd.DataFrame) -> pd.DataFrame:
    # The solver takes long to load, and is seldom needed.
    from leercultuur.verification.audit.checks import audit_published

    return audit_published(printed)
