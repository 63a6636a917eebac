"""National figures beside which ours are shown (NEA, WEA): ``data/reference/benchmarks.csv``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from leercultuur.disclosure.hiding import in_disclosure
from leercultuur.formatting import nl_join
from leercultuur.project import PROJECT

BENCHMARKS = PROJECT / "data" / "reference" / "benchmarks.csv"


def load_benchmarks(path: Path = BENCHMARKS) -> pd.DataFrame:
    """A row is a national figure: ``measure``, ``category``, ``statistic`` (``benchmark_mean`` or
    ``benchmark_percent``), ``value`` (missing where the report does not print it), ``source``."""
    return pd.read_csv(path, dtype={"category": "str"}, keep_default_na=False, na_values={"value": [""]})


@in_disclosure
def add_benchmark(table: pd.DataFrame, benchmarks: pd.DataFrame) -> pd.DataFrame:
    """Add national figures: ``benchmark_percent`` to frequencies, ``benchmark_mean`` to means.

    Parameters
    ----------
    table
        From ``frequencies`` or ``mean_scores``.
    benchmarks
        From ``load_benchmarks``.

    Returns
    -------
    DataFrame
        The same rows with one more column; missing where there is no national figure.
    """
    keys = ["measure", "category"] if "category" in table else ["measure"]
    name = "benchmark_percent" if "category" in table else "benchmark_mean"
    values = benchmarks[benchmarks["statistic"] == name].rename(columns={"value": name})
    return table.merge(values[[*keys, name]], on=keys, how="left", validate="many_to_one")


def benchmark_source(measures: Iterable[str], *, short: bool = False) -> str:
    """Where the national figures of these measures come from: ``WEA 2024, TNO``, or ``WEA 2024`` when
    ``short``; "" when there are none."""
    benchmarks = load_benchmarks()
    sources = benchmarks.loc[benchmarks["measure"].isin(list(measures)), "source"].unique()
    return nl_join(list(dict.fromkeys(source.split(",")[0] if short else source for source in sources)))
