"""Answers that the client does not take hide no server: only its own SYN+ACK shows where its bytes begin."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

import huginn_cffi as hg
from tests.hardening.test_segments import VERSIONS, Talk, timestamps, wrong
from tests.support.packets import ACK, PSH, RST, SYN, Ip4, Ip6, Tcp, mss, packet

CLIENT, SERVER = 0xFFFFFF00, 0xFFFFFFF0
REAL, FALSE = b"220 real.example ESMTP Postfix (Debian)\r\n", b"220 false.example ESMTP Exim 4.94.2\r\n"


@dataclass
class ServedTalk:
    """A server that speaks first; places count from its first byte."""

    ip: Ip4 | Ip6

    def client(self, place: int, flags: int = ACK, acked: int = 0, data: bytes = b"") -> bytes:
        numbers = (CLIENT + 1 + place) % 2**32, (SERVER + 1 + acked) % 2**32 if flags & ACK else 0
        options = mss(1460) if flags & SYN else b""
        return packet(replace(self.ip, ttl=60), Tcp(40000, 25, *numbers, flags, 29200, options, data))

    def server(
        self, place: int, data: bytes = b"", flags: int = ACK | PSH, hops: int = 60, acked: int = 0
    ) -> bytes:
        ends = replace(self.ip, source=self.ip.destination, destination=self.ip.source, ttl=hops)
        numbers = (SERVER + 1 + place) % 2**32, (CLIENT + 1 + acked) % 2**32
        options = mss(1460) if flags & SYN else b""
        return packet(ends, Tcp(25, 40000, *numbers, flags, 29200, options, data))


def read(*packets: bytes) -> list[str]:
    """The programs of the greetings."""
    timed = [(10**18 + number * 10**6, data) for number, data in enumerate(packets)]
    found = (result.greeting for result in hg.Analyzer().analyze_packets(timed))
    return [one.program or "" for one in found if one is not None]


def conversation(talk: ServedTalk, *false: bytes, after: int) -> list[bytes]:
    """With forged packets after so many of its own."""
    real = [
        talk.client(-1, SYN),
        talk.server(-1, b"", SYN | ACK),
        talk.client(0),
        talk.server(0, REAL[:20]),
        talk.server(20, REAL[20:]),
        talk.client(0, ACK, len(REAL)),
    ]
    return [*real[:after], *false, *real[after:]]


@VERSIONS
@pytest.mark.parametrize("place", [-1, 900_000, 2**31])
def test_a_forged_answer_with_data(place: int, ip: Ip4 | Ip6) -> None:
    talk = ServedTalk(ip)
    low, bad = talk.server(place, FALSE, SYN | ACK, hops=2), wrong(talk.server(place, FALSE, SYN | ACK))
    for false in (low, bad, wrong(low)):
        assert read(*conversation(talk, false, after=1)) == ["Postfix"]


@VERSIONS
@pytest.mark.parametrize("place", [-1, 19, 900_000, 2**31, -500_000])
@pytest.mark.parametrize("data", [b"", FALSE], ids=["bare", "data"])
def test_the_client_acknowledges_one_of_two_answers(data: bytes, place: int, ip: Ip4 | Ip6) -> None:
    """It ignores the other one, which nothing else distinguishes."""
    talk = ServedTalk(ip)
    other = talk.server(place, data, SYN | ACK)
    for after in (1, 2, 3):
        assert read(*conversation(talk, other, after=after)) == ["Postfix"]
    taken = talk.server(place, b"", SYN | ACK), talk.client(0, ACK, place + 1)
    assert read(*conversation(talk, *taken, after=2)[:4], talk.server(place + 1, REAL)) == ["Postfix"]


@VERSIONS
@pytest.mark.parametrize("place", [-1, 0, -300_000])
def test_data_before_the_answer(place: int, ip: Ip4 | Ip6) -> None:
    talk = ServedTalk(ip)
    false = wrong(talk.server(place, FALSE))
    assert read(*conversation(talk, false, after=1)) == ["Postfix"]


@VERSIONS
def test_a_client_takes_data_only_after_the_answer(ip: Ip4 | Ip6) -> None:
    """The answer must have a right checksum, unless the network card computes those of all answers."""
    talk = ServedTalk(ip)
    answer, false = wrong(talk.server(-1, b"", SYN | ACK)), wrong(talk.server(0, FALSE))
    assert read(*conversation(talk, talk.server(0, FALSE), after=1)) == ["Exim", "Postfix"]
    assert read(*conversation(talk, answer, false, after=1)) == ["Exim", "Postfix"]
    assert read(talk.client(-1, SYN), answer, talk.client(0), false, wrong(talk.server(0, REAL))) == ["Exim"]


@VERSIONS
def test_the_options_of_a_false_answer_do_not_count(ip: Ip4 | Ip6) -> None:
    """It has no timestamp, and acknowledges no SYN. A later segment with an old timestamp is dropped."""
    talk = Talk(ip, port=25)
    syn, answer, end = talk.handshake()
    false = talk.server(9999, SYN | ACK, options=mss(1460))
    ends = replace(ip, source=ip.destination, destination=ip.source, ttl=60)
    numbers = int.from_bytes(answer[-40:][4:8], "big") + 1, int.from_bytes(answer[-40:][8:12], "big")
    old, new = (
        packet(ends, Tcp(25, 40000, *numbers, ACK, 29200, timestamps(when, 110), data))
        for when, data in ((150, FALSE), (210, REAL))
    )
    assert read(syn, false, answer, end, old, new) == ["Postfix"]
    assert read(syn, false, answer, end, old) == []


@VERSIONS
def test_data_of_the_answer_count_when_they_are_acknowledged(ip: Ip4 | Ip6) -> None:
    talk, end = ServedTalk(ip), len(REAL)
    first = [talk.client(-1, SYN), talk.server(-1, REAL, SYN | ACK)]
    assert read(*first, talk.client(0, ACK, end)) == ["Postfix"]
    assert read(*first, talk.server(-1, REAL, SYN | ACK), talk.client(0, ACK, end)) == ["Postfix"]


@VERSIONS
@pytest.mark.parametrize("flags", [RST, RST | ACK], ids=["rst", "rst ack"])
@pytest.mark.parametrize("place", [5, 14])
def test_data_of_a_reset_in_the_window(place: int, flags: int, ip: Ip4 | Ip6) -> None:
    """Receivers ignore the data of every RST; those of another segment are the first copy."""
    talk = ServedTalk(ip)
    false = talk.server(place, FALSE[place:], flags)
    assert read(*conversation(talk, false, after=3)) == ["Postfix"]
    taken = talk.server(place, FALSE[place:])
    assert read(*conversation(talk, talk.server(0, FALSE[:place]), taken, after=3)) == ["Exim"]


@VERSIONS
def test_syns_in_an_established_connection(ip: Ip4 | Ip6) -> None:
    """Neither their data nor their acknowledgements count."""
    talk = ServedTalk(ip)
    false, again = wrong(talk.server(0, FALSE)), talk.server(-1, FALSE, SYN | ACK)
    decoys = false, talk.client(0, SYN | ACK, len(FALSE)), again
    assert read(*conversation(talk, *decoys, after=3)) == ["Postfix"]
    taken = false, talk.client(0, ACK, len(FALSE))
    assert read(*conversation(talk, *taken, after=3)) == ["Exim"]
