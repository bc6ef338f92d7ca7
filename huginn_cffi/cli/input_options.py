"""Arguments and options for inputs: captures by path, folder and pattern."""

from __future__ import annotations

from collections.abc import Callable

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.limits import MAX_INVENTORY, MOST_HOSTS
from huginn_cffi.cli.groups import Command
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.cli.wording import FILE_OR_DASH

SHOWN = 3
"""Most names of skipped files in the message."""


def captures_argument(name: str, metavar: str, *, required: bool = True) -> Callable[[Command], Command]:
    """An argument that takes captures, folders and patterns, and expands them to paths of captures."""
    return click.argument(
        name,
        metavar=metavar,
        nargs=-1,
        required=required,
        type=FILE_OR_DASH,  # so that shells complete files
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
        complain(f"left out {counted(len(found.left_out), 'file')} of an unknown format: {shown}{more}")
    return found.captures


def max_inventory_option(what: str, *, live: bool = False) -> Callable[[Command], Command]:
    """The option ``--max-inventory``, the limit for entries per address or signature; `what` names them."""
    beyond = (
        "for each new host beyond, one not seen for long is forgotten"
        if live
        else "packets of further ones are left out"
    )
    return click.option(
        "--max-inventory",
        metavar="N",
        type=click.IntRange(1, MOST_HOSTS),
        default=MAX_INVENTORY,
        help=f"{what}; {beyond} and counted.",
    )
