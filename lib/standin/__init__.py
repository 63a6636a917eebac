"""The stand-in export: made-up questionnaires that reproduce what the source report prints.

Run as ``python -m standin``. Nothing imports it. Of ``leercultuur`` it uses the ground floor, and what is
printed and what agrees with it (``verification.printed``, ``verification.audit.programmes``). A module a
step:

``assumptions``    what the report does not print and the stand-in needs
``counts``         how many respondents gave which answer in which size class (``item_counts`` for the twenty
                   questions), by ``count_program`` in whole numbers that start from ``shares``
``latent``         who gave which answer: a latent factor model, ranked within size class
``sectors``        shifts per sector until the means are as printed and as claimed (``orderings``)
``outcomes``       aandacht and the learning statements, by ``exchanges`` until all ``ranks`` are as printed
``schedule``       when the questionnaires came in
``exclusions``     names, remarks, and the questionnaires that the cleaning rules must find
``building``       these steps in order
``writing``        the file as a survey platform would export it
"""
