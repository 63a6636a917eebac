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
    write_intervals,
    write_numbers,
    write_with_interval,
)
from leercultuur.formatting import (
    INTERVAL,
    P_BELOW_ALPHA,
    adjustment_label,
    measure_label,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
)
from leercultuur.instrument import load_instrument
from leercultuur.keys import split_groups, split_measures
from leercultuur.statistics.significance import DEMONSTRATED, OPEN
from leercultuur.thresholds import ALPHA

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
    return Table(f"{caption} ({sizes}; Welch, Holm over {_count(comparison['p'])})", table, comparison)


def tabulate_omnibus(comparison: pd.DataFrame, caption: str) -> Table:
    """``compare_groups``: Welch's ANOVA with the share of variance, and Kruskal-Wallis beside it."""
    share = write_with_interval(comparison, "omega_squared", "omega_low", "omega_high", 3)
    columns = {
        "measure": ("", measure_label),
        "groups": ("Groepen", nl_number),
        "n": ("n", nl_number),
        "F": ("F (Welch)", lambda value: nl_number(value, 2)),
        "share": f"ω², {INTERVAL}",
        "p_welch": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
        "judgement": "Oordeel",
        "p_kruskal": ("p (Kruskal-Wallis)", nl_p),
    }
    judgement = write_verdicts(comparison, 3, "ω² vanaf")
    table = tabulate_records(comparison.assign(share=share, judgement=judgement), "", columns)
    caption += f" (Welch-ANOVA, Holm over {_count(comparison['p_welch'])})"
    left_out = dict.fromkeys(filter(None, comparison["left_out"]))
    caption += "".join(f"; niet getoetst: {reason}" for reason in left_out)
    return Table(caption, table.texts, comparison)


def tabulate_pairs(pairs: pd.DataFrame, caption: str) -> Table:
    """``compare_pairs``: only the pairs that differ, with the number that were tested.

    Every difference is shown as the highest minus the lowest. A dagger marks pairs that Dunn's test does
    not find different.
    """
    differ = pairs[pairs["verdict"].str.startswith(DEMONSTRATED)]
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
            "Hoogst": [high for high, _ in names],
            "Laagst": [low for _, low in names],
            f"Verschil, {INTERVAL}": write_with_interval(upright, *ends["diff"]).tolist(),
            G: write_with_interval(upright, *ends["g"]).tolist(),
            "p (Games-Howell)": differ["p"].map(nl_p).tolist(),
            "p (Holm)": differ["p_holm"].map(nl_p).tolist(),
            "p (Dunn)": [nl_p(p) + ("" if p < ALPHA else "\u00a0†") for p in differ["p_dunn"]],
        },
        index=differ["measure"].map(measure_label).tolist(),
    )
    scores = f"{pairs['measure'].nunique()} kenmerken"
    tested = f"{len(differ)} van {len(pairs)} paren; Games-Howell per kenmerk, Holm over {scores}"
    return Table(f"{caption} ({tested}; † Dunn: niet onder {P_BELOW_ALPHA[4:]})", table, pairs)


def tabulate_adjusted(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_adjusted``: a column per adjustment, how much is left with the last, and its verdict."""
    order = list(dict.fromkeys(differences["category"]))
    last = [category for category in order if "+" in category or category in load_instrument().variables][-1]
    cells = differences.assign(
        cell=write_with_interval(differences, "diff", "diff_low", "diff_high"),
        heading=differences["category"].map(adjustment_label).str.capitalize(),
        row=differences["measure"].map(measure_label),
    )
    wide = cells.pivot(index="row", columns="heading", values="cell")
    wide = wide.reindex(
        index=list(dict.fromkeys(cells["row"])), columns=list(dict.fromkeys(cells["heading"]))
    )
    final = differences[differences["category"] == last]
    wide["Blijft over"] = [
        nl_percent(100 * kept, 0) if verdict.startswith(DEMONSTRATED) else "–"
        for kept, verdict in zip(
            final["kept"], differences.loc[differences["category"] == order[0], "verdict"], strict=True
        )
    ]
    wide["Oordeel"] = write_verdicts(final).tolist()
    wide.index.name = wide.columns.name = None
    kinds = differences["family"].str.split(",").str[0].unique()
    families = " en ".join(
        kind.replace("kenmerken", "toetsen op kenmerken").replace("vragen", "op vragen") for kind in kinds
    )
    size = f"n = {nl_number(final['n'].max())}"
    judged = f"Oordeel: {adjustment_label(last)}, Holm over {families}"
    return Table(f"{caption}: verschil met {INTERVAL} ({size}; {judged})", wide, differences)


def tabulate_adjusted_means(means: pd.DataFrame, caption: str) -> Table:
    """``adjust_group_means``: a row per group, a column per score, the plain mean under the adjusted one."""
    adjusted = write_with_interval(means, "adjusted", "adjusted_low", "adjusted_high")
    cells = means.assign(cell=adjusted + LINE + "was\u00a0" + write_numbers(means["plain"]))
    table = spread_groups(cells, means["measure"].map(load_instrument().label))
    table = table.T[["n", *table.index[:-1]]]
    by = means["group_var"].iloc[0]
    table.columns.name = load_instrument().label(by)
    return Table(
        f"{caption}: gemiddelde {adjustment_label(means['category'].iloc[0])}, met {INTERVAL}", table, means
    )


def tabulate_adjusted_tests(tests: pd.DataFrame, caption: str) -> Table:
    """``compare_groups_adjusted``: p and verdict of each score, plain, adjusted, and of the interaction."""
    cells = tests.assign(
        cell=write_verdicts(tests, 3, "ω² vanaf") + LINE + "p\u00a0(Holm)\u00a0" + tests["p_holm"].map(nl_p),
        heading=tests["category"].map(adjustment_label).str.capitalize(),
        row=tests["measure"].map(measure_label),
    )
    wide = cells.pivot(index="row", columns="heading", values="cell")
    wide = wide.reindex(
        index=list(dict.fromkeys(cells["row"])), columns=list(dict.fromkeys(cells["heading"]))
    )
    wide.index.name = wide.columns.name = None
    per = tests.groupby("category")["p"].count().max()
    return Table(f"{caption} (Wald-toets, HC3; Holm over {per} kenmerken per kolom)", wide, tests)


def tabulate_phases(composition: pd.DataFrame, differences: pd.DataFrame, caption: str) -> Table:
    """``compare_composition`` and ``compare_adjusted`` of the same two groups, one below the other."""
    last = differences["category"].unique()[1]
    plain, adjusted = (
        differences[differences["category"] == key] for key in (differences["category"].iloc[0], last)
    )
    scores = pd.DataFrame(
        {
            "Verschil": write_with_interval(plain, "diff", "diff_low", "diff_high").tolist(),
            adjustment_label(last).capitalize(): write_with_interval(
                adjusted, "diff", "diff_low", "diff_high"
            ).tolist(),
            "p (Holm)": adjusted["p_holm"].map(nl_p).tolist(),
            "Oordeel": write_verdicts(adjusted).tolist(),
        },
        index=plain["measure"].map(measure_label).tolist(),
    )
    mix = pd.DataFrame(
        {
            "Verschil": ("Cramérs V " + write_numbers(composition["cramers_v"])).tolist(),
            adjustment_label(last).capitalize(): "–",
            "p (Holm)": composition["p_holm"].map(nl_p).tolist(),
            "Oordeel": composition["verdict"].tolist(),
        },
        index=("Samenstelling: " + composition["measure"].map(measure_label).str.lower()).tolist(),
    )
    families = f"Holm over {len(mix)} samenstellingen en over {len(scores)} kenmerken"
    data = pd.concat([composition, differences], ignore_index=True)
    return Table(f"{caption} ({families})", pd.concat([mix, scores]), data)


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
    return Table(f"{caption} (Holm over {_count(correlations['p'])})", table, correlations)


def tabulate_correlation_tests(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_correlations``: lowest and highest rho of the groups, and the test that all are equal."""
    columns: dict[str, Any] = {
        "measure": ("Samenhang", measure_label),
        "lowest": ("Laagste rho", lambda rho: nl_number(rho, 2)),
        "highest": ("Hoogste rho", lambda rho: nl_number(rho, 2)),
        "Q": ("Q", lambda q: nl_number(q, 1)),
        "p": ("p", nl_p),
        "p_holm": ("p (Holm)", nl_p),
        "judgement": "Oordeel",
    }
    outcomes = differences["measure"].map(lambda key: split_measures(key)[1])
    families = [
        f"{_count(rows)} met {measure_label(name).lower()}"
        for name, rows in differences["p"].groupby(outcomes, sort=False)
    ]
    caption += f" (Q; Holm over {' en apart over '.join(families)})"
    left_out = dict.fromkeys(filter(None, differences["left_out"]))
    caption += "".join(f"; niet getoetst: {reason}" for reason in left_out)
    judgement = write_verdicts(differences, 2, "bij een spreiding van rho vanaf")
    table = tabulate_records(differences.assign(judgement=judgement), caption, columns)
    return Table(caption, table.texts, differences)


def tabulate_rest(differences: pd.DataFrame, caption: str) -> Table:
    """``compare_with_rest``: a column per group, its rho minus that of all others."""
    cells = write_with_interval(differences, "diff", "diff_low", "diff_high")
    judged = cells + LINE + write_verdicts(differences)
    cells = judged.where(differences["reason"] == "", differences["reason"])
    labels = differences["measure"].map(lambda key: measure_label(split_measures(key)[0]))
    table = spread_groups(differences.assign(cell=cells), labels)
    caption += f": verschil in rho met {INTERVAL} (Holm over {_count(differences['p'])})"
    return Table(caption, table, differences)


def tabulate_importance(importance: pd.DataFrame, caption: str) -> Table:
    """``relative_importance``: rho beside the share each has in what all explain together."""
    shares = importance.assign(
        share=write_with_interval(importance, "weight", "weight_low", "weight_high", 1),
        label=[measure_label(split_measures(key)[0]) for key in importance["measure"]],
    )
    columns: dict[str, Any] = {
        "label": "",
        "rho": ("rho", lambda rho: nl_number(rho, 2)),
        "rho_rank": ("Plaats naar rho", nl_number),
        "share": f"Aandeel in %, {INTERVAL}",
        "rank": ("Plaats naar aandeel", nl_number),
        "first_three": ("Bij de eerste drie in", lambda share: nl_percent(100 * share, 0)),
    }
    if importance["lmg"].notna().any():
        columns["lmg"] = ("Aandeel in % (LMG)", lambda share: nl_number(share, 1))
    explained = f"samen {nl_percent(100 * importance['r_squared'].iloc[0], 0)} van de spreiding"
    ordered = shares.sort_values("weight", ascending=False, kind="stable")
    table = tabulate_records(ordered, "", columns)
    reasons = "; ".join(dict.fromkeys(filter(None, importance["reason"])))
    text = reasons or f"n = {nl_number(importance['n'].iloc[0])}; {explained}"
    return Table(f"{caption} ({text})", table.texts, importance)


def tabulate_plan(plan: pd.DataFrame, caption: str) -> Table:
    """``plan_group_sizes``: what two groups of a size could show."""
    columns = {
        "group_size": ("Invullers per groep", nl_number),
        "detectable_sd": ("Verschil in standaarddeviaties", lambda value: nl_number(value, 2)),
        "detectable": ("Verschil in punten", lambda value: nl_number(value, 2)),
        "margin": ("Marge van een gemiddelde (±)", lambda value: nl_number(value, 2)),
        "detectable_rho": ("Samenhang (rho) in een groep", lambda value: nl_number(value, 2)),
    }
    return tabulate_records(plan, caption, columns)


def tabulate_reliability(reliability: pd.DataFrame) -> Table:
    """``scale_reliability``: how strongly the items of a score go together."""
    columns = {
        "measure": ("Kenmerk", measure_label),
        "items": ("Vragen", nl_number),
        "n": ("n", nl_number),
        "alpha": ("Alfa", lambda value: nl_number(value, 2)),
        "interval": INTERVAL,
        "omega": ("Omega", lambda value: nl_number(value, 2)),
        "spearman_brown": ("Spearman-Brown", lambda value: nl_number(value, 2)),
        "remark": "Opmerking",
    }
    shown = reliability.assign(interval=write_intervals(reliability, 2))
    table = tabulate_records(shown, "Betrouwbaarheid van de kenmerken en van informeel leren", columns)
    return Table(table.caption, table.texts, reliability)


def tabulate_item_rest(items: pd.DataFrame) -> Table:
    """``item_rest_correlations``: how each item goes together with the others of its score."""
    columns = {
        "measure": ("Vraag", measure_label),
        "scale": ("Onderdeel", measure_label),
        "item_rest": ("Samenhang met de rest", lambda value: nl_number(value, 2)),
        "alpha_without": ("Alfa zonder de vraag", lambda value: nl_number(value, 2)),
        "remark": "Opmerking",
    }
    return tabulate_records(items, "Samenhang van elke vraag met de andere van zijn onderdeel", columns)


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
        "verdict": "Oordeel",
    }
    table = tabulate_records(shown, caption, columns)
    return Table(caption, table.texts, comparison)


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
        "difference": ("Verschil", lambda value: nl_number(value, 2)),
        "trimmed": ("Gewogen, begrensd", lambda value: nl_number(value, 2)),
        "design_effect": ("Ontwerpeffect", lambda value: nl_number(value, 1)),
        "effective_n": ("Effectieve n", nl_number),
        "largest_weight": ("Grootste gewicht", lambda value: nl_number(value, 1)),
    }
    table = tabulate_records(shown, caption, columns)
    return Table(f"{caption} (n = {nl_number(scores['n'].max())})", table.texts, scores)


def write_verdicts(table: pd.DataFrame, decimals: int = 2, unit: str = "vanaf") -> pd.Series:
    """Verdicts as texts; beside "niet aangetoond" how large a difference would have been found, and instead
    of none why there is no test."""
    least = LINE + f"(te zien {unit}\u00a0" + write_numbers(table["detectable"], decimals) + ")"
    texts = table["verdict"] + least.where(table["verdict"] == OPEN, "")
    reasons = table["reason"] if "reason" in table else pd.Series("", table.index)
    return texts.where(table["verdict"] != "", reasons.replace("", "–"))


def _count(p: pd.Series) -> str:
    return f"{p.notna().sum()} toetsen"
