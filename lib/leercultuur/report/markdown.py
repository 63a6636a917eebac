"""Markdown, as notebooks have it, read into the blocks of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from typing import Any, NamedTuple

import mistune

from leercultuur.report.model import Block, Listing, Paragraph, Span, TableBlock, Text
from leercultuur.style.shown import Grid, Line

COMMENT = re.compile(r"^\s*<!--.*-->\s*$", re.DOTALL)
_parse = mistune.create_markdown(renderer=None, plugins=["table"])


class Title(NamedTuple):
    """A heading as it stands in Markdown, without its types; never empty."""

    level: int
    text: str


def read_markdown(source: str) -> Iterator[Title | Block]:
    """What stands in a piece of Markdown, in order; tables have neither caption nor number. HTML comes out as
    it is written, comments do not."""
    for token in _parse(source):
        if token["type"] != "heading":
            yield from _read_blocks(token)
        elif title := " ".join("".join(span.text for span in _read_inline(token["children"])).split()):
            yield Title(token["attrs"]["level"], title)


def read_text(source: str) -> Text:
    """A paragraph."""
    return [span for token in _parse(source) for span in _read_inline(token.get("children", []))]


def list_spans(block: object) -> Iterator[Span]:
    """The spans of a paragraph, or of a list and those below it; of other blocks none."""
    if isinstance(block, Paragraph):
        yield from block.text
    elif isinstance(block, Listing):
        for text, below in block.items:
            yield from text
            for listing in below:
                yield from list_spans(listing)


def _read_blocks(token: dict[str, Any]) -> Iterator[Block]:
    kind, raw = token["type"], token.get("raw", "")
    if kind == "paragraph":
        yield Paragraph(_read_inline(token["children"]))
    elif kind == "list":
        yield _read_list(token)
    elif kind == "table":
        yield TableBlock(0, _read_table(token))
    elif kind == "block_quote":
        for child in token["children"]:
            yield from _read_blocks(child)
    elif raw and not COMMENT.match(raw):  # code, or HTML, of which nothing is interpreted
        yield Paragraph([Span(raw.rstrip("\n"), code=True)], fixed=True)


def _read_table(token: dict[str, Any]) -> Grid:
    head, *body = token["children"]
    rows = [head, *(row for part in body for row in part["children"])]
    headings, *lines = [
        ["".join(span.text for span in _read_inline(cell["children"])) for cell in row["children"]]
        for row in rows
    ]
    return Grid("", headings, [Line("", cells[0], cells[1:]) for cells in lines], foreign=True)


def _read_list(token: dict[str, Any]) -> Listing:
    items: list[tuple[Text, list[Listing]]] = []
    for item in token["children"]:
        text: Text = []
        below: list[Listing] = []
        for child in item["children"]:
            if child["type"] == "list":
                below.append(_read_list(child))
            elif child["type"] != "blank_line":
                text += [Span("\n")] if text else []
                code = [Span(child["raw"].rstrip("\n"), code=True)] if child.get("raw") else []
                text += code or _read_inline(child.get("children", []))
        items.append((text, below))
    return Listing(token["attrs"]["ordered"], items)


def _read_inline(tokens: list[dict[str, Any]], **look: Any) -> Text:
    spans: Text = []
    for token in tokens:
        kind, children = token["type"], token.get("children", [])
        if kind == "strong":
            spans += _read_inline(children, **look | {"bold": True})
        elif kind == "emphasis":
            spans += _read_inline(children, **look | {"italic": True})
        elif kind == "link":
            spans += _read_inline(children, **look | {"link": unescape(token["attrs"]["url"])})
        elif kind == "softbreak":
            spans.append(Span(" ", **look))
        elif kind == "linebreak":
            spans.append(Span("\n", **look))
        elif kind == "codespan":
            spans.append(Span(unescape(token["raw"]), code=True, **look))
        elif kind == "image":
            inside = "".join(span.text for span in _read_inline(children))
            spans.append(Span(f"[{inside or 'afbeelding'}]", **look | {"italic": True}))
        elif children:
            spans += _read_inline(children, **look)
        elif kind != "inline_html" or not COMMENT.match(token["raw"]):
            spans.append(Span(unescape(token.get("raw", "")), **look))
    joined: Text = []
    for span in spans:
        if joined and replace(joined[-1], text="") == replace(span, text=""):
            joined[-1].text += span.text
        else:
            joined.append(span)
    return joined
