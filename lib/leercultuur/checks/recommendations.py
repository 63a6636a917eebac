"""Is ``data/recommendations.yml`` whole? Checked whenever it is read."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from leercultuur.checks.codebook import UniqueKeyLoader
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError

WAYS = ["stijgt", "daalt", "hoger", "lager"]  # what a finding can say of a trend or a benchmark
FIELDS = {"text": str, "by": str, "rests_on": dict}


def read_recommendations(path: Path) -> list[dict[str, Any]]:
    """The contents of the file: a list of ``text``, ``by`` and ``rests_on`` (finding -> what it must name).

    Raises
    ------
    InputError
        Missing or no YAML; no list; a field missing, unknown or of another kind; resting on nothing.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)
        if not isinstance(raw, list):
            raise InputError("er staat geen lijst. Verwacht: aanbevelingen, elk na een streepje")
        for number, entry in enumerate(raw, start=1):
            _check(number, entry)
    except FileNotFoundError:
        raise InputError(
            f"{path.name} is er niet. Zet een eerdere versie terug, of een lege lijst: []"
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        place = f", regel {mark.line + 1}" if mark else ""
        raise InputError(
            f"{path.name}{place}: geen leesbare YAML. Staan de regels op dezelfde diepte als bij de andere?"
        ) from None
    except InputError as error:
        raise InputError(f"{path.name}, {error}. Verbeter het bestand.") from None
    return raw


def _check(number: int, entry: Any) -> None:
    place = f"aanbeveling {number}"
    if not isinstance(entry, dict) or set(entry) != set(FIELDS):
        raise InputError(f"{place}: verwacht zijn de velden {', '.join(FIELDS)}, en geen andere")
    for field, kind in FIELDS.items():
        if not isinstance(entry[field], kind) or not entry[field] or not str(entry[field]).strip():
            raise InputError(f"{place}: {field} is leeg of van een andere soort")
    for key, named in entry["rests_on"].items():
        if (
            not isinstance(key, str)
            or not isinstance(named, list)
            or not all(isinstance(x, str) for x in named)
        ):
            raise InputError(f"{place}, {key}: verwacht is een lijst van wat de bevinding noemt, of []")
        for name in named:
            _check_name(f"{place}, {key}", name)


def _check_name(place: str, name: str) -> None:
    """A key of the codebook, or how something goes; ``hoger:`` or ``lager:`` may stand before a group."""
    codebook = load_instrument()
    known = [*codebook.variables, *codebook.derived, *WAYS]
    known += [str(option) for question in codebook.categorical for option in codebook.options(question)]
    known += [name for system in codebook.classes.values() for name in system]
    bare = re.sub(r"^(?:hoger|lager):", "", name)
    if bare not in known:
        near = get_close_matches(bare, known, n=1)
        raise InputError(
            f'{place}: "{bare}" staat niet in het codeboek' + (f". Bedoeld: {near[0]}?" if near else "")
        )
