"""Which questionnaires count: the period, and the questionnaires left out with the reason why."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from leercultuur.checks.cautions import Caution
from leercultuur.disclosure.hiding import find_disclosure, mask_places, mask_small
from leercultuur.disclosure.plan import Disclosure
from leercultuur.instrument import load_instrument
from leercultuur.periods import Period
from leercultuur.project import InputError
from leercultuur.thresholds import MIN_ANSWERED

# In the order in which they are counted: a questionnaire left out for two reasons counts under the first.
REASONS = {
    "gelijk_antwoord": "Hetzelfde antwoord op alle vragen naar de kenmerken",
    "test": 'Het woord "test" in een tekstveld',
    "niet_voltooid": "Vragenlijst niet voltooid",
    "leeg": "Geen enkel antwoord op de vragen naar de kenmerken",
}
ALWAYS_SAID = [key for key in REASONS if key != "leeg"]  # in the flow, also when it left out nothing
TEST_WORD = re.compile(r"\btest\b", re.IGNORECASE)
LEGAL_FORM = r"\b(?:b\.?v|n\.?v|v\.?o\.?f|c\.?v|u\.?a)\b\.?"


@dataclass(frozen=True)
class CleanedAnswers:
    """What cleaning leaves.

    Attributes
    ----------
    respondents
        A row is a questionnaire that counts; the columns of ``read_export`` but for ``status`` and personal
        data, and ``organisation_id`` (``number_organisations``).
    exclusions
        A row is a questionnaire left out: ``respondent_id``, ``wave`` and ``row`` (where it stands in the
        exports), ``submitted_at``, ``reason`` (key of the
        first reason), ``reasons`` (all of them, in words).
    flow
        A row is a step: ``measure`` (respons), ``category``, ``count``.
    flags
        The rows of respondents; a column of bool per key of ``quality.FLAGS``.
    cautions
        What reading and cleaning found.
    sources
        A row is an export: ``wave``, ``file``, ``layout`` (how it was read).
    """

    respondents: pd.DataFrame
    exclusions: pd.DataFrame
    flow: pd.DataFrame
    flags: pd.DataFrame = field(default_factory=pd.DataFrame)
    cautions: tuple[Caution, ...] = ()
    sources: pd.DataFrame = field(default_factory=pd.DataFrame)


def clean_answers(answers: pd.DataFrame, period: Period) -> CleanedAnswers:
    """Select the period and leave out what is not serious.

    The moment of a questionnaire is its submit time, or its start time when it was never submitted.
    Personal data are used here, by the rule on text fields, and dropped.

    Raises
    ------
    InputError
        No questionnaire in the period, or none that counts.
    """
    moment = answers["submitted_at"].fillna(answers["started_at"])
    if moment.isna().all():
        raise InputError("Geen enkele vragenlijst heeft een tijd. Controleer de tijdkolommen van de export.")
    in_period = answers[period.contains(moment)]
    if in_period.empty:
        known = Period(moment.min().date(), moment.max().date())
        raise InputError(
            f"Geen vragenlijsten van {period}; het exportbestand loopt van {known}. "
            "Kies een andere periode of een ander exportbestand."
        )
    reasons = find_exclusions(in_period)
    left_out = reasons.any(axis=1)
    respondents = in_period.assign(organisation_id=number_organisations(in_period["organisatienaam"]))
    respondents = respondents[~left_out].drop(columns=["status", *load_instrument().personal])
    if respondents.empty:
        raise InputError("Na opschoning blijft geen enkele vragenlijst over. Kies een ruimere periode.")

    exclusions = in_period.loc[left_out].reindex(columns=["respondent_id", "wave", "row", "submitted_at"])
    exclusions["reason"] = reasons[left_out].idxmax(axis=1)
    exclusions["reasons"] = [
        "; ".join(REASONS[key] for key in REASONS if row[key]) for _, row in reasons[left_out].iterrows()
    ]
    left_out_for = {key: int((exclusions["reason"] == key).sum()) for key in REASONS}
    counts = {
        "in_export": len(answers),
        "buiten_periode": len(answers) - len(in_period),
        "ingevuld": len(in_period),
        "uitgesloten": int(left_out.sum()),
        **{f"uitgesloten_{key}": n for key, n in left_out_for.items() if n or key in ALWAYS_SAID},
        "analyse": len(respondents),
    }
    flow = pd.DataFrame({"measure": "respons", "category": list(counts), "count": list(counts.values())})
    return CleanedAnswers(respondents.reset_index(drop=True), exclusions.reset_index(drop=True), flow)


def find_exclusions(answers: pd.DataFrame) -> pd.DataFrame:
    """Which rule leaves out which questionnaire.

    Parameters
    ----------
    answers
        A row is a questionnaire, columns as ``read_export`` gives them.

    Returns
    -------
    DataFrame of bool
        Same rows; a column per key of ``REASONS``. A questionnaire is a straight-liner when all answers
        it gives to the items are the same, and it gives at least ``MIN_ANSWERED`` of them. Not finished
        is any other status than the first one, or no submit time. Empty is no answer to any item.
    """
    instrument = load_instrument()
    items = answers[instrument.items]
    answered = items.notna().mean(axis=1) >= MIN_ANSWERED
    # Of an address only the part before the @: the organisation's domain may be called anything.
    finished = next(iter(instrument.options("status")))
    texts = answers[instrument.personal].assign(email=answers["email"].str.split("@").str[0])
    return pd.DataFrame(
        {
            "gelijk_antwoord": answered & (items.nunique(axis=1) == 1),
            "test": texts.apply(lambda column: column.str.contains(TEST_WORD)).any(axis=1),
            "niet_voltooid": (answers["status"] != finished) | answers["submitted_at"].isna(),
            "leeg": items.isna().all(axis=1),
        }
    )


def number_organisations(names: pd.Series) -> pd.Series:
    """A number per organisation, in order of appearance, in the place of its name; missing without a name.

    Names that differ in capitals, signs, spaces or legal form only are the same. What else people write of
    one organisation (an abbreviation, a department) cannot be told from two.
    """
    words = names.str.casefold().str.replace(LEGAL_FORM, " ", regex=True).str.replace(r"\W+", "", regex=True)
    codes = pd.Series(pd.factorize(words.replace("", None))[0], names.index, dtype=float)
    return codes.where(codes >= 0) + 1


def count_organisations(respondents: pd.DataFrame) -> pd.DataFrame:
    """How many organisations filled in how many questionnaires.

    Returns
    -------
    DataFrame
        A row is a number of questionnaires: ``questionnaires`` (1, 2, …, of protected respondents 2 is two or
        more; missing for those without a name),
        ``organisations`` (missing for those), ``respondents``.
    """
    per = respondents["organisation_id"].value_counts()
    sizes = per.value_counts().sort_index()
    table = pd.DataFrame({"questionnaires": sizes.index, "organisations": sizes.to_numpy()}).astype(float)
    table["respondents"] = (table["questionnaires"] * table["organisations"]).astype(int)
    unnamed = respondents["organisation_id"].isna().sum()
    if unnamed:
        table.loc[len(table)] = [float("nan"), float("nan"), unnamed]
    rule = find_disclosure(respondents)
    if rule is None:
        return table
    # How many an organisation filled in is itself a count of few: only one, or more.
    kinds = table["questionnaires"].clip(upper=2)
    table = table.drop(columns="questionnaires").groupby(kinds, dropna=False).sum(min_count=1).reset_index()
    hidden = rule.judge_parts(table["organisations"].fillna(table["respondents"]))
    return mask_places(table, rule, hidden, ["organisations", "respondents"])


def count_missing(respondents: pd.DataFrame) -> pd.DataFrame:
    """Unanswered per question: ``measure``, ``n`` (questionnaires), ``missing``, ``percent_missing``
    (0-100)."""
    variables = load_instrument().variables
    missing = respondents[variables].isna().sum().to_numpy()
    table = pd.DataFrame({"measure": variables, "n": len(respondents), "missing": missing})
    table = table.assign(percent_missing=100 * missing / len(respondents))
    return mask_small(table, find_disclosure(respondents), {"missing": ["percent_missing"]})


def mask_flow(flow: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """The flow without steps and reasons that are about few questionnaires, or give those away."""
    counts = flow.set_index("category")["count"]
    reasons = [step for step in counts.index if step.startswith("uitgesloten_")]
    filled_in = [*reasons, "analyse"]
    sums = {"uitgesloten": reasons, "ingevuld": filled_in, "in_export": ["buiten_periode", *filled_in]}
    return mask_places(flow, rule, rule.judge_sums(counts, sums, "analyse"), ["count"])
