"""Findings as events: each of a host once, when it is found, and whether a scan may be of forged SYNs."""

from __future__ import annotations

import csv
import io
import json
import pickle
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.cli.output.event_choice import EventChoice, event_choice
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.changes import FINDINGS, OF_RECORDS
from tests.hosts.test_change_rows import SHARED
from tests.support.captures import Packet, pcap
from tests.support.devices.arp import arp
from tests.support.finding_rows import ISN, RAW, connects, enough, ports
from tests.support.hosts import with_changes
from tests.support.in_process import run_in_process_as_text as run
from tests.support.packets import ACK, FIN, NOP, PSH, RST, SOK, SYN, Ip4, Tcp, ethernet, mss, packet
from tests.support.scans import HOST, SECOND, START, address, call, calls
from tests.support.segments import LINUX, segments


def completed(targets: list[tuple[str, int]], every: float = 0.1, source: str = HOST) -> list[Packet]:
    """Connections whose handshakes are completed, one after the other."""
    found = []
    for number, (target, port) in enumerate(targets):
        at, sport = number * every, 20000 + number
        acknowledgement = Tcp(sport=sport, dport=port, flags=ACK, seq=ISN + 1, ack=ISN + 1, options=b"")
        tcp = packet(Ip4(source, target), acknowledgement)
        answered = Tcp(sport=port, dport=sport, flags=SYN | ACK, ack=ISN + 1, window=65160)
        found += [
            call(target, port, at, source=source, sport=sport),
            (START + round((at + 0.01) * SECOND), packet(Ip4(target, source), answered)),
            (START + round((at + 0.02) * SECOND), tcp),
        ]
    return found


def lines(packets: list[Packet], **settings: Any) -> list[dict[str, Any]]:
    analyzer = hg.Analyzer(findings=True, **settings)
    batches = analyzer.batches(pcap(sorted(packets)))
    return [json.loads(line) for batch in batches for line in batch.render("json").splitlines()]


def findings(packets: list[Packet]) -> list[tuple[str, str | None]]:
    found = [line for line in lines(packets) if line["event"] == "finding"]
    return [(line["finding"], line.get("handshake")) for line in found]


FORGED_TOO = sorted([*completed(ports(24)), *calls(ports(800, 5000), 0.01)])
"""SYNs in the name of a host that has connections of its own to the same server."""


@pytest.mark.parametrize(
    ("packets", "expected"),
    [
        (RAW, [("vertical_scan", "none")]),
        (calls(((address(n), 22) for n in range(200)), 0.01), [("horizontal_scan", "none")]),
        (calls(((address(n), 445) for n in range(60)), 60), [("slow_scan", "none")]),
        (completed(ports(60)), [("vertical_scan", "completed")]),
        (calls(ports(60), 0.1, answered=10), [("vertical_scan", "none")]),  # nobody acknowledges the answers
        (FORGED_TOO, [("vertical_scan", "none")]),
        (completed([(address(n), 443) for n in range(60)]), []),
        (completed(ports(60, 5000)), []),
        (calls(ports(20), 0.1), []),
    ],
)
def test_scans_and_what_is_none(packets: list[Packet], expected: list[tuple[str, str | None]]) -> None:
    assert findings(packets) == expected


def few(number: int) -> bool:
    """24 of them."""
    return number % 8 == 7 and number != 199


NETWORK = [(address(number), 22) for number in range(200)]


@pytest.mark.parametrize("kind", ["vertical_scan", "horizontal_scan"])
@pytest.mark.parametrize(
    ("is_open", "flags", "handshakes"),
    [
        (enough, (ACK, RST | ACK), ["none", "completed"]),  # nmap -sT, and nothing follows
        (enough, (ACK, FIN | ACK), ["none", "completed"]),
        (few, (ACK, FIN | ACK), ["none"]),  # of a client whose name is on forged SYNs, too
        (enough, (FIN | ACK,), ["none", "completed"]),  # its ACK was not captured
        (enough, (RST | ACK,), ["none"]),  # of pf's `return`, which rejects answers to forged SYNs
        (enough, (RST,), ["none"]),  # nmap -sS: the answer went to who knows whom
        (enough, (ACK, PSH | ACK, FIN | ACK), ["none"]),  # a client with requests
        (enough, (ACK,), ["none"]),
        (lambda number: False, (), ["none"]),
    ],
)
def test_connections_that_are_only_closed_prove_a_scan(
    kind: str, is_open: Callable[[int], bool], flags: tuple[int, ...], handshakes: list[str]
) -> None:
    targets = ports(200, 5000) if kind == "vertical_scan" else NETWORK
    assert findings(connects(targets, is_open, *flags)) == [(kind, handshake) for handshake in handshakes]


def test_a_proven_scan_comes_once_more_and_once() -> None:
    """Raw SYNs first, then two programs that connect."""
    connecting = [
        one
        for begin, sport in ((10, 30000), (20, 35000))
        for one in connects(ports(200), enough, ACK, RST | ACK, begin=begin, sport=sport)
    ]
    assert findings([*RAW, *connecting]) == [("vertical_scan", "none"), ("vertical_scan", "completed")]


def test_forged_syns_do_not_make_a_client_or_a_health_check_a_scanner() -> None:
    """Both have connections with the server in whose name the SYNs are answered."""
    forged = [(time + 3 * SECOND, data) for time, data in calls(ports(300, 5000), 0.05)]
    client = connects([(address(1), 80)] * 10, lambda number: True, ACK, PSH | ACK, FIN | ACK, every=1)
    check = connects([(address(1), 80)] * 10, lambda number: True, ACK, RST | ACK, every=1)
    elsewhere = connects([(address(2), 80)], lambda number: True, ACK, RST | ACK, begin=5)
    for ordinary in (client, check, elsewhere):
        assert findings([*forged, *ordinary]) == [("vertical_scan", "none")]


def test_targets_that_got_data_or_are_checked_again_prove_nothing() -> None:
    """40 targets whose host sends data at the first connection, or repeats the check; and forged SYNs."""
    forged = [
        (time + 2 * SECOND, data) for time, data in calls([(address(n), 22) for n in range(300, 900)], 0.01)
    ]
    closed, targets = (ACK, RST | ACK), [(address(n), 22) for n in range(40)]
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    used = []
    for number, (target, port) in enumerate(targets):
        tcp = Tcp(
            sport=30000 + number,
            dport=port,
            flags=PSH | ACK,
            seq=ISN + 1,
            ack=ISN + 1,
            options=b"",
            payload=request,
        )
        used.append((START + round((number * 0.01 + 0.005) * SECOND), packet(Ip4(HOST, target), tcp)))
    opened = connects(targets, lambda number: True, ACK, every=0.01)
    probed = connects(targets, lambda number: True, *closed, every=0.01, begin=1, sport=31000)
    again = connects(targets, lambda number: True, *closed, every=0.01, begin=1.5, sport=32000)
    assert findings([*opened, *used, *probed, *forged]) == [("horizontal_scan", "none")]
    assert findings([*probed, *again, *forged]) == [("horizontal_scan", "none")]
    assert findings([*probed, *forged]) == [("horizontal_scan", "completed")]


def test_a_burst_that_is_refused_needs_no_later_packet() -> None:
    assert findings(connects(ports(26), lambda number: False)) == [("vertical_scan", "none")]
    assert findings(connects(ports(24), lambda number: False)) == []


@pytest.mark.parametrize("shut", range(30, 46))
def test_open_ports_prove_a_burst_whose_refusals_are_not_seen(shut: int) -> None:
    """As on the scanned host itself, which computes checksums after the capture."""
    packets = connects(ports(shut + 25), lambda number: number >= shut, ACK, FIN | ACK)
    seen = [(time, data) for time, data in packets if data[33] != RST | ACK]
    assert len(seen) == shut + 25 * 4
    assert findings(seen) == [("vertical_scan", "completed")]


def test_scans_whose_targets_may_answer_count_when_the_last_capture_ends() -> None:
    packets = calls(ports(30), 0.001)
    assert findings(packets) == [("vertical_scan", "none")]
    batches = hg.Analyzer(findings=True).batches([pcap(packets), pcap(RAW[:1])])
    first = json.loads(next(iter(batches)).render("json").splitlines()[-1])
    assert first["event"] != "finding", "not before"


def test_the_proof_is_an_event_of_its_own_packet() -> None:
    packets = connects(ports(200, 5000), enough, ACK, RST | ACK)
    found = [line for line in lines(packets) if line["event"] == "finding"]
    assert found[-1]["packet_number"] == len(packets)
    assert (found[-1]["src_ip"], found[-1]["src_port"], found[-1]["dst_port"]) == (HOST, 30199, 5199)
    assert found[-1]["flow"] == len(packets) - 3
    *_, result = hg.Analyzer(findings=True).analyze_pcap(pcap(packets))
    assert (result.parts, result.packet_number) == (result.findings, len(packets))
    assert result.findings[0].handshake == "completed"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [1, 7])
def test_neither_workers_nor_batches_move_it(workers: int, size: int) -> None:
    packets = connects(ports(200), enough, ACK, RST | ACK)
    pieces = [pcap(packets[at : at + size]) for at in range(0, len(packets), size)]
    batches = hg.Analyzer(findings=True).batches(pieces, workers=workers)
    (whole,) = hg.Analyzer(findings=True).batches(pcap(packets))
    assert whole.render("json").count(b'"handshake":"completed"') == 1
    assert b"".join(batch.render("json") for batch in batches) == whole.render("json")


def test_a_scan_of_the_host_itself_counts_though_its_address_is_loopback() -> None:
    assert findings(completed(ports(60), source="127.0.0.1")) == [("vertical_scan", "completed")]


def test_it_names_the_host_and_follows_the_event_that_completes_it() -> None:
    found = lines(RAW)
    (at,) = (number for number, line in enumerate(found) if line["event"] == "finding")
    event, before = found[at], found[at - 1]
    assert event["src_ip"] == HOST
    assert event["reason"] == "scanned many ports of an address"
    assert before["event"] == "syn"
    for name in ("time", "packet_number", "flow", "src_port", "dst_ip", "dst_port", "community_id"):
        assert event[name] == before[name]
    assert event["packet_number"] < len(RAW), "while the scan goes on"


def test_a_host_has_each_finding_once() -> None:
    twice = [*RAW, *((time + 3600 * SECOND, data) for time, data in RAW)]
    others = calls(ports(200), 0.01)
    other = [(time, data.replace(bytes((192, 0, 2, 1)), bytes((192, 0, 2, 9)))) for time, data in others]
    assert findings(twice) == [("vertical_scan", "none")]
    hosts = [line["src_ip"] for line in lines([*twice, *other]) if line["event"] == "finding"]
    assert sorted(hosts) == ["192.0.2.1", "192.0.2.9"]


MIXED = sorted([*completed(ports(60)), *calls(((address(n), 22) for n in range(300)), 0.01), *SHARED])


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [5, 64, 100_000])
def test_workers_and_pieces_change_nothing(workers: int, size: int) -> None:
    pieces = [pcap(MIXED[at : at + size]) for at in range(0, len(MIXED), size)]
    batches = hg.Analyzer(findings=True).batches(pieces, workers=workers)
    (whole,) = hg.Analyzer(findings=True).batches(pcap(MIXED))
    expected = whole.render("json")
    assert expected.count(b'"event":"finding"') >= 2
    assert b"".join(batch.render("json") for batch in batches) == expected


def systems(connections: int) -> list[Packet]:
    """Connections of one host, whose handshakes are of two systems in turn and are completed."""
    windows = Tcp(window=65535, options=mss(1460) + NOP + NOP + SOK)
    found = []
    for number, (time, data) in enumerate(completed([(address(1), 80)] * connections, every=1)):
        is_windows = number % 6 == 3  # a SYN of every second connection
        syn = replace(windows, sport=20000 + number // 3)
        found.append((time, packet(Ip4(HOST, address(1), ttl=128), syn) if is_windows else data))
    return found


def test_what_a_handshake_completes_waits_for_the_next_row_of_the_host() -> None:
    """The second handshake contradicts the first; the acknowledgement that completes it has no row."""
    two, three = systems(2), systems(3)
    inventory = Inventory(hg.Database.load_default())
    for batch in hg.Analyzer().batches(pcap(two)):
        inventory.add(batch)
    (found,) = (host.findings for host in inventory if host.ip == HOST)
    assert found == ("contradicting_systems",)
    assert findings(two) == []
    (event,) = (line for line in lines(three) if line["event"] == "finding")
    assert (event["finding"], event.get("handshake")) == ("contradicting_systems", None)
    assert (event["src_ip"], event["packet_number"]) == (HOST, len(two) + 1)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("size", [1, 3, 4])
def test_it_waits_in_whatever_batch_that_is(workers: int, size: int) -> None:
    packets = systems(8)
    pieces = [pcap(packets[at : at + size]) for at in range(0, len(packets), size)]
    batches = hg.Analyzer(findings=True).batches(pieces, workers=workers)
    (whole,) = hg.Analyzer(findings=True).batches(pcap(packets))
    assert whole.render("json").count(b'"event":"finding"') == 2
    assert b"".join(batch.render("json") for batch in batches) == whole.render("json")


def test_changes_are_the_same() -> None:
    def changes(**settings: Any) -> list[bytes]:
        batches = hg.Analyzer(**settings).batches(pcap(MIXED))
        rendered = (line for batch in batches for line in batch.render("p0f").splitlines())
        return list(rendered)

    assert changes(findings=True) == changes(changes=True)


def test_p0fs_log_is_that_of_p0f() -> None:
    (plain,) = hg.Analyzer(changes=True).batches(pcap(RAW))
    (found,) = hg.Analyzer(findings=True).batches(pcap(RAW))
    assert len(found) == len(plain) + 1
    assert found.render("p0f") == plain.render("p0f")


def test_forms() -> None:
    (batch,) = hg.Analyzer(findings=True).batches(pcap(RAW))
    row = batch["event"].tolist().index(lib.HG_EVENT_FINDING)
    text = (
        "[Finding] 192.0.2.1:40124 → 10.0.0.1:125\n  Kind:    vertical_scan\n"
        "  Reason:  scanned many ports of an address\n  Handshake: none\n\n"
    )
    assert text in batch.render().decode()
    eve, ecs = (
        next(line for line in map(json.loads, batch.render(form).splitlines()) if "vertical" in str(line))
        for form in ("eve", "ecs")
    )
    assert eve["src_ip"] == HOST
    assert (eve["fingerprint"]["finding"], eve["fingerprint"]["handshake"]) == ("vertical_scan", "none")
    assert ecs["source"]["ip"] == HOST
    assert (ecs["event"]["dataset"], ecs["huginn"]["handshake"]) == ("huginn.finding", "none")
    assert FINDINGS[batch["finding"][row]] == "vertical_scan"
    assert batch["handshake"][row] == lib.HG_HANDSHAKE_NONE


def test_results() -> None:
    results = list(hg.Analyzer(findings=True).analyze_pcap(pcap(RAW)))
    assert len(results) == len(RAW)
    (result,) = (one for one in results if one.findings)
    (finding,) = result.findings
    assert (finding.finding, finding.handshake, finding.source.ip) == ("vertical_scan", "none", HOST)
    assert finding in result.parts
    assert "scanned many ports" in finding._repr_html_()
    assert pickle.loads(pickle.dumps(result)) == result
    assert pickle.loads(pickle.dumps(finding)) == finding


def test_they_are_counted() -> None:
    analyzer = hg.Analyzer(findings=True)
    list(analyzer.batches(pcap(RAW)))
    assert analyzer.stats.events_by_kind["finding"] == 1


def test_without_being_asked_there_are_none() -> None:
    for settings in ({}, {"changes": True}):
        for batch in hg.Analyzer(**settings).batches(pcap(RAW)):
            assert lib.HG_EVENT_FINDING not in batch["event"].tolist()


def test_an_inventory_reports_them_too() -> None:
    inventory = Inventory(None, live=True)
    inventory.report_findings()
    (batch,) = hg.Analyzer(None).batches(pcap(RAW))
    (found,) = with_changes(inventory, pcap(RAW))
    assert len(found) == len(batch) + 1


# ---- --events


@pytest.fixture
def raw(tmp_path: Path) -> str:
    path = tmp_path / "raw.pcap"
    path.write_bytes(pcap(RAW))
    return str(path)


def events(*args: str) -> list[str]:
    done = run("pcap", "--format", "json", *args)
    assert done.returncode == 0, done.stderr
    return [json.loads(line)["event"] for line in done.stdout.splitlines()]


def test_events_are_selected_by_kind(raw: str) -> None:
    assert set(events(raw)) == {"syn", "mtu"}
    assert events("--events", "mtu", raw) == ["mtu"] * 200
    assert events("--events", "scan", raw) == ["finding"]
    assert events("--events", "finding", raw) == ["finding"]
    assert events("--events", "vertical_scan", raw) == ["finding"]
    assert events("--events", "scanner,tls_client", raw) == []
    both = events("--events", "mtu, scan", raw)
    assert both.count("mtu") == 200
    assert both.count("finding") == 1


def test_readers_that_are_off_are_switched_on(raw: str, tmp_path: Path) -> None:
    """Named, an event is there without another option."""
    path = tmp_path / "others.pcap"
    of_linux = [(time, ethernet(data)) for time, data in segments(30, LINUX, HOST)]
    path.write_bytes(pcap([(START, arp()), *of_linux], 1))
    assert events(str(path)).count("arp") == events(str(path)).count("segments") == 0
    assert events("--events", "arp", str(path)) == ["arp"]
    assert set(events("--events", "segments", str(path))) == {"segments"}


def test_other_forms(raw: str) -> None:
    (row,) = csv.DictReader(io.StringIO(run("pcap", "--events", "scan", "--format", "csv", raw).stdout))
    assert (row["src_ip"], row["finding"], row["handshake"]) == (HOST, "vertical_scan", "none")
    assert run("pcap", "--events", "scan", raw).stdout.startswith("[Finding] 192.0.2.1:")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--events", "sacn"), "no kind of event 'sacn'; did you mean scan"),
        (("--events", "syn,"), "no kind of event ''; a name is missing"),
        (("--events", "old_tls"), "old_tls is not an event; only records of hosts have it"),
        (("--events", "scan", "--format", "p0f"), "p0f has no findings"),
        (("--events", "syn", "--summary"), "--summary covers all events"),
        (("--events", "arp", "--protocols", "tcp"), "--events arp needs arp in --protocols as well"),
    ],
)
def test_what_is_refused(raw: str, args: tuple[str, ...], message: str) -> None:
    done = run("pcap", *args, raw)
    assert done.returncode == 2
    assert message in done.stderr


def test_rows_of_all_readers_are_selected_with_their_values() -> None:
    (batch,) = hg.Analyzer(findings=True).batches(pcap(MIXED))
    all_lines = batch.render("json").splitlines()
    for name in ("syn", "syn_ack", "mtu", "host_change", "finding"):
        (found,) = event_choice([name]).of(iter([batch]))
        expected = [line for line in all_lines if json.loads(line)["event"] == name]
        assert found.render("json").splitlines() == expected != []
        for reader in ("tcp", "changes"):
            places = getattr(found, reader)["row"].tolist()
            assert all(one < other for one, other in pairwise(places))
    assert list(EventChoice(0, 0, 0).of(iter([batch]))) == []


def test_every_finding_is_an_event_or_of_records_alone() -> None:
    assert len(FINDINGS) == len(set(FINDINGS)) <= 64, "bits"
    assert set(OF_RECORDS) < set(FINDINGS)
    assert event_choice(["finding"]).findings == sum(
        1 << number for number, name in enumerate(FINDINGS) if name not in OF_RECORDS
    )


def test_a_row_with_another_finding_than_there_are_is_refused() -> None:
    (batch,) = hg.Analyzer(findings=True).batches(pcap(RAW))
    assert len(pickle.loads(pickle.dumps(batch))) == len(batch)
    batch._cells.dense["changes"]["finding"][0] = len(FINDINGS)
    with pytest.raises(hg.HuginnError):
        pickle.loads(pickle.dumps(batch))
