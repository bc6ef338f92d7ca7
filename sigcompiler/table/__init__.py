"""Builds the decision table of a model; `layout` describes the table."""
