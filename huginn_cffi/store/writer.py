"""Writes hosts to a store in its own thread, so a capture never waits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import islice
from queue import SimpleQueue
from typing import NamedTuple

from huginn_cffi.base.errors import named
from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.run.changes import WatchedDevice
from huginn_cffi.store.news import newest
from huginn_cffi.store.opening import SQL_ERRORS, in_words, open_for_writing
from huginn_cffi.store.retention import DEVICE_NS, MAX_STORED, Retention
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.watched import WatchedTable

FLUSH_S = 5.0
BATCH = 10_000
"""Hosts per transaction. With half as many, random hosts out of a million share fewer pages, and each costs a
sixth more."""


class _Handed(NamedTuple):
    news: Sequence[str]
    devices: Sequence[WatchedDevice]


class Writer:
    """A store that is open for writing. Use it as a context manager, or `close` it.

    `start` starts the thread. Every `FLUSH_S` seconds and at the end, the thread calls `source` and writes
    the returned hosts, which changed since the last call. If that fails, the hosts of one transaction wait,
    and the others stay with the source; `left_out` counts hosts and events not written by the end.
    `on_problem` is called in the thread with a sentence when writing begins to fail and when it works again.
    Raises `StoreError` if the store cannot be opened, or has another writer.
    """

    def __init__(
        self,
        path: str,
        sensor: str,
        source: Callable[[], Iterable[HostRecord]] = tuple,
        *,
        site: str = "",
        captures: Callable[[], Iterable[bytes]] = tuple,
        keep_ns: int | None = None,
        forget_ns: int = DEVICE_NS,
        max_stored: int = MAX_STORED,
        on_problem: Callable[[str], None] = lambda _: None,
        on_commit: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.path, self.left_out, self.written = path, 0, 0
        self._source = source
        self._on_problem, self._on_commit = on_problem, on_commit
        self._connection, self._lock = open_for_writing(path)
        try:
            self._upserts = Upserts(self._connection, site, sensor, captures)
            self.watched: WatchedTable = WatchedTable(self._connection)
            self._retention = Retention(
                self._connection, keep_ns, max_stored, self.watched, forget_ns=forget_ns
            )
        except SQL_ERRORS as error:
            self._release()
            raise in_words(path, error) from None
        self.watches = False
        """Whether this run reports news about devices, and hands them over."""
        self._handed: SimpleQueue[_Handed] = SimpleQueue()
        self._news: list[str] = []
        self._devices: dict[tuple[int, bytes], WatchedDevice] = {}
        self._waiting: list[HostRecord] = []
        """Hosts of a transaction that failed."""
        self._failing = False
        self._due, self._closing = threading.Event(), threading.Event()
        self._process = os.getpid()
        self._thread = threading.Thread(target=self._run, name="huginn-store", daemon=True)

    def start(self) -> None:
        """Start the thread, once. Give up rights before: each thread has its own."""
        if self._thread.ident is None:
            self._thread.start()

    def hand_over(self, news: Sequence[str], devices: Sequence[WatchedDevice]) -> None:
        """Let the thread write events and the devices that they made known, in one transaction."""
        self._handed.put(_Handed(news, devices))
        if news:
            self._due.set()

    def close(self) -> bool:
        """Write the remaining hosts, and end. True if nothing was left out. A second call does nothing.

        In a forked process it does nothing: thread, lock and connection belong to the parent.
        """
        if os.getpid() != self._process:
            return True
        self.start()
        self._closing.set()
        self._due.set()
        self._thread.join()
        self._release()
        return not self.left_out

    def __enter__(self) -> Writer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _run(self) -> None:
        while not self._closing.is_set():
            self._due.wait(FLUSH_S)
            self._due.clear()
            self._flush()
        self._flush()
        if self._failing:
            self.left_out += len(self._waiting) + len(self._news)
            with suppress(Exception):
                self.left_out += sum(1 for _ in self._source())
            self._on_problem(f"{named(self.path)}: {self.left_out} records could not be written")
        with suppress(*SQL_ERRORS):  # data in the log file is not lost
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _flush(self) -> None:
        """Write waiting and changed hosts, transaction after transaction, and remove old data."""
        try:
            if self._failing:  # hosts that cannot be written hold up no news
                self._write_news()
            changed = iter(self._source())
            while chosen := self._waiting or [*islice(changed, BATCH)]:
                self._waiting = chosen
                self._upserts.write(in_order(chosen))
                self._waiting, count = [], len(chosen)
                self.written += count
                self._retention.wrote(count)
                self._write_news()  # after 100,000 hosts of a flood they would be late, or lost by a crash
                self._on_commit(count)
            self._write_news()
            self._retention.forget(now=self._closing.is_set())
        except Exception as error:  # the thread goes on, whatever a host or the disk is
            if not self._failing:
                self._on_problem(f"{in_words(self.path, error)}; the hosts wait, and the capture continues")
            self._failing = True
        else:
            if self._failing:
                self._on_problem(f"{named(self.path)}: is written again")
            self._failing = False

    def _write_news(self) -> None:
        """Write what was handed over; after a failure it waits for the next call."""
        while not self._handed.empty():
            handed = self._handed.get()
            self._devices.update(((one.kind, one.key), one) for one in handed.devices)
            waiting = [*self._news, *handed.news]
            self._news = newest(waiting)
            self.left_out += len(waiting) - len(self._news)
        if self._news or self._devices:
            self.watched.write(self._devices.values(), self._upserts.sensor, self._news)
            self._news = []
            self._devices.clear()
        if not self.watches and self._closing.is_set():
            self.watched.note_hosts()

    def _release(self) -> None:
        with suppress(*SQL_ERRORS):
            self._connection.close()
        self._lock.release()
