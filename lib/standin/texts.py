"""Plainly made-up texts: e-mail addresses, organisation names and remarks."""

from __future__ import annotations

import numpy as np
import pandas as pd

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
