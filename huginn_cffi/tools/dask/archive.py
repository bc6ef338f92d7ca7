"""An archive: many captures that are one stream."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

import dask
import dask.dataframe as dd
import pandas as pd
from dask.utils import parse_bytes

from huginn_cffi.database.defaults import DEFAULT, Default, resolve
from huginn_cffi.stats import Stats
from huginn_cffi.tools.dask.events import Events, table_of
from huginn_cffi.tools.dask.hosts import hosts_of
from huginn_cffi.tools.dask.ordered import State, advance
from huginn_cffi.tools.dask.places import Piece, Place, pieces_of, places_of
from huginn_cffi.tools.dask.plan import Plan
from huginn_cffi.tools.dask.reduction import first_time_ns, reduce_piece

if TYPE_CHECKING:
    from huginn_cffi.database import Database
    from huginn_cffi.errors import CaptureError
    from huginn_cffi.filters import FilterConfig

Order = Literal["time", "given"]
OnError = Literal["raise", "keep"]

BLOCK_BYTES = "64 MiB"


class Archive:
    """Captures, analysed by Dask as if they were one, whatever the number of workers.

    `source` is an address that fsspec knows (``/data/2026``, ``s3://bucket/*.pcap``), or several; a
    folder stands for all files below it. `storage_options` go to fsspec. A plain pcap larger than
    `blocksize` is cut into slices, whole records each; other captures are read whole. Captures follow
    one another by the time of their first TCP packet (`order` "time"), those without one last, or as
    they are named ("given", folders and patterns by name).

    The other arguments are those of `Analyzer`, except that `bpf` must be a text. The events are those
    of ``Analyzer(…).batches(archive.captures)``, in the same order.

    A capture that is damaged, or no capture, raises `CaptureError` when results are computed; with
    `on_error` "keep" everything before the damage is kept, and `trouble` tells.

    Opening looks at the captures: `FileNotFoundError` when an address names none, and what
    `Analyzer` raises of wrong arguments.
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
        max_connections: int = 1000,
        max_hosts: int = 10000,
        filter: FilterConfig | None = None,
        uptime: bool = True,
        decapsulate: bool = True,
        bpf: str | None = None,
    ) -> None:
        if order not in ("time", "given") or on_error not in ("raise", "keep"):
            raise ValueError('order is "time" or "given", on_error "raise" or "keep"')
        self._plan = Plan(
            resolve(database),
            max_connections=max_connections,
            max_hosts=max_hosts,
            uptime=uptime,
            decapsulate=decapsulate,
            filter=filter,
            bpf=bpf,
        )
        self._plan.settings  # noqa: B018 - what is wrong with it is said here, not by a worker
        self._shared = dask.delayed(self._plan, traverse=False)  # once, not in every task
        self._keeps = on_error == "keep"
        places = places_of(source, storage_options)
        self._places = self._by_time(places) if order == "time" and len(places) > 1 else places
        size = parse_bytes(blocksize)
        if size < 1:
            raise ValueError("blocksize must be at least one byte")
        self.pieces: tuple[Piece, ...] = tuple(
            piece for place in self._places for piece in pieces_of(place, size)
        )
        """The parts that are read on their own; each gives a partition of `events`."""
        self._steps: list[Any] | None = None

    def _by_time(self, places: list[Place]) -> list[Place]:
        looks = [dask.delayed(first_time_ns)(place, self._shared) for place in places]
        times = dask.compute(*looks)
        order = sorted(range(len(places)), key=lambda at: (times[at] is None, times[at] or 0, at))
        return [places[at] for at in order]

    @property
    def captures(self) -> list[str]:
        """The captures' addresses in their order; paths of files that are here."""
        return [place.name for place in self._places]

    def reduced_pieces(self) -> list[Any]:
        """What each piece is reduced to, as delayed `ReducedPiece`s: the part that runs anywhere at once."""
        return [dask.delayed(reduce_piece)(piece, self._shared) for piece in self.pieces]

    def events(self) -> dd.DataFrame:
        """One row an event, a partition a piece, in order.

        The columns are those of `Batch.to_arrow`, and ``capture``; all have Arrow's types.
        """
        parts = [dask.delayed(_step_frame)(step, self._shared, self._keeps) for step in self._chain()]
        return dd.from_delayed(parts, meta=_frame(Events(), self._plan), verify_meta=False)

    def hosts(self) -> pd.DataFrame | Any:
        """One row an address (a `dask.dataframe.DataFrame` of one partition): see `hosts_of`."""
        return hosts_of(self.events())

    def stats(self) -> Stats:
        """What the whole was counted as. Computes."""
        found: State = dask.compute(dask.delayed(_state)(self._chain()[-1]))[0]
        return found.stats

    def trouble(self) -> list[CaptureError]:
        """What could not be read, or not to its end. Computes."""
        found: State = dask.compute(dask.delayed(_state)(self._chain()[-1]))[0]
        return list(found.trouble)

    def _chain(self) -> list[Any]:
        """The ordered pass: a delayed pair of state and events a piece, made once."""
        if self._steps is None:
            steps: list[Any] = []
            state: Any = None
            for piece, reduced in zip(self.pieces, self.reduced_pieces(), strict=True):
                steps.append(dask.delayed(advance)(state, piece, reduced, self._shared))
                state = dask.delayed(_state)(steps[-1])
            self._steps = steps
        return self._steps

    def __repr__(self) -> str:
        return f"<Archive of {len(self._places)} captures in {len(self.pieces)} pieces>"


def _state(step: tuple[State, Events]) -> State:
    return step[0]


def _step_frame(step: tuple[State, Events], plan: Plan, keeps: bool) -> pd.DataFrame:
    state, events = step
    if state.trouble and not keeps:
        raise state.trouble[0]
    return _frame(events, plan)


def _frame(events: Events, plan: Plan) -> pd.DataFrame:
    return table_of(events, plan.database).to_pandas(types_mapper=pd.ArrowDtype)
