"""Inputs with the output expected of the package, as data."""
