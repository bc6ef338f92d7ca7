"""An archive: many captures that are analysed as one stream."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Literal

import dask
import dask.dataframe as dd
import pandas as pd
import pyarrow as pa
from dask.delayed import Delayed
from dask.utils import parse_bytes

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import BATCH_ROWS, MAX_PACKETS
from huginn_cffi.applications.dask import reduction
from huginn_cffi.applications.dask.reduction import AnalyzerPlan, CapturePlace, PlacePiece, ReducedPiece
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.base.handles import opened
from huginn_cffi.base.limits import MAX_CONNECTIONS, MAX_HOSTS, MAX_INVENTORY, MAX_STREAM_BYTES
from huginn_cffi.base.names import EVENT_PROTOCOLS
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.filters.conditions import FilterConfig
from huginn_cffi.formats.arrow import batch_table
from huginn_cffi.formats.hosts import reader
from huginn_cffi.hosts.table import HostTable, table_of
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.moving import cells_of, filled, joined
from huginn_cffi.run.reduced import point
from huginn_cffi.run.run import Run
from huginn_cffi.run.stats import Stats


@dataclass(slots=True)
class Events(reduction.PackedColumns):
    """``count`` events of one capture, as columns: the ordered pass has no time to make tables.

    ``later`` follow them, of any capture, after the last piece.
    """

    capture: str = ""
    count: int = 0
    later: tuple[Events, ...] = ()


def packed(capture: str, batches: Iterable[Batch]) -> Events:
    """The events of batches. Columns are joined before compression, which makes them smaller."""
    cells = joined(cells_of(batch, 0, len(batch)) for batch in batches)
    columns = {name: reduction.pack(data) for name, data in cells.items()}
    return Events(capture, len(cells["event"]), columns=columns)


def batch_of(events: Events, database: Database | None) -> Batch:
    """The events as a batch again."""
    cells = events.unpacked()
    return filled(Batch, cells, database, events.capture) if cells else Batch(1, database, events.capture)


def archive_table(batch: Batch) -> pa.Table:
    """The columns of `Batch.to_arrow`, and ``capture``; texts are not dictionary-encoded."""
    table = batch_table(batch)
    columns = {}
    for name in table.column_names:
        column = table[name]
        words = pa.types.is_dictionary(column.type)
        columns[name] = column.cast(column.type.value_type) if words else column
    if "capture" not in columns:
        columns["capture"] = pa.repeat(pa.scalar(batch.capture, pa.string()), table.num_rows)
    return pa.table(columns)


@dataclass(frozen=True, slots=True)
class OrderState:
    """The state that the next piece needs.

    ``memory`` is the core's state of flows and hosts, compressed. ``stats`` count everything so far;
    ``trouble`` lists the errors that ended captures early. Of the current capture, ``packets`` were read, and
    the next record begins at ``next``; a ``damaged`` capture is read no further. ``captures`` has
    the captures begun so far, as in `Run`.
    """

    memory: reduction.Packed | None = None
    stats: Stats = field(default_factory=Stats)
    trouble: tuple[CaptureError, ...] = ()
    packets: int = 0
    next: int | None = None
    damaged: bool = False
    captures: tuple[tuple[str, int], ...] = ()


def advance(
    state: OrderState | None, piece: PlacePiece, reduced: ReducedPiece, plan: AnalyzerPlan, ends: bool
) -> tuple[OrderState, Events]:
    """Take a piece through the ordered pass; return the state for the next piece, and the events.

    `ends`: no other piece follows.
    """
    state = state or OrderState()
    if piece.first:
        begun = (*state.captures, (piece.place.name, state.stats.packets))
        state = replace(state, packets=0, next=piece.start, damaged=False, captures=begun)
    events = Events(piece.place.name)
    is_over = state.damaged or (piece.end is not None and state.next is not None and state.next >= piece.end)
    if is_over and not ends:
        return state, events
    if not is_over and reduced.start != state.next:
        # The search within the capture found a wrong start; now the true start of a record is known.
        assert state.next is not None
        reduced = reduction.reduce_piece(replace(piece, start=state.next, exact=True), plan)
    # `bpf` has already removed packets. The filter runs again, since a hello may show who is the client.
    run = Run(plan.settings._replace(bpf=None), plan.database)
    if state.memory is not None:
        run.load(reduction.unpack(state.memory))
    run.captures = list(state.captures)
    if not is_over:
        events = _events(run, reduced, piece)
    if ends:
        last = (packed(batch.capture, [batch]) for batch in run.finish(capacity=BATCH_ROWS))
        events = replace(events, later=tuple(last))
    if is_over:
        return replace(state, stats=state.stats + run.stats()), events
    return _after(state, reduced, run), events


def _events(run: Run, reduced: ReducedPiece, piece: PlacePiece) -> Events:
    native, name = ffi.new("hg_reduction *"), piece.place.name
    memory = {column: ffi.from_buffer("uint8_t[]", data) for column, data in reduced.unpacked().items()}
    point(native, memory)
    native.count = native.capacity = reduced.kept
    native.packets = reduced.stats.packets
    native.byte_count = native.byte_capacity = len(memory["bytes"])
    with opened(lib.hg_source_open_reduced, native) as source:  # the source refers to all these objects
        batches = run.batches(source, name, capacity=BATCH_ROWS, max_packets=MAX_PACKETS, stop=lambda: False)
        return packed(name, batches)


def _after(state: OrderState, reduced: ReducedPiece, run: Run) -> OrderState:
    # The run saw only packets that the reducer kept; only the reducer knows the total number.
    read = reduced.stats
    known = {name: getattr(read, name) for name in ("packets", "bytes", "analysed", "drops")}
    # Both count cut packets: the reducer those that it dropped, the run those of connections.
    cut = run.stats() + Stats(packets_cut=read.packets_cut, cut_at=read.cut_at)
    stats = replace(cut, **known, unsupported_linktypes=read.unsupported_linktypes)
    trouble = state.trouble
    if reduced.damage is not None:
        trouble = (*trouble, _placed(reduced.damage, state, reduced))
    together = state.stats + stats
    named = together.unsupported_linktypes[: lib.HG_NAMED_LINKTYPES]
    total = replace(together, unsupported_linktypes=named)
    place = (state.packets + read.packets, reduced.next, reduced.damage is not None)
    return OrderState(reduction.pack(run.save()), total, trouble, *place, state.captures)


def _placed(error: CaptureError, state: OrderState, reduced: ReducedPiece) -> CaptureError:
    """The error of a damaged slice, with its position in the whole capture."""
    if not reduced.start or not error.record or not state.packets:
        return error
    record, offset = error.record + state.packets, error.offset + reduced.start - reduction.PCAP_HEADER
    here = f"record {error.record}, byte offset {error.offset}"
    message = str(error).replace(here, f"record {record}, byte offset {offset}")
    return reduction.changed(error, message, record=record, offset=offset)


Order = Literal["time", "given"]
OnError = Literal["raise", "keep"]

BLOCK_BYTES = "64 MiB"


class Archive:
    """Captures that Dask analyses as one stream; the number of workers does not affect the results.

    `source` is one or several addresses for fsspec (``/data/2026``, ``s3://bucket/*.pcap``); a folder
    stands for all files below it. `storage_options` are passed to fsspec. A plain pcap larger than
    `blocksize` is cut into slices of whole records; other captures are read whole. With `order` "time",
    captures are sorted by the time of their first TCP packet, captures without one last; with "given"
    they keep the given order, folders and patterns by name.

    The other arguments are as in `Analyzer`, except that `bpf` must be a string. The events are the same
    as from ``Analyzer(…).batches(archive.captures)``, in the same order.

    A damaged or invalid capture raises `CaptureError` when results are computed. With `on_error` "keep",
    everything before the damage is kept, and `trouble` lists the errors.

    The constructor opens the captures: `CaptureError` if an address names none; wrong arguments
    raise as in `Analyzer`.
    """

    def __init__(
        self,
        source: str | Iterable[str],
        *,
        storage_options: Mapping[str, Any] | None = None,
        blocksize: int | str = BLOCK_BYTES,
        order: Order = "time",
        on_error: OnError = "raise",
        database: Database | Default | None = DEFAULT,
        max_connections: int = MAX_CONNECTIONS,
        max_hosts: int = MAX_HOSTS,
        filter: FilterConfig | None = None,
        uptime: bool = True,
        decapsulate: bool = True,
        bpf: str | None = None,
        protocols: Iterable[str] = EVENT_PROTOCOLS,
        max_stream_bytes: int = MAX_STREAM_BYTES,
        http: str = "first",
        http_paths: bool = False,
        host_names: bool = False,
        http_values: bool = False,
        segments: bool = False,
    ) -> None:
        if order not in ("time", "given") or on_error not in ("raise", "keep"):
            raise ValueError('order is "time" or "given", on_error "raise" or "keep"')
        options = {
            "max_connections": max_connections,
            "max_hosts": max_hosts,
            "uptime": uptime,
            "decapsulate": decapsulate,
            "filter": filter,
            "bpf": bpf,
            "protocols": tuple(protocols),
            "max_stream_bytes": max_stream_bytes,
            "http": http,
            "http_paths": http_paths,
            "host_names": host_names,
            "http_values": http_values,
            "segments": segments,
        }
        self._plan = AnalyzerPlan(resolve(database), options)
        self._plan.settings  # noqa: B018 - raises errors here and not in a worker
        self._keeps = on_error == "keep"
        places = reduction.places_of(source, storage_options)
        self._places = self._by_time(places) if order == "time" and len(places) > 1 else places
        size = parse_bytes(blocksize)
        if size < 1:
            raise ValueError("blocksize must be at least one byte")
        self.pieces: tuple[PlacePiece, ...] = tuple(
            piece for place in self._places for piece in reduction.pieces_of(place, size)
        )
        """The parts that are read separately; each gives a partition of `events`."""
        self._name = f"archive-{uuid.uuid4().hex}"
        self._graph: dict[Any, Any] = {}

    def _by_time(self, places: list[CapturePlace]) -> list[CapturePlace]:
        plan = dask.delayed(self._plan, traverse=False)  # once, not in every task
        looks = [dask.delayed(reduction.first_time_ns)(place, plan) for place in places]
        times = dask.compute(*looks)
        order = sorted(range(len(places)), key=lambda at: (times[at] is None, times[at] or 0, at))
        return [places[at] for at in order]

    @property
    def captures(self) -> list[str]:
        """The captures' addresses in order; local files as paths."""
        return [place.name for place in self._places]

    def events(self) -> dd.DataFrame:
        """One row per event and one partition per piece, in order.

        The columns are as in `Batch.to_arrow`, plus ``capture``; all have Arrow types.
        """
        keys = [(self._name, "frame", number) for number in range(len(self.pieces))]
        meta, divisions = _frame(Events(), self._plan), (None,) * (len(keys) + 1)
        return dd.from_graph(self._tasks(), meta, divisions, keys, "events")

    def hosts(self, max_inventory: int = MAX_INVENTORY) -> pd.DataFrame | Any:
        """One row per sending address, in order of first appearance: a `dask.dataframe.DataFrame`.

        It has one partition. The columns are as in `HostTable`, and the values as from one run over all
        captures. The first `max_inventory` addresses have a row; a `UserWarning` reports packets from
        others. With `on_error` "keep", packets before the damage in a capture count.
        """
        limit = arguments.whole("max_inventory", max_inventory, 1, arguments.MAX_U32)
        frame = dask.delayed(_frame_of, traverse=False)(self.pieces, self._plan, limit, self._keeps)
        return dd.from_delayed([frame], meta=_host_frame(table_of((), "nothing", None, 1)), verify_meta=False)

    def stats(self) -> Stats:
        """The counters of the whole archive, without `files_out_of_order` and `steps_back`.

        This triggers the computation.
        """
        return self._last_state().stats

    def trouble(self) -> list[CaptureError]:
        """The errors of captures that could not be read completely. This triggers the computation."""
        return list(self._last_state().trouble)

    def _last_state(self) -> OrderState:
        found: OrderState = Delayed((self._name, "state", len(self.pieces) - 1), self._tasks()).compute()
        return found

    def _tasks(self) -> dict[Any, Any]:
        """Dask's graph, made once: the steps for each piece, and its frame.

        All pieces share one graph: a separate delayed call per piece would include all earlier calls.
        """
        if not self._graph:
            plan = (self._name, "plan")
            self._graph[plan] = self._plan  # once, not in every task
            for number, piece in enumerate(self.pieces):
                reduced, step, state, frame = (
                    (self._name, part, number) for part in ("reduced", "step", "state", "frame")
                )
                before = (self._name, "state", number - 1) if number else None
                # This part runs in parallel on any worker.
                self._graph[reduced] = (reduction.reduce_piece, piece, plan)
                self._graph[step] = (advance, before, piece, reduced, plan, number == len(self.pieces) - 1)
                self._graph[state] = (itemgetter(0), step)
                self._graph[frame] = (_step_frame, step, plan, self._keeps)
        return self._graph

    def __repr__(self) -> str:
        return f"<Archive of {len(self._places)} captures in {len(self.pieces)} pieces>"


def _step_frame(step: tuple[OrderState, Events], plan: AnalyzerPlan, keeps: bool) -> pd.DataFrame:
    state, events = step
    if state.trouble and not keeps:
        raise state.trouble[0]
    return _frame(events, plan)


def _frame(events: Events, plan: AnalyzerPlan) -> pd.DataFrame:
    tables = [archive_table(batch_of(one, plan.database)) for one in (events, *events.later)]
    table = pa.concat_tables(tables)
    return table.to_pandas(types_mapper=pd.ArrowDtype)


def _frame_of(
    pieces: Sequence[PlacePiece], plan: AnalyzerPlan, max_inventory: int, keeps: bool
) -> pd.DataFrame:
    found = table_of(_batches(pieces, plan, keeps), "an archive", plan.database, max_inventory)
    if found.left_out:
        words = f"{found.left_out} packets left out, beyond the first {len(found)} hosts"
        warnings.warn(f"{words}; a larger max_inventory takes them in", stacklevel=2)
    return _host_frame(found)


def _batches(pieces: Sequence[PlacePiece], plan: AnalyzerPlan, keeps: bool) -> Iterator[Batch]:
    """The events, piece by piece, so that memory does not grow with the archive."""
    state: OrderState | None = None
    for piece in pieces:
        ends = piece is pieces[-1]
        state, events = advance(state, piece, reduction.reduce_piece(piece, plan), plan, ends)
        if state.trouble and not keeps:
            raise state.trouble[0]
        for one in (events, *events.later):
            if one.count:
                yield batch_of(one, plan.database)


def _host_frame(found: HostTable) -> pd.DataFrame:
    frame: pd.DataFrame = reader(found.pieces()).read_all().to_pandas(types_mapper=pd.ArrowDtype)
    return frame
