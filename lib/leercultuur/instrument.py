"""The codebook: variables, wording, options and their order, read from ``data/instrument.yml``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from leercultuur.checks.codebook import read_codebook
from leercultuur.project import PROJECT

CODEBOOK = PROJECT / "data" / "instrument.yml"


class Instrument:
    """The questionnaire as ``instrument.yml`` describes it.

    Variables are named by their key (``taken_autonomie``, ``omvang``). Items and statements are answered
    1-5; ``aandacht`` is categorical with options 1-5 and is used as a score.

    Parameters
    ----------
    raw
        The file's contents, checked (``read_codebook``).
    """

    def __init__(self, raw: dict[str, Any]) -> None:
        self._raw = raw

    @property
    def scales(self) -> list[str]:
        """The characteristics, in questionnaire order."""
        return list(self._raw["scales"])

    @property
    def items(self) -> list[str]:
        """The questions about the characteristics, in questionnaire order."""
        return list(self._raw["items"])

    @property
    def item_stem(self) -> str:
        """The words that the questions about the characteristics begin with."""
        return self._raw["item_stem"]

    @property
    def statements(self) -> list[str]:
        """The WEA statements, in questionnaire order."""
        return list(self._raw["statements"])

    @property
    def categorical(self) -> list[str]:
        """The questions with named options, in questionnaire order: aandacht, scholing, rol and so on."""
        return list(self._raw["categorical"])

    @property
    def variables(self) -> list[str]:
        """Every question that is analysed, in the order of the export."""
        return [*self.items, *self.statements, *self.categorical]

    @property
    def derived(self) -> dict[str, list[str]]:
        """Score -> the questions whose mean it is: the scales and informeel_leren."""
        scores = {scale: self.items_of(scale) for scale in self.scales}
        return scores | {name: list(entry["items"]) for name, entry in self._raw["derived"].items()}

    @property
    def export_columns(self) -> list[str]:
        """Columns of the export beside the questions: number, times, status, texts."""
        return list(self._raw["export"])

    @property
    def personal(self) -> list[str]:
        """Export columns with personal data, which never leave the cleaning step."""
        return list(self._raw["personal"])

    @property
    def synthetic_prefix(self) -> str:
        """How the respondent numbers of made-up questionnaires begin."""
        return self._raw["synthetic_prefix"]

    @property
    def aliases(self) -> dict[str, dict[str, Any]]:
        """What exports may call things beside the wording: ``questions`` and ``columns`` (variable -> texts),
        ``options`` (likert, agreement, status or a question -> option -> texts)."""
        return {
            part: self._raw.get("aliases", {}).get(part, {}) for part in ("questions", "columns", "options")
        }

    @property
    def codes(self) -> dict[str, dict[Any, int]]:
        """The numbers that a platform gives to options, where these are not 1, 2, … in order."""
        return dict(self._raw.get("codes", {}))

    @property
    def may_be_absent(self) -> list[str]:
        """Columns and questions that an export may lack."""
        return list(self._raw.get("may_be_absent", []))

    @property
    def classes(self) -> dict[str, dict[str, list[Any]]]:
        """Ways of taking options together: name -> class -> the options in it."""
        return {
            name: {key: list(entry["options"]) for key, entry in system.items()}
            for name, system in self._raw["classes"].items()
        }

    @property
    def populations(self) -> dict[str, list[str] | None]:
        """Who a table is about: name -> the size classes in it; None for everybody."""
        return {name: entry.get("omvang") for name, entry in self._raw["populations"].items()}

    def items_of(self, scale: str) -> list[str]:
        """The items of one scale, in questionnaire order."""
        return [item for item in self.items if self.scale_of(item) == scale]

    def scale_of(self, item: str) -> str:
        """The scale that an item belongs to."""
        return self._raw["items"][item]["scale"]

    def aspect_of(self, item: str) -> str:
        """What of its scale an item is about; "" where the codebook does not say."""
        return self._raw["items"][item].get("aspect", "")

    def option_list(self, variable: str) -> str:
        """Where its options stand in the codebook: likert, agreement, status, or the question itself."""
        if variable in self._raw["items"]:
            return "likert"
        return "agreement" if variable in self._raw["statements"] else variable

    def options(self, variable: str) -> dict[Any, str]:
        """Option key -> wording, in order. Keys are 1-5 for items, statements and aandacht, else text."""
        name = self.option_list(variable)
        return self._raw[name] if name in self._raw else self._raw["categorical"][name]["options"]

    def is_ordered(self, variable: str) -> bool:
        """True for options that rise or fall; False for those that merely differ (rol, sector)."""
        return self._raw["categorical"].get(variable, {"ordered": True}).get("ordered", False)

    def rest_options(self, variable: str) -> list[str]:
        """Options that are no group to compare, such as "anders" and "weet ik niet"."""
        return list(self._raw["categorical"][variable].get("rest", []))

    def header(self, variable: str) -> str:
        """The full question text: the column's name in the export."""
        if variable in self._raw["items"]:
            return f"{self._raw['item_stem']} {self._raw['items'][variable]['label']}"
        if variable in self._raw["statements"]:
            return self._raw["statements"][variable]["label"]
        if variable in self._raw["categorical"]:
            return self._raw["categorical"][variable]["question"]
        return self._raw["export"][variable]

    def label(self, variable: str) -> str:
        """How a variable is named in tables and figures: its short name, or else its label."""
        for part in ("items", "statements", "derived", "categorical"):
            if variable in self._raw[part]:
                entry = self._raw[part][variable]
                return entry.get("short", entry["label"])
        return self._raw["scales"][variable]["label"]

    def text(self, variable: str) -> str:
        """How a variable is named within a sentence: a question by its short name between quotes."""
        if variable in self.items or variable in self.statements:
            return f'"{lower_first(self.label(variable))}"'
        return self._raw["scales"].get(variable, {}).get("text", lower_first(self.label(variable)))

    def is_plural(self, variable: str) -> bool:
        """Whether that name is a plural: "leerrijke taken scoren"."""
        return self._raw["scales"].get(variable, {}).get("plural", False)

    def option_text(self, variable: str, option: str) -> str:
        """How an option or class is named within a sentence: ``kleine organisaties``."""
        texts = self._raw["categorical"].get(variable, {}).get("texts", {})
        return texts.get(option) or lower_first(self.option_names(variable).get(option, option))

    def preposition(self, variable: str) -> str:
        """What stands before such a name: "in" (the sectors) or "bij"."""
        return self._raw["categorical"].get(variable, {}).get("preposition", "bij")

    def option_names(self, variable: str) -> dict[str, str]:
        """Option or class, as text -> how it is named in tables and figures: short where there is a short
        name. Classes of other questions are there too; the question's own options go before them."""
        systems = self._raw["classes"].values()
        names = {key: entry["label"] for system in systems for key, entry in system.items()}
        if variable in self.variables:
            short = self._raw["categorical"].get(variable, {}).get("names", {})
            names |= {str(key): short.get(key, text) for key, text in self.options(variable).items()}
        return names


def lower_first(text: str) -> str:
    """Without the capital of a beginning; an abbreviation (HR) keeps its own."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def load_instrument() -> Instrument:
    """The codebook of the project, checked; read once a process.

    Raises
    ------
    InputError
        The file is missing or unreadable, or something in it cannot be right: Dutch, with the key.
    """
    return _load(CODEBOOK)


@cache
def _load(path: Path) -> Instrument:
    return Instrument(read_codebook(path))
