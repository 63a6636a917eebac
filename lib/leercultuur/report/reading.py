"""Run folder -> the report: the executed notebooks in the order of reading, tables and figures numbered.

A title (``# ...``) in a notebook begins a chapter. A tag on its cell says in which part of the report it
stands; without one it is in the body, in the order of the notebooks.
"""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any

import lxml.html
import mistune
import nbformat

from leercultuur.intake.respondents import SYNTHETIC_NOTICE, read_metadata
from leercultuur.periods import read_period
from leercultuur.report.model import (
    Block,
    Chapter,
    FigureBlock,
    Findings,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Report,
    Said,
    Span,
    TableBlock,
    Text,
)
from leercultuur.style.shown import KEY, Card, Grid, Line, Picture

# Tag of the cell with the title of a chapter -> what the part is called; in the order of reading.
PARTS = {
    "samenvatting": "",
    "": "",
    "bijlage": "Bijlage",
    "verantwoording": "Verantwoording",
    "naslag": "Naslag",
}
TITLE, SUBJECT = "Quickscan Leercultuur", "Leren op het werk in Nederlandse organisaties"
NOTEBOOK = re.compile(r"^(?:\./)?(\d\d_\w+)\.ipynb(?:#(.*))?$")
MENTION = re.compile(r"notebook \d\d$")  # how a text names another notebook, which a report calls a chapter
_parse = mistune.create_markdown(renderer=None)


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
    metadata = read_metadata(run_dir)
    verification = run_dir / "data" / "verification.json"
    verdict = json.loads(verification.read_text(encoding="utf-8")) if verification.exists() else {}
    reader = _Reader()
    for path in sorted((run_dir / "notebooks").glob("*.ipynb")):
        reader.read(path)
    chapters = reader.finish()
    return Report(
        title=TITLE,
        subject=SUBJECT,
        period=str(read_period(metadata["start_date"], metadata["end_date"])),
        last_day=date.fromisoformat(metadata["end_date"]),
        notice=SYNTHETIC_NOTICE if metadata["synthetic"] else "",
        basis=reader.basis,
        export=metadata["export"],
        filled_in=metadata["counts"]["ingevuld"],
        analysed=metadata["counts"]["analyse"],
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
        self._ids: Counter[str] = Counter()
        self._places: dict[tuple[str, str], str] = {}  # notebook, fragment -> id
        self._spans: list[Span] = []  # with a link
        self._heading = ""
        self._here = ""

    def read(self, path: Path) -> None:
        """Add the chapters of an executed notebook."""
        notebook = nbformat.read(path, as_version=4)
        first = len(self.chapters)
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
        for span in self._spans:
            self._resolve(span, owners)
        return chapters

    def _resolve(self, span: Span, owners: dict[str, Chapter]) -> None:
        if not (found := NOTEBOOK.match(span.link)):
            return
        notebook, fragment = found[1], found[2] or ""
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
        self._heading = title
        self.chapters.append(Chapter(self._here, title, 0, part, notebook))
        self._places.setdefault((notebook, _slug(title)), self._here)

    def _name(self, text: str) -> str:
        """An id that no other heading has."""
        name = _slug(text) or "kop"
        self._ids[name] += 1
        return f"{name}-{self._ids[name]}" if self._ids[name] > 1 else name

    def _add(self, block: Block, notebook: str) -> None:
        if not self.chapters or self.chapters[-1].notebook != notebook:  # nothing stands above it
            self._begin(notebook, notebook, [])
        self.chapters[-1].blocks.append(block)

    def _read_markdown(self, source: str, notebook: str, tags: list[str] | None = None) -> None:
        for token in _parse(source):
            if token["type"] == "heading":
                title = "".join(span.text for span in self._read_inline(token["children"]))
                level = token["attrs"]["level"]
                if level == 1 and tags is not None:
                    self._begin(title, notebook, tags)
                    continue
                heading = Heading(max(2, level), title, self._name(title))
                self._heading, self._here = title, heading.id
                self._places.setdefault((notebook, _slug(title)), heading.id)
                self._add(heading, notebook)
            elif block := self._read_block(token):
                self._add(block, notebook)

    def _read_block(self, token: dict[str, Any]) -> Block | None:
        kind = token["type"]
        if kind == "paragraph":
            return Paragraph(self._read_inline(token["children"]))
        if kind == "list":
            return self._read_list(token)
        if raw := token.get("raw", ""):  # code, or HTML, of which nothing is interpreted
            return Paragraph([Span(raw.rstrip("\n"), code=True)], fixed=True)
        if children := token.get("children"):  # a quotation
            return Paragraph(
                [span for child in children for span in self._read_inline(child.get("children", []))]
            )
        return None

    def _read_list(self, token: dict[str, Any]) -> Listing:
        items: list[tuple[Text, list[Listing]]] = []
        for item in token["children"]:
            text: Text = []
            below: list[Listing] = []
            for child in item["children"]:
                if child["type"] == "list":
                    below.append(self._read_list(child))
                else:
                    text += [Span("\n")] if text else []
                    text += self._read_inline(child.get("children", []))
            items.append((text, below))
        return Listing(token["attrs"]["ordered"], items)

    def _read_inline(self, tokens: list[dict[str, Any]], **look: Any) -> Text:
        spans: Text = []
        for token in tokens:
            kind, children = token["type"], token.get("children", [])
            if kind == "strong":
                spans += self._read_inline(children, **look | {"bold": True})
            elif kind == "emphasis":
                spans += self._read_inline(children, **look | {"italic": True})
            elif kind == "link":
                spans += self._read_inline(children, **look | {"link": unescape(token["attrs"]["url"])})
            elif kind == "softbreak":
                spans.append(Span(" ", **look))
            elif kind == "linebreak":
                spans.append(Span("\n", **look))
            elif kind == "codespan":
                spans.append(Span(unescape(token["raw"]), code=True, **look))
            elif children:
                spans += self._read_inline(children, **look)
            else:
                spans.append(Span(unescape(token.get("raw", "")), **look))
        joined: Text = []
        for span in spans:
            if joined and replace(joined[-1], text="") == replace(span, text=""):
                joined[-1].text += span.text
            else:
                joined.append(span)
        if not look:
            self._spans += [span for span in joined if span.link]
        return joined

    def _read_output(self, output: nbformat.NotebookNode, notebook: str) -> None:
        kept = output.get("metadata", {}).get(KEY, {})
        data = output.get("data", {})
        if output.output_type == "stream":
            if output.name == "stdout" and output.text.strip():  # warnings are for who runs the notebook
                self._add(Paragraph([Span(output.text.rstrip(), code=True)], fixed=True), notebook)
        elif "basis" in kept:
            self.basis = self.basis or self._read_paragraph(kept["basis"])
        elif "findings" in kept:
            said = [Said(**entry) for entry in kept["findings"]]
            self._places |= {(notebook, finding.key): self._here for finding in said}
            self._add(Findings(said), notebook)
        elif "cards" in kept:
            self._add(KeyFigures([Card(**entry) for entry in kept["cards"]]), notebook)
        elif "table" in kept:
            self._add(TableBlock(0, Grid.restore(kept["table"])), notebook)
        elif "image/png" in data:
            bare = Picture(self._heading, "", "", "", self._heading, "", [])
            picture = Picture.restore(kept["figure"]) if "figure" in kept else bare
            self._add(FigureBlock(0, picture, base64.b64decode(data["image/png"])), notebook)
        elif "notice" not in kept:
            self._read_foreign(data, notebook)

    def _read_foreign(self, data: dict[str, str], notebook: str) -> None:
        """What a cell shows by itself, without this package."""
        if "text/markdown" in data:
            self._read_markdown(data["text/markdown"], notebook)
        elif "text/html" in data and (grids := list(_read_html(data["text/html"], self._heading))):
            for grid in grids:
                self._add(TableBlock(0, grid), notebook)
        elif text := data.get("text/plain", "").strip():
            self._add(Paragraph([Span(text, code=True)], fixed=True), notebook)

    def _read_paragraph(self, source: str) -> Text:
        return [span for token in _parse(source) for span in self._read_inline(token.get("children", []))]


def _read_html(html: str, heading: str) -> Iterator[Grid]:
    """The tables in a piece of HTML, as pandas writes a frame: the first column are the row headers."""
    for table in lxml.html.fromstring(f"<div>{html}</div>").iter("table"):
        rows = [
            [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")]
            for row in table.iter("tr")
        ]
        if len(rows) > 1 and len({len(row) for row in rows}) == 1:
            caption = table.findtext("caption") or heading
            lines = [Line("", row[0], row[1:]) for row in rows[1:]]
            yield Grid(" ".join(caption.split()), rows[0], lines)


def _slug(text: str) -> str:
    """An id from a text: small letters without accents, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
