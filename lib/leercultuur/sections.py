"""What a notebook saves, says and shows: tables, findings and figures, under a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
from IPython.display import Image, Markdown, display

from leercultuur.checks.cautions import Caution
from leercultuur.checks.disk import writing
from leercultuur.checks.formulas import neutralise_texts
from leercultuur.checks.kept import write_cautions
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.disclosure.release import note_hidden, release_table, round_findings, round_picture
from leercultuur.findings.finding import Finding
from leercultuur.findings.summary import FOLDER, Cards, escape_markdown, write_findings
from leercultuur.formatting import nl_number, nl_percent
from leercultuur.intake.respondents import RECORD, is_synthetic, name_notice, read_record
from leercultuur.intake.runs import Run
from leercultuur.style.shown import keep
from leercultuur.style.table import Table
from leercultuur.thresholds import MIN_ANSWERED, MIN_BASE

if TYPE_CHECKING:
    from leercultuur.style.chart import Chart

SAID_OF = ("key", "strength", "text", "title")  # a finding, for the report


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
    _said: dict[str, Finding] = field(default_factory=dict, init=False, repr=False)
    _drawn: set[str] = field(default_factory=set, init=False, repr=False)

    def show(self, name: str, result: Table | Chart, findings: Sequence[Finding] = ()) -> None:
        """Save a table (``tables/03_name.csv``) or figure (``figures/03_name.png``), and show it.

        A figure has the first of ``findings`` as its message. A table with the name of a figure above it is
        folded: it holds the numbers that are drawn. A table without a name ("") is one whose numbers are
        saved already. Both are numbered in the report, not here: what comes before them is known there.
        """
        file = f"{self.number}_{name}" if name else ""
        if isinstance(result, Table):
            if name:
                self.save(name, result.data)
            result = note_hidden(result)
            show(replace(result, folded=result.folded or name in self._drawn), file)
            return
        message = findings[0].title if findings else ""
        image = result.draw(message, f"Quickscan Leercultuur, {self.run.period}")
        if self.run.saves:
            with writing(self.run.path()):
                self._path("figures", name, "png").write_bytes(image)
        self._drawn.add(name)
        picture = result.read(file, message)
        picture = round_picture(picture) if self._is_protected else picture
        _display(Image(image, format="png", alt=result.alt), "figure", picture)

    def save(self, name: str, *tables: pd.DataFrame) -> None:
        """Save tidy frames, one below the other, as ``tables/03_name.csv``: comma, decimal point, ten
        significant digits (of a protected run no more than are shown), and no text that a spreadsheet takes
        for a formula. The frames remember under which name, for the findings that rest on them."""
        for table in tables:
            table.attrs["table"] = f"{self.number}_{name}"
        if self.run.saves:
            saved = [release_table(table) if self._is_protected else table for table in tables]
            table = neutralise_texts(pd.concat(saved, ignore_index=True))
            with writing(self.run.path()):
                path = self._path("tables", name, "csv")
                table.to_csv(path, index=False, float_format="%.10g", lineterminator="\n")

    def say(self, findings: Iterable[Finding]) -> None:
        """Show what is to be seen, in sentences, and keep them (``findings/03.json``)."""
        said = [replace(finding, section=self.number) for finding in findings]
        said = round_findings(said) if self._is_protected else said
        self._said.update({finding.key: finding for finding in said})
        with writing(self.run.folder or Path()):
            write_findings(self.run, self._said.values(), f"{FOLDER}/{self.number}.json")
        if not said:
            return
        sentences = [escape_markdown(finding.text) for finding in said]
        listed = f" {sentences[0]}" if len(said) == 1 else "\n" + "".join(f"\n- {text}" for text in sentences)
        kept = [{name: getattr(finding, name) for name in SAID_OF} for finding in said]
        _display(Markdown(f"**Wat zien we?**{listed}"), "findings", kept)

    def warn(self, cautions: Iterable[Caution]) -> None:
        """Keep what checks found (``data/cautions.json``), for the screen and the record of the run."""
        if self.run.saves:
            write_cautions(self.run.path(), cautions)

    def show_heading(self, text: str) -> None:
        """Show a heading, where a notebook goes through the codebook and cannot have it typed."""
        show(f"### {text}")

    def show_basis(self, respondents: pd.DataFrame) -> None:
        """Show how many questionnaires there are, of which period, whether they are real, and whether
        results are saved."""
        text = (
            f"Basis: **{nl_number(len(respondents))} vragenlijsten**, {self.run.period}. Een groep van "
            f"minder dan {MIN_BASE} invullers krijgt geen cijfers; een kenmerk heeft een score als ten "
            f"minste {nl_percent(100 * MIN_ANSWERED, 0)} van zijn vragen is beantwoord."
        )
        if rule := find_disclosure(respondents):
            text += (
                f" Aantallen onder de {rule.least} staan er niet, en ook niet waaruit die zijn af te leiden."
            )
        _display(Markdown(text), "basis", text)
        about = {"synthetic": is_synthetic(respondents), "disclosure": "safe" if rule else "open"}
        if notice := name_notice(about):
            _display(Markdown(notice), "notice", notice)
        if self.run.is_finished:
            text = f"*De run in {self.run.name} is af: dit notebook laat zien en slaat niets op.*"
            _display(Markdown(text), "notice", text)

    @property
    def _is_protected(self) -> bool:
        record = self.run.path(RECORD) if self.run.folder else None
        return bool(record and record.exists() and read_record(self.run.path())["disclosure"] == "safe")

    def _path(self, folder: str, name: str, suffix: str) -> Path:
        path = self.run.path(folder, f"{self.number}_{name}.{suffix}")
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def show(result: Table | Cards | Markdown | str, file: str = "") -> None:
    """Show a table, key figures or a text without saving it; of no text nothing is shown. ``file`` is where
    the numbers of a table are saved, if anywhere (``tables/``)."""
    if isinstance(result, Table):
        _display(result, "table", result.read(file))
    elif isinstance(result, Cards):
        _display(result, "cards", result.entries)
    elif result != "":
        display(Markdown(result) if isinstance(result, str) else result)


def _display(shown: object, kind: str, content: object) -> None:
    """Show something in Jupyter, and keep beside it, as data, what the report makes of it."""
    display(shown, metadata=keep(kind, content))
