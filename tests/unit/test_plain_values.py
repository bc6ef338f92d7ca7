"""Results, parts and hosts as plain values: they equal the JSON that commands write."""

from __future__ import annotations

import asyncio
import json
from itertools import chain
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet

EXAMPLES = Path(__file__).parents[2] / "examples"
CAPTURES = [EXAMPLES / name for name in ("sample.pcap", "devices.pcap")]
TUNNELED = Ip4(protocol=4).pack(packet(Ip4(source="192.0.2.7"), Tcp(options=mss(1460))))


def analyzer() -> hg.Analyzer:
    return hg.Analyzer(http="all", findings=True, changes=True, segments=True)


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_parts_equal_the_lines_of_json(capture: Path) -> None:
    (batch,) = analyzer().batches(capture)
    lines = batch.render("json").decode().splitlines()
    parts = [*batch]
    assert [part.to_json() for part in parts] == lines
    for part, record in zip(parts, map(json.loads, lines), strict=True):
        assert part.as_dict() == record
        assert part.event == record["event"]
        assert (part.packet_number, part.flow) == (record["packet_number"], record["flow"])
        assert (part.tunnel, part.community_id) == (record.get("tunnel"), record.get("community_id"))
    assert [part.time_ns for part in parts] == batch["time_ns"].tolist()
    assert {part.community_id is None for part in parts} == {False} or capture.stem == "devices"


def test_results_have_the_records_by_name() -> None:
    for result in analyzer().analyze_pcap(CAPTURES[0]):
        found = result.as_dict()
        assert json.loads(result.to_json()) == found
        records = chain.from_iterable(one if isinstance(one, list) else [one] for one in found.values())
        assert [*records] == [part.as_dict() for part in result.parts]
        assert all(found[name]["event"] == name for name in found if name not in ("changes", "findings"))
    assert hg.fingerprint(b"").as_dict() == {}


@pytest.mark.parametrize("capture", CAPTURES, ids=lambda path: path.stem)
def test_hosts_equal_the_lines_of_json(capture: Path) -> None:
    one = analyzer()
    hosts = Inventory(one.database)
    for batch in one.batches(capture):
        hosts.add(batch)
    hosts.conclude()
    lines = b"".join(hosts.written("json")).splitlines()
    assert len(lines) > 3
    assert [host.as_dict() for host in hosts] == [*map(json.loads, lines)]
    assert [json.loads(host.to_json()) for host in hosts] == [*map(json.loads, lines)]


def test_the_parts_of_a_connection_share_its_flow() -> None:
    found: dict[int, set[str]] = {}
    for result in analyzer().analyze_pcap(CAPTURES[0]):
        for part in result.parts:
            found.setdefault(part.flow, set()).add(type(part).__name__)
    assert {"SynObservation", "SynAckObservation", "TlsClientObservation"} <= found[21]


def test_the_tunnel_of_a_part() -> None:
    (result,) = hg.Analyzer(None).analyze_packets([(7, TUNNELED)])
    assert result.syn is not None
    assert (result.syn.tunnel, result.syn.time_ns, result.syn.source.ip) == ("ipip", 7, "192.0.2.7")


def test_statistics_belong_to_their_call() -> None:
    one = hg.Analyzer(None)
    first, second = one.analyze_pcap(CAPTURES[0]), one.batches(pcap([], 101))
    assert (len([*first]) > 0, [*second]) == (True, [])
    assert (first.stats.packets, second.stats.packets, one.stats.packets) == (26, 0, 0)
    assert first.stats.events == sum(first.stats.events_by_kind.values()) > 0


def test_captures_with_an_event_loop() -> None:
    async def main() -> tuple[list[hg.AnalysisResult], list[int]]:
        results = analyzer().analyze_pcap(CAPTURES[0])
        found = [one async for one in results]
        with pytest.raises(hg.HuginnError, match="was already read"):
            aiter(results)
        async with analyzer().batches(CAPTURES[0]) as batches:
            sizes = [len(one) async for one in batches]
            assert batches.stats.packets == 26
        return found, sizes

    found, sizes = asyncio.run(main())
    assert found == [*analyzer().analyze_pcap(CAPTURES[0])]
    assert sizes == [len(one) for one in analyzer().batches(CAPTURES[0])]


def test_an_asynchronous_loop_takes_all_or_raises() -> None:
    async def main() -> None:
        results = analyzer().analyze_pcap(CAPTURES[0])
        next(results)
        with pytest.raises(hg.HuginnError, match="was begun"):
            aiter(results)
        missing = analyzer().analyze_pcap(EXAMPLES / "missing.pcap")
        with pytest.raises(hg.CaptureError):
            await anext(aiter(missing))
        endless = analyzer().analyze_packets((number, TUNNELED) for number in iter(int, 1))
        task = asyncio.create_task(anext(aiter(endless)))
        await asyncio.sleep(0.01)
        await endless.aclose()
        await asyncio.wait([task])

    asyncio.run(main())
