"""Answers that the client does not take hide no server: only its own SYN+ACK shows where its bytes begin."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

import huginn_cffi as hg
from tests.hardening.test_segments import VERSIONS
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
@pytest.mark.parametrize("flags", [RST, RST | ACK], ids=["rst", "rst ack"])
@pytest.mark.parametrize("place", [5, 14])
def test_data_of_a_reset_in_the_window(place: int, flags: int, ip: Ip4 | Ip6) -> None:
    """Receivers ignore the data of every RST; those of another segment are the first copy."""
    talk = ServedTalk(ip)
    false = talk.server(place, FALSE[place:], flags)
    assert read(*conversation(talk, false, after=3)) == ["Postfix"]
    taken = talk.server(place, FALSE[place:])
    assert read(*conversation(talk, talk.server(0, FALSE[:place]), taken, after=3)) == ["Exim"]
