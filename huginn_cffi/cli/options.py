"""What `pcap` and `capture` have in common: their options, and what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from huginn_cffi._native import lib
from huginn_cffi.batch import FORMATS
from huginn_cffi.cli.report import complain, counted
from huginn_cffi.database import Database

Command = TypeVar("Command", bound=Callable[..., Any])

_COUNT = click.IntRange(1, (1 << 32) - 1)

_OPTIONS = (
    click.option("--db", metavar="FILE", help="Signatures: a .fp or .hgdb file. [default: built in]"),
    click.option(
        "--format",
        "format_",
        type=click.Choice(list(FORMATS)),
        default="text",
        show_default=True,
        help="Form of the results; p0f is that of its log.",
    ),
    click.option("-o", "--output", metavar="FILE", help="Write results there, not to standard output."),
    click.option(
        "--stats",
        is_flag=True,
        help="Print what was counted to standard error at the end. Live capture always does.",
    ),
    click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(1, lib.HG_MAX_WORKERS),
        default=1,
        show_default=True,
        help="Threads that share the work; the results are the same.",
    ),
    click.option(
        "--max-connections",
        metavar="N",
        type=_COUNT,
        default=1000,
        show_default=True,
        help="Connections followed at a time.",
    ),
    click.option(
        "--max-hosts",
        metavar="N",
        type=_COUNT,
        default=10000,
        show_default=True,
        help="Hosts whose clocks are remembered.",
    ),
    click.option("--no-uptime", is_flag=True, help="Leave out uptimes."),
    click.option("--no-decapsulate", is_flag=True, help="Leave packets in tunnels alone."),
)


def analysis_options(command: Command) -> Command:
    """Give a command what all that analyse have: --db, --format and so on."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def open_database(path: str | None) -> Database:
    """The database that --db names; its warnings are mentioned."""
    if path is None:
        return Database.load_default()
    database = Database.open(path)
    if database.warnings:
        found = counted(len(database.warnings), "warning")
        complain(f"{path}: {found} (see: huginn check {path})")
    return database
