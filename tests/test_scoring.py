import numpy as np
import pandas as pd
import pytest

from leercultuur.instrument import load_instrument
from leercultuur.scoring import score_scales

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
