"""Exit statuses."""

from huginn_cffi.base.interrupts import INTERRUPTED as INTERRUPTED

DONE = 0
DAMAGED = 1
"""Finished, but damaged input was reported or something left out. For `check --strict`: warnings."""
REFUSED = 2
"""Wrong usage, or input that could not be read."""
