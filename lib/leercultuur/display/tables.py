"""Tables as readers see them: Dutch labels and numbers, a caption with the base.

Every ``tabulate_`` function takes a tidy frame and gives a ``Table``: the texts that are shown, with the
frame they were made from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from leercultuur.benchmarks import benchmark_source
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.formatting import INTERVAL, measure_label, nl_number, nl_percent, option_label
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import REASONS
from leercultuur.style.cells import spread_groups, write_intervals, write_numbers, write_with_interval
from leercultuur.style.rows import (
    group_by_scale,
    name_measures,
    name_stem,
    order_answers,
    order_groups,
    question_label,
    sort_groups,
)
from leercultuur.style.table import Table
from leercultuur.thresholds import RHO_WORDS

STEPS = {
    "in_export": "In het exportbestand",
    "buiten_periode": "Buiten de periode",
    "ingevuld": "Ingevuld in de periode",
    "uitgesloten": "Weggelaten",
    "analyse": "Meegeteld in de analyse",
}
Form = Callable[[Any], str]  # from a value to its text


def tabulate_flow(flow: pd.DataFrame) -> Table:
    """``clean_answers``: how many questionnaires each step of the cleaning leaves."""
    return tabulate_records(
        flow, "Respons", {"category": ("Stap", _step_label), "count": ("Aantal", nl_number)}
    )


def tabulate_sources(sources: pd.DataFrame) -> Table:
    """``clean_export``: the exports, in order of time, and how each was read."""
    columns = {"file": "Bestand", "layout": "Gelezen als", "wave": ("Golf", nl_number)}
    return tabulate_records(sources, "Exportbestanden", columns)


def tabulate_missing(missing: pd.DataFrame) -> Table:
    """``count_missing``: unanswered per question, those that everybody answered taken together."""
    columns = {
        "measure": ("Vraag", measure_label),
        "n": ("Vragenlijsten", nl_number),
        "missing": ("Niet beantwoord", nl_number),
        "percent_missing": ("%", nl_percent),
    }
    skipped = missing[missing["missing"] != 0]
    answered = len(missing) - len(skipped)
    note = f"Door iedereen beantwoord: {nl_number(answered)} van de {nl_number(len(missing))} vragen."
    return tabulate_records(skipped, "Niet beantwoorde vragen", columns, missing, note)


def tabulate_organisations(organisations: pd.DataFrame) -> Table:
    """``count_organisations``: organisations by how many questionnaires they filled in."""
    more = " of meer" if find_disclosure(organisations) else ""
    columns = {
        "questionnaires": ("Vragenlijsten", lambda n: _say_questionnaires(n, more)),
        "organisations": ("Organisaties", nl_number),
        "respondents": ("Vragenlijsten samen", nl_number),
    }
    return tabulate_records(organisations, "Vragenlijsten per organisatie", columns)


def _say_questionnaires(n: float, more: str) -> str:
    return "zonder naam" if n != n else f"{nl_number(n)}{more if n > 1 else ''}"


def tabulate_campaigns(periods: pd.DataFrame) -> Table:
    """``responses_per_campaign``: questionnaires during and between campaigns."""
    columns = {
        "label": "Periode",
        "count": ("Aantal", nl_number),
        "percent": ("%", nl_percent),
        "weeks": ("Weken", lambda weeks: nl_number(weeks, 1)),
        "per_week": ("Per week", nl_number),
    }
    return tabulate_records(periods, "Ingevulde vragenlijsten per periode", columns)


def tabulate_left_out(left_out: pd.DataFrame, by: str) -> Table:
    """``split_small_groups``: the groups of ``by`` that are not compared, and why."""
    columns = {
        "group": (load_instrument().label(by), lambda key: option_label(by, key)),
        "n": ("Vragenlijsten", nl_number),
        "reason": "Reden",
    }
    caption = f"Buiten de vergelijking naar {load_instrument().label(by).lower()}"
    return tabulate_records(left_out, caption, columns)


def tabulate_frequencies(frequencies: pd.DataFrame, caption: str, *, in_full: bool = False) -> Table:
    """One question: a row per answer with number, percentage and interval; a benchmark where there is one.

    Answers have their short names, or ``in_full`` the wording of the questionnaire. Their order is that of
    ``order_answers``.
    """
    variable = frequencies["measure"].iloc[0]
    wording = {str(key): text for key, text in load_instrument().options(variable).items() if in_full}
    rows = frequencies.set_index("category").loc[order_answers(frequencies)]
    table = pd.DataFrame(
        {
            "Aantal": rows["count"].map(nl_number),
            "%": rows["percent"].map(nl_percent),
            INTERVAL: write_intervals(rows, 1),
        }
    )
    if "benchmark_percent" in frequencies:
        table[benchmark_source([variable], short=True)] = rows["benchmark_percent"].map(nl_percent)
    table.index = [wording.get(key) or option_label(variable, key) for key in rows.index]
    table.columns.name = "Antwoord"
    base = f"{caption} (n\u00a0=\u00a0{nl_number(frequencies['n'].iloc[0])})"
    return Table(base, table, frequencies)


def tabulate_crosstab(
    frequencies: pd.DataFrame,
    caption: str,
    *,
    rows: str = "category",
    means: pd.DataFrame | None = None,
    decimals: int = 1,
    in_full: bool = False,
) -> Table:
    """One question in groups, or several questions: percentages, with the base of each group.

    ``rows`` is what stands in the rows: ``category`` (groups in columns), ``group`` or ``measure``
    (answers in columns; ``means`` of the same questions then stand beside them). Questions have their short
    names, or ``in_full`` the wording of the questionnaire.
    """
    if frequencies.empty:
        return Table(f"{caption}: geen antwoorden", pd.DataFrame(), frequencies)
    variable = frequencies["measure"].iloc[0]
    by = frequencies["group_var"].iloc[0]
    across = "group" if rows == "category" else "category"
    label: dict[str, Form] = {
        "category": lambda key: option_label(variable, key),
        "group": lambda key: option_label(by, key),
        "measure": lambda key: question_label(key, in_full),
    }
    wide = frequencies.pivot_table(index=rows, columns=across, values="percent", sort=False, dropna=False)
    answers = order_answers(frequencies)
    wide = wide.loc[answers] if rows == "category" else wide[answers]
    if rows == "group":
        wide = wide.loc[order_groups(frequencies[frequencies["category"] == answers[-1]], "percent")]
    table = wide.map(lambda value: nl_percent(value, decimals))
    table.index = wide.index.map(label[rows])
    table.columns = wide.columns.map(label[across])
    by_base = frequencies.groupby(across if rows == "category" else rows, sort=False)
    bases = by_base["n"].first().map(nl_number)
    note = ""
    if rows == "category":
        table.loc["n"] = bases.reindex(wide.columns).tolist()
    else:
        if means is not None:
            scores = means.set_index("measure").reindex(wide.index)
            table["Gemiddelde"] = write_numbers(scores["mean"], 2).tolist()
            if "benchmark_mean" in scores:
                source = benchmark_source(wide.index, short=True)
                table[source] = write_numbers(scores["benchmark_mean"], 2).tolist()
        table["n"] = bases.reindex(wide.index).tolist()
        if rows == "measure":
            (low, least), *_, (high, most) = load_instrument().options(variable).items()
            note = f"{low} = {least.lower()}, {high} = {most.lower()}.{name_stem(wide.index, in_full)}"
            table = group_by_scale(table, wide.index)
    table.index.name = None
    about = {"category": variable, "group": by}.get(rows)
    table.columns.name = load_instrument().label(about) if about else name_measures(wide.index)
    return Table(caption, table, frequencies, note)


def tabulate_means(
    means: pd.DataFrame, caption: str, *, rows: str = "measure", in_full: bool = False
) -> Table:
    """Means of scores: for one group from high to low, with interval and n; for several groups, the interval
    under each mean. Sectors go from high to low on the characteristics; on questions they keep one order.

    ``rows`` is what stands in the rows: ``measure`` (groups in columns) or ``group`` (scores in columns).
    Questions have their short names, or ``in_full`` the wording of the questionnaire.
    """
    if means.empty:
        return Table(f"{caption}: geen groep is groot genoeg om te vergelijken", pd.DataFrame(), means)
    if means["group"].nunique() > 1 or rows == "group":
        by_height = name_measures(means["measure"]) == "Kenmerk"
        ordered = sort_groups(means, order_groups(means)) if by_height else means
        labels = ordered["measure"].map(
            lambda key: question_label(key, in_full) if rows == "measure" else load_instrument().label(key)
        )
        cells = ordered.assign(cell=write_with_interval(ordered, "mean", "ci_low", "ci_high"))
        table = spread_groups(cells, labels)
        note = f"Gemiddelde op een schaal van 1 tot 5, met het {INTERVAL}."
        if rows == "group":
            table = table.T[["n", *table.index[:-1]]]
            table.columns.name = load_instrument().label(means["group_var"].iloc[0])
        else:
            measures = list(means["measure"].unique())
            table = group_by_scale(table, [*measures, ""])
            table.columns.name = name_measures(measures)
            note += name_stem(measures, in_full)
        return Table(caption, table, means, note)
    ordered = means.sort_values("mean", ascending=False, kind="stable")
    table = pd.DataFrame(
        {
            "Gemiddelde": write_numbers(ordered["mean"], 2),
            INTERVAL: write_intervals(ordered, 2),
            "SD": write_numbers(ordered["sd"], 2),
            "n": ordered["n"].map(nl_number),
        }
    )
    if "benchmark_mean" in means:
        table[benchmark_source(means["measure"], short=True)] = write_numbers(ordered["benchmark_mean"], 2)
    table.index = [question_label(key, in_full) for key in ordered["measure"]]
    table.columns.name = name_measures(means["measure"])
    note = f"Op een schaal van 1 tot 5.{name_stem(means['measure'], in_full)}"
    return Table(caption, table, means, note)


def tabulate_legend() -> Table:
    """The words for the strength of a correlation, and from which rho each holds."""
    words = pd.DataFrame({"word": RHO_WORDS.values(), "least": RHO_WORDS.keys()})
    least = ("Spearmans rho, zonder teken", lambda rho: f"vanaf {nl_number(rho, 2)}")
    columns = {"word": "Samenhang", "least": least}
    return tabulate_records(words, "Legenda voor de sterkte van een samenhang (naar Cohen, 1988)", columns)


def tabulate_records(
    table: pd.DataFrame,
    caption: str,
    columns: dict[str, Any],
    data: pd.DataFrame | None = None,
    note: str = "",
    folded: bool = False,
) -> Table:
    """A frame as it is: the first of ``columns`` in the rows, each renamed, and formatted where given.

    ``columns`` maps a column to its Dutch heading, or to the heading and a function from value to text.
    ``data`` is the tidy frame, when ``table`` has columns for show. Of no rows the caption says so.
    """
    shown = {}
    for column, heading in columns.items():
        name, form = (heading, str) if isinstance(heading, str) else heading
        shown[name] = table[column].map(form).tolist()
    texts = pd.DataFrame(shown)
    first = texts.columns[0]
    texts = texts.set_index(first)
    texts.index.name, texts.columns.name = None, first
    caption += "" if len(table) else ": geen"
    return Table(caption, texts, table if data is None else data, note, folded=folded)


def _step_label(category: str) -> str:
    return STEPS.get(category) or f"– {REASONS[category.removeprefix('uitgesloten_')]}"
