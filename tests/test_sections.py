from datetime import date

import pandas as pd
import pytest

from leercultuur import sections
from leercultuur.instrument import InputError
from leercultuur.sections import (
    clean_export,
    describe_basis,
    is_synthetic,
    load_respondents,
    open_section,
    read_metadata,
    write_respondents,
)

PERIOD = ("2024-07-01", "2024-12-31")


@pytest.fixture
def run(write_export, tmp_path):
    """An export with three questionnaires, one of them a test, and an empty run folder."""
    export = write_export({}, {"submitted_at": "01-12-2024 12:00"}, {"toelichting": "test"})
    run_dir = tmp_path / "run"
    run_dir.mkdir()
    return str(export), str(run_dir)


def build(run) -> pd.DataFrame:
    export, run_dir = run
    cleaned = clean_export(export, *PERIOD)
    write_respondents(open_section("01", run_dir), cleaned, export, *PERIOD)
    return cleaned.respondents


def test_the_run_folder_gives_the_same_respondents_as_the_export(run):
    export, run_dir = run
    from_export = load_respondents(export, run_dir, *PERIOD)
    build(run)
    pd.testing.assert_frame_equal(load_respondents(export, run_dir, *PERIOD), from_export)


def test_the_metadata_say_period_export_and_counts(run):
    build(run)
    metadata = read_metadata(sections.Path(run[1]))
    assert (metadata["start_date"], metadata["end_date"]) == PERIOD
    assert metadata["counts"]["analyse"] == 2 and metadata["counts"]["uitgesloten"] == 1
    assert metadata["export"] == "export.csv" and len(metadata["export_sha256"]) == 64
    assert metadata["synthetic"] is False


def test_a_shorter_period_is_a_selection_and_a_wider_one_an_error(run):
    build(run)
    assert len(load_respondents(*run, "2024-07-01", "2024-07-31")) == 1
    with pytest.raises(InputError, match="1 juli 2024 t/m 31 december 2024"):
        load_respondents(*run, "2024-07-01", "2025-01-01")
    with pytest.raises(InputError, match="Geen vragenlijsten"):
        load_respondents(*run, "2024-09-01", "2024-09-30")


def test_a_run_from_another_export_is_an_error(run):
    build(run)
    export = sections.Path(run[0])
    export.write_text(export.read_text(encoding="utf-8-sig") + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="ander exportbestand"):
        load_respondents(*run, *PERIOD)


def test_a_mistyped_export_is_an_error_and_a_run_without_its_export_is_not(run):
    build(run)
    export, run_dir = run
    with pytest.raises(InputError, match="ander exportbestand"):
        load_respondents(export.replace("export.csv", "exprt.csv"), run_dir, *PERIOD)
    sections.Path(export).unlink()
    assert len(load_respondents(export, run_dir, *PERIOD)) == 2


def test_no_personal_data_in_the_run_folder(run):
    build(run)
    folder = sections.Path(run[1])
    for path in folder.rglob("*.*"):
        content = path.read_bytes()
        for text in (b"@voorbeeld", b"Fictief BV", b"toelichting"):
            assert text not in content, path


def test_a_finished_run_is_never_written_to(run, tmp_path):
    folder = sections.Path(run[1])
    table = pd.DataFrame({"measure": ["a"], "mean": [1 / 3]})
    section = open_section("03", run[1])
    section.save_table(table, "kenmerken")
    saved = folder / "tables" / "03_kenmerken.csv"
    assert saved.read_text() == "measure,mean\na,0.3333333333\n"
    (folder / "manifest.json").write_text("{}")
    section.save_table(table.assign(mean=9.0), "kenmerken")
    assert "9" not in saved.read_text()
    open_section("03", "").save_table(table, "nergens")
    open_section("03", str(tmp_path / "nieuw")).save_table(table, "nergens")
    assert not list(sections.PROJECT.glob("tables")) and not (tmp_path / "nieuw").exists()


def test_a_figure_is_saved_and_shown_with_its_text(run):
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots()
    axes.plot([1, 2])
    figure.set_label("Een lijn van 1 naar 2.")
    shown = open_section("03", run[1]).save_figure(figure, "lijn")
    assert (sections.Path(run[1]) / "figures" / "03_lijn.png").read_bytes() == shown.data
    assert shown.alt == "Een lijn van 1 naar 2."


def test_made_up_data_are_named_as_such(respondents):
    assert is_synthetic(respondents)
    real = respondents.assign(respondent_id="R1")
    assert not is_synthetic(real)
    assert is_synthetic(pd.concat([real, respondents.head(1)]))
    assert "Synthetische" in describe_basis(respondents, *PERIOD).data
    assert "Synthetische" not in describe_basis(real, *PERIOD).data
    assert date(2024, 7, 1) and "1 juli 2024" in describe_basis(real, *PERIOD).data
