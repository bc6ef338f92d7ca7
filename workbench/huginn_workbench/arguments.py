"""Types and checks of arguments that several functions take."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Literal

from huginn_cffi import CaptureError, Database

Direction = Literal["request", "response"]
OnError = Callable[[CaptureError], object]
"""A call for each capture that could not be read to its end."""

MAX_INVENTORY = 1_000_000
"""Default limit, in entries."""
MOST_INVENTORY = (1 << 32) - 1

DEFAULT = Database.load_default()
"""Default of arguments. The commands pass the database in use instead, which may be newer."""


def required(database: Database) -> Database:
    """Refuse what is no database, such as ``None``."""
    if not isinstance(database, Database):
        raise TypeError(f"database must be a Database, not {type(database).__name__}")
    return database


def whole(name: str, value: Any, low: int, high: int) -> int:
    """`value` as an int within `low` to `high`; errors call the argument `name`."""
    number = operator.index(value)
    if not low <= number <= high:
        raise ValueError(f"{name} must be {low} to {high}, not {number}")
    return number
