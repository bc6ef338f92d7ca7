"""Numbers with a unit, as values of options."""

from __future__ import annotations

import re
from collections.abc import Callable

import click

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
