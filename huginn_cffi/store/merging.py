"""Merges several stores into one: the data of a sensor replaces older data of the same sensor.

Hosts are stored per site and sensor, so nothing is added up here: the views do that, within a site. Only the
holders of an address are numbered again, as another sensor may have seen others. So merging the same stores
again changes nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from typing import Any

from huginn_cffi.base.errors import StoreError, named
from huginn_cffi.base.files import is_same
from huginn_cffi.store.opening import DAMAGED, open_for_reading, open_for_writing, shorten, store_errors
from huginn_cffi.store.rows import Address
from huginn_cffi.store.upserts import ADDRESSES, label_id, parts_of, renumber, sensor_id
from huginn_cffi.store.watched import WatchedTable

PIECE = 5_000
TABLES: dict[str, tuple[str, ...]] = {
    "run": (),
    "host": ("conclusion", "link"),
    "system": ("label",),
    "port": (),
    "peer": (),
    "event": (),
}
"""The tables that are copied, and their columns with label ids."""
_SEVERAL = """\
SELECT addr FROM sensor CROSS JOIN host ON host.sensor = sensor.id WHERE site = ?
GROUP BY addr HAVING count(*) > 1 OR max(holder) > 0"""


def merge(out: str, stores: Sequence[str], site: str | None = None) -> int:
    """Merge `stores` into `out`, which is created if it is missing; returns the number of sensors.

    `site` is the site of sensors without one. One transaction does everything, so `out` stays as it was if a
    store cannot be read. Raises `StoreError`.
    """
    for path in stores:
        if is_same(out, path):
            raise StoreError(f"{named(path)}: is both an input and the output")
    with ExitStack() as opened:
        sources = []
        for path in stores:
            sources.append(opened.enter_context(closing(open_for_reading(path))))
            shorten(path, sources[-1])
        target, lock = open_for_writing(out)
        opened.callback(lock.release)
        opened.enter_context(closing(target))
        came: dict[int, str] = {}
        with store_errors(out):
            target.execute("BEGIN IMMEDIATE")
            for path, source in zip(stores, sources, strict=True):
                source.execute("BEGIN")  # one consistent state, even if another process writes
                for sensor, name in _Copy(path, source, target, site or "").run():
                    if sensor in came:
                        raise StoreError(
                            f"{named(path)} and {named(came[sensor])}: both are of a sensor named "
                            f"{named(name)}; give each a name with --sensor"
                        )
                    came[sensor] = path
            _renumber(target)
            target.execute("COMMIT")
            WatchedTable(target).note_hosts()
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return len(came)


def _renumber(target: sqlite3.Connection) -> None:
    """Number the holders of each address at each site."""
    for (site,) in target.execute("SELECT DISTINCT site FROM sensor").fetchall():
        parts, several = parts_of(target, site), target.execute(_SEVERAL, (site,))  # it groups all rows first
        while some := several.fetchmany(ADDRESSES):
            for addr, found in parts(addr for (addr,) in some).items():
                renumber(target, Address(addr), found)


class _Copy:
    def __init__(self, path: str, source: sqlite3.Connection, target: sqlite3.Connection, site: str) -> None:
        self._path, self._source, self._target, self._site = path, source, target, site
        self._labels: dict[int, int] = {}

    def run(self) -> Iterator[tuple[int, str]]:
        """Yield each sensor's new id and name, then copy it."""
        for number, *label in self._read("SELECT id, kind, name, flavor FROM label ORDER BY id"):
            if not all(isinstance(text, str) for text in label):
                raise self._damaged()
            self._labels[number] = label_id(self._target, *label)
        sensors = [*self._read("SELECT id, site, name, first_seen, last_seen FROM sensor ORDER BY id")]
        for number, site, name, first, last in sensors:
            if not isinstance(site, str) or not isinstance(name, str):
                raise self._damaged()
            to = sensor_id(self._target, site or self._site, name)
            yield to, name
            self._target.execute(
                "UPDATE sensor SET first_seen = ?, last_seen = ? WHERE id = ?", (first, last, to)
            )
            for table, labels in TABLES.items():
                self._table(table, labels, number, to)

    def _read(self, statement: str, *values: object) -> Iterator[tuple[Any, ...]]:
        with store_errors(self._path):
            rows = self._source.execute(statement, values)
        while True:
            with store_errors(self._path):
                piece = rows.fetchmany(PIECE)
            if not piece:
                return
            yield from piece

    def _table(self, table: str, labels: Sequence[str], number: int, to: int) -> None:
        self._target.execute(f"DELETE FROM {table} WHERE sensor = ?", (to,))
        names = [row[1] for row in self._read(f"PRAGMA table_info({table})") if row[1] != "id"]
        at, sensor = [names.index(name) for name in labels], names.index("sensor")
        order = {"event": "id", "run": "source"}.get(table, "addr")
        rows = self._read(f"SELECT {', '.join(names)} FROM {table} WHERE sensor = ? ORDER BY {order}", number)
        insert = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        self._target.executemany(insert, (self._row(row, sensor, to, at) for row in rows))

    def _row(self, row: tuple[Any, ...], sensor: int, to: int, labels: Sequence[int]) -> list[Any]:
        """A row with the ids of its sensor and labels in the target."""
        values = [*row]
        values[sensor] = to
        for at in labels:
            if values[at] is not None and values[at] not in self._labels:
                raise self._damaged()
            values[at] = None if values[at] is None else self._labels[values[at]]
        return values

    def _damaged(self) -> StoreError:
        return StoreError(f"{named(self._path)}: {DAMAGED}")
