"""A process that forks while it reads a compressed capture: parent and child both come to an end."""

from __future__ import annotations

import gzip
import os
import select
import signal
import struct
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, CaptureError
from tests.support.captures import pcap
from tests.support.packets import Ip4, Tcp, mss, packet

PATIENCE_S = 60
"""Every wait here takes a fraction of a second."""

SYNS = 100_000
"""More than pipes, buffers and a batch hold together."""


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fork") / "capture.pcap.gz"
    syn = packet(Ip4(), Tcp(options=mss(1460)))
    sources = (struct.pack(">I", 0x0A000000 + number) for number in range(SYNS))
    frames = [(number, syn[:12] + source + syn[16:]) for number, source in enumerate(sources)]
    path.write_bytes(gzip.compress(pcap(frames), 1))
    return path


def in_child(work: Callable[[], bytes]) -> tuple[int, int]:
    """A forked process that does `work` and then waits for its end; its pid, and where its answer comes."""
    output, given = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # threads are what this is about
        pid = os.fork()
    if pid == 0:
        try:
            os.write(given, work())
            signal.pause()
        finally:
            os._exit(1)
    os.close(given)
    return pid, output


def answer(output: int) -> bytes:
    assert select.select([output], [], [], PATIENCE_S)[0], "the child hangs"
    return os.read(output, 1000)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.parametrize("source", ["file", "memory"])
@pytest.mark.parametrize("reads", [True, False])
def test_a_child_forked_while_a_compressed_capture_is_read(capture: Path, source: str, reads: bool) -> None:
    """The child reads on and is told why it cannot, or closes; the parent gets all, while the child lives."""
    given = capture if source == "file" else capture.read_bytes()
    batches = iter(Analyzer(None).batches(given))
    found = len(next(batches))

    def work() -> bytes:
        try:
            for _ in batches if reads else ():
                pass
        except CaptureError as error:
            return str(error).encode()
        batches.close()
        return b"closed"

    pid, output = in_child(work)
    try:
        told = answer(output)
        signal.alarm(PATIENCE_S)  # ends the test where the parent hangs
        found += sum(len(batch) for batch in batches)
    finally:
        signal.alarm(0)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(output)
    assert (b"has to open it again" in told) if reads else told == b"closed"
    assert found == 2 * SYNS
