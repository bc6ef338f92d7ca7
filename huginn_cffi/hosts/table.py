"""The hosts of a whole source, one record each, as objects and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.times import rfc3339
from huginn_cffi.formats.frames import ArrowTable
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text
from huginn_cffi.hosts.objects import HostLogins
from huginn_cffi.hosts.record import HostRecord, record_of, rounded
from huginn_cffi.run.moving import cells_of, filled, joined
from sigcompiler.schema.hosts import KEYS
from sigcompiler.schema.objects import Kind

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.hosts import who as answers
    from huginn_cffi.run import results as result_types
    from huginn_cffi.run.batch import Batch
else:
    answers = Later("huginn_cffi.hosts.who")
    result_types = Later("huginn_cffi.run.results")

COLUMNS = tuple(one.name for one in KEYS)
"""The columns of a table of hosts, in this order."""

PIECE_HOSTS = 1 << 14
"""Most hosts in a piece of the table."""

SHOWN_HOSTS = 50
"""Most hosts that a notebook shows."""


class HostTable(ArrowTable):
    """The hosts of a source, each with one conclusion, in the order in which they were first seen.

    Iterating gives one `HostRecord` per host, any number of times. ``len(table)`` is the number of hosts.
    ``left_out`` counts packets without room, because there were too many hosts or names.

    Programs that read Arrow streams can use it: ``pyarrow.table(hosts)``, ``polars.DataFrame(hosts)``, or
    ``pandas.DataFrame.from_arrow(hosts)``. Its columns are `columns`; lists of texts stay lists.
    """

    columns: tuple[str, ...] = COLUMNS

    def __init__(self, inventory: Inventory | _KeptHosts, subject: str) -> None:
        self._inventory = inventory
        self._subject = subject

    @property
    def left_out(self) -> int:
        """Packets without room for their host, or for a name or port."""
        return self._inventory.left_out

    @property
    def untracked(self) -> int:
        """Packets of hosts whose systems and changes are not followed."""
        return self._inventory.untracked

    def __iter__(self) -> Iterator[HostRecord]:
        return map(record_of, self._inventory.values())

    def __len__(self) -> int:
        return self._inventory.records

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All hosts as a stream of Arrow's C interface. `ModuleNotFoundError` without the extra ``arrow``."""
        from huginn_cffi.formats.hosts import reader

        return reader(self.pieces()).__arrow_c_stream__(requested_schema)

    def who(self, asked: str, at: object = None) -> answers.Who:
        """Who had an address, or which addresses a MAC had, at a time: ns since 1970 or a `datetime`.

        Without `at`, all its holders. `ValueError`: `asked` is neither an address nor a MAC.
        """
        return answers.who_had(self, asked, answers.time_of(at))

    def pieces(self) -> Iterator[list[tuple[Any, ...]]]:
        """The values of `columns` for all hosts, in pieces of at most `PIECE_HOSTS` hosts."""
        return pieces_of(self._inventory.values())

    def __repr__(self) -> str:
        return f"<HostTable of {self._subject}: {len(self)} hosts>"

    def __reduce__(self) -> tuple[object, ...]:
        kept = _KeptHosts([*self._inventory.values()], self.left_out, self.untracked)
        return HostTable, (kept, self._subject)

    def _repr_html_(self) -> str:
        """The first `SHOWN_HOSTS` hosts."""
        from huginn_cffi.formats.html import table

        rows = (
            (
                one.name,
                str(one)[len(one.name) + 2 :],
                str(one.packets),
                f"{one.last_seen:%Y-%m-%d %H:%M:%S} UTC",
            )
            for one in islice(self, SHOWN_HOSTS)
        )
        more = f", the first {SHOWN_HOSTS}" if len(self) > SHOWN_HOSTS else ""
        return table(
            f"{self._subject}: {len(self)} hosts{more}", ("host", "system", "packets", "last seen"), rows
        )


class _KeptHosts(NamedTuple):
    """What a table needs of an inventory, for other processes."""

    hosts: list[dict[str, Any]]
    left_out: int
    untracked: int

    @property
    def records(self) -> int:
        return len(self.hosts)

    def values(self) -> Iterator[dict[str, Any]]:
        return iter(self.hosts)


def pieces_of(hosts: Iterator[Mapping[str, Any]]) -> Iterator[list[tuple[Any, ...]]]:
    """The values of `COLUMNS` from records, in pieces of at most `PIECE_HOSTS` hosts."""
    while some := [*map(_row, islice(hosts, PIECE_HOSTS))]:
        yield some


def _row(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(rounded(one[name]) if is_share else one[name] for name, is_share in _SHARES)


_SHARES = tuple((one.name, one.kind in ("share", "rate")) for one in KEYS)


def texts(found: Iterable[Any]) -> tuple[Any, ...]:
    """The cells of a row of CSV: times and evidence become texts."""
    return tuple(_text(one.kind, value) for one, value in zip(KEYS, found, strict=True))


def _text(kind: Kind, value: Any) -> Any:
    if kind == "time":
        return None if value is None else rfc3339(value)
    if kind == "object":
        return None if value is None else device_text(*(value[name] for name in DEVICE_VALUES))
    return [*map(_line, value)] if kind == "objects" else value


def _line(one: Mapping[str, Any]) -> str:
    """A piece of evidence, a peer, logins, an ended support, or a change, as text."""
    if "source" in one:
        return f"{one['source']}: {one['name']}"
    if "refused" in one:
        return str(HostLogins(**one))
    if "direction" in one:
        return f"{one['direction']} {one['ip']} port {one['port']}: {one['connections']}"
    if "product" in one:
        return f"{one['kind']} {one['product']}: {one['ended']}"
    hits = ",".join(map(str, one["raw_hits"]))
    return f"{rfc3339(one['time'])} {one['kind']} {one['role']}: {' '.join(one['reasons'])} ({hits})"


def table_of(
    batches: Iterable[Batch], subject: str, database: Database | None, max_inventory: int
) -> HostTable:
    """Read all batches into a table."""
    inventory = Inventory(database, max_inventory=max_inventory)
    for batch in batches:
        inventory.add(batch)
    inventory.conclude()
    return HostTable(inventory, subject)


def host_records(results: Iterable[result_types.AnalysisResult]) -> list[HostRecord]:
    """The record of each host in results of `Analyzer.analyze_…`, in the order of appearance."""
    return [*table_of(_batches(results), "results", None, MAX_INVENTORY)]


def _batches(results: Iterable[result_types.AnalysisResult]) -> Iterator[Batch]:
    places = ((part._batch, part._row) for result in results for part in result.parts)
    for batch, rows in groupby(places, key=lambda place: place[0]):
        cells = joined(cells_of(batch, row, row + 1) for _, row in rows)
        yield filled(type(batch), cells, batch.database, batch.capture, batch.packets_before)
