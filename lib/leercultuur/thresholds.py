"""Where lines are drawn: every threshold of the statistics, once.

How large a sector must be to be compared is a parameter of its notebook: ``min_group_size`` in 04.
"""

from __future__ import annotations

CONFIDENCE = 0.95  # of every interval
ALPHA = 0.05  # a difference is demonstrated when its corrected p is below it
EQUIVALENCE = 0.2  # standard deviations: a difference within it is none that matters (Cohen 1988: small)
POWER = 0.8  # the chance with which a difference of the detectable size would have been found
MIN_BASE = 10  # numbers about fewer respondents are not shown
MIN_CELL = 10  # the smallest count that is shown of real respondents, unless a run asks for another
MIN_DEVIATING = 5  # answers beside the most frequent one; with fewer a correlation rests on a few people
MIN_ANSWERED = 0.8  # share of a series of questions that must be answered for it to count
MAX_UNKNOWN = 0.05  # share of the answers to a question that may be no option; above it an export is refused
LARGEST_WEIGHT = 5  # times the mean weight; larger ones are capped (DeBell and Krosnick 2009)
ATTENUATED = 0.7  # a reliability below it makes correlations look much weaker (Nunnally 1978)
EFFECTIVE_SHARE = 0.5  # of the respondents; a weighted mean that counts as fewer comes with a warning
RESPONDENTS_PER_PREDICTOR = 10  # fewer say little about what matters most (Harrell 2015)
FEW_RESPONDENTS = 30  # with fewer, intervals and tests lean on the shape of the answers
SECONDS_PER_QUESTION = 2  # who needs fewer cannot have read them (Huang et al. 2012)
REPEATED_WITHIN = 60  # minutes: the same answers to everything so soon after are one questionnaire twice
EMPTY_DAYS = 7  # at either end of a period, before it is said that the answers do not cover it
MANY_STRAIGHT_LINERS = 0.05  # of the questionnaires filled in; a convention of this report
NOTICEABLE = 0.05  # points of a score, or rho: what leaving questionnaires out may change unsaid

# Smallest absolute rho -> word (Cohen 1988: .10 small, .30 medium, .50 large).
RHO_WORDS = {0.5: "sterk", 0.3: "matig", 0.1: "zwak", 0.0: "verwaarloosbaar"}
