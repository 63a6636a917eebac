"""What counts as the same text: how platforms, browsers and spreadsheets change the wording of a question."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

import pandas as pd

DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
QUOTES = dict.fromkeys(map(ord, "‘’‚‛`´"), "'") | dict.fromkeys(map(ord, "“”„‟«»"), '"')
INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
SAME = DASHES | QUOTES | INVISIBLE
TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
DOTS = re.compile(r"\s*\.{3,}\s*")
MOJIBAKE = re.compile("Ã[\u0080-\u00bf\u0192\u2018-\u203a©«¯¨]|â€|Â[ \u00a0-\u00bf]")


def fold(text: str) -> str:
    """The text without what may differ: white space, dashes, quotes, capitals, ellipsis, HTML.

    Two texts are the same question or option when they fold to the same; nothing else is matched.

    >>> fold("In deze organisatie&nbsp;… <b>is</b> het") == fold("in deze organisatie... is het")
    True
    """
    if "<" in text or "&" in text:
        text = html.unescape(TAG.sub(" ", text))
    text = unicodedata.normalize("NFKC", text.translate(SAME)).translate(SAME)
    return DOTS.sub("... ", " ".join(text.split())).strip().casefold()


def fold_each(texts: pd.Series) -> pd.Series:
    """The texts folded; of those that are the same, once."""
    return texts.map({text: fold(text) for text in texts.unique()}).astype("str")


def fold_name(text: str) -> str:
    """The name of a column or variable: letters and digits only.

    >>> fold_name("Collector ID") == fold_name("collector_id")
    True
    """
    return re.sub(r"[\W_]+", "", fold(text))


def nearest(text: str, known: Iterable[str], cutoff: float = 0.75) -> str | None:
    """The known text that looks most like it, or None: for advice in a message, never to match."""
    folded = {fold(other): other for other in known}
    near = get_close_matches(fold(text), list(folded), n=1, cutoff=cutoff)
    return folded[near[0]] if near else None


def is_garbled(text: str) -> bool:
    """Whether letters with accents were read in the wrong encoding: ``geÃ¯nformeerd``."""
    return bool(MOJIBAKE.search(text))
