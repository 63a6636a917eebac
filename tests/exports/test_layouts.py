"""How platforms lay out an export: small files, each with what is special to it."""

import json

import pytest

from leercultuur.exports.answers import read_answers
from leercultuur.exports.layouts.layout import Column, item_headings
from leercultuur.exports.raw import make_raw
from leercultuur.exports.reading import read_table
from leercultuur.exports.wordings import find_variable
from leercultuur.instrument import load_instrument
from leercultuur.project import InputError

INSTRUMENT = load_instrument()
LABEL = INSTRUMENT.header("taken_uitdagend").removeprefix(INSTRUMENT.item_stem).strip()
STEM = INSTRUMENT.item_stem
ITEMS = [INSTRUMENT.header(v).removeprefix(STEM).strip() for v in INSTRUMENT.items]


@pytest.fixture
def write(tmp_path):
    def write(*lines: str):
        path = tmp_path / "export.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    ("layout", "lines", "first"),
    [
        ("Qualtrics", ["StartDate,EndDate,Finished,ResponseId,Q1", "2024-01-01,2024-01-01,1,R_1,2"], 2),
        (
            "Qualtrics",
            ["StartDate,EndDate,Finished,ResponseId,Q1", "Start Date,End Date,Finished,Response ID,Tekst",
             "2024-01-01,2024-01-01,1,R_1,2"], 3,
        ),
        (
            "Qualtrics",
            ["V1,V2,V8,V9,V10,Q1", "ResponseID,ResponseSet,StartDate,EndDate,Finished,Vraag",
             "R_1,Default,2016-01-01 10:00:00,2016-01-01 10:00:00,1,3"], 3,
        ),
        ("Qualtrics", ["Q1,Q2", "Een,Twee", "{'ImportId': 'QID1'},{'ImportId': 'QID2'}", "1,2"], 4),
        ("LimeSurvey", ["id,submitdate,lastpage,startlanguage,A1", "1,2024-01-01 10:00:00,3,nl,AO01"], 2),
        (
            "LimeSurvey",
            ["id. Response ID;submitdate. Date submitted;lastpage. Last page;seed. Seed;Q1. X",
             "1;;;7;y"], 2,
        ),
        ("LimeSurvey", ["Antwoord ID,Datum verzonden,Laatste pagina,Starttaal,Vraag", "1,,2,nl,x"], 2),
        ("LimeSurvey", ["A\tB\tC\tD", "id\tsubmitdate\tlastpage\tstartlanguage", "1\t\t2\tnl"], 3),
        (
            "SurveyMonkey",
            ["Respondent ID,Collector ID,Date Created,Date Modified,Vraag,", ",,,,Een,Twee", "1,2,,,a,b"], 3,
        ),
        ("SurveyMonkey", ["respondent_id,collector_id,date_created,date_modified,Vraag", "1,2,,,a"], 2),
        ("SurveyMonkey", ["RespondentID,Vraag,,", ",Response,Een,Twee", "1,2,3,4"], 3),
        ("Microsoft Forms", ["ID,Start time,Completion time,Email,Name,Vraag", "1,,,anonymous,,x"], 2),
        ("Microsoft Forms", ["Id;Begintijd;Tijd van voltooien;E-mail;Naam;Vraag", "1;;;anonymous;;x"], 2),
    ],
)  # fmt: skip
def test_layouts_are_named_and_headers_are_no_answers(write, layout, lines, first):
    table = read_table(write(*lines))
    assert (table.layout, table.body.index[0], len(table.body)) == (layout, first, 1)


def test_a_layout_that_is_not_known_says_what_was_looked_for_and_the_nearest_first(write):
    with pytest.raises(InputError) as error:
        read_table(write("id,submitdate,een,twee", "1,2,3,4"))
    message = str(error.value)
    assert "Gezocht is naar LimeSurvey (wel id, submitdate; niet startdate" in message.replace(
        "respondent_id", "id"
    )
    for platform in ("Qualtrics", "SurveyMonkey", "Microsoft Forms", "data/instrument.yml"):
        assert platform in message


@pytest.mark.parametrize(
    "text",
    [
        f"{STEM} {LABEL}",
        f"In deze organisatie... {LABEL}",
        f"{STEM} [{LABEL}]",
        f"[{LABEL}] {STEM}",
        f"{STEM} - {LABEL}",
        f"{STEM}-{LABEL}",
        f"In hoeverre geldt dit? In deze organisatie … - {LABEL}",
        LABEL,
        f"  <p>{STEM.upper()}<br />{LABEL}</p>\n",
        f"{STEM} {LABEL}".replace(" ", "\u00a0").replace("e", "e\u00ad"),
    ],
)
def test_a_question_is_known_however_it_is_dressed(text):
    match = find_variable(Column(text, item_headings(text)), INSTRUMENT)
    assert match and match[0] == "taken_uitdagend"


@pytest.mark.parametrize("text", [f"{STEM} {LABEL}e", LABEL[:-1], "uitdagend", "taken uitdagend ja"])
def test_a_question_that_is_nearly_the_same_is_another(text):
    assert find_variable(Column(text, item_headings(text)), INSTRUMENT) is None


@pytest.mark.parametrize("name", ["taken_uitdagend", "TakenUitdagend", "G01Q02[takenuitdagend]"])
def test_the_key_of_the_codebook_is_a_name(name):
    assert find_variable(Column(name, item_headings(name)), INSTRUMENT)[0] == "taken_uitdagend"


def test_a_status_of_the_platform_is_not_ours(write):
    heads = "StartDate,EndDate,Status,Finished,ResponseId," + ",".join(INSTRUMENT.variables)
    answers = ["4", *["2"] * 30]
    line = "2024-07-22 09:00:00,2024-07-22 09:10:00,{},{},R_{}," + ",".join(answers)
    path = write(heads, line.format(0, 1, "a1"), line.format(1, 0, "b2"), line.format(0, 1, "c3"))
    read = read_answers([path])
    assert list(read.frame["status"]) == ["voltooid", "gedeeltelijk", "voltooid"]
    keys = [caution.key for caution in read.cautions]
    assert "voorvertoning" in keys and keys.count("kolom_ontbreekt") == 1
    assert list(read.frame["row"]) == [2, 3, 4]


def test_limesurvey_without_times(write):
    heads = "id,submitdate,lastpage,startlanguage," + ",".join(INSTRUMENT.variables)
    line = ",".join(["4", *["2"] * 30])
    path = write(heads, f"1,1980-01-01 00:00:00,3,nl,{line}", f"2,,3,nl,{line}")
    read = read_answers([path])
    assert list(read.frame["status"]) == ["voltooid", "gedeeltelijk"]
    assert read.frame["submitted_at"].isna().all()
    assert "geen_tijden" in [caution.key for caution in read.cautions]


def test_rows_are_padded_and_empty_ones_left_out():
    raw = make_raw("x", [["a", "b", ""], [], ["", " "], ["1"]], [1, 2, 3, 4])
    assert raw.rows == [["a", "b"], ["1", ""]] and raw.numbers == [1, 4]


def test_a_foreign_export_says_which_platform_and_how_many_questions(write):
    with pytest.raises(InputError, match=r"gelezen als LimeSurvey, maar heeft 0 van de 31 vragen"):
        read_answers([write("id,submitdate,lastpage,startlanguage,A1", "1,2024-01-01 10:00:00,3,nl,AO01")])


def write_qualtrics(write, *, zone: str = "Europe/Amsterdam", channel: str = "anonymous"):
    names = ["StartDate", "EndDate", "Finished", "ResponseId", "DistributionChannel", *INSTRUMENT.variables]
    ids = [{"ImportId": name} | ({"timeZone": zone} if "Date" in name else {}) for name in names]
    quoted = ",".join('"' + json.dumps(cell).replace('"', '""') + '"' for cell in ids)
    line = f"2024-07-22 01:16:00,2024-07-22 01:26:00,1,R_1,{channel},4," + ",".join(["2"] * 30)
    return read_answers([write(",".join(names), ",".join(names), quoted, line)])


@pytest.mark.parametrize(("zone", "hour"), [("America/Denver", 9), ("Z", 3), ("Europe/Amsterdam", 1)])
def test_the_time_zone_of_qualtrics_is_turned_into_dutch_time(write, zone, hour):
    """Where nobody chose one it is America/Denver: eight hours, and for many questionnaires another day."""
    read = write_qualtrics(write, zone=zone)
    assert read.frame["submitted_at"][0].hour == read.frame["started_at"][0].hour == hour
    assert ("tijdzone" in [caution.key for caution in read.cautions]) == (hour != 1)


def test_a_preview_is_told_from_its_channel_when_there_is_no_status(write):
    assert "voorvertoning" in [caution.key for caution in write_qualtrics(write, channel="preview").cautions]
    assert "voorvertoning" not in [caution.key for caution in write_qualtrics(write).cautions]


def test_google_forms(write):
    heads = ["Tijdstempel", *(f"{STEM} [{item}]" for item in ITEMS)]
    heads += [INSTRUMENT.header(v) for v in INSTRUMENT.variables[len(ITEMS) :]]
    answers = [next(iter(INSTRUMENT.options(v).values())) for v in INSTRUMENT.variables]
    line = ["2024/07/22 9:16:05 PM GMT+2", *answers]
    read = read_answers([write(*(",".join(f'"{cell}"' for cell in row) for row in (heads, line)))])
    assert read.frame["submitted_at"][0].hour == 21 and read.frame["status"][0] == "voltooid"
