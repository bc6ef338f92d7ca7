"""A plain reader of pcap and pcapng files."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_CAPTURED = 1 << 18
"""Largest packet that a capture file may hold (bytes), as in libpcap."""


class CaptureDamageError(Exception):
    """The file is no capture, or ends before it should.

    ``record`` counts packets from 1 (0: before the first), ``offset`` is where the
    damaged record or block starts.
    """

    def __init__(self, message: str, record: int = 0, offset: int = 0) -> None:
        super().__init__(message)
        self.record = record
        self.offset = offset


@dataclass(frozen=True, slots=True)
class ReferenceFrame:
    """One captured frame. ``number`` counts from 1, ``interface`` from 0 over the file.

    ``snaplen`` is the limit that the file claims for its packets (0: none), ``mixed`` tells
    that interfaces described before the frame differ in link type or snap length, and
    ``odd_time`` that its fraction of a second was a second or more.
    """

    number: int
    time_ns: int
    linktype: int
    data: bytes
    wire_length: int
    interface: int = 0
    snaplen: int = 65535
    mixed: bool = False
    odd_time: bool = False


@dataclass(slots=True)
class _Interface:
    number: int
    linktype: int
    snaplen: int
    ticks_per_second: int = 10**6
    offset_ns: int = 0

    def time_ns(self, ticks: int) -> int:
        return ticks * 10**9 // self.ticks_per_second + self.offset_ns


PCAP_MAGICS: dict[bytes, tuple[str, int, int]] = {
    bytes.fromhex("d4c3b2a1"): ("<", 1000, 16),
    bytes.fromhex("a1b2c3d4"): (">", 1000, 16),
    bytes.fromhex("4d3cb2a1"): ("<", 1, 16),
    bytes.fromhex("a1b23c4d"): (">", 1, 16),
    bytes.fromhex("34cdb2a1"): ("<", 1000, 24),
    bytes.fromhex("a1b2cd34"): (">", 1000, 24),
}
"""Byte order, nanoseconds per fraction, length of a record header."""

SECTION_MAGIC = bytes.fromhex("0a0d0d0a")


def read_capture(data: bytes) -> Iterator[ReferenceFrame]:
    """Yield the frames of a file's bytes; raises ``CaptureDamageError`` behind the last good one."""
    if not data:
        raise CaptureDamageError("empty capture file")
    if data[:4] in PCAP_MAGICS:
        return _read_pcap(data, *PCAP_MAGICS[data[:4]])
    if data[:4] == SECTION_MAGIC:
        return _PcapNg(data).frames()
    raise CaptureDamageError("not a pcap or pcapng file")


def _read_pcap(data: bytes, order: str, scale: int, header: int) -> Iterator[ReferenceFrame]:
    if len(data) < 24:
        raise CaptureDamageError("truncated file header")
    snaplen, linktype = struct.unpack_from(order + "2I", data, 16)
    number, offset = 0, 24
    while offset < len(data):
        number += 1
        if offset + header > len(data):
            raise CaptureDamageError("truncated record header", number, offset)
        seconds, fraction, captured, wire = struct.unpack_from(order + "4I", data, offset)
        if captured > MAX_CAPTURED:
            raise CaptureDamageError(f"record of {captured} bytes", number, offset)
        body = offset + header
        if body + captured > len(data):
            raise CaptureDamageError("truncated record", number, offset)
        nanoseconds = min(fraction * scale, 10**9 - scale)
        yield ReferenceFrame(
            number=number,
            time_ns=seconds * 10**9 + nanoseconds,
            linktype=linktype & 0xFFFF,
            data=data[body : body + captured],
            wire_length=wire,
            snaplen=snaplen,
            odd_time=nanoseconds < fraction * scale,
        )
        offset = body + captured


@dataclass(slots=True)
class _PcapNg:
    data: bytes
    order: str = "<"
    interfaces: list[_Interface] = field(default_factory=list)
    interfaces_before: int = 0
    number: int = 0
    offset: int = 0
    last_ns: int = 0
    kinds: set[tuple[int, int]] = field(default_factory=set)
    """Link type and snap length of every interface so far."""

    def frames(self) -> Iterator[ReferenceFrame]:
        while self.offset < len(self.data):
            kind, body = self._block()
            if kind == 0x0A0D0D0A:
                self.interfaces_before += len(self.interfaces)
                self.interfaces = []
                self.last_ns = 0
            elif kind == 1:
                self._interface(body)
            elif kind in (2, 3, 6):
                self.number += 1
                yield self._packet(kind, body)
            self.offset += len(body) + 12

    def _damage(self, what: str) -> CaptureDamageError:
        return CaptureDamageError(what, self.number + 1, self.offset)

    def _block(self) -> tuple[int, bytes]:
        """Kind and body of the block at ``offset``; a section header sets the byte order."""
        start = self.data[self.offset : self.offset + 12]
        if len(start) < 12:
            raise self._damage("truncated block header")
        if start[:4] == SECTION_MAGIC:
            orders = {bytes.fromhex("4d3c2b1a"): "<", bytes.fromhex("1a2b3c4d"): ">"}
            if start[8:] not in orders:
                raise self._damage("bad byte order mark")
            self.order = orders[start[8:]]
        kind, length = struct.unpack_from(self.order + "2I", start)
        if length < 12 or length % 4:
            raise self._damage(f"block of {length} bytes")
        if self.offset + length > len(self.data):
            raise self._damage("truncated block")
        return kind, self.data[self.offset + 8 : self.offset + length - 4]

    def _interface(self, body: bytes) -> None:
        if len(body) < 8:
            raise self._damage("short interface block")
        linktype, _, snaplen = struct.unpack_from(self.order + "2HI", body)
        number = self.interfaces_before + len(self.interfaces)
        interface = _Interface(number, linktype, snaplen)
        for code, value in self._options(body[8:]):
            if code == 9 and value:
                base = 2 if value[0] & 0x80 else 10
                interface.ticks_per_second = base ** (value[0] & 0x7F)
            elif code == 14 and len(value) == 8:
                interface.offset_ns = struct.unpack(self.order + "q", value)[0] * 10**9
        self.interfaces.append(interface)
        self.kinds.add((linktype, snaplen))

    def _options(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        offset = 0
        while offset + 4 <= len(data):
            code, length = struct.unpack_from(self.order + "2H", data, offset)
            if code == 0:
                return
            yield code, data[offset + 4 : offset + 4 + length]
            offset += 4 + (length + 3) // 4 * 4

    def _packet(self, kind: int, body: bytes) -> ReferenceFrame:
        """Enhanced (6), simple (3) or obsolete (2) packet block; a simple one has no time."""
        header = 4 if kind == 3 else 20
        if len(body) < header:
            self.number -= 1
            raise self._damage("short packet block")
        ticks = 0
        if kind == 3:
            index, wire = 0, struct.unpack_from(self.order + "I", body)[0]
            captured = len(body) - 4
        else:
            first = struct.unpack_from(self.order + ("I" if kind == 6 else "H"), body)
            index = first[0]
            high, low, captured, wire = struct.unpack_from(self.order + "4I", body, 4)
            ticks = high << 32 | low
        if index >= len(self.interfaces) or header + captured > len(body):
            self.number -= 1
            raise self._damage("bad packet block")
        interface = self.interfaces[index]
        if kind == 3:
            captured = min(captured, wire, interface.snaplen or wire)
        if kind != 3:
            self.last_ns = min(max(interface.time_ns(ticks), -(2**63)), 2**63 - 1)
        data = body[header : header + captured]
        return ReferenceFrame(
            number=self.number,
            time_ns=self.last_ns,
            linktype=interface.linktype,
            data=data,
            wire_length=wire,
            interface=interface.number,
            snaplen=interface.snaplen,
            mixed=len(self.kinds) > 1,
        )
