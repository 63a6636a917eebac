"""What is odd about the answers of an export, without being wrong: counted, never left out, never repeated.

Every check gives cautions: a count and a place. No value that somebody typed is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from leercultuur.checks.cautions import Caution, say_count
from leercultuur.formatting import nl_date, nl_number, nl_percent
from leercultuur.instrument import load_instrument
from leercultuur.intake.cleaning import CleanedAnswers
from leercultuur.periods import Fieldwork, Period, load_fieldwork
from leercultuur.thresholds import (
    EMPTY_DAYS,
    FEW_RESPONDENTS,
    MANY_STRAIGHT_LINERS,
    MIN_ANSWERED,
    REPEATED_WITHIN,
    SECONDS_PER_QUESTION,
)

ZONE = ZoneInfo("Europe/Amsterdam")
TIMES = ("started_at", "submitted_at")
LISTS = ("vragenlijst", "vragenlijsten")
# UTF-8 read as Windows-1252: an accented letter, a quote or dash, a byte order mark; and what was lost.
CONTINUED = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
MOJIBAKE = re.compile(f"[ÂÃ]{CONTINUED}|â€|ï¿½|ï»¿|\ufffd")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # not tab and end of line
COUNTED = "Zij tellen mee; nagerekend is wat er zonder hen verandert."
# What is noted of a questionnaire that counts -> what is odd, after "Bij 3 vragenlijsten".
FLAGS = {
    "einde_voor_begin": "ligt het einde voor het begin",
    "snel": f"kostte het invullen minder dan {nl_number(SECONDS_PER_QUESTION)} seconden per vraag",
    "dubbel": "zijn alle antwoorden gelijk aan die van een eerdere vragenlijst van dezelfde organisatie, of "
    f"van hooguit {nl_number(REPEATED_WITHIN)} minuten eerder",
    "bijna_gelijk": "is op één na elk antwoord op de vragen naar de kenmerken hetzelfde",
}


def flag_questionnaires(respondents: pd.DataFrame) -> pd.DataFrame:
    """What is odd about which questionnaire that counts.

    Parameters
    ----------
    respondents
        A row is a questionnaire that counts, as ``clean_answers`` gives it: with ``started_at``,
        ``submitted_at``, ``organisation_id`` and the answers.

    Returns
    -------
    DataFrame of bool
        Same rows; a column per key of ``FLAGS``. Without a start time nothing is known of the time it took;
        who answered less than ``MIN_ANSWERED`` of the items is not said to repeat.
    """
    instrument = load_instrument()
    items = respondents[instrument.items]
    enough = items.notna().mean(axis=1) >= MIN_ANSWERED
    most = pd.concat([items.eq(option).sum(axis=1) for option in range(1, 6)], axis=1).max(axis=1)
    seconds = (respondents["submitted_at"] - respondents["started_at"]).dt.total_seconds()
    answered = respondents[instrument.variables].notna().sum(axis=1)
    return pd.DataFrame(
        {
            "einde_voor_begin": seconds < 0,
            "snel": (seconds >= 0) & (seconds + _slack(respondents) <= SECONDS_PER_QUESTION * answered),
            "dubbel": enough & _find_repeats(respondents),
            "bijna_gelijk": enough & (items.notna().sum(axis=1) - most == 1),
        }
    )


def _slack(respondents: pd.DataFrame) -> int:
    """How many seconds more than its times say a questionnaire may have taken: those are cut off."""
    whole = all((respondents[column].dropna().dt.second == 0).all() for column in TIMES)
    return 60 if whole else 1


def _find_repeats(respondents: pd.DataFrame) -> pd.Series:
    """Which have the answers of an earlier one of the organisation, or of one shortly before."""
    ordered = respondents.sort_values("submitted_at", kind="stable")
    content = pd.util.hash_pandas_object(ordered[load_instrument().variables], index=False)
    same = pd.DataFrame({"content": content, "organisation": ordered["organisation_id"]})
    of_one = same.duplicated() & same["organisation"].notna()
    gaps = ordered["submitted_at"].groupby(content).diff()
    return (of_one | (gaps <= timedelta(minutes=REPEATED_WITHIN))).reindex(respondents.index)


def check_answers(answers: pd.DataFrame, period: Period, today: date | None = None) -> list[Caution]:
    """Cautions about a whole export: dates to come, and texts that were read in another encoding.

    Parameters
    ----------
    answers
        A row is a questionnaire, columns as ``read_export`` gives them.
    period
        Of the run.
    today
        The last day that can be in an export; the day itself when not given.
    """
    last = pd.Timestamp(max(period.end, today or date.today()))
    late = pd.concat([answers[column].dt.normalize() > last for column in TIMES], axis=1).any(axis=1)
    found = [
        _note(
            "toekomst", late, "ligt een tijd in de toekomst", _name_times(),
            "Controleer de klok van het platform en de datumnotatie van de export.",
        )
    ]  # fmt: skip
    instrument = load_instrument()
    for column in instrument.personal:
        texts, where = answers[column].fillna("").astype(str), instrument.header(column)
        for key, odd, what, remedy in (
            ("tekens", MOJIBAKE, "staan in een tekst tekens die verkeerd zijn ingelezen",
             "Exporteer het bestand opnieuw als UTF-8."),
            ("stuurtekens", CONTROL, "staan in een tekst onzichtbare stuurtekens",
             "Verwijder ze op het platform of in de export."),
        ):  # fmt: skip
            found.append(_note(key, texts.str.contains(odd), what, where, remedy))
    return [*filter(None, found), *check_wording()]


def check_wording() -> list[Caution]:
    """A caution when questions or options in the codebook were read in another encoding."""
    instrument = load_instrument()
    texts = [instrument.header(name) for name in [*instrument.export_columns, *instrument.variables]]
    for variable in ("status", *instrument.variables):
        texts += instrument.options(variable).values()
    odd = sum(bool(MOJIBAKE.search(text)) for text in set(texts))
    if not odd:
        return []
    text = "In het codeboek staan vragen of antwoorden met tekens die verkeerd zijn ingelezen: "
    remedy = "Bewaar het bestand als UTF-8."
    return [Caution("tekens", f"{text}{nl_number(odd)}.", "data/instrument.yml", remedy=remedy)]


def check_cleaned(cleaned: CleanedAnswers, period: Period) -> list[Caution]:
    """Cautions about what cleaning leaves: odd questionnaires and times, many left out, few that count, days
    without any.

    ``cleaned`` has ``flags``, and respondents with ``started_at``.
    """
    respondents, flags = cleaned.respondents, cleaned.flags
    where = {"dubbel": "alle vragen", "bijna_gelijk": "vragen naar de kenmerken"}
    noted = [
        _note(key, flags[key], what, where.get(key, _name_times()), COUNTED) for key, what in FLAGS.items()
    ]
    missing = pd.concat([_find_missing_hour(respondents[column]) for column in TIMES], axis=1).any(axis=1)
    noted.append(
        _note(
            "tijd_bestaat_niet", missing, "staat een tijd die niet bestaat: in het uur dat bij het begin van "
            "de zomertijd wordt overgeslagen", _name_times(),
            "Controleer of het platform de Nederlandse tijd opschrijft.",
        )
    )  # fmt: skip
    submitted = respondents["submitted_at"]
    return [
        *filter(None, noted),
        *_check_straight_liners(cleaned.flow),
        *_check_number(len(respondents)),
        *check_period(submitted, period, load_fieldwork()),
    ]


def check_period(submitted: pd.Series, period: Period, fieldwork: Fieldwork) -> list[Caution]:
    """Cautions when answers do not cover the period that was asked for, or no campaign falls in it."""
    found, margin = [], timedelta(days=EMPTY_DAYS)
    first, last = submitted.min().date(), submitted.max().date()
    sides = []
    if first - period.start > margin:
        sides.append(f"de eerste is uit de week van {nl_date(_find_monday(first))}")
    if period.end - last > margin:
        sides.append(f"de laatste is uit de week van {nl_date(_find_monday(last))}")
    if sides:
        text = f"De vragenlijsten beslaan niet de hele periode ({period}): {' en '.join(sides)}."
        remedy = "Controleer of de export volledig is, of kies een kortere periode."
        found.append(Caution("periode_niet_gevuld", text, _name(["submitted_at"]), remedy=remedy))
    if not any(campaign.overlap(period).days for campaign in fieldwork.rounds):
        text = f"In deze periode ({period}) valt geen campagne."
        remedy = "Vul de campagnes aan als er wel een was."
        found.append(Caution("geen_campagne", text, "data/campaigns.yml", remedy=remedy))
    return found


def _find_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _check_straight_liners(flow: pd.DataFrame) -> Iterable[Caution]:
    counts = flow.set_index("category")["count"]
    count = int(counts["uitgesloten_gelijk_antwoord"])
    share = count / counts["ingevuld"]
    if share > MANY_STRAIGHT_LINERS:
        text = "Weggelaten omdat alle vragen naar de kenmerken hetzelfde antwoord kregen: "
        text += f"{say_count(count, *LISTS)}. Dat is meer dan {nl_percent(100 * MANY_STRAIGHT_LINERS, 0)}."
        remedy = "Ga na hoe de vragenlijst is aangeboden."
        yield Caution("veel_gelijk_antwoord", text, count=count, remedy=remedy)


def _check_number(count: int) -> Iterable[Caution]:
    if count < FEW_RESPONDENTS:
        text = f"Er {'telt' if count == 1 else 'tellen'} {say_count(count, *LISTS)} mee; met minder dan "
        text += f"{nl_number(FEW_RESPONDENTS)} zijn intervallen en toetsen onzeker."
        remedy = "Kies een langere periode."
        yield Caution("weinig_vragenlijsten", text, count=count, remedy=remedy)


def _note(key: str, odd: pd.Series, what: str, where: str, remedy: str) -> Caution | None:
    """A caution about questionnaires; None when it is true of none."""
    count = int(odd.sum())
    text = f"Bij {say_count(count, *LISTS)} {what}."
    return Caution(key, text, where, count, remedy) if count else None


def _find_missing_hour(times: pd.Series) -> pd.Series:
    """Which times no Dutch clock showed. One that it showed twice is taken as it is."""
    local = times.dt.tz_localize(ZONE, ambiguous=np.ones(len(times), dtype=bool), nonexistent="NaT")
    return times.notna() & local.isna()


def _name_times() -> str:
    return _name(TIMES)


def _name(columns: Iterable[str]) -> str:
    """Columns as the export calls them."""
    return ", ".join(map(load_instrument().header, columns))
