"""What people typed, and the questionnaires that are not serious.

Every one of those is found by the rule on equal answers or by the one on "test" in a text.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from leercultuur.instrument import Instrument
from standin import assumptions


def draw_texts(rng: np.random.Generator, n: int, *, remarks: bool = True) -> pd.DataFrame:
    """Columns email, organisatienaam and toelichting of n questionnaires; most remarks are empty."""
    numbers = rng.permutation(9000)[:n] + 1000
    forms = rng.integers(0, len(assumptions.ORGANISATION_FORMS), n)
    names = [
        assumptions.ORGANISATION_FORMS[form].format(number=number)
        for form, number in zip(forms, numbers, strict=True)
    ]
    emails = [
        assumptions.EMAIL_FORMS[int(form)].format(number=number)
        for form, number in zip(rng.integers(0, len(assumptions.EMAIL_FORMS), n), numbers, strict=True)
    ]
    notes = [""] * n
    if remarks:
        rows = rng.permutation(n)[: assumptions.REMARKS_EACH * len(assumptions.REMARKS)]
        for position, row in enumerate(rows):
            notes[int(row)] = assumptions.REMARKS[position % len(assumptions.REMARKS)]
    return pd.DataFrame({"email": emails, "organisatienaam": names, "toelichting": notes})


def make_excluded(
    rng: np.random.Generator, instrument: Instrument, respondents: pd.DataFrame, n: int
) -> pd.DataFrame:
    """Questionnaires to be left out, modelled on ones that count.

    Parameters
    ----------
    respondents : DataFrame
        Coded answers of those that count.
    n : int
        How many to make.

    Returns
    -------
    DataFrame
        Coded answers (missing where unanswered), status, email, organisatienaam, toelichting; and
        ``rule``: ``gelijk``, ``test`` or ``beide``, for tests.
    """
    done, partial, stopped = instrument.options("status")
    rows = respondents.iloc[rng.choice(len(respondents), n, replace=False)].reset_index(drop=True)
    answers = rows[instrument.variables].astype(object)
    # Nobody is copied: each question is answered as by somebody else among the same few.
    for variable in instrument.variables:
        answers[variable] = answers[variable].to_numpy()[rng.permutation(n)]
    texts = draw_texts(rng, n, remarks=False)
    status = [done] * n
    both = assumptions.EXCLUDED_BOTH
    equal = both + assumptions.EXCLUDED_EQUAL
    rules = ["beide"] * both + ["gelijk"] * (equal - both) + ["test"] * (n - equal)
    for row, rule in enumerate(rules):
        if rule != "test":
            answers.loc[row, instrument.items] = assumptions.EQUAL_ANSWERS[
                row % len(assumptions.EQUAL_ANSWERS)
            ]
        if rule != "gelijk":
            column, text = assumptions.TEST_TEXTS[row % len(assumptions.TEST_TEXTS)]
            texts.loc[row, column] = text
    # One straight-liner skipped two questions, and some who tried the questionnaire did not finish it.
    answers.loc[equal - 1, [instrument.items[7], instrument.items[13]]] = None
    unfinished = range(n - assumptions.EXCLUDED_UNFINISHED, n)
    for number, row in enumerate(unfinished):
        status[row] = stopped if number % 3 == 2 else partial
        answers.loc[row, instrument.variables[4 + int(rng.integers(0, 22)) :]] = None
    return answers.assign(status=status, rule=rules, **{name: texts[name] for name in texts})
