"""The hosts of an archive: one inventory takes all events, in the order of the archive."""

from __future__ import annotations

import uuid
import warnings
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dask.dataframe as dd
import pandas as pd

from huginn_cffi.formats.hosts import reader
from huginn_cffi.hosts.table import KINDS, HostTable, table_of
from huginn_cffi.tools.dask.events import Events, batch_of

if TYPE_CHECKING:
    from huginn_cffi.tools.dask.ordered import State
    from huginn_cffi.tools.dask.plan import Plan


def hosts_of(
    steps: Sequence[Hashable], graph: Mapping[Any, Any], plan: Hashable, max_inventory: int
) -> dd.DataFrame:
    """One row an address that sent something, in the order first seen; one partition.

    The columns are those of `HostTable`, and the values those of one run over all captures. The first
    `max_inventory` addresses have a row; for packets of others a `UserWarning` is given.

    `steps` are the keys, in `graph`, of the ordered pass of each piece, and `plan` is that of the plan.
    """
    name = f"hosts-{uuid.uuid4().hex}"
    tasks = {**graph, name: (_frame_of, list(steps), plan, max_inventory)}
    return dd.from_graph(tasks, _frame(_none()), (None, None), [name], "hosts")


def _frame_of(steps: Sequence[tuple[State, Events]], plan: Plan, max_inventory: int) -> pd.DataFrame:
    """All of it in one task: which addresses are the first depends on all before."""
    batches = (batch_of(events, plan.database) for _, events in steps if events.count)
    found = table_of(batches, "an archive", plan.database, max_inventory)
    if found.left_out:
        warnings.warn(
            f"{found.left_out} packets left out, beyond the first {len(found)} hosts; "
            "a larger max_inventory takes them in",
            stacklevel=2,
        )
    return _frame(found)


def _none() -> HostTable:
    return table_of((), "nothing", None, 1)


def _frame(found: HostTable) -> pd.DataFrame:
    frame: pd.DataFrame = reader(KINDS, found.pieces()).read_all().to_pandas(types_mapper=pd.ArrowDtype)
    return frame
