"""A sensor: a live capture that can run for months."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from itertools import zip_longest

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import Cancel, check_cancel
from huginn_cffi.base.errors import CaptureError, HuginnError, check, named
from huginn_cffi.base.handles import CData, handle_of, made
from huginn_cffi.database.database import Database
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.changes import Changes
from huginn_cffi.run.left_out import left_out
from huginn_cffi.run.run import ENDED, CoreRun, changes_for
from huginn_cffi.run.settings import Settings, engine_config
from huginn_cffi.run.stats import Stats, stats_of, summed
from huginn_cffi.sockets.peers import Peers
from huginn_cffi.sources.interface import (
    PASSING,
    CaptureOptions,
    OpenInterface,
    open_interfaces,
)

ROWS, MOST_ROWS = 128, 4096
"""Least and most rows of a live batch. It is small because one kept result keeps its whole batch, and most
hold one packet's events; it grows under load because each batch costs as much as some hundred events."""

COUNTING_S = 0.1
"""Interval at which the kernel's counters are read, which costs as much as some hundred packets."""

DRAINING_S = 0.3
"""At the end the packets left in the buffers are read, for at most this time."""

LOOKING_S = 0.2
"""Interval at which a missing interface is looked for."""

FORKED = "the sensor belongs to the parent process; open another one in this process"

Stop = Callable[[], bool]


class SensorStats:
    """A sensor's counters so far, for each worker; it outlives the sensor."""

    def __init__(self, workers: int) -> None:
        self.native: list[CData] = [ffi.new("hg_stats *") for _ in range(workers)]
        self.lost: list[int] = [0] * workers
        """Packets lost because a worker's ring was full."""
        self.kernel: list[dict[str, int]] = [summed() for _ in range(workers)]
        self.counts_exactly: bool = False
        self.left_out: dict[str, int] = {}
        self.shared: bool = False
        """Whether the kernel counts each packet once, and each worker's packets on their own."""

    @property
    def workers(self) -> tuple[Stats, ...]:
        """The counters of each worker."""
        rows = zip(self.native, self.lost, self._kernel(), strict=True)
        return tuple(
            replace(stats_of(native), interface={**kernel, "dropped_by_ring": lost})
            for native, lost, kernel in rows
        )

    def _kernel(self) -> list[dict[str, int]]:
        """The kernel's counters. They are a little older than the packets read, but add up with these."""
        found = [*self.kernel]
        taken = [native.packets + lost for native, lost in zip(self.native, self.lost, strict=True)]
        for number in range(len(taken) if self.shared else 1) if self.counts_exactly else ():
            before = found[number]["dropped_by_kernel"] + (taken[number] if self.shared else sum(taken))
            received = max(found[number]["received"], before)
            found[number] = {**found[number], "received": received, "unread": received - before}
        return found

    @property
    def packets(self) -> int:
        """Packets read so far."""
        return sum(native.packets for native in self.native)

    def stats(self) -> Stats:
        """The counters of all workers together."""
        found = self.workers
        return replace(sum(found[1:], found[0]), left_out=self.left_out)


class Sensor:
    """A live capture on an interface, with one or more workers.

    `batches` yields the events, which do not depend on the number of workers. Flows, hosts and counters live
    as long as the sensor, even if the interface goes away and comes back. One thread takes the batches; any
    thread may use `stats`, `worker_stats`, `reload` and `close`. A process forked later can only close its
    copy, which does not affect the parent.

    Created by `Analyzer.sensor`; raises the errors of `Analyzer.analyze_network`. With `wait` the interface
    may be missing: `on_change` gets a line whenever the sensor starts to wait for it, and when it is back.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database | None,
        name: str,
        options: CaptureOptions,
        workers: int = 1,
        *,
        wait: bool = False,
        on_change: Callable[[str], object] = lambda line: None,
    ) -> None:
        self.name = name
        self.database = database
        self._settings, self._options, self._workers = settings, options, workers
        self._wait, self._on_change = wait, on_change
        config = engine_config(settings, workers)
        self._native = made("hg_sensor", lib.hg_sensor_new, config, handle_of(database))
        self._run = CoreRun(config)
        self._error: CData = ffi.new("hg_error *")
        self._next_database: list[Database | None] = []
        self._between: Callable[[], object] = lambda: None
        self.changes: Changes | None = changes_for(settings, database)
        """Reports the changes of hosts, if requested. Set before the batches are taken."""
        self.counted: SensorStats = SensorStats(workers)
        """The source of `stats` and `worker_stats`."""
        self._before = self.counted.kernel
        """The kernel's counters of interfaces that were closed."""
        self._asked_at = 0.0
        self._rows = ROWS
        self._count_before = 0
        self._lock = threading.RLock()
        """Held while the core or an interface is used, never while the caller has a batch."""
        self._in_use = False
        """Whether the lock's holder is using the core or an interface."""
        self._closed = False
        self._begun = False
        self._peers: Peers | None = None
        self._process = os.getpid()
        """The process with the core's threads. In a forked process the lock may stay held for ever."""
        self._interfaces: tuple[OpenInterface, ...] = ()
        try:
            self._open()
        except CaptureError as error:
            if not wait or error.errno not in PASSING:
                raise
            on_change(f"{error}; waiting for it")

    @property
    def shared(self) -> bool:
        """Whether the kernel distributes the packets, and each worker reads its own."""
        return len(self._interfaces) > 1

    @property
    def stats(self) -> Stats:
        """The counters of all workers, at most 0.1 s old."""
        return self.counted.stats()

    @property
    def worker_stats(self) -> tuple[Stats, ...]:
        """The counters of each worker. The first also has the packets that the interface dropped.

        Unless `shared`, one reader feeds all workers, and the first worker has the kernel's counters.
        """
        return self.counted.workers

    def follow_ends(self, peers: Peers) -> None:
        """Record in `peers` which connections end; called before the batches are taken."""
        self._peers = peers  # the core borrows it
        lib.hg_sensor_follow_ends(self._native, peers.handle)

    def reload(self, database: Database | None) -> None:
        """Use another database from now on, without losing packets, flows or hosts.

        `HuginnError` once the sensor is closed.
        """
        self._check_open()
        self._next_database.append(database)

    def close(self) -> None:
        """End the capture, from any thread; calling it again does nothing.

        The iterator of batches ends. Packets captured but not returned are counted as unread.
        """
        self._closed = True
        if self._is_forked():
            self._close_interfaces()
            return
        with self._lock:
            if not self._in_use:  # else a signal handler runs, and the interrupted code closes
                with self._using():
                    pass

    def batches(
        self, cancel: Cancel | None = None, *, between: Callable[[], object] = lambda: None
    ) -> Generator[Batch, None, None]:
        """All events as they happen, until `cancel` is set or the interface fails; called once.

        `cancel` (any object with ``is_set()``) and `between` are called at least every 0.2 s; a program does
        its other work, such as `reload`, in `between`. Batches are never empty. At the end, the events of all
        packets captured so far are returned, then the sensor is closed. `HuginnError` if the sensor is
        closed, or `batches` was called before.
        """
        check_cancel(cancel)
        self._check_open()
        if self._begun:
            raise HuginnError("the batches of a sensor can be taken only once")
        self._begun = True
        self._between = between
        self._report()
        return self._batches(lambda: self._closed or (cancel is not None and cancel.is_set()))

    def __enter__(self) -> Sensor:
        self._check_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _is_forked(self) -> bool:
        return os.getpid() != self._process

    def _check_open(self) -> None:
        if self._is_forked():
            raise HuginnError(FORKED)
        if self._closed:
            raise HuginnError("the sensor is closed")

    def _batches(self, stop: Stop) -> Generator[Batch, None, None]:
        try:
            while not stop():
                try:
                    if not self._interfaces:
                        self._return_of_interface(stop)
                        continue
                    yield from self._captured(stop)
                except CaptureError as error:
                    if self._closed:
                        return
                    if not self._wait or error.refused:
                        raise
                    with self._lock:
                        self._release()
                    self._on_change(f"{error}; waiting for it")
            yield from self._finished()
        finally:
            self.close()

    @contextmanager
    def _using(self) -> Iterator[bool]:
        """Hold the lock to use the core and the interfaces; yields whether they are still open."""
        if self._is_forked():
            raise HuginnError(FORKED)
        with self._lock:
            self._in_use = True
            try:
                yield not self._closed
            finally:
                if self._closed:
                    self._release()
                self._in_use = False

    def _release(self) -> None:
        """Close the interfaces; the caller holds the lock."""
        lib.hg_sensor_close(self._native)
        if not self._interfaces:
            return
        self._count()
        self._ask_kernel()
        self._before = self.counted.kernel
        self._close_interfaces()

    def _close_interfaces(self) -> None:
        interfaces, self._interfaces = self._interfaces, ()
        for item in interfaces:
            item.close()

    def _captured(self, stop: Stop) -> Iterator[Batch]:
        """The events of the open interface, until it fails or `stop`."""
        with ExitStack() as applied:
            with self._using() as is_open:
                if not is_open:
                    return
                self._begin(applied)
            try:
                while not stop():
                    self._between()
                    if self._next_database:
                        yield from self._exchanged()
                    yield from self._step()
                    if time.monotonic() - self._asked_at > COUNTING_S:
                        with self._using() as is_open:
                            if is_open:
                                self._ask_kernel()
                yield from self._drained()
            finally:
                if not self._is_forked():
                    with self._lock:  # before the filters applied to the sources are freed
                        lib.hg_sensor_close(self._native)

    def _step(self) -> Generator[Batch, None, bool]:
        """Yield the core's next batch, if any. Returns whether the input has ended."""
        with self._using() as is_open:
            if not is_open:
                return True
            status = lib.hg_sensor_run(self._native, self._run.room(self._rows), self._error)
            self._count()
        batch = self._filled(ENDED if status == lib.HG_END else time.time_ns())
        # Adapt to the traffic. A small batch after a large one is its remainder, not a sign of less traffic.
        count = 0 if batch is None else batch.count
        if count > self._rows - lib.HG_MIN_BATCH:
            self._rows = min(2 * self._rows, MOST_ROWS)
        elif max(count, self._count_before) < self._rows // 4:
            self._rows = max(self._rows // 2, ROWS)
        self._count_before = count
        if batch is not None:
            yield batch
        return check(status, self._error, subject=self.name) == lib.HG_END

    def _filled(self, now_ns: int) -> Batch | None:
        """The rows of the core's latest call, added to the hosts."""
        with nullcontext() if self.changes is None else self.changes._lock:
            self._run.filled(now_ns)
            return self._run.taken(self.database, self.name)

    def _steps(self, deadline: float = math.inf) -> Iterator[Batch]:
        """Batches of `_step` until the input has ended, or until the deadline."""
        while time.monotonic() < deadline and not (yield from self._step()):
            pass

    def _exchanged(self) -> Iterator[Batch]:
        """Yield the events of packets already read, then switch to the other database."""
        self._set_mode(lib.HG_SENSOR_HOLD)
        yield from self._steps()
        with self._using() as is_open:
            if not is_open:
                return
            database = self._next_database.pop(0)
            check(lib.hg_sensor_use(self._native, handle_of(database), self._error), self._error)
            self.database = database
        self._report()
        self._set_mode(lib.HG_SENSOR_RUN)

    def _drained(self) -> Iterator[Batch]:
        """The events of the packets left in the buffers."""
        collected = time.monotonic()
        with self._using() as is_open:
            for item in self._interfaces if is_open else ():
                item.shut()
                collected = max(collected, time.monotonic() + item.collected_s)
        yield from self._steps(collected)
        self._set_mode(lib.HG_SENSOR_DRAIN)
        yield from self._steps(time.monotonic() + DRAINING_S)

    def _finished(self) -> Iterator[Batch]:
        """The events of data that no packet acknowledged before the end."""
        ended = False
        while not ended:
            with self._using() as is_open:
                if not is_open:
                    return
                status = lib.hg_sensor_finish(self._native, self._run.room(self._rows), self._error)
                self._count()
            ended = check(status, self._error, subject=self.name) == lib.HG_END
            if (batch := self._filled(ENDED)) is not None:
                yield batch

    def _report(self) -> None:
        if self.changes is not None:
            self.changes.report_to(self._run.handle, self.database)

    def _set_mode(self, mode: int) -> None:
        with self._using():
            lib.hg_sensor_set_mode(self._native, mode)

    def _open(self) -> None:
        self._interfaces = open_interfaces(self.name, self._options, self._settings, self._workers)
        self.counted.counts_exactly = all(item.counts_exactly for item in self._interfaces)
        self.counted.shared = self.shared

    def _begin(self, applied: ExitStack) -> None:
        """Have the core read from the interface, through the BPF expression of the settings."""
        bpf = self._settings.bpf
        sources = [item.source for item in self._interfaces]
        if bpf is not None:
            sources = [applied.enter_context(bpf.applied(source)) for source in sources]
        array = ffi.new("hg_source *[]", sources)
        check(lib.hg_sensor_open(self._native, array, len(sources), self._error), self._error)

    def _return_of_interface(self, stop: Stop) -> None:
        """Wait until the interface can be opened, or until `stop`."""
        while not stop():
            self._between()
            try:
                with self._using() as is_open:
                    if not is_open:
                        return
                    self._open()
            except CaptureError as error:
                if error.errno not in PASSING:
                    raise
                time.sleep(LOOKING_S)
            else:
                self._on_change(f"{named(self.name)}: it is there, listening again")
                return

    def _count(self) -> None:
        """Copy the core's counters; done by the capturing thread, so that any thread may read the copy."""
        counted = self.counted
        for number, native in enumerate(counted.native):
            counted.lost[number] = lib.hg_sensor_stats(self._native, number, native)
        if self._settings.left_out:
            counted.left_out = left_out(lib.hg_sensor_left_out, self._native)
        if self.changes is not None:
            self.changes.count(counted.native[0])

    def _ask_kernel(self) -> None:
        self._asked_at = time.monotonic()
        asked = [item.counters() for item in self._interfaces]
        for number in range(1, len(asked)):
            asked[number]["dropped_by_interface"] = 0
        pairs = zip_longest(self._before, asked, fillvalue=summed())
        self.counted.kernel = [summed(*pair) for pair in pairs]
