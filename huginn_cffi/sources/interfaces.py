"""The interfaces of this machine, as libpcap lists them, and an interface's counters beyond 32 bits."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from typing import Any

from huginn_cffi.base.errors import LibpcapError
from huginn_cffi.base.names import ANY
from huginn_cffi.libraries.libpcap import CData, Libpcap, load_libpcap
from huginn_cffi.sources.packet_socket import LINUX

UP, RUNNING = 0x02, 0x04
"""Bits of ``pcap_if_t.flags``."""

PROBE_SNAPLEN, PROBE_BUFFER = 64, 1 << 16
"""Snap length and buffer size of a handle from which nothing is read."""

HAS_LENGTH_BYTE = sys.platform.startswith(("darwin", "freebsd", "netbsd", "openbsd", "dragonfly"))
"""On these systems a socket address begins with its length, followed by one byte for the family."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One interface. ``running`` means that it is up and has a carrier."""

    name: str
    addresses: tuple[str, ...]
    up: bool
    running: bool

    @property
    def state(self) -> str:
        """One of "running", "up" (no carrier) and "down"."""
        if self.running:
            return "running"
        return "up" if self.up else "down"


def list_interfaces() -> list[Interface]:
    """Every interface, in libpcap's order, which puts the most likely choice first.

    Other capture sources that libpcap lists (Bluetooth, D-Bus, netfilter queues) are left out. Raises
    `LibpcapError` when libpcap is missing or cannot list interfaces.
    """
    libpcap = load_libpcap()
    ffi, lib = libpcap.ffi, libpcap.lib
    found, message = ffi.new("pcap_if_t **"), ffi.new("char[]", lib.PCAP_ERRBUF_SIZE)
    if lib.pcap_findalldevs(found, message) != 0:
        raise LibpcapError(f"interfaces cannot be listed: {libpcap.text(message)}")
    try:
        listed = [_interface(libpcap, item) for item in _linked(libpcap, found[0])]
    finally:
        lib.pcap_freealldevs(found[0])
    return [item for item in listed if item.name == ANY or interface_index(item.name)]


def interface_index(name: str) -> int:
    """The system's number of an interface; 0 for an unknown name."""
    with suppress(OSError):
        return socket.if_nametoindex(name)
    return 0


def link_type(name: str) -> str:
    """The name of an interface's link type; "" when it cannot be opened (down, or no permission).

    libpcap has to open it briefly to find out. Raises `LibpcapError` without libpcap.
    """
    libpcap = load_libpcap()
    ffi, lib = libpcap.ffi, libpcap.lib
    handle = lib.pcap_create(os.fsencode(name), ffi.new("char[]", lib.PCAP_ERRBUF_SIZE))
    if handle == ffi.NULL:
        return ""
    try:
        lib.pcap_set_snaplen(handle, PROBE_SNAPLEN)
        lib.pcap_set_buffer_size(handle, PROBE_BUFFER)
        if lib.pcap_activate(handle) < 0:
            return ""
        dlt = lib.pcap_datalink(handle)
        return libpcap.text(lib.pcap_datalink_val_to_name(dlt)) or str(dlt)
    finally:
        lib.pcap_close(handle)


def _linked(libpcap: Libpcap, item: CData) -> Iterator[CData]:
    while item != libpcap.ffi.NULL:
        yield item
        item = item.next


def _interface(libpcap: Libpcap, item: CData) -> Interface:
    texts = (_address(libpcap, entry.addr) for entry in _linked(libpcap, item.addresses))
    return Interface(
        name=libpcap.text(item.name),
        addresses=tuple(text for text in texts if text),
        up=bool(item.flags & UP),
        running=bool(item.flags & UP and item.flags & RUNNING),
    )


def _address(libpcap: Libpcap, sockaddr: CData) -> str:
    """The IPv4 or IPv6 address of a ``struct sockaddr``; empty for other families."""
    if sockaddr == libpcap.ffi.NULL:
        return ""
    head: Any = libpcap.ffi.buffer(sockaddr, 2)
    family = head[1][0] if HAS_LENGTH_BYTE else int.from_bytes(head[:], sys.byteorder)
    if family == socket.AF_INET:
        return socket.inet_ntop(family, libpcap.ffi.buffer(sockaddr + 4, 4)[:])
    if family == socket.AF_INET6:
        return socket.inet_ntop(family, libpcap.ffi.buffer(sockaddr + 8, 16)[:])
    return ""


DEVICES = "/proc/self/net/dev"
"""Counters of this process's network namespace: two title lines, then one line per interface."""

RECEIVED_DROPPED, RECEIVED_FIFO = 3, 4
"""Indices of columns after the name."""

U32 = (1 << 32) - 1


class Rising:
    """Turns a 32-bit counter that wraps around into a total that does not.

    Call `read` at least once every 4,294,967,296 packets, or a wrap is missed.
    """

    def __init__(self, first: int) -> None:
        self._latest = first
        self.total: int = 0

    def read(self, value: int) -> int:
        """The total since creation, given the counter's current `value`."""
        self.total += (value - self._latest) & U32
        self._latest = value
        return self.total


def device_drops(name: str) -> int | None:
    """Packets lost because an interface, its driver or the queue behind it had no room.

    `name` "any" gives the sum of all. ``None`` if the system does not report it. libpcap's own counter omits
    the queue, where virtual interfaces lose packets.
    """
    if not LINUX:
        return None
    found = None
    with suppress(OSError, ValueError, IndexError):
        with FileIO(DEVICES) as file:  # ten times a second: skip buffering and decoding
            lines = file.readall().splitlines()[2:]
        for line in lines:
            device, _, columns = line.rpartition(b":")
            if name == ANY or os.fsdecode(device.strip()) == name:
                values = columns.split()
                found = (found or 0) + int(values[RECEIVED_DROPPED]) + int(values[RECEIVED_FIFO])
    return found
