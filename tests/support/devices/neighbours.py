"""Frames of LLDP (IEEE 802.1AB, clause 8) and CDP built field by field."""

from __future__ import annotations

import struct

from tests.support.devices.made import MAC, frame, mac_bytes

LLDP = 0x88CC
SNAP_CDP = bytes.fromhex("aaaa0300000c2000")


def tlv(kind: int, value: bytes) -> bytes:
    """One value of LLDP."""
    return struct.pack("!H", kind << 9 | len(value)) + value


def med(subtype: int, value: bytes) -> bytes:
    """One of LLDP-MED."""
    return tlv(127, b"\x00\x12\xbb" + bytes((subtype,)) + value)


def capabilities(enabled: int) -> bytes:
    """All that there are, and those that are enabled."""
    return tlv(7, struct.pack("!HH", 0xFFFF, enabled))


def lldp(*values: bytes, ttl: int = 120, chassis: str = "00:00:5e:00:53:77", end: bytes = b"\0\0") -> bytes:
    """What a frame of LLDP carries."""
    head = tlv(1, b"\x04" + mac_bytes(chassis)) + tlv(2, b"\x05port") + tlv(3, struct.pack("!H", ttl))
    return head + b"".join(values) + end


def lldp_frame(*values: bytes, mac: str = MAC, **fields: int) -> bytes:
    """An Ethernet frame of LLDP."""
    return frame(lldp(*values, **fields), LLDP, mac=mac)  # type: ignore[arg-type]


def cdp_tlv(kind: int, value: bytes) -> bytes:
    """One value of CDP."""
    return struct.pack("!HH", kind, 4 + len(value)) + value


def cdp(*values: bytes, ttl: int = 180) -> bytes:
    """What follows SNAP in a frame of CDP."""
    return bytes((2, ttl, 0, 0)) + b"".join(values)


def cdp_frame(*values: bytes, mac: str = MAC, padding: bytes = b"", **fields: int) -> bytes:
    """A frame of IEEE 802.3 with CDP in SNAP."""
    body = SNAP_CDP + cdp(*values, **fields)
    return frame(body + padding, len(body), mac=mac)
