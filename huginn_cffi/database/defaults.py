"""The database that is meant when none is named."""

from __future__ import annotations

import enum
import os

from huginn_cffi.database.database import Database


class Default(enum.Enum):
    """Type of `DEFAULT`, so that ``None`` can mean "no database"."""

    DATABASE = enum.auto()


DEFAULT = Default.DATABASE
"""Stands for the database in use where one may be given: built in, or newer and installed."""


def resolve(database: Database | Default | None) -> Database | None:
    """The database itself; raises `TypeError` for what is none."""
    if database is DEFAULT:
        from huginn_cffi.database.installed import database_in_use

        return database_in_use()
    if database is None or isinstance(database, Database):
        return database
    if isinstance(database, (str, os.PathLike)):
        raise TypeError(
            f"database must be a Database, not a path; open it: Database.open({os.fspath(database)!r})"
        )
    raise TypeError(f"database must be a Database or None, not {type(database).__name__}")


def required(database: Database | Default) -> Database:
    """The same where there must be one."""
    chosen = resolve(database)
    if chosen is None:
        raise TypeError("database must be a Database, not None")
    return chosen
