"""Explanations: rankings, outcomes, words."""
