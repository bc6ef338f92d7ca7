"""Answers of mDNS built record by record (RFC 1035, 4.1; RFC 6762, 18; RFC 6763, 6)."""

from __future__ import annotations

import struct
from ipaddress import ip_address

from tests.support.devices.made import MAC, datagram
from tests.support.packets import Ip4, Ip6
from tests.support.tunnels import UDP

PORT = 5353
A, PTR, HINFO, TXT, AAAA, SRV, NSEC = 1, 12, 13, 16, 28, 33, 47
ANSWER = 0x8400
SOURCE, SOURCE6 = "192.0.2.7", "fe80::200:5eff:fe00:5301"


def name(*labels: str | bytes) -> bytes:
    """Labels; one text may hold several, with dots."""
    out = b""
    for one in labels:
        for label in [one] if isinstance(one, bytes) else [part.encode() for part in one.split(".")]:
            out += bytes((len(label),)) + label
    return out + b"\0"


def pointer(at: int) -> bytes:
    """What stands for a name that was there before."""
    return struct.pack("!H", 0xC000 | at)


def record(owner: bytes, kind: int, data: bytes, *, ttl: int = 120, klass: int = 0x8001) -> bytes:
    """One record."""
    return owner + struct.pack("!HHIH", kind, klass, ttl, len(data)) + data


def message(
    *records: bytes, flags: int = ANSWER, questions: tuple[bytes, ...] = (), count: int = -1
) -> bytes:
    """A message with all records as answers."""
    number = len(records) if count < 0 else count
    asked = b"".join(one + struct.pack("!HH", 255, 1) for one in questions)
    return struct.pack("!HHHHHH", 0, flags, len(questions), number, 0, 0) + asked + b"".join(records)


def address(host: str, value: str = SOURCE, *, ttl: int = 120) -> bytes:
    """An address of a host."""
    packed = ip_address(value).packed
    return record(name(host, "local"), A if len(packed) == 4 else AAAA, packed, ttl=ttl)


def instance(label: str | bytes, service: str) -> bytes:
    """The name of an instance of a service."""
    return name(label, service, "local")


def points(service: str, label: str | bytes) -> bytes:
    """A PTR from a service to an instance."""
    return record(name(service, "local"), PTR, instance(label, service), klass=1)


def server(label: str | bytes, service: str, host: str) -> bytes:
    """A SRV."""
    return record(instance(label, service), SRV, struct.pack("!HHH", 0, 0, 80) + name(host, "local"))


def text(label: str | bytes, service: str, *pairs: bytes, ttl: int = 4500) -> bytes:
    """A TXT."""
    return record(instance(label, service), TXT, b"".join(bytes((len(one),)) + one for one in pairs), ttl=ttl)


def sent(
    data: bytes,
    *,
    source: str = SOURCE,
    sport: int = PORT,
    dport: int = PORT,
    to: str | None = None,
    ttl: int = 255,
    mac: str = MAC,
) -> bytes:
    """A frame with a message, to the group unless said otherwise."""
    six = ":" in source
    there = to or ("ff02::fb" if six else "224.0.0.251")
    ip = (Ip6 if six else Ip4)(source=source, destination=there, protocol=UDP, ttl=ttl)
    return datagram(data, sport, dport, ip=ip, mac=mac)


def jumping(jumps: int, labels: int, kind: int, data: bytes, room: int = 1400) -> bytes:
    """Records that all are of one name, in so many pieces with so many labels each."""
    chain, last = b"\0", 0
    for number in range(jumps):
        at = 12 + 11 + (len(chain) if number else 0)
        chain = (chain if number else b"") + b"\1a" * labels + (pointer(last) if number else b"\0")
        last = at
    first = record(b"\0", NSEC, chain)
    one = record(pointer(last), kind, data)
    return message(first, *[one] * ((room - 12 - len(first)) // len(one)))
