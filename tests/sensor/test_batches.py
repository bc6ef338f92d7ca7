"""The size of live batches follows the traffic, and an idle interface costs no new ones.

The interface is a pipe with a capture, so that nobody needs a right to capture.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice

import pytest

from huginn_cffi import Batch, Database
from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.names import EVENTS
from huginn_cffi.run.settings import Settings
from huginn_cffi.sources import sensor as sensors
from huginn_cffi.sources.interface import CaptureOptions
from tests.support.asked import Asked
from tests.support.captures import pcap
from tests.support.host_talks import LINUX, WINDOWS_10
from tests.support.packets import Ip4, Tcp, packet

BURST = 600
"""Packets, of two events each: what 20,000 SYNs a second bring in 30 ms."""
LONGEST_S = 60

HEADER = pcap([], 101)
_ports = count(1024)


def syns(packets: int) -> bytes:
    """Records of SYNs, each of a conversation that there was none of before."""
    numbered = [packet(Ip4(), Tcp(sport=port)) for port in islice(_ports, packets)]
    return pcap([(10**18, syn) for syn in numbered], 101)[len(HEADER) :]


class Pipe:
    """What `OpenInterface` is to a sensor."""

    counts_exactly = False

    def __init__(self) -> None:
        self.output, self.input = os.pipe()
        os.write(self.input, HEADER)
        out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
        check(lib.hg_source_open_fd(self.output, b"", 0, out, error), error)
        self.source = ffi.gc(out[0], lib.hg_source_free)

    def counters(self) -> dict[str, int]:
        return {}

    def shut(self) -> None:
        pass

    def close(self) -> None:
        ffi.release(self.source)
        os.close(self.output)
        os.close(self.input)


@pytest.fixture
def pipe(monkeypatch: pytest.MonkeyPatch) -> Pipe:
    made = Pipe()
    monkeypatch.setattr(sensors, "open_interfaces", lambda *arguments: (made,))
    return made


@pytest.fixture
def batches(pipe: Pipe) -> Iterator[Iterator[Batch]]:
    end = time.monotonic() + LONGEST_S
    sensor = sensors.Sensor(Settings(), None, "pipe", CaptureOptions())
    found = sensor.batches(Asked(lambda: time.monotonic() > end))
    yield found
    sensor.close()


def taken(batches: Iterator[Batch], packets: int) -> list[Batch]:
    """The batches with the events of so many packets."""
    found, events = [], 0
    while events < 2 * packets:
        found.append(next(batches))
        events += len(found[-1])
    assert events == 2 * packets
    return found


def test_batches_grow_to_what_comes_at_once_and_shrink_again(pipe: Pipe, batches: Iterator[Batch]) -> None:
    os.write(pipe.input, syns(BURST))
    assert len(taken(batches, BURST)) > 3
    latest: list[Batch] = []
    while len(latest) != 1:  # a burst is read in pieces now and then
        os.write(pipe.input, syns(BURST))
        latest = taken(batches, BURST)
    assert latest[0]._native.capacity >= 2 * BURST
    while latest[0]._native.capacity > sensors.ROWS:
        os.write(pipe.input, syns(1))
        latest = taken(batches, 1)


def test_an_idle_interface_makes_no_batches(
    pipe: Pipe, batches: Iterator[Batch], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(rows: int, database: Database | None, name: str, **options: int) -> Batch:
        made.append(rows)
        return Batch(rows, database, name, **options)

    monkeypatch.setattr(sensors, "Batch", counted)
    os.write(pipe.input, syns(1))
    taken(batches, 1)
    writer = os.fork()
    if writer == 0:
        time.sleep(0.7)  # several steps without a packet
        os.write(pipe.input, syns(1))
        os._exit(0)
    taken(batches, 1)
    os.waitpid(writer, 0)
    assert len(made) <= 2


def test_changes_follow_the_events_that_tell_them(pipe: Pipe) -> None:
    """With each SYN, and in each batch, another system speaks."""
    sensor = sensors.Sensor(Settings(changes=True), Database.load_default(), "pipe", CaptureOptions())
    end = time.monotonic() + LONGEST_S
    found = sensor.batches(Asked(lambda: time.monotonic() > end))
    kinds: list[str] = []
    for ttl, system in ((64, LINUX), (128, WINDOWS_10)):
        data = packet(Ip4(ttl=ttl), replace(system, sport=next(_ports)))
        os.write(pipe.input, pcap([(10**18, data)], 101)[len(HEADER) :])
        kinds += [EVENTS[event] for event in next(found)["event"]]
    assert kinds == ["syn", "mtu", "syn", "host_change", "mtu"]
    os.write(pipe.input, syns(1))
    next(found)
    assert sensor.stats.events_by_kind["host_change"] == 1
    sensor.close()
