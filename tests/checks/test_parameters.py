"""What papermill was given is checked; what a person types in the cell is theirs."""

from types import SimpleNamespace

import IPython
import pytest

from leercultuur.checks.parameters import check_injected, check_range, current_values, read_assignments
from leercultuur.intake import runs
from leercultuur.project import InputError
from leercultuur.report.parameters import settle_parameters

DATES = {"start_date": "2024-07-22", "end_date": "2025-11-03"}
CELL = 'start_date = "2024-07-22"  # eerste dag\nmin_group_size = 50\nshare = 0.5'


def test_assignments_are_read_and_not_executed():
    assert read_assignments("a = 1\nb = [2, 'x']  # two") == {"a": 1, "b": [2, "x"]}
    for source in ("a = date.today()", "a = 1\nprint(a)", 'a: str = "x"', "a, b = 1, 2"):
        with pytest.raises(ValueError, match=r"malformed|no name = value"):
            read_assignments(source)


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('start_dat = "2025-01-01"', "Onbekende parameter start_dat. Bedoeld: start_date?"),
        ("jaar = 2025", "Onbekende parameter jaar. Bekend: start_date, min_group_size, share."),
        ('min_group_size = "veel"', "Parameter min_group_size is 'veel'. Verwacht: een geheel getal."),
        ("min_group_size = True", "Verwacht: een geheel getal."),
        ('share = "half"', "Verwacht: een getal."),
        ("start_date = 20250101", "Verwacht: een tekst."),
    ],
)
def test_a_given_value_that_the_notebook_cannot_use(line, part):
    with pytest.raises(InputError) as caught:
        check_injected(["", CELL, f"# Parameters\n{line}"])
    assert part in str(caught.value)


def test_values_that_can_be_used_and_no_values_at_all():
    check_injected(["", CELL, '# Parameters\nstart_date = "2025-01-01"\nshare = 1', "later = object()"])
    check_injected(["", CELL, "import leercultuur as lc"])
    check_injected([])
    check_injected(
        ["%%time", CELL, "x = call()", '# Parameters\nshare = "half"', "# Parameters\nshare = 0.4"]
    )


def test_a_run_checks_what_its_kernel_was_given(monkeypatch):
    monkeypatch.setattr(runs, "executed_cells", lambda: [CELL, '# Parameters\nstart_dat = "x"'])
    with pytest.raises(InputError, match="start_dat"):
        runs.open_run("2024-07-22", "2025-11-03", "export.csv", "")


def test_an_error_in_a_notebook_is_its_message():
    assert InputError("Rij 3 is leeg.")._render_traceback_() == ["Rij 3 is leeg."]


@pytest.mark.parametrize("name", ["min_group_size", "min_cell", "disclosure"])
def test_a_parameter_with_a_range_is_checked_in_every_way_it_is_given(name, monkeypatch):
    wrong = {
        "min_group_size": [-5, 9, 50.0, "50", True, None],
        "min_cell": [2, 0, "3"],
        "disclosure": ["veilig", None, 1],
    }
    right = {"min_group_size": [10, 50], "min_cell": [3, 10], "disclosure": ["", "safe", "open"]}
    for value in right[name]:
        check_range(name, value)
        settle_parameters({"01": DATES | {name: value}}, {}, {})
    for value in wrong[name]:
        with pytest.raises(InputError, match=f"Parameter {name} is .* Verwacht: "):
            check_range(name, value)
        with pytest.raises(InputError, match=f"Parameter {name} is .* Verwacht: "):
            settle_parameters({"01": DATES | {name: value}}, {}, {})  # an edited default
        monkeypatch.setattr(runs, "current_values", lambda value=value: {name: value})
        with pytest.raises(InputError, match=f"Parameter {name} is .* Verwacht: "):
            runs.open_run("2024-07-22", "2025-11-03", "export.csv", "")


def test_what_may_be_chosen_is_said():
    with pytest.raises(
        InputError, match=r"min_group_size is -5\. Verwacht: een geheel getal van ten minste 10\."
    ):
        check_range("min_group_size", -5)
    with pytest.raises(InputError, match='Verwacht: "" of "safe" of "open"'):
        check_range("disclosure", "veilig")


def test_the_values_of_a_kernel_are_those_it_has_now(monkeypatch):
    shell = SimpleNamespace(user_ns={"min_group_size": 7, "other": 1})
    monkeypatch.setattr(IPython, "get_ipython", lambda: shell)
    assert current_values() == {"min_group_size": 7}
