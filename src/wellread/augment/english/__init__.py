"""English by rules: a sentence taken apart into simple statements, and the questions that each of them answers.

Words -> tokens -> a clause with subject, verb and complements -> statements -> what can be asked of each.
"""
