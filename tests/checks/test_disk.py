"""What a disk refuses is one Dutch line that says what to do."""

import errno
import os
from pathlib import Path

import pytest

from leercultuur.checks.disk import LONGEST_ON_WINDOWS, explain, writing
from leercultuur.project import PROJECT, InputError


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (errno.ENOSPC, "de schijf is vol. Maak ruimte vrij"),
        (errno.EDQUOT, "de schijf is vol"),
        (errno.EACCES, "Geef uzelf schrijfrechten, of sluit het bestand"),
        (errno.EPERM, "Geef uzelf schrijfrechten"),
        (errno.EROFS, "kan alleen worden gelezen. Zet het project op een andere schijf"),
        (errno.ENOTDIR, "een bestand waar een map moet staan"),
        (errno.EEXIST, "een bestand waar een map moet staan"),
        (errno.ENAMETOOLONG, "te lang. Kies een kortere naam"),
        (errno.EBUSY, "Sluit het"),
        (errno.EMFILE, "te veel bestanden open"),
        (errno.EIO, "Controleer de schijf"),
        (errno.ELOOP, "het systeem meldt fout ELOOP"),
    ],
)
def test_each_refusal_has_its_remedy(code, remedy):
    with pytest.raises(InputError) as caught, writing(PROJECT / "outputs" / "proef"):
        raise OSError(code, os.strerror(code), str(PROJECT / "outputs" / "proef" / "rapport.pdf"))
    said = str(caught.value)
    assert said.startswith("outputs/proef/rapport.pdf kan niet worden gelezen of geschreven: ")
    assert remedy in said and said.endswith(" en probeer het opnieuw.") and "\n" not in said


def test_a_path_that_is_too_long_for_windows_is_said_to_be_that():
    long = Path("/x", *["m" * 50] * (1 + LONGEST_ON_WINDOWS // 50))
    assert "te lang" in explain(FileNotFoundError(errno.ENOENT, "weg", str(long)), Path("/x"))
    assert "ENOENT" in explain(FileNotFoundError(errno.ENOENT, "weg"), Path("/x"))


def test_other_errors_are_not_touched():
    with pytest.raises(KeyError), writing(Path("x")):
        raise KeyError("x")
