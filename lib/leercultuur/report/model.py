"""The report as data: chapters of texts, findings, tables and figures, in the order in which they are read.

``reading`` makes it from a run folder; every format is a writer of it, and knows nothing else.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from leercultuur.formatting import nl_number
from leercultuur.style.shown import Card, Grid, Picture

FINDINGS = "Wat zien we?"  # what stands above findings


@dataclass
class Span:
    """A stretch of text in one type; ``link`` is "", ``#`` with the id of a heading, or an address."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


Text = list[Span]


@dataclass(frozen=True)
class Heading:
    """Of a section (level 2) or of part of one (3 and more); its id is unique in the report."""

    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; ``fixed`` where line ends and spaces count, as in what a cell printed."""

    text: Text
    fixed: bool = False


@dataclass(frozen=True)
class Listing:
    """A list: of each item its text, and what stands below it (none, or lists)."""

    ordered: bool
    items: list[tuple[Text, list[Listing]]]


@dataclass(frozen=True)
class Said:
    """A finding: its key, how strong it is, its sentence and that in a few words."""

    key: str
    strength: str
    text: str
    title: str


@dataclass(frozen=True)
class Findings:
    """What is to be seen, in sentences."""

    said: list[Said]


@dataclass(frozen=True)
class KeyFigures:
    """Key figures beside each other."""

    cards: list[Card]


@dataclass(frozen=True)
class TableBlock:
    """A table, with its number in the report; it has rows."""

    number: int
    grid: Grid

    @property
    def label(self) -> str:
        """``Tabel 12``."""
        return f"Tabel {self.number}"

    @property
    def id(self) -> str:
        """``tabel-12``."""
        return f"tabel-{self.number}"


@dataclass(frozen=True)
class FigureBlock:
    """A figure, with its number in the report, and as an image."""

    number: int
    picture: Picture
    png: bytes

    @property
    def label(self) -> str:
        """``Figuur 3``."""
        return f"Figuur {self.number}"

    @property
    def id(self) -> str:
        """``figuur-3``."""
        return f"figuur-{self.number}"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the image, in pixels, from the header of a PNG."""
        width, height = struct.unpack(">II", self.png[16:24])
        return width, height


Block = Heading | Paragraph | Listing | Findings | KeyFigures | TableBlock | FigureBlock


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, up to the next; the first of a chapter has none."""

    heading: Heading | None
    blocks: list[Block]


@dataclass
class Chapter:
    """A chapter.

    Attributes
    ----------
    id
        Unique in the report, as those of headings are.
    title
        Without its number.
    number
        In the report; 0 for what comes before and after its body.
    part
        Key of ``reading.PARTS``.
    notebook
        Which one it comes from: its name, without suffix.
    blocks
        In order.
    """

    id: str
    title: str
    number: int
    part: str
    notebook: str
    blocks: list[Block] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """Its title, with its number where it has one."""
        return f"{self.number}. {self.title}" if self.number else self.title

    def sections(self) -> Iterator[Section]:
        """Its blocks, by the heading that they stand under."""
        heading: Heading | None = None
        under: list[Block] = []
        for block in self.blocks:
            if not isinstance(block, Heading):
                under.append(block)
                continue
            if heading or under:
                yield Section(heading, under)
            heading, under = block, []
        if heading or under:
            yield Section(heading, under)


@dataclass(frozen=True)
class Report:
    """The whole report.

    Attributes
    ----------
    title, subject
        Of the report.
    period
        As it reads; ``last_day`` is its end, and the date of every file: no moment in time stands in them.
    notice
        What every page, slide and sheet says of data that are made up; "" for real ones.
    basis
        What every chapter is about.
    export
        Name of the file.
    filled_in, analysed
        Questionnaires in the period (None when it would tell how few were left out), and of these the ones
        that count.
    verification
        How many printed figures come out; "" when there is nothing to compare with.
    compared
        Whether any figure could be compared.
    chapters
        In the order of reading.
    folder
        The run.
    """

    title: str
    subject: str
    period: str
    last_day: date
    notice: str
    basis: Text
    export: str
    filled_in: int | None
    analysed: int
    verification: str
    compared: bool
    chapters: list[Chapter]
    folder: Path

    @property
    def counted(self) -> str:
        """How many questionnaires count, and of how many that is: ``1.403 meegeteld, van 1.455 ingevuld``."""
        of = "" if self.filled_in is None else f", van {nl_number(self.filled_in)} ingevuld"
        return f"{nl_number(self.analysed)} meegeteld{of}"

    def tables(self) -> Iterator[TableBlock]:
        """All tables, in order."""
        return (
            block for chapter in self.chapters for block in chapter.blocks if isinstance(block, TableBlock)
        )

    def figures(self) -> Iterator[FigureBlock]:
        """All figures, in order."""
        return (
            block for chapter in self.chapters for block in chapter.blocks if isinstance(block, FigureBlock)
        )
