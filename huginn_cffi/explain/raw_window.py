"""What the core makes of a window: its multiple, and the window of a multiple."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.engine.batch import Batch
from huginn_cffi.engine.run import PacketReader
from sigcompiler.model import Window
from sigcompiler.unmatchable import MAX_IP_OPTIONS, MAX_TCP_OPTIONS, option_bytes
from sigcompiler.vocabulary import OptionKind, WindowKind

MAX_WINDOW = 65535
LEAST_MSS = 100
"""Below it no multiple is looked for."""

_TIMESTAMPS_BYTES = 12
_ETHERNET_MTU = 1500
_IP_AND_TCP = {4: 40, 6: 60}


class PlainSyn(NamedTuple):
    """As much of a packet as the multiple of its window depends on."""

    version: int
    mss: int
    clock: bool
    """Whether there is a timestamp other than 0."""
    olen: int
    options: tuple[int, ...]
    eol_pad: int

    @property
    def option_bytes(self) -> int:
        """Bytes of TCP options, at least: options of no fixed length count with their least."""
        size = self.eol_pad + sum(map(option_bytes, self.options))
        return min(-(-size // 4) * 4, MAX_TCP_OPTIONS)

    @property
    def header_bytes(self) -> int:
        """Bytes of IP and TCP header with all options."""
        return _IP_AND_TCP[self.version] + self._ip_option_bytes + self.option_bytes

    @property
    def _ip_option_bytes(self) -> int:
        return min(self.olen - self.olen % 4, MAX_IP_OPTIONS) if self.version == 4 else 0

    def packet(self, window: int) -> bytes:
        """A SYN of these values, from its IP header on; whatever else there is counts as nop."""
        options = struct.pack("!BBH", OptionKind.MSS, 4, self.mss) if self.mss else b""
        options += struct.pack("!BBII", OptionKind.TS, 10, 1, 0) if self.clock else b""
        size = max(self.option_bytes, -(-len(options) // 4) * 4)
        options = options.ljust(size, bytes([OptionKind.NOP]))
        tcp = struct.pack("!HHIIBBHHH", 1, 2, 1, 0, (20 + size) // 4 << 4, 0x02, window, 0, 0) + options
        if self.version == 6:
            return struct.pack("!IHBB", 6 << 28, len(tcp), 6, 64) + bytes(32) + tcp
        more = bytes([OptionKind.NOP]) * self._ip_option_bytes
        words, total = (20 + len(more)) // 4, 20 + len(more) + len(tcp)
        return struct.pack("!BBHHHBBHII", 0x40 | words, 0, total, 0, 0, 64, 6, 0, 0, 0) + more + tcp


def multiple_of(syn: PlainSyn, window: int) -> tuple[int, int]:
    """What a window is a multiple of (a `WindowKind`, literal for nothing), and how many times.

    The core is asked by way of a packet: its rules stand there and nowhere else.
    """
    seen = Batch(lib.HG_MIN_BATCH, None)
    dropped = PacketReader(None).read(ffi.from_buffer("uint8_t[]", syn.packet(window)), seen)
    if dropped or not seen.count:
        raise AssertionError("a SYN that the core does not read")
    return seen._cells.window_kind[0], seen._cells.window_multiple[0]


def window_of(syn: PlainSyn, wanted: Window) -> int | None:
    """The likeliest window of which a packet shows this multiple, or ``None``."""
    for divisor in _divisors(syn, wanted.kind):
        window = divisor * wanted.value
        if 0 < window <= MAX_WINDOW and multiple_of(syn, window) == (wanted.kind, wanted.value):
            return window
    return None


def _divisors(syn: PlainSyn, kind: WindowKind) -> Iterator[int]:
    """What windows are usually multiples of, the packet's own values first."""
    sizes = (_IP_AND_TCP[syn.version], _IP_AND_TCP[4])
    if kind == WindowKind.MTU:
        yield from (syn.mss + size for size in (*sizes, syn.header_bytes))
        yield _ETHERNET_MTU
        return
    yield from (syn.mss, syn.mss - _TIMESTAMPS_BYTES)
    for size in reversed(sizes):
        yield from (_ETHERNET_MTU - size, _ETHERNET_MTU - size - _TIMESTAMPS_BYTES)
