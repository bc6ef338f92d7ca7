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

SNAPLEN = 256
"""Bytes captured of a packet if only headers are read. The longest usual combination takes 192 bytes:
Ethernet with a tag (18), IPv6 (40), UDP and a tunnel (16), Ethernet with a tag (18), IPv6 (40), TCP with all
options (60). The rest is for extension headers, further tags, and the options of GENEVE. Packets with longer
headers count as ``truncated``."""

BUFFER_BYTES = 8 << 20
"""Default size of the kernel's buffer: 20,000 packets of that length, or 20 ms at a million per second."""

READ_TIMEOUT_MS = 30
"""Without immediate mode, the kernel may hold a packet this long to collect others. Even with a busy kernel's
delay it is less than the 50 ms after which the core assumes that packets of several workers are in order."""

MAC_BYTES = 6
"""Length of a MAC address."""
ABSENT_S = 30 * 86_400
"""A device seen again after this time is reported as back."""
