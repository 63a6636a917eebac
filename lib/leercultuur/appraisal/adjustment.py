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

from leercultuur.disclosure.hiding import find_disclosure, in_disclosure
from leercultuur.disclosure.plan import Disclosure
from leercultuur.formatting import controls_label, nl_join, option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import (
    CLUSTERED,
    INTERACTION,
    PLAIN,
    STANDARDISED,
    TOTAL,
    join_controls,
    join_groups,
    put_keys_first,
)
from leercultuur.statistics.effects import detectable_share
from leercultuur.statistics.groups import TOO_SMALL, check_groups, select_population
from leercultuur.statistics.significance import settle
from leercultuur.thresholds import CONFIDENCE, EQUIVALENCE, MIN_BASE

ORGANISATION = "organisation_id"
MERGED = "overig"  # options that few chose, together
FLAT = 1e-8  # of a direction or residual that is zero but for rounding


@in_disclosure
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
        A row is a respondent. The differences of a score are about the same respondents: those with every
        answer that is held equal, and of the standardised one those whose answer both groups gave.
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
        ``population``, ``group_var``, ``group`` ("a|b"), ``n``, ``diff`` (a minus b, score points), ``se``,
        ``df``, ``diff_low``, ``diff_high``, ``p``, ``p_equivalent`` (within ``EQUIVALENCE`` of the standard
        deviation within the groups), ``kept`` (share of the plain difference, 1 is all of it), ``reason``
        (Dutch: why there is no test, or ""), and the columns of ``settle``.
    """
    members = select_population(respondents, population, by)
    check_groups(members, by, pair)
    members = members[members[by].isin(pair)]
    rows: list[dict[str, Any]] = []
    rule = find_disclosure(respondents)
    controls = list(dict.fromkeys(name for names in adjustments for name in names))
    for measure in measures:
        people = _merge_rare(members, measure, [by, *controls], rule)
        group = (people[by] == pair[0]).to_numpy(float)[:, None]
        lines = {PLAIN: _difference(people, measure, group, [])}
        lines |= {join_controls(names): _difference(people, measure, group, names) for names in adjustments}
        lines[STANDARDISED] = _standardise(people, measure, by, pair, adjustments[0])
        if _has_clusters(people):
            lines[CLUSTERED] = _difference(people, measure, group, [], clustered=True)
        spread = np.sqrt(people.groupby(by, observed=True)[measure].var().mean())
        whole = len(members.dropna(subset=[measure, by, *controls]))
        for category, line in lines.items():
            if rule and rule.is_small(whole - line["n"]):
                line = {"reason": TOO_SMALL}
            rows.append({"measure": measure, "category": category, "spread": spread, **line})
    numbers = ["diff", "se", "df", "spread"]
    table = pd.DataFrame(rows).reindex(columns=["measure", "category", "n", *numbers, "reason"])
    table = table.astype(dict.fromkeys(numbers, float))
    margin = stats.t.ppf((1 + CONFIDENCE) / 2, table["df"]) * table["se"]
    plain = table[table["category"] == PLAIN].set_index("measure")["diff"]
    beyond = EQUIVALENCE * table.pop("spread") - table["diff"].abs()
    table = table.assign(
        diff_low=table["diff"] - margin,
        diff_high=table["diff"] + margin,
        p=2 * stats.t.sf((table["diff"] / table["se"]).abs(), table["df"]),
        p_equivalent=stats.t.sf(beyond / table["se"], table["df"]),
        kept=table["diff"] / table["measure"].map(plain),
    )
    table = _settle_families(table.assign(population=population, group_var=by, group=join_groups(*pair)))
    return put_keys_first(table)


@in_disclosure
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
        ``adjusted_high``, ``difference`` (adjusted minus plain), ``reason`` (Dutch: why there is no adjusted
        mean, or ""). No row for a group under ``MIN_BASE``.
    """
    rows = []
    members, rule = select_population(respondents, population, by), find_disclosure(respondents)
    for measure in measures:
        people, _ = _large_groups(members, measure, [by, *controls])
        if people.empty:
            continue
        sizes = members.dropna(subset=[measure, by, *controls])[by].value_counts()
        groups, held = people[by].cat.remove_unused_categories(), _dummies(people, controls)
        member, held = pd.get_dummies(groups, dtype=float).to_numpy(), held - held.mean(axis=0)
        apart = _rank(member, held) == member.shape[1] + _rank(held)
        reason = "" if apart else f"valt samen met {controls_label(join_controls(controls))}"
        fit = _fit(people[measure], member, held) if apart else None
        for place, (key, plain) in enumerate(people.groupby(groups, observed=True)[measure]):
            ends = fit.conf_int(1 - CONFIDENCE)[place] if fit else [np.nan] * 2
            adjusted = fit.params[place] if fit else np.nan
            row = (measure, key, len(plain), plain.mean(), adjusted, *ends, reason)
            if rule and rule.is_small(sizes[key] - len(plain)):
                row = (measure, key, *[np.nan] * 5, TOO_SMALL)
            rows.append(row)
    columns = ["measure", "group", "n", "plain", "adjusted", "adjusted_low", "adjusted_high", "reason"]
    table = pd.DataFrame(rows, columns=columns)
    table["difference"] = table["adjusted"] - table["plain"]
    keys = {"category": join_controls(controls), "population": population, "group_var": by}
    return put_keys_first(table.assign(**keys))


@in_disclosure
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
        test, HC3), ``reason`` (Dutch: why there is no test, or ""), ``left_out`` (Dutch: groups of fewer than
        ``MIN_BASE``, or ""), the columns of ``settle`` (a family per category), ``detectable`` (share of
        variance, ``effects.detectable_share``). The interaction is tested over combinations of at least
        ``MIN_BASE`` respondents.
    """
    rows = []
    for measure in measures:
        people, left_out = _large_groups(
            select_population(respondents, population, by), measure, [by, *controls]
        )
        groups, held = _dummies(people, [by]), _dummies(people, controls)
        combined = people.groupby([by, *controls], observed=True).ngroup()
        large = combined.map(combined.value_counts()).ge(MIN_BASE).to_numpy()
        cells = pd.get_dummies(combined[large], dtype=float).to_numpy()
        main, scores = np.hstack([groups, held]), people[measure]
        lines = {
            PLAIN: _wald(scores, groups, held[:, :0], groups.shape[1]),
            join_controls(controls): _wald(scores, groups, held, groups.shape[1]),
            INTERACTION: _wald(scores[large], cells, main[large], 1),
        }
        rows += [(measure, category, *line, left_out) for category, line in lines.items()]
    columns = ["measure", "category", "n", "F", "df1", "df2", "p", "reason", "left_out"]
    table = _settle_families(pd.DataFrame(rows, columns=columns))
    table["detectable"] = detectable_share(table, len(measures))
    if find_disclosure(respondents):  # how many combinations are large enough tells how large others are
        crossed = table["category"] == INTERACTION
        table.loc[crossed, ["n", "F", "df1", "df2", "detectable"]] = np.nan
    return put_keys_first(table.assign(population=population, group_var=by, group=TOTAL))


def _settle_families(table: pd.DataFrame) -> pd.DataFrame:
    """A family per category: characteristics and questions apart."""
    scores = table["measure"].isin(load_instrument().derived)
    kind = pd.Series(np.where(scores, "kenmerken, ", "vragen, "), table.index) + table["category"]
    return settle(table, kind, within=kind)


def _merge_rare(
    members: pd.DataFrame, measure: str | None, categories: list[str], rule: Disclosure | None = None
) -> pd.DataFrame:
    """Complete rows, in an order of their own; of all but the first question, options with fewer than
    ``MIN_BASE`` taken together, and left out when together they are too few as well. With a rule, those that
    are hidden are taken together and nobody is left out: a test tells how many options there are."""
    columns = [name for name in (measure, *categories, ORGANISATION) if name in members]
    people = members[columns].dropna(subset=[name for name in columns if name != ORGANISATION])
    people = people.sort_values(columns, kind="stable")
    for name in categories[1:]:
        if rule:
            hidden = people[name].isin(rule.hidden_groups(name))
            people[name] = people[name].astype(str).mask(hidden, MERGED)
            continue
        sizes = people[name].map(people[name].value_counts()).astype(int)
        merged = people[name].astype(str).where(sizes >= MIN_BASE, MERGED)
        people[name] = merged.where(merged.map(merged.value_counts()) >= MIN_BASE)
    return _drop_alone(people.dropna(subset=categories), categories)


def _drop_alone(people: pd.DataFrame, categories: list[str]) -> pd.DataFrame:
    """Without who is the only one with a combination of answers, such as the one of a role outside a sector:
    they say nothing about groups, and HC3 would divide by nothing."""
    design = np.hstack([np.ones((len(people), 1)), _dummies(people, categories)])
    alone = (linalg.orth(design) ** 2).sum(axis=1) > 1 - FLAT if len(people) else np.zeros(0, dtype=bool)
    return _drop_alone(people[~alone], categories) if alone.any() else people


def _large_groups(members: pd.DataFrame, measure: str, categories: list[str]) -> tuple[pd.DataFrame, str]:
    """Complete rows in groups of at least ``MIN_BASE``, and the other groups with why (Dutch)."""
    by = categories[0]
    complete = members.dropna(subset=[measure, *categories])
    sizes = complete[by].value_counts(sort=False)
    small = [key for key, n in sizes.items() if 0 < n < MIN_BASE]
    rule = find_disclosure(members)
    people = _merge_rare(complete[~complete[by].isin(small)], measure, categories, rule)
    names = nl_join([option_label(by, key) for key in small])
    return people, f"{names}: minder dan {MIN_BASE} antwoorden" if small else ""


def _dummies(people: pd.DataFrame, controls: Sequence[str]) -> np.ndarray:
    """A column per option but the first, of each question."""
    columns = [pd.get_dummies(people[name].astype(str), dtype=float).iloc[:, 1:] for name in controls]
    return np.hstack([np.empty((len(people), 0)), *columns])


def _rank(*parts: np.ndarray) -> int:
    columns = np.hstack(parts)
    return int(np.linalg.matrix_rank(columns)) if columns.size else 0


def _fit(scores: pd.Series, *parts: np.ndarray, clusters: np.ndarray | None = None) -> Any:
    """Least squares on the first part and what the others span, however they overlap among themselves."""
    first, *others = parts
    beside = np.hstack(others)
    model = sm.OLS(scores.to_numpy(), np.hstack([first, linalg.orth(beside) if beside.size else beside]))
    if clusters is None:
        return model.fit(cov_type="HC3", use_t=True)
    return model.fit(cov_type="cluster", cov_kwds={"groups": clusters}, use_t=True)


def _difference(
    people: pd.DataFrame, measure: str, group: np.ndarray, controls: list[str], *, clustered: bool = False
) -> dict[str, Any]:
    held, clusters = _dummies(people, controls), _clusters(people) if clustered else None
    beside, line = np.hstack([np.ones_like(group), held]), {"n": len(people)}
    if reason := _why_impossible(people, measure, group, controls, beside, clusters):
        return line | {"reason": reason}
    fit = _fit(people[measure], group, beside, clusters=clusters)
    df = fit.df_resid if clusters is None else len(np.unique(clusters)) - 1
    return line | {"diff": fit.params[0], "se": fit.bse[0], "df": df, "reason": ""}


def _why_impossible(
    people: pd.DataFrame, measure: str, group: np.ndarray, controls: list[str], beside: np.ndarray,
    clusters: np.ndarray | None,
) -> str:  # fmt: skip
    """Why a difference cannot be estimated, in Dutch; "" when it can."""
    inside = group[:, 0] == 1
    if min(inside.sum(), (~inside).sum()) < MIN_BASE:
        return f"minder dan {MIN_BASE} antwoorden in een groep"
    if min(people.loc[side, measure].var() for side in (inside, ~inside)) < FLAT:
        return "in een groep antwoordt iedereen hetzelfde"
    if clusters is not None and min(len(np.unique(clusters[side])) for side in (inside, ~inside)) < MIN_BASE:
        return f"minder dan {MIN_BASE} organisaties in een groep"
    if alike := [name for name in controls if people[name].eq(MERGED).all()]:
        return f"te weinig invullers per antwoord op {controls_label(join_controls(alike))}"
    # What is left of the group when all else is held equal: who compares with nobody has nothing left.
    base = linalg.orth(beside)
    left = np.abs(group - base @ (base.T @ group))[:, 0] > FLAT
    if min((left & inside).sum(), (left & ~inside).sum()) < MIN_BASE:
        return f"minder dan {MIN_BASE} vergelijkbaar op {controls_label(join_controls(controls))}"
    return ""


def _standardise(
    people: pd.DataFrame, measure: str, by: str, pair: tuple[str, str], controls: list[str]
) -> dict[str, Any]:
    """Both groups with the same mix: the differences within each answer, weighted by how many gave it; the
    degrees of freedom after Satterthwaite (1946)."""
    cells = people.groupby([by, *controls], observed=True)[measure].agg(n="size", mean="mean", var="var")
    a, b = (cells.loc[key] if key in cells.index.get_level_values(0) else cells[:0] for key in pair)
    a, b = a[a["n"] > 1].align(b[b["n"] > 1], join="inner", axis=0)
    sizes = a["n"] + b["n"]
    line: dict[str, Any] = {"n": int(sizes.sum())}
    if a.empty or min(a["n"].sum(), b["n"].sum()) < MIN_BASE:
        name = controls_label(join_controls(controls))
        return line | {"reason": f"minder dan {MIN_BASE} vergelijkbaar op {name}"}
    weight = sizes / sizes.sum()
    variances = pd.concat([weight**2 * side["var"] / side["n"] for side in (a, b)])
    if not variances.sum() > FLAT**2:
        return line | {"reason": "in een groep antwoordt iedereen hetzelfde"}
    df = variances.sum() ** 2 / (variances**2 / (pd.concat([a["n"], b["n"]]) - 1)).sum()
    diff = (weight * (a["mean"] - b["mean"])).sum()
    return line | {"diff": diff, "se": np.sqrt(variances.sum()), "df": df, "reason": ""}


def _has_clusters(people: pd.DataFrame) -> bool:
    return ORGANISATION in people and bool(people[ORGANISATION].dropna().duplicated().any())


def _clusters(people: pd.DataFrame) -> np.ndarray:
    """The organisation of each; who gave no name is one of their own."""
    own = pd.Series(-1 - np.arange(len(people)), people.index)
    return pd.factorize(people[ORGANISATION].fillna(own))[0]


def _wald(scores: pd.Series, tested: np.ndarray, beside: np.ndarray, least: int) -> tuple[Any, ...]:
    """n, F, its degrees of freedom, p of what ``tested`` adds to ``beside``, and why there is no test; it has
    to add at least so many directions."""
    n, nothing = len(scores), [np.nan] * 4
    if n <= tested.shape[1] + beside.shape[1] + 1 or not least:
        return n, *nothing, "geen groepen om te vergelijken"
    if scores.nunique() < 2:
        return n, *nothing, "iedereen antwoordt hetzelfde"
    base = linalg.orth(np.hstack([np.ones((n, 1)), beside]))
    added, size, _ = linalg.svd(tested - base @ (base.T @ tested), full_matrices=False)
    added = added[:, size > FLAT * np.linalg.norm(tested)]
    if added.shape[1] < least:
        return n, *nothing, "de groepen overlappen te weinig"
    fit = _fit(scores, added, base)
    test = fit.f_test(np.eye(len(fit.params))[: added.shape[1]])
    return n, float(test.fvalue), test.df_num, test.df_denom, float(test.pvalue), ""
