"""Descriptors, signals, lack of memory, and hostile bytes: the same whatever is read how."""

from __future__ import annotations

import csv
import os
import random
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.captures import block, enhanced, interface, obsolete, pcap, section, simple
from tests.support.sensor_harness import END, FORMAT, IO, MEMORY, TRUNCATED, Harness, frame, parse

LONG_WAIT = 60.0
"""Seconds after which a test gives up; none comes near unless something hangs."""


def mixed_pcapng() -> bytes:
    little = section() + interface(1, tsresol=9) + interface(101, tsresol=0x94, tsoffset=7)
    little += enhanced(b"abc", 1) + simple(b"defg") + block(5, bytes(16)) + obsolete(b"hi", 9, index=1)
    big = section(">") + interface(113, order=">") + enhanced(bytes(90), 2**40, order=">")
    return little + big


SEEDS = [
    pcap([(10**9 * i, bytes((i,)) * (i * 7)) for i in range(12)], 1),
    pcap([(10**9 * i, bytes((i,)) * (i * 7)) for i in range(12)], 1, order=">", nanoseconds=True),
    pcap([(10**9 * i, bytes((i,)) * (i * 7)) for i in range(6)], 1, modified=True),
    mixed_pcapng(),
]


def start(harness: Harness, capacity: int = 64) -> subprocess.Popen[bytes]:
    command = [str(harness.program), "pipe", str(capacity), "-"]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)


def next_line(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([process.stdout], [], [], LONG_WAIT)
        assert ready, "the harness says nothing"
        byte = process.stdout.read(1)
        assert byte, "the harness ended"
        line += byte
    return line.decode().rstrip("\n")


def test_frames_of_a_pipe_come_as_soon_as_they_are_whole(harness: Harness) -> None:
    capture = pcap([(1000, b"one"), (2000, b"two")], 1)
    with start(harness) as process:
        assert process.stdin is not None
        process.stdin.write(capture[: 24 + 16 + 3])
        assert next_line(process).startswith("file ")
        assert next_line(process).startswith("frame 1000 3 ")
        for byte in capture[24 + 16 + 3 :]:
            process.stdin.write(bytes((byte,)))
        assert next_line(process).startswith("frame 2000 3 ")
        process.stdin.close()
        assert next_line(process).startswith(f"end {END} ")


def test_a_signal_ends_a_wait_and_nothing_is_lost(harness: Harness) -> None:
    capture = one = mixed_pcapng()
    cut = len(one) - 30  # inside the last block, of which a part waits in the window
    with start(harness) as process:
        assert process.stdin is not None
        process.stdin.write(capture[:cut])
        lines = [next_line(process) for _ in range(4)]
        deadline = time.monotonic() + LONG_WAIT
        while lines[-1] != "interrupted":
            assert time.monotonic() < deadline
            time.sleep(0.05)  # until it waits in read(2); a signal before that has no effect
            process.send_signal(signal.SIGUSR1)
            assert process.stdout is not None
            if select.select([process.stdout], [], [], 0.2)[0]:
                lines.append(next_line(process))
        process.stdin.write(capture[cut:])
        process.stdin.close()
        while not lines[-1].startswith("end "):
            lines.append(next_line(process))
    assert parse("\n".join(lines))[0].verdict == harness.read(capture).verdict


def test_a_descriptor_that_does_not_block_is_waited_for(harness: Harness) -> None:
    reading_end, writing_end = os.pipe()
    os.set_blocking(reading_end, False)
    command = [str(harness.program), "pipe", "64", "-"]
    with subprocess.Popen(command, stdin=reading_end, stdout=subprocess.PIPE) as process:
        os.close(reading_end)
        time.sleep(0.1)
        os.write(writing_end, pcap([(1000, b"one")], 1))
        os.close(writing_end)
        output, _ = process.communicate(timeout=LONG_WAIT)
    assert parse(output.decode())[0].frames == [frame(b"one", 1000, 1)]


def test_a_directory_cannot_be_read(harness: Harness, tmp_path: Path) -> None:
    reading = harness.read_files([tmp_path])[0]
    assert (reading.status, reading.system) == (IO, 21)  # EISDIR
    assert reading.message == "reading failed at byte offset 0"


def test_memory_stays_flat(plain_harness: Harness) -> None:
    """100 MB are read in the memory of 1 MB, give or take what varies from run to run."""
    packet = (0, bytes(1400))
    small, large = pcap([packet] * 700), pcap([packet] * 70_000)
    peaks = [plain_harness.read(capture, "pipe", 512).peak_kib for capture in (small, large)]
    assert peaks[1] - peaks[0] < 1024


@pytest.mark.parametrize("mode", ["memory", "file", "ahead"])
@pytest.mark.parametrize("seed", [pcap([(0, bytes(1000))]), mixed_pcapng() + interface() * 9])
def test_every_allocation_may_fail(harness: Harness, mode: str, seed: bytes) -> None:
    whole = harness.read(seed, mode)
    failures = 0
    for failing in range(1, 100):
        reading = harness.read(seed, f"{mode},{failing}")
        if reading.verdict == whole.verdict:
            break
        failures += 1
        assert reading.status == MEMORY
        assert reading.message.startswith("no memory for ")
        assert reading.frames == whole.frames[: len(reading.frames)]
    assert failures >= 1
    assert reading.verdict == whole.verdict


@pytest.mark.parametrize("mode", ["ahead", "threads"])
def test_mutations_read_ahead_end_alike(harness: Harness, tmp_path: Path, mode: str) -> None:
    chance = random.Random(9)
    paths = [tmp_path / f"{number}" for number in range(400)]
    for number, path in enumerate(paths):
        path.write_bytes(mutated(SEEDS[number % len(SEEDS)], chance))
    memory = [item.verdict for item in harness.read_files(paths, "memory")]
    assert len(memory) == len(paths)
    for capacity in (1, 64):
        assert [item.verdict for item in harness.read_files(paths, mode, capacity)] == memory


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """``seed`` with a few bytes, words or runs changed."""
    data = bytearray(seed)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data))
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                value = chance.choice([0, 1, 4, 12, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFC, len(data)])
                data[at : at + 4] = value.to_bytes(4, chance.choice(["little", "big"]))
            case 2:
                del data[at : at + chance.randint(1, 40)]
            case 3:
                other = chance.randrange(len(data))
                data[at:at] = data[other : other + chance.randint(1, 60)]
            case _:
                del data[at + 1 :]
    return bytes(data)


@pytest.mark.parametrize("seed", range(len(SEEDS)))
def test_mutations_end_clearly_and_alike_however_they_are_read(
    harness: Harness, tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    paths = [tmp_path / f"{number}" for number in range(400)]
    for path in paths:
        path.write_bytes(mutated(SEEDS[seed], chance))
    memory = harness.read_files(paths, "memory")
    assert [item.verdict for item in harness.read_files(paths, "file")] == [item.verdict for item in memory]
    assert [item.verdict for item in harness.read_files(paths, "file", 1)] == [
        item.verdict for item in memory
    ]
    assert len(memory) == len(paths)
    for item in memory:
        assert item.status == END or item.message
    assert {END, FORMAT, TRUNCATED} <= {item.status for item in memory}


def test_the_corpus_is_read_to_its_last_packet(harness: Harness, corpus: Path) -> None:
    with (corpus / "manifest.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    readings = harness.read_files([corpus / row["file"] for row in rows])
    wrong = [
        (row["file"], row["packets"], len(reading.frames))
        for row, reading in zip(rows, readings, strict=True)
        if len(reading.frames) != int(row["packets"])
    ]
    assert wrong == []
    damaged = {row["file"] for row, item in zip(rows, readings, strict=True) if item.status == TRUNCATED}
    assert damaged == {row["file"] for row in rows if "truncated-file" in row["notes"]}
    refused = {row["file"] for row, item in zip(rows, readings, strict=True) if item.status == FORMAT}
    assert refused == {row["file"] for row in rows if "bad-magic" in row["notes"]}
