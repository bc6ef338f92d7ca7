"""Known devices, stored so that they are not reported as new in later runs; old MACs are erased."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from huginn_cffi._native import lib
from huginn_cffi.engine.changes import WATCHED, WatchedDevice
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.store.news import add_news
from huginn_cffi.store.opening import transaction

_COLUMNS = ", ".join(WATCHED)
_INTO = f"INTO watched ({_COLUMNS}) VALUES ({', '.join('?' * len(WATCHED))})"
_HOSTS = "SELECT mac, max(last_seen) FROM host WHERE mac IS NOT NULL GROUP BY mac"
_NO_MAC = bytes(6)


class WatchedTable:
    """The table ``watched`` of an open store; raises `sqlite3.Error`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

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
        """Erase devices not seen since then: when they return, they are new."""
        run = self._connection.execute
        run("DELETE FROM watched WHERE last_ns < ?", (before_ns,))
        run("UPDATE watched SET before = ? WHERE before != ? AND since_ns < ?", (_NO_MAC, _NO_MAC, before_ns))
