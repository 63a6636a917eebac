"""Tables as readers see them: Dutch labels and numbers, a caption with the base.

Every ``tabulate_`` function takes a tidy frame and gives a ``Table``: the texts that are shown, with the
frame they were made from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from leercultuur.benchmarks import benchmark_source
from leercultuur.formatting import INTERVAL, measure_label, nl_number, nl_percent, option_label
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import REASONS
from leercultuur.thresholds import RHO_WORDS

LINE = "\u2028"  # the line separator: a new line within a cell
RANGE = re.compile(r"(?<=\d)-(?=\d)")  # of 10-49: no line ends within it
STEPS = {
    "in_export": "In het exportbestand",
    "buiten_periode": "Buiten de periode",
    "ingevuld": "Ingevuld in de periode",
    "uitgesloten": "Weggelaten",
    "analyse": "Meegeteld in de analyse",
}
Form = Callable[[Any], str]  # from a value to its text


@dataclass(frozen=True)
class Table:
    """A table as it is shown.

    Attributes
    ----------
    caption
        What it is about, with the base.
    texts
        What stands in the cells; the index are the row headers, ``columns.name`` what stands above them.
    data
        The tidy frame that the texts come from.
    """

    caption: str
    texts: pd.DataFrame
    data: pd.DataFrame

    def _repr_html_(self) -> str:
        """How Jupyter shows it; all of it escaped."""
        html = self.texts.to_html(escape=True, border=0, classes="tabel", na_rep="–").replace(LINE, "<br>")
        html = RANGE.sub("\u2011", html)
        opening, rest = html.split(">", 1)
        return f"{opening}>\n  <caption>{escape(self.caption)}</caption>{rest}"

    def __repr__(self) -> str:
        return f"Tabel: {self.caption}"


def tabulate_flow(flow: pd.DataFrame) -> Table:
    """``clean_answers``: how many questionnaires each step of the cleaning leaves."""
    return tabulate_records(
        flow, "Respons", {"category": ("Stap", _step_label), "count": ("Aantal", nl_number)}
    )


def tabulate_exclusions(exclusions: pd.DataFrame) -> Table:
    """``clean_answers``: the questionnaires left out, with every reason."""
    columns = {"respondent_id": "Respondentnummer", "reasons": "Reden"}
    return tabulate_records(exclusions, "Weggelaten vragenlijsten", columns)


def tabulate_missing(missing: pd.DataFrame) -> Table:
    """``count_missing``: unanswered per question."""
    columns = {
        "measure": ("Vraag", measure_label),
        "n": ("Vragenlijsten", nl_number),
        "missing": ("Niet beantwoord", nl_number),
        "percent_missing": ("%", nl_percent),
    }
    return tabulate_records(missing, "Niet beantwoorde vragen", columns)


def tabulate_organisations(organisations: pd.DataFrame) -> Table:
    """``count_organisations``: organisations by how many questionnaires they filled in."""
    columns = {
        "questionnaires": ("Vragenlijsten", lambda n: "zonder naam" if n != n else nl_number(n)),
        "organisations": ("Organisaties", nl_number),
        "respondents": ("Vragenlijsten samen", nl_number),
    }
    return tabulate_records(organisations, "Vragenlijsten per organisatie", columns)


def tabulate_campaigns(periods: pd.DataFrame) -> Table:
    """``responses_per_campaign``: questionnaires during and between campaigns."""
    columns = {
        "label": "Periode",
        "count": ("n", nl_number),
        "percent": ("%", nl_percent),
        "weeks": ("Weken", lambda weeks: nl_number(weeks, 1)),
        "per_week": ("Per week", nl_number),
    }
    return tabulate_records(periods, "Ingevulde vragenlijsten per periode", columns)


def tabulate_left_out(left_out: pd.DataFrame, by: str) -> Table:
    """``split_small_groups``: the groups of ``by`` that are not compared, and why."""
    columns = {
        "group": (load_instrument().label(by), lambda key: option_label(by, key)),
        "n": ("n", nl_number),
        "reason": "Reden",
    }
    caption = f"Buiten de vergelijking naar {load_instrument().label(by).lower()}"
    return tabulate_records(left_out, caption, columns)


def tabulate_frequencies(frequencies: pd.DataFrame, caption: str, *, in_full: bool = False) -> Table:
    """One question: a row per answer with n, percentage and interval; a benchmark where there is one.

    Answers have their short names, or ``in_full`` the wording of the questionnaire.
    """
    variable = frequencies["measure"].iloc[0]
    wording = {str(key): text for key, text in load_instrument().options(variable).items() if in_full}
    table = pd.DataFrame(
        {
            "n": frequencies["count"].map(nl_number),
            "%": frequencies["percent"].map(nl_percent),
            INTERVAL: write_intervals(frequencies, 1),
        }
    )
    if "benchmark_percent" in frequencies:
        table[benchmark_source([variable], short=True)] = frequencies["benchmark_percent"].map(nl_percent)
    table.index = [wording.get(key) or option_label(variable, key) for key in frequencies["category"]]
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
) -> Table:
    """One question in groups, or several questions: percentages, with the base of each group.

    ``rows`` is what stands in the rows: ``category`` (groups in columns), ``group`` or ``measure``
    (answers in columns; ``means`` of the same questions then stand beside them).
    """
    if frequencies.empty:
        return Table(f"{caption}: geen antwoorden", pd.DataFrame(), frequencies)
    variable = frequencies["measure"].iloc[0]
    by = frequencies["group_var"].iloc[0]
    across = "group" if rows == "category" else "category"
    label: dict[str, Form] = {
        "category": lambda key: option_label(variable, key),
        "group": lambda key: option_label(by, key),
        "measure": _question_label,
    }
    wide = frequencies.pivot_table(index=rows, columns=across, values="percent", sort=False, dropna=False)
    table = wide.map(lambda value: nl_percent(value, decimals))
    table.index = wide.index.map(label[rows])
    table.columns = wide.columns.map(label[across])
    by_base = frequencies.groupby(across if rows == "category" else rows, sort=False)
    bases = by_base["n"].first().map(nl_number)
    if rows == "category":
        table.loc["n"] = bases.reindex(wide.columns).tolist()
    else:
        if means is not None:
            scores = means.set_index("measure").reindex(wide.index)
            table["Gemiddelde"] = write_numbers(scores["mean"], 2).tolist()
            if "benchmark_mean" in scores:
                table[benchmark_source(wide.index, short=True)] = write_numbers(
                    scores["benchmark_mean"], 2
                ).tolist()
        table["n"] = bases.reindex(wide.index).tolist()
        if rows == "measure":
            (low, least), *_, (high, most) = load_instrument().options(variable).items()
            caption += f" ({low} = {least.lower()}, {high} = {most.lower()})"
    table.columns.name = table.index.name = None
    return Table(caption, table, frequencies)


def tabulate_means(means: pd.DataFrame, caption: str, *, rows: str = "measure") -> Table:
    """Means of scores: with interval and n for one group; for several, the interval under each mean.

    ``rows`` is what stands in the rows: ``measure`` (groups in columns) or ``group`` (scores in columns).
    """
    if means.empty:
        return Table(f"{caption}: geen groep is groot genoeg om te vergelijken", pd.DataFrame(), means)
    labels = means["measure"].map(_question_label if rows == "measure" else load_instrument().label)
    if means["group"].nunique() > 1 or rows == "group":
        cells = means.assign(cell=write_with_interval(means, "mean", "ci_low", "ci_high"))
        table = spread_groups(cells, labels)
        table = table if rows == "measure" else table.T[["n", *table.index[:-1]]]
        by = means["group_var"].iloc[0]
        table.columns.name = "Score 1-5" if rows == "measure" else load_instrument().label(by)
        return Table(f"{caption}: gemiddelde met {INTERVAL}", table, means)
    table = pd.DataFrame(
        {
            "Gemiddelde": write_numbers(means["mean"], 2),
            INTERVAL: write_intervals(means, 2),
            "SD": write_numbers(means["sd"], 2),
            "n": means["n"].map(nl_number),
        }
    )
    if "benchmark_mean" in means:
        table[benchmark_source(means["measure"], short=True)] = write_numbers(means["benchmark_mean"], 2)
    table.index = labels.tolist()
    table.columns.name = "Score 1-5"
    return Table(caption, table, means)


def tabulate_legend() -> Table:
    """The words for the strength of a correlation, and from which rho each holds."""
    words = pd.DataFrame({"word": RHO_WORDS.values(), "least": RHO_WORDS.keys()})
    columns = {
        "word": "Samenhang",
        "least": ("Spearmans rho, zonder teken", lambda rho: f"vanaf {nl_number(rho, 2)}"),
    }
    return tabulate_records(words, "Legenda voor de sterkte van een samenhang (naar Cohen, 1988)", columns)


def tabulate_records(
    table: pd.DataFrame, caption: str, columns: dict[str, Any], data: pd.DataFrame | None = None
) -> Table:
    """A frame as it is: the first of ``columns`` in the rows, each renamed, and formatted where given.

    ``columns`` maps a column to its Dutch heading, or to the heading and a function from value to text.
    ``data`` is the tidy frame, when ``table`` has columns for show.
    """
    shown = {}
    for column, heading in columns.items():
        name, form = (heading, str) if isinstance(heading, str) else heading
        shown[name] = table[column].map(form).tolist()
    texts = pd.DataFrame(shown)
    first = texts.columns[0]
    texts = texts.set_index(first)
    texts.index.name, texts.columns.name = None, first or None
    return Table(caption, texts, table if data is None else data)


def spread_groups(cells: pd.DataFrame, labels: pd.Series) -> pd.DataFrame:
    """Texts with a row per label and a column per group, the base of each group at the bottom."""
    by = cells["group_var"].iloc[0]
    cells = cells.assign(label=labels, heading=cells["group"].map(lambda key: option_label(by, key)))
    wide = cells.pivot(index="label", columns="heading", values="cell")
    wide = wide.reindex(index=list(dict.fromkeys(labels)), columns=list(dict.fromkeys(cells["heading"])))
    sizes = cells.groupby("heading")["n"].max()
    wide.loc["n"] = [nl_number(sizes[heading]) for heading in wide.columns]
    wide.index.name = wide.columns.name = None
    return wide


def _step_label(category: str) -> str:
    return STEPS.get(category) or f"– {REASONS[category.removeprefix('uitgesloten_')]}"


def _question_label(measure: str) -> str:
    """A statement in full, as there is room for it; anything else by its short name."""
    instrument = load_instrument()
    return instrument.header(measure) if measure in instrument.statements else instrument.label(measure)


def write_numbers(values: pd.Series, decimals: int = 2) -> pd.Series:
    """Numbers as texts."""
    return pd.Series([nl_number(value, decimals) for value in values], index=values.index, dtype=object)


def write_intervals(
    table: pd.DataFrame, decimals: int, low: str = "ci_low", high: str = "ci_high"
) -> pd.Series:
    """Intervals as texts: ``3,10 tot 3,25``."""
    text = write_numbers(table[low], decimals) + "\u00a0tot\u00a0" + write_numbers(table[high], decimals)
    return text.where(table[low].notna(), "–")


def write_with_interval(table: pd.DataFrame, value: str, low: str, high: str, decimals: int = 2) -> pd.Series:
    """Numbers as texts, with their interval on a line of its own."""
    text = (
        write_numbers(table[value], decimals)
        + LINE
        + write_intervals(table, low=low, high=high, decimals=decimals)
    )
    return text.where(table[value].notna(), "–")
