"""Opens a store for one writer or for any number of readers, and explains SQLite's errors.

The writer's process holds a lock, which ends with the process.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

from huginn_cffi.base.errors import HuginnError, StoreError, named
from huginn_cffi.base.times import SECOND_NS, Span
from huginn_cffi.store.schema import APPLICATION_ID, CONCLUDED, STATEMENTS, VERSION

BUSY_S = 10.0
"""How long a writer waits while another program locks the store, in seconds."""
CACHE_KB = 64 << 10
WAL_BYTES = 64 << 20
"""Bytes of the log file (WAL) that stay after a checkpoint."""

SQL_ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""Exceptions of sqlite3. It also fails to decode an error message that quotes bytes which are not UTF-8."""

DAMAGED = "is damaged; sqlite3's command .recover may save what it holds"

_WORDS = (
    ("disk is full", "there is no room left; free some, or use --keep or --max-stored"),
    ("disk I/O error", "the disk failed, or there is no room left"),
    ("file is not a database", "is not a store of hosts"),
    ("malformed", DAMAGED),
    ("decode", DAMAGED),
    ("user-defined function", DAMAGED),
    ("readonly", "cannot be written: permission denied"),
    ("unable to open", "cannot be opened"),
    ("locked", "another program keeps it locked"),
    ("interrupted", "took too long"),
)
"""Parts of SQLite's messages, and our words for them."""


class Lock:
    """The writer's lock, held until `release`. `StoreError` if another process has it, or locking fails.

    The lock is on its own file beside the store: closing a second descriptor of the store
    itself would end SQLite's locks on it. Only its user may open it, since a reader could hold its lock.
    """

    def __init__(self, path: str) -> None:
        beside = f"{os.path.realpath(path)}-lock"
        try:
            self._descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise StoreError(f"{named(path)}: cannot be written: {named(beside)}: {error.strerror}") from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = ""
            with suppress(OSError, ValueError):
                who = f" ({int(os.pread(self._descriptor, 20, 0))})"
            os.close(self._descriptor)
            if isinstance(error, BlockingIOError):
                raise StoreError(
                    f"{named(path)}: another process{who} writes to this store; "
                    "give each sensor its own, and see huginn hosts merge --help"
                ) from None
            raise StoreError(f"{named(path)}: cannot be locked: {error.strerror}") from None
        with suppress(OSError):  # the process id only informs people
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Release the lock. The file stays: if it were removed, two processes could lock different files."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def in_words(path: str, error: Exception) -> StoreError:
    """A `StoreError` for an error of SQLite: the file, the problem, and a remedy."""
    text = str(error)
    words = next((words for part, words in _WORDS if part in text), named(text))
    return StoreError(f"{named(path)}: {words}")


@contextmanager
def store_errors(path: str) -> Iterator[None]:
    """Raise `StoreError` in place of errors of SQLite, or of values that huginn never writes."""
    try:
        yield
    except HuginnError:
        raise
    except SQL_ERRORS as error:
        raise in_words(path, error) from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        raise StoreError(f"{named(path)}: {DAMAGED}") from None


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Commit everything written in the block, or nothing."""
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def open_for_writing(path: str) -> tuple[sqlite3.Connection, Lock]:
    """Open a store, or create one, and lock it. `StoreError` says why that failed."""
    check_kind(path, may_be_missing=True)
    lock = Lock(path)
    try:
        with suppress(OSError):  # SQLite explains errors, and gives its other files the mode of this one
            flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
            os.close(os.open(os.path.realpath(path), flags, 0o600))
        with store_errors(path):
            return _opened(path), lock
    except BaseException:
        lock.release()
        raise


def _opened(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None, check_same_thread=False)
    try:
        empty = _is_empty(path, connection)
        for setting in (
            "auto_vacuum = INCREMENTAL",  # must be set before the first table
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"cache_size = -{CACHE_KB}",
            f"journal_size_limit = {WAL_BYTES}",
        ):
            connection.execute(f"PRAGMA {setting}")
        if empty:
            with transaction(connection):  # a killed process leaves an empty file or a whole store
                for statement in STATEMENTS:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {VERSION}")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    except BaseException:
        connection.close()
        raise
    return connection


def open_for_reading(path: str) -> sqlite3.Connection:
    """A connection that cannot write. `StoreError` for anything but a store of this version."""
    check_kind(path)
    with store_errors(path):
        connection = _read_only(path)
        try:
            connection.execute("PRAGMA query_only = ON")
            if _is_empty(path, connection):
                raise StoreError(f"{named(path)}: is not a store of hosts: it is empty")
        except BaseException:
            connection.close()
            raise
        return connection


def open_for_marks(path: str) -> sqlite3.Connection:
    """A connection to an existing store, for short writes beside its writer."""
    open_for_reading(path).close()  # checks it
    with store_errors(path):
        connection = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        connection.execute("PRAGMA synchronous = FULL")
        return connection


def kept(connection: sqlite3.Connection, key: str, first: object) -> str:
    """What the store keeps under a key; from now on `first`, if it keeps nothing."""
    connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, first))
    return str(connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()[0])


_SCHEMA = "SELECT type, name, sql FROM sqlite_master"


def in_memory() -> sqlite3.Connection:
    """An empty store in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in STATEMENTS:
        connection.execute(statement)
    return connection


@cache
def _new_store() -> frozenset[tuple[str, str, str]]:
    """The schema of a new store."""
    with closing(in_memory()) as connection:
        return frozenset(connection.execute(_SCHEMA))


@cache
def columns_of(view: str) -> tuple[str, ...]:
    """The columns of a view."""
    with closing(in_memory()) as connection:
        return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({view})"))


LONGEST = 1000
"""Most characters of a name that is read. This package writes up to 200 bytes; users name sensors."""

_NAMED = {"label": ("kind", "name", "flavor"), "sensor": ("site", "name")}


def shorten(path: str, connection: sqlite3.Connection) -> int:
    """Cut names longer than `LONGEST` in everything read later; returns how many were cut.

    Rows repeat a name for each host, so a file of a few megabytes could expand a lot. If names are too long,
    tables and views in memory shadow the file's; the file is not changed.
    """
    with store_errors(path):
        cut = 0
        for table, columns in _NAMED.items():
            sums = " + ".join(f"total(length({name}) > {LONGEST})" for name in columns)
            cut += int(connection.execute(f"SELECT {sums} FROM {table}").fetchone()[0])
        if cut:
            connection.execute("PRAGMA query_only = OFF")
            connection.execute("PRAGMA temp_store = MEMORY")
            for table in _NAMED:
                _copy_shortened(connection, table)
            _shadow_views(connection)
            connection.execute("PRAGMA query_only = ON")
        return cut


def _shadow_views(connection: sqlite3.Connection) -> None:
    """Make the views read tables in memory that have the name of a table of the file."""
    for statement in STATEMENTS:
        if statement.startswith("CREATE VIEW"):
            connection.execute(statement.replace("CREATE VIEW", "CREATE TEMP VIEW IF NOT EXISTS", 1))


def keep_parts(connection: sqlite3.Connection, span: Span) -> None:
    """Let the views show only what was seen in a time; the file is not changed."""
    first, end = span
    since = f"last_seen >= {first}"
    conditions = dict.fromkeys(("host", "system", "peer"), f"first_seen < {end} AND {since}")
    conditions["port"] = f"last_seen >= {first // SECOND_NS * SECOND_NS}"  # it has whole seconds
    # The system before a change, and when a port was first used, are not kept.
    known = {("host", name): "coalesce(last_change, 0)" for name in (*CONCLUDED, "last_change")}
    known["port", "port"] = "last_seen"
    connection.execute("PRAGMA query_only = OFF")
    for table, condition in conditions.items():
        names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
        values = (
            f"CASE WHEN {known[table, name]} < {end} THEN {name} END AS {name}"
            if (table, name) in known
            else name
            for name in names
        )
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {', '.join(values)} FROM main.{table} WHERE {condition}"
        )
    _shadow_views(connection)
    connection.execute("PRAGMA query_only = ON")


def _copy_shortened(connection: sqlite3.Connection, table: str) -> None:
    names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})") if row[1] != "id"]
    values = ", ".join(f"substr({one}, 1, {LONGEST})" if one in _NAMED[table] else one for one in names)
    connection.execute(f"CREATE TEMP TABLE {table} (id INTEGER PRIMARY KEY, {', '.join(names)})")
    connection.execute(f"INSERT INTO temp.{table} SELECT id, {values} FROM main.{table}")


def _read_only(path: str) -> sqlite3.Connection:
    """Open read-only, even if the store has no log file (no writer) and the reader may not create one."""
    address = f"file:{quote(os.path.realpath(path))}"
    beside = Path(f"{os.path.realpath(path)}-wal")
    mode = "mode=ro" if beside.exists() or os.access(beside.parent, os.W_OK) else "immutable=1"
    return sqlite3.connect(
        f"{address}?{mode}", uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
    )


def check_kind(path: str, *, may_be_missing: bool = False) -> None:
    """Check the file before SQLite opens it: SQLite would wait for ever for the other end of a pipe.

    Raises `StoreError`, also for a missing file unless it `may_be_missing`.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - Path("") would be the current folder
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


def _is_empty(path: str, connection: sqlite3.Connection) -> bool:
    """Whether the file has no tables. `StoreError` unless it is empty or a store of this version."""
    (mark,), (version,) = (
        connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
    )
    found = {*connection.execute(_SCHEMA)}
    if not (mark or version or found):
        return True
    if mark != APPLICATION_ID:
        raise StoreError(f"{named(path)}: is a database of another program, not a store of hosts")
    if version != VERSION:
        raise StoreError(
            f"{named(path)}: is a store of format {version}, but this version of huginn_cffi reads "
            f"format {VERSION}: read the captures into a new store, or use the version that wrote this one"
        )
    if not _new_store() <= found or any(kind == "trigger" for kind, *_ in found):
        # A foreign view or trigger could run for ever.
        raise StoreError(f"{named(path)}: its tables are damaged, or another program changed them")
    return False
