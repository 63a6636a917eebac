"""Cautions kept in a run folder, for the record, the screen and the notebook that shows them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from leercultuur.checks.cautions import Caution

FILE = "data/cautions.json"


def write_cautions(run_dir: Path, cautions: Iterable[Caution]) -> None:
    """Write ``data/cautions.json``: a list, in the order given; an entry has the attributes of a caution."""
    path = run_dir / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(caution) for caution in cautions], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_cautions(run_dir: Path) -> list[Caution]:
    """The cautions of a run folder, in order; none where none were kept."""
    return [Caution(**entry) for entry in read_entries(run_dir)]


def read_entries(run_dir: Path) -> list[dict[str, Any]]:
    """The same as they stand in the file."""
    path = run_dir / FILE
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
