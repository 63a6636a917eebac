"""The stand-in export: made-up questionnaires that reproduce what the source report prints.

Run as ``python -m leercultuur.synthetic``. Nothing else in the package imports this one. A module a step:

``targets``      what the report prints, as intervals a computed value may lie in
``assumptions``  what it does not print and the stand-in needs
``programs``     small integer programmes: whole counts inside those intervals
``counts``       how many respondents gave which answer in which size class
``latent``       who gave them: a latent factor model, ranked within size class
``sectors``      sector means, and the claims about sectors
``outcomes``     aandacht and the learning statements
``ranks``        rank correlations as sums, and ``exchanges``, the search for the printed ones
``schedule``     when the questionnaires came in
``exclusions``   the questionnaires that the cleaning rules must find; ``texts``, names and remarks
``building``     these steps in order
``writing``      the file as a survey platform would export it
``checking``     every printed figure recomputed from the answers, and ``claims``, every statement in words
"""
