"""What a notebook saves, says and shows: tables, findings and figures, under a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import HTML, Image, Markdown, display

from leercultuur.findings.finding import Finding
from leercultuur.findings.summary import FOLDER, escape_markdown, write_findings
from leercultuur.formatting import nl_number, nl_percent
from leercultuur.intake.respondents import SYNTHETIC_NOTICE, is_synthetic
from leercultuur.runs import Run
from leercultuur.style.table import Table
from leercultuur.thresholds import MIN_ANSWERED, MIN_BASE

if TYPE_CHECKING:
    from leercultuur.style.chart import Chart


@dataclass(frozen=True)
class Section:
    """One notebook's part of a run.

    Attributes
    ----------
    number
        "03": the first part of every file name, and of the numbers of its figures and tables (3.1).
    run
        The run; nothing is saved once it is finished.
    """

    number: str
    run: Run
    _said: dict[str, Finding] = field(default_factory=dict, init=False, repr=False)
    _drawn: set[str] = field(default_factory=set, init=False, repr=False)
    _figures: count = field(default_factory=lambda: count(1), init=False, repr=False)
    _tables: count = field(default_factory=lambda: count(1), init=False, repr=False)

    def show(self, name: str, result: Table | Chart, findings: Sequence[Finding] = ()) -> None:
        """Save a table (``tables/03_name.csv``) or figure (``figures/03_name.png``), and show it, numbered.

        A figure has the first of ``findings`` as its message. A table with the name of a figure above it is
        folded: it holds the numbers that are drawn. A table without a name ("") is one whose numbers are
        saved already.
        """
        if isinstance(result, Table):
            if name:
                self.save(name, result.data)
            folded = result.folded or name in self._drawn
            show(replace(result, number=f"Tabel {int(self.number)}.{next(self._tables)}", folded=folded))
            return
        message = findings[0].title if findings else ""
        image = result.draw(message, f"Quickscan Leercultuur, {self.run.period}")
        if self.run.saves:
            self._path("figures", name, "png").write_bytes(image)
        self._drawn.add(name)
        caption = f"Figuur {int(self.number)}.{next(self._figures)}. {result.topic}"
        show(Image(image, format="png", alt=result.alt, metadata={"caption": caption}))

    def save(self, name: str, *tables: pd.DataFrame) -> None:
        """Save tidy frames, one below the other, as ``tables/03_name.csv``: comma, decimal point, ten
        significant digits. The frames remember under which name, for the findings that rest on them."""
        for table in tables:
            table.attrs["table"] = f"{self.number}_{name}"
        if self.run.saves:
            path = self._path("tables", name, "csv")
            pd.concat(tables, ignore_index=True).to_csv(
                path, index=False, float_format="%.10g", lineterminator="\n"
            )

    def say(self, findings: Iterable[Finding]) -> None:
        """Show what is to be seen, in sentences, and keep them (``findings/03.json``)."""
        said = [replace(finding, section=self.number) for finding in findings]
        self._said.update({finding.key: finding for finding in said})
        write_findings(self.run, self._said.values(), f"{FOLDER}/{self.number}.json")
        if not said:
            return
        sentences = [escape_markdown(finding.text) for finding in said]
        listed = f" {sentences[0]}" if len(said) == 1 else "\n" + "".join(f"\n- {text}" for text in sentences)
        show(f"**Wat zien we?**{listed}")

    def show_heading(self, text: str) -> None:
        """Show a heading, where a notebook goes through the codebook and cannot have it typed."""
        show(f"### {text}")

    def show_basis(self, respondents: pd.DataFrame) -> None:
        """Show how many questionnaires there are, of which period, whether they are real, and whether
        results are saved."""
        text = f"Basis: **{nl_number(len(respondents))} vragenlijsten**, {self.run.period}. Een groep van "
        text += "minder "
        text += f"dan {MIN_BASE} invullers krijgt geen cijfers; een kenmerk heeft een score als ten minste "
        text += f"{nl_percent(100 * MIN_ANSWERED, 0)} van zijn vragen is beantwoord."
        show(text)
        if is_synthetic(respondents):
            show(SYNTHETIC_NOTICE)
        if self.run.is_finished:
            show(f"*De run in {self.run.name} is af: dit notebook laat zien en slaat niets op.*")

    def _path(self, folder: str, name: str, suffix: str) -> Path:
        path = self.run.path(folder, f"{self.number}_{name}.{suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def show(result: Table | Image | HTML | Markdown | str) -> None:
    """Show a table or a sentence without saving it; of no sentence nothing is shown."""
    if result != "":
        display(Markdown(result) if isinstance(result, str) else result)
