"""Help that teaches by example, and errors that say what was meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

Example = tuple[str, str]
"""What is wanted, in words, and the command that does it."""


class ExampleCommand(click.Command):
    """A command whose help begins with examples. They are run by the tests."""

    def __init__(self, *args: Any, examples: Sequence[Example] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.examples = tuple(examples)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the options."""
        write_examples(formatter, self.examples)
        super().format_options(ctx, formatter)


class Commands(ExampleCommand, click.Group):
    """A group with examples that knows near misses, and files in the place of a command."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say what could have been meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            reason = f"No such command {args[0]!r}.{suggestion(args[0], self.list_commands(ctx))}"
            if Path(args[0]).exists():
                reason = f"No such command {args[0]!r}. To read that file: huginn pcap {args[0]}"
            raise click.UsageError(reason, ctx)
        return super().resolve_command(ctx, args)


if TYPE_CHECKING:
    _Choice = click.Choice[str]
else:
    _Choice = click.Choice  # which takes no parameter before click 8.2


class OneOf(_Choice):
    """One of some words; a near miss is pointed out."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word itself, or an error that names those there are."""
        if value not in self.choices:
            self._refuse(value, param, ctx)
        return str(value)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """The words there are, on the one line that an error has."""
        return f"Choose from {', '.join(self.choices)}."

    def _refuse(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        words = ", ".join(map(repr, self.choices))
        self.fail(f"{value!r} is not one of {words}.{suggestion(str(value), self.choices)}", param, ctx)


def suggestion(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest of the known words, or nothing."""
    near = get_close_matches(word, list(known), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def write_examples(formatter: click.HelpFormatter, examples: Sequence[Example]) -> None:
    """The section of examples: each command below what it is for, whatever its length."""
    if not examples:
        return
    with formatter.section("Examples"):
        indent = " " * formatter.current_indent
        for number, (purpose, command) in enumerate(examples):
            formatter.write("\n" if number else "")
            formatter.write(f"{indent}# {purpose}\n{indent}{command}\n")
