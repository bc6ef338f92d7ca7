"""What segments show of hosts, in archives, workers, live captures, stores and all that presents hosts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from huginn_cffi.filters.kernel import kernel_filter
from huginn_cffi.run.settings import Settings, requirements_of
from tests.segments.test_reader import handshake_of_linux, mixture
from tests.support import needs, tunnels
from tests.support import network as net
from tests.support.packets import ethernet
from tests.support.processes import capturing, huginn, run
from tests.support.segment_captures import HOST, capture
from tests.support.segments import APPLE, LINUX, WINDOWS, segments
from tests.support.tunnels import UDP

ETHERNET = 1
FAMILIES = {"10.0.0.1": "Linux", "10.0.0.2": "Windows", "10.0.0.3": "macOS or iOS", "10.0.0.4": None}
SENDERS = (LINUX, WINDOWS, APPLE, LINUX._replace(df=False))


def packets() -> Iterator[tuple[int, bytes]]:
    """Thirty of each host."""
    for number, (ip, sender) in enumerate(zip(FAMILIES, SENDERS, strict=True)):
        yield from segments(30, sender, ip, first=30 * number)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "segments.pcap"
    made.write_bytes(capture(packets()))
    return made


def output(*words: str) -> str:
    """Of a command that succeeds."""
    done = run(huginn(*words))
    assert done.status == 0, done.errors
    return done.output


def families(lines: str) -> dict[str, str | None]:
    """By address, of host records."""
    rows = [json.loads(line) for line in lines.splitlines()]
    for row in rows:
        assert {one["source"] for one in row.get("evidence", ())} <= {"segments", "syn"}
    return {row["ip"]: row["family"] for row in rows if row["event"] == "host"}


def test_hosts_are_the_same_with_any_number_of_workers() -> None:
    data = capture(mixture(300))
    analyzer = hg.Analyzer(segments=True)
    found = []
    for workers in (1, 2, 4):
        table = analyzer.read(data, workers=workers).hosts
        found.append([(str(host.ip), host.family, host.confidence, host.evidence) for host in table])
    assert found[0] == found[1] == found[2]
    assert sum(family is not None for _, family, _, _ in found[0]) > 150


@pytest.mark.parametrize("cuts", [1, 6, 40])
def test_an_archive_in_pieces_is_one_stream(tmp_path: Path, cuts: int) -> None:
    """A file for each piece: what hosts showed before goes from one to the next as saved state."""
    pytest.importorskip("dask", reason="the Python package dask is not installed")
    from huginn_cffi.applications.dask import Archive
    from tests.support import archive_streams as streams

    mixed = mixture(40)
    paths = streams.files(mixed, 101, tmp_path, cuts, seed=cuts)
    archive = Archive(paths, order="given", segments=True)
    wanted, stats, _ = streams.plain(paths, segments=True)
    events = archive.events().compute()
    streams.same(events, wanted)
    assert list(events["event"]).count("segments") >= 40
    assert archive.stats() == stats
    hosts = archive.hosts().compute()
    table = hg.Analyzer(segments=True).read(capture(mixed)).hosts
    assert dict(zip(hosts["ip"], hosts["family"].fillna(""), strict=True)) == {
        str(host.ip): host.family or "" for host in table
    }


def test_segments_in_tunnels_are_of_other_hosts(tmp_path: Path) -> None:
    """Of many networks, and again from saved state: the host outside shows what it showed without them."""
    pytest.importorskip("dask", reason="the Python package dask is not installed")
    from huginn_cffi.applications.dask import Archive
    from tests.support import archive_streams as streams

    mixed = []
    for number, (own, other) in enumerate(zip(segments(400, LINUX), segments(400, WINDOWS), strict=True)):
        inner = tunnels.vxlan(ethernet(other[1]), network=number % 10)
        mixed += [(own[0], own[1]), (other[0] + 1, tunnels.carried(UDP, tunnels.udp(tunnels.VXLAN, inner)))]
    alone = [*hg.Analyzer(segments=True).read(capture(segments(400, LINUX))).hosts]
    assert [one.family for one in alone] == ["Linux"]
    whole = [*hg.Analyzer(segments=True).read(capture(mixed)).hosts]
    assert [one for one in whole if one.tunnel is None] == alone
    assert [one.family for one in whole if one.tunnel] == ["Windows"] * 10
    archive = Archive(streams.files(mixed, 101, tmp_path, 20, seed=1), order="given", segments=True)
    hosts = archive.hosts().compute()
    found = list(zip(hosts["tunnel"].fillna("").tolist(), hosts["family"], strict=True))
    assert found == [(one.tunnel or "", one.family) for one in whole]


def test_every_format_of_rows(path: Path) -> None:
    lines = {
        form: [
            json.loads(line)
            for line in output("pcap", str(path), "--segments", "--format", form).splitlines()
        ]
        for form in ("json", "eve", "ecs")
    }
    assert [row.get("family") for row in lines["json"]] == list(FAMILIES.values())
    assert [row["fingerprint"].get("family") for row in lines["eve"]] == list(FAMILIES.values())
    systems = [row["host"].get("os") for row in lines["ecs"]]
    assert systems == [
        {"name": "Linux", "full": "Linux", "type": "linux"},
        {"name": "Windows", "full": "Windows", "type": "windows"},
        {"name": "macOS or iOS", "full": "macOS or iOS"},
        None,
    ]
    assert lines["json"][3]["silence"] == "no_df"
    assert "OS:     Windows" in output("pcap", str(path), "--segments")
    assert output("pcap", str(path), "--segments", "--format", "p0f") == ""
    assert output("pcap", str(path), "--format", "json") == ""


def test_hosts_and_one_of_them(path: Path) -> None:
    assert families(output("hosts", str(path), "--format", "json")) == FAMILIES
    one = output("hosts", str(path), "--format", "json", "--ip", "10.0.0.2")
    assert families(one) == {"10.0.0.2": "Windows"}
    text = output("hosts", str(path), "--ip", "10.0.0.2")
    assert "  OS:     Windows\n" in text
    assert "  Why:    segments: Windows (5 segments or more)\n" in text
    (evidence,) = json.loads(one.splitlines()[0])["evidence"]
    assert (evidence["name"], evidence["packets"]) == ("Windows", 5)
    silent = output("hosts", str(path), "--ip", "10.0.0.4")
    assert "segments: DF is not set (5 segments or more)\n" in silent
    found = {host.ip: str(host.evidence[0]) for host in hg.Analyzer(segments=True).read(path).hosts}
    assert found["10.0.0.2"] in text


def test_evidence_counts_segments_and_not_events() -> None:
    data = capture([*segments(20, LINUX), *segments(1, WINDOWS, first=20)])
    (host,) = hg.Analyzer(segments=True).read(data).hosts
    assert [str(one) for one in host.evidence] == ["segments: several TTLs (21 segments or more)"]


def test_a_store_keeps_them(path: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "hosts.sqlite")
    output("hosts", str(path), "--store", store)
    assert families(output("hosts", "--store", store, "--format", "json")) == FAMILIES
    where = output("hosts", "--store", store, "--format", "json", "--where", "family = 'Windows'")
    assert families(where) == {"10.0.0.2": "Windows"}


@pytest.mark.parametrize("handshake_first", [True, False])
@pytest.mark.parametrize("later", [0, 100])
def test_in_a_store_they_replace_no_name_of_a_handshake(
    later: int, handshake_first: bool, tmp_path: Path
) -> None:
    """Whichever of both came first, and was written first."""
    store, (time_ns, syn) = str(tmp_path / "hosts.sqlite"), handshake_of_linux()
    own = [(at + (100 - later) * 10**9, data) for at, data in segments(9, WINDOWS, HOST)]
    files = [capture([(time_ns + later * 10**9, syn)]), capture(own)]
    for number, data in enumerate(files if handshake_first else files[::-1]):
        (tmp_path / f"{number}.pcap").write_bytes(data)
        output("hosts", str(tmp_path / f"{number}.pcap"), "--store", store)
    assert families(output("hosts", "--store", store, "--format", "json")) == {HOST: "Linux"}


def test_a_sensor_that_saw_no_handshake_does_not_outvote_one_that_did(tmp_path: Path) -> None:
    """Segments of Windows are surer than the SYN of Linux."""
    files = {
        "handshake": capture([handshake_of_linux()]),
        "segments": capture(segments(9, WINDOWS, HOST)),
        "nothing": capture(segments(9, LINUX._replace(df=False), HOST)),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        store = str(tmp_path / f"{name}.sqlite")
        output("hosts", str(tmp_path / name), "--store", store, "--sensor", name)
    found = {}
    for names in (["handshake", "segments"], ["segments", "handshake"], ["nothing", "segments"]):
        merged = str(tmp_path / "-".join(names))
        output("hosts", "merge", merged, *(str(tmp_path / f"{name}.sqlite") for name in names))
        found[names[0]] = families(output("hosts", "--store", merged, "--format", "json"))[HOST]
    assert found == {"handshake": "Linux", "segments": "Linux", "nothing": "Windows"}


def test_an_unknown_handshake_and_segments_replace_no_known_handshake(tmp_path: Path) -> None:
    store, (time_ns, syn) = str(tmp_path / "hosts.sqlite"), handshake_of_linux()
    unknown = syn[:40] + b"\x01" * 20
    own = [(at + 100 * 10**9, data) for at, data in segments(9, WINDOWS, HOST)]
    for number, data in enumerate(([(time_ns, syn)], [(own[0][0] - 1, unknown), *own])):
        (tmp_path / f"{number}.pcap").write_bytes(capture(data))
        output("hosts", str(tmp_path / f"{number}.pcap"), "--store", store)
    assert families(output("hosts", "--store", store, "--format", "json")) == {HOST: "Linux"}


def test_the_summary_counts_them_without_an_option(path: Path) -> None:
    found = json.loads(output("pcap", str(path), "--summary", "--format", "json"))
    assert found["hosts"] == len(FAMILIES)
    (subnet,) = found["subnets"]
    assert {one["name"] for one in subnet["systems"]} == set(FAMILIES.values())


def test_the_report_shows_them(path: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    output("report", str(path), "-o", str(page))
    text = page.read_text(encoding="utf-8")
    assert '"source":"segments"' in text.replace(" ", "")
    assert "macOS or iOS" in text


def test_the_kernel_lets_all_segments_pass_only_when_asked() -> None:
    alone = Settings(protocols=("tcp",), uptime=False)
    off, on = (requirements_of(one) for one in (alone, alone._replace(segments=True)))
    assert kernel_filter(ETHERNET, off) != kernel_filter(ETHERNET, on)
    assert on.least_snaplen == off.least_snaplen


def test_a_live_capture_sees_all_segments(tmp_path: Path) -> None:
    """Through the filter of the kernel; without segments among the events it lets none of them pass."""
    needs.root()
    words = ["cable", "--promiscuous", "--protocols", "tcp", "--format", "json", "--stats", "--events"]
    with net.network(tagged=False, quiet=True) as made:
        for more, expected in ([",segments", FAMILIES], ["", {}]):
            with capturing(made.server, *words, f"syn,syn_ack,mtu{more}", folder=tmp_path) as running:
                send(made)
                time.sleep(0.5)
                done = running.stop(signal.SIGTERM)
            assert done.status == 0, done.errors
            assert done.stat("received").startswith(f"{len(expected) * 30};")
            assert {row["src_ip"]: row.get("family") for row in done.events} == expected


def send(made: net.Network) -> None:
    """All packets, from the client's end of the cable."""
    program = (
        "import socket, sys\n"
        "out = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)\n"
        "out.bind(('cable', 0))\n"
        "for line in sys.stdin:\n"
        "    out.send(bytes.fromhex(line))\n"
    )

    frames = "".join(ethernet(data).hex() + "\n" for _, data in packets())
    subprocess.run(
        net.inside(made.client, [sys.executable, "-c", program]), input=frames, text=True, check=True
    )
