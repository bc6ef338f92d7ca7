"""Makes the manual pages of the commands from their help; `tools/release/share.py` writes them."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator

import click

import huginn_cffi
from huginn_cffi.cli.app import commands
from huginn_cffi.cli.p0f import p0f
from huginn_cffi.cli.wording import COMMANDS, WORKBENCH, ExampleCommand
from huginn_cffi.database.default import BUILT_IN_DATE

STATUSES = (
    ("0", "Done."),
    ("1", "Damaged input was reported, or something was left out; the rest was done."),
    ("2", "Refused: wrong arguments, or a file that cannot be read or written."),
    ("130", "Interrupted; what came before was written."),
)


def man_page() -> str:
    """The page of ``huginn``, in the macros of ``man``."""
    lines = [
        *_head("huginn", "passive fingerprinting of network traffic"),
        r".RI COMMAND\ [ OPTIONS ]\ ARGUMENTS",
        ".SH DESCRIPTION",
        *_paragraphs(commands.help or ""),
        *_commands(COMMANDS),
    ]
    assert isinstance(commands, ExampleCommand)
    return _ended([*lines, ".SH EXAMPLES", *_examples(commands.examples)])


def workbench_page() -> str:
    """The page of ``huginn-workbench``, with its commands of ``huginn``."""
    purpose = "commands of huginn for authors of signatures"
    return _ended([*_head("huginn-workbench", purpose, command="huginn"), *_commands(WORKBENCH)])


def p0f_page() -> str:
    """The page of ``huginn-p0f``."""
    context = click.Context(p0f, info_name="huginn-p0f")
    return _ended(
        [
            *_head("huginn-p0f", "p0f's options and log, by huginn"),
            _text(" ".join(p0f.collect_usage_pieces(context))),
            ".SH DESCRIPTION",
            *_described(context, p0f),
        ]
    )


def _commands(names: Iterable[str]) -> list[str]:
    context = click.Context(commands, info_name="huginn", show_default=True)
    return [".SH COMMANDS", *(line for name in names for line in _command(context, name))]


def _head(name: str, purpose: str, command: str = "") -> tuple[str, ...]:
    version = f'"{BUILT_IN_DATE[:10]}" "huginn {huginn_cffi.__version__}"'
    return (
        f'.TH {_text(name.upper())} 1 {version} "User Commands"',
        ".SH NAME",
        rf"{_text(name)} \- {_text(purpose)}",
        ".SH SYNOPSIS",
        f".B {_text(command or name)}",
    )


def _ended(lines: list[str]) -> str:
    statuses = (line for row in STATUSES for line in (".TP", f".B {row[0]}", _text(row[1])))
    return "\n".join([*lines, ".SH EXIT STATUS", *statuses]) + "\n"


def _command(parent: click.Context, name: str) -> Iterator[str]:
    assert isinstance(parent.command, click.Group)
    command = parent.command.get_command(parent, name)
    assert isinstance(command, ExampleCommand)
    context = click.Context(command, info_name=name, parent=parent)
    yield f'.SS "{context.command_path} {_text(" ".join(command.collect_usage_pieces(context)))}"'
    yield from _described(context, command)
    for part in command.list_commands(context) if isinstance(command, click.Group) else ():
        yield from _command(context, part)


def _described(context: click.Context, command: ExampleCommand) -> Iterator[str]:
    yield from _paragraphs(command.help or "")
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            yield from (".TP", f".B {_text(record[0])}", _text(record[1]))
    yield from _examples(command.examples)


def _examples(examples: Iterable[tuple[str, str]]) -> Iterator[str]:
    for purpose, example in examples:
        yield from (".PP", f"{_text(purpose)}:", ".PP", ".RS 4", ".nf", _text(example), ".fi", ".RE")


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in inspect.cleandoc(text).replace("\b\n", "").split("\n\n"):
        yield ".PP"
        yield _text(" ".join(paragraph.split()))


def _text(text: str) -> str:
    escaped = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq").replace("'", r"\(aq")
    return rf"\&{escaped}" if escaped.startswith(".") else escaped
