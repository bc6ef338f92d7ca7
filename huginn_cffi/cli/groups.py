"""Groups of options that a command gets as one argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]
"""The decorator that `click.option` returns."""


def grouped(
    command: Command, argument: str, kind: Callable[..., Any], options: Iterable[Option] = ()
) -> Command:
    """Add these options to a command. Its `argument` is ``kind(**values)``, with the options' values."""
    names = kind.__annotations__

    @wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        own = {name: values.pop(name) for name in names if name in values}
        return command(*args, **{argument: kind(**own)}, **values)

    return with_options(cast(Command, run), options)


def with_options(command: Command, options: Iterable[Option]) -> Command:
    """Add these options to a command; its help shows them in this order."""
    for option in reversed([*options]):
        command = option(command)
    return command
