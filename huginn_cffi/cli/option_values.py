"""Callbacks of options: parse a value, or refuse it with a message that names the rule."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

Value = TypeVar("Value")

BYTES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
SECONDS = {"": 1, "S": 1, "M": 60, "H": 3600, "D": 86400}
TIME_UNITS = {"H": 3600, "D": 86400, "W": 7 * 86400}


def quantity(units: dict[str, int], low: int, high: int) -> Callable[..., int | None]:
    """A callback for a whole number with a unit, such as 64M; the result is in the smallest unit."""

    def convert(context: click.Context, option: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        found = re.fullmatch(r"([0-9]{1,18})([A-Za-z]?)", value)
        unit = found[2].upper() if found else ""
        if found is None or unit not in units:
            known = ", ".join(filter(None, units))
            raise click.BadParameter(f"{value!r} is not a whole number, or one with a unit of {known}.")
        number = int(found[1]) * units[unit]
        if not low <= number <= high:
            raise click.BadParameter(f"{value} is not within {low} to {high}.")
        return number

    return convert


def positive(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Refuse values that are not above 0; click's own ranges accept "nan"."""
    if value is not None and not value > 0:
        raise click.BadParameter(f"{value:g} is not a number of seconds above 0.")
    return value


def parsed(read: Callable[[Any], Value], absent: Value, end: str = "") -> Callable[..., Value]:
    """A callback that parses a value by `read`. On `ValueError` the message is its text and `end`."""

    def convert(context: click.Context, option: click.Parameter, value: Any) -> Value:
        if value is None or value == ():
            return absent
        try:
            return read(value)
        except ValueError as error:
            raise click.BadParameter(f"{error}{end}") from None

    return convert
