"""UDP datagrams of capture files by a plain way, without the core."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from tests.reference.capture import read_capture
from tests.reference.drops import DroppedError
from tests.reference.link import ip_offset

UDP = 17


@dataclass(frozen=True, slots=True)
class Captured:
    """A datagram: the frame that it came in, from 1, its ends (address, port), and its data."""

    frame: int
    source: tuple[str, int]
    destination: tuple[str, int]
    data: bytes


def udp_datagrams(path: Path) -> Iterator[Captured]:
    """Those that lie in IP in a frame, whole; neither tunnels nor fragments."""
    for frame in read_capture(path.read_bytes()):
        try:
            packet = frame.data[ip_offset(frame.linktype, frame.data) :]
        except DroppedError:
            continue
        found = _udp(packet)
        if found is not None:
            source, destination, udp = found
            ports = [int.from_bytes(udp[at : at + 2], "big") for at in (0, 2)]
            data = udp[8 : int.from_bytes(udp[4:6], "big")]
            yield Captured(frame.number, (source, ports[0]), (destination, ports[1]), data)


def _udp(packet: bytes) -> tuple[str, str, bytes] | None:
    """Addresses and the datagram with its header."""
    version = packet[0] >> 4 if packet else 0
    if (
        version == 4
        and len(packet) >= 28
        and packet[9] == UDP
        and not int.from_bytes(packet[6:8], "big") & 0x3FFF
    ):
        total = int.from_bytes(packet[2:4], "big")
        source, destination, start = packet[12:16], packet[16:20], (packet[0] & 15) * 4
        packet = packet[: total or None]
    elif version == 6 and len(packet) >= 48 and packet[6] == UDP:
        source, destination, start = packet[8:24], packet[24:40], 40
    else:
        return None
    if len(packet) < start + 8:
        return None
    return str(ip_address(source)), str(ip_address(destination)), packet[start:]
