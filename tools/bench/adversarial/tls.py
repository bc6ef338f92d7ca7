"""ClientHellos and ServerHellos over TCP: large ones, and ones in many or unusual pieces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from tests.support.tls.certificate_model import certificate, chain, site_names
from tests.support.tls.certificate_model import extension as certificate_extension
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    client_hello,
    extension,
    message,
    numbers,
    record,
    records,
    server_hello,
)
from tools.bench.adversarial.model import (
    DATA,
    TLS,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    costly,
    of_talks,
    sent,
    talks,
)

PORT = 443
SEGMENTS = 4000
"""Limit of the segments of a connection that is cut into small ones."""

CIPHERS = (0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9, 0xCCA8, 0xC013, 0xC014, 0x9C, 0x9D)
MORE_EXTENSIONS = b"".join(extension(kind) for kind in (23, 35, 5, 18, 45, 27, 17513, 0xFF01))


def ordinary_hello() -> bytes:
    """A ClientHello of 517 bytes, as browsers pad it."""
    short = client_hello(HELLO_EXTENSIONS + MORE_EXTENSIONS, CIPHERS)
    return client_hello(HELLO_EXTENSIONS + MORE_EXTENSIONS + extension(21, bytes(508 - len(short))), CIPHERS)


def long_hello(length: int = 16_000) -> bytes:
    return client_hello(HELLO_EXTENSIONS + extension(21, bytes(length - 200)), CIPHERS)


def many_extensions(count: int) -> bytes:
    """A ClientHello with `count` extensions in descending order."""
    return client_hello(b"".join(extension(50_000 - number) for number in range(count)), CIPHERS)


def many_ciphers(count: int) -> bytes:
    """A ClientHello with `count` cipher suites in random order."""
    codes = [0xC0FF - number for number in range(count)]
    Random(1).shuffle(codes)
    return client_hello(HELLO_EXTENSIONS, codes)


def ssl2(ciphers: int) -> bytes:
    """A ClientHello in the SSL 2.0 format (RFC 5246, E.2)."""
    specs = b"".join(b"\0" + numbers([code]) for code in range(ciphers))
    body = b"\1\3\3" + numbers((len(specs), 0, 32)) + specs + bytes(range(32))
    return (0x8000 | len(body)).to_bytes(2, "big") + body


def one_segment(data: bytes, count: int = 200) -> Callable[[], FrameTraffic]:
    return sent(data, count=count, port=PORT)


def small(data: bytes, size: int = 1, count: int = 1, most: int = SEGMENTS) -> Callable[[], FrameTraffic]:
    """The data in segments of `size`, at most `most` of them."""
    return sent(data[: most * size], size, count, port=PORT)


def before_far_bytes(data: bytes) -> Callable[[], FrameTraffic]:
    """Data byte by byte, while a segment waits at the end of the bytes that are kept for a connection."""

    def before(talk: FrameTalk) -> list[bytes]:
        return [*talk.handshake(), talk.segment(0, bytes(700), at=31_000)]

    def costly(talk: FrameTalk) -> list[bytes]:
        return [talk.segment(0, data[at : at + 1], at=at) for at in range(len(data))]

    return lambda: of_talks(talks(4, PORT), costly, before)


def placed(data: bytes, places: Sequence[int], size: int, count: int = 1) -> Callable[[], FrameTraffic]:
    """Parts of the data from these offsets, in this order."""

    def costly(talk: FrameTalk) -> list[bytes]:
        return [talk.segment(0, data[place : place + size], at=place) for place in places]

    return lambda: of_talks(talks(count, PORT), costly)


def bare_server_hello(count: int) -> FrameTraffic:
    """ServerHellos with `count` extensions, in answer to an ordinary ClientHello."""
    made = record(server_hello(b"".join(extension(50_000 - number) for number in range(count))))
    asked = record(ordinary_hello())
    return of_talks(
        talks(100, PORT),
        lambda talk: talk.send(1, made),
        lambda talk: [*talk.handshake(), *talk.send(0, asked)],
    )


def with_hellos(talk: FrameTalk) -> list[bytes]:
    return [*talk.handshake(), *talk.send(0, record(ordinary_hello())), *talk.send(1, record(server_hello()))]


def certificates(*listed: bytes, size: int = 1400, count: int = 20) -> Callable[[], FrameTraffic]:
    """A server's certificates, after the hellos."""
    made = record(chain(*listed))

    return lambda: of_talks(talks(count, PORT), lambda talk: talk.send(1, made, size), with_hellos)


def wrong(frame: bytes) -> bytes:
    """The frame with a wrong checksum, so that its data wait until they are acknowledged."""
    at = 14 + 20 + 16
    return frame[:at] + bytes((frame[at] ^ 0x55,)) + frame[at + 1 :]


def waiting(places: Sequence[int], *, is_acknowledged: bool = False) -> Callable[[], FrameTraffic]:
    """Pieces of a hello that wait, perhaps until each is acknowledged; then other ones take their place."""

    def costly(talk: FrameTalk) -> list[bytes]:
        pieces = [talk.segment(0, LONG[place : place + 4], at=place) for place in places]
        ends = [talk.segment(1) for talk.sent[0] in (place + 4 for place in places)]
        if is_acknowledged:
            return [one for pair in zip(map(wrong, pieces), ends, strict=True) for one in pair]
        return [*map(wrong, pieces), *pieces]

    return lambda: of_talks(talks(4, PORT), costly)


def among_rivals(talk: FrameTalk) -> list[bytes]:
    """A connection, and more forged handshakes on its ports than a table keeps."""
    other = [FrameTalk(talk.number, talk.port) for _ in range(12)]
    for number, one in enumerate(other):
        one.sent[:] = [1 << 28 | number << 24, 1 << 29 | number << 24]
    return [*talk.handshake(), *(frame for one in other for frame in one.handshake()[:2])]


def rivals() -> FrameTraffic:
    """Data of connections on whose ports others forged handshakes."""
    data = record(ordinary_hello()) + b"\x17\3\3\x40\0" * 4000
    return of_talks(talks(20, PORT), lambda talk: talk.send(0, data, 300), among_rivals)


LONG = record(long_hello())
RUNS = [place for start in range(2000, 16_000, 2000) for place in range(start, start + 8, 4)]
"""Places that leave eight runs with gaps between."""

BASELINE_DATA = (0, 0, 0, 100, 300, 1260, 1400, 1400)
"""Bytes of the segments of an ordinary connection."""


def ordinary_data() -> FrameTraffic:
    """Data after the hellos of 200 connections."""

    def costly(talk: FrameTalk) -> list[bytes]:
        sizes = BASELINE_DATA * 2
        return [
            talk.segment(n % 3 != 0, (b"\x17\3\3\5\0" + bytes(size))[:size]) for n, size in enumerate(sizes)
        ]

    return of_talks(talks(200, PORT), costly, with_hellos)


MANY_NAMES = site_names(*[b"a%d.example" % number for number in range(1000)])
MANY_EXTENSIONS = certificate_extension(0x70, b"\4\0") * 1000

BASELINES = (
    CostlyInput(DATA, DATA, ordinary_data),
    CostlyInput(TLS, TLS, one_segment(record(ordinary_hello()))),
)

ENTRIES = (
    *costly(
        TLS,
        {
            "hello of 16 KB, byte by byte": small(LONG, most=17_000),
            "hello of 16 KB, 8 bytes each": small(LONG, 8, 4),
            "hello of 16 KB, backwards": placed(LONG, range(15_996, 0, -4), 4),
            "hello with 8 gaps": placed(
                LONG, [start + 4 * n for n in range(400) for start in range(500, 16_000, 1800)], 4
            ),
            "hello with 32 gaps": placed(
                LONG, [start + 4 * n for n in range(100) for start in range(500, 16_000, 480)], 4
            ),
            "data before far bytes": before_far_bytes(bytes(range(29, 229)) * 5),
            "hello before far bytes": before_far_bytes(LONG[:1000]),
            "hello with a gap at each second byte": placed(LONG, range(1, 8000, 2), 1),
            "overlapping segments": placed(LONG, range(3000), 1400),
            "overlapping segments behind a gap": placed(LONG, range(1, 3000), 1400),
            "retransmissions": placed(LONG, [0] * 3000, 1400),
            "retransmissions across 8 gaps": placed(
                LONG, [*RUNS, *[2000 + 1400 * n for n in range(10)] * 200], 1400
            ),
            "records of 1 byte": one_segment(records(client_hello(), [1] * 300)),
            "records of 1 byte, byte by byte": small(records(client_hello(), [1] * 300), count=10),
            "records of 1 byte, 16 KB": one_segment(records(long_hello(), [1] * 3000)),
            "empty records": one_segment(record(b"") * 500 + record(ordinary_hello())),
            "empty records, one a segment": small(record(b"") * 500, 5, 10),
            "change of ciphers, one a segment": small(record(b"\1", 20) * 500, 6, 10),
            "1,000 extensions": one_segment(record(many_extensions(1000)), count=50),
            "3,900 extensions": one_segment(record(many_extensions(3900)), count=20),
            "600 cipher suites": one_segment(record(many_ciphers(600))),
            "1,000 cipher suites": one_segment(record(many_ciphers(1000)), count=50),
            "7,900 cipher suites": one_segment(record(many_ciphers(7900)), count=20),
            "ServerHello with 3,900 extensions": lambda: bare_server_hello(3900),
            "SSLv2": one_segment(ssl2(20)),
            "SSLv2 with 5,000 cipher suites": one_segment(ssl2(5000), count=20),
            "certificate of 1,000 names": certificates(certificate(extensions=MANY_NAMES)),
            "certificate of 1,000 extensions": certificates(certificate(extensions=MANY_EXTENSIONS)),
            "chain of 10 certificates": certificates(*[certificate()] * 10),
            "waiting pieces with gaps": waiting(range(100, 3000, 10)),
            "waiting pieces, backwards": waiting(range(3000, 100, -10)),
            "waiting pieces that are acknowledged": waiting(range(0, 4000, 4), is_acknowledged=True),
            "data without hello, byte by byte": small(bytes(range(1, 255)) * 4),
            "certificate byte by byte": certificates(certificate(), size=1, count=2),
            "no hello": one_segment(record(message(1, bytes(16_000))[:1000])),
        },
    ),
    CostlyInput("data among forged handshakes", DATA, rivals),
)
