"""Side tasks of a running capture: it reports counters and reacts to signals.

SIGUSR1 reports the counters. SIGHUP reopens the outputs and rereads the database. Both happen between two
batches, so that no packet waits for long.
"""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import FrameType
from typing import TYPE_CHECKING, Protocol, TypeVar

from huginn_cffi.base.errors import DatabaseError, SignatureError, named
from huginn_cffi.base.files import replace_file
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.cli.signals import handled
from huginn_cffi.cli.standard_error import (
    complain,
    counted,
    draw_line,
    is_terminal,
    say,
    say_untracked,
    write_stats,
    write_workers,
)
from huginn_cffi.sources import metrics

if TYPE_CHECKING:
    from prometheus_client import Metric

    from huginn_cffi.cli.output.live import LiveOutput
    from huginn_cffi.cli.output.screen import Screen
    from huginn_cffi.cli.signature_options import Signatures
    from huginn_cffi.database.database import Database
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.stats import Stats
    from huginn_cffi.sources.sensor import Sensor


class HostsUser(Protocol):
    """Outputs of an inventory during a capture: a file, a socket, a store."""

    def do_due(self) -> None:
        """Do due work; called between two batches, so it must be short."""

    def report_now(self) -> None:
        """Write or report now (SIGUSR1)."""

    def close(self) -> None:
        """The capture has ended; called once."""


class HostsFile:
    """A file of all hosts, one JSON object per line: written at the end, and on request.

    Writing many hosts takes a while; the capture continues meanwhile.
    """

    def __init__(self, inventory: Inventory, path: str) -> None:
        self._inventory, self._path = inventory, path
        self._writing: Thread | None = None

    def do_due(self) -> None:
        """Nothing is due between batches."""

    def report_now(self) -> None:
        """Write it in a thread, unless one is already writing."""
        if self._writing is None or not self._writing.is_alive():
            self._writing = Thread(target=self._write, name="huginn-hosts")
            self._writing.start()

    def close(self) -> None:
        """Wait for the thread, and write the file a last time."""
        if self._writing is not None:
            self._writing.join()
        self._write()

    def _write(self) -> None:
        """Replace the file. An error is printed, but does not end the capture."""
        self._inventory.conclude()
        data = b"".join(self._inventory.written("json"))
        try:
            replace_file(Path(self._path), data)
        except OSError as error:
            complain(f"{named(self._path)}: cannot be written: {error.strerror}")
            return
        if self._inventory.forgotten:
            say(f"forgotten: {counted(self._inventory.forgotten, 'host')}, not seen for longest")
        say_untracked(self._inventory.untracked)


User = TypeVar("User", bound=HostsUser)


class LiveHosts:
    """The inventory of a running capture (None until the first user is added) and its users."""

    def __init__(
        self, database: Database | None, max_inventory: int = MAX_INVENTORY, *, host_names: bool = False
    ) -> None:
        self.inventory: Inventory | None = None
        self._database, self._max_inventory, self._host_names = database, max_inventory, host_names
        self._users: list[HostsUser] = []

    def add(self, make: Callable[[Inventory], User]) -> User:
        """Create a user of the inventory with `make`, and add it."""
        if self.inventory is None:
            from huginn_cffi.hosts.inventory import Inventory

            self.inventory = Inventory(
                self._database,
                max_inventory=self._max_inventory,
                live=True,
                host_names=self._host_names,
            )
        user = make(self.inventory)
        self._users.append(user)
        return user

    def do_due(self) -> None:
        """Let all users do due work."""
        for user in self._users:
            user.do_due()

    def report_now(self) -> None:
        """Tell all users to write or report now."""
        for user in self._users:
            user.report_now()

    def close(self) -> None:
        """The capture has ended; a second call is harmless."""
        while self._users:
            self._users.pop().close()


DRAWN_S = 1.0
"""Interval at which the line of counters is drawn."""
METRICS_S = 10.0
"""Interval at which metrics are written, unless --stats-interval is given."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Format and interval (in seconds) of reported counters, and the file for metrics.

    `is_brief`: a screen ends with one line of counts.
    """

    json: bool = False
    interval: float | None = None
    metrics_file: str | None = None
    is_brief: bool = False


class LatestLoad:
    """Loads databases in a thread, because the kernel's buffer would fill up during a compilation.

    Only the result of the latest request is used: the file may have changed after an earlier load read it.
    `load` runs in the thread. If a file cannot be used, it reports the error and returns None.
    """

    def __init__(self, load: Callable[[str], Database | None]) -> None:
        self._load = load
        self._requests: SimpleQueue[str] = SimpleQueue()
        self._results: SimpleQueue[Database | None] = SimpleQueue()
        self._pending = 0
        """Requests without a delivered result; used by the caller's thread only."""
        self._thread = threading.Thread(target=self._run, daemon=True)

    def request(self, path: str) -> None:
        """Load this file, after the load that is running."""
        self._requests.put(path)
        self._pending += 1
        try:
            if not self._thread.is_alive():
                self._thread.start()
        except RuntimeError:  # no thread can start: load here, and let packets wait
            self._load_next()

    def deliver(self, use: Callable[[Database], object]) -> None:
        """Call `use`, in this thread, with the database of the latest request, once it has been loaded."""
        while not self._results.empty():
            found = self._results.get()
            self._pending -= 1
            if found is not None and self._pending == 0:
                use(found)

    def _run(self) -> None:
        while True:
            self._load_next()

    def _load_next(self) -> None:
        path = self._requests.get()
        self._results.put(self._load(path) if self._requests.empty() else None)


def _lost(stats: Stats) -> int:
    """Packets that nobody read."""
    return sum(stats.interface.get(name, 0) for name in ("dropped_by_kernel", "dropped_by_ring"))


class Service:
    """Handles signals and timed tasks between two batches (`do_due`)."""

    def __init__(
        self,
        sensor: Sensor,
        output: LiveOutput,
        signatures: Signatures,
        reporting: Reporting,
        hosts: LiveHosts,
    ) -> None:
        self._sensor, self._output, self._hosts = sensor, output, hosts
        self._signatures, self._reporting = signatures, reporting
        self._started, self._began = time.time(), time.monotonic()
        self._reported = self._metered = self._began
        self._metrics_failed = False
        self._draws = is_terminal() and not output.is_terminal
        self._drawn, self._drawn_packets = self._began, 0
        self._signals: list[int] = []
        self._packets, self._last_packet = 0, 0.0
        self._loader = LatestLoad(self._load)
        self.on_reload: Callable[[], object] = bool
        """Called after SIGHUP."""

    def do_due(self) -> None:
        """Handle signals, use a loaded database, rotate, and write counters and metrics."""
        while self._signals:
            self._answer(self._signals.pop(0))
        self._loader.deliver(self._use)
        self._output.rotate_if_due()
        self._hosts.do_due()
        now = time.monotonic()
        if (packets := self._sensor.counted.packets) != self._packets:
            self._packets, self._last_packet = packets, time.time()
        interval = self._reporting.interval
        if interval is not None and now - self._reported >= interval:
            self._reported = now
            self.report()
        if self._draws and now - self._drawn >= DRAWN_S:
            self._draw(now)
        if now - self._metered >= (interval or METRICS_S):
            self.write_metrics()

    def on_signals(self) -> AbstractContextManager[None]:
        """Handle SIGUSR1 and SIGHUP, even if SIGHUP was inherited as ignored (nohup)."""
        return handled({signal.SIGUSR1: self._note_signal, signal.SIGHUP: self._note_signal})

    def report(self, screen: Screen | None = None) -> None:
        """Write all counters to standard error, or one line at the end of a screen."""
        if screen is not None and self._reporting.is_brief:
            stats, hosts = self._sensor.stats, screen.inventory
            forgotten = f", {hosts.forgotten} forgotten" if hosts.forgotten else ""
            found = f"{counted(hosts.records, 'host')}{forgotten}, {counted(screen.findings, 'finding')}"
            say(f"{found}; {counted(stats.packets, 'packet')}, {_lost(stats)} lost")
            return
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        workers = self._sensor.worker_stats
        if self._reporting.json:
            seconds = time.monotonic() - self._began
            say(json.dumps(metrics.account(self._sensor.name, now, seconds, workers, self._output.lost)))
            return
        say(f"time:     {now}")
        write_stats(self._sensor.stats)
        if len(workers) > 1:
            write_workers(workers)
        if self._output.lost:
            say(f"lost:     {counted(self._output.lost, 'result')} could not be written")

    def _draw(self, now: float) -> None:
        """Show progress on the terminal; used if the results go elsewhere."""
        stats = self._sensor.stats
        rate = (stats.packets - self._drawn_packets) / (now - self._drawn)
        self._drawn, self._drawn_packets = now, stats.packets
        draw_line(
            f"{named(self._sensor.name)}: {stats.packets:,} packets, {rate:,.0f}/s, "
            f"{stats.events:,} results, {_lost(stats):,} packets and {self._output.lost:,} results lost"
        )

    def write_metrics(self) -> None:
        """Write the metrics, if requested."""
        self._metered = time.monotonic()
        path = self._reporting.metrics_file
        if path is None:
            return
        try:
            metrics.write_metrics(path, self._metrics())
        except OSError as error:
            if not self._metrics_failed:
                complain(f"{named(path)}: cannot be written: {error.strerror}")
            self._metrics_failed = True
        else:
            self._metrics_failed = False

    def metrics(self) -> bytes:
        """The metrics as text; any thread may ask."""
        return metrics.metrics_text(self._metrics())

    def _metrics(self) -> Iterator[Metric]:
        sensor = self._sensor
        gauges = {"start_time_seconds": self._started, "last_packet_time_seconds": self._last_packet}
        if self._hosts.inventory is not None:
            gauges["current_hosts"] = len(self._hosts.inventory)
        if sensor.database is not None:
            gauges["database_time_seconds"] = metrics.database_time(self._signatures.path)
        workers = sensor.worker_stats
        return metrics.metrics_of(
            sensor.name, workers, self._output.lost, {**gauges, **metrics.gauges_of(workers)}
        )

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        if number not in self._signals:
            self._signals.append(number)

    def _answer(self, number: int) -> None:
        if number == signal.SIGUSR1:
            self.report()
            self._hosts.report_now()
            return
        self._output.reopen()
        self.on_reload()
        path = self._signatures.path
        if path is None:
            complain("outputs are open again")
        else:
            self._loader.request(path)

    def _load(self, path: str) -> Database | None:
        try:
            return self._signatures.open()
        except (DatabaseError, SignatureError, OSError, MemoryError) as error:
            first = (str(error).splitlines() or ["out of memory"])[0]
            more = "" if isinstance(error, DatabaseError) else f" (see: huginn check {named(path)})"
            complain(f"{first}; the old database stays in use{more}")
            return None

    def _use(self, database: Database) -> None:
        self._sensor.reload(database)
        complain(f"{named(self._signatures.path or '')}: {counted(len(database), 'signature')} in use")
