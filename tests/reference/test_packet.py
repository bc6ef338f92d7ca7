"""Frames, IP and TCP headers: what is read, and why a packet is dropped."""

from __future__ import annotations

import pytest

import huginn_cffi as hg
from sigcompiler.vocabulary import Quirk, WindowKind
from tests.reference.drops import Drop
from tests.reference.packet import Observation, read_frame, window_multiple
from tests.support.packets import ACK, NS, PSH, SYN, URG, Ip4, Ip6, Tcp, ethernet, mss, packet

LINUX4 = packet(Ip4(ttl=57), Tcp())
LINUX6 = packet(Ip6(), Tcp(window=28800, options=Tcp().options.replace(mss(1460), mss(1440))))
DF_ID = Quirk.DF | Quirk.ID_PLUS


def with_bytes(data: bytes, **at: int) -> bytes:
    changed = bytearray(data)
    for name, value in at.items():
        changed[int(name[1:])] = value
    return bytes(changed)


def seen(data: bytes, linktype: int = 101, wire: int | None = None) -> Observation:
    result = read_frame(linktype, data, wire)
    assert isinstance(result, Observation), result
    return result


def test_builder_makes_the_packets_of_the_acceptance_list() -> None:
    assert LINUX4.hex() == (
        "4500003c1234400039064351c0000201c63364029c4000501122334400000000a002721032280000"
        "020405b40402080a0012d6870000000001030307"
    )
    assert LINUX6.hex() == (
        "600000000028064020010db800000000000000000000000120010db8000000000000000000000002"
        "9c4000501122334400000000a0027080c48e0000020405a00402080a0012d6870000000001030307"
    )


def test_fields_of_a_linux_syn() -> None:
    found = seen(LINUX4)
    assert str(found.source) == "192.0.2.1"
    assert str(found.destination) == "198.51.100.2"
    assert (found.sport, found.dport) == (40000, 80)
    assert (found.version, found.ttl, found.olen, found.mss, found.window) == (4, 57, 0, 1460, 29200)
    assert (found.wscale, found.options, found.eol_pad) == (7, (2, 4, 8, 1, 3), 0)
    assert (found.ts1, found.ts2, found.payload, found.headers) == (1234567, 0, 0, 60)
    assert found.quirks == DF_ID


def test_fields_of_an_ipv6_syn() -> None:
    found = seen(packet(Ip6(tos=0xB8, flow_label=0x12345, ttl=61), Tcp()))
    assert (found.version, found.ttl, found.tos, found.headers) == (6, 61, 0xB8, 80)
    assert found.quirks == Quirk.FLOW


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Drop.TRUNCATED),
        (b"\x45", Drop.TRUNCATED),
        (LINUX4[:-4], Drop.TRUNCATED),
        (LINUX6[:-1], Drop.TRUNCATED),
        (LINUX6[:39], Drop.TRUNCATED),
        (with_bytes(LINUX4, b0=0x44), Drop.BAD_IP_HEADER),
        (with_bytes(LINUX4, b0=0x4F), Drop.BAD_IP_HEADER),
        (with_bytes(LINUX4, b0=0x55), Drop.BAD_IP_HEADER),
        (with_bytes(LINUX4, b3=39), Drop.BAD_IP_HEADER),
        (with_bytes(LINUX6, b5=19), Drop.BAD_IP_HEADER),
        (with_bytes(LINUX4, b9=17), Drop.NOT_TCP),
        (with_bytes(LINUX4, b9=17, b6=0x20), Drop.NOT_TCP),
        (with_bytes(LINUX6, b6=17), Drop.NOT_TCP),
        (with_bytes(LINUX4[:-1], b9=17), Drop.NOT_TCP),
        (with_bytes(LINUX4, b6=0x20), Drop.FRAGMENT),
        (with_bytes(LINUX4, b7=1), Drop.FRAGMENT),
        (with_bytes(LINUX6, b6=44), Drop.FRAGMENT),
        (with_bytes(LINUX4, b32=0x40), Drop.BAD_TCP_HEADER),
        (with_bytes(LINUX4, b32=0xF0), Drop.BAD_TCP_HEADER),
        (with_bytes(LINUX4, b33=0x00), Drop.BAD_FLAGS),
        (with_bytes(LINUX4, b33=0x03), Drop.BAD_FLAGS),
        (with_bytes(LINUX4, b33=0x06), Drop.BAD_FLAGS),
        (with_bytes(LINUX4, b33=0x05), Drop.BAD_FLAGS),
        (with_bytes(LINUX4, b33=0x15), Drop.BAD_FLAGS),
    ],
)
def test_dropped(data: bytes, reason: Drop) -> None:
    assert read_frame(101, data) == reason


def test_checksums_are_not_looked_at() -> None:
    assert seen(with_bytes(LINUX4, b10=0, b11=0, b36=0, b37=0)).quirks == DF_ID


def test_snapped_payload_is_no_loss_but_snapped_options_are() -> None:
    data = packet(Ip4(), Tcp(payload=b"x" * 100))
    assert seen(data[:60], wire=len(data)).payload == 100
    assert read_frame(101, data[:59], len(data)) == Drop.TRUNCATED
    assert read_frame(101, data[:59], 59) == Drop.TRUNCATED


def test_headers_that_were_kept_alone_are_read_and_the_payload_counts() -> None:
    """Tools that keep headers alone may write their length as that of the frame, too."""
    for data in (packet(Ip4(), Tcp(payload=b"x" * 100)), packet(Ip6(), Tcp(payload=b"x" * 100))):
        kept = data[: len(data) - 100]
        assert seen(kept, wire=len(kept)).payload == 100
        result = hg.fingerprint(kept)
        assert result.syn is not None
        assert str(result.syn.signature).endswith(":+")


def test_a_total_length_of_0_is_that_of_the_frame() -> None:
    """The network card fills it in when it splits a large packet, after the capture saw it."""
    data = with_bytes(packet(Ip4(), Tcp(payload=b"x" * 100)), b2=0, b3=0)
    assert seen(data).payload == 100
    assert seen(data[:60], wire=len(data)).payload == 100
    result = hg.fingerprint(data)
    assert result.syn is not None
    assert str(result.syn.signature).endswith(":+")
    assert read_frame(101, data[:10]) == Drop.TRUNCATED


def test_bytes_behind_the_ip_length_are_no_payload() -> None:
    bare = packet(Ip4(), Tcp(options=b""))
    assert seen(ethernet(bare + b"\xff" * 6), 1).payload == 0


def test_extension_headers_are_walked() -> None:
    hop_by_hop = (0, b"\0" + bytes(6))
    authentication = (51, b"\4" + bytes(22))
    data = packet(Ip6(extensions=(hop_by_hop, authentication)), Tcp(options=b""))
    assert seen(data).headers == 40 + 8 + 24 + 20
    assert seen(packet(Ip6(extensions=(hop_by_hop,) * 182), Tcp(options=b""))).headers == 40 + 182 * 8 + 20
    assert read_frame(101, packet(Ip6(extensions=(hop_by_hop,) * 183), Tcp())) == Drop.BAD_IP_HEADER
    beyond = packet(Ip6(extensions=((0, b"\xff" + bytes(6)),)), Tcp())
    assert read_frame(101, beyond) == Drop.BAD_IP_HEADER


WHOLE = (44, bytes(7))
"""The fragment header of a packet that is whole (RFC 6946)."""


@pytest.mark.parametrize(
    "extensions",
    [(WHOLE,), (WHOLE, WHOLE), ((0, bytes(7)), WHOLE, (60, bytes(7)))],
    ids=["one", "two", "between others"],
)
def test_whole_packets_behind_fragment_headers(extensions: tuple[tuple[int, bytes], ...]) -> None:
    data = packet(Ip6(extensions=extensions), Tcp(options=b""))
    assert seen(data).headers == 40 + 8 * len(extensions) + 20
    assert hg.fingerprint(data).syn is not None


@pytest.mark.parametrize("place", [b"\0\1", b"\0\x08", b"\xff\xf8"])
def test_fragments(place: bytes) -> None:
    for before in ((), (WHOLE,), ((0, bytes(7)),)):
        ip = Ip6(extensions=(*before, (44, b"\0" + place + bytes(4))))
        assert read_frame(101, packet(ip, Tcp())) == Drop.FRAGMENT


@pytest.mark.parametrize(
    ("ip", "tcp", "quirks"),
    [
        (Ip4(identification=0), Tcp(), Quirk.DF),
        (Ip4(fragment=0), Tcp(), Quirk(0)),
        (Ip4(fragment=0, identification=0), Tcp(), Quirk.ID_MINUS),
        (Ip4(fragment=0xC000), Tcp(), DF_ID | Quirk.ZERO_PLUS),
        (Ip4(tos=1), Tcp(), DF_ID | Quirk.ECN),
        (Ip6(tos=2), Tcp(), Quirk.ECN),
        (Ip4(), Tcp(flags=SYN | NS), DF_ID | Quirk.ECN),
        (Ip4(), Tcp(seq=0), DF_ID | Quirk.SEQ_MINUS),
        (Ip4(), Tcp(ack=1), DF_ID | Quirk.ACK_PLUS),
        (Ip4(), Tcp(flags=SYN | ACK), DF_ID | Quirk.ACK_MINUS),
        (Ip4(), Tcp(urgent=1), DF_ID | Quirk.UPTR_PLUS),
        (Ip4(), Tcp(urgent=1, flags=SYN | URG), DF_ID | Quirk.URGF_PLUS),
        (Ip4(), Tcp(flags=SYN | PSH), DF_ID | Quirk.PUSHF_PLUS),
    ],
)
def test_quirks_of_the_headers(ip: Ip4 | Ip6, tcp: Tcp, quirks: Quirk) -> None:
    assert seen(packet(ip, tcp)).quirks == quirks


@pytest.mark.parametrize(
    ("size", "window", "version", "timestamp", "multiple"),
    [
        (100, 29200, 4, 0, (WindowKind.MSS, 292)),
        (99, 396, 4, 0, (WindowKind.LITERAL, 396)),
        (1380, 5472, 4, 1, (WindowKind.MSS, 4)),
        (1380, 5472, 4, 0, (WindowKind.LITERAL, 5472)),
        (1380, 5840, 4, 0, (WindowKind.MSS, 4)),
        (1380, 5680, 4, 0, (WindowKind.MTU, 4)),
        (1380, 4272, 4, 0, (WindowKind.MTU, 3)),
        (1380, 4320, 4, 0, (WindowKind.LITERAL, 4320)),
        (1380, 4320, 6, 0, (WindowKind.MSS, 3)),
        (1340, 4200, 6, 0, (WindowKind.MTU, 3)),
        (1340, 4212, 6, 0, (WindowKind.MTU, 3)),
    ],
)
def test_window_multiple(
    size: int, window: int, version: int, timestamp: int, multiple: tuple[WindowKind, int]
) -> None:
    options = mss(size)
    if timestamp:
        options += b"\x08\x0a" + timestamp.to_bytes(4, "big") + bytes(4) + b"\x01\x01"
    data = packet(Ip4() if version == 4 else Ip6(), Tcp(options=options, window=window))
    assert window_multiple(seen(data), 0) == multiple


def test_window_multiple_of_the_peer_mss() -> None:
    answer = seen(packet(Ip4(), Tcp(flags=SYN | ACK, options=mss(1460), window=7000)))
    assert window_multiple(answer, 1400) == (WindowKind.MSS, 5)
    assert window_multiple(answer, 1412) == (WindowKind.MSS, 5)
    assert window_multiple(answer, 12) == (WindowKind.LITERAL, 7000)
    assert window_multiple(answer, 7) == (WindowKind.MSS, 1000)
