"""Writes a batch of hosts to the store, in one transaction.

The inventory repeatedly gives a host's record with counts since the host was first seen in that run. A record
that overlaps a part of its holder (see `holders`) continues it: the higher count wins, and the values of the
latest record. Any other record is a part of its own, and the views add up the parts of a holder. So writing a
record or reading a capture twice adds nothing, and captures may be read in any order.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import count, groupby, islice
from operator import attrgetter, itemgetter
from random import randrange
from typing import NamedTuple

from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.store import rows
from huginn_cffi.store.holders import COLUMNS, HolderPart, continued, number_holders, surplus
from huginn_cffi.store.opening import transaction
from huginn_cffi.store.schema import CONCLUDED, EVENTS_KEPT, PEERS_KEPT, PORTS_KEPT, RANK, SYSTEMS_KEPT
from sigcompiler.schema.objects import Update

LABELS_REMEMBERED = 10_000
PARTS_REMEMBERED = 100_000
PARTS_KEPT = 32
"""Parts of a sensor's holder. Of a time in which older ones were joined, no other capture is added."""
ADDRESSES = 500
"""Addresses that are looked up together."""
MANY = 8
"""A host whose record has more rows than this is checked for surplus rows in the store."""
TURNS = 16
"""Of other hosts one in `TURNS` is checked, since a host's rows also grow a few at a time."""


def _latest(column: str) -> str:
    """SQL: the latest record's value replaces the column; of two that end together, the longer one's."""
    return (
        f"{column} = CASE WHEN excluded.last_seen < last_seen OR "
        f"(excluded.last_seen = last_seen AND excluded.first_seen > first_seen) THEN {column} "
        f"ELSE excluded.{column} END"
    )


def _higher(column: str) -> str:
    return f"{column} = max({column}, excluded.{column})"


def _newest(column: str) -> str:
    return f"{column} = coalesce(max({column}, excluded.{column}), excluded.{column}, {column})"


def _sum(column: str) -> str:
    return f"{column} = {column} + excluded.{column}"


def _known(column: str) -> str:
    """SQL for a row that follows another: its value replaces the column, if it is known."""
    return f"{column} = coalesce(excluded.{column}, {column})"


def _latest_conclusion(column: str) -> str:
    """As `_latest`, but a name from handshakes always beats a name from segments alone."""
    ranks = [RANK.format(of) for of in ("host", "excluded")]
    latest = _latest(column).partition(" = ")[2]
    return (
        f"{column} = CASE WHEN ({ranks[0]}) = 0 AND ({ranks[1]}) = 1 THEN {column} "
        f"WHEN ({ranks[0]}) = 1 AND ({ranks[1]}) = 0 THEN excluded.{column} ELSE {latest} END"
    )


def _concluded(column: str) -> str:
    """As `_known` for values that belong together; conclusions from handshakes beat those from segments."""
    is_better = f"({RANK.format('excluded')}) <= ({RANK.format('host')})"
    return f"{column} = CASE WHEN {is_better} THEN excluded.{column} ELSE {column} END"


def _claimed(column: str) -> str:
    """As `_known`, but claims of a lower scope do not replace claims of a higher scope."""
    is_lower = "coalesce(excluded.device_scope, -1) < coalesce(device_scope, -1)"
    old, new = f"coalesce({column}, excluded.{column})", f"coalesce(excluded.{column}, {column})"
    return f"{column} = CASE WHEN {is_lower} THEN {old} ELSE {new} END"


_SPAN = "first_seen = min(first_seen, excluded.first_seen), last_seen = max(last_seen, excluded.last_seen)"
_OR_NULL = f"nullif(?, {rows.NONE})"


class _Upsert(NamedTuple):
    """How rows of one table are written."""

    table: str
    key: str
    """Columns that tell the rows of a part apart."""
    values: Mapping[str, str]
    """Other columns, with the SQL of their updates."""
    perhaps: Collection[str] = ()
    """Those that may be NULL."""

    @property
    def columns(self) -> str:
        """All columns but those of the part."""
        return ", ".join(filter(None, (self.key, *self.values)))

    @property
    def statement(self) -> str:
        """SQL that writes a row of a part."""
        names = f"sensor, addr, part, {self.columns}".split(", ")
        marks = ", ".join(_OR_NULL if name in self.perhaps else "?" for name in names)
        keys = ", ".join(filter(None, ("sensor, addr, part", self.key)))
        updates = ", ".join(filter(None, self.values.values()))
        update = f"UPDATE SET {updates}" if updates else "NOTHING"
        return (
            f"INSERT INTO {self.table} ({', '.join(names)}) VALUES ({marks}) ON CONFLICT ({keys}) DO {update}"
        )


_TIMES = {"first_seen": _SPAN, "last_seen": ""}


def _upserts(
    counted: Callable[[str], str], cells: Mapping[str, str], latest: Callable[[str], str]
) -> tuple[_Upsert, ...]:
    """How each table is written, with SQL for counts, for the cells of hosts, and for other values."""
    perhaps = {"forgotten", *(one.name for one in rows.CELLS if one.update != "count")}
    packets = {"packets": counted("packets"), "confidence": latest("confidence")}
    peers = {"protocol": latest("protocol"), **_TIMES}
    return (
        _Upsert("host", "", {"holder": "", "forgotten": latest("forgotten"), **_TIMES, **cells}, perhaps),
        _Upsert("system", "label, role", {**_TIMES, **packets}, {"confidence"}),
        _Upsert("port", "role, port", {"last_seen": _higher("last_seen"), "count": counted("count")}),
        _Upsert(
            *("peer", "direction, port, peer"),
            {**peers, **{name: counted(name) for name in ("connections", "completed")}},
        ),
        _Upsert("event", "time, kind", {"reason": "", "detail": ""}),
    )


def _cells(updates: Mapping[Update, Callable[[str], str]]) -> dict[str, str]:
    return {one.name: updates[one.update](one.name) for one in rows.CELLS}


UPSERTS = _upserts(
    _higher,
    {
        **_cells({"count": _higher, "latest": _latest, "newest": _newest}),
        **{name: _latest_conclusion(name) for name in CONCLUDED},
    },
    _latest,
)
"""For a record that continues a part."""
HOST, SYSTEM, PORT, PEER, EVENT = UPSERTS
FOLDS = _upserts(
    _sum,
    {
        **_cells({"count": _sum, "latest": _known, "newest": _newest}),
        **{name: _concluded(name) for name in CONCLUDED},
        **{name: _claimed(name) for name in (*rows.DEVICE_COLUMNS, "device_scope")},
    },
    _known,
)
"""For a part that follows another one."""
SENSOR = (
    "UPDATE sensor SET first_seen = min(coalesce(first_seen, ?1), ?1), "
    "last_seen = max(coalesce(last_seen, ?2), ?2) WHERE id = ?3"
)
_OF_PART = "sensor = ? AND addr = ? AND part = ?"
_WITHOUT_HOST = """\
DELETE FROM event WHERE addr = ? AND NOT EXISTS (SELECT 1 FROM host
    WHERE host.sensor = event.sensor AND host.addr = event.addr AND host.part = event.part)"""
_RENUMBER = f"UPDATE host SET holder = ? WHERE {_OF_PART}"


def _oldest(table: str, time: str, kept: int) -> str:
    of = (
        "sensor = ?1 AND addr = ?2 AND part IN (SELECT part FROM host WHERE sensor = ?1 AND addr = ?2 AND "
        "holder = (SELECT holder FROM host WHERE sensor = ?1 AND addr = ?2 AND part = ?3))"
    )
    return (
        f"DELETE FROM {table} WHERE {of} AND {time} < (SELECT {time} FROM {table} "
        f"WHERE {of} ORDER BY {time} DESC LIMIT 1 OFFSET {kept - 1})"
    )


ADDRESSED = "DELETE FROM host WHERE sensor = ? AND addr = ?"
"""Removes a device stored by MAC only, which now has an address."""
HAS_ADDRESS = f"SELECT 1 FROM host WHERE mac = ? AND sensor = ? AND length(addr) != {rows.MAC_LENGTH}"
"""Whether a device has an address, so that it is not stored by its MAC."""

TRIMS: tuple[tuple[str, Callable[[HostRecord], object]], ...] = (
    (_oldest("system", "last_seen", SYSTEMS_KEPT), lambda one: one.sightings),
    (_oldest("port", "last_seen", PORTS_KEPT), lambda one: one.ports),
    (_oldest("peer", "last_seen", PEERS_KEPT), lambda one: one.peers),
    (_oldest("event", "time", EVENTS_KEPT), rows.has_events),
)
"""Statements that remove surplus rows, and a test of which hosts may have some."""


class _PlacedRecord(NamedTuple):
    """A record and its part."""

    place: rows.Place
    holder: int
    one: HostRecord


class Upserts:
    """Writes batches of one sensor through an open connection."""

    def __init__(self, connection: sqlite3.Connection, site: str, sensor: str) -> None:
        self._connection = connection
        self._label = lru_cache(LABELS_REMEMBERED)(partial(label_id, connection))
        self._turn = randrange(TURNS)  # or runs with one batch would always check the same hosts
        self.sensor: int = sensor_id(connection, site, sensor)
        self._parts_of = parts_of(connection, site)
        self._written: dict[tuple[bytes, int], None] = {}
        """The last parts with a MAC that were written, by address and number."""

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
        run, label = self._connection.executemany, self._label
        records = {addr: [one for _, one in some] for addr, some in groupby(hosts, itemgetter(0))}
        known = self._parts_of(records)
        batch: list[_PlacedRecord] = []
        for addr, some in records.items():
            parts = known.get(addr, [])
            if self._is_simple(addr, some, parts):
                number = parts[0].number if parts else 0
                batch.append(_PlacedRecord((self.sensor, rows.Address(addr), number), 0, some[0]))
                self._note(addr, number, some[0])
            else:
                batch += self._placed(rows.Address(addr), some, parts)
        # Generators, because the garbage collector would scan lists of rows again and again.
        run(HOST.statement, (rows.host_row(place, holder, one, label) for place, holder, one in batch))
        with_mac = (one.mac for *_, one in batch if one.ip is not None and one.mac is not None)
        run(ADDRESSED, ((self.sensor, rows.Address(rows.key_of(mac, None))) for mac in with_mac))
        run(SYSTEM.statement, (row for at, _, one in batch for row in rows.system_rows(at, one, label)))
        run(SYSTEM.statement, (row for at, _, one in batch for row in rows.version_rows(at, one, label)))
        run(PORT.statement, (row for at, _, one in batch if one.ports for row in rows.port_rows(at, one)))
        run(PEER.statement, (row for at, _, one in batch if one.peers for row in rows.peer_rows(at, one)))
        events = [(at, one) for at, _, one in batch if rows.has_events(one)]
        run(EVENT.statement, (row for at, one in events for row in rows.event_rows(at, one)))
        self._trim(batch)
        first = min(one.first_seen_ns for _, one in hosts)
        last = max(one.last_seen_ns for _, one in hosts)
        self._connection.execute(SENSOR, (first, last, self.sensor))

    def _is_simple(self, addr: bytes, records: list[HostRecord], parts: list[HolderPart]) -> bool:
        """Whether a record is the first of its address or continues the only part: quick, and most are so."""
        if len(records) != 1 or len(parts) > 1 or len(addr) == rows.MAC_LENGTH:
            return False
        place = (self.sensor, records[0].first_seen_ns, records[0].mac)
        return not parts or (parts[0].sensor, parts[0].first, parts[0].mac) == place

    def _placed(
        self, addr: rows.Address, records: list[HostRecord], parts: list[HolderPart]
    ) -> Iterator[_PlacedRecord]:
        """Each record of an address with its part; stored parts are joined and numbered accordingly."""
        if len(addr) == rows.MAC_LENGTH:
            records = [one for one in records if not self._has_address(one)]
        if len(parts) > PARTS_KEPT:
            parts = self._folded(addr, parts)
        placed: list[tuple[HolderPart, HostRecord]] = []
        for one in sorted(records, key=attrgetter("first_seen_ns")):
            taken = [part for part, _ in placed]
            own = [part for part in parts if part.sensor == self.sensor and part not in taken]
            placed.append((self._part_for(one, own, addr, parts), one))
        if len(parts) > 1:
            removed = renumber(self._connection, addr, parts)
            placed = [(part, one) for part, one in placed if part not in removed]
        for part, one in placed:
            self._note(bytes(addr), part.number, one)
            yield _PlacedRecord((self.sensor, addr, part.number), part.holder, one)

    def _folded(self, addr: rows.Address, parts: list[HolderPart]) -> list[HolderPart]:
        """The parts of an address, once the older half of those of a holder is one, if it has too many."""
        own = [part for part in parts if part.sensor == self.sensor]
        for holder, number in Counter(part.holder for part in own).items():
            if number > PARTS_KEPT:
                ends = sorted(part.last for part in own if part.holder == holder)
                fold(self._connection, self.sensor, addr, holder, ends[PARTS_KEPT // 2])
        return self._parts_of([bytes(addr)]).get(bytes(addr), [])

    def _note(self, addr: bytes, number: int, one: HostRecord) -> None:
        if one.mac is not None:
            self._written.pop((addr, number), None)  # the last one written is at the end
            self._written[addr, number] = None
            if len(self._written) > PARTS_REMEMBERED:
                del self._written[next(iter(self._written))]

    def _part_for(
        self, one: HostRecord, own: list[HolderPart], addr: rows.Address, parts: list[HolderPart]
    ) -> HolderPart:
        """The part that a record continues or begins. `own` are those that it may continue, of `parts`."""
        found = continued(one, own, lambda part: (bytes(addr), part.number) in self._written)
        if not found:
            used = {part.number for part in parts if part.sensor == self.sensor}
            number = next(number for number in count() if number not in used)
            times = one.first_seen_ns, one.last_seen_ns
            parts.append(HolderPart(self.sensor, number, one.mac, None, *times, 0, one.connections))
            return parts[-1]
        into, *others = found
        for part in others:
            join(self._connection, addr, part, into)
            parts.remove(part)
        if into.is_replaced_by(one):
            into.mac, into.forgotten = one.mac, None
        into.widen(one.first_seen_ns, one.last_seen_ns)
        into.connections = max(into.connections, one.connections)
        return into

    def _has_address(self, one: HostRecord) -> bool:
        return bool(self._connection.execute(HAS_ADDRESS, (one.mac, self.sensor)).fetchone())

    def _trim(self, batch: Sequence[_PlacedRecord]) -> None:
        self._turn = (self._turn + 1) % TURNS
        of = attrgetter("sightings", "ports", "peers")
        looked_at = [placed for placed in batch if any(len(some) > MANY for some in of(placed.one))]
        looked_at += batch[self._turn :: TURNS]
        for trim, may_have in TRIMS:
            self._connection.executemany(trim, (placed.place for placed in looked_at if may_have(placed.one)))


def parts_of(
    connection: sqlite3.Connection, site: str
) -> Callable[[Iterable[bytes]], dict[bytes, list[HolderPart]]]:
    """A function that reads the parts of addresses at a site."""
    sensors = connection.execute("SELECT id FROM sensor WHERE site = ?", (site,)).fetchall()
    of = ", ".join(str(number) for (number,) in sensors)

    def read(addresses: Iterable[bytes]) -> dict[bytes, list[HolderPart]]:
        found: dict[bytes, list[HolderPart]] = {}
        left = iter(addresses)
        while some := [*map(rows.Address, islice(left, ADDRESSES))]:
            addrs = ", ".join("?" * len(some))
            query = f"SELECT addr, {COLUMNS} FROM host WHERE sensor IN ({of}) AND addr IN ({addrs})"
            for addr, *values in connection.execute(query, some):
                found.setdefault(addr, []).append(HolderPart(*values))
        return found

    return read


def renumber(
    connection: sqlite3.Connection, addr: rows.Address, parts: Sequence[HolderPart]
) -> list[HolderPart]:
    """Number the holders of an address at a site; returns the parts of too many ones, which it removes."""
    before = [part.holder for part in parts]
    number_holders(parts)
    removed = surplus(parts)
    _remove(connection, addr, removed)
    changed = [part for part, holder in zip(parts, before, strict=True) if part.holder != holder]
    connection.executemany(_RENUMBER, ((one.holder, one.sensor, addr, one.number) for one in changed))
    return removed


def join(
    connection: sqlite3.Connection,
    addr: rows.Address,
    part: HolderPart,
    into: HolderPart,
    upserts: Sequence[_Upsert] = UPSERTS,
) -> None:
    """Write all rows of a part to another one of its holder."""
    for one in upserts:
        of = (part.sensor, addr, part.number)
        found = connection.execute(f"SELECT {one.columns} FROM {one.table} WHERE {_OF_PART}", of).fetchall()
        connection.executemany(one.statement, ((into.sensor, addr, into.number, *row) for row in found))
    _remove(connection, addr, [part])
    into.widen(part.first, part.last)


def _remove(connection: sqlite3.Connection, addr: rows.Address, parts: Sequence[HolderPart]) -> None:
    for one in (HOST, SYSTEM, PORT, PEER):
        places = ((part.sensor, addr, part.number) for part in parts)
        connection.executemany(f"DELETE FROM {one.table} WHERE {_OF_PART}", places)
    if parts:
        connection.execute(_WITHOUT_HOST, (addr,))  # each search would read all events of the address


_SHOWN_SYSTEM = "coalesce(device_system, (SELECT name FROM label WHERE id = conclusion))"
_FOLDED = "FROM host WHERE sensor = ? AND addr = ? AND holder = ? AND last_seen < ?"
_KEEP_SYSTEM = f"""\
INSERT OR IGNORE INTO system SELECT sensor, addr, part, ?, 0, first_seen, last_seen, 1, NULL
{_FOLDED} AND {_SHOWN_SYSTEM} = ?"""


def fold(connection: sqlite3.Connection, sensor: int, addr: rows.Address, holder: int, before: int) -> int:
    """Join the parts of a holder that ended before a time, and add up what they counted; returns how many."""
    of = (sensor, addr, holder, before)
    found = connection.execute(f"SELECT {COLUMNS} {_FOLDED} ORDER BY first_seen", of).fetchall()
    parts = [HolderPart(*row) for row in found]
    shown = connection.execute(f"SELECT DISTINCT {_SHOWN_SYSTEM} {_FOLDED}", of).fetchall()
    systems = [name for (name,) in shown if name is not None]
    for name in systems if len(systems) > 1 else ():  # when a version was not there must stay known
        label = label_id(connection, rows.VERSION, name, "")
        connection.execute(_KEEP_SYSTEM, (label, *of, name))
    for part in parts[1:]:
        join(connection, addr, part, parts[0], FOLDS)
    return max(len(parts) - 1, 0)


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
