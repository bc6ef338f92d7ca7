"""Known devices, stored so that they are not reported as new in later runs; old MACs are erased."""

from __future__ import annotations

import hmac
import os
import sqlite3
from collections.abc import Iterable, Iterator

from huginn_cffi._native import lib
from huginn_cffi.engine.changes import WATCHED, WatchedDevice
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.store.news import add_news
from huginn_cffi.store.opening import transaction

DIGESTS = 1 << 18
"""Limit for remembered digests of erased MACs; the same as in the core."""
_KEY = "watched_key"
_COLUMNS = ", ".join(WATCHED)
_INTO = f"INTO watched ({_COLUMNS}) VALUES ({', '.join('?' * len(WATCHED))})"
_HOSTS = "SELECT mac, max(last_seen) FROM host WHERE mac IS NOT NULL GROUP BY mac"
_NO_MAC = bytes(6)


class WatchedTable:
    """The table ``watched`` of an open store; raises `sqlite3.Error`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (_KEY, os.urandom(32)))
        found = connection.execute("SELECT value FROM meta WHERE key = ?", (_KEY,)).fetchone()
        self.key: bytes = bytes(found[0])
        """Secret key of the digests."""

    def known(self) -> Iterator[WatchedDevice]:
        """The devices in the table."""
        for row in self._connection.execute(f"SELECT {_COLUMNS} FROM watched ORDER BY last_ns DESC"):
            yield WatchedDevice(*row)

    def note_hosts(self) -> None:
        """Add the MACs of stored hosts, which a run without news found: they are not new in later runs."""
        self._write("INSERT OR IGNORE", [*self._of_hosts()])

    def write(self, devices: Iterable[WatchedDevice], sensor: int = 0, news: Iterable[str] = ()) -> None:
        """Insert or replace these devices and addresses, and append the events that made them known."""
        self._write("INSERT OR REPLACE", devices, sensor, news)

    def _write(
        self, insert: str, devices: Iterable[WatchedDevice], sensor: int = 0, news: Iterable[str] = ()
    ) -> None:
        with transaction(self._connection):
            self._connection.executemany(f"{insert} {_INTO}", devices)
            add_news(self._connection, sensor, news)

    def _of_hosts(self) -> Iterator[WatchedDevice]:
        for mac, last_ns in self._connection.execute(_HOSTS):
            key = address_bytes(mac).ljust(lib.HG_WATCHED_KEY, b"\0")
            yield WatchedDevice(lib.HG_WATCHED_MAC, key, last_ns)

    def erase(self, before_ns: int) -> None:
        """Replace devices not seen since then by a digest of their MAC."""
        run = self._connection.execute
        old = run(
            f"SELECT {_COLUMNS} FROM watched WHERE kind = ? AND last_ns < ?", (lib.HG_WATCHED_MAC, before_ns)
        )
        erased = []
        for one in (WatchedDevice(*row) for row in old):
            digest = hmac.digest(self.key, one.key[: len(_NO_MAC)], "sha256")[: len(one.key)]
            erased.append(WatchedDevice(lib.HG_WATCHED_DIGEST, digest, one.last_ns, roles=one.roles))
        self.write(erased)
        run("DELETE FROM watched WHERE kind != ? AND last_ns < ?", (lib.HG_WATCHED_DIGEST, before_ns))
        run("UPDATE watched SET before = ? WHERE before != ? AND since_ns < ?", (_NO_MAC, _NO_MAC, before_ns))
        run(
            "DELETE FROM watched WHERE kind = ?1 AND last_ns < (SELECT last_ns FROM watched WHERE kind = ?1 "
            f"ORDER BY last_ns DESC LIMIT 1 OFFSET {DIGESTS})",
            (lib.HG_WATCHED_DIGEST,),
        )
