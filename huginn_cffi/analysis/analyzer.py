"""The analyzer: captures and packets in, results or columns out."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import copy
from datetime import datetime
from threading import Event
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import lib
from huginn_cffi.analysis.result_iterators import Batches, Results, UnreadBatches, named
from huginn_cffi.base import arguments
from huginn_cffi.base.arguments import Cancel
from huginn_cffi.base.errors import CaptureError, HuginnError
from huginn_cffi.base.handles import CData, opened
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import ABSENT_S, MAX_CONNECTIONS, MAX_HOSTS, MAX_INVENTORY, MAX_STREAM_BYTES
from huginn_cffi.base.names import EVENT_PROTOCOLS, PROTOCOLS, EventName, ProtocolName
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.engine.batch import Batch
from huginn_cffi.engine.run import Run
from huginn_cffi.engine.settings import HTTP_MESSAGES, DeviceNews, HttpMessages, Settings
from huginn_cffi.inputs.opening import Capture, Input
from huginn_cffi.inputs.packets import Packet, chunks
from huginn_cffi.inputs.searching import inputs_of

if TYPE_CHECKING:
    from huginn_cffi.analysis import watching as watching_types
    from huginn_cffi.base import times
    from huginn_cffi.capture import opening as opening_types
    from huginn_cffi.capture import sensor as sensor_types
    from huginn_cffi.engine import stats as stats_types
    from huginn_cffi.filters import bpf as bpf_types
    from huginn_cffi.filters import conditions as conditions_types
    from huginn_cffi.hosts import table as table_types
    from huginn_cffi.results import results as results_types
else:
    watching_types = Later("huginn_cffi.analysis.watching")
    times = Later("huginn_cffi.base.times")
    opening_types = Later("huginn_cffi.capture.opening")
    sensor_types = Later("huginn_cffi.capture.sensor")
    stats_types = Later("huginn_cffi.engine.stats")
    bpf_types = Later("huginn_cffi.filters.bpf")
    conditions_types = Later("huginn_cffi.filters.conditions")
    table_types = Later("huginn_cffi.hosts.table")
    results_types = Later("huginn_cffi.results.results")

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


class Analyzer:
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
      of sweeps leave out routers. Then there are batches without events. `host_table` does this unless
      `protocols` are chosen.
    - `left_out`: `stats.left_out` names what packets held that were not analysed.
    - `hash_key` (0 to 2**64 - 1): the key of the hash tables for flows and hosts. It is random by default, so
      that no sender can force collisions; results never depend on it.

    Each call starts with its own empty tracker. Calls may overlap, also in several threads; two threads must
    not advance one iterator at the same time (Python refuses it). An iterator's ``stats`` has the counters of
    its call, `stats` those of the latest call. Wrong arguments raise `TypeError`, `ValueError` or
    `FilterError`; `bpf` without libpcap raises `LibpcapError`.

    An analyzer is a context manager. After `close`, calls and running iterators raise `HuginnError`.
    """

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
        hash_key: int | None = None,
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
            hash_key=None
            if hash_key is None
            else arguments.whole("hash_key", hash_key, 0, arguments.MAX_U64),
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

    @property
    def captures(self) -> tuple[stats_types.ReadCapture, ...]:
        """The captures that the latest call has read so far, in order, with their packet numbers."""
        run = self._latest
        if not isinstance(run, Run):
            return ()
        ends = [before for _, before in run.captures[1:]] + [run.packets]
        return tuple(
            stats_types.ReadCapture(name, before + 1, end - before, at in run.out_of_order)
            for at, ((name, before), end) in enumerate(zip(run.captures, ends, strict=False))
        )

    def analyze_pcap(
        self,
        source: Capture | Iterable[Capture],
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
    ) -> Results:
        """Results of a capture, one for each packet that showed something.

        `source` is a path, an address for fsspec such as ``s3://bucket/day.pcap`` (extra
        ``huginn-cffi[urls]``), a binary file object (read from its position), a capture in memory (bytes,
        memoryview, mmap), or several of these. The path "-" is standard input. A folder stands for all
        captures in it and below, a name with ``*``, ``?`` or ``[`` for all its matches (``**`` includes
        folders below) unless it is a file; both in the order of their first packets. Several sources are read
        as one stream: packet numbers continue, and a connection may begin in one source and end in another.
        Each may be compressed with gzip, xz, bzip2, zstd or lz4 (the last two: extra
        ``huginn-cffi[compression]``).

        If other programs may change a file, pass its path: when a mapped file is cut short, the system
        kills the process (SIGBUS), which no reader can prevent.

        `workers` threads (1 to 64) share the work; results do not depend on their number. `cancel` (any
        object with ``is_set()``) ends the reading within 0.1 s; packets read until then give results.

        A capture that is missing, damaged or not a capture raises `CaptureError` after the results
        before the damage. With `on_error`, this function gets the error instead, and reading continues
        with the next capture. `ValueError` without a source or with `workers` out of range.
        """
        inputs = inputs_of(source)
        found = self._read(inputs, self._new_run(workers, cancel), cancel, on_error, BATCH_ROWS)
        return Results(found, named(item.name for item in inputs), self._results)

    def batches(
        self,
        source: Capture | Iterable[Capture],
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
    ) -> Batches:
        """The same as columns: batches of events, never empty. Arguments as in `analyze_pcap`."""
        inputs = inputs_of(source)
        found = self._read(inputs, self._new_run(workers, cancel), cancel, on_error, _column_rows(workers))
        return Batches(found, named(item.name for item in inputs))

    def host_table(
        self,
        source: Capture | Iterable[Capture],
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        on_error: OnError | None = None,
        max_inventory: int = MAX_INVENTORY,
    ) -> table_types.HostTable:
        """One conclusion per host, from all its packets: an iterable of `HostRecord`, and a table.

        It reads what ``huginn hosts`` reads: segments and, unless `protocols` were chosen, all protocols and
        senders. All of `source` is read before the call returns. The first `max_inventory` hosts are kept;
        ``left_out`` of the table counts packets from other hosts. The other arguments and the exceptions are
        as in `analyze_pcap`.
        """
        limit = arguments.whole("max_inventory", max_inventory, 1, arguments.MAX_U32)
        inputs = inputs_of(source)
        run = self._new_run(workers, cancel, self._settings.for_hosts())
        unread = self._read(inputs, run, cancel, on_error, _column_rows(workers))
        found = Batches(unread, named(item.name for item in inputs))
        return table_types.table_of(
            found, named(item.name for item in inputs), self.database, limit, host_names=self.host_names
        )

    def analyze_packets(
        self,
        packets: Iterable[Packet],
        *,
        linktype: int = arguments.LINKTYPE_RAW,
        cancel: Cancel | None = None,
    ) -> Results:
        """Results of packets in memory: pairs of capture time (ns since the epoch) and bytes.

        `linktype` is the LINKTYPE_ number of all packets; 101 means that they begin with the IP
        header. `packets` may be endless: results come as packets do. A wrong pair raises
        `TypeError` or `ValueError` after the results of all packets before it.
        """
        number = arguments.linktype(linktype)
        if not isinstance(packets, Iterable):
            kind = type(packets).__name__
            raise TypeError(f"packets must be an iterable of pairs (time_ns, data), not {kind}")
        run, over = self._new_run(1, cancel), Event()
        found = UnreadBatches(
            _finished(run, self._packet_batches(packets, number, run, _Stop(self, cancel, over).is_set)),
            run.stats,
            over,
        )
        return Results(found, "packets", self._results)

    def analyze_network(
        self,
        interface: str,
        *,
        workers: int = 1,
        cancel: Cancel | None = None,
        promiscuous: bool = False,
    ) -> Results:
        """Results from an interface ("eth0"; on Linux "any" means all), as packets arrive.

        The capture begins with the call. It ends when the iterator is closed, or within 0.2 s
        of `cancel` (any object with ``is_set()``) being set, also on an idle interface; packets
        captured until then give results first. Each of `workers` threads (1 to 64) gets a share
        of the packets. `promiscuous` also captures packets for other hosts. `stats.interface`
        has the kernel's counters. On an event loop a thread opens the interface, and errors come with the
        first step.

        Raises `LibpcapError` without libpcap, and `CaptureError` with ``errno`` set if the interface
        is unknown (ENODEV), not permitted (EPERM) or down (ENETDOWN), or later goes down or away;
        then the results of all earlier packets come first.
        """
        found = self._live(interface, workers, cancel, promiscuous)
        return Results(found, interface, self._results)

    def watch(self, interface: str, *, events: Iterable[EventName] | None = None) -> watching_types.Watch:
        """The events from an interface ("eth0"; on Linux "any" means all) from this call on.

        ``for event in analyzer.watch("eth0")``, or ``async for event in analyzer.watch("eth0")`` on an event
        loop, gives results as `analyze_pcap` does. `events` selects kinds by name, such as "syn" or
        "http_request", and reports those that an analyzer reports only on request ("host_change",
        "ip_sharing", "finding", "segments", "device_change", and protocols such as "arp").

        `ValueError` for an unknown kind or an empty list, `TypeError` for a string in place of a list;
        otherwise raises as `analyze_network` does, also later, when the interface disappears.
        """
        self._check_open()
        watching = copy(self)
        watching._settings, kinds = watching_types.reporting(self._settings, events)
        return watching_types.Watch(
            lambda: watching.sensor(interface), lambda over: _Stop(self, None, over), kinds
        )

    def sensor(
        self,
        interface: str,
        *,
        workers: int = 1,
        options: opening_types.CaptureOptions | None = None,
        wait: bool = False,
        on_change: Callable[[str], object] | None = None,
    ) -> sensor_types.Sensor:
        """A capture on an interface that begins now and runs until it is closed.

        On Linux the kernel gives each of `workers` a share of the packets. With `wait` the sensor waits
        for a missing interface, at the start and whenever it disappears, and calls `on_change` with a
        line about it. Raises as `analyze_network` does.
        """
        self._check_open()
        made = sensor_types.Sensor(
            self._settings,
            self._database,
            opening_types.check_interface(interface),
            opening_types.CaptureOptions() if options is None else options,
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

    def _live(self, interface: str, workers: int, cancel: Cancel | None, promiscuous: bool) -> UnreadBatches:
        arguments.check_cancel(cancel)
        options = opening_types.CaptureOptions(promiscuous=arguments.flag("promiscuous", promiscuous))
        opening, over = (
            watching_types.Opening(lambda: self.sensor(interface, workers=workers, options=options)),
            Event(),
        )
        return UnreadBatches(opening.batches(_Stop(self, cancel, over)), opening.stats, over, opening.sensor)

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
        through: Through = lambda source, packets_before: nullcontext((source,)),
    ) -> UnreadBatches:
        arguments.check_function("on_error", on_error)
        over = Event()
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
        self, packets: Iterable[Packet], linktype: int, run: Run, stop: Callable[[], bool]
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


def watch(
    interface: str,
    *,
    events: Iterable[EventName] | None = None,
    database: Database | Default | None = DEFAULT,
    filter: conditions_types.FilterConfig | None = None,
    bpf: str | None = None,
    protocols: Iterable[ProtocolName] = EVENT_PROTOCOLS,
    host_names: bool = False,
) -> watching_types.Watch:
    """The events from an interface ("eth0"; on Linux "any" means all) from this call on.

    The short form of `Analyzer.watch`; the other arguments are those of `Analyzer`, which has more of them.
    Raises as these do: `ValueError` for an unknown kind, `TypeError` for a string in place of a list.
    """
    analyzer = Analyzer(database, filter=filter, bpf=bpf, protocols=protocols, host_names=host_names)
    return analyzer.watch(interface, events=events)


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
) -> Batches:
    """`Analyzer.batches` over the sources that `through` makes from each source.

    The batches of one such source are complete before `through` is asked for the next source.
    """
    inputs = inputs_of(source)
    run = analyzer._new_run(workers, cancel)
    found = analyzer._read(inputs, run, cancel, on_error, _column_rows(workers), through)
    return Batches(found, named(item.name for item in inputs))


def _column_rows(workers: int) -> int:
    return BATCH_ROWS if workers == 1 else SHARED_ROWS


def _compiled(filter: conditions_types.FilterConfig | None) -> CData | None:
    return None if filter is None else conditions_types.compile_filter(filter)
