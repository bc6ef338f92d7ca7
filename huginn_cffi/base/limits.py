"""The one rule for memory that untrusted traffic can fill.

Whatever is kept per address or per signature has a limit, ``max_inventory``. The first entries of the
input are kept, so that the number of workers and the size of batches change nothing. Later ones are
left out and counted. The count is part of the result, is reported on standard error, and makes the
exit status 1.
"""

from __future__ import annotations

MAX_INVENTORY = 1_000_000
"""Default limit, in entries."""

MOST_HOSTS = 1 << 30
"""The highest limit."""

CHANGES_INVENTORY = 100_000
"""Hosts whose changes are reported without `--hosts`. The least recently seen is evicted."""

MAX_CONNECTIONS, MAX_HOSTS = 1000, 10_000
"""Default limits for the flows and host clocks that an engine keeps."""

MAX_STREAM_BYTES = 64 << 20
"""Default limit for the kept bytes of all connections for which stream readers wait."""

MAC_BYTES = 6
"""Length of a MAC address."""
ABSENT_S = 30 * 86_400
"""After so long a device that is seen again is back."""
