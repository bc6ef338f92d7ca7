"""Hosts of a local network, in a capture."""

from __future__ import annotations

from pathlib import Path

from tests.support.devices.made import capture, frame
from tests.support.packets import Ip4, Ip6, Tcp, packet


def syn(source: str, *, ttl: int = 64) -> bytes:
    if ":" in source:
        return frame(packet(Ip6(source, "2001:db8:ffff::2", ttl), Tcp(window=64240)), 0x86DD)
    return frame(packet(Ip4(source, "198.51.100.2", ttl), Tcp(window=64240)), 0x0800)


def saved(folder: Path, *frames: bytes) -> str:
    path = folder / "some.pcap"
    path.write_bytes(capture(frames))
    return str(path)
