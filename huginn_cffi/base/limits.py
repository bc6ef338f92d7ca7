"""The one rule for memory that untrusted traffic can fill.

Everything kept per address or per signature has a limit, ``max_inventory``. The first entries of the input
are kept, so that the result does not depend on the number of workers or the size of batches. Later entries
are left out and counted. The count is part of the result, is reported on standard error, and makes the exit
status 1.
"""

from __future__ import annotations

MAX_INVENTORY = 1_000_000
"""Default limit, in entries."""

MOST_HOSTS = 1 << 30
"""The highest limit."""

CHANGES_INVENTORY = 100_000
"""Hosts whose changes are reported without `--hosts`. The least recently seen is evicted."""

PAGE_HOSTS = 100_000
"""The most records of hosts on a page, which says how many it leaves out. A browser needs 6 kB for each."""

MAX_CONNECTIONS, MAX_HOSTS = 1000, 10_000
"""Default limits for the flows and host clocks that an engine keeps."""

MAX_STREAM_BYTES = 64 << 20
"""Default limit for buffered bytes, over all connections whose stream readers wait for more data."""

MAC_BYTES = 6
"""Length of a MAC address."""
ABSENT_S = 30 * 86_400
"""A device seen again after this time is reported as back."""
