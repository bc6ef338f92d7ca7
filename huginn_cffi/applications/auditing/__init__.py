"""Checks a policy, a TOML file of rules, against the hosts of captures or of a store.

`policy` reads the file, `evaluating` lets SQLite evaluate its conditions, and `output` writes the answers.
"""
