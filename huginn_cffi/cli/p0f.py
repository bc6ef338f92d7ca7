"""``huginn-p0f``: translates p0f's options to a command of huginn, which writes p0f's log."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import click

from huginn_cffi.base.errors import named
from huginn_cffi.cli.parameters import argument, command, option
from huginn_cffi.cli.standard_error import complain, say
from huginn_cffi.cli.status import DONE, REFUSED

LOG = ("--format", "p0f")


def _pair(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Two whole numbers above 0, separated by a comma, as for p0f's -m and -t."""
    if value is None:
        return None
    found = re.fullmatch(r"([0-9]{1,9}),([0-9]{1,9})", value)
    if found is None or not (int(found[1]) and int(found[2])):
        raise click.BadParameter(f"{value!r} is not two whole numbers above 0, as in 1000,10000.")
    return int(found[1]), int(found[2])


@command(context_settings={"help_option_names": ["-h", "--help"]})
def p0f(
    interface: str | None = option("-i IFACE"),
    capture: str | None = option("-r FILE"),
    promiscuous: bool = option("-p"),
    interfaces: bool = option("-L"),
    database: str | None = option("-f FILE"),
    log: str | None = option("-o FILE"),
    user: str | None = option("-u USER"),
    most: tuple[int, int] | None = option("-m C,H", callback=_pair),
    ages: tuple[int, int] | None = option("-t C,H", callback=_pair),
    daemon: bool = option("-d"),
    socket: str | None = option("-s NAME"),
    clients: int | None = option("-S N", type=click.IntRange(1)),
    api_group: str | None = option("--api-group GROUP"),
    mode: str | None = option("--api-mode MODE"),
    version: bool = option("--version"),
    rule: tuple[str, ...] = argument("'FILTER RULE'", nargs=-1),
) -> list[str]:
    """Take the options of p0f 3 and write its log."""
    # Returns the huginn command to run, as a list of words.
    if version:
        return ["--version"]
    if not socket and (clients or api_group or mode):
        raise click.UsageError("-S, --api-group and --api-mode need -s NAME")
    if socket and capture:
        raise click.UsageError("-r and -s: only a capture of an interface (-i) answers on a socket")
    if daemon:
        raise click.UsageError(
            "-d: let a service manager run it (docs/reference/live-capture.md has a systemd unit)"
        )
    if interface and capture:
        raise click.UsageError("-i and -r: choose one, an interface or a capture")
    if not (interface or capture or interfaces):
        raise click.UsageError("name what to read: -i IFACE (-L lists them), or -r FILE")
    if ages:
        say("huginn-p0f: -t has no effect: connections are kept for 900 s, hosts until the table is full")
    if clients:
        say("huginn-p0f: -S has no effect: up to 1,000 clients can connect")
    if interfaces:
        return ["interfaces"]
    connections, hosts = most or (None, None)
    words = [
        *("--protocols", "tcp,http"),  # TLS is not in p0f's log
        *_words({"--db": database, "--max-connections": connections, "--max-hosts": hosts}),
        *_words({"--bpf": " ".join(rule)}),
    ]
    api = _words({"--api": socket, "--socket-group": api_group, "--api-mode": mode})
    if interface:
        words += ["--promiscuous"] if promiscuous else []
        words += _words({"--user": user, "-o": log})  # appended to
        return ["capture", *LOG, *words, *api, "--", interface]
    for name, is_given in (("-p", promiscuous), ("-u", user)):
        if is_given:
            say(f"huginn-p0f: {name} has no effect on a capture that is read from a file")
    if log:
        _append_to(log)
    return ["pcap", "--no-progress", *LOG, *words, "--", str(capture)]


def _words(options: dict[str, Any]) -> list[str]:
    return [word for option, value in options.items() if value for word in (option, str(value))]


def _append_to(log: str) -> None:
    """Redirect standard output to append to this file; `pcap -o` would overwrite it."""
    try:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError as error:
        raise click.UsageError(f"{named(log)}: {error.strerror}") from None
    os.dup2(descriptor, 1)
    os.close(descriptor)


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of the program; redirects standard output, replaces `sys.argv`. Returns the exit status."""
    from huginn_cffi.cli import main as huginn

    try:
        words = p0f.main(args=arguments, prog_name="huginn-p0f", standalone_mode=False)
    except click.ClickException as error:
        complain(f"{error.format_message()} (see: huginn-p0f --help)")
        return REFUSED
    if not isinstance(words, list):  # help was requested
        return DONE
    sys.argv[1:] = words
    return huginn()


if __name__ == "__main__":
    sys.exit(main())
