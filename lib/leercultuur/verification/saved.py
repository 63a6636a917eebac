"""The numbers that the notebooks saved, found by name: read back, and compared where tables repeat them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pandas as pd

from leercultuur.formatting import nl_join, nl_number
from leercultuur.intake.respondents import RECORD, check_same_run, read_record
from leercultuur.intake.runs import Run
from leercultuur.keys import KEYS, TOTAL, join_groups, join_measures, split_groups, split_measures
from leercultuur.project import InputError

KEY = [*KEYS, "statistic"]
# Numbers about a set of respondents: the total is the same whatever the grouping of the table it stands in.
DESCRIBING = ["count", "percent", "per_week", "mean", "spearman", "benchmark_mean", "benchmark_percent"]
P_EQUAL_RHO = "p_equal_rho"  # Holm-corrected p of the test whether groups differ in rho
LOOKED_UP = [*DESCRIBING, "significant", "p", "p_welch", "p_equivalent", P_EQUAL_RHO]
STARS = {"published_star": "significant"}  # a column of the tables -> what the printed number is called
REPORT_TABLES = "0[1-7]_*.csv"  # not the verification's own
RHO_TESTS = "toets_samenhang"  # in the name of a table of such tests: its p_holm is of no single rho
LEFT_OUT = "weggelaten"  # in the name of a table of groups that were left out
TOO_SMALL = r"^minder dan (\d+)$"  # why a group was left out, in such a table
TOLERANCE = 1e-6  # tables that differ by less say the same: they are saved in ten digits


@dataclass(frozen=True)
class SavedNumbers:
    """What the tables of a run say.

    Attributes
    ----------
    numbers
        A row is a key: ``measure`` ("x~y" in alphabetical order), ``category``, ``population``,
        ``group_var``, ``group`` ("a|b" in alphabetical order), ``statistic``; ``value`` (missing when all
        cells are empty), ``n``, ``source`` (tables, joined by ", ") and ``conflict`` (a Dutch sentence when
        tables differ, else "").
    left_out
        (group_var, group) -> how many they are (n = …), of groups left out of comparisons.
    min_group
        group_var -> the least respondents of a group that is compared, where smaller ones were left out.
    protected
        Whether small numbers are hidden in this run: what is not there was then not shown.
    """

    numbers: pd.DataFrame
    left_out: dict[tuple[str, str], str]
    min_group: dict[str, int] = field(default_factory=dict)
    protected: bool = False


def read_saved_numbers(run: Run) -> SavedNumbers:
    """The numbers that notebooks 01-07 saved in a run: those the report prints or a claim needs.

    Raises
    ------
    InputError
        There are no tables, or they are about another period or export.
    """
    tables = read_tables(run)
    if not run.path(RECORD).exists():
        raise InputError(f"{run.name} heeft tabellen, maar geen respondenten. Draai het rapport opnieuw.")
    check_same_run(run, exactly=True)
    return replace(gather(tables), protected=read_record(run.path())["disclosure"] == "safe")


def read_tables(run: Run) -> pd.DataFrame:
    """All numbers in the tables of notebooks 01-07, in long form.

    Returns
    -------
    DataFrame
        A row is a number in a table: ``file`` (name without suffix), ``measure``, ``category``,
        ``population``, ``group_var``, ``group`` ("" is all), ``n`` (base of the row, may be missing),
        ``statistic`` (the column it stands in), ``value`` (missing where the cell is empty). Of a reason
        "minder dan 50" the number is 50.

    Raises
    ------
    InputError
        There are no tables.
    """
    files = sorted(run.path("tables").glob(REPORT_TABLES)) if run.folder else []
    if not files:
        raise InputError(
            f"Geen tabellen in {run.name}/tables. Verwacht: csv-bestanden van de notebooks 01-07. "
            "Draai die eerst, of maak het rapport (python -m leercultuur report)."
        )
    tables = [pd.read_csv(path, dtype=str, keep_default_na=False).assign(file=path.stem) for path in files]
    cells = pd.concat(tables, ignore_index=True)  # missing now: the table has no such column
    keys = cells.reindex(columns=["file", *KEYS], fill_value="").fillna("")
    keys["n"] = pd.to_numeric(cells.get("n", pd.Series(index=cells.index, dtype=str)), errors="coerce")
    columns = cells.drop(columns=["file", *KEYS], errors="ignore")
    texts = columns.melt(var_name="statistic", value_name="text", ignore_index=False).dropna(subset="text")
    plain = texts["text"].replace({"True": "1", "False": "0"}).str.replace(TOO_SMALL, r"\1", regex=True)
    values = pd.to_numeric(plain, errors="coerce")
    numbers = keys.loc[texts.index].assign(statistic=texts["statistic"], value=values)
    holds_numbers = numbers.groupby(["file", "statistic"])["value"].transform("count") > 0
    return numbers[holds_numbers].reset_index(drop=True)


def gather(tables: pd.DataFrame) -> SavedNumbers:
    """What all tables (``read_tables``) together say of each number that can be looked up."""
    tests_of_rho = tables["file"].str.contains(RHO_TESTS) & (tables["statistic"] == "p_holm")
    names = tables["statistic"].replace(STARS).mask(tests_of_rho, P_EQUAL_RHO)
    used = tables.assign(statistic=names)[names.isin(LOOKED_UP) & tables["measure"].ne("")]
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
    numbers = gathered.drop(columns=["low", "high", "n_low", "n_high"]).reset_index()
    return SavedNumbers(numbers, _groups_left_out(tables), _smallest_groups(tables))


def normalise_key(
    measure: str, category: str, population: str, group_var: str, group: str, statistic: str
) -> tuple[str, ...]:
    """A key in one spelling: "" for all groups, "alle" for no population, pairs in alphabetical order."""
    if group in ("", TOTAL):
        group = ""
        group_var = "" if statistic in DESCRIBING else group_var
    if len(pair := split_measures(measure)) == 2:
        measure = join_measures(*sorted(pair))
    if len(pair := split_groups(group)) == 2:
        group = join_groups(*sorted(pair))
    return measure, category.removesuffix(".0"), population or "alle", group_var, group, statistic


def normalise_keys(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of ``KEY`` in one spelling."""
    keys = rows[KEY].fillna("").astype(str).itertuples(index=False, name=None)
    return pd.DataFrame([normalise_key(*key) for key in keys], rows.index, KEY, dtype=str)


def _groups_left_out(tables: pd.DataFrame) -> dict[tuple[str, str], str]:
    rows = tables[tables["file"].str.contains(LEFT_OUT) & (tables["statistic"] == "n")]
    keys = zip(rows["group_var"], rows["group"], strict=True)
    return {key: f"n = {nl_number(n)}" for key, n in zip(keys, rows["value"], strict=True)}


def _smallest_groups(tables: pd.DataFrame) -> dict[str, int]:
    rows = tables[tables["file"].str.contains(LEFT_OUT) & (tables["statistic"] == "reason")]
    return rows.dropna(subset="value").groupby("group_var")["value"].max().astype(int).to_dict()


def _describe_conflict(rows: pd.DataFrame) -> str:
    """``02_x geeft 3,3700 (n = 1.403) en 07_y geeft 3,4000 (n = 1.403)``."""
    said = [
        f"{row.file} geeft {nl_number(row.value, 4)} (n = {nl_number(row.n)})"
        for row in rows.dropna(subset="value").drop_duplicates(["value", "n"]).itertuples()
    ]
    return nl_join(said)
