"""How numbers, dates and answers read in Dutch text, tables and figures, and how they are rounded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import CLUSTERED, INTERACTION, PLAIN, STANDARDISED, TOTAL, split_measures
from leercultuur.thresholds import ALPHA, CONFIDENCE

MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus"]
MONTHS += ["september", "oktober", "november", "december"]


def round_half_away(values: pd.Series | float, decimals: int) -> pd.Series | float:
    """Round half away from zero, as tables in print are; 2.675 is a half although its binary form is not."""
    factor = 10.0**decimals
    return np.sign(values) * np.floor(np.abs(values) * factor + 0.5 + 1e-9) / factor


def nl_number(value: float, decimals: int = 0) -> str:
    """A number in Dutch, rounded half away from zero; missing is a dash.

    >>> nl_number(1403), nl_number(3.375, 2), nl_number(-0.001, 2), nl_number(float("nan"))
    ('1.403', '3,38', '0,00', '–')
    """
    if value is None or math.isnan(value):
        return "–"
    text = f"{float(round_half_away(value, decimals)) + 0.0:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")).replace("-", "−")


def two(value: float) -> str:
    """A number with two decimals, as most are shown."""
    return nl_number(value, 2)


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


def nl_join(words: Sequence[str]) -> str:
    """``[a, b, c]`` -> ``a, b en c``."""
    return " en ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


P_BELOW_ALPHA = f"p < {nl_number(ALPHA, len(str(ALPHA)) - 2)}"
INTERVAL = f"{nl_percent(100 * CONFIDENCE, 0)}-interval"
CONFIDENCE_INTERVAL = f"{nl_percent(100 * CONFIDENCE, 0)}-betrouwbaarheidsinterval"


def option_label(variable: str, option: Any) -> str:
    """How an answer option, options taken together, or the total is named in tables and figures.

    What is no option of the variable (a source, a class of another one) stays as it is.
    """
    if option == TOTAL:
        return "Totaal"
    return load_instrument().option_names(variable).get(str(option), str(option))


def controls_label(category: str) -> str:
    """``sector+rol`` -> ``sector en rol``."""
    return nl_join([load_instrument().label(name).lower() for name in category.split("+")])


def adjustment_label(category: str) -> str:
    """``sector+rol`` -> ``gecorrigeerd voor sector en rol``."""
    named = {
        PLAIN: "ongecorrigeerd",
        STANDARDISED: "met dezelfde mix",
        CLUSTERED: "ongecorrigeerd, organisaties als groepen",
        INTERACTION: "wisselwerking",
    }
    return named.get(category) or f"gecorrigeerd voor {controls_label(category)}"


def measure_label(measure: str) -> str:
    """``taken~leren_van_taken`` -> both labels, joined by "en"."""
    return " en ".join(load_instrument().label(part) for part in split_measures(measure))
