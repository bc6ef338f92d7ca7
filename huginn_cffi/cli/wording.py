"""Help with examples, and errors with suggestions."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import click

from huginn_cffi.base.installation import as_root, to_add_workbench
from sigcompiler.csv_rows import rows_of

TEXTS: dict[tuple[str, str], dict[str, str]] = {}
"""Texts of ``texts.csv`` by kind and place, then by name."""
for _row in rows_of(os.path.join(os.path.dirname(__file__), "texts.csv")):  # noqa: PTH118, PTH120
    TEXTS.setdefault((_row["kind"], _row["of"]), {})[_row["name"]] = _row["text"]

COMMANDS = TEXTS["command", "huginn_cffi"]
"""Each command with its line of help. Its module has the same name and is imported when needed."""
WORKBENCH = TEXTS["command", "huginn_workbench"]
"""The commands of the distribution huginn-workbench."""

FEW = 6
"""Up to this number of options, a command lists them without headings."""
MANY = 14
"""With more options than this, a command shows the options in `RARE` with ``--help-all`` only."""

PLAIN = "Options"
"""Heading for all other options, such as p0f's."""

_HEADINGS = TEXTS["heading", ""]
"""Options by heading, in the order of the help; a question mark marks options that few people need."""
PLACES = {
    name.rstrip("?"): (heading, at)
    for heading, words in _HEADINGS.items()
    for at, name in enumerate(words.split())
}
"""The heading of each option, and the place below it."""
RARE = {word[:-1] for words in _HEADINGS.values() for word in words.split() if word.endswith("?")}
"""Options that few people need."""


def name_of(option: click.Parameter) -> str:
    """The long name of an option."""
    return next((name for name in option.opts if name.startswith("--")), option.opts[0])


Example = tuple[str, str]
"""A task in words, and the command for it."""


_HABITS = TEXTS["habit", ""]
"""Options of p0f, tcpdump and other commands, and what to do instead."""


_ALL = "huginn_cffi.help_all"


def _show_all(ctx: click.Context, option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        ctx.meta[_ALL] = True
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


_HELP_ALL = click.Option(
    ["--help-all"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_all,
    help="Show this message with all options, and exit.",
)


ENTRY_POINTS = "huginn.commands"
"""The group of entry points with the commands of other distributions."""


class ExampleCommand(click.Command):
    """A command whose help begins with examples: these, then its examples in `TEXTS`. Tests run them."""

    def __init__(self, *args: Any, examples: Sequence[Example] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        own = TEXTS.get(("example", self.name or ""), {})
        self.examples: tuple[Example, ...] = (*examples, *((task, words) for words, task in own.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options; for options of other programs and commands, the error gives advice."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            habit = _HABITS.get(error.option_name)
            if habit is None:
                raise
            raise click.UsageError(f"No such option {error.option_name!r}; {habit}", error.ctx) from None

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """The options and arguments, with ``--help-all`` if there are many."""
        found = super().get_params(ctx)
        if len(found) > MANY:
            found.append(_HELP_ALL)
        return found

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the options; if there are many, only the usual ones."""
        if self.examples:
            with formatter.section("Examples"):
                indent = " " * formatter.current_indent
                for number, (purpose, command) in enumerate(self.examples):
                    words = command.removeprefix("sudo ")
                    formatter.write("\n" if number else "")
                    formatter.write(f"{indent}# {purpose}\n{indent}")
                    formatter.write(f"{command if words == command else as_root(words)}\n")
        self._write_options(ctx, formatter)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def _write_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [one for one in self.get_params(ctx) if isinstance(one, click.Option)]
        hides = len(options) > MANY and _ALL not in ctx.meta
        sections: dict[str, list[tuple[int, tuple[str, str]]]] = {name: [] for name in (PLAIN, *_HEADINGS)}
        for one in options:
            name = name_of(one)
            record = one.get_help_record(ctx)
            if record is not None and not (hides and name in RARE):
                heading, place = PLACES.get(name, (PLAIN, 0))
                sections[heading].append((place, record))
        if len(options) <= FEW:
            sections = {PLAIN: [item for found in sections.values() for item in found]}
        for heading, found in sections.items():
            if found:
                with formatter.section(heading):
                    formatter.write_dl([record for _, record in sorted(found, key=lambda item: item[0])])


class Commands(ExampleCommand, click.Group):
    """A group with examples. Suggests similar commands, and detects a file in the place of a command.

    The workbench adds its commands as entry points.
    """

    @cached_property
    def _lines(self) -> dict[str, str]:
        """The commands with their lines of help; a search of all entry points would take too long."""
        is_added = find_spec("huginn_workbench") is not None
        return dict(sorted([*COMMANDS.items(), *(WORKBENCH.items() if is_added else ())]))

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in order."""
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command; done only if needed, because imports are slow."""
        if cmd_name not in COMMANDS:
            return self._entry_point(cmd_name)
        names = vars(import_module(f"huginn_cffi.cli.commands.{cmd_name}"))
        command: click.Command = names.get(cmd_name) or names[f"{cmd_name}_"]
        command.short_help = COMMANDS[cmd_name]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a line of help for each command, without imports."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._lines.items()))

    def _entry_point(self, name: str) -> click.Command | None:
        """The command that another distribution adds; `click.ClickException` if its import fails."""
        from importlib.metadata import entry_points

        for found in entry_points(group=ENTRY_POINTS, name=name):
            try:
                command: click.Command = found.load()
            except ImportError as error:
                raise click.ClickException(f"{name} ({found.value}): {error}") from None
            command.short_help = self._lines.get(name)
            return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or raise an error with a suggestion."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            if args[0] in WORKBENCH:
                raise click.UsageError(f"{args[0]} is in a package of its own: {to_add_workbench()}")
            reason = f"No such command {args[0]!r}.{suggestion(args[0], self.list_commands(ctx))}"
            if os.path.exists(args[0]):  # noqa: PTH110 - pathlib takes 3 ms to import
                reason = f"No such command {args[0]!r}. To read that file: huginn pcap {args[0]}"
            raise click.UsageError(reason, ctx)
        return super().resolve_command(ctx, args)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A sentence with the most similar known word, or ""."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""
