"""Datagrams of NetBIOS built field by field (RFC 1002, 4.2 and 4.4; [MS-MAIL], [MS-BRWS])."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address
from random import Random

from tests.support.devices.made import MAC, datagram

NAMES, DATAGRAMS = 137, 138
ADDRESS = "192.0.2.7"
WORKSTATION, MESSENGER, SERVER = 0x00, 0x03, 0x20
QUERY, REGISTRATION, RELEASE, REFRESH, MULTIHOMED = 0, 5, 6, 8, 15
GROUP = 0x8000
NB, NBSTAT = 0x20, 0x21
POINTER = b"\xc0\x0c"


def encoded(name: bytes, suffix: int = WORKSTATION, scope: bytes = b"\0") -> bytes:
    """A name as letters, two for a byte."""
    raw = name.ljust(15, b" ") + bytes((suffix,))
    return b"\x20" + bytes(65 + half for byte in raw for half in divmod(byte, 16)) + scope


def addresses(*of: str, flags: int = 0) -> bytes:
    """What a record of addresses holds."""
    return b"".join(struct.pack("!H", flags) + IPv4Address(one).packed for one in of)


def record(data: bytes, kind: int = NB, name: bytes = POINTER) -> bytes:
    """A record of the name service."""
    return name + struct.pack("!HHIH", kind, 1, 300_000, len(data)) + data


def registration(name: bytes, data: bytes | None = None, *, opcode: int = REGISTRATION) -> bytes:
    """A request: that the sender takes or keeps a name."""
    header = struct.pack("!HHHHHH", 7, opcode << 11 | 0x110, 1, 0, 0, 1)
    question = name + struct.pack("!HH", NB, 1)
    return header + question + record(addresses(ADDRESS) if data is None else data)


def answer(name: bytes, data: bytes, *, kind: int = NB, code: int = 0) -> bytes:
    """A response to a query."""
    return struct.pack("!HHHHHH", 7, 0x8500 | code, 0, 1, 0, 0) + record(data, kind, name)


def status(*names: tuple[bytes, int, int]) -> bytes:
    """The names of a node with their suffixes and flags."""
    entries = (name.ljust(15) + struct.pack("!BH", suffix, flags) for name, suffix, flags in names)
    return bytes((len(names),)) + b"".join(entries) + bytes(46)


def announcement(
    name: bytes = b"PRN",
    version: tuple[int, int] = (6, 1),
    types: int = 0x9A03,
    comment: bytes = b"",
    command: int = 1,
) -> bytes:
    """A message to browsers."""
    fixed = struct.pack("<BBI", command, 0, 60_000) + name.ljust(16, b"\0") + bytes(version)
    return fixed + struct.pack("<IBBH", types, 15, 1, 0xAA55) + comment + b"\0"


def mail(data: bytes, slot: bytes = b"\\MAILSLOT\\BROWSE") -> bytes:
    """A transaction that writes to a mail slot."""
    at = 32 + 1 + 34 + 2 + len(slot) + 1
    words = struct.pack("<HHHHBBHIHHHHHBB", 0, len(data), 0, 0, 0, 0, 0, 1000, 0, 0, 0, len(data), at, 3, 0)
    words += struct.pack("<HHH", 1, 1, 2)
    header = b"\xffSMB\x25".ljust(32, b"\0")
    return header + b"\x11" + words + struct.pack("<H", len(slot) + 1 + len(data)) + slot + b"\0" + data


def message(
    data: bytes,
    *,
    name: bytes = b"PRN",
    suffix: int = SERVER,
    source: str = ADDRESS,
    kind: int = 0x11,
    flags: int = 0x0A,
    place: int = 0,
) -> bytes:
    """A datagram from a name to the group of browsers."""
    body = encoded(name, suffix) + encoded(b"WORKGROUP", 0x1D) + data
    address = IPv4Address(source).packed
    return struct.pack("!BBH4sHHH", kind, flags, 9, address, DATAGRAMS, len(body), place) + body


def names(data: bytes, *, source: str = ADDRESS, mac: str = MAC) -> bytes:
    """A frame of the name service."""
    return datagram(data, NAMES, NAMES, source=source, mac=mac)


def datagrams(data: bytes, *, source: str = ADDRESS, mac: str = MAC) -> bytes:
    """A frame of the datagram service."""
    return datagram(data, DATAGRAMS, DATAGRAMS, source=source, mac=mac)


def name_service(random: Random) -> bytes:
    """A message of the name service, made at random."""
    name = encoded(
        random.randbytes(4), random.choice((0, 0x20, 3)), random.choice((b"\0", POINTER, b"\3abc\0"))
    )
    if random.random() < 0.5:
        return registration(name, random.choice((None, b"", addresses(ADDRESS, flags=GROUP))))
    entries = [(random.randbytes(3), random.choice((0, 0x20)), 0) for _ in range(random.randrange(4))]
    data = random.choice((addresses("192.0.2.8", ADDRESS), status(*entries)))
    return answer(name, data, kind=random.choice((NB, NBSTAT)))


def datagram_service(random: Random) -> bytes:
    """A message of the datagram service, made at random."""
    version = (random.choice((4, 6, 10)), random.randrange(10))
    made = announcement(random.randbytes(5), version, random.getrandbits(24), random.randbytes(9))
    return message(mail(bytes((random.choice((1, 15, 12)),)) + made[1:]))
