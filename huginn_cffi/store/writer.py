"""Writes hosts to a store in its own thread, so a capture never waits."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice

from huginn_cffi.base.errors import StoreError, named
from huginn_cffi.engine.changes import WatchedDevice
from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.store.opening import SQL_ERRORS, in_words, open_for_writing
from huginn_cffi.store.retention import MAX_STORED, Retention
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.watched import WatchedTable

Key = tuple[str, str | None]
"""Address, or MAC if there is none, and tunnel of a host."""
FLUSH_S = 5.0
BATCH = 10_000
"""Hosts of a transaction; so many that wait are written at once. With half as many, hosts picked at random
from a million share fewer pages, and each costs a sixth more."""
MOST_WAITING = 50_000
"""Hosts that may wait for the disk; more are left out and counted."""


class Writer:
    """A store that is open for writing. Use it as a context manager, or `close` it.

    `start` starts the thread. It takes hosts from `source`, which is called in that thread and gives
    those that changed since it was asked last, or `offer` queues them, which never waits for the
    disk. A host is written within `FLUSH_S` seconds. Where the disk does not keep up, hosts of which
    there is but a single SYN are written last and left out first; `left_out` counts hosts that were
    offered and not written. `on_problem` gets one sentence, in the writer's thread, when writing begins
    to fail and when it works again. Raises `StoreError` where the store cannot be opened, or has
    another writer.
    """

    def __init__(
        self,
        path: str,
        sensor: str,
        source: Callable[[], Iterable[HostRecord]] = tuple,
        *,
        keep_ns: int | None = None,
        max_stored: int = MAX_STORED,
        on_problem: Callable[[str], None] = lambda _: None,
        on_commit: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.path, self.left_out, self.written = path, 0, 0
        self._source = source
        self._on_problem, self._on_commit = on_problem, on_commit
        self._connection, self._lock = open_for_writing(path)
        try:
            self._upserts = Upserts(self._connection, "", sensor)
            self.watched = WatchedTable(self._connection)
            self._retention = Retention(self._connection, keep_ns, max_stored, self.watched)
        except SQL_ERRORS as error:
            self._release()
            raise in_words(path, error) from None
        self.news: Callable[[], Iterable[WatchedDevice]] = tuple
        """Gives what changed of devices; called like `source`."""
        self._news: dict[tuple[int, bytes], WatchedDevice] = {}
        self._waiting: dict[Key, HostRecord] = {}
        self._faint: dict[Key, HostRecord] = {}
        """Hosts of a single SYN; like `_waiting` in the order in which they came."""
        self._failing = self._closing = False
        self._process = os.getpid()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="huginn-store", daemon=True)

    def start(self) -> None:
        """Start the thread, once; a process gives up its rights before, which are a thread's own."""
        if self._thread.ident is None:
            self._thread.start()

    def offer(self, records: Iterable[HostRecord]) -> None:
        """Queue hosts for writing; a later record of a host takes the place of an earlier one."""
        if self._is_forked():
            raise StoreError(f"{named(self.path)}: is being written by the parent process of this fork")
        self.start()
        with self._changed:
            for one in records:
                self._take(one)
            if self._due():
                self._changed.notify()

    def close(self) -> bool:
        """Write all that there is, and end; whether nothing was left out. A second call does nothing.

        In a forked process it does nothing: thread, lock and connection belong to the parent.
        """
        if self._is_forked():
            return True
        self.start()
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join()
        self._release()
        return not self.left_out

    def __enter__(self) -> Writer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _is_forked(self) -> bool:
        return os.getpid() != self._process

    def _take(self, one: HostRecord) -> None:
        key = one.ip or one.mac or "", one.tunnel
        is_faint = one.syns + one.syn_acks <= 1 and one.connections <= 1  # one SYN and no more, as of floods
        if is_faint and key not in self._waiting:
            if key in self._faint or len(self._waiting) + len(self._faint) < MOST_WAITING:
                self._faint[key] = one
            else:
                self.left_out += 1
            return
        self._faint.pop(key, None)
        if key not in self._waiting and len(self._waiting) + len(self._faint) >= MOST_WAITING:
            if self._faint:
                self._faint.popitem()
            else:
                self.left_out += 1
                return
            self.left_out += 1
        self._waiting[key] = one

    def _due(self) -> bool:
        return self._closing or (not self._failing and len(self._waiting) + len(self._faint) >= BATCH)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._due, FLUSH_S)
                closing = self._closing
            self._flush()
            if closing:
                with self._changed:
                    lost = len(self._waiting) + len(self._faint)
                if lost:
                    self.left_out += lost
                    self._on_problem(f"{named(self.path)}: {lost} hosts could not be written")
                with suppress(*SQL_ERRORS):  # what is in the log file is not lost
                    self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
                return

    def _flush(self) -> None:
        """Write all that waited when this began, batch after batch, and forget what is old."""
        try:
            while True:
                more = self._gather()
                with self._changed:
                    batches = 1 + (len(self._waiting) + len(self._faint)) // BATCH
                while batches and self._write_batch():
                    batches -= 1
                if not more:
                    break
            self._news.update(((one.kind, one.key), one) for one in self.news())
            if self._news:
                self.watched.write(self._news.values())
                self._news.clear()  # what fails waits again
            for _ in self._retention.steps(now=self._closing):
                if self._due() and not self._closing:
                    break
        except SQL_ERRORS as error:
            if not self._failing:
                self._on_problem(f"{in_words(self.path, error)}; the hosts wait, and the capture continues")
            self._failing = True
        else:
            if self._failing:
                self._on_problem(f"{named(self.path)}: is written again")
            self._failing = False

    def _gather(self) -> bool:
        """Take what changed, as far as there is room; whether there may be more."""
        with self._changed:
            room = MOST_WAITING - len(self._waiting) - len(self._faint)
        taken = 0
        for one in islice(self._source(), room):
            taken += 1
            with self._changed:
                self._take(one)
        return taken == room

    def _write_batch(self) -> int:
        """Write the hosts that wait longest. What fails waits again."""
        with self._changed:
            chosen = dict(islice(self._waiting.items(), BATCH))
            chosen.update(islice(self._faint.items(), BATCH - len(chosen)))
            for key in chosen:
                self._waiting.pop(key, None)
                self._faint.pop(key, None)
        if not chosen:
            return 0
        try:
            self._upserts.write(in_order(chosen.values()))
        except BaseException:
            with self._changed:
                newer = {**self._waiting, **self._faint}  # what came for them since
                for key, one in chosen.items():
                    if key not in newer:
                        self._take(one)
            raise
        self.written += len(chosen)
        self._retention.wrote(len(chosen))
        self._on_commit(len(chosen))
        return len(chosen)

    def _release(self) -> None:
        with suppress(*SQL_ERRORS):
            self._connection.close()
        self._lock.release()
