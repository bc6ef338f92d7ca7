"""What is read: captures by path, folder and pattern, and the span of time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.errors import named

Command = TypeVar("Command", bound=Callable[..., Any])
SHOWN = 3
"""Names of files left out that are mentioned."""


def captures_argument(name: str, metavar: str, *, required: bool = True) -> Callable[[Command], Command]:
    """An argument that takes captures, folders and patterns, and gives paths of captures."""
    return click.argument(
        name,
        metavar=metavar,
        nargs=-1,
        required=required,
        type=click.Path(allow_dash=True),  # which shells complete with files
        callback=_expanded,
    )


def _expanded(context: click.Context, argument: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from huginn_cffi.inputs.finding import find_captures

    if context.resilient_parsing:
        return value
    found = find_captures(value)
    if found.left_out:
        shown = ", ".join(map(named, found.left_out[:SHOWN]))
        more = ", ..." if len(found.left_out) > SHOWN else ""
        complain(f"left out {counted(len(found.left_out), 'file')} of folders, no captures: {shown}{more}")
    return found.captures


if TYPE_CHECKING:
    _ParamType = click.ParamType[int]
else:
    _ParamType = click.ParamType  # which takes no parameter in older versions


class Time(_ParamType):
    """A point in time, as ns since the epoch."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it, or say what a time looks like."""
        from huginn_cffi.times import parse_time

        if isinstance(value, int):
            return value
        try:
            return parse_time(value)
        except ValueError as error:
            return self.fail(str(error), param, ctx)


def time_options(command: Any) -> Any:
    """Give a command the options. They go into its ``analysis``."""
    command = click.option(
        "--until",
        metavar="TIME",
        type=Time(),
        help="Only packets captured before this time; written as that of --since.",
    )(command)
    return click.option(
        "--since",
        metavar="TIME",
        type=Time(),
        help="Only packets captured at this time or later: 2026-01-15T10:00:00Z (UTC without a zone), "
        "2026-01-15, or seconds since 1970.",
    )(command)


def max_inventory_option(default: int, what: str) -> Callable[[Command], Command]:
    """The option that limits what is kept per address or signature; `what` names the entries."""
    return click.option(
        "--max-inventory",
        metavar="N",
        type=click.IntRange(1, (1 << 32) - 1),
        default=default,
        show_default=True,
        help=f"{what}; packets that exceed this are left out and counted.",
    )
