"""The capture of ``examples/own.fp``: a host of each system in the file, and a PC that it does not name.

``python -m tests.support.own`` writes it to ``examples/own.pcap``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.support.captures import Packet, pcap
from tests.support.meter import meter_options
from tests.support.packets import NOP, SOK, Ip4, Tcp, eol, ethernet, mss, packet, reply, timestamps, wscale
from tests.support.sample import ETHERNET, linux_options, windows_options

PATH = Path(__file__).resolve().parents[2] / "examples" / "own.pcap"
START_NS = 1_780_387_200 * 10**9
"""2026-06-02 08:00:00 UTC."""

SERVER = "198.51.100.9"


def _call(number: int, ip: Ip4, syn: Tcp) -> list[Packet]:
    """A SYN and the file server's answer."""
    clock = timestamps(1_200_300 + 1000 * number, 1) if b"\x08\x0a" in syn.options else eol(1)
    answer = mss(1460) + NOP + wscale(6) + SOK + clock
    server = replace(ip, ttl=64, identification=0, fragment=0x4000)
    frames = packet(ip, syn), reply(server, syn, window=65535, options=answer)
    start = START_NS + number * 10**9
    return [(start + turn * 10**6, ethernet(frame)) for turn, frame in enumerate(frames)]


def own() -> bytes:
    """The capture, a pcap of Ethernet frames."""
    hosts = (
        (Ip4("192.0.2.51", SERVER, ttl=64, identification=0x1201), 64240, linux_options(1460, 10, 700_200)),
        (
            Ip4("192.0.2.52", SERVER, ttl=63, identification=0x31, fragment=0),
            8400,
            meter_options(1400, 40_000),
        ),
        (Ip4("192.0.2.53", SERVER, ttl=255, identification=0), 8192, mss(1460)),
        (Ip4("192.0.2.54", SERVER, ttl=128, identification=0x4411), 64240, windows_options(1460)),
    )
    found: list[Packet] = []
    for number, (ip, window, options) in enumerate(hosts):
        syn = Tcp(sport=50000 + number, dport=445, window=window, options=options)
        found += _call(number, ip, syn)
    return pcap(found, ETHERNET)


if __name__ == "__main__":
    PATH.write_bytes(own())
