"""Dutch sentences made from results: they change, weaken or go when the results do.

Every ``say_`` function takes the frames of the tests that its sentence rests on and gives plain Dutch; ""
when there is nothing to say. A difference is said to be there only where a test carries it, and to be none
only where an equivalence test does; nothing is called a cause.
"""

from __future__ import annotations

import pandas as pd

from leercultuur.formatting import (
    adjustment_label,
    measure_label,
    nl_join,
    nl_number,
    nl_p,
    nl_percent,
    option_label,
)
from leercultuur.keys import split_groups, split_measures
from leercultuur.statistics.significance import DEMONSTRATED, EQUIVALENT
from leercultuur.thresholds import ALPHA, CONFIDENCE, EQUIVALENCE

ATTENUATED = 0.7  # below this reliability the sentence about correlations is written


def say_adjusted(differences: pd.DataFrame) -> str:
    """``compare_adjusted`` of questions: is the difference between two groups one of their composition?"""
    a, b = _pair(differences)
    plain, adjusted, last = _plain_and_last(differences)
    before, after = (table.index[_shown(table)] for table in (plain, adjusted))
    start = f"{a} en {b.lower()} verschillen aantoonbaar op {_of(len(before), len(plain), 'vraag', 'vragen')}"
    if plain["p"].isna().all():
        return f"Er zijn te weinig vragenlijsten om {a.lower()} en {b.lower()} te vergelijken."
    if not len(before):
        return f"{start}; er is dus geen verschil dat de samenstelling zou kunnen verklaren."
    still = before.intersection(after)
    kept = 100 * adjusted.loc[before, "kept"]
    held = adjustment_label(last).removeprefix("gecorrigeerd voor ")
    text = (
        f"{start}. Worden {held} gelijk gehouden, dan "
        if "+" in last
        else f"{start}. Wordt {held} gelijk gehouden, dan "
    )
    if len(still) == 0:
        return f"{text}is geen van die verschillen nog aantoonbaar: de samenstelling kan ze verklaren."
    text += f"blijft dat zo bij {len(still)} daarvan" if len(before) > 1 else "blijft dat zo"
    text += f", en blijft van het verschil {nl_percent(kept.min(), 0)} tot {nl_percent(kept.max(), 0)} over"
    text += f" (de helft van de vragen: meer dan {nl_percent(kept.median(), 0)})." if len(before) > 2 else "."
    gone = [measure_label(measure) for measure in before.difference(after, sort=False)]
    if gone:
        text += f" Bij {nl_join(gone)} is het dan niet meer aantoonbaar"
        mostly = kept[before.difference(after)].min() > 50
        text += (
            ", al blijft het grootste deel ervan staan."
            if mostly
            else ": daar kan de samenstelling meespelen."
        )
    return f"{text} Wat niet gevraagd is, kan nog wel meespelen."


def say_standardised(differences: pd.DataFrame) -> str:
    """``compare_adjusted``: does giving both groups one mix, without a model, come to the same?"""
    adjusted = differences[differences["category"] == differences["category"].unique()[1]].set_index(
        "measure"
    )
    same = differences[differences["category"] == "gestandaardiseerd"].set_index("measure")
    both = adjusted["p"].notna() & same["p"].notna()
    if not both.any():
        return ""
    largest = (adjusted["diff"] - same["diff"])[both].abs().max()
    other = (_shown(adjusted) != _shown(same))[both].sum()
    name = measure_label(adjusted["category"].iloc[0]).lower()
    text = f"Ter controle kregen beide groepen dezelfde mix van {name}, zonder model: het verschil wijkt "
    text += f"daarbij hooguit {nl_number(largest, 2)} punt af"
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
    categories = tests["category"].unique()
    plain, adjusted, crossed = (tests[tests["category"] == key].set_index("measure") for key in categories)
    held = measure_label(categories[1].split("+")[0]).lower()
    by = measure_label(tests["group_var"].iloc[0]).lower()
    before, after = plain.index[_shown(plain)], adjusted.index[_shown(adjusted)]
    if plain["p"].isna().all():
        return ""
    if before.empty:
        return f"Op geen enkel kenmerk is een verschil naar {by} aantoonbaar."
    stays, goes = before.intersection(after, sort=False), before.difference(after, sort=False)
    sentences = []
    if len(stays):
        sentences.append(f"Ook bij gelijke {held} verschilt naar {by} aantoonbaar: {_names(stays)}.")
    if len(goes):
        p = nl_join([nl_p(adjusted.loc[measure, "p"]) for measure in goes])
        sentences.append(
            f"Bij {_names(goes)} is het verschil naar {by} bij gelijke {held} niet meer aantoonbaar "
            f"(p {p}): een andere {held} van de invullers kan het verklaren."
        )
    uneven = crossed.index[_shown(crossed)]
    if len(uneven):
        sentences.append(f"Bij {_names(uneven)} zijn de verschillen naar {by} niet in elke {held} gelijk.")
    return " ".join(sentences)


def say_phases(composition: pd.DataFrame, differences: pd.DataFrame) -> str:
    """``compare_composition`` and ``compare_adjusted``: may times with and without a campaign be compared?"""
    plain, adjusted, _ = _plain_and_last(differences)
    if plain["p"].isna().all():
        return (
            "Er is niet zowel tijdens als buiten de campagnes genoeg ingevuld om die tijden te vergelijken."
        )
    mixed = composition.loc[_shown(composition), "measure"]
    text = "De samenstelling van de invullers verschilt tijdens en buiten de campagnes "
    text += (
        f"aantoonbaar naar {nl_join([measure_label(m).lower() for m in mixed])}"
        if len(mixed)
        else "niet aantoonbaar"
    )
    scores = adjusted.index[_shown(adjusted)]
    if len(scores):
        text += f"; ook bij gelijke samenstelling verschilt {_names(scores)}"
        return f"{text}: vergelijk die tijden niet zonder meer."
    before = plain.index[_shown(plain)]
    if len(before):
        return (
            f"{text}; {_names(before)} verschilt alleen zonder correctie: vergelijk die tijden na correctie."
        )
    text += "; op de kenmerken is geen verschil aangetoond"
    least = nl_number(adjusted["detectable"].max(), 2)
    return f"{text} (een verschil vanaf {least} punt was waarschijnlijk gezien)."


def say_organisations(organisations: pd.DataFrame) -> str:
    """``count_organisations``: does an organisation count more than once?"""
    several = organisations[organisations["questionnaires"] > 1]
    if several.empty:
        return "Geen enkele organisatie vulde, naar haar naam te oordelen, meer dan één vragenlijst in."
    count, lists = int(several["organisations"].sum()), int(several["respondents"].sum())
    return (
        f"{nl_number(count)} organisatie{'s' if count > 1 else ''} vulde{'n' if count > 1 else ''} samen "
        f"{nl_number(lists)} vragenlijsten in. Bij klein tegenover midden is nagerekend of dat uitmaakt."
    )


def say_attenuation(reliability: pd.DataFrame) -> str:
    """``scale_reliability``: which scores are measured so coarsely that their correlations look weaker?"""
    best = reliability["spearman_brown"].fillna(reliability["alpha"])
    coarse = reliability.assign(best=best)[best < ATTENUATED]
    parts = [
        f"{measure_label(row.measure).lower()} ({nl_number(row.best, 2)})" for row in coarse.itertuples()
    ]
    if not parts:
        return f"Elk onderdeel is met een betrouwbaarheid van ten minste {nl_number(ATTENUATED, 1)} gemeten."
    factor = coarse["best"].clip(lower=0).min() ** 0.5
    return (
        f"Grof gemeten {'is' if len(parts) == 1 else 'zijn'} {nl_join(parts)}. Samenhangen daarmee vallen "
        f"daardoor lager uit: hooguit {nl_number(factor, 2)} keer wat zij bij foutloos meten zouden zijn."
    )


def say_weighting(scores: pd.DataFrame) -> str:
    """``weigh_scores``: would the means be others if the respondents were like the population?"""
    warning = next(filter(None, scores["warning"]), "")
    if scores["weighted"].isna().all():
        return f"Er is te weinig ingevuld om te wegen{': ' + warning if warning else ''}."
    row = scores.loc[scores["difference"].abs().idxmax()]
    outside = scores[
        (scores["unweighted"] < scores["weighted_low"]) | (scores["unweighted"] > scores["weighted_high"])
    ]
    text = (
        "Gewogen naar sector en omvang verschuiven de kenmerken hooguit "
        f"{nl_number(abs(row['difference']), 2)} punt ({measure_label(row['measure'])})"
    )
    if len(outside):
        text += (
            f"; bij {_names(outside['measure'])} valt het ongewogen gemiddelde buiten het gewogen interval"
        )
    return f"{text}. {warning[:1].upper()}{warning[1:]}{'.' if warning else ''}".strip()


def say_importance(importance: pd.DataFrame) -> str:
    """``relative_importance``: which few stand out, and how sure that is?"""
    if importance["weight"].isna().all():
        return next(filter(None, importance["reason"]), "")
    outcome = measure_label(split_measures(importance["measure"].iloc[0])[1]).lower()
    top = importance.nsmallest(3, "rank")
    sure = top[top["first_three"] >= CONFIDENCE]
    names = [measure_label(split_measures(key)[0]) for key in top["measure"]]
    text = (
        f"De grootste aandelen in wat samengaat met {outcome} hebben {nl_join(names)} (samen "
        f"{nl_percent(top['weight'].sum(), 0)} van wat alle {len(importance)} verklaren). "
    )
    drawn = f"in ten minste {nl_percent(100 * CONFIDENCE, 0)} van de getrokken steekproeven"
    if len(sure) == len(top):
        return f"{text}Alle drie staan {drawn} bij de eerste drie."
    if sure.empty:
        return f"{text}Geen daarvan staat {drawn} bij de eerste drie: hun volgorde is onzeker."
    firm = nl_join([measure_label(split_measures(key)[0]) for key in sure["measure"]])
    return f"{text}Alleen {firm} {'staat' if len(sure) == 1 else 'staan'} {drawn} bij de eerste drie."


def say_equivalence(comparison: pd.DataFrame) -> str:
    """``compare_two``: where is it shown that there is no difference that matters?"""
    equal = comparison.loc[comparison["verdict"] == EQUIVALENT, "measure"]
    unsure = ((comparison["verdict"] != EQUIVALENT) & ~_shown(comparison) & comparison["p"].notna()).sum()
    bound = f"{nl_number(EQUIVALENCE, 1)} standaarddeviatie"
    text = f"Dat er geen verschil van betekenis is (kleiner dan {bound}), is "
    text += f"aangetoond bij {_names(equal)}" if len(equal) else "op geen enkele vraag aangetoond"
    return (
        f"{text}; bij {_of(int(unsure), len(comparison), 'vraag', 'vragen')} blijft het open."
        if unsure
        else f"{text}."
    )


def _pair(table: pd.DataFrame) -> list[str]:
    by = table["group_var"].iloc[0]
    return [option_label(by, key).split(" (")[0] for key in split_groups(table["group"].iloc[0])]


def _plain_and_last(differences: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The plain differences, those with most held equal, and what that is."""
    categories = [
        c for c in differences["category"].unique() if c not in ("gestandaardiseerd", "per_organisatie")
    ]
    plain, last = (
        differences[differences["category"] == key].set_index("measure")
        for key in (categories[0], categories[-1])
    )
    return plain, last, categories[-1]


def _shown(table: pd.DataFrame) -> pd.Series:
    return table["verdict"].str.startswith(DEMONSTRATED)


def _of(count: int, total: int, one: str, many: str) -> str:
    return f"{'geen' if count == 0 else count} van de {total} {one if total == 1 else many}"


def _names(measures: pd.Series | pd.Index) -> str:
    return nl_join([measure_label(measure) for measure in measures])
