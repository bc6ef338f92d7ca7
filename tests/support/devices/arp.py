"""Packets of ARP (RFC 826) built field by field."""

from __future__ import annotations

import struct
from ipaddress import IPv4Address

from tests.support.devices.made import MAC, frame, mac_bytes

ETHERTYPE, REQUEST, REPLY = 0x0806, 1, 2
NOBODY = "0.0.0.0"


def arp(
    sender: str = "10.0.0.7",
    target: str = "10.0.0.1",
    *,
    mac: str = MAC,
    operation: int = REQUEST,
    target_mac: str = "00:00:00:00:00:00",
    source: str | None = None,
) -> bytes:
    """A frame of a host that asks for an address, or states its own; `source` sent it, if not `mac`."""
    head = struct.pack("!HHBBH", 1, 0x0800, 6, 4, operation)
    ends = ((mac, sender), (target_mac, target))
    body = head + b"".join(mac_bytes(one) + IPv4Address(ip).packed for one, ip in ends)
    return frame(body + bytes(18), ETHERTYPE, mac=source or mac)
