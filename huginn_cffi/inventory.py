"""The one rule for memory that strangers' packets fill.

Whatever is kept for an address or for what a packet shows has a limit, ``max_inventory``. What comes
first in the input is kept, so that workers and batches change nothing; what comes later is left out
and counted; the count is part of the answer, is said on standard error, and ends a command with
status 1.
"""

from __future__ import annotations

MAX_INVENTORY = 1_000_000
"""Entries that are kept unless somebody says otherwise."""

SUMMARY_INVENTORY = 100_000
"""The same of a summary, which also lists its hosts."""

MOST_OF_EACH = 4
"""What several addresses have in common is kept for so many times the limit in all."""
