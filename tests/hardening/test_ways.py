"""Segments that go another way than their connection reach another receiver, or none.

Their data wait until they are acknowledged, because routers fail over, and captures hold a packet twice.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import pytest

import huginn_cffi as hg
from tests.hardening.test_decoys import found as found_in
from tests.hardening.test_segments import FALSE, REAL, Talk
from tests.support.packets import ACK, FIN, RST, Ip4, Ip6

ETHERNET, SLL2 = 1, 276
CLIENT, SERVER = bytes.fromhex("020000000001"), bytes.fromhex("020000000002")
OTHER = bytes.fromhex("020000000003")
"""A router beside those of the connection."""

Frame = Callable[[bytes], bytes]


def framed(to: bytes, by: bytes, *tags: int) -> Frame:
    """In Ethernet with VLAN tags."""
    shim = b"".join(struct.pack("!HH", 0x8100, tag) for tag in tags)
    return lambda data: to + by + shim + (b"\x08\x00" if data[0] >> 4 == 4 else b"\x86\xdd") + data


def cooked(interface: int, by: bytes = CLIENT) -> Frame:
    """As captured from all interfaces."""
    head = struct.Struct("!HHIHBB6s2x")
    return lambda data: head.pack(0x0800 if data[0] >> 4 == 4 else 0x86DD, 0, interface, 1, 1, 6, by) + data


WAYS: dict[str, tuple[int, Frame, Frame, Frame]] = {
    "MAC": (ETHERNET, framed(SERVER, CLIENT), framed(CLIENT, SERVER), framed(OTHER, CLIENT)),
    "VLAN": (ETHERNET, framed(SERVER, CLIENT, 7), framed(CLIENT, SERVER, 7), framed(SERVER, CLIENT, 9)),
    "no VLAN": (ETHERNET, framed(SERVER, CLIENT, 7), framed(CLIENT, SERVER, 7), framed(SERVER, CLIENT)),
    "outer VLAN": (
        ETHERNET,
        framed(SERVER, CLIENT, 7, 8),
        framed(CLIENT, SERVER, 7, 8),
        framed(SERVER, CLIENT, 9, 8),
    ),
    "interface": (SLL2, cooked(2), cooked(2), cooked(3)),
}
"""Link type, frames of the client, of the server, and those that go another way."""
EACH = pytest.mark.parametrize("way", WAYS)
VERSIONS = pytest.mark.parametrize("ip", [Ip4(), Ip6()], ids=["ip4", "ip6"])


def results(frames: list[bytes], linktype: int) -> Iterator[hg.AnalysisResult]:
    timed = [(10**18 + at * 10**6, data) for at, data in enumerate(frames)]
    return hg.Analyzer(None).analyze_packets(timed, linktype=linktype)


def names(frames: list[bytes], linktype: int = ETHERNET) -> list[tuple[str | None, int]]:
    """The names in hellos, and the numbers of their packets."""
    found = results(frames, linktype)
    return [(one.tls_client.signature.sni, one.packet_number) for one in found if one.tls_client is not None]


def opened(talk: Talk, client: Frame, server: Frame) -> list[bytes]:
    syn, answer, end = talk.handshake()
    return [client(syn), server(answer), client(end)]


@EACH
@VERSIONS
def test_a_decoy_on_another_way_is_not_read(way: str, ip: Ip4 | Ip6) -> None:
    linktype, client, server, astray = WAYS[way]
    talk = Talk(ip)
    opening, end = opened(talk, client, server), server(talk.server(len(REAL)))
    false, half = astray(talk.client(0, FALSE)), len(REAL) // 2
    whole = [*opening, false, client(talk.client(0, REAL)), end]
    assert names(whole, linktype) == [("real.example", 5)]
    pieces = [client(talk.client(at, REAL[at : at + half + 1])) for at in (0, half)]
    assert names([*opening, false, *pieces, end], linktype) == [("real.example", 6)]
    assert names([*opening, pieces[0], false, pieces[1], end], linktype) == [("real.example", 6)]


@EACH
@VERSIONS
def test_decoys_on_another_way_before_the_handshake_ends(way: str, ip: Ip4 | Ip6) -> None:
    linktype, client, server, astray = WAYS[way]
    talk = Talk(ip)
    syn, answer, end = opened(talk, client, server)
    decoys = [astray(talk.client(at, FALSE[at:])) for at in (0, 1)]
    real = client(talk.client(0, REAL))
    assert names([syn, answer, *decoys, end, real], linktype) == [("real.example", 6)]
    assert names([syn, answer, *decoys, real], linktype) == [("real.example", 5)]


@EACH
def test_an_acknowledgement_on_another_way_proves_no_decoy(way: str) -> None:
    linktype, client, server, astray = WAYS[way]
    talk = Talk(Ip4())
    decoy = [astray(talk.client(0, FALSE)), astray(talk.server(len(FALSE)))]
    frames = [
        *opened(talk, client, server),
        *decoy,
        client(talk.client(0, REAL)),
        server(talk.server(len(REAL))),
    ]
    assert names(frames, linktype) == [("real.example", 6)]


@EACH
@pytest.mark.parametrize("flags", [RST, FIN | ACK])
@pytest.mark.parametrize("is_server", [False, True])
def test_ends_on_another_way_end_nothing(way: str, flags: int, is_server: bool) -> None:
    linktype, client, server, astray = WAYS[way]
    talk = Talk(Ip4())
    end = talk.server(flags=flags) if is_server else talk.client(0, flags=flags)
    frames = [*opened(talk, client, server), astray(end), client(talk.client(0, REAL))]
    assert names(frames, linktype) == [("real.example", 5)]
    closed = hg.Analyzer(None)
    list(closed.analyze_packets([(10**18 + at, one) for at, one in enumerate(frames)], linktype=linktype))
    assert (closed.stats.flows, closed.stats.flows_closed) == (1, 0)


@EACH
def test_a_false_end_before_the_answer_leaves_decoys_unread(way: str) -> None:
    linktype, client, server, astray = WAYS[way]
    talk = Talk(Ip4())
    syn, *answered = opened(talk, client, server)
    end = client(talk.client(2**31, flags=FIN | ACK))
    frames = [syn, end, *answered, astray(talk.client(0, FALSE)), client(talk.client(0, REAL))]
    assert names(frames, linktype) == [("real.example", 6)]


@EACH
@VERSIONS
def test_another_way_alone_hides_no_hello(way: str, ip: Ip4 | Ip6) -> None:
    """Another router took over: the server, on its way, acknowledges what it received."""
    linktype, client, server, astray = WAYS[way]
    talk = Talk(ip)
    frames = [*opened(talk, client, server), astray(talk.client(0, REAL)), server(talk.server(len(REAL)))]
    assert names(frames, linktype) == [("real.example", 5)]
    assert names(frames[:-1], linktype) == [("real.example", 4)]


@EACH
def test_packets_captured_twice_are_read_once(way: str) -> None:
    """Before and behind a router."""
    linktype, client, server, astray = WAYS[way]
    talk = Talk(Ip4())
    syn, answer, end = talk.handshake()
    data, acknowledged = talk.client(0, REAL), talk.server(len(REAL))
    packets = [(syn, client), (answer, server), (end, client), (data, client), (acknowledged, server)]
    frames = [frame(packet) for packet, own in packets for frame in (own, astray)]
    assert names(frames, linktype) == [("real.example", 7)]


def test_made_captures_with_other_macs_in_each_frame_are_read() -> None:
    talk = Talk(Ip4())
    packets = [*talk.handshake(), talk.client(0, REAL)]
    frames = [framed(bytes((2, 0, 0, 0, at, 1)), CLIENT)(data) for at, data in enumerate(packets)]
    assert names(frames) == [("real.example", 4)]


def test_priorities_and_tags_without_a_vlan_are_no_other_way() -> None:
    talk = Talk(Ip4())
    client, server = framed(SERVER, CLIENT, 7), framed(CLIENT, SERVER, 7)
    first = framed(SERVER, CLIENT, 0xA007)(talk.client(0, REAL))
    assert names([*opened(talk, client, server), first]) == [("real.example", 4)]
    client, server = framed(SERVER, CLIENT), framed(CLIENT, SERVER)
    first = framed(SERVER, CLIENT, 0xA000)(talk.client(0, REAL))
    assert names([*opened(talk, client, server), first]) == [("real.example", 4)]


def test_raw_ip_has_no_way() -> None:
    talk = Talk(Ip4())
    assert found_in([*talk.handshake(), talk.client(0, REAL)])[0] == ["real.example"]
