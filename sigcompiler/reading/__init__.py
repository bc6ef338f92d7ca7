"""Reads signature files line by line into the model."""
