"""What the report does not print and the stand-in needs: round numbers, chosen, not measured.

They shape the made-up answers where the printed numbers leave room. None of them is a finding.
"""

from __future__ import annotations

SEED = 20_251_103

# How much the shares of a role or sector lean to a size class before the printed numbers bind.
SIZE_TILT: dict[str, dict[str, dict[str, float]]] = {
    "rol": {
        "ondernemer": {"micro": 6.0, "klein": 2.4, "midden": 0.5, "groot": 0.1},
        "directie": {"micro": 1.2, "klein": 1.4, "midden": 1.0, "groot": 0.5},
        "lijnmanagement": {"micro": 0.3, "klein": 0.8, "midden": 1.2, "groot": 1.6},
        "hr": {"micro": 0.25, "klein": 0.55, "midden": 1.5, "groot": 2.2},
    },
}

# Mean of micro minus mean of groot, in points on the 1-5 scale. Only their joint mean is printed; these
# differences let the printed correlations per size class and overall go together.
MICRO_ABOVE_GROOT = {
    "taken": 0.33,
    "collegas": 0.46,
    "leidinggevende": 0.20,
    "organisatie": -0.42,
    "omgeving": 0.30,
}

CLAIM_MARGIN = 0.02  # points between means that a claim says differ

# Welch's t between klein and midden: a printed star stays clear of 1.96 on its own side.
ITEM_SD = 0.95
CLEARLY_SIGNIFICANT = 2.3
CLEARLY_NOT_SIGNIFICANT = 1.7

# Latent model: share of a scale factor's variance that is general, and of an item's that is its scale's.
GENERAL_SHARE = 0.70
ITEM_CORRELATION = {
    "taken": 0.48,
    "collegas": 0.43,
    "leidinggevende": 0.69,
    "organisatie": 0.37,
    "omgeving": 0.60,
}

SECTOR_MARGIN = 0.03  # points between sector means that a claim says differ
POST_HOC_ERRORS = 3.3  # a difference this many standard errors wide is significant among nine groups
ALIKE = 0.13  # points between sectors that do not differ

# The five statements: answer shares that are tilted to a mean per size class, and how much of what the
# characteristics leave unexplained the two learning statements share.
STATEMENT_SHAPE = (0.01, 0.04, 0.15, 0.55, 0.25)
STATEMENT_MEANS = {
    "wea_voldoende_kennis": {"micro": 4.15, "klein": 4.05, "midden": 3.95, "groot": 3.95},
    "leren_van_taken": {"micro": 4.08, "klein": 4.10, "midden": 4.18, "groot": 3.80},
    "leren_van_anderen": {"micro": 4.08, "klein": 4.10, "midden": 4.18, "groot": 3.84},
    "wea_veranderen": {"micro": 3.60, "klein": 3.65, "midden": 3.70, "groot": 3.80},
    "wea_gemotiveerd": {"micro": 3.95, "klein": 3.90, "midden": 3.80, "groot": 3.75},
}
LEARNING_SHARED = 0.30
STATEMENT_SHARE = 0.25  # variance that the other statements share with the general factor

# scholing and the statements without printed numbers lean a little on what is known.
SCHOLING_SHARE = 0.10

# Weekly responses. A round starts high, fades per week, and gets a lower second start from a reminder.
ROUND_PEAK = 10_000
FADE_PERCENT = 62
REMINDER_WEEK = 4
REMINDER_PERCENT = 65
QUIET = 350  # between two rounds of a campaign
STEADY = 2_000  # between campaigns
WEEKDAY_PERCENT = (100, 115, 105, 100, 65, 8, 6)  # Monday first
FIRST_HOUR = 7
HOUR_WEIGHTS = (3, 10, 18, 20, 17, 9, 15, 18, 16, 11, 5, 2, 3, 4, 3, 1)
HOLIDAYS = (  # first day, last day, percent that remains
    ("2024-08-05", "2024-08-16", 60),
    ("2024-10-28", "2024-11-01", 70),
    ("2024-12-21", "2025-01-05", 15),
    ("2025-02-22", "2025-03-02", 70),
    ("2025-04-18", "2025-04-21", 10),
    ("2025-04-26", "2025-05-05", 40),
    ("2025-05-29", "2025-06-01", 20),
    ("2025-06-09", "2025-06-09", 10),
    ("2025-07-19", "2025-08-31", 45),
    ("2025-10-18", "2025-10-26", 75),
)
SHORTEST_MINUTES = 6
MORE_MINUTES = 22

# Questionnaires that are not serious: found by equal answers only, by both rules, by "test" only (the rest).
EXCLUDED_EQUAL = 17
EXCLUDED_BOTH = 3
EXCLUDED_UNFINISHED = 9  # among those found by "test" only
EQUAL_ANSWERS = (3, 3, 4, 3, 1, 2, 3, 5)
TEST_TEXTS = (
    ("organisatienaam", "Test"),
    ("toelichting", "dit is een test"),
    ("organisatienaam", "TEST"),
    ("toelichting", "test."),
    ("email", "test@voorbeeld.example"),
    ("organisatienaam", "test BV"),
    ("toelichting", "Even een test, graag verwijderen"),
    ("email", "test.account@fictief.example"),
)

ORGANISATION_FORMS = (
    "Fictief Bedrijf {number} BV",
    "Fictief Bedrijf {number} BV",
    "Fictief Bedrijf {number}",
    "Fictieve Stichting {number}",
    "Voorbeeldorganisatie {number}",
)
EMAIL_FORMS = (
    "invuller{number}@voorbeeld.example",
    "contact{number}@fictief.example",
    "naam{number}@voorbeeldbedrijf.example",
)
REMARKS_EACH = 6
REMARKS = (
    "Geen verdere opmerkingen.",
    "Wij testen dit jaar een nieuw inwerkprogramma.",
    "Verzonnen opmerking: wij maken onder meer een testament op voor klanten.",
    "Onze machines zijn net getest; verder geen opmerkingen.",
    "Ingevuld samen met een collega.",
    'Sommige vragen zijn lastig, vooral die over "borgen".',
    "Een attest is bij ons verplicht voor nieuw personeel.",
    "De antwoorden gelden voor deze vestiging.",
    "Ik ben benieuwd naar de uitkomsten.",
    "Vragenlijst was duidelijk; graag een samenvatting.",
    "Veel leren gebeurt hier op de werkvloer.",
    "Wij werken met testteams en leren daar veel van.",
    "Dit is een fictieve toelichting.",
)

# Most steps that fitting the rank correlations may take.
AANDACHT_STEPS = 8_000
LEARNING_STEPS = 40_000

UNTIDY_PER_QUESTION = 8  # labels with a stray space or another dash
