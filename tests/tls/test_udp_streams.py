"""Captures of QUIC, DTLS and TCP mixed: the analyzer gives what a model gives, in any pieces."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.support.captures import Packet, pcap
from tests.support.keys import keyed
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    client_hello,
    extension,
    record,
    server_hello,
)
from tests.support.tls.datagram_model import Initial, crypto, fragment
from tests.support.tls.datagram_model import record as dtls_record
from tests.support.tls.hello_model import NotAHelloError, read_hello
from tests.support.tls.udp import packet_of
from tests.support.traffic import random_stream
from tests.tls.datagram_talks import Sent, dtls, expected, pieces_of, quic

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("cryptography") is None, reason="cryptography is not installed to seal packets"
)

FIRST_PORT = 50000
RAW = 101
COOKIE_AT = 4 + 2 + 32 + 1


def hello_of(random: Random, transport: str) -> bytes:
    """A ClientHello of some hundred to thousand bytes."""
    padding = extension(0x3A3A, bytes(random.choice((0, 30, 1200, 3000))))
    hello = client_hello(HELLO_EXTENSIONS + padding, [random.randrange(0x10000) for _ in range(6)])
    if transport != "dtls":
        return hello
    body = b"\xfe\xfd" + hello[6:COOKIE_AT] + b"\0" + hello[COOKIE_AT:]
    return hello[:1] + len(body).to_bytes(3, "big") + body


@dataclass(frozen=True, slots=True)
class UdpTalk:
    """Packets of one connection, with the model's word on it where there is one."""

    packets: list[bytes]
    wanted: tuple[int, str | None] | None = None
    """Which of them ends the hello, from 0, and its JA4, if it is whole; None: nothing is claimed."""


def answer_to(first: bytes, transport: str) -> bytes:
    """A ServerHello to the one that sent this datagram."""
    hello = server_hello()
    if transport == "dtls":
        return dtls_record(fragment(2, 0, len(hello) - 4, 0, hello[4:]))
    length = first[5]
    to, rest = first[6 : 6 + length], first[6 + length :]
    version = int.from_bytes(first[1:5], "big")
    source = rest[1 : 1 + rest[0]]
    return Initial(source, crypto(0, hello), b"srv", version, server=True, key_id=to).sealed()


def wanted_of(transport: str, data: bytes, sent: list[Sent]) -> tuple[int, str | None] | None:
    """Of a hello with bytes that were not meant, what a reader makes of broken lists is its own affair."""
    found = expected(transport, data, sent)
    if found is None:
        return None
    try:
        hello = read_hello(found[1], transport)
    except NotAHelloError:
        return None
    if hello.version >> 8 != (0xFE if transport == "dtls" else 3):
        return None
    return found[0], None if hello.malformed else hello.ja4()


def over_udp(random: Random, port: int, transport: str) -> UdpTalk:
    """A client's datagrams in the order in which they come, and an answer among them or after."""
    data = hello_of(random, transport)
    sent: list[Sent] = quic(random, data) if transport == "quic" else dtls(random, data)
    packets = [packet_of(one, port=port) for one, _ in sent]
    wanted = wanted_of(transport, data, sent)
    if sent and random.random() < 0.7:
        packets.append(packet_of(answer_to(sent[0][0], transport), server=True, port=port))
    return UdpTalk(packets, wanted)


def over_tcp(random: Random, port: int) -> UdpTalk:
    """A hello in segments."""
    talk = Conversation(port).handshake()
    for place, data in pieces_of(random, record(hello_of(random, "tcp"))):
        talk.client(place, data)
    return UdpTalk(talk.server(0, record(server_hello())).packets)


def talks_of(random: Random, count: int) -> list[UdpTalk]:
    """Connections of all kinds, each of its own port."""
    kinds = (random.choice(("quic", "quic", "dtls", "tcp")) for _ in range(count))
    return [
        over_tcp(random, port) if kind == "tcp" else over_udp(random, port, kind)
        for port, kind in enumerate(kinds, FIRST_PORT)
    ]


def mixed(random: Random, talks: list[UdpTalk]) -> list[tuple[int, int, bytes]]:
    """Talk, place in it and packet: each talk in its order, but otherwise as it comes."""
    order = [number for number, talk in enumerate(talks) for _ in talk.packets]
    random.shuffle(order)
    steps = [0] * len(talks)
    found = []
    for number in order:
        found.append((number, steps[number], talks[number].packets[steps[number]]))
        steps[number] += 1
    return found


@settings(max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_the_analyzer_finds_what_the_model_finds(seed: int, count: int) -> None:
    random = Random(seed)
    talks = talks_of(random, count)
    packets = mixed(random, talks)
    timed = [(10**18 + place * 10**6, data) for place, (_, _, data) in enumerate(packets)]
    found: dict[int, tuple[int, str | None]] = {}
    for result in hg.Analyzer(None).analyze_packets(timed):
        number, place, _ = packets[result.packet_number - 1]
        if result.tls_client and number not in found:
            found[number] = place, result.tls_client.signature.ja4
    for number, talk in enumerate(talks):
        if talk.wanted is not None:
            place, ja4 = found[number]
            assert (place, talk.wanted[1] and ja4) == talk.wanted


def capture_of(random: Random, count: int) -> list[Packet]:
    """Talks, and between them packets of all kinds that bring clocks forward and tables to their limits."""
    packets: list[bytes] = [data for _, _, data in mixed(random, talks_of(random, count))]
    others = [one[1] for one in random_stream(random, RAW, count * 3)]
    for one in others:
        packets.insert(random.randint(0, len(packets)), one)
    now, found = 10**18, []
    for one in packets:
        now += random.choice((0, 10**6, 10**6, 10**7, 10**8)) if random.random() < 0.99 else 11 * 10**9
        found.append((now, one))
    return found


def rows(source: Any, **options: Any) -> tuple[bytes, hg.Stats]:
    workers = options.pop("workers", 1)
    analyzer = keyed(options.pop("hash_key", None), None, **options)
    found = b"".join(batch.render("json") for batch in analyzer.batches(source, workers=workers))
    return found, analyzer.stats


LIMITS = ({}, {"max_connections": 4}, {"max_stream_bytes": 1 << 18})


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(LIMITS))
def test_workers_change_nothing(tmp_path_factory: pytest.TempPathFactory, seed: int, limits: Any) -> None:
    """As many packets as make workers share them."""
    packets = capture_of(Random(seed), 150)
    path = tmp_path_factory.mktemp("talks") / "talks.pcap"
    path.write_bytes(pcap(packets, RAW, nanoseconds=True))
    alone = rows(path, hash_key=seed, **limits)
    assert rows(path, hash_key=seed, workers=3, **limits) == alone


def test_the_traffic_has_hellos_of_both(tmp_path: Path) -> None:
    path = tmp_path / "talks.pcap"
    path.write_bytes(pcap(capture_of(Random(1), 150), RAW, nanoseconds=True))
    found = rows(path, hash_key=1)[0]
    assert b'"quic"' in found
    assert b'"dtls"' in found


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(LIMITS))
def test_chunks_change_nothing(seed: int, limits: Any) -> None:
    """Packets that are handed over one by one, and results of them, are those of the capture."""
    random = Random(seed)
    packets = capture_of(random, 20)
    analyzer = keyed(seed, None, **limits)
    whole = [str(result) for result in analyzer.analyze_pcap(pcap(packets, RAW, nanoseconds=True))]
    counted = analyzer.stats
    assert [str(result) for result in analyzer.analyze_packets(packets, linktype=RAW)] == whole
    assert analyzer.stats == counted


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from(LIMITS))
def test_pieces_of_an_archive_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, cuts: int, limits: Any
) -> None:
    """What is known of a connection goes from one piece to the next."""
    pytest.importorskip("dask", reason="the Python package dask is not installed")
    from huginn_cffi.applications.dask import Archive
    from tests.support import archive_streams as streams

    folder: Path = tmp_path_factory.mktemp("pieces")
    random = Random(seed)
    packets = capture_of(random, 20)
    places = [0, *sorted(random.sample(range(1, len(packets)), cuts)), len(packets)]
    paths = []
    for number, (first, last) in enumerate(pairwise(places)):
        paths.append(str(folder / f"{number:03}.pcap"))
        Path(paths[-1]).write_bytes(pcap(packets[first:last], RAW, nanoseconds=True))
    wanted, stats, _ = streams.plain(paths, database=None, **limits)
    archive = Archive(paths, order="given", database=None, blocksize=5000, **limits)
    streams.same(archive.events().compute(scheduler="synchronous"), wanted)
    assert archive.stats() == stats


@pytest.mark.parametrize(("begun", "unreadable"), [(4, 0), (5, 1), (40, 36)])
def test_fragments_of_other_hellos_in_a_datagram(begun: int, unreadable: int) -> None:
    """A datagram begins at most four hellos; those that follow are counted, and a whole one is still read."""
    hello = hello_of(Random(begun), "dtls")[4:]
    parts = [fragment(1, 9 + number, 500, 0, b"abc") for number in range(begun)]
    whole = fragment(1, 0, len(hello), 0, hello)
    analyzer = hg.Analyzer(None, protocols=("tls",))
    found = list(analyzer.analyze_packets([(10**18, packet_of(dtls_record(b"".join([*parts, whole]))))]))
    assert len([result for result in found if result.tls_client is not None]) == 1
    assert analyzer.stats.tls_unreadable == unreadable
