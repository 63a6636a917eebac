"""A sixth characteristic, an item and a question in the codebook appear everywhere, untouched notebooks."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
import yaml
from matplotlib.text import Text

from in_process import run_cells
from leercultuur import instrument
from leercultuur.project import PROJECT
from leercultuur.style.chart import Chart

STANDIN = PROJECT / "data" / "raw" / "quickscan_standin.csv"


def describe(chart: Chart, *_: str) -> bytes:
    """A chart made, but not drawn: instead of an image, what is written in it."""
    texts = [text.get_text().replace("\n", " ") for text in chart.figure.findobj(Text)]
    return "\n".join([chart.topic, *texts]).encode()


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory) -> Path:
    """The tables and figures of 01-07 on a larger codebook, and an export with columns for what is new."""
    folder = tmp_path_factory.mktemp("groot")
    raw = yaml.safe_load(instrument.CODEBOOK.read_text(encoding="utf-8"))
    raw["scales"]["taken"]["label"] = "Werk dat leert"
    raw["scales"]["digitaal"] = {"label": "Digitaal leren", "short": "Digitaal"}
    items = {"digitaal_tijd": "digitaal", "digitaal_tools": "digitaal", "taken_afwisseling": "taken"}
    for item, scale in items.items():
        raw["items"][item] = {"scale": scale, "short": f"Nieuw {item}", "label": f"is er {item}"}
    options = {"stad": "In de stad", "dorp": "In een dorp"}
    raw["categorical"]["ligging"] = {"label": "Ligging", "question": "Waar ligt het?", "options": options}
    codebook = folder / "instrument.yml"
    codebook.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")

    rows = list(csv.reader(io.StringIO(STANDIN.read_text(encoding="utf-8-sig")), delimiter=";"))
    table = pd.DataFrame(rows[1:], columns=rows[0])
    likert = list(raw["likert"].values())
    for number, item in enumerate(items):
        answers = [likert[(7 * row + number + row // 3) % 5] for row in range(len(table))]
        table[f"{raw['item_stem']} {raw['items'][item]['label']}"] = answers
    table["Waar ligt het?"] = ["In de stad" if row % 3 else "In een dorp" for row in range(len(table))]
    export = folder / "export.csv"
    table.to_csv(export, sep=";", index=False, encoding="utf-8-sig")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(instrument, "CODEBOOK", codebook)
        patch.setattr(Chart, "draw", describe)
        for notebook in sorted((PROJECT / "notebooks").glob("0[1-7]_*.ipynb")):
            run_cells(notebook, export=str(export), run_dir=str(folder / "run"))
    return folder / "run"


def measures(run_dir: Path, table: str) -> set[str]:
    return set(pd.read_csv(run_dir / "tables" / f"{table}.csv")["measure"])


@pytest.mark.parametrize(
    "table",
    ["02_kenmerken", "02_betrouwbaarheid", "03_kenmerken_naar_omvang", "04_kenmerken_naar_sector"],
)
def test_the_characteristic_is_in_every_table_of_characteristics(run_dir, table):
    assert "digitaal" in measures(run_dir, table)


def test_the_characteristic_goes_together_with_what_the_others_do(run_dir):
    assert "digitaal~aandacht" in measures(run_dir, "05_samenhang_aandacht_naar_omvang")
    assert "digitaal~leren_van_taken" in measures(run_dir, "06_samenhang_leren_van_taken")


@pytest.mark.parametrize("figure", ["02_vragen_digitaal.png", "04_vragen_digitaal.png"])
def test_the_characteristic_has_its_own_figures(run_dir, figure):
    text = (run_dir / "figures" / figure).read_text(encoding="utf-8")
    assert text.startswith("Digitaal leren: ") and "Nieuw digitaal_tools" in text


def test_a_relabelled_characteristic_is_relabelled_everywhere(run_dir):
    for figure in ("02_kenmerken", "02_vragen_taken", "03_kenmerken_naar_omvang", "05_samenhang_aandacht"):
        text = (run_dir / "figures" / f"{figure}.png").read_text(encoding="utf-8")
        assert "Werk dat leert" in text and "Leerrijke taken" not in text


@pytest.mark.parametrize(
    "table",
    ["01_ontbrekend", "02_vragen_gemiddeld", "03_klein_midden", "04_vragen_naar_sector_mkb",
     "07_frequenties_vragen", "07_vragen_naar_omvang"],
)  # fmt: skip
def test_the_items_are_in_every_table_of_items(run_dir, table):
    assert {"digitaal_tijd", "taken_afwisseling"} <= measures(run_dir, table)


def test_the_question_has_a_frequency_table(run_dir):
    table = pd.read_csv(run_dir / "tables" / "07_frequenties_andere_vragen.csv")
    shares = table[table["measure"] == "ligging"].set_index("category")["percent"]
    assert shares["stad"] == pytest.approx(200 / 3, abs=1.5) and len(shares) == 2
    assert "ligging" in measures(run_dir, "01_ontbrekend")
