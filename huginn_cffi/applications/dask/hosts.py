"""The hosts of an archive: one task reads all pieces in order, and one inventory takes their events."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import dask
import dask.dataframe as dd
import pandas as pd

from huginn_cffi.applications.dask.events import batch_of
from huginn_cffi.applications.dask.ordered import advance
from huginn_cffi.applications.dask.reduction import reduce_piece
from huginn_cffi.formats.hosts import reader
from huginn_cffi.hosts.table import HostTable, table_of

if TYPE_CHECKING:
    from huginn_cffi.applications.dask.ordered import OrderState
    from huginn_cffi.applications.dask.reduction import AnalyzerPlan, PlacePiece
    from huginn_cffi.engine.batch import Batch


def hosts_of(
    pieces: Sequence[PlacePiece], plan: AnalyzerPlan, max_inventory: int, *, keeps: bool
) -> dd.DataFrame:
    """One row an address that sent something, in the order first seen; one partition.

    The columns are those of `HostTable`, and the values those of one run over all captures. The first
    `max_inventory` addresses have a row; for packets of others a `UserWarning` is given. With `keeps`, what
    precedes the damage of a capture counts.
    """
    frame = dask.delayed(_frame_of, traverse=False)(tuple(pieces), plan, max_inventory, keeps)
    return dd.from_delayed([frame], meta=_frame(table_of((), "nothing", None, 1)), verify_meta=False)


def _frame_of(
    pieces: Sequence[PlacePiece], plan: AnalyzerPlan, max_inventory: int, keeps: bool
) -> pd.DataFrame:
    found = table_of(_batches(pieces, plan, keeps), "an archive", plan.database, max_inventory)
    if found.left_out:
        warnings.warn(
            f"{found.left_out} packets left out, beyond the first {len(found)} hosts; "
            "a larger max_inventory takes them in",
            stacklevel=2,
        )
    return _frame(found)


def _batches(pieces: Sequence[PlacePiece], plan: AnalyzerPlan, keeps: bool) -> Iterator[Batch]:
    """The events of a piece after the other, so that memory does not grow with the archive."""
    state: OrderState | None = None
    for piece in pieces:
        state, events = advance(state, piece, reduce_piece(piece, plan), plan)
        if state.trouble and not keeps:
            raise state.trouble[0]
        if events.count:
            yield batch_of(events, plan.database)


def _frame(found: HostTable) -> pd.DataFrame:
    table = reader(found.pieces()).read_all()
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
