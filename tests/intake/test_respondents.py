"""Respondents of a run: cleaned, kept, read back, and never those of another run."""

import pandas as pd
import pytest

from leercultuur.instrument import Instrument, load_instrument
from leercultuur.intake.respondents import (
    check_same_run,
    clean_export,
    is_synthetic,
    load_respondents,
    read_record,
    write_respondents,
)
from leercultuur.intake.runs import Run, open_run
from leercultuur.project import InputError

PERIOD = ("2024-07-01", "2024-12-31")


@pytest.fixture
def run(write_export, tmp_path) -> Run:
    """Three questionnaires, one of them a test, and a run folder that does not exist yet."""
    rows = ({}, {"submitted_at": "01-12-2024 12:00"}, {"toelichting": "test"})
    export = write_export(*({"respondent_id": f"SYN-{n}"} | row for n, row in enumerate(rows)))
    return open_run(*PERIOD, str(export), str(tmp_path / "run"))


def ask(run: Run, start_date: str, end_date: str) -> Run:
    return open_run(start_date, end_date, str(run.exports[0]), str(run.folder))


def finish(run: Run) -> None:
    (run.folder / "manifest.json").write_text("{}")


def test_the_run_folder_gives_the_same_respondents_as_the_export(run):
    cleaned = clean_export(run)
    write_respondents(run, cleaned)
    pd.testing.assert_frame_equal(load_respondents(run), cleaned.respondents)


def test_the_first_notebook_of_a_run_keeps_the_respondents_for_the_next(run):
    first = load_respondents(run)
    assert (run.confidential / "respondents.parquet").exists()
    pd.testing.assert_frame_equal(load_respondents(run), first)


def test_categories_keep_the_order_of_the_codebook_and_rise_only_where_it_says_so(run):
    load_respondents(run)
    respondents = load_respondents(run)
    assert respondents["omvang"].cat.ordered and not respondents["sector"].cat.ordered
    assert list(respondents["omvang"].cat.categories) == ["micro", "klein", "midden", "groot"]


def test_the_metadata_say_period_export_and_counts(run):
    load_respondents(run)
    metadata = read_record(run.folder)
    assert (metadata["start_date"], metadata["end_date"]) == PERIOD
    assert metadata["counts"]["analyse"] == 2 and metadata["counts"]["uitgesloten"] == 1
    assert [entry["file"] for entry in metadata["exports"]] == ["export.csv"]
    assert len(metadata["exports"][0]["sha256"]) == 64
    assert metadata["synthetic"] is True and metadata["disclosure"] == "open"


def test_of_a_finished_run_a_shorter_period_is_a_selection_and_a_wider_one_an_error(run):
    load_respondents(run)
    finish(run)
    assert len(load_respondents(ask(run, "2024-07-01", "2024-07-31"))) == 1
    for start_with in (load_respondents, lambda run: write_respondents(run, clean_export(run))):
        with pytest.raises(InputError, match="1 juli 2024 t/m 31 december 2024"):
            start_with(ask(run, "2024-07-01", "2025-01-01"))
    with pytest.raises(InputError, match="Geen vragenlijsten"):
        load_respondents(ask(run, "2024-09-01", "2024-09-30"))


def test_a_run_that_is_being_made_is_about_one_period(run, tmp_path):
    load_respondents(run)
    shorter = ask(run, "2024-07-01", "2024-07-31")
    with pytest.raises(InputError, match="gevraagd is 1 juli 2024 t/m 31 juli 2024") as caught:
        load_respondents(shorter)
    assert str(tmp_path) not in str(caught.value)
    with pytest.raises(InputError, match="Kies een andere map"):
        write_respondents(shorter, clean_export(shorter))
    assert read_record(run.folder)["counts"]["analyse"] == 2


def test_a_run_from_another_export_is_an_error(run):
    load_respondents(run)
    run.exports[0].write_text(run.exports[0].read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="ander exportbestand"):
        load_respondents(run)


def test_a_run_from_another_codebook_is_an_error(run, monkeypatch):
    load_respondents(run)
    moved = load_instrument().derived | {"taken": load_instrument().items_of("taken")[:2]}
    monkeypatch.setattr(Instrument, "derived", moved)
    with pytest.raises(InputError, match="andere vragen of opties in het codeboek"):
        load_respondents(run)


def test_tables_without_their_respondents_are_not_taken_over(run):
    (run.folder / "tables").mkdir(parents=True)
    (run.folder / "tables" / "03_kenmerken.csv").touch()
    with pytest.raises(InputError, match="heeft al tabellen, van onbekende respondenten"):
        load_respondents(run)


def test_a_mistyped_export_is_an_error_and_a_run_without_its_export_is_not(run):
    load_respondents(run)
    with pytest.raises(InputError, match="ander exportbestand"):
        load_respondents(Run(run.period, (run.exports[0].with_name("exprt.csv"),), run.folder))
    run.exports[0].unlink()
    assert len(load_respondents(run)) == 2


def test_what_reads_a_run_needs_exactly_its_period(run):
    load_respondents(run)
    finish(run)
    check_same_run(run, exactly=True)
    shorter = ask(run, "2024-07-01", "2024-07-31")
    check_same_run(shorter)
    with pytest.raises(InputError, match="gevraagd is"):
        check_same_run(shorter, exactly=True)


def test_no_questionnaire_in_the_run_folder_and_no_personal_data_anywhere(run):
    load_respondents(run)
    assert [path.name for path in run.folder.rglob("*") if path.is_file()] == ["run.json"]
    files = [path for folder in (run.folder, run.confidential) for path in folder.rglob("*.*")]
    assert len(files) == 4
    for path in files:
        for text in (b"@voorbeeld", b"Fictief BV", b"toelichting"):
            assert text not in path.read_bytes(), path


def test_made_up_data_are_known_by_their_numbers(respondents):
    real = respondents.assign(respondent_id="R1")
    assert is_synthetic(respondents) and not is_synthetic(real)
    assert is_synthetic(pd.concat([real, respondents.head(1)]))
