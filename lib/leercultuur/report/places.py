"""Where a run stands: nobody's files are replaced, and a run is there as a whole or not at all.

A run is two folders: the run folder, and the confidential one beside it. Both are built under a hidden name
(``.name-xxxxxxxx``); the previous ones are moved aside (``…-vorige``) before the new ones get their name.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex

from leercultuur.checks.disk import writing
from leercultuur.findings.summary import FILE
from leercultuur.intake.runs import find_confidential
from leercultuur.project import InputError
from leercultuur.report.locking import lock
from leercultuur.report.manifest import NAME as MANIFEST
from leercultuur.report.manifest import check_unchanged, is_of_the_system, read_manifest, write_hashes
from leercultuur.report.rendering import FORMATS

PARTS = ("data", "tables", "figures", "findings", "notebooks")
# Besides what Windows forbids: a leading dot is for runs that are being built.
FOLDER_NAME = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))"
    r'(?![.\s])[^<>:"/\\|?*\x00-\x1f]{1,100}(?<![.\s])',
    re.IGNORECASE,
)
# What notebooks leave that were run on their own: in a folder, and in the confidential one of it.
RENDERED = "|".join(map(re.escape, [FILE, *(form.file for form in FORMATS.values())]))
BY_HAND = re.compile(
    rf"{RENDERED}|[^/]+\.html|notebooks/[^/]+\.ipynb|data/\w+\.(?:json|parquet|csv)|"
    r"tables/\d\d_[^/]+\.csv|figures/\d\d_[^/]+\.png|findings/\d\d\.json"
)
KEPT = re.compile(r"respondents\.parquet(?:\.\d+)?|respondenten\.sav|exclusions\.csv")


def check_name(final: Path, name: str | None) -> None:
    """A run must have a name that every system can write.

    Raises
    ------
    InputError
        It has not.
    """
    # The file system counts bytes, and the hidden folders beside it have longer names.
    if not FOLDER_NAME.fullmatch(name or final.name) or len(os.fsencode(final.name)) > 200:
        raise InputError(
            f'"{name}" kan geen mapnaam zijn. Gebruik hooguit 100 letters, cijfers, spaties, - en _, '
            'zonder punt of spatie aan het begin of eind; namen als "con" zijn van Windows.'
        )


@contextmanager
def reserve(final: Path) -> Iterator[Path]:
    """A hidden folder to build a run in, while no other process makes one of this name. What killed runs of
    this name left is put right first; whatever happens, nothing is left of this one but what is in place.

    Raises
    ------
    InputError
        Another process makes it, there is something that is not of a run of ours or was changed, or the disk
        refuses.
    """
    with writing(final):
        final.parent.mkdir(parents=True, exist_ok=True)
        with lock(final):
            restore(final)
            check_replaceable(final)
            building = final.with_name(f".{final.name}-{token_hex(4)}")
            try:
                for part in PARTS:
                    (building / part).mkdir(parents=True)
                yield building
            finally:
                with suppress(OSError):  # the next start tries again, and says so
                    restore(final)


def put_in_place(building: Path, final: Path) -> None:
    """Give a run that is whole its name, with its confidential folder.

    Raises
    ------
    InputError
        The previous one cannot be moved aside, or was changed while this one was made.
    """
    check_replaceable(final)
    if find_confidential(building).exists():
        write_hashes(find_confidential(building))
    old = building.with_name(f"{building.name}-vorige")
    moves = [
        (find_confidential(final), find_confidential(old)),
        (final, old),
        (building, final),  # from here on it is this run that counts
        (find_confidential(building), find_confidential(final)),
    ]
    try:
        for source, target in moves:
            if source.exists():
                source.rename(target)
    except PermissionError:
        raise InputError(
            f"De vorige run in {final.parent.name}/{final.name} kan niet worden vervangen en is "
            "ongewijzigd. Sluit de bestanden uit die map (bijvoorbeeld in Excel) en probeer het opnieuw."
        ) from None
    with suppress(OSError):  # the next start tries again
        restore(final)


def restore(final: Path) -> None:
    """Put right what runs of this name left that did not end: both folders are of the run that was in place,
    or of the one that was just put there, and of all others nothing remains."""
    hidden = re.compile(rf"(\.{re.escape(final.name)}-[0-9a-f]{{8}})(?:-vorige)?(?:-vertrouwelijk)?")
    rooms = {final.parent, find_confidential(final).parent}
    names = [path.name for room in rooms if room.is_dir() for path in room.iterdir() if path.is_dir()]
    for name in sorted({match[1] for match in map(hidden.fullmatch, names) if match}):
        new, old = final.with_name(name), final.with_name(f"{name}-vorige")
        if new.exists() or not final.exists():  # it was not put in place
            _move(find_confidential(old), find_confidential(final))
            _move(old, final)
        else:
            _move(find_confidential(new), find_confidential(final))
        # The folder that tells what happened goes last.
        for folder in (find_confidential(new), find_confidential(old), old, new):
            if folder.exists():
                shutil.rmtree(folder)


def _move(source: Path, target: Path) -> None:
    if source.exists() and not target.exists():
        source.rename(target)


def check_replaceable(final: Path) -> None:
    """Nobody's work may be lost: of a run everything is as its manifest says; in a folder without one there
    is nothing but what notebooks make.

    Raises
    ------
    InputError
        Something else is there, or something was changed.
    """
    for folder, by_hand in ((final, BY_HAND), (find_confidential(final), KEPT)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise InputError(
                f"{folder.parent.name}/{folder.name} is geen map maar een bestand of snelkoppeling. Kies een "
                "andere naam, of zet het elders."
            )
        if folder.is_dir():
            _check_files(folder, by_hand)


def _check_files(folder: Path, by_hand: re.Pattern[str]) -> None:
    place = f"{folder.parent.name}/{folder.name}"
    known = None
    if (folder / MANIFEST).is_file():
        try:
            known = {MANIFEST, *read_manifest(folder)["files"]}
        except (ValueError, KeyError, TypeError):
            raise InputError(
                f"{MANIFEST} in {place} is niet te lezen: niet te zeggen is wat er van een run is. Kies een "
                "andere naam, of zet die map elders."
            ) from None
    names = _list_files(folder)
    for name in names:
        if name not in known if known is not None else not by_hand.fullmatch(name):
            raise InputError(
                f"In {place} staat iets dat niet van een run is: {name}. Kies een andere naam, of "
                "zet het elders."
            )
    if known is not None:
        check_unchanged(folder, names)


def _list_files(folder: Path) -> list[str]:
    """All files, and links to folders; not what systems and offices leave."""
    found = []
    for room, folders, files in os.walk(folder):
        links = [name for name in folders if Path(room, name).is_symlink()]
        folders[:] = [name for name in folders if not is_of_the_system(name)]
        found += [Path(room, name) for name in [*files, *links] if not is_of_the_system(name)]
    return sorted(path.relative_to(folder).as_posix() for path in found)
