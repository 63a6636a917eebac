"""Printed tables with known faults, their clean counterparts, and the published file itself."""

from __future__ import annotations

import copy

import numpy as np
import pandas as pd
import pytest
import yaml

from leercultuur import instrument
from leercultuur.verification.audit import kept
from leercultuur.verification.audit.alone import (
    audit_means,
    audit_percentages,
    audit_scale_means,
    audit_words,
)
from leercultuur.verification.audit.checks import audit_published, minimum_misses
from leercultuur.verification.audit.numbers import AuditedNumber, audited_numbers
from leercultuur.verification.audit.objections import Objection
from leercultuur.verification.audit.programmes import Sum, extreme_sums, fewest_misses
from leercultuur.verification.audit.together import (
    audit_crosstabs,
    audit_totals,
    audit_totals_between_groups,
)
from leercultuur.verification.printed import read_printed_numbers

# Of 100 people; as percentages of 40 they are 4 8 12 16, of 60 6 12 18 24.
OMVANG = {"micro": 10, "klein": 20, "midden": 30, "groot": 40}
ITEMS = ["taken_gevarieerd", "taken_uitdagend", "taken_autonomie"]


def printed(statistic: str, value: float, decimals: int = 0, **other) -> dict:
    """One printed number; a share of "omvang" among 100 unless told otherwise."""
    blank = {"table": "t", "measure": "omvang", "category": "", "population": "alle", "group_var": ""}
    blank |= {"group": "", "n": 100.0, "note": ""}
    return blank | {"statistic": statistic, "value": value, "decimals": decimals} | other


def make_frame(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([{"id": f"F{i:03}"} | row for i, row in enumerate(rows, start=1)])


def make_numbers(*rows: dict) -> list[AuditedNumber]:
    return audited_numbers(make_frame(*rows))


def shares(measure: str, percentages: dict, **other) -> list[dict]:
    return [
        printed("percent", value, measure=measure, category=key, **other)
        for key, value in percentages.items()
    ]


def found(objections: list[Objection]) -> list[tuple]:
    return [(o.ids, o.severity, o.at_least) for o in objections]


def severities(objections: list[Objection]) -> list[str]:
    return [o.severity for o in objections]


def sentence(objections: list[Objection]) -> str:
    """What the one objection says."""
    (objection,) = objections
    return objection.objection


class TestProgrammes:
    def test_extreme_sums(self):
        # x + y = 10 and x is 2..4: x + 3y lies between 4 + 18 and 2 + 24.
        sums = [Sum("", {0: 1, 1: 1}, 10, 10), Sum("F1", {0: 1}, 2, 4)]

        assert extreme_sums([10, 10], sums, {0: 1, 1: 3}) == (22, 26)

    def test_extreme_sums_of_nothing_possible(self):
        assert extreme_sums([10], [Sum("F1", {0: 1}, 3, 2)], {0: 1}) is None
        assert extreme_sums([10], [Sum("F1", {0: 1}, 2, 2), Sum("F2", {0: 1}, 3, 3)], {0: 1}) is None

    def test_fewest_misses_frees_the_one_that_differs(self):
        total = Sum("", {0: 1, 1: 1}, 10, 10)
        numbers = [Sum("F1", {0: 1}, 4, 4), Sum("F2", {1: 1}, 6, 6), Sum("F3", {0: 1}, 5, 5)]

        assert fewest_misses([10, 10], [total], numbers) == ["F3"]
        assert fewest_misses([10, 10], [total], numbers[:2]) == []

    def test_costs_choose_among_smallest_sets(self):
        numbers = [Sum("F1", {0: 1}, 4, 4), Sum("F2", {0: 1}, 5, 5), Sum("F3", {0: 1}, 3, 2)]

        assert fewest_misses([10], [], numbers, costs=[1.1, 1, 1]) == ["F2", "F3"]
        assert fewest_misses([10], [], numbers, costs=[1, 1.1, 1]) == ["F1", "F3"]

    def test_fewest_misses_refuses_totals_that_exclude_each_other(self):
        with pytest.raises(ValueError, match="vaste totalen"):
            fewest_misses([10], [Sum("", {0: 1}, 4, 4), Sum("", {0: 1}, 5, 5)], [])


class TestPercentages:
    def test_a_share_that_no_count_gives(self):
        # 134 of 385 is 34.81%, 135 is 35.06%.
        objections = audit_percentages(make_numbers(printed("percent", 35.0, 1, category="midden", n=385.0)))

        assert found(objections) == [("F001", "onmogelijk", 1)]
        assert sentence(objections) == (
            "omvang midden: 35,0% kan niet van 385; 134 is 34,81% en 135 is 35,06%"
        )

    def test_a_share_that_needs_two_roundings_is_a_remark(self):
        # 10 of 22 is 45.45%: 45.5, then 46.
        objections = audit_percentages(make_numbers(printed("percent", 46, n=22.0)))

        assert found(objections) == [("F001", "opmerking", 0)]
        assert sentence(objections).endswith("na twee keer afronden kan het wel")

    def test_clean_shares(self):
        numbers = make_numbers(printed("percent", 45, n=22.0), printed("percent", 35.1, 1, n=385.0))

        assert audit_percentages(numbers) == []

    def test_the_base_comes_from_the_same_group_elsewhere(self):
        group = {"group_var": "sector", "group": "cultuur"}
        numbers = make_numbers(
            printed("percent", 40, n=np.nan, **group),
            printed("percent", 27, n=22.0, category="micro", **group),
        )

        assert found(audit_percentages(numbers)) == [("F001", "onmogelijk", 1)]  # 8: 36.4%, 9: 40.9%

    def test_no_base_no_finding(self):
        assert audit_percentages(make_numbers(printed("percent", 46, n=np.nan))) == []


class TestMeans:
    def test_grim(self):
        # The example of Brown and Heathers: 28 whole answers cannot have a mean of 5.19 (here 3.19).
        objections = audit_means(make_numbers(printed("mean", 3.19, 2, measure="taken_autonomie", n=28.0)))

        assert found(objections) == [("F001", "onmogelijk", 1)]
        assert "geen som van 28 hele antwoorden geeft 3,19" in sentence(objections)

    def test_a_scale_mean_has_more_answers_behind_it(self):
        # 28 x 3 answers: 268/84 = 3.190.
        assert audit_means(make_numbers(printed("mean", 3.19, 2, measure="taken", n=28.0))) == []

    @pytest.mark.parametrize(
        ("value", "severity"), [(7.22, ["onmogelijk"]), (0.5, ["onmogelijk"]), (5.0, [])]
    )
    @pytest.mark.parametrize(
        "who", [{"measure": "taken_autonomie"}, {"measure": "taken", "group_var": "omvang", "group": "klein"}]
    )
    @pytest.mark.parametrize("n", [100.0, np.nan])
    def test_a_mean_outside_the_answers(self, value, severity, who, n):
        objections = audit_means(make_numbers(printed("mean", value, 2, **who, n=n)))

        assert severities(objections) == severity
        assert all("ligt buiten de antwoorden 1 tot en met 5" in found.objection for found in objections)

    def test_an_exact_half_may_have_been_rounded_either_way(self):
        # Of 28 pairs of answers 105 / 56 is 1.875; of 55 people 8 is 14.545%: 14.5, and to even 14.
        tie = printed("mean", 1.87, 2, measure="informeel_leren", n=28.0)
        assert audit_means(make_numbers(tie, tie | {"value": 1.88})) == []
        assert severities(audit_means(make_numbers(tie | {"value": 1.85}))) == ["onmogelijk"]
        assert severities(audit_percentages(make_numbers(printed("percent", 14, n=55.0)))) == ["opmerking"]

    def test_a_mean_outside_what_the_frequencies_allow(self):
        # Exactly 20 of 100 each: the mean is 3.
        rows = shares("aandacht", dict.fromkeys("12345", 20))
        numbers = make_numbers(*rows, printed("mean", 3.1, 1, measure="aandacht"))

        objections = audit_means(numbers)

        assert found(objections) == [("F001 F002 F003 F004 F005 F006", "onmogelijk", 1)]
        assert "laten bij n = 100 alleen 3,000 tot 3,000 toe" in sentence(objections)
        assert audit_means(make_numbers(*rows, printed("mean", 3.0, 1, measure="aandacht"))) == []

    def test_answers_taken_together_limit_the_mean_too(self):
        # 30% laag, 40% midden, 30% hoog of 100: from 30x1 + 40x3 + 30x4 to 30x2 + 40x3 + 30x5.
        rows = shares("taken_autonomie", {"laag": 30, "midden": 40, "hoog": 30})

        def audit(mean: float) -> list[str]:
            numbers = make_numbers(*rows, printed("mean", mean, 2, measure="taken_autonomie"))
            return severities(audit_means(numbers))

        assert audit(2.70) == []
        assert audit(3.30) == []
        assert audit(2.69) == ["onmogelijk"]
        assert audit(3.31) == ["onmogelijk"]

    def test_a_mean_that_needs_percentages_rounded_twice_is_a_remark(self):
        # Once, 85% is at most 1710 ones and 15% at least 290 fives: 3160 / 2000 = 1.580. Twice, 85% can be
        # 1711 ones (85.55, by way of 85.5) and 15% 289 fives: 3156, 1.578.
        rows = shares("aandacht", {"1": 85, "5": 15}, n=2000.0)

        def audit(mean: float) -> list[str]:
            numbers = make_numbers(*rows, printed("mean", mean, 3, measure="aandacht", n=2000.0))
            return severities(audit_means(numbers))

        assert audit(1.580) == []
        assert audit(1.579) == ["opmerking"]
        assert audit(1.577) == ["onmogelijk"]


class TestScaleMeans:
    def items(self, *means: float) -> list[dict]:
        return [printed("mean", mean, 2, measure=item) for item, mean in zip(ITEMS, means, strict=True)]

    def test_a_scale_mean_that_is_not_that_of_its_items(self):
        numbers = make_numbers(printed("mean", 3.2, 2, measure="taken"), *self.items(3.0, 3.1, 3.2))

        objections = audit_scale_means(numbers)

        assert [o.check for o in objections] == ["schaalgemiddelde", "schaal als geheel"]
        assert found(objections) == [("F001 F002 F003 F004", "onmogelijk", 1)] * 2

    def test_a_scale_mean_within_the_rounding_of_its_items(self):
        numbers = make_numbers(printed("mean", 3.1, 2, measure="taken"), *self.items(3.0, 3.1, 3.2))

        assert audit_scale_means(numbers) == []

    def test_not_when_an_item_or_a_common_base_is_missing(self):
        scale = printed("mean", 3.9, 2, measure="taken")
        *some, last = self.items(3.0, 3.1, 3.2)

        assert audit_scale_means(make_numbers(scale, *some)) == []
        assert audit_scale_means(make_numbers(scale, *some, last | {"n": 99.0})) == []

    def test_frequencies_count_where_they_exclude_the_item_mean(self):
        # Item means and scale mean of 3.0 agree, but by its frequencies one item is 4.0: then the scale is
        # 10/3. At least one number misses: that frequency.
        numbers = make_numbers(
            printed("mean", 3.0, 2, measure="taken"),
            *self.items(3.0, 3.0, 3.0),
            *shares("taken_autonomie", {"4": 100}),
        )

        objections = audit_scale_means(numbers)

        assert [o.at_least for o in objections] == [1, 1]
        assert "alleen 3,3333 tot 3,3333 toe" in objections[0].objection


class TestTotals:
    def test_percentages_that_add_up_to_too_much(self):
        numbers = make_numbers(*shares("omvang", {"micro": 20, "klein": 30, "midden": 30, "groot": 21}))

        objections = audit_totals(numbers)

        assert found(objections) == [("F001 F002 F003 F004", "onmogelijk", 1)]
        assert "samen 101, niet 100, de percentages tellen op tot 101,0" in sentence(objections)

    def test_rounded_percentages_need_not_add_up_to_100(self):
        thirds = shares("omvang", {"micro": 33, "klein": 33, "midden": 33, "groot": 0}, n=300.0)

        assert audit_totals(make_numbers(*thirds)) == []

    def test_percentages_of_some_answers_can_only_be_too_much(self):
        assert audit_totals(make_numbers(*shares("omvang", {"micro": 20, "klein": 30}))) == []
        assert len(audit_totals(make_numbers(*shares("omvang", {"micro": 60, "klein": 50})))) == 1

    def test_percentages_without_a_base_add_up_to_100(self):
        def audit(last: float) -> list:
            rows = shares("perspectief", {"vestiging": 27.4, "organisatie": last}, n=np.nan)
            return found(audit_totals(make_numbers(*(row | {"decimals": 1} for row in rows))))

        assert audit(72.6) == []
        assert audit(72.9) == [("F001 F002", "onmogelijk", 1)]

    def test_benchmarks_add_up_to_100_whatever_our_base_is(self):
        rows = shares("perspectief", {"vestiging": 27, "organisatie": 70})
        benchmarks = [row | {"statistic": "benchmark_percent", "n": np.nan} for row in rows]

        objections = audit_totals(make_numbers(printed("percent", 15, category="micro"), *benchmarks))

        assert found(objections) == [("F002 F003", "onmogelijk", 1)]

    def test_counts_that_do_not_add_up_to_the_base(self):
        rows = [
            printed("count", count, measure="perspectief", category=key)
            for key, count in {"vestiging": 40, "organisatie": 61}.items()
        ]

        objections = audit_totals(make_numbers(*rows))

        assert found(objections) == [("F001 F002", "onmogelijk", 1)]
        assert "samen 101, niet 100" in sentence(objections)
        assert audit_totals(make_numbers(rows[0], rows[1] | {"value": 60})) == []

    def test_counts_of_a_whole_that_is_printed(self):
        counts = {"ingevuld": 1455, "uitgesloten": 52, "analyse": 1403}
        rows = [printed("count", n, measure="respons", category=key) for key, n in counts.items()]

        assert audit_totals(make_numbers(*rows)) == []
        objections = audit_totals(make_numbers(*rows[:2], rows[2] | {"value": 1413}))
        assert "samen 1.465, niet 1.455" in sentence(objections)

    def test_answers_that_do_not_add_up_to_their_class(self):
        answers = shares("taken_autonomie", {"1": 10, "2": 10, "3": 30, "4": 30, "5": 20})

        right = shares("taken_autonomie", {"laag": 20, "midden": 30, "hoog": 50})
        wrong = shares("taken_autonomie", {"laag": 21, "midden": 30, "hoog": 49})

        assert audit_totals(make_numbers(*answers, *right)) == []
        objections = audit_totals(make_numbers(*answers, *wrong))
        assert found(objections) == [("F001 F002 F006", "onmogelijk", 1), ("F004 F005 F008", "onmogelijk", 1)]

    def test_a_count_and_a_percentage_of_the_same(self):
        # 203 of 1403 is 14.47%.
        def audit(percentage: float) -> list:
            rows = [printed("count", 203, category="micro", n=1403.0)]
            rows += shares("omvang", {"micro": percentage}, n=1403.0)
            return found(audit_totals(make_numbers(*rows)))

        assert audit(14) == []
        assert audit(15) == [("F001 F002", "opmerking", 0)]
        assert audit(16) == [("F001 F002", "onmogelijk", 1)]

    def test_a_mean_printed_twice(self):
        def audit(rounded: float) -> list:
            rows = [printed("mean", 3.35, 2, measure="taken"), printed("mean", rounded, 1, measure="taken")]
            return found(audit_totals(make_numbers(*rows)))

        assert audit(3.3) == []
        assert audit(3.4) == []
        assert audit(3.5) == [("F001 F002", "onmogelijk", 1)]


class TestTotalsBetweenGroups:
    def groups(self, statistic: str, decimals: int, first: float, second: float, **other) -> list[dict]:
        """Two groups of 40 and 60: together all 100."""
        sizes = [("vestiging", first, 40.0), ("organisatie", second, 60.0)]
        return [
            printed(statistic, value, decimals, group=group, n=n, group_var="perspectief", **other)
            for group, value, n in sizes
        ]

    def test_a_total_mean_is_the_weighted_mean_of_its_groups(self):
        groups = self.groups("mean", 2, 3.0, 3.5, measure="taken_autonomie")  # 120 + 210 = 330 of 100

        def audit(total: float) -> list[Objection]:
            return audit_totals_between_groups(
                make_numbers(printed("mean", total, 2, measure="taken_autonomie"), *groups)
            )

        assert audit(3.30) == []
        objections = audit(3.25)
        assert found(objections) == [("F001 F002 F003", "onmogelijk", 1)]
        assert "geven samen 3,300" in sentence(objections)

    def test_people_in_groups_not_printed_can_have_answered_anything(self):
        # 40 of 100 have 3.0; the others 1-5: the total lies between 1.8 and 4.2.
        group = self.groups("mean", 2, 3.0, 3.5, measure="taken_autonomie")[:1]

        def audit(total: float) -> list[str]:
            numbers = make_numbers(printed("mean", total, 2, measure="taken_autonomie"), *group)
            return severities(audit_totals_between_groups(numbers))

        assert audit(1.80) == []
        assert audit(4.20) == []
        assert audit(1.79) == ["onmogelijk"]
        assert audit(4.21) == ["onmogelijk"]

    def test_a_total_count_is_the_sum_of_its_groups(self):
        groups = self.groups("percent", 0, 25, 50, category="micro")  # 10 and 30

        def audit(count: int) -> list[Objection]:
            total = printed("count", count, category="micro")
            return audit_totals_between_groups(make_numbers(total, *groups))

        assert audit(40) == []
        objections = audit(41)
        assert found(objections) == [("F001 F002 F003", "onmogelijk", 1)]
        assert sentence(objections) == (
            "omvang micro: 41 in het totaal, maar de groepen naar perspectief (vestiging: 25%, "
            "organisatie: 50%) geven samen 40"
        )

    def test_a_correlation_outside_its_groups_is_a_remark(self):
        groups = self.groups("spearman", 2, 0.30, 0.40, measure="taken~aandacht")

        def audit(total: float) -> list:
            numbers = make_numbers(printed("spearman", total, 2, measure="taken~aandacht"), *groups)
            return found(audit_totals_between_groups(numbers))

        assert audit(0.40) == []
        assert audit(0.45) == [("F001 F002 F003", "opmerking", 0)]


class TestCrosstab:
    """Perspectief (40 and 60) by omvang, with the counts of omvang over all."""

    def audit(self, first: dict, second: dict, **counts: int) -> list[Objection]:
        by = {"group_var": "perspectief"}
        rows = [
            *shares("omvang", first, group="vestiging", n=40.0, **by),
            *shares("omvang", second, group="organisatie", n=60.0, **by),
            *(printed("count", n, category=key, table="andere") for key, n in (OMVANG | counts).items()),
        ]
        return audit_crosstabs(make_numbers(*rows))

    def test_a_table_of_whole_counts(self):
        assert self.audit(OMVANG, OMVANG) == []

    def test_percentages_that_no_table_gives(self):
        # micro and klein of the second: 8 and 10 of 60 instead of 6 and 12; the first cannot make up for it.
        objections = self.audit(OMVANG, OMVANG | {"micro": 13, "klein": 17})

        assert found(objections) == [("F001 F002 F003 F004 F005 F006 F007 F008", "onmogelijk", 2)]
        assert "van de 8 percentages kunnen er minstens 2 niet kloppen" in sentence(objections)

    def test_the_numbers_that_must_miss_are_named_when_they_are_the_same_in_every_set(self):
        # 10 of 40 is 25%, 11 is 27.5%: 26 cannot be; the other seven can.
        objections = self.audit(OMVANG | {"micro": 26}, OMVANG)

        assert found(objections) == [("F001", "onmogelijk", 1)]
        assert "in elk geval niet omvang micro (perspectief vestiging) 26%" in sentence(objections)

    def test_groups_and_answers_that_are_not_printed_fill_the_rest(self):
        assert self.audit({"micro": 25}, {}) == []  # 10 of 40; nobody in the other group
        assert [o.at_least for o in self.audit({"micro": 28}, {})] == [1]  # 11, but 10 in all

    def test_a_table_that_needs_two_roundings_is_a_remark(self):
        # 9 of 20 is 45%; 10 of 22 is 45.45%, which prints as 46 by way of 45.5.
        row = {"group_var": "sector", "group": "cultuur", "n": 22.0}
        numbers = make_numbers(*shares("omvang", {"micro": 46, "klein": 27, "midden": 18, "groot": 9}, **row))

        assert found(audit_crosstabs(numbers)) == [("F001", "opmerking", 0)]

    def test_totals_that_exclude_each_other_are_a_finding(self):
        objections = self.audit(OMVANG, OMVANG, micro=11)

        assert severities(objections) == ["onmogelijk"]
        assert "vaste totalen" in sentence(objections)


class TestWords:
    def audit(self, *rows: tuple[float, str]) -> list[Objection]:
        note = "a note; printed interpretation: {}; another note"
        return audit_words(
            make_numbers(*(printed("spearman", rho, 3, note=note.format(word)) for rho, word in rows))
        )

    def test_a_stronger_word_for_a_smaller_rho(self):
        objections = self.audit((0.281, "zwak"), (0.271, "matig/zwak"), (0.40, "matig"))

        assert found(objections) == [("F001 F002", "opmerking", 0)]
        assert "rho 0,281" in sentence(objections)

    def test_only_numbers_in_the_overlap_and_the_closest_two_are_named(self):
        objections = self.audit(
            (0.1, "zwak"), (0.27, "zwak"), (0.281, "zwak"), (0.24, "matig/zwak"), (0.271, "matig/zwak")
        )

        assert found(objections) == [("F002 F003 F004 F005", "opmerking", 0)]
        assert "het dichtst bij elkaar: 0,270 „zwak” en 0,271 „matig/zwak”" in sentence(objections)

    def test_words_in_order_with_two_spellings_and_signs(self):
        assert self.audit((-0.1, "zwak"), (0.4, "matig"), (-0.45, "matig-sterk"), (0.46, "matig/sterk")) == []

    def test_numbers_without_a_word(self):
        assert audit_words(make_numbers(printed("spearman", 0.3, 2), printed("spearman", 0.2, 2))) == []


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    """The objections to the published file, solved: no other test does that."""
    return audit_published(read_printed_numbers())


class TestPublishedFile:
    def ids(self, published: pd.DataFrame, check: str, severity: str) -> list[str]:
        chosen = published[(published["check"] == check) & (published["severity"] == severity)]
        return chosen["ids"].tolist()

    def test_percentages_in_sector_naar_omvang_that_need_two_roundings(self, published):
        # landbouw-micro, cultuur-klein, anders-groot, totaal-micro, totaal-klein: as the file's README says.
        assert self.ids(published, "kruistabel", "opmerking") == ["F059 F120 F127 F133 F134"]
        assert self.ids(published, "percentage", "opmerking") == ["F059", "F120", "F127"]
        assert self.ids(published, "twee keer gedrukt", "opmerking") == ["F039 F133", "F040 F134"]

    def test_means_below_what_the_frequencies_allow(self, published):
        first = [ids.split()[0] for ids in self.ids(published, "gemiddelde", "onmogelijk")]

        assert first == ["F159", "F169"]  # taken_gevarieerd and taken_autonomie

    def test_the_scale_mean_goes_too(self, published):
        scale = published[published["check"] == "schaal als geheel"]

        assert scale["at_least"].tolist() == [3]
        assert scale["ids"].item().split()[0] == "F154"

    def test_perspectief_organisatie_does_not_add_up(self, published):
        assert self.ids(published, "optelling", "onmogelijk") == ["F032 F034 F036 F038"]
        assert "totaal tussen groepen" in set(published["check"])
        assert "tellen op tot 100,2" in published.loc[published["check"] == "optelling", "objection"].item()
        crosstab = published[(published["check"] == "kruistabel") & (published["severity"] == "onmogelijk")]
        assert crosstab["at_least"].tolist() == [4]

    def test_words_that_no_legend_gives(self, published):
        pairs = [ids.split() for ids in self.ids(published, "woorden", "opmerking")]

        assert {"F505", "F554"} <= set(pairs[0])  # 0.270 zwak and 0.271 matig/zwak
        assert pairs[1] == ["F520", "F542"]  # 0.453 matig and 0.446 matig/sterk

    def test_at_least_seven_numbers_cannot_be_true(self, published):
        assert minimum_misses(published) == 7

    def test_impossible_ones_come_first_and_name_existing_numbers(self, published):
        severities = published["severity"].tolist()
        assert severities == sorted(severities)
        assert set(" ".join(published["ids"]).split()) <= set(read_printed_numbers()["id"])
        assert (published["at_least"] > 0).equals(published["severity"] == "onmogelijk")

    def test_the_file_in_the_repository_is_what_the_audit_makes(self, published, monkeypatch, tmp_path):
        monkeypatch.setattr(kept, "_solve", lambda printed: published.copy())
        made = tmp_path / "made.csv"

        kept.write_objections(made)

        remedy = "make it again: python -m leercultuur.verification.audit"
        assert kept.KEPT.read_text(encoding="utf-8") == made.read_text(encoding="utf-8"), remedy


class TestKeptOutcome:
    """Answered from the file, or solved (here: not available)."""

    @pytest.fixture(autouse=True)
    def solver(self, monkeypatch):
        monkeypatch.setattr(kept, "_solve", lambda printed: "solved")

    @pytest.fixture
    def change_codebook(self, monkeypatch):
        """Let the audit read a codebook changed by a function."""

        def change(edit) -> None:
            raw = copy.deepcopy(yaml.safe_load(instrument.CODEBOOK.read_text(encoding="utf-8")))
            edit(raw)
            monkeypatch.setattr(kept, "load_instrument", lambda: instrument.Instrument(raw))

        return change

    def test_the_published_file_is_answered_from_the_file(self):
        objections = kept.load_objections(read_printed_numbers())

        assert set(objections) == set(Objection._fields)
        assert objections["at_least"].sum() > 0  # whole numbers, not text

    def test_a_changed_printed_number_is_not(self):
        changed = read_printed_numbers()
        changed.loc[changed["id"] == "F159", "value"] += 0.01

        assert kept.load_objections(changed) == "solved"

    @pytest.mark.parametrize(
        "edit",
        [
            lambda raw: raw["items"]["taken_autonomie"].update(scale="omgeving"),
            lambda raw: raw["categorical"]["omvang"]["options"].update(reus="Reus"),
            lambda raw: raw["classes"]["driedeling"]["laag"].update(options=[1]),
        ],
    )
    def test_a_codebook_with_other_answers_or_scales_is_not(self, change_codebook, edit):
        change_codebook(edit)

        assert isinstance(kept.load_objections(read_printed_numbers()), str)

    def test_another_label_does_not_matter(self, change_codebook):
        change_codebook(lambda raw: raw["scales"]["taken"].update(label="Anders"))

        assert not isinstance(kept.load_objections(read_printed_numbers()), str)

    def test_line_ends_do_not_matter(self, tmp_path):
        path = tmp_path / "kept.csv"
        text = kept.KEPT.read_text(encoding="utf-8")
        path.write_text(text, encoding="utf-8", newline="\r\n")

        assert kept.load_objections(read_printed_numbers(), path).equals(
            kept.load_objections(read_printed_numbers())
        )

    @pytest.mark.parametrize("text", [None, "iets anders\n1\n"])
    def test_without_a_usable_file_it_is_solved(self, tmp_path, text):
        path = tmp_path / "kept.csv"
        if text:
            path.write_text(text, encoding="utf-8")

        assert kept.load_objections(read_printed_numbers(), path) == "solved"


def test_minimum_misses_adds_up_objections_that_share_no_number():
    objections = pd.DataFrame({"ids": ["F1 F2", "F2 F3 F4", "F5", "F5"], "at_least": [1, 2, 1, 0]})

    assert minimum_misses(objections) == 3


def test_clean_numbers_have_no_objections():
    rows = shares("aandacht", dict.fromkeys("12345", 20))
    frame = make_frame(*rows, printed("mean", 3.0, 2, measure="aandacht"))

    assert audit_published(frame).empty
