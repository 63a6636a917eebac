"""Printed numbers beside those that the notebooks saved: the same, or not, and why; and the verdicts counted.

Nothing is computed from respondents here. A number is found by its key: measure, category, population,
group_var, group and statistic, which every saved table carries in columns of those names.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from leercultuur.formatting import nl_number
from leercultuur.keys import TOTAL
from leercultuur.periods import Period
from leercultuur.statistics.significance import DEMONSTRATED
from leercultuur.verification.audit.objections import IMPOSSIBLE
from leercultuur.verification.printed import PUBLISHED_PERIOD, agrees, prints_as
from leercultuur.verification.saved import KEY, SavedNumbers, normalise_keys

EQUAL, DEVIATES, UNTESTED = "gelijk", "wijkt af", "niet te toetsen"
NOT_SHOWN = "niet getoond: te klein, of iets kleins zou eruit zijn af te leiden"  # a reason
CARRIED, NOT_CARRIED = DEMONSTRATED, f"niet {DEMONSTRATED}"  # of claims: by a test


def match_numbers(
    printed: pd.DataFrame,
    saved: SavedNumbers,
    *,
    period: Period = PUBLISHED_PERIOD,
    objections: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the recomputed value beside each printed number.

    Parameters
    ----------
    printed
        From ``read_printed_numbers``.
    saved
        From ``read_saved_numbers``.
    period
        Of the run. On another period than the published one nothing is judged.
    objections
        Of the audit: columns ``ids``, ``objection`` and ``severity``. A deviating number that cannot be
        true gets the objection as its reason.

    Returns
    -------
    DataFrame
        ``printed`` with ``recomputed`` (unrounded), ``difference`` (recomputed minus printed), ``status``
        (gelijk, wijkt af, niet te toetsen), ``reason`` (Dutch, "" when equal at once), ``printed_as_is``
        (True or False; missing when there is nothing to compare) and ``source`` (tables, joined by ", ").
        Benchmarks are taken over, not recomputed: "niet te toetsen", unless the tables print another value.
    """
    beside = normalise_keys(printed).merge(saved.numbers, how="left", on=KEY).set_index(printed.index)
    other_period = describe_other_period(period)
    reasons = {} if objections is None else _index_objections(objections)
    judged = []
    for number, found in zip(printed.itertuples(), beside.itertuples(), strict=True):
        status, reason, as_printed = _judge(number, found)
        known = found.source == found.source or number.group  # a hidden group is in no table
        if status == UNTESTED and not as_printed and saved.protected and known:
            reason = NOT_SHOWN
        elif status == UNTESTED and (number.group_var, number.group) in saved.left_out:
            reason = f"de groep is weggelaten ({saved.left_out[number.group_var, number.group]})"
        elif status == DEVIATES and not reason:
            reason = reasons.get(number.id, "geen verklaring in de gedrukte cijfers zelf")
        judged.append((UNTESTED, other_period, None) if other_period else (status, reason, as_printed))
    verdicts = pd.DataFrame(judged, printed.index, ["status", "reason", "printed_as_is"], dtype=object)
    return printed.assign(
        recomputed=beside["value"],
        difference=beside["value"] - printed["value"],
        status=verdicts["status"].astype(str),
        reason=verdicts["reason"].astype(str),
        printed_as_is=verdicts["printed_as_is"].astype("boolean"),
        source=beside["source"].fillna(""),
    )


def describe_other_period(period: Period) -> str:
    """Why a run cannot be compared with the report: it covers another period; "" when it can."""
    return "" if period == PUBLISHED_PERIOD else f"andere periode: {period}; het rapport: {PUBLISHED_PERIOD}"


def summarise_verdicts(numbers: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts per section.

    Parameters
    ----------
    numbers
        From ``match_numbers``.
    claims
        From ``judge_claims``.

    Returns
    -------
    DataFrame
        A row is a section, in the order of the report, then all sections ("totaal"): ``section``;
        ``equal``, ``benchmark`` (taken over, and the same), ``deviating``, ``untestable``, ``total`` of the
        numbers; the same of the claims as ``claims_equal``, … (no benchmark), and ``claims_carried``, those
        carried by a test.
    """
    rows = []
    for section in [*dict.fromkeys([*numbers["section"], *claims["section"]]), TOTAL]:
        counts = _count(numbers if section == TOTAL else numbers[numbers["section"] == section])
        judged = _count_claims(claims if section == TOTAL else claims[claims["section"] == section])
        rows.append({"section": section, **counts, **{f"claims_{name}": n for name, n in judged.items()}})
    return pd.DataFrame(rows)


def verification_summary(numbers: pd.DataFrame, claims: pd.DataFrame) -> dict[str, Any]:
    """The counts and the line, for ``verification.json``: ``numbers``, ``claims`` and ``line``.

    Counts are ``equal``, ``benchmark`` (numbers only), ``deviating``, ``untestable``, ``total`` and
    ``carried`` (claims only).
    """
    of, claimed = _count(numbers), _count_claims(claims)
    return {"numbers": of, "claims": claimed, "line": _write_line(of, claimed)}


def _write_line(of: dict[str, int], claimed: dict[str, int]) -> str:
    """How many printed numbers and claims the run gives back: one Dutch line."""
    as_printed = of["equal"] + of["benchmark"]
    if as_printed + of["deviating"] + claimed["equal"] + claimed["deviating"] == 0:
        return f"geen van de {of['total']} gedrukte cijfers en {claimed['total']} uitspraken is te toetsen"
    line = (
        f"{as_printed} van de {of['total']} gedrukte cijfers komen overeen ({of['equal']} herrekend, "
        f"{of['benchmark']} benchmarks overgenomen); {claimed['equal']} van de {claimed['total']} "
        f"uitspraken staan in dezelfde volgorde, {claimed['carried']} daarvan aantoonbaar"
    )
    if of["untestable"] + claimed["untestable"]:
        line += f"; niet te toetsen: {of['untestable']} cijfers, {claimed['untestable']} uitspraken"
    return line


def _judge(printed: Any, found: Any) -> tuple[str, str, bool | None]:
    """Status, reason and whether it prints the same, of one number on the published period."""
    benchmark = printed.statistic.startswith("benchmark_")
    taken_over = f"benchmark, overgenomen ({printed.note})" if benchmark else ""
    if pd.isna(found.source):
        return UNTESTED, ", ".join(filter(None, [taken_over, "staat niet in de tabellen"])), None
    if found.conflict:
        return DEVIATES, f"tabellen spreken elkaar tegen: {found.conflict}", False
    if pd.isna(found.value):
        return UNTESTED, "leeg in de tabellen: te weinig antwoorden om te tonen", None
    if not agrees(found.value, printed.value, printed.decimals):
        return DEVIATES, f"{taken_over}, maar de tabellen geven iets anders" if benchmark else "", False
    if benchmark:
        return UNTESTED, taken_over, True
    if printed.n > 0 and found.n != printed.n and not pd.isna(found.n):
        return DEVIATES, f"basis {nl_number(found.n)}, gedrukt is {nl_number(printed.n)}", False
    if prints_as(found.value, printed.value, printed.decimals):
        return EQUAL, "", True
    return EQUAL, f"na afronden op {printed.decimals + 1} en dan op {printed.decimals} decimalen", True


def _count(judged: pd.DataFrame) -> dict[str, int]:
    as_is = judged.get("printed_as_is", pd.Series(False, judged.index)).fillna(False).astype(bool)
    untested = judged["status"] == UNTESTED
    return {
        "equal": int((judged["status"] == EQUAL).sum()),
        "benchmark": int((untested & as_is).sum()),
        "deviating": int((judged["status"] == DEVIATES).sum()),
        "untestable": int((untested & ~as_is).sum()),
        "total": len(judged),
    }


def _count_claims(claims: pd.DataFrame) -> dict[str, int]:
    """As of numbers, with those that a test carries; no benchmarks."""
    counts = _count(claims)
    del counts["benchmark"]
    return counts | {"carried": int((claims["carried"] == CARRIED).sum())}


def _index_objections(objections: pd.DataFrame) -> dict[str, str]:
    """Number id -> the objection that says it cannot be true; the one about the fewest numbers."""
    reasons: dict[str, str] = {}
    impossible = objections[objections["severity"] == IMPOSSIBLE]
    for row in impossible.sort_values("ids", key=lambda ids: ids.str.len(), kind="stable").itertuples():
        reason = f"de gedrukte cijfers spreken elkaar tegen: {row.objection}"
        reasons = dict.fromkeys(row.ids.split(), reason) | reasons
    return reasons
