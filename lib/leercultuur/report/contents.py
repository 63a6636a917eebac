"""What stands in a file, as plain text: of every kind of file that a run gives."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

CELL = "\x1f"  # stands between cells
INLINE = re.compile(r"</?(?:a|b|i|u|em|strong|span|sup|sub|code|small|(?:\w:)?(?:r|t|rPr))(?:\s[^<>]*)?/?>")
TAG = re.compile(r"<[^<>]*>")
ATTRIBUTE = re.compile(r"=\"([^\"<>]*[A-Za-z@][^\"<>]*)\"")
IMAGE = re.compile(r"data:image/png;base64,([\w+/=]+)")
STREAM = re.compile(rb"stream\r?\n.*?endstream", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """A text in a file, and where in it; "" for what has lines."""

    where: str
    content: str


def read_texts(name: str, data: bytes) -> Iterator[Text]:
    """What stands in a file; of an archive in each of its parts, of an image what is written beside it."""
    suffix = Path(name).suffix.lower()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.namelist():
                for text in read_texts(part, archive.read(part)):
                    yield Text(part, text.content)
    elif data[:8] == b"\x89PNG\r\n\x1a\n":
        yield Text("naast het beeld", "\n".join(_read_png(data)))
    elif suffix == ".pdf":
        kept = STREAM.sub(lambda stream: stream[0] if stream[0].isascii() else b"", data)
        yield Text("in de eigenschappen", kept.decode("latin-1"))
    elif suffix == ".ipynb":
        for number, cell in enumerate(json.loads(data)["cells"], start=1):
            yield Text(f"cel {number}", CELL.join(_read_json(cell)))
    elif suffix == ".json":
        whole = json.loads(data)
        for number, part in enumerate(whole.items() if isinstance(whole, dict) else whole, start=1):
            yield Text(f"onderdeel {number}", CELL.join(_read_json(part)))
    elif suffix == ".csv":
        rows = csv.reader(io.StringIO(data.decode("utf-8-sig", errors="replace"), newline=""))
        yield Text("", "\n".join(CELL.join(" ".join(cell.split()) for cell in row) for row in rows))
    elif suffix in (".html", ".xml", ".rels", ".svg"):
        yield from _read_markup(data.decode("utf-8", errors="replace"))
    else:
        yield Text("", data.decode("utf-8", errors="ignore"))


def _read_markup(text: str) -> Iterator[Text]:
    images = IMAGE.findall(text)
    text = IMAGE.sub("", text)
    yield Text("", unescape(TAG.sub(CELL, INLINE.sub("", text))))
    yield Text("in een alternatieve tekst of verwijzing", unescape(CELL.join(ATTRIBUTE.findall(text))))
    for image in images:
        yield Text("naast een beeld", "\n".join(_read_png(base64.b64decode(image))))


def _read_json(part: Any, kind: str = "") -> Iterator[str]:
    """All texts and numbers; of what is shown as HTML what it says, of an image what is written beside it."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield name
            yield from _read_json(value, name)
    elif isinstance(part, list | tuple):
        texts = [value for value in part if isinstance(value, str)]
        if len(texts) == len(part) and all(text.endswith("\n") for text in texts[:-1]):
            part = ["".join(texts)]  # the lines of one text
        for value in part:
            yield from _read_json(value, kind)
    elif kind == "image/png":
        yield from _read_png(base64.b64decode(part))
    elif kind == "text/html":
        yield from (text.content for text in _read_markup(part))
    elif part is not None:
        yield str(part)


def _read_png(data: bytes) -> Iterator[str]:
    """The texts in an image, which say who made it and of what it is."""
    place = 8
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4])
        kind, content = data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        if kind in (b"tEXt", b"iTXt", b"eXIf"):
            yield content.decode("utf-8", errors="ignore")
        elif kind == b"zTXt":
            yield zlib.decompress(content.partition(b"\0")[2][1:]).decode("latin-1")
        place += size + 12
