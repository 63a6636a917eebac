"""Printed tables with known faults, their clean counterparts, and the published file itself."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from leercultuur.verification.audit import (
    audit_crosstab,
    audit_means,
    audit_percentages,
    audit_published,
    audit_scale_means,
    audit_totals,
    audit_totals_between_groups,
    audit_words,
    minimum_misses,
)
from leercultuur.verification.audit.figures import printed_range
from leercultuur.verification.audit.programmes import Sum, extreme_sums, fewest_misses
from leercultuur.verification.printed import read_published_figures

# Of 100 people; as percentages of 40 they are 4 8 12 16, of 60 6 12 18 24.
OMVANG = {"micro": 10, "klein": 20, "midden": 30, "groot": 40}
ITEMS = ["taken_gevarieerd", "taken_uitdagend", "taken_autonomie"]


def printed(statistic: str, value: float, decimals: int = 0, **other) -> dict:
    """One printed figure; a share of "omvang" among 100 unless told otherwise."""
    blank = {"table": "t", "measure": "omvang", "category": "", "population": "alle", "group_var": ""}
    blank |= {"group": "", "n": 100.0, "note": ""}
    return blank | {"statistic": statistic, "value": value, "decimals": decimals} | other


def make_figures(*rows: dict) -> pd.DataFrame:
    return pd.DataFrame([{"id": f"F{i:03}"} | row for i, row in enumerate(rows, start=1)])


def shares(measure: str, percentages: dict, **other) -> list[dict]:
    return [
        printed("percent", value, measure=measure, category=key, **other)
        for key, value in percentages.items()
    ]


def found(findings: pd.DataFrame) -> list[tuple]:
    return list(findings[["ids", "severity", "at_least"]].itertuples(index=False, name=None))


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    return audit_published(read_published_figures())


class TestRanges:
    def test_a_printed_value_stands_for_a_range_that_two_roundings_widen_downwards(self):
        assert [float(end) for end in printed_range(3.38, 2, 1)] == [3.375, 3.385]
        assert [float(end) for end in printed_range(3.38, 2, 2)] == [3.3745, 3.385]

    def test_the_range_is_exact_although_the_value_is_binary(self):
        assert printed_range(0.3, 1, 1) == printed_range(0.1 + 0.2, 1, 1)


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
        figures = [Sum("F1", {0: 1}, 4, 4), Sum("F2", {1: 1}, 6, 6), Sum("F3", {0: 1}, 5, 5)]

        assert fewest_misses([10, 10], [total], figures) == ["F3"]
        assert fewest_misses([10, 10], [total], figures[:2]) == []

    def test_fewest_misses_refuses_totals_that_exclude_each_other(self):
        with pytest.raises(ValueError, match="vaste totalen"):
            fewest_misses([10], [Sum("", {0: 1}, 4, 4), Sum("", {0: 1}, 5, 5)], [])


class TestPercentages:
    def test_a_share_that_no_count_gives(self):
        # 134 of 385 is 34.81%, 135 is 35.06%.
        findings = audit_percentages(make_figures(printed("percent", 35.0, 1, category="midden", n=385.0)))

        assert found(findings) == [("F001", "onmogelijk", 1)]
        assert findings["finding"].item() == (
            "omvang midden: 35,0% kan niet van 385; 134 is 34,81% en 135 is 35,06%"
        )

    def test_a_share_that_needs_two_roundings_is_a_remark(self):
        # 10 of 22 is 45.45%: 45.5, then 46.
        findings = audit_percentages(make_figures(printed("percent", 46, n=22.0)))

        assert found(findings) == [("F001", "opmerking", 0)]
        assert findings["finding"].item().endswith("na twee keer afronden kan het wel")

    def test_clean_shares(self):
        figures = make_figures(printed("percent", 45, n=22.0), printed("percent", 35.1, 1, n=385.0))

        assert audit_percentages(figures).empty

    def test_the_base_comes_from_the_same_group_elsewhere(self):
        group = {"group_var": "sector", "group": "cultuur"}
        figures = make_figures(
            printed("percent", 40, n=np.nan, **group),
            printed("percent", 27, n=22.0, category="micro", **group),
        )

        assert found(audit_percentages(figures)) == [("F001", "onmogelijk", 1)]  # 8: 36.4%, 9: 40.9%

    def test_no_base_no_finding(self):
        assert audit_percentages(make_figures(printed("percent", 46, n=np.nan))).empty


class TestMeans:
    def test_grim(self):
        # The example of Brown and Heathers: 28 whole answers cannot have a mean of 5.19 (here 3.19).
        findings = audit_means(make_figures(printed("mean", 3.19, 2, measure="taken_autonomie", n=28.0)))

        assert found(findings) == [("F001", "onmogelijk", 1)]
        assert "geen som van 28 hele antwoorden geeft 3,19" in findings["finding"].item()

    def test_a_scale_mean_has_more_answers_behind_it(self):
        # 28 x 3 answers: 268/84 = 3.190.
        assert audit_means(make_figures(printed("mean", 3.19, 2, measure="taken", n=28.0))).empty

    def test_a_mean_outside_what_the_frequencies_allow(self):
        # Exactly 20 of 100 each: the mean is 3.
        rows = shares("aandacht", dict.fromkeys("12345", 20))
        figures = make_figures(*rows, printed("mean", 3.1, 1, measure="aandacht"))

        findings = audit_means(figures)

        assert found(findings) == [("F001 F002 F003 F004 F005 F006", "onmogelijk", 1)]
        assert "laten bij n = 100 alleen 3,000 tot 3,000 toe" in findings["finding"].item()
        assert audit_means(figures.assign(value=figures["value"].replace(3.1, 3.0))).empty

    def test_answers_taken_together_limit_the_mean_too(self):
        # 30% laag, 40% midden, 30% hoog of 100: from 30x1 + 40x3 + 30x4 to 30x2 + 40x3 + 30x5.
        rows = shares("taken_autonomie", {"laag": 30, "midden": 40, "hoog": 30})

        def audit(mean: float) -> list[str]:
            figures = make_figures(*rows, printed("mean", mean, 2, measure="taken_autonomie"))
            return audit_means(figures)["severity"].tolist()

        assert audit(2.70) == []
        assert audit(3.30) == []
        assert audit(2.69) == ["onmogelijk"]
        assert audit(3.31) == ["onmogelijk"]

    def test_a_mean_that_needs_percentages_rounded_twice_is_a_remark(self):
        # Once, 85% is at most 1709 ones and 15% at least 290 fives: with a two for the one left, at least
        # 3161 / 2000 = 1.5805. Twice, 15% can be 289 fives: 1709 + 2 x 2 + 1445 = 3158, 1.5790.
        rows = shares("aandacht", {"1": 85, "5": 15}, n=2000.0)

        def audit(mean: float) -> list[str]:
            figures = make_figures(*rows, printed("mean", mean, 3, measure="aandacht", n=2000.0))
            return audit_means(figures)["severity"].tolist()

        assert audit(1.581) == []
        assert audit(1.580) == ["opmerking"]
        assert audit(1.578) == ["onmogelijk"]


class TestScaleMeans:
    def items(self, *means: float) -> list[dict]:
        return [printed("mean", mean, 2, measure=item) for item, mean in zip(ITEMS, means, strict=True)]

    def test_a_scale_mean_that_is_not_that_of_its_items(self):
        figures = make_figures(printed("mean", 3.2, 2, measure="taken"), *self.items(3.0, 3.1, 3.2))

        findings = audit_scale_means(figures)

        assert findings["check"].tolist() == ["schaalgemiddelde", "schaal als geheel"]
        assert findings["at_least"].tolist() == [1, 1]
        assert findings["ids"].tolist() == ["F001 F002 F003 F004"] * 2

    def test_a_scale_mean_within_the_rounding_of_its_items(self):
        figures = make_figures(printed("mean", 3.1, 2, measure="taken"), *self.items(3.0, 3.1, 3.2))

        assert audit_scale_means(figures).empty

    def test_not_when_an_item_or_a_common_base_is_missing(self):
        scale = printed("mean", 3.9, 2, measure="taken")
        *some, last = self.items(3.0, 3.1, 3.2)

        assert audit_scale_means(make_figures(scale, *some)).empty
        assert audit_scale_means(make_figures(scale, *some, last | {"n": 99.0})).empty

    def test_frequencies_count_where_they_exclude_the_item_mean(self):
        # Item means and scale mean of 3.0 agree, but by its frequencies one item is 4.0: then the scale is
        # 10/3. At least one figure misses: that frequency.
        figures = make_figures(
            printed("mean", 3.0, 2, measure="taken"),
            *self.items(3.0, 3.0, 3.0),
            *shares("taken_autonomie", {"4": 100}),
        )

        findings = audit_scale_means(figures)

        assert findings["at_least"].tolist() == [1, 1]
        assert "alleen 3,3333 tot 3,3333 toe" in findings["finding"][0]


class TestTotals:
    def test_percentages_that_add_up_to_too_much(self):
        figures = make_figures(*shares("omvang", {"micro": 20, "klein": 30, "midden": 30, "groot": 21}))

        findings = audit_totals(figures)

        assert found(findings) == [("F001 F002 F003 F004", "onmogelijk", 1)]
        assert "samen 101, niet 100, de percentages tellen op tot 101,0" in findings["finding"].item()

    def test_rounded_percentages_need_not_add_up_to_100(self):
        thirds = shares("omvang", {"micro": 33, "klein": 33, "midden": 33, "groot": 0}, n=300.0)

        assert audit_totals(make_figures(*thirds)).empty

    def test_percentages_of_some_answers_can_only_be_too_much(self):
        assert audit_totals(make_figures(*shares("omvang", {"micro": 20, "klein": 30}))).empty
        assert len(audit_totals(make_figures(*shares("omvang", {"micro": 60, "klein": 50})))) == 1

    def test_percentages_without_a_base_add_up_to_100(self):
        def audit(last: float) -> list:
            rows = shares("perspectief", {"vestiging": 27.4, "organisatie": last}, n=np.nan)
            return found(audit_totals(make_figures(*(row | {"decimals": 1} for row in rows))))

        assert audit(72.6) == []
        assert audit(72.9) == [("F001 F002", "onmogelijk", 1)]

    def test_benchmarks_add_up_to_100_whatever_our_base_is(self):
        rows = shares("perspectief", {"vestiging": 27, "organisatie": 70})
        benchmarks = [row | {"statistic": "benchmark_percent", "n": np.nan} for row in rows]

        findings = audit_totals(make_figures(printed("percent", 15, category="micro"), *benchmarks))

        assert found(findings) == [("F002 F003", "onmogelijk", 1)]

    def test_counts_that_do_not_add_up_to_the_base(self):
        rows = [
            printed("count", count, measure="perspectief", category=key)
            for key, count in {"vestiging": 40, "organisatie": 61}.items()
        ]

        findings = audit_totals(make_figures(*rows))

        assert found(findings) == [("F001 F002", "onmogelijk", 1)]
        assert "samen 101, niet 100" in findings["finding"].item()
        assert audit_totals(make_figures(rows[0], rows[1] | {"value": 60})).empty

    def test_counts_of_a_whole_that_is_printed(self):
        counts = {"ingevuld": 1455, "uitgesloten": 52, "analyse": 1403}
        rows = [printed("count", n, measure="respons", category=key) for key, n in counts.items()]

        assert audit_totals(make_figures(*rows)).empty
        findings = audit_totals(make_figures(*rows[:2], rows[2] | {"value": 1413}))
        assert "samen 1.465, niet 1.455" in findings["finding"].item()

    def test_answers_that_do_not_add_up_to_their_class(self):
        answers = shares("taken_autonomie", {"1": 10, "2": 10, "3": 30, "4": 30, "5": 20})

        right = shares("taken_autonomie", {"laag": 20, "midden": 30, "hoog": 50})
        wrong = shares("taken_autonomie", {"laag": 21, "midden": 30, "hoog": 49})

        assert audit_totals(make_figures(*answers, *right)).empty
        findings = audit_totals(make_figures(*answers, *wrong))
        assert found(findings) == [("F001 F002 F006", "onmogelijk", 1), ("F004 F005 F008", "onmogelijk", 1)]

    def test_a_count_and_a_percentage_of_the_same(self):
        # 203 of 1403 is 14.47%.
        def audit(percentage: float) -> list:
            rows = [printed("count", 203, category="micro", n=1403.0)]
            rows += shares("omvang", {"micro": percentage}, n=1403.0)
            return found(audit_totals(make_figures(*rows)))

        assert audit(14) == []
        assert audit(15) == [("F001 F002", "opmerking", 0)]
        assert audit(16) == [("F001 F002", "onmogelijk", 1)]

    def test_a_mean_printed_twice(self):
        def audit(rounded: float) -> list:
            rows = [printed("mean", 3.35, 2, measure="taken"), printed("mean", rounded, 1, measure="taken")]
            return found(audit_totals(make_figures(*rows)))

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

        def audit(total: float) -> pd.DataFrame:
            return audit_totals_between_groups(
                make_figures(printed("mean", total, 2, measure="taken_autonomie"), *groups)
            )

        assert audit(3.30).empty
        findings = audit(3.25)
        assert found(findings) == [("F001 F002 F003", "onmogelijk", 1)]
        assert "geven samen 3,300" in findings["finding"].item()

    def test_people_in_groups_not_printed_can_have_answered_anything(self):
        # 40 of 100 have 3.0; the others 1-5: the total lies between 1.8 and 4.2.
        group = self.groups("mean", 2, 3.0, 3.5, measure="taken_autonomie")[:1]

        def audit(total: float) -> list[str]:
            figures = make_figures(printed("mean", total, 2, measure="taken_autonomie"), *group)
            return audit_totals_between_groups(figures)["severity"].tolist()

        assert audit(1.80) == []
        assert audit(4.20) == []
        assert audit(1.79) == ["onmogelijk"]
        assert audit(4.21) == ["onmogelijk"]

    def test_a_total_count_is_the_sum_of_its_groups(self):
        groups = self.groups("percent", 0, 25, 50, category="micro")  # 10 and 30

        def audit(count: int) -> pd.DataFrame:
            total = printed("count", count, category="micro")
            return audit_totals_between_groups(make_figures(total, *groups))

        assert audit(40).empty
        findings = audit(41)
        assert found(findings) == [("F001 F002 F003", "onmogelijk", 1)]
        assert findings["finding"].item() == (
            "omvang micro: 41 in het totaal, maar de groepen naar perspectief (vestiging: 25%, "
            "organisatie: 50%) geven samen 40"
        )

    def test_a_correlation_outside_its_groups_is_a_remark(self):
        groups = self.groups("spearman", 2, 0.30, 0.40, measure="taken~aandacht")

        def audit(total: float) -> list:
            figures = make_figures(printed("spearman", total, 2, measure="taken~aandacht"), *groups)
            return found(audit_totals_between_groups(figures))

        assert audit(0.40) == []
        assert audit(0.45) == [("F001 F002 F003", "opmerking", 0)]


class TestCrosstab:
    """Perspectief (40 and 60) by omvang, with the counts of omvang over all."""

    def audit(self, first: dict, second: dict, **counts: int) -> pd.DataFrame:
        by = {"group_var": "perspectief"}
        rows = [
            *shares("omvang", first, group="vestiging", n=40.0, **by),
            *shares("omvang", second, group="organisatie", n=60.0, **by),
            *(printed("count", n, category=key, table="andere") for key, n in (OMVANG | counts).items()),
        ]
        return audit_crosstab(make_figures(*rows), "t")

    def test_a_table_of_whole_counts(self):
        assert self.audit(OMVANG, OMVANG).empty

    def test_percentages_that_no_table_gives(self):
        # micro and klein of the second: 8 and 10 of 60 instead of 6 and 12; the first cannot make up for it.
        findings = self.audit(OMVANG, OMVANG | {"micro": 13, "klein": 17})

        assert findings["at_least"].tolist() == [2]
        assert findings["ids"].item() == "F001 F002 F003 F004 F005 F006 F007 F008"
        assert "van de 8 percentages kunnen er minstens 2 niet kloppen" in findings["finding"].item()

    def test_the_figures_that_must_miss_are_named_when_they_are_the_same_in_every_set(self):
        # 10 of 40 is 25%, 11 is 27.5%: 26 cannot be; the other seven can.
        findings = self.audit(OMVANG | {"micro": 26}, OMVANG)

        assert found(findings) == [("F001", "onmogelijk", 1)]
        assert "in elk geval niet omvang micro (perspectief vestiging) 26%" in findings["finding"].item()

    def test_groups_and_answers_that_are_not_printed_fill_the_rest(self):
        assert self.audit({"micro": 25}, {}).empty  # 10 of 40; nobody in the other group
        assert self.audit({"micro": 28}, {})["at_least"].tolist() == [1]  # 11, but 10 in all

    def test_a_table_that_needs_two_roundings_is_a_remark(self):
        # 9 of 20 is 45%; 10 of 22 is 45.45%, which prints as 46 by way of 45.5.
        row = {"group_var": "sector", "group": "cultuur", "n": 22.0}
        figures = make_figures(*shares("omvang", {"micro": 46, "klein": 27, "midden": 18, "groot": 9}, **row))

        assert found(audit_crosstab(figures, "t")) == [("F001", "opmerking", 0)]

    def test_totals_that_exclude_each_other_are_a_finding(self):
        findings = self.audit(OMVANG, OMVANG, micro=11)

        assert findings["severity"].tolist() == ["onmogelijk"]
        assert "vaste totalen" in findings["finding"].item()


class TestWords:
    def audit(self, *rows: tuple[float, str]) -> pd.DataFrame:
        note = "a note; printed interpretation: {}; another note"
        return audit_words(
            make_figures(*(printed("spearman", rho, 3, note=note.format(word)) for rho, word in rows))
        )

    def test_a_stronger_word_for_a_smaller_rho(self):
        findings = self.audit((0.281, "zwak"), (0.271, "matig/zwak"), (0.40, "matig"))

        assert found(findings) == [("F001 F002", "opmerking", 0)]
        assert "rho 0,281" in findings["finding"].item()

    def test_only_figures_in_the_overlap_and_the_closest_two_are_named(self):
        findings = self.audit(
            (0.1, "zwak"), (0.27, "zwak"), (0.281, "zwak"), (0.24, "matig/zwak"), (0.271, "matig/zwak")
        )

        assert found(findings) == [("F002 F003 F004 F005", "opmerking", 0)]
        assert "het dichtst bij elkaar: 0,270 „zwak” en 0,271 „matig/zwak”" in findings["finding"].item()

    def test_words_in_order_with_two_spellings_and_signs(self):
        assert self.audit((-0.1, "zwak"), (0.4, "matig"), (-0.45, "matig-sterk"), (0.46, "matig/sterk")).empty

    def test_figures_without_a_word(self):
        assert audit_words(make_figures(printed("spearman", 0.3, 2), printed("spearman", 0.2, 2))).empty


class TestPublishedFile:
    def findings(self, published: pd.DataFrame, check: str, severity: str) -> list[str]:
        chosen = published[(published["check"] == check) & (published["severity"] == severity)]
        return chosen["ids"].tolist()

    def test_percentages_in_sector_naar_omvang_that_need_two_roundings(self, published):
        # landbouw-micro, cultuur-klein, anders-groot, totaal-micro, totaal-klein: as the file's README says.
        assert self.findings(published, "kruistabel", "opmerking") == ["F059 F120 F127 F133 F134"]
        assert self.findings(published, "percentage", "opmerking") == ["F059", "F120", "F127"]
        assert self.findings(published, "twee keer gedrukt", "opmerking") == ["F039 F133", "F040 F134"]

    def test_means_below_what_the_frequencies_allow(self, published):
        first = [ids.split()[0] for ids in self.findings(published, "gemiddelde", "onmogelijk")]

        assert first == ["F159", "F169"]  # taken_gevarieerd and taken_autonomie

    def test_the_scale_mean_goes_too(self, published):
        scale = published[published["check"] == "schaal als geheel"]

        assert scale["at_least"].tolist() == [3]
        assert scale["ids"].item().split()[0] == "F154"

    def test_perspectief_organisatie_does_not_add_up(self, published):
        assert self.findings(published, "optelling", "onmogelijk") == ["F032 F034 F036 F038"]
        assert "totaal tussen groepen" in set(published["check"])
        assert "tellen op tot 100,2" in published.loc[published["check"] == "optelling", "finding"].item()
        crosstab = published[(published["check"] == "kruistabel") & (published["severity"] == "onmogelijk")]
        assert crosstab["at_least"].tolist() == [4]

    def test_words_that_no_legend_gives(self, published):
        pairs = [ids.split() for ids in self.findings(published, "woorden", "opmerking")]

        assert {"F505", "F554"} <= set(pairs[0])  # 0.270 zwak and 0.271 matig/zwak
        assert pairs[1] == ["F520", "F542"]  # 0.453 matig and 0.446 matig/sterk

    def test_at_least_seven_figures_cannot_be_true(self, published):
        assert minimum_misses(published) == 7

    def test_impossible_findings_come_first_and_name_existing_figures(self, published):
        severities = published["severity"].tolist()
        assert severities == sorted(severities)
        assert set(" ".join(published["ids"]).split()) <= set(read_published_figures()["id"])
        assert (published["at_least"] > 0).equals(published["severity"] == "onmogelijk")


def test_minimum_misses_adds_up_findings_that_share_no_figure():
    findings = pd.DataFrame({"ids": ["F1 F2", "F2 F3 F4", "F5", "F5"], "at_least": [1, 2, 1, 0]})

    assert minimum_misses(findings) == 3


def test_clean_figures_have_no_findings():
    figures = make_figures(
        *shares("aandacht", dict.fromkeys("12345", 20)), printed("mean", 3.0, 2, measure="aandacht")
    )

    assert audit_published(figures).empty
