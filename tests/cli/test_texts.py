"""The table of texts and the commands agree: no option lacks its help, and no row is left over."""

from __future__ import annotations

from collections.abc import Iterator

import click

from huginn_cffi.cli.app import commands
from huginn_cffi.cli.commands.hosts import merge
from huginn_cffi.cli.p0f import p0f
from huginn_cffi.cli.wording import COMMANDS, TEXTS, ExampleCommand


def every(command: click.Command, context: click.Context) -> Iterator[click.Command]:
    yield command
    for name in command.list_commands(context) if isinstance(command, click.Group) else ():
        found = command.get_command(context, name)
        if found is not None and (name in COMMANDS or command is not commands):
            yield from every(found, context)


ALL = [*every(commands, click.Context(commands)), merge, p0f]
OPTIONS = [one for command in ALL for one in command.params if isinstance(one, click.Option)]


def test_every_option_has_a_help() -> None:
    without = {one.opts[-1] for one in OPTIONS if not one.help}
    assert without == {"--format"}, "and that has one wherever its words need it"


def test_every_text_of_an_option_is_shown() -> None:
    shown = {one.help for one in OPTIONS} | {command.help for command in ALL}
    rows = [
        (place, name, text)
        for (kind, place), of in TEXTS.items()
        for name, text in of.items()
        if kind == "help"
    ]
    assert len(rows) > 120
    assert [row for row in rows if row[2].replace("\\b", "\b") not in shown] == []


def test_every_example_is_of_a_command() -> None:
    shown = {
        example for command in ALL if isinstance(command, ExampleCommand) for example in command.examples
    }
    rows = [(text, name) for (kind, _), of in TEXTS.items() for name, text in of.items() if kind == "example"]
    assert len(rows) > 50
    assert set(rows) == shown
