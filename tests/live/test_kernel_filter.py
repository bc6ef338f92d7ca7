"""What the kernel keeps away changes nothing: its filter, and the snap length, on real captures.

tcpdump applies the filter, so no interface is needed.
"""

from __future__ import annotations

import csv
import struct
import subprocess
from functools import cache
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, FilterConfig, PortFilter, SubnetFilter
from huginn_cffi._native import lib
from huginn_cffi.filters.conditions import conditions_of
from huginn_cffi.filters.kernel import LLC, MOST_TERMS, WITH_IP_ONLY, kernel_filter
from huginn_cffi.libraries.libpcap import load_libpcap
from huginn_cffi.run.requirements import Requirements
from huginn_cffi.run.settings import Settings, requirements_of
from huginn_cffi.sources.interface import SNAPLEN
from tests.reference.capture import CaptureDamageError, read_capture
from tests.support import needs
from tests.support.captures import pcap
from tests.support.devices.neighbor import message, solicit
from tests.support.packets import ACK, FIN, RST, Ip4, Ip6, Tcp, ethernet, packet
from tests.support.tunnels import udp

ETHERNET = 1
PCAP_HEADER = 24
EVERY = 8
"""One of so many captures is tried: a process each."""

MOST_BYTES = 1 << 21
FILTERS = {
    "none": None,
    "ports": FilterConfig(port=PortFilter(dst=(80, 443), src=range(1024, 65536))),
    "networks": FilterConfig(subnet=SubnetFilter(src=("10.0.0.0/8", "192.168.0.0/16", "2000::/3"))),
    "all": FilterConfig(subnet=SubnetFilter(any=("0.0.0.0/0", "fe80::/10"))),
    "denied": FilterConfig(mode="deny", port=PortFilter(any=80)),
}


def wanted(uptime: bool) -> Requirements:
    """What the TCP reader needs, alone."""
    return requirements_of(Settings(uptime=uptime, protocols=("tcp",)))


def test_readers_of_bytes_get_all_of_tcp(tmp_path: Path) -> None:
    data = packet(Ip4(), Tcp(flags=ACK, options=b"", payload=b"data"))
    plain = pcap([(0, ethernet(data))], linktype=ETHERNET)
    path = tmp_path / "plain.pcap"
    path.write_bytes(plain)
    assert wanted(True).least_snaplen == 0
    assert len(_passed(path, kernel_filter(ETHERNET, wanted(True)))) == PCAP_HEADER
    for reading in (
        Requirements(stream_bytes=4096),
        requirements_of(Settings()),
        requirements_of(Settings(uptime=False)),
    ):
        assert reading.least_snaplen == lib.HG_MAX_SNAPLEN
        assert not _passes(OTHERS["ARP"], kernel_filter(ETHERNET, reading), tmp_path)
        assert not _passes(OTHERS["ICMP"], kernel_filter(ETHERNET, reading), tmp_path)
        assert len(_passed(path, kernel_filter(ETHERNET, reading))) == len(plain)


@cache
def _ethernet_captures(corpus: Path) -> list[Path]:
    with (corpus / "manifest.csv").open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["linktype"] == str(ETHERNET)]
    chosen = [row for row in rows if int(row["bytes"]) < MOST_BYTES and int(row["syn"]) + int(row["synack"])]
    tunnelled = [row for row in rows if int(row["tunnelled_syn"])]
    return [corpus / row["file"] for row in (*tunnelled, *chosen[::EVERY])]


def _events(capture: bytes, *, uptime: bool, config: FilterConfig | None, decapsulate: bool = True) -> bytes:
    """All events of the TCP reader as p0f's log, which knows no packet numbers."""
    analyzer = Analyzer(None, uptime=uptime, filter=config, decapsulate=decapsulate, protocols=("tcp",))
    found = analyzer.batches(capture, on_error=lambda error: None)
    return b"".join(batch.render("p0f") for batch in found)


@cache
def _passed_of_corpus(path: Path, expression: str) -> bytes:
    """Several filters of the library have one expression of the kernel."""
    return _passed(path, expression)


def _passed(path: Path, expression: str) -> bytes:
    options = ["-r", str(path), "-w", "-", "--time-stamp-precision=nano"]
    command = [needs.program("tcpdump", "tcpdump"), *options, expression]
    return subprocess.run(command, capture_output=True, timeout=120).stdout


@pytest.mark.parametrize("uptime", [True, False])
@pytest.mark.parametrize("name", FILTERS)
def test_the_kernels_filter_loses_nothing(name: str, uptime: bool, corpus: Path) -> None:
    config = FILTERS[name]
    conditions = conditions_of(config) if config is not None and config.mode == "allow" else ()
    expression = kernel_filter(ETHERNET, wanted(uptime), conditions=conditions)
    tried = events = 0
    for path in _ethernet_captures(corpus):
        passed = _passed_of_corpus(path, expression)
        if len(passed) <= 24:
            continue  # tcpdump refuses it, or nothing passes; that must not be the rule
        expected = _events(path.read_bytes(), uptime=uptime, config=config)
        assert _events(passed, uptime=uptime, config=config) == expected, path.name
        tried += 1
        events += expected.count(b"\n")
    assert tried > 30
    assert events > 200


HOP_BY_HOP, DESTINATION = (0, b"\0" + bytes(6)), (60, b"\0" + bytes(6))
WHOLE = Ip6(extensions=((44, bytes(7)),))
"""A packet that is whole behind its fragment header (RFC 6946)."""

SYN4, SYN6 = packet(Ip4(), Tcp()), packet(Ip6(), Tcp())
DATA4, DATA6 = packet(Ip4(), Tcp(flags=ACK, options=b"")), packet(Ip6(), Tcp(flags=ACK, options=b""))
TS = bytes.fromhex("0101080a0000000100000002")
TIMED4, TIMED6 = packet(Ip4(), Tcp(flags=ACK, options=TS)), packet(Ip6(), Tcp(flags=ACK, options=TS))
FIN4, RST6 = packet(Ip4(), Tcp(flags=FIN | ACK, options=b"")), packet(Ip6(), Tcp(flags=RST, options=b""))
UDP4, UDP6 = Ip4(protocol=17).pack(bytes(40)), Ip6(protocol=17).pack(bytes(40))
VXLAN = struct.pack("!HHHH", 50000, 4789, 60, 0) + bytes(52)
SNAP = bytes.fromhex("aaaa030000000800")

HANDSHAKES = {
    "IPv4": ethernet(SYN4),
    "IPv6": ethernet(SYN6),
    "IPv4 with options": ethernet(packet(Ip4(options=bytes([1] * 8)), Tcp())),
    "IPv6 with an extension header": ethernet(packet(Ip6(extensions=(HOP_BY_HOP,)), Tcp())),
    "IPv6 with two": ethernet(packet(Ip6(extensions=(DESTINATION, HOP_BY_HOP)), Tcp())),
    "IPv6 with a fragment header": ethernet(packet(WHOLE, Tcp())),
    "IPv6 with a fragment header in a tag": ethernet(packet(WHOLE, Tcp()), tags=((0x8100, 5),)),
    "tagged": ethernet(SYN4, tags=((0x8100, 5),)),
    "tagged twice": ethernet(SYN6, tags=((0x88A8, 5), (0x8100, 6))),
    "tagged the old way": ethernet(SYN4, tags=((0x9100, 5),)),
    "MPLS": ethernet(bytes.fromhex("00064140") + SYN4, 0x8847),
    "PPPoE": ethernet(bytes.fromhex("110000010000") + bytes.fromhex("0021") + SYN4, 0x8864),
    "Cisco Metadata": ethernet(bytes.fromhex("01010001 0007 0800") + SYN4, 0x8909),
    "Cisco Metadata in a tag": ethernet(
        bytes.fromhex("01010001 0007 0800") + SYN4, 0x8909, tags=((0x8100, 5),)
    ),
    "SNAP": ethernet(SNAP + SYN4, len(SNAP + SYN4)),
    "GRE": ethernet(Ip4(protocol=47).pack(bytes.fromhex("00000800") + SYN4)),
    "IPv4 in IPv4": ethernet(Ip4(protocol=4).pack(SYN4)),
    "IPv6 in IPv4": ethernet(Ip4(protocol=41).pack(SYN6)),
    "IPv4 in IPv6": ethernet(Ip6(protocol=4).pack(SYN4)),
    "GRE over IPv6": ethernet(Ip6(protocol=47).pack(bytes.fromhex("00000800") + SYN4)),
    "VXLAN": ethernet(Ip4(protocol=17).pack(VXLAN)),
    "VXLAN over IPv6": ethernet(Ip6(protocol=17).pack(VXLAN)),
}
OTHERS = {
    "ARP": ethernet(bytes(28), 0x0806),
    "UDP": ethernet(UDP4),
    "UDP over IPv6": ethernet(UDP6),
    "ICMP": ethernet(Ip4(protocol=1).pack(bytes(8))),
}


def _passes(frame: bytes, expression: str, folder: Path) -> bool:
    path = folder / "frame.pcap"
    path.write_bytes(pcap([(0, frame)], ETHERNET))
    return len(_passed(path, expression)) > 24


@pytest.mark.parametrize("uptime", [True, False])
@pytest.mark.parametrize("name", HANDSHAKES)
def test_handshakes_pass_in_every_wrapping(name: str, uptime: bool, tmp_path: Path) -> None:
    assert _passes(HANDSHAKES[name], kernel_filter(ETHERNET, wanted(uptime)), tmp_path)


@pytest.mark.parametrize("name", OTHERS)
def test_what_cannot_be_tcp_does_not(name: str, tmp_path: Path) -> None:
    assert not _passes(OTHERS[name], kernel_filter(ETHERNET, wanted(True)), tmp_path)


TAGGED = [b"", bytes.fromhex("81000005"), bytes.fromhex("88a8000281000005")]


@pytest.mark.parametrize("tags", TAGGED)
def test_neighbor_discovery_passes_where_it_is_read(tags: bytes, tmp_path: Path) -> None:
    made, echo = solicit(), message(bytes((128,)) + bytes(23))
    redirect, renumbering = (message(bytes((kind,)) + bytes(39)) for kind in (137, 138))
    reading = requirements_of(Settings(protocols=("tcp", "neighbor")))
    kinds = ((made, True), (redirect, True), (renumbering, False), (echo, False))
    ip = Ip4(protocol=1, options=bytes([1] * 8))
    in_ipv4 = ((ethernet(ip.pack(bytes((kind,)) + bytes(35))), kind == 5) for kind in (3, 5, 8))
    for frame, expected in (*kinds, *in_ipv4):
        tagged = frame[:12] + tags + frame[12:]
        assert _passes(tagged, kernel_filter(ETHERNET, reading), tmp_path) is expected
        assert not _passes(tagged, kernel_filter(ETHERNET, wanted(True)), tmp_path)


WRAPPINGS: dict[str, tuple[tuple[int, int], ...]] = {
    "plain": (),
    "tagged": ((0x8100, 5),),
    "tagged twice": ((0x88A8, 5), (0x8100, 6)),
}


def _wrapped(wrapping: str, ip: bytes) -> bytes:
    return ethernet(ip, tags=WRAPPINGS[wrapping])


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_data_without_timestamps_never_passes(wrapping: str, tmp_path: Path) -> None:
    for uptime in (True, False):
        expression = kernel_filter(ETHERNET, wanted(uptime))
        for data in (DATA4, DATA6, UDP4, UDP6):
            assert not _passes(_wrapped(wrapping, data), expression, tmp_path)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_timestamps_and_ends_of_flows_pass_for_uptimes_only(wrapping: str, tmp_path: Path) -> None:
    for ip in (TIMED4, TIMED6, FIN4, RST6):
        frame = _wrapped(wrapping, ip)
        assert _passes(frame, kernel_filter(ETHERNET, wanted(True)), tmp_path)
        assert not _passes(frame, kernel_filter(ETHERNET, wanted(False)), tmp_path)


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_datagrams_pass_but_for_data_of_quic(wrapping: str, tmp_path: Path) -> None:
    expression = kernel_filter(ETHERNET, requirements_of(Settings()), decapsulate=False)
    for ip in (Ip4(protocol=17), Ip4(protocol=17, options=bytes([1] * 8)), Ip6(protocol=17)):
        for first, passes in (
            (0xC3, True),
            (0xFF, True),
            (22, True),
            (0x0D, True),
            (0x40, False),
            (0x7F, False),
        ):
            frame = _wrapped(wrapping, ip.pack(udp(443, bytes([first]) + bytes(60))))
            assert _passes(frame, expression, tmp_path) == passes


def test_conversations_of_datagrams_are_chosen(tmp_path: Path) -> None:
    conditions = conditions_of(FilterConfig(port=PortFilter(dst=443)))
    expression = kernel_filter(
        ETHERNET, requirements_of(Settings()), decapsulate=False, conditions=conditions
    )
    for ip in (Ip4(protocol=17), Ip6(protocol=17)):
        for port, other, passes in ((443, 50000, True), (50000, 443, True), (53, 50000, False)):
            frame = ethernet(ip.pack(udp(port, bytes(60), sport=other)))
            assert _passes(frame, expression, tmp_path) == passes


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_later_fragments_of_datagrams_pass_for_their_readers(wrapping: str, tmp_path: Path) -> None:
    def passes(ip: bytes, *protocols: str) -> bool:
        conditions = conditions_of(FilterConfig(port=PortFilter(dst=5353)))
        requirements = requirements_of(Settings(protocols=protocols))
        expression = kernel_filter(ETHERNET, requirements, decapsulate=False, conditions=conditions)
        return _passes(_wrapped(wrapping, ip), expression, tmp_path)

    later = struct.pack("!BHI", 0, 800, 7)
    fragments = {
        protocol: (
            Ip4(protocol=protocol, fragment=100).pack(b"E" + bytes(40)),
            Ip6(protocol=protocol, extensions=((44, later),)).pack(b"E" + bytes(40)),
        )
        for protocol in (6, 17)
    }
    for udp_part, tcp_part in zip(fragments[17], fragments[6], strict=True):
        assert passes(udp_part, "tcp", "mdns")
        assert passes(udp_part, "tcp", "tls")
        assert not passes(udp_part, "tcp", "http")
        assert not passes(tcp_part, "tcp", "mdns")


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_tunnels_pass_when_they_are_looked_into(wrapping: str, tmp_path: Path) -> None:
    tunnels = (
        Ip4(protocol=47).pack(bytes.fromhex("00000800") + SYN4),
        Ip6(protocol=41).pack(SYN6),
        Ip4(protocol=17).pack(VXLAN),
        Ip6(protocol=17).pack(VXLAN),
    )
    for ip in tunnels:
        frame = _wrapped(wrapping, ip)
        assert _passes(frame, kernel_filter(ETHERNET, wanted(True)), tmp_path)
        assert not _passes(frame, kernel_filter(ETHERNET, wanted(True), decapsulate=False), tmp_path)


def test_behind_three_tags_everything_passes(tmp_path: Path) -> None:
    """There the filter does not look."""
    frame = ethernet(DATA4, tags=((0x88A8, 5), (0x8100, 6), (0x8100, 7)))
    assert _passes(frame, kernel_filter(ETHERNET, wanted(False)), tmp_path)


def test_without_decapsulation_the_filter_loses_nothing(corpus: Path) -> None:
    expression = kernel_filter(ETHERNET, wanted(True), decapsulate=False)
    events = 0
    for path in _ethernet_captures(corpus)[:40]:
        passed = _passed(path, expression)
        if len(passed) <= 24:
            continue
        expected = _events(path.read_bytes(), uptime=True, config=None, decapsulate=False)
        assert _events(passed, uptime=True, config=None, decapsulate=False) == expected, path.name
        events += expected.count(b"\n")
    assert events > 100


def test_the_filter_spares_most_packets_without_uptimes(corpus: Path) -> None:
    """Or it would do nothing, and the test above would not notice."""
    expression = kernel_filter(ETHERNET, wanted(False))
    captures = _ethernet_captures(corpus)[-40:]
    passed = sum(len(_passed_of_corpus(path, expression)) for path in captures)
    assert passed < 0.2 * sum(path.stat().st_size for path in captures)


def test_the_snap_length_loses_nothing(corpus: Path) -> None:
    cut = events = 0
    for path in _ethernet_captures(corpus):
        try:
            frames = list(read_capture(path.read_bytes()))
        except CaptureDamageError:
            continue
        if any(frame.linktype != ETHERNET for frame in frames):
            continue
        whole = [(frame.time_ns, frame.data, frame.wire_length) for frame in frames]
        short = [(time_ns, data[:SNAPLEN], wire) for time_ns, data, wire in whole]
        expected = _events(pcap(whole, ETHERNET, nanoseconds=True), uptime=True, config=None)
        assert _events(pcap(short, ETHERNET, nanoseconds=True), uptime=True, config=None) == expected, (
            path.name
        )
        cut += sum(len(data) > SNAPLEN for _, data, _ in whole)
        events += expected.count(b"\n")
    assert cut > 500
    assert events > 500


@pytest.mark.parametrize("uptime", [True, False])
@pytest.mark.parametrize("dlt", sorted({*LLC, *WITH_IP_ONLY}))
def test_libpcap_compiles_the_filter_of_every_link_type(dlt: int, uptime: bool) -> None:
    needs.libpcap()
    libpcap = load_libpcap()
    local = {101: 12, 14: 12}.get(dlt, dlt)  # LINKTYPE_RAW and OpenBSD's DLT_RAW are unknown here
    handle = libpcap.lib.pcap_open_dead(local, SNAPLEN)
    program = libpcap.ffi.new("struct bpf_program *")
    config = FilterConfig(port=PortFilter(any=80))
    text = kernel_filter(dlt, wanted(uptime), conditions=conditions_of(config))
    status = libpcap.lib.pcap_compile(handle, program, text.encode(), 1, 0)
    assert (status, libpcap.text(libpcap.lib.pcap_geterr(handle))) == (0, "")
    libpcap.lib.pcap_freecode(program)
    libpcap.lib.pcap_close(handle)


def test_link_types_without_an_ethertype_have_a_filter_of_their_own() -> None:
    assert "ether" not in kernel_filter(12, wanted(True))
    assert "tcp[13]" in kernel_filter(12, wanted(True))


def test_everything_is_passed_where_the_header_cannot_be_described() -> None:
    ieee802_11 = 105
    assert kernel_filter(ieee802_11, wanted(True)) == ""


def test_a_condition_with_many_terms_is_left_to_the_core() -> None:
    few = FilterConfig(port=PortFilter(any=(*range(1, 2 * MOST_TERMS, 2),)))
    many = FilterConfig(port=PortFilter(any=(*range(1, 2 * MOST_TERMS + 2, 2),)))
    assert "portrange" in kernel_filter(ETHERNET, wanted(True), conditions=conditions_of(few))
    plain = kernel_filter(ETHERNET, wanted(True))
    assert kernel_filter(ETHERNET, wanted(True), conditions=conditions_of(many)) == plain
