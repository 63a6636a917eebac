"""Run folder -> HTML pages that can be passed on: one per notebook, and an index in report order."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

import jinja2
import nbformat
from bs4 import BeautifulSoup
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html

from leercultuur.formatting import nl_number
from leercultuur.intake.respondents import read_metadata
from leercultuur.periods import read_period

TEMPLATES = Path(__file__).with_name("templates")
WORD = re.compile(r"^[^\d<−–]*[^\W\d_]{3}|^F\d")  # a word before any number, or ids of figures
HEADING = re.compile(r"^#{1,6}[ \t]+(.+?)[ \t#]*$", re.MULTILINE)


@dataclass(frozen=True)
class Page:
    """An executed notebook as the pages show it; ``intro`` and ``body`` are HTML."""

    stem: str
    title: str
    intro: str
    body: str
    tables: list[str]
    figures: list[str]


def render_run(run_dir: Path) -> None:
    """Write ``<notebook>.html`` for every executed notebook, and ``index.html``.

    Reads the run folder and nothing else. Code is hidden, images are embedded, nothing is loaded from
    elsewhere. Every page says so when the respondents are synthetic.
    """
    metadata = read_metadata(run_dir)
    counts = metadata["counts"]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals |= {
        "css": (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "synthetic": metadata["synthetic"],
        "period": str(read_period(metadata["start_date"], metadata["end_date"])),
        "analysed": nl_number(counts["analyse"]),
        "filled_in": nl_number(counts["ingevuld"]),
    }
    pages = [_read_page(path, run_dir) for path in sorted((run_dir / "notebooks").glob("*.ipynb"))]
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        html = environment.get_template("page.html.j2").render(page=page, before=before, after=after)
        _write(run_dir / f"{page.stem}.html", html)

    verification = run_dir / "data" / "verification.json"
    verdict = json.loads(verification.read_text(encoding="utf-8")) if verification.exists() else {}
    html = environment.get_template("index.html.j2").render(
        pages=pages,
        export=metadata["export"],
        verification=verdict.get("line", ""),
        compared=verdict.get("numbers", {}).get("equal", 0) > 0,
    )
    _write(run_dir / "index.html", html)


def find_headings(cell: nbformat.NotebookNode) -> list[str]:
    """Headings in a markdown cell, without markup; none in another cell."""
    if cell.cell_type != "markdown":
        return []
    return [re.sub(r"[*`]", "", text) for text in HEADING.findall(cell.source)]


def _read_page(path: Path, run_dir: Path) -> Page:
    notebook = nbformat.read(path, as_version=4)
    headings = [heading for cell in notebook.cells for heading in find_headings(cell)]
    text = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    paragraphs = [part for part in re.split(r"\n\s*\n", HEADING.sub("\n", text)) if part.strip()]
    return Page(
        stem=path.stem,
        title=headings[0] if headings else path.stem,
        intro=markdown2html(paragraphs[0]) if paragraphs else "",
        body=_render_body(notebook),
        tables=sorted(table.name for table in (run_dir / "tables").glob(f"{path.stem[:2]}_*.csv")),
        figures=sorted(figure.name for figure in (run_dir / "figures").glob(f"{path.stem[:2]}_*.png")),
    )


def _render_body(notebook: nbformat.NotebookNode) -> str:
    _describe_images(notebook)
    exporter = HTMLExporter(
        template_name="section",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input=True,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        anchor_link_text="",
    )
    body, _ = exporter.from_notebook_node(notebook)
    return _align_words(re.sub(r'href="(\d\d_\w+)\.ipynb', r'href="\1.html', body))


def _describe_images(notebook: nbformat.NotebookNode) -> None:
    """Give an image without a description the heading above it."""
    heading = "Figuur"
    for cell in notebook.cells:
        heading = next(reversed(find_headings(cell)), heading)
        for output in cell.get("outputs", []):
            for kind in output.get("data", {}):
                if kind.startswith("image/"):
                    output.metadata.setdefault(kind, nbformat.NotebookNode()).setdefault("alt", heading)


def _align_words(html: str) -> str:
    """Mark table columns that mostly hold words: these read from the left, numbers from the right."""
    soup = BeautifulSoup(html, "html.parser")
    for table in soup.find_all("table"):
        rows = [row.find_all(["th", "td"]) for row in table.find_all("tr")]
        for column in zip_longest(*rows):
            cells = [cell for cell in column if cell]
            values = [cell.get_text() for cell in cells if cell.name == "td" and cell.get_text(strip=True)]
            if sum(bool(WORD.search(value)) for value in values) * 2 > len(values):
                for cell in cells:
                    cell["class"] = "words"
    return str(soup)


def _write(path: Path, html: str) -> None:
    path.write_text(html, encoding="utf-8", newline="\n")
