"""Findings about the respondents: how many, when, who, and whether they are like Dutch organisations."""

from __future__ import annotations

import pandas as pd

from leercultuur.appraisal.weighting import FEW
from leercultuur.disclosure.hiding import find_disclosure
from leercultuur.findings.extremes import find_largest
from leercultuur.findings.finding import DESCRIPTIVE, Basis, Finding, Row, read_by, read_rows
from leercultuur.findings.grammar import (
    TOO_FEW,
    capital,
    choose,
    first_reason,
    group,
    groups,
    is_shown,
    largest_first,
    name,
    names,
)
from leercultuur.formatting import controls_label, nl_join, nl_number
from leercultuur.instrument import lower_first
from leercultuur.keys import PLAIN, STANDARDISED, list_adjustments
from leercultuur.periods import Fieldwork
from leercultuur.statistics.significance import DEMONSTRATED, EQUIVALENT, OPEN
from leercultuur.thresholds import MIN_BASE

WHY_LEFT_OUT = {  # of the rules of the cleaning
    "gelijk_antwoord": "alle vragen naar de kenmerken kregen hetzelfde antwoord",
    "test": 'in een tekstveld staat het woord "test"',
    "niet_voltooid": "de vragenlijst is niet voltooid",
    "leeg": "op geen enkele vraag naar de kenmerken is geantwoord",
}
OVER, UNDER = "oververtegenwoordigd", "ondervertegenwoordigd"


def find_response(flow: pd.DataFrame) -> list[Finding]:
    """``clean_answers``: how many questionnaires count, and why others do not."""
    rows, basis = read_by(flow, "category"), Basis()
    if flow["count"].isna().any():
        counted = int(rows["analyse"]["count"])
        text = f"Er {choose(counted, 'telt', 'tellen')} {basis(rows['analyse'], 'count')} "
        text += f"{choose(counted, 'vragenlijst', 'vragenlijsten')} mee. Wat is weggelaten, is te weinig om "
        return [basis.finding("respons.telt_mee", DESCRIPTIVE, f"{text}geheel te tonen.")]
    filled_in, left = int(rows["ingevuld"]["count"]), int(rows["uitgesloten"]["count"])
    text = f"In de periode {choose(filled_in, 'is', 'zijn')} {basis(rows['ingevuld'], 'count')} "
    text += f"{choose(filled_in, 'vragenlijst', 'vragenlijsten')} ingevuld. Daarvan "
    text += f"{choose(int(rows['analyse']['count']), 'telt', 'tellen')} er "
    text += f"{basis(rows['analyse'], 'count')} mee; "
    text += (
        f"{basis(rows['uitgesloten'], 'count')} {choose(left, 'is', 'zijn')} weggelaten."
        if left
        else "niets is weggelaten."
    )
    found = [basis.finding("respons.telt_mee", DESCRIPTIVE, text)]
    steps = [(f"uitgesloten_{key}", why) for key, why in WHY_LEFT_OUT.items()]
    reasons = [(rows[step], why) for step, why in steps if step in rows]
    reasons = sorted((pair for pair in reasons if pair[0]["count"]), key=lambda pair: -pair[0]["count"])
    if reasons:
        basis = Basis()
        said = nl_join([f"{why} ({basis(row, 'count')})" for row, why in reasons])
        found.append(basis.finding("respons.weggelaten", DESCRIPTIVE, f"De redenen om weg te laten: {said}."))
    return found


def find_organisations(organisations: pd.DataFrame) -> list[Finding]:
    """``count_organisations``: does an organisation count more than once?"""
    rows, basis, key = read_rows(organisations), Basis(), "organisaties.meer_dan_een"
    basis.rest_on(rows, "respondents")
    if organisations["questionnaires"].isna().all():
        text = (
            "De vragenlijsten noemen geen organisatie: of er één meer dan eens meedeed, is niet na te gaan."
        )
        return [basis.finding(key, DESCRIPTIVE, text)]
    several = [row for row in rows if row["questionnaires"] > 1]
    more = " of meer" if find_disclosure(organisations) else ""
    if any(row["organisations"] != row["organisations"] for row in several):
        text = "Enkele organisaties vulden meer dan één vragenlijst in: te weinig om alle aantallen te tonen."
        return [basis.finding(key, DESCRIPTIVE, text)]
    if not several:
        text = "Geen enkele organisatie vulde, naar haar naam te oordelen, meer dan één vragenlijst in."
        return [basis.finding(key, DESCRIPTIVE, text)]
    parts = [
        f"{basis(row, 'organisations')} {choose(int(row['organisations']), 'organisatie', 'organisaties')} "
        f"met {basis(row, 'questionnaires', nl_number)}{more} vragenlijsten"
        for row in several
    ]
    text = f"Er {choose(int(several[0]['organisations']), 'is', 'zijn')} {nl_join(parts)}. "
    text += "Bij klein tegenover midden "
    return [basis.finding(key, DESCRIPTIVE, f"{text}en bij de campagnes is nagerekend of dat uitmaakt.")]


def find_missing(missing: pd.DataFrame) -> list[Finding]:
    """``count_missing``: the question that was skipped most."""
    rows, basis, key = read_rows(missing), Basis(), "ontbrekend.vaakst"
    shown = [row for row in rows if row["missing"] == row["missing"]]
    if len(shown) < len(rows) and not any(row["missing"] for row in shown):
        text = "In de vragenlijsten die meetellen is elke vraag door bijna iedereen beantwoord."
        return [Basis.on(rows, "n").finding(key, DESCRIPTIVE, text)]
    rows = shown
    most = max(rows, key=lambda row: row["missing"])
    those = [row for row in rows if row["missing"] == most["missing"]]
    if not most["missing"]:
        basis.rest_on(rows, "missing")
        return [
            basis.finding(key, DESCRIPTIVE, "In de vragenlijsten die meetellen is elke vraag beantwoord.")
        ]
    about = [row["measure"] for row in those]
    text = f"Het vaakst overgeslagen {choose(those, 'is', 'zijn')} {names(about)}: bij "
    text += f"{basis(most, 'percent_missing')} van de vragenlijsten die meetellen."
    return [basis.finding(key, DESCRIPTIVE, text, about=about)]


def find_fieldwork(weeks: pd.DataFrame, campaigns: pd.DataFrame, fieldwork: Fieldwork) -> list[Finding]:
    """``responses_per_week`` and ``responses_per_campaign``: when were they filled in?"""
    keys, found = {campaign.key for campaign in fieldwork.campaigns}, []
    rows = [row for row in read_rows(campaigns) if row["count"] > 0]
    during, outside = ([row for row in rows if (row["category"] in keys) == which] for which in (True, False))
    if during:
        basis = Basis()
        first, *others = [*during, *outside]
        number = basis(first, "per_week")
        came, lists = ("kwam", "vragenlijst") if number == "1" else ("kwamen", "vragenlijsten")
        text = f"Tijdens {basis(first, 'label', lower_first)} {came} er gemiddeld {number} {lists} per week "
        text += "binnen"
        parts = [(basis(row, "per_week"), basis(row, "label", lower_first), row in during) for row in others]
        rest = [f"{many} {'tijdens ' if inside else ''}{label}" for many, label, inside in parts]
        text += f", tegen {nl_join(rest)}." if rest else "."
        rates = [[row["per_week"] for row in side] for side in (during, outside)]
        more = bool(outside) and min(rates[0]) > max(rates[1])
        title = (
            "Per week kwamen er tijdens de campagnes meer vragenlijsten binnen dan daarbuiten"
            if more
            else text
        )
        about = [row["category"] for row in during] if more else []
        found.append(basis.finding("respons.campagnes", DESCRIPTIVE, text, title, about))
    elif rows:
        found.append(
            Basis.on(rows, "count").finding(
                "respons.campagnes", DESCRIPTIVE, "In deze periode viel geen campagne."
            )
        )
    shown = [row for row in read_rows(weeks) if row["count"] == row["count"]]
    peak, basis = max(shown, key=lambda row: row["count"], default=None), Basis()
    if peak is not None and len(weeks) > 1 and (weeks["count"] == peak["count"]).sum() == 1:
        text = f"De meeste vragenlijsten kwamen in de week van {basis(peak, 'week_start')}: "
        text += f"{basis(peak, 'count')}."
        found.append(basis.finding("respons.drukste_week", DESCRIPTIVE, text))
    return found


def find_phases(composition: pd.DataFrame, differences: pd.DataFrame) -> list[Finding]:
    """``compare_composition`` and ``compare_adjusted``: may times with and without a campaign be compared?"""
    mixes, last = read_rows(composition), list_adjustments(differences["category"])[-1]
    plain, adjusted = (
        [row for row in read_rows(differences) if row["category"] == key] for key in (PLAIN, last)
    )
    found, basis = [], Basis()
    key = "campagne.samenstelling"
    if any(row["verdict"] for row in mixes):
        mixed = [row for row in mixes if is_shown(row)]
        basis.rest_on(row for row in mixes if row["verdict"])
        how = f"aantoonbaar naar {nl_join([name(row['measure']) for row in mixed])}" if mixed else ""
        text = f"Wie invulde, verschilt tijdens en buiten de campagnes {how or 'niet aantoonbaar'}."
        about = [row["measure"] for row in mixed]
        found.append(basis.finding(key, DEMONSTRATED if mixed else OPEN, text, about=about))
    key, basis = "campagne.kenmerken", Basis()
    if not any(row["verdict"] for row in adjusted):
        basis.rest_on(adjusted, "n")
        text = f"Tijden met en zonder campagne zijn hier niet te vergelijken: {first_reason(adjusted)}."
        return [*found, basis.finding(key, OPEN, text)]
    basis.rest_on(row for row in [*plain, *adjusted] if row["verdict"])
    shown, before = ([row["measure"] for row in rows if is_shown(row)] for rows in (adjusted, plain))
    equal = [row["measure"] for row in adjusted if row["verdict"] == EQUIVALENT]
    held = f"bij gelijke {controls_label(last)}"
    if shown:
        text = f"De scores tijdens en buiten de campagnes verschillen {held} aantoonbaar bij {names(shown)}: "
        return [
            *found,
            basis.finding(key, DEMONSTRATED, f"{text}vergelijk die tijden niet zonder meer.", "", shown),
        ]
    if before:
        text = "De scores tijdens en buiten de campagnes verschillen alleen zonder correctie aantoonbaar bij "
        return [*found, basis.finding(key, OPEN, f"{text}{names(before)}.", "", before)]
    text = f"Een verschil in score tijdens en buiten de campagnes is {held} niet aangetoond"
    if len(equal) == len(adjusted):
        text = f"{capital(held)} is op elk kenmerk aangetoond dat het verschil in score tijdens en buiten de "
        text += "campagnes te klein is om van betekenis te zijn"
    elif equal:
        text += f"; dat het te klein is om van betekenis te zijn, is aangetoond bij {names(equal)}"
    mixed = [row for row in read_rows(differences) if row["category"] == STANDARDISED and row["verdict"]]
    basis.rest_on(mixed)
    if equal and mixed:
        same = [row["measure"] for row in mixed if row["verdict"] == EQUIVALENT]
        where = f"bij {names(same)}" if same else "bij geen kenmerk"
        text += f". Een controle zonder model, met {basis(mixed[0], 'n')} invullers, toont dat {where} aan"
    strength = DEMONSTRATED if len(equal) == len(adjusted) else OPEN
    title = "Een verschil in score tijdens en buiten de campagnes is niet aangetoond"
    if strength == DEMONSTRATED:
        title = "Tijdens en buiten de campagnes is het verschil in score te klein om van betekenis te zijn"
    return [*found, basis.finding(key, strength, f"{text}.", title, equal)]


def find_roles(roles: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of rol."""
    return [find_largest(roles, "rol.grootste", "Meest voorkomende rol")]


def find_perspectives(perspectives: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of perspectief."""
    basis, rows = Basis(), read_rows(perspectives)
    shown = sorted((row for row in rows if row["percent"] == row["percent"]), key=lambda row: -row["count"])
    if not shown:
        basis.rest_on(rows[0], "n")
        return [
            basis.finding("perspectief.open", OPEN, f"Over het perspectief is niets te zeggen: {TOO_FEW}.")
        ]
    first, *others = shown
    text = (
        f"Voor {group('perspectief', first['category'])} vulde {basis(first, 'percent')} van de invullers in"
    )
    for row in others:
        text += f", voor {group('perspectief', row['category'])} {basis(row, 'percent')}"
    return [basis.finding("perspectief.verdeling", DESCRIPTIVE, f"{text}.")]


def find_sectors(sectors: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of sector."""
    return [find_largest(sectors, "sector.grootste", "Meest voorkomende sector")]


def find_sizes(sizes: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of omvang."""
    return [find_largest(sizes, "omvang.grootste", "Meest voorkomende omvang", 4)]


def find_representation(comparison: pd.DataFrame) -> list[Finding]:
    """``compare_with_population``: of which sectors and sizes are there more, or fewer, than nationally?"""
    found = []
    for by in comparison["measure"].unique():
        rows = [row for row in read_rows(comparison) if row["measure"] == by and row["verdict"]]
        if not rows or rows[0]["n"] < MIN_BASE:
            continue
        for verdict, side in ((OVER, "over"), (UNDER, "onder")):
            those = sorted((row for row in rows if row["verdict"] == verdict), key=lambda row: -row["ratio"])
            those = those if verdict == OVER else those[::-1]
            if not those:
                continue
            basis = Basis()
            basis.rest_on(those)
            parts = [
                f"{group(by, row['category'])} ({basis(row, 'share')} van de invullers, "
                f"{basis(row, 'population_share')} van de bedrijven)"
                for row in those
            ]
            about = [row["category"] for row in those]
            text = f"Naar {name(by)} aantoonbaar {verdict}: {nl_join(parts)}."
            title = f"Naar {name(by)} aantoonbaar {verdict}: {groups(by, about)}"
            found.append(basis.finding(f"afspiegeling.{by}.{side}", DEMONSTRATED, text, title, about))
        rows = [row for row in rows if row["verdict"] != FEW]
        unsure = [row for row in rows if row["verdict"] not in (OVER, UNDER)]
        if unsure:
            about = [row["category"] for row in unsure]
            text = f"Een ander aandeel dan in Nederland is niet aangetoond bij {groups(by, about)}."
            title = f"Naar {name(by)} is {'geen' if len(unsure) == len(rows) else 'niet overal een'} "
            title += "ander aandeel dan in Nederland aangetoond"
            found.append(Basis.on(unsure).finding(f"afspiegeling.{by}.open", OPEN, text, title, about))
    return found


def find_trends(shares: pd.DataFrame) -> list[Finding]:
    """``compare_shares``: which answers are given more, or less, by larger organisations?"""
    rows, found = read_rows(shares), []
    variable, by = shares["measure"].iloc[0], shares["group_var"].iloc[0]
    key = f"{variable}_naar_{by}"
    tested = [row for row in rows if row["verdict"]]
    if not tested:
        text = f"Of {name(variable)} verschilt naar {name(by)}, is niet te zeggen: {first_reason(rows)}."
        return [Basis.on(rows, "n").finding(f"{key}.open", OPEN, text)]
    for side, sign, more in (("stijgt", 1, "groter"), ("daalt", -1, "kleiner")):
        those = largest_first(filter(is_shown, tested), "slope", sign)
        if not those:
            continue
        basis = Basis()
        basis.rest_on(those)
        parts = [
            f"{group(variable, row['category'])} ({_way(row)}van {basis(row, 'first_percent')} naar "
            f"{basis(row, 'last_percent')})"
            for row in those
        ]
        about = [row["category"] for row in those]
        text = f"Aantoonbaar een {more} aandeel naarmate organisaties groter zijn: {nl_join(parts)}."
        title = f"Aantoonbaar een {more} aandeel naarmate organisaties groter zijn: {groups(variable, about)}"
        found.append(basis.finding(f"{key}.{side}", DEMONSTRATED, text, title, about))
    unsure = [row for row in tested if not is_shown(row)]
    if unsure:
        about = [row["category"] for row in unsure]
        text = f"Dat het aandeel stijgt of daalt met {name(by)}, is niet aangetoond bij "
        text += f"{groups(variable, about)}."
        found.append(Basis.on(unsure).finding(f"{key}.open", OPEN, text, about=about))
    return found


def _way(row: Row) -> str:
    """Whether it goes up or down at every step."""
    return "niet bij elke stap, " if row["steps_up"] and row["steps_down"] else ""
