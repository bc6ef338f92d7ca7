"""Captures by address: http, a server of S3 on this machine, and fsspec's file system in memory."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from huginn_cffi.analysis.analyzer import captures_of
from huginn_cffi.base.installation import to_add
from tests.support.in_process import run_in_process_as_text
from tests.support.sample import sample

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed (extra urls)")


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("aiohttp", reason="aiohttp is not installed (extra urls)")
    (tmp_path / "sample.pcap").write_bytes(sample())
    (tmp_path / "sample.pcap.gz").write_bytes(gzip.compress(sample()))
    (tmp_path / "cut.pcap").write_bytes(sample()[:-7])
    (tmp_path / "notes.txt").write_text("no capture at all, but some words")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", ["sample.pcap", "sample.pcap.gz"])
def test_events_are_those_of_the_file(address: str, tmp_path: Path, name: str) -> None:
    by_address = run_in_process_as_text("pcap", "--format", "json", f"{address}/{name}")
    by_path = run_in_process_as_text("pcap", "--format", "json", tmp_path / "sample.pcap")
    assert (by_address.returncode, by_address.stderr) == (0, by_path.stderr)
    assert by_address.stdout == by_path.stdout != ""


def test_captures_in_a_bucket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """S3's own client and protocol; keys and place come from the environment, as its client reads them."""
    s3fs = pytest.importorskip("s3fs", reason="the Python package s3fs is not installed")
    server = pytest.importorskip("moto.server", reason="the Python package moto is not installed")
    service = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    service.start()
    try:
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*service.get_host_and_port()))
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            monkeypatch.setenv(name, "test")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        bucket = s3fs.S3FileSystem(skip_instance_cache=True)
        bucket.mkdir("addresses")  # moto keeps buckets after its end, for all tests of the process
        bucket.pipe_file("addresses/2026/day.pcap.gz", gzip.compress(sample()))
        by_address = run_in_process_as_text("pcap", "--format", "json", "s3://addresses/2026/day.pcap.gz")
        missing = run_in_process_as_text("pcap", "s3://addresses/2026/none.pcap")
    finally:
        service.stop()
    (tmp_path / "sample.pcap").write_bytes(sample())
    by_path = run_in_process_as_text("pcap", "--format", "json", tmp_path / "sample.pcap")
    assert (by_address.returncode, by_address.stderr) == (0, "")
    assert by_address.stdout == by_path.stdout != ""
    assert (missing.returncode, missing.stderr.count("\n")) == (2, 1)


def test_several_addresses_are_one_stream() -> None:
    system = fsspec.filesystem("memory")
    for number in range(2):
        system.pipe(f"/huginn/{number}.pcap", sample())
    with hg.Analyzer() as analyzer:
        names = [f"memory://huginn/{number}.pcap" for number in range(2)]
        assert sum(map(len, analyzer.batches(names, workers=2))) > 0
        assert [(one.name, one.packets) for one in captures_of(analyzer)] == [(name, 26) for name in names]


@pytest.mark.parametrize(
    ("name", "status", "reason"),
    [
        ("cut.pcap", 1, "truncated"),
        ("none.pcap", 2, "none.pcap"),
        ("notes.txt", 2, "not a pcap or pcapng file"),
    ],
)
def test_what_cannot_be_read_is_a_line(address: str, name: str, status: int, reason: str) -> None:
    done = run_in_process_as_text("pcap", f"{address}/{name}")
    assert done.returncode == status
    assert reason in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("name", ["sample.pcap", "cut.pcap", "notes.txt", "none.pcap"])
@pytest.mark.parametrize(
    "command", [("pcap", "--summary", "--format", "json"), ("hosts",), ("pcap", "--summary")]
)
def test_a_secret_in_an_address_is_not_shown(address: str, name: str, command: tuple[str, ...]) -> None:
    """Nor a user's name; the place and the path are."""
    secret = address.replace("://", "://us3r:s3cret@") + f"/{name}?X-Amz-Signature=s3cret"
    done = run_in_process_as_text(*command, secret, f"{address}/sample.pcap")
    shown = done.stdout + done.stderr
    assert "s3cret" not in shown
    assert "us3r" not in shown
    if name == "none.pcap":
        assert f"{address}/none.pcap" in done.stderr


def test_a_reader_that_stops_leaves_no_thread(address: str) -> None:
    with hg.Analyzer() as analyzer:
        next(iter(analyzer.batches([f"{address}/sample.pcap"] * 3)))
    assert [one for one in threading.enumerate() if one.name == "huginn-decompress"] == []


def test_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    done = run_in_process_as_text("pcap", "s3://bucket/day.pcap")
    assert (done.returncode, done.stdout) == (2, "")
    assert to_add("urls") in done.stderr
