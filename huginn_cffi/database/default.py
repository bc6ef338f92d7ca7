"""The default of arguments for a database."""

from __future__ import annotations

import enum
import os
from functools import cache

from huginn_cffi.database.database import Database

BUILT_IN_DATE = "2026-11-23T00:00:00Z"
"""Date of the built-in signatures; a release sets it (tools/release)."""


class Default(enum.Enum):
    """Type of `DEFAULT`, so that ``None`` can mean "no database"."""

    DATABASE = enum.auto()
    """The built-in database."""


DEFAULT = Default.DATABASE
"""Default of arguments: the built-in database."""


@cache
def _built_in() -> Database:
    return Database.load_default()


def resolve(database: Database | Default | None) -> Database | None:
    """The database that the argument stands for; raises `TypeError` for anything else."""
    if database is DEFAULT:
        return _built_in()
    if database is None or isinstance(database, Database):
        return database
    if isinstance(database, (str, os.PathLike)):
        raise TypeError(
            f"database must be a Database, not a path; open it: Database.open({os.fspath(database)!r})"
        )
    raise TypeError(f"database must be a Database or None, not {type(database).__name__}")
