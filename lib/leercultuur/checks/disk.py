"""What a disk refuses, in one Dutch line: what was asked for, what is wrong, what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from leercultuur.project import PROJECT, InputError

FULL = "de schijf is vol. Maak ruimte vrij"
DENIED = (
    "daarvoor zijn geen rechten. Geef uzelf schrijfrechten, of sluit het bestand in het programma dat het "
    "open heeft (bijvoorbeeld Excel)"
)
READ_ONLY = "van die schijf kan alleen worden gelezen. Zet het project op een andere schijf"
NO_FOLDER = (
    "daar staat een bestand waar een map moet staan. Geef dat bestand een andere naam of zet het elders"
)
TOO_LONG = (
    "de naam of het pad is te lang. Kies een kortere naam, of zet de projectmap dichter bij de schijfletter"
)
BUSY = "een ander programma heeft er iets open. Sluit het"
MANY = "er staan te veel bestanden open. Sluit andere programma's"
BROKEN = "de schijf antwoordt niet. Controleer de schijf of de verbinding ermee"
# By name: not every system has all of them.
REASONS = {
    **dict.fromkeys(("ENOSPC", "EDQUOT", "EFBIG"), FULL),
    **dict.fromkeys(("EACCES", "EPERM"), DENIED),
    **dict.fromkeys(("EROFS",), READ_ONLY),
    **dict.fromkeys(("ENOTDIR", "EEXIST", "EISDIR"), NO_FOLDER),
    **dict.fromkeys(("ENAMETOOLONG",), TOO_LONG),
    **dict.fromkeys(("EBUSY", "ETXTBSY", "ENOTEMPTY"), BUSY),
    **dict.fromkeys(("EMFILE", "ENFILE"), MANY),
    **dict.fromkeys(("EIO", "ESTALE", "ENODEV", "ENXIO"), BROKEN),
}
WINDOWS = {32: BUSY, 33: BUSY, 39: FULL, 112: FULL, 206: TOO_LONG}  # what it calls by a number of its own
LONGEST_ON_WINDOWS = 259  # of a path; a longer one is said not to be there


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say what the disk refuses while something is made in ``place``.

    Raises
    ------
    InputError
        Instead of every OSError.
    """
    try:
        yield
    except OSError as error:
        raise InputError(explain(error, place)) from None


def explain(error: OSError, place: Path) -> str:
    """The line for the user. Only the name of what could not be written is in it, nothing that it holds."""
    at = Path(error.filename) if isinstance(error.filename, str) else place
    code = errno.errorcode.get(error.errno or 0, "onbekend")
    reason = WINDOWS.get(getattr(error, "winerror", None) or 0) or REASONS.get(code)
    if code == "ENOENT" and len(str(at.absolute())) > LONGEST_ON_WINDOWS:
        reason = TOO_LONG
    shown = (
        at.relative_to(PROJECT).as_posix() if at.is_relative_to(PROJECT) else f"{at.parent.name}/{at.name}"
    )
    if len(shown) > 100:
        shown = f"{shown[:100]}…"
    reason = reason or f"het systeem meldt fout {code}. Controleer de map"
    return f"{shown} kan niet worden gelezen of geschreven: {reason} en probeer het opnieuw."
