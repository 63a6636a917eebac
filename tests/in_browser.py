"""Pages in a real browser: what axe finds on them, on a desk and on a phone, by day and by night."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

TOOLS = Path(__file__).with_name("browser")
BROWSERS = ["chromium", "chromium-browser", "google-chrome"]


def audit(pages: Iterable[Path]) -> list[dict[str, Any]]:
    """At each width each page in each scheme of colours: ``page``, ``width``, ``scheme``, ``rules`` (those
    broken: name, how often, first place), ``elsewhere`` (what was asked for that is not in the page),
    ``overflow`` (how many pixels the page is too wide) and ``covered`` (links of its contents that lead to a
    heading that something then stands before). Without a browser the test is skipped.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (browser and shutil.which("node")):
        pytest.skip("no chromium or no node on this computer")
    if not (TOOLS / "node_modules").is_dir():
        pytest.skip("no axe yet: npm ci --prefix tests/browser")
    command = ["node", TOOLS / "audit.mjs", browser, *pages]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
