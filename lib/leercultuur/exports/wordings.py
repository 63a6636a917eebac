"""The codebook as exports may write it: wording, aliases, names and codes, folded."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from leercultuur.exports.folding import fold, fold_name
from leercultuur.exports.layouts.layout import Column
from leercultuur.instrument import Instrument


@cache
def question_wordings(instrument: Instrument) -> dict[str, str]:
    """Folded question text -> variable: the wording and its aliases, of items with and without their stem."""
    stem = instrument.item_stem
    texts: dict[str, str] = {}
    for variable in [*instrument.export_columns, *instrument.variables]:
        for wording in (instrument.header(variable), *instrument.aliases["questions"].get(variable, [])):
            forms = _with_stem(stem, wording) if variable in instrument.items else [wording]
            for form in forms:
                texts.setdefault(fold(form), variable)
    return texts


def _with_stem(stem: str, wording: str) -> list[str]:
    """An item as grids write it: on its own, or after its stem with some sign between."""
    item = fold(wording).removeprefix(fold(stem)).strip()
    return [
        item,
        f"{stem} {item}",
        f"{stem} [{item}]",
        f"{stem} - {item}",
        f"{stem}-{item}",  # Qualtrics, before 2017
        f"{stem}: {item}",
        f"{stem}.{item}",
    ]


@cache
def column_names(instrument: Instrument) -> dict[str, str]:
    """Folded name of a column -> variable: the keys of the codebook, and aliases."""
    names = {fold_name(v): v for v in [*instrument.export_columns, *instrument.variables]}
    return names | {
        fold_name(name): variable
        for variable, aliases in instrument.aliases["columns"].items()
        for name in aliases
    }


def find_variable(column: Column, instrument: Instrument) -> tuple[str, int] | None:
    """The variable that a column holds, and how sure that is: 0 for the first of its headings."""
    if column.own:
        return None
    texts = question_wordings(instrument)
    for rank, heading in enumerate(column.headings):
        variable = texts.get(fold(heading))
        if variable:
            return variable, rank
    names = column_names(instrument)
    inner = re.fullmatch(r"\w+\[(\w+)\]", column.name)  # LimeSurvey: G01Q01[code]
    for name in (column.name, inner[1] if inner else ""):
        variable = names.get(fold_name(name))
        if variable:
            return variable, len(column.headings)
    return None


@cache
def option_wordings(variable: str, instrument: Instrument) -> dict[str, Any]:
    """Folded text of an answer -> option key: wording, aliases, and the key itself where that is a word."""
    options = instrument.options(variable)
    texts = option_aliases(variable, instrument) | {fold(label): key for key, label in options.items()}
    codes = set(option_codes(variable, instrument).values())
    for key in options:
        if isinstance(key, str) and not (key.isdigit() and int(key) in codes):
            texts.setdefault(fold(key), key)
    return texts


@cache
def option_aliases(variable: str, instrument: Instrument) -> dict[str, Any]:
    """Folded text -> option key, of the aliases only."""
    aliases = instrument.aliases["options"].get(instrument.option_list(variable), {})
    return {fold(text): key for key, texts in aliases.items() for text in texts}


@cache
def option_codes(variable: str, instrument: Instrument) -> dict[Any, int]:
    """Option key -> its number in an export with codes: as declared, else 1, 2, … in order."""
    declared = instrument.codes.get(instrument.option_list(variable))
    return declared or {key: number for number, key in enumerate(instrument.options(variable), start=1)}


def are_codes_declared(variable: str, instrument: Instrument) -> bool:
    """Whether the codebook says which number an option has."""
    return instrument.option_list(variable) in instrument.codes
