"""Tables of what numbers are worth: reliability, representativeness, importance, planning."""

from __future__ import annotations

from typing import Any

import pandas as pd

from leercultuur.display.tables import tabulate_records
from leercultuur.formatting import (
    INTERVAL,
    measure_label,
    nl_join,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
    two,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import split_measures
from leercultuur.style.cells import write_intervals, write_numbers, write_with_interval
from leercultuur.style.rows import name_measures
from leercultuur.style.table import Table
from leercultuur.style.verdicts import explain_holm


def tabulate_importance(importance: pd.DataFrame, caption: str) -> Table:
    """``relative_importance``: rho beside the share each has in what all explain together."""
    shares = importance.assign(
        share=write_with_interval(importance, "weight", "weight_low", "weight_high", 1),
        label=[measure_label(split_measures(key)[0]) for key in importance["measure"]],
    )
    columns: dict[str, Any] = {
        "label": name_measures([split_measures(key)[0] for key in importance["measure"]]),
        "rho": ("rho", two),
        "rho_rank": ("Plaats naar rho", nl_number),
        "share": f"Aandeel in %, {INTERVAL}",
        "rank": ("Plaats naar aandeel", nl_number),
        "first_three": ("In de eerste drie, % van de steekproeven", lambda share: nl_percent(100 * share, 0)),
    }
    if importance["lmg"].notna().any():
        columns["lmg"] = ("Aandeel in % (LMG)", lambda share: nl_number(share, 1))
    explained = f"samen {nl_percent(100 * importance['r_squared'].iloc[0], 0)} van de spreiding"
    ordered = shares.sort_values("weight", ascending=False, kind="stable")
    reasons = "; ".join(dict.fromkeys(filter(None, importance["reason"])))
    text = reasons or f"n = {nl_number(importance['n'].iloc[0])}; {explained}"
    note = "Aandelen tellen op tot 100% van de verklaarde spreiding. De steekproeven zijn met teruglegging "
    note = "" if reasons else f"{note}getrokken uit deze invullers."
    return tabulate_records(ordered, f"{caption} ({text})", columns, importance, note, folded=True)


def tabulate_plan(plan: pd.DataFrame, caption: str) -> Table:
    """``plan_group_sizes``: what two groups of a size could show."""
    columns = {
        "group_size": ("Invullers per groep", nl_number),
        "detectable_sd": ("Verschil in standaarddeviaties", two),
        "detectable": ("Verschil in punten", two),
        "margin": ("Marge van een gemiddelde (±)", two),
        "detectable_rho": ("Samenhang (rho) in een groep", two),
    }
    return tabulate_records(plan, caption, columns)


def tabulate_reliability(reliability: pd.DataFrame, items: pd.DataFrame) -> Table:
    """``scale_reliability`` and ``item_rest_correlations``: how strongly the items of a score go together,
    and the item that does so least."""
    least = items.dropna(subset="item_rest").sort_values("item_rest", kind="stable").drop_duplicates("scale")
    weakest = {
        row.scale: f"{measure_label(row.measure)} ({two(row.item_rest)})" for row in least.itertuples()
    }
    remarks = items[items["remark"].str.contains("omgekeerd")].groupby("scale")["measure"]
    odd = {
        scale: f"lijkt omgekeerd: {nl_join(names.map(measure_label).tolist())}" for scale, names in remarks
    }
    shown = reliability.assign(
        interval=write_intervals(reliability, 2),
        weakest=[weakest.get(scale, "–") for scale in reliability["measure"]],
        remark=[odd.get(*row) for row in reliability[["measure", "remark"]].itertuples(index=False)],
    )
    columns = {
        "measure": ("Kenmerk", measure_label),
        "items": ("Vragen", nl_number),
        "alpha": ("Alfa", two),
        "interval": INTERVAL,
        "omega": ("Omega", two),
        "spearman_brown": ("Spearman-Brown", two),
        "weakest": "Minst samenhangend met de rest",
        "remark": "Opmerking",
    }
    size = f"n\u00a0=\u00a0{nl_number(reliability['n'].max())}"
    caption = f"Betrouwbaarheid van de kenmerken en van informeel leren ({size})"
    return tabulate_records(shown, caption, columns, reliability, folded=True)


def tabulate_population(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_with_population``: shares among respondents and in the population, and their ratio; the
    largest ratio first where the answers have no order."""
    parts = [
        part
        if load_instrument().is_ordered(key)
        else part.sort_values("ratio", ascending=False, kind="stable")
        for key, part in comparison.groupby("measure", sort=False)
    ]
    shown = pd.concat(parts)
    sizes = comparison.groupby("measure")["n"].max()
    headings = [
        f"{measure_label(key)} (n\u00a0=\u00a0{nl_number(sizes[key])})" for key in comparison["measure"]
    ]
    labels = [option_label(*key) for key in shown[["measure", "category"]].itertuples(index=False)]
    table = pd.DataFrame(
        {
            "Quickscan": shown["respondents"].map(nl_number),
            "Quickscan, %": write_numbers(shown["share"], 1),
            "CBS, %": write_numbers(shown["population_share"], 1),
            f"Verhouding, {INTERVAL}": write_with_interval(shown, "ratio", "ratio_low", "ratio_high"),
            "p (Holm)": shown["p_holm"].map(nl_p),
            "Oordeel": shown["verdict"],
        }
    )
    table.index = pd.MultiIndex.from_arrays([headings, labels])
    table.columns.name = "Groep"
    note = "Verhouding: het aandeel in de Quickscan gedeeld door dat bij het CBS; "
    note += f"{explain_holm(comparison['p'])}."
    return Table(caption, table, comparison, note)


def tabulate_weighted(scores: pd.DataFrame, caption: str) -> Table:
    """``weigh_scores``: means as they are, and weighted to the population."""
    shown = scores.assign(
        plain=write_with_interval(scores, "unweighted", "unweighted_low", "unweighted_high"),
        raked=write_with_interval(scores, "weighted", "weighted_low", "weighted_high"),
    )
    columns = {
        "measure": (name_measures(scores["measure"]), measure_label),
        "plain": f"Ongewogen, {INTERVAL}",
        "raked": f"Gewogen, {INTERVAL}",
        "difference": ("Verschil", two),
        "trimmed": ("Gewogen, begrensd", two),
    }
    note = ""
    if scores["design_effect"].notna().any():
        note = f"Ontwerpeffect {nl_number(scores['design_effect'].max(), 1)}; effectieve n "
        note += f"{nl_number(scores['effective_n'].min())}; grootste gewicht "
        note += f"{nl_number(scores['largest_weight'].max(), 1)}."
    size = f"n\u00a0=\u00a0{nl_number(scores['n'].max())}"
    return tabulate_records(shown, f"{caption} ({size})", columns, scores, note, folded=True)
