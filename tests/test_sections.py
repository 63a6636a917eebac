"""What a notebook saves and shows."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from leercultuur import sections
from leercultuur.checks.cautions import Caution
from leercultuur.checks.kept import read_cautions
from leercultuur.display.intervals import plot_means
from leercultuur.display.tables import Table
from leercultuur.findings.finding import Evidence, Finding, read_rows
from leercultuur.instrument import load_instrument
from leercultuur.intake.respondents import INTERNAL_NOTICE, SYNTHETIC_NOTICE
from leercultuur.intake.runs import open_run
from leercultuur.sections import Section
from leercultuur.statistics.estimates import mean_scores
from leercultuur.style.chart import Chart
from leercultuur.style.shown import KEY, Picture

PERIOD = ("2024-07-01", "2024-12-31")
CELL = Evidence("03_x", {"measure": "taken"}, "mean", 3.4, "3,40")
FINDING = Finding("a", "beschrijvend", "Taken *scoren* het hoogst.", "Taken het hoogst", (), (CELL,))
TABLE = pd.DataFrame({"measure": ["a"], "mean": [1 / 3]})


@pytest.fixture
def section(tmp_path):
    return Section("03", open_run(*PERIOD, "export.csv", str(tmp_path / "nieuw")))


@pytest.fixture
def shown(monkeypatch):
    """What is shown; each with what is kept beside it."""
    results = Shown()
    monkeypatch.setattr(sections, "display", results.take)
    return results


class Shown(list):
    def take(self, result, metadata=None):
        self.append(result)
        self.kept = (metadata or {}).get(KEY)


def test_a_table_is_saved_and_shown_under_one_name(section, shown):
    table = Table("Een tabel", TABLE, TABLE)
    section.show("kenmerken", table)
    saved = section.run.folder / "tables" / "03_kenmerken.csv"
    assert saved.read_text() == "measure,mean\na,0.3333333333\n"
    assert shown[0].caption == shown.kept["table"]["caption"] == "Een tabel"
    assert shown.kept["table"]["file"] == "03_kenmerken"


def test_a_chart_is_saved_and_shown_with_its_text(section, shown, respondents):
    chart = plot_means(mean_scores(respondents, load_instrument().scales), "Kenmerken")
    section.show("kenmerken", chart)
    saved = (section.run.folder / "figures" / "03_kenmerken.png").read_bytes()
    assert saved == shown[0].data == chart.draw("", f"Quickscan Leercultuur, {section.run.period}")
    assert shown[0].alt == chart.alt == shown.kept["figure"]["alt"]
    assert Picture.restore(shown.kept["figure"]) == chart.read("03_kenmerken")


def test_a_figure_has_the_first_finding_as_its_message(section, monkeypatch, shown, respondents):
    messages = []
    monkeypatch.setattr(Chart, "draw", lambda _, message, source: messages.append(message) or b"")
    chart = plot_means(mean_scores(respondents, load_instrument().scales), "Kenmerken")
    section.show("kenmerken", chart, [FINDING])
    assert messages == ["Taken het hoogst"]


def test_a_table_below_its_figure_is_folded(section, monkeypatch, shown, respondents):
    monkeypatch.setattr(Chart, "draw", lambda *_: b"")
    section.show("kenmerken", plot_means(mean_scores(respondents, load_instrument().scales), "Kenmerken"))
    section.show("kenmerken", Table("Een tabel", TABLE, TABLE))
    section.show("andere", Table("Een tabel", TABLE, TABLE))
    assert [table.folded for table in shown[1:]] == [True, False]


def test_what_is_said_is_shown_and_kept(section, shown):
    section.say([])
    section.say([FINDING])
    section.say([replace(FINDING, key="b"), replace(FINDING, key="c")])
    assert [said.data for said in shown] == [
        "**Wat zien we?** Taken \\*scoren\\* het hoogst.",
        "**Wat zien we?**\n" + 2 * "\n- Taken \\*scoren\\* het hoogst.",
    ]
    kept = json.loads((section.run.folder / "findings" / "03.json").read_text(encoding="utf-8"))
    assert [entry["key"] for entry in kept] == ["a", "b", "c"] and kept[0]["section"] == "03"
    assert [entry["key"] for entry in shown.kept["findings"]] == ["b", "c"]


def test_a_saved_frame_knows_its_table(section):
    frame = TABLE.copy()
    section.save("kenmerken", frame)
    assert read_rows(frame)[0].table == "03_kenmerken"


def test_a_finished_run_is_never_written_to_and_says_so(section, shown, respondents):
    section.show_basis(respondents)
    assert "slaat niets op" not in shown[-1].data
    section.save("kenmerken", TABLE)
    (section.run.folder / "manifest.json").write_text("{}")
    section.save("kenmerken", TABLE.assign(mean=9.0))
    section.show("figuur", plot_means(mean_scores(respondents, load_instrument().scales), "Kenmerken"))
    assert not (section.run.folder / "figures").exists()
    assert "9" not in (section.run.folder / "tables" / "03_kenmerken.csv").read_text()
    section.show_basis(respondents)
    assert "De run in nieuw is af: dit notebook laat zien en slaat niets op" in shown[-1].data


def test_cautions_are_kept_until_the_run_is_finished(section):
    section.warn([Caution("a", "Iets.")])
    section.warn([Caution("b", "Iets anders.")])
    assert read_cautions(section.run.folder) == [Caution("b", "Iets anders.")]
    (section.run.folder / "manifest.json").write_text("{}")
    section.warn([])
    assert len(read_cautions(section.run.folder)) == 1


def test_without_a_folder_nothing_is_saved(shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Section("03", open_run(*PERIOD, "export.csv", "")).show("nergens", Table("x", TABLE, TABLE))
    assert not list(tmp_path.iterdir()) and len(shown) == 1


def test_the_basis_says_period_number_and_whether_data_are_made_up(section, shown, respondents):
    section.show_basis(respondents)
    section.show_basis(respondents.assign(respondent_id="R1"))
    first, notice, second, internal = (basis.data for basis in shown)
    assert "**400 vragenlijsten**, 1 juli 2024 t/m 31 december 2024" in first and first == second
    assert (notice, internal) == (SYNTHETIC_NOTICE, INTERNAL_NOTICE)


def test_no_text_in_a_saved_table_is_a_formula(section):
    frame = pd.DataFrame({"group": ["=cmd()", "Bouw"], "mean": [-0.5, 1 / 3], "shown": ["-0,50", "–"]})
    section.save("groepen", frame)
    saved = (section.run.folder / "tables" / "03_groepen.csv").read_text(encoding="utf-8")
    assert saved == 'group,mean,shown\n\'=cmd(),-0.5,"-0,50"\nBouw,0.3333333333,–\n'
    assert frame["group"][0] == "=cmd()"  # what a finding quotes stays as it is
