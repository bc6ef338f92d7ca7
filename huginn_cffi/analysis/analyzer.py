"""The analyzer: captures and packets in, results or columns out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import lib
from huginn_cffi.analysis.result_iterators import Results, UnreadBatches, batches_of, named
from huginn_cffi.base import arguments
from huginn_cffi.base.arguments import Cancel
from huginn_cffi.base.errors import CaptureError, HuginnError
from huginn_cffi.base.handles import CData, opened
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import (
    ABSENT_S,
    BUFFER_BYTES,
    MAX_CONNECTIONS,
    MAX_HOSTS,
    MAX_INVENTORY,
    MAX_STREAM_BYTES,
    READ_TIMEOUT_MS,
    SNAPLEN,
)
from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS, EventName, ProtocolName
from huginn_cffi.base.unknown import Named, options
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.run import Run
from huginn_cffi.run.settings import HTTP_MESSAGES, DeviceNews, HttpMessages, Settings
from huginn_cffi.sources.opening import Capture, Input
from huginn_cffi.sources.packets import Frame, chunks
from huginn_cffi.sources.searching import inputs_of

if TYPE_CHECKING:
    from huginn_cffi.analysis import summary as summary_types
    from huginn_cffi.analysis import watching as watching_types
    from huginn_cffi.base import times
    from huginn_cffi.filters import bpf as bpf_types
    from huginn_cffi.filters import conditions as conditions_types
    from huginn_cffi.run import results as results_types
    from huginn_cffi.run import stats as stats_types
    from huginn_cffi.sources import interface as opening_types
    from huginn_cffi.sources import sensor as sensor_types
else:
    summary_types = Later("huginn_cffi.analysis.summary")
    watching_types = Later("huginn_cffi.analysis.watching")
    times = Later("huginn_cffi.base.times")
    opening_types = Later("huginn_cffi.sources.interface")
    sensor_types = Later("huginn_cffi.sources.sensor")
    stats_types = Later("huginn_cffi.run.stats")
    bpf_types = Later("huginn_cffi.filters.bpf")
    conditions_types = Later("huginn_cffi.filters.conditions")
    results_types = Later("huginn_cffi.run.results")

OnError = Callable[[CaptureError], object]

Through = Callable[[Any, int], AbstractContextManager[Iterable[Any]]]
"""Takes a source and the number of packets read before it; gives the sources to read in its place."""

BATCH_ROWS = 4096
"""Rows per worker in a batch. It stays in the cache, and one kept result keeps its whole batch."""

SHARED_ROWS = 12_288
"""The same if several workers fill a batch for columnar work: they wait for each other when it is full, and
larger ones leave the cache. Two workers read SYNs 1.52 times as fast as one with 6,144 rows, 1.60 times with
10,240, 1.63 times with these, and 1.58 times with 16,384."""

MOST_ROWS = 3 * SHARED_ROWS
"""Limit of the rows in a batch. If its columns take more than 32 MB, the system's allocator maps and clears
them anew for each batch: four workers were then no faster than one."""

MAX_PACKETS = 1 << 18
CANCELLABLE_PACKETS = 1 << 14
"""Packets read in one call of the core. Signals and `cancel` take effect only between calls: for
packets of full size from a slow disk (250 MB/s) the smaller number takes 0.1 s."""


class Analyzer(Named):
    """Reads captures and packets, and names the systems and programs in them.

    - `database`: the signatures; by default the default database. ``None``: no names, only observations,
      MTU values and uptimes.
    - `max_connections`, `max_hosts`: how many flows and host clocks are kept.
    - `uptime=False`: no uptimes.
    - `decapsulate=False`: packets in tunnels are not read and count as ``not_tcp``. `tunnels`: a filter for
      the outer endpoints of the tunnels to read.
    - `filter`: the conversations to analyse. `bpf`: the packets to analyse, as a libpcap expression. `since`,
      `until`: the first capture time to analyse, and the end, which is excluded (ns since the epoch, or a
      `datetime` with a time zone), as if the capture had been cut there. Other packets count as ``filtered``.
    - `protocols`: the readers to use, from `huginn_cffi.PROTOCOLS`. `max_stream_bytes`: memory for incomplete
      messages.
    - `http`: "all" reports every request and response of a connection, "first" the first of each.
      `http_paths` adds the paths of requests, without the query. `http_values` adds header values to HTTP
      signatures, except for headers that may hold secrets.
    - `host_names`: device events include host names and other values that may identify a person; host
      records include the names by which clients address servers.
    - `changes`: the events ``host_change`` and ``ip_sharing``, each after the event that completes it. They
      follow p0f's scores for the latest 100,000 hosts. `findings`: the same, and the event ``finding``.
    - `device_news`: the event ``device_change`` when a device on the captured segment is new, returns after
      `absent` seconds, or takes another device's address; with `random_macs` also for locally administered
      MACs. Most of these events need the protocol ``arp``, those of devices that only send IP `senders`.
    - `segments`: also names IPv4 hosts without a handshake, by all their segments. The event ``segments``
      is reported when these first point to a family, and when the family changes.
    - `senders`: batches list the senders of all packets. So inventories have a record of each, and findings
      of sweeps leave out routers. Then there are batches without events. `hosts` of captures does this
      unless `protocols` are chosen.
    - `left_out`: `stats.left_out` names what packets held that were not analysed.

    Each call starts with its own empty tracker. Calls may overlap, also in several threads; two threads must
    not advance one iterator at the same time (Python refuses it). An iterator's ``stats`` has the counters of
    its call, `stats` those of the latest call. Wrong arguments raise `TypeError`, `ValueError` or
    `FilterError`; `bpf` without libpcap raises `LibpcapError`.

    An analyzer is a context manager. After `close`, calls and running iterators raise `HuginnError`.
    """

    @options
    def __init__(
        self,
        database: Database | Default | None = DEFAULT,
        *,
        max_connections: int = MAX_CONNECTIONS,
        max_hosts: int = MAX_HOSTS,
        filter: conditions_types.FilterConfig | None = None,
        uptime: bool = True,
        decapsulate: bool = True,
        tunnels: conditions_types.FilterConfig | None = None,
        bpf: str | None = None,
        since: int | datetime | None = None,
        until: int | datetime | None = None,
        protocols: Iterable[ProtocolName] = EVENT_PROTOCOLS,
        max_stream_bytes: int = MAX_STREAM_BYTES,
        http: HttpMessages = "first",
        http_paths: bool = False,
        host_names: bool = False,
        http_values: bool = False,
        changes: bool = False,
        findings: bool = False,
        segments: bool = False,
        senders: bool = False,
        left_out: bool = False,
        device_news: bool = False,
        absent: int = ABSENT_S,
        random_macs: bool = False,
    ) -> None:
        self._database = resolve(database)
        news = DeviceNews(
            arguments.whole("absent", absent, 1, arguments.MAX_U32),
            arguments.flag("random_macs", random_macs),
        )
        self._settings = Settings(
            max_connections=arguments.whole("max_connections", max_connections, 1, arguments.MAX_U32),
            max_hosts=arguments.whole("max_hosts", max_hosts, 1, arguments.MAX_U32),
            uptime=arguments.flag("uptime", uptime),
            decapsulate=arguments.flag("decapsulate", decapsulate),
            tunnels=_compiled(tunnels),
            filter=_compiled(filter),
            filter_config=filter,
            bpf=None if bpf is None else bpf_types.bpf_filter(bpf),
            span=None if since is None and until is None else times.span(since, until),
            protocols=arguments.protocols(protocols, PROTOCOLS),
            max_stream_bytes=arguments.whole("max_stream_bytes", max_stream_bytes, 1, arguments.MAX_U64),
            http=arguments.choice("http", http, HTTP_MESSAGES),
            http_paths=arguments.flag("http_paths", http_paths),
            host_names=arguments.flag("host_names", host_names),
            http_values=arguments.flag("http_values", http_values),
            changes=arguments.flag("changes", changes),
            findings=arguments.flag("findings", findings),
            segments=arguments.flag("segments", segments),
            senders=arguments.flag("senders", senders),
            left_out=arguments.flag("left_out", left_out),
            news=news if arguments.flag("device_news", device_news) else None,
        )
        self._closed = False
        self._latest: Run | sensor_types.SensorStats | None = None

    def with_filter(self, filter: conditions_types.FilterConfig | None) -> Analyzer:
        """A copy of this analyzer with another filter. ``None``: no filter.

        `FilterError` if the filter can match nothing.
        """
        self._check_open()
        new = copy(self)
        new._settings = self._settings._replace(filter=_compiled(filter), filter_config=filter)
        new._latest = None
        return new

    @property
    def database(self) -> Database | None:
        """The signatures that are used."""
        return self._database

    @property
    def host_names(self) -> bool:
        """Whether host names are reported."""
        return self._settings.host_names

    @property
    def protocols(self) -> tuple[ProtocolName, ...]:
        """The protocols that are read."""
        return self._settings.protocols

    @property
    def stats(self) -> stats_types.Stats:
        """The counters of the latest call so far; all zero before the first call."""
        return stats_types.Stats() if self._latest is None else self._latest.stats()

    @options
    def read(
        self,
        source: Capture | Iterable[Capture | Frame],
        *,
        linktype: int | None = None,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
        max_inventory: int = MAX_INVENTORY,
    ) -> Results[results_types.AnalysisResult]:
        """What a capture shows: results, one for each packet that showed something, or batches of columns.

        A source is a path, a folder (all captures in it and below), a pattern such as ``"day/*.pcap"``, a
        file open for reading bytes, any object with ``read(size)``, a capture in memory, or several of these,
        which form one stream: a connection may begin in one source and end in another. Each may be
        compressed with gzip, xz, bzip2, zstd or lz4 (the last two: extra ``huginn-cffi[compression]``).
        With `linktype`, a LINKTYPE_ number (1: Ethernet, 101: IP), it is an iterable of frames, each alone
        or in a pair (ns since the epoch, frame). It may be endless: results come as frames do.

        If other programs may change a file, pass its path: when a mapped file is cut short, the system
        kills the process (SIGBUS), which no reader can prevent.

        `workers` threads (1 to 64) share the work; results do not depend on their number. `cancel` (any
        object with ``is_set()``) ends the reading within 0.1 s; packets read until then give results.
        ``hosts`` keeps the first `max_inventory` hosts; its ``left_out`` counts packets from others.

        A capture that is missing, damaged or not a capture raises `CaptureError` after the results
        before the damage. With `on_error`, this function gets the error instead, and reading continues
        with the next capture. `ValueError` without a source or with `workers` out of range. A wrong frame
        raises `TypeError` or `ValueError` after the results of all frames before it.
        """
        limit = arguments.whole("max_inventory", max_inventory, 1, arguments.MAX_U32)
        if linktype is not None:
            if on_error is not None or workers != 1:
                raise ValueError("frames have one worker and no captures: omit workers and on_error")
            return self._frames(source, arguments.linktype(linktype), cancel, limit)
        inputs = inputs_of(source)  # type: ignore[arg-type]
        return Results(*self._captures(inputs, workers, cancel, on_error, BATCH_ROWS, limit), self._results)

    @options
    def analyze_pcap(
        self,
        source: Capture | Iterable[Capture],
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
    ) -> Results[results_types.AnalysisResult]:
        """As `read`, of captures."""
        return self.read(source, workers=workers, cancel=cancel, on_error=on_error)

    @options
    def batches(
        self,
        source: Capture | Iterable[Capture],
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
    ) -> Results[Batch]:
        """The same as columns: batches of events, never empty. Arguments as in `analyze_pcap`."""
        rows = _column_rows(workers)
        return batches_of(*self._captures(inputs_of(source), workers, cancel, on_error, rows, MAX_INVENTORY))

    @options
    def analyze_packets(
        self,
        packets: Iterable[Frame],
        *,
        linktype: int = arguments.LINKTYPE_RAW,
        cancel: Cancel | None = None,
    ) -> Results[results_types.AnalysisResult]:
        """As `read`, of frames; by default they begin with the IP header."""
        return self._frames(packets, arguments.linktype(linktype), cancel, MAX_INVENTORY)

    @options
    def watch(
        self,
        interface: str,
        *,
        events: Iterable[EventName] | None = None,
        workers: int = 1,
        cancel: Cancel | None = None,
        promiscuous: bool = False,
    ) -> Results[results_types.AnalysisResult]:
        """Results from an interface ("eth0"; on Linux "any" means all), as packets arrive.

        ``for event in analyzer.watch("eth0")``, or ``async for event in analyzer.watch("eth0")`` on an event
        loop. `events` selects kinds by name, such as "syn" or "http_request", and reports those that an
        analyzer reports only on request ("host_change", "ip_sharing", "finding", "segments", "device_change",
        and protocols such as "arp").

        The capture begins with the call. It ends with the loop (by ``break``, an exception, Ctrl-C or the
        task's cancellation), by ``close`` or the end of ``with``, or within 0.2 s of `cancel` (any object
        with ``is_set()``) being set, also on an idle interface; packets captured until then give results
        first. Each of `workers` threads (1 to 64) gets a share of the packets. `promiscuous` also captures
        packets for other hosts. `stats.interface` has the kernel's counters. On an event loop a thread opens
        the interface, and errors come with ``async with`` or the first step.

        Raises `LibpcapError` without libpcap, and `CaptureError` with ``errno`` set if the interface
        is unknown (ENODEV), not permitted (EPERM) or down (ENETDOWN), or later goes down or away;
        then the results of all earlier packets come first. `ValueError` for an unknown kind or an empty list,
        `TypeError` for a string in place of a list.
        """
        self._check_open()
        arguments.check_cancel(cancel)
        watching = copy(self)
        watching._settings, kinds = watching_types.reporting(self._settings, events)
        arguments.flag("promiscuous", promiscuous)
        over = Event()

        def opened_sensor() -> sensor_types.Sensor:
            made = watching.sensor(interface, workers=workers, promiscuous=promiscuous)
            self._latest = made.counted
            return made

        opening = watching_types.Opening(opened_sensor)
        stop = _Stop(self, cancel, over)

        def whole(_: Event) -> summary_types.Whole:
            found = opening.batches(stop, None)
            return summary_types.Whole(found, self._summary(MAX_INVENTORY), interface, opening.stats)

        found = UnreadBatches(opening.batches(stop, kinds), opening.stats, over, opening, whole)
        return Results(found, interface, self._results)

    @options
    def analyze_network(
        self,
        interface: str,
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        promiscuous: bool = False,
    ) -> Results[results_types.AnalysisResult]:
        """As `watch`, with all events."""
        return self.watch(interface, workers=workers, cancel=cancel, promiscuous=promiscuous)

    @options
    def sensor(
        self,
        interface: str,
        *,
        workers: int = 1,
        promiscuous: bool = False,
        snaplen: int = SNAPLEN,
        buffer_bytes: int = BUFFER_BYTES,
        shared: bool = True,
        collect_ms: int = READ_TIMEOUT_MS,
        wait: bool = False,
        on_change: Callable[[str], object] | None = None,
    ) -> sensor_types.Sensor:
        """A capture on an interface that begins now and runs until it is closed.

        On Linux the kernel gives each of `workers` a share of the packets; without `shared`, one reader feeds
        all, as on other systems. `snaplen` is the number of bytes captured of a packet, 64 to 65536;
        `buffer_bytes` the size of the kernel's buffer for each worker, up to 2 GiB. `collect_ms` limits how
        long Linux collects packets, 1 to 30 ms: a lower limit costs more, but results come sooner. With
        `wait` the sensor waits for a missing interface, at the start and whenever it disappears, and calls
        `on_change` with a line about it. Raises as `analyze_network` does.
        """
        self._check_open()
        made = sensor_types.Sensor(
            self._settings,
            self._database,
            opening_types.check_interface(interface),
            opening_types.CaptureOptions(
                arguments.flag("promiscuous", promiscuous), snaplen, buffer_bytes, shared, collect_ms
            ),
            arguments.whole("workers", workers, 1, lib.HG_MAX_WORKERS),
            wait=arguments.flag("wait", wait),
            on_change=on_change or (lambda line: None),
        )
        self._latest = made.counted
        return made

    def close(self) -> None:
        """Close the analyzer; calling it again does nothing. Running iterators raise at their next step."""
        self._closed = True

    def __enter__(self) -> Analyzer:
        self._check_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        state = "closed, " if self._closed else ""
        database = "no database" if self._database is None else repr(self._database)
        return f"<Analyzer, {state}{self.stats.packets} packets read, {database}>"

    def _check_open(self) -> None:
        if self._closed:
            raise HuginnError("the analyzer is closed")

    def _captures(
        self,
        inputs: list[Input],
        workers: int,
        cancel: Cancel | None,
        on_error: OnError | None,
        capacity: int,
        limit: int,
    ) -> tuple[UnreadBatches, str]:
        subject = named(item.name for item in inputs)

        def begin(settings: Settings, over: Event) -> UnreadBatches:
            run = self._new_run(workers, cancel, settings)
            return self._read(inputs, run, cancel, on_error, capacity, over)

        return self._unread(begin, subject, limit, all(item.is_repeatable for item in inputs)), subject

    def _unread(
        self, begin: Callable[[Settings, Event], UnreadBatches], subject: str, limit: int, is_repeatable: bool
    ) -> UnreadBatches:
        """A pass that `begin` begins, and what begins another one for the hosts."""

        def whole(over: Event) -> summary_types.Whole:
            found = begin(self._settings.for_hosts(), over)
            made = summary_types.Whole(found.batches, self._summary(limit), subject, found.stats)
            made.captures = captures_of(self)
            return made

        return begin(self._settings, Event())._replace(whole=whole, is_repeatable=is_repeatable)

    def _summary(self, limit: int) -> summary_types.Summary:
        names, protocols = self.host_names, self.protocols
        return summary_types.Summary(
            self.database, max_inventory=limit, host_names=names, protocols=protocols
        )

    def _frames(
        self, frames: Any, linktype: int, cancel: Cancel | None, limit: int
    ) -> Results[results_types.AnalysisResult]:
        if not isinstance(frames, Iterable) or isinstance(frames, (str, bytes, bytearray, memoryview)):
            kind = type(frames).__name__
            raise TypeError(f"packets must be an iterable of frames or of pairs (time_ns, data), not {kind}")

        def begin(settings: Settings, over: Event) -> UnreadBatches:
            run = self._new_run(1, cancel, settings)
            stop = _Stop(self, cancel, over).is_set
            found = _finished(run, self._packet_batches(frames, linktype, run, stop))
            return UnreadBatches(found, run.stats, over)

        repeatable = isinstance(frames, Sequence)
        return Results(self._unread(begin, "packets", limit, repeatable), "packets", self._results)

    def _new_run(self, workers: int, cancel: Cancel | None, settings: Settings | None = None) -> Run:
        count = arguments.whole("workers", workers, 1, lib.HG_MAX_WORKERS)
        arguments.check_cancel(cancel)
        self._check_open()
        run = self._latest = Run(settings or self._settings, self._database, count)
        return run  # not self._latest, which another thread may have replaced by now

    def _results(self, batches: Iterable[Batch]) -> Generator[results_types.AnalysisResult, None, None]:
        for batch in batches:
            for result in batch.results():
                if self._closed:
                    self._check_open()
                yield result

    def _read(
        self,
        inputs: list[Input],
        run: Run,
        cancel: Cancel | None,
        on_error: OnError | None,
        capacity: int,
        over: Event,
        through: Through = lambda source, packets_before: nullcontext((source,)),
    ) -> UnreadBatches:
        arguments.check_function("on_error", on_error)
        max_packets = MAX_PACKETS if cancel is None else CANCELLABLE_PACKETS
        stop = _Stop(self, cancel, over).is_set
        batches = _finished(run, self._batches(inputs, run, stop, max_packets, on_error, capacity, through))
        return UnreadBatches(batches, run.stats, over)

    def _batches(
        self,
        inputs: list[Input],
        run: Run,
        stop: Callable[[], bool],
        max_packets: int,
        on_error: OnError | None,
        capacity: int,
        through: Through,
    ) -> Generator[Batch, None, None]:
        for item in inputs:
            if stop():
                return
            before = run.packets
            run.captures.append((item.name, before))
            if item is inputs[-1]:
                run.end()
            try:
                with item.open(stop) as source, through(source, before) as parts:
                    try:
                        for part in parts:
                            yield from run.batches(
                                *(part, item.name),
                                capacity=min(capacity * run.workers, MOST_ROWS),
                                max_packets=max_packets,
                                stop=stop,
                                packets_before=before,
                            )
                            if stop():
                                return
                    finally:
                        run.note_end(source)
            except CaptureError as error:
                if on_error is None or not run.settled:
                    raise
                on_error(error.with_traceback(None))  # the traceback would keep batches in memory

    def _packet_batches(
        self, packets: Iterable[Frame], linktype: int, run: Run, stop: Callable[[], bool]
    ) -> Generator[Batch, None, None]:
        run.captures.append(("packets", 0))
        for chunk in chunks(packets):
            with opened(lib.hg_source_open_packets, *chunk.memory(), len(chunk), linktype) as source:
                yield from run.batches(
                    source, "packets", capacity=BATCH_ROWS, max_packets=MAX_PACKETS, stop=stop
                )
            if stop():
                return
            if chunk.failure is not None:
                raise chunk.failure


class _Stop:
    """Whether a run shall stop, asked before each step.

    Once set it stays set: packets may be waiting in the core, which borrows their memory, and no other source
    may follow them if `cancel` is cleared in between.
    """

    def __init__(self, analyzer: Analyzer, cancel: Cancel | None, over: Event) -> None:
        self._analyzer, self._cancel, self._over = analyzer, cancel, over
        self._stopped = False

    def is_set(self) -> bool:
        self._analyzer._check_open()
        if not self._stopped:
            self._stopped = self._over.is_set() or (self._cancel is not None and self._cancel.is_set())
        return self._stopped


def _finished(run: Run, batches: Iterator[Batch]) -> Generator[Batch, None, None]:
    """These batches of a run, then those of its end, also if a capture is damaged."""
    try:
        yield from batches
    except CaptureError:
        if run.settled:
            yield from run.finish(capacity=BATCH_ROWS)
        raise
    yield from run.finish(capacity=BATCH_ROWS)


@options
def read(
    source: Capture | Iterable[Capture | Frame],
    *,
    linktype: int | None = None,
    database: Database | Default | None = DEFAULT,
    filter: conditions_types.FilterConfig | None = None,
    bpf: str | None = None,
    protocols: Iterable[ProtocolName] = EVENT_PROTOCOLS,
    host_names: bool = False,
    workers: int = 1,
    cancel: Cancel | None = None,
    on_error: OnError | None = None,
) -> Results[results_types.AnalysisResult]:
    """The short form of `Analyzer.read`; the other arguments are those of `Analyzer`, which has more of them.

    ``for result in hg.read("capture.pcap")``. Raises as `Analyzer.read` does.
    """
    analyzer = Analyzer(database, filter=filter, bpf=bpf, protocols=protocols, host_names=host_names)
    return analyzer.read(source, linktype=linktype, workers=workers, cancel=cancel, on_error=on_error)


@options
def watch(
    interface: str,
    *,
    events: Iterable[EventName] | None = None,
    database: Database | Default | None = DEFAULT,
    filter: conditions_types.FilterConfig | None = None,
    bpf: str | None = None,
    protocols: Iterable[ProtocolName] = EVENT_PROTOCOLS,
    host_names: bool = False,
    workers: int = 1,
    cancel: Cancel | None = None,
) -> Results[results_types.AnalysisResult]:
    """The events from an interface ("eth0"; on Linux "any" means all) from this call on.

    The short form of `Analyzer.watch`; the other arguments are those of `Analyzer`, which has more of them.
    Raises as these do: `ValueError` for an unknown kind, `TypeError` for a string in place of a list.
    """
    analyzer = Analyzer(database, filter=filter, bpf=bpf, protocols=protocols, host_names=host_names)
    return analyzer.watch(interface, events=events, workers=workers, cancel=cancel)


def captures_of(analyzer: Analyzer) -> tuple[stats_types.ReadCapture, ...]:
    """The captures that the latest call of `analyzer` has read so far, with their packet numbers."""
    run = analyzer._latest
    if not isinstance(run, Run):
        return ()
    ends = [before for _, before in run.captures[1:]] + [run.packets]
    return tuple(
        stats_types.ReadCapture(name, before + 1, end - before, at in run.out_of_order)
        for at, ((name, before), end) in enumerate(zip(run.captures, ends, strict=False))
    )


def left_out(analyzer: Analyzer) -> bool:
    """Whether the latest call of `analyzer` unintentionally left out packets; `stats` has the reasons.

    Commands check this first, because importing `stats` takes longer than reading a small capture.
    """
    run = analyzer._latest
    return isinstance(run, Run) and run.left_out


def batches_through(
    analyzer: Analyzer,
    source: Capture | Iterable[Capture],
    through: Through,
    *,
    workers: int = 1,
    cancel: Cancel | None = None,
    on_error: OnError | None = None,
) -> Results[Batch]:
    """`Analyzer.batches` over the sources that `through` makes from each source.

    The batches of one such source are complete before `through` is asked for the next source.
    """
    inputs = inputs_of(source)
    run = analyzer._new_run(workers, cancel)
    found = analyzer._read(inputs, run, cancel, on_error, _column_rows(workers), Event(), through)
    return batches_of(found, named(item.name for item in inputs))


def _column_rows(workers: int) -> int:
    return BATCH_ROWS if workers == 1 else SHARED_ROWS


def _compiled(filter: conditions_types.FilterConfig | None) -> CData | None:
    return None if filter is None else conditions_types.compile_filter(filter)
