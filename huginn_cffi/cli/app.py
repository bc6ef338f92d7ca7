"""The group of commands, and how a run ends: exit status and messages."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

import huginn_cffi
from huginn_cffi.base.errors import HuginnError, SignatureError, named
from huginn_cffi.cli.output.destination import STANDARD_OUTPUT, abandon_standard_output
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.cli.wording import Commands


def _show_version(ctx: click.Context) -> None:
    from huginn_cffi.cli.signature_options import built_in

    click.echo(f"huginn, version {huginn_cffi.__version__}")
    click.echo(f"database: {built_in()}")
    ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda ctx, _, wanted: _show_version(ctx) if wanted else None,
    help="Show the version, and which signatures are used.",
)
def commands() -> None:
    """Show every device heard on a network, what it runs and what pretends to be something else, without sending a packet."""  # noqa: E501


def run(arguments: Sequence[str] | None) -> int:
    """Run a command, without one the help; every failure becomes one line of message and an exit status."""
    words = sys.argv[1:] if arguments is None else [*arguments]
    try:
        status = commands.main(args=words or ["--help"], prog_name="huginn", standalone_mode=False)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        remedy = f" (see: {context.command_path} --help)" if context else ""
        complain(f"{error.format_message()}{remedy}")
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # raised by click if the reader of its output is gone
        abandon_standard_output()
        return DONE
    except SignatureError as error:
        _show_errors(error)
        return REFUSED
    except (HuginnError, ModuleNotFoundError) as error:  # an extra that is not installed
        complain(str(error))
        return REFUSED
    except MemoryError:
        complain("out of memory; smaller --max-connections and --max-hosts need less")
        return REFUSED
    except OSError as error:
        if isinstance(error.filename, str):  # for example, a name that is too long
            complain(f"{named(error.filename)}: {error.strerror or error}")
            return REFUSED
        abandon_standard_output()
        complain(f"{STANDARD_OUTPUT}: cannot be written: {error.strerror or error}")
        return REFUSED
    return _flushed(status if isinstance(status, int) else DONE)


def _show_errors(error: SignatureError) -> None:
    """Print the diagnostics of signatures; if there are many, only the first errors."""
    from sigcompiler.diagnostics import SHOWN_ERRORS

    if not error.diagnostics:
        complain(str(error))
        return
    shown = error.diagnostics
    if len(shown) > SHOWN_ERRORS:
        shown = tuple(item for item in shown if item.severity == "error")[:SHOWN_ERRORS]
    for diagnostic in shown:
        say(str(diagnostic))
    left = len(error.diagnostics) - len(shown)
    complain(f"the signatures have errors, shown above{f' ({left} findings are not)' if left else ''}")


def _flushed(status: int) -> int:
    """Flush standard output now, so that a reader that left early causes no error at exit."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        abandon_standard_output()
        if not isinstance(error, BrokenPipeError):
            complain(f"{STANDARD_OUTPUT}: cannot be written: {error.strerror or error}")
            return REFUSED
    return status
