"""The package against the reference: random traffic, random signatures, small tables."""

from __future__ import annotations

from random import Random

import pytest

import huginn_cffi as hg
from sigcompiler.reading.parser import parse_text
from tests.acceptance.cases import without_ends
from tests.acceptance.public import part_rows
from tests.reference.analyze import ReferenceAnalysis
from tests.reference.capture import ReferenceFrame
from tests.reference.render import event_line
from tests.reference.tracker import Tracker
from tests.support.traffic import LINKTYPES, random_database, random_stream

Rows = list[tuple[int, str, str | None]]


def reference_rows(analysis: ReferenceAnalysis, stream: list[tuple[int, bytes]], linktype: int) -> Rows:
    frames = (
        ReferenceFrame(number, when, linktype, data, len(data))
        for number, (when, data) in enumerate(stream, 1)
    )
    return [
        (told.frame.number, without_ends(event_line(told.event)), told.event.seen.tunnel)
        for told in analysis.run(frames)
    ]


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
