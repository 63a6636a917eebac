"""The typeface of figures, which comes with the package, and how wide texts are in it.

``fonts/`` holds Inter (SIL Open Font Licence, beside it), cut down to Latin, Greek and a few signs, with
digits of one width so that numbers line up. Its name is its own: a figure is the same on every machine.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from matplotlib import font_manager, rcParams
from matplotlib.textpath import text_to_path

from leercultuur.style.palette import INK, LINE, SOFT

FONTS = Path(__file__).with_name("fonts")
FAMILY = "Inter Quickscan"
SIZE, SMALL = 10.0, 9.0  # points
STYLE = {
    "font.family": FAMILY,
    "font.size": SIZE,
    "text.parse_math": False,
    "text.hinting": "none",
    "axes.titlesize": SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": SMALL,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "text.color": INK,
    "xtick.color": SOFT,
    "xtick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.color": SOFT,
    "ytick.labelcolor": INK,
    "ytick.alignment": "center",
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": SMALL,
}


def use_style() -> None:
    """Have matplotlib draw in the house style."""
    _register()
    rcParams.update(STYLE)


@cache
def _register() -> None:
    for path in sorted(FONTS.glob("*.ttf")):
        font_manager.fontManager.addfont(path)


def measure(text: str, size: float = SIZE, weight: str = "normal") -> float:
    """How wide a line of text is, in inches."""
    _register()
    font = font_manager.FontProperties(family=FAMILY, size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] / 72


def wrap(text: str, width: float, size: float = SIZE, weight: str = "normal") -> str:
    """The text in lines of at most this width (inches), broken at spaces; a longer word keeps a line."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and measure(f"{lines[-1]} {word}", size, weight) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
