"""The commands and how they end."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

import huginn_cffi
from huginn_cffi.cli.commands.bpf import bpf
from huginn_cffi.cli.commands.capture import capture
from huginn_cffi.cli.commands.check import check
from huginn_cffi.cli.commands.compile import compile_
from huginn_cffi.cli.commands.completion import completion
from huginn_cffi.cli.commands.diff import diff
from huginn_cffi.cli.commands.evaluate import evaluate
from huginn_cffi.cli.commands.explain import explain
from huginn_cffi.cli.commands.hosts import hosts
from huginn_cffi.cli.commands.interfaces import interfaces
from huginn_cffi.cli.commands.learn import learn
from huginn_cffi.cli.commands.pcap import pcap
from huginn_cffi.cli.commands.report import report
from huginn_cffi.cli.commands.unknown import unknown
from huginn_cffi.cli.output.destination import STANDARD_OUTPUT, abandon_standard_output
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.cli.wording import Commands
from huginn_cffi.errors import HuginnError, SignatureError, named


@click.group(
    cls=Commands,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    examples=(
        ("What systems speak in a capture?", "huginn pcap capture.pcap"),
        ("One JSON object a line", "huginn pcap --format json *.pcap"),
        ("From standard input", "tcpdump -w - | huginn pcap -"),
        ("From an interface, as it happens", "huginn capture eth0"),
        ("Why is packet 18 named so?", "huginn explain --pcap capture.pcap --packet 18"),
    ),
)
@click.version_option(huginn_cffi.__version__, prog_name="huginn")
def commands() -> None:
    """Passive OS fingerprinting of TCP traffic: it listens, and sends nothing."""


commands.add_command(pcap)
commands.add_command(completion)
commands.add_command(capture)
commands.add_command(hosts)
commands.add_command(interfaces)
commands.add_command(compile_)
commands.add_command(check)
commands.add_command(explain)
commands.add_command(evaluate)
commands.add_command(unknown)
commands.add_command(learn)
commands.add_command(report)
commands.add_command(diff)
commands.add_command(bpf)


def run(arguments: Sequence[str] | None) -> int:
    """Run a command; every failure becomes one line and an exit status."""
    try:
        status = commands.main(args=arguments, prog_name="huginn", standalone_mode=False)
    except click.ClickException as error:
        complain(f"{error.format_message()}{_remedy(error)}")
        return REFUSED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit:  # click's answer to a reader of its own output who left
        abandon_standard_output()
        return DONE
    except SignatureError as error:
        _show_errors(error)
        return REFUSED
    except HuginnError as error:
        complain(str(error))
        return REFUSED
    except MemoryError:
        complain("out of memory; smaller --max-connections and --max-hosts need less")
        return REFUSED
    except OSError as error:
        if isinstance(error.filename, str):  # a name that is too long, say
            complain(f"{named(error.filename)}: {error.strerror or error}")
            return REFUSED
        abandon_standard_output()
        complain(f"{STANDARD_OUTPUT}: cannot be written: {error.strerror or error}")
        return REFUSED
    return _flushed(status if isinstance(status, int) else DONE)


def _show_errors(error: SignatureError) -> None:
    """Write what is wrong with signatures; when that is a lot, the first errors."""
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


def _remedy(error: click.ClickException) -> str:
    """Where help on the failed command is."""
    context = getattr(error, "ctx", None)
    return f" (see: {context.command_path} --help)" if context else ""


def _flushed(status: int) -> int:
    """Flush standard output now, so that a reader who left early is no error at exit."""
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        abandon_standard_output()
        if not isinstance(error, BrokenPipeError):
            complain(f"{STANDARD_OUTPUT}: cannot be written: {error.strerror or error}")
            return REFUSED
    return status
