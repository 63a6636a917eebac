"""Before a run is put in place: what is about one respondent is found in every kind of file."""

import base64
import io
import json
import re
import zipfile

import pandas as pd
import pytest
from fakes import PARAMETERS, SAVE, execute_here, make_notebook, make_report
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from conftest import make_export
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import find_confidential
from leercultuur.project import InputError
from leercultuur.report import scan
from leercultuur.report.pipeline import run_report
from leercultuur.report.scan import check_shareable, find, gather

NAME, SHORT, COMMENT = "Bakkerij Jansen", "Kroes", "Wij leren vooral aan de keukentafel, niet in een zaal."
NUMBER, KEY = "R-48213", "0f3a9c5e77d1"
ANSWERS = pd.DataFrame(
    {
        "respondent_id": [NUMBER, "104823", "7"],
        "email": ["info@jansen.example", "", None],
        "organisatienaam": [NAME, SHORT, "Zorg"],
        "toelichting": [COMMENT, "Nee", "medewerkers"],
    }
)


@pytest.fixture
def run_dir(tmp_path):
    """A run with respondents kept beside it."""
    folder = tmp_path / "proef"
    (folder / "tables").mkdir(parents=True)
    kept = find_confidential(folder)
    kept.mkdir()
    pd.DataFrame({"respondent_id": [KEY]}).to_parquet(kept / "respondents.parquet")
    pd.DataFrame({"respondent_id": ["aaaabbbbcccc"], "reason": ["x"]}).to_csv(kept / "exclusions.csv")
    return folder


def make_archive(**parts) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(
                name.replace("__", "/").replace("_xml", ".xml").replace("_xlsx", ".xlsx"), content
            )
    return file.getvalue()


def make_image(text: str) -> bytes:
    info, file = PngInfo(), io.BytesIO()
    info.add_text("Title", text, zip=True)
    Image.new("L", (1, 1)).save(file, "PNG", pnginfo=info)
    return file.getvalue()


def make_cells(**data) -> bytes:
    output = {"output_type": "display_data", "data": data, "metadata": {"x": {"alt": "een beeld"}}}
    cells = [
        {"cell_type": "markdown", "source": ["# Titel\n", "Tekst"]},
        {"outputs": [output], "source": "1"},
    ]
    return json.dumps({"cells": cells}).encode()


RUNS_OF_WORD = "<w:p><w:r><w:t>Bakkerij </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>Jansen</w:t></w:r></w:p>"
SHEET = make_archive(xl__sharedStrings_xml=f"<si><t>{NAME}</t></si>")
FILES = {
    "tables/02_x.csv": (f'n,tekst\n3,"{NAME}"\n'.encode(), "regel 2"),
    "findings/02.json": (json.dumps([{"a": 1}, {"text": f"Van {NAME}."}]).encode(), "onderdeel 2"),
    "notebooks/02_x.ipynb": (make_cells(**{"text/html": "<td>Bakkerij <b>Jansen</b></td>"}), "cel 2"),
    "02_x.html": (b"<p>a</p>\n<p>Van <em>bakkerij</em>\nJansen &amp; co</p>", "regel 2"),
    "03_x.html": (f'<img alt="{NAME}">'.encode(), "alternatieve tekst"),
    "rapport.html": (
        b"<img src='data:image/png;base64,%s'>" % base64.b64encode(make_image(NAME)),
        "een beeld",
    ),
    "rapport.docx": (make_archive(word__document_xml=RUNS_OF_WORD), "word/document.xml"),
    "tabellen.xlsx": (SHEET, "xl/sharedStrings.xml"),
    "rapport.pptx": (make_archive(ppt__embeddings__a_xlsx=SHEET), "ppt/embeddings/a.xlsx"),
    "figures/02_x.png": (make_image(NAME), "naast het beeld"),
    "rapport.pdf": (
        f"%PDF-1.7\n<< /Title ({NAME}) >>\nstream\n<a>x</a>\nendstream".encode(),
        "eigenschappen",
    ),
    "anders.txt": (NAME.encode(), "regel 1"),
}


@pytest.mark.parametrize("name", FILES)
def test_what_was_typed_is_found_in_every_kind_of_file(run_dir, name):
    content, place = FILES[name]
    (run_dir / name).parent.mkdir(exist_ok=True)
    (run_dir / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        check_shareable(run_dir, ANSWERS)
    said = str(caught.value)
    assert said.startswith(f"In {name} (") and place in said and "iets dat een invuller heeft getypt" in said
    assert "jansen" not in said.casefold()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mail naar iemand@bedrijf.nl", "een e-mailadres"),
        *[
            (f"bel {number} nu", "een telefoonnummer")
            for number in (
                "0612345678", "06-12345678", "06 12 34 56 78", "+31 6 12345678", "+31612345678",
                "0031612345678", "020-1234567", "(020) 123 45 67", "0512-123456", "+31 (0)20 1234567",
            )
        ],
        (f"van {NUMBER}.", "het nummer van een respondent"),
        ("nummer 104823", "het nummer van een respondent"),
        (f"sleutel {KEY}", "het nummer van een respondent"),
        ("sleutel aaaabbbbcccc", "het nummer van een respondent"),
        (COMMENT.replace(" ", "\n", 1), "iets dat een invuller heeft getypt"),
        (f"x,{SHORT},y", "iets dat een invuller heeft getypt"),
    ],
)  # fmt: skip
def test_what_is_about_one_respondent_is_found(run_dir, text, kind):
    name = "tables/02_x.csv" if "," in text and SHORT in text else "02_x.html"
    (run_dir / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=kind):
        check_shareable(run_dir, ANSWERS)


def test_what_is_no_sign_of_anybody_stops_nothing(run_dir):
    """Ordinary words, words of the codebook, short numbers, numbers in numbers, dates and hashes."""
    label = next(iter(load_instrument().options("sector").values()))
    answers = pd.concat([ANSWERS, ANSWERS.assign(organisatienaam=label, respondent_id="2024")])
    text = (
        f"Zorg, Nee, medewerkers, {label}, Kroeskop, de Kroes had 7 0.104823 1.104823,5 2024 104823.5 "
        "06-11-2024 12:30 2024-06-11 0123456789 00612345678 01 02 03 04 05 3,0612345678 @media "
        f"x{KEY} {KEY}99 Bakkerij Jansens"
    )
    (run_dir / "02_x.html").write_text(text, encoding="utf-8")
    (run_dir / "tables" / "02_x.csv").write_text("a,b\n-5,0.0612345678\n")
    check_shareable(run_dir, answers)


def test_an_address_of_our_own_may_be_there(run_dir, monkeypatch):
    monkeypatch.setattr(scan, "_read_own", lambda: ("vragen: team@windesheim.example, 088-1234567", ""))
    (run_dir / "02_x.html").write_text("Vragen: Team@windesheim.example, 088-1234567.", encoding="utf-8")
    check_shareable(run_dir, ANSWERS)


def test_the_name_of_a_file_is_read_too(run_dir):
    (run_dir / "tables" / f"02_{KEY}.csv").touch()
    (run_dir / "tables" / "02_x@y.nl.csv").touch()
    with pytest.raises(InputError, match="In de naam van een bestand in tables staat een e-mailadres"):
        check_shareable(run_dir, ANSWERS)


def test_many_texts_take_no_time(run_dir):
    texts = [f"organisatie nummer {number} uit de straat" for number in range(5000)]
    sought = gather(texts, [])
    assert len(sought.typed) == 5000
    assert find(" ".join(["een heel gewone zin van het rapport"] * 200_000), sought) is None
    assert find(f"{texts[17]} en meer", sought) == ("iets dat een invuller heeft getypt", 1)


def test_a_run_with_something_typed_is_not_put_in_place(tmp_path, monkeypatch):
    monkeypatch.setattr("papermill.execute_notebook", execute_here)
    report = make_report(tmp_path)
    rows = [{"organisatienaam": NAME, "toelichting": COMMENT}, {"respondent_id": NUMBER}]
    report["export"].write_text(make_export(rows), encoding="utf-8")
    assert run_report(**report, name="goed").exists()
    own = PARAMETERS + "min_group_size = 50\nshare = 0.5"
    leak = f"open(run_dir + '/tables/02_extra.csv', 'w').write('sector\\n{NAME}\\n')"
    make_notebook(report["notebooks"] / "02_left.ipynb", own, "## Links", SAVE % "02_links.csv", "pass", leak)
    with pytest.raises(InputError, match=re.escape("In tables/02_extra.csv (regel 2) staat iets dat een")):
        run_report(**report, name="fout")
    assert [path.name for path in report["outputs"].iterdir()] == ["goed"]
