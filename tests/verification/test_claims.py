"""Every kind of claim, true and false, on a few made-up numbers."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.periods import Period
from leercultuur.verification.claims import check_claims
from leercultuur.verification.orderings import ORDERINGS
from leercultuur.verification.printed import read_printed_claims
from leercultuur.verification.saved import P_EQUAL_RHO, gather
from leercultuur.verification.tested import EQUIVALENCE, TESTS

SECTORS = ["bouw", "ict", "zorg"]
SIZES = ["micro", "klein", "midden", "groot"]
SCALES = load_instrument().scales


def number(measure: str, value: float, group_var: str = "", group: str = "", **other) -> dict:
    """One number of a saved table; a mean unless told otherwise."""
    row = {"file": "02_x", "category": "", "population": "alle", "n": float("nan"), "statistic": "mean"}
    return row | {"measure": measure, "value": value, "group_var": group_var, "group": group} | other


def left_out_except(*kept: str) -> list[dict]:
    """The table of sectors left out: all but these."""
    others = [key for key in load_instrument().options("sector") if key not in kept]
    return [number("", 9.0, "sector", key, file="04_weggelaten_sectoren", statistic="n") for key in others]


def by_group(measure: str, group_var: str, values: dict[str, float], **other) -> list[dict]:
    return [number(measure, value, group_var, group, **other) for group, value in values.items()]


def check(claim: dict, numbers: list[dict], **options) -> pd.Series:
    blank = {"id": "C1", "section": "x", "population": "alle", "group_var": "", "a": "", "b": "", "says": ""}
    blank |= {"min_group": 0}
    return check_claims(pd.DataFrame([blank | claim]), gather(pd.DataFrame(numbers)), **options).iloc[0]


def holds(claim: dict, numbers: list[dict]) -> bool:
    verdict = check(claim, numbers)
    assert verdict.status == ("gelijk" if verdict.holds else "wijkt af"), verdict.observed
    return bool(verdict.holds)


THREE = "taken|collegas|omgeving"
SECTOR_MEANS = {"bouw": 3.0, "ict": 3.4, "zorg": 3.1}
SCALES_BY_SECTOR = [
    *by_group("taken", "sector", {"bouw": 3.5, "ict": 3.6, "zorg": 3.4}),
    *by_group("omgeving", "sector", {"bouw": 3.0, "ict": 3.2, "zorg": 3.1}),
    *left_out_except(*SECTORS),
]


def claim(kind: str, measure: str, a: str = "", b: str = "", group_var: str = "sector") -> dict:
    return {"kind": kind, "measure": measure, "group_var": group_var, "a": a, "b": b}


def test_highest_and_lowest_measure():
    means = [number("taken", 3.4), number("collegas", 2.9), number("omgeving", 2.7)]

    assert holds(claim("highest_measure", "taken", "taken", THREE, ""), means)
    assert not holds(claim("highest_measure", "collegas", "collegas", THREE, ""), means)
    assert holds(claim("lowest_measure", "omgeving", "omgeving", THREE, ""), means)
    assert not holds(claim("lowest_measure", "collegas", "collegas", THREE, ""), means)


def test_a_tie_is_not_the_highest():
    means = [number("taken", 3.4), number("omgeving", 3.4)]

    verdict = check(claim("highest_measure", "taken", "taken", "taken|omgeving", ""), means)

    assert not verdict.holds
    assert verdict.observed == "Leerrijke taken 3,4000 = Omgeving 3,4000"


def test_highest_and_lowest_measure_in_each_group():
    lower_in_zorg = [*SCALES_BY_SECTOR[:2], number("taken", 3.0, "sector", "zorg"), *SCALES_BY_SECTOR[3:]]
    highest = claim("highest_measure_in_each", "taken", "taken", "taken|omgeving")
    lowest = claim("lowest_measure_in_each", "omgeving", "omgeving", "taken|omgeving")

    assert holds(highest, SCALES_BY_SECTOR)
    assert not holds(highest, lower_in_zorg)
    assert holds(lowest, SCALES_BY_SECTOR)
    assert not holds(lowest, lower_in_zorg)
    observed = check(highest, lower_in_zorg).observed
    assert observed == ("2 van 3, krapst Zorg en welzijn: Leerrijke taken 3,00 < Omgeving 3,10")


def test_claims_about_each_group_need_every_group_that_was_not_left_out():
    in_each = claim("highest_measure_in_each", "taken", "taken", "taken|omgeving")

    verdict = check(in_each, [*SCALES_BY_SECTOR[:6], *left_out_except(*SECTORS, "horeca")])

    assert (verdict.status, verdict.observed) == (
        "niet te toetsen",
        "mean taken alle sector horeca staat niet in de tabellen",
    )


def test_lowest_measure_in_a_group():
    assert holds(claim("lowest_measure_in", "omgeving", "bouw", "taken|omgeving"), SCALES_BY_SECTOR)
    assert not holds(claim("lowest_measure_in", "taken", "bouw", "taken|omgeving"), SCALES_BY_SECTOR)


def test_measure_above_another_in_each_group():
    assert holds(claim("measure_above_in_each", "taken", "taken", "omgeving"), SCALES_BY_SECTOR)
    assert not holds(claim("measure_above_in_each", "omgeving", "omgeving", "taken"), SCALES_BY_SECTOR)


@pytest.mark.parametrize(
    ("kind", "a", "expected"),
    [
        ("group_highest", "ict", True),
        ("group_highest", "zorg", False),
        ("group_lowest", "bouw", True),
        ("group_lowest", "zorg", False),
        ("groups_highest", "zorg|ict", True),
        ("groups_highest", "bouw|ict", False),
        ("groups_lowest", "zorg|bouw", True),
        ("groups_lowest", "ict|bouw", False),
        ("above_median", "ict", True),
        ("above_median", "zorg", False),  # the median itself
        ("below_median", "bouw", True),
        ("below_median", "zorg", False),
    ],
)
def test_groups_among_others(kind, a, expected):
    means = by_group("taken", "sector", SECTOR_MEANS)

    assert holds(claim(kind, "taken", a, "bouw|ict|zorg"), means) is expected


def test_each_higher():
    means = by_group("taken", "sector", SECTOR_MEANS)

    assert holds(claim("each_higher", "taken", "ict|zorg", "bouw"), means)
    assert not holds(claim("each_higher", "taken", "ict|bouw", "zorg"), means)


def test_sig_higher_needs_every_pair_in_either_order():
    means = by_group("taken", "sector", SECTOR_MEANS)
    one_pair = by_group("taken", "sector", {"bouw|ict": 0.001}, statistic="p")
    significant, not_significant = (
        by_group("taken", "sector", {"bouw|zorg": p}, statistic="p") for p in (0.049, 0.05)
    )
    higher = claim("sig_higher", "taken", "ict|zorg", "bouw")

    assert holds(higher, means + one_pair + significant)
    assert not holds(higher, means + one_pair + not_significant)
    assert not holds(claim("sig_higher", "taken", "bouw", "ict"), means + one_pair)  # the other way round
    assert check(higher, means + one_pair).status == "niet te toetsen"


@pytest.mark.parametrize(
    ("smallest", "omnibus", "expected"), [(0.3, 0.2, True), (0.04, 0.2, False), (0.3, 0.04, False)]
)
def test_no_sig_difference_in_pairs_nor_over_all(smallest, omnibus, expected):
    pairs = {"bouw|ict": smallest, "bouw|zorg": 0.9, "ict|zorg": 0.9}
    tests = by_group("organisatie", "sector", pairs, statistic="p")
    tests.append(number("organisatie", omnibus, "sector", "totaal", statistic="p_welch"))
    tests.append(number("organisatie", 0.001, "omvang", "totaal", statistic="p_welch"))  # another grouping

    assert holds(claim("no_sig_difference", "organisatie", "bouw|ict|zorg"), tests) is expected


def test_smaller_range():
    assert holds(claim("smaller_range", "taken", "taken", "collegas"), [
        *SCALES_BY_SECTOR, *by_group("collegas", "sector", {"bouw": 2.5, "ict": 3.0, "zorg": 2.7}),
    ])  # fmt: skip
    # Ranges of 0.2 and 0.2: binary noise is no difference.
    assert not holds(claim("smaller_range", "taken", "taken", "omgeving"), SCALES_BY_SECTOR)


def test_largest_gap():
    gaps = "bouw|ict|zorg"  # 0.5, 0.4, 0.3

    assert holds(claim("largest_gap", "taken|omgeving", "bouw", gaps), SCALES_BY_SECTOR)
    assert not holds(claim("largest_gap", "taken|omgeving", "zorg", gaps), SCALES_BY_SECTOR)


@pytest.mark.parametrize("rho", [0.1, -0.1])
def test_trend_with_size(rho):
    numbers = [number("taken~omvang", rho, statistic="spearman")]

    assert holds(claim("rises_with_size", "taken", group_var="omvang"), numbers) is (rho > 0)
    assert holds(claim("falls_with_size", "taken", group_var="omvang"), numbers) is (rho < 0)


def test_shares_at_every_step_of_size():
    def shares(*percentages: float) -> list[dict]:
        sizes = dict(zip(SIZES, percentages, strict=True))
        return by_group("rol", "omvang", sizes, statistic="percent", category="hr")

    rises = claim("share_rises_with_size", "rol", "hr", group_var="omvang")
    falls = claim("share_falls_with_size", "rol", "hr", group_var="omvang")

    assert holds(rises, shares(1, 2, 3, 4))
    assert not holds(rises, shares(1, 3, 2, 4))
    assert holds(falls, shares(4, 3, 2, 1))
    assert not holds(falls, shares(4, 3, 3, 1))
    observed = check(rises, shares(1, 2, 3, 3.5)).observed
    assert observed == "3 van 3, krapst Groot (250+) 3,50% > Midden (50-249) 3,00%"


def test_largest_category():
    shares = [
        number("perspectief", share, statistic="percent", category=key)
        for key, share in {"vestiging": 27.4, "organisatie": 72.6}.items()
    ]

    assert holds(claim("largest_category", "perspectief", "organisatie", group_var=""), shares)
    assert not holds(claim("largest_category", "perspectief", "vestiging", group_var=""), shares)


def test_largest_shares_among_kept_sectors():
    shares = by_group(
        "omvang", "sector", {"bouw": 12, "ict": 33, "zorg": 9}, statistic="percent", category="micro"
    )
    # A sector that was left out may have a larger share.
    shares += by_group("omvang", "sector", {"horeca": 90}, statistic="percent", category="micro")
    shares += left_out_except(*SECTORS)

    assert holds(claim("largest_shares", "sector", "micro", "ict|bouw", "omvang"), shares)
    assert not holds(claim("largest_shares", "sector", "micro", "ict|zorg", "omvang"), shares)
    verdict = check(claim("largest_shares", "sector", "micro", "ict|horeca", "omvang"), shares)
    assert (verdict.status, verdict.observed) == ("niet te toetsen", "Horeca is weggelaten")


def test_excluded_groups():
    numbers = left_out_except(*SECTORS)
    others = [row["group"] for row in numbers]

    assert holds(claim("excluded_groups", "sector", "|".join(reversed(others))), numbers)
    assert not holds(claim("excluded_groups", "sector", "|".join(others[1:])), numbers)
    verdict = check(claim("excluded_groups", "sector", "horeca"), [number("taken", 3.0)])
    assert (verdict.status, verdict.observed) == (
        "niet te toetsen",
        "geen tabel met weggelaten groepen van Sector",
    )


def rho(measure: str, value: float, group: str = "") -> dict:
    return number(f"{measure}~aandacht", value, "omvang" if group else "", group, statistic="spearman")


def test_strongest_and_weakest():
    numbers = [rho("taken", 0.3), rho("collegas", 0.4), rho("omgeving", -0.5)]

    assert holds(claim("strongest", "aandacht", "collegas", THREE, ""), numbers)
    assert not holds(claim("strongest", "aandacht", "taken", THREE, ""), numbers)
    assert holds(claim("weakest", "aandacht", "omgeving", THREE, ""), numbers)
    assert not holds(claim("weakest", "aandacht", "taken", THREE, ""), numbers)


def test_strongest_of_all_items():
    items = load_instrument().items
    numbers = [rho(item, 0.1 + 0.01 * rank) for rank, item in enumerate(items)]

    assert holds(claim("strongest", "aandacht", items[-1], "items", ""), numbers)
    assert (
        check(claim("strongest", "aandacht", items[-1], "items", ""), numbers[1:]).status == "niet te toetsen"
    )


def test_strongest_two_in_each_group():
    numbers = [rho(scale, 0.1 * rank, size) for size in SIZES for rank, scale in enumerate(SCALES)]
    other_in_groot = [*numbers[:-1], rho(SCALES[-1], 0.05, "groot")]
    top = claim("strongest_two_in_each", "aandacht", "|".join(SCALES[3:]), "|".join(SCALES), "omvang")

    assert holds(top, numbers)
    assert not holds(top, other_in_groot)


def test_weaker_in_one_group():
    rhos = {"micro": 0.5, "klein": 0.4, "midden": 0.4, "groot": 0.3}
    numbers = [rho(scale, value, size) for scale in SCALES for size, value in rhos.items()]
    weaker = claim("weaker_in_group", "aandacht", "groot", "micro|klein|midden", "omvang")

    assert holds(weaker, numbers)
    assert not holds(weaker, [*numbers[:-1], rho(SCALES[-1], 0.45, "groot")])


def test_strongest_two():
    numbers = [rho("taken", 0.3), rho("collegas", 0.4), rho("omgeving", 0.2)]

    assert holds(claim("strongest_two", "aandacht", "collegas|taken", THREE, ""), numbers)
    assert not holds(claim("strongest_two", "aandacht", "collegas|omgeving", THREE, ""), numbers)


def test_lowest_measures_in_any_order():
    means = [number("taken", 3.4), number("collegas", 2.9), number("omgeving", 2.7)]

    assert holds(claim("lowest_measures", "taken", "omgeving|collegas", THREE, ""), means)
    assert not holds(claim("lowest_measures", "taken", "omgeving|taken", THREE, ""), means)


def test_rho_per_size_class():
    falls, rises = ([rho("taken", r / 10, size) for r, size in zip(rhos, SIZES, strict=True)]
                    for rhos in ((5, 4, 3, 2), (2, 3, 4, 5)))  # fmt: skip

    assert holds(claim("rho_falls_with_size", "aandacht", "taken", "", "omvang"), falls)
    assert not holds(claim("rho_falls_with_size", "aandacht", "taken", "", "omvang"), rises)
    assert holds(claim("rho_highest_in", "aandacht", "groot", "taken", "omvang"), rises)
    verdict = check(claim("rho_highest_in", "aandacht", "groot", "taken", "omvang"), falls)
    assert (verdict.status, verdict.observed) == ("wijkt af", "Groot (250+) 0,20 < Micro (1-9) 0,50")


@pytest.mark.parametrize(("smallest", "expected"), [(0.05, True), (0.049, False)])
def test_no_significant_difference_in_rho_looks_at_every_test(smallest, expected):
    file = {"file": "06_toets_samenhang_x", "statistic": "p_holm"}
    numbers = [number("taken~aandacht", 0.6, "omvang", **file)]
    numbers += [number("omgeving~aandacht", smallest, "omvang", **file)]
    numbers += [rho("omgeving", value, size) for value, size in zip((0.1, 0.2, 0.3, 0.4), SIZES, strict=True)]
    # The p_holm of a single rho, in a table of correlations, is another number.
    numbers += [number("omgeving~aandacht", 1e-9, "omvang", "totaal", statistic="p_holm")]
    alike = claim("no_sig_difference_in_rho", "aandacht", "", "taken|omgeving", "omvang")

    assert holds(alike, numbers) is expected
    assert "(Omgeving: Micro (1-9) 0,100, Klein" in check(alike, numbers).observed
    assert gather(pd.DataFrame(numbers)).numbers["statistic"].eq(P_EQUAL_RHO).sum() == 2


def test_beside_the_benchmark():
    means = [number("taken_autonomie", 3.3), number("taken_uitdagend", 3.6)]
    means += [number(m, 3.5, statistic="benchmark_mean") for m in ("taken_autonomie", "taken_uitdagend")]
    shares = [number("scholing", 12.0, category="0", statistic="percent")]
    shares += [number("scholing", 40.0, category="0", statistic="benchmark_percent")]

    assert holds(claim("below_benchmark", "taken_autonomie"), means)
    assert not holds(claim("below_benchmark", "taken_autonomie|taken_uitdagend"), means)
    assert holds(claim("above_benchmark", "taken_uitdagend"), means)
    assert holds(claim("below_benchmark", "scholing", "0"), shares)
    assert not holds(claim("above_benchmark", "scholing", "0"), shares)
    observed = check(claim("below_benchmark", "taken_autonomie"), means).observed
    assert observed == "Autonomie in het werk: benchmark 3,50 > hier 3,30"


def test_questionnaires_per_week():
    weeks = {"campagne_2024": 50.0, "campagne_2025": 20.0, "tussen_campagnes": 10.0}
    numbers = [number("periode", n, category=key, statistic="per_week") for key, n in weeks.items()]

    assert holds(
        claim("higher_per_week", "periode", "campagne_2024|campagne_2025", "tussen_campagnes"), numbers
    )
    assert not holds(claim("higher_per_week", "periode", "campagne_2025", "campagne_2024"), numbers)


def test_not_higher_holds_for_a_tie():
    means = by_group("taken", "sector", {"bouw": 3.0, "ict": 3.4, "zorg": 3.0})

    assert holds(claim("not_higher", "taken", "bouw", "zorg"), means)
    assert holds(claim("not_higher", "taken", "bouw", "ict"), means)
    assert not holds(claim("not_higher", "taken", "ict", "bouw"), means)


def test_a_claim_about_groups_of_another_size_than_the_run_compared_is_not_judged():
    small = [number("", 30.0, "sector", "horeca", file="04_weggelaten_sectoren", statistic="reason")]
    numbers = [*SCALES_BY_SECTOR, *small]
    in_each = claim("highest_measure_in_each", "taken", "taken", "taken|omgeving")

    assert check(in_each | {"min_group": 30}, numbers).status == "gelijk"
    assert check(in_each, numbers).status == "gelijk"  # it does not matter to the claim
    assert check(in_each | {"min_group": 50}, SCALES_BY_SECTOR).status == "gelijk"  # not known of the run
    verdict = check(in_each | {"min_group": 50}, numbers)
    assert verdict.status == "niet te toetsen"
    assert verdict.observed.startswith(
        "groepen vanaf 30 vragenlijsten; de uitspraak gaat over groepen vanaf 50; 3 van 3"
    )


def test_the_population_of_the_claim_counts():
    means = [number("taken", 3.0), number("omgeving", 2.0)]
    means += [number("taken", 2.0, population="mkb"), number("omgeving", 3.0, population="mkb")]
    highest = claim("highest_measure", "taken", "taken", "taken|omgeving", "")

    assert holds(highest, means)
    assert not holds(highest | {"population": "mkb"}, means)


def test_tables_that_differ_are_a_deviation():
    means = [number("taken", 3.4), number("taken", 3.3, file="07_y"), number("omgeving", 2.0)]

    verdict = check(claim("highest_measure", "taken", "taken", "taken|omgeving", ""), means)

    assert verdict.status == "wijkt af"
    assert pd.isna(verdict.holds)
    assert "02_x geeft 3,4000" in verdict.observed


def test_another_period_is_shown_but_not_judged():
    means = [number("taken", 3.4), number("omgeving", 2.0)]
    highest = claim("highest_measure", "taken", "taken", "taken|omgeving", "")

    verdict = check(highest, means, period=Period(date(2025, 1, 1), date(2025, 6, 30)))

    assert (verdict.status, verdict.holds) == ("niet te toetsen", True)
    assert verdict.observed.endswith("Leerrijke taken 3,40 > Omgeving 2,00")


def test_every_printed_claim_has_a_kind_that_is_known_and_nothing_else_is():
    assert set(read_printed_claims()["kind"]) == {*ORDERINGS, *TESTS}
    assert {*ORDERINGS, *TESTS} >= {*EQUIVALENCE}
    with pytest.raises(KeyError):
        check(claim("proven", "taken"), [number("taken", 3.4)])
