"""Segments that the receiver does not take hide no ClientHello and no request behind them.

A client, or somebody on the way, sends other bytes with the numbers of the real ones: with too few hops left
to arrive, or as data of a SYN that is not acknowledged. Retransmissions, changed paths and Fast Open look
alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

import huginn_cffi as hg
from tests.support.http2_frames import PREFACE, header_frames, settings
from tests.support.packets import ACK, LINUX_OPTIONS, PSH, SYN, Ip4, Ip6, Tcp, packet
from tests.support.tls.conversation import client_hello, record, server_name

CLIENT_START, SERVER_START = 0xFFFFFF00, 5000


WHOLE = replace(Ip6(), extensions=((44, bytes(7)),))
"""With a fragment header, as a packet that is whole (RFC 6946)."""


def hello(name: bytes) -> bytes:
    return record(client_hello(server_name(name)))


def request(name: bytes) -> bytes:
    return b"GET / HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\n\r\n" % (name, name)


def request2(name: bytes) -> bytes:
    def literal(key: bytes, value: bytes) -> bytes:
        return b"\0" + bytes((len(key),)) + key + bytes((len(value),)) + value

    block = b"\x82\x84\x86" + literal(b":authority", name) + literal(b"user-agent", name)
    return PREFACE + settings() + header_frames(block)


@dataclass
class DecoyTalk:
    """Packets of a connection; places count from the client's first byte."""

    ip: Ip4 | Ip6
    answer_hops: int = 57

    def client(
        self, place: int, data: bytes = b"", flags: int = ACK, hops: int = 52, acked: int = 1
    ) -> bytes:
        options = LINUX_OPTIONS if flags & SYN else b""
        seq = (CLIENT_START + 1 + place) % 2**32
        ack = SERVER_START + acked if flags & ACK else 0
        return packet(replace(self.ip, ttl=hops), Tcp(40000, 80, seq, ack, flags, 29200, options, data))

    def server(self, acked: int = 0, flags: int = ACK) -> bytes:
        ends = replace(self.ip, source=self.ip.destination, destination=self.ip.source, ttl=self.answer_hops)
        options = LINUX_OPTIONS if flags & SYN else b""
        seq, ack = SERVER_START + (not flags & SYN), (CLIENT_START + 1 + acked) % 2**32
        return packet(ends, Tcp(80, 40000, seq, ack, flags, 29200, options, b""))

    def handshake(self, data: bytes = b"", acked: int = 0) -> list[bytes]:
        """With data in the SYN, of which the server acknowledges some."""
        syn = self.client(-1, data, SYN)
        return [syn, self.server(acked, SYN | ACK), self.client(acked)]

    def sent(self, data: bytes, hops: int = 52) -> list[bytes]:
        """In two segments."""
        half = len(data) // 2
        return [self.client(0, data[:half], hops=hops), self.client(half, data[half:], ACK | PSH, hops)]


Decoy = Callable[[DecoyTalk, bytes, bytes], list[bytes]]
"""The packets of a connection with a decoy of these bytes before the real ones."""


def few_hops(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    return [*talk.handshake(), talk.client(0, decoy, ACK | PSH, hops=1), *talk.sent(real)]


def few_hops_in_pieces(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    fakes, own = talk.sent(decoy, hops=9), talk.sent(real)
    return [*talk.handshake(), fakes[0], own[0], fakes[1], own[1]]


def few_hops_ahead(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    """Behind a gap, so that it waits."""
    return [*talk.handshake(), talk.client(5, decoy[5:], ACK | PSH, hops=3), *talk.sent(real)]


def fewer_hops_twice(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    """The path changed after the handshake, so that the real segments have fewer hops left, too."""
    return [*talk.handshake(), talk.client(0, decoy, ACK | PSH, hops=4), *talk.sent(real, hops=50)]


def in_the_syn(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    return [*talk.handshake(decoy), *talk.sent(real)]


def long_in_the_syn(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    return [*talk.handshake(decoy + bytes(400)), *talk.sent(real)]


def in_a_repeated_syn(talk: DecoyTalk, decoy: bytes, real: bytes) -> list[bytes]:
    return [talk.client(-1, decoy, SYN), *talk.handshake(), *talk.sent(real)]


DECOYS: tuple[Decoy, ...] = (
    *(few_hops, few_hops_in_pieces, few_hops_ahead, fewer_hops_twice),
    *(in_the_syn, long_in_the_syn, in_a_repeated_syn),
)


def found(packets: list[bytes]) -> tuple[list[str], hg.Stats]:
    """The names that hellos and requests hold, and the counters."""
    analyzer, names = hg.Analyzer(None, http_values=True), []
    timed = [(10**18 + number * 10**5, data) for number, data in enumerate(packets)]
    for result in analyzer.analyze_packets(timed):
        if result.tls_client is not None:
            names.append(result.tls_client.signature.sni or "")
        if result.http_request is not None:
            names.append(result.http_request.user_agent or "")
    return names, analyzer.stats


PROTOCOLS = pytest.mark.parametrize("made", [hello, request, request2], ids=["tls", "http1", "http2"])
VERSIONS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])


@PROTOCOLS
@VERSIONS
@pytest.mark.parametrize("decoy", DECOYS, ids=lambda one: one.__name__)
def test_the_real_bytes_are_read(decoy: Decoy, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    real, talk = made(b"real.example"), DecoyTalk(ip)
    names, stats = found([*decoy(talk, made(b"fake.example"), real), talk.server(len(real))])
    assert names[-1:] == ["real.example"]
    assert stats.streams_displaced + sum(stats.anomalies.values()) > 0


@PROTOCOLS
def test_waiting_bytes_give_way_to_an_earlier_beginning(made: Callable[[bytes], bytes]) -> None:
    """Linux and FreeBSD take the bytes in order; when only the first bytes come again, the others stay."""
    real, fake, talk = made(b"real.example"), made(b"fake.example"), DecoyTalk(Ip4())
    waiting = [*talk.handshake(), talk.client(5, fake[5:])]
    assert found([*waiting, talk.client(0, real)])[0] == ["real.example"]
    assert found([*waiting, talk.client(0, real[:9])])[0] == ["fake.example"]


@PROTOCOLS
@VERSIONS
def test_refused_data_of_a_syn_are_not_confirmed_by_a_gap(
    ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    """The server's answer acknowledges the SYN alone; then the client sends its second half first."""
    real, talk = made(b"real.example"), DecoyTalk(ip)
    first, second = talk.sent(real)
    decoy = made(b"fake.example")[: len(real) // 2]
    assert found([*talk.handshake(decoy), second, first, talk.server(len(real))])[0] == ["real.example"]
    alone = talk.client(-1, real[: len(real) // 2], SYN)  # of the server, nothing is captured
    assert found([alone, second])[0] == ["real.example"]


@PROTOCOLS
@VERSIONS
@pytest.mark.parametrize("last", [ACK, SYN | ACK], ids=["split", "simultaneous"])
def test_syns_that_cross(last: int, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    """Both ends send a SYN (RFC 9293, 3.5). An answer with another number is of another connection."""
    real, talk = made(b"real.example"), DecoyTalk(ip)
    opened = talk.client(-1, flags=SYN), talk.server(flags=SYN)
    crossed = [*opened, talk.client(-1, flags=SYN | ACK), talk.server(flags=last)]
    assert found([*crossed, *talk.sent(real), talk.server(len(real))])[0] == ["real.example"]
    other = [*opened, talk.client(499, flags=SYN | ACK), talk.server(500)]
    assert found([*other, talk.client(500, real), talk.server(500 + len(real))])[0] == []


@PROTOCOLS
@VERSIONS
def test_data_before_the_answer_acknowledge_it(made: Callable[[bytes], bytes], ip: Ip4 | Ip6) -> None:
    """Others, the server refuses. Packets of a second interface may be captured late."""
    real, talk = made(b"real.example"), DecoyTalk(ip)
    syn, answer, end = talk.handshake()
    decoy, rest = talk.client(0, made(b"fake.example"), acked=777), [*talk.sent(real), talk.server(len(real))]
    assert found([syn, decoy, answer, end, *rest])[0] == ["fake.example", "real.example"]
    assert found([syn, end, rest[0], answer, *rest[1:]])[0] == ["real.example"]
    assert found([syn, end, *rest[:2], answer, *rest[:2], rest[2]])[0] == ["real.example"]


def retransmission(talk: DecoyTalk, real: bytes) -> list[bytes]:
    return [*talk.handshake(), *talk.sent(real), *talk.sent(real)]


def other_path(talk: DecoyTalk, real: bytes) -> list[bytes]:
    return [*talk.handshake(), *talk.sent(real, hops=49), *talk.sent(real)]


def path_with_more_hops_left(talk: DecoyTalk, real: bytes) -> list[bytes]:
    return [*talk.handshake(), *talk.sent(real, hops=55)]


def fast_open(talk: DecoyTalk, real: bytes) -> list[bytes]:
    return [*talk.handshake(real, len(real)), talk.client(len(real))]


def refused_fast_open(talk: DecoyTalk, real: bytes) -> list[bytes]:
    return [*talk.handshake(real), *talk.sent(real)]


@PROTOCOLS
@VERSIONS
@pytest.mark.parametrize(
    "honest",
    [retransmission, other_path, path_with_more_hops_left, fast_open, refused_fast_open],
    ids=lambda one: one.__name__,
)
def test_honest_connections_are_read_once(
    honest: Callable[[DecoyTalk, bytes], list[bytes]], ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    real, talk = made(b"real.example"), DecoyTalk(ip)
    names, stats = found([*honest(talk, real), talk.server(len(real))])
    assert names == ["real.example"]
    assert stats.streams_displaced == 0


@pytest.mark.parametrize("later", [few_hops, in_the_syn], ids=lambda one: one.__name__)
def test_acknowledged_bytes_stay(later: Decoy) -> None:
    """The receiver took the first ones, so other ones come too late."""
    first, other, talk = hello(b"real.example"), hello(b"fake.example"), DecoyTalk(Ip4())
    if later is in_the_syn:
        packets = [*talk.handshake(first, len(first)), talk.client(len(first)), *talk.sent(other)]
    else:
        seen = [talk.client(0, first, ACK | PSH, hops=9), talk.server(len(first))]
        packets = [*talk.handshake(), *seen, *talk.sent(other)]
    names, stats = found(packets)
    assert (names, stats.streams_displaced) == (["real.example"], 0)


def unlikely(talk: DecoyTalk, decoy: bytes, real: bytes, kind: str) -> list[bytes]:
    """The client acknowledges 400 bytes of the server that the capture lacks. `kind`: what a decoy has."""
    hops = {"hops": 9, "both": 9}.get(kind, 52)
    fake = bytearray(talk.client(0, decoy, ACK | PSH, hops, 401))
    if kind != "hops":
        fake[-1] ^= 0x5A  # so that the checksum is wrong
    half = len(real) // 2
    own = [talk.client(0, real[:half], acked=401), talk.client(half, real[half:], ACK | PSH, acked=401)]
    return [*talk.handshake(), bytes(fake), *own, bytes(fake), talk.server(len(real))]


@PROTOCOLS
@VERSIONS
@pytest.mark.parametrize("kind", ["checksum", "hops", "both"])
def test_lost_bytes_of_the_server_help_no_decoy(
    kind: str, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    """An acknowledgement of bytes that were not seen is a better sign than a wrong checksum or few hops."""
    names, _ = found(unlikely(DecoyTalk(ip), made(b"fake.example"), made(b"real.example"), kind))
    assert names == ["real.example"]


@PROTOCOLS
def test_unlikely_segments_count_when_nothing_better_comes(made: Callable[[bytes], bytes]) -> None:
    """Cards that merge segments leave a wrong checksum; the first of two copies counts."""
    talk, first = DecoyTalk(Ip4()), made(b"real.example")
    segments = [bytearray(talk.client(0, data, acked=401)) for data in (first, made(b"fake.example"))]
    for segment in segments:
        segment[36] ^= 0x5A
    names, stats = found([*talk.handshake(), *map(bytes, segments), talk.server(len(first))])
    assert (names, stats.streams_displaced) == (["real.example"], 0)


@PROTOCOLS
def test_data_of_a_syn_with_a_wrong_checksum(made: Callable[[bytes], bytes]) -> None:
    """The receiver takes the data of the other SYN, and acknowledges them."""
    talk, real = DecoyTalk(Ip4()), made(b"real.example")
    decoy = bytearray(talk.client(-1, made(b"fake.example"), SYN))
    decoy[36] ^= 0x5A
    names, _ = found([bytes(decoy), *talk.handshake(real, len(real)), talk.client(len(real))])
    assert names == ["real.example"]


@PROTOCOLS
@VERSIONS
@pytest.mark.parametrize("hops", [1, 20])
def test_decoys_of_connections_without_a_handshake(
    hops: int, ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    talk, real = DecoyTalk(ip), made(b"real.example")
    fakes = talk.sent(made(b"fake.example"), hops=hops)
    for packets in ([*fakes, *talk.sent(real)], [talk.sent(real)[0], fakes[1], talk.sent(real)[1]]):
        assert found([*packets, talk.server(len(real))])[0][-1:] == ["real.example"]


@PROTOCOLS
@pytest.mark.parametrize(("hops", "answer"), [(20, 57), (20, 20), (30, 30), (9, 250)])
def test_few_hops_hide_no_connection_without_a_handshake(
    hops: int, answer: int, made: Callable[[bytes], bytes]
) -> None:
    talk, real = DecoyTalk(Ip4(), answer_hops=answer), made(b"real.example")
    packets = [*talk.sent(real, hops), talk.server(len(real)), talk.client(len(real), hops=hops)]
    assert found(packets)[0] == ["real.example"]


@PROTOCOLS
@VERSIONS
def test_data_of_a_syn_with_few_hops(ip: Ip4 | Ip6, made: Callable[[bytes], bytes]) -> None:
    """The receiver takes the data of the other SYN; alone, such data count when they are acknowledged."""
    talk, real = DecoyTalk(ip), made(b"real.example")
    decoy = talk.client(-1, made(b"fake.example"), SYN, hops=2)
    end = talk.client(len(real))
    assert found([decoy, *talk.handshake(real, len(real)), end])[0] == ["real.example"]
    low = [talk.client(-1, real, SYN, hops=20), talk.server(len(real), SYN | ACK)]
    assert found([*low, talk.client(len(real), hops=20)])[0] == ["real.example"]


@PROTOCOLS
@pytest.mark.parametrize("headers", [1, 2])
def test_whole_packets_behind_fragment_headers(made: Callable[[bytes], bytes], headers: int) -> None:
    """Receivers read them like others; a copy without the header comes too late."""
    plain, real = DecoyTalk(Ip6()), made(b"real.example")
    behind = DecoyTalk(replace(WHOLE, extensions=WHOLE.extensions * headers))
    packets = [*plain.handshake(), *behind.sent(real), *plain.sent(made(b"fake.example"))]
    names, stats = found([*packets, plain.server(len(real))])
    assert (names, stats.drops["fragment"]) == (["real.example"], 0)


@pytest.mark.parametrize(("header", "noted"), [(b"\0\0\1", 2), (b"\0\0\x08", 0)], ids=["more", "offset"])
def test_fragments_are_no_whole_packets(header: bytes, noted: int) -> None:
    ip = replace(WHOLE, extensions=((44, header.ljust(7, b"\0")),))
    names, stats = found([*DecoyTalk(Ip6()).handshake(), *DecoyTalk(ip).sent(hello(b"real.example"))])
    assert (names, stats.drops["fragment"], stats.anomalies["fragment"]) == ([], 2, noted)


def test_acknowledged_bytes_are_read_beside_many_later_pieces() -> None:
    """32 pieces wait behind gaps, so that no other one has room."""
    talk, real = DecoyTalk(Ip4()), hello(b"real.example")
    held = talk.client(0, real, ACK | PSH, hops=9)
    pieces = [talk.client(len(real) + 10 + 2 * number, b"x") for number in range(32)]
    names, _ = found([*talk.handshake(), held, *pieces, talk.server(len(real))])
    assert names == ["real.example"]


@pytest.mark.parametrize("is_rising", [True, False])
def test_copies_of_forgotten_pieces_do_not_count(is_rising: bool) -> None:
    """The receiver has every second byte, more than are kept here, and takes the others from the copy."""
    real, fake = (hello(b"%s.example%s" % (kind, b".x" * 60)) for kind in (b"real", b"fake"))
    talk = DecoyTalk(Ip4())
    pieces = [talk.client(place, real[place : place + 1]) for place in range(1, len(real), 2)]
    ordered = pieces if is_rising else pieces[::-1]
    names, stats = found([*talk.handshake(), *ordered, talk.client(0, fake), talk.server(len(real))])
    assert (names, stats.streams_with_gap) == ([], 1)
