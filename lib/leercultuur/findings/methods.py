"""How it was computed, in Dutch, for readers of the report: one place, with the thresholds that are used.

The text is ``methods.nl.md``. For who wants formulas and sources: ``docs/methods.md``.
"""

from __future__ import annotations

from pathlib import Path

from leercultuur.findings.summary import escape_markdown
from leercultuur.formatting import CONFIDENCE_INTERVAL, INTERVAL, nl_join, nl_number, nl_percent
from leercultuur.instrument import load_instrument
from leercultuur.statistics.correlations import RESAMPLES
from leercultuur.thresholds import (
    ALPHA,
    ATTENUATED,
    CONFIDENCE,
    EQUIVALENCE,
    LARGEST_WEIGHT,
    MIN_ANSWERED,
    MIN_BASE,
    MIN_CELL,
    MIN_DEVIATING,
    POWER,
    RESPONDENTS_PER_PREDICTOR,
    RHO_WORDS,
)

TEXT = Path(__file__).with_name("methods.nl.md")


def explain_methods() -> str:
    """The method section of the report: Markdown, a paragraph per subject."""
    words = [f"{word} (vanaf {nl_number(least, 1)})" for least, word in RHO_WORDS.items() if least]
    return TEXT.read_text(encoding="utf-8").format(
        base=MIN_BASE,
        cell=MIN_CELL - 1,
        reliable=nl_number(ATTENUATED, 1),
        answered=nl_percent(100 * MIN_ANSWERED, 0),
        interval=CONFIDENCE_INTERVAL.capitalize(),
        short_interval=INTERVAL,
        of_hundred=f"{100 * CONFIDENCE:.0f} van de 100",
        alpha=nl_number(ALPHA, 2),
        bound=nl_number(EQUIVALENCE, 1),
        power=nl_percent(100 * POWER, 0),
        words=nl_join(words),
        resamples=nl_number(RESAMPLES),
        deviating=MIN_DEVIATING,
        largest_weight=LARGEST_WEIGHT,
        sure=nl_percent(100 * CONFIDENCE, 0),
        few=RESPONDENTS_PER_PREDICTOR,
    )


def explain_scales() -> str:
    """What each characteristic is about: a list in Markdown of the questions that it is the mean of."""
    codebook = load_instrument()
    lines = []
    for scale in codebook.scales:
        questions = [codebook.text(item).strip('"') for item in codebook.items_of(scale)]
        lines.append(
            f"- **{escape_markdown(codebook.label(scale))}**: {escape_markdown(', '.join(questions))}"
        )
    return "\n".join(lines)
