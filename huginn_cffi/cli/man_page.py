"""The manual page of the command, from its help: ``python -m huginn_cffi.cli.man_page > huginn.1``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator

import click

import huginn_cffi
from huginn_cffi.cli.app import COMMANDS, commands
from huginn_cffi.cli.wording import ExampleCommand

STATUSES = (
    ("0", "Done."),
    ("1", "Damaged input was reported, or something was left out; the rest was done."),
    ("2", "Refused: wrong arguments, or a file that cannot be read or written."),
    ("130", "Interrupted; what came before was written."),
)


def man_page() -> str:
    """The page, in the macros of ``man``."""
    context = click.Context(commands, info_name="huginn")
    lines = [
        f'.TH HUGINN 1 "" "huginn {huginn_cffi.__version__}" "User Commands"',
        ".SH NAME",
        r"huginn \- passive fingerprinting of network traffic",
        ".SH SYNOPSIS",
        ".B huginn",
        r".RI COMMAND\ [ OPTIONS ]\ ARGUMENTS",
        ".SH DESCRIPTION",
        *_paragraphs(commands.help or ""),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += _command(context, name)
    lines += [
        ".SH EXIT STATUS",
        *(line for row in STATUSES for line in (".TP", f".B {row[0]}", _text(row[1]))),
    ]
    return "\n".join(lines) + "\n"


def _command(parent: click.Context, name: str) -> Iterator[str]:
    assert isinstance(parent.command, click.Group)
    command = parent.command.get_command(parent, name)
    assert isinstance(command, ExampleCommand)
    context = click.Context(command, info_name=name, parent=parent)
    yield f'.SS "{context.command_path} {_text(" ".join(command.collect_usage_pieces(context)))}"'
    yield from _paragraphs(command.help or "")
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield from (".TP", f".B {_text(record[0])}", _text(record[1]))
    for purpose, example in command.examples:
        yield from (".PP", f"{_text(purpose)}:", ".PP", ".RS 4", ".nf", _text(example), ".fi", ".RE")
    for part in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _command(context, part)


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).replace("\b\n", "").split("\n\n"):
        yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _text(text: str) -> str:
    """Text as it is: what roff would take for its own is escaped."""
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


if __name__ == "__main__":
    sys.stdout.write(man_page())
