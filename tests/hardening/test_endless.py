"""Input that never ends, or comes slowly."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from huginn_cffi import Analyzer, Database
from huginn_cffi.explain.packet import explain_packet
from tests.support import captures
from tests.support.packets import Ip4, Tcp, mss, packet

BEGIN = captures.section() + captures.interface()
SYNS = [(n, packet(Ip4(source=f"10.0.0.{n}"), Tcp(options=mss(1460)))) for n in range(1, 6)]


@contextmanager
def fed(folder: Path, pieces: Iterator[bytes]) -> Iterator[Path]:
    """A pipe that `pieces` are written to, until nobody reads or the block ends."""
    path, ending = folder / "pipe", threading.Event()
    os.mkfifo(path)

    def feed() -> None:
        with suppress(BrokenPipeError), path.open("wb", buffering=0) as pipe:
            for piece in pieces:
                if ending.is_set():
                    return
                pipe.write(piece)

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        yield path
    finally:
        ending.set()
        feeder.join()


def without_packets(pieces: bytes) -> Iterator[bytes]:
    yield BEGIN
    while True:
        yield pieces


@pytest.mark.parametrize(
    "pieces",
    [captures.block(0xBAD, bytes(1000)) * 60, BEGIN * 1000, captures.block(0xBAD, bytes(4 << 20))],
    ids=["blocks", "sections", "large blocks"],
)
def test_cancel_is_seen_where_no_packet_comes(tmp_path: Path, pieces: bytes) -> None:
    cancel, ended = threading.Event(), threading.Event()

    def analyse() -> None:
        assert list(Analyzer().analyze_pcap(path, cancel=cancel)) == []
        ended.set()

    with fed(tmp_path, without_packets(pieces)) as path:
        analysis = threading.Thread(target=analyse)
        analysis.start()
        assert not ended.wait(0.3)
        cancel.set()
        seen = ended.wait(60)
    analysis.join()
    assert seen


@pytest.mark.parametrize("whole", [captures.pcap(SYNS), BEGIN], ids=["pcap", "pcapng"])
@pytest.mark.parametrize("length", [1, 4, 11, 23])
def test_cancel_is_seen_within_the_first_bytes(tmp_path: Path, whole: bytes, length: int) -> None:
    cancel, hold, asked = threading.Event(), threading.Event(), threading.Event()

    class CancelFlag:
        def is_set(self) -> bool:
            asked.set()
            return cancel.is_set()

    def stalled() -> Iterator[bytes]:
        yield whole[:length]
        hold.wait(60)

    results = []

    def analyse() -> None:
        results.append(list(Analyzer().analyze_pcap(path, cancel=CancelFlag())))

    with fed(tmp_path, stalled()) as path:
        analysis = threading.Thread(target=analyse)
        analysis.start()
        assert asked.wait(60)
        analysis.join(0.2)
        assert not results  # it waits for more
        cancel.set()
        analysis.join(60)
        hold.set()
    assert results == [[]]


@pytest.mark.parametrize("whole", [captures.pcap(SYNS), BEGIN + captures.enhanced(SYNS[0][1])])
def test_header_that_comes_byte_by_byte(tmp_path: Path, whole: bytes) -> None:
    """Nothing of it is lost while it is waited for."""
    pause = threading.Event()

    def slowly() -> Iterator[bytes]:
        for at in range(0, 28, 4):
            pause.wait(0.07)
            yield whole[at : at + 4]
        yield whole[28:]

    with fed(tmp_path, slowly()) as path:
        found = [result.packet_number for result in Analyzer().analyze_pcap(path)]
    assert found == [result.packet_number for result in Analyzer().analyze_pcap(whole)]
    assert found


def test_interrupt_is_seen_within_the_first_bytes() -> None:
    """Ctrl-C at a command whose input stalls."""
    command = [sys.executable, "-m", "huginn_cffi", "pcap", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as running:
        assert running.stdin is not None
        running.stdin.write(captures.pcap(SYNS)[:9])
        running.stdin.flush()
        while unread(running.stdin.fileno()):
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130


def unread(pipe: int) -> int:
    """Bytes that were written to `pipe` and not read yet."""
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_explaining_waits_for_a_slow_pipe(tmp_path: Path) -> None:
    """A pause is not the end of the capture."""
    data = captures.pcap(SYNS)
    pause = threading.Event()

    def slowly() -> Iterator[bytes]:
        yield data[:100]
        pause.wait(0.3)
        yield data[100:]

    with fed(tmp_path, slowly()) as path:
        explained = explain_packet(Database.load_default(), path, 4)
    assert explained.part.source.ip == "10.0.0.4"
