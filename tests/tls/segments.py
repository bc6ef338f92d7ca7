"""Hellos of captures by a plain way: data of TCP packets in the order of capture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from gzip import decompress
from pathlib import Path

from tests.reference.capture import CaptureDamageError, read_capture
from tests.reference.packet import Observation, read_frame
from tests.support.tls.hello_model import NotAHelloError, message_in_records

GZIP = b"\x1f\x8b"

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


def _segments(path: Path) -> Iterator[tuple[int, Ends, bytes]]:
    """Number, ends and data of all packets with data, as far as the capture is whole."""
    data = path.read_bytes()
    with suppress(CaptureDamageError):
        for number, frame in enumerate(read_capture(decompress(data) if data[:2] == GZIP else data), 1):
            seen = read_frame(frame.linktype, frame.data, frame.wire_length)
            if isinstance(seen, Observation) and seen.payload:
                start = seen.offset + seen.headers
                ends = (str(seen.source), seen.sport, str(seen.destination), seen.dport)
                yield number, ends, frame.data[start : start + seen.payload]
