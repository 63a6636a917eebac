"""Where the project is, and the one kind of error that users read."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


class InputError(ValueError):
    """Input that the workbook cannot use: a Dutch message says what, where, what was expected, what to do."""

    def _render_traceback_(self) -> list[str]:
        """What Jupyter shows instead of a traceback: the message."""
        return [str(self)]
