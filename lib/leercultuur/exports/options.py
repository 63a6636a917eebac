"""Answers to a question, as option keys of the codebook: from wording or from codes, a column as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.exports.folding import fold, fold_each, nearest
from leercultuur.exports.layouts.layout import Table
from leercultuur.exports.messages import describe_rows
from leercultuur.exports.wordings import (
    are_codes_declared,
    option_aliases,
    option_codes,
    option_wordings,
)
from leercultuur.instrument import Instrument
from leercultuur.thresholds import MAX_UNKNOWN

NUMBER = re.compile(r"(-?\d+)(?:[.,]0+)?")
NEAR_CUT = 4  # bytes less than what a file holds, as a letter of more bytes is not cut in two
DECLARE_CODES = (
    "De codes in het bestand passen niet bij de opties: geef bij codes in data/instrument.yml aan "
    "welke code bij "
    "welke optie hoort, of exporteer opnieuw met de antwoorden als tekst"
)
CORRECT = "Verbeter het antwoord in de export, of noem de schrijfwijze bij aliases in data/instrument.yml"
TYPED = "; een zelf getypt antwoord naast de opties wordt in de export de optie waar het bij hoort"


@dataclass(frozen=True)
class ReadAnswers:
    """A column read.

    Attributes
    ----------
    keys
        Option keys as float or categorical, missing where unanswered or no option.
    problems, cautions
        What stops, in Dutch; what must be known.
    by_code
        Whether the answers are codes, taken to be numbered in order since the codebook does not say.
    """

    keys: pd.Series
    problems: tuple[str, ...] = ()
    cautions: tuple[Caution, ...] = ()
    by_code: bool = False


def read_options(texts: pd.Series, variable: str, table: Table, instrument: Instrument) -> ReadAnswers:
    """Read the answers to one question.

    Wording or codes: what most of the answers fit is what the column has. Both in one column, or a number
    that is no code where the codebook does not declare them, is a problem however rare: the others may then
    be shifted. Other answers that are no option become missing and are counted, up to ``MAX_UNKNOWN``.
    """
    by_text = _read_wording(texts, variable, table, instrument)
    by_code = _read_codes(texts, variable, table, instrument)
    coded = bool(by_code.notna().sum() > by_text.notna().sum())
    # LimeSurvey has numbers for options but a word for "anders": an alias holds beside codes too.
    named = option_aliases(variable, instrument)
    folded = fold_each(texts)
    keys = by_code.where(by_code.notna(), folded.map(named)) if coded else by_text
    other = by_text if coded else by_code
    wrong = keys.isna() & ~folded.isin({*map(fold, table.unanswered), ""})
    assumed = coded and not are_codes_declared(variable, instrument)
    numeric = texts.map(lambda text: _find_number(text, table) is not None)
    shifted = wrong & (other.notna() | (numeric if assumed else False))
    problems, cautions = _judge(wrong, keys, texts, variable, table, instrument, assumed, bool(shifted.any()))
    options = list(instrument.options(variable))
    if all(isinstance(key, int) for key in options):
        typed = keys.astype("float64")
    else:
        ordered = instrument.is_ordered(variable)
        typed = pd.Series(pd.Categorical(keys, options, ordered=ordered), index=texts.index)
    return ReadAnswers(typed, problems, cautions, assumed)


def _find_number(text: str, table: Table) -> int | None:
    """The number that a code is, without what the platform puts before it: 3 of ``A3`` and ``AO03``."""
    bare = re.sub(f"^(?:{table.letters})(?=\\d)", "", text.strip(), flags=re.IGNORECASE)
    number = NUMBER.fullmatch(bare)
    return int(number[1]) if number else None


def _read_wording(texts: pd.Series, variable: str, table: Table, instrument: Instrument) -> pd.Series:
    wordings = option_wordings(variable, instrument)
    known = {}
    for text in texts.unique():
        folded = fold(text)
        known[text] = wordings.get(folded)
        if known[text] is None and table.cut_at and len(text.encode()) > table.cut_at - NEAR_CUT:
            whole = {key for wording, key in wordings.items() if wording.startswith(folded)}
            known[text] = whole.pop() if len(whole) == 1 else None
    return texts.map(known).astype(object)


def _read_codes(texts: pd.Series, variable: str, table: Table, instrument: Instrument) -> pd.Series:
    """Codes as numbers, with what the platform puts before them; ``status`` has none."""
    keys = (
        {code: key for key, code in option_codes(variable, instrument).items()}
        if variable != "status"
        else {}
    )
    known = {}
    for text in texts.unique():
        number = _find_number(text, table)
        known[text] = None if number is None else keys.get(number)
    return texts.map(known).astype(object)


def _judge(
    wrong: pd.Series,
    keys: pd.Series,
    texts: pd.Series,
    variable: str,
    table: Table,
    instrument: Instrument,
    assumed: bool,
    shifted: bool,
) -> tuple[tuple[str, ...], tuple[Caution, ...]]:
    """What is to be said of answers that are no option."""
    count = int(wrong.sum())
    if not count:
        return (), ()
    labels = list(instrument.options(variable).values())
    header = instrument.header(variable)
    likes = {text: nearest(text, labels, 0.85) or _part_of(text, labels) for text in texts[wrong].unique()}
    near = [text for text, like in likes.items() if like]
    numeric = any(_find_number(text, table) is not None for text in texts[wrong].unique())
    remedy = (
        DECLARE_CODES
        if numeric or shifted
        else CORRECT + (TYPED if table.layout == "Microsoft Forms" else "")
    )
    if count <= MAX_UNKNOWN * (count + keys.notna().sum()) and not shifted:
        advice = f' Bedoeld is misschien "{likes[near[0]]}" ("{near[0]}").' if near else ""
        text = f'{count} antwoorden op "{header}" zijn geen optie en tellen als onbeantwoord.{advice}'
        if count == 1:
            text = f'Eén antwoord op "{header}" is geen optie en telt als onbeantwoord.{advice}'
        return (), (Caution("geen_optie", text, where=table.place, count=count, remedy=f"{remedy}."),)
    shown = "|".join([rf"(?i:{table.letters})?-?\d{{0,2}}", *map(re.escape, near)])
    expected = " | ".join(f'"{label}"' for label in labels)
    if assumed:
        codes = option_codes(variable, instrument).values()
        expected = " | ".join(f"{code} = {label}" for code, label in zip(codes, labels, strict=True))
    places = describe_rows(wrong, texts, shown)
    return (f'{table.place}, kolom "{header}", {places}. Verwacht: {expected}. {remedy}.',), ()


def _part_of(text: str, labels: list[str]) -> str | None:
    """The option of which the answer is some words: a bare "Bouw" where the option says more."""
    folded = fold(text)
    words = re.compile(rf"\b{re.escape(folded)}\b")
    return next((label for label in labels if len(folded) > 3 and words.search(fold(label))), None)
