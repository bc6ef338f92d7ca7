"""Cleartext HTTP/2: header blocks that decode to much more, and frames that say nothing."""

from __future__ import annotations

from collections.abc import Callable

from tests.http2 import frames
from tests.http2.frames import PREFACE, frame, header_frames, settings
from tools.bench.adversarial.model import HTTP, FrameTalk, FrameTraffic, costly, of_talks, sent, talks

UNKNOWN = 0xFF
EMPTY = frame(UNKNOWN)
FIRST = PREFACE + settings((3, 100))
REQUEST = bytes.fromhex("828684") + b"\x41\x01a"
"""GET, http, / and an authority."""

VALUE = 1296
"""Zeros in Huffman's code take 5 bits each, so as many as fill 810 bytes."""

INTERIM = b"\x48\x03103"
"""``:status: 103``, which is put into the dynamic table."""

LARGE = b"\x40\x01a" + b"\xff" + bytes((810 - 127 & 127 | 128, 810 - 127 >> 7)) + bytes(810)
"""A field that is put into the dynamic table: its index is 62, that of the status then 63."""

AMPLIFIED = b"\xbf" + b"\xbe" * 12
"""The status, and the large field twelve times: 13 bytes that decode to 15,600."""


def bomb() -> bytes:
    """What a server sends before its empty frames: 95 interim responses."""
    return settings() + header_frames(INTERIM + LARGE) + header_frames(AMPLIFIED) * 93


def sent_by_server(before: bytes, costly: bytes, size: int, count: int = 1) -> Callable[[], FrameTraffic]:
    """To a client's ordinary beginning; only `costly` counts."""

    def opened(talk: FrameTalk) -> list[bytes]:
        return [*talk.handshake(), *talk.send(0, FIRST + header_frames(REQUEST)), *talk.send(1, before)]

    return lambda: of_talks(talks(count), lambda talk: talk.send(1, costly, size), opened)


def churn(count: int) -> bytes:
    """Fields of which each is put into the dynamic table, and which evict others."""
    return b"".join(b"\x40\x02%c%c\0" % (97 + n % 26, 97 + n // 26 % 26) for n in range(count))


MANY_FIELDS = REQUEST + b"\x90" * 95
CONTINUED = header_frames(REQUEST + b"\x90" * 15, cuts=tuple(range(3, 18)))

ENTRIES = costly(
    HTTP,
    {
        "HTTP/2: 95 interim responses of 13 bytes": sent_by_server(b"", bomb(), 1400, 4),
        "HTTP/2: the first segment of these": sent_by_server(b"", bomb()[:1300], 1400, 40),
        "HTTP/2: interim responses, then empty frames": sent_by_server(bomb(), EMPTY * 4, 1),
        "HTTP/2: 95 interim responses, byte by byte": sent_by_server(bomb()[:900], bomb()[900:1500], 1),
        "HTTP/2: empty frames, one a segment": sent_by_server(settings(), EMPTY * 1700, 9),
        "HTTP/2: empty frames, byte by byte": sent_by_server(settings() + EMPTY * 1500, EMPTY * 200, 1),
        "HTTP/2: empty frames of the client, one a segment": sent(FIRST + EMPTY * 1700, 9, 1),
        "HTTP/2: empty settings": sent(FIRST + settings() * 1700),
        "HTTP/2: settings of 8 KB": sent(
            PREFACE + settings(*((n, n) for n in range(1300))) + header_frames(REQUEST)
        ),
        "HTTP/2: 2,000 window updates": sent(FIRST + frames.window_update(1) * 1200 + header_frames(REQUEST)),
        "HTTP/2: 1,100 priorities": sent(
            FIRST
            + b"".join(
                frame(frames.PRIORITY, frames.weight(False, 0, 9), stream=2 * n + 3) for n in range(1100)
            )
            + header_frames(REQUEST)
        ),
        "HTTP/2: preface byte by byte": sent(FIRST + header_frames(REQUEST), 1),
        "HTTP/2: request of 99 fields": sent(FIRST + header_frames(MANY_FIELDS)),
        "HTTP/2: request in 16 frames": sent(FIRST + CONTINUED),
        "HTTP/2: fields that evict others": sent(FIRST + header_frames(REQUEST + churn(90))),
        "HTTP/2: changes of the table's size": sent(FIRST + header_frames(b"\x20" * 2000 + REQUEST)),
        "HTTP/2: Huffman code of 9 KB": sent(
            FIRST
            + header_frames(
                REQUEST + b"\0\x01a\xff" + bytes((9000 - 127 & 127 | 128, 9000 - 127 >> 7)) + bytes(9000)
            )
        ),
    },
)
