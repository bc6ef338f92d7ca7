"""``huginn-p0f``: translates p0f's options to commands of huginn, which write p0f's log."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from huginn_cffi.base.errors import named
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import DONE, INTERRUPTED, REFUSED
from huginn_cffi.cli.wording import command

LOG = ("--format", "p0f")


def _pair(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Two whole numbers above 0, separated by a comma, as for p0f's -m and -t."""
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,9}),([0-9]{1,9})", value)
    if found is None or not (int(found[1]) and int(found[2])):
        raise click.BadParameter(f"{value!r} is not two whole numbers above 0, as in 1000,10000.")
    return int(found[1]), int(found[2])


@command(
    ("The log of a capture, added to a file", "huginn-p0f -r capture.pcap -o p0f.log"),
    ("The log of an interface, as another user", "sudo huginn-p0f -i eth0 -p -u nobody -o p0f.log 'port 80'"),
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("-i", "interface", metavar="IFACE", help="Listen on this interface.")
@click.option("-r", "capture", metavar="FILE", help="Read this capture.")
@click.option("-p", "promiscuous", is_flag=True, help="Also capture packets for other hosts (-i).")
@click.option("-L", "interfaces", is_flag=True, help="List the interfaces.")
@click.option("-f", "database", metavar="FILE", help="Signatures. [default: those in use]")
@click.option("-o", "log", metavar="FILE", help="Add the log to this file. [default: standard output]")
@click.option("-u", "user", metavar="USER", help="Become this user (-i).")
@click.option("-m", "most", metavar="C,H", callback=_pair, help="Most connections and hosts to remember.")
@click.option("-t", "ages", metavar="C,H", callback=_pair, help="Ignored: huginn has its own time limits.")
@click.option("-d", "daemon", is_flag=True, help="Refused: use a service manager.")
@click.option(
    "-s",
    "socket",
    metavar="NAME",
    help="Answer queries on this Unix socket; with -r, after the capture was read.",
)
@click.option(
    "-S", "clients", metavar="N", type=click.IntRange(1), help="Ignored: up to 1,000 clients can connect."
)
@click.option(
    "--api-group", "group", metavar="GROUP", help="Group that may use the socket, besides its owner."
)
@click.option("--api-mode", "mode", metavar="MODE", help="Mode of the socket, 0660 or 0666. [default: 0660]")
@click.option("--version", is_flag=True, help="Show the version, and which signatures are used.")
@click.argument("rule", metavar="'FILTER RULE'", nargs=-1)
def p0f(rule: tuple[str, ...], **given: Any) -> list[list[str]]:
    """Take the options of p0f 3 and write its log.

    Needs -i, -r or -L. Names come from huginn's signatures; use -f p0f.fp for p0f's names.
    """
    # Returns the huginn commands to run, each as a list of words.
    if given["version"]:
        return [["--version"]]
    if not given["socket"] and (given["clients"] or given["group"] or given["mode"]):
        raise click.UsageError("-S, --api-group and --api-mode need -s NAME")
    if given["socket"] and given["capture"] == "-":
        raise click.UsageError("-r - and -s: standard input can be read only once; name a file")
    if given["daemon"]:
        raise click.UsageError("-d: let a service manager run it (docs/live-capture.md has a systemd unit)")
    if given["interface"] and given["capture"]:
        raise click.UsageError("-i and -r: choose one, an interface or a capture")
    if not (given["interface"] or given["capture"] or given["interfaces"]):
        raise click.UsageError("name what to read: -i IFACE (-L lists them), or -r FILE")
    if given["ages"]:
        say("huginn-p0f: -t has no effect: connections are kept for 900 s, hosts until the table is full")
    if given["interfaces"]:
        return [["interfaces"]]
    connections, hosts = given["most"] or (None, None)
    words = [
        *("--protocols", "tcp,http"),  # TLS is not in p0f's log
        *_words({"--db": given["database"], "--max-connections": connections, "--max-hosts": hosts}),
        *_words({"--bpf": " ".join(rule)}),
    ]
    socket = _words({"--api": given["socket"], "--api-group": given["group"], "--api-mode": given["mode"]})
    if given["interface"]:
        words += ["--promiscuous"] if given["promiscuous"] else []
        words += _words({"--user": given["user"], "-o": given["log"]})  # appended to
        return [["capture", *LOG, *words, *socket, "--", given["interface"]]]
    answering = [["serve", *socket, *words, "--", given["capture"]]] if given["socket"] else []
    return [_read(given, words), *answering]


def _words(options: dict[str, Any]) -> list[str]:
    """The words of all options that have a value."""
    return [word for option, value in options.items() if value for word in (option, str(value))]


def _read(given: dict[str, Any], words: list[str]) -> list[str]:
    for option, name in (("-p", "promiscuous"), ("-u", "user")):
        if given[name]:
            say(f"huginn-p0f: {option} has no effect on a capture that is read from a file")
    if given["log"]:
        # Redirect standard output to append to this file; `pcap -o` would overwrite it.
        try:
            descriptor = os.open(given["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except OSError as error:
            raise click.UsageError(f"{named(given['log'])}: {error.strerror}") from None
        os.dup2(descriptor, 1)
        os.close(descriptor)
    return ["pcap", "--no-progress", *LOG, *words, "--", given["capture"]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the program; redirects standard output, replaces `sys.argv`. Returns the exit status."""
    from huginn_cffi.cli import main as huginn

    try:
        commands = p0f.main(args=arguments, prog_name="huginn-p0f", standalone_mode=False)
    except click.ClickException as error:
        complain(f"{error.format_message()} (see: huginn-p0f --help)")
        return REFUSED
    if not isinstance(commands, list):  # help was requested
        return DONE
    status = DONE
    for words in commands:
        if status in (REFUSED, INTERRUPTED):
            break
        sys.argv[1:] = words
        status = huginn()
    return status


if __name__ == "__main__":
    sys.exit(main())
