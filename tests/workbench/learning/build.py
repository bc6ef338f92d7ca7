"""Captures of made systems, and labels for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from tests.support.captures import pcap
from tests.support.packets import NOP, SOK, Ip, Ip4, Ip6, Tcp, mss, packet, reply, timestamps, wscale

SECOND = 10**9
START = 1_780_000_000
"""May 2026."""

SERVER4, SERVER6 = "198.51.100.2", "2001:db8:80::2"

BASE = """\
classes = win,unix,other

[tcp:request]
label = s:unix:Linux:4.19-6.15
; source: kernel source; high
sig = *:64:0:*:mss*44,7:mss,sok,ts,nop,ws:df,id+,flow:0
sig = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,id+,flow:0
label = s:unix:macOS or iOS:macOS 10.14 or newer / iOS 13 or newer
; source: XNU source; high
sig = *:64:0:*:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,flow:0
label = g:unix:Linux:
; source: option order of the family; medium
sig = *:64:0:*:*,*:mss,sok,ts,nop,ws:df,id+,flow:0

[tcp:response]
label = s:unix:Linux:3 or newer
; source: kernel source; high
sig = *:64:0:*:mss*45,7:mss,sok,ts,nop,ws:df,flow:0
"""
"""A small database to learn beside."""


def linux_options(size: int, shift: int = 7) -> bytes:
    """The options of Linux."""
    return mss(size) + SOK + timestamps(1234567) + NOP + wscale(shift)


def own_options(size: int, shift: int = 3) -> bytes:
    """Options in an order that no system has."""
    return mss(size) + wscale(shift) + NOP + SOK + NOP + NOP


def syn(
    number: int = 1, *, ttl: int = 64, size: int = 1460, window: int | None = None, **fields: object
) -> bytes:
    """The SYN of host 10.0.0.`number`, of an unknown system unless options are given."""
    ip = Ip4(source=f"10.0.0.{number}", destination=SERVER4, ttl=ttl)
    return packet(ip, _tcp(size, window, fields))


def syn6(
    number: int = 1, *, ttl: int = 64, size: int = 1440, window: int | None = None, **fields: object
) -> bytes:
    """The same over IPv6, with a flow label."""
    ip = Ip6(source=f"2001:db8:{number}::1", destination=SERVER6, ttl=ttl, flow_label=0x12345)
    return packet(ip, _tcp(size, window, fields))


_ports = cycle(range(1024, 65536))
"""Another one for each SYN: the same again would be a retransmission."""


def _tcp(size: int, window: int | None, fields: dict[str, object]) -> Tcp:
    window = 4 * size if window is None else window
    tcp = Tcp(sport=next(_ports), window=window, options=own_options(size))
    return replace(tcp, **fields)  # type: ignore[arg-type]


def answer(client: Ip, tcp: Tcp, **fields: object) -> bytes:
    """A SYN+ACK without DF."""
    return reply(client, tcp, **fields)


def capture(packets: Iterable[bytes]) -> bytes:
    """Raw IP packets, a second apart."""
    return pcap([((START + number) * SECOND, data) for number, data in enumerate(packets)])


def write(path: Path, *packets: bytes) -> Path:
    """A capture file."""
    path.write_bytes(capture(packets))
    return path


def write_labels(path: Path, rows: Sequence[tuple[str, int, str, str, str, str]]) -> Path:
    """A file of labels: file, packet, direction, address, family, version."""
    lines = ["file,frame,direction,ip,os_family,os_version", *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
