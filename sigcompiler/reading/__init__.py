"""Reads signature files: text, a line at a time, to the model."""
