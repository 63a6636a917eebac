"""Tables of what numbers are worth: reliability, representativeness, importance, planning."""

from __future__ import annotations

from typing import Any

import pandas as pd

from leercultuur.display.inference import count_tests
from leercultuur.display.tables import LINE, Table, tabulate_records, write_intervals, write_with_interval
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
from leercultuur.keys import split_measures


def tabulate_importance(importance: pd.DataFrame, caption: str) -> Table:
    """``relative_importance``: rho beside the share each has in what all explain together."""
    shares = importance.assign(
        share=write_with_interval(importance, "weight", "weight_low", "weight_high", 1),
        label=[measure_label(split_measures(key)[0]) for key in importance["measure"]],
    )
    columns: dict[str, Any] = {
        "label": "",
        "rho": ("rho", two),
        "rho_rank": ("Plaats naar rho", nl_number),
        "share": f"Aandeel in %, {INTERVAL}",
        "rank": ("Plaats naar aandeel", nl_number),
        "first_three": ("Bij de eerste drie in", lambda share: nl_percent(100 * share, 0)),
    }
    if importance["lmg"].notna().any():
        columns["lmg"] = ("Aandeel in % (LMG)", lambda share: nl_number(share, 1))
    explained = f"samen {nl_percent(100 * importance['r_squared'].iloc[0], 0)} van de spreiding"
    ordered = shares.sort_values("weight", ascending=False, kind="stable")
    reasons = "; ".join(dict.fromkeys(filter(None, importance["reason"])))
    text = reasons or f"n = {nl_number(importance['n'].iloc[0])}; {explained}"
    return tabulate_records(ordered, f"{caption} ({text})", columns, importance)


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
        row.scale: f"{two(row.item_rest)}{LINE}{measure_label(row.measure)}" for row in least.itertuples()
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
        "weakest": "Vraag die het minst samenhangt met de rest",
        "remark": "Opmerking",
    }
    size = f"n = {nl_number(reliability['n'].max())}"
    return tabulate_records(
        shown, f"Betrouwbaarheid van de kenmerken en van informeel leren ({size})", columns, reliability
    )


def tabulate_population(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_with_population``: shares among respondents and in the population, and their ratio."""
    shown = comparison.assign(
        what=[option_label(*key) for key in zip(comparison["measure"], comparison["category"], strict=True)],
        interval=write_with_interval(comparison, "ratio", "ratio_low", "ratio_high"),
    )
    columns = {
        "what": "",
        "respondents": ("Quickscan", nl_number),
        "share": ("Quickscan, %", lambda value: nl_number(value, 1)),
        "population_share": ("CBS, %", lambda value: nl_number(value, 1)),
        "interval": f"Verhouding, {INTERVAL}",
        "p_holm": ("p (Holm)", nl_p),
        "verdict": "Oordeel",
    }
    sizes = comparison.groupby("measure", sort=False)["n"].max()
    bases = nl_join([f"{measure_label(key).lower()} n = {nl_number(n)}" for key, n in sizes.items()])
    caption += f" ({bases}; Holm over {count_tests(comparison['p'])})"
    return tabulate_records(shown, caption, columns, comparison)


def tabulate_weighted(scores: pd.DataFrame, caption: str) -> Table:
    """``weigh_scores``: means as they are, and weighted to the population."""
    shown = scores.assign(
        plain=write_with_interval(scores, "unweighted", "unweighted_low", "unweighted_high"),
        raked=write_with_interval(scores, "weighted", "weighted_low", "weighted_high"),
    )
    columns = {
        "measure": ("", measure_label),
        "plain": f"Ongewogen, {INTERVAL}",
        "raked": f"Gewogen, {INTERVAL}",
        "difference": ("Verschil", two),
        "trimmed": ("Gewogen, begrensd", two),
    }
    parts = [f"n = {nl_number(scores['n'].max())}"]
    if scores["weighted"].notna().any():
        parts += [
            f"ontwerpeffect {nl_number(scores['design_effect'].max(), 1)}",
            f"effectieve n {nl_number(scores['effective_n'].min())}",
            f"grootste gewicht {nl_number(scores['largest_weight'].max(), 1)}",
        ]
    return tabulate_records(shown, f"{caption} ({'; '.join(parts)})", columns, scores)
