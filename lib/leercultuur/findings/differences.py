"""Findings about groups that differ, plain and with their composition held equal."""

from __future__ import annotations

import pandas as pd

from leercultuur.findings.finding import DESCRIPTIVE, Basis, Finding, Row, read_rows
from leercultuur.findings.grammar import (
    among,
    capital,
    choose,
    first_reason,
    groups,
    is_shown,
    kind,
    largest_first,
    name,
    names,
    pair_names,
    quote_range,
    two_plain,
)
from leercultuur.formatting import controls_label, nl_join
from leercultuur.instrument import load_instrument
from leercultuur.keys import (
    INTERACTION,
    PLAIN,
    STANDARDISED,
    TOTAL,
    list_adjustments,
    split_groups,
    split_measures,
)
from leercultuur.statistics.significance import DEMONSTRATED, EQUIVALENT, NEGLIGIBLE, OPEN
from leercultuur.thresholds import ALPHA

MOST = 50  # percent of a difference: with more left, composition is no explanation of it
NO_PAIR = "Er zijn geen twee groepen die groot genoeg zijn om te vergelijken"


def find_groups(omnibus: pd.DataFrame) -> list[Finding]:
    """``compare_groups``: on which scores groups differ, and how much of the spread that is."""
    rows = read_rows(omnibus)
    by, single = omnibus["group_var"].iloc[0], len(omnibus) == 1
    key = f"{rows[0]['measure']}_naar_{by}" if single else f"kenmerken_naar_{by}"
    shown, unsure = (
        [row for row in rows if row["verdict"] and is_shown(row) == which] for which in (True, False)
    )
    if not shown and not unsure:
        return [
            Basis.on(rows, "n").finding(
                f"{key}.open", OPEN, f"Naar {name(by)}: {NO_PAIR[0].lower()}{NO_PAIR[1:]}."
            )
        ]
    found = []
    if shown:
        basis = Basis()
        basis.rest_on(shown)
        ranked = sorted(shown, key=lambda row: row["omega_squared"])
        explained = quote_range(basis, ranked, "omega_squared")
        about = [row["measure"] for row in shown]
        text = (
            f"Er is een aantoonbaar verschil naar {name(by)} bij {names(about)}. Van de verschillen tussen "
        )
        text += f"invullers hangt {explained} samen met {name(by)}."
        title = f"Aantoonbaar verschil naar {name(by)} bij {names(about)}"
        found.append(basis.finding(f"{key}.verschil", DEMONSTRATED, text, title, about))
    if unsure:
        about = [row["measure"] for row in unsure]
        text = f"Een verschil naar {name(by)} is niet aangetoond bij {names(about)}."
        found.append(Basis.on(unsure).finding(f"{key}.open", OPEN, text, about=about))
    return found


def find_trend(trend: pd.DataFrame, means: pd.DataFrame) -> list[Finding]:
    """``correlate`` of scores with omvang, and ``mean_scores`` by it: which are lower, or higher, in larger
    organisations?"""
    tests = read_rows(trend)
    rows, found = [row for row in tests if row["p_holm"] == row["p_holm"]], []
    if not rows:
        text = f"Of de kenmerken samenhangen met omvang, is niet te zeggen: {first_reason(tests)}."
        return [Basis.on(tests, "n").finding("omvang.open", OPEN, text)]
    groups_ = [row for row in read_rows(means) if row["group"] != TOTAL and row["mean"] == row["mean"]]
    shown = [row for row in rows if row["p_holm"] < ALPHA]
    for side, sign, how in (("daalt", -1, "lager"), ("stijgt", 1, "hoger")):
        those = largest_first(shown, "spearman", sign)
        if those:
            basis = Basis()
            basis.rest_on(those, "spearman")
            about = [split_measures(row["measure"])[0] for row in those]
            claim = f"Over het geheel aantoonbaar {how} in grotere organisaties"
            text, title = f"{claim}{_say_ends(basis, about, groups_)}.", f"{claim}: {names(about)}"
            found.append(basis.finding(f"omvang.{side}", DEMONSTRATED, text, title, about))
    unsure = [row for row in rows if row["p_holm"] >= ALPHA]
    if unsure:
        about = [split_measures(row["measure"])[0] for row in unsure]
        text = (
            f"Dat de score hoger of lager is in grotere organisaties, is niet aangetoond bij {names(about)}."
        )
        title = text if shown else "Een samenhang van de kenmerken met omvang is niet aangetoond"
        key = "omvang.uitzondering" if shown else "omvang.open"
        found.append(Basis.on(unsure, "spearman").finding(key, OPEN, text, title, about))
    return found


def _say_ends(basis: Basis, measures: list[str], rows: list[Row]) -> str:
    """``, van micro-organisaties naar grote organisaties: de omgeving (2,94 naar 2,76)``: between which
    groups the numbers run is said once, or with each where it is not the same."""
    ends = {
        key: [own[0], own[-1]] for key in measures if (own := [row for row in rows if row["measure"] == key])
    }
    pairs = {tuple(row["group"] for row in both) for both in ends.values()}
    once, parts = len(pairs) == 1, []
    for key in measures:
        said = [
            basis(row, "mean") + ("" if once else f" {among(row['group_var'], [row['group']])}")
            for row in ends.get(key, [])
        ]
        parts.append(f"{name(key)} ({' naar '.join(said)})" if said else name(key))
    if not once:
        return f": {nl_join(parts)}"
    by, (first, last) = rows[0]["group_var"], pairs.pop()
    return f", van {groups(by, [first])} naar {groups(by, [last])}: {nl_join(parts)}"


def find_orders(pairs: pd.DataFrame) -> list[Finding]:
    """``compare_pairs``: per score which group is demonstrably higher than which others."""
    found = []
    for measure in pairs["measure"].unique():
        tests = [row for row in read_rows(pairs) if row["measure"] == measure and is_shown(row)]
        if not tests:
            continue
        by, basis = tests[0]["group_var"], Basis()
        basis.rest_on(tests)
        below: dict[str, list[str]] = {}
        for row in tests:
            high, low = split_groups(row["group"])[:: 1 if row["diff"] > 0 else -1]
            below.setdefault(high, []).append(low)
        order = [str(key) for key in load_instrument().options(by)]
        alike: dict[tuple[str, ...], list[str]] = {}
        for high in sorted(below, key=order.index):
            alike.setdefault(tuple(sorted(below[high], key=order.index)), []).append(high)
        parts = [
            f"{groups(by, high)} scoren aantoonbaar hoger dan {groups(by, low)}"
            for low, high in alike.items()
        ]
        text = f"{capital(name(measure))}: {'; '.join(parts)}."
        found.append(basis.finding(f"omvang.{measure}.paren", DEMONSTRATED, text, about=[*below]))
    return found


def find_no_pair(omnibus: pd.DataFrame, pairs: pd.DataFrame) -> list[Finding]:
    """``compare_groups`` and ``compare_pairs``: where groups are shown to differ, but no two of them."""
    rows = [row for row in read_rows(omnibus) if row["verdict"] and is_shown(row)]
    carried = {row["measure"] for row in read_rows(pairs) if is_shown(row)}
    lone = [row for row in rows if row["measure"] not in carried]
    if not lone:
        return []
    basis, by = Basis(), lone[0]["group_var"]
    about = [row["measure"] for row in lone]
    basis.rest_on(lone)
    basis.rest_on(row for row in read_rows(pairs) if row["measure"] in about)
    text = f"Bij {names(about)} is wel een verschil naar {name(by)} aangetoond, maar niet tussen welke "
    text += "twee groepen."
    return [basis.finding(f"kenmerken_naar_{by}.geen_paar", OPEN, text, about=about)]


def find_two_groups(comparison: pd.DataFrame) -> list[Finding]:
    """``compare_two``: on how many scores one group is higher, and on which most."""
    rows, key = read_rows(comparison), f"vragen_{comparison['group'].iloc[0].replace('|', '_')}"
    tested = [row for row in rows if row["verdict"]]
    if not tested:
        both = pair_names(rows[0])[2]
        return [
            Basis.on(rows, "n_a").finding(
                f"{key}.open", OPEN, f"{capital(both)} zijn niet te vergelijken: {first_reason(rows)}."
            )
        ]
    found, (a, b, both) = [], pair_names(rows[0])
    one_score, what = kind(comparison["measure"])
    for side, sign, (one, other) in (("hoger", 1, (a, b)), ("lager", -1, (b, a))):
        those = largest_first(filter(is_shown, tested), "diff", sign)
        if not those:
            continue
        basis, about = Basis(), [row["measure"] for row in those]
        basis.rest_on(those)
        number = basis.count(those)
        total = basis.count(rows)
        most = nl_join(
            [f"{name(row['measure'])} ({basis(row, 'diff', two_plain)} punt)" for row in those[:3]]
        )
        text = f"{capital(one)} scoren aantoonbaar hoger dan {other} op {number} van de {total} {what}"
        text += f", het meest op {most}." if len(those) > 3 else f": {most}."
        title = f"{capital(one)} scoren aantoonbaar hoger dan {other} op {number} van de {total} {what}"
        found.append(basis.finding(f"{key}.{side}", DEMONSTRATED, text, title, about))
    if not found:
        basis = Basis()
        basis.rest_on(tested)
        total = basis.count(tested)
        text = f"Op geen van de {total} {what} is een verschil tussen {both} aangetoond."
        found.append(basis.finding(f"{key}.open", OPEN, text))
    return [*found, *_find_equivalence(comparison, tested, key, one_score, what)]


def _find_equivalence(
    comparison: pd.DataFrame, tested: list[Row], key: str, one: str, more: str
) -> list[Finding]:
    equal = [row for row in tested if row["verdict"] in (EQUIVALENT, NEGLIGIBLE)]
    unsure = [row for row in tested if row["verdict"] == OPEN]
    basis, about = Basis(), [row["measure"] for row in equal]
    basis.rest_on([*equal, *unsure])
    if not equal and not unsure:
        return []
    text = "Dat een verschil te klein is om van betekenis te zijn, is "
    text += f"aangetoond bij {names(about)}" if equal else f"op geen {one} aangetoond"
    if unsure:
        text += f"; op {basis.count(unsure)} {choose(unsure, one, more)} blijft het open"
    return [basis.finding(f"{key}.gelijk", DEMONSTRATED if equal else OPEN, f"{text}.", about=about)]


def find_adjusted(differences: pd.DataFrame) -> list[Finding]:
    """``compare_adjusted`` of questions: is the difference between two groups one of their composition?"""
    plain, adjusted, last = _plain_and_last(differences)
    key = f"vragen_{differences['group'].iloc[0].replace('|', '_')}.gecorrigeerd"
    both = pair_names(next(iter(plain.values())))[2]
    held, basis = f"gelijke {controls_label(last)}", Basis()
    if not any(row["verdict"] for row in plain.values()):
        basis.rest_on(plain.values(), "n")
        reason = first_reason(plain.values())
        return [basis.finding(key, OPEN, f"{capital(both)} zijn bij {held} niet te vergelijken: {reason}.")]
    before = [measure for measure, row in plain.items() if is_shown(row)]
    revealed = [m for m, row in adjusted.items() if is_shown(row) and m not in before]
    basis.rest_on(row for rows in (plain, adjusted) for row in rows.values() if row["verdict"])
    if not any(row["verdict"] for row in adjusted.values()):
        basis.rest_on(adjusted.values(), "n")
        reason = first_reason(adjusted.values())
        text = f"Of {both} bij {held} verschillen, is niet te toetsen: {reason}."
        return [basis.finding(key, OPEN, text)]
    if not before:
        text = f"Ook bij {held} is op geen enkele vraag een verschil tussen {both} aangetoond."
        if revealed:
            text = f"Alleen bij {held} is er een aantoonbaar verschil tussen {both}: op {names(revealed)}."
        return [basis.finding(key, DEMONSTRATED if revealed else OPEN, text, about=revealed)]
    still = [m for m in before if is_shown(adjusted[m]) and adjusted[m]["kept"] > 0]
    number = basis.count(plain[m] for m in before)
    kept_number = basis.count(adjusted[m] for m in still)
    text = f"Van {choose(before, 'het', 'de')} {number} {choose(before, 'verschil', 'verschillen')} "
    text += f"tussen {both} {choose(still, 'blijft', 'blijven')} er bij {held} {kept_number} aantoonbaar"
    kept = sorted((adjusted[m] for m in still), key=lambda row: row["kept"])
    if kept:
        text += f"; die zijn dan {quote_range(basis, kept, 'kept')} van wat ze waren"
    text += "." + _say_lost(before, still, adjusted)
    if revealed:
        text += f" Alleen bij {held} is er een aantoonbaar verschil op {names(revealed)}."
    title = f"{kept_number} van {number} verschillen tussen {both} blijven aantoonbaar bij {held}"
    return [basis.finding(key, DEMONSTRATED if still else OPEN, text, title, still)]


def _say_lost(before: list[str], still: list[str], adjusted: dict[str, Row]) -> str:
    """What became of the differences that are not demonstrated any more."""
    lost = [measure for measure in before if measure not in still]
    unsure = [m for m in lost if not adjusted[m]["verdict"]]
    turned = [m for m in lost if is_shown(adjusted[m])]
    rest = [m for m in lost if m not in unsure and m not in turned]
    large = [m for m in rest if 100 * adjusted[m]["kept"] > MOST]
    parts = (
        (large, "is het dan niet meer aantoonbaar, al blijft het grootste deel ervan staan"),
        (
            [m for m in rest if m not in large],
            "blijft hooguit de helft over: daar kan de samenstelling het verklaren",
        ),
        (turned, "keert het verschil om"),
        (unsure, "is het niet na te gaan"),
    )
    return "".join(f" Op {names(which)} {ending}." for which, ending in parts if which)


def find_standardised(differences: pd.DataFrame) -> list[Finding]:
    """``compare_adjusted``: does giving both groups one mix, without a model, give other verdicts?"""
    category = list_adjustments(differences["category"])[0]
    modelled, mixed = (
        {row["measure"]: row for row in read_rows(differences) if row["category"] == key}
        for key in (category, STANDARDISED)
    )
    both = [m for m, row in modelled.items() if row["verdict"] and m in mixed and mixed[m]["verdict"]]
    if not both:
        return []
    basis = Basis()
    basis.rest_on(side[m] for m in both for side in (modelled, mixed))
    other = [m for m in both if is_shown(modelled[m]) != is_shown(mixed[m])]
    total = basis.count(modelled[m] for m in both)
    text = f"Ter controle kregen beide groepen dezelfde mix van {controls_label(category)}, zonder model: "
    text += "wat aantoonbaar is, "
    text += f"is dan op {names(other)} anders." if other else f"is dan bij alle {total} scores hetzelfde."
    key = f"vragen_{differences['group'].iloc[0].replace('|', '_')}.zonder_model"
    return [basis.finding(key, DESCRIPTIVE, text, about=other)]


def find_ordinal(comparison: pd.DataFrame, odds: pd.DataFrame) -> list[Finding]:
    """``compare_two`` and ``compare_ordinal``: does it matter that answers are treated as numbers?"""
    means, models = ({row["measure"]: row for row in read_rows(table)} for table in (comparison, odds))
    both = [m for m in means if means[m]["verdict"] and m in models and models[m]["verdict"]]
    if not both:
        return []
    basis = Basis()
    basis.rest_on(side[m] for m in both for side in (means, models))
    changed = [m for m in both if is_shown(means[m]) != is_shown(models[m])]
    total = basis.count(models[m] for m in both)
    text = "Een model voor geordende antwoorden, dat niet met gemiddelden rekent, geeft "
    text += (
        f"op {names(changed)} een andere uitkomst."
        if changed
        else f"bij alle {total} vragen dezelfde uitkomst."
    )
    key = f"vragen_{comparison['group'].iloc[0].replace('|', '_')}.geordend"
    return [basis.finding(key, DESCRIPTIVE, text, about=changed)]


def find_adjusted_groups(tests: pd.DataFrame) -> list[Finding]:
    """``compare_groups_adjusted``: which differences stand when another answer is held equal?"""
    plain, adjusted, last = _plain_and_last(tests)
    crossed = [row for row in read_rows(tests) if row["category"] == INTERACTION]
    by, held = name(tests["group_var"].iloc[0]), controls_label(last)
    key, basis = f"kenmerken_naar_{tests['group_var'].iloc[0]}.gecorrigeerd", Basis()
    if not any(row["verdict"] for row in adjusted.values()):
        basis.rest_on(adjusted.values(), "n")
        text = f"Of er bij gelijke {held} verschil naar {by} is, is niet te toetsen: "
        text += f"{first_reason(adjusted.values())}."
        return [basis.finding(key, OPEN, text)]
    basis.rest_on(row for rows in (plain, adjusted) for row in rows.values() if row["verdict"])
    stays = [m for m, row in adjusted.items() if is_shown(row) and is_shown(plain[m])]
    revealed = [m for m, row in adjusted.items() if is_shown(row) and not is_shown(plain[m])]
    lost = [
        m
        for m, row in plain.items()
        if is_shown(row) and adjusted[m]["verdict"] and not is_shown(adjusted[m])
    ]
    unsure = [m for m, row in adjusted.items() if not row["verdict"]]
    said = []
    if stays:
        said.append(f"Ook bij gelijke {held} is er een aantoonbaar verschil naar {by} bij {names(stays)}.")
    if revealed:
        said.append(
            f"Alleen bij gelijke {held} is er een aantoonbaar verschil naar {by} bij {names(revealed)}."
        )
    if not stays and not revealed:
        said.append(f"Bij gelijke {held} is op geen enkel kenmerk een verschil naar {by} aangetoond.")
    if lost:
        said.append(
            f"Bij {names(lost)} is het verschil dan niet meer aangetoond: dat de groepen naar {by} in {held} "
            "verschillen, kan het verklaren."
        )
    if unsure:
        said.append(f"Bij {names(unsure)} is het niet te toetsen.")
    found = [
        basis.finding(
            key, DEMONSTRATED if stays or revealed else OPEN, " ".join(said), said[0], [*stays, *revealed]
        )
    ]
    uneven = [row for row in crossed if row["verdict"] and is_shown(row)]
    if uneven:
        about = [row["measure"] for row in uneven]
        text = f"Bij {names(about)} zijn de verschillen naar {by} niet bij elke {held} gelijk."
        found.append(Basis.on(uneven).finding(f"{key}_ongelijk", DEMONSTRATED, text, about=about))
    return found


def find_attention_by_size(classes: pd.DataFrame, trend: pd.DataFrame) -> list[Finding]:
    """``frequencies`` of aandacht in three classes by omvang, and ``compare_shares`` of the same."""
    by, found = trend["group_var"].iloc[0], []
    tests = {row["category"]: row for row in read_rows(trend)}
    row, basis = tests["hoog"], Basis()
    basis.rest_on(row, "verdict" if row["verdict"] else "n")
    shares = [
        r
        for r in read_rows(classes)
        if r["category"] == "hoog" and r["group"] != TOTAL and r["percent"] == r["percent"]
    ]
    if not row["verdict"] or not shares:
        text = f"Of de aandacht verschilt naar {name(by)}, is niet te zeggen: {first_reason([row])}."
        return [basis.finding("aandacht_naar_omvang.trend", OPEN, text)]
    said = nl_join([f"{basis(share, 'percent')} {among(by, [share['group']])}" for share in shares])
    rises, shown = row["slope"] > 0, is_shown(row)
    claim = f"Veel aandacht of meer komt over het geheel aantoonbaar {'vaker' if rises else 'minder vaak'} "
    claim += "voor in grotere organisaties"
    if not shown:
        claim = "Dat veel aandacht vaker of minder vaak voorkomt in grotere organisaties, is niet aangetoond"
    about = [("stijgt" if rises else "daalt")] if shown else []
    found.append(
        basis.finding(
            "aandacht_naar_omvang.trend", DEMONSTRATED if shown else OPEN, f"{claim}: {said}.", claim, about
        )
    )
    return found


def find_plan(plan: pd.DataFrame) -> list[Finding]:
    """``plan_group_sizes``: what the smallest and the largest groups could show."""
    rows, basis = [row for row in read_rows(plan) if row["detectable"] == row["detectable"]], Basis()
    if not rows:
        return []
    parts = [
        f"met {basis(row, 'group_size')} invullers per groep een verschil van {basis(row, 'detectable')} punt"
        for row in (rows[0], rows[-1])
    ]
    return [
        basis.finding(
            "planning.verschil", DESCRIPTIVE, f"Bij één toets is waarschijnlijk te zien: {nl_join(parts)}."
        )
    ]


def _plain_and_last(table: pd.DataFrame) -> tuple[dict[str, Row], dict[str, Row], str]:
    """The plain rows by measure, those with most held equal, and what that is."""
    last = list_adjustments(table["category"])[-1]
    plain, adjusted = (
        {row["measure"]: row for row in read_rows(table) if row["category"] == key} for key in (PLAIN, last)
    )
    return plain, adjusted, last
