"""Are the campaign rounds whole? Checked whenever they are read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

from leercultuur.checks.codebook import UniqueKeyLoader
from leercultuur.project import InputError


def read_campaigns(path: Path) -> dict[str, Any]:
    """The contents of ``campaigns.yml``, checked.

    Raises
    ------
    InputError
        Missing or no YAML; a key missing or double; a day that is no date, a round that ends before it
        starts, or days in two rounds. Dutch, with file, campaign and remedy.
    """
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), UniqueKeyLoader)
        rounds = [
            (key, entry["start"], entry["end"])
            for key, campaign in raw["campaigns"].items()
            for entry in (campaign["label"] and campaign["rounds"])
        ]
        for part in ("between", "outside"):
            raw[part]["key"], raw[part]["label"]
        for key, start, end in rounds:
            if type(start) is not date or type(end) is not date:
                raise InputError(f"bij {key}: {start} of {end} is geen datum. Verwacht: jjjj-mm-dd")
            if start > end:
                raise InputError(f"bij {key}: {start} ligt na {end}. Verwacht: de eerste dag eerst")
        ordered = sorted(rounds, key=lambda entry: entry[1:])
        for (one, _, end), (other, start, _) in pairwise(ordered):
            if start <= end:
                raise InputError(
                    f"bij {one} en {other}: {start} zit in twee rondes. Verwacht: elke dag in één"
                )
    except FileNotFoundError:
        raise InputError(f"{path.name} is er niet. Zet een eerdere versie terug.") from None
    except InputError as error:
        raise InputError(f"{path.name}, {error}. Verbeter het bestand.") from None
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        reason = " ".join(f"{type(error).__name__} {error}".split())
        raise InputError(f"{path.name} is niet te lezen ({reason}). Zet een eerdere versie terug.") from None
    return raw
