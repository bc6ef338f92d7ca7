"""Several processes give what one gives, also when one of them is killed; captures in other places."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.captures import pcap

pytest.importorskip("dask", reason="the Python package dask is not installed")

from huginn_cffi.applications.dask import Archive
from tests.archives import gate
from tests.support import archive_streams as streams

PATIENCE_S = 120


def wait_for(condition: Callable[[], Any]) -> Any:
    """What a condition gives once it is true."""
    deadline = time.monotonic() + PATIENCE_S
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return found


def test_a_cluster_gives_what_one_process_gives(cluster: Any, tmp_path: Path) -> None:
    paths = streams.files(streams.conversations(150, seed=21), 101, tmp_path, 7, seed=21)
    wanted, stats, _ = streams.plain(paths)
    archive = Archive(str(tmp_path), blocksize=4000)
    assert len(archive.pieces) > 8
    streams.same(cluster.compute(archive.events()).result(PATIENCE_S), wanted)
    assert cluster.submit(lambda: 0).result() == 0
    with hg.Analyzer() as analyzer:
        assert sum(map(len, analyzer.batches(paths))) == wanted.num_rows
    assert archive.stats() == stats


def test_a_worker_that_is_killed_is_made_up_for(cluster: Any, tmp_path: Path) -> None:
    packets = streams.conversations(120, seed=22)
    paths = streams.files(packets, 101, tmp_path, 5, seed=22)
    late = Path(paths[3]).rename(tmp_path / "late.pcap")
    paths[3] = str(late)
    wanted, _, _ = streams.plain(paths)
    archive = Archive([f"gate://{path}" for path in paths], order="given")
    assert gate.GateFileSystem.protocol == ("gate",), "which is known here too"
    computing = cluster.compute(archive.events())
    waiting = tmp_path / "waiting"
    killed = int(wait_for(lambda: waiting.exists() and waiting.read_text()))
    workers = cluster.run(os.getpid)
    assert killed in workers.values(), "one of the workers is reading"
    assert computing.status == "pending"
    os.kill(killed, signal.SIGKILL)
    wait_for(lambda: waiting.read_text() != str(killed))  # another has taken over
    (tmp_path / "go").touch()
    streams.same(computing.result(PATIENCE_S), wanted, leave=["capture"])


def test_hosts_come_out_the_same_on_a_cluster(cluster: Any, tmp_path: Path) -> None:
    streams.files(streams.conversations(100, seed=23), 101, tmp_path, 6, seed=23)
    hosts = Archive(str(tmp_path)).hosts()
    assert cluster.compute(hosts).result(PATIENCE_S).equals(hosts.compute(scheduler="synchronous"))


def test_captures_in_memory() -> None:
    import fsspec

    packets = streams.conversations(60, seed=24)
    memory = fsspec.filesystem("memory")
    for number, part in enumerate((packets[:70], packets[70:])):
        memory.pipe_file(f"/night/{number}.pcap", pcap(part, 101, nanoseconds=True))
    archive = Archive("memory://night", blocksize=2000)
    assert archive.captures == ["memory:///night/0.pcap", "memory:///night/1.pcap"]
    wanted, _, _ = streams.plain(pcap(packets, 101, nanoseconds=True))
    streams.same(archive.events().compute(), wanted, leave=["capture"])


def test_only_captures_of_version_2_4_are_cut(tmp_path: Path) -> None:
    """Older ones may have the two lengths of a record in the other order."""
    data = pcap(streams.conversations(40, seed=23), 101)
    for minor, cut in ((4, True), (3, False), (2, False)):
        path = tmp_path / f"{minor}.pcap"
        path.write_bytes(data[:6] + minor.to_bytes(2, "little") + data[8:])
        assert (len(Archive(str(path), blocksize=2000).pieces) > 1) is cut


def test_captures_in_a_bucket(cluster: Any) -> None:
    s3fs = pytest.importorskip("s3fs", reason="the Python package s3fs is not installed")
    server = pytest.importorskip("moto.server", reason="the Python package moto is not installed")
    packets = streams.conversations(80, seed=25)
    service = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    service.start()
    try:
        host, port = service.get_host_and_port()
        options: dict[str, Any] = {"key": "test", "secret": "test"}
        options["client_kwargs"] = {"endpoint_url": f"http://{host}:{port}", "region_name": "eu-west-1"}
        bucket = s3fs.S3FileSystem(**options)
        bucket.mkdir("captures")
        for number, part in enumerate((packets[:100], packets[100:])):
            bucket.pipe_file(f"captures/2026/{number}.pcap", pcap(part, 101, nanoseconds=True))
        archive = Archive("s3://captures/2026/", storage_options=options, blocksize=4000)
        assert archive.captures == ["s3://captures/2026/0.pcap", "s3://captures/2026/1.pcap"]
        assert len(archive.pieces) > 3
        found = cluster.compute(archive.events()).result(PATIENCE_S)
    finally:
        service.stop()
    wanted, _, _ = streams.plain(pcap(packets, 101, nanoseconds=True))
    streams.same(found, wanted, leave=["capture"])
