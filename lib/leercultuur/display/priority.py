"""Where to look first: what goes together with an outcome, beside how it scores."""

from __future__ import annotations

import numpy as np
import pandas as pd

from leercultuur.appraisal.rankings import pick_priorities
from leercultuur.formatting import CONFIDENCE_INTERVAL, two
from leercultuur.instrument import load_instrument
from leercultuur.keys import split_measures
from leercultuur.style.chart import Chart, empty_chart
from leercultuur.style.corners import draw_corners
from leercultuur.style.drawings import list_points
from leercultuur.style.wording import describe, describe_bases, name_measure

CAUTION = "Of twee vragen verschillen, is aan de strepen niet af te lezen. Een aanwijzing voor gesprek: "
CAUTION += "samenhang is geen oorzaak"
PICKED = (
    "oranje = het hele interval ligt voorbij de middelste vraag: hangt duidelijk sterker samen en scoort "
)
PICKED += "duidelijk lager"
CORNERS = ["Hangt sterker samen, scoort lager", "Hangt sterker samen, scoort hoger"]
CORNERS += ["Hangt zwakker samen, scoort lager", "Hangt zwakker samen, scoort hoger"]


def plot_priority(correlations: pd.DataFrame, means: pd.DataFrame, topic: str) -> Chart:
    """Questions by how strongly they go together with an outcome (to the right) and how they score (upwards):
    numbered, in four corners divided by the medians, and listed by corner at the right. Orange, with another
    mark: those of ``pick_priorities``, whose whole intervals lie beyond the medians.

    Parameters
    ----------
    correlations
        ``correlate`` of the questions with one outcome, of one group.
    means
        ``mean_scores`` of the same questions and respondents.
    topic
        What is shown.
    """
    scores = means.set_index("measure")["mean"]
    table = correlations.assign(
        x=correlations["spearman"],
        y=correlations["measure"].map(lambda key: scores.get(split_measures(key)[0])),
    ).dropna(subset=["x", "y"])
    if table.empty:
        return empty_chart(topic, correlations)
    picked = pick_priorities(correlations, means)
    strong, high = table["x"] > table["x"].median(), table["y"] > table["y"].median()
    table = table.assign(
        name=table["measure"].map(name_measure),
        corner=pd.Categorical(np.array(CORNERS)[2 * ~strong + high], CORNERS),
        first=[split_measures(key)[0] in picked for key in table["measure"]],
    ).sort_values(["corner", "x"], ascending=[True, False], kind="stable", ignore_index=True)
    figure, axes = draw_corners(table, CORNERS, ("rho", "score"))
    outcome = load_instrument().label(split_measures(table["measure"].iloc[0])[1]).lower()
    labels = f"Samenhang met {outcome} (rho) →", "Gemiddelde score (1-5) →"
    axes.set(xlabel=labels[0], ylabel=labels[1])
    rest = f"mediaan van de vragen; streep = {CONFIDENCE_INTERVAL} van rho"
    rest += f"; {PICKED}. {CAUTION}" if picked else f". {CAUTION}"
    kind = f"Puntenwolk, {len(picked)} van {len(table)} vragen hangen duidelijk sterker samen en scoren lager"
    alt = describe(kind, topic, table["name"], table["x"], lambda rho: f"rho {two(rho)}")
    data = table.rename(columns={"y": "mean"}).drop(columns=["x", "name", "first"])
    drawings = list_points(table, labels, f"assen = {rest}")
    return Chart(topic, describe_bases(table), f"stippellijnen = {rest}", alt, data, figure, drawings)
