"""Known devices, stored so that they are not reported as new in later runs; old MACs are erased."""

from __future__ import annotations

import json
import re
import socket
import sqlite3
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress

from huginn_cffi._native import lib
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.run.changes import WATCHED, WatchedDevice
from huginn_cffi.store.news import add_news
from huginn_cffi.store.opening import transaction
from huginn_cffi.store.rows import address_of

_COLUMNS = ", ".join(WATCHED)
_INTO = f"INTO watched ({_COLUMNS}) VALUES ({', '.join('?' * len(WATCHED))})"
_HOSTS = "SELECT mac, max(last_seen) FROM host WHERE mac IS NOT NULL GROUP BY mac"
_HOLDERS = """\
SELECT addr, mac, tunnel, last_seen FROM host
WHERE holder = 0 AND length(mac) = 17 AND ip IS NOT NULL AND local AND behind IS NOT 1
ORDER BY last_seen DESC LIMIT 100000"""
_NO_MAC = bytes(6)
_ADDRESS_BYTES = 16
_INTERFACES = "interfaces"
_TAGS = 4096
_MOST_GONE = 1000
"""Interfaces that are not there, as those of containers, whose indices are kept."""
_SEGMENT = slice(-2, None)
"""The number of the segment in a key."""


def _indices() -> dict[str, int]:
    with suppress(OSError):  # of a service that may not ask
        return {name: index for index, name in socket.if_nameindex()}
    return {}


def _moved(before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[tuple[bytes, bytes | None]]:
    """The segments of interfaces whose index changed, and what they are now; None: another has the index."""
    for name, old in before.items():
        new = now.get(name)
        if new == old or (new is None and old not in now.values()):
            continue
        for tag in range(_TAGS):
            there = None if new is None else _segment(new, tag)
            yield _segment(old, tag), there


def _segment(index: int, tag: int) -> bytes:
    return int(lib.hg_watched_segment(index, tag)).to_bytes(2, sys.byteorder)


class WatchedTable:
    """The table ``watched`` of an open store; raises `sqlite3.Error`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._interfaces: dict[str, int] | None = None
        """The indices of interfaces, for a capture of all."""

    def follow_interfaces(self) -> None:
        """Before `known`, for a capture of all interfaces: move what was noted under other indices."""
        found = self._connection.execute("SELECT value FROM meta WHERE key = ?", (_INTERFACES,)).fetchone()
        before: dict[str, int] = {} if found is None else json.loads(found[0])
        now = _indices()
        moved = dict(_moved(before, now)) if now else {}
        rows = [one for one in self.known() if one.key[_SEGMENT] in moved]
        self._interfaces = before
        with transaction(self._connection):
            self._connection.executemany(
                "DELETE FROM watched WHERE kind = ? AND key = ?", ((one.kind, one.key) for one in rows)
            )
            there = ((one, moved[one.key[_SEGMENT]]) for one in rows)
            self._connection.executemany(
                f"INSERT OR REPLACE {_INTO}",
                (one._replace(key=one.key[:-2] + new) for one, new in there if new is not None),
            )
            self._note_interfaces()

    def _note_interfaces(self) -> None:
        """Store the indices of interfaces that are new or changed; those of others stay."""
        if self._interfaces is None:
            return
        now = _indices()
        gone = [one for one in self._interfaces.items() if one[0] not in now and one[1] not in now.values()]
        kept = dict(gone[-_MOST_GONE:]) | now
        if now and kept != self._interfaces:
            self._interfaces = kept
            text = json.dumps(kept)
            self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_INTERFACES, text))

    def known(self) -> Iterator[WatchedDevice]:
        """The devices in the table, then the latest holders of addresses."""
        for row in self._connection.execute(f"SELECT {_COLUMNS} FROM watched ORDER BY last_ns DESC"):
            yield WatchedDevice(*row)
        for addr, mac, tunnel, last_ns in self._connection.execute(_HOLDERS):
            vlan = re.fullmatch(r"VLAN (\d{1,4})", tunnel or "VLAN 0")
            if vlan is None:
                continue
            address, tag = address_of(addr), int(vlan[1])
            key = address.ljust(_ADDRESS_BYTES, b"\0") + (_segment(0, tag) if tag else bytes(2))
            yield WatchedDevice(4 if len(address) == 4 else 6, key, last_ns, mac=address_bytes(mac))

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
            self._note_interfaces()

    def _of_hosts(self) -> Iterator[WatchedDevice]:
        for mac, last_ns in self._connection.execute(_HOSTS):
            key = address_bytes(mac).ljust(lib.HG_WATCHED_KEY, b"\0")
            yield WatchedDevice(lib.HG_WATCHED_MAC, key, last_ns)

    def set_back(self, present_ns: int, newest_ns: int) -> None:
        """Set times ahead of this machine's clock to `newest_ns`."""
        with transaction(self._connection):
            run = self._connection.execute
            run("UPDATE watched SET last_ns = ? WHERE last_ns > ?", (newest_ns, present_ns))

    def erase(self, before_ns: int) -> None:
        """Erase devices not seen since then: when they return, they are new."""
        run = self._connection.execute
        run("DELETE FROM watched WHERE last_ns < ?", (before_ns,))
        run("UPDATE watched SET before = ? WHERE before != ? AND since_ns < ?", (_NO_MAC, _NO_MAC, before_ns))
