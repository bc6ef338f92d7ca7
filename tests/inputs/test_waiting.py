"""Inputs that make one wait: a FIFO that nobody writes to, and compressed data that holds nothing."""

from __future__ import annotations

import bz2
import gzip
import importlib.util
import lzma
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from huginn_cffi import Analyzer
from tests.support.captures import pcap
from tests.support.command import ENVIRONMENT
from tests.support.packets import Ip4, Tcp, packet

PATIENCE_S = 60
MOST_S_A_MEGABYTE = 2.0
"""Of the processor. All take 0.1 to 0.5 s; zstd took 3.5 s while each member made what all can share."""

SYNS = pcap([(number, packet(Ip4(), Tcp(sport=number + 1))) for number in range(100)])

EVENTS = 2 * 99
"""Of all but the last of them."""


def test_cancelled_while_a_fifo_has_no_writer(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    cancel = threading.Event()
    found: list[int] = []
    reader = threading.Thread(
        target=lambda: found.extend(len(batch) for batch in Analyzer(None).batches(path, cancel=cancel)),
        daemon=True,
    )
    reader.start()
    time.sleep(0.2)
    assert reader.is_alive(), "a writer may still come"
    cancel.set()
    reader.join(PATIENCE_S)
    assert not reader.is_alive()
    assert found == []


@pytest.mark.parametrize("compress", [bytes, gzip.compress])
def test_a_writer_that_comes_late(tmp_path: Path, compress: object) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    data = compress(SYNS)  # type: ignore[operator]

    def write() -> None:
        time.sleep(0.3)
        with path.open("wb") as file:
            file.write(data[:2])
            file.flush()
            time.sleep(0.1)
            file.write(data[2:])

    writer = threading.Thread(target=write, daemon=True)
    writer.start()
    expected = sum(len(batch) for batch in Analyzer(None).batches(SYNS))
    assert sum(len(batch) for batch in Analyzer(None).batches(path)) == expected
    writer.join(PATIENCE_S)


@pytest.mark.parametrize("workers", [1, 4])
def test_interrupted_while_the_writer_of_a_fifo_has_stopped(tmp_path: Path, workers: int) -> None:
    """Whichever worker waits for more: what came is told, and the command ends."""
    path, out = tmp_path / "fifo", tmp_path / "out"
    os.mkfifo(path)
    words = ("pcap", str(path), "--workers", str(workers), "--format", "json", "-o", str(out))
    with subprocess.Popen(
        [sys.executable, "-m", "huginn_cffi", *words],
        env=ENVIRONMENT,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as command:
        try:
            with path.open("wb") as file:
                file.write(SYNS[:-10])
                file.flush()
                deadline = time.monotonic() + PATIENCE_S
                while _lines(out) < EVENTS and time.monotonic() < deadline:
                    time.sleep(0.02)
                time.sleep(0.3)  # now a worker waits for the rest
                command.send_signal(signal.SIGINT)
                assert command.wait(PATIENCE_S) == 130
        finally:
            command.kill()
    assert _lines(out) == EVENTS


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def empty_member(kind: str) -> bytes:
    if kind == "gzip":
        return gzip.compress(b"", 9, mtime=0)
    if kind == "xz":
        return lzma.compress(b"")
    if kind == "bzip2":
        return bz2.compress(b"")
    return bytes.fromhex("502a4d1800000000")  # a frame of metadata without any


@pytest.mark.parametrize(
    ("kind", "library"),
    [("gzip", "zlib"), ("xz", "lzma"), ("bzip2", "bz2"), ("zstd", "zstandard"), ("lz4", "lz4.frame")],
)
def test_empty_members_cost_little(kind: str, library: str) -> None:
    """A megabyte of them, measured by the processor's time: it takes what other input of its size may."""
    if importlib.util.find_spec(library.partition(".")[0]) is None:
        pytest.skip(f"no {library}")
    member = empty_member(kind)
    if kind == "zstd":
        import zstandard

        head, whole = zstandard.compress(b""), zstandard.compress(SYNS)
    elif kind == "lz4":
        import lz4.frame

        head, whole = lz4.frame.compress(b""), lz4.frame.compress(SYNS)
    else:
        compress = {"gzip": gzip.compress, "xz": lzma.compress, "bzip2": bz2.compress}[kind]
        head, whole = member, compress(SYNS)
    data = head + member * ((1 << 20) // len(member)) + whole
    began = time.process_time()
    events = sum(len(batch) for batch in Analyzer(None).batches(data))
    taken = time.process_time() - began
    assert taken < MOST_S_A_MEGABYTE
    assert events == sum(len(batch) for batch in Analyzer(None).batches(SYNS))
