"""What a store forgets: hosts that were not seen for long, and the oldest of too many."""

from __future__ import annotations

import sqlite3
import time

from huginn_cffi.store.opening import transaction
from huginn_cffi.store.rows import DEVICE_COLUMNS, MAC_LENGTH
from huginn_cffi.store.watched import WatchedTable

SLICE = 5_000
"""Hosts removed in one transaction."""
PAGES = 2_000
"""Pages given back to the file system after each."""
MAX_STORED = 4_000_000
"""Default limit of hosts in a store; each takes about 200 bytes with its indexes."""
DEVICE_NS = 30 * 86_400 * 1_000_000_000
"""A host that was not seen for so long loses its MAC and what it announced; the host stays."""
_DELETE = f"DELETE FROM host WHERE last_seen < ? AND length(addr) = {MAC_LENGTH}"
"""Of devices that have a MAC only: nothing is left of them."""
_NEWEST = "SELECT max(last_seen) FROM host WHERE last_seen <= ?"
_ERASE = (
    f"UPDATE host SET device_scope = NULL, {', '.join(f'{column} = NULL' for column in DEVICE_COLUMNS)} "
    f"WHERE last_seen < ? AND coalesce({', '.join(DEVICE_COLUMNS)}) IS NOT NULL"
)
EVERY_S = 60.0
"""So often a store is looked at while it is written."""


class Retention:
    """Removes old hosts in small steps, between which others can write.

    What devices announced goes after `DEVICE_NS`. `keep_ns`: how long a host stays after it was last
    seen. Both count back from the newest time in the store that this machine's clock does not put in the
    future: a packet with a wrong time must not empty a store.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        keep_ns: int | None = None,
        most: int = MAX_STORED,
        watched: WatchedTable | None = None,
    ) -> None:
        self._watched = watched
        self._connection, self._keep_ns, self._most = connection, keep_ns, most
        self._count = int(connection.execute("SELECT count(*) FROM host").fetchone()[0])
        self._looked = 0.0

    def wrote(self, hosts: int) -> None:
        """Take note that at most so many hosts are new."""
        self._count += hosts

    def forget(self, *, now: bool = False) -> None:
        """Remove what has to go, slice after slice; `sqlite3.Error`."""
        if self._count > self._most:
            self._count = int(self._connection.execute("SELECT count(*) FROM host").fetchone()[0])
        while self._count > self._most:
            self._remove("1", min(SLICE, self._count - self._most))
        if not (now or time.monotonic() - self._looked >= EVERY_S):
            return
        self._looked = time.monotonic()
        newest = self._connection.execute(_NEWEST, (time.time_ns(),)).fetchone()[0]
        if newest is None:
            return
        before = newest - DEVICE_NS
        self._count -= self._connection.execute(_DELETE, (before,)).rowcount
        self._connection.execute(_ERASE, (before,))
        if self._watched is not None:
            self._watched.erase(before)
        if self._keep_ns is None:
            return
        oldest = newest - self._keep_ns
        while self._remove(f"last_seen < {oldest}", SLICE):
            pass
        self._connection.execute("DELETE FROM event WHERE time < ?", (oldest,))

    def _remove(self, which: str, most: int) -> int:
        connection = self._connection
        with transaction(connection):
            found = connection.execute(
                f"SELECT sensor, addr FROM host WHERE {which} ORDER BY last_seen LIMIT ?", (most,)
            ).fetchall()
            for table in ("host", "system", "port", "event"):
                connection.executemany(f"DELETE FROM {table} WHERE sensor = ? AND addr = ?", found)
        if found:
            # A step a page, of which `execute` would do one.
            connection.executescript(f"PRAGMA incremental_vacuum({PAGES})")
        self._count -= len(found)
        return len(found)
