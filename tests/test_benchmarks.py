import numpy as np
import pandas as pd
import pytest

from leercultuur.benchmarks import add_benchmark, benchmark_source
from leercultuur.statistics.estimates import frequencies, mean_scores


def people(answers: list) -> pd.DataFrame:
    return pd.DataFrame({"taken_autonomie": np.array(answers, dtype=float)})


def test_benchmarks_stand_beside_their_answer():
    benchmarks = pd.DataFrame(
        [("taken_autonomie", "", "benchmark_mean", 4.02)],
        columns=["measure", "category", "statistic", "value"],
    )
    assert add_benchmark(mean_scores(people([1] * 10), ["taken_autonomie"]), benchmarks).loc[
        0, "benchmark_mean"
    ] == pytest.approx(4.02)
    blank = add_benchmark(frequencies(people([1] * 10), "taken_autonomie"), benchmarks)
    assert blank["benchmark_percent"].isna().all()


def test_benchmarks_are_named_by_their_source():
    assert (
        benchmark_source(["scholing"], short=True) == "WEA 2024"
        and benchmark_source(["scholing"]) == "WEA 2024, TNO"
    )
    assert benchmark_source(["taken_autonomie", "organisatie_budget"], short=True) == "NEA"
    assert benchmark_source(["organisatie_budget"]) == ""
