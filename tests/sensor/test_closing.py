"""A sensor that is closed while its batches are taken: they end, nothing crashes, nothing waits for long.

The interface is a pipe with a capture, so that nobody needs a right to capture.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from huginn_cffi import Batch, Database, HuginnError
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.run.settings import Settings
from huginn_cffi.sources import sensor as sensors
from huginn_cffi.sources.interface import CaptureOptions
from tests.support.asked import Asked
from tests.support.captures import pcap
from tests.support.forks import in_a_child
from tests.support.packets import Ip4, Tcp, packet

PATIENCE_S = 60
"""Every wait here takes a fraction of a second."""

SYN = packet(Ip4(), Tcp())
HEADER, RECORD = pcap([], 101), pcap([(10**18, SYN)], 101)[len(pcap([], 101)) :]


class PipeInterface:
    """What `OpenInterface` is to a sensor. Gives a packet about every 0.1 ms."""

    counts_exactly = True
    collected_s = 0.0

    def __init__(self) -> None:
        output, self._input = os.pipe()
        os.write(self._input, HEADER)
        out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
        check(lib.hg_source_open_fd(output, b"", 0, out, error), error)
        self.source = ffi.gc(out[0], lib.hg_source_free)
        self._output = output
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._send)
        self._thread.start()
        self.closed = 0
        self._process = os.getpid()

    def _send(self) -> None:
        os.set_blocking(self._input, False)
        while not self._ended.wait(0.0001):
            try:
                os.write(self._input, RECORD * 20)
            except BlockingIOError:
                continue

    def counters(self) -> dict[str, int]:
        assert not self.closed
        return {}

    def shut(self) -> None:
        assert not self.closed

    def close(self) -> None:
        if not self.closed:
            if os.getpid() == self._process:  # a forked one has no such thread
                self._ended.set()
                self._thread.join()
            ffi.release(self.source)
            os.close(self._output)
            os.close(self._input)
        self.closed += 1


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[PipeInterface]]:
    made: list[PipeInterface] = []

    def open_interfaces(*arguments: object) -> tuple[PipeInterface, ...]:
        made.append(PipeInterface())
        return (made[-1],)

    monkeypatch.setattr(sensors, "open_interfaces", open_interfaces)
    yield made
    for item in made:
        item.close()


def new_sensor(workers: int = 1) -> sensors.Sensor:
    return sensors.Sensor(Settings(), None, "pipe", CaptureOptions(), workers)


def take_all(sensor: sensors.Sensor, taken: list[int], failures: list[BaseException]) -> None:
    try:
        taken.extend(len(batch) for batch in sensor.batches())
    except BaseException as error:
        failures.append(error)


@pytest.mark.parametrize("workers", [1, 2])
def test_closed_by_another_thread(opened: list[PipeInterface], workers: int) -> None:
    chance = random.Random(workers)
    for _ in range(15):
        sensor = new_sensor(workers)
        taken: list[int] = []
        failures: list[BaseException] = []

        taker = threading.Thread(target=take_all, args=(sensor, taken, failures))
        taker.start()
        time.sleep(chance.random() * 0.1)
        closers = [threading.Thread(target=sensor.close) for _ in range(2)]
        for thread in closers:
            thread.start()
        for thread in (*closers, taker):
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        assert not failures
        assert opened[-1].closed == 1
        assert sum(taken) <= sensor.stats.events


@pytest.mark.parametrize("workers", [1, 2])
def test_closed_by_the_same_thread_while_iterating(opened: list[PipeInterface], workers: int) -> None:
    sensor = new_sensor(workers)
    batches = sensor.batches()
    next(batches)
    began = time.monotonic()
    sensor.close()
    assert list(batches) == []
    assert time.monotonic() - began < PATIENCE_S
    sensor.close()
    assert opened[-1].closed == 1


def test_closed_while_the_database_is_exchanged(opened: list[PipeInterface]) -> None:
    sensor = new_sensor(2)
    batches = sensor.batches()
    next(batches)
    sensor.reload(Database.load_default())
    closer = threading.Timer(0.05, sensor.close)
    closer.start()
    for _ in batches:
        pass
    closer.join()


def test_use_after_close_is_an_error(opened: list[PipeInterface]) -> None:
    sensor = new_sensor()
    sensor.close()
    sensor.close()
    assert sensor.stats.packets == 0
    with pytest.raises(HuginnError, match="the sensor is closed"):
        sensor.batches()
    with pytest.raises(HuginnError, match="the sensor is closed"):
        sensor.reload(None)


def test_the_end_of_a_with_block_closes_it(opened: list[PipeInterface]) -> None:
    cancel = threading.Event()
    with new_sensor() as sensor:
        for _ in sensor.batches(cancel):
            cancel.set()
        with pytest.raises(HuginnError, match="the sensor is closed"), sensor:
            pass
    with pytest.raises(ZeroDivisionError), new_sensor() as sensor:
        raise ZeroDivisionError
    assert [one.closed for one in opened] == [1, 1]


def test_cancel_must_be_askable(opened: list[PipeInterface]) -> None:
    with (
        new_sensor() as sensor,
        pytest.raises(TypeError, match="must have is_set"),
    ):
        sensor.batches(lambda: False)  # type: ignore[arg-type]


def test_batches_can_be_taken_once(opened: list[PipeInterface]) -> None:
    sensor = new_sensor()
    batches = sensor.batches()
    with pytest.raises(HuginnError, match="only once"):
        sensor.batches()
    sensor.close()
    assert list(batches) == []


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no timer that sends a signal")
def test_closed_by_a_signal_handler(opened: list[PipeInterface]) -> None:
    """It may interrupt whatever the iteration does, with the lock held or not."""
    chance = random.Random(1)
    before = signal.getsignal(signal.SIGALRM)
    try:
        for _ in range(15):
            sensor = new_sensor(2)
            signal.signal(signal.SIGALRM, lambda *_, sensor=sensor: sensor.close())
            signal.setitimer(signal.ITIMER_REAL, 0.001 + 0.05 * chance.random())
            for _ in sensor.batches():
                pass
            assert opened[-1].closed >= 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_nothing_of_it_ends_the_process() -> None:
    """The tests above in a process of their own, which would die or hang alone."""
    tests = f"{Path(__file__)}::test_closed_by_another_thread"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0", tests]
    done = subprocess.run(command, capture_output=True, text=True, timeout=3 * PATIENCE_S)
    assert done.returncode == 0, done.stdout[-2000:]


def begun(workers: int) -> tuple[sensors.Sensor, Iterator[Batch]]:
    """A sensor, and its batches, which end when it has read a thousand packets more than at the fork."""
    sensor = new_sensor(workers)
    enough = [1 << 60]
    batches = sensor.batches(Asked(lambda: sensor.stats.packets > enough[0]))
    next(batches)
    enough[0] = sensor.stats.packets + 1000
    return sensor, batches


@pytest.mark.parametrize("workers", [1, 2])
def test_a_forked_process_closes_at_once_and_ends_nothing(opened: list[PipeInterface], workers: int) -> None:
    sensor, batches = begun(workers)
    for _ in range(5):  # at other moments of the threads
        assert in_a_child(sensor.close) == ""
        assert in_a_child(lambda: lib.hg_sensor_free(sensor._native)) == ""
        time.sleep(0.003)
    list(batches)
    assert sensor.stats.packets > 1000
    assert opened[-1].closed == 1


@pytest.mark.parametrize("workers", [1, 2])
def test_a_sensor_is_of_no_use_to_a_forked_process(opened: list[PipeInterface], workers: int) -> None:
    sensor, batches = begun(workers)
    uses = (lambda: next(batches), lambda: sensor.reload(None), lambda: sensor.batches())
    with sensor._lock:  # as a thread may have it when another one forks
        for use in uses:
            assert in_a_child(use) == f"HuginnError: {sensors.FORKED}"
        assert in_a_child(batches.close) == ""  # type: ignore[attr-defined]
    assert in_a_child(lambda: sensor.stats.packets) == ""
    list(batches)
    assert sensor.stats.packets > 1000


def test_the_core_refuses_a_forked_process(opened: list[PipeInterface]) -> None:
    sensor, batches = begun(2)
    batch, error = Batch(128, None), ffi.new("hg_error *")
    refused = "ValueError: the sensor belongs to the parent process"
    assert (
        in_a_child(lambda: check(lib.hg_sensor_run(sensor._native, batch._native, error), error)) == refused
    )
    assert in_a_child(lambda: check(lib.hg_sensor_open(sensor._native, ffi.NULL, 1, error), error)) == refused
    list(batches)
