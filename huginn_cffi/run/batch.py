"""Batches: events as columns, typed results, records and tables, and how they are pickled.

A result is a view on its batch. A pickled result contains only its own rows, not the whole batch. The
functions that restore pickles (`batch_of`, `result_of` and `view_of`) refuse damaged ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import HuginnError, check
from huginn_cffi.base.handles import handle_of
from huginn_cffi.base.later import Later
from huginn_cffi.base.names import DROPS
from huginn_cffi.formats.frames import ArrowTable
from huginn_cffi.run.moving import cell_names, cells_of, checked, filled, joined, layout
from huginn_cffi.run.opened import OpenDatabase
from huginn_cffi.run.rows import Rows, new_batch

if TYPE_CHECKING:
    from huginn_cffi.formats import forms as forms_types
    from huginn_cffi.run import results as result_types
    from huginn_cffi.run.views import View
else:
    forms_types = Later("huginn_cffi.formats.forms")
    result_types = Later("huginn_cffi.run.results")

_SHOWN = 10
"""Number of events shown in a notebook."""


class Origin(NamedTuple):
    """The data that pickled rows need in addition to their columns."""

    rows: int
    database: OpenDatabase | None
    capture: str
    packets_before: int


class Batch(Rows, ArrowTable):
    """Up to a fixed number of events, in columns of C memory that the batch owns.

    ``len(batch)`` is the number of rows, ``batch["ittl"]`` one column as a read-only `memoryview`
    (two-dimensional for ``src_ip``, ``dst_ip`` and ``olayout``), `columns` the names. A column has a value
    for every row, zero if the event has none. A view keeps its memory alive, whatever happens to the batch.
    Names are those of tables; `raw` has further columns, such as numbers of signatures. ``flow`` is the
    ``packet_number`` of the first packet of the event's connection: it joins the events of one connection. A
    name that is not in `columns` raises `KeyError`.

    `tcp`, `tls`, `http`, `devices` and `changes` hold the columns of one reader; only its events have values
    there.

    All rows come from one capture: `capture` is its name (its path, "standard input", "capture in
    memory", an interface, or "packets"), and `packets_before` the number of packets that were read
    before it, so that ``packet_number - packets_before`` counts within the capture.

    `count` is the number of rows, too, and `database` the database that named them.
    """

    __slots__ = ()

    def __iter__(self) -> Iterator[result_types.Part]:
        """The rows as typed parts, created one at a time."""
        for result in self.results():
            yield from sorted(result.parts, key=attrgetter("_row"))

    def results(self) -> Iterator[result_types.AnalysisResult]:
        """One result per packet, created one at a time."""
        from huginn_cffi.run.making import results_of

        return results_of(self)

    def render(self, format: forms_types.TextFormat = "text") -> bytes:
        """All rows as "text", "json" (one object per line) or another text format, in UTF-8."""
        return b"".join(self.rendered(format))

    def rendered(self, format: forms_types.TextFormat = "text") -> Iterator[bytes]:
        """Like `render`, in pieces of bounded size and whole records. `ValueError` for other formats."""
        from huginn_cffi.formats.rendering import Renderer

        return Renderer(format, self.database).pieces(self, 0, self.count)

    def to_arrow(self) -> Any:
        """The rows as a `pyarrow.Table` of records; `ImportError` without the extra ``huginn-cffi[arrow]``.

        There is a column for each field of a record (docs/reference/events.md), with texts and names
        instead of the numbers used here; it is null if an event has no value. The core fills the table,
        which has its own memory.
        """
        from huginn_cffi.formats.arrow import batch_table

        return batch_table(self)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The table as a stream of Arrow's C interface, which polars and DuckDB read."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def __reduce__(self) -> tuple[object, ...]:
        return batch_of, (self._packed(0, self.count), self._origin(self.count))

    def _pickled_result(self, first: int, rows: int, drop: str | None) -> tuple[object, ...]:
        return result_of, (self._packed(first, rows), self._origin(rows), drop)

    def _pickled_view(self, kind: type[View], row: int) -> tuple[object, ...]:
        return view_of, (kind, self._packed(row, 1), self._origin(1))

    def _packed(self, first: int, rows: int) -> tuple[bytes, ...]:
        return (layout(), *cells_of(self, first, first + rows).values())

    def _origin(self, rows: int) -> tuple[object, ...]:
        return tuple(Origin(rows, self.database, self.capture, self.packets_before))

    def _repr_html_(self) -> str:
        from huginn_cffi.formats.html import table
        from huginn_cffi.run.parts import HEADS, part_row

        rows = [part_row(part) for part in islice(self, _SHOWN)]
        more = f", the first {_SHOWN}" if len(self) > _SHOWN else ""
        return table(f"{len(self)} events{more}", HEADS, rows)

    def __repr__(self) -> str:
        return f"<Batch of {self.count} events>"


Cells = tuple[bytes, ...]
"""`layout` and the values of `cells_of`, without the names: these would be most of a pickled result."""


@contextmanager
def _restoring() -> Iterator[None]:
    """Raise `HuginnError` if a pickle cannot be restored: it is a file that anybody may have changed."""
    try:
        yield
    except (ValueError, TypeError, IndexError, StopIteration) as error:
        raise HuginnError(f"a pickled result is damaged: {error}; make it again") from None


def batch_of(cells: Cells, origin: Sequence[Any]) -> Batch:
    """The rows as their own batch. `HuginnError` for rows that the core would not write."""
    with _restoring():
        if cells[0] != layout():
            raise ValueError("its columns are not those of this version")
        named, known = dict(zip(cell_names(), cells[1:], strict=True)), _checked(Origin(*origin))
        checked(named, known.rows)
        batch, error = filled(Batch, named, *known[1:]), ffi.new("hg_error *")
        check(lib.hg_batch_verify(batch._native, handle_of(known.database), error), error)
        return batch


def _checked(origin: Origin) -> Origin:
    """An origin from a pickle of this version; `TypeError` or `ValueError` for anything else."""
    kinds: tuple[Any, ...] = (int, (OpenDatabase, type(None)), str, int)
    for name, value, kind in zip(Origin._fields, origin, kinds, strict=True):
        if not isinstance(value, kind):
            raise TypeError(f"{name} is of type {type(value).__name__}")
    if not (0 <= origin.rows < 1 << 31 and 0 <= origin.packets_before < 1 << 63):
        raise ValueError("rows or packets_before is out of range")
    return origin


def picked(batch: Batch, rows: Sequence[int]) -> Batch:
    """These rows (at least one) as their own batch."""
    cells = joined(cells_of(batch, row, row + 1) for row in rows)
    found = filled(Batch, cells, batch.database, batch.capture, batch.packets_before)
    found._hides_private = batch._hides_private
    return found


def selected(batch: Batch, events: int, findings: int, devices: int) -> Batch:
    """The rows of these kinds of events, findings and news about devices: bit sets of the core's numbers."""
    rows = max(batch.count, 1)
    origin = batch.database, batch.capture, batch.packets_before
    found = Batch(rows, *origin, new_batch(rows, batch._native.text_count, 0))
    error = ffi.new("hg_error *")
    check(lib.hg_batch_select(batch._native, events, findings, devices, found._native, error), error)
    found._hides_private = batch._hides_private
    found._written()
    return found


def result_of(cells: Cells, origin: Sequence[Any], drop: str | None) -> result_types.AnalysisResult:
    """A result of these rows."""
    from huginn_cffi.run.making import fingerprint_result, results_of

    batch = batch_of(cells, origin)
    with _restoring():
        if not (drop is None or drop in DROPS):
            raise TypeError("it is not a result")
        return next(results_of(batch)) if batch.count else fingerprint_result(batch, drop)


def view_of(kind: type[View], cells: Cells, origin: Sequence[Any]) -> View:
    """A view of this kind on a row."""
    from huginn_cffi.run.making import results_of
    from huginn_cffi.run.match import Match
    from huginn_cffi.run.parts import EventPart
    from huginn_cffi.run.views import View, view

    batch = batch_of(cells, origin)
    with _restoring():
        if not issubclass(kind, View) or batch.count != 1:
            raise TypeError("it is not a view of one row")
        if not issubclass(kind, (EventPart, Match)):
            return view(kind, batch, 0)
        (part,) = next(results_of(batch)).parts
        match: View | None = getattr(part, "match", None)
        found = match if issubclass(kind, Match) and match is not None else part
        if type(found) is not kind:
            raise TypeError(f"its row has no {kind.__name__}")
        return found
