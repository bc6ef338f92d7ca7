"""Explanations: rankings, verdicts, words."""
