"""``huginn capture``: fingerprints the traffic of an interface."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click
from click.core import ParameterSource

from huginn_cffi.base.errors import CaptureError, LibpcapError, named
from huginn_cffi.base.files import is_same, may_replace
from huginn_cffi.base.limits import BUFFER_BYTES, READ_TIMEOUT_MS
from huginn_cffi.base.names import ANY
from huginn_cffi.cli import sockets
from huginn_cffi.cli.filter_options import TrafficOptions, filter_options
from huginn_cffi.cli.input_options import max_inventory_option
from huginn_cffi.cli.options import AnalysisArguments, analysis_options
from huginn_cffi.cli.output.destination import ReaderLeftError, abandon_standard_output
from huginn_cffi.cli.output.event_choice import NewHosts
from huginn_cffi.cli.output.live import LiveOutput, Rotation
from huginn_cffi.cli.parameters import BYTES, SECONDS, argument, command, group, option, positive, quantity
from huginn_cffi.cli.service import HostsFile, LiveHosts, Reporting, Service
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.cli.signature_options import described
from huginn_cffi.cli.standard_error import complain, counted, say, warn_of_drops
from huginn_cffi.cli.status import DAMAGED
from huginn_cffi.cli.store_options import KeptHosts, StoreOptions, store_options
from huginn_cffi.formats.forms import is_folder
from huginn_cffi.formats.writers import open_writer
from huginn_cffi.sources.interface import MOST_BUFFER_BYTES
from huginn_cffi.sources.privileges import allow_no_new_privileges, become, find_user, lower_bounding_set

if TYPE_CHECKING:
    from huginn_cffi.cli.options import Reduce
    from huginn_cffi.cli.output.screen import Screen
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.sources.sensor import Sensor


class Live(NamedTuple):
    """Options of live capture."""

    limit: int | None = option("--count N", type=click.IntRange(min=1))
    all_: bool = option("--all")
    new_hosts: bool = option("--new-hosts")
    hosts: str | None = option("--hosts FILE")
    duration: float | None = option("--duration S", type=float, callback=positive)
    promiscuous: bool = option("--promiscuous")
    buffer_size: int = option(
        "--buffer-size BYTES",
        callback=quantity(BYTES, 1 << 16, MOST_BUFFER_BYTES),
        default=f"{BUFFER_BYTES >> 20}M",
    )
    wait: bool = option("--wait")
    user: str | None = option("--user NAME")
    stats_interval: float | None = option("--stats-interval S", type=float, callback=positive)
    stats_format: str = option("--stats-format", type=click.Choice(["text", "json"]), default="text")
    metrics_file: str | None = option("--metrics-file FILE")
    rotate_size: int | None = option("--rotate-size BYTES", callback=quantity(BYTES, 1, 1 << 62))
    rotate_every: int | None = option("--rotate-every TIME", callback=quantity(SECONDS, 1, 1 << 40))
    rotate_keep: int | None = option("--rotate-keep N", type=click.IntRange(min=1))
    rotate_compress: bool = option("--rotate-compress")
    socket: sockets.ApiOptions = group(sockets.ApiOptions)
    listening: sockets.ListenOptions = group(sockets.ListenOptions)


def _named(context: click.Context, argument: click.Parameter, value: str) -> str:
    """Refuse an empty name, which a shell variable without a value would give."""
    if not value:
        raise click.BadParameter("the name is empty; to list the names: huginn interfaces")
    return value


def _interface_names(context: click.Context, argument: click.Parameter, begun: str) -> list[str]:
    """Completions for a shell; none if libpcap is missing."""
    from huginn_cffi.sources.interfaces import list_interfaces

    with suppress(LibpcapError):
        return [item.name for item in list_interfaces() if item.name.startswith(begun)]
    return []


_CHOICES = (
    *("format_", "fields", "events", "http_paths", "http_values", "segments", "anonymize", "output"),
    *("all_", "new_hosts", "limit"),
)
"""Options that choose results or their form."""


def _wants_screen() -> bool:
    """Whether to show hosts in place of results: on a terminal, unless the user chooses results."""
    sources = map(click.get_current_context().get_parameter_source, _CHOICES)
    return sys.stdout is not None and sys.stdout.isatty() and {*sources} <= {ParameterSource.DEFAULT}


@command()
def capture(
    interface: str = argument("IFACE", callback=_named, shell_complete=_interface_names),
    analysis: AnalysisArguments = analysis_options,
    traffic: TrafficOptions = filter_options,
    live: Live = group(Live),
    store: StoreOptions = store_options,
    max_inventory: int = max_inventory_option(
        "Keep at most N hosts for the terminal, --hosts, --api and --store", live=True
    ),
) -> int:
    """Fingerprint the traffic of an interface: hosts on a terminal, each result elsewhere."""
    stop = StopSignals(live.duration)
    if live.listening.listen is not None and analysis.tunnels_of is None:
        analysis = analysis._replace(no_decapsulate=True)  # anybody can send forged tunnel packets
    if shows_screen := _wants_screen():
        analysis = analysis._replace(events="finding")
    keeps_hosts = shows_screen or store.store is not None or live.hosts is not None
    shows_hosts = keeps_hosts and not analysis.protocols
    with (
        stop.on_signals(),
        analysis.analyzer(traffic, changes=True, shows_hosts=shows_hosts) as analyzer,
        ExitStack() as stack,
    ):
        _check(live, analysis.output)
        live.socket.check()
        live.listening.check(live.socket)
        store.check(analysis)
        analysis.refuse_anonymous("--hosts", live.hosts)
        analysis.refuse_anonymous("--api", live.socket.api)
        analysis.refuse_anonymous("--listen", live.listening.listen)
        fields, reduce = analysis.selected_fields(), analysis.reducing(shows_hosts=shows_hosts)
        sensor = analyzer.sensor(
            interface,
            workers=analysis.workers,
            promiscuous=live.promiscuous,
            buffer_bytes=live.buffer_size,
            collect_ms=READ_TIMEOUT_MS if live.listening.listen is None else sockets.COLLECT_MS,
            wait=live.wait,
            on_change=complain,
        )
        hosts = LiveHosts(analyzer.database, max_inventory, host_names=analysis.names_services)
        stack.callback(hosts.close)
        # Sockets are created with the initial rights, and then owned by the user.
        user = None if live.user is None else find_user(live.user)
        if live.socket.api is not None:
            hosts.add(partial(sockets.Api, live.socket, user=user))
        listen = None
        if live.listening.listen is not None:
            listening = partial(
                sockets.Listen,
                options=live.listening,
                group=live.socket.socket_group,
                database=analyzer.database,
                user=user,
            )
            listen = hosts.add(listening)
        screen = None
        if shows_screen:
            from huginn_cffi.cli.output.screen import Screen

            screen = hosts.add(Screen)
        from huginn_cffi.hosts.network_cards import NetworkCards  # another user may not be able to import it

        cards = NetworkCards(are_real=analysis.anonymize is None)
        _give_up_rights(live, analysis, store)
        # Files are opened after the change of user, so that later runs can replace them.
        if live.hosts is not None:
            if not may_replace(live.hosts):
                raise click.ClickException(
                    f"{named(live.hosts)}: cannot be written: its folder is not writable"
                )
            hosts.add(partial(HostsFile, path=live.hosts))
        kept = None
        if store.store:
            kept = hosts.add(partial(KeptHosts, options=store, interface=interface))
        if hosts.inventory is not None:
            sensor.changes = hosts.inventory
            hosts.inventory.names_interfaces = interface == ANY
            if analysis.reports_findings:
                hosts.inventory.report_findings()
                if kept is not None and analysis.news is None and screen is None:
                    kept.recall_findings()
            hosts.inventory.find_cards(cards)
            if analysis.news is not None:
                watch = hosts.inventory.watch if kept is None else kept.watch
                watch(analysis.news)
        output = LiveOutput(
            analysis.output,
            analysis.format_,
            analyzer.database,
            interface,
            Rotation(live.rotate_size, live.rotate_every, live.rotate_keep, live.rotate_compress),
            analysis.inputs,
            paints=analysis.paints,
            fields=fields,
        )
        if screen is not None:
            screen.output = output
        if kept is not None:
            kept.is_delivered = lambda: output.is_delivered
        in_json, interval = live.stats_format == "json", live.stats_interval
        is_brief = not (analysis.stats or in_json or interval)
        reporting = Reporting(in_json, interval, live.metrics_file, is_brief)
        service = Service(sensor, output, analysis.db, reporting, hosts)
        if listen is not None:
            listen.measure(service.metrics)
            service.on_reload = listen.reload
            sensor.follow_ends(listen.peers)
        with service.on_signals():
            say(f"listening on {named(interface)}, {described(len(analyzer.database or ()))}")
            failed = _run(sensor, stop, service, output, live, hosts, reduce, listen, kept, screen)
        warn_of_drops(sensor.stats)
    return DAMAGED if failed or output.lost or (kept is not None and kept.lost) else stop.status


def _check(live: Live, output: str | None) -> None:
    if output in (None, "-") and (live.rotate_size is not None or live.rotate_every is not None):
        raise click.UsageError(
            "--rotate-size and --rotate-every need -o FILE; standard output is not rotated"
        )
    if live.rotate_size is None and live.rotate_every is None:
        for name, given in (("keep", live.rotate_keep is not None), ("compress", live.rotate_compress)):
            if given:
                raise click.UsageError(f"--rotate-{name} needs --rotate-size or --rotate-every")
    if output is not None and is_folder(output):
        raise click.UsageError(f"{named(output)}: is a folder; results of live capture go to one file")
    if live.user is not None:
        find_user(live.user)
    if live.hosts is not None and output is not None and is_same(output, live.hosts):
        raise click.UsageError(f"{named(output)}: -o and --hosts name one file")
    if live.metrics_file is not None:
        if output is not None and is_same(output, live.metrics_file):
            raise click.UsageError(f"{named(output)}: -o and --metrics-file name one file")
        from huginn_cffi.sources.metrics import check_available

        try:
            check_available()
        except ModuleNotFoundError as error:
            raise click.UsageError(str(error)) from None


def _give_up_rights(live: Live, analysis: AnalysisArguments, store: StoreOptions) -> None:
    """Give up rights after the interface was opened: only opening it again would need them."""
    allow_no_new_privileges()
    if live.user is None:
        return
    user = find_user(live.user)
    lower_bounding_set()  # before modules start threads, which inherit rights
    if not user.in_force:  # import now: the new user may not be able to read modules
        if store.store is not None:
            importlib.import_module("huginn_cffi.store.writer")
        for module in _IMPORTED_LATER:
            importlib.import_module(module)
        with suppress(ModuleNotFoundError):  # reported later, when the output is opened
            open_writer(analysis.format_, io.BytesIO(), None).close()
    become(user, keep_capture=live.wait)


_IMPORTED_LATER = (
    "huginn_cffi.database.compiling",
    "huginn_cffi.run.records",
    "sigcompiler.reading.parser",
)


def _run(
    sensor: Sensor,
    stop: StopSignals,
    service: Service,
    output: LiveOutput,
    live: Live,
    hosts: LiveHosts,
    reduce: Reduce,
    listen: sockets.Listen | None = None,
    kept: KeptHosts | None = None,
    screen: Screen | None = None,
) -> bool:
    """Capture and write until the end. Returns whether the interface failed."""
    batches = sensor.batches(stop if listen is None else listen.stopped_by(stop), between=service.do_due)
    new = NewHosts()
    taken: Iterator[Batch] = batches if listen is None else map(listen.take, batches)
    wanted = new.of(taken) if live.new_hosts else taken
    try:
        if screen is None:
            _write(reduce(wanted), output, live.limit, kept)
        else:
            _write(reduce(wanted), screen, None, None)
    except CaptureError as error:
        complain(str(error))
        return True
    finally:
        batches.close()
        stop.take_time()
        if screen is not None:
            screen.show()
        output.close()
        hosts.close()
        service.report(screen)
        service.write_metrics()
        if new.forgotten:
            say(f"forgotten: {counted(new.forgotten, 'name')} of hosts; names that recur are shown again")
    return False


def _write(
    batches: Iterator[Batch], output: LiveOutput | Screen, count: int | None, kept: KeptHosts | None
) -> None:
    left = count
    try:
        for batch in batches:
            rows = len(batch) if left is None else min(left, len(batch))
            output.write(batch, rows)
            if kept is not None:
                kept.note(batch)
            if left is not None:
                left -= rows
                if left == 0:
                    return
    except ReaderLeftError:
        return
    except KeyboardInterrupt:  # the write was stuck, or a second signal came
        abandon_standard_output()
        output.give_up()
