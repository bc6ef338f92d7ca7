"""A capture of a host's segments."""

from __future__ import annotations

import struct
from collections.abc import Iterable

HOST = "198.51.100.7"


def capture(packets: Iterable[tuple[int, bytes]]) -> bytes:
    """A capture file of raw IP."""
    out = [struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 65535, 101)]
    for time_ns, data in packets:
        out.append(struct.pack("<IIII", *divmod(time_ns, 10**9), len(data), len(data)) + data)
    return b"".join(out)
