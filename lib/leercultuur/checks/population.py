"""Are the companies of CBS whole? Checked whenever they are read."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from leercultuur.instrument import load_instrument
from leercultuur.keys import TOTAL
from leercultuur.project import PROJECT, InputError

POPULATION = PROJECT / "data" / "reference" / "population_cbs.csv"
COLUMNS = ["table", "date", "sector", "omvang", "companies", "note"]
BY_SECTOR = ["2-49", "50-249", "250+"]
CLASSES = [*BY_SECTOR, "2-9", "10-49", "50+"]


def read_population(path: Path) -> pd.DataFrame:
    """``sector``, ``omvang`` (as in the codebook) and ``companies`` of ``population_cbs.csv``.

    Within a sector CBS has 2-49: divided over micro (2-9) and klein (10-49) as in all sectors together.

    Raises
    ------
    InputError
        Missing or no table; a column, sector, size class or number that cannot be; a number double, or one
        that is needed and not there. Dutch, with file, row and remedy.
    """
    cells = _check(path).pivot(index="sector", columns="omvang", values="companies")
    cells = cells.reindex([*load_instrument().options("sector"), TOTAL]).reindex(columns=CLASSES)
    partly = cells.index[cells[BY_SECTOR].isna().any(axis=1) & cells[BY_SECTOR].notna().any(axis=1)]
    missing = TOTAL if cells.loc[TOTAL].isna().any() else next(iter(partly), None)
    if missing or cells[BY_SECTOR].notna().all(axis=1).sum() < 2:
        raise InputError(
            f"{path.name}: bij {missing or 'elke sector'} ontbreekt een aantal. "
            f"Verwacht: {', '.join(CLASSES if missing == TOTAL else BY_SECTOR)}. Vul het bestand aan."
        )
    small = cells.loc[TOTAL, ["2-9", "10-49"]]
    cells = cells.dropna(subset=BY_SECTOR)
    sizes = pd.DataFrame({"micro": cells["2-49"] * small["2-9"] / small.sum()})
    sizes = sizes.assign(klein=cells["2-49"] - sizes["micro"], midden=cells["50-249"], groot=cells["250+"])
    sizes.loc[TOTAL, ["micro", "klein"]] = small.to_numpy()
    return sizes.rename_axis(columns="omvang").stack().rename("companies").reset_index()


def _check(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise InputError(f"{path.name} is er niet. Zet een eerdere versie terug.") from None
    except (ValueError, OSError) as error:
        raise InputError(f"{path.name} is niet te lezen ({error}). Zet een eerdere versie terug.") from None
    if list(table) != COLUMNS:
        raise InputError(
            f"{path.name}: verwacht zijn de kolommen {', '.join(COLUMNS)}. Verbeter het bestand."
        )
    known = {"sector": [*load_instrument().options("sector"), TOTAL], "omvang": CLASSES}
    double = table.duplicated(["sector", "omvang"])
    for row, entry in table.iterrows():
        where = f"{path.name}, rij {row + 2}"  # as a spreadsheet counts, under a row of names
        for column, options in known.items():
            if entry[column] not in options:
                raise InputError(
                    f"{where}: {entry[column]!r} is geen {column}. Verwacht: {', '.join(options)}."
                )
        if entry["companies"] and not (entry["companies"].isdecimal() and int(entry["companies"])):
            raise InputError(
                f"{where}: {entry['companies']!r} is geen aantal bedrijven. "
                "Verwacht: een geheel getal, of leeg."
            )
        if double[row]:
            raise InputError(
                f"{where}: {entry['sector']}, {entry['omvang']} staat er twee keer. Haal er één weg."
            )
    table["companies"] = pd.to_numeric(table["companies"]).astype(float)
    return table
