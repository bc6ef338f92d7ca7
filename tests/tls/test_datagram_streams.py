"""Hellos cut, shuffled, repeated, overlapped and lost: the core gives what the model gives."""

from __future__ import annotations

import importlib.util
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tls.datagram_model import SALTS, Initial, crypto
from tests.tls.datagram_talks import dtls, expected, message, quic
from tests.tls.datagrams import CLIENT, SERVER, Datagrams, build, command

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("cryptography") is None,
        reason="cryptography is not installed to seal packets",
    ),
]


@pytest.fixture(scope="module")
def datagrams(tmp_path_factory: pytest.TempPathFactory) -> Datagrams:
    return build(tmp_path_factory.mktemp("hellos"))


@settings(max_examples=50)
@given(st.integers(0, 2**32), st.sampled_from(("quic", "dtls", "both")))
def test_what_the_model_gives(datagrams: Datagrams, seed: int, transport: str) -> None:
    """Several flows between one another, saved and loaded at any place."""
    random = Random(seed)
    flows, wanted = [], {}
    for flow in range(1, 5):
        kind = transport if transport != "both" else random.choice(("quic", "dtls"))
        data = message(random, random.choice((40, 300, 1500, 4000)))
        sent = quic(random, data) if kind == "quic" else dtls(random, data)
        flows.append(sent)
        found = expected(kind, data, sent)
        if found is not None:
            wanted[flow] = found
    order = [flow for flow, sent in enumerate(flows, 1) for _ in sent]
    random.shuffle(order)
    lines, places, steps = [], [], [0] * 5
    for flow in order:
        lines.append(command(flow, 0, flows[flow - 1][steps[flow]][0]))
        places.append((flow, steps[flow]))
        steps[flow] += 1
        if random.random() < 0.1:
            lines.append("again")
    first: dict[int, tuple[int, bytes]] = {}
    for one in datagrams.ask(lines)[0]:
        flow, place = places[one.datagram - 1]
        if flow in first:  # other bytes in place of all: over DTLS the hello of another connection
            assert (one.transport, one.data[2:10] != first[flow][1][2:10]) == ("dtls", True)
        first.setdefault(flow, (place, one.data))
    assert first == wanted


# ---- what must not happen ---------------------------------------------------------------------


def initial(data: bytes, offset: int = 0, own_id: bytes = b"8 bytes.", **values: object) -> bytes:
    return Initial(own_id, crypto(offset, data), **values).sealed()  # type: ignore[arg-type]


HELLO = message(Random(1), 600)
HALVES = (0, HELLO[:300]), (300, HELLO[300:])


def test_without_ciphers_each_flow_is_counted_once(datagrams: Datagrams) -> None:
    lines = [command(flow, 0, initial(HELLO)) for flow in (1, 2, 1, 1)]
    assert datagrams.ask(lines, locked=True) == ([], {"quic_not_decrypted": 2})


def test_of_googles_quic_there_is_a_count(datagrams: Datagrams) -> None:
    q043 = bytes.fromhex("0d") + b"8 bytes." + b"Q043" + bytes(40)
    q046 = bytes.fromhex("c3") + b"Q046" + b"\x50" + bytes(60)
    assert datagrams.ask([command(1, 0, q043), command(1, 0, q046)]) == ([], {"quic_google": 2})


def test_other_versions_are_counted(datagrams: Datagrams) -> None:
    unknown = bytes.fromhex("c01a2a3a4a08") + bytes(8) + bytes(1200)
    negotiation = bytes.fromhex("c000000000") + b"\0\x08" + bytes(8) + bytes.fromhex("00000001")
    assert datagrams.ask([command(1, 0, unknown), command(1, 1, negotiation)]) == (
        [],
        {"quic_other_version": 1},
    )


def test_packets_that_no_key_opens_have_no_effect(datagrams: Datagrams) -> None:
    half = command(1, 0, initial(HELLO[:300]))
    bad = [command(1, 0, initial(HELLO[300:], 300, b"another", key_id=b"none")) for _ in range(200)]
    rest = command(1, 0, initial(HELLO[300:], 300, packet_number=1))
    messages, counts = datagrams.ask([half, *bad, rest])
    assert [one.data for one in messages] == [HELLO]
    assert counts == {"quic_undecryptable": 200}


def test_packets_without_news_have_no_effect(datagrams: Datagrams) -> None:
    pings = [command(1, 0, initial(b"", packet_number=i)) for i in range(1, 300)]
    halves = [command(1, 0, initial(part, at, packet_number=at)) for at, part in HALVES]
    messages, counts = datagrams.ask([halves[0], *pings, halves[1]])
    assert ([one.data for one in messages], counts) == ([HELLO], {})


@pytest.mark.parametrize("foreign", [5, 10])
def test_connections_of_others_on_the_ports_have_no_effect(datagrams: Datagrams, foreign: int) -> None:
    """They have ids of their own, and claim to follow a Retry; one is of another version."""
    halves = [command(1, 0, initial(part, at, packet_number=at)) for at, part in HALVES]
    others = [command(1, 0, initial(HELLO[:99], own_id=b"other%3d" % i, token=b"x")) for i in range(foreign)]
    version = command(1, 0, initial(HELLO[:99], version=0x6B3343CF))
    messages, counts = datagrams.ask([halves[0], *others, version, halves[1]])
    assert ([one.data for one in messages], counts) == ([HELLO], {})


def test_gaps_and_bytes_have_bounds(datagrams: Datagrams) -> None:
    gaps = [command(1, 0, initial(HELLO[i : i + 1], i, packet_number=i)) for i in range(1, 300, 2)]
    assert datagrams.ask(gaps)[1] == {"streams_with_gap": 1}
    many = Initial(b"8 bytes.", b"".join(crypto(i, b"x") for i in range(1, 300, 2))).sealed()
    assert datagrams.ask([command(2, 0, many)])[1] == {"streams_with_gap": 1}
    bomb = [command(4, 0, initial(b"\x01\xff\xff\xff" + bytes(500)))]
    assert datagrams.ask(bomb)[1] == {"tls_unreadable": 1}
    other = [command(5, 0, initial(b"\x02\x00\x00\x10" + bytes(500)))]
    assert datagrams.ask(other)[1] == {"tls_unreadable": 1}


def test_memory_is_bounded_and_the_longest_unused_makes_room(datagrams: Datagrams) -> None:
    """The harness checks the bound after each datagram."""
    ids = [number.to_bytes(8, "big") for number in range(1, 301)]
    halves = [command(flow, 0, initial(HELLO[:300], own_id=one)) for flow, one in enumerate(ids, 1)]
    rests = [
        command(flow, 0, initial(HELLO[300:], 300, one, packet_number=1)) for flow, one in enumerate(ids, 1)
    ]
    messages, counts = datagrams.ask([*halves, *rests[-20:], *rests[:2]], most_bytes=1 << 18)
    assert len(messages) == 20
    assert counts["streams_evicted"] > 100
    assert len(datagrams.ask([*halves, *rests])[0]) == 300


def test_a_flow_that_ends_is_forgotten(datagrams: Datagrams) -> None:
    lines = [command(1, 0, initial(HELLO[:300])), "forget 1", command(1, 0, initial(HELLO[300:], 300))]
    assert datagrams.ask(lines)[0] == []


def test_a_second_hello_is_counted(datagrams: Datagrams) -> None:
    """After a HelloRetryRequest it follows the first in the stream."""
    lines = [
        command(1, 0, initial(HELLO)),
        command(1, 0, initial(HELLO, len(HELLO), packet_number=1)),
        command(1, 0, initial(HELLO, len(HELLO), packet_number=2)),
    ]
    messages, counts = datagrams.ask(lines)
    assert ([one.datagram for one in messages], counts) == ([1], {"tls_later_hellos": 1})


def test_a_server_that_asks_again_says_more(datagrams: Datagrams) -> None:
    retry = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
    first = bytes([SERVER]) + (60).to_bytes(3, "big") + b"\3\3" + retry + bytes(26)
    second = message(Random(3), 1200, SERVER)

    def answer(data: bytes, offset: int, at: int) -> str:
        packet = Initial(b"own", crypto(offset, data), b"srv", 1, at, server=True, key_id=b"8 bytes.")
        return command(1, 1, packet.sealed())

    lines = [
        command(1, 0, initial(HELLO, source=b"own")),
        answer(first, 0, 0),
        answer(second[600:], len(first) + 600, 1),
        answer(second[:600], len(first), 2),
        answer(second, len(first) + len(second), 3),
    ]
    found = [(one.datagram, one.kind, one.data) for one in datagrams.ask(lines)[0]]
    assert found == [(1, CLIENT, HELLO), (2, SERVER, first), (4, SERVER, second)]


def test_keys_of_each_version(datagrams: Datagrams) -> None:
    lines = [command(flow, 0, initial(HELLO, version=version)) for flow, version in enumerate(SALTS, 1)]
    assert [one.version for one in datagrams.ask(lines)[0]] == list(SALTS)


def test_a_server_may_answer_in_another_version(datagrams: Datagrams) -> None:
    hello = message(Random(2), 90, SERVER)
    answer = Initial(b"own", crypto(0, hello), version=0x6B3343CF, server=True, key_id=b"8 bytes.").sealed()
    messages, _ = datagrams.ask([command(1, 0, initial(HELLO, source=b"own")), command(1, 1, answer)])
    assert [(one.kind, one.version) for one in messages] == [(CLIENT, 1), (SERVER, 0x6B3343CF)]
