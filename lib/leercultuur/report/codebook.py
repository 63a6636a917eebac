"""The codebook as a page to read: ``docs/codebook.md``, made from ``data/instrument.yml``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from leercultuur.formatting import nl_percent
from leercultuur.instrument import Instrument, load_instrument
from leercultuur.project import PROJECT
from leercultuur.thresholds import MIN_ANSWERED

PAGE = PROJECT / "docs" / "codebook.md"
INTRODUCTION = """\
# Codebook

Generated from `data/instrument.yml` by `python -m leercultuur codebook`: change that file, not this page.
Comments there say which of it is an assumption.

A key is the name of a variable or answer in every table of a run; a label is how it reads in tables and
figures; the questions are the columns of the export, word for word. Options stand in the order of every table
and figure. Unanswered is missing; "Weet ik niet" is an answer."""


def write_codebook(path: Path = PAGE) -> None:
    """Write the page."""
    path.write_text(render_codebook(), encoding="utf-8", newline="\n")


def render_codebook() -> str:
    """The page as Markdown: every variable with its key, label, wording and options."""
    codebook = load_instrument()
    parts = [
        INTRODUCTION,
        *_describe_items(codebook),
        *_describe_statements(codebook),
        *_describe_questions(codebook),
        *_describe_scores(codebook),
        *_describe_selections(codebook),
        *_describe_export(codebook),
        *_describe_recognition(codebook),
    ]
    return "\n\n".join(parts) + "\n"


def _describe_items(codebook: Instrument) -> Iterable[str]:
    yield "## Items"
    yield "Each is answered 1-5, stored as a number:"
    yield _options(codebook, codebook.items[0])
    for scale in codebook.scales:
        yield f"### {codebook.label(scale)} (`{scale}`)"
        rows = [
            (f"`{item}`", codebook.label(item), codebook.aspect_of(item), codebook.header(item))
            for item in codebook.items_of(scale)
        ]
        yield _table(["key", "label", "aspect", "question"], rows)


def _describe_statements(codebook: Instrument) -> Iterable[str]:
    yield "## Statements"
    yield "Each is answered 1-5, stored as a number:"
    yield _options(codebook, codebook.statements[0])
    rows = [(f"`{key}`", codebook.label(key), codebook.header(key)) for key in codebook.statements]
    yield _table(["key", "label", "question"], rows)


def _describe_questions(codebook: Instrument) -> Iterable[str]:
    yield "## Questions with options of their own"
    for question in codebook.categorical:
        yield f"### {codebook.label(question)} (`{question}`)"
        yield codebook.header(question)
        order = "in rising order" if codebook.is_ordered(question) else "without an order"
        rest = codebook.rest_options(question)
        yield f"Options {order}." + (f" No group to compare: {_keys(rest)}." if rest else "")
        yield _options(codebook, question)


def _describe_scores(codebook: Instrument) -> Iterable[str]:
    yield "## Scores"
    yield (
        f"The mean of the questions named, 1-5; missing when fewer than {nl_percent(100 * MIN_ANSWERED, 0)} "
        "of them are answered."
    )
    rows = [(f"`{name}`", codebook.label(name), _keys(items)) for name, items in codebook.derived.items()]
    yield _table(["key", "label", "mean of"], rows)


def _describe_selections(codebook: Instrument) -> Iterable[str]:
    yield "## Populations"
    yield "Who a table is about."
    who = [(f"`{name}`", _keys(keys) if keys else "anything") for name, keys in codebook.populations.items()]
    yield _table(["key", "`omvang` is"], who)
    yield "## Classes"
    yield "Options taken together in tables."
    for name, classes in codebook.classes.items():
        labels = codebook.option_names(name)
        yield f"### `{name}`"
        rows = [(f"`{key}`", labels[key], _keys(options)) for key, options in classes.items()]
        yield _table(["key", "label", "options"], rows)


def _describe_export(codebook: Instrument) -> Iterable[str]:
    yield "## Other columns of the export"
    yield "Personal data are read by the cleaning rules only, and never written."
    rows = [
        (f"`{column}`", codebook.header(column), "yes" if column in codebook.personal else "")
        for column in codebook.export_columns
    ]
    yield _table(["key", "column", "personal"], rows)
    yield "`status` is one of these; the first is a questionnaire filled in to the end:"
    yield _options(codebook, "status")
    yield f"A `respondent_id` that begins with `{codebook.synthetic_prefix}` is made up."


def _describe_recognition(codebook: Instrument) -> Iterable[str]:
    yield "## What an export may call things"
    yield (
        "Columns are found by the question, with or without the stem of a grid, or by the key; answers by "
        "the option, or by its number. White space, dashes, quotes, capitals and HTML do not matter; nothing "
        "else is matched. Beside that:"
    )
    rows = [
        (f"`{variable}`", part, "; ".join(texts))
        for part, named in (("question", "questions"), ("column", "columns"))
        for variable, texts in codebook.aliases[named].items()
    ]
    rows += [
        (f"`{name}`", f"option `{option}`", "; ".join(texts))
        for name, options in codebook.aliases["options"].items()
        for option, texts in options.items()
    ]
    yield _table(["key", "what", "also"], rows)
    yield "The number of an option is its place, 1, 2, … in the order above" + (
        ", except for:" if codebook.codes else "; a run that reads numbers says so."
    )
    if codebook.codes:
        coded = [
            (f"`{name}`", ", ".join(f"{code} = `{key}`" for key, code in codes.items()))
            for name, codes in codebook.codes.items()
        ]
        yield _table(["key", "numbers"], coded)
    yield f"An export may lack {_keys(codebook.may_be_absent)}; these are then missing, and a run says so."


def _options(codebook: Instrument, variable: str) -> str:
    """A row per option; a column of labels where any differs from the wording."""
    options, labels = codebook.options(variable), codebook.option_names(variable)
    rows = [(f"`{key}`", text, labels.get(str(key), text)) for key, text in options.items()]
    if all(text == label for _, text, label in rows):
        return _table(["key", "option"], [(key, text) for key, text, _ in rows])
    return _table(["key", "option", "label"], rows)


def _table(headings: list[str], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [headings, ["---"] * len(headings), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _keys(keys: Iterable[Any]) -> str:
    return ", ".join(f"`{key}`" for key in keys)
