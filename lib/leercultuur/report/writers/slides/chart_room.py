"""How much room the parts of a native chart take, and where its axes end; in inches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leercultuur.report.writers.slides.texts import count_lines, letters_width
from leercultuur.style.shown import COLUMNS, STACK, Drawing

SIZE, LARGE = 11, 12  # points: the smallest letters in a chart, and those of names where there is room
THIN, NARROW = 0.135, 0.3  # thinner bars and narrower columns have no room for their numbers
SLANTED = 0.3  # inches between names that stand aslant
ROOM = 1.06  # how far an axis of columns goes beyond the highest, for its number
MANY = 12  # columns that are all named
AROUND = {"r": (0.19, 0.0), "l": (-0.19, 0.0), "t": (0.0, 0.17), "b": (0.0, -0.17)}  # inches: of a number
Ends = tuple[float, float, float]  # start, end, step


@dataclass(frozen=True)
class Frame:
    """How large a chart is, and the room around its plot."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float

    @property
    def plot(self) -> tuple[float, float]:
        """How wide and high the plot is."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom


def frame_drawings(drawings: Sequence[Drawing], width: float, height: float) -> list[Frame]:
    """Drawings of the same names beside each other: the names stand at the first only, and all plots have
    one height."""
    first = drawings[0]
    names = 0.75 if first.kind == COLUMNS else min(0.36 * width, _longest(first.names) + 0.15)
    weights = [1.5 if drawing.kind == STACK else 1.0 for drawing in drawings]
    rights = [0.3 if drawing.kind in (STACK, COLUMNS) else 0.5 for drawing in drawings]
    gap = 0.12  # at the left of what has no names
    plots = width - names - sum(rights) - gap * (len(drawings) - 1)
    top = 0.1 + max(0.34 * (len(d.series) > 1) + 0.42 * (d.heading != "") for d in drawings)
    bottom = 0.3 + 0.28 * any(drawing.axis for drawing in drawings)
    if first.kind == COLUMNS:
        slot = 0.9 * plots / len(first.names)
        lines = max(count_lines(name, slot, LARGE) for name in first.names)
        bottom = 0.12 + 0.2 * min(2, lines) if len(first.names) <= MANY else 0.8
    frames = []
    for place, (weight, right) in enumerate(zip(weights, rights, strict=True)):
        left = gap if place else names
        own = left + plots * weight / sum(weights) + right
        frames.append(Frame(own, height, left, right, top, bottom))
    return frames


def _longest(names: Iterable[str]) -> float:
    return max(letters_width(name, LARGE) for name in names)


def gap_of(drawing: Drawing) -> int:
    """The room between bars of different names, in percent of how thick a bar is."""
    return 40 if len(drawing.series) == 1 else 55


def thickness(drawing: Drawing, frame: Frame) -> float:
    """How thick a bar is."""
    along = frame.plot[0] if drawing.kind == COLUMNS else frame.plot[1]
    return along / len(drawing.names) / (len(drawing.series) + gap_of(drawing) / 100)


def scale(drawings: Iterable[Drawing]) -> Ends:
    """Where the value axis of these drawings ends, as they say or at whole steps beyond what they hold."""
    drawings = list(drawings)
    numbers = [v for d in drawings for s in d.series for part in (s.values, s.low, s.high) for v in part]
    start, end = drawings[0].start, drawings[0].end
    if drawings[0].ratio:
        low, high = (math.log10(value) for value in (start or 0.1, end or 10))
        return 10.0 ** math.floor(low + 0.05), 10.0 ** math.ceil(high - 0.05), 1.0
    room = ROOM if drawings[0].kind == COLUMNS else 1.0
    low, high = least(numbers) if start is None else start, room * most(numbers) if end is None else end
    first, last, step = round_ends(low, high)
    return (low if start is not None and start >= 0 else first), (last if end is None else end), step


def round_ends(low: float, high: float) -> Ends:
    """Whole steps around these numbers, and the step: 1, 2 or 5 of some size, some six of them."""
    rough = (high - low or abs(high) or 1.0) / 6
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * part for part in (1, 2, 5, 10) if size * part >= rough * 0.999)
    step = round(step, 10)
    first, last = math.floor(low / step), math.ceil(high / step)
    return round(first * step, 10), round(max(last, first + 1) * step, 10), step


def least(numbers: Iterable[float | None]) -> float:
    """The smallest that is known."""
    return min((value for value in numbers if value is not None), default=0.0)


def most(numbers: Iterable[float | None]) -> float:
    """The largest that is known."""
    return max((value for value in numbers if value is not None), default=1.0)


def form(drawing: Drawing, decimals: int | None = None) -> str:
    """How numbers are written, as OOXML has it: each program shows them as its own language does."""
    places = drawing.decimals if decimals is None else decimals
    return ("#,##0" if places == 0 else "0." + "0" * places) + ('"%"' if drawing.percent else "")


def decimals_of(step: float) -> int:
    """How many decimals the numbers along an axis need."""
    return max(0, -math.floor(math.log10(step) + 1e-9))


def place_labels(points: Sequence[tuple[float, float]]) -> list[str]:
    """Where the number of each point (inches) stands: at its right, left, above or below it, the first place
    that is clear of all points and of the numbers before it, else the clearest."""
    taken = list(points)
    spots = []
    for x, y in points:
        around = {spot: (x + dx, y + dy) for spot, (dx, dy) in AROUND.items()}
        room = {
            spot: min(math.hypot((own[0] - other[0]) / 1.5, own[1] - other[1]) for other in taken)
            for spot, own in around.items()
        }
        best = next((spot for spot, clear in room.items() if clear >= 0.13), max(room, key=lambda s: room[s]))
        taken.append(around[best])
        spots.append(best)
    return spots
