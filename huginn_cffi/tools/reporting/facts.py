"""Counting by key, in columns: rows of events come in, one row a key stays.

Memory grows with the number of different keys, never with that of events, and is bounded:
beyond `limit` the keys that came latest are given up. Which keys are kept, and what is
counted for them, does not depend on how the events were cut into batches.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi.inventory import MAX_INVENTORY

PENDING_ROWS = 1 << 18
"""Rows that wait before they are counted: grouping many at once is cheap a row."""

PART = 16
"""At most this part of the limit waits as well, so that memory stays near that of the keys kept."""

_MEASURES = {"count": "sum", "first_packet": "min", "first_ns": "min", "last_ns": "max"}
"""Counted for every key, and how two rows of one key become one."""


class Facts:
    """How often each key was seen, and when: columns ``count first_packet first_ns last_ns``.

    `keys` are the columns that make a key. Of `first` the value of the key's first row is kept,
    of `last` that of its last, of `lowest` and `highest` the extremes (columns ``mss_min`` and
    ``mss_max`` for ``mss``).
    """

    def __init__(
        self,
        *keys: str,
        first: tuple[str, ...] = (),
        last: tuple[str, ...] = (),
        extremes: tuple[str, ...] = (),
        limit: int = MAX_INVENTORY,
    ) -> None:
        self._keys = keys
        self._extremes = extremes
        self._aggregates = list(_MEASURES.items())
        self._aggregates += [(name, "first") for name in first]
        self._aggregates += [(name, "last") for name in last]
        self._aggregates += [(f"{name}_{how}", how) for name in extremes for how in ("min", "max")]
        self._columns = [*keys, *(name for name, _ in self._aggregates)]
        self._limit = limit
        self._pending: list[Any] = []
        self._waiting = 0
        self._chunk = max(1, min(PENDING_ROWS, limit // PART))
        self._threshold = self._chunk
        self.left_out = 0
        """Events whose keys came after `limit` others."""

    def add(self, rows: Any) -> None:
        """Count the rows of a table that has the columns of all keys, ``packet`` and ``time_ns``."""
        if not rows.num_rows:
            return
        ones = pa.repeat(pa.scalar(1, pa.int64()), rows.num_rows)
        columns = {"count": ones, "first_packet": rows["packet"]}
        columns |= {"first_ns": rows["time_ns"], "last_ns": rows["time_ns"]}
        columns |= {f"{name}_{how}": rows[name] for name in self._extremes for how in ("min", "max")}
        known = [name for name, _ in self._aggregates if name not in columns]
        columns |= {name: rows[name] for name in (*self._keys, *known)}
        self._pending.append(pa.table(columns).select(self._columns))
        self._waiting += rows.num_rows
        if self._waiting >= self._threshold:
            self._compact()

    def table(self) -> Any:
        """All keys with what was counted, in the order in which they were first seen."""
        self._compact()
        return self._pending[0] if self._pending else None

    def _compact(self) -> None:
        if not self._pending:
            return
        together = pa.concat_tables(self._pending)
        # One thread: only then are "first" and "last" those of the rows in their order.
        grouped = together.group_by(list(self._keys), use_threads=False).aggregate(self._aggregates)
        renamed = {f"{name}_{how}": name for name, how in self._aggregates}
        grouped = grouped.rename_columns([renamed.get(name, name) for name in grouped.column_names])
        grouped = grouped.select(self._columns)
        order = pc.sort_indices(grouped, [("first_packet", "ascending")])
        if len(order) > self._limit:
            self.left_out += pc.sum(grouped["count"].take(order[self._limit :])).as_py()
            order = order[: self._limit]
        kept = grouped.take(order)
        self._pending = [kept]
        self._waiting = kept.num_rows
        self._threshold = min(2 * kept.num_rows, self._limit) + self._chunk
