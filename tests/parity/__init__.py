"""Comparison with p0f's own answers on captures of public projects."""
