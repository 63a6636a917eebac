"""Chapters as HTML: texts, findings, tables and figures, the same on a page and in one file."""

from __future__ import annotations

import csv
import io
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Iterable
from html import escape
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from markupsafe import Markup

from leercultuur.report.model import (
    FINDINGS,
    Block,
    Chapter,
    FigureBlock,
    Findings,
    Heading,
    KeyFigures,
    Listing,
    Paragraph,
    Span,
    TableBlock,
    Text,
)
from leercultuur.report.writers.html.grids import write_grid
from leercultuur.style.shown import Grid
from leercultuur.style.table import LINE, write_cell

SLIDE = "Schuif opzij voor de rest →"
SOURCE = re.compile(r"^(https?:|mailto:)", re.IGNORECASE)  # what a page may lead to outside the report


class BlockWriter:
    """Writes the chapters of one page: ids and names of regions are given once.

    Parameters
    ----------
    folder
        The run.
    address
        The id of a heading -> where it stands, seen from this page.
    top
        Level of the heading of a chapter.
    embed
        Whether what can be saved is in the page itself, or beside it in the run.
    """

    def __init__(
        self, folder: Path, address: Callable[[str], str], top: int = 1, embed: bool = False
    ) -> None:
        self.folder, self.address, self.top, self.embed = folder, address, top, embed
        self._names: Counter[str] = Counter()
        self._heading, self._level = "", top

    def write(self, chapter: Chapter) -> tuple[Markup, Markup]:
        """What stands in a chapter under its own heading: before the first section, and from there."""
        self._heading, self._level = chapter.title, self.top
        places = (place for place, block in enumerate(chapter.blocks) if isinstance(block, Heading))
        first = next(places, len(chapter.blocks))
        return self._join(chapter.blocks[:first]), self._join(chapter.blocks[first:])

    def write_text(self, text: Text) -> Markup:
        """Spans as HTML; a link over several of them is one."""
        parts = []
        for link, spans in groupby(text, key=lambda span: span.link):
            inner = "".join(map(_write_span, spans))
            to = self.address(link[1:]) if link.startswith("#") else link if SOURCE.match(link) else ""
            parts.append(f'<a href="{escape(to)}">{inner}</a>' if to else inner)
        return Markup("".join(parts))

    def _join(self, blocks: Iterable[Block]) -> Markup:
        return Markup("\n".join(map(self._write_block, blocks)))

    def _write_block(self, block: Block) -> str:
        match block:
            case Heading():
                return self._write_heading(block)
            case Paragraph(text, fixed=True):
                return f"<pre>{escape(''.join(span.text for span in text))}</pre>"
            case Paragraph(text):
                return f"<p>{self.write_text(text)}</p>"
            case Listing():
                return self._write_list(block)
            case Findings():
                return self._write_findings(block)
            case KeyFigures(cards):
                parts = []
                for card in cards:
                    beside = f"<span>{escape(card.beside)}</span>" if card.beside else ""
                    parts.append(
                        f"<div><dt>{escape(card.label)}</dt><dd>{escape(card.value)}{beside}</dd></div>"
                    )
                return f'<dl class="kerncijfers">{"".join(parts)}</dl>'
            case TableBlock():
                return self._write_table(block)
            case FigureBlock():
                return self._write_figure(block)

    def _write_heading(self, heading: Heading) -> str:
        # A level is never left out, whatever stands in the notebook.
        self._heading, self._level = (
            heading.text,
            min(heading.level + self.top - 1, self._level + 1, 6),
        )
        return f'<h{self._level} id="{heading.id}">{escape(heading.text)}</h{self._level}>'

    def _write_list(self, listing: Listing) -> str:
        tag = "ol" if listing.ordered else "ul"
        items = [
            f"<li>{self.write_text(text)}{''.join(map(self._write_list, below))}</li>"
            for text, below in listing.items
        ]
        return f"<{tag}>\n" + "\n".join(items) + f"\n</{tag}>"

    def _write_findings(self, findings: Findings) -> str:
        name = self._name_once(f"{FINDINGS} {self._heading}")
        said = [escape(finding.text) for finding in findings.said]
        listed = "<ul>\n" + "\n".join(f"<li>{text}</li>" for text in said) + "\n</ul>"
        below = f"<p>{said[0]}</p>" if len(said) == 1 else listed
        return (
            f'<section class="findings" aria-label="{escape(name)}">\n'
            f"<p><strong>{FINDINGS}</strong></p>\n{below}\n</section>"
        )

    def _write_table(self, block: TableBlock) -> str:
        grid = block.grid
        caption = f"<b>{block.label}.</b> {write_cell(grid.caption)}"
        plain = write_cell(f"{block.label}. {grid.caption}")
        note = f'\n<p class="note">{write_cell(grid.note)}</p>' if grid.note else ""
        rows, screen = write_grid(grid, "", plain) if grid.folded else write_grid(grid, caption)
        if screen:
            hint = f'<span class="hint" tabindex="0">{SLIDE}</span>'
            rows = self._let_scroll(rows, f"{block.label}. {grid.caption}", screen, hint)
        below = f"{note}{_write_wordings(grid)}\n{self._offer_table(block)}"
        if grid.folded:
            above = f'<details class="table" id="{block.id}">\n<summary>{caption}</summary>'
            return f"{above}\n{rows}{below}\n</details>"
        return f'<div class="table" id="{block.id}">\n{rows}{below}\n</div>'

    def _write_figure(self, block: FigureBlock) -> str:
        picture = block.picture
        width, height = block.size
        image = (
            f'<img alt="{escape(picture.alt)}" width="{width}" height="{height}" '
            f'src="{_embed("image/png", block.png)}">'
        )
        caption = f"{block.label}. {picture.topic}" if picture.topic else block.label
        # What can be ticked says by itself how to go back.
        hint = f'<label class="hint"><input type="checkbox"> Vergroot {block.label.lower()}</label>'
        shown = self._let_scroll(image, caption, "phone", hint)
        written = (
            f"<b>{block.label}.</b> {escape(picture.topic)}" if picture.topic else f"<b>{block.label}</b>"
        )
        return (
            f'<figure id="{block.id}">\n{shown}\n<figcaption>{written}</figcaption>\n'
            f"{self._offer_figure(block)}\n</figure>"
        )

    def _let_scroll(self, part: str, name: str, screen: str, hint: str) -> str:
        """Put a part in a region that scrolls; ``screen`` is the largest on which it has to. The
        hint above it can be reached with a keyboard."""
        label = escape(self._name_once(name))
        return f'<div class="wide {screen}" role="region" aria-label="{label}">{hint}\n{part}</div>'

    def _name_once(self, name: str) -> str:
        """A name that no other region of this page has: a number stands after what is there already."""
        self._names[name] += 1
        return f"{name} ({self._names[name]})" if self._names[name] > 1 else name

    def _offer_table(self, block: TableBlock) -> str:
        file = block.grid.file
        path = self.folder / "tables" / f"{file}.csv"
        name = f"{_name_file(block.id, file)}.csv"
        if file and not self.embed:
            return _offer(f"tables/{quote(path.name)}", name, f"{block.label} als csv")
        content = path.read_bytes() if file and path.is_file() else _write_csv(block.grid)
        return _offer(_embed("text/csv", content), name, f"{block.label} als csv")

    def _offer_figure(self, block: FigureBlock) -> str:
        file = block.picture.file
        name = f"{_name_file(block.id, file)}.png"
        if file and not self.embed:
            return _offer(f"figures/{quote(file)}.png", name, f"{block.label} als png")
        return _offer(_embed("image/png", block.png), name, f"{block.label} als png")


def _write_span(span: Span) -> str:
    html = escape(span.text).replace("\n", "<br>")
    for asked, tag in ((span.code, "code"), (span.italic, "em"), (span.bold, "strong")):
        html = f"<{tag}>{html}</{tag}>" if asked else html
    return html


def _write_wordings(grid: Grid) -> str:
    """The questions that rows are short for, each once, closed; without those that the table itself has."""
    said = {line.label: line.wording for line in grid.lines if line.wording not in ("", *line.cells)}
    if not said:
        return ""
    listed = "\n".join(
        f"<div><dt>{write_cell(name)}</dt><dd>{write_cell(text)}</dd></div>" for name, text in said.items()
    )
    above = '\n<details class="wordings">\n<summary>Vragen voluit</summary>\n'
    return f"{above}<dl>\n{listed}\n</dl>\n</details>"


def _name_file(number: str, file: str) -> str:
    """What a file is called when it is saved: its number in the report, and its name in the run."""
    return f"{number}-{file}" if file else number


def _offer(href: str, name: str, said: str) -> str:
    """A link that saves a file: one beside the page, or one that is in it, under this name."""
    return f'<p class="save"><a download="{escape(name)}" href="{escape(href)}">{said}</a></p>'


def _embed(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"


def _write_csv(grid: Grid) -> bytes:
    """A table as it is shown: with a column for the headings of groups, where it has these."""
    grouped = any(line.group for line in grid.lines)
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow([*([""] if grouped else []), *grid.headings])
    for line in grid.lines:
        cells = [*([line.group] if grouped else []), line.label, *line.cells]
        rows.writerow([cell.replace(LINE, " ") for cell in cells])
    return text.getvalue().encode()
