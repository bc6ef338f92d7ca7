"""Counters of an interface that continue for months."""

from __future__ import annotations

import os
from contextlib import suppress
from io import FileIO

from huginn_cffi.capture.interfaces import ANY
from huginn_cffi.capture.packet_socket import LINUX

DEVICES = "/proc/self/net/dev"
"""Counters of this process's network namespace: two title lines, then one line per interface."""

RECEIVED_DROPPED, RECEIVED_FIFO = 3, 4
"""Columns after the name."""

U32 = (1 << 32) - 1


class Rising:
    """A counter of 32 bits that wraps round, as one that does not.

    It must be read before it wraps twice: 4,294,967,296 packets.
    """

    __slots__ = ("_latest", "total")

    def __init__(self, first: int) -> None:
        self._latest = first
        self.total = 0

    def read(self, value: int) -> int:
        """The total since the beginning, when the counter stands at `value`."""
        self.total += (value - self._latest) & U32
        self._latest = value
        return self.total


def device_drops(name: str) -> int | None:
    """Packets that an interface, its driver or the queue behind it had no room for.

    `name` is "any" for the sum of all. ``None`` if the system does not report it. libpcap's own
    counter leaves out the queue, where virtual interfaces lose theirs.
    """
    if not LINUX:
        return None
    found = None
    with suppress(OSError, ValueError, IndexError):
        with FileIO(DEVICES) as file:  # ten times a second: no buffer, no characters
            lines = file.readall().splitlines()[2:]
        for line in lines:
            device, _, columns = line.rpartition(b":")
            if name == ANY or os.fsdecode(device.strip()) == name:
                values = columns.split()
                found = (found or 0) + int(values[RECEIVED_DROPPED]) + int(values[RECEIVED_FIFO])
    return found
