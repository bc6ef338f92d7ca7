"""The ordered pass: reduced pieces in the order of the archive, each with what was remembered before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import BATCH_ROWS, MAX_PACKETS
from huginn_cffi.applications.dask.events import Events, Packed, pack, packed, unpack
from huginn_cffi.applications.dask.reduction import (
    PCAP_HEADER,
    AnalyzerPlan,
    PlacePiece,
    ReducedPiece,
    reduce_piece,
)
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.base.handles import CData, opened
from huginn_cffi.engine.reduced import point
from huginn_cffi.engine.run import Run
from huginn_cffi.engine.stats import Stats


@dataclass(frozen=True, slots=True)
class OrderState:
    """What the next piece has to know.

    ``memory`` is what the core remembers of flows and hosts, compressed. ``stats`` count
    everything so far, ``trouble`` is what ended captures too early. Of the capture that is being
    read ``packets`` were read, its next record begins at ``next``, and it may be ``damaged``.
    """

    memory: Packed | None = None
    stats: Stats = field(default_factory=Stats)
    trouble: tuple[CaptureError, ...] = ()
    packets: int = 0
    next: int | None = None
    damaged: bool = False


def advance(
    state: OrderState | None, piece: PlacePiece, reduced: ReducedPiece, plan: AnalyzerPlan
) -> tuple[OrderState, Events]:
    """Take a piece through the ordered pass: what the next piece has to know, and the events."""
    state = state or OrderState()
    if piece.first:
        state = replace(state, packets=0, next=piece.start, damaged=False)
    if state.damaged or (piece.end is not None and state.next is not None and state.next >= piece.end):
        return state, Events(piece.place.name)
    if reduced.start != state.next:
        # The search in the middle of the capture was mistaken; now it is known where a record begins.
        assert state.next is not None
        reduced = reduce_piece(piece.at(state.next), plan)
    run = Run(plan.ordered_settings, plan.database)
    if state.memory is not None:
        run.load(unpack(state.memory))
    events = _events(run, reduced, piece)
    return _after(state, reduced, run), events


def _events(run: Run, reduced: ReducedPiece, piece: PlacePiece) -> Events:
    columns, name = reduced.unpacked(), piece.place.name
    with _opened(reduced, columns) as source:
        batches = run.batches(source, name, capacity=BATCH_ROWS, max_packets=MAX_PACKETS, stop=lambda: False)
        return packed(name, batches)


@contextmanager
def _opened(reduced: ReducedPiece, columns: dict[str, bytes]) -> Iterator[CData]:
    """The packets of a reduced piece as an ``hg_source *``."""
    native = ffi.new("hg_reduction *")
    memory = {name: ffi.from_buffer("uint8_t[]", buffer) for name, buffer in columns.items()}
    point(native, memory)
    native.count = native.capacity = reduced.kept
    native.packets = reduced.stats.packets
    native.byte_count = native.byte_capacity = len(memory["bytes"])
    with opened(lib.hg_source_open_reduced, native) as source:  # which borrows all of these
        yield source


def _after(state: OrderState, reduced: ReducedPiece, run: Run) -> OrderState:
    # The run saw what the reducer left; how many packets there were, only the reducer knows.
    read = reduced.stats
    known = {name: getattr(read, name) for name in ("packets", "bytes", "analysed", "drops")}
    stats = replace(run.stats(), **known, unsupported_linktypes=read.unsupported_linktypes)
    trouble = state.trouble
    if reduced.damage is not None:
        trouble = (*trouble, _placed(reduced.damage, state, reduced))
    together = state.stats + stats
    named = together.unsupported_linktypes[: lib.HG_NAMED_LINKTYPES]
    return OrderState(
        pack(run.save()),
        replace(together, unsupported_linktypes=named),
        trouble,
        state.packets + read.packets,
        reduced.next,
        reduced.damage is not None,
    )


def _placed(error: CaptureError, state: OrderState, reduced: ReducedPiece) -> CaptureError:
    """The damage of a slice, with its place in the whole capture."""
    if not reduced.start or not error.record or not state.packets:
        return error
    record, offset = error.record + state.packets, error.offset + reduced.start - PCAP_HEADER
    here = f"record {error.record}, byte offset {error.offset}"
    return CaptureError(
        str(error).replace(here, f"record {record}, byte offset {offset}"),
        path=error.filename,
        record=record,
        offset=offset,
        truncated=error.truncated,
    )
