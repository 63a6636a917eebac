"""Tables as readers see them: Dutch labels and numbers, a caption with the base, escaped HTML."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pandas as pd
from IPython.display import HTML

from leercultuur.cleaning import REASONS
from leercultuur.formatting import nl_number, nl_p, nl_percent, option_label
from leercultuur.instrument import load_instrument
from leercultuur.statistics.correlations import LEGEND
from leercultuur.statistics.significance import ALPHA

LINE = "\u2028"  # the line separator: a new line within a cell


def show_table(table: pd.DataFrame, caption: str) -> HTML:
    """Show a frame of texts: the index as row headers, ``columns.name`` above them, all of it escaped."""
    html = table.to_html(escape=True, border=0, classes="tabel", na_rep="–").replace(LINE, "<br>")
    opening, rest = html.split(">", 1)
    return HTML(f"{opening}>\n  <caption>{escape(caption)}</caption>{rest}")


def show_frequencies(frequencies: pd.DataFrame, caption: str) -> HTML:
    """One question: a row per answer with n, percentage and interval."""
    variable = frequencies["measure"].iloc[0]
    table = pd.DataFrame(
        {
            "n": frequencies["count"].map(nl_number),
            "%": frequencies["percent"].map(nl_percent),
            "95%-interval": _intervals(frequencies, 1),
        }
    )
    for benchmark in frequencies.columns[frequencies.columns.str.startswith("benchmark")]:
        table["WEA 2024"] = frequencies[benchmark].map(nl_percent)
    table.index = frequencies["category"].map(lambda key: option_label(variable, key)).tolist()
    table.columns.name = "Antwoord"
    return show_table(table, f"{caption} (n\u00a0=\u00a0{nl_number(frequencies['n'].iloc[0])})")


def show_crosstab(
    frequencies: pd.DataFrame,
    caption: str,
    *,
    rows: str = "category",
    means: pd.DataFrame | None = None,
    decimals: int = 1,
) -> HTML:
    """One question in groups, or several questions: percentages, with the base of each group.

    ``rows`` is what stands in the rows: ``category`` (groups in columns), ``group`` or ``measure``
    (answers in columns; ``means`` of the same questions then stand beside them).
    """
    if frequencies.empty:
        return show_table(pd.DataFrame(), f"{caption}: geen antwoorden")
    variable = frequencies["measure"].iloc[0]
    by = frequencies["group_var"].iloc[0]
    across = "group" if rows == "category" else "category"
    label = {
        "category": lambda key: option_label(variable, key),
        "group": lambda key: option_label(by, key),
        "measure": _row_label,
    }
    wide = frequencies.pivot_table(index=rows, columns=across, values="percent", sort=False, dropna=False)
    table = wide.map(lambda value: nl_percent(value, decimals))
    table.index = wide.index.map(label[rows])
    table.columns = wide.columns.map(label[across])
    bases = (
        frequencies.groupby(across if rows == "category" else rows, sort=False)["n"].first().map(nl_number)
    )
    if rows == "category":
        table.loc["n"] = bases.reindex(wide.columns).tolist()
    else:
        if means is not None:
            scores = means.set_index("measure").reindex(wide.index)
            table["Gemiddelde"] = _numbers(scores["mean"], 2).tolist()
            for benchmark in scores.columns[scores.columns.str.startswith("benchmark")]:
                table["NEA"] = _numbers(scores[benchmark], 2).tolist()
        table["n"] = bases.reindex(wide.index).tolist()
    table.columns.name = table.index.name = None
    return show_table(table, caption)


def show_means(means: pd.DataFrame, caption: str) -> HTML:
    """Means: one column with interval and n; or a column per group with the interval under each mean."""
    labels = means["measure"].map(_row_label)
    if means["group"].nunique() == 1:
        table = pd.DataFrame(
            {
                "Gemiddelde": _numbers(means["mean"], 2),
                "95%-interval": _intervals(means, 2),
                "SD": _numbers(means["sd"], 2),
                "n": means["n"].map(nl_number),
            }
        )
        for benchmark in means.columns[means.columns.str.startswith("benchmark")]:
            table["WEA 2024"] = _numbers(means[benchmark], 2)
        table.index = labels.tolist()
    else:
        by = means["group_var"].iloc[0]
        cells = means.assign(
            label=labels,
            cell=_numbers(means["mean"], 2) + LINE + _intervals(means, 2),
            heading=means["group"].map(lambda key: option_label(by, key)),
        )
        table = cells.pivot(index="label", columns="heading", values="cell")
        table = table.reindex(
            index=list(dict.fromkeys(labels)), columns=list(dict.fromkeys(cells["heading"]))
        )
        sizes = cells.groupby("heading")["n"].max()
        table.loc["n"] = [nl_number(sizes[heading]) for heading in table.columns]
        table.index.name = None
    table.columns.name = "Score 1-5"
    return show_table(table, caption)


def show_groups_by_measure(means: pd.DataFrame, caption: str) -> HTML:
    """Means with a row per group and a column per score."""
    if means.empty:
        return show_table(pd.DataFrame(), f"{caption}: geen groep is groot genoeg om te vergelijken")
    by = means["group_var"].iloc[0]
    cells = means.assign(cell=_numbers(means["mean"], 2) + LINE + _intervals(means, 2))
    groups, measures = (list(dict.fromkeys(means[key])) for key in ("group", "measure"))
    table = cells.pivot(index="group", columns="measure", values="cell").reindex(groups)[measures]
    sizes = means.groupby("group")["n"].max().reindex(groups)
    table.columns = [load_instrument().label(measure) for measure in measures]
    table.insert(0, "n", sizes.map(nl_number).tolist())
    table.index = [option_label(by, key) for key in groups]
    return show_table(table, f"{caption}: gemiddelde met 95%-interval")


def show_two_groups(comparison: pd.DataFrame, caption: str) -> HTML:
    """``compare_two``: means, difference, effect size, p and corrected p; an asterisk where p < 0.05."""
    pair = comparison["group"].iloc[0].split("|")
    by = comparison["group_var"].iloc[0]
    table = pd.DataFrame(
        {
            option_label(by, pair[0]): _numbers(comparison["mean_a"], 2),
            option_label(by, pair[1]): _numbers(comparison["mean_b"], 2),
            "Verschil, 95%-interval": _with_interval(comparison, "diff", "diff_low", "diff_high"),
            "Hedges'\u00a0g, 95%-interval": _with_interval(comparison, "hedges_g", "g_low", "g_high"),
            "p": comparison["p"].map(nl_p) + comparison["significant"].map({1: "\u00a0*"}).fillna(""),
            "p (Holm)": comparison["p_holm"].map(nl_p),
        }
    )
    table.index = comparison["measure"].map(load_instrument().label).tolist()
    sizes = f"n = {nl_number(comparison['n_a'].max())} en {nl_number(comparison['n_b'].max())}"
    return show_table(table, f"{caption} ({sizes}; * p < 0,05, Welch; Holm over {len(table)} vragen)")


def show_omnibus(comparison: pd.DataFrame, caption: str) -> HTML:
    """``compare_groups``: Welch's ANOVA with Kruskal-Wallis beside it."""
    table = pd.DataFrame(
        {
            "Groepen": comparison["groups"].map(nl_number),
            "n": comparison["n"].map(nl_number),
            "F (Welch)": _numbers(comparison["F"], 2),
            "η²": _numbers(comparison["eta_squared"], 3),
            "p": comparison["p_welch"].map(nl_p),
            "p (Holm)": comparison["p_holm"].map(nl_p),
            "p (Kruskal-Wallis)": comparison["p_kruskal"].map(nl_p),
        }
    )
    table.index = comparison["measure"].map(load_instrument().label).tolist()
    return show_table(table, caption)


def show_pairs(pairs: pd.DataFrame, caption: str) -> HTML:
    """``compare_pairs``: only the pairs that differ at p < 0.05, with the number that were tested.

    A dagger marks pairs that Dunn's test does not find different.
    """
    differ = pairs[pairs["significant"] == 1]
    names = [
        [option_label(by, key) for key in group.split("|")]
        for by, group in zip(differ["group_var"], differ["group"], strict=True)
    ]
    # Every difference is shown as the highest minus the lowest.
    turned = differ.assign(diff=-differ["diff"], diff_low=-differ["diff_high"], diff_high=-differ["diff_low"])
    upright = differ.where(differ["diff"] > 0, turned)
    table = pd.DataFrame(
        {
            "Hoogst": [b if d < 0 else a for (a, b), d in zip(names, differ["diff"], strict=True)],
            "Laagst": [a if d < 0 else b for (a, b), d in zip(names, differ["diff"], strict=True)],
            "Verschil, 95%-interval": _with_interval(upright, "diff", "diff_low", "diff_high").tolist(),
            "Hedges'\u00a0g": _numbers(differ["hedges_g"].abs(), 2).tolist(),
            "p (Games-Howell)": differ["p"].map(nl_p).tolist(),
            "p (Dunn, Holm)": [nl_p(p) + ("" if p < ALPHA else "\u00a0†") for p in differ["p_dunn"]],
        },
        index=differ["measure"].map(load_instrument().label).tolist(),
    )
    tested = f"{len(differ)} van {len(pairs)} vergelijkingen, p < 0,05; † Dunn bevestigt dit niet"
    return show_table(table, f"{caption} ({tested})")


def show_correlations(correlations: pd.DataFrame, caption: str) -> HTML:
    """Correlations: with interval, p and word for one group; a column per group for several."""
    labels = correlations["measure"].map(lambda key: load_instrument().label(key.split("~")[0]))
    if correlations["group"].nunique() == 1:
        table = pd.DataFrame(
            {
                "rho, 95%-interval": _with_interval(correlations, "spearman", "ci_low", "ci_high", 3),
                "n": correlations["n"].map(nl_number),
                "p": correlations["p"].map(nl_p),
                "p (Holm)": correlations["p_holm"].map(nl_p),
                "Samenhang": correlations["interpretation"],
            }
        )
        table.index = labels.tolist()
        return show_table(table, caption)
    by = correlations["group_var"].iloc[0]
    cells = correlations.assign(
        label=labels,
        heading=correlations["group"].map(lambda key: option_label(by, key)),
        cell=_with_interval(correlations, "spearman", "ci_low", "ci_high", 3)
        + LINE
        + correlations["interpretation"],
    )
    table = cells.pivot(index="label", columns="heading", values="cell")
    table = table.reindex(index=list(dict.fromkeys(labels)), columns=list(dict.fromkeys(cells["heading"])))
    sizes = cells.groupby("heading")["n"].max()
    table.loc["n"] = [nl_number(sizes[heading]) for heading in table.columns]
    table.index.name = table.columns.name = None
    return show_table(table, caption)


def show_correlation_tests(differences: pd.DataFrame, caption: str) -> HTML:
    """``compare_correlations``: lowest and highest rho of the groups, and the test that all are equal."""
    columns = {
        "measure": ("Samenhang", measure_label),
        "lowest": ("Laagste rho", lambda rho: nl_number(rho, 2)),
        "highest": ("Hoogste rho", lambda rho: nl_number(rho, 2)),
        "Q": ("Q", lambda q: nl_number(q, 1)),
        "p": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
    }
    return show_records(differences, columns, caption)


def show_legend() -> HTML:
    """The words for the strength of a correlation, and from which rho each holds."""
    table = pd.DataFrame({"Spearmans rho, zonder teken": [f"vanaf {nl_number(rho, 2)}" for rho in LEGEND]})
    table.index = list(LEGEND.values())
    table.columns.name = "Samenhang"
    return show_table(table, "Legenda voor de sterkte van een samenhang (naar Cohen, 1988)")


def flow_label(category: str) -> str:
    """A step of the cleaning in words."""
    steps = {
        "in_export": "In het exportbestand",
        "buiten_periode": "Buiten de periode",
        "ingevuld": "Ingevuld in de periode",
        "uitgesloten": "Weggelaten",
        "analyse": "Meegeteld in de analyse",
    }
    return steps.get(category) or f"– {REASONS[category.removeprefix('uitgesloten_')]}"


def measure_label(measure: str) -> str:
    """``taken~leren_van_taken`` -> both labels."""
    return " en ".join(load_instrument().label(part) for part in measure.split("~"))


def show_records(table: pd.DataFrame, columns: dict[str, str | tuple[str, Callable]], caption: str) -> HTML:
    """A frame as it is: the first of ``columns`` in the rows, each renamed, and formatted where given.

    ``columns`` maps a column to its Dutch heading, or to the heading and a function from value to text.
    """
    shown = {}
    for column, heading in columns.items():
        name, form = (heading, str) if isinstance(heading, str) else heading
        shown[name] = table[column].map(form).tolist()
    frame = pd.DataFrame(shown)
    first = frame.columns[0]
    frame = frame.set_index(first)
    frame.index.name, frame.columns.name = None, first
    return show_table(frame, caption)


def _row_label(measure: str) -> str:
    """A statement in full, as there is room for it; anything else by its short name."""
    instrument = load_instrument()
    return instrument.header(measure) if measure in instrument.statements else instrument.label(measure)


def _numbers(values: pd.Series, decimals: int) -> pd.Series:
    return pd.Series([nl_number(value, decimals) for value in values], index=values.index, dtype=object)


def _intervals(table: pd.DataFrame, decimals: int, low: str = "ci_low", high: str = "ci_high") -> pd.Series:
    return _numbers(table[low], decimals) + "\u00a0tot\u00a0" + _numbers(table[high], decimals)


def _with_interval(table: pd.DataFrame, value: str, low: str, high: str, decimals: int = 2) -> pd.Series:
    return _numbers(table[value], decimals) + LINE + _intervals(table, decimals, low, high)
