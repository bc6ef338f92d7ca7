"""What a running capture does beside capturing: it tells what it counted, and answers signals.

SIGUSR1 asks for the counters. SIGHUP has the outputs opened again and the database read again. All
of it is done between two batches, so that no packet waits for long.
"""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from types import FrameType
from typing import TYPE_CHECKING

from huginn_cffi.arguments import Cancel
from huginn_cffi.capture.accounting import account
from huginn_cffi.capture.metrics import write_metrics
from huginn_cffi.cli.options import open_database
from huginn_cffi.cli.standard_error import complain, counted, say, write_stats, write_workers
from huginn_cffi.database.loading import LatestLoad
from huginn_cffi.errors import DatabaseError, SignatureError, named

if TYPE_CHECKING:
    from huginn_cffi.capture.sensor import Sensor
    from huginn_cffi.cli.outlet import Outlet
    from huginn_cffi.database import Database

METRICS_S = 10.0
"""Metrics are written so often unless --stats-interval says otherwise."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told, and how often (in seconds)."""

    json: bool = False
    interval: float | None = None
    metrics_file: str | None = None


class Service:
    """A `Cancel` for the sensor, which asks it between batches: that is when things are done."""

    def __init__(
        self, ending: Cancel, sensor: Sensor, outlet: Outlet, database_path: str | None, telling: Telling
    ) -> None:
        self._ending, self._sensor, self._outlet = ending, sensor, outlet
        self._database_path, self._telling = database_path, telling
        self._started, self._began = time.time(), time.monotonic()
        self._told = self._metered = self._began
        self._metrics_failed = False
        self._asked: list[int] = []
        self._loader = LatestLoad(self._load)

    def is_set(self) -> bool:
        """Do what is due, then say whether the capture shall end."""
        while self._asked:
            self._answer(self._asked.pop(0))
        self._loader.deliver(self._use)
        self._outlet.rotate_if_due()
        now = time.monotonic()
        interval = self._telling.interval
        if interval is not None and now - self._told >= interval:
            self._told = now
            self.tell()
        if now - self._metered >= (interval or METRICS_S):
            self.meter()
        return self._ending.is_set()

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Answer SIGUSR1 and SIGHUP, also where SIGHUP was inherited as ignored (nohup)."""
        numbers = (signal.SIGUSR1, signal.SIGHUP)
        before = {number: signal.signal(number, self._noted) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, signal.SIG_DFL if handler is None else handler)

    def tell(self) -> None:
        """Write all counters to standard error."""
        if self._telling.json:
            found = account(
                self._sensor.name,
                datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                time.monotonic() - self._began,
                self._sensor.worker_stats,
                self._outlet.lost,
            )
            say(json.dumps(found))
            return
        write_stats(self._sensor.stats)
        workers = self._sensor.worker_stats
        if len(workers) > 1:
            write_workers(workers)
        if self._outlet.lost:
            say(f"lost:     {counted(self._outlet.lost, 'result')} could not be written")

    def meter(self) -> None:
        """Write the metrics, if they are wanted."""
        self._metered = time.monotonic()
        path = self._telling.metrics_file
        if path is None:
            return
        try:
            write_metrics(
                path, self._sensor.name, self._sensor.worker_stats, self._outlet.lost, self._started
            )
        except OSError as error:
            if not self._metrics_failed:
                complain(f"{named(path)}: cannot be written: {error.strerror}")
            self._metrics_failed = True
        else:
            self._metrics_failed = False

    def _noted(self, number: int, frame: FrameType | None) -> None:
        if number not in self._asked:
            self._asked.append(number)

    def _answer(self, number: int) -> None:
        if number == signal.SIGUSR1:
            self.tell()
            return
        self._outlet.reopen()
        path = self._database_path
        if path is None:
            complain("outputs are open again; the database is the built-in one")
        else:
            self._loader.request(path)

    def _load(self, path: str) -> Database | None:
        try:
            return open_database(path)
        except (DatabaseError, SignatureError, OSError, MemoryError) as error:
            first = (str(error).splitlines() or ["out of memory"])[0]
            more = "" if isinstance(error, DatabaseError) else f" (see: huginn check {named(path)})"
            complain(f"{first}; the database in force stays{more}")
            return None

    def _use(self, database: Database) -> None:
        self._sensor.reload(database)
        complain(f"{named(self._database_path or '')}: {counted(len(database), 'signature')} in force")
