"""Rows for tables of connections."""

from __future__ import annotations

from dataclasses import replace

from tests.support.api_vectors import Packet
from tests.support.packets import ACK, PSH, Ip, Tcp, packet, reply

NOW, SECOND = 1_800_000_000 * 10**9, 10**9
WINDOWS = b"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
LINUX = b"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def syn(ip: Ip, tcp: Tcp, time: int = NOW) -> list[Packet]:
    return [(time, packet(ip, tcp))]


def request(
    ip: Ip, tcp: Tcp, head: str = "Host: x\r\nUser-Agent: curl/8.0\r\nAccept: */*\r\n"
) -> list[Packet]:
    """A connection with a request."""
    data = f"GET / HTTP/1.1\r\n{head}\r\n".encode()
    sent = replace(tcp, seq=tcp.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=data)
    return [(NOW, packet(ip, tcp)), (NOW + 1, reply(ip, tcp)), (NOW + 2, packet(ip, sent))]
