"""Datagrams of one flow as IP packets."""

from __future__ import annotations

from tests.support.packets import Ip4
from tests.support.tunnels import UDP, udp

CLIENT = Ip4(protocol=UDP)
SERVER = Ip4(source=CLIENT.destination, destination=CLIENT.source, protocol=UDP)


def packet_of(data: bytes, *, server: bool = False, port: int = 50000, server_port: int = 443) -> bytes:
    """A packet of the client, or of the server; `port` is the client's."""
    if server:
        return SERVER.pack(udp(port, data, sport=server_port))
    return CLIENT.pack(udp(server_port, data, sport=port))


def timed(packets: list[bytes], step_ns: int = 10**6) -> list[tuple[int, bytes]]:
    """Packets with their times, so many ns apart."""
    return [(10**18 + number * step_ns, data) for number, data in enumerate(packets)]
