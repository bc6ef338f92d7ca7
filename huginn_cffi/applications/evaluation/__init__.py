"""How right the names are: labelled packets analysed by the package itself, and judged.

Imported only by the command `evaluate` and by tests.
"""
