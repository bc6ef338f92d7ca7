"""Changes of hosts as events among those that tell them. Light, as each `pcap` needs it."""

from __future__ import annotations

import os
from threading import Lock
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database


class Changes:
    """Follows at most so many hosts; in a `live` one a host that was not seen for long makes room."""

    def __init__(self, database: Database | None, most: int, *, live: bool) -> None:
        out, self._error = ffi.new("hg_hosts **"), ffi.new("hg_error *")
        key = int.from_bytes(os.urandom(8), "little")
        check(lib.hg_hosts_new(most, live, key, out, self._error), self._error)
        self._hosts: CData = ffi.gc(out[0], lib.hg_hosts_free)
        self._lock = Lock()
        self._told = dict.fromkeys((lib.HG_EVENT_HOST_CHANGE, lib.HG_EVENT_IP_SHARING), 0)
        self._database: Database | None = None
        self._use(database)

    def with_changes(self, batch: Batch) -> Batch:
        """Take the events of a batch; in the answer each is followed by the changes that it tells."""
        with self._lock:
            self._take(batch)
            told = lib.hg_hosts_told(self._hosts)
            if told == 0:
                return batch
            rows = 1 << (batch.count + told - 1).bit_length()  # few sizes, as columns are laid out for each
            texts = batch.native.text_count
            found = type(batch)(rows, batch.database, batch.capture, batch.packets_before, texts)
            check(lib.hg_hosts_tell(self._hosts, batch.native, found.native, self._error), self._error)
        found.hides_private = batch.hides_private
        found.written()
        events = found["event"]
        for row in found.changes["row"]:
            self._told[events[row]] += 1
        return found

    def count(self, stats: CData) -> None:
        """Put how many changes were told so far among the counters of an ``hg_stats *``."""
        for event, told in self._told.items():
            stats.events[event] = told

    def _use(self, database: Database | None) -> None:
        """Names of the batches to come are those of this database."""
        handle = ffi.NULL if database is None else database.handle
        check(lib.hg_hosts_use(self._hosts, handle, self._error), self._error)
        self._database = database
        self._name()

    def _name(self) -> None:
        """No name is asked for."""
        lib.hg_hosts_nameless(self._hosts)

    def _take(self, batch: Batch) -> None:
        """Take its events."""
        if batch.database is not self._database:
            self._use(batch.database)
        row, naming, index = ffi.new("uint32_t *"), ffi.new("hg_naming *"), ffi.new("uint32_t *")
        add = lib.hg_hosts_add
        while True:
            status = add(self._hosts, batch.native, row[0], row, naming, index, self._error)
            check(status, self._error)
            if row[0] >= batch.native.count:
                return
            self._label(batch, row[0], naming[0], index[0])

    def _label(self, batch: Batch, row: int, naming: int, index: int) -> None:
        """Give a name that appears a label."""
        raise NotImplementedError
