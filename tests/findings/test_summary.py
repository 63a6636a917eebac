"""The summary: the most important findings, key figures, and recommendations that hold or lapse."""

from dataclasses import replace

import pytest

from leercultuur.checks.recommendations import read_recommendations
from leercultuur.findings.finding import Evidence, Finding
from leercultuur.findings.recommendations import (
    ABSENT,
    LAPSED,
    UNPROVEN,
    Recommendation,
    list_recommendations,
    load_recommendations,
)
from leercultuur.findings.summary import (
    MOST,
    NOTES,
    escape_markdown,
    list_limits,
    make_cards,
    read_findings,
    summarise_findings,
    write_findings,
)
from leercultuur.intake.respondents import clean_export, write_respondents
from leercultuur.intake.runs import open_run
from leercultuur.periods import read_period
from leercultuur.project import InputError

CELL = Evidence("02_kenmerken", {"measure": "taken"}, "mean", 3.39, "3,39", 1403, 0.001)
HIGHEST = Finding("kenmerken.hoogste", "aantoonbaar", "Taken (3,39).", "Taken", ("taken",), (CELL,), "02")


@pytest.fixture
def run(tmp_path, write_export):
    run = open_run(
        "2024-07-01", "2024-12-31", str(write_export({"respondent_id": "SYN-1"})), str(tmp_path / "run")
    )
    write_respondents(run, clean_export(run))
    return run


def test_findings_of_another_period_or_version_are_refused(run):
    write_findings(run, [HIGHEST], "findings/02.json")
    with pytest.raises(InputError, match="gevraagd is"):
        read_findings(replace(run, period=read_period("2024-07-01", "2024-08-31")))
    (run.folder / "findings" / "02.json").write_text('[{"key": "a"}]', encoding="utf-8")
    with pytest.raises(InputError, match="van een andere versie"):
        read_findings(run)
    with pytest.raises(InputError, match="Zonder run_dir"):
        read_findings(replace(run, folder=None))


def test_findings_come_back_as_they_were_written(run):
    with pytest.raises(InputError, match="Geen bevindingen in run/findings"):
        read_findings(run)
    write_findings(run, [HIGHEST], "findings/02.json")
    assert read_findings(run) == [HIGHEST]


def test_a_finished_run_keeps_its_findings(run):
    write_findings(run, [HIGHEST], "findings/02.json")
    (run.folder / "manifest.json").write_text("{}")
    write_findings(run, [], "findings/02.json")
    assert read_findings(run) == [HIGHEST]


def test_topics_without_a_finding_are_left_out():
    text = summarise_findings([replace(HIGHEST, key="kenmerken.laagste", text="Lager.", section=""), HIGHEST])
    assert text.splitlines() == [
        "1. **Sterk.** Taken (3,39). [Meer in notebook 02](02_descriptives.ipynb#kenmerken.hoogste)",
        "2. **Verbeterpunt.** Lager.",
    ]
    many = [replace(HIGHEST, key=key) for key in ("nea.lager", "nea.hoger", "omvang.daalt", "iets.anders")]
    assert len(summarise_findings(many).splitlines()) == 2 <= MOST


def test_the_best_finding_of_a_topic_stands_for_it_and_its_caution_is_kept():
    best = replace(HIGHEST, key="nea.lager", text="Lager.", section="")
    other = replace(best, key="nea.open", text="Open.")
    assert summarise_findings([other, best]) == f"1. **Naast de NEA.** Lager. {NOTES['Naast de NEA']}"


def test_a_key_figure_is_given_only_where_it_is_demonstrated():
    assert (
        "Hoogste kenmerk (schaal 1-5)</dt><dd>3,39<span>Leerrijke taken"
        in make_cards([HIGHEST])._repr_html_()
    )
    assert make_cards([replace(HIGHEST, strength="niet aangetoond")]).entries == []


def test_a_national_figure_beside_a_key_figure_has_its_source_and_is_said_to_be_about_others():
    row = {"measure": "taken_autonomie"}
    cells = [Evidence("02_x", row, key, value, text) for key, value, text in
             (("ours", 3.31, "3,31"), ("benchmark", 4.02, "4,02"))]  # fmt: skip
    finding = replace(HIGHEST, key="nea.lager", about=("taken_autonomie",), evidence=tuple(cells))
    (card,) = make_cards([finding]).entries
    assert (card.label, card.value) == ("Verst onder de NEA (schaal 1-5)", "3,31")
    assert card.beside == '"Autonomie in het werk"; NEA: 4,02 (andere groep)'
    training = replace(finding, key="scholing.geen", about=("lager",))
    cells = [replace(cell, row={"measure": "scholing"}) for cell in cells]
    (card,) = make_cards([replace(training, evidence=tuple(cells))]).entries
    assert card.beside == "WEA 2024: 4,02 (andere groep)"


def test_limits_are_the_findings_about_who_is_not_in_it():
    under = replace(HIGHEST, key="afspiegeling.sector.onder", text="De handel.")
    assert list_limits([HIGHEST, under]) == "- De handel."


def test_text_with_signs_of_markdown_is_shown_as_it_is():
    assert escape_markdown("a*b_c <d> & e") == r"a\*b\_c \<d> &amp; e"
    assert [escape_markdown(text) for text in ("1. Taken", "+ plus", "a\n\nb")] == [
        r"1\. Taken",
        r"\+ plus",
        "a b",
    ]


@pytest.mark.parametrize(
    ("finding", "objection"),
    [
        (HIGHEST, ""),
        (replace(HIGHEST, strength="niet aangetoond"), UNPROVEN),
        (replace(HIGHEST, about=("collegas",)), LAPSED),
        (replace(HIGHEST, key="kenmerken.laagste"), ABSENT.format("kenmerken.hoogste")),
    ],
)
def test_a_recommendation_lapses_with_its_finding(finding, objection):
    advice = Recommendation("Doe iets.", "onderzoekers", {"kenmerken.hoogste": ["taken"]})
    first, *below = list_recommendations([advice], [finding]).splitlines()
    assert first == "1. Doe iets."
    assert ("    - Taken." in below) == (finding.key == HIGHEST.key)
    assert below[:1] == ([f"    - **{objection}**"] if objection else ["    - Taken."])


def test_who_advises_is_said_where_not_all_are_the_same():
    rests_on: dict[str, list[str]] = {"kenmerken.hoogste": []}
    advice = [Recommendation("Doe iets.", by, rests_on) for by in ("onderzoekers", "beleid")]
    lines = list_recommendations(advice, [HIGHEST]).splitlines()
    assert lines[::2] == ["1. Doe iets. *(onderzoekers)*", "2. Doe iets. *(beleid)*"]


def test_questions_that_a_title_only_counts_are_named_below_an_advice():
    advice = Recommendation("Doe iets.", "onderzoekers", {"kenmerken.hoogste": []})
    counted = replace(HIGHEST, title="1 vraag scoort lager", about=("taken_autonomie",))
    for finding, line in (
        (counted, '1 vraag scoort lager: "autonomie in het werk".'),
        (
            replace(counted, title='"Autonomie in het werk" scoort lager'),
            '"Autonomie in het werk" scoort lager.',
        ),
        (replace(counted, about=("stijgt",)), "1 vraag scoort lager."),
    ):
        assert list_recommendations([advice], [finding]).splitlines()[1] == f"    - {line}"


def test_the_recommendations_that_ship_can_be_read():
    assert len(load_recommendations()) >= 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("text: los", "er staat geen lijst"),
        ("- text: a\n  by: b", "aanbeveling 1: verwacht zijn de velden text, by, rests_on"),
        ("- text: ''\n  by: b\n  rests_on: {a: []}", "text is leeg"),
        ("- text: a\n  by: b\n  rests_on: {}", "rests_on is leeg"),
        ("- text: a\n  by: b\n  rests_on: {a: b}", "aanbeveling 1, a: verwacht is een lijst"),
        (
            "- text: a\n  by: b\n  rests_on: {a: [lager:industri]}",
            "staat niet in het codeboek. Bedoeld: industrie",
        ),
        ("- text: a\n  text: b", "staat er dubbel"),
        ("- [", "regel 1: geen leesbare YAML"),
    ],
)
def test_a_slip_in_the_file_is_told(tmp_path, text, message):
    path = tmp_path / "recommendations.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_recommendations(path)
    with pytest.raises(InputError, match=r"weg\.yml is er niet"):
        read_recommendations(tmp_path / "weg.yml")
