"""HTTP/1: long heads, heads in small pieces, pipelined messages, chunked bodies.

Cleartext HTTP/2: header blocks that decode to much larger ones, and frames without content.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import huginn_cffi
from sigcompiler.reading.parser import parse_files
from tests.support import http2_frames as frames
from tests.support.http2_frames import PREFACE, frame, header_frames, settings
from tools.bench.adversarial.model import (
    HTTP,
    HTTP_HOSTS,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    costly,
    of_talks,
    sent,
    talks,
)
from tools.bench.hotpath import ALL, ALL_PROTOCOLS, HTTP_ALL, INVENTORY

AGENT = (
    b"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    b"Chrome/143.0.0.0 Safari/537.36"
)
ORDINARY = (
    b"GET /%d HTTP/1.1\r\nHost: www.example.com\r\nConnection: keep-alive\r\nUpgrade-Insecure-Requests: 1\r\n"
    b"User-Agent: " + AGENT + b"\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"
    b"Accept-Encoding: gzip, deflate\r\nAccept-Language: en-US,en;q=0.9\r\n\r\n"
)
ANSWER = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\n%b\r\n"
END = b"\r\n"
SHORTEST = b"GET / HTTP/1.1\r\n\r\n"
MARK = b"#NUM#"
MOST = 16_000
"""The most bytes of a head that are read."""


def of(first: bytes, data: bytes = b"", size: int = 1400, count: int = 50) -> Callable[[], FrameTraffic]:
    """A client sends `first` and `data` with a header between them; `MARK` becomes the connection's number.

    So no head is known from an earlier connection.
    """

    def costly(talk: FrameTalk) -> list[bytes]:
        head = first + b"X-" + MARK + b": a\r\n" + data
        return talk.send(0, head.replace(MARK, b"%05d" % talk.number), size)

    return lambda: of_talks(talks(count), costly)


def answered(
    client: bytes, server: bytes, *, size: int = 1400, count: int = 20, of_both: bool = False
) -> Callable[[], FrameTraffic]:
    """A server's answer to the request; with `of_both` the request counts too."""

    def before(talk: FrameTalk) -> list[bytes]:
        return [*talk.handshake(), *([] if of_both else talk.send(0, client))]

    def costly(talk: FrameTalk) -> list[bytes]:
        return [*(talk.send(0, client, size) if of_both else []), *talk.send(1, server, size)]

    return lambda: of_talks(talks(count), costly, before)


def with_agent(agent: bytes) -> bytes:
    """A head with this User-Agent, without the end of the head."""
    return b"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: " + MARK + agent + b"\r\n"


@cache
def known_texts() -> tuple[str, ...]:
    """Header values, program names and User-Agent systems that the default database knows."""
    model, _ = parse_files(sorted(Path(huginn_cffi.__file__).with_name("data").glob("*.fp")))
    found = [header.value for one in model.http for header in one.headers if header.value]
    found += [one.software for one in model.http if one.software]
    found += [one.text or one.name for one in model.user_agent_systems]
    return tuple(dict.fromkeys(found))


def some_texts() -> bytes:
    """Known texts from all parts of the database, 3,000 bytes."""
    step = 1 + len(" ".join(known_texts())) // 3000
    return " ".join(known_texts()[::step]).encode()[:3000]


def at_end(size: int = 1400) -> FrameTraffic:
    """Known texts after 13,000 other bytes."""
    return of(with_agent(b"x" * 13_000 + some_texts()), b"\r\n", size, count=10)()


def at_beginning() -> FrameTraffic:
    """Known texts before 13,000 other bytes."""
    return of(with_agent(some_texts() + b"x" * 13_000), b"\r\n", count=10)()


def in_every_header() -> FrameTraffic:
    """All known texts as values of 90 headers; signatures test some of them."""
    names = (b"Accept", b"Accept-Encoding", b"Accept-Language", b"Connection", b"Host", b"Keep-Alive")
    texts = [text.encode() for text in known_texts()]
    lines = [b"%b: %b%b" % (names[n % 6], MARK, b" ".join(texts[n % 40 :: 40])) for n in range(90)]
    return of(b"GET / HTTP/1.1\r\n" + b"\r\n".join(lines) + b"\r\n", b"\r\n", count=10)()


def near_misses() -> FrameTraffic:
    """All known texts without their last letters, many times."""
    text = b" ".join(text.encode()[:-1] for text in known_texts())
    return of(with_agent((text * 8)[:15_000]), b"\r\n", count=10)()


def numbered(talk: FrameTalk) -> bytes:
    """Requests with another header each."""
    return b"".join(b"GET / HTTP/1.1\r\nx%d:\r\n\r\n" % (talk.number * 1000 + n) for n in range(500))


def shuffled(talk: FrameTalk) -> bytes:
    """Requests with usual headers in another order each time."""
    out, usual = b"", b"Host Accept User-Agent Connection Accept-Language Accept-Encoding Via".split()
    for number in range(talk.number * 1000, talk.number * 1000 + 100):
        names = [*usual]
        Random(number).shuffle(names)
        out += b"GET / HTTP/1.1\r\n" + b"".join(name + b": %d\r\n" % number for name in names) + b"\r\n"
    return out


def upgrades() -> FrameTraffic:
    """A connection becomes a WebSocket; then come frames of 2 bytes."""
    asked = b"GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
    answer = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"

    def costly(talk: FrameTalk) -> list[bytes]:
        opening = [*talk.send(0, asked), *talk.send(1, answer)]
        return [*opening, *(talk.segment(n & 1, b"\x89\0") for n in range(20))]

    return of_talks(talks(100), costly)


CHUNKED = ANSWER % b"Transfer-Encoding: chunked\r\n"
SHORT_CHUNKS = b"1\r\nx\r\n" * 2000
KEPT = ALL | HTTP_ALL
INVENTORIED = ALL_PROTOCOLS | INVENTORY
"""What `hosts`, `devices` and the sidecar switch on."""
SMALL_HEAD = b"GET / HTTP/1.1\r\n"

# ---- HTTP/2 ----------------------------------------------------------------------------------------

UNKNOWN = 0xFF
EMPTY = frame(UNKNOWN)
FIRST = PREFACE + settings((3, 100))
REQUEST = bytes.fromhex("828684") + b"\x41\x01a"
"""GET, http, / and an authority."""

VALUE = 1296
"""Number of zeros that fill 810 bytes: each takes 5 bits in Huffman's code."""

INTERIM = b"\x48\x03103"
"""``:status: 103``, which is put into the dynamic table."""

LARGE = b"\x40\x01a" + b"\xff" + bytes((810 - 127 & 127 | 128, 810 - 127 >> 7)) + bytes(810)
"""A field that is put into the dynamic table: its index is 62; the status then has index 63."""

AMPLIFIED = b"\xbf" + b"\xbe" * 12
"""The status, and the large field twelve times: 13 bytes that decode to 15,600."""


def bomb() -> bytes:
    """Bytes of a server before its empty frames: 95 interim responses."""
    return settings() + header_frames(INTERIM + LARGE) + header_frames(AMPLIFIED) * 93


def sent_by_server(before: bytes, costly: bytes, size: int, count: int = 1) -> Callable[[], FrameTraffic]:
    """Sent to a client after its ordinary beginning; only `costly` counts."""

    def opened(talk: FrameTalk) -> list[bytes]:
        return [*talk.handshake(), *talk.send(0, FIRST + header_frames(REQUEST)), *talk.send(1, before)]

    return lambda: of_talks(talks(count), lambda talk: talk.send(1, costly, size), opened)


def churn(count: int) -> bytes:
    """Fields that are all added to the dynamic table and evict others."""
    return b"".join(b"\x40\x02%c%c\0" % (97 + n % 26, 97 + n // 26 % 26) for n in range(count))


MANY_FIELDS = REQUEST + b"\x90" * 95
CONTINUED = header_frames(REQUEST + b"\x90" * 15, cuts=tuple(range(3, 18)))

HTTP2_ENTRIES = costly(
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

BASELINES = (
    CostlyInput(HTTP, HTTP, sent(lambda talk: ORDINARY % talk.number, count=300)),
    CostlyInput(HTTP_HOSTS, HTTP_HOSTS, sent(lambda talk: ORDINARY % talk.number, count=300), INVENTORIED),
)

ENTRIES = (
    *costly(
        HTTP,
        {
            "known texts at the end of 16 KB": at_end,
            "known texts at the end of 16 KB, one frame": lambda: at_end(16_000),
            "known texts in one packet": lambda: of(with_agent(some_texts()[:1300]), END)(),
            "known texts at the beginning of 16 KB": at_beginning,
            "known texts in 90 headers": in_every_header,
            "beginnings of known texts": near_misses,
            "head of 32 KB, byte by byte": of(SMALL_HEAD + b"A: " + b"a" * 32_000, size=1, count=1),
            "head of 16 KB of short lines, byte by byte": of(SMALL_HEAD, b"a:b\n" * 4000, size=1, count=1),
            "head of 16 KB of short lines": of(SMALL_HEAD, b"a:\n" * 5300 + b"\n"),
            "head of 16 KB of CRs": of(SMALL_HEAD + b"A: ", b"\r" * MOST + b"\n\n"),
            "head of 16 KB of spaces": of(SMALL_HEAD + b"A:", b" " * MOST + b"\r\n\r\n"),
            "head of 16 KB of commas": of(
                SMALL_HEAD + b"Accept-Language: ", b"en;q=0.1," * 1700 + b"\r\n\r\n"
            ),
            "100 unknown headers": of(SMALL_HEAD, b"".join(b"X-%d: a\r\n" % n for n in range(98)) + b"\r\n"),
            "100 times the same header": of(SMALL_HEAD, b"Accept: */*\r\n" * 98 + b"\r\n"),
            "first line of 8 KB, byte by byte": of(b"GET /" + b"a" * 9000, size=1, count=1),
            "pipelined requests of 18 bytes, first message": sent(SHORTEST * 700),
            "interim responses": answered(SHORTEST, b"HTTP/1.1 100 \r\n\r\n" * 700),
            "interim responses, byte by byte": answered(
                SHORTEST, b"HTTP/1.1 100 \r\n\r\n" * 100, size=1, count=4
            ),
        },
    ),
    *costly(
        HTTP,
        {
            "pipelined requests of 18 bytes": sent(SHORTEST * 700, count=5),
            "pipelined requests, each with another header": sent(numbered, count=5),
            "pipelined requests, each with other known headers": sent(shuffled, count=5),
            "pipelined requests of 18 bytes, byte by byte": sent(SHORTEST * 40, 1, 5),
            "pipelined responses": answered(SHORTEST * 70, b"HTTP/1.1 304 \r\n\r\n" * 500),
            "chunks of 1 byte": answered(SHORTEST, CHUNKED + SHORT_CHUNKS),
            "chunks of 1 byte, byte by byte": answered(
                SHORTEST, CHUNKED + SHORT_CHUNKS[:2000], size=1, count=4
            ),
            "chunks backwards": lambda: of_talks(
                talks(4),
                lambda talk: [
                    *talk.send(0, SHORTEST),
                    *talk.send(1, CHUNKED),
                    *(talk.segment(1, b"1\r\nx", at=len(CHUNKED) + place) for place in range(4000, 0, -4)),
                ],
            ),
            "chunk of a long size": answered(SHORTEST, CHUNKED + b"0" * 2000, size=1, count=4),
            "90 lengths": answered(
                SHORTEST, b"HTTP/1.1 200 \r\n" + b"Content-Length: 3\r\n" * 90 + b"\r\nabc", of_both=True
            ),
            "length as a list of 16 KB": answered(
                SHORTEST, b"HTTP/1.1 200 \r\nContent-Length: 3" + b",3" * 7000 + b"\r\n\r\nabc"
            ),
            "codings as a list of 16 KB": answered(
                SHORTEST, b"HTTP/1.1 200 \r\nTransfer-Encoding: x" + b",x" * 7000 + b"\r\n\r\nabc"
            ),
            "WebSocket upgrades": upgrades,
        },
        protocols=KEPT,
    ),
    *costly(
        HTTP_HOSTS,
        {
            f"{name}, with inventory": of(with_agent(agent), END)
            for name, agent in {
                "User-Agent of 220 systems": b"Linux " * 220,
                "User-Agent of beginnings": b"ChCrPlTiSaPh" * 100,
                "User-Agent of brackets": b"(" * 1300,
            }.items()
        },
        INVENTORIED,
    ),
    *HTTP2_ENTRIES,
)
