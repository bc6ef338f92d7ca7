"""Changes of hosts as events: each behind the one that tells it, in all formats, beside p0f's log."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.cli import main
from huginn_cffi.hosts.inventory import Inventory
from tests.hosts.changes_by_p0f import program
from tests.hosts.test_changes import (
    HOST,
    MSIE,
    NS,
    START,
    Packet,
    random_syns,
    random_talks,
    seen,
    talk,
)
from tests.support.api_vectors import NEW_LINUX, XP
from tests.support.captures import pcap
from tests.support.hosts import with_changes
from tests.support.packets import mss

SHARED = seen(*[XP, NEW_LINUX] * 3, ttls=(128, 64) * 3)
"""Five changes, the third of them a sharing; each SYN has an MTU."""
TWO_OF_ONE = list(talk(START * NS, MSIE))
"""A request that tells two changes."""
CHANGES = ("host_change", "ip_sharing")
NO_CHANGES = {"host_change": 0, "ip_sharing": 0}


@pytest.fixture(scope="module")
def stock(stock_path: Path) -> hg.Database:
    return hg.Database.open(str(stock_path))


def capture(packets: list[Packet]) -> bytes:
    return pcap(packets, linktype=101)


def one_batch(packets: list[Packet], stock: hg.Database) -> hg.Batch:
    [batch] = hg.Analyzer(stock, changes=True).batches(capture(packets))
    return batch


def kinds(batch: hg.Batch) -> list[str]:
    return [json.loads(line)["event"] for line in batch.render("json").splitlines()]


def test_each_follows_the_row_that_tells_it(stock: hg.Database) -> None:
    change, sharing = ["syn", "host_change", "mtu"], ["syn", "ip_sharing", "mtu"]
    batch = one_batch(SHARED, stock)
    assert kinds(batch) == ["syn", "mtu", *change, "syn", "mtu", *sharing, *["syn", "mtu"] * 2]
    assert batch.changes.raw["reported"].tolist() == [1, 0, 1, 0, 0], "the others have p0f's formats alone"
    modules = [
        line.partition("mod=")[2].partition("|")[0] for line in batch.render("p0f").decode().splitlines()
    ]
    change, sharing = (["syn", kind, "mtu"] for kind in ("host change", "ip sharing"))
    assert modules == ["syn", "mtu", *change, *change, *sharing, *change, *change]
    assert kinds(one_batch(TWO_OF_ONE, stock)) == ["syn", "mtu", "syn_ack", "mtu", "http_request"]


def test_without_being_asked_there_are_none(stock: hg.Database) -> None:
    analyzer = hg.Analyzer(stock)
    [batch] = analyzer.batches(capture(SHARED))
    assert kinds(batch) == ["syn", "mtu"] * 6
    assert NO_CHANGES.items() <= analyzer.stats.events_by_kind.items()


def test_they_are_counted(stock: hg.Database) -> None:
    analyzer = hg.Analyzer(stock, changes=True)
    assert sum(map(len, analyzer.batches(capture(SHARED)))) == 17
    assert analyzer.stats.events == 14, "without the rows that p0f's formats alone have"
    assert {"host_change": 1, "ip_sharing": 1}.items() <= analyzer.stats.events_by_kind.items()


def test_a_change_has_the_shared_columns_of_its_row_and_no_others(stock: hg.Database) -> None:
    [plain] = hg.Analyzer(stock).batches(capture(TWO_OF_ONE))
    batch = one_batch(TWO_OF_ONE, stock)
    assert batch.changes["row"].tolist() == [5, 6]
    assert batch.http["row"].tolist() == [4]
    for name in ("time_ns", "packet_number", "flow", "from_server", "src_port", "dst_port", "ip_version"):
        assert batch[name][4] == batch[name][5] == batch[name][6] == plain[name][4]
    for name in ("src_ip", "dst_ip"):
        assert batch[name].tolist()[5] == plain[name].tolist()[4]
    assert batch.http.texts("user_agent") == plain.http.texts("user_agent") != [""]
    assert batch.tcp["mss"].tolist() == plain.tcp["mss"].tolist()
    assert batch["mss"].tolist() == [*plain["mss"].tolist(), 0, 0]
    assert batch["reasons"].tolist() == [0] * 5 + [1 << lib.HG_REASON_APP_VS_OS, 1 << lib.HG_REASON_UA_VS_OS]
    assert batch["raw_hits"].tolist()[4:] == [[0] * 4, [0, 1, 1, 1], [0, 2, 2, 2]]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("size", [7, 100_000])
def test_workers_and_pieces_change_nothing(stock: hg.Database, workers: int, size: int) -> None:
    packets = random_talks(3) + random_syns(3)
    pieces = [capture(packets[at : at + size]) for at in range(0, len(packets), size)]
    batches = hg.Analyzer(stock, changes=True).batches(pieces, workers=workers)
    lines = b"".join(batch.render("p0f") for batch in batches)
    whole = one_batch(packets, stock).render("p0f")
    assert whole.count(b"mod=host change") > 100
    assert lines == whole


def test_results(stock: hg.Database) -> None:
    results = list(hg.Analyzer(stock, changes=True).analyze_pcap(capture(SHARED)))
    assert [len(result.changes) for result in results] == [0, 1, 0, 1, 0, 0]
    [change] = results[3].changes
    assert (change.kind, change.role, change.source.ip) == ("ip_sharing", "client", HOST)
    assert (change.reasons, change.raw_hits) == (("os_diff",), (3, 3, 3, 3))
    assert results[3].parts == (results[3].syn, results[3].mtu, change)
    assert str(change) == "[IP Sharing] 10.0.0.2:41003 → 10.0.0.1:80\n  Reason: os_diff\n  Hits:   3,3,3,3\n"
    assert repr(change).startswith("ChangeObservation(source=")
    assert "os_diff" in change._repr_html_()
    assert pickle.loads(pickle.dumps(results[3])) == results[3]
    assert pickle.loads(pickle.dumps(change)) == change


def test_a_packet_alone_has_none() -> None:
    assert hg.fingerprint(SHARED[0][1]).changes == ()
    assert hg.fingerprint(b"").changes == ()


def test_an_inventory_takes_changes_only_once(stock: hg.Database) -> None:
    """Their rows are passed over."""
    batch, other = one_batch(SHARED, stock), Inventory(stock)
    other.add(batch)
    [host] = other
    assert (host.syns, len(host.changes)) == (6, 2)


@pytest.mark.parametrize("rows", [16, 17, 100])
def test_the_size_of_batches_does_not_matter(stock: hg.Database, rows: int) -> None:
    packets = seen(*[XP, NEW_LINUX] * 40, ttls=(128, 64) * 40)
    found = list(with_changes(Inventory(stock), capture(packets), rows=rows))
    [whole] = with_changes(Inventory(stock), capture(packets))
    assert len(found) > 1
    assert len(whole.changes) == 79
    assert b"".join(one.render("json") for one in found) == whole.render("json")


# ---- formats -----------------------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A change by three reasons."""
    found = tmp_path / "made.pcap"
    other = replace(NEW_LINUX, sport=40900, options=mss(1400) + NEW_LINUX.options[4:])
    found.write_bytes(capture(seen(XP, other, ttls=(128, 64))))
    return found


@pytest.fixture
def output(path: Path, stock_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def output(format: str) -> str:
        assert main(["pcap", "--db", str(stock_path), "--format", format, str(path)]) == 0
        return capsys.readouterr().out

    return output


REASONS = ["os_diff", "port", "mtu"]


def test_text(output: Any) -> None:
    head = "[Host Change] 10.0.0.2:40900 → 10.0.0.1:80"
    assert f"{head}\n  Reason: os_diff port mtu\n  Hits:   1,1,1,1\n\n[TCP MTU] " in output("text")


def test_json(output: Any) -> None:
    *_, change, _ = map(json.loads, output("json").splitlines())
    assert (change["event"], change["src_ip"], change["packet_number"]) == ("host_change", HOST, 2)
    assert (change["reasons"], change["raw_hits"]) == (REASONS, [1, 1, 1, 1])


def test_eve_and_ecs(output: Any) -> None:
    *_, change, _ = map(json.loads, output("eve").splitlines())
    assert (change["event_type"], change["fingerprint"]["event"]) == ("fingerprint", "host_change")
    assert (change["fingerprint"]["reasons"], change["fingerprint"]["raw_hits"]) == (REASONS, [1, 1, 1, 1])
    *_, change, _ = map(json.loads, output("ecs").splitlines())
    assert (change["event"]["dataset"], change["huginn"]["reasons"]) == ("huginn.host_change", REASONS)


def test_p0f(output: Any) -> None:
    line = output("p0f").splitlines()[-2]
    assert line.partition("] ")[2] == (
        "mod=host change|cli=10.0.0.2/40900|srv=10.0.0.1/80|subj=cli|reason=os_diff port mtu|raw_hits=1,1,1,1"
    )


def test_tables(output: Any, path: Path, stock: hg.Database, stock_path: Path, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    *_, change, _ = csv.DictReader(io.StringIO(output("csv")))
    assert (change["event"], change["reasons"], change["raw_hits"]) == (
        *("host_change", "os_diff,port,mtu", "1,1,1,1"),
    )
    [batch] = hg.Analyzer(stock, changes=True).batches(path)
    table = batch.to_arrow()
    assert table["reasons"].to_pylist() == [None, None, None, "os_diff,port,mtu", None]
    assert table["raw_hits"].to_pylist() == [None, None, None, "1,1,1,1", None]
    folder = tmp_path / "tables"
    assert main(["pcap", "--db", str(stock_path), "--format", "parquet", "-o", f"{folder}/", str(path)]) == 0
    found = pa.parquet.read_table(folder / "host_change.parquet")
    assert (found["reasons"].to_pylist(), found["src_ip"].to_pylist()) == (["os_diff,port,mtu"], [HOST])
    assert "mss" not in found.column_names


def test_tables_leave_out_rows_of_p0f_alone(stock: hg.Database) -> None:
    pytest.importorskip("pyarrow")
    table = one_batch(SHARED, stock).to_arrow()
    events = table["event"].to_pylist()
    assert (len(events), events.count("host_change"), events.count("ip_sharing")) == (14, 1, 1)


def test_some_fields_and_a_summary(path: Path, stock_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["pcap", "--db", str(stock_path), str(path)]
    assert main([*words, "--format", "json", "--fields", "event,reasons"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()][3] == {
        "event": "host_change",
        "reasons": REASONS,
    }
    assert main([*words, "--summary"]) == 0
    assert "--stats" not in capsys.readouterr().out


# ---- beside p0f --------------------------------------------------------------------------------------


def log_by_p0f(path: Path, stock_path: Path) -> list[str]:
    log = path.with_suffix(".log")
    words = [str(program()), "-f", str(stock_path), "-r", str(path), "-o", str(log)]
    subprocess.run(words, env={**os.environ, "TZ": "UTC"}, capture_output=True, check=False)
    return log.read_text().splitlines()


def our_log(path: Path, stock_path: Path) -> list[str]:
    words = [sys.executable, "-m", "huginn_cffi.cli.p0f", "-f", str(stock_path), "-r", str(path)]
    done = subprocess.run(words, env={**os.environ, "TZ": "UTC"}, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.skipif(program() is None, reason="p0f is not installed")
@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("make", [random_syns, random_talks])
def test_the_log_is_p0fs_line_by_line(make: Any, seed: int, stock_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "made.pcap"
    path.write_bytes(capture(make(seed)))
    wanted = log_by_p0f(path, stock_path)
    assert sum("mod=host change|" in line or "mod=ip sharing|" in line for line in wanted) > 20
    assert our_log(path, stock_path) == wanted
