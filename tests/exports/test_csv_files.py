"""CSV: whatever the delimiter and encoding; and a stray quote costs no questionnaires."""

import csv
from io import StringIO

import pytest

from conftest import make_export
from leercultuur.exports.csv_files import read_csv
from leercultuur.project import InputError

HEADER = "nr;vraag;toelichting;laatste"
ROWS = [f"{n};ja;;goed" for n in range(1, 9)]


@pytest.fixture
def write(tmp_path):
    def write(text: str, encoding: str = "utf-8") -> object:
        path = tmp_path / "export.csv"
        path.write_bytes(text.encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiter_and_encoding_are_found(write, encoding, delimiter):
    text = 'één;"a;b"\r\n1;café\r\n2;\'s morgens\r\n'.replace(";", delimiter)
    raw = read_csv(write(text, encoding))
    assert raw.rows == [["één", f"a{delimiter}b"], ["1", "café"], ["2", "'s morgens"]]
    assert raw.numbers == [1, 2, 3]


def test_a_first_line_with_the_separator_is_no_row(write):
    raw = read_csv(write("sep=|\r\na|b,c;d;e\r\n1|2\r\n", "utf-8-sig"))
    assert raw.rows == [["a", "b,c;d;e"], ["1", "2"]] and raw.numbers == [1, 2]


def test_commas_in_questions_do_not_make_columns(write):
    text = "nr;Hoe, wat, waar, wanneer, wie?;Waarom, dan?\n1;ja, nee, anders;x\n2;a;b\n"
    assert len(read_csv(write(text)).rows[0]) == 3


def test_a_text_of_several_lines_is_one_answer(write):
    text = "\n".join([HEADER, '1;ja;"regel een\n\nregel twee, met ""aanhaling""; en meer";goed', *ROWS[1:]])
    raw = read_csv(write(text))
    assert len(raw.rows) == 9 and raw.numbers[-1] == 9
    assert raw.rows[1][2].splitlines()[2] == 'regel twee, met "aanhaling"; en meer'


@pytest.mark.parametrize("column", [0, 1, 2, 3])
@pytest.mark.parametrize("distance", [1, 2, 5])
def test_a_quote_that_swallows_rows_is_refused_with_the_line(write, column, distance):
    """An opening quote in one row, an inch sign in that column of a later row: all columns are there."""
    rows = [row.split(";") for row in ROWS]
    rows[1][column] = '"Bakkerij'
    rows[1 + distance][column] = 'buis 5"'
    path = write("\n".join([HEADER, *map(";".join, rows)]))
    with pytest.raises(InputError, match=r"regel 3.*slokt andere rijen op"):
        read_csv(path)


@pytest.mark.parametrize("column", [1, 2, 3])
def test_a_quote_that_is_not_closed_is_refused_with_the_line(write, column):
    rows = [row.split(";") for row in ROWS]
    rows[4][column] = '"Bakkerij'
    with pytest.raises(InputError, match=r"de regels 6 t/m 9: .*niet gesloten"):
        read_csv(write("\n".join([HEADER, *map(";".join, rows)])))


def test_a_quote_in_the_middle_of_a_text_is_a_sign(write):
    assert read_csv(write(f'{HEADER}\n1;ja;buis 5" lang;goed\n')).rows[1][2] == 'buis 5" lang'


def test_a_row_that_disappears_into_empty_cells_is_missed(write):
    """The row that was swallowed was left empty at the end: only empty cells are too many."""
    rows = [row.split(";") for row in ROWS]
    rows[1][3], rows[2] = '"goed', ["3", 'ja 5"', "", ""]
    with pytest.raises(InputError, match=r"rij 3 \(de regels 3 t/m 4\): 6 kolommen, verwacht 4"):
        read_csv(write("\n".join([HEADER, *map(";".join, rows)])))


def test_a_title_above_the_header_hides_nothing(write):
    rows = [row.split(";") for row in ROWS]
    rows[1][2], rows[4][2] = '"Bakkerij', 'buis 5"'
    with pytest.raises(InputError, match="slokt andere rijen op"):
        read_csv(write("\n".join(["Export", "", HEADER, *map(";".join, rows)])))


@pytest.mark.parametrize("opened", range(2, 40, 7))
def test_no_questionnaire_is_lost_to_two_stray_quotes(write_export, opened):
    """Every pair of quotes in the stand-in's form: all rows are there, or the file is refused."""
    for closed in (opened + 1, opened + 30):
        rows = [{} for _ in range(80)]
        text = make_export(rows).replace('"', "").splitlines()
        text[opened + 1] = text[opened + 1].replace("Fictief BV", '"Fictief')
        text[min(closed, 80)] = text[min(closed, 80)].replace("Fictief BV", 'Fictief"')
        path = write_export(text="\n".join(text))
        with pytest.raises(InputError, match="regel"):
            read_csv(path)


def test_rows_of_another_length_are_refused(write):
    with pytest.raises(InputError, match=r"rij 9 \(regel 9\): 2 kolommen, verwacht 4"):
        read_csv(write("\n".join([HEADER, *ROWS[:-1], "8;ja"])))
    with pytest.raises(InputError, match=r"rij 3 .*: 5 kolommen, verwacht 4"):
        read_csv(write("\n".join([HEADER, ROWS[0], "2;ja;;goed;x"])))
    assert len(read_csv(write("\n".join([HEADER, f"{ROWS[0]};;", ROWS[1]]))).rows) == 3


def test_a_damaged_character_does_not_change_the_others(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes("nr;vraag\n1;geïnformeerd\n".encode() + b"2;caf\xe9\n")
    with pytest.raises(InputError, match=r"regel 3: een teken is beschadigd"):
        read_csv(path)


def test_what_is_no_text_is_refused(write):
    with pytest.raises(InputError, match="nulbytes"):
        read_csv(write("a;b\n1;2\n", "utf-16-le"))
    with pytest.raises(InputError, match="één kolom"):
        read_csv(write("alleen tekst\nzonder kolommen\n"))


def test_fields_of_any_kind_come_back(write):
    rows = [["a", "b", "c"], ['zeg "ja"', "x;y,z", "een\ntwee"], [" spatie ", "'", ""]]
    for delimiter in ";,\t|":
        target = StringIO()
        csv.writer(target, delimiter=delimiter).writerows(rows)
        assert read_csv(write(target.getvalue())).rows == rows
