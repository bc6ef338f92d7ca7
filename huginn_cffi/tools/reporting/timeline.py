"""Events over time, in bins whose width follows the length of what was captured."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from huginn_cffi.time_spans import together

_MS = 1_000_000
_SECOND, _MINUTE, _HOUR, _DAY = 1000, 60_000, 3_600_000, 86_400_000
WIDTHS_MS = (
    *(1, 2, 10, 20, 100, 200, _SECOND, 2 * _SECOND, 10 * _SECOND, 20 * _SECOND),
    *(_MINUTE, 2 * _MINUTE, 10 * _MINUTE, 20 * _MINUTE, _HOUR, 2 * _HOUR, 6 * _HOUR, 12 * _HOUR),
    *(_DAY, 7 * _DAY, 28 * _DAY, 364 * _DAY, 3640 * _DAY, 36400 * _DAY),
)
"""Widths of a bin. Each divides the next, so that bins can be put together exactly."""

KEPT_BINS = 2048
"""Bins with events that are kept while reading."""

SHOWN_BINS = 96
_PENDING_ROWS = 1 << 15


class Timeline:
    """Counts handshakes by time, direction and signature; memory is bounded by `KEPT_BINS`."""

    def __init__(self) -> None:
        self._level = 0
        self._pending: list[Any] = []
        self._waiting = 0
        self._threshold = _PENDING_ROWS

    def add(self, rows: Any) -> None:
        """Count rows with the columns ``time_ns event signature``."""
        if not rows.num_rows:
            return
        columns = {"bin": self._bins(rows["time_ns"]), "event": rows["event"]}
        columns["signature"] = rows["signature"]
        columns["count"] = pa.repeat(pa.scalar(1, pa.int64()), rows.num_rows)
        self._pending.append(pa.table(columns))
        self._waiting += rows.num_rows
        if self._waiting >= self._threshold:
            self._compact()

    def table(self) -> tuple[Any, int, int]:
        """Columns ``bin event signature count``, the width of a bin in ns, and handshakes left out.

        A bin begins ``bin * width`` after the epoch; from the first to the last there are at most
        `SHOWN_BINS`. What wrong clocks stamped far from the rest is left out.
        """
        self._compact()
        if not self._pending:
            return None, WIDTHS_MS[0] * _MS, 0
        apart = self._set_apart()
        while self._reach() > SHOWN_BINS and self._level + 1 < len(WIDTHS_MS):
            self._widen()
        return self._pending[0], WIDTHS_MS[self._level] * _MS, apart

    def _set_apart(self) -> int:
        """Leave out what is far from the rest; how many handshakes that is."""
        table, width = self._pending[0], WIDTHS_MS[self._level] * _MS
        sums = table.group_by(["bin"]).aggregate([("count", "sum")])
        times: list[tuple[int, int]] = [(row["bin"] * width, row["count_sum"]) for row in sums.to_pylist()]
        first, last = (end // width for end in together(times))
        kept = pc.and_(pc.greater_equal(table["bin"], first), pc.less_equal(table["bin"], last))
        self._pending = [table.filter(kept)]
        return int(sum(count for _, count in times) - pc.sum(self._pending[0]["count"]).as_py())

    def _bins(self, times: Any) -> Any:
        return pc.divide(times, pa.scalar(WIDTHS_MS[self._level] * _MS, pa.int64()))

    def _reach(self) -> int:
        ends = pc.min_max(self._pending[0]["bin"]).as_py()
        return int(ends["max"] - ends["min"] + 1)

    def _compact(self) -> None:
        if not self._pending:
            return
        self._group()
        while pc.count_distinct(self._pending[0]["bin"]).as_py() > KEPT_BINS:
            self._widen()
        self._waiting = self._pending[0].num_rows
        self._threshold = max(_PENDING_ROWS, 2 * self._waiting)

    def _group(self) -> None:
        grouped = pa.concat_tables(self._pending).group_by(["bin", "event", "signature"])
        summed = grouped.aggregate([("count", "sum")]).rename_columns({"count_sum": "count"})
        self._pending = [summed.select(["bin", "event", "signature", "count"])]

    def _widen(self) -> None:
        ratio = WIDTHS_MS[self._level + 1] // WIDTHS_MS[self._level]
        self._level += 1
        table = self._pending[0]
        bins = pc.divide(table["bin"], pa.scalar(ratio, pa.int64()))
        self._pending = [table.set_column(0, "bin", bins)]
        self._group()
