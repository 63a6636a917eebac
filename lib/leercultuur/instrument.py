"""The codebook: variables, wording, options and their order, read from ``data/instrument.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parents[2]

# A respondent counts as having answered a series of questions when at least this share of them is answered.
MIN_ANSWERED = 0.8


class InputError(ValueError):
    """Input that the workbook cannot use: a Dutch message says what, where, what was expected, what to do."""


@dataclass(frozen=True)
class Instrument:
    """The questionnaire as ``instrument.yml`` describes it.

    Variables are named by their key (``taken_autonomie``, ``omvang``). Items and statements are answered
    1-5; ``aandacht`` is categorical with options 1-5 and is used as a score.
    """

    raw: dict[str, Any]

    @property
    def scales(self) -> list[str]:
        """The five characteristics, in questionnaire order."""
        return list(self.raw["scales"])

    @property
    def items(self) -> list[str]:
        """The twenty questions, in questionnaire order."""
        return list(self.raw["items"])

    @property
    def statements(self) -> list[str]:
        """The five WEA statements, in questionnaire order."""
        return list(self.raw["statements"])

    @property
    def categorical(self) -> list[str]:
        """The questions with named options: aandacht, scholing, rol, perspectief, omvang, sector."""
        return list(self.raw["categorical"])

    @property
    def variables(self) -> list[str]:
        """Every question that is analysed, in the order of the export."""
        return [*self.items, *self.statements, *self.categorical]

    @property
    def derived(self) -> dict[str, list[str]]:
        """Score -> the items whose mean it is: the five scales and informeel_leren."""
        scores = {scale: self.items_of(scale) for scale in self.scales}
        return scores | {name: list(entry["items"]) for name, entry in self.raw["derived"].items()}

    @property
    def personal(self) -> list[str]:
        """Export columns with personal data, which never leave the cleaning step."""
        return list(self.raw["personal"])

    def items_of(self, scale: str) -> list[str]:
        """The items of one scale, in questionnaire order."""
        return [item for item, entry in self.raw["items"].items() if entry["scale"] == scale]

    def options(self, variable: str) -> dict[Any, str]:
        """Option key -> wording, in order. Keys are 1-5 for items, statements and aandacht, else text."""
        if variable in self.raw["items"]:
            return self.raw["likert"]
        if variable in self.raw["statements"]:
            return self.raw["agreement"]
        if variable == "status":
            return self.raw["status"]
        return self.raw["categorical"][variable]["options"]

    def is_ordered(self, variable: str) -> bool:
        """True for options that rise or fall; False for those that merely differ (rol, sector)."""
        return variable not in self.raw["categorical"] or "ordered" in self.raw["categorical"][variable]

    def rest_options(self, variable: str) -> tuple[str, ...]:
        """Options that are no group to compare, such as "anders" and "weet ik niet"."""
        return tuple(self.raw["categorical"][variable].get("rest", ()))

    def header(self, variable: str) -> str:
        """The full question text: the column's name in the export."""
        raw = self.raw
        if variable in raw["items"]:
            return f"{raw['item_stem']} {raw['items'][variable]['label']}"
        if variable in raw["statements"]:
            return raw["statements"][variable]["label"]
        if variable in raw["categorical"]:
            return raw["categorical"][variable]["question"]
        return raw["export"][variable]

    def label(self, variable: str) -> str:
        """How a variable is named in tables and figures: its short name, or else its label."""
        for section in ("items", "statements", "derived", "categorical"):
            if variable in self.raw[section]:
                entry = self.raw[section][variable]
                return entry.get("short", entry["label"])
        return self.raw["scales"][variable]["label"]


@cache
def load_instrument(path: Path = PROJECT / "data" / "instrument.yml") -> Instrument:
    """Read the codebook (once a process)."""
    return Instrument(yaml.safe_load(path.read_text(encoding="utf-8")))
