"""Frames of HTTP/2 by a plain way (RFC 9113, 4.1 and 6)."""

from __future__ import annotations

import itertools

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, PRIORITY, RESET, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
ACK, END_HEADERS, PADDED, HAS_PRIORITY = 1, 4, 8, 32


def frame(kind: int, payload: bytes = b"", flags: int = 0, stream: int = 0) -> bytes:
    """Any frame."""
    return len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + payload


def settings(*values: tuple[int, int]) -> bytes:
    """SETTINGS with these."""
    return frame(SETTINGS, b"".join(n.to_bytes(2, "big") + value.to_bytes(4, "big") for n, value in values))


def window_update(increment: int, stream: int = 0) -> bytes:
    """WINDOW_UPDATE of the connection, or of a stream."""
    return frame(WINDOW_UPDATE, increment.to_bytes(4, "big"), stream=stream)


def weight(exclusive: bool, below: int, weight: int) -> bytes:
    """What PRIORITY says; a weight is from 1 to 256."""
    return (below | exclusive << 31).to_bytes(4, "big") + bytes((weight - 1,))


def header_frames(
    block: bytes,
    stream: int = 1,
    *,
    cuts: tuple[int, ...] = (),
    padding: int | None = None,
    priority: bytes = b"",
    kind: int = HEADERS,
    promised: bytes = b"",
) -> bytes:
    """HEADERS or PUSH_PROMISE, and CONTINUATION from each of the cuts on."""
    places = (0, *cuts, len(block))
    parts = [block[start:end] for start, end in itertools.pairwise(places)]
    flags = (HAS_PRIORITY if priority else 0) | (PADDED if padding is not None else 0)
    first = promised + priority + parts[0]
    if padding is not None:
        first = bytes((padding,)) + first + bytes(padding)
    out = [frame(kind, first, flags | (0 if cuts else END_HEADERS), stream)]
    out += [frame(CONTINUATION, part, 0, stream) for part in parts[1:-1]]
    if cuts:
        out.append(frame(CONTINUATION, parts[-1], END_HEADERS, stream))
    return b"".join(out)
