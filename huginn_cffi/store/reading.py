"""Reads a store: one host, or the hosts that a condition selects, as rows or with the keys of records."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.errors import StoreError, named
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.base.times import Span
from huginn_cffi.hosts.lines import DEVICE_VALUES, is_local_mac
from huginn_cffi.hosts.record import address_bytes
from huginn_cffi.store import opening
from huginn_cffi.store.rows import (
    OBJECTS,
    RECOGNITION,
    TUNNEL_BYTES,
    VERSION,
    address_of,
    key_of,
)
from sigcompiler.schema.hosts import KEYS as HOST_KEYS
from sigcompiler.schema.hosts import Device, Host
from sigcompiler.schema.objects import LISTS, Key, Kind, keys_of

if TYPE_CHECKING:
    from huginn_cffi.hosts import who as answers
    from huginn_cffi.hosts.devices import VersionTimes
else:
    answers = Later("huginn_cffi.hosts.who")

VIEW = "holders"
FUNCTIONS = frozenset(
    (
        *("abs", "coalesce", "glob", "ifnull", "instr", "length", "like", "lower", "ltrim", "max", "min"),
        *("nullif", "round", "rtrim", "substr", "trim", "upper"),
    )
)
"""Functions that conditions may call: they neither open files nor take much memory."""
SECONDS = 120.0
"""A condition or a question that takes longer than this is interrupted."""
INSTRUCTIONS = 100_000
LONGEST = 10_000
"""Most characters of a condition."""


def select_hosts(
    connection: sqlite3.Connection, columns: Sequence[str], where: str | None, most: int | None = None
) -> sqlite3.Cursor:
    """The rows of the view that the condition selects; `ValueError` explains a wrong condition."""
    select, order = f"SELECT {', '.join(columns)} FROM {VIEW}", "ORDER BY site, addr, first_seen, last_seen"
    if most is not None:
        order = f"ORDER BY local DESC, syns + syn_acks DESC, site, addr, last_seen DESC LIMIT {most}"
    if where is None:
        return connection.execute(f"{select} {order}")
    with ConditionCheck(VIEW, (*columns, "holder", "addr")) as check:
        check.columns_read(where)
    limit_time(connection)
    return connection.execute(f"{select} WHERE (\n{where}\n) {order}")


def limit_time(connection: sqlite3.Connection) -> None:
    """Interrupt a statement that takes longer than `SECONDS` from now."""
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, INSTRUCTIONS)


class ConditionCheck:
    """Compiles conditions on the columns of one view, and refuses access to anything else.

    Use it as a context manager. SQLite calls its authorizer while it compiles a statement.
    """

    def __init__(self, view: str, columns: Sequence[str]) -> None:
        self._view, self._refused = view, ""
        self._selects = 0
        self._read: set[str] = set()
        self._empty = sqlite3.connect(":memory:")
        self._empty.execute(
            f"CREATE TABLE {view} ({', '.join(columns)}, PRIMARY KEY ({columns[-1]})) WITHOUT ROWID"
        )
        self._empty.set_authorizer(self._allow)

    def __enter__(self) -> ConditionCheck:
        return self

    def __exit__(self, *_: object) -> None:
        self._empty.close()

    def columns_read(self, condition: str) -> frozenset[str]:
        """The columns that a condition reads; `ValueError` explains a wrong one."""
        if len(condition) > LONGEST or any(one == "\0" or "\ud800" <= one <= "\udfff" for one in condition):
            raise ValueError(f"the condition is not valid text, or has more than {LONGEST} characters")
        # On its own lines, so that a comment in it cannot swallow the rest of the statement.
        view = self._view
        for select, end in ((f"SELECT 1 FROM {view} WHERE", "ORDER BY 1"), ("SELECT", f"FROM {view}")):
            statement = f"{select} (\n{condition}\n) {end}"
            self._refused, self._selects, self._read = "", 0, set()
            try:
                self._empty.execute(statement)
            except (sqlite3.Error, sqlite3.Warning) as error:
                words = self._refused or " ".join(str(error).split())
                raise ValueError(f"the condition is wrong: {words}") from None
        return frozenset(self._read - {""})

    def _allow(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            self._selects += 1
            known = self._selects == 1  # the outer SELECT around the condition
        elif action == sqlite3.SQLITE_READ:
            known = first == self._view
            self._read.add(second or "")
        else:
            known = action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS
        if not known:
            what = f"{second}()" if action == sqlite3.SQLITE_FUNCTION else "SELECT"
            self._refused = (
                f"it may not use {what}, only columns of the view {self._view}, "
                "operators and simple functions"
            )
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY


COLUMNS = tuple(name for name in opening.columns_of("hosts") if name != "addr")
"""Columns of the view without the address bytes."""

_OWN: dict[str, Kind] = {
    **dict.fromkeys(("tls_clients", "http_clients", "http_servers"), "texts"),
    "site": "text",
    RECOGNITION: "text",
    "sensors": "count",
}
_KNOWN = {one.name: one for one in keys_of(Host)}
_KNOWN |= {f"device_{one.name}": one for one in keys_of(Device) if one.kind == "text"}
KEYS = tuple(
    _KNOWN[name]._replace(name=name)
    if name in _KNOWN
    else Key(name, _OWN[name], "", "", True, (), None, None, False)
    for name in COLUMNS
)
"""Schema keys of the columns, with their kinds."""
_VALUE_TYPES: dict[Kind, tuple[type, ...]] = {"text": (str,), "count": (int,), "share": (int, float)}

_NEVER_NULL = frozenset(
    (
        *("site", "first_seen", "last_seen", "sensors"),
        *(one.name for one in HOST_KEYS if one.store and one.store.update == "count"),
    )
)


def _types(one: Key) -> tuple[type, ...]:
    """The types of a cell. SQLite does not enforce types: in a damaged file a count may be a text."""
    if one.kind not in ("text", "texts", "ports", "objects", "time"):
        return (int,) if one.name in _NEVER_NULL else (int, float, type(None))
    return (str,) if one.name in _NEVER_NULL else (str, type(None))


_TYPES = tuple(map(_types, KEYS))
_LISTS = tuple(map(COLUMNS.index, ("tools", "tls_clients", "http_clients", "http_servers", "language")))
LONGEST_LIST = 100_000
"""Most characters of a list of names, with separators."""


_MAC_OR_IP = """\
sensor.site, coalesce((SELECT part.mac FROM host AS part
    WHERE part.sensor = host.sensor AND part.addr = host.addr AND part.holder = host.holder
    AND part.mac IS NOT NULL LIMIT 1), host.ip), coalesce(host.tunnel, '')"""
_VERSIONS = f"""\
SELECT {_MAC_OR_IP}, label.name, label.flavor, system.first_seen, system.last_seen,
    coalesce(host.last_change, 0)
FROM label CROSS JOIN system ON system.label = label.id
CROSS JOIN host ON host.sensor = system.sensor AND host.addr = system.addr AND host.part = system.part
JOIN sensor ON sensor.id = host.sensor WHERE label.kind = '{VERSION}'"""
_SYSTEMS = f"""\
SELECT {_MAC_OR_IP}, coalesce(host.device_system, label.name), host.last_seen
FROM host LEFT JOIN label ON label.id = host.conclusion JOIN sensor ON sensor.id = host.sensor
WHERE coalesce(host.device_system, label.name) IS NOT NULL"""
_WITH_MAC = "SELECT DISTINCT addr FROM host WHERE mac = ? ORDER BY addr"


class Store:
    """A store of hosts (``--store``), open for reading, also while another process writes it.

    Use it as a context manager, or `close` it. Raises `StoreError` for a file that is no store.
    """

    def __init__(self, path: str | os.PathLike[str], made: sqlite3.Connection | None = None) -> None:
        self._path = os.fspath(path)
        self._connection = self.connection = made or opening.open_for_reading(self._path)
        try:
            self.cut: int = opening.shorten(self._path, self._connection)
            """How many texts were cut so far, because they were longer than any that huginn writes."""
        except StoreError:
            self._connection.close()
            raise

    def keep(self, span: Span | None) -> None:
        """Show only what was seen in a time, from now on; the file is not changed."""
        if span is not None:
            with opening.store_errors(self._path):
                opening.keep_parts(self._connection, span)

    def find(self, address: str, tunnel: str | None = None) -> list[dict[str, Any]]:
        """As `values`, the latest holder of an address (in `tunnel`, or in none) or a MAC, of each site.

        Empty for an unknown one; `ValueError` for an invalid one.
        """
        return [*self._chosen("addr = ? AND holder = 0", (key_of(address, tunnel),))]

    def rows(self, where: str | None = None, *, most: int | None = None) -> Iterator[tuple[Any, ...]]:
        """The values of `COLUMNS` of each host, by site and address; of an address its holders, oldest first.

        `most` limits the number of hosts; local hosts, then hosts with the most handshakes, come first.

        `where` is an SQL condition on the columns of the view ``holders``; it can read nothing else and
        change nothing. `ValueError` says what is wrong with it.
        """
        yield from self._rows(lambda: select_hosts(self._connection, COLUMNS, where, most))

    def _rows(self, select: Callable[[], sqlite3.Cursor]) -> Iterator[tuple[Any, ...]]:
        try:
            for row in select():
                if not all(map(isinstance, row, _TYPES)):
                    raise self.damaged()
                if any(len(row[at] or "") > LONGEST_LIST for at in _LISTS):
                    self.cut += 1
                    row = tuple(one[:LONGEST_LIST] if isinstance(one, str) else one for one in row)
                yield row
        except opening.SQL_ERRORS as error:
            raise opening.in_words(self._path, error) from None
        finally:
            with suppress(sqlite3.ProgrammingError):  # the store was closed
                self._connection.set_progress_handler(None, 0)  # the time limit was for this condition

    def values(self, where: str | None = None, *, most: int | None = None) -> Iterator[dict[str, Any]]:
        """The rows of `rows`, converted by `values_of`."""
        return map(self._values, self.rows(where, most=most))

    def holders(self, address: bytes | str) -> Iterator[dict[str, Any]]:
        """As `values`, all holders of an address, in all tunnels and segments, or all hosts of a MAC.

        The oldest come first. `ValueError` for an invalid address.
        """
        wanted = address if isinstance(address, bytes) else address_bytes(address)
        if len(wanted) == MAC_BYTES:
            mac = wanted.hex(":")
            with opening.store_errors(self._path):
                found = self._connection.execute(_WITH_MAC, (mac,)).fetchall()
            asked: list[tuple[str, tuple[object, ...]]] = [
                ("addr = ? AND mac = ?", (addr, mac)) for (addr,) in found
            ]
        else:
            lengths = f"length(addr) IN ({len(wanted)}, {len(wanted) + TUNNEL_BYTES})"
            asked = [(f"addr BETWEEN ? AND ? AND {lengths}", (wanted, wanted + b"\xff" * TUNNEL_BYTES))]
        hosts = [host for which, values in asked for host in self._chosen(which, values)]
        return iter(sorted(hosts, key=itemgetter("first_seen", "last_seen")))

    def _chosen(self, which: str, values: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
        statement = f"SELECT {', '.join(COLUMNS)} FROM {VIEW} WHERE {which} ORDER BY site, addr, holder"

        def select() -> sqlite3.Cursor:
            limit_time(self._connection)
            return self._connection.execute(statement, values)

        return map(self._values, self._rows(select))

    def who(self, asked: str, at: object = None) -> answers.Who:
        """Who had an address, or which addresses a MAC had, at a time: ns since 1970 or a `datetime`.

        Without `at`, all holders. `ValueError`: `asked` is neither an address nor a MAC.
        """
        rows = self.holders(answers.asked_for(asked))
        try:
            found = [*map(answers.stored_holder, rows)]
        except ValueError:  # a time outside of 1970 to 2262
            raise self.damaged() from None
        return answers.judged(found, asked, answers.time_of(at))

    def _values(self, row: tuple[Any, ...]) -> dict[str, Any]:
        try:
            return values_of(row)
        except ValueError:
            raise self.damaged() from None

    def counts(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a counting statement of this package."""
        with opening.store_errors(self._path):
            return self._connection.execute(statement).fetchall()

    def damaged(self) -> StoreError:
        """The error for values that huginn never writes."""
        return StoreError(f"{named(self._path)}: {opening.DAMAGED}")

    def __len__(self) -> int:
        """Number of hosts, with earlier holders of an address, counted for each sensor separately."""
        with opening.store_errors(self._path):
            hosts = "SELECT DISTINCT sensor, addr, holder FROM host"
            return int(self._connection.execute(f"SELECT count(*) FROM ({hosts})").fetchone()[0])

    def close(self) -> None:
        """Close the store; nothing can be read afterwards."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def version_times(connection: sqlite3.Connection) -> VersionTimes:
    """Of devices the last exact version (system, version), and since when it was seen without another.

    The key is site, MAC (or address) and tunnel. Raises `sqlite3.Error`.
    """
    seen = defaultdict[tuple[str, str, str], list[tuple[int, int, str, str]]](list)
    ended = defaultdict[tuple[str, str, str], list[tuple[int, str]]](list)
    for *key, system, version, first, last, changed in connection.execute(_VERSIONS):
        seen[tuple(key)].append((last, first, system, version))
        ended[tuple(key)].append((changed - 1, ""))
    for *key, system, last in connection.execute(_SYSTEMS):
        if tuple(key) in seen:
            ended[tuple(key)].append((last, system))
    found = {}
    for key, rows in seen.items():
        if not any(version for *_, version in rows):
            continue
        newest, _, system, version = max(row for row in rows if row[3])
        same = [(first, last) for last, first, *shown in rows if shown == [system, version]]
        others = [last for last, _, *shown in rows if shown not in ([system, version], [system, ""])]
        others += [last for last, other in ended[key] if other != system and last < newest]
        end = max(others, default=0)
        # Parts that became one have the version from first to last, and another one in between.
        if begins := [first for first, _ in same if first > end and all(not a <= end < b for a, b in same)]:
            found[key] = system, version, min(begins)
    return found


def stored_addresses(path: str) -> frozenset[bytes]:
    """The addresses of all sensors' hosts, or MACs of devices without one; empty if there is no store yet."""
    if not os.path.exists(path):  # noqa: PTH110 - as the store itself is opened
        return frozenset()
    with opening.store_errors(path), closing(opening.open_for_reading(path)) as connection:
        return frozenset(address_of(addr) for (addr,) in connection.execute("SELECT DISTINCT addr FROM host"))


def values_of(row: Sequence[Any]) -> dict[str, Any]:
    """The values of a row; `ValueError` for values that huginn never writes."""
    found = dict(zip(COLUMNS, row, strict=True))
    for name, value in _VALUES:
        found[name] = value(found[name])
    return found


def _list(cell: str | None) -> list[str]:
    return cell.split(" | ") if cell else []


def _ports(cell: str | None) -> list[int]:
    return [*map(int, _list(cell))]


def _objects(key: Key, text: str | None) -> list[dict[str, Any]]:
    """The objects of a list; a store keeps only some of their values."""
    if not text:
        return []
    assert key.of is not None
    keys = {one.name: one for one in keys_of(key.of)}
    empty = {name: _empty(one) for name, one in keys.items()}
    try:
        rows = [dict(zip(OBJECTS[key.name], row, strict=True)) for row in json.loads(text)]
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from None
    for name, value in (item for row in rows for item in row.items()):
        if not (isinstance(value, _VALUE_TYPES[keys[name].kind]) or (value is None and keys[name].nullable)):
            raise ValueError(f"{name} is {value!r}")
    return [{**empty, **row} for row in rows]


def _conversion(key: Key) -> Callable[[Any], Any] | None:
    """How a cell of a column becomes a value; None: it is the value."""
    if key.kind == "objects":
        return partial(_objects, key)
    own: dict[str, Callable[[Any], Any]] = {"flag": bool, "ports": _ports}
    return own.get(key.kind, _list if key.kind in LISTS else None)


_VALUES = tuple((one.name, made) for one in KEYS if (made := _conversion(one)) is not None)


def _empty(key: Key) -> Any:
    if key.nullable:
        return None
    return [] if key.kind in LISTS else "" if key.kind == "text" else 0


_EMPTY = {one.name: _empty(one) for one in HOST_KEYS}


def record(host: dict[str, Any]) -> dict[str, Any]:
    """A host as in the JSON of `huginn hosts`; values that a store does not keep are null or empty."""
    device = {name: host[f"device_{name}"] for name in DEVICE_VALUES}
    confidence = dict.fromkeys(DEVICE_VALUES)
    return {
        "event": Host.event,
        **_EMPTY,
        **{name: host[name] for name in _EMPTY if host.get(name) is not None},
        "mac_local": host["mac"] and is_local_mac(host["mac"]),
        "device": {**device, "confidence": confidence, "evidence": []} if any(device.values()) else None,
        "clients": [*dict.fromkeys((*host["tls_clients"], *host["http_clients"]))],
        "servers": host["http_servers"],
    }
