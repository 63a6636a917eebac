"""Dutch sentences made from results: they change, weaken or go when the results do.

Every ``say_`` function takes the frames of the tests that its sentence rests on and gives plain Dutch; ""
when there is nothing to say. A difference is said to be there only where a test carries it, and to be none
only where an equivalence test does; nothing is called a cause.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from leercultuur.formatting import (
    controls_label,
    measure_label,
    nl_join,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
)
from leercultuur.keys import (
    INTERACTION,
    PLAIN,
    STANDARDISED,
    list_adjustments,
    split_groups,
    split_measures,
)
from leercultuur.statistics.significance import EQUIVALENT, NEGLIGIBLE, OPEN, is_demonstrated
from leercultuur.thresholds import ALPHA, ATTENUATED, CONFIDENCE, EQUIVALENCE

FIRST = 3  # of the shares that are named
MOST = 50  # percent of a difference: with more left, composition is no explanation of it


def say_groups(comparison: pd.DataFrame) -> str:
    """``compare_groups``: on which scores groups differ, and how much that is."""
    by = measure_label(comparison["group_var"].iloc[0]).lower()
    tested = comparison[comparison["p_welch"].notna()]
    if tested.empty:
        return f"Er zijn geen twee groepen naar {by} die groot genoeg zijn om te vergelijken."
    shown = tested[_shown(tested)]
    rest = tested.loc[~_shown(tested), "measure"]
    if shown.empty:
        return f"Een verschil naar {by} is niet aangetoond bij {_names(rest)}."
    ends = [nl_percent(100 * shown["omega_squared"].agg(end)) for end in ("min", "max")]
    share = " tot ".join(dict.fromkeys(ends))
    text = f"Er is een aantoonbaar verschil naar {by} bij {_names(shown['measure'])}: {by} gaat samen met "
    text += f"{share} van de spreiding daarin."
    return f"{text} Niet aangetoond is dat bij {_names(rest)}." if len(rest) else text


def say_correlation_tests(differences: pd.DataFrame) -> str:
    """``compare_correlations``: which correlations differ between groups?"""
    if differences["p"].isna().all():
        return "Er zijn geen twee groepen die groot genoeg zijn om de samenhang te vergelijken."
    shown = differences[_shown(differences)]
    if shown.empty:
        return "Bij geen enkele samenhang is een verschil tussen de groepen aangetoond."
    pairs = nl_join(
        [" met ".join(map(measure_label, split_measures(key))).lower() for key in shown["measure"]]
    )
    text = f"De samenhang verschilt aantoonbaar tussen de groepen bij {pairs}"
    others = differences["p"].notna().sum() - len(shown)
    number = f"andere {others}" if others > 1 else "andere"
    return f"{text}; bij de {number} is dat niet aangetoond." if others else f"{text}."


def say_adjusted(differences: pd.DataFrame) -> str:
    """``compare_adjusted`` of questions: is the difference between two groups one of their composition?"""
    by = differences["group_var"].iloc[0]
    pair = split_groups(differences["group"].iloc[0])
    both = " en ".join(option_label(by, key).split(" (")[0].lower() for key in pair)
    plain, adjusted, category = _plain_and_last(differences)
    held = f"gelijke {controls_label(category)}"
    if plain["p"].isna().all():
        return f"{both.capitalize()} zijn bij {held} niet te vergelijken: {_first(plain['reason'])}."
    before, tested = plain.index[_shown(plain)], adjusted["p"].notna()
    if before.empty:
        text = f"Op geen van de {len(plain)} vragen is een verschil tussen {both} aangetoond"
        revealed = adjusted.index[_shown(adjusted)]
        if len(revealed):
            return f"{text}; bij {held} wel op {_names(revealed)}."
        return f"{text}, ook niet bij {held}." if tested.all() else f"{text}."
    text = (
        f"{both.capitalize()} verschillen aantoonbaar op {_of(len(before), len(plain), 'vraag', 'vragen')}."
    )
    unsure, before = before[~tested[before]], before[tested[before]]
    if before.empty:
        return f"{text} Of dat bij {held} zo blijft, is niet na te gaan: {_first(adjusted['reason'])}."
    kept = 100 * adjusted.loc[before, "kept"]
    still = before[_shown(adjusted)[before] & (kept > 0)]
    number = f"op {len(still)} daarvan" if len(still) else "op geen daarvan"
    text += f" Bij {held} blijft dat aantoonbaar {number}"
    if (kept > 0).any():
        text += f"; er blijft {_range(kept[kept > 0])} van het verschil over"
        text += f" (mediaan {nl_percent(kept.median(), 0)})" if len(before) > 2 else ""
    text += f". Op {_names(unsure)} is het niet na te gaan." if len(unsure) else "."
    lost = kept[before.difference(still, sort=False)]
    turned = _shown(adjusted)[lost.index]
    for which, ending in (
        (lost > MOST, "is het dan niet meer aantoonbaar, al blijft het grootste deel ervan staan"),
        ((lost <= MOST) & ~turned, "blijft hooguit de helft over: daar kan de samenstelling het verklaren"),
        (turned, "keert het verschil om"),
    ):
        if which.any():
            text += f" Op {_names(lost.index[which])} {ending}."
    revealed = adjusted.index[_shown(adjusted) & ~_shown(plain)]
    if len(revealed):
        text += f" Alleen bij {held} is er een aantoonbaar verschil op {_names(revealed)}."
    return text if len(lost) else f"{text} Wat niet gevraagd is, kan nog wel meespelen."


def say_standardised(differences: pd.DataFrame) -> str:
    """``compare_adjusted``: does giving both groups one mix, without a model, come to the same?"""
    category = list_adjustments(differences["category"])[0]
    adjusted, same = (
        differences[differences["category"] == key].set_index("measure") for key in (category, STANDARDISED)
    )
    both = adjusted["p"].notna() & same["p"].notna()
    if not both.any():
        return ""
    largest = (adjusted["diff"] - same["diff"])[both].abs().max()
    other = (_shown(adjusted) != _shown(same))[both].sum()
    name = controls_label(category)
    text = f"Ter controle kregen beide groepen dezelfde mix van {name}, zonder model: het verschil wijkt "
    text += f"daarbij hooguit {nl_number(largest, 2)} punt af van dat bij gelijke {name}"
    return f"{text}, en het oordeel is bij {_of(int(other), int(both.sum()), 'score', 'scores')} anders."


def say_ordinal(comparison: pd.DataFrame, odds: pd.DataFrame) -> str:
    """``compare_two`` and ``compare_ordinal``: does it matter that answers are treated as numbers?"""
    others = odds.set_index("measure")[["p", "p_holm"]].add_suffix("_odds")
    both = comparison.set_index("measure").join(others)
    both = both[both["p"].notna() & both["p_odds"].notna()]
    if both.empty:
        return ""
    verdicts = [(both[f"p_holm{name}"] < ALPHA) for name in ("", "_odds")]
    changed = both.index[verdicts[0] != verdicts[1]]
    text = "Een model voor geordende antwoorden (proportional odds) rekent niet met gemiddelden en "
    if changed.empty:
        return f"{text}geeft bij alle {len(both)} vragen hetzelfde oordeel als de t-toets."
    names = nl_join([measure_label(measure) for measure in changed])
    return f"{text}geeft bij {_of(len(changed), len(both), 'vraag', 'vragen')} een ander oordeel: {names}."


def say_adjusted_groups(tests: pd.DataFrame) -> str:
    """``compare_groups_adjusted``: which differences stand when another answer is held equal?"""
    plain, adjusted, category = _plain_and_last(tests)
    crossed = tests[tests["category"] == INTERACTION].set_index("measure")
    by, held = measure_label(tests["group_var"].iloc[0]).lower(), controls_label(category)
    if adjusted["p"].isna().all():
        why = _first(adjusted["reason"])
        return f"Of er bij gelijke {held} verschil naar {by} is, is niet te toetsen: {why}."
    stays = adjusted.index[_shown(adjusted) & _shown(plain)]
    revealed = adjusted.index[_shown(adjusted) & ~_shown(plain)]
    lost = plain.index[_shown(plain) & adjusted["p"].notna() & ~_shown(adjusted)]
    unsure = adjusted.index[adjusted["p"].isna()]
    sentences = [f"Bij gelijke {held} is op geen enkel kenmerk een verschil naar {by} aangetoond."]
    if len(stays) or len(revealed):
        sentences = []
    if len(stays):
        sentences.append(
            f"Ook bij gelijke {held} is er een aantoonbaar verschil naar {by} bij {_names(stays)}."
        )
    if len(revealed):
        sentences.append(f"Alleen bij gelijke {held} is er een aantoonbaar verschil bij {_names(revealed)}.")
    if len(unsure):
        sentences.append(f"Bij {_names(unsure)} is het niet te toetsen.")
    if len(lost):
        p = nl_join([nl_p(adjusted.loc[measure, "p_holm"]) for measure in lost])
        sentences.append(
            f"Bij {_names(lost)} is het verschil dan niet meer aangetoond (p (Holm) {p}): dat de groepen "
            f"naar {by} in {held} verschillen, kan het verklaren."
        )
    uneven = crossed.index[_shown(crossed)]
    if len(uneven):
        sentences.append(f"Bij {_names(uneven)} zijn de verschillen naar {by} niet in elke {held} gelijk.")
    return " ".join(sentences)


def say_phases(composition: pd.DataFrame, differences: pd.DataFrame) -> str:
    """``compare_composition`` and ``compare_adjusted``: may times with and without a campaign be compared?"""
    plain, adjusted, _ = _plain_and_last(differences)
    if adjusted["p"].isna().all():
        return f"Tijden met en zonder campagne zijn hier niet te vergelijken: {_first(adjusted['reason'])}."
    text = ""
    if composition["p"].notna().any():
        mixed = composition.loc[_shown(composition), "measure"]
        how = f"aantoonbaar naar {nl_join([measure_label(m).lower() for m in mixed])}"
        text = "De samenstelling van de invullers verschilt tijdens en buiten de campagnes "
        text += f"{how if len(mixed) else 'niet aantoonbaar'}. "
    scores = adjusted.index[_shown(adjusted)]
    if len(scores):
        text += f"Bij gelijke samenstelling is er een aantoonbaar verschil bij {_names(scores)}"
        return f"{text}: vergelijk die tijden niet zonder meer."
    before = plain.index[_shown(plain) & adjusted["p"].notna()]
    if len(before):
        text += f"Alleen zonder correctie is er een aantoonbaar verschil bij {_names(before)}"
        return f"{text}: vergelijk die tijden na correctie."
    equal = adjusted.index[adjusted["verdict"] == EQUIVALENT]
    none = f"geen verschil van betekenis is (kleiner dan {nl_number(EQUIVALENCE, 1)} standaarddeviatie)"
    if len(equal) == len(adjusted):
        return f"{text}Op alle kenmerken is aangetoond dat er {none}: die tijden zijn daarop te vergelijken."
    least = nl_number(adjusted["detectable"].max(), 2)
    text += "Op de kenmerken is geen verschil aangetoond; een verschil vanaf "
    text += f"{least} punt was waarschijnlijk gezien."
    return f"{text} Dat er {none}, is aangetoond bij {_names(equal)}." if len(equal) else text


def say_organisations(organisations: pd.DataFrame) -> str:
    """``count_organisations``: does an organisation count more than once?"""
    if organisations["organisations"].isna().all():
        return (
            "De vragenlijsten noemen geen organisatie: of er één meer dan eens meedeed, is niet na te gaan."
        )
    several = organisations[organisations["questionnaires"] > 1]
    if several.empty:
        return "Geen enkele organisatie vulde, naar haar naam te oordelen, meer dan één vragenlijst in."
    count, lists = int(several["organisations"].sum()), int(several["respondents"].sum())
    return (
        f"{nl_number(count)} organisatie{'s' if count > 1 else ''} vulde{'n' if count > 1 else ''} samen "
        f"{nl_number(lists)} vragenlijsten in. Waar een vergelijking die telt, is nagerekend of het uitmaakt."
    )


def say_attenuation(reliability: pd.DataFrame) -> str:
    """``scale_reliability``: which scores are measured so coarsely that their correlations look weaker?"""
    best = reliability["spearman_brown"].fillna(reliability["alpha"])
    if best.isna().all():
        return ""
    coarse = reliability.assign(best=best)[best.round(2) < ATTENUATED]
    parts = [
        f"{measure_label(row.measure).lower()} ({nl_number(row.best, 2)})" for row in coarse.itertuples()
    ]
    if not parts:
        return f"Elk onderdeel is met een betrouwbaarheid van ten minste {nl_number(ATTENUATED, 1)} gemeten."
    factors = np.sqrt(coarse["best"].clip(lower=0))
    most = " tot ".join(dict.fromkeys(nl_number(factors.agg(end), 2) for end in ("min", "max")))
    return (
        f"Grof gemeten {'is' if len(parts) == 1 else 'zijn'} {nl_join(parts)}. Samenhangen daarmee vallen "
        f"daardoor lager uit: hooguit {most} keer wat zij bij foutloos meten zouden zijn."
    )


def say_weighting(scores: pd.DataFrame) -> str:
    """``weigh_scores``: would the means be others if the respondents were like the population?"""
    warning = next(filter(None, scores["warning"]), "")
    if scores["weighted"].isna().all():
        return f"Er is te weinig ingevuld om te wegen{f' ({warning})' if warning else ''}."
    moved = " tot ".join(
        dict.fromkeys(nl_number(scores["difference"].abs().agg(end), 2) for end in ("min", "max"))
    )
    low, plain, high = (scores[name].round(6) for name in ("weighted_low", "unweighted", "weighted_high"))
    outside = scores[(plain < low) | (plain > high)]
    text = f"Gewogen naar sector en omvang verschuiven de kenmerken {moved} punt"
    if len(outside):
        text += (
            f"; bij {_names(outside['measure'])} valt het ongewogen gemiddelde buiten het gewogen interval"
        )
    return f"{text}. {warning[:1].upper()}{warning[1:]}{'.' if warning else ''}".strip()


def say_importance(importance: pd.DataFrame) -> str:
    """``relative_importance``: which three have the largest shares, and how sure that is?"""
    if importance["weight"].isna().all():
        return f"Er zijn geen aandelen te geven: {_first(importance['reason'])}."
    outcome = measure_label(split_measures(importance["measure"].iloc[0])[1]).lower()
    top = importance.nsmallest(FIRST, "rank")
    sure = top[top["first_three"] >= CONFIDENCE]
    names, firm = (
        nl_join([measure_label(split_measures(key)[0]) for key in rows["measure"]]) for rows in (top, sure)
    )
    share = nl_percent(top["weight"].sum(), 0)
    text = f"{names} hebben samen {share} van wat alle {len(importance)} gemeen hebben met {outcome}. "
    drawn = f"in ten minste {nl_percent(100 * CONFIDENCE, 0)} van de getrokken steekproeven"
    if len(sure) == len(top):
        return f"{text}Alle drie staan {drawn} bij de eerste drie."
    if sure.empty:
        return f"{text}Geen daarvan staat {drawn} bij de eerste drie: welke bovenaan staan, is onzeker."
    return f"{text}Alleen {firm} {'staat' if len(sure) == 1 else 'staan'} {drawn} bij de eerste drie."


def say_equivalence(comparison: pd.DataFrame) -> str:
    """``compare_two``: where is it shown that there is no difference that matters?"""
    if comparison["p"].isna().all():
        return ""
    equal = comparison.loc[comparison["verdict"].isin([EQUIVALENT, NEGLIGIBLE]), "measure"]
    tested, unsure = comparison["p"].notna().sum(), (comparison["verdict"] == OPEN).sum()
    bound = f"{nl_number(EQUIVALENCE, 1)} standaarddeviatie"
    text = f"Dat er geen verschil van betekenis is (kleiner dan {bound}), is "
    text += f"aangetoond bij {_names(equal)}" if len(equal) else "op geen enkele vraag aangetoond"
    still = f"; bij {_of(int(unsure), int(tested), 'vraag', 'vragen')} blijft het open"
    return f"{text}{still if unsure else ''}."


def _plain_and_last(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The plain rows, those with most held equal, and what that is."""
    last = list_adjustments(table["category"])[-1]
    plain, adjusted = (table[table["category"] == key].set_index("measure") for key in (PLAIN, last))
    return plain, adjusted, last


def _shown(table: pd.DataFrame) -> pd.Series:
    return is_demonstrated(table["verdict"])


def _first(reasons: pd.Series) -> str:
    return next(filter(None, reasons), "er is te weinig ingevuld")


def _range(percentages: pd.Series) -> str:
    ends = [nl_percent(percentages.agg(end), 0) for end in ("min", "max")]
    return " tot ".join(dict.fromkeys(ends))


def _of(count: int, total: int, one: str, many: str) -> str:
    return f"{count or 'geen'} van de {total} {one if total == 1 else many}"


def _names(measures: pd.Series | pd.Index) -> str:
    return nl_join([measure_label(measure) for measure in measures])
