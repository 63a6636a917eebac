"""What is typed wrong in the companies of CBS is named."""

import pytest

from leercultuur.checks.population import read_population
from leercultuur.project import PROJECT, InputError

POPULATION = PROJECT / "data" / "reference" / "population_cbs.csv"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("bouw,2-49,34530", "bouwen,2-49,34530", "rij 8: 'bouwen' is geen sector"),
        ("bouw,2-49,34530", "bouw,1-49,34530", "rij 8: '1-49' is geen omvang"),
        ("bouw,2-49,34530", "bouw,2-49,34.530", "rij 8: '34.530' is geen aantal"),
        ("bouw,2-49,34530", "bouw,2-49,-5", "rij 8: '-5' is geen aantal"),
        ("bouw,2-49,34530", "bouw,50-249,34530", "rij 9: bouw, 50-249 staat er twee keer"),
        ("bouw,2-49,34530", "bouw,2-49,", "bij bouw ontbreekt een aantal"),
        ("totaal,10-49,55990", "totaal,10-49,", "bij totaal ontbreekt een aantal"),
        ("companies", "bedrijven", "verwacht zijn de kolommen"),
    ],
)
def test_a_mistyped_file_is_named(tmp_path, old, new, says):
    path = tmp_path / "cbs.csv"
    text = POPULATION.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=r"cbs\.csv") as error:
        read_population(path)
    assert says in str(error.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match=r"cbs\.csv is er niet"):
        read_population(tmp_path / "cbs.csv")
