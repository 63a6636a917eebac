"""A figure with what is said about it, and how it becomes an image."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from leercultuur.style.palette import INK, SOFT
from leercultuur.style.shown import Drawing, Picture
from leercultuur.style.typeface import SIZE, SMALL, use_style, wrap
from leercultuur.style.wording import EMPTY

WIDTH, DPI = 7.5, 150  # inches: the width of a page in print
MARGIN = 0.06  # inches beside the texts
TITLE = 13.0  # points
LEADING = 1.3  # lines apart, times their size


@dataclass(frozen=True)
class Chart:
    """A figure as it is shown.

    Attributes
    ----------
    topic
        What is shown: "De kenmerken naar omvang".
    base
        About whom: "mkb, n = 1.079"; "" when nothing is drawn.
    note
        How to read it; "" for nothing.
    alt
        What is to be seen, for who cannot see it, in at most 300 characters.
    data
        The tidy frame that is drawn.
    figure
        What is drawn, without the texts above and below it.
    drawings
        The same as data, so that another program can draw it; none when there is nothing to draw.
    """

    topic: str
    base: str
    note: str
    alt: str
    data: pd.DataFrame
    figure: Figure
    drawings: tuple[Drawing, ...] = ()

    def read(self, file: str, message: str = "") -> Picture:
        """The figure as it reads; ``file`` is its name in ``figures/``, ``message`` as in ``draw``."""
        return Picture(self.topic, message, self.base, self.note, self.alt, file, list(self.drawings))

    def draw(self, message: str = "", source: str = "") -> bytes:
        """The figure as PNG, with what it shows above it and whom it is about below it.

        The texts are images of their own, set above and below that of the figure: so they never overlap
        it, however long they are, and drawing changes nothing.

        Parameters
        ----------
        message
            What is to be seen, as a sentence: the title, under the topic; without it, the topic is the title.
        source
            Where the numbers come from.
        """
        use_style()
        titles = [(self.topic, SIZE, "normal", SOFT)] if message else []
        titles.append((message or self.topic, TITLE, "bold", INK))
        parts = [_draw_texts(titles), _draw(self.figure)]
        if below := self._write_below(source):
            parts.append(_draw_texts([(below, SMALL, "normal", SOFT)]))
        return _pack(np.vstack(parts))

    def _write_below(self, source: str) -> str:
        first = "; ".join(filter(None, [source and f"Bron: {source}", self.base]))
        note = self.note[:1].upper() + self.note[1:]
        line = " ".join(text.rstrip(".") + "." for text in (first, note) if text)
        return line.replace(" = ", "\u00a0=\u00a0")  # "n = 1.403" stays on one line

    def _repr_png_(self) -> bytes:
        """How Jupyter shows it."""
        return self.draw()


def start_figure(height: float) -> Figure:
    """An empty figure of page width and this height (inches), in the house style."""
    use_style()
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, layout="constrained")
    figure.get_layout_engine().set(w_pad=MARGIN, h_pad=0.05, wspace=0.02, hspace=0.03)
    return figure


def empty_chart(topic: str, data: pd.DataFrame) -> Chart:
    """A chart that says there is nothing to draw: every group was too small."""
    figure = start_figure(0.5)
    figure.text(MARGIN / WIDTH, 0.5, EMPTY, va="center")
    return Chart(topic, "", "", f"{topic[:200]}: {EMPTY}", data, figure)


def _draw_texts(texts: list[tuple[str, float, str, str]]) -> np.ndarray:
    """Texts (with size, weight and colour) below each other, from the left margin, as pixels."""
    lines = [
        (line, size, weight, colour)
        for text, size, weight, colour in texts
        for line in wrap(text, WIDTH - 2 * MARGIN, size, weight).split("\n")
    ]
    steps = np.cumsum([LEADING * size / 72 for _, size, _, _ in lines])
    height = round((steps[-1] + 0.12) * DPI) / DPI
    figure = Figure(figsize=(WIDTH, height), dpi=DPI)
    for (line, size, weight, colour), step in zip(lines, steps, strict=True):
        place = (MARGIN / WIDTH, 1 - (step + 0.02) / height)
        figure.text(*place, line, fontsize=size, fontweight=weight, color=colour, va="baseline")
    return _draw(figure)


def _draw(figure: Figure) -> np.ndarray:
    """The pixels of a figure: rows, columns, RGBA. Its layout is made once: again, it would move a little."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    figure.set_layout_engine("none")
    return np.array(canvas.buffer_rgba())


def _pack(pixels: np.ndarray) -> bytes:
    """Pixels as PNG. A palette of their most frequent colours makes the file a third of its size; the
    shades at the edges of letters get the nearest."""
    import PIL.Image

    pixels = np.ascontiguousarray(pixels)
    codes, packed = pd.factorize(pixels.view(np.uint32).ravel())
    colours = packed.view(np.uint8).reshape(-1, 4)[:, :3].astype(float)
    palette = colours[np.argsort(-np.bincount(codes), kind="stable")[:256]]
    nearest = ((palette**2).sum(axis=1) - 2 * colours @ palette.T).argmin(axis=1).astype(np.uint8)
    image = PIL.Image.fromarray(nearest[codes].reshape(pixels.shape[:2]))
    image.putpalette(palette.astype(np.uint8).tobytes())
    stored = io.BytesIO()
    image.save(stored, "PNG", optimize=True)
    return stored.getvalue()
