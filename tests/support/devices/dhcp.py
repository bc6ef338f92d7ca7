"""Messages of DHCP built field by field (RFC 2131, figure 1)."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address

from tests.support.devices.made import MAC, datagram, mac_bytes

CLIENT_PORT, SERVER_PORT = 68, 67
DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM = range(1, 9)
COOKIE = bytes.fromhex("63825363")
END = b"\xff"


def option(code: int, value: bytes) -> bytes:
    """One option."""
    return bytes((code, len(value))) + value


def message(
    *options: bytes,
    kind: int | None = DISCOVER,
    op: int = 1,
    htype: int = 1,
    hlen: int = 6,
    mac: str = MAC,
    ciaddr: str = "0.0.0.0",
    yiaddr: str = "0.0.0.0",
    giaddr: str = "0.0.0.0",
    sname: bytes = b"",
    file: bytes = b"",
    cookie: bytes = COOKIE,
    end: bytes = END,
) -> bytes:
    """A message whose first option is its kind."""
    addresses = b"".join(IPv4Address(one).packed for one in (ciaddr, yiaddr, "0.0.0.0", giaddr))
    fixed = struct.pack("!BBBBIHH", op, htype, hlen, 0, 0x12345678, 0, 0) + addresses
    fixed += mac_bytes(mac).ljust(16, b"\0") + sname.ljust(64, b"\0") + file.ljust(128, b"\0")
    first = b"" if kind is None else option(53, bytes((kind,)))
    return fixed + cookie + first + b"".join(options) + end


def from_client(data: bytes, *, mac: str = MAC, source: str = "0.0.0.0") -> bytes:
    """A frame with a client's message."""
    return datagram(data, CLIENT_PORT, SERVER_PORT, source=source, mac=mac)


def from_server(data: bytes, *, mac: str = "00:00:5e:00:53:fe", source: str = "192.0.2.1") -> bytes:
    """A frame with a server's message."""
    return datagram(data, SERVER_PORT, CLIENT_PORT, source=source, mac=mac)
