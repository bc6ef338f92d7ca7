"""Options that only live capture has."""

from __future__ import annotations

from typing import NamedTuple

import click

from huginn_cffi.capture.opening import BUFFER_BYTES, MOST_BUFFER_BYTES, READ_TIMEOUT_MS, CaptureOptions
from huginn_cffi.cli.api import ApiOptions, api_options
from huginn_cffi.cli.groups import Command, grouped
from huginn_cffi.cli.listen import COLLECT_MS, LISTEN_OPTIONS, ListenOptions
from huginn_cffi.cli.output.rotation import Rotation
from huginn_cffi.cli.quantities import BYTES, SECONDS, quantity
from huginn_cffi.cli.service import Reporting


def positive(context: click.Context, option: click.Parameter, value: float | None) -> float | None:
    """Refuse what is no length of time; "nan" passes click's own ranges."""
    if value is not None and not value > 0:
        raise click.BadParameter(f"{value:g} is not a number of seconds above 0.")
    return value


_OPTIONS = (
    click.option("--count", "limit", metavar="N", type=click.IntRange(min=1), help="End after N results."),
    click.option(
        "--new-hosts",
        is_flag=True,
        help="Show each name of a host once, nothing else.",
    ),
    click.option(
        "--hosts",
        metavar="FILE",
        help="Write what is known of each host to FILE, as JSON, at the end and on SIGUSR1.",
    ),
    click.option("--duration", metavar="S", type=float, callback=positive, help="End after S seconds."),
    click.option("--promiscuous", is_flag=True, help="Take packets for other hosts too."),
    click.option(
        "--buffer-size",
        metavar="BYTES",
        callback=quantity(BYTES, 1 << 16, MOST_BUFFER_BYTES),
        default=f"{BUFFER_BYTES >> 20}M",
        help="Size of the kernel's buffer for each worker; with K, M or G.",
    ),
    click.option("--wait", is_flag=True, help="Wait while the interface is missing or down."),
    click.option("--user", metavar="NAME", help="Become this user once the interface is open."),
    click.option(
        "--stats-interval",
        metavar="S",
        type=float,
        callback=positive,
        help="Print counters every S seconds. SIGUSR1 asks for it at any time.",
    ),
    click.option(
        "--stats-format",
        type=click.Choice(["text", "json"]),
        default="text",
        help="Format of the counters; json is one object per line.",
    ),
    click.option(
        "--metrics-file",
        metavar="FILE",
        help="Write the counters to this file, for Prometheus (needs huginn-cffi[metrics]).",
    ),
    click.option(
        "--rotate-size",
        metavar="BYTES",
        callback=quantity(BYTES, 1, 1 << 62),
        help="Start a new file after the batch that reaches this size; with K, M or G.",
    ),
    click.option(
        "--rotate-every",
        metavar="TIME",
        callback=quantity(SECONDS, 1, 1 << 40),
        help="Rotate the output after this time, in seconds or with M, H or D.",
    ),
    *api_options(required=False),
    *LISTEN_OPTIONS,
)


class Live(NamedTuple):
    """What the options chose, under their names."""

    limit: int | None
    new_hosts: bool
    hosts: str | None
    duration: float | None
    promiscuous: bool
    buffer_size: int
    wait: bool
    user: str | None
    stats_interval: float | None
    stats_format: str
    metrics_file: str | None
    rotate_size: int | None
    rotate_every: int | None
    socket: ApiOptions
    """Where hosts are asked for."""
    listening: ListenOptions
    """Where proxies ask for connections."""

    @property
    def options(self) -> CaptureOptions:
        """How the interface is opened."""
        collect_ms = READ_TIMEOUT_MS if self.listening.listen is None else COLLECT_MS
        return CaptureOptions(
            promiscuous=self.promiscuous, buffer_bytes=self.buffer_size, collect_ms=collect_ms
        )

    @property
    def rotation(self) -> Rotation:
        """When the output is full."""
        return Rotation(self.rotate_size, self.rotate_every)

    @property
    def reporting(self) -> Reporting:
        """How counters are reported."""
        return Reporting(self.stats_format == "json", self.stats_interval, self.metrics_file)


def live_options(command: Command) -> Command:
    """Give a command these options; it gets them as its argument ``live``."""
    asked = grouped(grouped(command, "live", Live), "socket", ApiOptions)
    return grouped(asked, "listening", ListenOptions, _OPTIONS)
