"""The same content, the same bytes: whenever, and on whatever machine."""

import io
import zipfile

from leercultuur.report.writers.archive import settle


def make_archive(moment, system):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("b.xml", "a.xml"):
            member = zipfile.ZipInfo(name, moment)
            member.create_system = system
            archive.writestr(member, f"<{name[0]}/>")
    return made.getvalue()


def test_neither_moment_nor_machine_stands_in_an_archive():
    settled = settle(make_archive((2024, 2, 3, 4, 5, 6), 0))
    assert settled == settle(make_archive((2025, 2, 3, 4, 5, 6), 3))
    with zipfile.ZipFile(io.BytesIO(settled)) as archive:
        assert archive.namelist() == ["b.xml", "a.xml"] and archive.read("a.xml") == b"<a/>"
        assert {(member.date_time, member.create_system) for member in archive.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0)
        }
