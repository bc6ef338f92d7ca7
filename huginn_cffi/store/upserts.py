"""A batch of hosts into the store, in one transaction.

The inventory tells what a host did since it was first seen *there*, again and again with higher
counts. So a count is in two parts: what earlier stretches of time gave, and the current one. A
record that begins after a row's ``last_seen`` opens a new stretch; one that ends before it adds
nothing; any other one continues the current stretch, and the higher count wins. So writing a record
twice, or reading a capture twice, adds nothing, and captures have to be read in the order of time.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from huginn_cffi.store import rows
from huginn_cffi.store.schema import EVENTS_KEPT, PORTS_KEPT, SYSTEMS_KEPT

if TYPE_CHECKING:
    from huginn_cffi.hosts.record import HostRecord

LABELS_REMEMBERED = 10_000
MANY = 8
"""Rows of a host from which it is looked at whether it has too many."""
TURNS = 16
"""Of other hosts one in so many is looked at, since a host's rows also grow a few at a time."""

_LATEST = (
    *("verdict", "confidence", "systems", "distance", "mtu", "link", "language", "dishonest"),
    "contradictions",
    *("uptime_minutes", "uptime_days", "uptime_hz", "uptime_reliable", "uptime_points"),
)
"""Of these the latest record tells; what a new stretch does not know yet stays."""
_COUNTS = ("syns", "syn_acks", "connections")


def _counted(count: str, begins: str = "excluded.first_seen") -> str:
    earlier = f"earlier_{count}"
    return (
        f"{earlier} = CASE WHEN {begins} > last_seen THEN {count} ELSE {earlier} END, "
        f"{count} = CASE WHEN {begins} > last_seen THEN {count} + excluded.{count} "
        f"WHEN excluded.last_seen < last_seen THEN {count} "
        f"ELSE {earlier} + max({count} - {earlier}, excluded.{count}) END"
    )


def _latest(column: str) -> str:
    return (
        f"{column} = CASE WHEN excluded.last_seen < last_seen THEN {column} "
        f"WHEN excluded.first_seen > last_seen THEN coalesce(excluded.{column}, {column}) "
        f"ELSE excluded.{column} END"
    )


_SPAN = "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
_HOST_COLUMNS = (
    "sensor",
    "addr",
    "first_seen",
    "last_seen",
    *_COUNTS,
    *_LATEST,
    "last_change",
    "last_sharing",
)

HOST = (
    f"INSERT INTO host ({', '.join(_HOST_COLUMNS)}) VALUES ({', '.join('?' * len(_HOST_COLUMNS))}) "
    f"ON CONFLICT (sensor, addr) DO UPDATE SET {_SPAN}, {', '.join(map(_counted, _COUNTS))}, "
    f"{', '.join(map(_latest, _LATEST))}, "
    "last_change = coalesce(max(last_change, excluded.last_change), excluded.last_change, last_change), "
    "last_sharing = coalesce(max(last_sharing, excluded.last_sharing), excluded.last_sharing, last_sharing)"
)
SYSTEM = (
    "INSERT INTO system (sensor, addr, label, role, first_seen, last_seen, packets, confidence) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (sensor, addr, label, role) DO UPDATE SET "
    f"{_SPAN}, {_counted('packets')}, confidence = excluded.confidence"
)
PORT = (
    "INSERT INTO port (sensor, addr, role, port, last_seen, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (sensor, addr, role, port) DO UPDATE SET "
    f"last_seen = max(last_seen, excluded.last_seen), {_counted('count', '?7')}"
)
EVENT = (
    "INSERT INTO event (sensor, addr, time, kind, reason, detail) VALUES (?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (addr, time, kind, sensor) DO NOTHING"
)
SENSOR = (
    "UPDATE sensor SET first_seen = min(coalesce(first_seen, ?1), ?1), "
    "last_seen = max(coalesce(last_seen, ?2), ?2) WHERE id = ?3"
)


def _oldest(table: str, time: str, kept: int) -> str:
    """Removes what a host has beyond so many rows."""
    return (
        f"DELETE FROM {table} WHERE sensor = ?1 AND addr = ?2 AND {time} < (SELECT {time} FROM {table} "
        f"WHERE sensor = ?1 AND addr = ?2 ORDER BY {time} DESC LIMIT 1 OFFSET {kept - 1})"
    )


TRIMS = (
    _oldest("system", "last_seen", SYSTEMS_KEPT),
    _oldest("port", "last_seen", PORTS_KEPT),
    _oldest("event", "time", EVENTS_KEPT),
)


class Upserts:
    """Writes batches of one sensor through an open connection."""

    def __init__(self, connection: sqlite3.Connection, site: str, sensor: str) -> None:
        self._connection = connection
        self._labels: OrderedDict[tuple[str, str, str], int] = OrderedDict()
        self._turn = 0
        self.sensor = sensor_id(connection, site, sensor)

    def write(self, batch: Sequence[tuple[bytes, HostRecord]]) -> None:
        """Write hosts, which the caller sorted by address, all of them or none; `sqlite3.Error`."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            self._write(batch)
            connection.execute("COMMIT")
        except BaseException:
            self._labels.clear()  # those that were made in this transaction are gone
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _write(self, batch: Sequence[tuple[bytes, HostRecord]]) -> None:
        run, sensor, label = self._connection.executemany, self.sensor, self._label
        run(HOST, [rows.host_row(sensor, addr, one, label) for addr, one in batch])
        run(
            SYSTEM,
            [row for addr, one in batch for row in rows.system_rows(sensor, addr, one.sightings, label)],
        )
        run(PORT, [row for addr, one in batch if one.ports for row in rows.port_rows(sensor, addr, one)])
        run(EVENT, [row for addr, one in batch for row in rows.event_rows(sensor, addr, one)])
        self._turn = (self._turn + 1) % TURNS
        looked_at = [
            (sensor, addr)
            for at, (addr, one) in enumerate(batch)
            if at % TURNS == self._turn or len(one.sightings) > MANY or len(one.ports) > MANY
        ]
        for trim in TRIMS:
            run(trim, looked_at)
        if batch:
            first = min(one.first_seen for _, one in batch)
            last = max(one.last_seen for _, one in batch)
            self._connection.execute(SENSOR, (first, last, sensor))

    def _label(self, kind: str, name: str, flavor: str) -> int:
        key = (kind, name, flavor)
        found = self._labels.get(key)
        if found is None:
            found = self._labels[key] = label_id(self._connection, kind, name, flavor)
            if len(self._labels) > LABELS_REMEMBERED:
                self._labels.popitem(last=False)
        return found


def sensor_id(connection: sqlite3.Connection, site: str, name: str) -> int:
    """The number of a sensor, which is made where it is new."""
    connection.execute("INSERT OR IGNORE INTO sensor (site, name) VALUES (?, ?)", (site, name))
    found = connection.execute("SELECT id FROM sensor WHERE site = ? AND name = ?", (site, name))
    return int(found.fetchone()[0])


def label_id(connection: sqlite3.Connection, kind: str, name: str, flavor: str) -> int:
    """The number of a label, which is made where it is new."""
    key = (kind, _cut(name), _cut(flavor))
    found = connection.execute("SELECT id FROM label WHERE kind = ? AND name = ? AND flavor = ?", key)
    row = found.fetchone()
    if row is None:
        row = (connection.execute("INSERT INTO label (kind, name, flavor) VALUES (?, ?, ?)", key).lastrowid,)
    return int(row[0])


def _cut(text: str) -> str:
    return text.encode("utf-8", "backslashreplace")[: rows.NAME_BYTES].decode("utf-8", "ignore")
