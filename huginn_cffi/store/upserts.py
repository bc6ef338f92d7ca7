"""Writes a batch of hosts to the store, in one transaction.

The inventory repeatedly gives a host's record with counts since the host was first seen in that run. So a
stored count has two parts: the total of earlier periods, and the current period. A record that begins after a
row's ``last_seen`` opens a new period; a record that ends before that time adds nothing; any other record
continues the current period, and the higher count wins. So writing a record twice, or reading a capture
twice, adds nothing, and captures must be read in order of time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from random import randrange

from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.store import rows
from huginn_cffi.store.opening import transaction
from huginn_cffi.store.rows import BY_SEGMENTS, DEVICE_COLUMNS
from huginn_cffi.store.schema import EVENTS_KEPT, PEERS_KEPT, PORTS_KEPT, SYSTEMS_KEPT
from sigcompiler.schema.objects import Update

LABELS_REMEMBERED = 10_000
MANY = 8
"""A host whose record has more rows than this is checked for surplus rows in the store."""
TURNS = 16
"""Of other hosts one in `TURNS` is checked, since a host's rows also grow a few at a time."""


def _counted(count: str, begins: str = "excluded.first_seen") -> str:
    earlier = f"earlier_{count}"
    return (
        f"{earlier} = CASE WHEN {begins} > last_seen THEN {count} ELSE {earlier} END, "
        f"{count} = CASE WHEN {begins} > last_seen THEN {count} + excluded.{count} "
        f"WHEN excluded.last_seen < last_seen THEN {count} "
        f"ELSE max({count}, {earlier} + excluded.{count}) END"
    )


def _latest(column: str) -> str:
    """SQL: the latest record's value replaces the column; NULL replaces only a value of the same period."""
    return (
        f"{column} = CASE WHEN excluded.last_seen < last_seen THEN {column} ELSE "
        f"coalesce(excluded.{column}, CASE WHEN excluded.first_seen > last_seen THEN {column} END) END"
    )


def _named(column: str) -> str:
    """As `_latest`, but a name from handshakes always beats a name from segments alone."""
    kind, new = (f"(SELECT kind FROM label WHERE id = {of})" for of in ("conclusion", "excluded.conclusion"))
    value = _latest(column).partition(" = ")[2]
    return (
        f"{column} = CASE WHEN {kind} = 'system' AND {new} = '{BY_SEGMENTS}' THEN {column} "
        f"WHEN {kind} = '{BY_SEGMENTS}' AND {new} = 'system' THEN excluded.{column} ELSE {value} END"
    )


def _from_device(column: str) -> str:
    """As `_latest`, but claims of a lower scope do not replace claims of a higher scope."""
    value = _latest(column).partition(" = ")[2]
    is_lower = "coalesce(excluded.device_scope, -1) < device_scope"
    return f"{column} = CASE WHEN {is_lower} THEN {column} ELSE {value} END"


def _newest(column: str) -> str:
    return f"{column} = coalesce(max({column}, excluded.{column}), excluded.{column}, {column})"


_SPAN = "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
_OR_NULL = f"nullif(?, {rows.NONE})"
_UPDATES: dict[Update, Callable[[str], str]] = {"count": _counted, "latest": _latest, "newest": _newest}
_NAMING = dict.fromkeys(("conclusion", "confidence", "version_confidence", "policy"), _named)
_NAMING |= dict.fromkeys((*DEVICE_COLUMNS, "device_scope"), _from_device)

HOST = (
    f"INSERT INTO host (sensor, addr, first_seen, last_seen, {', '.join(one.name for one in rows.CELLS)}) "
    f"VALUES (?, ?, ?, ?, {', '.join('?' if one.update == 'count' else _OR_NULL for one in rows.CELLS)}) "
    f"ON CONFLICT (sensor, addr) DO UPDATE SET {_SPAN}, "
    f"{', '.join(_NAMING.get(one.name, _UPDATES[one.update])(one.name) for one in rows.CELLS)}"
)
SYSTEM = (
    "INSERT INTO system (sensor, addr, label, role, first_seen, last_seen, packets, confidence) "
    f"VALUES (?, ?, ?, ?, ?, ?, ?, {_OR_NULL}) ON CONFLICT (sensor, addr, label, role) DO UPDATE SET "
    f"{_SPAN}, {_counted('packets')}, confidence = excluded.confidence"
)
PORT = (
    "INSERT INTO port (sensor, addr, role, port, last_seen, count) VALUES (?1, ?2, ?3, ?4, ?5, ?6) "
    "ON CONFLICT (sensor, addr, role, port) DO UPDATE SET "
    f"last_seen = max(last_seen, excluded.last_seen), {_counted('count', '?7')}"
)
PEER = (
    "INSERT INTO peer (sensor, addr, direction, port, peer, protocol, first_seen, last_seen, connections, "
    "completed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (sensor, addr, direction, port, peer) DO UPDATE SET protocol = excluded.protocol, "
    f"{_SPAN}, {_counted('connections')}, {_counted('completed')}"
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
    return (
        f"DELETE FROM {table} WHERE sensor = ?1 AND addr = ?2 AND {time} < (SELECT {time} FROM {table} "
        f"WHERE sensor = ?1 AND addr = ?2 ORDER BY {time} DESC LIMIT 1 OFFSET {kept - 1})"
    )


ADDRESSED = "DELETE FROM host WHERE sensor = ? AND addr = ?"
"""Removes a device stored by MAC only, which now has an address."""

TRIMS: tuple[tuple[str, Callable[[HostRecord], object]], ...] = (
    (_oldest("system", "last_seen", SYSTEMS_KEPT), lambda one: one.sightings),
    (_oldest("port", "last_seen", PORTS_KEPT), lambda one: one.ports),
    (_oldest("peer", "last_seen", PEERS_KEPT), lambda one: one.peers),
    (_oldest("event", "time", EVENTS_KEPT), rows.has_events),
)
"""Statements that remove surplus rows, and a test of which hosts may have some."""


class Upserts:
    """Writes batches of one sensor through an open connection."""

    def __init__(self, connection: sqlite3.Connection, site: str, sensor: str) -> None:
        self._connection = connection
        self._label = lru_cache(LABELS_REMEMBERED)(partial(label_id, connection))
        self._turn = randrange(TURNS)  # or runs with one batch would always check the same hosts
        self.sensor: int = sensor_id(connection, site, sensor)

    def write(self, batch: Sequence[tuple[bytes, HostRecord]]) -> None:
        """Write all hosts or none; the caller sorted them by address. Raises `sqlite3.Error`."""
        try:
            with transaction(self._connection):
                self._write(batch)
        except BaseException:
            self._label.cache_clear()  # labels of this transaction were rolled back
            raise

    def _write(self, hosts: Sequence[tuple[bytes, HostRecord]]) -> None:
        if not hosts:
            return
        run, sensor, label = self._connection.executemany, self.sensor, self._label
        batch = [(rows.Address(addr), one) for addr, one in hosts]
        # Generators, because the garbage collector would scan lists of rows again and again.
        run(HOST, (rows.host_row(sensor, addr, one, label) for addr, one in batch))
        with_mac = (one.mac for _, one in batch if one.ip is not None and one.mac is not None)
        run(ADDRESSED, ((sensor, rows.Address(rows.key_of(mac, None))) for mac in with_mac))
        run(SYSTEM, (row for addr, one in batch for row in rows.system_rows(sensor, addr, one, label)))
        run(PORT, (row for addr, one in batch if one.ports for row in rows.port_rows(sensor, addr, one)))
        run(PEER, (row for addr, one in batch if one.peers for row in rows.peer_rows(sensor, addr, one)))
        events = [pair for pair in batch if rows.has_events(pair[1])]
        run(EVENT, (row for addr, one in events for row in rows.event_rows(sensor, addr, one)))
        self._trim(batch)
        first = min(one.first_seen for _, one in batch)
        last = max(one.last_seen for _, one in batch)
        self._connection.execute(SENSOR, (first, last, sensor))

    def _trim(self, batch: Sequence[tuple[rows.Address, HostRecord]]) -> None:
        self._turn = (self._turn + 1) % TURNS
        of = attrgetter("sightings", "ports", "peers")
        looked_at = [pair for pair in batch if any(len(some) > MANY for some in of(pair[1]))]
        looked_at += batch[self._turn :: TURNS]
        for trim, may_have in TRIMS:
            self._connection.executemany(
                trim, ((self.sensor, addr) for addr, one in looked_at if may_have(one))
            )


def sensor_id(connection: sqlite3.Connection, site: str, name: str) -> int:
    """The id of a sensor, which is added if it is new."""
    connection.execute("INSERT OR IGNORE INTO sensor (site, name) VALUES (?, ?)", (site, name))
    found = connection.execute("SELECT id FROM sensor WHERE site = ? AND name = ?", (site, name))
    return int(found.fetchone()[0])


def label_id(connection: sqlite3.Connection, kind: str, name: str, flavor: str) -> int:
    """The id of a label, which is added if it is new."""
    key = (kind, _cut(name), _cut(flavor))
    found = connection.execute("SELECT id FROM label WHERE kind = ? AND name = ? AND flavor = ?", key)
    row = found.fetchone()
    if row is None:
        row = (connection.execute("INSERT INTO label (kind, name, flavor) VALUES (?, ?, ?)", key).lastrowid,)
    return int(row[0])


def _cut(text: str) -> str:
    return text.encode("utf-8", "backslashreplace")[: rows.NAME_BYTES].decode("utf-8", "ignore")
