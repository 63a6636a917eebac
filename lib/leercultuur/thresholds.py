"""Where lines are drawn: every threshold of the statistics, once.

How large a sector must be to be compared is a parameter of its notebook: ``min_group_size`` in 04.
"""

from __future__ import annotations

CONFIDENCE = 0.95  # of every interval
ALPHA = 0.05  # a difference is marked when p is below it
MIN_BASE = 10  # numbers about fewer respondents are not shown
MIN_ANSWERED = 0.8  # share of a series of questions that must be answered for it to count

# Smallest absolute rho -> word (Cohen 1988: .10 small, .30 medium, .50 large).
RHO_WORDS = {0.5: "sterk", 0.3: "matig", 0.1: "zwak", 0.0: "verwaarloosbaar"}
