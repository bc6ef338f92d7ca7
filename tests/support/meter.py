"""The capture that docs/guide/writing-a-signature.md works on: a system that no signature names.

``python -m support.meter`` in the folder ``tests`` writes it to ``examples/meter.pcap``. Two meters
of a made-up maker report to a server by HTTP, and one is asked for its readings; a Windows PC
browses in between.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.packets import (
    ACK,
    NOP,
    PSH,
    SOK,
    Ip4,
    Tcp,
    ethernet,
    mss,
    packet,
    reply,
    timestamps,
    wscale,
)
from tests.support.sample import ETHERNET, linux_options, windows_options

PATH = Path(__file__).resolve().parents[2] / "examples" / "meter.pcap"
START_NS = 1_780_300_800 * 10**9
"""2026-06-01 08:00:00 UTC."""

SERVER, METERS = "198.51.100.7", ("192.0.2.31", "192.0.2.32")
READER, BROWSER = "192.0.2.8", "192.0.2.9"
BROWSER_AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"


def meter_options(size: int, clock: int, peer: int = 0) -> bytes:
    """The options of the meters, in an order of their own."""
    return mss(size) + NOP + NOP + timestamps(clock, peer) + NOP + NOP + SOK + NOP + wscale(3)


def request(path: str, agent: str) -> bytes:
    """An HTTP request."""
    return f"GET {path} HTTP/1.1\r\nHost: example.net\r\nUser-Agent: {agent}\r\n\r\n".encode("ascii")


def _at(milliseconds: int, data: bytes) -> Packet:
    return START_NS + milliseconds * 10**6, ethernet(data)


def _conversation(start: int, ip: Ip4, syn: Tcp, answer: bytes, agent: str) -> list[Packet]:
    """SYN, SYN+ACK of a Linux server, and a request."""
    server = replace(ip, ttl=57, identification=0, fragment=0x4000)
    data = replace(syn, seq=syn.seq + 1, ack=5001, flags=ACK | PSH, options=b"", payload=request("/", agent))
    return [
        _at(start, packet(ip, syn)),
        _at(start + 9, reply(server, syn, window=64240, options=answer)),
        _at(start + 19, packet(ip, data)),
    ]


def reports() -> list[Packet]:
    """Both meters report twice; one of them is behind a link of MTU 1440, two hops away."""
    found: list[Packet] = []
    for number, (source, size, hops) in enumerate(zip(METERS, (1460, 1400), (0, 2), strict=True)):
        for turn in range(2):
            start, clock = 1000 * turn + 300 * number, 40_000 + 1000 * turn
            ip = Ip4(source, SERVER, ttl=64 - hops, identification=0x21 + turn, fragment=0)
            options = meter_options(size, clock)
            syn = Tcp(sport=2048 + turn, dport=80, window=6 * size, options=options)
            answer = mss(1460) + NOP + NOP + SOK + NOP + wscale(7)
            found += _conversation(start, ip, syn, answer, "report/3")
    return found


def reading() -> list[Packet]:
    """A Linux host asks a meter for its readings."""
    ip = Ip4(READER, METERS[0], ttl=64, identification=0x777)
    syn = Tcp(sport=40404, dport=80, window=64240, options=linux_options(1460, 7, 900_100))
    meter = replace(ip, ttl=64, identification=0x23, fragment=0)
    answer = meter_options(1460, 45_000, 900_100)
    return [_at(5000, packet(ip, syn)), _at(5002, reply(meter, syn, window=6 * 1460, options=answer))]


def browsing() -> list[Packet]:
    """A PC with Windows, as its User-Agent says."""
    ip = Ip4(BROWSER, SERVER, ttl=128, identification=0x1AB4)
    syn = Tcp(sport=50811, dport=80, window=64240, options=windows_options(1460))
    answer = mss(1460) + NOP + NOP + SOK + NOP + wscale(7)
    return _conversation(700, ip, syn, answer, BROWSER_AGENT)


def meter() -> bytes:
    """The capture, a pcap of Ethernet frames."""
    return pcap(sorted(reports() + reading() + browsing()), ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(meter())
