"""Tables of tests: what was found, how sure that is, and what could have been found.

The note under each says what the test is, and over how many tests the p-values are corrected (Holm). The
table files hold more than is shown.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from leercultuur.display.tables import tabulate_records
from leercultuur.formatting import (
    INTERVAL,
    P_BELOW_ALPHA,
    adjustment_label,
    measure_label,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
    two,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import (
    INTERACTION,
    PLAIN,
    STANDARDISED,
    list_adjustments,
    split_groups,
    split_measures,
)
from leercultuur.statistics.significance import OPEN, is_demonstrated
from leercultuur.style.cells import spread_groups, write_numbers, write_with_interval
from leercultuur.style.rows import SCALES, group_by_kind, name_measures, order_groups, sort_groups
from leercultuur.style.table import LINE, Table
from leercultuur.style.verdicts import count_tests, explain_holm, name_left_out, write_verdicts
from leercultuur.thresholds import ALPHA

OMEGA_INTERVAL = f"{nl_percent(100 * (1 - 2 * ALPHA), 0)}-interval"
G = f"Hedges'\u00a0g, {INTERVAL}"


def tabulate_two_groups(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_two``: means, difference, effect size, p, corrected p and verdict; the largest difference
    first."""
    first, second = split_groups(comparison["group"].iloc[0])
    by = comparison["group_var"].iloc[0]
    ordered = comparison.sort_values("diff", ascending=False, kind="stable")
    table = pd.DataFrame(
        {
            option_label(by, first): write_numbers(ordered["mean_a"]),
            option_label(by, second): write_numbers(ordered["mean_b"]),
            f"Verschil, {INTERVAL}": write_with_interval(ordered, "diff", "diff_low", "diff_high"),
            G: write_with_interval(ordered, "hedges_g", "g_low", "g_high"),
            "p": ordered["p"].map(nl_p),
            "p (Holm)": ordered["p_holm"].map(nl_p),
            "Oordeel": write_verdicts(ordered),
        }
    )
    table.index = ordered["measure"].map(measure_label).tolist()
    table.columns.name = name_measures(comparison["measure"])
    sizes = f"n = {nl_number(comparison['n_a'].max())} en {nl_number(comparison['n_b'].max())}"
    note = f"Toets van Welch; {explain_holm(comparison['p'])}."
    return Table(f"{caption} ({sizes})", table, comparison, note)


def tabulate_omnibus(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_groups``: Welch's ANOVA with the share of variance, and Kruskal-Wallis beside it."""
    shown = comparison.assign(
        omega_squared=comparison["omega_squared"].clip(lower=0),
        judgement=write_verdicts(comparison, 3, "ω² vanaf"),
    )
    shown["share"] = write_with_interval(shown, "omega_squared", "omega_low", "omega_high", 3)
    columns = {
        "measure": (name_measures(comparison["measure"]), measure_label),
        "F": ("F", two),
        "share": f"ω², {OMEGA_INTERVAL}",
        "p_welch": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
        "judgement": "Oordeel",
        "p_kruskal": ("p (Kruskal-Wallis)", nl_p),
    }
    groups = int(comparison["groups"].max())
    sizes = f"{groups} {'groep' if groups == 1 else 'groepen'}, n = {nl_number(comparison['n'].max())}"
    note = f"F, ω² en p: variantieanalyse van Welch; {explain_holm(comparison['p_welch'])}."
    note += f" Daarnaast de toets van Kruskal-Wallis.{name_left_out(comparison)}"
    return tabulate_records(shown, f"{caption} ({sizes})", columns, comparison, note, folded=True)


def tabulate_pairs(pairs: pd.DataFrame, caption: str) -> Table:
    """``compare_pairs``: only the pairs that differ, under each score, with the number that were tested.

    Every difference is shown as the higher minus the lower. A dagger marks pairs that Dunn's test does not
    find different.
    """
    differ = pairs[is_demonstrated(pairs["verdict"])]
    ends = {"diff": ("diff", "diff_low", "diff_high"), "g": ("hedges_g", "g_low", "g_high")}
    turned = differ.assign(
        **{
            a: -differ[b]
            for value, low, high in ends.values()
            for a, b in ((value, value), (low, high), (high, low))
        }
    )
    upright = differ.where(differ["diff"] > 0, turned)
    names = [
        [option_label(row.group_var, key) for key in split_groups(row.group)[:: 1 if row.diff > 0 else -1]]
        for row in differ.itertuples()
    ]
    table = pd.DataFrame(
        {
            "Lager": [low for _, low in names],
            f"Verschil, {INTERVAL}": write_with_interval(upright, *ends["diff"]).tolist(),
            G: write_with_interval(upright, *ends["g"]).tolist(),
            "p (gecorrigeerd)": differ["p_corrected"].map(nl_p).tolist(),
            "p (Dunn)": [nl_p(p) + ("" if p < ALPHA else "\u00a0†") for p in differ["p_dunn"]],
        },
        index=pd.MultiIndex.from_arrays(
            [differ["measure"].map(measure_label).tolist(), [high for high, _ in names]]
        ),
    )
    table.columns.name = "Hoger"
    note = "Toets van Games-Howell; p is gecorrigeerd voor paren en kenmerken. Daarnaast de toets van Dunn."
    if (differ["p_dunn"] >= ALPHA).any():
        note += f" †: daar is p niet kleiner dan {P_BELOW_ALPHA[4:]}."
    return Table(f"{caption} ({len(differ)} van {len(pairs)} paren)", table, pairs, note, folded=True)


def tabulate_adjusted(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_adjusted``: a column per adjustment, how much is left with the last, and its verdict; the
    largest plain difference first, characteristics before questions."""
    last = list_adjustments(differences["category"])[-1]
    plain = differences[differences["category"] == PLAIN].sort_values("diff", ascending=False, kind="stable")
    order = sorted(plain["measure"], key=load_instrument().items.__contains__)
    ordered = differences.sort_values("measure", key=lambda keys: keys.map(order.index), kind="stable")
    shown = ordered[ordered["category"] != STANDARDISED]
    cells = write_with_interval(shown, "diff", "diff_low", "diff_high")
    wide = _cross(shown, cells.where(shown["reason"] == "", shown["reason"]))
    plain, final = (ordered[ordered["category"] == key].set_index("measure") for key in (PLAIN, last))
    found = is_demonstrated(plain["verdict"])
    wide["Blijft over"] = [nl_percent(100 * kept, 0) for kept in final["kept"].where(found)]
    wide["Oordeel"] = write_verdicts(final).tolist()
    wide.columns.name = name_measures(list(final.index))
    wide = group_by_kind(wide, list(final.index))
    families = " en apart voor ".join(final["family"].str.split(",").str[0].unique())
    note = f"Verschil in punten, met het {INTERVAL}. Oordeel: {adjustment_label(last)}; p is "
    note += f"gecorrigeerd (Holm) voor {families}."
    return Table(f"{caption} (n\u00a0=\u00a0{nl_number(final['n'].max())})", wide, differences, note)


def tabulate_adjusted_means(means: pd.DataFrame, caption: str) -> Table:
    """``adjust_group_means``: a row per group, a column per score, the plain mean under the adjusted one."""
    if means.empty:
        return Table(f"{caption}: geen groep is groot genoeg om te vergelijken", pd.DataFrame(), means)
    adjusted = write_with_interval(means, "adjusted", "adjusted_low", "adjusted_high")
    adjusted = adjusted.where(means["reason"] == "", means["reason"])
    cells = means.assign(cell=adjusted + LINE + "was\u00a0" + write_numbers(means["plain"]))
    cells = sort_groups(cells, order_groups(means, "plain"))
    table = spread_groups(cells, cells["measure"].map(load_instrument().label))
    table = table.T[["n", *table.index[:-1]]]
    table.columns.name = load_instrument().label(means["group_var"].iloc[0])
    how = adjustment_label(means["category"].iloc[0])
    note = f"Gemiddelde op een schaal van 1 tot 5, met het {INTERVAL} en het ongecorrigeerde gemiddelde."
    return Table(f"{caption}, {how}", table, means, note, folded=True)


def tabulate_adjusted_tests(tests: pd.DataFrame, caption: str) -> Table:
    """``compare_groups_adjusted``: p and verdict of each score, plain, adjusted, and of the interaction."""
    p = (LINE + "p\u00a0(Holm)\u00a0" + tests["p_holm"].map(nl_p)).where(tests["p"].notna(), "")
    wide = _cross(tests, write_verdicts(tests, 3, "ω² vanaf") + p)
    families = dict.fromkeys(tests["family"].str.split(",").str[0])
    crossed = tests.loc[tests["category"] == INTERACTION, "n"].max()
    among = "" if pd.isna(crossed) else f" (n = {nl_number(crossed)})"
    wide.columns.name = name_measures(tests["measure"])
    size = f"n\u00a0=\u00a0{nl_number(tests['n'].max())}"
    note = f"Wald-toets; p (Holm) is per kolom gecorrigeerd voor {' of '.join(families)}. Wisselwerking: of "
    note += f"het verschil van klasse tot klasse anders is{among}. De Wald-toets is een "
    note += "andere dan de Welch-ANOVA, waarmee de groepen ook zijn vergeleken: de uitkomsten kunnen "
    note += f"iets verschillen.{name_left_out(tests)}"
    return Table(f"{caption} ({size})", wide, tests, note, folded=True)


def tabulate_phases(composition: pd.DataFrame, differences: pd.DataFrame, caption: str) -> Table:
    """``compare_composition`` and ``compare_adjusted`` of the same two groups, one below the other."""
    last = list_adjustments(differences["category"])[-1]
    plain, adjusted = (differences[differences["category"] == key] for key in (PLAIN, last))
    columns = ["Verschil", adjustment_label(last).capitalize(), "p (Holm), gecorrigeerd", "Oordeel"]
    scores = pd.DataFrame(
        {
            columns[0]: write_with_interval(plain, "diff", "diff_low", "diff_high").tolist(),
            columns[1]: write_with_interval(adjusted, "diff", "diff_low", "diff_high").tolist(),
            columns[2]: adjusted["p_holm"].map(nl_p).tolist(),
            columns[3]: write_verdicts(adjusted).tolist(),
        },
        index=[(SCALES, measure_label(key)) for key in plain["measure"]],
    )
    mix = pd.DataFrame(
        {
            columns[0]: ("Cramérs V " + write_numbers(composition["cramers_v"])).tolist(),
            columns[1]: "–",
            columns[2]: composition["p_holm"].map(nl_p).tolist(),
            columns[3]: composition["verdict"]
            .where(composition["verdict"] != "", composition["reason"])
            .tolist(),
        },
        index=[("Samenstelling", measure_label(key)) for key in composition["measure"]],
    )
    table = pd.concat([mix, scores])
    table.index = pd.MultiIndex.from_tuples(table.index)
    table.columns.name = "Wat"
    on_mix, on_scores = (count_tests(rows["p"]) for rows in (composition, adjusted))
    note = f"Verschil in punten, met het {INTERVAL}; bij samenstelling Cramérs V. p (Holm) is "
    note += f"gecorrigeerd voor {on_mix} op samenstelling en apart voor {on_scores} op kenmerken."
    data = pd.concat([composition, differences], ignore_index=True)
    return Table(f"{caption} (n\u00a0=\u00a0{nl_number(plain['n'].max())})", table, data, note, folded=True)


def tabulate_correlations(correlations: pd.DataFrame, caption: str) -> Table:
    """``correlate``: with interval, p and word for one group; a column per group for several. Where
    p (Holm) is not below ``ALPHA``, it says "niet aangetoond" instead of a word for the strength."""
    several = correlations["group"].nunique() > 1
    ordered = (
        correlations if several else correlations.sort_values("spearman", ascending=False, kind="stable")
    )
    labels = ordered["measure"].map(lambda key: measure_label(split_measures(key)[0]))
    rho = write_with_interval(ordered, "spearman", "ci_low", "ci_high", 3)
    rho = rho.where(ordered["reason"] == "", ordered["reason"])
    strength = ordered["interpretation"].mask(ordered["p_holm"] >= ALPHA, OPEN)
    note = f"Spearmans rho, met het {INTERVAL}"
    corner = name_measures([split_measures(key)[0] for key in ordered["measure"]])
    if several:
        words = (LINE + strength).where(ordered["spearman"].notna(), "")
        table = spread_groups(ordered.assign(cell=rho + words), labels)
        table.columns.name = corner
        return Table(
            caption,
            table,
            correlations,
            f"{note} en de sterkte in een woord als p (Holm) onder {two(ALPHA)} is.",
        )
    table = pd.DataFrame(
        {
            "rho": rho,
            "n": ordered["n"].map(nl_number),
            "p": ordered["p"].map(nl_p),
            "p (Holm)": ordered["p_holm"].map(nl_p),
            "Samenhang": strength,
        }
    )
    table.index = labels.tolist()
    table.columns.name = corner
    return Table(caption, table, correlations, f"{note}; {explain_holm(correlations['p'])}.")


def tabulate_correlation_tests(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_correlations``: lowest and highest rho of the groups, and the test that all are equal."""
    columns: dict[str, Any] = {
        "measure": ("Samenhang", measure_label),
        "lowest": ("Laagste rho", two),
        "highest": ("Hoogste rho", two),
        "Q": ("Q", lambda q: nl_number(q, 1)),
        "p": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
        "judgement": "Oordeel",
    }
    outcomes = differences["measure"].map(lambda key: split_measures(key)[1])
    families = [
        f"{count_tests(rows)} met {measure_label(name).lower()}"
        for name, rows in differences["p"].groupby(outcomes, sort=False)
    ]
    note = "Q toetst of rho in alle groepen gelijk kan zijn; p (Holm) is gecorrigeerd voor "
    note += f"{' en apart voor '.join(families)}.{name_left_out(differences)}"
    judgement = write_verdicts(differences, 2, "bij een SD van rho vanaf")
    return tabulate_records(
        differences.assign(judgement=judgement), caption, columns, differences, note, folded=True
    )


def tabulate_rest(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_with_rest``: only the groups whose rho differs from that of all others, with the number that
    were tested and how large a difference would have been found."""
    differ = differences[is_demonstrated(differences["verdict"])]
    by = differences["group_var"].iloc[0] if len(differences) else ""
    table = pd.DataFrame(
        {
            "rho": differ["rho"].map(two).tolist(),
            "rho bij alle anderen": differ["rho_rest"].map(two).tolist(),
            f"Verschil, {INTERVAL}": write_with_interval(differ, "diff", "diff_low", "diff_high").tolist(),
            "p (Holm)": differ["p_holm"].map(nl_p).tolist(),
        },
        index=pd.MultiIndex.from_arrays(
            [
                [measure_label(split_measures(key)[0]) for key in differ["measure"]],
                [option_label(by, key) for key in differ["group"]],
            ]
        ),
    )
    table.columns.name = "Groep"
    caption += (
        f": bij {len(differ) or 'geen'} van {count_tests(differences['p'])} p (Holm) onder {two(ALPHA)}"
    )
    note = f"{explain_holm(differences['p'])}."
    if differences["detectable"].notna().any():
        ends = dict.fromkeys(two(differences["detectable"].agg(end)) for end in ("min", "max"))
        note += f" Te zien was een verschil vanaf {' tot '.join(ends)}, naar de grootte van de groep."
    return Table(caption, table, differences, note, folded=True)


def _cross(table: pd.DataFrame, cells: pd.Series) -> pd.DataFrame:
    """Texts with a row per measure and a column per adjustment."""
    rows, headings = table["measure"].map(measure_label), table["category"].map(adjustment_label)
    headings = headings.str.capitalize()
    named = table.assign(row=rows, heading=headings, cell=cells)
    wide = named.pivot(index="row", columns="heading", values="cell")
    return wide.loc[rows.unique(), headings.unique()].rename_axis(index=None, columns=None)
