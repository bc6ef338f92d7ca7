"""Datagrams that announce devices, as Ethernet frames, and what is read of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import huginn_cffi as hg
from huginn_cffi.formats.rendering import Renderer
from tests.support.captures import pcap
from tests.support.packets import Ip4, Ip6
from tests.support.tunnels import UDP, udp

ETHERNET = 1
MAC, OTHER_MAC = "00:00:5e:00:53:01", "00:00:5e:00:53:02"
IP4 = Ip4(source="192.0.2.7", destination="192.0.2.255", protocol=UDP)
IP6 = Ip6(source="fe80::200:5eff:fe00:5301", destination="ff02::1:2", protocol=UDP)

Record = dict[str, Any]


def mac_bytes(mac: str) -> bytes:
    """Six bytes."""
    return bytes.fromhex(mac.replace(":", ""))


def mac_of(number: int) -> str:
    """One of many."""
    return "02:00:" + ":".join(f"{one:02x}" for one in number.to_bytes(4, "big"))


def ip_of(number: int) -> str:
    """One of many."""
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def frame(body: bytes, ethertype: int, *, mac: str = MAC) -> bytes:
    """An Ethernet frame to everybody."""
    return b"\xff" * 6 + mac_bytes(mac) + ethertype.to_bytes(2, "big") + body


def datagram(
    data: bytes,
    sport: int,
    dport: int,
    *,
    source: str = "192.0.2.7",
    mac: str = MAC,
    ip: Ip4 | Ip6 | None = None,
) -> bytes:
    """A datagram of UDP in a frame."""
    around = ip if ip is not None else replace(IP6 if ":" in source else IP4, source=source)
    ethertype = 0x0800 if isinstance(around, Ip4) else 0x86DD
    return frame(around.pack(udp(dport, data, sport=sport)), ethertype, mac=mac)


def capture(frames: Sequence[bytes]) -> bytes:
    """A capture of frames that follow each other."""
    return pcap([(10**18 + number * 10**6, data) for number, data in enumerate(frames)], ETHERNET)


def read(*frames: bytes, form: str = "json", workers: int = 1, **options: Any) -> list[Record]:
    """The records of what devices announced."""
    text, _ = rendered(*frames, form=form, workers=workers, **options)
    return [json.loads(line) for line in text.splitlines()]


def rendered(
    *frames: bytes, form: str = "json", workers: int = 1, hides_private: bool = False, **options: Any
) -> tuple[str, hg.Stats]:
    """All events in a format, and the counters."""
    out = BytesIO()
    with hg.Analyzer(None, **options) as analyzer:
        for batch in analyzer.batches(capture(frames), workers=workers):
            batch._hides_private = hides_private
            for piece in Renderer(form, None).pieces(batch, 0, len(batch)):
                out.write(piece)
        stats = analyzer.stats
    assert stats.packets == stats.analysed + sum(stats.drops.values())
    return out.getvalue().decode(), stats
