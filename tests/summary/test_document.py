"""The document: the same however rows come, bounded, and valid whatever names there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from ipaddress import IPv4Address
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.analyzer import captures_of
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.summary_text import summary_text
from huginn_cffi.run.stats import Stats
from tests.support import report_samples as samples
from tests.support.captures import Packet, pcap
from tests.support.packets import LINUX_OPTIONS, NOP, Ip4, Tcp, mss, packet, wscale
from tests.support.sample import sample
from tests.support.summaries import document, summary_of

SECOND = 10**9
START = 1_700_000_000 * SECOND
ROWS, TOP_BYTES = 500, 96 << 10
"""The most of a list."""


def syn(number: int, *, window: int = 64240, options: bytes = LINUX_OPTIONS, at: int = START) -> Packet:
    """From host `number`."""
    tcp = Tcp(sport=1024 + number % 60000, window=window, options=options)
    return at, packet(Ip4(str(IPv4Address(0x0A000000 + number)), ttl=64 - number % 5), tcp)


def mixed() -> Iterator[Packet]:
    """Hosts of several networks and kinds, with and without names, over an hour."""
    for number in range(600):
        strange = mss(1460) + NOP * 4 + wscale(3) + NOP if number % 7 == 0 else LINUX_OPTIONS
        yield syn(
            number * 37 % 5000, window=64240 - number % 3, options=strange, at=START + number * 6 * SECOND
        )


@pytest.mark.parametrize(("rows", "workers"), [(16, 1), (100, 1), (16384, 2), (50, 2)])
def test_how_rows_come_changes_nothing(rows: int, workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (sample(), pcap(list(mixed()))):
        whole = summary_of(data).document(Stats())
        with monkeypatch.context() as patch:
            patch.setattr("huginn_cffi.analysis.analyzer.BATCH_ROWS", rows)
            assert summary_of(data, workers=workers).document(Stats()) == whole
        assert "\n" not in whole


def test_a_document_can_be_written_again_while_rows_come(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pcap(list(mixed()))
    whole = summary_of(data).document(Stats())
    monkeypatch.setattr("huginn_cffi.analysis.analyzer.BATCH_ROWS", 64)
    analyzer = hg.Analyzer()
    found = Summary(analyzer.database)
    for batch in analyzer.batches(data):
        found.add(batch)
        found.document(Stats())
    assert found.document(Stats()) == whole


def test_nothing() -> None:
    found = document(pcap([]))
    assert (found["hosts"], found["first_event"], found["over_time"]) == (0, None, None)
    assert found["hosts_complete"] is True
    assert not any(
        found[name] for name in ("findings", "systems", "links", "subnets", "top_hosts", "omitted")
    )


def test_lists_are_cut_and_say_so() -> None:
    found = document(pcap([syn(number * 256) for number in range(ROWS + 30)]))
    assert (found["hosts"], found["hosts_complete"]) == (ROWS + 30, True)
    assert [len(found[name]) for name in ("subnets", "systems")] == [ROWS, 1]
    assert found["omitted"] == {"subnets": 30, "top_hosts": ROWS + 30 - len(found["top_hosts"])}
    sizes = [len(json.dumps(one, separators=(",", ":"))) for one in found["top_hosts"]]
    assert sum(sizes[:-1]) < TOP_BYTES <= sum(sizes) + len(sizes)
    assert found["systems"][0]["hosts"] == ROWS + 30
    assert [one["ip"] for one in found["top_hosts"][:3]] == ["10.0.0.0", "10.0.1.0", "10.0.2.0"]


def test_those_of_most_handshakes_are_kept() -> None:
    last = "10.76.75.64"
    often: list[Packet] = [
        (START, packet(Ip4(last), Tcp(sport=port, options=LINUX_OPTIONS))) for port in (8, 9, 10)
    ]
    found = document(pcap([*(syn(number) for number in range(ROWS + 5)), *often]))
    assert (found["top_hosts"][0]["ip"], found["top_hosts"][0]["syns"]) == (last, 3)
    assert found["omitted"] == {"top_hosts": ROWS + 6 - len(found["top_hosts"])}


def test_hosts_beyond_the_limit_are_counted() -> None:
    found = document(pcap([syn(number) for number in range(50)]), max_inventory=20)
    assert (found["hosts"], found["left_out"], found["hosts_complete"]) == (20, 30, False)
    assert sum(row["hosts"] for row in found["systems"]) == 20
    assert sum(sum(one["counts"]) for one in found["over_time"]["series"]) == 50, "of all hosts"
    (loss,) = found["losses"]
    assert (loss["kind"], loss["count"]) == ("limit", 30)
    assert loss["text"] == "30 packets were left out, of hosts beyond --max-inventory: raise it"
    assert MAX_INVENTORY == 1_000_000


def test_names_beyond_those_of_a_host_are_counted_and_the_host_is_named() -> None:
    """64 names are kept; the hosts, all counted, are complete."""
    label = "label = s:unix:System {0}:\nsig = *:64:0:*:{0},*:mss,sok,ts,nop,ws:df,id+:0\n"
    text = "classes = unix\n[tcp:request]\n" + "".join(map(label.format, range(2000, 2070)))
    own = (Tcp(sport=number, window=number, options=LINUX_OPTIONS) for number in range(2000, 2070))
    packets = [*((START, packet(Ip4("10.0.5.5"), tcp)) for tcp in own), syn(7, window=2000)]
    with hg.Analyzer(hg.Database.compile(text=text)) as analyzer:
        summary = Summary(analyzer.database)
        for batch in analyzer.batches(pcap(packets)):
            summary.add(batch)
        found = summary.as_dict(analyzer.stats)
    assert (found["hosts"], found["left_out"], found["hosts_complete"]) == (2, 6, True)
    said = [one["text"] for one in found["losses"]]
    assert said == ["6 packets were left out, of hosts with more names than are kept: 10.0.5.5"]
    assert summary_text(found).splitlines()[-2:] == [
        "What this capture could not show",
        f"  {said[0]}",
    ]


def test_a_live_one_forgets_hosts() -> None:
    analyzer = hg.Analyzer()
    found = Summary(analyzer.database, max_inventory=20, live=True)
    for batch in analyzer.batches(pcap([syn(number) for number in range(50)])):
        found.add(batch)
    document = found.as_dict(analyzer.stats)
    assert (document["hosts"], document["left_out"], document["hosts_complete"]) == (20, 0, False)
    assert (found.left_out, found.hosts.forgotten, len(found.hosts)) == (0, 30, 20)


def test_subnets_and_distances() -> None:
    packets = [syn(number) for number in (1, 2, 3, 256, 257, 512)]
    found = document(pcap(packets))
    assert [(row["network"], row["hosts"]) for row in found["subnets"]] == [
        *(("10.0.0.0/24", 3), ("10.0.1.0/24", 2), ("10.0.2.0/24", 1)),
    ]
    assert found["subnets"][0]["systems"] == [{"name": "Linux", "hosts": 3}]
    assert found["distances"] == [{"hops": 2, "hosts": 3}, {"hops": 1, "hosts": 2}, {"hops": 3, "hosts": 1}]


def test_families_count_each_address_once() -> None:
    found = document(samples.families())
    assert {(one["name"], one["role"]) for one in found["systems"]} == {
        *(("Windows", "client"), ("Linux", "client"), ("Linux", "server"), ("NMap", "client")),
    }
    assert len([one for one in found["systems"] if one["name"] == "Windows"]) == 2
    assert found["families"] == [
        {"name": "Windows", "hosts": 2},
        {"name": "Linux", "hosts": 1},
        {"name": None, "hosts": 1},
    ]


def test_names_of_captures(tmp_path: Path) -> None:
    file = tmp_path / 'a"b\x7f\n.pcap'
    file.write_bytes(sample())
    analyzer = hg.Analyzer()
    found = Summary(analyzer.database)
    for batch in analyzer.batches(file):
        found.add(batch)
    text = found.document(analyzer.stats, captures_of(analyzer))
    assert json.loads(text)["captures"][0]["name"] == str(file)
    assert text.isprintable()


def test_as_dict_cuts_lists() -> None:
    analyzer = hg.Analyzer()
    found = Summary(analyzer.database)
    for batch in analyzer.batches(sample()):
        found.add(batch)
    whole, cut = found.as_dict(analyzer.stats), found.as_dict(analyzer.stats, top=2)
    assert cut["systems"] == whole["systems"][:2]
    assert cut["tls"]["versions"] == whole["tls"]["versions"][:2]
    assert cut["hosts"] == whole["hosts"]


NOW = 20_000 * 86_400 * SECOND
HOUR = 3600 * SECOND
HOURS = [NOW + hour * HOUR for hour in range(10)]
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("times", "first", "apart"),
    [
        (HOURS, NOW, 0),
        ([0, *HOURS], NOW, 1),
        ([*HOURS, 2 * NOW], NOW, 1),
        ([0, *HOURS, 2 * NOW], NOW, 2),
        ([0] * 5 + HOURS, 0, 0),
        ([NOW - DAY, *HOURS], NOW - DAY, 0),
        ([NOW - 20 * DAY, *HOURS], NOW, 1),
        ([0, NOW], 0, 0),
        ([NOW], NOW, 0),
        ([NOW + day * DAY for day in range(300)], NOW, 0),
    ],
)
def test_what_is_far_from_the_rest_is_set_apart(times: list[int], first: int, apart: int) -> None:
    """A wrong clock does not spoil the axis of time."""
    found = document(pcap([syn(number, at=at) for number, at in enumerate(times)]))["over_time"]
    (series,) = found["series"]
    assert (sum(series["counts"]), found["apart"]) == (len(times) - apart, apart)
    assert found["bins"] == len(series["counts"]) <= 96
    begin = found["begin"][:19]
    width = found["step_seconds"]
    assert series["counts"][0] > 0
    assert abs(seconds(begin) - first // SECOND) < width


def seconds(text: str) -> float:
    from datetime import UTC, datetime

    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def test_times_in_any_order_take_bounded_memory() -> None:
    times = [START + number * 7919 * SECOND % (400 * DAY) for number in range(5000)]
    found = document(pcap([syn(number, at=at) for number, at in enumerate(times)]))["over_time"]
    assert sum(found["series"][0]["counts"]) == 5000
    assert 10 < found["bins"] <= 96
