"""Hosts that report changes and findings to a run. Imports little: each ``huginn pcap`` loads it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, handle_of, made, output_of
from sigcompiler.schema import findings

if TYPE_CHECKING:
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.settings import DeviceNews


class WatchedDevice(NamedTuple):
    """State of a device or an address, as in the core's ``hg_watched``."""

    kind: int
    key: bytes
    last_ns: int
    since_ns: int = 0
    moves: int = 0
    mac: bytes = bytes(6)
    before: bytes = bytes(6)
    roles: int = 0
    text: bytes = bytes(32)


WATCHED = WatchedDevice._fields

FINDINGS = tuple(one.kind for one in findings.FINDINGS)
"""Kinds of findings, by their numbers in the core."""

OF_RECORDS = tuple(one.kind for one in findings.FINDINGS if not one.is_stored)
"""Findings that follow from the whole record of a host, and are no events."""


class Completed(NamedTuple):
    """A row, and the finding that it completes."""

    row: int
    kind: str
    """Its name, one of `FINDINGS`."""
    text: str


def new_key() -> int:
    """A random secret key for hashes."""
    return int.from_bytes(os.urandom(8), "little")


class Changes:
    """Follows at most `most` hosts. With `live`, a host above that replaces one not seen for long."""

    def __init__(
        self, database: OpenDatabase | None, most: int, *, live: bool, only_changes: bool = True
    ) -> None:
        self._error = ffi.new("hg_error *")
        self._hosts: CData = self._made(most, live)
        self._options = lib.hg_hosts_options_of(self._hosts)
        self._lock = Lock()
        self._database: OpenDatabase | None = None
        self._use(database)
        if only_changes:
            self._options.only_changes = 1

    def report_findings(self) -> None:
        """Also add findings. Call it before the first batch; without it only changes are added."""
        self._options.reports_findings = 1

    def end(self) -> None:
        """The source to read is the last: at its end, scans count that have no answers yet."""
        self._options.ends = 1

    def watch(self, news: DeviceNews) -> None:
        """Also add news about devices; call it before the first batch."""
        config = {"absent_ns": news.absent_s * 10**9, "random_macs": news.random_macs}
        found = ffi.new("hg_watch_config *", config)
        check(lib.hg_hosts_watch(self._hosts, found, self._error), self._error)

    def know(self, devices: Iterable[WatchedDevice]) -> None:
        """Load devices that a store already knows; none replaces an earlier one with the same key.

        Times ahead of this machine's clock come from a clock that was wrong.
        """
        native, now = ffi.new("hg_watched *"), time.time_ns()
        for one in devices:
            for name, value in zip(WATCHED, one, strict=True):
                setattr(native, name, value)
            native.last_ns, native.since_ns = min(one.last_ns, now), min(one.since_ns, now)
            lib.hg_hosts_know(self._hosts, native)

    def watched(self) -> Iterator[WatchedDevice]:
        """Devices not yet written to the store. Any thread may call this."""
        native, place = ffi.new("hg_watched *"), 0
        while place := lib.hg_hosts_watched(self._hosts, place, native):
            values = (getattr(native, name) for name in WATCHED)
            plain = (one if isinstance(one, int) else bytes(ffi.buffer(one)) for one in values)
            yield WatchedDevice._make(plain)

    _core_use, _core_add = lib.hg_hosts_use, lib.hg_hosts_add

    def _made(self, most: int, live: bool) -> CData:
        self._core = made("hg_hosts", lib.hg_hosts_new, most, live, new_key())
        return self._core

    def report_to(self, run: CData, database: OpenDatabase | None) -> None:
        """Take the rows of an ``hg_run *`` from now on, matched with `database`; the run inserts changes."""
        with self._lock:
            self._use(database)
        self._core_report(run)

    def _core_report(self, run: CData) -> None:
        lib.hg_run_report(run, self._core, ffi.NULL)

    @property
    def database(self) -> OpenDatabase | None:
        """The database of the latest batch."""
        return self._database

    @property
    def handle(self) -> CData:
        """The core's hosts, which live as long as this."""
        return self._hosts

    def completed(self) -> Iterator[Completed]:
        """The findings completed by the latest batch, in the order of its rows."""
        count = ffi.new("uint32_t *")
        found = lib.hg_hosts_completed(self._hosts, count)
        for one in found[0 : count[0]]:
            place = self._hosts, one.place, one.finding
            text = output_of(lib.hg_host_finding_write, *place, first=1 << 12, most=1 << 24)
            yield Completed(one.row, FINDINGS[one.finding], text.decode("utf-8", "replace"))

    def count(self, stats: CData) -> None:
        """Set the counters of changes in an ``hg_stats *``."""
        lib.hg_hosts_count_changes(self._hosts, stats)

    def _use(self, database: OpenDatabase | None) -> None:
        self._core_use(self._core, handle_of(database))
        self._database = database
