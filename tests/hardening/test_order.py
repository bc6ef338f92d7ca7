"""Bytes out of order, behind a FIN, before the end of a handshake: what Linux's receiver does with them.

Each was found by the lab `workbench.lab.receiver`, beside the bytes that the receiver got.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

import huginn_cffi as hg
from tests.hardening.test_decoys import hello, request
from tests.hardening.test_rivals import rows, saved
from tests.hardening.test_segments import MD5, Talk, names, opening, timestamps, wrong
from tests.support.packets import ACK, FIN, PSH, RST, SYN, Ip4, Ip6

IPS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
BYTES = pytest.mark.parametrize("made", [hello, request], ids=["tls", "http"])
Made = Callable[[bytes], bytes]


def shown(packets: list[bytes]) -> list[str]:
    return [name for name, _, _ in rows(packets)]


def anomalies(packets: list[bytes]) -> dict[str, int]:
    analyzer = hg.Analyzer(None)
    for _ in analyzer.batches(saved(packets)):
        pass
    return analyzer.stats.anomalies


@IPS
@BYTES
@pytest.mark.parametrize("early", [0, 9], ids=["in order", "early"])
def test_bytes_behind_a_fin_are_not_read(ip: Ip4 | Ip6, made: Made, early: int) -> None:
    talk, real = Talk(ip), made(b"real.example")
    cut = len(real) - 20
    begin = talk.client(0, real[:early])
    end = talk.client(early, real[early:cut], FIN | ACK)
    behind = talk.client(cut, real[cut:])
    received = talk.server(cut + 1)
    for sent in ([behind, end, begin], [end, behind, begin], [end, begin, behind]):
        assert shown([*talk.handshake(), *sent, received]) == []
    whole = talk.client(early, real[early:], FIN | ACK)
    for sent in ([whole, begin], [behind, whole, begin]):
        assert shown([*talk.handshake(), *sent, talk.server(len(real) + 1)]) == ["real.example"]


@IPS
@BYTES
def test_a_fin_that_other_bytes_displace_ends_nothing(ip: Ip4 | Ip6, made: Made) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    half = real.index(b"real")
    fin = talk.client(half, fake[half : half + 1], FIN | ACK)
    parts = [talk.client(3, real[3:]), talk.client(0, real[:3])]
    before = [*talk.handshake(), fin, *parts]
    assert rows([*before, talk.server(len(real))]) == [("real.example", True, ["early_end"])]
    assert shown([*before, talk.server(half + 2)]) == []


@IPS
@BYTES
@pytest.mark.parametrize("acknowledges", [False, True])
def test_data_after_both_ends_are_no_connection(ip: Ip4 | Ip6, made: Made, acknowledges: bool) -> None:
    talk, real = Talk(ip), made(b"real.example")
    before = talk.handshake()[: 2 + acknowledges]
    first = [
        talk.client(9, b"z"),
        talk.server(0),
        talk.client(0, b"123456789"),
        talk.client(10, flags=FIN | ACK),
    ]
    ends = [*before, *first, talk.server(11, FIN | ACK)]
    assert shown([*ends, talk.client(0, real, acked=1)]) == []
    assert anomalies([*ends, talk.client(0, real, acked=1)])["no_session"] == 1
    assert shown([*ends, *talk.handshake(), talk.client(0, real), talk.server(len(real))]) == ["real.example"]


@IPS
@BYTES
def test_far_doubtful_bytes_leave_room_for_near_ones(ip: Ip4 | Ip6, made: Made) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    gaps = [wrong(talk.client(1000 + 10 * at, b"z")) for at in range(12)]
    taken = [talk.client(0, real, options=MD5), talk.server(len(real))]
    assert shown([*talk.handshake(), *gaps, *taken, talk.client(0, fake)]) == ["real.example"]


@IPS
@BYTES
@pytest.mark.parametrize("kind", ["after the window", "SYN and ACK"])
def test_a_dropped_segment_ends_no_handshake(ip: Ip4 | Ip6, made: Made, kind: str) -> None:
    """The server answers it with a newer timestamp, whose echo it takes only in an open connection."""
    talk, real = Talk(ip), made(b"real.example")
    late, echo = timestamps(112, 205), timestamps(205, 100)
    dropped = {
        "after the window": talk.client(70000, b"z"),
        "SYN and ACK": talk.client(0, b"zzz", SYN | ACK, options=timestamps(111, 205)),
    }
    before = [*talk.handshake()[:2], dropped[kind], talk.server(0, options=echo)]
    own = talk.client(0, real, options=late)
    never = [("real.example", False, ["invalid_echo", "unacknowledged"])]
    assert rows([*before, own]) == never
    assert shown([*before, own, talk.server(len(real))]) == ["real.example"]
    opened = [*talk.handshake(), dropped[kind], talk.server(0, options=echo)]
    assert rows([*opened, own]) == [("real.example", False, [])]


@IPS
@BYTES
def test_a_wide_window_is_used_after_the_handshake(ip: Ip4 | Ip6, made: Made) -> None:
    talk, real = Talk(ip), made(b"real.example")
    first = [talk.client(0, real), talk.server(len(real), window=1000), talk.client(70000, b"z")]
    assert anomalies([*talk.handshake(), *first])["beyond_window"] == 0


@IPS
@BYTES
def test_the_first_data_end_the_handshake(ip: Ip4 | Ip6, made: Made) -> None:
    talk, real = Talk(ip), made(b"real.example")
    first = [talk.client(1, real[1:9]), talk.client(5, b"zz", hops=6)]
    rest = talk.client(0, real, options=timestamps(112, 205))
    found = anomalies([*talk.handshake()[:2], *first, rest, talk.server(len(real))])
    assert found["invalid_echo"] == 0
    reset = talk.client(5, flags=RST, options=b"")
    assert anomalies([*talk.handshake()[:2], reset, rest])["invalid_echo"] == 1


@IPS
@BYTES
@pytest.mark.parametrize("place", [0, 1, 5])
def test_a_syn_takes_no_data_of_an_open_connection(ip: Ip4 | Ip6, made: Made, place: int) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    syn = talk.client(place - 1, flags=SYN, options=opening(111))
    decoy = talk.client(place, fake, acked=2**30)
    own = [talk.client(0, real), talk.server(len(real))]
    assert shown([*talk.handshake(), syn, decoy, *own]) == ["real.example"]
    far = 2**30 + place
    syn, again = talk.client(far - 1, flags=SYN, options=opening(111)), opening(220, 111)
    used = [syn, talk.server(far, SYN | ACK, again), talk.client(far, fake), talk.server(far + len(fake))]
    assert shown([*talk.handshake(), *used]) == ["fake.example"]


@IPS
@BYTES
@pytest.mark.parametrize("options", [b"", MD5], ids=["no timestamp", "MD5"])
def test_a_copy_that_fills_a_gap_displaces_later_bytes(ip: Ip4 | Ip6, made: Made, options: bytes) -> None:
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    at = real.index(b"real") + 2
    before = [*talk.handshake(), talk.client(at, real[at:]), talk.client(0, fake, options=options)]
    received = talk.server(len(real))
    filled = rows([*before, received])
    assert [(name, rival) for name, rival, _ in filled] == [("fake.example", True)]
    refused = rows([*before, talk.client(0, real[:at]), received])
    assert [(name, rival) for name, rival, _ in refused] == [("real.example", True)]
    damaged = [*talk.handshake(), talk.client(at, real[at:]), wrong(talk.client(0, fake))]
    assert shown([*damaged, talk.client(0, real[:at], ACK | PSH), received]) == ["real.example"]


def test_names_of_the_same_bytes_need_no_doubt() -> None:
    talk, real = Talk(Ip4()), hello(b"real.example")
    parts = [talk.client(30, real[30:]), talk.client(0, real), talk.client(0, real[:30])]
    assert names(*talk.handshake(), *parts) == ["real.example"]


@IPS
@BYTES
@pytest.mark.parametrize("flags", [SYN, SYN | ACK], ids=["syn", "syn ack"])
@pytest.mark.parametrize("place", [0, 1, 60_000])
def test_a_second_syn_before_the_end_of_a_handshake(
    ip: Ip4 | Ip6, made: Made, flags: int, place: int
) -> None:
    """Linux then forgets the connection, and answers its data with a RST."""
    talk, real, fake = Talk(ip), made(b"real.example"), made(b"fake.example")
    *begun, end = talk.handshake()
    data, reset, received = talk.client(0, real), talk.server(0, RST), talk.server(len(real))
    for second in (talk.client(place, flags=flags), talk.client(place, fake, flags)):
        for later in ([data], [end, data]):
            assert shown([*begun, second, *later, reset]) == []
            assert rows([*begun, second, *later, received]) == [("real.example", False, ["early_end"])]
        assert shown([*begun, end, second, data]) == ["real.example"]
    for other in (talk.client(-1, flags=SYN, options=opening(100)), talk.client(70_000, flags=flags)):
        assert rows([*begun, other, data, reset]) == [("real.example", False, [])]
    unsent = talk.client(place, flags=SYN | ACK, acked=9)
    old = talk.client(place, flags=flags, options=timestamps(90, 200))
    for other in (unsent, old):
        assert rows([*begun, other, data]) == [("real.example", False, [])]
