"""How well the questions of a score go together: alpha and omega, and each question with the rest."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pingouin
from statsmodels.multivariate.factor import Factor

from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import nl_join
from leercultuur.instrument import load_instrument
from leercultuur.thresholds import CONFIDENCE, MIN_BASE

RELIABILITY = ["measure", "items", "n", "alpha", "ci_low", "ci_high", "omega", "spearman_brown", "remark"]
ITEM_REST = ["measure", "scale", "n", "item_rest", "alpha_without", "remark"]
HEYWOOD = 0.005  # a question with less variance of its own than this has no place in a factor model
FEW = f"minder dan {MIN_BASE} respondenten beantwoordden alle vragen"


@in_disclosure
def scale_reliability(respondents: pd.DataFrame) -> pd.DataFrame:
    """Reliability of the scales and of informal learning, over respondents who answered every question.

    Parameters
    ----------
    respondents
        A row is a respondent; items and statements as float 1-5.

    Returns
    -------
    DataFrame
        A row is a score: ``measure``, ``items``, ``n``, ``alpha`` (Cronbach 1951) with 95% ``ci_low``,
        ``ci_high`` (Feldt 1965), ``omega`` (total, of a one-factor model fitted by maximum likelihood, in
        the metric of the questions; McDonald 1999; three questions or more), ``spearman_brown`` (two
        questions only; Eisinga, Te Grotenhuis and Pelzer 2013), ``remark`` (Dutch: why a number is missing
        or not to be trusted, else "").
    """
    rows = []
    for score, items in load_instrument().derived.items():
        answers = _complete(respondents, items)
        rows.append({"measure": score, "items": len(items), "n": len(answers)} | _reliability(answers))
    return _tabulate(rows, RELIABILITY)


@in_disclosure
def item_rest_correlations(respondents: pd.DataFrame) -> pd.DataFrame:
    """Each question with the other questions of its score, over respondents who answered them all.

    Returns
    -------
    DataFrame
        A row is a question: ``measure``, ``scale`` (its score), ``n``, ``item_rest`` (Pearson's correlation
        with the mean of the others; Nunnally and Bernstein 1994), ``alpha_without`` (alpha of the others),
        ``remark`` (Dutch: why a number is missing or what is wrong with the question, else "").
    """
    rows = []
    for score, items in load_instrument().derived.items():
        answers = _complete(respondents, items)
        for item in items:
            row = {"measure": item, "scale": score, "n": len(answers)}
            rows.append(row | _item_rest(answers[item], answers.drop(columns=item)))
    return _tabulate(rows, ITEM_REST)


def _reliability(answers: pd.DataFrame) -> dict:
    if answers.shape[1] < 2:
        return {"remark": "één vraag: betrouwbaarheid is niet te berekenen"}
    if len(answers) < MIN_BASE:
        return {"remark": FEW}
    if answers.sum(axis=1).nunique() == 1:
        return {"remark": "elke respondent heeft dezelfde score"}
    alpha, (low, high) = pingouin.cronbach_alpha(answers, ci=CONFIDENCE)
    row = {"alpha": alpha, "ci_low": low, "ci_high": high}
    remarks = ["alfa is negatief: een vraag lijkt omgekeerd gesteld of gescoord"] if alpha < 0 else []
    constant = [load_instrument().label(item) for item in answers if answers[item].nunique() == 1]
    if constant:
        remarks.append(f"altijd hetzelfde antwoord op {nl_join(constant)}: alleen alfa is te berekenen")
    elif answers.shape[1] == 2:
        r = answers.corr().iloc[0, 1]
        row["spearman_brown"] = 2 * r / (1 + r) if r > -1 else np.nan
        remarks.append("omega vraagt ten minste drie vragen; zie Spearman-Brown")
    else:
        row["omega"] = _omega(answers)
        if np.isnan(row["omega"]):
            remarks.append("omega is niet te schatten: één factor past niet bij deze antwoorden")
    return row | {"remark": "; ".join(remarks)}


def _omega(answers: pd.DataFrame) -> float:
    """Missing when the model does not converge, or leaves a question no variance of its own (Heywood)."""
    items, sd = answers.shape[1], answers.std().to_numpy()
    start = np.full((items, 1), np.sqrt(0.5)), np.full(items, 0.5)  # else drawn at random
    with warnings.catch_warnings(action="ignore"), np.errstate(all="ignore"):
        try:
            model = Factor(corr=answers.corr().to_numpy(), n_factor=1, method="ml").fit(start=start)
        except np.linalg.LinAlgError:
            return np.nan
    if not model.mle_retvals.success or not model.uniqueness.min() >= HEYWOOD:
        return np.nan
    common = (model.loadings[:, 0] @ sd) ** 2
    return float(common / (common + model.uniqueness @ sd**2))


def _item_rest(answers: pd.Series, others: pd.DataFrame) -> dict:
    if others.empty or len(others) < MIN_BASE:
        return {"remark": FEW if len(answers) < MIN_BASE else "enige vraag van de score"}
    rest, many = others.mean(axis=1), others.shape[1] > 1
    row = {"alpha_without": pingouin.cronbach_alpha(others)[0]} if many and rest.nunique() > 1 else {}
    if answers.nunique() == 1 or rest.nunique() == 1:
        who = "geeft" if answers.nunique() == 1 else "de rest geeft"
        return row | {"remark": f"{who} altijd hetzelfde antwoord"}
    r = answers.corr(rest)
    negative = "hangt negatief samen met de rest: lijkt omgekeerd gesteld" if r < 0 else ""
    return row | {"item_rest": r, "remark": negative or ("" if many else "alfa vraagt twee andere vragen")}


def _complete(respondents: pd.DataFrame, items: list[str]) -> pd.DataFrame:
    """Sorted, so that sums are the same to the last bit whatever the order of respondents."""
    return respondents[items].dropna().sort_values(items, ignore_index=True)


def _tabulate(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    table = pd.DataFrame(rows).reindex(columns=columns)
    return table.astype(dict.fromkeys(columns[3:-1], float))  # also when all are missing
