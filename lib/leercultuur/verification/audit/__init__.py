"""Can the printed numbers be true? Checks on published tables that need no questionnaires.

In the spirit of GRIM (Brown and Heathers 2017, Social Psychological and Personality Science 8(4)): answers
are whole numbers and respondents are whole people, so not every printed number can exist. Every check takes
printed numbers and gives objections.

``numbers``     a printed number with its base, and the whole numbers that can lie behind it
``programmes``  integer programmes: which printed numbers exclude each other
``objections``  how an objection is judged and written down
``alone``       checks on one number at a time; ``together``, on the numbers of a table
``checks``      all of them
``kept``        their outcome for the published file, kept in ``data/reference/published_objections.csv``;
                ``python -m leercultuur.verification.audit`` makes it again

Ranges are those of rounding once, or twice (first to one decimal more), with exact halves either way: who
says impossible must not lean on a rule for ties. (Whether a recomputed number agrees goes by the rule of
the published file, half away from zero.) A number without a printed base takes the one printed for the same
group elsewhere.
"""
