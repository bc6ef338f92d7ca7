"""Files of many chunks, which several workers read ahead: events, errors and places as of one."""

from __future__ import annotations

import os
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import huginn_cffi as hg
from tests.support.captures import enhanced, interface, pcap, section
from tests.support.packets import ACK, SYN, Ip4, Tcp, ethernet, packet

CHUNK = 1 << 20
START = 1_700_000_000_000_000_000
SIZES = (0, 6, 200, 1448, 1448, 60_000, 9)
"""Bytes of data of the packets that follow each other."""


def frames(count: int, huge: tuple[int, ...] = ()) -> Iterator[tuple[int, bytes]]:
    """A SYN and some data each; of those numbered in `huge` the frame is padded to 1.5 MiB."""
    syn = bytearray(ethernet(packet(Ip4(), Tcp(flags=SYN))))
    data = [ethernet(packet(Ip4(), Tcp(flags=ACK, payload=bytes(size)))) for size in SIZES]
    for number in range(count):
        struct.pack_into("!I", syn, 26, 0x0A000000 + number)
        yield START + number * 20_000, bytes(syn)
        padding = bytes(CHUNK * 3 // 2) if number in huge else b""
        yield START + number * 20_000 + 10_000, data[number % len(data)] + padding


@pytest.fixture(scope="module")
def as_pcap() -> bytes:
    """6 MiB, two of its records larger than a chunk."""
    return pcap(frames(250, (40, 170)), 1)


@pytest.fixture(scope="module")
def as_pcapng() -> bytes:
    return section() + interface(1) + b"".join(enhanced(data, time) for time, data in frames(250, (40, 170)))


Outcome = tuple[list[tuple[int, int, str]], object, str, int, int]


def outcome(source: object, workers: int, **settings: bool) -> Outcome:
    """Events, counters, and how it ended: message, record and offset."""
    rows: list[tuple[int, int, str]] = []
    message, record, offset = "", 0, 0
    with hg.Analyzer(**settings) as analyzer:
        try:
            for row in analyzer.analyze_pcap(source, workers=workers):  # type: ignore[arg-type]
                rows.append((row.packet_number, row.time_ns, str(row.parts)))
        except hg.CaptureError as error:
            message, record, offset = str(error), error.record, error.offset
        return rows, analyzer.stats, message, record, offset


@contextmanager
def standard_input(path: Path) -> Iterator[None]:
    """Standard input is the file for a while: a descriptor that others may have read from."""
    before, descriptor = os.dup(0), os.open(path, os.O_RDONLY)
    try:
        os.dup2(descriptor, 0)
        yield
    finally:
        os.dup2(before, 0)
        os.close(before)
        os.close(descriptor)


def place() -> int:
    """Where standard input stands."""
    return os.lseek(0, 0, os.SEEK_CUR)


@pytest.mark.parametrize("workers", [2, 4])
@pytest.mark.parametrize("uptime", [True, False])
@pytest.mark.parametrize("kind", ["as_pcap", "as_pcapng"])
def test_same_as_one_worker(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, workers: int, uptime: bool
) -> None:
    path = tmp_path / "capture"
    path.write_bytes(request.getfixturevalue(kind))
    alone = outcome(path, 1, uptime=uptime)
    assert len(alone[0]) >= 250
    assert outcome(path, workers, uptime=uptime) == alone


@pytest.mark.parametrize("workers", [2, 4])
@pytest.mark.parametrize("kind", ["as_pcap", "as_pcapng"])
def test_cut_and_damaged_files(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, workers: int
) -> None:
    """At the border of a chunk, around it, and inside records larger than one."""
    whole: bytes = request.getfixturevalue(kind)
    path = tmp_path / "capture"
    ends = set()
    for place in (CHUNK, 2 * CHUNK - 7, 3 * CHUNK + 9, 4 * CHUNK, len(whole) - 1):
        damaged = whole[:place] + b"\xff" * 64 + whole[place + 64 :]
        for data in (whole[:place], damaged):
            path.write_bytes(data)
            alone = outcome(path, 1)
            ends.add(alone[2])
            assert outcome(path, workers) == alone
    assert len(ends) >= 5


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_a_descriptor_goes_on_where_it_stood(tmp_path: Path, as_pcap: bytes, workers: int) -> None:
    """And stands at the end of the file afterwards."""
    path = tmp_path / "capture"
    path.write_bytes(b"before" * 1000 + as_pcap)
    with standard_input(path):
        os.lseek(0, 6000, os.SEEK_SET)
        found = outcome("-", workers)
        assert place() == 6000 + len(as_pcap)
    assert found == outcome(as_pcap, 1)


def test_a_descriptor_stands_behind_what_was_taken(tmp_path: Path, as_pcap: bytes) -> None:
    """Not behind what was only read ahead, which is more with more workers."""
    path = tmp_path / "capture"
    path.write_bytes(as_pcap[: 3 * CHUNK + 5] + b"\xff" * (12 * CHUNK))
    offsets = set()
    for workers in (1, 2, 4):
        with standard_input(path):
            _, _, message, _, offset = outcome("-", workers)
            assert "damaged at record" in message
            assert offset < place() <= offset + 2 * CHUNK
            offsets.add(offset)
    assert len(offsets) == 1


RECORD = 616
"""Bytes of each record of `many_syns`, which are 60,000: 35.2 chunks."""


@pytest.fixture(scope="module")
def many_syns() -> bytes:
    syns = (
        data.ljust(RECORD - 16, b"\0") for number, (_, data) in enumerate(frames(60_000)) if number % 2 == 0
    )
    return pcap(((START + number * 1000, data) for number, data in enumerate(syns)), 1)


def changing(path: Path, workers: int, change: Callable[[], object]) -> tuple[int, str]:
    """Packets of a file that changes after the first batch, and how it ended.

    A batch of several workers has 10,240 rows a worker, two a packet: the first is full when 3 MiB a worker
    were walked; of one worker, 4,096.
    """
    message = ""
    with hg.Analyzer() as analyzer:
        batches = analyzer.batches(path, workers=workers)
        try:
            assert len(next(batches)) > 0
            change()
            assert all(len(batch) > 0 for batch in batches)
        except hg.CaptureError as error:
            message = str(error)
        return analyzer.stats.packets, message


@pytest.mark.parametrize(
    ("workers", "chunks"), [(1, 3.5), (2, 9.501), (2, 9.9), (2, 10), (4, 18.001), (4, 18.5), (4, 23)]
)
def test_a_file_that_grows_is_read_to_its_end(
    tmp_path: Path, many_syns: bytes, workers: int, chunks: float
) -> None:
    """Even where its end was met ahead of time: what comes behind it then is not lost.

    When the first batch is full, 3 MiB a worker were walked (1.2 by one alone), and a block of 1.2 MiB more
    by each worker at most. Chunks behind those may have been read.
    """
    path = tmp_path / "growing"
    begin = int(chunks * CHUNK)
    path.write_bytes(many_syns[:begin])

    def grow() -> None:
        with path.open("ab") as file:
            file.write(many_syns[begin:])

    assert changing(path, workers, grow) == (60_000, "")


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_a_file_that_shrinks_ends_in_a_clear_error(tmp_path: Path, many_syns: bytes, workers: int) -> None:
    path = tmp_path / "shrinking"
    path.write_bytes(many_syns)
    whole, rest = divmod(32 * CHUNK + 5 - 24, RECORD)
    assert rest > 0
    packets, message = changing(path, workers, lambda: os.truncate(path, 32 * CHUNK + 5))
    assert packets == whole
    assert message.endswith(f"truncated at record {whole + 1}, byte offset {24 + whole * RECORD}")


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_a_pipe_has_nothing_to_read_ahead(tmp_path: Path, as_pcap: bytes, workers: int) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(as_pcap,))
    writer.start()
    found = outcome(path, workers)
    writer.join()
    assert found == outcome(as_pcap, 1)
