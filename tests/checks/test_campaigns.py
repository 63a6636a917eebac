"""A slip in the campaign rounds is an error, whatever the slip."""

import pytest

from leercultuur.checks.campaigns import read_campaigns
from leercultuur.periods import CAMPAIGNS
from leercultuur.project import InputError

TEXT = CAMPAIGNS.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "part"),
    [
        ("  campagne_2025:", "  campagne_2024:", '"campagne_2024" staat er dubbel'),
        ("start: 2024-07-22, end: 2024-09-08", "start: 2024-09-08, end: 2024-07-22", "ligt na 2024-07-22"),
        ("start: 2024-07-22", "start: 22-07-2024", "22-07-2024 of 2024-09-08 is geen datum"),
        ("start: 2024-07-22", 'start: "2024-07-22"', "is geen datum"),
        ("start: 2024-09-30", "start: 2024-09-08", "2024-09-08 zit in twee rondes"),
        ("end: 2024-09-08", "eind: 2024-09-08", "niet te lezen (KeyError 'end')"),
        ("outside:", "buiten:", "niet te lezen (KeyError 'outside')"),
        ("end: 2024-09-08", "end: 2024-09-31", "niet te lezen"),
    ],
)
def test_a_slip_is_named(tmp_path, before, after, part):
    assert before in TEXT
    path = tmp_path / "campaigns.yml"
    path.write_text(TEXT.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_campaigns(path)
    assert str(caught.value).startswith("campaigns.yml") and part in str(caught.value), str(caught.value)


def test_no_file_or_an_empty_one(tmp_path):
    with pytest.raises(InputError, match="is er niet"):
        read_campaigns(tmp_path / "campaigns.yml")
    (tmp_path / "campaigns.yml").touch()
    with pytest.raises(InputError, match="niet te lezen"):
        read_campaigns(tmp_path / "campaigns.yml")
