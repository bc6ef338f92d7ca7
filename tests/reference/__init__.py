"""A plain, slow implementation of the whole path, written from the rules alone.

It is the oracle of the property tests: no shortcuts, no tables, nothing shared with the
C core. Where it and the core disagree, one of them has misread a rule.
"""
