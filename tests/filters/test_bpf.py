"""libpcap's filter language."""

from __future__ import annotations

import gc
import pickle
import struct

import pytest

import huginn_cffi as hg
from huginn_cffi.filters.bpf import BpfFilter
from huginn_cffi.libraries import libpcap
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.packets import Ip4, Ip6, Tcp, ethernet, packet

try:
    libpcap.load_libpcap()
except hg.LibpcapError as error:
    pytest.skip(str(error), allow_module_level=True)

V4, V6 = packet(Ip4(), Tcp()), packet(Ip6(), Tcp(dport=443))
TAGGED = ethernet(V4, tags=((0x8100, 5),))
COOKED = struct.pack("!HHH8sH", 0, 1, 6, bytes(8), 0x0800)


def kept(expression: str, frames: list[bytes], linktype: int = 1) -> tuple[list[int], dict[str, int]]:
    """Numbers of the packets that showed something, and what was dropped."""
    with hg.Analyzer(None, bpf=expression) as analyzer:
        found = [
            one.packet_number for one in analyzer.analyze_packets(list(enumerate(frames)), linktype=linktype)
        ]
        stats = analyzer.stats
    assert stats.packets == len(frames) == stats.analysed + sum(stats.drops.values())
    return found, {name: count for name, count in stats.drops.items() if count}


@pytest.mark.parametrize(
    "frame",
    [
        ethernet(V4),
        TAGGED,
        ethernet(V4, tags=((0x88A8, 1), (0x8100, 5))),
        ethernet(struct.pack("!I", 20 << 12 | 1 << 8 | 64) + V4, 0x8847),
        ethernet(bytes.fromhex("11000001003e0021") + V4, 0x8864),
    ],
    ids=["plain", "802.1Q", "QinQ", "MPLS", "PPPoE"],
)
def test_works_on_the_ip_packet_whatever_it_lies_in(frame: bytes) -> None:
    assert kept("port 80", [frame]) == ([1], {})
    assert kept("host 192.0.2.1 and tcp[tcpflags] & tcp-syn != 0", [frame]) == ([1], {})
    assert kept("port 81", [frame]) == ([], {"filtered": 1})


def test_packets_keep_their_numbers() -> None:
    frames = [ethernet(V6), ethernet(V4), ethernet(V6), TAGGED]
    assert kept("port 80", frames) == ([2], {"filtered": 2})
    assert kept("port 443", frames) == ([1], {"filtered": 2})


def test_what_is_not_ip_keeps_its_own_reason() -> None:
    arp = ethernet(bytes(28), 0x0806)
    assert kept("port 80", [arp, b"", ethernet(V6)]) == ([], {"not_ip": 1, "truncated": 1, "filtered": 1})


def test_length_is_that_of_the_whole_frame() -> None:
    frame = ethernet(V4)
    assert len(frame) == 74
    assert kept("len = 74", [frame])[0] == [1]
    assert kept("less 73", [frame])[0] == []


def test_primitives_of_the_link_see_the_whole_frame() -> None:
    other = ethernet(V6, tags=((0x8100, 6),))
    assert kept("vlan 5", [TAGGED, other]) == ([1], {"filtered": 1})
    assert kept("vlan and port 443", [TAGGED, other]) == ([2], {"filtered": 1})
    assert kept("ether dst 00:11:22:33:44:55", [TAGGED])[0] == [1]
    assert kept("ether dst 00:11:22:33:44:56", [TAGGED])[0] == []
    assert kept("ether[12:2] = 0x8100", [TAGGED, ethernet(V4)]) == ([1], {"filtered": 1})
    assert kept("inbound", [COOKED + V4], linktype=113) == ([1], {})
    assert kept("outbound", [COOKED + V4], linktype=113) == ([], {"filtered": 1})


@pytest.mark.parametrize(
    ("expression", "linktype", "reason"),
    [
        ("vlan 5", 101, "link type 101 .RAW. of packet 1: no VLAN support"),
        ("ether host 00:11:22:33:44:55", 113, "link type 113"),
        ("inbound", 1, "link type 1 .ETHERNET. of packet 1: it asks for metadata that only the kernel has"),
    ],
)
def test_an_expression_of_another_link_is_refused(expression: str, linktype: int, reason: str) -> None:
    frame = {1: ethernet(V4), 101: V4, 113: COOKED + V4}[linktype]
    with pytest.raises(hg.FilterError, match=f"BPF expression '{expression}': it does not fit {reason}"):
        kept(expression, [frame], linktype)


def test_the_packets_before_another_link_are_read() -> None:
    both = section() + interface(1) + interface(101) + enhanced(TAGGED) + enhanced(V4, index=1)
    analyzer, found = hg.Analyzer(None, bpf="vlan"), list[int]()
    with pytest.raises(hg.FilterError, match=r"link type 101 \(RAW\) of packet 2"):
        found.extend(one.packet_number for one in analyzer.analyze_pcap(both))
    assert found == [1]
    assert analyzer.stats.packets == 1


def test_link_types_that_are_not_read_are_no_error() -> None:
    unknown = section() + interface(250) + interface(1) + enhanced(V4) + enhanced(TAGGED, index=1)
    for expression in ("vlan 5", "port 80"):
        analyzer = hg.Analyzer(None, bpf=expression)
        assert [one.packet_number for one in analyzer.analyze_pcap(unknown)] == [2]
        assert analyzer.stats.drops["unsupported_linktype"] == 1
        assert analyzer.stats.drops["filtered"] == 0


def test_a_damaged_capture_is_reported_as_ever() -> None:
    damaged = pcap([(0, V4), (1, V4)])[:-10]
    analyzer = hg.Analyzer(None, bpf="port 80")
    with pytest.raises(hg.CaptureError) as raised:
        list(analyzer.analyze_pcap(damaged))
    assert raised.value.record == 2
    assert analyzer.stats.events == 2


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("tcp src", "'tcp src': .*syntax error"),
        ("port 99999", "'port 99999': .*port"),
        ("tcp and udp", "'tcp and udp': .*rejects all packets"),
        ("port 80\0", "NUL"),
        ("(", "syntax error"),
    ],
)
def test_wrong_expressions(expression: str, reason: str) -> None:
    with pytest.raises(hg.FilterError, match=reason):
        hg.Analyzer(None, bpf=expression)


def test_wrong_types() -> None:
    with pytest.raises(TypeError, match=r"bpf must be an expression \(str\), not int"):
        hg.Analyzer(None, bpf=80)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "passes_tcp"),
    [
        ("udp", False),
        ("arp", False),
        ("port 80", True),
        ("vlan 5", True),
        ("", True),
        ("ip6", True),
        ("len > 99", True),
        ("udp port 4789", True),
        ("ip proto 47", True),
        ("udp port 53", False),
        ("not tcp", False),
    ],
)
def test_knows_whether_tcp_can_pass(expression: str, passes_tcp: bool) -> None:
    assert BpfFilter(expression).passes_tcp is passes_tcp


def test_is_pickled_as_its_expression() -> None:
    found = pickle.loads(pickle.dumps(BpfFilter("udp")))
    assert (found.expression, found.passes_tcp) == ("udp", False)


def test_warns_at_the_call_when_no_tcp_can_pass() -> None:
    with pytest.warns(UserWarning, match="no TCP packet passes the BPF expression 'udp'") as given:
        hg.Analyzer(None, bpf="udp")
    assert given[0].filename == __file__


def test_both_kinds_of_filter_must_pass() -> None:
    ports = hg.FilterConfig(port=hg.PortFilter(dst=443))
    analyzer = hg.Analyzer(None, filter=ports, bpf="ip6")
    other = packet(Ip6(), Tcp(dport=80))
    assert [one.packet_number for one in analyzer.analyze_packets(enumerate([V4, V6, other]))] == [2]
    assert analyzer.stats.drops["filtered"] == 2


def test_programs_live_as_long_as_the_analyzer() -> None:
    analyzers = [hg.Analyzer(None, bpf=f"port {number}") for number in range(79, 82)]
    gc.collect()
    found = [len(list(one.analyze_packets([(0, V4)]))) for one in analyzers]
    assert found == [0, 1, 0]


def test_without_libpcap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libpcap, "NAMES", ("libpcap-absent.so.7",))
    with pytest.raises(hg.LibpcapError, match=r"libpcap is not installed .*libpcap0\.8"):
        hg.Analyzer(None, bpf="port 80")
    assert list(hg.Analyzer(None).analyze_packets([(0, V4)]))
