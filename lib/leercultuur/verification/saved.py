"""The numbers that the notebooks saved, found by name: read back, and compared where tables repeat them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from leercultuur.formatting import TOTAL, nl_join, nl_number
from leercultuur.instrument import InputError

KEYS = ["measure", "category", "population", "group_var", "group"]
KEY = [*KEYS, "statistic"]
# Numbers about a set of respondents: the total is the same whatever the grouping of the table it stands in.
DESCRIBING = ["count", "percent", "per_week", "mean", "spearman", "benchmark_mean", "benchmark_percent"]
LOOKED_UP = [*DESCRIBING, "significant", "p", "p_welch"]
REPORT_TABLES = "0[1-7]_*.csv"  # not the verification's own
LEFT_OUT = "weggelaten"  # in the name of a table of groups that were left out
TOLERANCE = 1e-6  # tables that differ by less say the same: they are saved in ten digits


def read_tables(run_dir: Path) -> pd.DataFrame:
    """All numbers in the tables of a run, in long form.

    Parameters
    ----------
    run_dir
        The run folder; the tables of notebooks 01-07 are read.

    Returns
    -------
    DataFrame
        A row is a number in a table: ``file`` (name without suffix), ``measure``, ``category``,
        ``population``, ``group_var``, ``group`` ("" is all), ``n`` (base of the row, may be missing),
        ``statistic`` (the column it stands in), ``value`` (missing where the cell is empty).

    Raises
    ------
    InputError
        There are no tables.
    """
    files = sorted((run_dir / "tables").glob(REPORT_TABLES))
    if not files:
        raise InputError(
            f"Geen tabellen in {run_dir / 'tables'}. Verwacht: csv-bestanden van de notebooks 01-07. "
            "Draai eerst het rapport (make report)."
        )
    return pd.concat([_melt(path) for path in files], ignore_index=True)


def gather(tables: pd.DataFrame) -> pd.DataFrame:
    """What all tables together say of each number that the report prints or a claim needs.

    Returns
    -------
    DataFrame
        A row is a key: ``measure`` ("x~y" in alphabetical order), ``category``, ``population``,
        ``group_var``, ``group`` ("a|b" in alphabetical order), ``statistic``; ``value`` (missing when all
        cells are empty), ``n``, ``source`` (tables, joined by ", ") and ``conflict`` (a Dutch sentence when
        tables differ, else "").
    """
    used = tables[tables["statistic"].isin(LOOKED_UP) & tables["measure"].ne("")]
    keyed = used.assign(**normalise_keys(used))
    by_key = keyed.groupby(KEY, sort=False)
    gathered = by_key.agg(
        value=("value", "first"),
        low=("value", "min"),
        high=("value", "max"),
        n=("n", "first"),
        n_low=("n", "min"),
        n_high=("n", "max"),
        source=("file", lambda files: ", ".join(dict.fromkeys(files))),
    )
    differs = (gathered["high"] - gathered["low"] > TOLERANCE) | (gathered["n_high"] > gathered["n_low"])
    conflicting = keyed.merge(gathered.index[differs].to_frame(index=False))
    conflicts = {key: _describe_conflict(rows) for key, rows in conflicting.groupby(KEY)}
    gathered["conflict"] = [conflicts.get(key, "") for key in gathered.index]
    return gathered.drop(columns=["low", "high", "n_low", "n_high"]).reset_index()


def groups_left_out(tables: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Groups that the run leaves out of comparisons, as (group_var, group), and how many they are (n = …)."""
    rows = tables[tables["file"].str.contains(LEFT_OUT) & (tables["statistic"] == "n")]
    keys = zip(rows["group_var"], rows["group"], strict=True)
    return {key: f"n = {nl_number(n)}" for key, n in zip(keys, rows["value"], strict=True)}


def normalise_key(
    measure: str, category: str, population: str, group_var: str, group: str, statistic: str
) -> tuple[str, ...]:
    """A key in one spelling: "" for all groups, "alle" for no population, pairs in alphabetical order."""
    if group in ("", TOTAL):
        group = ""
        group_var = "" if statistic in DESCRIBING else group_var
    measure, group = "~".join(sorted(measure.split("~"))), "|".join(sorted(group.split("|")))
    return measure, category.removesuffix(".0"), population or "alle", group_var, group, statistic


def normalise_keys(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``KEY`` in one spelling."""
    keys = rows[KEY].fillna("").astype(str).itertuples(index=False, name=None)
    return pd.DataFrame([normalise_key(*key) for key in keys], rows.index, KEY, dtype=str)


def _describe_conflict(rows: pd.DataFrame) -> str:
    """``02_x geeft 3,3700 (n = 1.403) en 07_y geeft 3,4000 (n = 1.403)``."""
    said = [
        f"{row.file} geeft {nl_number(row.value, 4)} (n = {nl_number(row.n)})"
        for row in rows.dropna(subset="value").drop_duplicates(["value", "n"]).itertuples()
    ]
    return nl_join(said)


def _melt(path: Path) -> pd.DataFrame:
    """One saved table in long form; columns that hold text are left out."""
    cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    numbers = cells.drop(columns=KEYS, errors="ignore").replace({"True": "1", "False": "0", "": np.nan})
    numbers = numbers.apply(pd.to_numeric, errors="coerce")
    numbers = numbers.loc[:, numbers.notna().any()]
    keys = cells.reindex(columns=KEYS, fill_value="")
    base = numbers["n"] if "n" in numbers else pd.Series(np.nan, cells.index)
    long = keys.assign(file=path.stem, n=base).join(numbers.add_prefix("value: "))
    long = long.melt(id_vars=["file", *KEYS, "n"], var_name="statistic")
    return long.assign(statistic=long["statistic"].str.removeprefix("value: "))
