"""A VLAN interface for kernels without 802.1Q: python tagging.py CABLE NAME VLAN.

NAME becomes a TAP interface. What the kernel sends there goes out on CABLE with a tag, and what
comes in with that tag is handed to NAME without it. Prints a line when it works.
"""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import sys
from contextlib import suppress

TUNSETIFF, IFF_TAP, IFF_NO_PI = 0x400454CA, 0x0002, 0x1000
SOL_PACKET, PACKET_AUXDATA, TP_STATUS_VLAN_VALID = 263, 8, 0x10
ETH_P_ALL, ETH_P_8021Q, PACKET_OUTGOING = 3, 0x8100, 4
ADDRESSES = 12
"""Bytes before the tag: both MAC addresses."""


def main(cable: str, name: str, vlan: int) -> None:
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TAP | IFF_NO_PI))
    wire = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    wire.setsockopt(SOL_PACKET, PACKET_AUXDATA, 1)
    wire.bind((cable, ETH_P_ALL))
    print("ready", flush=True)
    while True:
        readable, _, _ = select.select([tap, wire], [], [])
        for side in readable:
            with suppress(OSError):  # as on a real cable, frames are lost while an end is down
                if side is wire:
                    untag(wire, tap, vlan)
                else:
                    frame = os.read(tap, 65536)
                    tag = struct.pack(">HH", ETH_P_8021Q, vlan)
                    wire.send(frame[:ADDRESSES] + tag + frame[ADDRESSES:])


def untag(wire: socket.socket, tap: int, vlan: int) -> None:
    """Hand over a frame if it came in with our tag."""
    frame, about, _, origin = wire.recvmsg(65536, 64)
    if origin[2] != PACKET_OUTGOING and any(tag_of(*item) == vlan for item in about):
        os.write(tap, frame)


def tag_of(level: int, kind: int, data: bytes) -> int | None:
    """The VLAN that the kernel took off the packet, from a ``struct tpacket_auxdata``."""
    if (level, kind) != (SOL_PACKET, PACKET_AUXDATA):
        return None
    status, tci = struct.unpack_from("I12xH", data)
    return tci & 0x0FFF if status & TP_STATUS_VLAN_VALID else None


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
