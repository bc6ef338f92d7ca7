"""Arguments and options for inputs: captures by path, folder and pattern."""

from __future__ import annotations

from typing import Any

import click

from huginn_cffi.base.errors import named
from huginn_cffi.base.limits import MAX_INVENTORY, MOST_HOSTS
from huginn_cffi.cli.parameters import FILE_OR_DASH, argument, option
from huginn_cffi.cli.standard_error import complain, counted

SHOWN = 3
"""Most names of skipped files in the message."""


def captures_argument(metavar: str) -> Any:
    """An argument that takes captures, folders and patterns, and expands them to paths of captures."""
    is_required = not metavar.startswith("[")
    # With this type, shells complete files.
    return argument(metavar, FILE_OR_DASH, nargs=-1, required=is_required, callback=_expanded)


def _expanded(context: click.Context, argument: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    from huginn_cffi.sources.searching import find_captures

    if context.resilient_parsing:
        return value
    found = find_captures(value)
    if found.left_out:
        shown = ", ".join(map(named, found.left_out[:SHOWN]))
        more = ", ..." if len(found.left_out) > SHOWN else ""
        complain(f"left out {counted(len(found.left_out), 'file')} of an unknown format: {shown}{more}")
    return found.captures


def max_inventory_option(what: str, *, live: bool = False) -> Any:
    """The option ``--max-inventory``; its help begins with `what`, which describes the limited entries."""
    beyond = (
        "for each new host beyond, one not seen for long is forgotten"
        if live
        else "packets of further ones are left out"
    )
    text = f"{what}; {beyond} and counted."
    return option("--max-inventory N", text, click.IntRange(1, MOST_HOSTS), default=MAX_INVENTORY)
