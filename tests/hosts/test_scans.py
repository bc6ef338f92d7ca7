"""Scans: who calls many addresses or ports without an answer. Busy clients and backscatter are none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from tests.support.captures import Packet, pcap
from tests.support.packets import ACK, RST
from tests.support.scans import HOST, address, answer, call, calls


def summary_of(packets: list[Packet], **settings: Any) -> Summary:
    analyzer = hg.Analyzer(**settings)
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(sorted(packets))):
        summary.add(batch)
    return summary


def scans(packets: list[Packet]) -> list[tuple[str, str]]:
    """Kind and words of each finding about a scan."""
    return [
        (one["kind"], one["text"].partition(": ")[2])
        for one in summary_of(packets).findings()
        if one["kind"].endswith("_scan")
    ]


def test_one_host_and_a_thousand_addresses() -> None:
    (finding,) = summary_of(calls(((address(n), 22) for n in range(1000)), 0.01)).findings()
    assert finding["text"] == (
        "192.0.2.1 tried many addresses that did not answer, as a scan does, "
        "and as clients do whose servers or peers are down: 192.0.2.1 "
        "(1,000 addresses at port 22 in 10 seconds, 100 a second, none answered)"
    )
    assert (finding["kind"], finding["hosts"], finding["packets"]) == ("horizontal_scan", [HOST], 1000)
    assert finding["first_seen"] == "2025-10-09T08:53:20.000000000Z"
    assert finding["last_seen"] == "2025-10-09T08:53:29.990000000Z"


def test_a_client_that_polls_dead_servers_is_not_called_a_scanner(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """40 of them, a minute apart: the packets show no difference."""
    packets = calls(((address(n), 443) for n in range(40)), 60)
    (finding,) = summary_of(packets).findings()
    assert (finding["kind"], finding["headline"]) == (
        *("slow_scan", "192.0.2.1 slowly tried many targets that did not answer"),
    )
    assert "and as clients do whose servers or peers are down" in finding["text"]
    path = tmp_path / "dead.pcap"
    path.write_bytes(pcap(packets))
    assert main(["hosts", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "  Tried:  40 addresses at port 443 in 39 minutes" in printed
    assert "  192.0.2.1 slowly tried many targets that did not answer\n" in printed


SCANS = {
    "three of ten answer": (
        calls(((address(n), 22) for n in range(1000)), 0.01, answered=3),
        [("horizontal_scan", "1,000 addresses at port 22 in 10 seconds, 100 a second, 300 answered")],
    ),
    "two of ten answer at a high port": (
        calls(((address(n), 3389) for n in range(1000)), 0.01, answered=2),
        [("horizontal_scan", "1,000 addresses at port 3389 in 10 seconds, 100 a second, 200 answered")],
    ),
    "sixteen rounds": (
        calls(((address(n % 150), 22) for n in range(2400)), 0.01),
        [("horizontal_scan", "150 addresses at port 22 in 1 second, 100 a second, none answered")],
    ),
    "ports of one address": (
        calls(((address(1), 1 + n) for n in range(1000)), 0.01),
        [("vertical_scan", "1,000 ports of 1 address in 10 seconds, 100 a second, none answered")],
    ),
    "well-known ports that all answer": (
        calls(((address(1), 1 + n) for n in range(30)), 0.1, answered=10),
        [("vertical_scan", "30 ports of 1 address in 3 seconds, 10 a second, 30 answered")],
    ),
    "one a minute": (
        calls(((address(n), 445) for n in range(60)), 60),
        [("slow_scan", "60 addresses at port 445 in 59 minutes, 60 an hour, none answered")],
    ),
    "one in five minutes": (
        calls(((address(1), 7000 + n) for n in range(40)), 300),
        [("slow_scan", "40 ports of 1 address in 3 hours, 12 an hour, none answered")],
    ),
    "a network and three ports": (
        calls(((address(n // 3), (22, 80, 443)[n % 3]) for n in range(762)), 0.001),
        [
            (
                "horizontal_scan",
                "254 addresses at ports 22, 80 and 443 in 1 second, 1,000 a second, none answered",
            )
        ],
    ),
    "a network and a hundred ports": (
        calls(((address(n % 100), n // 100) for n in range(10_000)), 0.001),
        [("horizontal_scan", "100 addresses at 100 ports in 10 seconds, 1,000 a second, none answered")],
    ),
    "random ports": (
        calls(((address(n), 1 + n * 7919 % 60000) for n in range(500)), 0.1),
        [("horizontal_scan", "500 addresses at 500 ports in 50 seconds, 10 a second, none answered")],
    ),
    "each address twice": (
        calls(((address(n % 50), 22) for n in range(100)), 0.1),
        [("horizontal_scan", "50 addresses at port 22 in 5 seconds, 10 a second, none answered")],
    ),
    "both": (
        [
            *calls(((address(n), 22) for n in range(100)), 0.1),
            *calls(((address(9999), 5000 + n) for n in range(100)), 0.1),
        ],
        [
            ("horizontal_scan", "100 addresses at port 22 in 10 seconds, 10 a second, none answered"),
            ("vertical_scan", "100 ports of 1 address in 10 seconds, 10 a second, none answered"),
        ],
    ),
}


@pytest.mark.parametrize("name", SCANS)
def test_scans(name: str) -> None:
    packets, wanted = SCANS[name]
    assert scans(packets) == [(kind, f"{HOST} ({words})") for kind, words in wanted]


def test_targets_with_many_tries_hide_no_others() -> None:
    """Decoys that never answer do not make a scan look like checks of its targets."""
    sweep = calls(((address(n), 445) for n in range(254)), 0.05)
    few = calls(((address(n), 8080) for n in range(30)), 0.05)
    decoys = [call(address(9999), 445, -60 + n / 100, sport=1024 + n) for n in range(4400)]
    others = [call(address(9990 + n % 4), 8080, -60 + n / 100, sport=1024 + n) for n in range(4400)]
    assert "255 addresses at port 445" in scans([*sweep, *decoys])[0][1]
    assert "34 addresses at port 8080" in scans([*few, *others])[0][1]


NONE = {
    "few addresses": calls(((address(n), 22) for n in range(24)), 0.1),
    "backscatter": [answer(HOST, 80, n / 100, client=address(n)) for n in range(2000)],
    "backscatter of RSTs": [
        answer(HOST, 80, n / 100, client=address(n), flags=RST | ACK) for n in range(2000)
    ],
    "a flood of forged SYNs": [call(HOST, 80, n / 1000, source=address(n)) for n in range(3000)],
    "one target again and again": [call(address(1), 80, n / 10, sport=1024 + n) for n in range(1000)],
    "health checks, some of which fail": calls(((address(n % 20), 80) for n in range(1000)), 0.1, answered=5),
    "health checks that all fail": calls(((address(n % 40), 80) for n in range(1000)), 0.1),
    "health checks of many servers that all fail": calls(((address(n % 150), 80) for n in range(2550)), 0.1),
    "peers, of which six of ten are gone": calls(((address(n), 6881) for n in range(500)), 0.2, answered=4),
    "a crawler": calls(((address(n), 443) for n in range(1000)), 0.01, answered=7),
    "a mail server": calls(((address(n), 25) for n in range(300)), 3, answered=6),
    "a resolver": calls(((address(n), 53) for n in range(300)), 0.1, answered=9),
    "passive FTP": calls(((address(1), 40000 + n) for n in range(200)), 1, answered=10),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_scan(name: str) -> None:
    assert scans(NONE[name]) == []


def test_a_scan_is_found_beside_much_ordinary_traffic() -> None:
    ordinary = calls(((address(n), 443) for n in range(3000)), 0.01, answered=10)
    scanning = calls(((address(n), 23) for n in range(100)), 0.1)
    assert scans([*ordinary, *scanning]) == [
        ("horizontal_scan", f"{HOST} (100 addresses at port 23 in 10 seconds, 10 a second, none answered)")
    ]


def test_a_record_has_its_scans() -> None:
    packets = calls(((address(n), 22) for n in range(100)), 0.1)
    analyzer = hg.Analyzer()
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(pcap(packets)):
        inventory.add(batch)
    (record,) = inventory
    assert record.scans == ("100 addresses at port 22 in 10 seconds, 10 a second, none answered",)
    assert record.findings == ("horizontal_scan",)


def test_numbers_beyond_the_bound_are_estimates() -> None:
    """A sample of one target in 2, 4, ... is kept; its choice does not depend on the key of the tables."""
    packets = calls(((address(n), 22) for n in range(50_000)), 0.001)
    ((kind, words),) = scans(packets)
    assert kind == "horizontal_scan"
    assert words.startswith(f"{HOST} (about ")
    about = int(words.partition("about ")[2].partition(" ")[0].replace(",", ""))
    assert 48_000 < about < 52_000
    assert scans(packets) == [(kind, words)]


def test_a_flood_of_small_hosts_does_not_hide_a_scan() -> None:
    """More hosts with two targets each than are followed; what makes room is counted."""
    flood = [call(address(n % 2 + 1), 80, n / 1000, source=address(1 << 20 | n // 2)) for n in range(40_000)]
    scanning = calls(((address(n), 22) for n in range(300)), 0.1)
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database, max_inventory=25_000)
    for batch in analyzer.batches(pcap(sorted([*flood, *scanning]))):
        summary.add(batch)
    kinds = [one["kind"] for one in summary.findings()]
    assert "horizontal_scan" in kinds
    assert summary.hosts.untracked > 0


def test_the_row_that_completes_a_scan() -> None:
    """Targets count once they had a second to answer, so that a burst of a busy client is none."""
    told = []
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    burst = [call(address(n), 443, n / 1000) for n in range(200)]
    burst += [answer(address(n), 443, 0.5 + n / 1000) for n in range(200)]
    for batch in analyzer.batches(pcap([*burst, *calls(((address(n), 22) for n in range(100)), 0.1)])):
        summary.add(batch)
        told += [(one.kind, one.text) for one in summary.hosts.completed()]
    assert [kind for kind, _ in told] == ["horizontal_scan"]
    assert told[0][1] == (
        "192.0.2.1 tried many addresses that did not answer, as a scan does, "
        f"and as clients do whose servers or peers are down: {HOST} "
        "(100 addresses at port 22 in 10 seconds, 10 a second, none answered)"
    )


@pytest.mark.parametrize("workers", [1, 3])
def test_workers_and_pieces_change_nothing(workers: int) -> None:
    packets = calls(((address(n % 700), 20 + n // 700) for n in range(30_000)), 0.001, answered=1)
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(pcap(packets), workers=workers):
        summary.add(batch)
    (finding,) = (one for one in summary.findings() if one["kind"] == "horizontal_scan")
    wanted = next(one for one in summary_of(packets).findings() if one["kind"] == "horizontal_scan")
    assert finding == wanted
