"""Options shared by commands that analyse traffic, and objects made from them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import click

from huginn_cffi._native import lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import CaptureError, named
from huginn_cffi.base.limits import ABSENT_S
from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS, QUIET_PROTOCOLS
from huginn_cffi.cli.color import Color, color_option, is_colored
from huginn_cffi.cli.filter_options import TrafficOptions, local_option
from huginn_cffi.cli.groups import Command, Option, grouped, with_options
from huginn_cffi.cli.input_options import max_inventory_option
from huginn_cffi.cli.option_values import TIME_UNITS, parsed, quantity
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.wording import FILE_OR_DASH, OneOf, format_option
from huginn_cffi.engine.settings import HTTP_MESSAGES, DeviceNews
from huginn_cffi.formats.forms import FORMATS, chosen_fields

_TABLE_FORMATS = ("text", "json", "ecs", "csv", "parquet", "arrow")
"""Formats of a table of hosts or of devices."""

_OF_EVENTS = dict.fromkeys(set(FORMATS) - set(_TABLE_FORMATS), "huginn pcap and huginn capture")
_OF_TABLES = {"suricata": "huginn hosts", "ocsf": "huginn devices"}

if TYPE_CHECKING:
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.cli.output.event_choice import EventChoice
    from huginn_cffi.cli.progress import Progress
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.filters.conditions import FilterConfig
    from sigcompiler.schema.rows import RecordField

    Giving = Callable[[Iterator[Batch]], Iterator[Batch]]


def _protocols(text: str) -> tuple[str, ...]:
    return arguments.protocols([name.strip() for name in text.split(",")], PROTOCOLS)


def _tunnels(networks: tuple[str, ...]) -> FilterConfig:
    from huginn_cffi.filters.conditions import FilterConfig, SubnetFilter

    return FilterConfig(subnet=SubnetFilter(src=networks, dst=networks))


_COUNT = click.IntRange(1, (1 << 32) - 1)

_RECORD_OPTIONS = (
    format_option(*FORMATS, help="p0f is p0f's log, p0f-json the same as JSON.", elsewhere=_OF_TABLES),
    click.option(
        "--stats",
        is_flag=True,
        help="Print counters to standard error at the end. Live capture always does.",
    ),
    color_option,
    click.option(
        "--fields",
        metavar="A,B,...",
        help="Only these fields of each record, by name (docs/record-fields.md); not for text and p0f.",
    ),
    click.option(
        "--events",
        metavar="KIND,...",
        help="Only these events, such as syn or scan.",
    ),
)
"""Options of commands that write one record per event."""

_NEWS = (
    click.option(
        "--absent",
        metavar="TIME",
        callback=quantity(TIME_UNITS, 60, 1 << 31),
        default="30D",
        help="Report a device as back (device_back) after this time without it; units H, D, W.",
    ),
    click.option(
        "--random-macs",
        is_flag=True,
        help="Also report locally administered MACs, such as phones use, as new devices.",
    ),
)
"""Options for news about devices, which --events requests."""

host_names_option = click.option(
    "--host-names", is_flag=True, help="Show names of hosts and owners, serial numbers and the like."
)
_SHOWN_TEXTS = (
    host_names_option,
    click.option("--http-paths", is_flag=True, help="Show the paths of HTTP requests, without queries."),
    click.option("--http-values", is_flag=True, help="Show values of uncommon headers, except secrets."),
)
"""Options of commands that show texts sent by hosts."""

_ANONYMIZE = click.option(
    "--anonymize",
    metavar="KEYFILE",
    type=click.Path(),
    help="Replace addresses, using the 32-byte key in this file; common prefixes get common replacements. "
    "File names are left out.",
)

progress_option = click.option(
    "--no-progress", is_flag=True, help="Show no progress bar, not even on a terminal."
)
"""Option of commands that read captures to their end."""

_SEGMENTS = click.option(
    "--segments", is_flag=True, help="Also name hosts by all their TCP segments; needs no handshake."
)
"""Option of commands that show events; commands that show hosts always do this."""

_OPTIONS = (
    click.option(
        "--workers",
        metavar="N",
        type=click.IntRange(1, lib.HG_MAX_WORKERS),
        default=1,
        help="Number of threads; the results are the same.",
    ),
    click.option(
        "--max-connections",
        metavar="N",
        type=_COUNT,
        default=1000,
        help="Connections followed at a time.",
    ),
    click.option(
        "--max-hosts",
        metavar="N",
        type=_COUNT,
        default=10000,
        help="Host clocks followed at a time, for uptimes; does not limit the hosts that are shown.",
    ),
    click.option(
        "--protocols",
        metavar="NAMES",
        show_default=f"all; {', '.join(QUIET_PROTOCOLS)} only where hosts or devices are shown",
        callback=parsed(_protocols, ()),
        help=f"Protocols to read, from {','.join(PROTOCOLS)}.",
    ),
    click.option(
        "--http",
        type=OneOf(HTTP_MESSAGES),
        default="first",
        help="Which requests and responses of a connection to show.",
    ),
    click.option("--no-uptime", is_flag=True, help="Leave out uptimes."),
    click.option("--no-decapsulate", is_flag=True, help="Do not look inside tunnels."),
    click.option(
        "--tunnels-of",
        metavar="NETWORK",
        multiple=True,
        callback=parsed(_tunnels, None, "."),
        help="Look only inside tunnels between two addresses of this network.",
    ),
)

workers_option, max_connections_option = _OPTIONS[:2]


_OF_ANALYZER = (
    *("max_connections", "max_hosts", "http", "http_paths", "http_values", "host_names", "absent"),
    "random_macs",
)
"""Options passed to `Analyzer` unchanged."""


class AnalysisArguments(NamedTuple):
    """Values of the options, under their names."""

    db: Signatures
    workers: int
    max_connections: int
    max_hosts: int
    no_uptime: bool
    no_decapsulate: bool
    tunnels_of: FilterConfig | None
    http: str
    segments: bool = False
    output: str | None = None
    host_names: bool = False
    http_paths: bool = False
    http_values: bool = False
    protocols: tuple[str, ...] = ()
    """The protocols named by --protocols."""
    format_: str = "text"
    stats: bool = False
    color: Color = "auto"
    fields: str | None = None
    events: str | None = None
    absent: int = ABSENT_S
    random_macs: bool = False
    anonymize: str | None = None
    no_progress: bool = False

    def analyzer(
        self, traffic: TrafficOptions, *, changes: bool = False, shows_hosts: bool = False
    ) -> Analyzer:
        """An analyzer with these options; prints warnings about its database."""
        chosen, news = self.event_choice(), self.news is not None
        wanted = set() if chosen is None else set(filter(chosen.has, (*QUIET_PROTOCOLS, "segments")))
        reads_all = shows_hosts or news or not wanted.isdisjoint(QUIET_PROTOCOLS)
        return Analyzer(
            self.db.open(),
            uptime=not self.no_uptime,
            decapsulate=not self.no_decapsulate,
            tunnels=self.tunnels_of,
            protocols=self.protocols or (PROTOCOLS if reads_all else EVENT_PROTOCOLS),
            segments=self.segments or shows_hosts or "segments" in wanted,
            changes=changes,
            findings=self.reports_findings,
            device_news=news,
            **{name: getattr(self, name) for name in _OF_ANALYZER},
            **traffic._asdict(),
        )

    def progress(self, captures: Iterable[str], analyzer: Analyzer) -> Progress:
        """A progress bar for captures that the analyzer will read."""
        from huginn_cffi.cli.progress import Progress
        from huginn_cffi.inputs.opening import inputs_of

        return Progress(inputs_of(captures), lambda: analyzer.stats.packets, wanted=not self.no_progress)

    @contextmanager
    def read(
        self, captures: Iterable[str], analyzer: Analyzer, on_error: Callable[[CaptureError], object]
    ) -> Iterator[Iterator[Batch]]:
        """The batches of captures, selected and anonymized; shows a bar while the block lasts."""
        progress = self.progress(captures, analyzer)
        found = analyzer.batches(
            progress.inputs, workers=self.workers, cancel=progress.cancel, on_error=on_error
        )
        with progress.running():
            yield self.giving()(found)

    @property
    def names_services(self) -> bool:
        """Whether records of hosts may show names that clients requested."""
        return self.host_names and self.anonymize is None

    def summary(self, analyzer: Analyzer, max_inventory: int, local: tuple[str, ...]) -> Summary:
        """A summary for the analyzer's results."""
        from huginn_cffi.analysis.summary import Summary
        from huginn_cffi.hosts.network_cards import NetworkCards

        made = Summary(
            analyzer.database,
            max_inventory=max_inventory,
            host_names=self.names_services,
            protocols=analyzer.protocols,
            local=local,
        )
        made.hosts.find_cards(NetworkCards(are_real=self.anonymize is None))
        return made

    @property
    def paints(self) -> bool:
        """Whether to colour the results."""
        stream = sys.stdout if self.output in (None, "-") else None
        return self.format_ == "text" and is_colored(self.color, stream)

    @property
    def inputs(self) -> list[str]:
        """Input files, to which results must not be written."""
        return [*self.db.inputs, *([self.anonymize] if self.anonymize else [])]

    def chosen(self) -> list[RecordField] | None:
        """The fields in --fields; a usage error lists the valid names."""
        if self.fields is None:
            return None
        try:
            return chosen_fields(self.format_, [name.strip() for name in self.fields.split(",")])
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--fields") from None

    def event_choice(self) -> EventChoice | None:
        """The events in --events; a usage error lists the valid names."""
        if self.events is None:
            return None
        from huginn_cffi.cli.output.event_choice import event_choice

        try:
            found = event_choice([name.strip() for name in self.events.split(",")])
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--events") from None
        for name in filter(found.has, QUIET_PROTOCOLS):
            if name not in (self.protocols or QUIET_PROTOCOLS):
                raise click.UsageError(f"--events {name} needs {name} in --protocols as well")
        if (found.findings or found.devices) and self.format_ in ("p0f", "p0f-json"):
            what = "findings" if found.findings else "news about devices"
            raise click.UsageError(f"{self.format_} has no {what}; choose another format")
        return found

    @property
    def reports_findings(self) -> bool:
        """Whether --events names any findings."""
        chosen = self.event_choice()
        return chosen is not None and chosen.findings != 0

    @property
    def news(self) -> DeviceNews | None:
        """The news about devices that --events asks for."""
        chosen = self.event_choice()
        return DeviceNews(self.absent, self.random_macs) if chosen is not None and chosen.devices else None

    def anonymizer(self) -> Callable[[Batch], Batch] | None:
        """The function that --anonymize applies to batches, or None."""
        if self.anonymize is None:
            return None
        try:
            from huginn_cffi.formats.anonymous import Anonymizer, read_key

            return Anonymizer(read_key(self.anonymize)).apply
        except (ModuleNotFoundError, ValueError) as error:
            raise click.UsageError(str(error)) from None
        except OSError as error:
            raise click.UsageError(f"{named(self.anonymize)}: {error.strerror}") from None

    def giving(self) -> Giving:
        """A function that reduces batches to the events of --events, and anonymizes them."""
        chosen, replace = self.event_choice(), self.anonymizer()

        def given(batches: Iterator[Batch]) -> Iterator[Batch]:
            wanted = batches if chosen is None else chosen.of(batches)
            return wanted if replace is None else map(replace, wanted)

        return given


def _output_option(words: str) -> Option:
    return click.option("-o", "--output", metavar="FILE", type=FILE_OR_DASH, help=words)


def _analysing(*chosen: Option) -> Callable[[Command], Command]:
    """Add these options and the signature options to a command, which gets them as ``analysis``."""
    return lambda command: with_options(
        signature_options(grouped(command, "analysis", AnalysisArguments)), chosen
    )


def _of_table(own: str, meaning: str) -> Callable[[Command], Command]:
    format = format_option(
        *(*_TABLE_FORMATS, own),
        help=f"ecs: Elastic Common Schema; {meaning}",
        elsewhere=_OF_EVENTS | _OF_TABLES,
    )
    output = _output_option("Write the hosts to this file.")
    return _analysing(format, host_names_option, _ANONYMIZE, output, progress_option, *_OPTIONS)


analysis_options = _analysing(
    *(*_RECORD_OPTIONS, *_NEWS, *_SHOWN_TEXTS, _ANONYMIZE),
    *(_output_option("Write results to this file."), *_OPTIONS, _SEGMENTS),
)
"""Options of commands that write records."""
hosts_options = _of_table("suricata", "suricata: a host-os-policy.")
devices_options = _of_table("ocsf", "ocsf: Open Cybersecurity Schema Framework.")
page_options = _analysing(
    *(host_names_option, _output_option("Write the page to this file (required); - is standard output.")),
    *(progress_option, *_OPTIONS),
)
"""Options of a command that writes one document in its own format."""
annotate_options = _analysing(
    click.option(
        "--fields",
        metavar="A,B,...",
        help="Only these fields in the comments, by name (docs/record-fields.md).",
    ),
    *(*_SHOWN_TEXTS, _output_option("Write the copy to this file (required); - is standard output.")),
    *(progress_option, *_OPTIONS, _SEGMENTS),
)
"""Options of a command that copies captures with comments; the fields are the same as in JSON."""
database_options = _analysing(*_OPTIONS)
"""Options of a command that writes no results."""

SUMMARY_FORMATS = ("text", "json")
TOP = 10


class SummaryOptions(NamedTuple):
    """Values of the options, under their names."""

    summary: bool
    details: bool
    top: int
    local: tuple[str, ...]
    max_inventory: int


_SUMMARY = (
    click.option(
        "--summary",
        is_flag=True,
        help="Show a summary instead of the events, as text or, with --format json, as one object.",
    ),
    click.option("--details", is_flag=True, help="With --summary: show findings in full."),
    click.option(
        "--top",
        metavar="N",
        type=click.IntRange(min=1),
        default=TOP,
        help="Show the first N entries of each list in a text summary.",
    ),
    max_inventory_option("With --summary: keep at most N hosts"),
    local_option,
)


def summary_options(command: Command) -> Command:
    """Add these options to a command, which gets them as its argument ``summary``."""
    return grouped(command, "summary", SummaryOptions, _SUMMARY)
