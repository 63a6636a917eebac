"""Which column of an export holds which variable of the codebook: the one place where the two meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from leercultuur.checks.cautions import Caution
from leercultuur.exports.folding import fold, fold_each, is_garbled, nearest
from leercultuur.exports.layouts.layout import Table
from leercultuur.exports.wordings import find_variable, option_wordings
from leercultuur.formatting import nl_join
from leercultuur.instrument import Instrument

FROM_PLATFORM = ("respondent_id", "started_at", "submitted_at", "email")
ENOUGH = 0.5  # of the questions; an export with fewer is of another questionnaire, or has other headers
GARBLED = "Letters met accenten zijn verminkt: exporteer het bestand opnieuw en bewaar het niet vanuit Excel"
ALIAS = "of noem de naam die er wel staat bij aliases in data/instrument.yml"


@dataclass(frozen=True)
class Places:
    """Variable -> its column; what stops (Dutch), and what must be known."""

    columns: dict[str, int]
    problems: tuple[str, ...]
    cautions: tuple[Caution, ...]


def find_columns(table: Table, instrument: Instrument) -> Places:
    """The column of every variable: by the question, its name, or else what the platform keeps itself.

    ``status`` and ``respondent_id`` may be lacking: they follow from the rest. Two columns with the same
    question are a problem, unless all but one are empty.
    """
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, column in enumerate(table.columns):
        match = find_variable(column, instrument)
        if match:
            found[match[0]].append((match[1], number))
    columns, problems = {}, []
    for variable, candidates in found.items():
        numbers = _choose(table, candidates, variable, instrument)
        columns[variable] = numbers[0]
        if len(numbers) > 1:
            letters = " en ".join(_letter(number) for number in numbers)
            problems.append(
                f'{table.place}, rij {table.header_row}: de kolom "{instrument.header(variable)}" '
                "staat er dubbel in "
                f"(kolom {letters}). Verwijder er één uit het exportbestand, of zet de antwoorden in "
                "één kolom als elk van beide een deel heeft."
            )
    for role in FROM_PLATFORM:
        if role in table.roles:
            columns.setdefault(role, table.roles[role])
    missing, cautions = _find_missing(table, columns, instrument)
    return Places(columns, tuple(problems + missing), tuple(cautions))


def _choose(
    table: Table, candidates: list[tuple[int, int]], variable: str, instrument: Instrument
) -> list[int]:
    """Of the columns with one question those that match best, of these the ones with answers.

    With them those that match less, when these answer the question where the best one does not: a question
    that each branch of a survey asks again has a part of the answers in each column.
    """
    filled = [(rank, n) for rank, n in candidates if table.body[n].str.strip().ne("").any()] or candidates[:1]
    best = min(rank for rank, _ in filled)
    numbers = [number for rank, number in filled if rank == best]
    same = all(table.body[number].equals(table.body[numbers[0]]) for number in numbers)
    numbers = numbers[:1] if same else numbers
    if variable not in instrument.variables:
        return numbers
    wordings = option_wordings(variable, instrument)
    empty = fold_each(table.body[numbers[0]]).isin({*map(fold, table.unanswered), ""})
    for rank, number in filled:
        # A column with the name of a variable only is the platform's own knowledge: no second question.
        by_heading = best < rank < len(table.columns[number].headings)
        if by_heading and fold_each(table.body[number][empty]).isin(wordings).any():
            numbers = [*numbers, number]
    return numbers


def _find_missing(
    table: Table, columns: dict[str, int], instrument: Instrument
) -> tuple[list[str], list[Caution]]:
    wanted = [v for v in instrument.export_columns if v not in ("status", "respondent_id")]
    missing = [v for v in [*wanted, *instrument.variables] if v not in columns]
    absent = [v for v in missing if v in instrument.may_be_absent]
    missing = [v for v in missing if v not in absent]
    questions = [v for v in missing if v in instrument.variables]
    if len(questions) > (1 - ENOUGH) * len(instrument.variables):
        return [_describe_other(table, len(questions), instrument), *_describe_no_time(table, missing)], []
    taken = set(columns.values())
    free = [c.headings[0] for n, c in enumerate(table.columns) if n not in taken and c.headings and not c.own]
    problems = []
    spread = [v for v in questions if _is_spread(table, v, instrument)]
    if spread:
        has = "1 vraag heeft" if len(spread) == 1 else f"{len(spread)} vragen hebben"
        problems.append(
            f"{table.place}, rij {table.header_row}: {has} een kolom per antwoordoptie, zoals "
            f'"{instrument.header(spread[0])}". Exporteer opnieuw met één kolom per vraag (SurveyMonkey: '
            '"Condensed" in plaats van "Expanded").'
        )
    for variable in [v for v in missing if v not in spread]:
        header = instrument.header(variable)
        near = nearest(header, free)
        advice = f' Het meest lijkt erop: "{" ".join(near.split())}".' if near else ""
        advice += f" {GARBLED}." if near and is_garbled(near) else ""
        problems.append(
            f'{table.place}, rij {table.header_row}: de kolom "{header}" ontbreekt.{advice} '
            "Verwacht: elke kolom uit data/instrument.yml precies één keer. Exporteer opnieuw met volledige "
            f"vraagteksten als kolomkop, {ALIAS}."
        )
    return problems, list(_tell_absent(table, absent, instrument))


def _is_spread(table: Table, variable: str, instrument: Instrument) -> bool:
    """Whether the question has a column for each of its options: with one of these the rest would be lost."""
    header = instrument.header(variable)
    options = {
        fold(form.format(header, option)): option
        for option in instrument.options(variable).values()
        for form in ("{} {}", "{} - {}", "{} [{}]")
    }
    headings = {fold(heading) for column in table.columns for heading in column.headings}
    return len({options[heading] for heading in headings & set(options)}) > 1


def _tell_absent(table: Table, absent: list[str], instrument: Instrument) -> Iterator[Caution]:
    """A caution a question, and one for what else is not there."""
    groups = [[v] for v in absent if v in instrument.variables]
    for variables in [*groups, [v for v in absent if v not in instrument.variables]]:
        if variables:
            names = nl_join([f'"{instrument.header(variable)}"' for variable in variables])
            yield Caution(
                "vraag_ontbreekt" if variables in groups else "kolom_ontbreekt",
                f"In {table.place} ontbreekt {names}: dat is daar overal onbeantwoord.",
                where=table.place,
                count=len(table.body),
                remedy="Exporteer opnieuw met deze kolom, als ernaar gevraagd is.",
            )


def _describe_other(table: Table, missing: int, instrument: Instrument) -> str:
    """Few of the questions are there: one message for all."""
    total = len(instrument.variables)
    garbled = any(is_garbled(column.name + " ".join(column.headings)) for column in table.columns)
    remedy = (
        GARBLED
        if garbled
        else f"Exporteer opnieuw met volledige vraagteksten als kolomkop, {ALIAS}; of kies een ander bestand"
    )
    return (
        f"{table.place} is gelezen als {table.layout}, maar heeft {total - missing} van de {total} "
        "vragen van de "
        f"Quickscan. {remedy}."
    )


def _describe_no_time(table: Table, missing: list[str]) -> list[str]:
    if "submitted_at" not in missing:
        return []
    return [
        f"{table.place} heeft geen kolom met de tijd van invullen. Exporteer opnieuw met de tijden erbij."
    ]


def _letter(number: int) -> str:
    """Column 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
