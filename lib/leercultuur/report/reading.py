"""Run folder -> the report: the executed notebooks in the order of reading, tables and figures numbered.

A title (``# ...``) in a notebook begins a chapter. A tag on its cell says in which part of the report it
stands; without one it is in the body, in the order of the notebooks.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from itertools import chain, count
from pathlib import Path
from urllib.parse import unquote

import nbformat

from leercultuur.findings.background import SUBJECT, TITLE
from leercultuur.formatting import nl_join
from leercultuur.intake.respondents import name_notice, read_record
from leercultuur.periods import read_period
from leercultuur.report.foreign import clean, read_html
from leercultuur.report.markdown import Title, list_spans, read_markdown, read_text
from leercultuur.report.model import (
    Block,
    Chapter,
    FigureBlock,
    Findings,
    Heading,
    KeyFigures,
    Paragraph,
    Report,
    Said,
    Span,
    TableBlock,
    Text,
)
from leercultuur.style.shown import KEY, Card, Grid, Picture

# Tag of the cell with the title of a chapter -> what the part is called; in the order of reading.
PARTS = {
    "samenvatting": "",
    "": "",
    "bijlage": "Bijlage",
    "verantwoording": "Verantwoording",
    "naslag": "Naslag",
}
NOTEBOOK = re.compile(r"^(?:\./)?(\d\d_\w+)\.ipynb(?:#(.*))?$")
MENTION = re.compile(r"notebook \d\d\b")  # how a text names another notebook, which a report calls a chapter
TAKEN = re.compile(r"(?:tabel|figuur)-\d+|(?:tabellen-)?achterin.*")  # ids that are no heading's
LEFT_OUT = "Hier toont het notebook iets dat dit rapport niet kan overnemen ({})."
PNG = b"\x89PNG\r\n\x1a\n"


def read_report(run_dir: Path) -> Report:
    """Read a run folder: its executed notebooks, and what it says of its period and respondents.

    Parameters
    ----------
    run_dir
        With ``notebooks/`` and ``data/``, as a run makes it.

    Returns
    -------
    Report
        Links between notebooks lead to chapters, sections or where a finding stands.
    """
    record = read_record(run_dir)
    verification = run_dir / "data" / "verification.json"
    verdict = json.loads(verification.read_text(encoding="utf-8")) if verification.exists() else {}
    reader = _Reader()
    for path in sorted((run_dir / "notebooks").glob("*.ipynb")):
        reader.read(path)
    chapters = reader.finish()
    return Report(
        title=TITLE,
        subject=SUBJECT,
        period=str(read_period(record["start_date"], record["end_date"])),
        last_day=date.fromisoformat(record["end_date"]),
        notice=name_notice(record),
        basis=reader.basis,
        export=nl_join([entry["file"] for entry in record["exports"]]),
        filled_in=record["counts"]["ingevuld"],
        analysed=record["counts"]["analyse"],
        verification=verdict.get("line", ""),
        compared=verdict.get("numbers", {}).get("equal", 0) > 0,
        chapters=chapters,
        folder=run_dir,
    )


class _Reader:
    """Gathers chapters, and what they may link to."""

    def __init__(self) -> None:
        self.chapters: list[Chapter] = []
        self.basis: Text = []
        self._ids: set[str] = set()
        self._places: dict[tuple[str, str], str] = {}  # notebook, fragment -> id
        self._heading, self._level = "", 1
        self._here = ""

    def read(self, path: Path) -> None:
        """Add the chapters of an executed notebook."""
        notebook = clean(nbformat.read(path, as_version=4))
        first = len(self.chapters)
        self._heading = ""
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                self._read_markdown(cell.source, path.stem, cell.metadata.get("tags", []))
            elif cell.cell_type == "code":
                for output in cell.outputs:
                    self._read_output(output, path.stem)
        if len(self.chapters) == first:
            self._begin(path.stem, path.stem, [])
        self._places[path.stem, ""] = self.chapters[first].id

    def finish(self) -> list[Chapter]:
        """The chapters in order, all of it numbered, links resolved."""
        order = list(PARTS)
        chapters = sorted(self.chapters, key=lambda chapter: order.index(chapter.part))
        numbers = {"table": count(1), "figure": count(1), "": count(1)}
        for chapter in chapters:
            chapter.number = 0 if chapter.part else next(numbers[""])
            for place, block in enumerate(chapter.blocks):
                if isinstance(block, TableBlock):
                    chapter.blocks[place] = replace(block, number=next(numbers["table"]))
                elif isinstance(block, FigureBlock):
                    chapter.blocks[place] = replace(block, number=next(numbers["figure"]))
        owners = {chapter.id: chapter for chapter in chapters}
        for chapter in chapters:
            owners |= {block.id: chapter for block in chapter.blocks if isinstance(block, Heading)}
        for chapter in chapters:
            for span in (span for block in chapter.blocks for span in list_spans(block)):
                self._resolve(span, owners)
        return chapters

    def _resolve(self, span: Span, owners: dict[str, Chapter]) -> None:
        if not (found := NOTEBOOK.match(span.link)):
            return
        notebook, fragment = found[1], unquote(found[2] or "")
        place = next(
            (self._places[key] for key in ((notebook, fragment), (notebook, _slug(fragment)), (notebook, ""))
             if key in self._places), "",
        )  # fmt: skip
        span.link = place and f"#{place}"
        if place and MENTION.search(span.text):
            owner = owners[place]
            named = f"hoofdstuk {owner.number}" if owner.number else f'"{owner.title}"'
            span.text = MENTION.sub(lambda _: named, span.text)

    def _begin(self, title: str, notebook: str, tags: list[str]) -> None:
        part = next((tag for tag in tags if tag in PARTS), "")
        self._here = self._name(title)
        self._heading, self._level = title, 1
        self.chapters.append(Chapter(self._here, title, 0, part, notebook))
        self._places.setdefault((notebook, _slug(title)), self._here)

    def _name(self, text: str) -> str:
        """An id that no other heading has."""
        plain = _slug(text) or "kop"
        plain = f"kop-{plain}" if TAKEN.fullmatch(plain) else plain
        names = chain([plain], (f"{plain}-{number}" for number in count(2)))
        name = next(name for name in names if name not in self._ids)
        self._ids.add(name)
        return name

    def _add(self, block: Block, notebook: str) -> None:
        if not self.chapters or self.chapters[-1].notebook != notebook:  # nothing stands above it
            self._begin(notebook, notebook, [])
        self.chapters[-1].blocks.append(block)

    def _read_markdown(self, source: str, notebook: str, tags: list[str] | None = None) -> None:
        for block in read_markdown(source):
            if isinstance(block, Title):
                self._read_title(block, notebook, tags)
            elif isinstance(block, TableBlock):
                self._add(replace(block, grid=replace(block.grid, caption=self._heading)), notebook)
            else:
                self._add(block, notebook)

    def _read_title(self, title: Title, notebook: str, tags: list[str] | None) -> None:
        if title.level == 1 and tags is not None:
            self._begin(title.text, notebook, tags)
            return
        self._level = min(max(2, title.level), self._level + 1)  # none is left out
        heading = Heading(self._level, title.text, self._name(title.text))
        self._heading, self._here = title.text, heading.id
        self._places.setdefault((notebook, _slug(title.text)), heading.id)
        self._add(heading, notebook)

    def _read_output(self, output: nbformat.NotebookNode, notebook: str) -> None:
        kept = output.get("metadata", {}).get(KEY, {})
        data = output.get("data", {})
        if output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():  # warnings are for who runs the notebook
                self._add(Paragraph([Span(output.text.rstrip(), code=True)], fixed=True), notebook)
        elif "basis" in kept:
            self.basis = self.basis or read_text(kept["basis"])
        elif "findings" in kept:
            said = [Said(**entry) for entry in kept["findings"]]
            self._places |= {(notebook, finding.key): self._here for finding in said}
            self._add(Findings(said), notebook)
        elif "cards" in kept:
            self._add(KeyFigures([Card(**entry) for entry in kept["cards"]]), notebook)
        elif "table" in kept:
            self._add(_read_table(Grid.restore(kept["table"])), notebook)
        elif "image/png" in data:
            png = base64.b64decode(data["image/png"])
            if not png.startswith(PNG):
                self._leave_out("image/png", notebook)
                return
            alt = output.metadata.get("image/png", {}).get("alt") or self._heading or "Figuur"
            bare = Picture(self._heading, "", "", "", alt, "", [])
            picture = Picture.restore(kept["figure"]) if "figure" in kept else bare
            self._add(FigureBlock(0, picture, png), notebook)
        elif "notice" not in kept:
            self._read_foreign(data, notebook)

    def _read_foreign(self, data: dict[str, str], notebook: str) -> None:
        """What a cell shows by itself, without this package."""
        if "text/markdown" in data:
            self._read_markdown(data["text/markdown"], notebook)
        elif "text/html" in data:
            grids = list(read_html(data["text/html"], self._heading))
            for grid in grids:
                self._add(TableBlock(0, grid), notebook)
            if not grids:
                self._leave_out("text/html", notebook)
        elif other := next((kind for kind in data if kind != "text/plain"), ""):
            self._leave_out(other, notebook)
        elif text := data.get("text/plain", "").strip():
            self._add(Paragraph([Span(text, code=True)], fixed=True), notebook)

    def _leave_out(self, kind: str, notebook: str) -> None:
        self._add(Paragraph([Span(LEFT_OUT.format(kind), italic=True)]), notebook)


def _read_table(grid: Grid) -> Block:
    """A table; one without rows, of which the caption says all, is a text."""
    if grid.lines:
        return TableBlock(0, grid)
    return Paragraph([Span(" ".join(filter(None, [f"{grid.caption}.", grid.note])))])


def _slug(text: str) -> str:
    """An id from a text: small letters without accents, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
