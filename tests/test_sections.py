"""What a notebook saves and shows."""

import io

import pandas as pd
import PIL.Image
import pytest
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg

from leercultuur import sections
from leercultuur.display.charts import plot_grid
from leercultuur.display.tables import Table
from leercultuur.instrument import load_instrument
from leercultuur.runs import open_run
from leercultuur.sections import Section
from leercultuur.statistics.estimates import mean_scores

PERIOD = ("2024-07-01", "2024-12-31")
TABLE = pd.DataFrame({"measure": ["a"], "mean": [1 / 3]})


@pytest.fixture
def section(tmp_path):
    return Section("03", open_run(*PERIOD, "export.csv", str(tmp_path / "nieuw")))


@pytest.fixture
def shown(monkeypatch):
    results = []
    monkeypatch.setattr(sections, "display", results.append)
    return results


def test_a_table_is_saved_and_shown_under_one_name(section, shown):
    table = Table("Een tabel", TABLE, TABLE)
    section.show("kenmerken", table)
    saved = section.run.folder / "tables" / "03_kenmerken.csv"
    assert saved.read_text() == "measure,mean\na,0.3333333333\n"
    assert shown == [table]


def test_a_figure_is_saved_and_shown_with_its_text(section, shown):
    figure, axes = plt.subplots()
    axes.plot([1, 2])
    figure.set_label("Een lijn van 1 naar 2.")
    section.show("lijn", figure)
    assert (section.run.folder / "figures" / "03_lijn.png").read_bytes() == shown[0].data
    assert shown[0].alt == "Een lijn van 1 naar 2."
    assert not plt.get_fignums()


def test_an_image_keeps_the_colours_of_its_figure(respondents):
    """What is light stays apart from the paper: a palette of few colours could make them one."""
    figure = plot_grid(mean_scores(respondents, load_instrument().items[:5], by="sector"), "x")
    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(sections.DPI)
    canvas.draw()
    drawn = PIL.Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba()).convert("RGB")
    stored = PIL.Image.open(io.BytesIO(sections.draw_image(figure).data)).convert("RGB")
    often = [colour for count, colour in drawn.getcolors(1 << 20) if count > 2000]
    assert len(often) > 20
    assert set(often) <= {colour for _, colour in stored.getcolors(1 << 20)}


def test_a_finished_run_is_never_written_to_and_says_so(section, shown, respondents):
    section.show_basis(respondents)
    assert "slaat niets op" not in shown[-1].data
    section.save("kenmerken", TABLE)
    (section.run.folder / "manifest.json").write_text("{}")
    section.save("kenmerken", TABLE.assign(mean=9.0))
    assert "9" not in (section.run.folder / "tables" / "03_kenmerken.csv").read_text()
    section.show_basis(respondents)
    assert "De run in nieuw is af: dit notebook laat zien en slaat niets op" in shown[-1].data


def test_without_a_folder_nothing_is_saved(shown, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Section("03", open_run(*PERIOD, "export.csv", "")).show("nergens", Table("x", TABLE, TABLE))
    assert not list(tmp_path.iterdir()) and len(shown) == 1


def test_the_basis_says_period_number_and_whether_data_are_made_up(section, shown, respondents):
    section.show_basis(respondents)
    section.show_basis(respondents.assign(respondent_id="R1"))
    first, second = (basis.data for basis in shown)
    assert "**400 vragenlijsten**, 1 juli 2024 t/m 31 december 2024" in first
    assert "Synthetische" in first and "Synthetische" not in second
