"""What a notebook saves and shows: tables and figures, under a name."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from IPython.display import Image, Markdown, display

from leercultuur.display.tables import Table
from leercultuur.formatting import nl_number, nl_percent
from leercultuur.intake.respondents import is_synthetic
from leercultuur.runs import Run
from leercultuur.thresholds import MIN_ANSWERED, MIN_BASE

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DPI = 150


@dataclass(frozen=True)
class Section:
    """One notebook's part of a run.

    Attributes
    ----------
    number
        "03": the first part of every file name.
    run
        The run; nothing is saved once it is finished.
    """

    number: str
    run: Run

    def show(self, name: str, result: Table | Figure) -> None:
        """Save a table (``tables/03_name.csv``) or figure (``figures/03_name.png``), and show it."""
        if isinstance(result, Table):
            self.save(name, result.data)
            show(result)
            return
        image = draw_image(result)
        if self.run.saves:
            self._path("figures", name, "png").write_bytes(image.data)
        show(image)

    def save(self, name: str, *tables: pd.DataFrame) -> None:
        """Save tidy frames, one below the other, as ``tables/03_name.csv``: comma, decimal point, ten
        significant digits."""
        if self.run.saves:
            path = self._path("tables", name, "csv")
            pd.concat(tables, ignore_index=True).to_csv(
                path, index=False, float_format="%.10g", lineterminator="\n"
            )

    def show_heading(self, text: str) -> None:
        """Show a heading, where a notebook goes through the codebook and cannot have it typed."""
        show(f"### {text}")

    def show_basis(self, respondents: pd.DataFrame) -> None:
        """Show how many questionnaires there are, of which period, whether they are real, and whether
        results are saved."""
        text = (
            f"Basis: **{nl_number(len(respondents))} vragenlijsten**, {self.run.period}. Cijfers over minder "
        )
        text += f"dan {MIN_BASE} invullers staan er niet bij; een kenmerk heeft een score als ten minste "
        text += f"{nl_percent(100 * MIN_ANSWERED, 0)} van zijn vragen is beantwoord."
        if is_synthetic(respondents):
            text += " *Synthetische gegevens: geen uitspraken over echte organisaties.*"
        if self.run.is_finished:
            text += f"\n\n*De run in {self.run.name} is af: dit notebook laat zien en slaat niets op.*"
        show(text)

    def _path(self, folder: str, name: str, suffix: str) -> Path:
        path = self.run.path(folder, f"{self.number}_{name}.{suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def show(result: Table | Image | Markdown | str) -> None:
    """Show a table or a sentence without saving it; of no sentence nothing is shown."""
    if result != "":
        display(Markdown(result) if isinstance(result, str) else result)


def draw_image(figure: Figure) -> Image:
    """A figure as PNG, with its label as alternative text; the figure is closed.

    Its layout fits everything on the page, so the page is drawn as it is. A palette of its most frequent
    colours makes the file a third of its size; the shades at the edges of letters get the nearest.
    """
    import PIL.Image
    from matplotlib import pyplot as plt
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(DPI)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    pixels = np.array(canvas.buffer_rgba())
    plt.close(figure)
    codes, packed = pd.factorize(pixels.view(np.uint32).ravel())
    colours = packed.view(np.uint8).reshape(-1, 4)[:, :3].astype(float)
    palette = colours[np.argsort(-np.bincount(codes), kind="stable")[:256]]
    nearest = ((palette**2).sum(axis=1) - 2 * colours @ palette.T).argmin(axis=1).astype(np.uint8)
    image = PIL.Image.fromarray(nearest[codes].reshape(pixels.shape[:2]))
    image.putpalette(palette.astype(np.uint8).tobytes())
    stored = io.BytesIO()
    image.save(stored, "PNG")
    return Image(stored.getvalue(), format="png", alt=figure.get_label())
