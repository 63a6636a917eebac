"""The stand-in export: made-up questionnaires that reproduce what the source report prints.

Run as ``python -m standin``. Nothing else in the package imports this one. A module a step:

``targets``      what the report prints, as intervals a computed value may lie in
``assumptions``  what it does not print and the stand-in needs
``counts``       how many respondents gave which answer in which size class (``item_counts`` for the twenty
                 questions), by ``programs`` in whole numbers that start from ``shares``
``latent``       who gave which answer: a latent factor model, ranked within size class
``sectors``      shifts per sector until ``sector_means`` are as printed and as claimed (``orderings``)
``outcomes``     aandacht and the learning statements, by ``exchanges`` until all ``ranks`` are as printed
``schedule``     when the questionnaires came in
``exclusions``   the questionnaires that the cleaning rules must find; ``texts``, names and remarks
``building``     these steps in order
``writing``      the file as a survey platform would export it
"""
