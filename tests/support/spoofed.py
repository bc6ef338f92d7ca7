"""A capture with a browser that claims another system than its packets show, and one that does not.

``python -m support.spoofed`` in the folder ``tests`` writes it to ``examples/spoofed.pcap``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.packets import ACK, NOP, PSH, SOK, Ip4, Tcp, mss, packet, reply, wscale
from tests.support.sample import ETHERNET, at, linux_options, windows_options

PATH = Path(__file__).resolve().parents[2] / "examples" / "spoofed.pcap"

REQUEST = (
    b"GET / HTTP/1.1\r\nHost: example.com\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n"
    b"User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    b"Chrome/143.0.0.0 Safari/537.36\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip, deflate\r\n"
    b"Accept-Language: en-US,en;q=0.9\r\n\r\n"
)
"""Of Chrome on Windows."""


def visit(start: int, ip: Ip4, syn: Tcp) -> list[Packet]:
    """A handshake and the request."""
    options = mss(1460) + NOP + NOP + SOK + NOP + wscale(7)  # of a Linux server
    answer = reply(replace(ip, ttl=64, identification=0), syn, window=64240, options=options)
    first = replace(syn, seq=syn.seq + 1, ack=5001, options=b"")
    return [
        at(start, packet(ip, syn)),
        at(start + 1, answer),
        at(start + 20, packet(ip, replace(first, flags=ACK))),
        at(start + 21, packet(ip, replace(first, flags=ACK | PSH, payload=REQUEST))),
    ]


def spoofed() -> bytes:
    """The capture, a pcap of Ethernet frames: the second host is a Linux."""
    windows = Tcp(sport=50200, dport=80, window=64240, options=windows_options(1460))
    linux = Tcp(sport=40300, dport=80, window=64240, options=linux_options(1460, 7, 1_208_111_411))
    honest = Ip4("192.0.2.20", "198.51.100.80", ttl=123, identification=0x1A2B)
    other = Ip4("192.0.2.21", "198.51.100.80", ttl=59, identification=0x3C4D)
    return pcap([*visit(0, honest, windows), *visit(3000, other, linux)], ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(spoofed())
