"""Hellos cut, turned round, repeated with other bytes and sent again: the core gives what a model gives."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.keys import keyed
from tests.support.received import receive
from tests.support.tls.conversation import (
    Conversation,
    alpn,
    client_hello,
    extension,
    record,
    records,
    server_name,
)
from tests.support.tls.hello_model import NotAHelloError, message_in_records, read_hello

RUNS = 8
"""Pieces that may wait for bytes before them (HG_MOST_RUNS); a connection has fewer here."""

LISTS = (10, 11, 13, 16, 43, 51)
"""Extensions that are lists: groups, point formats, algorithms, protocols, versions, key shares."""

EXTENSIONS = st.lists(
    st.one_of(
        st.builds(extension, st.integers(0, 0xFFFF), st.binary(max_size=20)),
        st.builds(extension, st.sampled_from(LISTS), st.lists(st.integers(0, 5), max_size=6).map(bytes)),
        st.builds(server_name, st.binary(max_size=12)),
        st.builds(alpn, st.binary(min_size=1, max_size=4), st.binary(min_size=1, max_size=4)),
        st.just(extension(51, b"\x04\xc4\x11\xec\x04\xc0" + bytes(1216))),
        st.binary(max_size=5),
    ),
    max_size=8,
).map(b"".join)
HELLOS = st.builds(client_hello, st.none() | EXTENSIONS, st.lists(st.integers(0, 0xFFFF), max_size=20))


@dataclass(frozen=True, slots=True)
class StreamPiece:
    """Bytes of the stream at a place; some are not those that were meant."""

    place: int
    data: bytes


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """A hello in records, and what follows it."""
    hello = draw(HELLOS)
    sizes = draw(st.lists(st.integers(1, 200), max_size=4))
    return records(hello, sizes) + draw(st.sampled_from((b"", record(b"\1", 20), bytes(40))))


@st.composite
def pieces(draw: st.DrawFn) -> list[StreamPiece]:
    """The stream in segments: out of order, overlapping, repeated with other bytes; all of it arrives."""
    stream = draw(streams())
    cuts = sorted(draw(st.sets(st.integers(1, max(1, len(stream) - 1)), max_size=RUNS - 2)))
    sent = [
        StreamPiece(start, stream[start:end])
        for start, end in zip((0, *cuts), (*cuts, len(stream)), strict=True)
        if start < end
    ]
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(stream) - 1))
        data = bytes(byte ^ draw(st.sampled_from((0, 1, 255))) for byte in stream[start : start + 30])
        sent.append(StreamPiece(start, data))
    return draw(st.permutations(sent))


def received(sent: list[StreamPiece]) -> bytes:
    """The stream that a receiver gets."""
    seen: dict[int, int] = {}
    for piece in sent:
        receive(seen, piece.place, piece.data)
    return bytes(seen[number] for number in sorted(seen))


def expected(stream: bytes) -> str | None:
    """The JA4 that the model reads from the beginning of a stream."""
    try:
        message = message_in_records(stream)
        hello = None if message is None else read_hello(message)
    except NotAHelloError:
        return None
    # Versions that do not begin with 3 are those of no hello in records.
    return hello.ja4() if hello is not None and hello.version >> 8 == 3 else None


def conversation(sent: list[StreamPiece], port: int = 40000) -> Conversation:
    talk = Conversation(port).handshake()
    for piece in sent:
        talk.client(piece.place, piece.data)
    return talk


@given(pieces())
def test_core_reads_what_the_model_reads(sent: list[StreamPiece]) -> None:
    results = hg.Analyzer(None, protocols=("tls",)).analyze_packets(conversation(sent).timed())
    found = [one.tls_client.signature.ja4 for one in results if one.tls_client]
    wanted = expected(received(sent))
    if wanted is not None:
        assert found == [wanted]
    else:
        # Later segments may begin like a hello of their own; nothing is taken from the broken one.
        assert all(ja4 is None or ja4[0] == "t" for ja4 in found)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    "content", [b"\3\0\1", b"\3\0\1\2", b"\2\0\0", b"\0\3\0\1", b"\0\3\0\1\2", b"\0\4\1\3", b""]
)
def test_a_list_that_is_cut_short_or_odd_is_none(kind: int, content: bytes) -> None:
    stream = records(client_hello(extension(kind, content), [1]), [])
    results = hg.Analyzer(None, protocols=("tls",)).analyze_packets(
        conversation([StreamPiece(0, stream)]).timed()
    )
    assert [one.tls_client.signature.ja4 for one in results if one.tls_client] == [expected(stream)]


@settings(max_examples=40)
@given(st.lists(pieces(), min_size=1, max_size=6), st.integers(2, 4), st.integers(0, 2**32))
def test_workers_and_pieces_change_nothing(talks: list[list[StreamPiece]], workers: int, seed: int) -> None:
    timed = [item for number, sent in enumerate(talks) for item in conversation(sent, 40000 + number).timed()]
    turned = sorted(enumerate(timed), key=lambda one: (one[0] * (seed | 1)) % len(timed))
    capture = pcap([(10**18 + place, data) for place, (_, (_, data)) in enumerate(turned)])
    analyzer = keyed(seed, None)
    alone = b"".join(batch.render("json") for batch in analyzer.batches(capture))
    together = b"".join(batch.render("json") for batch in analyzer.batches(capture, workers=workers))
    assert together == alone
    one_by_one = [str(part) for result in analyzer.analyze_pcap(capture) for part in result.parts]
    assert one_by_one == [str(part) for batch in analyzer.batches(capture) for part in batch]
