"""Connections with timestamps."""

from __future__ import annotations

import huginn_cffi as hg
from tests.support.packets import ACK, Ip4, Tcp, packet, timestamps

SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND
SYN_OPTIONS = b"\x02\x04\x05\xb4\x04\x02"
HOST = Ip4(source="192.0.2.1")
Timed = tuple[int, bytes]


def syn(at_s: float, port: int, ts: int, ip: Ip4 = HOST) -> Timed:
    """A SYN of a new connection."""
    options = SYN_OPTIONS + timestamps(ts % 2**32) + b"\x01\x03\x03\x07"
    return START + int(at_s * SECOND), packet(ip, Tcp(sport=port, seq=port, options=options))


def ack(at_s: float, port: int, ts: int, ip: Ip4 = HOST) -> Timed:
    """The segment that follows it."""
    options = b"\x01\x01" + timestamps(ts % 2**32, 1)
    segment = Tcp(sport=port, seq=port + 1, ack=1, flags=ACK, options=options)
    return START + int(at_s * SECOND), packet(ip, segment)


def named(label: str) -> hg.Database:
    """One in which the SYNs of this file have a name."""
    signature = "sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+:0"
    return hg.Database.compile(text=f"classes = unix\n[tcp:request]\nlabel = {label}\n{signature}\n")


def connection(at_s: float, port: int, ts: int, rate: int, ip: Ip4 = HOST) -> list[Timed]:
    """A connection that shows the clock for ten seconds."""
    return [syn(at_s, port, ts, ip), ack(at_s + 10, port, ts + 10 * rate, ip)]
