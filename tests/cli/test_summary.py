"""A summary: the counts agree with the events themselves."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.names import PROTOCOLS
from tests.support import samples
from tests.support.running import Run
from tests.support.sample import sample


@pytest.fixture
def found(run: Run, tmp_path: Path) -> dict[str, Any]:
    """The summary of the sample, and of a SYN that nobody knows."""
    (tmp_path / "sample.pcap").write_bytes(sample())
    (tmp_path / "odd.pcap").write_bytes(samples.pcap([(samples.START, samples.syn(1, window=4321))]))
    (tmp_path / "small.fp").write_text(samples.SIGNATURES)
    done = run("pcap", "--summary", "--format", "json", "sample.pcap")
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def test_counts(found: dict[str, Any]) -> None:
    analyzer = hg.Analyzer(protocols=PROTOCOLS)
    results = list(analyzer.analyze_pcap(sample()))
    stats = analyzer.stats
    assert (found["packets"], found["analysed"], found["bytes"]) == (
        stats.packets,
        stats.analysed,
        stats.bytes,
    )
    assert found["events"] == dict(stats.events_by_kind)
    assert found["drops"] == dict(stats.drops)
    gateways = 1  # its MAC sends for all others
    senders = {part.source.ip for result in results for part in result.parts} - {""}
    assert found["hosts"] == len(senders) + gateways
    assert found["hosts_complete"] is True
    assert found["first_event"] == "2026-01-15T10:00:00.000000000Z"
    assert found["last_event"] == "2026-01-15T10:00:07.400000000Z"


def test_systems_and_hosts(found: dict[str, Any]) -> None:
    hosts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    packets: dict[tuple[str, str, str], int] = defaultdict(int)
    sent: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for result in hg.Analyzer().analyze_pcap(sample()):
        for role, part in (("client", result.syn), ("server", result.syn_ack)):
            if part is None:
                continue
            sent[part.source.ip][role == "server"] += 1
            if part.match:
                key = (role, part.match.name, part.match.flavor)
                hosts[key].add(part.source.ip)
                packets[key] += 1
    rows = {(row["role"], row["name"], row["flavor"]): row for row in found["systems"]}
    assert {key: (row["hosts"], row["packets"]) for key, row in rows.items()} == {
        key: (len(hosts[key]), packets[key]) for key in packets
    }
    assert [row["hosts"] for row in found["systems"]] == sorted(
        (len(one) for one in hosts.values()), reverse=True
    )
    for row in found["top_hosts"]:
        syns, syn_acks = sent.get(row["ip"], [0, 0])
        assert (row["syns"] + bool(row["tools"]), row["syn_acks"]) == (syns, syn_acks)
    assert len(found["top_hosts"]) == found["hosts"]


def test_links_and_uptimes(found: dict[str, Any]) -> None:
    # From what the docstrings of `support.sample` say; links are those of clients.
    assert [(row["mtu"], row["link"], row["packets"]) for row in found["links"]] == [
        (1500, "Ethernet", 6),
        (1492, "PPPoE (DSL)", 1),
    ]
    assert [(row["host"], row["role"], row["minutes"], row["reliable"]) for row in found["uptimes"]] == [
        ("198.51.100.22", "server", (15 * 24 + 3) * 60 + 42, True),
        ("203.0.113.7", "client", 11 * 60 + 16, True),
        ("192.0.2.144", "client", (10 * 24 + 13) * 60 + 8, False),
    ]


def test_unknown_signatures(run: Run, found: dict[str, Any]) -> None:
    assert found["unknown"] == []
    (name,) = json.loads(run("pcap", "--summary", "--format", "json", "--db", "small.fp", "odd.pcap").stdout)[
        "systems"
    ]
    assert name["name"] == "Generic"
    other = json.loads(run("pcap", "--summary", "--format", "json", "--db", "small.fp", "sample.pcap").stdout)
    signatures = {row["signature"]: row for row in other["unknown"]}
    scan = signatures["4:64:0:1460:1024,0:mss::0"]
    assert scan == {
        "direction": "request",
        "signature": "4:64:0:1460:1024,0:mss::0",
        "hosts": 1,
        "packets": 1,
    }


LOST = (
    "What this capture could not show\n  1 connection was open before the capture began, or captured in one "
    "direction: begin earlier, and capture both directions"
)


def test_text(run: Run, found: dict[str, Any]) -> None:
    done = run("pcap", "--summary", "sample.pcap")
    assert done.stdout.endswith(f"\nPackets   26 (2129 bytes), 26 analysed\n\n{LOST}\n")
    titles = [line for line in done.stdout.splitlines() if line and not line.startswith(" ")][2:]
    assert titles == [
        "Findings",
        "No finding about outdated software, false claims, shared addresses, "
        "post-quantum key exchange; not known: news since the last run",
        "Negotiated cryptography",
        "TLS versions",
        "Post-quantum key shares",
        "Top hosts (the first 10 of 12)",
        "Systems",
        "TLS clients",
        "Verdicts",
        "Unknown signatures",
        "Links",
        "Uptimes",
        "Packets   26 (2129 bytes), 26 analysed",
        "What this capture could not show",
    ]
    assert "      4        6  1500  Ethernet\n" in done.stdout


def test_several_workers_and_files_change_nothing(run: Run, found: dict[str, Any]) -> None:
    again = run("pcap", "--summary", "--format", "json", "--workers", "2", "sample.pcap")
    assert json.loads(again.stdout) == found


def test_into_a_file(run: Run, found: dict[str, Any], tmp_path: Path) -> None:
    assert run("pcap", "--summary", "--format", "json", "-o", "out", "sample.pcap").stdout == ""
    assert json.loads((tmp_path / "out").read_text()) == found


def test_hosts_are_bounded() -> None:
    analyzer = hg.Analyzer()
    whole = Summary(analyzer.database, max_inventory=10)
    for batch in analyzer.batches(samples.capture(25)):
        whole.add(batch)
    found = whole.as_dict(analyzer.stats)
    assert (found["hosts"], found["hosts_complete"]) == (10, False)
    assert repr(whole) == "<Summary of 10 hosts>"
    (system,) = found["systems"]
    assert (system["hosts"], system["packets"], found["left_out"]) == (10, 10, 15)
