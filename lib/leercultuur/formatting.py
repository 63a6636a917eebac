"""How numbers, dates and answers read in Dutch text, tables and figures."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from leercultuur.instrument import load_instrument

TOTAL = "totaal"
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"]
MONTHS += ["september", "oktober", "november", "december"]


def nl_number(value: float, decimals: int = 0) -> str:
    """``1403`` -> ``1.403``, ``3.37`` -> ``3,37``; rounded half away from zero; missing -> ``–``."""
    if value is None or math.isnan(value):
        return "–"
    # The small addition undoes binary noise: 14.5 stored as 14.4999999999 is a half.
    scaled = math.floor(abs(value) * 10**decimals + 0.5 + 1e-9) / 10**decimals
    text = f"{math.copysign(scaled, value) if scaled else 0.0:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def nl_percent(value: float, decimals: int = 1) -> str:
    """``28.5`` -> ``28,5%``."""
    return "–" if value is None or math.isnan(value) else f"{nl_number(value, decimals)}%"


def nl_p(value: float) -> str:
    """A p-value: ``0,032``, never ``0,000`` but ``< 0,001`` (unbroken)."""
    if value is None or math.isnan(value):
        return "–"
    return "<\u00a00,001" if value < 0.001 else nl_number(value, 3)


def nl_date(day: date) -> str:
    """``2024-07-22`` -> ``22 juli 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def nl_period(start: date, end: date) -> str:
    """``22 juli 2024 t/m 3 november 2025``."""
    return f"{nl_date(start)} t/m {nl_date(end)}"


def nl_join(words: list[str]) -> str:
    """``[a, b, c]`` -> ``a, b en c``."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def option_label(variable: str, option: Any, *, wording: bool = False) -> str:
    """How an answer option, options taken together, or the total is named.

    The short name of the codebook where there is one, unless the full ``wording`` is asked for; what is
    no option of the variable (a source, a class of another one) stays as it is.
    """
    instrument = load_instrument()
    if option == TOTAL:
        return "Totaal"
    names = {str(key): entry["label"] for classes in instrument.raw["classes"].values()
             for key, entry in classes.items()}  # fmt: skip
    if variable in instrument.variables:
        names |= {str(key): label for key, label in instrument.options(variable).items()}
        if not wording:
            given = instrument.raw["categorical"].get(variable, {}).get("names", {})
            names |= {str(key): name for key, name in given.items()}
    return names.get(str(option), str(option))
