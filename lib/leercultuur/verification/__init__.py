"""What was published, beside what is computed.

``printed``   the printed numbers and claims, and when a value agrees with a printed one
``saved``     the numbers that the notebooks saved, found by name
``matching``  each printed number beside the saved one; the counts of all verdicts
``claims``    each printed claim decided from saved numbers, with ``contests`` between them
``audit``     whether the printed numbers can be true at all, whatever was answered
``page``      all of it as tables, and as the record of a run
"""
