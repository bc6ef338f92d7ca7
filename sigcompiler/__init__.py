"""Compiler of p0f v3 signature files: text to model, diagnostics, decision table and emitters."""
