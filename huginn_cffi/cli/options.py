"""What commands that analyse have in common: their options, and what follows from them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, NamedTuple, TypeVar

import click

from huginn_cffi._native import lib
from huginn_cffi.analyzer import Analyzer
from huginn_cffi.cli.color import Color, color_option, is_colored
from huginn_cffi.cli.filter_options import Traffic
from huginn_cffi.cli.standard_error import complain, counted
from huginn_cffi.cli.wording import OneOf
from huginn_cffi.database import Database
from huginn_cffi.errors import named
from huginn_cffi.formats import FORMATS

Command = TypeVar("Command", bound=Callable[..., Any])

_COUNT = click.IntRange(1, (1 << 32) - 1)

_RECORD_OPTIONS = (
    click.option(
        "--format",
        "format_",
        type=OneOf(list(FORMATS)),
        default="text",
        show_default=True,
        help="Form of the results; p0f is that of its log.",
    ),
    click.option(
        "--stats",
        is_flag=True,
        help="Print what was counted to standard error at the end. Live capture always does.",
    ),
    color_option,
)
"""Of commands that give a record an event."""

_DATABASE = click.option(
    "--db", metavar="FILE", type=click.Path(), help="Signatures: a .fp or .hgdb file. [default: built in]"
)

_OPTIONS = (
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
    click.option(
        "--hash-key",
        metavar="N",
        type=click.IntRange(0, (1 << 64) - 1),
        help="Key of the tables of connections and hosts; the results are the same. [default: random]",
    ),
    click.option("--no-uptime", is_flag=True, help="Leave out uptimes."),
    click.option("--no-decapsulate", is_flag=True, help="Leave packets in tunnels alone."),
)


class Analysis(NamedTuple):
    """What the options chose, under their names."""

    db: str | None
    output: str | None
    workers: int
    max_connections: int
    max_hosts: int
    hash_key: int | None
    no_uptime: bool
    no_decapsulate: bool
    format_: str = "text"
    stats: bool = False
    color: Color = "auto"
    since: int | None = None
    until: int | None = None

    def analyzer(self, traffic: Traffic) -> Analyzer:
        """An analyzer of these options; warnings about its database are mentioned."""
        if self.since is not None and self.until is not None and self.until <= self.since:
            raise click.UsageError("--until must be later than --since; they leave nothing between them")
        return Analyzer(
            open_database(self.db),
            max_connections=self.max_connections,
            max_hosts=self.max_hosts,
            filter=traffic.filter,
            uptime=not self.no_uptime,
            decapsulate=not self.no_decapsulate,
            bpf=traffic.bpf,
            hash_key=self.hash_key,
            since=self.since,
            until=self.until,
        )

    @property
    def paints(self) -> bool:
        """Whether the results are text that gets colours."""
        stream = sys.stdout if self.output in (None, "-") else None
        return self.format_ == "text" and is_colored(self.color, stream)

    @property
    def inputs(self) -> list[str]:
        """Files that are read, so that results must not be written there."""
        return [self.db] if self.db else []


def analysis_options(command: Command) -> Command:
    """Give a command what those have that write records; it gets it as its argument ``analysis``."""
    output = _output_option("Write results there, not to standard output.")
    return _with_options(command, (*_RECORD_OPTIONS, _DATABASE, output, *_OPTIONS))


def page_options(command: Command) -> Command:
    """The same for a command that writes one document, whose form is its own."""
    output = _output_option("Write the page there; it must be named, and - is standard output.")
    return _with_options(command, (_DATABASE, output, *_OPTIONS))


def _output_option(words: str) -> Callable[[Any], Any]:
    return click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help=words)


def _with_options(command: Command, chosen: Iterable[Callable[[Any], Any]]) -> Command:
    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        own = {name: options.pop(name) for name in Analysis._fields if name in options}
        return command(*args, analysis=Analysis(**own), **options)

    wrapped: Any = run
    for option in reversed([*chosen]):
        wrapped = option(wrapped)
    found: Command = wrapped
    return found


def open_database(path: str | None) -> Database:
    """The database that --db names; its warnings are mentioned."""
    if path is None:
        return Database.load_default()
    database = Database.open(path)
    if database.warnings:
        found = counted(len(database.warnings), "warning")
        complain(f"{named(path)}: {found} (see: huginn check {named(path)})")
    return database
