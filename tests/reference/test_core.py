"""The package against the reference: random traffic, random signatures, small tables."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from struct import pack

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from tests.acceptance.cases import without_ends
from tests.acceptance.public import part_rows
from tests.reference.analyze import ReferenceAnalysis
from tests.reference.capture import ReferenceFrame
from tests.reference.render import event_line
from tests.reference.tracker import Tracker
from tests.support.packets import ACK, FIN, RST, SYN, Ip4, Tcp, packet
from tests.support.traffic import LINKTYPES, random_database, random_stream

Rows = list[tuple[int, str, str | None]]
RAW = 101


def reference_rows(analysis: ReferenceAnalysis, stream: list[tuple[int, bytes]], linktype: int) -> Rows:
    frames = (
        ReferenceFrame(number, when, linktype, data, len(data))
        for number, (when, data) in enumerate(stream, 1)
    )
    return [
        (told.frame.number, without_ends(event_line(told.event)), told.event.seen.tunnel)
        for told in analysis.run(frames)
    ]


@pytest.mark.parametrize("seed", range(100))
def test_ports_that_several_connections_use_at_once(seed: int) -> None:
    random = Random(seed)
    starts, answers = ([random.randrange(2**32) for _ in "abcd"] for _ in "ab")
    stream, when = [], 10**18
    for _ in range(25):
        when += random.choice((10**6, 10**8, 10**9))
        start, answer = random.choice(starts), random.choice(answers)
        kind = random.choice((SYN, SYN, SYN | ACK, ACK, RST, FIN | ACK))
        is_server = kind == SYN | ACK or random.random() < 0.2
        begin, acked = (answer, start + 1) if is_server else (start, answer + 1 if kind & ACK else 0)
        options = timestamped(when // 10**6) if kind & SYN else b""
        ip = Ip4(source="10.0.0.1", destination="10.0.0.2")
        ends = replace(ip, source=ip.destination, destination=ip.source) if is_server else ip
        sport, dport = (80, 40000) if is_server else (40000, 80)
        seq = (begin + (not kind & SYN)) % 2**32
        tcp = Tcp(sport, dport, seq, acked % 2**32, kind, 512, options, b"")
        stream.append((when, packet(ends, tcp)))
    wanted = reference_rows(ReferenceAnalysis(Tracker()), stream, RAW)
    with hg.Analyzer(None, protocols=("tcp",)) as analyzer:
        results = analyzer.analyze_packets(stream, linktype=RAW)
        found = [(result.packet_number, row, None) for result in results for row, _ in part_rows(result)]
    assert found == wanted


def timestamped(clock: int) -> bytes:
    return b"\2\4\5\xb4\4\2\x08\x0a" + pack("!II", clock % 2**32, 0) + b"\1\3\3\7"


@pytest.mark.parametrize("seed", range(40))
def test_same_events_and_counts(seed: int) -> None:
    random = Random(seed)
    text = random_database(random, 60)
    signatures, diagnostics = parse_text(text, "random.fp")
    assert [found for found in diagnostics if found.severity == "error"] == []
    database = hg.Database.compile(text=text)
    for linktype in LINKTYPES:
        flows, hosts = random.choice((1, 2, 3, 1000)), random.choice((1, 2, 10000))
        stream = random_stream(random, linktype, 60)
        analysis = ReferenceAnalysis(
            Tracker(signatures.tcp, signatures.mtu, max_connections=flows, max_hosts=hosts)
        )
        wanted = reference_rows(analysis, stream, linktype)
        with hg.Analyzer(database, max_connections=flows, max_hosts=hosts, protocols=("tcp",)) as analyzer:
            results = analyzer.analyze_packets(stream, linktype=linktype)
            found = [
                (result.packet_number, row, result.tunnel)
                for result in results
                for row, _ in part_rows(result)
            ]
            stats = analyzer.stats
        assert found == wanted
        assert {name: count for name, count in stats.drops.items() if count} == dict(analysis.drops)
        counts = analysis.tracker.counts
        assert stats.flows_evicted_half_open + stats.flows_evicted_established == counts.flows_evicted
        assert (stats.flows_aged, stats.hosts_aged) == (counts.flows_aged, counts.hosts_aged)
        assert (stats.hosts_evicted, stats.syn_acks_without_syn) == (
            counts.hosts_evicted,
            counts.orphan_syn_acks,
        )
