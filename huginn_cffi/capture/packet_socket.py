"""Linux: what libpcap has no function for is asked of its packet socket itself.

Each function says whether the kernel did it. On other systems, and where there is no socket, none
does.
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
"""By the addresses and ports of a conversation, the same for both directions (Linux 4.8 and newer)."""

FANOUT_UNIQUE = 0x2000
"""The kernel chooses a number that no other group has."""

FANOUT_IGNORE_OUTGOING = 0x4000
"""A group does not look at what its sockets ignore."""

RETURN = 0x06
"""The BPF instruction that ends a program; with 0 the packet is refused."""


def shut(pcap: Libpcap, descriptor: int) -> bool:
    """Let no more packets in; those that are in the buffer stay."""
    instruction: CData = pcap.ffi.new("struct bpf_insn *")
    instruction.code = RETURN
    address = int(pcap.ffi.cast("uintptr_t", instruction))
    filter = struct.pack("@HP", 1, address)
    return _set(descriptor, socket.SOL_SOCKET, SO_ATTACH_FILTER, filter)


def ignore_outgoing(descriptor: int) -> bool:
    """Leave out what this machine sends; on loopback it all comes in as well."""
    return _set(descriptor, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)


def join(descriptors: Sequence[int], *, only_incoming: bool = False) -> bool:
    """Have the kernel share out an interface's packets among these sockets, each to one.

    Both directions of a conversation go to the same one. `only_incoming` as `ignore_outgoing`.
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
    """Set an option of the socket behind a descriptor, which stays open; whether that could be done."""
    if not LINUX or descriptor < 0:
        return False
    try:
        with socket.socket(fileno=os.dup(descriptor)) as borrowed:
            borrowed.setsockopt(level, option, value)
    except OSError:  # or a device, such as a USB monitor's
        return False
    return True
