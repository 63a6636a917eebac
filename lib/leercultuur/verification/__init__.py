"""What was published, beside what is computed.

``printed``   the printed numbers and claims, and when a value agrees with a printed one
``saved``     the numbers that the notebooks saved, found by name
``matching``  each printed number beside the saved one; the counts of all verdicts
``claims``    each printed claim decided from saved numbers: ``contests`` between numbers, the ``orderings``
              of each kind of claim, and what must have been ``tested``
``from_print``  the same from the printed numbers: what print itself contradicts
``stability``   whether a test carries a claim, and how often it holds when respondents are resampled
``audit``     whether the printed numbers can be true at all, whatever was answered
``page``      all of it as tables, and as the record of a run
"""
