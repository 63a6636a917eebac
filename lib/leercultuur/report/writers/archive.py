"""Files of Word, PowerPoint and Excel are archives: the same content, the same bytes."""

from __future__ import annotations

import io
import zipfile

MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that an archive can hold


def settle(archive: bytes) -> bytes:
    """The same archive without a moment in time or a trace of the machine: members keep their order."""
    settled = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(settled, "w") as written:
        for name in read.namelist():
            member = zipfile.ZipInfo(name, MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            written.writestr(member, read.read(name))
    return settled.getvalue()
