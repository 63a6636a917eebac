"""Differences between groups, with who they consist of held equal: composition as an explanation, tested.

Regressions with standard errors that hold under unequal spread (HC3; MacKinnon and White 1985, Long and
Ervin 2000). Options that few respondents chose are taken together. Nothing here says cause: what was not
asked cannot be held equal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import statsmodels.api as sm
from scipy import linalg, stats

from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL, join_groups, put_keys_first
from leercultuur.statistics.effects import contrast, detectable, detectable_share
from leercultuur.statistics.groups import check_groups, select_population
from leercultuur.statistics.significance import correct_p, judge
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

PLAIN, STANDARDISED, CLUSTERED, ORDINAL = "zonder", "gestandaardiseerd", "per_organisatie", "odds"
ORGANISATION = "organisation_id"


def join_controls(controls: Sequence[str]) -> str:
    """The category of an adjusted number: ``sector+rol``; ``zonder`` for none."""
    return "+".join(controls) or PLAIN


def compare_adjusted(
    respondents: pd.DataFrame,
    measures: list[str],
    by: str,
    pair: tuple[str, str],
    adjustments: list[list[str]],
    population: str = "alle",
) -> pd.DataFrame:
    """The difference between two groups, plain and with other questions held equal.

    Parameters
    ----------
    respondents
        A row is a respondent. All differences of a score are about the same respondents: those with every
        answer that is held equal.
    measures
        Scores or questions. A family per adjustment: the scores, and the questions.
    by, pair
        The grouping, and the two groups.
    adjustments
        Which questions to hold equal, each on its own line: ``[["sector"], ["sector", "rol"]]``.

    Returns
    -------
    DataFrame
        A row is an adjustment of a score: ``measure``, ``category`` (``zonder``, ``sector+rol``, …;
        ``gestandaardiseerd``: both groups given the same mix of the first adjustment, Kitagawa 1955;
        ``per_organisatie``: plain, with errors clustered where an organisation has several questionnaires),
        ``population``, ``group_var``, ``group`` ("a|b"), ``n``, ``diff`` (a minus b, score points),
        ``diff_low``, ``diff_high``, ``p``, ``p_holm``, ``family``, ``verdict``, ``kept`` (share of the plain
        difference, 1 is all of it), ``detectable``, ``reason`` (Dutch, or "").
    """
    members = select_population(respondents, population)
    check_groups(members, by, pair)
    members = members[members[by].isin(pair)]
    rows: list[dict[str, Any]] = []
    controls = list(dict.fromkeys(name for names in adjustments for name in names))
    for measure in measures:
        people = _merge_rare(members, measure, [by, *controls])
        group = (people[by] == pair[0]).to_numpy(float)[:, None]
        plain = _difference(people, measure, group, [])
        lines = {PLAIN: plain}
        lines |= {join_controls(names): _difference(people, measure, group, names) for names in adjustments}
        if adjustments:
            lines[STANDARDISED] = _standardise(people, measure, by, pair, adjustments[0])
        if _has_clusters(people):
            lines[CLUSTERED] = _difference(people, measure, group, [], clustered=True)
        for category, line in lines.items():
            rows.append(
                {"measure": measure, "category": category, **line, "kept": line["diff"] / plain["diff"]}
            )
    numbers = ["diff", "diff_low", "diff_high", "p", "kept", "detectable"]
    table = pd.DataFrame(rows).reindex(columns=["measure", "category", "n", *numbers, "reason"])
    table = _correct_families(table.astype(dict.fromkeys(numbers, float)))
    return put_keys_first(table.assign(population=population, group_var=by, group=join_groups(*pair)))


def adjust_group_means(
    respondents: pd.DataFrame, measures: list[str], by: str, controls: list[str], population: str = "alle"
) -> pd.DataFrame:
    """The mean of each group, as it is and as it would be if the groups had the same mix of other answers.

    Returns
    -------
    DataFrame
        A row is a group for a score: ``measure``, ``category`` (``join_controls``), ``population``,
        ``group_var``, ``group``, ``n``, ``plain`` (the mean of these respondents), ``adjusted`` (mean
        prediction with the mix of all respondents together; Lane and Nelder 1982) with ``adjusted_low``,
        ``adjusted_high``, ``difference`` (adjusted minus plain). Missing under ``MIN_BASE``.
    """
    rows = []
    for measure in measures:
        people = _merge_rare(select_population(respondents, population), measure, [by, *controls])
        groups = people[by].cat.remove_unused_categories()
        held = _dummies(people, controls)
        held = held - held.mean(axis=0)
        fit = _fit(people[measure], pd.get_dummies(groups, dtype=float).to_numpy(), held)
        for place, (key, plain) in enumerate(people.groupby(groups, observed=True)[measure]):
            if len(plain) < MIN_BASE:
                continue
            low, high = fit.conf_int(1 - CONFIDENCE)[place]
            rows.append((measure, key, len(plain), plain.mean(), fit.params[place], low, high))
    columns = ["measure", "group", "n", "plain", "adjusted", "adjusted_low", "adjusted_high"]
    table = pd.DataFrame(rows, columns=columns)
    table["difference"] = table["adjusted"] - table["plain"]
    keys = {"category": join_controls(controls), "population": population, "group_var": by}
    return put_keys_first(table.assign(**keys))


def compare_groups_adjusted(
    respondents: pd.DataFrame, measures: list[str], by: str, controls: list[str], population: str = "alle"
) -> pd.DataFrame:
    """Do groups differ, do they when other answers are held equal, and does that depend on those answers?

    Returns
    -------
    DataFrame
        A row is a test of a score: ``measure``, ``category`` (``zonder``; ``join_controls``;
        ``wisselwerking``: the differences between groups are not the same at each answer that is held
        equal), ``population``, ``group_var``, ``group`` (totaal), ``n``, ``F``, ``df1``, ``df2``, ``p`` (Wald
        test, HC3), ``detectable`` (``effects.detectable_share``), ``p_holm`` (a family per category),
        ``family``, ``verdict``. The interaction is tested
        over combinations of at least ``MIN_BASE`` respondents; missing where there are none to compare.
    """
    rows = []
    for measure in measures:
        people = _merge_rare(select_population(respondents, population), measure, [by, *controls])
        groups, held = _dummies(people, [by]), _dummies(people, controls)
        combined = people.groupby([by, *controls], observed=True).ngroup()
        large = combined.map(combined.value_counts()).ge(MIN_BASE).to_numpy()
        cells = pd.get_dummies(combined[large], dtype=float).to_numpy()
        main = np.hstack([groups, held])[large]
        for category, rows_used, tested, beside in (
            (PLAIN, slice(None), groups, held[:, :0]),
            (join_controls(controls), slice(None), groups, held),
            ("wisselwerking", large, cells, main),
        ):
            rows.append((measure, category, *_wald(people.loc[rows_used, measure], tested, beside)))
    table = pd.DataFrame(rows, columns=["measure", "category", "n", "F", "df1", "df2", "p"])
    least = zip(table["df1"], table["df2"], table["n"], strict=True)
    table["detectable"] = [detectable_share(*row) if row[0] > 0 else np.nan for row in least]
    return put_keys_first(_correct_families(table).assign(population=population, group_var=by, group=TOTAL))


def compare_ordinal(
    respondents: pd.DataFrame, items: list[str], by: str, pair: tuple[str, str], population: str = "alle"
) -> pd.DataFrame:
    """Two groups on questions with ordered answers, without treating the answers as numbers.

    Proportional odds (McCullagh 1980): how many times as large the odds of a higher answer are in the first
    group, whichever answers are called high.

    Returns
    -------
    DataFrame
        A row is a question: ``measure``, ``category`` (odds), ``population``, ``group_var``, ``group``
        ("a|b"), ``n``, ``odds_ratio``, ``odds_low``, ``odds_high``, ``p``, ``p_holm``, ``family``,
        ``verdict``. Missing when a group is too small or a question has one answer.
    """
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    members = select_population(respondents, population)
    check_groups(members, by, pair)
    rows = []
    for item in items:
        people = members.loc[members[by].isin(pair), [item, by]].dropna()
        sizes = people[by].value_counts()
        row: dict[str, Any] = {"measure": item, "n": len(people)}
        if min(sizes[list(pair)]) >= MIN_BASE and people[item].nunique() > 1:
            answers = pd.Categorical(people[item], ordered=True)
            model = OrderedModel(answers, (people[by] == pair[0]).to_numpy(float)[:, None], distr="logit")
            fit = model.fit(method="bfgs", gtol=1e-7, disp=False)
            margin = stats.norm.ppf((1 + CONFIDENCE) / 2) * fit.bse[0]
            odds = np.exp(fit.params[0] + np.array([0, -margin, margin]))
            row |= dict(zip(("odds_ratio", "odds_low", "odds_high"), odds, strict=True))
            row["p"] = fit.pvalues[0]
        rows.append(row)
    table = pd.DataFrame(rows).reindex(columns=["measure", "n", "odds_ratio", "odds_low", "odds_high", "p"])
    table["p_holm"] = correct_p(table["p"])
    table["family"] = f"{table['p'].notna().sum()} toetsen, {ORDINAL}"
    table["verdict"] = judge(table["p_holm"])
    keys = {"category": ORDINAL, "population": population, "group_var": by, "group": join_groups(*pair)}
    return put_keys_first(table.assign(**keys))


def compare_composition(respondents: pd.DataFrame, variables: list[str], by: str) -> pd.DataFrame:
    """Do groups consist of the same kinds of respondents?

    Returns
    -------
    DataFrame
        A row is a question: ``measure``, ``group_var``, ``n``, ``chi2``, ``df``, ``p`` (Pearson 1900; options
        that few chose are taken together), ``p_holm``, ``family``, ``cramers_v`` (0 the same composition, 1
        wholly another), ``verdict``.
    """
    rows = []
    for variable in variables:
        people = _merge_rare(respondents, None, [by, variable])
        counts = pd.crosstab(people[variable], people[by])
        row: dict[str, Any] = {"measure": variable, "n": len(people)}
        if min(counts.shape) > 1:
            test = stats.chi2_contingency(counts, correction=False)
            strength = np.sqrt(test.statistic / len(people) / (min(counts.shape) - 1))
            row |= {"chi2": test.statistic, "df": test.dof, "p": test.pvalue, "cramers_v": strength}
        rows.append(row)
    table = pd.DataFrame(rows).reindex(columns=["measure", "n", "chi2", "df", "p", "cramers_v"])
    table["p_holm"] = correct_p(table["p"])
    table["family"] = f"{table['p'].notna().sum()} toetsen op gelijke samenstelling"
    return put_keys_first(
        table.assign(group_var=by, category="samenstelling", verdict=judge(table["p_holm"]))
    )


def _correct_families(table: pd.DataFrame) -> pd.DataFrame:
    """Holm and a verdict, in a family per category: characteristics and questions apart."""
    scores = table["measure"].isin(load_instrument().derived)
    families = table.groupby(["category", scores], sort=False)["p"]
    kind = np.where(scores, " kenmerken, ", " vragen, ")
    table["p_holm"] = families.transform(correct_p)
    table["family"] = families.transform("count").astype(str) + kind + table["category"]
    return table.assign(verdict=judge(table["p_holm"]))


def _merge_rare(members: pd.DataFrame, measure: str | None, categories: list[str]) -> pd.DataFrame:
    """Complete rows; of all but the first question, options with fewer than ``MIN_BASE`` taken together, and
    left out when together they are too few as well."""
    columns = [name for name in (measure, *categories, ORGANISATION) if name in members]
    people = members[columns].dropna(subset=[name for name in columns if name != ORGANISATION]).copy()
    for name in categories[1:]:
        sizes = people[name].map(people[name].value_counts()).astype(int)
        merged = people[name].astype(str).where(sizes >= MIN_BASE, "overig")
        people[name] = merged.where(merged.map(merged.value_counts()) >= MIN_BASE)
    return people.dropna(subset=categories)


def _dummies(people: pd.DataFrame, controls: Sequence[str]) -> np.ndarray:
    """A column per option but the first, of each question."""
    columns = [pd.get_dummies(people[name].astype(str), dtype=float).iloc[:, 1:] for name in controls]
    return np.hstack([np.empty((len(people), 0)), *columns])


def _fit(scores: pd.Series, *parts: np.ndarray, clusters: np.ndarray | None = None) -> Any:
    model = sm.OLS(scores.to_numpy(), np.hstack(parts))
    if clusters is None:
        return model.fit(cov_type="HC3", use_t=True)
    return model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)


def _difference(
    people: pd.DataFrame, measure: str, group: np.ndarray, controls: list[str], *, clustered: bool = False
) -> dict[str, Any]:
    beside = np.hstack([np.ones_like(group), _dummies(people, controls)])
    line: dict[str, Any] = {"n": len(people), "diff": np.nan, "reason": ""}
    sizes = group.sum(), len(group) - group.sum()
    if min(sizes) < MIN_BASE:
        return line | {"reason": f"minder dan {MIN_BASE} antwoorden in een groep"}
    if np.linalg.matrix_rank(np.hstack([beside, group])) == np.linalg.matrix_rank(beside):
        return line | {"reason": f"valt samen met {join_controls(controls)}"}
    if people[measure].nunique() < 2:
        return line | {"reason": "iedereen antwoordt hetzelfde"}
    clusters = _clusters(people) if clustered else None
    fit = _fit(people[measure], group, beside, clusters=clusters)
    low, high = fit.conf_int(1 - CONFIDENCE)[0]
    line |= {"diff": fit.params[0], "diff_low": low, "diff_high": high, "p": fit.pvalues[0]}
    return line | {"detectable": float(detectable(fit.bse[0], fit.df_resid))}


def _standardise(
    people: pd.DataFrame, measure: str, by: str, pair: tuple[str, str], controls: list[str]
) -> dict[str, Any]:
    """Both groups with the same mix: the differences within each answer, weighted by how many gave it."""
    cells = people.groupby([by, *controls], observed=True)[measure].agg(n="size", mean="mean", var="var")
    a, b = (cells.loc[key] if key in cells.index.get_level_values(0) else cells[:0] for key in pair)
    a, b = a[a["n"] > 1].align(b[b["n"] > 1], join="inner", axis=0)
    varies = (a["var"] + b["var"] > 0).to_numpy()
    a, b = a[varies], b[varies]
    if a.empty:
        return {"n": 0, "diff": np.nan, "reason": f"geen {join_controls(controls)} met beide groepen"}
    within, sizes = contrast(a, b), a["n"] + b["n"]
    weight = sizes / sizes.sum()
    diff, se = (weight * within["diff"]).sum(), np.sqrt(((weight * within["se"]) ** 2).sum())
    margin = stats.norm.ppf((1 + CONFIDENCE) / 2) * se
    line = {"n": int(sizes.sum()), "diff": diff, "diff_low": diff - margin, "diff_high": diff + margin}
    least = float(detectable(se, np.inf))
    return line | {"p": 2 * stats.norm.sf(abs(diff) / se), "detectable": least, "reason": ""}


def _has_clusters(people: pd.DataFrame) -> bool:
    return ORGANISATION in people and bool(people[ORGANISATION].dropna().duplicated().any())


def _clusters(people: pd.DataFrame) -> np.ndarray:
    """The organisation of each; who gave no name is one of their own."""
    own = pd.Series(-1 - np.arange(len(people)), people.index)
    return pd.factorize(people[ORGANISATION].fillna(own))[0]


def _wald(scores: pd.Series, tested: np.ndarray, beside: np.ndarray) -> tuple[float, ...]:
    """n, F, its degrees of freedom and p of what ``tested`` adds to ``beside``, however they overlap."""
    n = len(scores)
    if n <= tested.shape[1] + beside.shape[1] + 1 or scores.nunique() < 2:
        return n, *[np.nan] * 4
    base = linalg.orth(np.hstack([np.ones((n, 1)), beside]))
    added = linalg.orth(tested - base @ (base.T @ tested), rcond=1e-8)
    if not added.shape[1]:
        return n, *[np.nan] * 4
    fit = _fit(scores, base, added)
    test = fit.f_test(np.eye(base.shape[1] + added.shape[1])[base.shape[1] :])
    return n, float(test.fvalue), test.df_num, test.df_denom, float(test.pvalue)
