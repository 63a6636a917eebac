"""Several exports: in order of time, and nothing twice."""

import pytest

from conftest import make_export
from leercultuur.exports.answers import read_answers
from leercultuur.project import InputError

LATER = {"started_at": "01-09-2025 09:00", "submitted_at": "01-09-2025 09:10"}


@pytest.fixture
def write(tmp_path):
    def write(name: str, *rows: dict):
        path = tmp_path / name
        path.write_text(make_export(list(rows)), encoding="utf-8")
        return path

    return write


def test_files_are_waves_in_order_of_their_first_moment(write):
    second, first = write("b.csv", LATER, LATER), write("a.csv", {}, {})
    answers = read_answers([second, first])
    frame = answers.frame
    assert [source.name for source in answers.sources] == ["a.csv", "b.csv"]
    assert frame["wave"].tolist() == [1, 1, 2, 2] and frame["row"].tolist() == [2, 3, 2, 3]
    assert list(frame.index) == [0, 1, 2, 3]
    assert frame["respondent_id"].tolist() == ["R1", "R2", "R1", "R2"]
    assert frame["wave"].dtype == frame["row"].dtype == "int64"
    assert list(frame["omvang"].cat.categories) == ["micro", "klein", "midden", "groot"]


def test_the_same_file_twice_is_refused(write):
    with pytest.raises(InputError, match=r"a\.csv en b\.csv zijn hetzelfde bestand"):
        read_answers([write("a.csv", {}), write("b.csv", {})])


def test_the_same_questionnaires_in_two_files_are_refused(write):
    with pytest.raises(InputError, match="1 vragenlijst staat in allebei"):
        read_answers([write("a.csv", {}), write("b.csv", {}, LATER)])


def test_the_same_answers_under_another_number_are_told(write):
    answers = read_answers([write("a.csv", {}), write("b.csv", {"respondent_id": "X"}, LATER)])
    assert [(caution.key, caution.count) for caution in answers.cautions] == [("zelfde_vragenlijst", 1)]


def test_a_source_says_what_it_is(write):
    path = write("a.csv", {}, {})
    (source,) = read_answers([path]).sources
    assert (source.name, source.layout, source.rows) == ("a.csv", "tabel met vraagteksten", 2)
    assert len(source.sha256) == 64


def test_no_file_is_an_error():
    with pytest.raises(InputError, match="geen exportbestand"):
        read_answers([])


def test_the_same_questionnaires_without_their_seconds_are_refused(write):
    precise = {"started_at": "22-07-2024 09:00:13", "submitted_at": "22-07-2024 09:10:59"}
    with pytest.raises(InputError, match="1 vragenlijst staat in allebei"):
        read_answers([write("a.csv", {}), write("b.csv", precise, LATER)])


def test_the_same_questionnaires_without_their_start_are_refused(write):
    with pytest.raises(InputError, match="1 vragenlijst staat in allebei"):
        read_answers([write("a.csv", {}), write("b.csv", {"started_at": ""})])


def test_the_same_number_and_answers_at_another_time_are_told(write):
    """As of an export in another time zone."""
    earlier = {"started_at": "22-07-2024 01:00", "submitted_at": "22-07-2024 01:10"}
    (caution,) = read_answers([write("a.csv", {}), write("b.csv", earlier)]).cautions
    assert (caution.key, caution.count) == ("zelfde_vragenlijst", 1)
    assert "hetzelfde nummer en dezelfde antwoorden" in caution.text
