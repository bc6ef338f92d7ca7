"""Stands for the database that is used when none is given."""

from __future__ import annotations

import enum
import os

from huginn_cffi.database.database import Database


class Default(enum.Enum):
    """Type of `DEFAULT`, so that ``None`` can mean "no database"."""

    DATABASE = enum.auto()


DEFAULT = Default.DATABASE
"""Default of arguments: the database in use, built in or a newer installed one."""


def resolve(database: Database | Default | None) -> Database | None:
    """The database that the argument stands for; raises `TypeError` for anything else."""
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
    """As `resolve`, but None is refused."""
    chosen = resolve(database)
    if chosen is None:
        raise TypeError("database must be a Database, not None")
    return chosen
