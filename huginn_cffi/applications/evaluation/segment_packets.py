"""Captures without handshakes: all TCP packets but SYN and SYN+ACK, cut after their headers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import CaptureError, check
from huginn_cffi.engine.settings import Settings, engine_config
from huginn_cffi.inputs.opening import inputs_of

SETTINGS = Settings(protocols=("tcp",), uptime=False, decapsulate=False, segments=True)
"""All that is needed of packets are the headers of TCP."""

_PACKETS, _BYTES = 1 << 16, 1 << 23
"""Packets and bytes of one call of the core."""

_TAGS = (b"\x81\x00", b"\x88\xa8", b"\x91\x00")
ETHERNET = 1
_IP4, _SYN = b"\x08\x00", 0x02

_BEFORE_IP = {0: 4, 12: 0, 14: 0, 101: 0, 108: 4, 113: 16, 228: 0, 276: 20}
"""Bytes before the IP header, by link type; Ethernet has tags."""


class Segment(NamedTuple):
    """A TCP packet over IPv4 that is no handshake."""

    time_ns: int
    linktype: int
    source: str
    data: bytes


def segments_of(path: Path, on_error: Callable[[CaptureError], None]) -> list[Segment]:
    """The segments of a capture over IPv4, up to where it is damaged."""
    found: list[Segment] = []
    try:
        for time_ns, linktype, data in _packets(path):
            source = _source(linktype, data)
            if source:
                found.append(Segment(time_ns, linktype, source, data))
    except CaptureError as error:
        on_error(error)
    return found


def second_halves(segments: list[Segment]) -> list[Segment]:
    """Without the first half of each sender's segments."""
    counts = Counter(one.source for one in segments)
    seen: Counter[str] = Counter()
    kept = []
    for one in segments:
        seen[one.source] += 1
        if seen[one.source] > counts[one.source] // 2:
            kept.append(one)
    return kept


def _packets(path: Path) -> Iterator[tuple[int, int, bytes]]:
    error, out = ffi.new("hg_error *"), ffi.new("hg_reducer **")
    check(lib.hg_reducer_new(engine_config(SETTINGS, 1), out, error), error)
    reducer = ffi.gc(out[0], lib.hg_reducer_free)
    memory = {
        "time_ns": ffi.new("int64_t[]", _PACKETS),
        "number": ffi.new("uint64_t[]", _PACKETS),
        "wire": ffi.new("uint32_t[]", _PACKETS),
        "length": ffi.new("uint32_t[]", _PACKETS),
        "linktype": ffi.new("uint32_t[]", _PACKETS),
        "bytes": ffi.new("uint8_t[]", _BYTES),
    }
    reduced = ffi.new("hg_reduction *", memory | {"capacity": _PACKETS, "byte_capacity": _BYTES})
    (capture,) = inputs_of(path)
    with capture.open(lambda: False) as source:
        status = lib.HG_OK
        while status != lib.HG_END:
            status = lib.hg_reducer_run(reducer, source, ffi.NULL, reduced, error)
            offset = 0
            for i in range(reduced.count):
                length = memory["length"][i]
                data = bytes(ffi.buffer(memory["bytes"] + offset, length))
                yield memory["time_ns"][i], memory["linktype"][i], data
                offset += length
            check(status, error, subject=str(path))


def _source(linktype: int, data: bytes) -> str:
    """Who sent a TCP packet over IPv4 that is no handshake; empty for all others."""
    start = _BEFORE_IP.get(linktype, -1)
    if linktype == ETHERNET:
        start = 14
        while data[start - 2 : start] in _TAGS:
            start += 4
        if data[start - 2 : start] != _IP4:
            return ""
    header = data[start : start + 20] if start >= 0 else b""
    if len(header) < 20 or header[0] >> 4 != 4 or header[9] != 6:
        return ""
    flags = start + (header[0] & 15) * 4 + 13
    if flags >= len(data) or data[flags] & _SYN:
        return ""
    return ".".join(map(str, header[12:16]))
