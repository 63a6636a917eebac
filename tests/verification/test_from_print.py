"""Printed statements beside the printed numbers themselves."""

from __future__ import annotations

import pandas as pd
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.verification.from_print import find_contradicted, numbers_from_print
from leercultuur.verification.page import tabulate_contradicted
from leercultuur.verification.printed import read_printed_claims, read_printed_numbers

SIZES = ["micro", "klein", "midden", "groot"]


def make_claims(**claim) -> pd.DataFrame:
    blank = {"id": "C1", "population": "alle", "group_var": "omvang", "a": "", "b": "", "min_group": 0}
    return pd.DataFrame([blank | claim])


def make_printed(*rows: dict) -> pd.DataFrame:
    blank = {
        "table": "t",
        "category": "",
        "population": "alle",
        "group_var": "omvang",
        "decimals": 2,
        "n": 400.0,
    }
    return pd.DataFrame([blank | row for row in rows])


def item_means(**means: float) -> list[dict]:
    """Every question about omgeving with the mean of its group."""
    return [
        {"measure": item, "statistic": "mean", "group": group, "value": mean}
        for item in load_instrument().items_of("omgeving")
        for group, mean in means.items()
    ]


def test_the_report_contradicts_three_of_its_claims():
    contradicted = find_contradicted(read_printed_claims(), read_printed_numbers())

    assert contradicted["id"].tolist() == ["C61", "C62", "C77"]
    texts = tabulate_contradicted(contradicted).texts["Volgens de gedrukte cijfers"].tolist()
    assert texts[0].startswith("Uitdagend werk 0,33 < ")
    assert "Omgeving: Micro (1-9) 0,321" in texts[1]
    assert texts[2] == "Midden (50-249) 2,77 < Klein (10-49) 2,81"


def test_a_scale_mean_that_is_not_printed_follows_from_all_its_items():
    claim = make_claims(kind="not_higher", measure="omgeving", a="klein", b="midden")
    means = item_means(klein=3.0, midden=2.9)

    assert len(find_contradicted(claim, make_printed(*means))) == 1
    assert find_contradicted(claim, make_printed(*means[:-1])).empty  # midden: not known
    assert find_contradicted(claim, make_printed(*item_means(klein=2.9, midden=2.9))).empty


def test_a_number_printed_twice_counts_with_most_decimals():
    row = {"measure": "omgeving", "statistic": "mean", "group": "klein"}
    printed = make_printed(row | {"value": 3.0, "decimals": 0}, row | {"value": 2.94})

    numbers = numbers_from_print(make_claims(kind="not_higher", measure="omgeving"), printed).numbers

    assert numbers["value"].tolist() == [2.94]


@pytest.mark.parametrize(("last", "count"), [(0.3, 0), (0.6, 1)])
def test_equal_rhos_are_tested_on_what_is_printed(last, count):
    rhos = [
        {
            "measure": "omgeving~aandacht",
            "statistic": "spearman",
            "group": size,
            "value": value,
            "decimals": 3,
        }
        for size, value in zip(SIZES, (0.3, 0.3, 0.3, last), strict=True)
    ]
    claim = make_claims(kind="no_sig_difference_in_rho", measure="aandacht", b="omgeving")

    assert len(find_contradicted(claim, make_printed(*rhos))) == count
