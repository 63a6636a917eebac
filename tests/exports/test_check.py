"""The check of exports: all there is at once, in Dutch, without anything that a respondent typed."""

from conftest import make_export
from leercultuur.exports.check import check_exports, render_check
from leercultuur.instrument import load_instrument
from leercultuur.report import commands

INSTRUMENT = load_instrument()


def test_every_problem_is_there_at_once(write_export, tmp_path):
    rows = [
        {"omvang": "Bakkerij Jansen", "respondent_id": "A"},
        {"submitted_at": "Jansen", "respondent_id": "A"},
    ]
    text = make_export(rows).replace(INSTRUMENT.header("sector"), "In welke sector werk je?")
    pdf = tmp_path / "rapport.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    check = check_exports([write_export(text=text), pdf])
    assert not check.is_usable and len(check.problems) == 5
    page = render_check(check)
    for part in ("een pdf", "sector", "eigen respondentnummer", "Eindtijd", "Omvang", "Nog niet bruikbaar"):
        assert part in page, page
    assert "Jansen" not in page


def test_what_will_be_left_out_is_counted(write_export):
    alike = {variable: "Helemaal niet" for variable in INSTRUMENT.items}
    check = check_exports([write_export({}, alike, {"toelichting": "test"}, {"status": "Afgebroken"})])
    assert check.is_usable
    assert check.counts == {
        "questionnaires": 4,
        "excluded": 3,
        "excluded_gelijk_antwoord": 1,
        "excluded_test": 1,
        "excluded_niet_voltooid": 1,
        "excluded_leeg": 0,
    }
    page = render_check(check)
    assert "3 van 4" in page and page.endswith("Bruikbaar.") and "22 juli 2024" in page


def test_the_same_answers_twice_in_a_file_are_told(write_export):
    check = check_exports([write_export({}, {}, {"submitted_at": "22-07-2024 09:11"})])
    assert [(caution.key, caution.count) for caution in check.cautions] == [("dubbele_rij", 1)]


def test_without_times_there_is_no_report(write_export):
    check = check_exports([write_export({"started_at": "", "submitted_at": ""})])
    assert "Geen enkele vragenlijst heeft een tijd" in check.problems[0]


def test_files_that_overlap_are_a_problem(write_export, tmp_path):
    one = write_export({}, {})
    other = tmp_path / "tweede.csv"
    other.write_text(make_export([{}]), encoding="utf-8")
    assert "staat in allebei" in render_check(check_exports([one, other]))


def test_the_command_says_by_its_exit_code_whether_they_are_usable(write_export, capsys):
    path = write_export({})
    assert commands.main(["check", str(path)]) == 0
    assert "Bruikbaar." in capsys.readouterr().out
    path.write_bytes(b"%PDF")
    assert commands.main(["check", str(path), str(path)]) == 1
