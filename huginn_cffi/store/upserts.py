"""Writes a batch of hosts to the store, in one transaction.

The inventory repeatedly gives a host's record with counts since the host was first seen in that run. Each
replaces the one before, which is a part of its holder (see `holders`), and the views add up the parts. A run
that reads a capture once more goes on with the run that read it before, known by the first packets. So
reading a capture twice adds nothing, and captures may be read in any order.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import count, groupby, islice
from operator import attrgetter, itemgetter
from os import urandom
from random import randrange
from typing import NamedTuple

from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.sources.opening import DIGEST_BYTES, FIRST_PACKETS
from huginn_cffi.store import rows
from huginn_cffi.store.holders import COLUMNS, JOINED, HolderPart, continued, number_holders, surplus
from huginn_cffi.store.opening import transaction
from huginn_cffi.store.schema import CONCLUDED, EVENTS_KEPT, PEERS_KEPT, PORTS_KEPT, RANK, SYSTEMS_KEPT
from sigcompiler.schema.objects import Update

LABELS_REMEMBERED = 10_000
PARTS_KEPT = 32
"""Parts of a sensor's holder. More of them, the older ones are joined."""
ADDRESSES = 500
"""Addresses that are looked up together."""
MANY = 8
"""A host whose record has more rows than this is checked for surplus rows in the store."""
TURNS = 16
"""Of other hosts one in `TURNS` is checked, since a host's rows also grow a few at a time."""


def _higher(column: str) -> str:
    return f"{column} = max({column}, excluded.{column})"


def _newest(column: str) -> str:
    return f"{column} = coalesce(max({column}, excluded.{column}), excluded.{column}, {column})"


def _sum(column: str) -> str:
    return f"{column} = {column} + excluded.{column}"


def _known(column: str) -> str:
    """SQL for a row that follows another: its value replaces the column, if it is known."""
    return f"{column} = coalesce(excluded.{column}, {column})"


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


_UPDATES: Mapping[Update, Callable[[str], str]] = {"count": _sum, "latest": _known, "newest": _newest}
_CELLS = {
    **{one.name: _UPDATES[one.update](one.name) for one in rows.CELLS},
    **{name: _concluded(name) for name in CONCLUDED},
    **{name: _claimed(name) for name in (*rows.DEVICE_COLUMNS, "device_scope")},
}
UPSERTS = HOST, SYSTEM, PORT, PEER, EVENT = (
    _Upsert(
        *("host", ""),
        {"run": f"run = {JOINED}", "holder": "", "forgotten": _known("forgotten"), **_TIMES, **_CELLS},
        {"forgotten", *(one.name for one in rows.CELLS if one.update != "count")},
    ),
    _Upsert(
        *("system", "label, role"),
        {**_TIMES, "packets": _sum("packets"), "confidence": _known("confidence")},
        {"confidence"},
    ),
    _Upsert("port", "role, port", {"last_seen": _higher("last_seen"), "count": _sum("count")}),
    _Upsert(
        *("peer", "direction, port, peer"),
        {
            "protocol": _known("protocol"),
            **_TIMES,
            "connections": _sum("connections"),
            "completed": _sum("completed"),
        },
    ),
    _Upsert("event", "time, kind", {"reason": "", "detail": ""}),
)
"""A row of a new part, or of one that follows another one and is joined with it."""
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
    is_new: bool = True
    """Whether it replaces no rows."""


class Upserts:
    """Writes batches of one sensor through an open connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        site: str,
        sensor: str,
        captures: Callable[[], Iterable[bytes]] = tuple,
    ) -> None:
        """`captures` gives what is known of captures' beginnings (`Input.beginning`)."""
        self._connection = connection
        self._label = lru_cache(LABELS_REMEMBERED)(partial(label_id, connection))
        self._turn = randrange(TURNS)  # or runs with one batch would always check the same hosts
        self.sensor: int = sensor_id(connection, site, sensor)
        self._parts_of = parts_of(connection, site)
        self._captures = captures
        self._own: set[int] = set()
        """Runs whose parts a record may continue. What one read again adds to joined parts, they have."""
        self._run = JOINED

    def write(self, batch: Sequence[tuple[bytes, HostRecord]]) -> None:
        """Write all hosts or none; the caller sorted them by address. Raises `sqlite3.Error`."""
        try:
            with transaction(self._connection):
                self._write(batch)
        except BaseException:
            self._label.cache_clear()  # labels of this transaction were rolled back
            raise

    def _find_run(self) -> None:
        """Find the run of what was read so far, or begin one; note captures that were reached since."""
        run = self._connection.execute
        sources = [one for one in self._captures() if one] or [urandom(FIRST_PACKETS * DIGEST_BYTES)]
        if not self._own:
            known = run_of(self._connection, self.sensor, sources)
            (last,) = run("SELECT max(run) FROM run WHERE sensor = ?", (self.sensor,)).fetchone()
            self._run = known or (last or JOINED) + 1
            self._own = {self._run, JOINED} if known else {self._run}
        for source in sources:
            run("INSERT OR IGNORE INTO run VALUES (?, ?, ?)", (self.sensor, source, self._run))

    def _write(self, hosts: Sequence[tuple[bytes, HostRecord]]) -> None:
        if not hosts:
            return
        self._find_run()
        run, label = self._connection.executemany, self._label
        records = {addr: [one for _, one in some] for addr, some in groupby(hosts, itemgetter(0))}
        known = self._parts_of(records)
        batch: list[_PlacedRecord] = []
        for addr, some in records.items():
            parts = known.get(addr, [])
            if self._is_simple(addr, some, parts):
                at = self.sensor, rows.Address(addr), parts[0].number if parts else 0
                batch.append(_PlacedRecord(at, 0, some[0], not parts))
            else:
                batch += self._placed(rows.Address(addr), some, parts)
        for one in UPSERTS[:-1]:  # events stay
            run(f"DELETE FROM {one.table} WHERE {_OF_PART}", (at for at, *_, is_new in batch if not is_new))
        # Generators, because the garbage collector would scan lists of rows again and again.
        run(HOST.statement, (rows.host_row(at, self._run, of, one, label) for at, of, one, _ in batch))
        with_mac = (one.mac for _, _, one, _ in batch if one.ip is not None and one.mac is not None)
        run(ADDRESSED, ((self.sensor, rows.Address(rows.key_of(mac, None))) for mac in with_mac))
        run(SYSTEM.statement, (row for at, _, one, _ in batch for row in rows.system_rows(at, one, label)))
        run(SYSTEM.statement, (row for at, _, one, _ in batch for row in rows.version_rows(at, one, label)))
        run(PORT.statement, (row for at, _, one, _ in batch if one.ports for row in rows.port_rows(at, one)))
        run(PEER.statement, (row for at, _, one, _ in batch if one.peers for row in rows.peer_rows(at, one)))
        events = [(at, one) for at, _, one, _ in batch if rows.has_events(one)]
        run(EVENT.statement, (row for at, one in events for row in rows.event_rows(at, one)))
        self._trim(batch)
        first = min(one.first_seen_ns for _, one in hosts)
        last = max(one.last_seen_ns for _, one in hosts)
        self._connection.execute(SENSOR, (first, last, self.sensor))

    def _is_simple(self, addr: bytes, records: list[HostRecord], parts: list[HolderPart]) -> bool:
        """Whether a record is the first of its address or continues the only part: quick, and most are so."""
        if len(records) != 1 or len(parts) > 1 or len(addr) == rows.MAC_LENGTH:
            return False
        place = (self.sensor, self._run, records[0].first_seen_ns, records[0].mac)
        return not parts or (
            (parts[0].sensor, parts[0].run, parts[0].first, parts[0].mac) == place
            and not parts[0].has_more_than(records[0])
        )

    def _placed(
        self, addr: rows.Address, records: list[HostRecord], parts: list[HolderPart]
    ) -> Iterator[_PlacedRecord]:
        """Each record of an address with its part; stored parts are joined and numbered accordingly."""
        if len(addr) == rows.MAC_LENGTH:
            records = [one for one in records if not self._has_address(one)]
        if len(parts) > PARTS_KEPT:
            parts = self._folded(addr, parts)
        placed: list[tuple[HolderPart, HostRecord]] = []
        before = [*parts]
        for one in sorted(records, key=attrgetter("first_seen_ns")):
            taken = [part for part, _ in placed]
            own = [part for part in parts if part.sensor == self.sensor and part not in taken]
            part = self._part_for(one, [part for part in own if part.run in self._own], addr, parts)
            if part is not None:
                placed.append((part, one))
        if len(parts) > 1:
            removed = renumber(self._connection, addr, parts)
            placed = [(part, one) for part, one in placed if part not in removed]
        for part, one in placed:
            yield _PlacedRecord((self.sensor, addr, part.number), part.holder, one, part not in before)

    def _folded(self, addr: rows.Address, parts: list[HolderPart]) -> list[HolderPart]:
        """The parts of an address, once the older half of those of a holder is one, if it has too many."""
        own = [part for part in parts if part.sensor == self.sensor]
        for holder, number in Counter(part.holder for part in own).items():
            if number > PARTS_KEPT:
                ends = sorted(part.last for part in own if part.holder == holder)
                fold(self._connection, self.sensor, addr, holder, ends[PARTS_KEPT // 2])
        return self._parts_of([bytes(addr)]).get(bytes(addr), [])

    def _part_for(
        self, one: HostRecord, own: list[HolderPart], addr: rows.Address, parts: list[HolderPart]
    ) -> HolderPart | None:
        """The part that a record replaces or begins; none: the store has more. `own` are those of its run."""
        found = continued(one, own)
        if any(part.run == JOINED or part.has_more_than(one) for part in found):
            return None
        if not found:
            used = {part.number for part in parts if part.sensor == self.sensor}
            number = next(number for number in count() if number not in used)
            found = [HolderPart(self.sensor, number, self._run, None, None, 0, 0)]
            parts.append(found[0])
        into, *others = found
        _remove(self._connection, addr, others)
        for part in others:
            parts.remove(part)
        into.mac, into.forgotten, into.connections = one.mac, None, one.connections
        into.first, into.last = one.first_seen_ns, one.last_seen_ns
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


def run_of(connection: sqlite3.Connection, sensor: int, captures: Sequence[bytes]) -> int | None:
    """The run that read these captures, or some of them; runs that read several of them become one."""
    found = set[int]()
    for source in captures:
        begins = [source[:end] for end in range(DIGEST_BYTES, len(source) + 1, DIGEST_BYTES)]
        marks = ", ".join("?" * len(begins))
        query = f"SELECT run FROM run WHERE sensor = ? AND (source BETWEEN ? AND ? OR source IN ({marks}))"
        span = source, source + b"\xff" * FIRST_PACKETS * DIGEST_BYTES
        found.update(run for (run,) in connection.execute(query, (sensor, *span, *begins)))
    for run in sorted(found)[1:]:
        for table in ("run", "host"):
            update = f"UPDATE {table} SET run = ? WHERE sensor = ? AND run = ?"
            connection.execute(update, (min(found), sensor, run))
    return min(found, default=None)


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
) -> None:
    """Add all rows of a part to another one of its holder, which it follows."""
    for one in UPSERTS:
        of = (part.sensor, addr, part.number)
        found = connection.execute(f"SELECT {one.columns} FROM {one.table} WHERE {_OF_PART}", of).fetchall()
        connection.executemany(one.statement, ((into.sensor, addr, into.number, *row) for row in found))
    _remove(connection, addr, [part])


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
        join(connection, addr, part, parts[0])
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
