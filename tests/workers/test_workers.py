"""Any number of workers gives the same events, in the same order."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

import huginn_cffi as hg
from tests.support.all_columns import all_columns
from tests.support.captures import pcap
from tests.support.core import CORE
from tests.workers.traffic import conversations


def digest(source: object, workers: int, **limits: int) -> tuple[str, int, object]:
    """All columns of all events, their number, and what was counted."""
    sums: dict[str, Any] = defaultdict(hashlib.sha256)
    with hg.Analyzer(**limits) as analyzer:
        events = 0
        for batch in analyzer.batches(source, workers=workers):
            events += len(batch)
            for name, values in all_columns(batch).items():
                sums[name].update(values.tobytes())
        return "".join(total.hexdigest() for total in sums.values()), events, analyzer.stats


@pytest.fixture(scope="module")
def capture() -> bytes:
    return pcap(conversations(12_000, 1), 101)


@pytest.mark.parametrize("workers", [2, 3, 7])
@pytest.mark.parametrize("limits", [{}, {"max_connections": 50, "max_hosts": 20}])
def test_same_events_from_memory(capture: bytes, workers: int, limits: dict[str, int]) -> None:
    alone = digest(capture, 1, **limits)
    assert alone[1] > 24_000
    assert digest(capture, workers, **limits) == alone


@pytest.mark.parametrize("workers", [2, 5])
def test_same_events_from_a_file(tmp_path: Path, capture: bytes, workers: int) -> None:
    path = tmp_path / "capture.pcap"
    path.write_bytes(capture)
    assert digest(path, workers) == digest(capture, 1)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_everything_before_damage_is_delivered(tmp_path: Path, capture: bytes, workers: int) -> None:
    path = tmp_path / "cut.pcap"
    path.write_bytes(capture[:-10])
    found: list[int] = []
    with hg.Analyzer() as analyzer:
        batches = analyzer.batches(path, workers=workers)
        with pytest.raises(hg.CaptureError, match="truncated at record") as caught:
            found.extend(len(batch) for batch in batches)
        assert analyzer.stats.packets == caught.value.record - 1
    assert sum(found) == sum(len(batch) for batch in hg.Analyzer().batches(capture))


def test_several_captures_are_one_stream(tmp_path: Path) -> None:
    packets = conversations(4000, 2)
    whole, halves = pcap(packets, 101), [pcap(packets[:7000], 101), pcap(packets[7000:], 101)]
    assert digest(halves, 3) == digest(whole, 1)


CANCELLED = """
import os, sys, threading, time
import huginn_cffi as hg
def listed(most): # a thread that was joined is listed for a moment longer
    for _ in range(3000):
        found = len(os.listdir("/proc/self/task"))
        if found <= most:
            break
        time.sleep(0.01)
    return found
first = threading.Thread(target=int)
first.start()
first.join()
while os.path.exists(f"/proc/self/task/{first.native_id}"):
    time.sleep(0.01)
before = len(os.listdir("/proc/self/task"))
cancel = threading.Event()
batches = hg.Analyzer().batches([sys.argv[1]] * 50, workers=4, cancel=cancel)
next(batches)
cancel.set()
print(sum(1 for _ in batches), before, listed(before))
"""
"""In a process of its own: libraries that other tests use start and end threads at any time."""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted there")
def test_cancelling_ends_all_of_them(capture: bytes, tmp_path: Path) -> None:
    path = tmp_path / "capture.pcap"
    path.write_bytes(capture)
    command = [sys.executable, "-c", CANCELLED, path]
    done = subprocess.run(command, cwd=CORE.parent, capture_output=True, text=True, timeout=120, check=True)
    batches, before, after = map(int, done.stdout.split())
    assert batches <= 2
    assert after == before  # one; with ThreadSanitizer, which has its own from the first thread on, two


@pytest.mark.parametrize("workers", [0, -1, 65])
def test_numbers_out_of_range_are_refused(workers: int) -> None:
    with pytest.raises(ValueError, match=f"workers must be 1 to 64, not {workers}"):
        hg.Analyzer().batches(b"", workers=workers)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="workers must be an int, not str"):
        hg.Analyzer().analyze_pcap(b"", workers="2")  # type: ignore[arg-type]
