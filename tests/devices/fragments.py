"""Datagrams cut into fragments (RFC 791, 3.2; RFC 8200, 4.5), as Ethernet frames."""

from __future__ import annotations

import itertools
import struct
from dataclasses import replace

from tests.support.devices.made import IP4, IP6, MAC, frame
from tests.support.packets import Ip

FRAGMENT = 44
MORE = 1


def fragment(ip: Ip, data: bytes, first: int, *, more: bool, number: int = 7, mac: str = MAC) -> bytes:
    """One fragment: ``data`` from byte ``first`` of the datagram on, which is a multiple of 8."""
    assert first % 8 == 0
    if isinstance(ip, type(IP4)):
        around: Ip = replace(ip, identification=number, fragment=first // 8 | 0x2000 * more)
        return frame(around.pack(data), 0x0800, mac=mac)
    header = struct.pack("!BHI", 0, first | MORE * more, number)
    around = replace(ip, extensions=(*ip.extensions, (FRAGMENT, header)))
    return frame(around.pack(data), 0x86DD, mac=mac)


def parts(ip: Ip, datagram: bytes, *ends: int, number: int = 7, mac: str = MAC) -> list[bytes]:
    """A datagram, UDP header and data, cut at ``ends``."""
    cuts = [0, *ends, len(datagram)]
    return [
        fragment(ip, datagram[first:end], first, more=end < len(datagram), number=number, mac=mac)
        for first, end in itertools.pairwise(cuts)
    ]


HEADERS = {"IPv4": replace(IP4, destination="224.0.0.251"), "IPv6": replace(IP6, destination="ff02::fb")}
