"""Connections of several systems behind one address."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from tests.support.inventories import inventory
from tests.support.known_syns import LINUX_OLDER
from tests.support.linux_ports import Connection
from tests.support.spelled import spelled

SECOND = 10**9
START = 1_700_000_000 * SECOND


def counted(sent: Iterable[Connection]) -> int:
    """As how many systems the SYNs of equal Linux hosts are counted, each to a port of its end."""
    data = bytearray(spelled("request", LINUX_OLDER))
    packets = []
    for at, end, port in sorted(sent):
        data[20:24] = struct.pack(">HH", port, 8000 + end)
        packets.append((START + int(at * SECOND), bytes(data)))
    [record] = inventory(packets)
    return record.systems
