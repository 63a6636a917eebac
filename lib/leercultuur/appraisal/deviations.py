"""Does a group, or do the respondents, deviate from something: all others, a national figure, a flat line?"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from scipy import stats

from leercultuur.appraisal.weighting import binomial_p
from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import option_label
from leercultuur.instrument import load_instrument
from leercultuur.keys import KEYS, TOTAL, put_keys_first
from leercultuur.project import InputError
from leercultuur.statistics.comparisons import SPREAD, why_untestable
from leercultuur.statistics.effects import contrast
from leercultuur.statistics.estimates import frequencies
from leercultuur.statistics.groups import TOO_SMALL, select_population
from leercultuur.statistics.significance import settle
from leercultuur.thresholds import CONFIDENCE, EQUIVALENCE, MIN_BASE, MIN_DEVIATING

REST = "tegenover_rest"
SLOPES = ["slope", "first_percent", "last_percent", "steps_up", "steps_down"]
BENCHMARKED = ["n", "statistic", "ours", "benchmark", "diff", "diff_low", "diff_high"]
BENCHMARKED += ["p", "p_equivalent", "reason"]


@in_disclosure
def compare_groups_with_rest(
    respondents: pd.DataFrame, measures: list[str], by: str, population: str = "alle"
) -> pd.DataFrame:
    """Has a group another mean than all others together? Every group of ``by``, one family.

    Parameters
    ----------
    respondents
        A row is a respondent. Groups that are none to compare are left out before
        (``split_small_groups``), or they count among the others.
    measures
        Scores or questions; a missing score is in neither mean.

    Returns
    -------
    DataFrame
        A row is a score of a group, in codebook order: ``measure``, ``category`` (tegenover_rest),
        ``population``, ``group_var``, ``group``, ``n``, ``n_rest``, ``mean_group``, ``mean_rest`` (missing
        under ``MIN_BASE``), ``diff`` (group minus rest), which stays when only the test is impossible, the
        other columns of ``effects.contrast`` (Welch 1947), ``reason`` (Dutch: why there is no test, or ""),
        and the columns of ``settle``. The others are not the same for each group: a group may lie above
        them without being the highest.
    """
    members = select_population(respondents, population, by).dropna(subset=[by])
    inside = {key: members[by] == key for key in members.groupby(by, observed=True, sort=True).groups}
    table = pd.DataFrame(product(measures, inside), columns=["measure", "group"])
    own = [members.loc[inside[row.group], row.measure] for row in table.itertuples()]
    rest = [members.loc[~inside[row.group], row.measure] for row in table.itertuples()]
    a, b = (_summarise(side) for side in (own, rest))
    table["n"], table["n_rest"] = a["n"], b["n"]
    names = [option_label(by, key) for key in table["group"]]
    reasons = pd.Series(
        [
            "; ".join(filter(None, [why_untestable(name, group), why_untestable("de rest", others)]))
            for name, group, others in zip(names, a.itertuples(), b.itertuples(), strict=True)
        ],
        dtype=str,
    )
    shown = (a["n"] >= MIN_BASE) & (b["n"] >= MIN_BASE)
    table["mean_group"], table["mean_rest"] = a["mean"].where(shown), b["mean"].where(shown)
    table = table.join(contrast(a, b).where(reasons == ""))
    table["diff"] = table["mean_group"] - table["mean_rest"]
    table = settle(table.assign(reason=reasons), "verschillen met de rest")
    return put_keys_first(table.assign(category=REST, population=population, group_var=by))


def _summarise(sides: list[pd.Series]) -> pd.DataFrame:
    """As ``effects.summarise``, a row for each of these scores."""
    rows = [(scores.count(), scores.mean(), scores.var()) for scores in sides]
    return pd.DataFrame(rows, columns=["n", "mean", "var"])


@in_disclosure
def compare_with_benchmark(table: pd.DataFrame) -> pd.DataFrame:
    """Do the respondents differ from a national figure? All rows that have one, one family.

    Parameters
    ----------
    table
        From ``add_benchmark``: frequencies (of one question: its answers are a family) or means.

    Returns
    -------
    DataFrame
        A row is a row of ``table`` that has a national figure: ``measure``, ``category`` (the answer; "" for
        means), ``population``, ``group_var``, ``group``, ``n``, ``statistic`` (``percent`` or ``mean``),
        ``ours``, ``benchmark``, ``diff`` (ours minus benchmark; percentage or score points), ``diff_low``,
        ``diff_high`` (the 95% interval of ours: Wilson 1927, Student 1908), ``p`` (exact binomial, Clopper
        and Pearson 1934; one-sample t), ``p_equivalent`` (of a mean: two one-sided tests against
        ``EQUIVALENCE`` standard deviations), ``reason`` (Dutch: why there is no test, or ""), the columns of
        ``settle``.

    Notes
    -----
    The national figure is taken as exact, though it is an estimate: p is somewhat too small, the interval
    somewhat too narrow. A verdict says whether these respondents differ from the figure by more than chance
    allows. They chose to take part, and one of them answers for an organisation, where the national figure
    may come from employees: that organisations, or the times, differ does not follow from it.
    """
    statistic = "percent" if "benchmark_percent" in table else "mean"
    rows = table[table[f"benchmark_{statistic}"].notna()].reset_index(drop=True)
    ours, benchmark = rows[statistic], rows[f"benchmark_{statistic}"]
    few = rows["n"] < MIN_BASE
    if statistic == "percent":
        p = binomial_p(rows["count"], rows["n"], benchmark / 100)
        equal, p_equivalent = pd.Series(False, rows.index), pd.Series(np.nan, rows.index)
    else:
        test, equal = one_sample(ours - benchmark, rows["sd"], rows["n"]), rows["sd"] ** 2 <= SPREAD
        beyond = (EQUIVALENCE * rows["sd"] - test["diff"].abs()) / test["se"]
        p, p_equivalent = test["p"], pd.Series(stats.t.sf(beyond, test["df"]), rows.index)
    reasons = [f"minder dan {MIN_BASE} antwoorden", "iedereen antwoordt hetzelfde"]
    rows = rows.reindex(columns=["category", *rows.columns.drop("category", errors="ignore")], fill_value="")
    rows = rows.assign(
        statistic=statistic,
        ours=ours,
        benchmark=benchmark,
        diff=ours - benchmark,
        diff_low=rows["ci_low"] - benchmark,
        diff_high=rows["ci_high"] - benchmark,
        p=p,
        p_equivalent=p_equivalent.where(p.notna()),
        reason=np.select([few, equal], reasons, ""),
    )
    return settle(put_keys_first(rows)[[*KEYS, *BENCHMARKED]], "toetsen tegen een landelijk cijfer")


def one_sample(diff: pd.Series, sd: pd.Series, n: pd.Series) -> pd.DataFrame:
    """Student's t of means against zero: ``diff``, ``se``, ``df``, ``diff_low``, ``diff_high``, ``p``
    (Student 1908). Missing where there is no spread."""
    with np.errstate(divide="ignore", invalid="ignore"):
        df, se = (n - 1).clip(lower=0), (sd / np.sqrt(n)).where(sd**2 > SPREAD)
        margin = stats.t.ppf((1 + CONFIDENCE) / 2, df) * se
        p = 2 * stats.t.sf((diff / se).abs(), df)
    ends = {"diff_low": diff - margin, "diff_high": diff + margin}
    return pd.DataFrame({"diff": diff, "se": se, "df": df, **ends, "p": p})


@in_disclosure
def compare_shares(
    respondents: pd.DataFrame,
    variable: str,
    by: str,
    classes: str | None = None,
    *,
    population: str = "alle",
) -> pd.DataFrame:
    """Does the share of an answer rise or fall over ordered groups? Every answer, one family.

    The Cochran-Armitage test for a linear trend (Cochran 1954, Armitage 1955), with the places of the groups
    in the codebook as scores: every step counts as equally large.

    Parameters
    ----------
    respondents
        A row is a respondent.
    variable, classes
        The question and how its options are taken together, as in ``frequencies``.
    by
        An ordered question; every option must have a place in the order.

    Returns
    -------
    DataFrame
        A row is an answer: ``measure``, ``category``, ``population``, ``group_var``, ``group`` (totaal),
        ``n``, ``groups`` (of at least ``MIN_BASE``; the others are left out), ``first_percent``,
        ``last_percent`` (the share in the first and last of them), ``slope`` (percentage points a step, of
        the straight line through all shares) with ``se`` (were there no trend) and ``df``, ``steps_up``,
        ``steps_down`` (how many neighbouring groups rise and fall, whatever by chance), ``p``, ``left_out``
        (Dutch: groups left out and why, or ""), ``reason`` (Dutch: why there is no test, or ""; fewer than
        ``MIN_DEVIATING`` gave the answer, or another), and the columns of ``settle``.

    Raises
    ------
    InputError
        ``by`` has no order.

    Notes
    -----
    A trend says that the line rises or falls, not that every group is above the one before it.
    """
    instrument = load_instrument()
    if not instrument.is_ordered(by):
        raise InputError(f"{by} heeft geen volgorde. Verwacht: een vraag met geordende antwoorden.")
    table = frequencies(respondents, variable, by=by, classes=classes, population=population)
    sizes = table.drop_duplicates("group").set_index("group")["n"]
    large = sizes[sizes >= MIN_BASE]
    left_out = [option_label(by, key) for key in sizes.index.difference(large.index, sort=False)]
    shares = table.pivot(index="category", columns="group", values="percent")
    shares = shares.loc[table["category"].unique(), large.index]
    order = [str(key) for key in instrument.options(by)]
    places = np.array([order.index(key.removesuffix(".0")) for key in large.index])
    rows = _fit_trend(shares, large.to_numpy(float), places)
    steps, without = shares.diff(axis=1).round(9), large.sum() - rows["chosen"]
    rows["reason"] = np.select(
        [len(large) < 2, rows["chosen"] < MIN_DEVIATING, without < MIN_DEVIATING],
        [
            f"geen twee groepen van ten minste {MIN_BASE}",
            f"minder dan {MIN_DEVIATING} invullers geven dit antwoord",
            f"minder dan {MIN_DEVIATING} invullers geven een ander antwoord",
        ],
        "",
    )
    rows = rows.drop(columns="chosen").assign(
        n=int(large.sum()),
        groups=len(large),
        first_percent=shares.iloc[:, 0] if len(large) else np.nan,
        last_percent=shares.iloc[:, -1] if len(large) else np.nan,
        steps_up=(steps > 0).sum(axis=1).astype(int),
        steps_down=(steps < 0).sum(axis=1).astype(int),
        p=rows["p"].where(rows["reason"] == ""),
        se=rows["se"].where(rows["reason"] == ""),
        left_out="; ".join(f"{name}: minder dan {MIN_BASE} antwoorden" for name in left_out),
    )
    hidden = shares.isna().any(axis=1) & (len(large) > 1)
    rows.loc[hidden, [*SLOPES, "se", "p"]] = np.nan
    rows["reason"] = rows["reason"].mask(hidden, TOO_SMALL)
    rows = settle(rows.reset_index(names="category"), f"toetsen op een trend over {by}")
    return put_keys_first(rows.assign(measure=variable, population=population, group_var=by, group=TOTAL))


def _fit_trend(shares: pd.DataFrame, n: np.ndarray, places: np.ndarray) -> pd.DataFrame:
    """The line through shares (percent; a row an answer, a column a group of so many) over places, and the
    Cochran-Armitage test of its slope."""
    total = n.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        overall, centred = (shares * n).sum(axis=1) / total, places - (places * n).sum() / total
        spread = (n * centred**2).sum()
        slope = (shares * n * centred).sum(axis=1) / spread
        se = np.sqrt(overall * (100 - overall) / spread)
        p = 2 * stats.norm.sf((slope / se).abs())
    chosen = (overall * total / 100).round()
    return pd.DataFrame({"slope": slope, "se": se, "df": np.inf, "p": p, "chosen": chosen})
