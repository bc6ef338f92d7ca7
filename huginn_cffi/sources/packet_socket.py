"""Linux: socket options of libpcap's packet socket for which libpcap has no function.

Each function returns whether the kernel did it: never on other systems, or if there is no socket.
"""

from __future__ import annotations

import os
import socket
import struct
import sys
from collections.abc import Sequence

from huginn_cffi.libraries.libpcap import CData, Libpcap

LINUX = sys.platform.startswith("linux")

SO_ATTACH_FILTER = 26
SOL_PACKET, PACKET_FANOUT, PACKET_IGNORE_OUTGOING = 263, 18, 23
FANOUT_HASH = 0
"""Distribute by the addresses and ports of a conversation, both directions alike (Linux 4.8 and newer)."""

FANOUT_UNIQUE = 0x2000
"""The kernel chooses an unused number for the group."""

FANOUT_IGNORE_OUTGOING = 0x4000
"""The group skips packets that its sockets ignore."""

RETURN = 0x06
"""The BPF instruction that ends a program; with 0 the packet is refused."""


def shut(pcap: Libpcap, descriptor: int) -> bool:
    """Admit no more packets; packets already in the buffer stay."""
    instruction: CData = pcap.ffi.new("struct bpf_insn *")
    instruction.code = RETURN
    address = int(pcap.ffi.cast("uintptr_t", instruction))
    filter = struct.pack("@HP", 1, address)
    return _set(descriptor, socket.SOL_SOCKET, SO_ATTACH_FILTER, filter)


def ignore_outgoing(descriptor: int) -> bool:
    """Ignore packets that this machine sends; on loopback every sent packet is also received."""
    return _set(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)


def join(descriptors: Sequence[int], *, only_incoming: bool = False) -> bool:
    """Have the kernel distribute an interface's packets among these sockets, each packet to one.

    Both directions of a conversation go to the same socket. `only_incoming`: see `ignore_outgoing`.
    """
    group, incoming = 0, FANOUT_IGNORE_OUTGOING if only_incoming else 0
    for number, descriptor in enumerate(descriptors):
        unique = FANOUT_UNIQUE if number == 0 else 0
        if not _set(descriptor, SOL_PACKET, PACKET_FANOUT, group | (FANOUT_HASH | incoming | unique) << 16):
            return False
        with socket.socket(fileno=os.dup(descriptor)) as joined:
            group = joined.getsockopt(SOL_PACKET, PACKET_FANOUT) & 0xFFFF
    return True


def _set(descriptor: int, level: int, option: int, value: int | bytes) -> bool:
    """Set an option of the socket behind a descriptor, which stays open. Returns whether it worked."""
    if not LINUX or descriptor < 0:
        return False
    try:
        with socket.socket(fileno=os.dup(descriptor)) as borrowed:
            borrowed.setsockopt(level, option, value)
    except OSError:  # or not a socket, but a device such as a USB monitor
        return False
    return True
