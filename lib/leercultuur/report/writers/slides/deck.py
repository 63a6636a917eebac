"""The presentation as a template gives it: its layouts, its placeholders, and the texts that fill them."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from leercultuur.project import PROJECT, InputError
from leercultuur.report.writers.order import follow
from leercultuur.report.writers.slides.texts import ABOVE, INDENT, Item, fit_title
from leercultuur.style.palette import BAND, INK, SOFT

TEMPLATE = PROJECT / "data" / "reference" / "sjabloon.pptx"
# Type of a layout -> what it is called in PowerPoint, in Dutch and in English.
LAYOUTS = {
    "title": ("Titeldia", "Title Slide"),
    "secHead": ("Sectiekop", "Section Header"),
    "obj": ("Titel en object", "Title and Content"),
    "titleOnly": ("Alleen titel", "Title Only"),
}
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
MARGINAL = (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE)
CONTENT = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)
RESTORE = "in PowerPoint (Beeld, Diamodel), of zet de meegeleverde sjabloon terug."
QUESTION = 13  # index of the placeholder above a title, which a template may do without
EMU = 914400  # an inch


class Deck:
    """A presentation without slides, in the layouts of a template.

    Attributes
    ----------
    box
        Where the content of a slide stands: left, top, width and height, in inches.
    """

    def __init__(self, template: Path, footer: str, notice: str) -> None:
        self.file, self.footer, self.notice = template, footer, notice
        try:
            self.presentation = Presentation(str(template))
        except Exception:
            text = f"{template.name} is niet te openen. Bewaar de sjabloon in PowerPoint als .pptx."
            raise InputError(text) from None
        for slide in list(self.presentation.slides._sldIdLst):  # examples in a template
            self.presentation.part.drop_rel(slide.rId)
            self.presentation.slides._sldIdLst.remove(slide)
        self.layouts = {kind: self._find_layout(kind) for kind in LAYOUTS}
        content = self._find(self.layouts["obj"], self._content_type, "een vak voor inhoud")
        self.box = tuple(
            round(v / EMU, 4) for v in (content.left, content.top, content.width, content.height)
        )
        self._content = content.placeholder_format.idx

    _content_type = (PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.BODY)

    def _find_layout(self, kind: str) -> Any:
        """By its type, else by its name."""
        layouts = list(self.presentation.slide_layouts)
        for layout in [one for one in layouts if one._element.get("type") == kind] + [
            one for one in layouts if one.name in LAYOUTS[kind]
        ]:
            self._find(layout, TITLES, "een titel")
            return layout
        raise InputError(f'{self.file.name} heeft geen indeling "{LAYOUTS[kind][0]}". Voeg die toe {RESTORE}')

    def _find(self, layout: Any, kinds: Sequence[Any], what: str) -> Any:
        for holder in layout.placeholders:
            if holder.placeholder_format.type in kinds and holder.placeholder_format.idx != QUESTION:
                return holder
        where = f'In {self.file.name} mist de indeling "{layout.name}" {what}.'
        raise InputError(f"{where} Voeg dat toe {RESTORE}")

    def add(self, kind: str, title: str, question: str, notes: Sequence[str]) -> Any:
        """A slide with its title, what stands above it, its footer and its notes."""
        title = " ".join(title.split()) or "–"
        layout = self.layouts[kind]
        slide = self.presentation.slides.add_slide(layout)
        heading = slide.shapes.title
        heading.text_frame.text = title
        if kind in ("obj", "titleOnly"):
            size = fit_title(title, heading.width / EMU)
            heading.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        above = next((h for h in slide.placeholders if h.placeholder_format.idx == QUESTION), None)
        if above is not None and question:
            above.text_frame.text = question
        elif above is not None:
            above._element.getparent().remove(above._element)
        self._add_footer(slide, layout)
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)
        return slide

    def write(self, slide: Any, items: Sequence[Item], size: float | None) -> None:
        """Fill the first placeholder for texts, or take it away when there are none."""
        for holder in slide.placeholders:
            form = holder.placeholder_format
            if form.type not in (*TITLES, *MARGINAL) and form.idx != QUESTION:
                if items:
                    write_items(holder, items, size)
                else:
                    holder._element.getparent().remove(holder._element)
                return

    def _add_footer(self, slide: Any, layout: Any) -> None:
        """What every slide says below, and its number: layouts have these, slides get a copy. The notice is
        on every slide, whatever the template."""
        kinds = {PP_PLACEHOLDER.FOOTER: self.notice or self.footer, PP_PLACEHOLDER.SLIDE_NUMBER: None}
        found = set()
        for holder in layout.placeholders:
            kind = holder.placeholder_format.type
            if kind not in kinds:
                continue
            found.add(kind)
            copied = copy.deepcopy(holder._element)
            slide.shapes._spTree.append(copied)
            copied.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in slide.shapes) + 1))
            if kind == PP_PLACEHOLDER.FOOTER:
                own = slide.shapes[-1]
                own.text_frame.text = kinds[kind]
                if self.notice:
                    self._mark(own)
        if self.notice and PP_PLACEHOLDER.FOOTER not in found:
            page = self.presentation
            left, width = Inches(0.4), page.slide_width - Inches(0.8)
            own = slide.shapes.add_textbox(left, page.slide_height - Inches(0.36), width, Inches(0.3))
            own.text_frame.text = self.notice
            self._mark(own)

    def _mark(self, shape: Any) -> None:
        """Let the notice be seen on a page of whatever colour."""
        shape.name = "Let op"
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour(BAND)
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = Inches(0.08)
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.color.rgb = Pt(10), colour(INK)

    def save(self, target: Any, title: str, subject: str, day: date) -> None:
        """Write it, with properties that are the same each time and everything in Dutch."""
        properties = self.presentation.core_properties
        moment = datetime(day.year, day.month, day.day)
        properties.title, properties.subject, properties.author = title, subject, title
        properties.last_modified_by, properties.revision, properties.language = title, 1, "nl-NL"
        properties.created = properties.modified = properties.last_printed = moment
        properties.comments = properties.keywords = properties.category = ""
        for slide in self.presentation.slides:
            _speak_dutch(slide._element)
            _speak_dutch(slide.notes_slide._element)
        self.presentation.save(target)


def write_items(holder: Any, items: Sequence[Item], size: float | None) -> None:
    """Fill a placeholder with a list; without a size as its layout has it, without marks."""
    frame = holder.text_frame
    for place, item in enumerate(items):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        if size is not None:
            _mark_item(paragraph, item)
        for span in item.text:
            for part, text in enumerate(span.text.split("\n")):
                if part:
                    paragraph.add_line_break()
                run = paragraph.add_run()
                run.text = text
                if size is not None:
                    run.font.size = Pt(item.size(size))
                if span.bold or span.italic:
                    run.font.bold, run.font.italic = span.bold or None, span.italic or None
                if (to := follow(span.link, ())) and part == 0:
                    run.hyperlink.address = to


def _mark_item(paragraph: Any, item: Item) -> None:
    properties = paragraph._p.get_or_add_pPr()
    left = round(INDENT * (item.level + 1) * EMU)
    properties.set("marL", str(left if item.mark else 0))
    properties.set("indent", str(-round(INDENT * EMU) if item.mark else 0))
    if item.level:
        properties.set("lvl", str(item.level))
    space = etree.SubElement(properties, qn("a:spcBef"))
    etree.SubElement(space, qn("a:spcPts"), val=str(100 * ABOVE[min(item.level, 1)]))
    if not item.mark:
        etree.SubElement(properties, qn("a:buNone"))
    elif item.mark.endswith("."):
        etree.SubElement(properties, qn("a:buFont"), typeface="+mj-lt")
        etree.SubElement(properties, qn("a:buAutoNum"), type="arabicPeriod", startAt=item.mark[:-1])
    else:
        etree.SubElement(properties, qn("a:buFont"), typeface="Arial")
        etree.SubElement(properties, qn("a:buChar"), char=item.mark)


def add_caption(slide: Any, text: str, box: tuple[float, float, float, float]) -> None:
    """A small text at the bottom of a box (inches)."""
    shape = slide.shapes.add_textbox(*(Inches(value) for value in box))
    shape.name = "Bijschrift"
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame._txBody.bodyPr.set("anchor", "b")
    run = frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.color.rgb = text, Pt(11), colour(SOFT)


def describe_frame(frame: Any, name: str, alt: str) -> None:
    """Name a chart, table or picture, and say what is to be seen in it."""
    properties = frame._element.xpath(".//p:cNvPr")[0]
    properties.set("title", name)
    properties.set("descr", alt)


def colour(code: str) -> RGBColor:
    """A colour, ``#RRGGBB``, as python-pptx has it."""
    return RGBColor.from_string(code.lstrip("#"))


def _speak_dutch(root: Any) -> None:
    """Every run of text is Dutch, for who spells and who reads aloud."""
    for run in root.iter(qn("a:r"), qn("a:fld"), qn("a:br")):
        properties = run.find(qn("a:rPr"))
        if properties is None:
            properties = etree.Element(qn("a:rPr"))
            run.insert(0, properties)
        properties.set("lang", "nl-NL")
    for end in root.iter(qn("a:endParaRPr")):
        end.set("lang", "nl-NL")
