"""The stand-in as each platform exports it gives the same answers, row for row."""

import pandas as pd
import pytest
from platforms import SAMPLES, VARIANTS, load_standin

from leercultuur.exports.answers import read_answers
from leercultuur.exports.reading import read_table

TELLS_ALL = ("tabel met vraagteksten", "Microsoft Forms", "SPSS")  # here the tests write a status as well


@pytest.fixture(scope="module")
def standin():
    return load_standin()


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_platform_gives_the_same_answers(standin, tmp_path, variant):
    suffix, layout, write = VARIANTS[variant]
    answers = read_answers([write(tmp_path / f"export.{suffix}", standin)])
    assert answers.sources[0].layout == layout
    expected = standin.frame.drop(columns="respondent_id")
    found = answers.frame.drop(columns=["wave", "row", "respondent_id"])
    if layout not in TELLS_ALL:
        # A platform knows finished or not; without a submit time nothing was handed in.
        done = expected.pop("status").eq("voltooid")
        if layout in ("LimeSurvey", "SurveyMonkey"):
            done &= expected["submitted_at"].notna()
            done |= expected["submitted_at"].notna()
        assert (found.pop("status").eq("voltooid") == done).all()
    pd.testing.assert_frame_equal(found, expected)
    assert answers.frame["respondent_id"].is_unique


def test_codes_that_are_assumed_are_told(standin, tmp_path):
    for variant in ("LimeSurvey, codes", "Qualtrics, numbers"):
        suffix, _, write = VARIANTS[variant]
        answers = read_answers([write(tmp_path / f"{variant}.{suffix}", standin)])
        (told,) = [caution for caution in answers.cautions if caution.key == "codes_aangenomen"]
        assert told.count == 31


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="no samples here")
@pytest.mark.parametrize(
    ("name", "layout", "rows", "first"),
    [
        ("538_comma-survey.csv", "SurveyMonkey", 1129, 2),
        ("N2_dummy_data_codeonly.csv", "LimeSurvey", 12, 2),
        ("QualtricsTools_Long_Exhaustive.csv", "Qualtrics", 31, 4),
        ("ropensci_qualtRics_sample.csv", "Qualtrics", 1, 4),
        ("pyreadstat_sample.sav", "SPSS", 5, 1),
        ("pyreadstat_missing_test.sav", "SPSS", 2, 1),
        ("haven_umlauts.sav", "SPSS", 4, 1),
    ],
)
def test_exports_of_other_surveys_are_recognised(name, layout, rows, first):
    table = read_table(SAMPLES / name)
    assert (table.layout, len(table.body), table.body.index[0]) == (layout, rows, first)
