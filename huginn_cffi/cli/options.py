"""Options shared by commands that analyse traffic, and objects made from them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from huginn_cffi._native import lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import CaptureError, named
from huginn_cffi.base.names import EVENT_PROTOCOLS, EVENTS, PROTOCOLS, QUIET_PROTOCOLS, ProtocolName
from huginn_cffi.cli.color import Color, color_option, is_colored
from huginn_cffi.cli.filter_options import TrafficOptions, local_option
from huginn_cffi.cli.input_options import max_inventory_option
from huginn_cffi.cli.parameters import (
    FILE_OR_DASH,
    TIME_UNITS,
    OneOf,
    format_option,
    group,
    option,
    parsed,
    quantity,
)
from huginn_cffi.cli.signature_options import Signatures, signature_options
from huginn_cffi.cli.standard_error import Progress
from huginn_cffi.formats.forms import EVENTS_OCSF, FORMATS, ZEEK, chosen_fields
from huginn_cffi.run.settings import HTTP_MESSAGES, DeviceNews

_TABLE_FORMATS = ("text", "json", "ecs", "csv", "parquet")
"""Formats of a table of hosts or of devices."""

_OF_EVENTS = dict.fromkeys(set(FORMATS) - set(_TABLE_FORMATS), "huginn pcap and huginn capture")
_OF_TABLES = {
    "ocsf": "huginn devices and huginn pcap",
    "netbox": "huginn devices",
}
_OF_FILES = {ZEEK: "huginn pcap, hosts and devices"}

if TYPE_CHECKING:
    from huginn_cffi.analysis.anonymous import Anonymizer
    from huginn_cffi.analysis.summary import Summary
    from huginn_cffi.cli.output.event_choice import EventChoice
    from huginn_cffi.filters.conditions import FilterConfig
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.sources.opening import Capture
    from sigcompiler.schema.rows import RecordField

    Reduce = Callable[[Iterator[Batch]], Iterator[Batch]]


def _protocols(text: str) -> tuple[ProtocolName, ...]:
    return arguments.protocols([name.strip() for name in text.split(",")], PROTOCOLS)


def _tunnels(networks: tuple[str, ...]) -> FilterConfig:
    from huginn_cffi.filters.conditions import FilterConfig, SubnetFilter

    return FilterConfig(subnet=SubnetFilter(src=networks, dst=networks))


_COUNT = click.IntRange(1, (1 << 32) - 1)

host_names_option: Any = option("--host-names")
workers_option: Any = option("--workers N", type=click.IntRange(1, lib.HG_MAX_WORKERS), default=1)
max_connections_option: Any = option("--max-connections N", type=_COUNT, default=1000)


_OF_ANALYZER = (
    *("max_connections", "max_hosts", "http", "http_paths", "http_values", "host_names", "absent"),
    "random_macs",
)
"""Options passed to `Analyzer` unchanged."""


class AnalysisArguments(NamedTuple):
    """Options that commands with captures share. An option that a command lacks has its default."""

    format_: str = format_option(*FORMATS, elsewhere=_OF_TABLES | _OF_FILES)
    stats: bool = option("--stats")
    color: Color = color_option
    fields: str | None = option("--fields A,B,...")
    events: str | None = option("--events KIND,...")
    absent: int = option("--absent TIME", callback=quantity(TIME_UNITS, 60, 1 << 31), default="30D")
    random_macs: bool = option("--random-macs")
    host_names: bool = host_names_option
    http_paths: bool = option("--http-paths")
    http_values: bool = option("--http-values")
    anonymize: str | None = option("--anonymize KEYFILE", type=click.Path())
    output: str | None = option("-o --output FILE", type=FILE_OR_DASH)
    no_progress: bool = option("--no-progress")
    workers: int = workers_option
    max_connections: int = max_connections_option
    max_hosts: int = option("--max-hosts N", type=_COUNT, default=10000)
    protocols: tuple[ProtocolName, ...] = option(
        "--protocols NAMES",
        f"Protocols to read, from {','.join(PROTOCOLS)}.",
        show_default=f"all; {', '.join(QUIET_PROTOCOLS)} only where hosts or devices are shown",
        callback=parsed(_protocols, ()),
    )
    http: str = option("--http", type=OneOf(HTTP_MESSAGES), default="first")
    no_decapsulate: bool = option("--no-decapsulate")
    tunnels_of: FilterConfig | None = option(
        "--tunnels-of NETWORK", multiple=True, callback=parsed(_tunnels, None, ".")
    )
    segments: bool = option("--segments")
    """Commands that show hosts always do this."""
    db: Signatures = signature_options

    def analyzer(
        self, traffic: TrafficOptions, *, changes: bool = False, shows_hosts: bool = False
    ) -> Analyzer:
        """An analyzer with these options; prints warnings about its database."""
        chosen, news = self.event_choice(), self.news is not None
        wanted = set() if chosen is None else set(filter(chosen.has, (*QUIET_PROTOCOLS, "segments")))
        reads_all = shows_hosts or news or not wanted.isdisjoint(QUIET_PROTOCOLS)
        return Analyzer(
            self.db.open(),
            uptime=shows_hosts or self._shows_uptimes,
            decapsulate=not self.no_decapsulate,
            tunnels=self.tunnels_of,
            protocols=self.protocols or (PROTOCOLS if reads_all else (*EVENT_PROTOCOLS, *self._of_sweeps)),
            segments=self.segments or shows_hosts or "segments" in wanted,
            senders=bool(shows_hosts or news or self._of_sweeps) and not self.protocols,
            left_out=self.stats,
            changes=changes,
            findings=self.reports_findings,
            device_news=news,
            **{name: getattr(self, name) for name in _OF_ANALYZER},
            **traffic._asdict(),
        )

    @property
    def _shows_uptimes(self) -> bool:
        chosen = self.event_choice()
        if chosen is None or chosen.findings or chosen.devices:
            return True
        return any(map(chosen.has, ("client_uptime", "server_uptime", "host_change", "ip_sharing")))

    @property
    def _of_sweeps(self) -> tuple[ProtocolName, ...]:
        """The protocols of sweeps of the link, if such findings are events. Senders show who is a router."""
        from huginn_cffi.run.changes import FINDINGS

        chosen = self.event_choice()
        wants = chosen is not None and chosen.findings >> FINDINGS.index("horizontal_scan") & 1
        return ("arp", "neighbor") if wants else ()

    def progress(self, captures: Iterable[Capture], analyzer: Analyzer) -> Progress:
        """A progress bar for captures that the analyzer will read."""
        from huginn_cffi.sources.searching import inputs_of

        return Progress(inputs_of(captures), lambda: analyzer.stats.packets, wanted=not self.no_progress)

    @contextmanager
    def read(
        self, captures: Iterable[Capture], analyzer: Analyzer, on_error: Callable[[CaptureError], object]
    ) -> Iterator[Iterator[Batch]]:
        """The batches of captures, selected and anonymized; shows a bar while the block lasts."""
        progress = self.progress(captures, analyzer)
        found = analyzer.batches(
            progress.inputs, workers=self.workers, cancel=progress.cancel, on_error=on_error
        )
        with progress.running():
            yield self.reducing()(found)

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
    def log_folder(self) -> str | None:
        """The folder for logs, with a slash; None for other formats. A usage error if none is named."""
        if self.format_ != ZEEK:
            return None
        if self.output in (None, "-"):
            raise click.UsageError(f"{self.format_} is several logs: name a folder with -o")
        return f"{self.output}/"

    @property
    def paints(self) -> bool:
        """Whether to colour the results."""
        stream = sys.stdout if self.output in (None, "-") else None
        return self.format_ == "text" and is_colored(self.color, stream)

    @property
    def inputs(self) -> list[str]:
        """Input files, to which results must not be written."""
        return [*self.db.inputs, *([self.anonymize] if self.anonymize else [])]

    def selected_fields(self) -> list[RecordField] | None:
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
        if (found.findings or found.devices) and self.format_ == "p0f":
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

    def refuse_anonymous(self, option: str, value: object) -> None:
        """Refuse ``--anonymize`` beside an option that keeps or answers with real addresses."""
        if self.anonymize is not None and value is not None:
            raise click.UsageError(f"{option} has addresses as they are: not with --anonymize")

    def anonymizer(self) -> Anonymizer | None:
        """What --anonymize applies to batches, or None."""
        if self.anonymize is None:
            return None
        try:
            from huginn_cffi.analysis.anonymous import Anonymizer, read_key

            return Anonymizer(read_key(self.anonymize))
        except (ModuleNotFoundError, ValueError) as error:
            raise click.UsageError(str(error)) from None
        except OSError as error:
            raise click.UsageError(f"{named(self.anonymize)}: {error.strerror}") from None

    def reducing(self, *, shows_hosts: bool = False) -> Reduce:
        """A function that reduces batches to the events of --events, and anonymizes them.

        `shows_hosts`: the analyzer reads more than the events of the default.
        """
        chosen, anonymizer = self.event_choice(), self.anonymizer()
        if chosen is None and shows_hosts:
            from huginn_cffi.cli.output.event_choice import event_choice
            from sigcompiler.schema.rows import DEVICE_CHANGE, FINDING, SEGMENTS

            more = {*QUIET_PROTOCOLS, *FINDING, *DEVICE_CHANGE, *(() if self.segments else SEGMENTS)}
            chosen = event_choice([name for name in EVENTS if name not in more])

        def reduced(batches: Iterator[Batch]) -> Iterator[Batch]:
            if anonymizer is not None:
                batches = map(anonymizer.learn_names, batches)
            wanted = batches if chosen is None else chosen.of(batches)
            return wanted if anonymizer is None else map(anonymizer.apply, wanted)

        return reduced


_ANALYSIS = (
    *("workers", "max_connections", "max_hosts", "protocols", "http", "no_decapsulate"),
    *("tunnels_of", "db"),
)
_EVENTS = ("stats", "color", "events", "absent", "random_macs")
_CONTENT = ("fields", "http_paths", "http_values", "segments")
_TABLE = ("format_", "host_names", "anonymize", "output")
_DOCUMENT = ("host_names", "output", "no_progress")

SUMMARY_FORMATS = ("text", "json")

analysis_options: Any = group(AnalysisArguments, _ANALYSIS, _EVENTS, _CONTENT, _TABLE)
"""Options of commands that write records."""
pcap_options: Any = group(
    AnalysisArguments,
    *(_ANALYSIS, _EVENTS, _CONTENT, (*_TABLE, "no_progress")),
    format_=format_option(*(*FORMATS, EVENTS_OCSF, ZEEK), elsewhere=_OF_TABLES),
)
hosts_options, devices_options = (
    group(
        AnalysisArguments,
        *(_ANALYSIS, (*_TABLE, "no_progress")),
        format_=format_option(*_TABLE_FORMATS, *own, ZEEK, elsewhere=_OF_EVENTS | _OF_TABLES),
    )
    for own in ((), ("ocsf", "netbox"))
)
page_options: Any = group(AnalysisArguments, _ANALYSIS, _DOCUMENT)
"""Options of a command that writes one document in its own format."""
audit_options: Any = group(
    AnalysisArguments, _ANALYSIS, _DOCUMENT, ("format_",), format_=format_option("text", "json", "junit")
)
"""Options of a command that checks a policy."""
who_options: Any = group(
    AnalysisArguments, _ANALYSIS, _DOCUMENT, ("format_",), format_=format_option(*SUMMARY_FORMATS)
)
"""Options of a command that answers one question as text or JSON."""
annotate_options: Any = group(AnalysisArguments, _ANALYSIS, _CONTENT, _DOCUMENT)
"""Options of a command that copies captures with comments; the fields are the same as in JSON."""


class SummaryOptions(NamedTuple):
    """Options of a summary."""

    summary: bool = option("--summary")
    max_inventory: int = max_inventory_option("With --summary: keep at most N hosts")
    local: tuple[str, ...] = local_option
