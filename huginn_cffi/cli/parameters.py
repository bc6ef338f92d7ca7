"""Declares the parameters of commands, as the defaults of the function's parameters.

A function or class with such defaults is also a group of options, which commands get as one argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from inspect import signature
from typing import Any, NamedTuple, TypeVar

import click

Value = TypeVar("Value")


class _Parameter(NamedTuple):
    """An option or argument without the name under which a command gets its value."""

    kind: Callable[..., click.Parameter]
    words: tuple[str, ...]
    settings: dict[str, Any]

    def click_parameters(self, name: str) -> Iterator[click.Parameter]:
        yield self.kind([*self.words, name], **self.settings)

    def value_in(self, name: str, values: dict[str, Any]) -> Any:
        """Its value among the command's values; its default if the command lacks the option."""
        if name in values:
            return values[name]
        found = self.settings.get("default", False if self.settings.get("is_flag") else None)
        callback = self.settings.get("callback")
        return callback(None, None, found) if callback else found


class OptionGroup:
    """The parameters of `kind`; the value is the result of `kind`, called with their values."""

    def __init__(self, kind: Callable[..., Any], without: str = "", **replaced: Any) -> None:
        self._kind, self._without = kind, without.split()
        self._members = {name: one.default for name, one in signature(kind).parameters.items()} | replaced

    def click_parameters(self, name: str = "") -> Iterator[click.Parameter]:
        """The parameters for click, in order."""
        for member, one in self._members.items():
            if member not in self._without:
                yield from one.click_parameters(member)

    def value_in(self, name: str, values: dict[str, Any]) -> Any:
        """Call `kind` with its values among the command's values."""
        return self._kind(**{member: one.value_in(member, values) for member, one in self._members.items()})


def group(kind: Callable[..., Any], without: str = "", **replaced: Any) -> Any:
    """Declare a group; the command lacks the options `without`, and has others in place of the `replaced`."""
    return OptionGroup(kind, without, **replaced)


def option(words: str, help: str | None, type: Any = None, **settings: Any) -> Any:
    """Declare an option: its names, and a word for its value as in "-o --output FILE"; without, a flag."""
    names = tuple(word for word in words.split() if word.startswith("-"))
    metavar = " ".join(words.split()[len(names) :]) or None
    kind = {"is_flag": True} if metavar is None and type is None else {"metavar": metavar, "type": type}
    return _Parameter(click.Option, names, {"help": help, **kind, **settings})


def argument(metavar: str, type: Any = None, **settings: Any) -> Any:
    """Declare an argument."""
    return _Parameter(click.Argument, (), {"metavar": metavar, "type": type, **settings})


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
