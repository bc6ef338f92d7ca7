"""Conditions of users: SQL on the columns of the view ``hosts``, and nothing else.

A store is opened so that nothing can be written. Before it is asked, the statement is prepared on an
empty table of the same name, where SQLite reports each table, column, function and SELECT in it: a
condition has columns of the view, operators, and functions that only compute.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing

VIEW = "hosts"
FUNCTIONS = frozenset(
    (
        *("abs", "coalesce", "glob", "ifnull", "instr", "length", "like", "lower", "ltrim", "max", "min"),
        *("nullif", "round", "rtrim", "substr", "trim", "upper"),
    )
)
"""What conditions may call: it takes neither files nor much memory."""
SECONDS = 120.0
"""A condition is ended that a store cannot answer in this time."""
INSTRUCTIONS = 100_000
LONGEST = 10_000
"""Characters of a condition."""


def chosen(
    connection: sqlite3.Connection, columns: Sequence[str], where: str | None, most: int | None = None
) -> sqlite3.Cursor:
    """The rows of the view that the condition picks; `ValueError` says what is wrong with it."""
    select, order = f"SELECT {', '.join(columns)} FROM {VIEW}", "ORDER BY site, addr"
    if most is not None:
        order = f"ORDER BY local DESC, syns + syn_acks DESC, site, addr LIMIT {most}"
    if where is None:
        return connection.execute(f"{select} {order}")
    # On its own lines: a comment in it does not reach what follows.
    statement = f"{select} WHERE (\n{where}\n) {order}"
    if len(where) > LONGEST or any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in where):
        raise ValueError(f"the condition is no text, or has more than {LONGEST} characters")
    watch = _StatementCheck()
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.execute(f"CREATE TABLE {VIEW} ({', '.join(columns)}, addr PRIMARY KEY) WITHOUT ROWID")
        empty.set_authorizer(watch)
        try:
            empty.execute(statement)
        except (sqlite3.Error, sqlite3.Warning) as error:
            words = watch.refused or " ".join(str(error).split())
            raise ValueError(f"the condition is wrong: {words}") from None
    end = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > end, INSTRUCTIONS)
    return connection.execute(statement)


class _StatementCheck:
    """What SQLite asks while a statement is prepared."""

    def __init__(self) -> None:
        self.refused = ""
        self._selects = 0

    def __call__(self, action: int, first: str | None, second: str | None, *_: str | None) -> int:
        if action == sqlite3.SQLITE_SELECT:
            self._selects += 1
            known = self._selects == 1  # the one around the condition
        elif action == sqlite3.SQLITE_READ:
            known = first == VIEW
        else:
            known = action == sqlite3.SQLITE_FUNCTION and second in FUNCTIONS
        if not known:
            what = f"{second}()" if action == sqlite3.SQLITE_FUNCTION else "SELECT"
            self.refused = (
                f"it may not use {what}, only columns of the view {VIEW}, operators and simple functions"
            )
        return sqlite3.SQLITE_OK if known else sqlite3.SQLITE_DENY
