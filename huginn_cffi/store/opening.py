"""Opens a store for one writer or for any number of readers, and explains SQLite's errors."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from huginn_cffi.base.errors import StoreError, named
from huginn_cffi.store.lock import Lock
from huginn_cffi.store.schema import APPLICATION_ID, MIGRATIONS

BUSY_S = 10.0
"""So long a writer waits for a program that keeps the store locked."""
CACHE_KB = 64 << 10
WAL_BYTES = 64 << 20
"""What is left of the log file after a checkpoint."""

SQL_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What sqlite3 raises. The message of an error may quote bytes that are not UTF-8, which it cannot decode."""

DAMAGED = "is damaged; sqlite3's command .recover may save what it holds"

_WORDS = (
    ("disk is full", "there is no room left; free some, or use --keep or --max-stored"),
    ("disk I/O error", "the disk failed, or there is no room left"),
    ("file is not a database", "is not a store of hosts"),
    ("malformed", DAMAGED),
    ("decode", DAMAGED),
    ("readonly", "cannot be written: permission denied"),
    ("unable to open", "cannot be opened"),
    ("locked", "another program keeps it locked"),
    ("interrupted", "took too long"),
)
"""Parts of SQLite's messages, and what is stated instead."""


def in_words(path: str, error: Exception) -> StoreError:
    """SQLite's error as the package has them: file, what is wrong, what can be done."""
    text = str(error)
    words = next((words for part, words in _WORDS if part in text), named(text))
    return StoreError(f"{named(path)}: {words}")


@contextmanager
def worded(path: str) -> Iterator[None]:
    """Raise `StoreError` in place of SQLite's errors."""
    try:
        yield
    except SQL_ERRORS as error:
        raise in_words(path, error) from None


def open_for_writing(
    path: str, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> tuple[sqlite3.Connection, Lock]:
    """Make or migrate a store and lock it. `StoreError` says why that cannot be."""
    _check_kind(path, may_be_missing=True)
    lock = Lock(path)
    try:
        with worded(path):
            return _opened(path, migrations), lock
    except BaseException:
        lock.release()
        raise


def _opened(path: str, migrations: Sequence[Sequence[str]]) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        if version := _check_version(path, connection, len(migrations)):
            _check_schema(path, connection, migrations[:version])
        for setting in (
            "auto_vacuum = INCREMENTAL",  # only before the first table
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"cache_size = -{CACHE_KB}",
            f"journal_size_limit = {WAL_BYTES}",
        ):
            connection.execute(f"PRAGMA {setting}")
        _migrate(connection, migrations)
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: str) -> sqlite3.Connection:
    """A connection that cannot write. `StoreError` for what is no store that this version knows."""
    _check_kind(path)
    with worded(path):
        connection = _read_only(path)
        try:
            connection.execute("PRAGMA query_only = ON")
            version = _check_version(path, connection, len(MIGRATIONS))
            if version == 0:
                raise StoreError(f"{named(path)}: is not a store of hosts: it is empty")
            _check_schema(path, connection, MIGRATIONS[:version])
            if version < len(MIGRATIONS):
                _show_as_newest(connection)
        except BaseException:
            connection.close()
            raise
        return connection


@cache
def newest() -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """Of a store of this version: the columns of tables and views with their types, and the text of views."""
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in chain(*MIGRATIONS):
            empty.execute(statement)
        views = dict(empty.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
        return {name: _columns(empty, name) for name in (*_tables(empty), *views)}, views


def _show_as_newest(connection: sqlite3.Connection) -> None:
    """Make an older store look like one of this version: missing columns are NULL, and the views exist.

    They are in memory; only a writer migrates the store.
    """
    columns, views = newest()
    with _writable_memory(connection):
        for table in _tables(connection):
            if missing := columns[table].keys() - _columns(connection, table):
                more = ", ".join(f"NULL AS {name}" for name in sorted(missing))
                connection.execute(f"CREATE TEMP VIEW {table} AS SELECT *, {more} FROM main.{table}")
        for text in views.values():
            connection.execute(text.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return [name for (name,) in found]


def _columns(connection: sqlite3.Connection, table: str) -> dict[str, str]:
    return {row[1]: row[2] for row in connection.execute(f"PRAGMA main.table_info({table})")}


@contextmanager
def _writable_memory(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("PRAGMA query_only = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    yield
    connection.execute("PRAGMA query_only = ON")


LONGEST = 1000
"""Characters of a name that is read. This package writes 200 bytes; a sensor is named by its owner."""

_NAMED = {"label": ("kind", "name", "flavor"), "sensor": ("site", "name")}


def shorten(path: str, connection: sqlite3.Connection) -> int:
    """Cut names longer than `LONGEST` in everything read later; returns how many were cut.

    Rows repeat a name for each host, so a file of a few megabytes could give many. If names are too long,
    tables and a view in memory replace those of the file, which is not changed.
    """
    with worded(path):
        cut = sum(map(partial(_too_long, connection), _NAMED))
        if cut:
            with _writable_memory(connection):
                for table in _NAMED:
                    _copy_shortened(connection, table)
                connection.execute("DROP VIEW IF EXISTS temp.hosts")
                connection.execute(newest()[1]["hosts"].replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        return cut


def _too_long(connection: sqlite3.Connection, table: str) -> int:
    """How many names."""
    sums = " + ".join(f"total(length({name}) > {LONGEST})" for name in _NAMED[table])
    return int(connection.execute(f"SELECT {sums} FROM {table}").fetchone()[0])


def _copy_shortened(connection: sqlite3.Connection, table: str) -> None:
    names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})") if row[1] != "id"]
    values = ", ".join(f"substr({one}, 1, {LONGEST})" if one in _NAMED[table] else one for one in names)
    connection.execute(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute(f"INSERT INTO temp.{table} SELECT id, {values} FROM main.{table}")


def _read_only(path: str) -> sqlite3.Connection:
    """Beside a store that nobody writes there may be no log file, and no right to make one."""
    address = f"file:{quote(os.path.realpath(path))}"
    beside = Path(f"{os.path.realpath(path)}-wal")
    mode = "mode=ro" if beside.exists() or os.access(beside.parent, os.W_OK) else "immutable=1"
    return sqlite3.connect(
        f"{address}?{mode}", uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )


def _check_kind(path: str, *, may_be_missing: bool = False) -> None:
    """Look at the file before SQLite does, which would wait for the other end of a pipe without a limit."""
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - Path("") would be the folder one is in
            raise StoreError(f"{named(path)}: is not a regular file, so it cannot be a store of hosts")
        with Path(path).open("rb") as file:
            head = file.read(16)
    except FileNotFoundError as error:
        if not may_be_missing:
            raise StoreError(f"{named(path)}: {error.strerror}") from None
        return
    except (OSError, ValueError) as error:
        raise StoreError(f"{named(path)}: {getattr(error, 'strerror', None) or error}") from None
    if head and head != b"SQLite format 3\0":
        raise StoreError(f"{named(path)}: is not a store of hosts")


def _check_version(path: str, connection: sqlite3.Connection, known: int) -> int:
    """The version of the store, 0 for an empty file."""
    (mark,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    if mark == APPLICATION_ID and 0 < version <= known:
        return int(version)
    if mark == APPLICATION_ID and version > known:
        raise StoreError(
            f"{named(path)}: a newer version of huginn_cffi made it (format {version}; "
            f"this one knows up to {known}): use that one"
        )
    if mark or version or connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        raise StoreError(f"{named(path)}: is a database of another program, not a store of hosts")
    return 0


_SCHEMA = "SELECT type, name, sql FROM sqlite_master"


def _check_schema(path: str, connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
    """Refuse what this package did not make: a view or trigger of others could run for ever."""
    known, found = _schema_after(tuple(map(tuple, migrations))), {*connection.execute(_SCHEMA)}
    if not known <= found or any(kind == "trigger" for kind, *_ in found):
        raise StoreError(f"{named(path)}: its tables are damaged, or another program changed them")


@cache
def _schema_after(migrations: tuple[tuple[str, ...], ...]) -> frozenset[tuple[object, ...]]:
    with closing(sqlite3.connect(":memory:")) as empty:
        for script in migrations:
            for statement in script:
                empty.execute(statement)
        return frozenset(empty.execute(_SCHEMA))


def _migrate(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
    """All steps in one transaction: a store has its old version or the new one, nothing between."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        for script in migrations[version:]:
            for statement in script:
                connection.execute(statement)
        if version < len(migrations):
            connection.execute(f"PRAGMA user_version = {len(migrations)}")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
