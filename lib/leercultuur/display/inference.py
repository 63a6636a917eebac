"""Tables of tests: what was found, how sure that is, and what could have been found.

Holm, in every caption, says over how many tests the p-values beside it are corrected. The table files hold
more than is shown.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from leercultuur.display.tables import (
    LINE,
    Table,
    spread_groups,
    tabulate_records,
    write_numbers,
    write_with_interval,
)
from leercultuur.formatting import (
    INTERVAL,
    P_BELOW_ALPHA,
    adjustment_label,
    measure_label,
    nl_join,
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
from leercultuur.thresholds import ALPHA

OMEGA_INTERVAL = f"{nl_percent(100 * (1 - 2 * ALPHA), 0)}-interval"
G = f"Hedges'\u00a0g, {INTERVAL}"


def tabulate_two_groups(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_two``: means, difference, effect size, p, corrected p and verdict."""
    first, second = split_groups(comparison["group"].iloc[0])
    by = comparison["group_var"].iloc[0]
    table = pd.DataFrame(
        {
            option_label(by, first): write_numbers(comparison["mean_a"]),
            option_label(by, second): write_numbers(comparison["mean_b"]),
            f"Verschil, {INTERVAL}": write_with_interval(comparison, "diff", "diff_low", "diff_high"),
            G: write_with_interval(comparison, "hedges_g", "g_low", "g_high"),
            "p": comparison["p"].map(nl_p),
            "p (Holm)": comparison["p_holm"].map(nl_p),
            "Oordeel": write_verdicts(comparison),
        }
    )
    table.index = comparison["measure"].map(measure_label).tolist()
    sizes = f"n = {nl_number(comparison['n_a'].max())} en {nl_number(comparison['n_b'].max())}"
    return Table(f"{caption} ({sizes}; Welch, Holm over {count_tests(comparison['p'])})", table, comparison)


def tabulate_omnibus(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_groups``: Welch's ANOVA with the share of variance, and Kruskal-Wallis beside it."""
    shown = comparison.assign(
        omega_squared=comparison["omega_squared"].clip(lower=0),
        judgement=write_verdicts(comparison, 3, "ω² vanaf"),
    )
    shown["share"] = write_with_interval(shown, "omega_squared", "omega_low", "omega_high", 3)
    columns = {
        "measure": ("", measure_label),
        "F": ("F (Welch)", two),
        "share": f"ω², {OMEGA_INTERVAL}",
        "p_welch": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
        "judgement": "Oordeel",
        "p_kruskal": ("p (Kruskal-Wallis)", nl_p),
    }
    sizes = f"{nl_number(comparison['groups'].max())} groepen, n = {nl_number(comparison['n'].max())}"
    caption += (
        f" ({sizes}; Welch-ANOVA, Holm over {count_tests(comparison['p_welch'])}{_name_left_out(comparison)})"
    )
    return tabulate_records(shown, caption, columns, comparison)


def tabulate_pairs(pairs: pd.DataFrame, caption: str) -> Table:
    """``compare_pairs``: only the pairs that differ, with the number that were tested.

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
            "Hoger": [high for high, _ in names],
            "Lager": [low for _, low in names],
            f"Verschil, {INTERVAL}": write_with_interval(upright, *ends["diff"]).tolist(),
            G: write_with_interval(upright, *ends["g"]).tolist(),
            "p (gecorrigeerd)": differ["p_corrected"].map(nl_p).tolist(),
            "p (Dunn)": [nl_p(p) + ("" if p < ALPHA else "\u00a0†") for p in differ["p_dunn"]],
        },
        index=differ["measure"].map(measure_label).tolist(),
    )
    tested = f"{len(differ)} van {len(pairs)} paren; Games-Howell, gecorrigeerd voor paren en kenmerken"
    dagger = f"; † Dunn: niet onder {P_BELOW_ALPHA[4:]}" if (differ["p_dunn"] >= ALPHA).any() else ""
    return Table(f"{caption} ({tested}{dagger})", pd.DataFrame() if differ.empty else table, pairs)


def tabulate_adjusted(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_adjusted``: a column per adjustment, how much is left with the last, and its verdict."""
    last = list_adjustments(differences["category"])[-1]
    shown = differences[differences["category"] != STANDARDISED]
    cells = write_with_interval(shown, "diff", "diff_low", "diff_high")
    wide = _cross(shown, cells.where(shown["reason"] == "", shown["reason"]))
    plain, final = (differences[differences["category"] == key].set_index("measure") for key in (PLAIN, last))
    found = is_demonstrated(plain["verdict"])
    wide["Blijft over"] = [nl_percent(100 * kept, 0) for kept in final["kept"].where(found)]
    wide["Oordeel"] = write_verdicts(final).tolist()
    families = " en over ".join(final["family"].str.split(",").str[0].unique())
    judged = f"Oordeel: {adjustment_label(last)}, Holm over {families}"
    size = f"n = {nl_number(final['n'].max())}"
    return Table(f"{caption}: verschil met {INTERVAL} ({size}; {judged})", wide, differences)


def tabulate_adjusted_means(means: pd.DataFrame, caption: str) -> Table:
    """``adjust_group_means``: a row per group, a column per score, the plain mean under the adjusted one."""
    if means.empty:
        return Table(f"{caption}: geen groep is groot genoeg om te vergelijken", pd.DataFrame(), means)
    adjusted = write_with_interval(means, "adjusted", "adjusted_low", "adjusted_high")
    adjusted = adjusted.where(means["reason"] == "", means["reason"])
    cells = means.assign(cell=adjusted + LINE + "was\u00a0" + write_numbers(means["plain"]))
    table = spread_groups(cells, means["measure"].map(load_instrument().label))
    table = table.T[["n", *table.index[:-1]]]
    table.columns.name = load_instrument().label(means["group_var"].iloc[0])
    how = adjustment_label(means["category"].iloc[0])
    return Table(f"{caption}: gemiddelde {how}, met {INTERVAL}", table, means)


def tabulate_adjusted_tests(tests: pd.DataFrame, caption: str) -> Table:
    """``compare_groups_adjusted``: p and verdict of each score, plain, adjusted, and of the interaction."""
    p = (LINE + "p\u00a0(Holm)\u00a0" + tests["p_holm"].map(nl_p)).where(tests["p"].notna(), "")
    wide = _cross(tests, write_verdicts(tests, 3, "ω² vanaf") + p)
    families = dict.fromkeys(tests["family"].str.split(",").str[0])
    crossed = tests.loc[tests["category"] == INTERACTION, "n"].max()
    sizes = f"n = {nl_number(tests['n'].max())}, bij wisselwerking {nl_number(crossed)}"
    how = f"Wald-toets; Holm over {' of '.join(families)} per kolom{_name_left_out(tests)}"
    return Table(f"{caption} ({sizes}; {how})", wide, tests)


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
        index=plain["measure"].map(measure_label).tolist(),
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
        index=("Samenstelling: " + composition["measure"].map(measure_label).str.lower()).tolist(),
    )
    on_mix, on_scores = (count_tests(rows["p"]) for rows in (composition, adjusted))
    families = f"Holm over {on_mix} op samenstelling en over {on_scores} op kenmerken"
    data = pd.concat([composition, differences], ignore_index=True)
    size = f"n = {nl_number(plain['n'].max())}"
    return Table(f"{caption} ({size}; {families})", pd.concat([mix, scores]), data)


def tabulate_correlations(correlations: pd.DataFrame, caption: str) -> Table:
    """``correlate``: with interval, p and word for one group; a column per group for several."""
    labels = correlations["measure"].map(lambda key: measure_label(split_measures(key)[0]))
    rho = write_with_interval(correlations, "spearman", "ci_low", "ci_high", 3)
    rho = rho.where(correlations["reason"] == "", correlations["reason"])
    if correlations["group"].nunique() > 1:
        words = (LINE + correlations["interpretation"]).where(correlations["spearman"].notna(), "")
        table = spread_groups(correlations.assign(cell=rho + words), labels)
        return Table(f"{caption}: Spearmans rho met {INTERVAL}", table, correlations)
    table = pd.DataFrame(
        {
            f"rho, {INTERVAL}": rho,
            "n": correlations["n"].map(nl_number),
            "p": correlations["p"].map(nl_p),
            "p (Holm)": correlations["p_holm"].map(nl_p),
            "Samenhang": correlations["interpretation"],
        }
    )
    table.index = labels.tolist()
    return Table(f"{caption} (Holm over {count_tests(correlations['p'])})", table, correlations)


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
    caption += f" (Q; Holm over {' en apart over '.join(families)}{_name_left_out(differences)})"
    judgement = write_verdicts(differences, 2, "bij een SD van rho vanaf")
    return tabulate_records(differences.assign(judgement=judgement), caption, columns, differences)


def tabulate_rest(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_with_rest``: only the groups whose rho differs from that of all others, with the number that
    were tested and how large a difference would have been found."""
    differ = differences[is_demonstrated(differences["verdict"])]
    by = differences["group_var"].iloc[0] if len(differences) else ""
    shown = differ.assign(
        label=[measure_label(split_measures(key)[0]) for key in differ["measure"]],
        name=[option_label(by, key) for key in differ["group"]],
        cell=write_with_interval(differ, "diff", "diff_low", "diff_high"),
    )
    columns: dict[str, Any] = {
        "label": "",
        "name": "Groep",
        "rho": ("rho", two),
        "rho_rest": ("rho bij alle anderen", two),
        "cell": f"Verschil, {INTERVAL}",
        "p_holm": ("p (Holm)", nl_p),
    }
    caption += f": {len(differ)} van {count_tests(differences['p'])} aantoonbaar"
    if differences["detectable"].notna().any():
        ends = (two(differences["detectable"].agg(end)) for end in ("min", "max"))
        caption += f" (Holm; te zien vanaf {' tot '.join(ends)}, naar de grootte van de groep)"
    if differ.empty:
        return Table(caption, pd.DataFrame(), differences)
    return tabulate_records(shown, caption, columns, differences)


def write_verdicts(table: pd.DataFrame, decimals: int = 2, unit: str = "vanaf") -> pd.Series:
    """Verdicts as texts; beside "niet aangetoond" how large a difference would have been found, and instead
    of none why there is no test."""
    least = LINE + f"(te zien {unit} " + write_numbers(table["detectable"], decimals) + ")"
    texts = table["verdict"] + least.where(table["verdict"] == OPEN, "")
    reasons = table["reason"] if "reason" in table else pd.Series("", table.index)
    return texts.where(table["verdict"] != "", reasons.replace("", "–")).str.replace(" ", "\u00a0")


def _cross(table: pd.DataFrame, cells: pd.Series) -> pd.DataFrame:
    """Texts with a row per measure and a column per adjustment."""
    rows, headings = (
        table["measure"].map(measure_label),
        table["category"].map(adjustment_label).str.capitalize(),
    )
    wide = table.assign(row=rows, heading=headings, cell=cells).pivot(
        index="row", columns="heading", values="cell"
    )
    return wide.loc[rows.unique(), headings.unique()].rename_axis(index=None, columns=None)


def _name_left_out(table: pd.DataFrame) -> str:
    named = dict.fromkeys(filter(None, table["left_out"]))
    return f"; niet getoetst: {nl_join(list(named))}" if named else ""


def count_tests(p: pd.Series) -> str:
    """``5 toetsen``: those that were done."""
    tests = p.notna().sum()
    return f"{tests} {'toets' if tests == 1 else 'toetsen'}"
