"""Options that belong together: a command gets them as one argument."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar, cast

Command = TypeVar("Command", bound=Callable[..., Any])
Option = Callable[[Any], Any]
"""What `click.option` gives."""


def grouped(
    command: Command, argument: str, kind: Callable[..., Any], options: Iterable[Option] = ()
) -> Command:
    """Give a command these options. Its `argument` is what `kind` makes of their values, which it names."""
    names = kind.__annotations__

    @wraps(command)
    def run(*args: Any, **values: Any) -> Any:
        own = {name: values.pop(name) for name in names if name in values}
        return command(*args, **{argument: kind(**own)}, **values)

    return with_options(cast(Command, run), options)


def with_options(command: Command, options: Iterable[Option]) -> Command:
    """Give a command these options, which its help shows in this order."""
    for option in reversed([*options]):
        command = option(command)
    return command
