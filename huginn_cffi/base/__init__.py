"""Shared by all other packages: argument checks, errors, limits, names, times, files, interrupts."""
