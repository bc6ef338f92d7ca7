"""Measures accuracy: analyses labelled packets with the package itself and judges the names.

Only the command `evaluate` and tests import it.
"""
