import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leercultuur.instrument import load_instrument
from leercultuur.scoring import cronbach_alphas, score_scales

INSTRUMENT = load_instrument()


def one(**answers) -> pd.DataFrame:
    """One respondent who answered 3 to everything else."""
    return pd.DataFrame([dict.fromkeys(INSTRUMENT.items + INSTRUMENT.statements, 3.0) | answers])


def test_a_score_is_the_mean_of_its_items():
    scored = score_scales(one(taken_gevarieerd=5, taken_uitdagend=4, leren_van_taken=4, leren_van_anderen=5))
    assert scored.loc[0, "taken"] == 4
    assert scored.loc[0, "informeel_leren"] == 4.5


@pytest.mark.parametrize(("scale", "allowed"), [("taken", 0), ("collegas", 1), ("leidinggevende", 0)])
def test_four_fifths_of_the_items_must_be_answered(scale, allowed):
    items = INSTRUMENT.items_of(scale)
    few = score_scales(one(**dict.fromkeys(items[:allowed], np.nan)))
    many = score_scales(one(**dict.fromkeys(items[: allowed + 1], np.nan)))
    assert few.loc[0, scale] == 3
    assert np.isnan(many.loc[0, scale])


def test_items_that_say_the_same_are_reliable():
    answers = pd.DataFrame({item: [1.0, 2, 3, 4, 5] * 2 for item in INSTRUMENT.items})
    assert cronbach_alphas(answers)["alpha"].tolist() == pytest.approx([1] * 5)
    assert cronbach_alphas(answers.head(9))["alpha"].isna().all()


def test_the_interval_of_alpha_is_the_one_of_95_percent(respondents):
    row = cronbach_alphas(respondents).iloc[0]
    # Feldt (1965): 1 - (1 - alpha) F, with n - 1 and (n - 1)(k - 1) degrees of freedom.
    n, k = row["n"], row["items"]
    f = stats.f.ppf([0.975, 0.025], n - 1, (n - 1) * (k - 1))
    expected = 1 - (1 - row["alpha"]) * f
    assert [row["ci_low"], row["ci_high"]] == pytest.approx(expected.tolist(), abs=0.001)
