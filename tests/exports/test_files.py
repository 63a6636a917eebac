"""A file is what its contents are; and a file of another kind is called by its name, with a remedy."""

import re
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from platforms import excel, load_standin, write_sheet

from leercultuur.exports.answers import read_export
from leercultuur.exports.files import read_tables
from leercultuur.exports.workbooks import MAX_UNPACKED
from leercultuur.project import InputError

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"\xef\xbb\xbf \r\n", "leeg"),
        (b"%PDF-1.7 ...", "een pdf"),
        (b"\n<!DOCTYPE html><html>", "een webpagina.*inlogpagina"),
        (b"<html><body>Login", "een webpagina"),
        (OLE + "Workbook".encode("utf-16-le"), r"een oud Excel-bestand \(.xls\).*Excel-werkmap"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "met een wachtwoord.*haal het wachtwoord eraf"),
        (b"PK\x03\x04 half", "half gedownload Excel-bestand"),
        (b'{"responses": []}', "JSON"),
        (b"\x1f\x8b\x08\x00", "geen export"),
        (b"$FL2@(#) SPSS DATA FILE, half", "beschadigd SPSS-bestand"),
    ],
)
@pytest.mark.parametrize("name", ["export.csv", "export.xlsx", "export.sav"])
def test_another_kind_of_file_is_said_to_be_one(tmp_path, content, said, name):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=rf"{name} is .*{said}"):
        read_tables(path)


def test_a_workbook_called_csv_is_read(tmp_path):
    standin = load_standin(20)
    path = excel(tmp_path / "export.csv", standin)
    assert len(read_export(path)) == 20


def test_a_truncated_workbook_is_refused(tmp_path):
    path = write_sheet(tmp_path / "export.xlsx", [["a", "b"], [1, 2]])
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="half gedownload"):
        read_tables(path)


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    path = write_sheet(tmp_path / "export.xlsx", [["a", "b"], [1, 2]])
    monkeypatch.setattr("leercultuur.exports.workbooks.MAX_UNPACKED", 1000)
    with pytest.raises(InputError, match="veel te groot"):
        read_tables(path)
    assert MAX_UNPACKED < 1e9


def test_a_stray_cell_in_the_far_corner_does_not_take_all_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["ZZ900000"] = "vraag", "x"
    book.save(tmp_path / "export.xlsx")
    with pytest.raises(InputError, match="tot rij 900000 en kolom 702"):
        read_tables(tmp_path / "export.xlsx")


def test_other_archives_are_named(tmp_path):
    for inside, said in (("word/document.xml", "Word"), ("a.csv", "zip"), ("mimetype", "OpenDocument")):
        path = tmp_path / "export.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, "x")
        with pytest.raises(InputError, match=said):
            read_tables(path)


def test_cells_keep_what_they_are(tmp_path):
    moment = datetime(2024, 7, 22, 9, 16)
    path = write_sheet(
        tmp_path / "export.xlsx", [["a", "b", "c", "d"], [], [3, 0.5, moment, date(2024, 7, 22)]]
    )
    (raw,) = read_tables(path)
    assert raw.rows[1][:3] == ["3", "0.5", "2024-07-22T09:16:00"] and raw.rows[1][3][:10] == "2024-07-22"
    assert raw.numbers == [1, 3]


def test_hidden_and_empty_sheets_do_not_count(tmp_path):
    standin = load_standin(5)
    path = excel(tmp_path / "export.xlsx", standin)
    book = openpyxl.load_workbook(path)
    copy = book.copy_worksheet(book["Antwoorden"])
    copy.sheet_state = "hidden"
    book.create_sheet("Leeg")
    book.save(path)
    assert len(read_export(path)) == 5


def test_two_sheets_with_answers_are_refused_by_name(tmp_path):
    path = excel(tmp_path / "export.xlsx", load_standin(5))
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Antwoorden"]).title = "Kopie"
    book.save(path)
    with pytest.raises(InputError, match=r'meer werkbladen.*"Antwoorden" en "Kopie"'):
        read_export(path)


def test_user_missing_values_of_spss_are_kept(tmp_path):
    frame = pd.DataFrame({"a": [1.0, 9.0, 8.0, None], "b": ["x", "", "y", "z"]})
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"a": "Weet je het?"},
        variable_value_labels={"a": {1.0: "Ja", 9.0: "Weet ik niet"}},
        missing_ranges={"a": [{"lo": 8, "hi": 9}]},
    )
    (raw,) = read_tables(path)
    assert raw.rows == [["a", "b"], ["Ja", "x"], ["Weet ik niet", ""], ["", "y"], ["", "z"]]
    assert raw.labels == ("Weet je het?", "b") and raw.user_missing == {"Weet ik niet"}


@pytest.mark.parametrize("cell", ["#N/A", "#REF!", "=VLOOKUP(A1,B:C,2)"])
def test_an_error_or_a_formula_without_result_is_not_read_as_empty(tmp_path, cell):
    path = write_sheet(tmp_path / "export.xlsx", [["a", "b"], [1, "x"], [2, cell]])
    with pytest.raises(InputError, match=r"export\.xlsx: cel B3 .*Herstel die cellen"):
        read_tables(path)


def test_results_of_formulas_are_read(tmp_path):
    """Also an empty text, which Excel writes as a result of its own kind."""
    path = write_sheet(tmp_path / "made.xlsx", [["a", "b"], ["=1+1", '=""']])
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(tmp_path / "export.xlsx", "w") as book:
        for name in made.namelist():
            text = made.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb"(<f>1\+1</f>)(?:<v ?/>|<v></v>)", rb"\1<v>2</v>", text)
                text = text.replace(b'<c r="B2">', b'<c r="B2" t="str">')
            book.writestr(name, text)
    (table,) = read_tables(tmp_path / "export.xlsx")
    assert table.rows == [["a", "b"], ["2", ""]]


def test_a_folder_is_said_to_be_one(tmp_path):
    with pytest.raises(InputError, match=r"is een map, geen exportbestand"):
        read_tables(tmp_path)


def test_the_syntax_that_goes_with_data_is_said_to_be_it(tmp_path):
    path = tmp_path / "export.sps"
    path.write_text("SET UNICODE=ON.\nGET DATA\n /TYPE=TXT\n /FILE='x.dat'\n /VARIABLES=\n id F4\n")
    with pytest.raises(InputError, match=r"SPSS-syntaxis.*Voer de syntaxis uit"):
        read_tables(path)


def test_more_columns_than_a_sheet_can_have_are_refused_at_once(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text("a;" * 20_000 + "\n")
    with pytest.raises(InputError, match="20001 kolommen"):
        read_tables(path)
