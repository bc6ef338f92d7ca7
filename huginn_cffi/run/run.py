"""One run: an engine with an empty tracker, fed from one source after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import LINKTYPE_RAW
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, handle_of, made
from huginn_cffi.base.limits import CHANGES_INVENTORY
from huginn_cffi.base.names import DROPS, ProtocolName
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.changes import Changes
from huginn_cffi.run.heads import times_of
from huginn_cffi.run.settings import Settings, engine_config

if TYPE_CHECKING:
    from huginn_cffi.run.opened import OpenDatabase
    from huginn_cffi.run.stats import Stats


_UNKNOWN, ENDED = -(2**63), 2**63 - 1
"""The time of a capture: not known, and at its end."""

_ALL = 2**64 - 1
"""The number of no packet: all have a smaller one."""

_GOES_ON = (lib.HG_OK, lib.HG_PAUSED)
"""A call of the core returned one of these: the source has more packets."""


def changes_for(settings: Settings, database: OpenDatabase | None) -> Changes | None:
    """Reports the requested changes, findings and news about devices; ``None`` if none is requested."""
    keeps_all = settings.findings or settings.news is not None
    if not (settings.changes or keeps_all):
        return None
    found = Changes(database, CHANGES_INVENTORY, live=True, only_changes=not keeps_all)
    if settings.findings:
        found.report_findings()
    if settings.news is not None:
        found.watch(settings.news)
    return found


class CoreRun:
    """The core's run: the batches that an engine or a sensor fills, with the rows that hosts insert."""

    def __init__(self, config: CData) -> None:
        self.handle: CData = made("hg_run", lib.hg_run_new, config)
        self._batch: CData = ffi.new("hg_batch **")
        self._error: CData = ffi.new("hg_error *")

    def room(self, rows: int) -> CData:
        """The ``hg_batch *`` to fill."""
        check(lib.hg_run_room(self.handle, rows, self._batch, self._error), self._error)
        return self._batch[0]

    def next(self, engine: CData, source: CData, rows: int, max_packets: int, error: CData) -> int:
        """Make room for `rows`, fill it and add its rows to the hosts; returns the core's status."""
        return int(lib.hg_run_next(self.handle, engine, source, rows, max_packets, self._batch, error))

    def finish(self, engine: CData, rows: int, until: int, error: CData) -> int:
        """As `next`, with the data that still wait for an acknowledgement (``hg_engine_finish``)."""
        return int(lib.hg_run_finish(self.handle, engine, rows, until, self._batch, error))

    def filled(self, now_ns: int = _UNKNOWN) -> None:
        """Add the rows to the hosts, for callers that do not use `next`. `now_ns`: as in ``hg_run_rows``."""
        check(lib.hg_run_rows(self.handle, now_ns, self._batch, self._error), self._error)

    def taken(self, database: OpenDatabase | None, name: str, packets_before: int = 0) -> Batch | None:
        """The rows that were read and those that hosts inserted; ``None``: nothing was read."""
        if not (found := lib.hg_run_take(self.handle)):
            return None
        native = ffi.gc(found, lib.hg_batch_free)
        return Batch(found.capacity, database, name, packets_before, native=native)


class Run:
    """An engine and its batches. Used by one thread at a time."""

    def __init__(self, settings: Settings, database: OpenDatabase | None, workers: int = 1) -> None:
        config = engine_config(settings, workers)
        config.pauses = True
        self._engine = made("hg_engine", lib.hg_engine_new, config, handle_of(database))
        self._run = CoreRun(config)
        self._error: CData = ffi.new("hg_error *")
        self._stats: CData = ffi.new("hg_stats *")
        self.workers = workers
        self.database = database
        """Held because the engine borrows it; the settings hold the filter for the same reason."""
        self._settings = settings
        self._changes = changes_for(settings, database)
        if self._changes is not None:
            self._changes.report_to(self._run.handle, database)
        self.captures: list[tuple[str, int]] = []
        """The captures begun so far: names, and the number of packets read before each."""
        self.out_of_order: set[int] = set()
        """Which of them begin before the capture read before them ended."""
        self._lost = ffi.new("hg_outside *")
        self._ended_ns: int | None = None
        self.settled: bool = True
        """False while the core may still hold packets of a source: no other source may follow then."""
        self.paused: bool = False
        """True while packets that `stats` already counts wait in the core."""

    def end(self) -> None:
        """The source to read is the last."""
        if self._changes is not None:
            self._changes.end()

    def batches(
        self,
        source: CData,
        name: str,
        *,
        capacity: int,
        max_packets: int,
        stop: Callable[[], bool],
        packets_before: int = 0,
    ) -> Iterator[Batch]:
        """All events of `source`, in batches. A batch without rows only reports completed connections.

        `packets_before`: packets read before the capture `name` began.

        `stop` is checked before each call of the core, which reads at most `max_packets`. If the source is
        damaged, the events before the damage come first, then `CaptureError` is raised.
        """
        with ExitStack() as stack:
            for wanted in (self._settings.span, self._settings.bpf):
                if wanted is not None:
                    source = stack.enter_context(wanted.applied(source))
            stopped = stop()
            while not stopped:
                self.settled = False
                status = self._run.next(self._engine, source, capacity, max_packets, self._error)
                self.settled = status not in _GOES_ON
                self.paused = status == lib.HG_PAUSED
                self._count()
                if self.paused:
                    if not (stopped := stop()):
                        continue
                    self._run.filled()
                    self._count()
                batch = self._run.taken(self.database, name, packets_before)
                if batch is not None:
                    yield batch
                    batch = None  # the caller decides how long it lives
                if self.settled:
                    check(status, self._error, subject=name)
                    return
                stopped = stopped or stop()

    def finish(self, *, capacity: int) -> Iterator[Batch]:
        """The events of data that no packet acknowledged before the end of the captures, in batches."""
        ends = [before for _, before in self.captures[1:]] + [_ALL]
        for (name, before), until in zip(self.captures, ends, strict=False):
            status = lib.HG_OK
            while status == lib.HG_OK:
                status = check(self._run.finish(self._engine, capacity, until, self._error), self._error)
                self._count()
                if (batch := self._run.taken(self.database, name, before)) is not None:
                    yield batch

    def _count(self) -> None:
        """Read the counters of the engine, and those of the hosts."""
        self._stats[0] = lib.hg_engine_stats(self._engine)[0]
        if self._changes is not None:
            self._changes.count(self._stats)

    def note_end(self, source: CData) -> None:
        """Note what the latest capture lost, and compare its times with the one before it."""
        lib.hg_source_add_losses(source, self._lost)
        if (times := times_of(source)) is not None:
            if self._ended_ns is not None and times[0] < self._ended_ns:
                self.out_of_order.add(len(self.captures) - 1)
            self._ended_ns = times[1]

    def save(self) -> bytes:
        """The state of flows and hosts, for another run with the same settings and hash key."""
        out = ffi.new("uint8_t[]", lib.hg_engine_save(self._engine, ffi.NULL))
        lib.hg_engine_save(self._engine, out)
        return bytes(ffi.buffer(out))

    def load(self, state: bytes) -> None:
        """Restore a saved state. `ValueError` if the bytes are damaged or were saved with other settings."""
        memory = ffi.from_buffer("uint8_t[]", state)
        check(lib.hg_engine_load(self._engine, memory, len(memory), self._error), self._error)

    @property
    def packets(self) -> int:
        """Packets read up to the latest call of the core."""
        return int(self._stats.packets)

    def stats(self) -> Stats:
        """The counters after the latest call of the core."""
        from dataclasses import replace

        from huginn_cffi.run.stats import stats_of

        found = replace(
            stats_of(self._stats),
            files_out_of_order=len(self.out_of_order),
            lost_before=self._lost.lost,
            steps_back=self._lost.back,
        )
        if not self._settings.left_out:
            return found
        from huginn_cffi.run.left_out import left_out

        return replace(found, left_out=left_out(lib.hg_engine_left_out, self._engine))

    @property
    def left_out(self) -> bool:
        """Whether packets were left out unintentionally; `stats` has the counters."""
        stats = self._stats
        unread = stats.drops[lib.HG_DROP_UNSUPPORTED_LINKTYPE] or stats.quic_not_decrypted
        return bool(unread or self.out_of_order)


_FOR_FEW_PACKETS = Settings(max_connections=1, max_hosts=1, uptime=False)


class PacketReader:
    """An engine for a few packets at a time. It is reused: creating one takes 100 times as long."""

    def __init__(self, database: OpenDatabase | None, protocols: tuple[ProtocolName, ...] = ("tcp",)) -> None:
        config = engine_config(_FOR_FEW_PACKETS._replace(protocols=protocols), 1)
        self._engine = made("hg_engine", lib.hg_engine_new, config, handle_of(database))
        self._database = database  # the engine borrows it
        self._source = ffi.new("hg_source **")
        self._error = ffi.new("hg_error *")
        self._offsets = ffi.new("uint64_t[2]")
        self._time = ffi.new("int64_t *")

    def read(self, packet: CData, batch: Batch, linktype: int = LINKTYPE_RAW) -> str | None:
        """Put the events of the packet into `batch`. Returns why it was dropped, if it was."""
        self._offsets[1] = len(packet)
        self._run(packet, self._offsets, self._time, 1, batch, linktype)
        stats = lib.hg_engine_stats(self._engine)
        if stats.analysed:
            return None
        return DROPS[list(stats.drops[lib.HG_DROP_NONE + 1 : lib.HG_DROP_KINDS]).index(1)]

    def read_all(self, packets: Sequence[bytes], time_ns: int, batch: Batch) -> None:
        """Put the events of these packets into `batch`, which must have room for all."""
        offsets = ffi.new("uint64_t[]", [0, *accumulate(map(len, packets))])
        times = ffi.new("int64_t[]", [time_ns] * len(packets))
        self._run(ffi.from_buffer("uint8_t[]", b"".join(packets)), offsets, times, len(packets), batch)

    def _run(
        self,
        packets: CData,
        offsets: CData,
        times: CData,
        count: int,
        batch: Batch,
        linktype: int = LINKTYPE_RAW,
    ) -> None:
        source, error = self._source, self._error
        lib.hg_engine_reset(self._engine)
        opened = lib.hg_source_open_packets(packets, offsets, times, count, linktype, source, error)
        check(opened, error)
        try:
            check(lib.hg_engine_run(self._engine, source[0], batch._native, count, error), error)
        finally:
            lib.hg_source_free(source[0])
        batch._written()


@lru_cache(maxsize=8)
def _idle(database: OpenDatabase | None, protocols: tuple[ProtocolName, ...]) -> list[PacketReader]:
    """Idle readers of a database. They are kept for the last few databases."""
    return []


@contextmanager
def packet_reader(
    database: OpenDatabase | None, protocols: tuple[ProtocolName, ...] = ("tcp",)
) -> Iterator[PacketReader]:
    """Borrow an idle reader, or create one. No other thread or signal handler uses it meanwhile."""
    idle = _idle(database, protocols)
    try:
        reader = idle.pop()
    except IndexError:
        reader = PacketReader(database, protocols)
    yield reader
    idle.append(reader)
