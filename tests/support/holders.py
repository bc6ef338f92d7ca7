"""Connections by stations that have an address one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.support.captures import Packet
from tests.support.devices.made import datagram, mac_bytes
from tests.support.packets import Ip4, Ip6, Tcp, mss, packet

HOLDER, OTHER, GATEWAY = "00:00:5e:00:53:41", "00:00:5e:00:53:42", "00:00:5e:00:53:01"
START, SECOND, HOUR = 1_768_471_200_000_000_000, 1_000_000_000, 3600
FROM = {4: "10.1.0.30", 6: "fd00::30"}
SERVER = {4: "203.0.113.80", 6: "2001:db8:1::80"}
LINUX = {"window": 64240, "options": mss(1460) + b"\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7"}
BLOCK = 512
"""Frames in a block of one worker."""
WINDOWS = {"window": 64240, "options": mss(1460) + b"\1\3\3\x08\1\1\4\2"}


def frame(at: float, body: bytes, mac: str, to: str = GATEWAY) -> Packet:
    ethertype = b"\x86\xdd" if body[0] >> 4 == 6 else b"\x08\x00"
    return START + round(at * SECOND), mac_bytes(to) + mac_bytes(mac) + ethertype + body


def ip(source: str, target: str, ttl: int) -> Ip4 | Ip6:
    return Ip6(source, target, ttl) if ":" in source else Ip4(source, target, ttl)


def syn(
    at: float,
    mac: str,
    *,
    version: int = 4,
    source: str | None = None,
    target: str | None = None,
    port: int = 50_000,
    ttl: int = 64,
    dport: int = 443,
    system: dict[str, Any] = LINUX,
) -> Packet:
    around = ip(source or FROM[version], target or SERVER[version], ttl)
    return frame(at, packet(around, Tcp(sport=port, dport=dport, seq=1, **system)), mac)


def connection(
    at: float, mac: str, *, receiver: str | None = None, port: int = 50_000, **more: Any
) -> list[Packet]:
    """A completed handshake and its end, 0.1 s later."""
    version, system = more.get("version", 4), more.get("system", LINUX)
    there = ip(FROM[version], SERVER[version], more.get("ttl", 64))
    back = ip(SERVER[version], FROM[version], 55)
    answer = Tcp(sport=443, dport=port, seq=77, ack=2, flags=0x12, window=65535, options=mss(1460))
    ack = Tcp(sport=port, dport=443, seq=2, ack=78, flags=0x10, window=system["window"])
    return [
        syn(at, mac, port=port, **more),
        frame(at + 0.02, packet(back, answer), GATEWAY, receiver or mac),
        frame(at + 0.04, packet(there, ack), mac),
        frame(at + 0.1, packet(there, replace(ack, flags=0x11)), mac),
    ]


def in_blocks(packets: Sequence[Packet]) -> list[Packet]:
    """Each packet in another block, between packets of other hosts."""
    other = datagram(b"x", 5000, 9999, source="10.0.0.1")
    return [one for time_ns, data in packets for one in ((time_ns, data), *[(time_ns, other)] * (BLOCK - 1))]
