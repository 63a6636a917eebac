"""rapport.docx: on a template of users, with headings, captions and fields as Word makes them."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import count

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml

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
    Report,
    Span,
    TableBlock,
    Text,
)
from leercultuur.report.writers.archive import settle
from leercultuur.report.writers.columns import SIZES, measure_columns
from leercultuur.report.writers.keeping import Kept, Page, keep
from leercultuur.report.writers.order import BACK, BACK_ID, Pointer, arrange, follow, list_facts, list_places
from leercultuur.report.writers.word import parts
from leercultuur.report.writers.word.template import Template
from leercultuur.style.shown import Card

NARROWER = 1.12  # the typeface of the template, than the one that columns are measured in
ACROSS = 3  # key figures beside each other
SAME_PAGE, NEXT = '<w:pageBreakBefore w:val="0"/>', "<w:keepNext/>"
RENEW = "Paginanummers verschijnen als een lijst wordt bijgewerkt: klik erop en druk op F9."
NOT_LISTED = '<w:outlineLvl w:val="9"/>'  # a heading that is in no contents
TABLE, TABLE_BEHIND, FIGURE = "Tabel", "Tabel_achterin", "Figuur"  # what Word counts, and lists, apart


def write_docx(report: Report) -> bytes:
    """The report as a Word document."""
    writer = _Writer(report)
    writer.write()
    saved = io.BytesIO()
    writer.template.document.save(saved)
    return settle(saved.getvalue())


class _Writer:
    """Writes the body of a document, from the first page to the last."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.template = Template()
        self.styles = self.template.styles
        self.arranged = arrange(report)
        self.places = list_places(chapter for _, chapter in self.arranged)
        titles = [f"deel:{chapter.id}" for part, chapter in self.arranged if part]
        self.marks = {place: f"_plaats{number}" for number, place in enumerate([*self.places, *titles], 1)}
        self.numbers = count(1)  # of bookmarks
        self.labels = {f"#{table.id}": table.label for table in report.tables()}
        self.counted = dict.fromkeys((TABLE, TABLE_BEHIND, FIGURE), 0)  # as Word counts captions
        self.behind = False  # in the chapter of tables at the end
        self.body: list[str] = []

    def write(self) -> None:
        """Fill the document."""
        self.template.describe(self.report)
        self._write_title_page()
        self._write_lists()
        for part, chapter in self.arranged:
            self._write_chapter(part, chapter)
        body = self.template.document.element.body
        for element in list(body)[:-1]:  # the last says how pages are
            body.remove(element)
        for element in list(parse_xml(f"<w:body {parts.NAMESPACES}>{''.join(self.body)}</w:body>")):
            body[-1].addprevious(element)

    def _add(self, style: str, content: str, properties: str = "") -> None:
        self.body.append(parts.write_paragraph(self.styles[style], content, properties))

    def _write_title_page(self) -> None:
        report = self.report
        self._add("Title", parts.write_run(report.title))
        self._add("Subtitle", parts.write_run(report.subject))
        self._add("Normal", parts.write_run(report.period), '<w:spacing w:after="600"/>')
        if report.notice:
            self._add("Melding", parts.write_run(report.notice), '<w:spacing w:after="360"/>')
        hanging = '<w:tabs><w:tab w:val="left" w:pos="2552"/></w:tabs><w:ind w:left="2552" w:hanging="2552"/>'
        for name, value in list_facts(report):
            content = f"{parts.write_run(name)}<w:r><w:tab/></w:r>{parts.write_run(value)}"
            self._add("Normal", content, hanging)
        if report.basis:
            self._add("Normal", self._write_text(report.basis), '<w:spacing w:before="360"/>')

    def _write_lists(self) -> None:
        """Contents, tables and figures, each a field that shows what Word would make of it."""
        contents = []
        tables: dict[bool, list[tuple[str, str, str]]] = {False: [], True: []}
        for part, chapter in self.arranged:
            contents += [("toc 1", f"deel:{chapter.id}", part)] if part else []
            contents.append(("toc 1", chapter.id, chapter.heading))
            for block in chapter.blocks:
                if isinstance(block, Heading) and block.level == 2:
                    contents.append(("toc 2", block.id, block.text))
                elif isinstance(block, TableBlock):
                    entry = ("table of figures", block.id, f"{block.label}. {block.grid.caption}")
                    tables[chapter.id == BACK_ID].append(entry)
        figures = [
            ("table of figures", block.id, f"{block.label}. {block.picture.topic}")
            for block in self.report.figures()
        ]
        self._write_list("Inhoud", r'TOC \o "1-2" \h \z \u', contents, said=RENEW)
        self._write_list("Tabellen", rf'TOC \h \z \c "{TABLE}"', tables[False])
        self._write_list(BACK, rf'TOC \h \z \c "{TABLE_BEHIND}"', tables[True], "Heading 3")
        self._write_list("Figuren", rf'TOC \h \z \c "{FIGURE}"', figures)

    def _write_list(
        self, title: str, code: str, entries: list[tuple[str, str, str]],
        style: str = "TOC Heading", said: str = "",
    ) -> None:  # fmt: skip
        """A list without page numbers, which only Word knows: it fills them in when it prints or renews."""
        if not entries:
            return
        self._add(style, parts.write_run(title), NOT_LISTED)
        start = parts.open_field(code)
        if said:
            self._add("Noot", start + parts.write_run(said))
            start = ""
        room = self.template.width * parts.TWIPS
        no_dots = f'<w:tabs><w:tab w:val="right" w:leader="none" w:pos="{room:.0f}"/></w:tabs>'
        for place, (look, mark, text) in enumerate(entries, start=1):
            number = parts.write_field(rf"PAGEREF {self.marks[mark]} \h", "")
            link = parts.write_link(self.marks[mark], parts.write_run(text) + "<w:r><w:tab/></w:r>" + number)
            end = parts.close_field() if place == len(entries) else ""
            self._add(look, (start if place == 1 else "") + link + end, no_dots)

    def _write_chapter(self, part: str, chapter: Chapter) -> None:
        if part:
            self._add("Deeltitel", self._mark(f"deel:{chapter.id}", parts.write_run(part)))
        self._add(
            "Heading 1", self._mark(chapter.id, parts.write_run(chapter.heading)), SAME_PAGE if part else ""
        )
        self.behind = chapter.id == BACK_ID
        for kept in keep(chapter.blocks, Page(self.template.width, self.template.height)):
            self._write_block(kept.block, kept)

    def _write_block(self, block: Block, kept: Kept) -> None:
        if isinstance(block, Heading):
            style = f"Heading {min(block.level, 4)}"
            self._add(style, self._mark(block.id, parts.write_run(block.text)))
        elif isinstance(block, Pointer):
            self._add("Noot", self._write_text(block.text))
        elif isinstance(block, Paragraph):
            text = [replace(span, code=False) for span in block.text] if block.fixed else block.text
            style = "Vaste tekst" if block.fixed else "Normal"
            self._add(style, self._write_text(text), NEXT if kept.stays else "")
        elif isinstance(block, Listing):
            self._write_listing(block)
        elif isinstance(block, Findings):
            self._write_findings(block, kept.stays)
        elif isinstance(block, KeyFigures):
            self._write_cards(block.cards)
        elif isinstance(block, TableBlock):
            self._write_table(block)
        else:
            self._write_figure(block, kept)

    def _mark(self, place: str, content: str) -> str:
        return parts.write_bookmark(self.marks[place], next(self.numbers), content)

    def _write_text(self, text: Text) -> str:
        return "".join(self._write_span(span) for span in text)

    def _write_span(self, span: Span) -> str:
        link = follow(span.link, self.places)
        style = "Hyperlink" if link else "Code" if span.code else ""
        look = f'<w:rStyle w:val="{self.styles[style]}"/>' if style else ""
        look += ("<w:b/><w:bCs/>" if span.bold else "") + ("<w:i/><w:iCs/>" if span.italic else "")
        run = parts.write_run(span.text, look)
        if not link:
            return run
        if not link.startswith("#"):
            part = self.template.document.part
            relation = part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            return f'<w:hyperlink r:id="{relation}" w:history="1">{run}</w:hyperlink>'
        mark = self.marks[link[1:]]
        if span.text == self.labels.get(link):  # it changes when the caption does
            return parts.write_field(rf"REF {mark} \h", span.text, look)
        return parts.write_link(mark, run)

    def _write_listing(self, listing: Listing, level: int = 0, number: int = 0) -> None:
        style = "List Number" if listing.ordered else "List Bullet"
        if listing.ordered and not number:
            number = self.template.start_list(style)
        for text, below in listing.items:
            numbered = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
            content = self._write_text(text)
            self._add(style if not level else f"{style} 2", content, numbered if listing.ordered else "")
            for each in below:
                self._write_listing(each, 1, number if each.ordered and listing.ordered else 0)

    def _write_findings(self, findings: Findings, stays: bool) -> None:
        self._add("Wat zien we kop", parts.write_run(FINDINGS))
        style = "Wat zien we" if len(findings.said) == 1 else "Wat zien we punt"
        for said in findings.said:
            last = said is findings.said[-1]
            look = (NEXT if stays or not last else "") + ('<w:spacing w:after="200"/>' if last else "")
            self._add(style, parts.write_run(said.text), look)

    def _write_cards(self, cards: list[Card]) -> None:
        width = round(self.template.width * parts.TWIPS / ACROSS)
        rows = []
        for start in range(0, len(cards), ACROSS):
            cells = ""
            for card in cards[start : start + ACROSS]:
                texts = [("Kengetal toelichting", card.label), ("Kengetal", card.value)]
                texts += [("Kengetal toelichting", card.beside)] if card.beside else []
                inside = [parts.write_paragraph(self.styles[style], parts.write_run(t)) for style, t in texts]
                cells += f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(inside)}</w:tc>'
            rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
        widths = [width] * min(ACROSS, len(cards))
        start_of = parts.open_table("Quickscan kengetallen", widths, self.styles, "Kengetallen", "")
        self.body.append(f"{start_of}{''.join(rows)}</w:tbl>")
        self._add("Noot", "")  # a table does not touch what follows

    def _write_caption(self, count: str, block: TableBlock | FigureBlock, text: str, look: str = "") -> None:
        """A caption that keeps its number when Word counts anew: where it does not follow, it says so."""
        follows = block.number == self.counted[count] + 1
        self.counted[count] = block.number
        code = rf"SEQ {count} \* ARABIC" + ("" if follows else rf" \r {block.number}")
        bold = "<w:b/><w:bCs/>"
        kind = block.label.split()[0]
        label = parts.write_run(f"{kind} ", bold) + parts.write_field(code, str(block.number), bold)
        self._add("Caption", self._mark(block.id, label) + parts.write_run(f". {text}"), look)

    def _write_table(self, block: TableBlock) -> None:
        grid = block.grid
        counter = TABLE_BEHIND if self.behind else TABLE
        self._write_caption(counter, block, grid.caption, NEXT)
        columns = measure_columns(grid, self.template.width * NARROWER)
        kept = parts.keep_rows(grid, columns)
        columns = replace(columns, widths=[width / NARROWER for width in columns.widths])
        size = None if columns.size == SIZES[0] else columns.size
        self.body.append(parts.write_grid(grid, columns, block.label, self.styles, kept, size))
        self._add("Noot", parts.write_run(grid.note) if grid.note else "")

    def _write_figure(self, block: FigureBlock, kept: Kept) -> None:
        relation, _ = self.template.document.part.get_or_add_image(io.BytesIO(block.png))
        picture = block.picture
        image = parts.write_image(relation, block.number, picture.topic, picture.alt, *kept.size)
        self._add("Figuur", image)
        self._write_caption(FIGURE, block, picture.topic, NEXT if kept.stays else "")
