"""Is the codebook whole? Checked whenever it is read, so that a slip never becomes a wrong number.

Its form is in ``data/instrument.schema.json``, which editors use too; what refers to what is checked here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml

from leercultuur.project import PROJECT, InputError

SCHEMA = PROJECT / "data" / "instrument.schema.json"
SCORES = [1, 2, 3, 4, 5]
KINDS = {
    "string": "een tekst",
    "object": "sleutels met waarden",
    "array": "een lijst",
    "boolean": "true of false",
    "integer": "een geheel getal",
}


class UniqueKeyLoader(yaml.SafeLoader):
    """YAML, but a key that stands twice is an error: otherwise the last one silently wins."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                line = node.value[number][0].start_mark.line + 1
                raise InputError(f'regel {line}: "{key}" staat er dubbel. Verwacht: elke sleutel één keer')
        return super().construct_mapping(node, deep)


def read_codebook(path: Path) -> dict[str, Any]:
    """The contents of ``instrument.yml``, checked.

    Raises
    ------
    InputError
        Missing or no YAML; a key missing, unknown or double; an item of an unknown scale, a scale without
        items; an option that is named or put in a class but does not exist; a text that two options or
        two questions share. Dutch, with file, key and remedy.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)
        for problem in chain(_problems_of_form(raw), _problems_of_reference(raw)):
            raise InputError(problem)
    except FileNotFoundError:
        raise InputError(f"Het codeboek {path.name} is er niet. Zet een eerdere versie terug.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path.name} is geen leesbare YAML ({reason}). Verbeter die regel.") from None
    except InputError as error:
        raise InputError(f"{path.name}, {error}. Verbeter het codeboek.") from None
    return raw


def _problems_of_form(raw: Any) -> Iterable[str]:
    """A key missing or unknown, or a value of another kind than the schema says: the first there is."""
    try:
        as_json = json.loads(json.dumps(raw))  # keys become text there, 1 is "1"
    except (TypeError, ValueError):
        yield 'ergens staat een datum of iets anders dan tekst. Verwacht: tekst, zo nodig tussen ""'
        return
    try:
        fastjsonschema.validate(json.loads(SCHEMA.read_text(encoding="utf-8")), as_json)
    except fastjsonschema.JsonSchemaValueException as error:
        place = ", ".join(map(str, error.path[1:])) or "het bestand"
        known = list(error.definition.get("properties", error.definition.get("required", [])))
        unknown = [key for key in error.value if key not in known] if isinstance(error.value, dict) else []
        if unknown and not error.definition.get("additionalProperties", True):
            yield f"bij {place}: onbekende sleutel {_name(unknown[0], known)}"
        elif error.rule == "required":
            missing = [key for key in error.rule_definition if key not in error.value]
            yield f'bij {place}: de sleutel "{missing[0]}" ontbreekt. Verwacht: {", ".join(known)}'
        else:
            kind = KINDS.get(error.definition.get("type"), "iets anders")
            yield f"bij {place}: daar staat iets anders. Verwacht: {kind}, en niet leeg"


def _problems_of_reference(raw: dict[str, Any]) -> Iterable[str]:
    """Names that are used but do not exist, or that exist but cannot be told apart."""
    items, statements, questions = raw["items"], raw["statements"], raw["categorical"]
    parts = (raw["scales"], items, statements, raw["derived"], questions, raw["export"])
    names = [name for part in parts for name in part]
    for number, name in enumerate(names):
        if name in names[:number]:
            yield f"bij {name}: de naam is twee keer gebruikt. Verwacht: een eigen naam"
        if not re.fullmatch(r"\w+", str(name)):
            yield f'bij "{name}": in een naam staat een ander teken. Verwacht: letters, cijfers en _'
    for part, options in (
        ("likert", raw["likert"]),
        ("agreement", raw["agreement"]),
        ("aandacht", questions["aandacht"]["options"]),
    ):
        if list(options) != SCORES:
            yield f"bij {part}: de opties zijn {list(options)}. Verwacht: {SCORES}, zonder aanhalingstekens"
    for item, entry in items.items():
        yield from _unknown(f"items, {item}", [entry["scale"]], raw["scales"], "schaal")
    for scale in set(raw["scales"]) - {entry["scale"] for entry in items.values()}:
        yield f"bij scales, {scale}: geen enkele vraag hoort bij deze schaal. Verwacht: scale: {scale}"
    for score, entry in raw["derived"].items():
        yield from _unknown(f"derived, {score}", entry["items"], [*items, *statements], "vraag of stelling")
    for question, entry in questions.items():
        yield from _alike(f"categorical, {question}", entry["options"])
        for option in entry["options"] if question != "aandacht" else []:
            if not isinstance(option, str) or not re.fullmatch(r"[\w+-]+", option):
                expected = 'letters, cijfers, _, + of -, zo nodig tussen ""'
                yield f"bij categorical, {question}: optie {option}. Verwacht: {expected}"
        for key in ("names", "rest", "texts"):
            place = f"categorical, {question}, {key}"
            yield from _unknown(place, entry.get(key, []), entry["options"], "optie van deze vraag")
    for part in ("likert", "agreement", "status"):
        yield from _alike(part, raw[part])
    headers = {item: entry["label"] for item, entry in (items | statements).items()}
    headers |= {question: entry["question"] for question, entry in questions.items()} | raw["export"]
    yield from _alike("de vraagteksten", headers)
    yield from _unknown("personal", raw["personal"], raw["export"], "kolom onder export")
    for population, entry in raw["populations"].items():
        sizes = questions["omvang"]["options"]
        if ("omvang" in entry) == (population == "alle"):
            yield f"bij populations, {population}: omvang. Verwacht: een lijst, en niet bij alle"
        yield from _unknown(f"populations, {population}", entry.get("omvang", []), sizes, "optie van omvang")
    yield from _problems_of_exports(raw, headers)
    answers = [raw["likert"], raw["agreement"], *(entry["options"] for entry in questions.values())]
    for name, system in raw["classes"].items():
        used = [option for entry in system.values() for option in entry["options"]]
        if len(used) != len(set(used)):
            yield f"bij classes, {name}: een optie zit in twee klassen. Verwacht: elke optie in één klasse"
        if not any(set(used) == set(options) for options in answers):
            yield f"bij classes, {name}: dit zijn niet de opties van één vraag. Verwacht: ze allemaal"


def _problems_of_exports(raw: dict[str, Any], headers: dict[str, str]) -> Iterable[str]:
    """What exports may call things: of variables and options that exist, and not of two of them."""
    aliases = raw.get("aliases", {})
    options = {part: raw[part] for part in ("likert", "agreement", "status")}
    options |= {question: entry["options"] for question, entry in raw["categorical"].items()}
    for part, known in (("questions", headers), ("columns", {name: name for name in headers})):
        given = aliases.get(part, {})
        yield from _unknown(f"aliases, {part}", given, headers, "vraag of kolom")
        yield from _alike_aliases(f"aliases, {part}", given, known)
    given = aliases.get("options", {})
    yield from _unknown("aliases, options", given, options, "vraag met opties")
    for name, texts in given.items():
        place = f"aliases, options, {name}"
        yield from _unknown(place, texts, options[name], "optie van deze vraag")
        yield from _alike_aliases(place, texts, options[name])
    codes = raw.get("codes", {})
    coded = [name for name in options if name != "status"]
    yield from _unknown("codes", codes, coded, "vraag met opties")
    for name, numbers in codes.items():
        place = f"codes, {name}"
        yield from _unknown(place, numbers, options[name], "optie van deze vraag")
        for option in options[name]:
            if option not in numbers:
                yield f"bij {place}: optie {option} heeft geen code. Verwacht: elke optie een code"
        yield from _alike(place, {option: str(number) for option, number in numbers.items()})
    may_be_absent = raw.get("may_be_absent", [])
    yield from _unknown("may_be_absent", may_be_absent, headers, "vraag of kolom")
    if "submitted_at" in may_be_absent:
        yield "bij may_be_absent: submitted_at. Verwacht: zonder, want de periode hangt ervan af"


def _alike_aliases(place: str, aliases: dict[Any, list[str]], texts: dict[Any, str]) -> Iterable[str]:
    """No alias may be the text, or an alias, of something else."""
    seen = {" ".join(str(text).split()).casefold(): key for key, text in texts.items()}
    for key, wordings in aliases.items():
        for wording in wordings:
            other = seen.setdefault(" ".join(wording.split()).casefold(), key)
            if other != key:
                yield f'bij {place}: "{wording}" staat bij {other} en bij {key}. Verwacht: bij één ervan'


def _unknown(place: str, given: Iterable[Any], known: Iterable[Any], what: str) -> Iterable[str]:
    known = list(known)
    for name in given:
        if name not in known:
            yield f"bij {place}: geen {what} is {_name(name, known)}"


def _alike(place: str, texts: dict[Any, str]) -> Iterable[str]:
    """Answers and columns of an export are found by their text: no two may be the same."""
    seen: dict[str, Any] = {}
    for key, text in texts.items():
        other = seen.setdefault(" ".join(text.split()).casefold(), key)
        if other != key:
            yield f'bij {place}: "{text}" staat bij {other} en bij {key}. Verwacht: twee teksten'


def _name(name: Any, known: Iterable[Any]) -> str:
    near = get_close_matches(str(name), list(map(str, known)), n=1)
    return f'"{name}". Verwacht: ' + (f'"{near[0]}"' if near else ", ".join(map(str, known)))
