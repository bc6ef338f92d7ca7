"""Packets that a snap length cut: those whose missing part a reader waits for are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.devices import dhcp
from tests.support.devices.made import IP4
from tests.support.packets import Ip4, Tcp, packet
from tests.support.tls.conversation import HELLO_EXTENSIONS, Conversation, client_hello, extension, record
from tests.support.tunnels import udp

SNAPS = (64, 96, 128, 200, 256, 399, 400, 576, 1000, 1280, 1499, 1500)
HELLO = record(client_hello(HELLO_EXTENSIONS + extension(21, bytes(1300))))
"""Longer than a segment: its second segment comes after the gap that a cut leaves."""
HEAD = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: image/png\r\nContent-Length: 999\r\n\r\n"
DESCRIBES = 20
"""So many bytes of a body show whether it describes a device."""
NOISE = bytes(range(0x80, 0x100)) * 10

Timed = list[tuple[int, bytes]]


def hello() -> Timed:
    return Conversation(port=40001).handshake().client(0, HELLO[:1400]).client(1400, HELLO[1400:]).timed()


def web() -> Timed:
    talk = Conversation(port=40002, server_port=80).handshake()
    talk.client(0, b"GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n")
    return talk.server(0, HEAD + bytes(999)).timed()


def noise() -> Timed:
    return Conversation(port=40003, server_port=9999).handshake().client(0, NOISE).timed()


def datagram(port: int, data: bytes) -> Timed:
    return [(10**18, IP4.pack(udp(port, data, sport=port + 1)))]


MESSAGE = dhcp.message(dhcp.option(12, b"n" * 200), dhcp.option(60, b"MSFT 5.0"))
QUIC_INITIAL = b"\xc3\0\0\0\1\x08" + bytes(8) + b"\0\0\x44\xd0" + bytes(1232)

CASES: dict[str, tuple[Callable[[], Timed], Callable[[int], int]]] = {
    "hello": (hello, lambda snap: int(snap < 1440)),
    "web": (web, lambda snap: int(snap < 40 + len(HEAD) + DESCRIBES)),
    "noise": (noise, lambda snap: 0),
    "DHCP": (lambda: datagram(dhcp.SERVER_PORT, MESSAGE), lambda snap: int(snap < 28 + len(MESSAGE))),
    "QUIC": (lambda: datagram(443, QUIC_INITIAL), lambda snap: int(snap < 28 + len(QUIC_INITIAL))),
    "other datagram": (lambda: datagram(9998, NOISE), lambda snap: 0),
}
"""Packets, and how many of them a snap length cuts inside data that a reader wants."""


def cut(packets: Timed, snap: int) -> list[tuple[int, bytes, int]]:
    return [(time, data[:snap], len(data)) for time, data in packets]


def counted(capture: bytes, workers: int = 1, **options: object) -> tuple[int, tuple[int, ...]]:
    analyzer = hg.Analyzer(None, **options)  # type: ignore[arg-type]
    list(analyzer.analyze_pcap(capture, workers=workers))
    return analyzer.stats.packets_cut, analyzer.stats.cut_at


@pytest.mark.parametrize("snap", SNAPS)
@pytest.mark.parametrize("name", CASES)
def test_packets_cut_inside_wanted_data(name: str, snap: int) -> None:
    packets, wanted = CASES[name]
    count = wanted(snap)
    expected = (count, (snap, snap) if count else ())
    assert counted(pcap(cut(packets(), snap), nanoseconds=True)) == expected


@pytest.mark.parametrize("workers", [1, 2])
def test_the_count_is_the_same_in_pcapng_and_with_workers(workers: int) -> None:
    packets = [one for make, _ in CASES.values() for one in cut(make(), 96)]
    found = counted(pcap(packets, nanoseconds=True), workers)
    blocks = [enhanced(data, time, wire=wire) for time, data, wire in packets]
    assert counted(section() + interface(tsresol=9) + b"".join(blocks), workers) == found == (4, (96, 96))


def test_a_snap_length_equal_to_the_packet_cuts_nothing() -> None:
    first, second, third, data, _ = hello()
    assert counted(pcap(cut([first, second, third, data], len(data[1])), nanoseconds=True)) == (0, ())


def test_several_snap_lengths(tmp_path: Path) -> None:
    for snap in (64, 128):
        (tmp_path / f"{snap}.pcap").write_bytes(pcap(cut(hello(), snap), nanoseconds=True))
    analyzer = hg.Analyzer(None)
    list(analyzer.analyze_pcap([tmp_path / "64.pcap", tmp_path / "128.pcap"]))
    assert (analyzer.stats.packets_cut, analyzer.stats.cut_at) == (2, (64, 128))
    both = analyzer.stats + hg.Stats(packets_cut=1, cut_at=(70, 256))
    assert (both.packets_cut, both.cut_at) == (3, (64, 256))


def test_headers_that_are_cut() -> None:
    syn = packet(Ip4(), replace(Tcp(), options=bytes([2, 4, 5, 180]) + b"\1" * 28, header_words=13))
    assert counted(pcap([(0, syn[:64], len(syn))])) == (1, (64, 64))
    assert counted(pcap([(0, syn[:64], 64)])) == (0, ()), "a datagram that claims more than the frame has"


def test_datagrams_that_the_filter_refuses() -> None:
    packets = pcap(cut(datagram(dhcp.SERVER_PORT, MESSAGE), 96))
    other = hg.FilterConfig(port=hg.PortFilter(dst=443))
    assert counted(packets, filter=other) == (0, ())
