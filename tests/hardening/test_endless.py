"""Input that never ends, or comes slowly."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from support import captures
from support.packets import Ip4, Tcp, mss, packet

from huginn_cffi import Analyzer, Database
from huginn_cffi.explain_packet import explain_packet

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
        seen = ended.wait(3)
    analysis.join()
    assert seen


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
