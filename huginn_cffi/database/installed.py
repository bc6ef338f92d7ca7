"""The default database: the built-in one, or a newer one that an update installed.

An update is verified once, at installation. Afterwards its file is trusted like its owner: it is used if it
belongs to root or to the process's user, and no other user may write it.
"""

from __future__ import annotations

import enum
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.errors import DatabaseError, named
from huginn_cffi.database import signed
from huginn_cffi.database.database import MAX_BYTES, Database, read_file

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

BUILT_IN_DATE = "2026-11-23T00:00:00Z"
"""Date of the built-in signatures; a release sets it (tools/release)."""

SYSTEM_FOLDER = "/var/lib/huginn"
"""Where root installs databases for all users."""
FILE_NAME = "signatures.hgsig"
SHIPPED_KEY = f"{os.path.dirname(os.path.dirname(__file__))}/data/signing.pem"  # noqa: PTH120 - pathlib takes 3 ms to import
"""The public key of the project's maintainers; an input of the release."""


class InUse(NamedTuple):
    """A database with its origin and date."""

    database: Database
    date: str
    path: str | None = None
    """File of an installed database; None: built in."""
    key: str = ""
    """Name of the key that signed it."""
    ignored: tuple[str, ...] = ()
    """Why installed databases were not used."""

    def __str__(self) -> str:
        return f"{'built in' if self.path is None else 'installed'}, of {self.date[:10]}"


def folders() -> tuple[str, ...]:
    """Folders of installed databases. Root only uses databases that root has installed."""
    if os.geteuid() == 0:
        return (SYSTEM_FOLDER,)
    given = os.environ.get("XDG_DATA_HOME", "")
    home = given if given.startswith("/") else os.path.expanduser("~/.local/share")  # noqa: PTH111 - as above
    return (f"{home}/huginn", SYSTEM_FOLDER) if home.startswith("/") else (SYSTEM_FOLDER,)


def in_use(places: Sequence[str] | None = None) -> InUse:
    """The newest usable database. `places`: the value of `folders` before a change of user."""
    built_in = InUse(Database.load_default(), BUILT_IN_DATE)
    found: list[tuple[signed.Header, str]] = []
    ignored = []
    for folder in folders() if places is None else places:
        path = f"{folder}/{FILE_NAME}"
        try:
            found.append((signed.read_header(_read(path, signed.HEADER_BYTES)), path))
        except (FileNotFoundError, PermissionError, NotADirectoryError):
            continue  # none here, or installed for another user
        except (OSError, DatabaseError) as error:
            ignored.append(_reason(path, error))
    for header, path in sorted(found, key=lambda one: one[0].date, reverse=True):
        if header.date <= BUILT_IN_DATE:
            break
        try:
            header, image = signed.parts(_read(path))
            return InUse(Database._open(image, path, ()), header.date, path, header.key, tuple(ignored))
        except (OSError, DatabaseError) as error:
            ignored.append(_reason(path, error))
    return built_in._replace(ignored=tuple(ignored))


@cache
def database_in_use() -> Database:
    """The default database, found by the first call of a process. Unusable ones cause a `RuntimeWarning`."""
    found = in_use()
    if found.ignored:
        import warnings

        for reason in found.ignored:
            warnings.warn(f"{reason}; not used", RuntimeWarning, stacklevel=2)
    return found.database


def install(path: str, key: str | None) -> tuple[InUse, bool]:
    """Verify a signed database and use it from now on; also returns whether it differs from the one before.

    `key` is a file of public keys. On failure it raises `DatabaseError` with the reason, and changes nothing.
    """
    keys = _keys(key)
    data = read_file(path)
    try:
        header, image = signed.verified(data, keys)
        database = Database._open(image, path, ())
    except DatabaseError as error:
        raise DatabaseError(_with_name(path, error)) from None
    folder = folders()[0]
    try:
        with _only_writer(folder):
            before = in_use()
            installed = InUse(database, header.date, f"{folder}/{FILE_NAME}", header.key)
            if before.path is not None and header.date == before.date and _read(before.path) == data:
                return before, False
            if header.date <= before.date:
                kind = "older than" if header.date < before.date else "another one of the same date as"
                raise DatabaseError(f"{named(path)}: of {header.date}, {kind} the one in use")
            _replace(f"{folder}/{FILE_NAME}", data)
            return installed, True
    except OSError as error:
        raise DatabaseError(f"{named(folder)}: cannot be written: {error.strerror or error}") from None


def _keys(path: str | None) -> list[Ed25519PublicKey]:
    from pathlib import Path

    if path is None and not Path(SHIPPED_KEY).exists():
        raise DatabaseError("this build has no built-in key; name the public key with --key FILE")
    name = SHIPPED_KEY if path is None else path
    try:
        return signed.read_keys(read_file(name))
    except DatabaseError as error:
        raise DatabaseError(_with_name(name, error)) from None


def _with_name(name: str, error: DatabaseError) -> str:
    """The error's message with the file name once at its beginning."""
    text = str(error)
    return text if text.startswith(f"{named(name)}:") else f"{named(name)}: {text}"


def _reason(path: str, error: OSError | DatabaseError) -> str:
    if isinstance(error, DatabaseError):
        return _with_name(path, error)
    return f"{named(path)}: {error.strerror or error}"


def _read(path: str, length: int = -1) -> bytes:
    """Bytes of an installed file; `DatabaseError` if other users could have written it."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NONBLOCK)) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > MAX_BYTES:
            raise DatabaseError("not a file of a database")
        if found.st_uid not in (0, os.geteuid()) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise DatabaseError("users other than root and this one may write it")
        return file.read(length)


@contextmanager
def _only_writer(folder: str) -> Iterator[None]:
    """Lock the folder against other installing processes; creates it if it is missing."""
    import fcntl
    from pathlib import Path

    if not Path(folder).exists():
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder).chmod(0o755)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _replace(name: str, data: bytes) -> None:
    """Replace the file in one step, also on the disk. The caller holds the lock."""
    from pathlib import Path

    path = Path(name)
    beside = path.with_name(f".{path.name}.new")
    with suppress(FileNotFoundError):
        beside.unlink()  # left by a killed update
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    if sys.platform.startswith("linux"):
        descriptor = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Default(enum.Enum):
    """Type of `DEFAULT`, so that ``None`` can mean "no database"."""

    DATABASE = enum.auto()
    """The database in use."""


DEFAULT = Default.DATABASE
"""Default of arguments: the database in use, built in or a newer installed one."""


def resolve(database: Database | Default | None) -> Database | None:
    """The database that the argument stands for; raises `TypeError` for anything else."""
    if database is DEFAULT:
        return database_in_use()
    if database is None or isinstance(database, Database):
        return database
    if isinstance(database, (str, os.PathLike)):
        raise TypeError(
            f"database must be a Database, not a path; open it: Database.open({os.fspath(database)!r})"
        )
    raise TypeError(f"database must be a Database or None, not {type(database).__name__}")


def required(database: Database | Default) -> Database:
    """The database that an argument stands for; raises `TypeError` for ``None``."""
    chosen = resolve(database)
    if chosen is None:
        raise TypeError("database must be a Database, not None")
    return chosen
