"""Connections that only look like attacks: their bytes are read, and as far as possible without a doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.hardening.test_decoys import hello, request
from tests.hardening.test_rivals import rows
from tests.hardening.test_segments import Talk, opening, timestamps, wrong
from tests.support.packets import ACK, FIN, PSH, SYN, Ip4, Ip6

Made = Callable[[Talk, bytes], list[bytes]]
PLAIN = b"\2\4\5\xb4"
"""Options without timestamps."""


def parts(talk: Talk, data: bytes, *places: int) -> list[bytes]:
    """Segments with these borders, and timestamps of the order in which they were sent."""
    ends = (*places[1:], len(data))
    return [
        talk.client(at, data[at:end], options=timestamps(110 + number, 200))
        for number, (at, end) in enumerate(zip(places, ends, strict=True))
    ]


def stripped(talk: Talk, data: bytes) -> list[bytes]:
    """A middlebox removes the timestamps of all packets, or the server knows none."""
    answer = talk.server(flags=SYN | ACK, options=PLAIN)
    opened = [
        talk.client(-1, flags=SYN, options=opening(100)),
        answer,
        talk.client(0, flags=ACK, options=b""),
    ]
    return [*opened, talk.client(0, data, options=b""), talk.server(len(data), options=b"")]


def with_holes(talk: Talk, data: bytes) -> list[bytes]:
    first, second, third = parts(talk, data, 0, 20, 40)
    sack = b"\1\1\5\x0a" + (0).to_bytes(4, "big") + (9).to_bytes(4, "big")
    holes = [
        talk.server(0, options=timestamps(211, 110) + sack),
        talk.server(20, options=timestamps(212, 110)),
    ]
    return [*talk.handshake(), third, holes[0], first, holes[1], second, talk.server(len(data))]


def offloaded(talk: Talk, data: bytes) -> list[bytes]:
    """Captured at the client, whose card computes checksums later."""
    sent = [talk.client(-1, flags=SYN, options=opening(100)), talk.client(0, flags=ACK), talk.client(0, data)]
    syn, ack, first = map(wrong, sent)
    return [syn, talk.server(flags=SYN | ACK, options=opening(200, 100)), ack, first]


def offloaded_server(talk: Talk, data: bytes) -> list[bytes]:
    syn, answer, ack = talk.handshake()
    return [syn, wrong(answer), ack, talk.client(0, data), wrong(talk.server(len(data)))]


def fast_open(talk: Talk, data: bytes) -> list[bytes]:
    """RFC 7413: the SYN has data and a cookie, and the server acknowledges both."""
    syn = talk.client(-1, data, SYN, options=opening(100) + b"\x22\x0a" + bytes(8) + b"\1\1")
    answer = talk.server(len(data), SYN | ACK, options=opening(200, 100))
    return [syn, answer, talk.client(len(data), flags=ACK), talk.server(len(data))]


def kept_alive(talk: Talk, data: bytes) -> list[bytes]:
    probes = [talk.client(-1, b"\0", ACK), talk.server(), talk.client(-1, flags=ACK), talk.server()]
    return [*talk.handshake(), *probes, talk.client(0, data), talk.client(len(data) - 1, b"\0", ACK)]


LOOK_ALIKES: dict[str, Made] = {
    "keep-alives": kept_alive,
    "SACK holes": with_holes,
    "options stripped": stripped,
    "timestamps rewritten": lambda talk, data: [
        *talk.handshake()[:2],
        talk.client(0, flags=ACK, options=timestamps(10**6, 200)),
        talk.client(0, data, options=timestamps(10**6 + 1, 200)),
    ],
    "checksum offload, client": offloaded,
    "checksum offload, server": offloaded_server,
    "one direction": lambda talk, data: [*talk.handshake()[::2], *parts(talk, data, 0, 30)],
    "other direction lost": lambda talk, data: [talk.handshake()[0], talk.client(0, data)],
    "from the middle": lambda talk, data: [talk.client(0, data), talk.server(len(data))],
    "from the SYN+ACK": lambda talk, data: [*talk.handshake()[1:], talk.client(0, data)],
    "late, other borders": lambda talk, data: [
        *talk.handshake(),
        *parts(talk, data, 0, 30, 60)[::-1],
        *parts(talk, data, 0, 45),
        talk.server(len(data)),
    ],
    "FIN with the data": lambda talk, data: [
        *talk.handshake(),
        talk.client(20, data[20:], FIN | ACK),
        talk.client(0, data[:20]),
        talk.server(len(data) + 1, FIN | ACK),
    ],
    "repeated SYN+ACK": lambda talk, data: [
        *talk.handshake()[:2],
        talk.server(flags=SYN | ACK, options=opening(205, 100)),
        talk.client(0, data, options=timestamps(112, 205)),
    ],
}


@pytest.mark.parametrize("kind", LOOK_ALIKES)
@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
@pytest.mark.parametrize("made", [hello, request], ids=["tls", "http"])
@pytest.mark.parametrize("hops", [0, 4, 17], ids=["at the ends", "between", "far"])
def test_it_is_read_without_doubt(
    kind: str, ip: Ip4 | Ip6, made: Callable[[bytes], bytes], hops: int
) -> None:
    talk, data = Talk(ip, hops), made(b"real.example")
    assert rows(LOOK_ALIKES[kind](talk, data)) == [("real.example", False, [])]


@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
@pytest.mark.parametrize("made", [hello, request], ids=["tls", "http"])
def test_data_of_a_syn_count_once_they_are_acknowledged(
    ip: Ip4 | Ip6, made: Callable[[bytes], bytes]
) -> None:
    talk, data = Talk(ip), made(b"real.example")
    assert rows(fast_open(talk, data)) == [("real.example", False, ["syn_data"])]
    refused = [fast_open(talk, data)[0], *talk.handshake()[1:], talk.client(0, data, ACK | PSH)]
    assert rows(refused) == [("real.example", False, [])]


@pytest.mark.parametrize("between", [1, 3])
def test_a_capture_between_routers_of_different_ways(between: int) -> None:
    """The answers come on another way, with other hops."""
    talk, data = Talk(Ip4(), 4), hello(b"real.example")
    back = replace(talk, hops=4 + between)
    opened = [talk.handshake()[0], back.handshake()[1], talk.handshake()[2]]
    assert rows([*opened, talk.client(0, data), back.server(len(data))]) == [("real.example", False, [])]
