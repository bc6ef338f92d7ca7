"""Segments that no receiver takes have no effect; those that it may refuse wait until it acknowledges them.

Of each kind: the same connection with and without them, and a look-alike that its receiver takes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random
from struct import pack
from typing import Any

import pytest

import huginn_cffi as hg
from tests.hardening.test_decoys import found, hello, request
from tests.support.devices.smb import negotiate, setup1
from tests.support.devices.ssdp import alive
from tests.support.packets import ACK, FIN, PSH, RST, SYN, URG, Ip4, Ip6, Tcp, checksum, packet
from tests.support.tunnels import UDP, udp

CLIENT_START, SERVER_START = 0xFFFFFF00, 5000
REAL, FALSE = hello(b"real.example"), hello(b"false.example")
ROUTED: dict[type, dict[str, Any]] = {
    Ip4: {"options": bytes((131, 7, 4, 10, 0, 0, 1, 0))},
    Ip6: {"extensions": ((43, bytes((2, 0, 1, *bytes(20)))),)},
}
"""RFC 791 and RFC 2460, which Linux drops."""
MD5 = b"\x13\x12" + b"m" * 16 + b"\1\1"
"""RFC 2385"""
WRONG = b"\x63\0" + b"\1" * 18
"""Linux drops it from 6.7 on."""


def timestamps(own: int, echoed: int) -> bytes:
    return b"\1\1\x08\x0a" + pack("!II", own, echoed)


def opening(own: int, echoed: int = 0) -> bytes:
    return b"\2\4\5\xb4\4\2\x08\x0a" + pack("!II", own, echoed) + b"\1\3\3\7"


@dataclass
class Talk:
    """Packets of a connection with timestamps; both ends are `hops` hops away."""

    ip: Ip4 | Ip6
    hops: int = 4
    port: int = 443

    def client(
        self,
        place: int,
        data: bytes = b"",
        flags: int = ACK | PSH,
        acked: int = 0,
        options: bytes = timestamps(110, 200),
        hops: int | None = None,
    ) -> bytes:
        ttl = 64 - self.hops if hops is None else hops
        numbers = (CLIENT_START + 1 + place) % 2**32, (SERVER_START + 1 + acked) % 2**32 if flags & ACK else 0
        return packet(replace(self.ip, ttl=ttl), Tcp(40000, self.port, *numbers, flags, 29200, options, data))

    def server(
        self, acked: int = 0, flags: int = ACK, options: bytes = timestamps(210, 110), window: int = 29200
    ) -> bytes:
        ends = replace(self.ip, source=self.ip.destination, destination=self.ip.source, ttl=64 - self.hops)
        numbers = SERVER_START + (not flags & SYN), (CLIENT_START + 1 + acked) % 2**32
        return packet(ends, Tcp(self.port, 40000, *numbers, flags, window, options, b""))

    def handshake(self) -> list[bytes]:
        syn = self.client(-1, flags=SYN, options=opening(100))
        return [syn, self.server(flags=SYN | ACK, options=opening(200, 100)), self.client(0, flags=ACK)]


def wrong(data: bytes) -> bytes:
    """The packet with a wrong checksum."""
    at = (20 if data[0] >> 4 == 4 else 40) + 16
    return data[:at] + bytes((data[at] ^ 0x55, data[at + 1])) + data[at + 2 :]


def misheaded(data: bytes) -> bytes:
    """The IPv4 packet with a wrong header checksum, which routers drop, too."""
    return data[:10] + bytes((data[10] ^ 0x55,)) + data[11:]


def with_length(data: bytes, length: int) -> bytes:
    """The packet with another length in its IP header."""
    if data[0] >> 4 == 6:
        return data[:4] + pack("!H", length) + data[6:]
    header = data[:2] + pack("!H", length) + data[4:10] + bytes(2) + data[12:20]
    return header[:10] + checksum(header).to_bytes(2, "big") + data[12:]


def names(*packets: bytes) -> list[str]:
    timed = [(10**18 + number * 10**6, data) for number, data in enumerate(packets)]
    found = (result.tls_client for result in hg.Analyzer(None).analyze_packets(timed))
    return [one.signature.sni or "" for one in found if one is not None]


def read(*packets: bytes) -> list[str]:
    """As `names`, also of requests."""
    return found(list(packets))[0]


BYTES = pytest.mark.parametrize("real", [REAL, request(b"real.example")], ids=["tls", "http"])
Made = Callable[..., bytes]
KINDS: dict[str, Callable[[Talk], Made]] = {
    "wrong checksum": lambda talk: lambda *args, **more: wrong(talk.client(*args, **more)),
    "wrong header checksum": lambda talk: lambda *args, **more: misheaded(talk.client(*args, **more)),
    "length after the end": lambda talk: lambda *args, **more: with_length(talk.client(*args, **more), 1500),
    "length 0": lambda talk: lambda *args, **more: with_length(talk.client(*args, **more), 0),
    "TTL that ends before": lambda talk: lambda *args, **more: talk.client(*args, **more, hops=4),
    "TTL that just arrives": lambda talk: lambda *args, **more: talk.client(*args, **more, hops=6),
    "MD5 option": lambda talk: lambda *args, **more: talk.client(*args, **more, options=MD5),
    "option of a wrong length": lambda talk: lambda *args, **more: talk.client(*args, **more, options=WRONG),
    "old timestamp": lambda talk: (
        lambda *args, **more: talk.client(*args, **more, options=timestamps(90, 200))
    ),
    "no timestamp": lambda talk: lambda *args, **more: talk.client(*args, **more, options=b""),
    "FIN without ACK": lambda talk: lambda *args, **more: talk.client(*args, **{**more, "flags": FIN}),
    "source route": lambda talk: Talk(replace(talk.ip, **ROUTED[type(talk.ip)])).client,
    "one unsent byte acknowledged": lambda talk: lambda *args, **more: talk.client(*args, **more, acked=1),
    "far number acknowledged": lambda talk: lambda *args, **more: talk.client(*args, **more, acked=2**31),
    "unsent acknowledged": lambda talk: lambda *args, **more: talk.client(*args, **more, acked=9000),
    "old acknowledgement": lambda talk: lambda *args, **more: talk.client(*args, **more, acked=-(10**8)),
}
EACH = pytest.mark.parametrize("kind", KINDS)
VERSIONS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])


@EACH
@VERSIONS
def test_a_false_hello_is_not_read(kind: str, ip: Ip4 | Ip6) -> None:
    if kind == "wrong header checksum" and isinstance(ip, Ip6):
        pytest.skip("headers of IPv6 have no checksum")
    talk = Talk(ip)
    false = KINDS[kind](talk)
    half = len(REAL) // 2
    before = [*talk.handshake(), false(0, FALSE), false(half, FALSE)]
    assert names(*before, talk.client(0, REAL), talk.server(len(REAL))) == ["real.example"]
    assert names(*before, talk.client(0, REAL[:half]), talk.client(half, REAL[half:])) == ["real.example"]


@EACH
def test_they_leave_room_for_the_bytes(kind: str) -> None:
    """More pieces with gaps than a direction keeps, and pieces beyond what it keeps."""
    talk = Talk(Ip4())
    false = KINDS[kind](talk)
    gaps = [false(400 + 10 * number, b"z") for number in range(20)]
    beyond = [false(50000, b"z" * 9), false(50009, b"z" * 9)]
    pieces = [talk.client(at, REAL[at : at + 20]) for at in range(0, len(REAL), 20)]
    assert names(*talk.handshake(), *gaps, *beyond, *reversed(pieces[:6]), *pieces[6:]) == ["real.example"]


@pytest.mark.parametrize("count", [12, 40])
@pytest.mark.parametrize("repeated", [True, False])
def test_bytes_far_out_of_order(count: int, repeated: bool) -> None:
    """A direction keeps 32 pieces; of the others, the receiver may have other bytes than a later copy."""
    talk = Talk(Ip4())
    early = [talk.client(at, REAL[at : at + 1]) for at in range(1, 2 * count, 2)]
    late = [talk.client(at, REAL[at : at + 1]) for at in range(0, 2 * count, 2)]
    rest = talk.client(0 if repeated else 2 * count, REAL[0 if repeated else 2 * count :])
    found = names(*talk.handshake(), *early, *([] if repeated else late), rest)
    assert found == (["real.example"] if count == 12 else [])


@EACH
@pytest.mark.parametrize("flags", [RST, FIN | ACK])
def test_they_end_nothing(kind: str, flags: int) -> None:
    talk = Talk(Ip4())
    end = KINDS[kind](talk)(0, flags=flags)
    if flags == RST and kind in (
        "old timestamp",
        "no timestamp",
        "one unsent byte acknowledged",
        "far number acknowledged",
        "unsent acknowledged",
        "old acknowledgement",
    ):
        pytest.skip("a receiver takes this RST")
    analyzer = hg.Analyzer(None)
    packets = [*talk.handshake(), end, talk.client(0, REAL)]
    list(analyzer.analyze_packets([(10**18 + at, data) for at, data in enumerate(packets)]))
    assert (analyzer.stats.flows, analyzer.stats.flows_closed) == (1, 0)
    assert names(*packets) == ["real.example"]


@pytest.mark.parametrize(("place", "closed"), [(1000, 0), (0, 1)], ids=["inside the window", "exact"])
def test_only_an_exact_reset_ends_a_connection(place: int, closed: int) -> None:
    talk, analyzer = Talk(Ip4()), hg.Analyzer(None)
    packets = [*talk.handshake(), talk.client(place, flags=RST)]
    list(analyzer.analyze_packets([(10**18 + at, data) for at, data in enumerate(packets)]))
    assert (analyzer.stats.flows, analyzer.stats.flows_closed) == (1, closed)


HALF = len(REAL) // 2


@pytest.mark.parametrize(("place", "closed"), [(0, 0), (HALF, 1)], ids=["before the bytes", "exact"])
def test_an_old_reset_ends_nothing(place: int, closed: int) -> None:
    """The receiver has the bytes, although it has not acknowledged them."""
    talk, analyzer = Talk(Ip4()), hg.Analyzer(None)
    packets = [*talk.handshake(), talk.client(0, REAL[:HALF]), talk.client(place, flags=RST)]
    list(analyzer.analyze_packets([(10**18 + at, data) for at, data in enumerate(packets)]))
    assert (analyzer.stats.flows, analyzer.stats.flows_closed) == (1, closed)


@pytest.mark.parametrize("kind", ["wrong checksum", "TTL that just arrives", "unsent acknowledged"])
def test_a_reset_after_a_decoy_ends_nothing(kind: str) -> None:
    talk = Talk(Ip4())
    false, end = KINDS[kind](talk)(0, FALSE), talk.client(len(FALSE), flags=RST)
    assert names(*talk.handshake(), false, end, talk.client(0, REAL)) == ["real.example"]
    assert (
        names(*talk.handshake(), talk.client(0, FALSE[:9]), talk.client(9, flags=RST), talk.client(0, REAL))
        == []
    )


@pytest.mark.parametrize("acked", [0, 9000, -(10**8)])
def test_timestamps_of_doubtful_segments_do_not_count(acked: int) -> None:
    """After a good one, older ones are refused."""
    talk = Talk(Ip4())
    later = talk.client(HALF, b"z", acked=acked, options=timestamps(10**6, 200))
    before = *talk.handshake(), talk.client(0, REAL[:HALF]), talk.server(HALF)
    found = names(*before, later, talk.client(HALF, REAL[HALF:]), talk.server(len(REAL)))
    assert found == (["real.example"] if acked else [])


@pytest.mark.parametrize("kind", ["wrong checksum", "MD5 option"])
def test_timestamps_count_after_a_doubtful_segment(kind: str) -> None:
    talk = Talk(Ip4())
    begin, rest = talk.client(0, REAL[:60], options=timestamps(150, 200)), len(REAL) - 60
    false = [talk.client(60 + at, FALSE[60 + at :], options=timestamps(140, 210)) for at in (0, 1)]
    doubtful = KINDS[kind](talk)(0, b"z")
    end = talk.client(60, REAL[60:], options=timestamps(160, 210))
    for before in ([], [doubtful]):
        assert names(*talk.handshake(), *before, begin, talk.server(60), *false, end) == ["real.example"]
    assert names(*talk.handshake(), doubtful, begin, talk.server(60), *false, talk.server(60 + rest)) == []


@pytest.mark.parametrize("window", [0, 5, 29200])
def test_bytes_after_the_window_wait(window: int) -> None:
    """The receiver drops them, and takes other ones when the window has opened."""
    talk = Talk(Ip4())
    before = *talk.handshake(), talk.client(0, REAL[:HALF]), talk.server(HALF, window=window // 128)
    other = REAL.replace(b"real", b"fake")
    false, opened = talk.client(HALF, other[HALF:]), talk.server(HALF, options=timestamps(211, 110))
    found = names(*before, false, opened, talk.client(HALF, REAL[HALF:]), talk.server(len(REAL)))
    assert found == ["fake.example" if window == 29200 else "real.example"]
    assert names(*before, talk.client(HALF, REAL[HALF:]), talk.server(len(REAL))) == ["real.example"]


@pytest.mark.parametrize("options", [MD5, WRONG], ids=["md5", "wrong length"])
def test_options_that_some_receivers_refuse_hide_no_hello(options: bytes) -> None:
    """Others ignore them, and acknowledge the bytes. Unknown options count for nothing."""
    talk = Talk(Ip4())
    packets = [*talk.handshake(), talk.client(0, REAL, options=options)]
    real = talk.client(0, REAL)
    assert names(*packets, real) == names(*packets, talk.server(len(REAL))) == ["real.example"]
    assert names(*talk.handshake(), talk.client(0, FALSE, options=options), real) == ["real.example"]
    unknown = talk.client(0, FALSE, options=b"\x63\4zz" + timestamps(110, 200))
    assert names(*talk.handshake(), unknown, talk.client(0, REAL)) == ["false.example"]


def urged(data: bytes, pointer: int) -> bytes:
    """The packet with an urgent pointer and the checksum that fits it."""
    tcp = 20 if data[0] >> 4 == 4 else 40
    total = 0xFFFF - int.from_bytes(data[tcp + 16 : tcp + 18], "big") + pointer
    total = 0xFFFF - ((total & 0xFFFF) + (total >> 16))
    return data[: tcp + 16] + pack("!HH", total, pointer) + data[tcp + 20 :]


SPLIT = [*range(0, 70, 7), 130]
"""Places of a byte out of band in the hello."""


@BYTES
@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
@pytest.mark.parametrize("place", SPLIT)
def test_a_byte_out_of_band_is_left_out(place: int, ip: Ip4 | Ip6, real: bytes) -> None:
    """Receivers take it out of the stream (RFC 6093), also in bytes that are acknowledged later."""
    talk = Talk(ip)
    sent = real[:place] + b"!" + real[place:]
    whole = urged(talk.client(0, sent, ACK | PSH | URG), place + 1)
    answer = talk.server(len(sent))
    assert read(*talk.handshake(), whole, answer) == ["real.example"]
    unstamped = urged(talk.client(0, sent, ACK | PSH | URG, options=b""), place + 1)
    assert read(*talk.handshake(), unstamped, answer) == ["real.example"]
    assert read(*talk.handshake(), wrong(whole), talk.client(0, real), answer) == ["real.example"]
    first, second = talk.client(0, sent[: place + 1], ACK | URG), talk.client(place + 1, real[place:])
    for packets in ([urged(first, place + 1), second], [second, urged(first, place + 1)]):
        assert read(*talk.handshake(), *packets, answer) == ["real.example"]


@BYTES
def test_an_urgent_pointer_comes_before_its_byte(real: bytes) -> None:
    """A segment without data has it; the byte is in a later one without URG, or never comes."""
    talk = Talk(Ip4())
    sent = real[:60] + b"!" + real[60:]
    first, second = talk.client(0, sent[:30]), talk.client(30, sent[30:])
    for early in (talk.client(0, flags=ACK | URG), talk.client(0, sent[:30], ACK | URG)):
        assert read(*talk.handshake(), urged(early, 61), first, second) == ["real.example"]
        assert read(*talk.handshake(), wrong(urged(early, 61)), first, second) != ["real.example"]
    late = urged(talk.client(30, flags=ACK | URG), 31)
    assert read(*talk.handshake(), first, late, second) == ["real.example"]
    far = urged(talk.client(0, flags=ACK | URG), 60000)
    assert read(*talk.handshake(), far, talk.client(0, real)) == ["real.example"]


@BYTES
def test_a_pointer_to_bytes_that_were_read_changes_nothing(real: bytes) -> None:
    talk = Talk(Ip4())
    again = urged(talk.client(0, real[:60], ACK | PSH | URG), 30)
    packets = talk.client(0, real[:60]), again, talk.client(60, real[60:]), talk.server(len(real))
    assert read(*talk.handshake(), *packets) == ["real.example"]


def test_segments_without_timestamps_count_once_they_are_acknowledged() -> None:
    """RFC 7323, 3.2 allows receivers to refuse them; Linux takes them. None may have timestamps if the
    handshake agreed on none, or in captures that programs make."""
    talk = Talk(Ip4())
    false = talk.client(0, FALSE, options=b"")
    assert names(*talk.handshake(), false, talk.client(0, REAL)) == ["real.example"]
    assert names(*talk.handshake(), false, talk.server(len(FALSE))) == ["false.example"]
    for own in (b"\2\4\5\xb4", opening(100)):
        plain = [talk.client(-1, flags=SYN, options=own), talk.server(flags=SYN | ACK, options=b"\2\4\5\xb4")]
        assert names(*plain, talk.client(0, REAL, options=b"")) == ["real.example"]
    plain = [*talk.handshake()[:2], talk.client(0, flags=ACK, options=b"")]
    assert names(*plain, talk.client(0, REAL, options=b"")) == ["real.example"]


@pytest.mark.parametrize("kind", ["options", "fragment header"])
def test_ip_options_hide_no_hello(kind: str) -> None:
    """Its receiver acknowledges it, or all systems take it: a whole packet with a fragment header."""
    ip = Ip4(options=bytes(4)) if kind == "options" else Ip6(extensions=((44, bytes(7)),))
    talk = Talk(ip)
    assert names(*talk.handshake(), talk.client(0, REAL), talk.server(len(REAL))) == ["real.example"]


@VERSIONS
def test_doubtful_bytes_count_once_they_are_acknowledged(ip: Ip4 | Ip6) -> None:
    """A hello with few hops left: its row comes with the acknowledgement and names the client as sender."""
    talk = Talk(ip)
    packets = [*talk.handshake(), talk.client(0, REAL, hops=6)]
    false = talk.client(0, FALSE, hops=6)
    assert names(*talk.handshake(), false, talk.client(0, REAL)) == ["real.example"]
    timed = [(10**18 + at, data) for at, data in enumerate([*packets, talk.server(len(REAL))])]
    (row,) = [
        one.tls_client for one in hg.Analyzer(None).analyze_packets(timed) if one.tls_client is not None
    ]
    assert (row.signature.sni, row.source.port, row.destination.port) == ("real.example", 40000, 443)
    unread = [*talk.handshake(), false, wrong(talk.server(len(FALSE))), talk.client(0, REAL)]
    assert names(*unread) == ["real.example"]
    unread[-2] = misheaded(talk.server(len(FALSE)))
    assert isinstance(ip, Ip6) or names(*unread) == ["real.example"]


@pytest.mark.parametrize("begins_right", [True, False])
def test_wrong_header_checksums_alone_hide_no_hello(begins_right: bool) -> None:
    """Cards merge segments before the capture, or compute all checksums after it."""
    talk = Talk(Ip4())
    syn, *rest = talk.handshake()
    packets = [syn if begins_right else misheaded(syn), *rest, misheaded(talk.client(0, REAL))]
    assert names(*packets, *([talk.server(len(REAL))] if begins_right else [])) == ["real.example"]


def test_a_syn_with_a_wrong_header_checksum_excuses_no_decoy() -> None:
    """The real SYN, with the same number, shows that checksums count."""
    talk = Talk(Ip4())
    packets = [misheaded(talk.handshake()[0]), *talk.handshake(), misheaded(talk.client(0, FALSE))]
    assert names(*packets, talk.client(0, REAL), talk.server(len(REAL))) == ["real.example"]


def test_datagrams_after_them_keep_their_ends() -> None:
    """One in each of many blocks: one takes the place of a row that came with an acknowledgement."""
    talk = Talk(Ip4())
    late = [*talk.handshake(), talk.client(0, REAL, hops=6), talk.server(len(REAL))]
    group = Ip4(source="192.0.2.7", destination="239.255.255.250", protocol=UDP)
    notify = group.pack(udp(1900, alive("SERVER: a UPnP/1.0 b"), sport=5000))
    packets = [*late, *[notify, *[late[-1]] * 1000] * 20]
    timed = [(10**18 + at, data) for at, data in enumerate(packets)]
    rows = [one.announcement for one in hg.Analyzer(None).analyze_packets(timed) if one.announcement]
    assert len(rows) == 20
    assert {(row.source.port, row.destination.port) for row in rows} == {(5000, 1900)}


def test_an_announcement_that_counts_once_acknowledged_is_its_sender_s() -> None:
    talk = Talk(Ip4(), port=445)
    setup = setup1(("Windows 7", "LAN"), negotiate())
    packets = [*talk.handshake(), talk.client(0, setup, hops=6), talk.server(len(setup))]
    timed = [(10**18 + at, data) for at, data in enumerate(packets)]
    rows = [one.announcement for one in hg.Analyzer(None).analyze_packets(timed) if one.announcement]
    assert [(row.source.port, row.device_ip, row.mac) for row in rows] == [
        (40000, str(rows[0].source.ip), None)
    ]


@pytest.mark.parametrize("seed", range(40))
def test_random_packets_that_are_refused_change_nothing(seed: int) -> None:
    random, talk = Random(seed), Talk(Ip4())
    size = random.choice([20, 100, 1460])
    pieces = [talk.client(at, REAL[at : at + size]) for at in range(0, len(REAL), size)]
    packets = [*talk.handshake(), *pieces, talk.server(len(REAL))]
    for _ in range(random.randrange(1, 6)):
        made = KINDS[random.choice(["wrong checksum", "wrong header checksum", "TTL that ends before"])](talk)
        flags = random.choice([ACK, ACK | PSH, FIN | ACK, RST, RST | ACK, SYN | ACK])
        data = random.choice([b"", b"x", FALSE, random.randbytes(30)])
        packets.insert(random.randrange(3, len(packets)), made(random.randrange(-50, 300), data, flags))
    assert names(*packets) == ["real.example"]


def echoing(echo: int) -> bytes:
    return timestamps(110, echo)


@BYTES
@pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])
@pytest.mark.parametrize("echo", [1, 199, 212, 2**31])
@pytest.mark.parametrize("before", ["nothing", "half"])
def test_echoes_of_no_syn_ack_wait_until_the_handshake_ends(
    before: str, echo: int, ip: Ip4 | Ip6, real: bytes
) -> None:
    """Linux ignores segments whose TSecr no SYN+ACK had, until one has completed the handshake."""
    talk = Talk(ip)
    false = real.replace(b"real", b"fake")
    first = {
        "nothing": [],
        "half": [talk.client(0, false[:30], options=echoing(echo))],
    }[before]
    decoy, own = talk.client(0, false, options=echoing(echo)), talk.client(0, real, options=echoing(200))
    answer = talk.server(len(real))
    assert read(*talk.handshake()[:2], *first, decoy, own, answer) == ["real.example"]
    assert read(*talk.handshake()[:2], *first, decoy, talk.server(len(real))) == ["fake.example"]


@BYTES
def test_echoes_that_linux_takes(real: bytes) -> None:
    """An echo of 0, of any SYN+ACK of several, and any echo after the handshake."""
    talk = Talk(Ip4())
    syn, syn_ack, _ = talk.handshake()
    later = talk.server(flags=SYN | ACK, options=opening(230))
    for echo in (0, 200, 230, 215):
        assert read(syn, syn_ack, later, talk.client(0, real, options=echoing(echo))) == ["real.example"]
    decoy = talk.client(0, real.replace(b"real", b"fake"), options=echoing(231))
    assert read(syn, syn_ack, later, decoy, talk.client(0, real, options=echoing(230))) == ["real.example"]
    completed = talk.client(0, options=echoing(200))
    false = talk.client(0, real.replace(b"real", b"fake"), acked=-(10**6), options=echoing(200))
    later = talk.client(0, real, options=echoing(212))
    assert read(syn, syn_ack, completed, false, talk.server(), later, talk.server(len(real))) == [
        "real.example"
    ]
    assert read(syn, syn_ack, completed, talk.client(0, real, options=echoing(7))) == ["real.example"]
    assert read(talk.client(0, real, options=echoing(7))) == ["real.example"]
    assert read(syn, talk.client(0, real, options=echoing(7))) == ["real.example"]


@BYTES
@pytest.mark.parametrize("kind", ["wrong checksum", "MD5 option"])
@pytest.mark.parametrize("length", [1, 40, 300])
def test_acknowledged_bytes_of_several_doubtful_segments_stay(length: int, kind: str, real: bytes) -> None:
    """An earlier doubtful segment has a part of them; what comes for their numbers later is never read."""
    talk = Talk(Ip4())
    false = real.replace(b"real", b"fake")
    begin = talk.client(0, real[:length], options=b"")
    whole = KINDS[kind](talk)(0, real)
    late = talk.client(0, false), talk.server(len(real))
    for packets in ([begin, whole], [whole, begin]):
        assert read(*talk.handshake(), *packets, talk.server(len(real)), *late) == ["real.example"]
