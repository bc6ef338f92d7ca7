"""Removes data from a store: hosts not seen for long, and the oldest hosts above the limit."""

from __future__ import annotations

import sqlite3
import time

from huginn_cffi.store.holders import SKEW_NS
from huginn_cffi.store.news import erase_news
from huginn_cffi.store.opening import transaction
from huginn_cffi.store.rows import DEVICE_COLUMNS, MAC_LENGTH, VERSION
from huginn_cffi.store.schema import IS_LAST
from huginn_cffi.store.watched import WatchedTable

SLICE = 5_000
"""Hosts removed in one transaction."""
PAGES = 2_000
"""Pages returned to the file system after each transaction."""
MAX_STORED = 4_000_000
"""Default limit of hosts in a store; each takes about 200 bytes with its indexes."""
DEVICE_NS = 30 * 86_400 * 1_000_000_000
"""By default, a host not seen for this time loses its MAC and announced values; the host stays."""
WATCHED_NS = 86_400 * 1_000_000_000
"""What news compare is erased so much later, so that an absence of that time is still news."""
_UNADDRESSED = f"length(addr) = {MAC_LENGTH}"
"""Devices without an address are removed entirely."""
_NEWEST = "SELECT max(last_seen) FROM host WHERE last_seen <= ?"
_LATEST_BEGIN = "SELECT max(first_seen) FROM host WHERE first_seen <= ?"
_AHEAD = "SELECT sensor, addr, part FROM host WHERE last_seen > ? LIMIT ?"
_SET_BACK = (
    "UPDATE port SET last_seen = min(last_seen, ?1) WHERE sensor = ?2 AND addr = ?3 AND part = ?4",
    *(
        f"UPDATE {table} SET first_seen = min(first_seen, ?1), last_seen = min(last_seen, ?1) "
        "WHERE sensor = ?2 AND addr = ?3 AND part = ?4"
        for table in ("system", "peer", "host")
    ),
)
_SAME_HOLDER = """\
FROM host AS other WHERE other.addr = host.addr AND other.holder = host.holder
    AND other.sensor IN (
        SELECT id FROM sensor WHERE site = (SELECT site FROM sensor WHERE id = host.sensor))"""
_ERASE = (
    f"UPDATE host SET forgotten = CASE WHEN mac IS NULL THEN forgotten "
    f"ELSE (SELECT min(other.first_seen) {_SAME_HOLDER}) END, "
    f"device_scope = NULL, {', '.join(f'{column} = NULL' for column in DEVICE_COLUMNS)} "
    f"WHERE last_seen < ?1 AND coalesce({', '.join(DEVICE_COLUMNS)}) IS NOT NULL "
    f"AND NOT EXISTS (SELECT 1 {_SAME_HOLDER} AND other.last_seen >= ?1)"
)
"""A MAC is erased when its holder of the address was not seen for long, whoever has the address since."""
_ERASE_VERSIONS = f"""\
DELETE FROM system WHERE label IN (SELECT id FROM label WHERE kind = '{VERSION}') AND EXISTS (
    SELECT 1 FROM host
    WHERE host.sensor = system.sensor AND host.addr = system.addr AND host.part = system.part
    AND NOT EXISTS (SELECT 1 {_SAME_HOLDER} AND other.last_seen >= ?1))"""
_LAST_PARTS = f"SELECT sensor, addr, holder FROM host WHERE {{}} AND {IS_LAST} ORDER BY last_seen LIMIT ?"
_PLACE = "sensor = ? AND addr = ? AND part = ?"
_PARTS = "SELECT part FROM host WHERE sensor = ? AND addr = ? AND holder = ?"
EVERY_S = 60.0
"""Interval of the checks while a store is written."""


class Retention:
    """Removes old hosts in small steps, between which others can write.

    Announced values are removed after `forget_ns`, hosts after `keep_ns`, both counted from the time when the
    host was last seen to the newest time in the store. Times more than a minute (`SKEW_NS`) ahead of this
    machine's clock are from a clock that was wrong, and become the newest time: they must neither empty a
    store nor keep a host from later changes.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        keep_ns: int | None = None,
        most: int = MAX_STORED,
        watched: WatchedTable | None = None,
        forget_ns: int = DEVICE_NS,
    ) -> None:
        self._watched, self._forget_ns = watched, forget_ns
        self._connection, self._keep_ns, self._most = connection, keep_ns, most
        self._count = int(connection.execute("SELECT count(*) FROM host").fetchone()[0])
        self._looked = 0.0

    def wrote(self, hosts: int) -> None:
        """Record that up to this many hosts are new."""
        self._count += hosts

    def forget(self, *, now: bool = False) -> None:
        """Remove old data, slice after slice; raises `sqlite3.Error`."""
        if self._count > self._most:
            self._count = int(self._connection.execute("SELECT count(*) FROM host").fetchone()[0])
        while self._count > self._most:
            self._remove("1", min(SLICE, self._count - self._most))
        if not (now or time.monotonic() - self._looked >= EVERY_S):
            return
        self._looked = time.monotonic()
        present = time.time_ns() + SKEW_NS
        newest = self._connection.execute(_NEWEST, (present,)).fetchone()[0]
        if newest is None:
            newest = self._connection.execute(_LATEST_BEGIN, (present,)).fetchone()[0]
        if newest is None:
            return
        self._set_back(present, newest)
        before = newest - self._forget_ns
        while self._remove(f"last_seen < {before} AND {_UNADDRESSED}", SLICE):
            pass
        self._connection.execute(_ERASE, (before,))
        self._connection.execute(_ERASE_VERSIONS, (before,))
        if self._watched is not None:
            self._watched.set_back(present, newest)
            self._watched.erase(before - WATCHED_NS)
        erase_news(self._connection, before)
        if self._keep_ns is None:
            return
        oldest = newest - self._keep_ns
        while self._remove(f"last_seen < {oldest}", SLICE):
            pass
        self._connection.execute("DELETE FROM event WHERE time < ?", (oldest,))

    def _set_back(self, present: int, newest: int) -> None:
        while found := self._connection.execute(_AHEAD, (present, SLICE)).fetchall():
            with transaction(self._connection):
                for statement in _SET_BACK:
                    self._connection.executemany(statement, [(newest, *key) for key in found])

    def _remove(self, which: str, most: int) -> int:
        connection = self._connection
        with transaction(connection):
            found = connection.execute(_LAST_PARTS.format(which), (most,)).fetchall()
            parts = [(*key[:2], part) for key in found for (part,) in connection.execute(_PARTS, key)]
            for table in ("host", "system", "port", "peer", "event"):
                connection.executemany(
                    f"DELETE FROM {table} WHERE sensor = ? AND addr = ? AND part = ?", parts
                )
        if found:
            # The statement frees one page per step, and `execute` would do one step only.
            connection.executescript(f"PRAGMA incremental_vacuum({PAGES})")
        self._count -= len(parts)
        return len(parts)
