"""QUIC and DTLS: packets that cannot be opened, frames without content, hellos in many pieces."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from random import Random

from tests.support.packets import Ip4, ethernet
from tests.support.tls.conversation import HELLO_EXTENSIONS, client_hello, extension
from tests.support.tls.datagram_model import Initial, crypto, fragment, record
from tests.support.tunnels import UDP, udp
from tools.bench.adversarial.model import (
    DTLS,
    QUIC,
    SERVER,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    costly,
    of_talks,
    talks,
)
from tools.bench.adversarial.tls import long_hello, many_extensions, ordinary_hello

PORT = 443
LONGEST = 1200
"""Bytes of a datagram with an Initial."""


def sealed(
    own_id: bytes, frames: bytes, number: int = 0, *, to: bytes | None = None, full: bool = True
) -> bytes:
    """A packet, by default of the usual length."""
    short = len(Initial(own_id, frames, own_id).unsealed())
    padded = frames + bytes(max(0, LONGEST - short)) if full else frames
    return Initial(own_id if to is None else to, padded, own_id, packet_number=number, key_id=own_id).sealed()


def own_id(talk: FrameTalk) -> bytes:
    """The first id of a connection."""
    return (talk.number * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF).to_bytes(8, "big")


def client(
    count: int, made: Callable[[FrameTalk], Iterable[bytes]], port: int = PORT
) -> Callable[[], FrameTraffic]:
    """Datagrams of `count` clients. Another client's Initial comes first, so that libcrypto is loaded."""

    def traffic() -> FrameTraffic:
        other = FrameTalk(40_000, PORT)
        first = other.datagram(0, sealed(own_id(other), crypto(0, ordinary_hello()[:100])))
        return FrameTraffic(
            [talk.datagram(0, one) for talk in talks(count, port) for one in made(talk)], [first]
        )

    return traffic


def of_frames(count: int, *groups: bytes, full: bool = True) -> Callable[[], FrameTraffic]:
    """A packet for each group of frames."""
    return client(
        count,
        lambda talk: [
            sealed(own_id(talk), frames, number, full=full) for number, frames in enumerate(groups)
        ],
    )


def random_ids(talk: FrameTalk) -> Iterable[bytes]:
    """Initials with random content, each from its own connection."""
    random = Random(talk.number)
    for _ in range(20):
        yield Initial(random.randbytes(8), random.randbytes(1100), random.randbytes(8)).unsealed()


def wrong_content(talk: FrameTalk) -> Iterable[bytes]:
    """The first Initial is valid; the others have its ids and random content."""
    yield sealed(own_id(talk), crypto(0, ordinary_hello()[:100]))
    random = Random(talk.number)
    for _ in range(40):
        yield Initial(own_id(talk), random.randbytes(1100), own_id(talk)).unsealed()


def coalesced(talk: FrameTalk) -> Iterable[bytes]:
    """Datagrams of 16 short packets that no key opens."""
    random = Random(talk.number)
    for _ in range(10):
        yield b"".join(Initial(random.randbytes(8), random.randbytes(20)).unsealed() for _ in range(16))


def packed(parts: Iterable[bytes], room: int) -> list[bytes]:
    """Parts one behind the other, as many as fit into each."""
    out = [b""]
    for one in parts:
        if len(out[-1]) + len(one) > room:
            out.append(b"")
        out[-1] += one
    return out


def pieces(data: bytes, size: int, *, backwards: bool = False) -> list[bytes]:
    """CRYPTO frames of this size, in packets."""
    made = [crypto(at, data[at : at + size]) for at in range(0, len(data), size)]
    return packed(made[::-1] if backwards else made, LONGEST - 60)


def every_second(data: bytes) -> list[bytes]:
    """One-byte CRYPTO frames, in packets: first every second byte, then the bytes between them."""
    made = [crypto(at, data[at : at + 1]) for start in (1, 0) for at in range(start, len(data), 2)]
    return [b"".join(made[at : at + 220]) for at in range(0, len(made), 220)]


def five_connections(talk: FrameTalk) -> Iterable[bytes]:
    """Initials with the ids of five connections in turn; no hello is complete."""
    ids = [own_id(talk)[:7] + bytes((number,)) for number in range(5)]
    for number in range(10):
        for one in ids:
            yield sealed(one, crypto(number * 40, ordinary_hello()[number * 40 :][:40]), number)


def many_connections(talk: FrameTalk) -> Iterator[bytes]:
    """Initials of 100 connections, one after the other; no hello is complete."""
    for number in range(100):
        yield sealed(own_id(talk)[:7] + bytes((number,)), crypto(0, ordinary_hello()[:40]))


def server_says(made: Callable[[FrameTalk], bytes], times: int) -> Callable[[], FrameTraffic]:
    """The same datagram from a server many times, after a client's Initial."""

    def before(talk: FrameTalk) -> list[bytes]:
        return [talk.datagram(0, sealed(own_id(talk), crypto(0, ordinary_hello()[:100])))]

    return lambda: of_talks(talks(50, PORT), lambda talk: [talk.datagram(1, made(talk))] * times, before)


def connections_of(talk: FrameTalk) -> list[bytes]:
    """Initials of 64 connections whose clients have chosen the same id; each has a complete hello."""
    ids = (own_id(talk)[:7] + bytes((number,)) for number in range(64))
    padded = crypto(0, ordinary_hello()).ljust(1100, b"\0")
    return [Initial(one, padded, own_id(talk)).sealed() for one in ids]


def closed(length: int) -> Callable[[], FrameTraffic]:
    """A server's Initials with `length` bytes, which no connection's keys open."""

    def before(talk: FrameTalk) -> list[bytes]:
        return [talk.datagram(0, data) for data in connections_of(talk)]

    def answers(talk: FrameTalk) -> list[bytes]:
        data = Initial(own_id(talk), bytes(length), b"server", server=True).unsealed()
        return [talk.datagram(1, data)] * 20

    return lambda: of_talks(talks(5, PORT), answers, before)


def in_fragments(talk: FrameTalk) -> list[bytes]:
    """An Initial in IP fragments, the last one first."""
    body = udp(PORT, sealed(own_id(talk), crypto(0, ordinary_hello())), sport=talk.client_port)
    places = range(0, len(body), 24)
    made = [
        Ip4(
            talk.client,
            SERVER,
            identification=talk.number,
            fragment=at // 8 | (0x2000 if at < places[-1] else 0),
            protocol=UDP,
        ).pack(body[at : at + 24])
        for at in places
    ]
    return [ethernet(one) for one in made[::-1]]


def both_ids(talk: FrameTalk) -> bytes:
    return b"\x08" + own_id(talk) + b"\x08" + own_id(talk)[::-1]


def retry(talk: FrameTalk) -> bytes:
    """A Retry (RFC 9000, 17.2.5)."""
    return b"\xf0\0\0\0\1" + both_ids(talk) + b"token" * 20 + bytes(16)


def negotiation(talk: FrameTalk) -> bytes:
    """Version Negotiation with 290 versions (RFC 9000, 17.2.1)."""
    return b"\xf0\0\0\0\0" + both_ids(talk) + bytes.fromhex("1a2a3a4a") * 290


def with_cookie(hello: bytes) -> bytes:
    """A TLS ClientHello as one of DTLS 1.2 with an empty cookie (RFC 6347, 4.2.1), including its header."""
    body = b"\xfe\xfd" + hello[6:39] + b"\0" + hello[39:]
    return hello[:1] + len(body).to_bytes(3, "big") + body


def dtls_hello(body: bytes, cuts: Iterable[tuple[int, int]], *, a_record: int = 1) -> list[bytes]:
    """Records with fragments of a ClientHello's body, cut at `cuts`; `a_record` fragments in each."""
    whole = body[4:]
    made = [fragment(1, 0, len(whole), first, whole[first:last]) for first, last in cuts]
    return [record(b"".join(made[at : at + a_record])) for at in range(0, len(made), a_record)]


@cache
def dtls_pieces(length: int, size: int, order: str = "forwards", a_record: int = 1) -> tuple[bytes, ...]:
    """Records of a ClientHello of about `length` bytes, with `a_record` fragments of `size` in each."""
    body = with_cookie(client_hello(HELLO_EXTENSIONS + extension(21, bytes(max(0, length - 200)))))
    cuts = [(at, min(at + size, len(body) - 4)) for at in range(0, len(body) - 4, size)]
    orders = {"forwards": cuts, "backwards": cuts[::-1], "every second one": cuts[1::2] + cuts[::2]}
    return tuple(dtls_hello(body, orders[order], a_record=a_record))


def dtls(count: int, *sent: bytes) -> Callable[[], FrameTraffic]:
    return client(count, lambda _: sent, port=5684)


DTLS_HELLO = with_cookie(ordinary_hello())
ORDINARY_DTLS = tuple(dtls_hello(DTLS_HELLO, [(0, len(DTLS_HELLO) - 4)]))
ACKS = b"\2" + b"\x40\xff\0\x40\xfa" + b"\0\0" * 250
"""An ACK of 251 ranges."""

BASELINES = (
    CostlyInput(QUIC, QUIC, of_frames(100, crypto(0, ordinary_hello()))),
    CostlyInput(DTLS, DTLS, dtls(200, *ORDINARY_DTLS)),
)

ENTRIES = (
    *costly(
        QUIC,
        {
            "QUIC: Initials of new connections that do not open": client(20, random_ids),
            "QUIC: Initials of one connection that do not open": client(10, wrong_content),
            "QUIC: 16 short packets in a datagram": client(20, coalesced),
            "QUIC: 1,100 PINGs": of_frames(10, *([b"\1" * 1100] * 30)),
            "QUIC: ACK of 251 ranges": of_frames(10, *([ACKS * 2] * 30)),
            "QUIC: CRYPTO frames of 1 byte": of_frames(20, *pieces(ordinary_hello(), 1)),
            "QUIC: CRYPTO frames of 1 byte, 16 KB": of_frames(4, *pieces(long_hello(), 1)[:40]),
            "QUIC: CRYPTO frames backwards": of_frames(20, *pieces(ordinary_hello(), 1, backwards=True)),
            "QUIC: CRYPTO frames backwards, 8 KB": of_frames(
                4, *pieces(long_hello(8000), 1, backwards=True)[:40]
            ),
            "QUIC: every second byte first": of_frames(4, *every_second(long_hello(4400))),
            "QUIC: the same CRYPTO frame again": of_frames(10, *([crypto(0, long_hello()[:1000])] * 30)),
            "QUIC: short packets": of_frames(20, *([b"\1"] * 30), full=False),
            "QUIC: 5 connections in a flow": client(10, five_connections),
            "QUIC: 100 connections in a flow": client(5, many_connections),
            "QUIC: answers that do not open": closed(1180),
            "QUIC: short answers that do not open": closed(20),
            "QUIC: Initials in IP fragments of 24 bytes": lambda: FrameTraffic(
                [frame for talk in talks(20, PORT) for frame in in_fragments(talk)]
            ),
            "QUIC: Retry": server_says(retry, 40),
            "QUIC: Version Negotiation": server_says(negotiation, 40),
            "QUIC: hello with 3,900 extensions": of_frames(5, *pieces(many_extensions(3900), 1100)),
            "QUIC: unknown versions": client(
                20, lambda talk: [b"\xc0\xba\xba\xba\xba\x08" + own_id(talk) + bytes(1180)] * 20
            ),
        },
    ),
    *costly(
        DTLS,
        {
            "DTLS: hello in 90 fragments": dtls(100, *dtls_pieces(1080, 12, a_record=30)),
            "DTLS: hello in 90 fragments, every second one first": dtls(
                100, *dtls_pieces(1080, 12, "every second one", 30)
            ),
            "DTLS: hello in 90 fragments, a record each": dtls(100, *packed(dtls_pieces(1080, 12), 1400)),
            "DTLS: 60 fragments of 1 byte, every second one first": dtls(
                10, *dtls_pieces(4000, 1, "every second one", 60)
            ),
            "DTLS: 60 fragments of 1 byte, hello of 16 KB": dtls(
                4, *dtls_pieces(16000, 1, "every second one", 60)
            ),
            "DTLS: fragments of 1 byte": dtls(10, *dtls_pieces(500, 1)),
            "DTLS: fragments of 1 byte, backwards": dtls(10, *dtls_pieces(500, 1, "backwards")),
            "DTLS: fragments of 1 byte in full datagrams, backwards": dtls(
                10, *packed(dtls_pieces(4000, 1, "backwards"), 1400)
            ),
            "DTLS: the same fragment again": dtls(20, *(dtls_pieces(4000, 1000)[:1] * 100)),
            "DTLS: empty records": dtls(50, *([record(b"") * 100] * 10)),
            "DTLS: empty fragments": dtls(50, *([record(fragment(1, 0, 500, 0, b"") * 100)] * 10)),
            "DTLS: fragments of many hellos": dtls(
                20,
                *(
                    record(b"".join(fragment(1, n * 40 + m, 500, 0, b"abc") for m in range(40)))
                    for n in range(10)
                ),
            ),
            "DTLS: hellos in a flow": client(
                10,
                lambda _: [
                    b"".join(
                        dtls_hello(
                            DTLS_HELLO[:6] + n.to_bytes(8, "big") + DTLS_HELLO[14:],
                            [(0, len(DTLS_HELLO) - 4)],
                        )
                    )
                    for n in range(50)
                ],
                port=5684,
            ),
        },
    ),
    CostlyInput("UDP that is neither", QUIC, client(50, lambda _: [bytes(range(64, 84))] * 20)),
)
