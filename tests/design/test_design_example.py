"""The example of the design, line for line: every public name, called as written there."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support import needs
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet, timestamps, wscale

SAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sample.pcap"
SIGNATURE = "*:64:0:*:mss*20,7:mss,sok,ts,nop,ws:df,id+:0"
CUSTOM = f"classes = unix\n[tcp:request]\nlabel = s:unix:Mine:1\nsig = {SIGNATURE}\n"
SYN = packet(
    Ip4(source="192.168.1.1", destination="10.1.2.3", ttl=57), Tcp(sport=1024, dport=443, window=29200)
)
HOST = "127.91.0.1"
"""An address of loopback that no other test uses."""


@pytest.fixture(autouse=True)
def _inside_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files have the names that they have in the example."""
    monkeypatch.chdir(tmp_path)
    Path("custom.fp").write_text(CUSTOM)
    Path("capture.pcap").write_bytes(SAMPLE.read_bytes())


@pytest.fixture
def analyzer() -> Iterator[hg.Analyzer]:
    db = hg.Database.load_default()
    with hg.Analyzer(
        db, max_connections=1000, max_hosts=10000, filter=None, uptime=True, decapsulate=True
    ) as made:
        yield made


def test_databases() -> None:
    for db in (hg.Database.compile("custom.fp"), hg.Database.compile(text=CUSTOM)):
        db.save("custom.hgdb")
        loaded = hg.Database.open("custom.hgdb")
        assert (len(db), len(loaded)) == (1, 1)
        assert db.source_hash == loaded.source_hash
        (signature,) = loaded.signatures
        assert (signature.name, signature.line) == ("Mine", 4)
        assert db.warnings == ()
    with pytest.raises(hg.SignatureError) as caught:
        hg.Database.compile(text="nonsense")
    assert [item.severity for item in caught.value.diagnostics] == ["error"]


def test_a_stock_database_counts_all_its_signatures(stock_path: Path) -> None:
    assert len(hg.Database.compile(stock_path)) == 322


def test_results_of_a_capture(analyzer: hg.Analyzer) -> None:
    event = threading.Event()
    texts = []
    for r in analyzer.analyze_pcap("capture.pcap", cancel=event):
        assert r.time_ns >= 1_768_471_200 * 10**9
        assert 1 <= r.packet_number <= 26
        for part in (
            r.syn,
            r.syn_ack,
            r.mtu,
            r.client_uptime,
            r.server_uptime,
            r.tls_client,
            r.tls_server,
            r.ssh_server,
        ):
            if part:
                texts.append(str(part))
    assert len(texts) == analyzer.stats.events == 39
    assert texts[1] == (
        "[TCP MTU] 192.0.2.10:50123 → 198.51.100.80:443\n  Link:   PPPoE (DSL)\n  MTU:    1492\n"
    )
    event.set()
    assert list(analyzer.analyze_pcap("capture.pcap", cancel=event)) == []


def test_a_filter(analyzer: hg.Analyzer) -> None:
    narrow = analyzer.with_filter(
        hg.FilterConfig(
            mode="allow",
            port=hg.PortFilter(dst=443, src=range(1024, 65536)),
            ip=hg.IpFilter(src="192.168.1.1"),
            subnet=hg.SubnetFilter(any=("10.0.0.0/8", "2001:db8::/32")),
        )
    )
    other = packet(Ip4(source="192.168.1.2", destination="10.1.2.3"), Tcp(sport=1024, dport=443))
    found = list(narrow.analyze_packets([(1, SYN), (2, other)], linktype=101))
    assert [r.packet_number for r in found] == [1]
    assert narrow.stats.drops["filtered"] == 1
    assert len(list(analyzer.analyze_packets([(1, SYN), (2, other)], linktype=101))) == 2


def test_results_of_an_interface(analyzer: hg.Analyzer) -> None:
    needs.root()
    event = threading.Event()
    found = []
    results = analyzer.with_filter(hg.FilterConfig(ip=hg.IpFilter(any=HOST))).analyze_network(
        "lo", workers=2, cancel=event
    )
    with socket.socket() as one:
        one.connect_ex((HOST, 9))
    ending = threading.Timer(20, event.set)
    ending.start()
    for r in results:
        found.append(r)
        event.set()
    ending.cancel()
    assert found[0].syn is not None
    assert str(found[0].syn.destination) == f"{HOST}:9"
    assert event.is_set()


def test_columns(analyzer: hg.Analyzer) -> None:
    arrow = pytest.importorskip("pyarrow")
    for batch in analyzer.batches("capture.pcap", workers=2):
        table = batch.to_arrow()
        assert isinstance(table, arrow.Table)
        assert len(batch) == table.num_rows == 39
        shown = [
            ittl if event < 2 else None for ittl, event in zip(batch["ittl"], batch["event"], strict=True)
        ]
        assert table["ittl"].to_pylist() == shown  # other events than SYN and SYN+ACK have none


def test_stats(analyzer: hg.Analyzer) -> None:
    list(analyzer.analyze_pcap("capture.pcap"))
    stats = analyzer.stats
    assert (stats.packets, stats.analysed, stats.events) == (26, 24, 39)
    assert stats.packets == stats.analysed + sum(stats.drops.values())
    assert (stats.drops["not_tcp"], stats.evictions) == (1, 0)
    assert stats.bytes == SAMPLE.stat().st_size - 24 - 16 * 26  # less the headers of file and records


def test_one_packet() -> None:
    db = hg.Database.compile("custom.fp")
    r = hg.fingerprint(SYN, db=db)
    assert r.drop is None
    assert r.syn is not None
    assert str(r.syn.match) == "Mine 1"
    assert r.syn.distance == 7
    assert hg.fingerprint(b"\x45", db=db).drop == "truncated"


def test_an_explanation() -> None:
    db = hg.Database.compile("custom.fp")
    syn = hg.fingerprint(SYN, db=db).syn
    assert syn is not None
    found = db.explain(syn)
    assert str(found.match) == "Mine 1"
    (near,) = found.nearest
    assert near.of("differs") == ()


def test_without_a_database() -> None:
    at, options = 10**18, mss(1460) + b"\x04\x02" + timestamps(5_000_000) + b"\x01" + wscale(7)
    later = b"\x01\x01" + timestamps(5_001_000, 1)
    capture = pcap(
        [
            (at, packet(Ip4(), Tcp(seq=1, options=options))),
            (at + 10**9, packet(Ip4(), Tcp(seq=2, ack=1, flags=0x10, options=later))),
        ],
        101,
    )
    first, second = hg.Analyzer(None).analyze_pcap(capture)
    assert first.syn is not None
    assert first.syn.match is None
    assert first.mtu is not None
    assert (first.mtu.observed.mtu, first.mtu.link) == (1500, None)
    assert second.client_uptime is not None
    assert second.client_uptime.observed.frequency_hz == 1000


def test_a_closed_analyzer() -> None:
    made = hg.Analyzer(None)
    made.close()
    made.close()
    with pytest.raises(hg.HuginnError):
        made.analyze_pcap("capture.pcap")
