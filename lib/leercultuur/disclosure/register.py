"""Which protected runs may have been shared, and what a new one gives away beside these.

Two reports of which the periods differ by a day can be subtracted from each other. The register remembers
of each run which questionnaires it counts: fingerprints of what was answered and when, not of a number or
file, so that the same questionnaire in a later export is the same here. It is confidential.

Not seen: what follows from three runs or more together, and how those in the difference answered.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.instrument import load_instrument
from leercultuur.intake.runs import find_confidential
from leercultuur.periods import Period, read_period
from leercultuur.project import InputError

NAME = "released.json"
GROUPS = ("omvang", "sector", "rol", "perspectief")  # what reports show groups of
EARLIER_RUN = "verschil_met_eerdere_run"
KEY = b"leercultuur"  # always the same: the same questionnaire must be the same in every run
DIGEST = 12  # bytes
Groups = tuple[str | None, ...]  # what one questionnaire says of itself, in the order of GROUPS


@dataclass(frozen=True)
class Released:
    """A protected run that was put in place.

    Attributes
    ----------
    name
        Of its folder.
    period, exports, min_cell
        What it is about, the names of its exports, the smallest count that it shows.
    questionnaires
        Fingerprint -> the groups that it is in.
    """

    name: str
    period: Period
    exports: tuple[str, ...]
    min_cell: int
    questionnaires: Mapping[str, Groups]

    def is_same_as(self, other: Released) -> bool:
        """Whether it is that run, made again: the same name and questionnaires."""
        return self.name == other.name and self.questionnaires.keys() == other.questionnaires.keys()


def find_register(run_dir: Path) -> Path:
    """Where runs are remembered: beside the confidential folder of a run."""
    return find_confidential(run_dir).with_name(NAME)


def take_fingerprints(respondents: pd.DataFrame) -> dict[str, Groups]:
    """Fingerprint -> groups of each questionnaire.

    Only what was answered counts, so that a question that is added to the codebook changes nothing; times to
    the minute, as some exports have no seconds. Equal ones are numbered.
    """
    names = sorted(set(load_instrument().variables) & set(respondents))
    moments = respondents["submitted_at"].dt.strftime("%Y-%m-%dT%H:%M")
    columns = {name: _write_answers(respondents[name]) for name in names}
    none = [None] * len(respondents)
    groups = zip(*(columns.get(name, none) for name in GROUPS), strict=True)
    found: dict[str, Groups] = {}
    seen: Counter[str] = Counter()
    for moment, group, *answers in zip(moments, groups, *columns.values(), strict=True):
        given = [f"{name}={answer}" for name, answer in zip(names, answers, strict=True) if answer]
        content = "\n".join([str(moment), *given])
        seen[content] += 1
        text = f"{content}\n#{seen[content]}"
        found[hashlib.blake2b(text.encode(), key=KEY, digest_size=DIGEST).hexdigest()] = group
    return found


def _write_answers(answers: pd.Series) -> list[str | None]:
    return [
        None if pd.isna(answer) else f"{answer:.0f}" if isinstance(answer, float) else str(answer)
        for answer in answers
    ]


def compare_runs(run: Released, known: Iterable[Released]) -> list[Caution]:
    """What a run gives away beside each of those that are known: a caution where it is about small groups.

    Raises
    ------
    InputError
        It has nearly the same questionnaires as another one: who has both can tell what the few others say.
    """
    cautions = []
    for other in known:
        mine, theirs = run.questionnaires.keys(), other.questionnaires.keys()
        if mine == theirs or mine.isdisjoint(theirs):
            continue
        least = max(run.min_cell, other.min_cell)
        if any(0 < len(only) < least for only in (mine - theirs, theirs - mine)):
            raise InputError(_refuse(other, least))
        if _differs_in_small_groups(run, other, least):
            text = f"Samen met run {other.name} ({other.period}), met deels dezelfde vragenlijsten, "
            text += "zijn aantallen in kleine groepen uit te rekenen."
            remedy = "Deel maar een van deze twee runs."
            cautions.append(Caution(EARLIER_RUN, text, remedy=remedy))
    return list(dict.fromkeys(cautions))


def _refuse(other: Released, least: int) -> str:
    return (
        f"Minder dan {least} vragenlijsten staan alleen in deze run of alleen in run {other.name} "
        f"({other.period}): wie beide heeft, kan afleiden wat daarin staat. De run is niet op zijn plaats "
        "gezet. Kies een periode die meer verschilt, of -p disclosure open voor intern gebruik; is die "
        f'andere run nooit gedeeld, vergeet hem dan met: python -m leercultuur forget "{other.name}"'
    )


def _differs_in_small_groups(run: Released, other: Released, least: int) -> bool:
    """Whether few of a group are in one of both only, of a group that is large enough to be shown by both."""
    a, b = run.questionnaires, other.questionnaires
    sizes = [_count_groups(a.values()), _count_groups(b.values())]
    few = set()
    for one, two in ((a, b), (b, a)):
        counts = _count_groups(one[key] for key in one.keys() - two.keys())
        few |= {group for group, count in counts.items() if count < least}
    return any(all(not 0 < size[group] < least for size in sizes) for group in few)


def _count_groups(questionnaires: Iterable[Groups]) -> Counter[tuple[str, ...]]:
    counts: Counter[tuple[str, ...]] = Counter()
    for groups, count in Counter(questionnaires).items():
        for group in _list_groups(groups):
            counts[group] += count
    return counts


def _list_groups(groups: Groups) -> Iterator[tuple[str, ...]]:
    """What one questionnaire counts in: its groups, the populations, and its groups within these."""
    answers = {name: key for name, key in zip(GROUPS, groups, strict=True) if key is not None}
    yield from answers.items()
    for population, sizes in load_instrument().populations.items():
        if sizes is not None and answers.get("omvang") in sizes:
            yield (population,)
            yield from ((population, *answer) for answer in answers.items() if answer[0] != "omvang")


def add_run(known: Iterable[Released], run: Released) -> list[Released]:
    """Those that are known, with this one. One of the same name with other questionnaires stays: it may have
    been shared."""
    return [*(other for other in known if not other.is_same_as(run)), run]


def read_register(path: Path) -> list[Released]:
    """The runs that are remembered; none without a register.

    Raises
    ------
    InputError
        It is damaged, or was edited: what is not in it would be compared with nothing.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw = json.loads(text)
        known = [_read_run(entry, raw["questionnaires"]) for entry in raw["runs"]]
        if _write_text(known) == text:
            return known
    except FileNotFoundError:
        return []
    except (ValueError, LookupError, TypeError, AttributeError):
        pass
    raise InputError(
        f"{path.parent.name}/{path.name}, het register van eerdere runs, is beschadigd of met de hand "
        "veranderd; verwacht is wat report daarin schrijft. Zet een reservekopie terug. Is die er niet: haal "
        "het bestand weg, en deel geen run die deels over dezelfde vragenlijsten gaat als een eerdere."
    )


def _read_run(entry: dict[str, Any], groups: dict[str, list[str | None]]) -> Released:
    if any(len(groups[key]) != len(GROUPS) for key in entry["questionnaires"]):
        raise ValueError("groups")
    return Released(
        name=entry["name"],
        period=read_period(entry["start_date"], entry["end_date"]),
        exports=tuple(entry["exports"]),
        min_cell=int(entry["min_cell"]),
        questionnaires={key: tuple(groups[key]) for key in entry["questionnaires"]},
    )


def write_register(path: Path, runs: Iterable[Released]) -> None:
    """Write the register whole or not at all; none when there is nothing to remember. The same runs give the
    same bytes."""
    runs = list(runs)
    if not runs:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(_write_text(runs))
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def _write_text(runs: Iterable[Released]) -> str:
    entries = [
        {
            "name": run.name,
            "start_date": run.period.start.isoformat(),
            "end_date": run.period.end.isoformat(),
            "exports": list(run.exports),
            "min_cell": run.min_cell,
            "questionnaires": sorted(run.questionnaires),
        }
        for run in runs
    ]
    entries.sort(key=lambda run: (run["name"], run["start_date"], run["end_date"], run["questionnaires"]))
    groups = {key: value for run in runs for key, value in run.questionnaires.items()}
    record = {"questionnaires": groups, "runs": entries}
    return json.dumps(record, sort_keys=True, ensure_ascii=False, separators=(",", ":")) + "\n"
