"""The template of rapport.docx, which users may replace: its styles, the room on a page, its headers."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import docx
from docx.oxml.ns import qn

from leercultuur.project import PROJECT, InputError
from leercultuur.report.model import Report
from leercultuur.report.writers.word.parts import EMU

TEMPLATE = PROJECT / "data" / "reference" / "sjabloon.docx"
STYLES = (
    *("Title", "Subtitle", "TOC Heading", "toc 1", "toc 2", "table of figures", "Normal", "Deeltitel"),
    *("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "Figuur", "Noot", "Melding"),
    *("List Bullet", "List Bullet 2", "List Number", "List Number 2", "Vaste tekst", "Code", "Hyperlink"),
    *("Tabeltekst", "Tabelkop", "Tabelgroep", "Quickscan tabel", "Quickscan kengetallen"),
    *("Wat zien we", "Wat zien we kop", "Wat zien we punt", "Kengetal", "Kengetal toelichting"),
)


class Template:
    """A document that begins as the template.

    Attributes
    ----------
    styles
        Name of a style -> its id.
    width, height
        Of the text on a page, in points.
    """

    def __init__(self) -> None:
        self.document = docx.Document(str(TEMPLATE))
        found = {style.name.lower(): style.style_id for style in self.document.styles}
        if missing := [name for name in STYLES if name.lower() not in found]:
            raise InputError(
                f"In data/reference/{TEMPLATE.name} ontbreken stijlen: {', '.join(missing)}. Neem ze over "
                "uit het sjabloon dat bij het werkboek hoort."
            )
        self.styles = {name: found[name.lower()] for name in STYLES}
        section = self.document.sections[0]
        self.width = (section.page_width - section.left_margin - section.right_margin) / EMU
        self.height = (section.page_height - section.top_margin - section.bottom_margin) / EMU

    def describe(self, report: Report) -> None:
        """Have the file say what it is, and every page that its data are made up, if they are."""
        properties = self.document.core_properties
        properties.title, properties.subject, properties.language = report.title, report.subject, "nl-NL"
        properties.comments = report.period
        properties.created = properties.modified = datetime.combine(report.last_day, time())
        for section in self.document.sections:
            margins = [(section.header, section.footer)]
            if self.document.settings.odd_and_even_pages_header_footer:
                margins.append((section.even_page_header, section.even_page_footer))
            for header, footer in margins:
                _fill_fields(header, report)
                _fill_fields(footer, report)
                if report.notice:
                    header.paragraphs[0].insert_paragraph_before(report.notice, style="Melding")

    def start_list(self, style: str) -> int:
        """The number of a list that begins at one, in the way of a style."""
        numbering = self.document.part.numbering_part.element
        own = self.document.styles.element.get_by_id(self.styles[style]).pPr.numPr.numId.val
        start = numbering.add_num(numbering.num_having_numId(own).abstractNumId.val)
        start.add_lvlOverride(ilvl=0).add_startOverride(1)
        return start.numId


def _fill_fields(margin: Any, report: Report) -> None:
    """The title and the period, where the template has a field for them."""
    code = ""
    for run in margin._element.iter(qn("w:instrText"), qn("w:t")):
        if run.tag == qn("w:instrText"):
            code = (run.text or "").strip()
        elif code in ("TITLE", "COMMENTS"):
            run.text = report.title if code == "TITLE" else report.period
            code = ""
