"""What the report rests on, for its readers: the model, the questions, the codebook, terms, who made it.

The terms are explained in ``terms.nl.md``; who made it stands in ``CITATION.cff``.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import yaml

from leercultuur.display.tables import tabulate_records
from leercultuur.findings.grammar import choose
from leercultuur.findings.summary import escape_markdown
from leercultuur.formatting import nl_join, nl_number, nl_percent
from leercultuur.instrument import load_instrument, lower_first
from leercultuur.intake.respondents import RECORD, SYNTHETIC_NOTICE, is_synthetic, read_record
from leercultuur.intake.runs import Run
from leercultuur.project import PROJECT
from leercultuur.style.rows import name_stem, question_label
from leercultuur.style.table import LINE, Table
from leercultuur.thresholds import ALPHA, CONFIDENCE, EQUIVALENCE, MIN_ANSWERED, RHO_WORDS

TITLE, SUBJECT = "Quickscan Leercultuur", "Leren op het werk bij organisaties die de Quickscan invulden"
TERMS = Path(__file__).with_name("terms.nl.md")
CITATION = PROJECT / "CITATION.cff"
QUESTION, STATEMENT, SCORE = "Vraag naar een kenmerk", "Stelling", "Score"  # kinds of variables
ORDERED, UNORDERED = "Vraag, antwoorden met volgorde", "Vraag, antwoorden zonder volgorde"


def explain_period(run: Run) -> str:
    """Which period the report is about: a sentence."""
    return f"Dit rapport gaat over de vragenlijsten van {run.period}; beide dagen tellen mee."


def quote_question(variable: str) -> str:
    """A question word for word, in Markdown."""
    return f'De vraag was: "{escape_markdown(load_instrument().header(variable))}"'


def tabulate_model() -> Table:
    """The model: under each characteristic what it consists of, with the question about it in full."""
    codebook = load_instrument()
    items = pd.DataFrame(
        {
            "scale": [codebook.scale_of(item) for item in codebook.items],
            "aspect": [codebook.aspect_of(item) or codebook.label(item) for item in codebook.items],
            "measure": codebook.items,
            "question": [codebook.header(item) for item in codebook.items],
        }
    )
    shown = items.assign(
        asked=[question_label(item, in_full=True) for item in codebook.items],
        label=[codebook.label(item) for item in codebook.items],
    )
    columns = {"aspect": "Onderdeel", "asked": "Vraag", "label": "Naam in dit rapport"}
    answers = nl_join([lower_first(text) for text in codebook.options(codebook.items[0]).values()])
    note = f"{name_stem(codebook.items, in_full=True).strip()} De antwoorden zijn: {answers}."
    table = tabulate_records(shown, "De kenmerken van de leercultuur en hun vragen", columns, items, note)
    return _put_under(table, [codebook.label(scale) for scale in items["scale"]])


def tabulate_questions() -> Table:
    """Everything else that was asked: the statements, and the questions with answers of their own."""
    codebook = load_instrument()
    answers = {key: [_write_range(key)] for key in codebook.statements}
    answers |= {key: list(codebook.options(key).values()) for key in codebook.categorical}
    questions = pd.DataFrame(
        {
            "measure": list(answers),
            "question": [codebook.header(key) for key in answers],
            "answers": ["; ".join(texts) for texts in answers.values()],
        }
    )
    shown = questions.assign(
        label=[codebook.label(key) for key in answers], lines=[LINE.join(texts) for texts in answers.values()]
    )
    columns = {"label": "Naam in dit rapport", "question": "Vraag of stelling", "lines": "Antwoorden"}
    table = tabulate_records(shown, "De stellingen en de andere vragen", columns, questions)
    kinds = ["Stellingen"] * len(codebook.statements) + ["Andere vragen"] * len(codebook.categorical)
    return _put_under(table, kinds)


def tabulate_codebook() -> Table:
    """Every variable of the respondents and the tables, with its question and the codes of its answers."""
    columns = {
        "variable": "Variabele",
        "question": "Vraag",
        "kind": "Soort",
        "scale": ("Kenmerk", lambda scale: load_instrument().label(scale) if scale else ""),
        "options": "Code = antwoord",
    }
    note = (
        "Zo heten de variabelen en antwoorden in de tabelbestanden. Niet beantwoord is leeg; "
        f'"weet ik niet" is een antwoord. Een score is er als ten minste {nl_percent(100 * MIN_ANSWERED, 0)} '
        "van haar vragen is beantwoord."
    )
    return tabulate_records(list_variables(), "Codeboek", columns, note=note, folded=True)


def list_variables() -> pd.DataFrame:
    """The codebook as a frame.

    Returns
    -------
    DataFrame
        A row is a variable: ``variable``, ``label``, ``question`` (word for word; of a score what it is the
        mean of), ``kind``, ``scale`` and ``aspect`` (of the questions about a characteristic), ``options``
        (``1 = Helemaal niet; 2 = ...``).
    """
    codebook = load_instrument()
    rows = []
    for key in codebook.variables:
        kind = ORDERED if codebook.is_ordered(key) else UNORDERED
        kind = QUESTION if key in codebook.items else STATEMENT if key in codebook.statements else kind
        options = "; ".join(f"{code} = {text}" for code, text in codebook.options(key).items())
        scale, aspect = "", ""
        if key in codebook.items:
            scale, aspect = codebook.scale_of(key), codebook.aspect_of(key)
        rows.append((key, codebook.label(key), codebook.header(key), kind, scale, aspect, options))
    for key, items in codebook.derived.items():
        mean = f"Gemiddelde van {nl_join(items)}"
        rows.append((key, codebook.label(key), mean, SCORE, key if key in codebook.scales else "", "", ""))
    return pd.DataFrame(rows, columns=["variable", "label", "question", "kind", "scale", "aspect", "options"])


def explain_terms() -> str:
    """The terms of the report, in plain words: a list in Markdown, by alphabet."""
    words = [f"{word} vanaf {nl_number(least, 1)}" for least, word in reversed(RHO_WORDS.items()) if least]
    return TERMS.read_text(encoding="utf-8").format(
        sure=nl_percent(100 * CONFIDENCE, 0),
        of_hundred=f"{100 * CONFIDENCE:.0f} van de 100",
        alpha=nl_number(ALPHA, 2),
        bound=nl_number(EQUIVALENCE, 1),
        words=nl_join(words),
        size=_describe_population("mkb"),
    )


def explain_colophon(run: Run, respondents: pd.DataFrame) -> str:
    """Who made the report, from what and with what, and how to refer to it: paragraphs in Markdown."""
    citation = yaml.safe_load(CITATION.read_text(encoding="utf-8"))
    owners = nl_join([author.get("name", "") or _full_name(author) for author in citation["authors"]])
    synthetic = is_synthetic(respondents)
    title = f"{TITLE}: {lower_first(SUBJECT)}, {run.period}"
    return "\n\n".join(
        [
            f"**Wie.** De Quickscan Leercultuur en dit rapport zijn van {escape_markdown(owners)}.",
            f"**Waaruit.** Gemaakt uit {_name_exports(run)}, over de periode "
            f"{run.period}. {_count(run, respondents)}" + (f" {SYNTHETIC_NOTICE}" if synthetic else ""),
            f"**Waarmee.** Berekend en opgemaakt met leercultuur, versie {citation['version']}: tekst, "
            "figuren en tabellen komen uit dezelfde berekening. In de map van het rapport staat in "
            "manifest.json met welke instellingen en programma's dat is gedaan, met een controlegetal van "
            "elk bestand, en in findings.json uit welke tabel elk getal in de bevindingen komt.",
            f"**Licentie.** De code waarmee dit rapport is gemaakt, heeft de licentie {citation['license']}: "
            "onder de voorwaarden daarvan mag iedereen die gebruiken, veranderen en delen.",
            f"**Verwijzen.** Bijvoorbeeld: {escape_markdown(owners)} ({run.period.end.year}). "
            f"*{escape_markdown(title)}*. Gemaakt met leercultuur, versie {citation['version']}."
            + (" Synthetische gegevens." if synthetic else ""),
        ]
    )


def _count(run: Run, respondents: pd.DataFrame) -> str:
    """How many were filled in, where the run folder is about this period, and how many count."""
    n, known = len(respondents), read_record(run.path())["counts"] if _has_counts(run) else {}
    if known.get("analyse") != n or known["ingevuld"] is None:
        lists = choose(n, "vragenlijst", "vragenlijsten")
        return f"Daarin {choose(n, 'telt', 'tellen')} {nl_number(n)} {lists} mee."
    filled_in = known["ingevuld"]
    return (
        f"Daarin {choose(filled_in, 'is', 'zijn')} {nl_number(filled_in)} "
        f"{choose(filled_in, 'vragenlijst', 'vragenlijsten')} ingevuld; "
        f"{nl_number(n)} {choose(n, 'telt', 'tellen')} mee."
    )


def _has_counts(run: Run) -> bool:
    return run.folder is not None and run.path(RECORD).exists()


def _name_exports(run: Run) -> str:
    names = [escape_markdown(path.name) for path in run.exports]
    return f"{'het exportbestand' if len(names) == 1 else 'de exportbestanden'} {nl_join(names)}"


def _full_name(author: dict[str, str]) -> str:
    return f"{author.get('given-names', '')} {author.get('family-names', '')}".strip()


def _write_range(statement: str) -> str:
    (low, least), *_, (high, most) = load_instrument().options(statement).items()
    return f"Van {low} ({lower_first(least)}) tot {high} ({lower_first(most)})"


def _describe_population(name: str) -> str:
    """The size classes of a population: ``micro (1-9), klein (10-49) en midden (50-249)``."""
    codebook = load_instrument()
    names = codebook.option_names("omvang")
    return nl_join([lower_first(names[key]) for key in codebook.populations[name] or []])


def _put_under(table: Table, headings: list[str]) -> Table:
    """The same table with its rows under headings."""
    table.texts.index = pd.MultiIndex.from_arrays([headings, table.texts.index])
    return table
