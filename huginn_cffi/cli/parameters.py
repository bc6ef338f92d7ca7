"""Declares the parameters of commands, as the defaults of the function's parameters.

A function or class with such defaults is also a group of options, which commands get as one argument.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from inspect import signature
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from huginn_cffi.cli.wording import TEXTS, Example, ExampleCommand, suggestion

Value = TypeVar("Value")


class _Parameter(NamedTuple):
    """An option or argument without the name under which a command gets its value."""

    kind: Callable[..., click.Parameter]
    words: tuple[str, ...]
    settings: dict[str, Any]

    def click_parameters(self, name: str, of: tuple[str, ...] = ()) -> Iterator[click.Parameter]:
        settings = self.settings
        if settings.get("help", "") is None:
            found = (TEXTS.get(("help", place), {}).get(self.words[-1]) for place in (*of, ""))
            settings = {**settings, "help": next(filter(None, found), None)}
        yield self.kind([*self.words, name], **settings)

    def value_in(self, name: str, values: dict[str, Any]) -> Any:
        """Its value among the command's values; its default if the command lacks the option."""
        if name in values:
            return values[name]
        found = self.settings.get("default", False if self.settings.get("is_flag") else None)
        callback = self.settings.get("callback")
        return callback(None, None, found) if callback else found


class OptionGroup:
    """The parameters of `kind`; the value is the result of `kind`, called with their values.

    A command has the parameters named in `parts`, by default all; `replaced` has other ones by name. Raises
    `ValueError` for a name that `kind` or the command does not have.
    """

    def __init__(self, kind: Callable[..., Any], *parts: Sequence[str], **replaced: Any) -> None:
        declared = {name: one.default for name, one in signature(kind).parameters.items()}
        self._kind, self._chosen = kind, {*chain(*parts)} or {*declared}
        if unknown := (self._chosen - declared.keys()) | (replaced.keys() - self._chosen):
            raise ValueError(f"{kind.__name__} has no option {', '.join(sorted(unknown))}")
        self._members = declared | replaced

    def click_parameters(self, name: str = "", of: tuple[str, ...] = ()) -> Iterator[click.Parameter]:
        """The parameters for click, in order, with help from the first place in `of` that has a text."""
        for member, one in self._members.items():
            if member in self._chosen:
                yield from one.click_parameters(member, (*of, self._kind.__name__))

    def value_in(self, name: str, values: dict[str, Any]) -> Any:
        """Call `kind` with its values among the command's values."""
        return self._kind(**{member: one.value_in(member, values) for member, one in self._members.items()})


group: Any = OptionGroup
"""Declares a group of options as the default of a parameter."""


def option(words: str, help: str | None = None, type: Any = None, **settings: Any) -> Any:
    """Declare an option: its names and a word for its value, as in "-o --output FILE"; a flag has no word.

    Without `help` it has the help of its command in ``texts.csv``, or the one that commands share.
    """
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
            known = f"the unit {' or '.join(filter(None, units))}"
            without = "no unit or " if "" in units else ""
            raise click.BadParameter(f"{value!r} is not a whole number with {without}{known}.")
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


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # not generic before click 8.2


class OneOf(_Choice):
    """A choice of words. Errors suggest similar words, or name the commands that accept the word."""

    def __init__(self, choices: Sequence[str], elsewhere: Mapping[str, str] | None = None) -> None:
        super().__init__(choices)
        self._elsewhere = elsewhere or {}

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, or an error that lists the valid words."""
        if value not in self.choices:
            words = ", ".join(map(repr, self.choices))
            commands = self._elsewhere.get(str(value))
            hint = f" {commands} can write it." if commands else suggestion(str(value), self.choices)
            self.fail(f"{value!r} is not one of {words}.{hint}", param, ctx)
        return str(value)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The valid words in one line, as for all errors."""
        return f"Choose from {', '.join(self.choices)}."


def format_option(*words: str, help: str | None = None, elsewhere: Mapping[str, str] | None = None) -> Any:
    """``--format`` with these words, by default the first."""
    return option("--format", help, OneOf(words, elsewhere), default=words[0])


text_or_json_option: Any = format_option("text", "json")


FILE = click.Path(readable=False)
"""Type for a file name. The code that opens the file reports errors."""
FILE_OR_DASH = click.Path(readable=False, allow_dash=True)


Decorated = Callable[[Callable[..., Any]], ExampleCommand]


def command(*examples: Example, cls: type[ExampleCommand] = ExampleCommand, **settings: Any) -> Decorated:
    """Makes a function a command whose help begins with these examples; its defaults are the parameters."""

    def decorated(function: Callable[..., Any]) -> ExampleCommand:
        members = OptionGroup(function)
        run = wraps(function)(lambda **values: members.value_in("", values))
        params = [*members.click_parameters()]
        text = TEXTS.get(("help", function.__name__), {}).get("", "").replace("\\b", "\b") or None
        return click.command(cls=cls, examples=examples, params=params, help=text, **settings)(run)

    return decorated
