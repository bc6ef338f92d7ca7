"""One capture has the same hosts and findings in every view."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address
from pathlib import Path
from random import Random
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.applications.assistants.tools import Tools
from huginn_cffi.cli import main
from huginn_cffi.cli.signature_options import Signatures
from huginn_cffi.hosts import host_records
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.store import Store
from tests.support import drawn
from tests.support.captures import pcap
from tests.support.devices import dhcp
from tests.support.host_talks import LINUX, SECOND, START, WINDOWS_7, WINDOWS_10, Packet, talk
from tests.support.in_process import run_in_process_as_text
from tests.support.packets import Ip4, Tcp, packet
from tests.support.report_pages import read

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FEW = 12
"""Captures of the corpus, spread over its names."""


def agent(system: str) -> str:
    return f"Host: example.com\r\nUser-Agent: Mozilla/5.0 ({system}) Gecko/20100101 Firefox/128.0\r\n"


def masquerade() -> Iterator[Packet]:
    """Three clients take turns behind one address."""
    own = [(WINDOWS_10, 127, "Windows NT 10.0"), (LINUX, 63, "X11; Linux x86_64")]
    own.append(
        (
            Tcp(window=65535, options=bytes.fromhex("020405b4010303060101080a000000010000000004020000")),
            63,
            "Macintosh",
        )
    )
    for turn in range(12):
        stack, ttl, system = own[turn % 3]
        yield from talk(turn, stack, agent(system), ttl=ttl)


def proxy() -> Iterator[Packet]:
    """A Linux that sends requests of browsers on Windows."""
    for number in range(5):
        yield from talk(number, LINUX, agent("Windows NT 6.1"), ttl=64)


def scan() -> Iterator[Packet]:
    """SYNs of one host to 150 ports."""
    for port in range(1, 151):
        own = Tcp(sport=40000 + port, dport=port)
        yield START + port * SECOND // 100, packet(Ip4("192.0.2.66", "198.51.100.2"), own)


def restarted() -> Iterator[Packet]:
    """A host that comes back as another system, and then as the first one."""
    for at in (0, 14_400):
        for number in range(4):
            yield from talk(at + number, WINDOWS_7, agent("Windows NT 6.1"), ttl=128)
    for number in range(4):
        yield from talk(7200 + number, LINUX, agent("X11; Linux x86_64"), ttl=64)


def addressed() -> bytes:
    """Frames of a device that gets its address late, of one without, and the address of a silent one."""
    here, there, silent = (f"00:00:5e:00:53:{number}" for number in (16, 17, 18))
    vendor = dhcp.option(60, b"MSFT 5.0")
    wanted = dhcp.option(50, IPv4Address("192.0.2.23").packed)
    frames = [
        dhcp.from_client(dhcp.message(vendor, mac=here), mac=here),
        dhcp.from_client(dhcp.message(vendor, mac=there), mac=there),
        dhcp.from_client(dhcp.message(wanted, vendor, kind=dhcp.REQUEST, mac=here), mac=here),
        dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.23", mac=here)),
        dhcp.from_server(dhcp.message(kind=dhcp.ACK, op=2, yiaddr="192.0.2.24", mac=silent)),
    ]
    return pcap([(START + number * SECOND, frame) for number, frame in enumerate(frames)], linktype=1)


MADE: dict[str, Callable[[], Iterator[Packet]]] = {
    "masquerade": masquerade,
    "proxy": proxy,
    "scan": scan,
    "restarted": restarted,
}


def of_corpus() -> list[Path]:
    found = sorted(CORPUS.glob("*.pcap"))
    return found[:: max(len(found) // FEW, 1)]


@pytest.fixture(params=[*MADE, "addressed", *[path.name for path in of_corpus()]])
def capture(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"{request.param}.pcap"
    if request.param == "addressed":
        path.write_bytes(addressed())
    elif request.param in MADE:
        path.write_bytes(pcap(sorted(MADE[request.param]()), linktype=101))
    else:
        return CORPUS / str(request.param)
    return path


def output(tmp_path: Path, *words: str) -> str:
    path = tmp_path / "output"
    main([*words, "--no-progress", "-o", str(path)] if words[0] == "pcap" else [*words, "-o", str(path)])
    return path.read_text(encoding="utf-8")


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def by_address(hosts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {host["ip"] or host["mac"]: host for host in hosts}


def test_views_agree(capture: Path, tmp_path: Path) -> None:
    document = json.loads(output(tmp_path, "pcap", "--summary", "--format", "json", str(capture)))
    told = lines(output(tmp_path, "hosts", "--all", "--format", "json", str(capture)))
    hosts = [one for one in told if "ip" in one]
    assert len(hosts) == document["hosts"]
    assert by_address(document["top_hosts"]) == by_address(hosts)
    findings = next((one["findings"] for one in told if "ip" not in one and "findings" in one), [])
    assert findings == document["findings"]
    embedded = read(output(tmp_path, "report", str(capture)).encode()).document
    assert embedded == document
    stored = tmp_path / "hosts.sqlite"
    told = lines(output(tmp_path, "hosts", "--format", "json", str(capture)))
    listed = [one["ip"] for one in told if "ip" in one]
    with_address = [host for host in hosts if host["ip"] is not None and host["ip"] in listed]
    output(tmp_path, "hosts", "--store", str(stored), str(capture))
    with Store(stored) as store:
        for host in with_address:
            [kept] = store.find(host["ip"], host["tunnel"])
            assert (kept["family"], kept["flavor"]) == (host["family"], host["flavor"])
            assert kept["confidence"] == pytest.approx(host["confidence"], abs=0.0015)


@pytest.mark.parametrize("name", MADE)
def test_an_archive_has_the_same_hosts(name: str, tmp_path: Path) -> None:
    dask = pytest.importorskip("dask")
    from huginn_cffi.applications.dask import Archive

    path = tmp_path / f"{name}.pcap"
    path.write_bytes(pcap(sorted(MADE[name]()), linktype=101))
    hosts = lines(output(tmp_path, "hosts", "--format", "json", str(path)))
    with dask.config.set(scheduler="synchronous"):
        found = Archive(str(path), blocksize="1 KiB").hosts().compute()
    wanted = [(one["ip"], one["family"], one["flavor"], one["systems"]) for one in hosts if "ip" in one]
    assert [
        tuple(row) for row in found[["ip", "family", "flavor", "systems"]].itertuples(index=False)
    ] == wanted


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("masquerade", {"several_systems"}),
        ("proxy", {"contradicts"}),
        ("scan", {"vertical_scan"}),
        ("restarted", {"contradicting_systems"}),
    ],
)
def test_findings_of_made_captures(name: str, kinds: set[str], tmp_path: Path) -> None:
    path = tmp_path / f"{name}.pcap"
    path.write_bytes(pcap(sorted(MADE[name]()), linktype=101))
    document = json.loads(output(tmp_path, "pcap", "--summary", "--format", "json", str(path)))
    assert {one["kind"] for one in document["findings"]} >= kinds
    host = by_address(document["top_hosts"])["192.0.2.66" if name == "scan" else "192.0.2.1"]
    assert set(host["findings"]) >= kinds
    assert (host["systems"] > 1) == (name == "masquerade")


def test_a_device_counts_once_when_it_gets_an_address(tmp_path: Path) -> None:
    path = tmp_path / "addressed.pcap"
    path.write_bytes(addressed())
    told = lines(output(tmp_path, "hosts", "--format", "json", str(path)))
    assert [(one["ip"], one["mac"]) for one in told if one["event"] == "host"] == [
        ("192.0.2.23", "00:00:5e:00:53:16"),
        (None, "00:00:5e:00:53:17"),
        ("192.0.2.1", "00:00:5e:00:53:fe"),
    ]
    assert told[-1]["hosts"] == 3  # a remote host is counted, too
    hosts = host_records(hg.Analyzer().analyze_pcap(path))
    assert [(one.ip, one.mac) for one in hosts] == [(one["ip"], one["mac"]) for one in told[:-1]]
    inventory = Inventory(hg.Analyzer().database)
    for batch in hg.Analyzer().batches(path):
        inventory.add(batch)
    assert [one.ip for one in inventory.changed()] == ["192.0.2.23", None, "192.0.2.1"]
    assert inventory.find("00:00:5e:00:53:16") is None


@pytest.mark.parametrize("seed", [0, 1, 3])
def test_connections_agree(seed: int, tmp_path: Path) -> None:
    """Peers of records and of the page, services of Zeek, the view of a store, and assistants."""
    made = drawn.capture(Random(seed), most=15)
    (tmp_path / "some.pcap").write_bytes(made.written())
    capture = str(tmp_path / "some.pcap")
    hosts = [
        one for one in lines(output(tmp_path, "hosts", "--all", "--format", "json", capture)) if "ip" in one
    ]
    expected = made.totals["connections"]
    assert sum(peer["connections"] for one in hosts for peer in one["peers"]) == 2 * expected.total()
    page = read(output(tmp_path, "report", capture).encode()).document
    assert by_address(page["top_hosts"]) == by_address(hosts)
    run_in_process_as_text("hosts", "--all", "--format", "zeek", "-o", f"{tmp_path}/logs/", capture)
    log = (tmp_path / "logs" / "known_services.log").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in log.splitlines() if not line.startswith("#")]
    served = [(one["ip"], peer) for one in hosts for peer in one["peers"] if peer["direction"] == "from"]
    answered = {(ip, str(peer["port"])) for ip, peer in served}
    completed = {(ip, str(peer["port"])) for ip, peer in served if peer["completed"]}
    assert completed <= {(row[1], row[2]) for row in rows} <= answered
    stored = str(tmp_path / "hosts.sqlite")
    output(tmp_path, "hosts", "--store", stored, capture)
    by_ip = by_address(hosts)
    with Store(stored) as store:
        for row in store.values():
            assert row["connections"] == by_ip[row["ip"]]["connections"]
            assert {(row["ip"], str(port)) for port in row["server_ports"]} <= answered
    tools = Tools(str(tmp_path), Signatures().open(), host_names=False)
    for ip in {ip for pair in expected for ip in pair}:
        assert tools.host(ip, "some.pcap", "peers")["data_from_network"] == by_ip[ip]["peers"]
