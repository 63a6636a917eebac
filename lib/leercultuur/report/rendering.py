"""Run folder -> HTML pages that can be passed on: one per notebook, and an index in report order."""

from __future__ import annotations

import base64
import json
import re
import struct
from dataclasses import dataclass
from pathlib import Path

import jinja2
import nbformat
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import markdown2html

from leercultuur.formatting import nl_number
from leercultuur.intake.respondents import SYNTHETIC_NOTICE, read_metadata
from leercultuur.periods import read_period
from leercultuur.report.markup import arrange

TEMPLATES = Path(__file__).with_name("templates")
SUMMARY = "09_summary"  # made last, as it rests on the others; read first
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
    elsewhere. Every page says so, once, when the respondents are synthetic. The summary comes first.
    """
    metadata = read_metadata(run_dir)
    counts = metadata["counts"]
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.globals |= {
        "css": (TEMPLATES / "page.css").read_text(encoding="utf-8"),
        "notice": SYNTHETIC_NOTICE if metadata["synthetic"] else "",
        "period": str(read_period(metadata["start_date"], metadata["end_date"])),
        "analysed": nl_number(counts["analyse"]),
        "filled_in": nl_number(counts["ingevuld"]),
    }
    paths = sorted((run_dir / "notebooks").glob("*.ipynb"), key=lambda path: (path.stem != SUMMARY, path))
    pages = [_read_page(path, run_dir) for path in paths]
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        html = environment.get_template("page.html.j2").render(page=page, before=before, after=after)
        _write(run_dir / f"{page.stem}.html", html)

    verification = run_dir / "data" / "verification.json"
    verdict = json.loads(verification.read_text(encoding="utf-8")) if verification.exists() else {}
    html = environment.get_template("index.html.j2").render(
        pages=pages,
        summary=SUMMARY if any(page.stem == SUMMARY for page in pages) else "",
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
    _drop_notice(notebook)
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
    return arrange(re.sub(r'href="(\d\d_\w+)\.ipynb', r'href="\1.html', body))


def _drop_notice(notebook: nbformat.NotebookNode) -> None:
    """Leave out what a notebook shows of the notice: the page has it above everything."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [
                output
                for output in cell.outputs
                if output.get("data", {}).get("text/markdown", "").strip(" *_\n") != SYNTHETIC_NOTICE
            ]


def _describe_images(notebook: nbformat.NotebookNode) -> None:
    """Give an image without a description the heading above it, and every image its size, so that the page
    does not move when it is drawn."""
    heading = "Figuur"
    for cell in notebook.cells:
        heading = next(reversed(find_headings(cell)), heading)
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                width, height = struct.unpack(">II", base64.b64decode(png)[16:24])  # in the header of a PNG
                said = output.metadata.setdefault("image/png", nbformat.NotebookNode())
                said.update({"alt": said.get("alt") or heading, "width": width, "height": height})


def _write(path: Path, html: str) -> None:
    path.write_text(html, encoding="utf-8", newline="\n")
