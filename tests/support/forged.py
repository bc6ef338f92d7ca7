"""Connections and packets forged in their name, also in tunnels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.support import tunnels
from tests.support.api_vectors import ANY_LINUX, Packet
from tests.support.packets import ACK, PSH, Ip, Tcp, ethernet, packet, reply
from tests.support.peer_rows import NOW
from tests.support.tls.conversation import client_hello, extension, record, server_name
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tunnels import UDP, udp

HELLO = client_hello(server_name(b"example.com"))
OTHER_HELLO = client_hello(server_name(b"example.com") + extension(0xABCD), (0x1302,)).replace(
    bytes(range(32)), bytes(32)
)
DATA = {"hello": record(HELLO), "request": b"GET / HTTP/1.1\r\nHost: x\r\nUser-Agent: curl/8.0\r\n\r\n"}


def opened(ip: Ip, tcp: Tcp = ANY_LINUX, data: bytes = DATA["hello"]) -> list[Packet]:
    """A connection with its first data."""
    first = replace(tcp, seq=tcp.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=data)
    return [(NOW, packet(ip, tcp)), (NOW + 1, reply(ip, tcp)), (NOW + 2, packet(ip, first))]


def carried(ip: Ip, data: bytes) -> bytes:
    return replace(ip, protocol=UDP).pack(udp(80, data, sport=40000))


def quic(ip: Ip, own_id: bytes = b"own id 8") -> list[bytes]:
    pytest.importorskip("cryptography", reason="cryptography is not installed to seal packets")
    sealed = Initial(own_id, crypto(0, OTHER_HELLO).ljust(1100, b"\0")).sealed()
    return [carried(ip, sealed)]


def within(outer: Ip, data: bytes, port: int, **values: Any) -> bytes:
    return tunnels.carried(UDP, tunnels.udp(port, data, **values), outer)


TUNNELS: dict[str, Callable[[Ip, bytes], bytes]] = {
    "vxlan": lambda outer, data: within(outer, tunnels.vxlan(framed(data)), tunnels.VXLAN),
    "geneve": lambda outer, data: within(outer, tunnels.geneve(framed(data)), tunnels.GENEVE),
    "gtpu": lambda outer, data: within(outer, tunnels.gtpu(data), tunnels.GTPU),
    "gre": lambda outer, data: tunnels.carried(
        tunnels.GRE, tunnels.gre(data, tunnels.ethertype_of(data)), outer
    ),
    "erspan": lambda outer, data: tunnels.carried(tunnels.GRE, tunnels.erspan(framed(data)), outer),
    "ip": lambda outer, data: tunnels.carried(tunnels.IP4 if data[0] >> 4 == 4 else tunnels.IP6, data, outer),
}
OUTERS = [tunnels.OUTER, tunnels.OUTER_6]


def framed(data: bytes) -> bytes:
    return ethernet(data, tunnels.ethertype_of(data))
