"""Colours of figures, few and calm, each readable: letters stand out 4.5 to 1 or more (WCAG 2, AA)."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.colors import LinearSegmentedColormap, to_rgb

INK, SOFT, LINE = "#1F2933", "#5B6470", "#DCE1E7"  # letters; letters that matter less; grids and borders
BLUE, CALM, ORANGE = "#1B5E93", "#7896B5", "#B4500A"  # what to look at; all else; another source, a finding
BAND = "#FBE9D2"  # a stretch of an axis
THREE = ("#EDB264", "#DDE1E6", "#2A6CA6")  # laag, midden, hoog
RISING = ("#C6DBEB", "#A0C3E0", "#78A8D0", "#2F71AA", "#1F5485", "#123554")  # answers that rise
APART = (
    "#1B5E93",
    "#EDB264",
    "#86B8A2",
    "#6C4A86",
    "#C9CFD6",
    "#A8442A",
    "#B9A7D6",
    "#4F5B66",
)  # that differ
LOWER, HIGHER = "#F0A868", "#86B4DC"  # the ends of a scale of differences; white in the middle


def choose_colours(count: int, *, ordered: bool) -> Sequence[str]:
    """A colour per answer: from light to dark when they rise, else ones that differ."""
    if not ordered:
        return [APART[place % len(APART)] for place in range(count)]
    if count == 3:
        return THREE
    ramp = [0, 5] if count == 2 else [round(place * 5 / max(count - 1, 1)) for place in range(count)]
    return [RISING[place] for place in ramp]


def tint(difference: float, span: float) -> tuple[float, float, float]:
    """The colour of a difference on a scale from minus ``span`` to ``span``; beyond it as at its end."""
    scale = LinearSegmentedColormap.from_list("", [LOWER, "white", HIGHER])
    return scale(0.5 + 0.5 * max(-1.0, min(1.0, difference / span)))[:3]


def ink_on(colour: object) -> str:
    """Dark or white letters, whichever differ most from this colour."""
    return max((INK, "#FFFFFF"), key=lambda ink: contrast(ink, colour))


def contrast(first: object, second: object) -> float:
    """How much two colours differ in light: from 1 to 21 (WCAG 2)."""
    dark, light = sorted(_luminance(colour) for colour in (first, second))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: object) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
