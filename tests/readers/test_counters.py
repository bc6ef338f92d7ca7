"""Every counter counts: for each of them, and for each reason of a drop, the least input that raises it."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi._native import ffi
from huginn_cffi.base.names import DROPS
from huginn_cffi.libraries import libcrypto as ciphers
from huginn_cffi.run.stats import COUNTERS
from tests.support.captures import pcap
from tests.support.devices import dhcp, mdns, netbios, smb, ssdp
from tests.support.devices.made import IP4
from tests.support.packets import ACK, FIN, SYN, Ip4, Ip6, Tcp, ethernet, packet, reply
from tests.support.segments import LINUX, segment
from tests.support.tls.certificate_model import served
from tests.support.tls.conversation import (
    HELLO_EXTENSIONS,
    Conversation,
    client_hello,
    extension,
    record,
    records,
)
from tests.support.tls.datagram_model import Initial, crypto
from tests.support.tls.udp import packet_of
from tests.support.tunnels import udp, wifi

ETHERNET, PPP_ETHER, RAW, WIFI, UNKNOWN = 1, 51, 101, 105, 9999
SECOND = 10**9
IP = Ip4()
CLIENT = Tcp()
FIRST = packet(IP, CLIENT)
ANSWER = reply(IP, CLIENT)
CLIENT_IP = replace(IP4, source="0.0.0.0", destination="255.255.255.255")
"""Of a client of DHCP."""
OTHER = packet(replace(IP, source="192.0.2.77"), CLIENT)
HELLO = client_hello(HELLO_EXTENSIONS)

Timed = list[tuple[int, bytes]]


def apart(*packets: bytes, seconds: float = 0.001) -> Timed:
    """The packets, so many seconds apart."""
    return [(10**18 + round(number * seconds * SECOND), data) for number, data in enumerate(packets)]


def web() -> Conversation:
    """A connection to a web server after its handshake."""
    return Conversation(server_port=80).handshake()


def tls() -> Conversation:
    """The same of TLS."""
    return Conversation().handshake()


def quic(*frames: bytes, damaged: bool = False) -> Timed:
    """A connection's packets, each with frames of its own; `damaged`: other keys seal all but the first."""
    packets = []
    for number, data in enumerate(frames):
        key_id = b"none" if damaged and number else None
        made = Initial(b"8 bytes.", data, b"me", packet_number=number, key_id=key_id)
        packets.append(packet_of(made.sealed()))
    return apart(*packets)


def hosts(count: int, *, seconds: float = 0.001) -> Timed:
    """SYNs of hosts with a clock."""
    return apart(
        *(packet(replace(IP, source=f"10.0.0.{host}"), CLIENT) for host in range(1, count + 1)),
        seconds=seconds,
    )


def without_handshakes(count: int) -> Timed:
    """A segment of each of so many hosts."""
    return [segment(number, LINUX, f"10.0.0.{number}") for number in range(1, count + 1)]


def from_device(*options: bytes, end: bytes = dhcp.END) -> bytes:
    """A client's message of DHCP."""
    return CLIENT_IP.pack(udp(dhcp.SERVER_PORT, dhcp.message(*options, end=end), sport=dhcp.CLIENT_PORT))


ENTERPRISES = [dhcp.option(124, number.to_bytes(4, "big") + bytes(1)) for number in range(70)]


def _fragments(number: int = 1, again: bytes = b"") -> list[bytes]:
    """A datagram of DHCP in two fragments; ``again`` comes between them, for bytes from the ninth on."""
    whole = udp(dhcp.SERVER_PORT, dhcp.message(), sport=dhcp.CLIENT_PORT)
    cuts = [(0x2000, whole[:64]), *([(0x2001, again)] if again else []), (8, whole[64:])]
    return [replace(CLIENT_IP, identification=number, fragment=place).pack(data) for place, data in cuts]


PLAIN: dict[str, tuple[Callable[[], Timed], dict[str, object], int]] = {
    "packets": (lambda: apart(FIRST), {}, 1),
    "bytes": (lambda: apart(FIRST), {}, len(FIRST)),
    "analysed": (lambda: apart(FIRST, b""), {}, 1),
    "dhcp_malformed": (lambda: apart(from_device(b"\x0c\x09a", end=b"")), {}, 1),
    "mdns_malformed": (lambda: apart(IP4.pack(udp(mdns.PORT, bytes(11), sport=mdns.PORT))), {}, 1),
    "ssdp_malformed": (lambda: apart(IP4.pack(udp(ssdp.PORT, b"NOTIFY * HTTP/1.1\nno header"))), {}, 1),
    "netbios_malformed": (lambda: apart(IP4.pack(udp(netbios.NAMES, b"short"))), {}, 1),
    "ssh_unreadable": (lambda: web().client(0, b"SSH-2.0\n").timed(), {}, 1),
    "smb_malformed": (lambda: web().client(0, smb.setup2(b"a", place=99)).timed(), {}, 1),
    "datagrams_reassembled": (lambda: apart(*_fragments()), {}, 1),
    "datagrams_incomplete": (lambda: apart(*_fragments(), seconds=31), {}, 1),
    "datagrams_overlapping": (lambda: apart(*_fragments(again=b"?" * 16)), {}, 1),
    "datagrams_evicted": (lambda: apart(*(_fragments(number)[0] for number in range(66))), {}, 2),
    "announcements_cut": (lambda: apart(from_device(*ENTERPRISES)), {}, 1),
    "syn_acks_without_syn": (lambda: apart(ANSWER), {}, 1),
    "retransmissions": (lambda: apart(FIRST, FIRST, ANSWER, ANSWER), {}, 2),
    "flows": (lambda: apart(FIRST, OTHER), {}, 2),
    "flows_without_beginning": (
        lambda: Conversation(server_port=80).client(0, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").timed(),
        {},
        1,
    ),
    "flows_back_in_time": (lambda: hosts(3, seconds=-1), {}, 2),
    "flows_closed": (lambda: web().client(0, b"", FIN).timed(), {}, 1),
    "flows_replaced": (
        lambda: apart(FIRST, *(packet(IP, replace(CLIENT, seq=one)) for one in range(1, 9))),
        {},
        1,
    ),
    "flows_aged": (lambda: apart(FIRST, FIRST, seconds=901), {}, 1),
    "flows_evicted_half_open": (lambda: apart(FIRST, OTHER), {"max_connections": 1}, 1),
    "flows_evicted_established": (
        lambda: [*web().timed(), (10**18 + SECOND, OTHER)],
        {"max_connections": 1},
        1,
    ),
    "hosts": (lambda: hosts(3), {}, 3),
    "hosts_aged": (lambda: hosts(2, seconds=2 * 3600 + 1), {}, 1),
    "hosts_evicted": (lambda: hosts(3), {"max_hosts": 1}, 2),
    "segment_hosts": (lambda: without_handshakes(3), {"segments": True}, 3),
    "segment_hosts_evicted": (lambda: without_handshakes(3), {"segments": True, "max_hosts": 1}, 2),
    "segments_not_ipv4": (lambda: apart(packet(Ip6(), replace(CLIENT, flags=ACK))), {"segments": True}, 1),
    "streams_with_gap": (lambda: _gaps(), {}, 1),
    "streams_too_long": (lambda: _endless(), {}, 1),
    "streams_evicted": (lambda: _halves(), {"max_stream_bytes": 1}, 1),
    "tls_later_hellos": (lambda: _two_hellos(), {}, 1),
    "tls_unreadable": (lambda: tls().client(0, record(b"\1\xff\xff\xff" + bytes(60))).timed(), {}, 1),
    "certificates_unreadable": (lambda: served(b"\x30").timed(), {}, 1),
    "http_interim": (lambda: web().server(0, b"HTTP/1.1 100 Go\r\n\r\n").timed(), {}, 1),
    "http_unreadable": (lambda: web().client(0, b"GET / HTTP/1.1\r\nno colon\r\n\r\n").timed(), {}, 1),
    "quic_not_decrypted": (lambda: quic(crypto(0, HELLO)), {}, 1),
    "quic_undecryptable": (lambda: quic(crypto(0, HELLO[:99]), b"", b"", damaged=True), {}, 2),
    "quic_google": (lambda: apart(packet_of(b"\x0d8 bytes.Q043" + bytes(1200))), {}, 1),
    "quic_other_version": (
        lambda: apart(packet_of(bytes.fromhex("c01a2a3a4a08") + bytes(8) + bytes(1200))),
        {},
        1,
    ),
}
"""Packets, settings of the analyzer, and what the counter is then."""

BY_HTTP = ("http_other", "http_too_long", "http_early", "http_cut")
ELSEWHERE = {
    "http_broken_bodies": "tests/http1/test_all_messages.py",
    "streams_too_costly": "tests/streams/test_streams.py",
    **dict.fromkeys(BY_HTTP, "tests/http1/test_reader.py"),
    **dict.fromkeys(("lldp_malformed", "cdp_malformed"), "tests/devices/test_neighbours.py"),
    "arp_malformed": "tests/devices/test_arp.py",
    "neighbor_malformed": "tests/devices/test_neighbor.py",
    "dns_malformed": "tests/devices/test_calls.py",
    "snmp_malformed": "tests/devices/test_snmp.py",
    "discovery_malformed": "tests/devices/test_discovery.py",
    "signalling_malformed": "tests/golden/sip.md",
    "industrial_malformed": "tests/devices/test_industrial.py",
    "device_news_left_out": "tests/hosts/test_device_news.py",
    "attempts_displaced": "tests/hosts/test_floods.py",
    **dict.fromkeys(
        ("announcements_tunnelled", "announcements_routed", "announcements_of_others"),
        "tests/hardening/test_trust.py",
    ),
    "packets_cut": "tests/streams/test_cut.py",
    "streams_disputed": "tests/streams/test_unacknowledged.py",
    "streams_displaced": "tests/hardening/test_evasion.py",
}
"""Counters that need more than packets, and the file whose tests raise them."""


def _gaps() -> Timed:
    """Bytes with more gaps between them than are kept, then the first ones."""
    talk = web()
    for place in range(80, 0, -2):
        talk.client(place, b"a")
    return talk.client(0, b"G").timed()


def _endless() -> Timed:
    """Alerts in one large segment, and a hello of 24,000 bytes that would end beyond 32,768 bytes."""
    alerts = 1300 * record(b"\1\0", 21)
    stream = alerts + records(client_hello(extension(21, bytes(24_000))), [16384, 16384])
    start = len(alerts) + 100
    talk = tls().client(0, stream[:start])
    for place in range(start, len(stream), 1000):
        talk.client(place, stream[place : place + 1000])
    return talk.timed()


def _two_hellos() -> Timed:
    """The second one after the first, as a HelloRetryRequest demands."""
    hello = record(HELLO)
    return tls().client(0, hello).client(len(hello), hello).timed()


def _halves() -> Timed:
    """The beginning of a request, which has to be kept."""
    return web().client(0, b"GET / HT").timed()


def seen(name: str, workers: int) -> hg.Stats:
    """What is counted of the input of a counter."""
    if name.startswith("quic_") and importlib.util.find_spec("cryptography") is None:
        pytest.skip("cryptography is not installed to seal packets")
    packets, options, _ = PLAIN[name]
    analyzer = hg.Analyzer(None, **options)  # type: ignore[arg-type]
    list(analyzer.analyze_pcap(pcap(packets(), linktype=RAW, nanoseconds=True), workers=workers))
    return analyzer.stats


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("name", PLAIN)
def test_counter(name: str, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if name == "quic_not_decrypted":
        monkeypatch.setattr(ciphers, "load_crypto", lambda: ciphers.Crypto(ffi.NULL, why="none"))
    stats = seen(name, workers)
    expected = {name: PLAIN[name][2]}
    compared = set(COUNTERS) - {"packets", "bytes", "analysed", "flows", "hosts", "segment_hosts"} | {name}
    assert {one: getattr(stats, one) for one in compared if getattr(stats, one)} == expected


ONLY_PORT_1 = hg.FilterConfig(port=hg.PortFilter(dst=1))
LATER_FRAGMENT = packet(replace(IP, fragment=0x2000 | 100), CLIENT)

DROPPED: dict[str, tuple[bytes, int]] = {
    "truncated": (FIRST[:30], RAW),
    "unsupported_linktype": (FIRST, UNKNOWN),
    "bad_link_header": (bytes(8), PPP_ETHER),
    "not_ip": (ethernet(bytes(28), 0x0806), ETHERNET),
    "bad_ip_header": (packet(replace(IP, header_words=4), CLIENT), RAW),
    "not_tcp": (replace(IP, protocol=1).pack(bytes(8)), RAW),
    "fragment": (LATER_FRAGMENT, RAW),
    "bad_tcp_header": (packet(IP, replace(CLIENT, header_words=4)), RAW),
    "bad_flags": (packet(IP, replace(CLIENT, flags=SYN | FIN)), RAW),
    "filtered": (FIRST, RAW),
    "encrypted": (wifi(FIRST, flags=0x41), WIFI),
}
"""A frame, and the link type of its capture."""


@pytest.mark.parametrize("reason", DROPPED)
def test_reason(reason: str) -> None:
    frame, linktype = DROPPED[reason]
    analyzer = hg.Analyzer(None, filter=ONLY_PORT_1 if reason == "filtered" else None)
    list(analyzer.analyze_pcap(pcap([(0, frame)], linktype=linktype)))
    assert (analyzer.stats.packets, analyzer.stats.analysed) == (1, 0)
    assert {one: count for one, count in analyzer.stats.drops.items() if count} == {reason: 1}


def test_all_are_here() -> None:
    assert set(COUNTERS) == {*PLAIN, *ELSEWHERE}, "a new counter needs an input that raises it"
    assert set(DROPS) == set(DROPPED), "a new reason needs a packet"
    for name, file in ELSEWHERE.items():
        assert name in (Path(__file__).parents[2] / file).read_text(encoding="utf-8")
