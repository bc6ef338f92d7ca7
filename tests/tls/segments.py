"""Hellos of captures by a plain way: data of TCP packets in the order of capture."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check
from huginn_cffi.inputs.opening import inputs_of
from huginn_cffi.results.observables import address_text
from tls.hello_model import NotAHelloError, message_in_records

Ends = tuple[str, int, str, int]


def hellos(path: Path) -> dict[tuple[int, Ends], bytes]:
    """Whole ClientHello messages by the number of the packet that ends them, and their ends.

    Segments are put together as they came, from one that begins like a record on: what was reordered or
    repeated is not found.
    """
    pending: dict[Ends, bytes] = defaultdict(bytes)
    found = {}
    for number, ends, data in _segments(path):
        stream = pending[ends] + data if pending[ends] else data
        for candidate in dict.fromkeys((stream, data)):
            message = _message(candidate)
            if message is not None:
                break
        if message:
            found[number, ends] = message
        pending[ends] = stream if message == b"" else b""
    return found


def _message(stream: bytes) -> bytes | None:
    """The hello; empty while some of it is missing, None when this is no hello."""
    try:
        return message_in_records(stream) or b""
    except NotAHelloError:
        return None


def _segments(path: Path) -> list[tuple[int, Ends, bytes]]:
    """Number, ends and data of all packets with data."""
    segments, count = ffi.new("hg_segment[]", lib.HG_MOST_SEGMENTS), ffi.new("uint32_t *")
    packets, error = ffi.new("uint64_t *"), ffi.new("hg_error *")
    out: list[tuple[int, Ends, bytes]] = []
    (item,) = inputs_of(str(path))
    with item.open(lambda: False) as source:
        while True:
            status = lib.hg_segments_next(source, 1, packets, segments, count, error)
            for one in segments[0 : count[0]]:
                src = address_text(one.version, bytes(one.src_ip))
                dst = address_text(one.version, bytes(one.dst_ip))
                ends = (src, one.src_port, dst, one.dst_port)
                out.append((one.packet_number, ends, bytes(ffi.buffer(one.data, one.length))))
            if check(status, error, subject=str(path)) == lib.HG_END:
                return out
