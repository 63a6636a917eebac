"""Printed figures beside the tables that the notebooks saved: the same numbers, or not, and why.

Nothing is computed from respondents here. A number is found by its key: measure, category, population,
group_var, group and statistic, which every saved table carries in columns of those names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from leercultuur.formatting import TOTAL, nl_number, nl_period
from leercultuur.instrument import PROJECT
from leercultuur.verification.saved import KEY, gather, groups_left_out, normalise_keys

REFERENCE = PROJECT / "data" / "reference"
PUBLISHED_PERIOD = ("2024-07-22", "2025-11-03")  # the answers in the source report, both dates inclusive
EQUAL, DEVIATES, UNTESTED = "gelijk", "wijkt af", "niet te toetsen"


def read_published_figures(path: Path = REFERENCE / "published_figures.csv") -> pd.DataFrame:
    """The printed figures, as described beside them; keys are text ("" where there is none)."""
    return _read_keys_as_text(path, numbers=["value", "decimals", "n"])


def read_published_claims(path: Path = REFERENCE / "published_claims.csv") -> pd.DataFrame:
    """The printed claims, with their Dutch wording as ``uitspraak`` from the file of that name with ``_nl``;
    every column is text ("" where there is none)."""
    wording = _read_keys_as_text(path.with_stem(f"{path.stem}_nl"), numbers=[])
    return _read_keys_as_text(path, numbers=[]).merge(wording, on="id", how="left", validate="one_to_one")


def round_half_away(values: pd.Series | float, decimals: int) -> pd.Series | float:
    """Round half away from zero, as tables in print are; 2.675 is a half although its binary form is not."""
    factor = 10.0**decimals
    return np.sign(values) * np.floor(np.abs(values) * factor + 0.5 + 1e-9) / factor


def agrees(value: float, printed: float, decimals: int) -> bool:
    """Whether a value prints as ``printed``: rounded half away from zero to ``decimals``, or to
    ``decimals + 1`` first, as the source's tables were. A missing value does not."""
    twice = round_half_away(round_half_away(value, decimals + 1), decimals)
    return prints_as(value, printed, decimals) or prints_as(twice, printed, decimals)


def prints_as(value: float, printed: float, decimals: int) -> bool:
    """Whether a value prints as ``printed`` when rounded once."""
    return bool(abs(round_half_away(value, decimals) - printed) < 0.1 * 10.0**-decimals)


def match_figures(
    figures: pd.DataFrame,
    tables: pd.DataFrame,
    *,
    period: Sequence[str] = PUBLISHED_PERIOD,
    findings: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Put the recomputed value beside each printed figure.

    Parameters
    ----------
    figures
        From ``read_published_figures``.
    tables
        From ``read_tables``.
    period
        First and last day of the run, ISO text. On another period than the published one nothing is
        judged.
    findings
        Of the audit: columns ``ids``, ``finding`` and ``severity``. A deviating figure that cannot be
        true gets the finding as its reason.

    Returns
    -------
    DataFrame
        ``figures`` with ``recomputed`` (unrounded), ``difference`` (recomputed minus printed), ``status``
        (gelijk, wijkt af, niet te toetsen), ``reason`` (Dutch, "" when equal at once), ``printed_as_is``
        (True or False; missing when there is nothing to compare) and ``source`` (tables, joined by ", ").
        Benchmarks are taken over, not recomputed: "niet te toetsen", unless the tables print another value.
    """
    wanted = normalise_keys(figures)
    beside = wanted.merge(gather(tables), how="left", on=KEY).set_index(figures.index)
    other_period = describe_other_period(period)
    reasons, left_out = _index_findings(findings), groups_left_out(tables)
    judged = []
    for printed, found in zip(figures.itertuples(), beside.itertuples(), strict=True):
        status, reason, as_printed = _judge(printed, found)
        if status == UNTESTED and (printed.group_var, printed.group) in left_out:
            reason = f"de groep is weggelaten ({left_out[printed.group_var, printed.group]})"
        elif status == DEVIATES and not reason:
            reason = reasons.get(printed.id, "geen verklaring in de gedrukte cijfers zelf")
        judged.append((UNTESTED, other_period, None) if other_period else (status, reason, as_printed))
    verdicts = pd.DataFrame(judged, figures.index, ["status", "reason", "printed_as_is"], dtype=object)
    return figures.assign(
        recomputed=beside["value"],
        difference=beside["value"] - figures["value"],
        status=verdicts["status"].astype(str),
        reason=verdicts["reason"].astype(str),
        printed_as_is=verdicts["printed_as_is"].astype("boolean"),
        source=beside["source"].fillna(""),
    )


def describe_other_period(period: Sequence[str]) -> str:
    """Why a run cannot be compared with the report: it covers another period; "" when it can."""
    run, report = ([date.fromisoformat(str(day)) for day in days] for days in (period, PUBLISHED_PERIOD))
    return "" if run == report else f"andere periode: {nl_period(*run)}; het rapport: {nl_period(*report)}"


def summarise(figures: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Count the verdicts per section.

    Returns
    -------
    DataFrame
        A row is a section, in the order of the report, then all sections ("totaal"): ``section``;
        ``equal``, ``benchmark`` (taken over, and the same), ``deviating``, ``untestable``, ``total`` of the
        figures; the same of the claims as ``claims_equal``, … (no benchmark).
    """
    sections = [*dict.fromkeys([*figures["section"], *claims["section"]]), TOTAL]
    rows = []
    for section in sections:
        counts = _count(figures if section == TOTAL else figures[figures["section"] == section])
        judged = _count(claims if section == TOTAL else claims[claims["section"] == section])
        rows.append({"section": section, **counts, **{f"claims_{name}": n for name, n in judged.items()}})
    return pd.DataFrame(rows).drop(columns="claims_benchmark")


def verification_line(figures: pd.DataFrame, claims: pd.DataFrame) -> str:
    """How many printed figures and claims the run gives back: one Dutch line."""
    of, claimed = _count(figures), _count(claims)
    as_printed = of["equal"] + of["benchmark"]
    if as_printed + of["deviating"] + claimed["equal"] + claimed["deviating"] == 0:
        return f"geen van de {of['total']} gedrukte cijfers en {claimed['total']} uitspraken is te toetsen"
    line = (
        f"{as_printed} van de {of['total']} gedrukte cijfers komen overeen ({of['equal']} herrekend, "
        f"{of['benchmark']} benchmarks overgenomen) en {claimed['equal']} van de {claimed['total']} "
        "uitspraken kloppen"
    )
    if of["untestable"] + claimed["untestable"]:
        line += f"; niet te toetsen: {of['untestable']} cijfers, {claimed['untestable']} uitspraken"
    return line


def verification_summary(figures: pd.DataFrame, claims: pd.DataFrame) -> dict[str, object]:
    """The counts and the line, for ``verification.json``: ``figures``, ``claims`` and ``line``.

    Counts are ``equal``, ``benchmark`` (figures only), ``deviating``, ``untestable`` and ``total``.
    """
    counts = _count(claims)
    del counts["benchmark"]
    return {
        "figures": _count(figures),
        "claims": counts,
        "line": verification_line(figures, claims),
    }


def _judge(printed: tuple, found: tuple) -> tuple[str, str, bool | None]:
    """Status, reason and whether it prints the same, of one figure on the published period."""
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


def _index_findings(findings: pd.DataFrame | None) -> dict[str, str]:
    """Figure id -> the finding that says it cannot be true; the one about the fewest figures."""
    reasons: dict[str, str] = {}
    if findings is not None:
        impossible = findings[findings["severity"] == "onmogelijk"]
        for row in impossible.sort_values("ids", key=lambda ids: ids.str.len(), kind="stable").itertuples():
            reason = f"de gedrukte cijfers spreken elkaar tegen: {row.finding}"
            reasons = dict.fromkeys(row.ids.split(), reason) | reasons
    return reasons


def _read_keys_as_text(path: Path, numbers: list[str]) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return table.assign(**{name: pd.to_numeric(table[name].replace("", np.nan)) for name in numbers})
