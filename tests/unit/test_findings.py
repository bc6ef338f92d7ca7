"""Findings: each from captures made for it, and none where nothing is odd."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.cli import main
from huginn_cffi.findings import Finding, Findings
from huginn_cffi.summary import Summary
from tests.support.captures import Packet, pcap
from tests.support.packets import ACK, LINUX_OPTIONS, NOP, SOK, SYN, Ip4, Tcp, mss, packet, wscale
from tests.support.sample import sample

SECOND = 10**9
START = 1_760_000_000 * SECOND
WINDOWS = mss(1460) + NOP + wscale(8) + NOP + NOP + SOK


def linux(source: str, ttl: int = 64, dport: int = 80, flags: int = SYN, at: int = START) -> Packet:
    tcp = Tcp(dport=dport, flags=flags, ack=bool(flags & ACK), window=64240, options=LINUX_OPTIONS)
    return at, packet(Ip4(source, ttl=ttl), tcp)


def windows(source: str, ttl: int = 128) -> Packet:
    return START, packet(Ip4(source, ttl=ttl), Tcp(sport=41000, window=64240, options=WINDOWS))


def strange(source: str, window: int = 12345) -> Packet:
    options = mss(1460) + NOP * 4 + wscale(3) + NOP
    return START, packet(
        Ip4(source, ttl=61), Tcp(sport=1024 + window % 60000, window=window, options=options)
    )


def found(packets: Sequence[Packet], max_inventory: int = 1000) -> list[Finding]:
    analyzer = hg.Analyzer()
    findings = Findings(analyzer.database, max_inventory=max_inventory)
    for batch in analyzer.batches(pcap(packets)):
        findings.add(batch)
    return findings.found()


ORDINARY = [linux(f"192.0.2.{last}", 64 - last) for last in range(1, 7)]


def test_nothing_odd() -> None:
    assert found([]) == []
    assert found(ORDINARY) == []


CASES = {
    "scanner": ([linux("192.0.2.1", dport=port) for port in range(1, 101)], ["192.0.2.1"]),
    "several_systems": ([linux("192.0.2.9"), windows("192.0.2.9"), linux("192.0.2.8")], ["192.0.2.9"]),
    "hops": ([linux("192.0.2.9", 64), linux("192.0.2.9", 60, dport=81)], ["192.0.2.9"]),
    "unknown_signature": ([strange(f"192.0.2.{last}") for last in range(5)], []),
    "one_stack": ([linux(f"{net}.1.2.3", 55) for net in range(20, 30)], []),
    "time": ([*(linux("192.0.2.1", dport=port) for port in range(1, 20)), linux("192.0.2.2", at=1)], []),
}


@pytest.mark.parametrize("kind", CASES)
def test_one_of_each(kind: str) -> None:
    packets, hosts = CASES[kind]
    (finding,) = found(packets)
    assert (finding.kind, list(finding.hosts)) == (kind, hosts)


FEWER = {
    "ports": [linux("192.0.2.1", dport=port) for port in range(1, 100)],
    "hops": [linux("192.0.2.9", 64), linux("192.0.2.9", 61, dport=81)],
    "strangers": [strange(f"192.0.2.{last}") for last in range(4)],
    "networks": [linux(f"{net}.1.2.3", 55) for net in range(20, 29)],
    "networks at several distances": [
        *(linux(f"{net}.1.2.3", 55) for net in range(20, 30)),
        *(linux(f"{net}.1.2.3", 50) for net in range(40, 43)),
    ],
}


@pytest.mark.parametrize("case", FEWER)
def test_a_little_less_is_no_finding(case: str) -> None:
    assert found(FEWER[case]) == []


def test_one_host_far_from_its_neighbours() -> None:
    near = [linux(f"192.0.2.{last}", 60) for last in range(1, 7)]
    (finding,) = found([*near, linux("192.0.2.77", 50)])
    assert (finding.kind, finding.hosts) == ("hops", ("192.0.2.77",))
    assert finding.text == "1 host stood 4 hops or more away from the rest of the /24: 192.0.2.77"


def test_a_text_names_the_first_hosts_and_counts_the_others() -> None:
    hosts = [f"192.0.2.{last}" for last in range(5, 0, -1)]
    (finding,) = found([made(host) for host in hosts for made in (linux, windows)])
    assert finding.hosts == tuple(reversed(hosts))
    assert finding.text.endswith(": 192.0.2.1, 192.0.2.2, 192.0.2.3 and 2 more")


def test_memory_is_bounded_and_what_is_left_out_is_counted() -> None:
    packets = [linux(f"192.0.2.{last}") for last in range(1, 9)]
    analyzer = hg.Analyzer()
    events = sum(map(len, analyzer.batches(pcap(packets))))
    (finding,) = found(packets, max_inventory=3)
    assert finding.kind == "incomplete"
    assert f"leave out {events * 5 // 8} events" in finding.text


def test_summary_hosts_and_report_have_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sample.pcap"
    file.write_bytes(sample())
    analyzer = hg.Analyzer()
    summary = Summary(analyzer.database)
    for batch in analyzer.batches(file):
        summary.add(batch)
    wanted = summary.as_dict(analyzer.stats)["findings"]
    assert [finding["kind"] for finding in wanted] == ["scanner", "clocks"]

    assert main(["hosts", "--format", "json", str(file)]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["findings"] == [{**finding, "hosts": list(finding["hosts"])} for finding in wanted]
    for arguments in (["hosts"], ["pcap", "--summary"]):
        assert main([*arguments, str(file)]) == 0
        shown = capsys.readouterr().out.split("Findings\n")[1].splitlines()
        assert [line.strip() for line in shown[: len(wanted)]] == [finding["text"] for finding in wanted]

    from huginn_cffi.tools.reporting import report_page
    from tests.report_page.pages import read

    page = read(report_page(analyzer, [file]))
    assert [one["text"] for one in page.document["findings"]] == [finding["text"] for finding in wanted]


def test_one_host_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What others share is still found after a host of very many signatures."""
    monkeypatch.setattr("huginn_cffi.findings.MANY_STACKS", 10)
    many = [strange("192.0.2.1", window) for window in range(1, 31)]
    shared = [strange(f"198.51.100.{last}", 40) for last in range(1, 6)]
    kinds = {finding.kind: finding.text for finding in found([*many, *shared])}
    assert (
        kinds["incomplete"] == "these findings leave out 20 events of hosts that already have 10 signatures"
    )
    assert kinds["unknown_signature"].startswith("1 signature without a name shared by 5 hosts or more")
