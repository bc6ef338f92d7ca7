"""Adversarial inputs stay within their limits. Here a sample; `python -m tools.bench.adversarial` has all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap
from tests.support.core import CORE
from tests.support.tls.conversation import client_hello, record, server_name
from tools.bench import instructions
from tools.bench.adversarial import __main__ as program
from tools.bench.adversarial.__main__ import BASELINES, ENTRIES
from tools.bench.adversarial.http import ORDINARY
from tools.bench.adversarial.measuring import ComparedCost, CostMeter, PacketCost, counted, own
from tools.bench.adversarial.model import (
    SYNS,
    TLS,
    CostlyInput,
    FrameTalk,
    FrameTraffic,
    of_talks,
    talks,
)
from tools.bench.hotpath import ALL_PROTOCOLS, HTTP_ALL, HotPath

SAMPLE = (
    *("flood of SYNs", "MSS, SACK and 14 NOPs", "40 NOPs", "20 unknown options", "8 IPv6 extensions"),
    *("150 IPv6 extensions", "4 GRE", "8 GRE", "8 VLAN tags", "300 VLAN tags"),
    *("many hosts, with inventory", "hello with 8 gaps", "retransmissions across 8 gaps"),
    *("beginnings of known texts", "chunks of 1 byte", "pipelined requests, each with another header"),
    *("known texts in one packet", "data before far bytes", "HTTP/2: request in 16 frames"),
    *("HTTP/2: 95 interim responses of 13 bytes", "HTTP/2: interim responses, then empty frames"),
    *("HTTP/2: empty frames, one a segment", "HTTP/2: empty frames, byte by byte"),
    *("DTLS: hello in 90 fragments, every second one first", "HTTP/2: preface byte by byte"),
    *("mDNS: names in 16 pieces", "DHCP: empty options"),
    *("600 cipher suites", "7,900 cipher suites", "1,000 extensions"),
    *("greeting: the beginning of a pattern", "greeting: the beginning of a pattern, 1 KB"),
    *("greeting: patterns", "SSH: lines before the identification", "SIP: empty headers", "DNP3: headers"),
)
"""Without QUIC, whose instructions are mostly those of the system's libcrypto."""

SAME = 1.1
"""What counts as no more."""

DOUBT = 1.3
"""Limit of a segment whose data wait for their acknowledgement, as a multiple of one whose data do not."""

CHECKSUM_AT = 14 + 20 + 16

BYTE = 8
"""Instructions for a byte of tags or of extension headers; to copy and read one from a file takes more."""


@pytest.fixture
def meter(hotpath: HotPath, tmp_path: Path) -> CostMeter:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    return CostMeter(hotpath, tmp_path)


@pytest.mark.builds
def test_cost_is_bounded(meter: CostMeter) -> None:
    found = {name: meter.cost(ENTRIES[name]) for name in SAMPLE}
    ordinary = {name: meter.cost(BASELINES[name]) for name in {ENTRIES[name].baseline for name in SAMPLE}}
    compared = [
        ComparedCost(ENTRIES[name], cost, ordinary[ENTRIES[name].baseline]) for name, cost in found.items()
    ]
    assert [one.entry.name for one in compared if not one.passes] == []
    assert all(cost.per_packet > 100 for cost in ordinary.values())
    each = {name: cost.per_packet for name, cost in found.items()}
    assert each["flood of SYNs"] < SAME * ordinary[SYNS].per_packet
    assert each["150 IPv6 extensions"] - each["8 IPv6 extensions"] < BYTE * 8 * 142
    assert each["8 GRE"] < each["4 GRE"]
    assert each["300 VLAN tags"] - each["8 VLAN tags"] < BYTE * 4 * 292


@pytest.mark.builds
@pytest.mark.parametrize("port", [80, 443])
def test_a_segment_in_doubt_costs_little(meter: CostMeter, port: int) -> None:
    """A first segment with a wrong checksum, and its acknowledgement, beside the same with the right one."""

    def cost(wrong: int) -> PacketCost:
        def packets(talk: FrameTalk) -> list[bytes]:
            hello = record(client_hello(server_name(b"a%05d.example.com" % talk.number)))
            sent = bytearray(talk.send(0, hello if port == 443 else ORDINARY % talk.number)[0])
            sent[CHECKSUM_AT] ^= wrong
            return [bytes(sent), talk.segment(1)]

        return meter.cost(CostlyInput("", TLS, lambda: of_talks(talks(300, port), packets), ALL_PROTOCOLS))

    good, doubtful = cost(0), cost(0x55)
    assert good.rows == doubtful.rows == 300
    assert doubtful.per_packet < DOUBT * good.per_packet


@pytest.mark.builds
def test_only_the_expensive_packets_are_counted(meter: CostMeter) -> None:
    """Twice as many of the same cost twice as much, whatever came before them."""
    frames = [FrameTalk(number).segment(0, b"", at=number) for number in range(1024)]
    entry = ENTRIES["injected RST"]

    def cost(costly: list[bytes], before: list[bytes]) -> PacketCost:
        return meter.cost(type(entry)("", SYNS, lambda: FrameTraffic(costly, before)))

    once, twice = cost(frames[512:], frames[:512]), cost(frames, [])
    assert (once.packets, twice.packets, once.rows) == (512, 1024, 0)
    assert once.captured == 512 * 54
    assert twice.instructions == pytest.approx(2 * once.instructions, rel=0.1)


def test_hashing_counts_as_on_a_processor_that_has_it() -> None:
    """A profile in callgrind's format: 40 and 60 instructions of the function itself, 1,000 of all."""
    profile = (
        "fn=(1) measured\n16 5\ncfn=(2) hg_sha256_portable\ncalls=1 0 \n16 100\n+1 7\n"
        "fn=(2)\n8 40\ncfn=(3) memcpy\ncalls=2 0 \n* 3\n+2 60\n\nfn=(3)\n1 3\ntotals: 1000\n"
    )
    assert own(profile, "hg_sha256_portable") == 100
    assert counted(profile) == 1000 - 100 + 5
    assert own(profile, "absent") == 0


def test_limits() -> None:
    """Ten times an ordinary packet, twenty times a byte of it."""
    entry, ordinary = ENTRIES["flood of SYNs"], PacketCost(1000, 10, 10, 500, 10)

    def passes(instructions: int, captured: int, units: int = 1) -> bool:
        return ComparedCost(entry, PacketCost(instructions, 1, 0, captured, units), ordinary).passes

    assert passes(1000, 25)
    assert not passes(1001, 100)
    assert not passes(1000, 24)
    assert passes(2000, 50, units=2)


@pytest.mark.builds
def test_the_program_prints_a_table_and_fails_above_a_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], hotpath: HotPath
) -> None:
    if instructions.callgrind() is None:
        pytest.skip("valgrind is not installed")
    monkeypatch.setattr(program, "build", lambda folder: hotpath)
    assert program.main(["injected RST"]) == 0
    heading, _, ordinary, one = capsys.readouterr().out.splitlines()
    assert heading.count("|") == ordinary.count("|") == one.count("|")
    assert (ordinary.split("|")[1:3], one.split("|")[1:3]) == (
        [" SYN ", " SYN "],
        [" injected RST ", " SYN "],
    )
    assert one.endswith("| yes |")
    monkeypatch.setattr("tools.bench.adversarial.measuring.PACKET_LIMIT", 0.01)
    assert program.main(["injected RST"]) == 1
    assert capsys.readouterr().out.endswith("| **no** |\n")


ROWS = {
    "HTTP request": {"http_request": 300},
    "TLS ClientHello": {"tls_client": 200},
    "DTLS ClientHello": {"tls_client": 200},
    "hello of 16 KB, byte by byte": {"tls_client": 1},
    "records of 1 byte": {"tls_client": 200},
    "3,900 extensions": {"tls_client": 20},
    "7,900 cipher suites": {"tls_client": 20},
    "SSLv2 with 5,000 cipher suites": {"tls_client": 20},
    "ServerHello with 3,900 extensions": {"tls_client": 100, "tls_server": 100},
    "known texts at the end of 16 KB": {"http_request": 10},
    "pipelined requests of 18 bytes": {"http_request": 3500},
    "chunks of 1 byte": {"http_request": 20, "http_response": 20},
    "WebSocket upgrades": {"http_request": 100, "http_response": 100},
    "HTTP/2: request of 99 fields": {"http_request": 20},
    "HTTP/2: 1,100 priorities": {"http_request": 20},
    "HTTP/2: Huffman code of 9 KB": {"http_request": 20},
    "DTLS: hello in 90 fragments": {"tls_client": 100},
    "DTLS: hello in 90 fragments, every second one first": {"tls_client": 100},
    "DTLS: hellos in a flow": {"tls_client": 500},
    "QUIC: Initials in IP fragments of 24 bytes": {"tls_client": 20},
    "data among forged handshakes": {"tls_client": 20},
    "certificate of 1,000 names": {"tls_client": 20, "tls_server": 20},
}
"""Events of TLS and HTTP that show that an input is what it says: as many as it has such messages."""


@pytest.mark.parametrize("name", ROWS)
def test_inputs_are_what_they_say(name: str, tmp_path: Path) -> None:
    entry = {**BASELINES, **ENTRIES}[name]
    traffic = entry.make()
    capture = tmp_path / "capture.pcap"
    frames = enumerate([*traffic.before, *traffic.costly])
    capture.write_bytes(pcap([(number * 10_000, frame) for number, frame in frames], traffic.linktype))
    analyzer = hg.Analyzer(http="all" if entry.protocols & HTTP_ALL else "first")
    for _ in analyzer.batches(capture):
        pass
    found = {kind: n for kind, n in analyzer.stats.events_by_kind.items() if n and kind[:3] in ("tls", "htt")}
    assert found == ROWS[name]


def test_a_host_changes_with_every_syn(tmp_path: Path) -> None:
    traffic = ENTRIES["another system in every SYN, with inventory"].make()
    capture = tmp_path / "capture.pcap"
    frames = enumerate([*traffic.before, *traffic.costly])
    capture.write_bytes(pcap([(number * 10_000, frame) for number, frame in frames], 1))
    names: dict[str, list[str]] = {}
    for one in hg.Analyzer().analyze_pcap(capture):
        if one.syn is not None and one.syn.match is not None:
            names.setdefault(one.syn.source.ip, []).append(one.syn.match.name)
    assert len(names) == 4
    assert all({"Linux", "Windows"} == set(found) for found in names.values())
    assert sum(len(found) for found in names.values()) > 2900


def test_the_large_field_of_http2_is_one() -> None:
    """13 bytes refer to 12 fields of 1,296 zeros, which another program's decoder reads too."""
    from hpack import Decoder

    from tools.bench.adversarial import http

    decoder = Decoder(max_header_list_size=1 << 20)
    decoder.decode(http.INTERIM + http.LARGE)
    assert len(http.AMPLIFIED) == 13
    assert decoder.decode(http.AMPLIFIED) == [(":status", "103"), *[("a", "0" * http.VALUE)] * 12]


def test_every_entry_makes_frames() -> None:
    for name, entry in ENTRIES.items():
        assert entry.baseline in BASELINES, name
        traffic = entry.make()
        assert traffic.costly, name
        assert max(map(len, traffic.costly)) <= 1514 or "one frame" in name, name


TEXTS = {
    "hg_tls_reader": "hello of 16 KB, byte by byte",
    "hg_http_reader": "head of 16 KB of CRs",
    "hg_smb_reader": "SMB: negotiation",
    "hg_ssh_reader": "SSH: long lists",
    "hg_greetings_reader": "greeting: letters",
    "hg_signalling_reader": "RTSP: empty headers",
    "hg_industrial_reader": "S7: parts of a list",
    "hg_tls_datagram_reader": "QUIC: short packets",
    "dhcp6": "DHCPv6: empty texts",
    "neighbor": "ND: prefixes",
    "signalling": "SIP: in datagrams",
    "discovery": "CAPWAP: empty elements",
    "industrial": "BACnet: new devices",
}
"""Readers whose entries do not begin with their names."""


def test_every_reader_has_an_entry() -> None:
    text = "".join(
        (CORE / name).read_text()
        for name in (
            "announcements/readers.h",
            "industrial/readers.h",
            "conversations/readers.c",
            "conversations/readers_list.c",
            "conversations/datagrams.c",
        )
    )
    readers = {*re.findall(r"\bX\((\w+), [A-Z]", text), *re.findall(r"&\s?(hg_\w+_reader)\b", text)}
    assert len(readers) > 20
    named = {one.partition(":")[0].lower() for one in ENTRIES}
    assert {one for one in readers if one not in named and TEXTS.get(one) not in ENTRIES} == {
        "hg_proxied_reader",  # both write what other entries read
        "hg_tds_reader",
    }
