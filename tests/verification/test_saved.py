"""Numbers read back from saved tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leercultuur.intake.runs import Run
from leercultuur.project import InputError
from leercultuur.verification.printed import PUBLISHED_PERIOD
from leercultuur.verification.saved import P_EQUAL_RHO, gather, normalise_key, read_tables


def make_run(folder: Path) -> Run:
    return Run(PUBLISHED_PERIOD, Path("export.csv"), folder)


@pytest.fixture
def save(tmp_path):
    """Save lines of csv as a table of a run; gives the run."""

    def save(name: str, *lines: str):
        folder = tmp_path / "tables"
        folder.mkdir(exist_ok=True)
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return make_run(tmp_path)

    return save


def test_read_tables_gives_a_row_a_number(save):
    run = save("02_x", "measure,group,n,mean,label", "taken,klein,470,3.4,Leerrijke taken")

    tables = read_tables(run)

    expected = {("n", 470.0), ("mean", 3.4)}
    assert set(zip(tables["statistic"], tables["value"], strict=True)) == expected  # a label is no number
    assert tables["n"].tolist() == [470, 470]
    assert tables[
        ["file", "measure", "population", "group_var", "group"]
    ].drop_duplicates().values.tolist() == [["02_x", "taken", "", "", "klein"]]


def test_read_tables_reads_true_and_false_as_numbers_and_keeps_empty_cells(save):
    run = save(
        "03_x", "measure,group,significant", "a,klein|midden,True", "b,klein|midden,False", "c,klein|midden,"
    )

    values = read_tables(run)["value"].tolist()

    assert values[:2] == [1, 0]
    assert np.isnan(values[2])


def test_read_tables_accepts_tables_of_text_or_without_rows(save):
    save("01_tekst", "measure,label", "taken,Taken")
    run = save("01_leeg", "measure,mean")

    assert read_tables(run).empty


def test_read_tables_without_tables_names_the_remedy(tmp_path):
    with pytest.raises(InputError, match="python -m leercultuur report") as error:
        read_tables(make_run(tmp_path / "leeg"))
    assert "leeg/tables" in str(error.value)
    assert str(tmp_path) not in str(error.value)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (("taken", "", "", "omvang", "totaal", "mean"), ("taken", "", "alle", "", "", "mean")),
        (("taken", "", "mkb", "omvang", "klein", "mean"), ("taken", "", "mkb", "omvang", "klein", "mean")),
        # A test over all groups is about its grouping: not the same for omvang and for sector.
        (("taken", "", "", "sector", "totaal", "p_welch"), ("taken", "", "alle", "sector", "", "p_welch")),
        (("taken~aandacht", "", "", "", "", "spearman"), ("aandacht~taken", "", "alle", "", "", "spearman")),
        (("a", "", "", "sector", "zorg|ict", "p"), ("a", "", "alle", "sector", "ict|zorg", "p")),
        (("scholing", "0", "", "", "", "percent"), ("scholing", "0", "alle", "", "", "percent")),
        (("aandacht", "1.0", "", "", "", "percent"), ("aandacht", "1", "alle", "", "", "percent")),
    ],
)
def test_normalise_key(key, expected):
    assert normalise_key(*key) == expected


def test_gather_joins_tables_that_say_the_same(save):
    save("02_x", "measure,n,mean", "taken,1403,3.3712345678")
    run = save("03_x", "measure,group_var,group,n,mean", "taken,omvang,totaal,1403,3.3712345679")

    (row,) = gather(read_tables(run)).numbers.itertuples()

    assert (row.source, row.conflict, row.n) == ("02_x, 03_x", "", 1403)
    assert row.value == pytest.approx(3.37123456785)


def test_gather_names_the_tables_that_differ(save):
    save("02_x", "measure,n,mean", "taken,1403,3.37")
    run = save("07_y", "measure,n,mean", "taken,1403,3.40")

    (row,) = gather(read_tables(run)).numbers.itertuples()

    assert row.conflict == "02_x geeft 3,3700 (n = 1.403) en 07_y geeft 3,4000 (n = 1.403)"


def test_gather_sees_a_difference_in_base_alone(save):
    save("02_x", "measure,n,mean", "taken,1403,3.37")
    run = save("07_y", "measure,n,mean", "taken,1402,3.37")

    assert "n = 1.402" in gather(read_tables(run)).numbers["conflict"].item()


def test_gather_leaves_out_numbers_that_nobody_looks_up(save):
    save("02_betrouwbaarheid", "measure,ci_low", "taken,0.6")
    run = save("02_kenmerken", "measure,ci_low", "taken,3.3")

    assert gather(read_tables(run)).numbers.empty


def test_gather_does_not_set_an_empty_cell_against_a_number():
    tables = pd.DataFrame(
        {
            "file": ["02_x", "07_y"],
            "measure": "taken",
            "category": "",
            "population": "alle",
            "group_var": "",
            "group": "",
            "n": [9.0, 9.0],
            "statistic": "mean",
            "value": [np.nan, 3.4],
        }
    )

    (row,) = gather(tables).numbers.itertuples()

    assert (row.value, row.conflict) == (3.4, "")


def test_groups_left_out(save):
    run = save("04_weggelaten_sectoren", "group_var,group,n,reason", "sector,horeca,17,minder dan 50")

    saved = gather(read_tables(run))

    assert saved.left_out == {("sector", "horeca"): "n = 17"}
    assert saved.min_group == {"sector": 50}


def test_without_a_group_that_was_too_small_the_line_is_not_known(save):
    run = save(
        "04_weggelaten_sectoren", "group_var,group,n,reason", "sector,anders,52,geen afgebakende groep"
    )

    assert gather(read_tables(run)).min_group == {}


def test_the_published_star_is_what_print_calls_significant(save):
    run = save("03_x", "measure,group_var,group,published_star", "taken,omvang,klein|midden,1")

    assert gather(read_tables(run)).numbers["statistic"].tolist() == ["significant"]


def test_a_test_of_equal_rho_is_not_the_p_of_a_rho(save):
    save("06_samenhang_x", "measure,group_var,group,spearman,p_holm", "a~b,omvang,totaal,0.3,0.001")
    run = save("06_toets_samenhang_x", "measure,group_var,Q,p_holm", "a~b,omvang,4.1,0.3")

    numbers = gather(read_tables(run)).numbers.set_index("statistic")["value"].to_dict()
    assert numbers == {"spearman": 0.3, P_EQUAL_RHO: 0.3}
