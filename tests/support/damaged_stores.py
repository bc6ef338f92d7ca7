"""Stores that are changed by hand."""

from __future__ import annotations

import sqlite3
from contextlib import closing


def change(path: str, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute(statement).rowcount > 0
        connection.commit()
