"""``huginn completion``: scripts with which a shell completes commands, options and their values."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from huginn_cffi.cli.output.results import print_text
from huginn_cffi.cli.parameters import OneOf, argument, command

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_HUGINN_COMPLETE"
"""Variable that the scripts set to request completions. click derives it from the command's name."""


@command()
def completion(shell: str = argument("SHELL", OneOf(SHELLS))) -> None:
    """Print the script that makes SHELL (bash 4.4 or newer, zsh or fish) complete huginn's commands."""
    kind = get_completion_class(shell)
    assert kind is not None
    root = click.get_current_context().find_root()
    print_text(kind(root.command, {}, "huginn", VARIABLE).source() + "\n")
