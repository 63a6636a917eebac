"""Are the respondents like the companies there are, and would scores differ if they were?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.checks.population import POPULATION, read_population
from leercultuur.disclosure.hiding import find_disclosure, in_disclosure, mask_places
from leercultuur.formatting import nl_join, nl_number, option_label
from leercultuur.keys import TOTAL
from leercultuur.statistics.estimates import NUMBERS, frequencies
from leercultuur.statistics.groups import TOO_SMALL
from leercultuur.statistics.significance import is_demonstrated, settle
from leercultuur.thresholds import CONFIDENCE, EFFECTIVE_SHARE, LARGEST_WEIGHT, MIN_BASE

FEW = "te weinig respondenten"  # a verdict where there is no test
ROUNDS = 1000  # of raking; a few do, unless it cannot be done
TOLERANCE = 1e-9  # largest difference with a margin, as a share of all
SMALLEST = {"micro": "klein"}  # to be taken together when there are too few of each
NAMES = {"count": "respondents", "percent": "share", "ci_low": "share_low", "ci_high": "share_high"}
WEIGHED = ["unweighted", "unweighted_low", "unweighted_high", "weighted", "weighted_low", "weighted_high"]
OF_WEIGHTS = ["trimmed", "design_effect", "effective_n", "largest_weight"]
WEIGHED += ["difference", "trimmed", "design_effect", "effective_n", "largest_weight"]


def load_population(path: Path = POPULATION) -> pd.DataFrame:
    """Companies in the Netherlands with two persons employed or more (CBS StatLine 81588NED, 81589NED).

    A row is a size in a sector: ``sector`` (codebook key, or "totaal": all of CBS), ``omvang`` (codebook
    key), ``companies``. Sectors that CBS does not count here are not in it. Raises InputError (Dutch, with
    the row) when the file is missing or something in it cannot be right.
    """
    return read_population(path)


@in_disclosure
def compare_with_population(respondents: pd.DataFrame, population: pd.DataFrame) -> pd.DataFrame:
    """Which sectors and sizes took part more, or less, than their share of companies.

    Parameters
    ----------
    respondents
        A row is a respondent; for sectors only those in the sectors of ``population``.
    population
        From ``load_population``.

    Returns
    -------
    DataFrame
        A row is a sector or size: ``measure``, ``category``, ``n`` (base), ``respondents``, ``share`` with
        95% ``share_low``, ``share_high`` (percent; Wilson 1927), ``companies``, ``population_share``
        (percent), ``ratio`` (share / population share; above 1 is over-represented) with ``ratio_low``,
        ``ratio_high``, ``p`` (exact binomial), ``p_holm``, ``family``, ``verdict`` (Dutch). The counts of CBS
        are taken as exact. Missing when n is under ``MIN_BASE``.
    """
    total = population["sector"] == TOTAL
    frames = []
    for variable, companies in (("sector", population[~total]), ("omvang", population[total])):
        known = companies.groupby(variable)["companies"].sum()
        members = respondents[respondents[variable].isin(known.index)]
        members.attrs = {}  # what is hidden of these follows from all
        table = frequencies(members, variable)
        table = table[table["category"].isin(known.index)].drop(columns=["population", "group_var", "group"])
        rule = find_disclosure(respondents)
        if rule:
            gone = [rule.hides_answer(variable, [key]) for key in table["category"]]
            whole = rule.hides_answer(variable, known.index)
            table = mask_places(table, rule, np.array(gone) | whole, NUMBERS)
            table = mask_places(table, rule, np.full(len(table), whole), ["n"])
        number = table["category"].map(known)
        frames.append(table.assign(companies=number, population_share=100 * number / known.sum()))
    table = pd.concat(frames, ignore_index=True).rename(columns=NAMES)
    for end in ("", "_low", "_high"):
        table[f"ratio{end}"] = table[f"share{end}"] / table["population_share"]
    table["p"] = binomial_p(table["respondents"], table["n"], table["population_share"] / 100)
    table = settle(table, "toetsen op gelijk aandeel")
    other = is_demonstrated(table["verdict"])
    more = np.where(table["ratio"] > 1, "oververtegenwoordigd", "ondervertegenwoordigd")
    words = table["verdict"].where(~other, pd.Series(more, table.index))
    return table.assign(verdict=words.replace("", FEW))


def binomial_p(counts: pd.Series, n: pd.Series, share: pd.Series) -> pd.Series:
    """Exact two-sided p of each count out of n, were the share (0-1) true; missing where the count is."""
    rows = zip(counts, n, share, strict=True)
    p = [np.nan if np.isnan(x) else stats.binomtest(int(x), int(size), at).pvalue for x, size, at in rows]
    return pd.Series(p, counts.index, dtype=float)


def rake(respondents: pd.DataFrame, margins: dict[str, pd.Series]) -> tuple[pd.Series, str]:
    """Weights that give the respondents the margins of the population (Deming and Stephan 1940).

    Parameters
    ----------
    respondents, margins
        A row is a respondent; per variable how many there are in the population, by option. Options
        without respondents are left out, respondents with another answer get no weight.

    Returns
    -------
    weights : Series
        As ``respondents``, with mean 1; all missing when no weights give these margins.
    reason : str
        Dutch: the options left out, why there are no weights; else "".
    """
    known = np.logical_and.reduce([respondents[name].isin(margins[name].index) for name in margins])
    groups = respondents.loc[known, list(margins)].groupby(list(margins), observed=True)
    cells, weights = groups.size(), pd.Series(np.nan, respondents.index)
    counts = cells.to_numpy(float)
    targets, without = [], []
    for name, companies in margins.items():
        codes, keys = pd.factorize(cells.index.get_level_values(name).astype(object))
        share = companies[keys].to_numpy(float)
        targets.append((codes, share / share.sum() * counts.sum()))
        without += [option_label(name, key) for key in companies.index.difference(keys, sort=False)]
    reasons = [f"zonder respondenten, dus buiten de weging: {nl_join(without)}"] if without else []
    fitted = counts.copy()
    for _ in range(ROUNDS):
        for codes, target in targets:
            fitted *= (target / np.bincount(codes, fitted))[codes]
        off = [abs(np.bincount(codes, fitted) - target).max(initial=0) for codes, target in targets]
        if max(off) <= TOLERANCE * counts.sum():
            weights[known] = (fitted / counts)[groups.ngroup()]
            break
    else:
        reasons.insert(0, "geen gewichten gevonden: te veel combinaties zonder respondenten")
    return weights, "; ".join(reasons)


@in_disclosure
def weigh_scores(respondents: pd.DataFrame, measures: list[str], population: pd.DataFrame) -> pd.DataFrame:
    """Mean scores as they are, and weighted to the sectors and sizes of the companies there are.

    Raked on sector and omvang, over respondents with a score in the sectors of ``population``, to the
    companies in the sectors and sizes that have respondents.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``n``, ``unweighted`` and ``weighted`` mean with 95% ``_low`` and
        ``_high`` (Student t; weighted by linearisation with the weights as given, Lumley 2010),
        ``difference`` (weighted minus unweighted), ``trimmed`` (weighted mean with weights of at most
        ``LARGEST_WEIGHT`` times the mean; DeBell and Krosnick 2009), ``design_effect`` (of unequal weights;
        Kish 1965), ``effective_n`` (n / design effect), ``largest_weight`` (times the mean), ``warning``
        (Dutch: why numbers are missing, what was left out or taken together, extreme weights; else "").
        Missing when n is under ``MIN_BASE``, or no weights are found.
    """
    rule, sectors = find_disclosure(respondents), population["sector"].unique()
    if rule and rule.hides_answer("sector", [key for key in sectors if key != TOTAL]):
        rows: list[dict[str, Any]] = [{"measure": measure, "warning": TOO_SMALL} for measure in measures]
    else:
        rows = [{"measure": measure} | _weigh(respondents, measure, population) for measure in measures]
    table = pd.DataFrame(rows).reindex(columns=["measure", "n", *WEIGHED, "warning"])
    table = table.astype(dict.fromkeys(WEIGHED, float))
    # The largest weight belongs to the smallest combination of sector and size, and tells how small it is.
    return table.assign(**dict.fromkeys(OF_WEIGHTS, np.nan)) if rule else table


def _weigh(respondents: pd.DataFrame, measure: str, population: pd.DataFrame) -> dict:
    companies = population[population["sector"] != TOTAL]
    members = respondents[["sector", "omvang", measure]].dropna()
    # Sorted: sums are the same to the last bit whatever the order of respondents.
    members = members[members["sector"].isin(companies["sector"])].sort_values(list(members))
    n, scores = len(members), members[measure].to_numpy(float)
    if n < MIN_BASE:
        return {"n": n, "warning": f"minder dan {MIN_BASE} respondenten in de sectoren van CBS"}
    row = {"n": n} | _estimate(scores, np.ones(n), "unweighted")
    weights, reason = _rake_to(companies, members)
    if weights.isna().any():  # sectors without micro, in most short periods: as CBS has them, 2-49
        members, companies = (
            rows.assign(omvang=rows["omvang"].replace(SMALLEST)) for rows in (members, companies)
        )
        weights, reason = _rake_to(companies, members)
        also = "ook met micro en klein samen" if weights.isna().any() else "micro en klein zijn samengenomen"
        reason = "; ".join(filter(None, [reason, also]))
    if weights.isna().any():
        return row | {"warning": reason}
    weight = weights.to_numpy()
    row |= _estimate(scores, weight, "weighted")
    effective, largest = weight.sum() ** 2 / (weight**2).sum(), weight.max() / weight.mean()
    warnings = [
        reason,
        largest > LARGEST_WEIGHT and f"het grootste gewicht is {nl_number(largest, 1)} keer het gemiddelde",
        effective < EFFECTIVE_SHARE * n and f"{nl_number(n)} respondenten tellen als {nl_number(effective)}",
    ]
    return row | {
        "difference": row["weighted"] - row["unweighted"],
        "trimmed": np.average(scores, weights=weight.clip(max=LARGEST_WEIGHT * weight.mean())),
        "design_effect": n / effective,
        "effective_n": effective,
        "largest_weight": largest,
        "warning": "; ".join(warning for warning in warnings if warning),
    }


def _rake_to(companies: pd.DataFrame, members: pd.DataFrame) -> tuple[pd.Series, str]:
    """``rake`` on the companies in the sectors and sizes that have respondents."""
    names = ("sector", "omvang")
    here = np.logical_and(*(companies[name].isin(members[name].unique()) for name in names))
    margins = {
        name: companies[here].groupby(name)["companies"].sum().reindex(companies[name].unique())
        for name in names
    }
    return rake(members, margins)


def _estimate(scores: np.ndarray, weights: np.ndarray, name: str) -> dict:
    """A weighted mean and the ends of its interval; with equal weights that of Student."""
    n, mean = len(scores), np.average(scores, weights=weights)
    error = np.sqrt(n / (n - 1) * (weights**2 * (scores - mean) ** 2).sum()) / weights.sum()
    margin = stats.t.ppf((1 + CONFIDENCE) / 2, n - 1) * error
    return {name: mean, f"{name}_low": mean - margin, f"{name}_high": mean + margin}
