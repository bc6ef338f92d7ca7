"""Several workers read one file's chunks: what comes of it must not depend on how they did.

The windows of `harness` have 64 bytes, so a chunk has as many, and the slack in front of it 16.
"""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.support.captures import block, enhanced, interface, pcap, section
from tests.support.sensor_harness import END, TRUNCATED, Harness

MODES = ["ahead", "threads"]
SIZES = (0, 1, 3, 7, 12, 15, 16, 17, 31, 40, 47, 48, 49, 63, 64, 65, 100, 128, 300)


def records(count: int, seed: int) -> list[tuple[int, bytes]]:
    """Packets of all sizes around those of chunk and slack, and some many times as large."""
    chance = random.Random(seed)
    sizes = [chance.choice(SIZES) if chance.random() < 0.97 else 2000 for _ in range(count)]
    return [(1000 * number, chance.randbytes(size)) for number, size in enumerate(sizes)]


def as_pcap(shift: int, count: int) -> bytes:
    """A pcap file whose records begin `shift` bytes further on."""
    return pcap([(1, bytes(shift)), *records(count, shift)], 1)


def as_pcapng(shift: int, count: int) -> bytes:
    """The same packets in pcapng, an option, an unknown block and a new section among them."""
    body = b"".join(
        enhanced(data, time) if time % 9000 else block(5, bytes(len(data) // 4 * 4)) + enhanced(data, time)
        for time, data in records(count, shift)
    )
    begin = section() + block(0x0BAD, bytes(shift // 4 * 4)) + interface(1, tsresol=9)
    return begin + body + begin + body


@pytest.fixture(scope="module")
def straddling(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Captures whose records lie in every way across the ends of chunks."""
    folder = tmp_path_factory.mktemp("straddling")
    paths = []
    for shift in range(64):
        for name, make in (("pcap", as_pcap), ("pcapng", as_pcapng)):
            paths.append(folder / f"{shift}.{name}")
            paths[-1].write_bytes(make(shift, 60))
    return paths


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("capacity", [1, 5, 64])
def test_records_across_chunks(harness: Harness, straddling: list[Path], mode: str, capacity: int) -> None:
    memory = harness.read_files(straddling, "memory")
    assert all(item.status == END and len(item.frames) > 50 for item in memory)
    found = harness.read_files(straddling, mode, capacity)
    assert [item.verdict for item in found] == [item.verdict for item in memory]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("make", [as_pcap, as_pcapng])
def test_a_file_cut_anywhere(harness: Harness, tmp_path: Path, mode: str, make: object) -> None:
    assert callable(make)
    whole = make(5, 8)
    paths = [tmp_path / f"{length}" for length in range(len(whole))]
    for length, path in enumerate(paths):
        path.write_bytes(whole[:length])
    memory = harness.read_files(paths, "memory")
    assert {END, TRUNCATED} <= {item.status for item in memory}
    assert [item.verdict for item in harness.read_files(paths, mode)] == [item.verdict for item in memory]


def test_a_file_that_grows(harness: Harness, straddling: list[Path]) -> None:
    """Its end was met ahead before; what was read behind that then counts for nothing."""
    paths = [path for path in straddling if path.suffix == ".pcap"]
    memory = harness.read_files(paths, "memory")
    found = harness.read_files(paths, "grow", 1)
    assert [item.verdict for item in found] == [item.verdict for item in memory]


def test_threads_do_not_race(threaded_harness: Harness, straddling: list[Path]) -> None:
    """ThreadSanitizer ends the program with another status when it finds something."""
    some = straddling[::4]
    memory = [item.verdict for item in threaded_harness.read_files(some, "memory")]
    for capacity in (2, 64):
        found = threaded_harness.read_files(some, "threads", capacity)
        assert [item.verdict for item in found] == memory


@pytest.mark.parametrize("mode", MODES)
def test_large_chunks_and_records(plain_harness: Harness, tmp_path: Path, mode: str) -> None:
    """As shipped: chunks of 1 MiB, slack of 256 KiB, records of up to 3 MiB."""
    chance = random.Random(3)
    sizes = [*range(0, 1500, 3), 300_000, 60, 1 << 20, 1500, 3 << 20, *[1400] * 2000, 262_144, 262_145, 9]
    path = tmp_path / "capture"
    path.write_bytes(pcap([(number, chance.randbytes(size)) for number, size in enumerate(sizes)], 1))
    expected = plain_harness.read_files([path], "memory")[0]
    assert len(expected.frames) == len(sizes)
    assert plain_harness.read_files([path], mode, 2048)[0].verdict == expected.verdict


def test_memory_stays_flat(plain_harness: Harness) -> None:
    """85 MB more are read in hardly more memory: who is quicker decides how many buffers a run fills."""
    packet = (0, bytes(1400))
    small, large = pcap([packet] * 10_000), pcap([packet] * 70_000)
    peaks = [plain_harness.read(capture, "ahead", 512).peak_kib for capture in (small, large)]
    assert peaks[1] - peaks[0] < 16 * 1024
