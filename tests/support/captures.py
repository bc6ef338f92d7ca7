"""Capture files written block by block: pcap of every flavour, and pcapng."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Literal

Order = Literal["<", ">"]
Packet = tuple[int, bytes] | tuple[int, bytes, int]
"""Time in ns, captured bytes, and the length on the wire where it was larger."""


def wire_length(packet: Packet) -> int:
    """What the packet had on the wire."""
    return packet[2] if len(packet) == 3 else len(packet[1])


def pcap(
    packets: Iterable[Packet],
    linktype: int = 101,
    *,
    order: Order = "<",
    nanoseconds: bool = False,
    modified: bool = False,
    snaplen: int = 65535,
) -> bytes:
    """A pcap file; ``modified`` is Kuznetzov's variant with its longer record headers."""
    magic = 0xA1B2CD34 if modified else 0xA1B23C4D if nanoseconds else 0xA1B2C3D4
    out = [struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, snaplen, linktype)]
    for item in packets:
        seconds, fraction = divmod(item[0], 10**9)
        fraction = fraction if nanoseconds else fraction // 1000
        out.append(struct.pack(order + "4I", seconds, fraction, len(item[1]), wire_length(item)))
        if modified:
            out.append(struct.pack(order + "IHBB", 1, 0x0800, 0, 0))
        out.append(item[1])
    return b"".join(out)


def option(code: int, value: bytes, order: Order = "<") -> bytes:
    """One pcapng option, padded to 32 bits."""
    return struct.pack(order + "HH", code, len(value)) + value + bytes(-len(value) % 4)


def block(kind: int, body: bytes, order: Order = "<") -> bytes:
    """A pcapng block around ``body``, padded to 32 bits."""
    body += bytes(-len(body) % 4)
    length = struct.pack(order + "I", len(body) + 12)
    return struct.pack(order + "I", kind) + length + body + length


def section(order: Order = "<") -> bytes:
    """Section header block of unknown section length."""
    return block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1), order)


def interface(
    linktype: int = 101,
    *,
    tsresol: int | None = None,
    tsoffset: int | None = None,
    snaplen: int = 65535,
    order: Order = "<",
) -> bytes:
    """Interface description block; ``tsresol`` is the option's byte, ``tsoffset`` in seconds."""
    options = b""
    if tsresol is not None:
        options += option(9, bytes((tsresol,)), order)
    if tsoffset is not None:
        options += option(14, struct.pack(order + "q", tsoffset), order)
    if options:
        options += option(0, b"", order)
    return block(1, struct.pack(order + "HHI", linktype, 0, snaplen) + options, order)


def enhanced(
    data: bytes, ticks: int = 0, *, index: int = 0, wire: int | None = None, order: Order = "<"
) -> bytes:
    """Enhanced packet block; ``ticks`` in the interface's resolution."""
    wire = len(data) if wire is None else wire
    fields = struct.pack(order + "5I", index, ticks >> 32, ticks & 0xFFFFFFFF, len(data), wire)
    return block(6, fields + data + bytes(-len(data) % 4), order)


def simple(data: bytes, *, wire: int | None = None, order: Order = "<") -> bytes:
    """Simple packet block: interface 0, no time."""
    return block(3, struct.pack(order + "I", len(data) if wire is None else wire) + data, order)


def obsolete(
    data: bytes, ticks: int = 0, *, index: int = 0, wire: int | None = None, order: Order = "<"
) -> bytes:
    """Obsolete packet block with its 16-bit interface number and drop count."""
    wire = len(data) if wire is None else wire
    fields = struct.pack(order + "HHIIII", index, 0, ticks >> 32, ticks & 0xFFFFFFFF, len(data), wire)
    return block(2, fields + data + bytes(-len(data) % 4), order)
