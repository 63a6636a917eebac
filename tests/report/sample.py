"""A report made by hand: two notebooks, one of them with two chapters, of everything that can stand in it."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from fakes import PNG

from leercultuur.report.model import (
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
)
from leercultuur.style.shown import BARS, Card, Drawing, Grid, Line, Picture, Series

NOTICE = "Dit zijn geen echte gegevens."
GRID = Grid(
    "Rol (n = 12)",
    ["Antwoord", "%", "95%-interval"],
    [Line("", "HR", ["75,0%", "50,5 tot 90,0"]), Line("", "Anders", ["25,0%", "10,0 tot 49,5"])],
    note="Op een schaal van 1 tot 5.",
    file="02_rol",
)
DRAWING = Drawing(BARS, ["HR", "Anders"], [Series("%", [75.0, 25.0], ["#1B5E93"])], 1, True)
PICTURE = Picture("Rol", "Meest voorkomende rol: HR", "n = 12", "", 'Staven: "HR" 75%', "02_rol", [DRAWING])
CARDS = KeyFigures([Card("Vragenlijsten", "12"), Card("Hoogste <kenmerk>", "3,39", "Leerrijke taken")])


def say(*texts: str) -> Findings:
    """Findings of these sentences."""
    return Findings([Said(f"sleutel.{n}", "aantoonbaar", text, text) for n, text in enumerate(texts)])


def make_table(number: int = 1, **fields: Any) -> TableBlock:
    return TableBlock(number, replace(GRID, **fields))


def make_figure(number: int = 1, **fields: Any) -> FigureBlock:
    return FigureBlock(number, replace(PICTURE, **fields), base64.b64decode(PNG))


def make_sample(folder: Path, *chapters: Chapter, **fields: Any) -> Report:
    """The report, with these chapters where they are given; ``fields`` are of ``Report``."""
    values: dict[str, Any] = {
        "title": "Proef & co",
        "subject": "Leren in het klein",
        "period": "1 januari 2025 t/m 30 juni 2025",
        "last_day": date(2025, 6, 30),
        "notice": NOTICE,
        "basis": [Span("Basis: "), Span("12 vragenlijsten", bold=True)],
        "export": "export.csv",
        "filled_in": 1455,
        "analysed": 1403,
        "verification": "",
        "compared": False,
        "chapters": list(chapters) or _chapters(),
        "folder": folder,
    }
    return Report(**values | fields)


def _chapters() -> list[Chapter]:
    link = Span("het vervolg", link="#rollen")
    return [
        Chapter("kort", "Kort", 0, "samenvatting", "09_summary", [
            Paragraph([Span("Wat "), Span("hier", bold=True), Span(" staat; zie "), link, Span(".")]),
            Heading(2, "In het kort", "in-het-kort"),
            CARDS,
            Listing(True, [([Span("Eerst")], [Listing(False, [([Span("dan")], [])])])]),
        ]),
        Chapter("wie", "Wie & wat?", 1, "", "02_who", [
            Paragraph([Span("Wie zijn de invullers?")]),
            Heading(2, "Rollen", "rollen"),
            say("De meesten zijn HR.", "Weinig anderen."),
            make_figure(),
            make_table(1, folded=True),
            Heading(2, "Sectoren", "sectoren"),
            say("Alles door elkaar."),
            make_table(2, caption="Sector", file="", folded=False),
            Heading(3, "Naar grootte", "naar-grootte"),
            Paragraph([Span("x  <y>\nz", code=True)], fixed=True),
        ]),
        Chapter("hoe", "Hoe?", 0, "bijlage", "02_who", [Heading(2, "Gerekend", "gerekend")]),
    ]  # fmt: skip
