"""Messages of DHCPv6 built field by field (RFC 8415, 8 and 9)."""

from __future__ import annotations

import struct
from ipaddress import IPv6Address

from tests.support.devices.made import MAC, datagram, mac_bytes

CLIENT_PORT, SERVER_PORT = 546, 547
SOLICIT, ADVERTISE, REQUEST, REPLY, INFORM, RELAY, RELAY_REPLY = 1, 2, 3, 7, 11, 12, 13
LINK_LOCAL = "fe80::200:5eff:fe00:5301"


def option(code: int, value: bytes) -> bytes:
    """One option."""
    return struct.pack("!HH", code, len(value)) + value


def texts(code: int, before: bytes, *values: bytes) -> bytes:
    """An option with texts, each with its length."""
    return option(code, before + b"".join(struct.pack("!H", len(one)) + one for one in values))


def duid(mac: str = MAC, *, hardware: int = 1, kind: int = 1) -> bytes:
    """What identifies a client: LLT (1) or LL (3)."""
    return option(
        1, struct.pack("!HH", kind, hardware) + (b"\x2a\0\0\1" if kind == 1 else b"") + mac_bytes(mac)
    )


def message(*options: bytes, kind: int = SOLICIT) -> bytes:
    """A message of a client or a server."""
    return bytes((kind, 1, 2, 3)) + b"".join(options)


def relayed(
    inner: bytes, *options: bytes, kind: int = RELAY, peer: str = LINK_LOCAL, link: str = "2001:db8::1"
) -> bytes:
    """What a relay makes of it."""
    addresses = IPv6Address(link).packed + IPv6Address(peer).packed
    return bytes((kind, 0)) + addresses + b"".join(options) + option(9, inner)


def from_client(data: bytes, *, mac: str = MAC, source: str = LINK_LOCAL) -> bytes:
    """A frame with a client's message."""
    return datagram(data, CLIENT_PORT, SERVER_PORT, source=source, mac=mac)


def from_server(data: bytes, *, port: int = CLIENT_PORT) -> bytes:
    """A frame with a server's message."""
    return datagram(data, SERVER_PORT, port, source="fe80::1", mac="00:00:5e:00:53:fe")
