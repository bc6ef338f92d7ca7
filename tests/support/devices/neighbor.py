"""Messages of Neighbor Discovery (RFC 4861) built field by field."""

from __future__ import annotations

import struct
from ipaddress import IPv6Address, IPv6Network

from tests.support.devices.made import MAC, frame, mac_bytes
from tests.support.packets import Ip6, checksum

ICMP6 = 58
NOBODY, LINK, GLOBAL, ALL = "::", "fe80::7", "2001:db8::7", "ff02::1"
SOURCE, TARGET, PREFIX = 1, 2, 3
RS, RA, NS, NA = 133, 134, 135, 136


def option(kind: int, value: bytes) -> bytes:
    """Of a length in units of eight bytes."""
    return bytes((kind, (len(value) + 9) // 8)) + value + bytes(-(len(value) + 2) % 8)


def mac_option(kind: int, mac: str = MAC) -> bytes:
    """The address of the link."""
    return option(kind, mac_bytes(mac))


def prefix_option(network: str, *, flags: int = 0xC0, lifetime: int = 3600) -> bytes:
    """A network, on the link and for addresses that hosts make themselves."""
    of = IPv6Network(network)
    return option(
        PREFIX, struct.pack("!BBIII", of.prefixlen, flags, lifetime, 600, 0) + of.network_address.packed
    )


def message(
    body: bytes, source: str = LINK, *, destination: str = ALL, mac: str = MAC, hops: int = 255
) -> bytes:
    """A frame of ICMPv6, with its checksum; `mac` sent it."""
    ends = IPv6Address(source).packed + IPv6Address(destination).packed
    check = checksum(ends + struct.pack("!II", len(body), ICMP6) + body)
    body = body[:2] + check.to_bytes(2, "big") + body[4:]
    return frame(Ip6(source, destination, ttl=hops, protocol=ICMP6).pack(body), 0x86DD, mac=mac)


def solicit(
    source: str = LINK,
    target: str = "fe80::1",
    *,
    mac: str = MAC,
    options: bytes | None = None,
    sender: str | None = None,
    hops: int = 255,
) -> bytes:
    """A host asks for an address; of `options` None: its MAC, unless it has no address yet."""
    if options is None:
        options = b"" if source == NOBODY else mac_option(SOURCE, mac)
    body = struct.pack("!BBHI", NS, 0, 0, 0) + IPv6Address(target).packed + options
    return message(body, source, mac=sender or mac, hops=hops)


def advertise(
    target: str = LINK,
    *,
    mac: str = MAC,
    source: str | None = None,
    destination: str = ALL,
    options: bytes | None = None,
    sender: str | None = None,
    hops: int = 255,
) -> bytes:
    """A host states its address."""
    body = struct.pack("!BBHI", NA, 0, 0, 0x20000000) + IPv6Address(target).packed
    body += mac_option(TARGET, mac) if options is None else options
    return message(body, source or target, destination=destination, mac=sender or mac, hops=hops)


def search(source: str = LINK, *, mac: str = MAC) -> bytes:
    """A host looks for routers."""
    return message(
        struct.pack("!BBHI", RS, 0, 0, 0) + (b"" if source == NOBODY else mac_option(SOURCE, mac)),
        source,
        mac=mac,
    )


def route(*options: bytes, source: str = "fe80::1", mac: str = MAC, lifetime: int = 1800) -> bytes:
    """A router announces itself; with lifetime 0 only its networks."""
    body = struct.pack("!BBHBBHII", RA, 0, 0, 64, 0, lifetime, 0, 0) + mac_option(SOURCE, mac)
    return message(body + b"".join(options), source, mac=mac)
