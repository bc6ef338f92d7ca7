"""One verdict a host of a whole source, as objects and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord
from huginn_cffi.hosts.verdicts import HostVerdict
from huginn_cffi.times import rfc3339
from sigcompiler.claims.flavors import label_text

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

COLUMNS = ("ip", "family", "flavor", "confidence", "candidates", "evidence", "tools", "syns", "syn_acks")
"""Columns that a verdict has."""
RECORD = (
    *("first_seen", "last_seen", "connections", "distance", "link", "mtu", "language", "contradictions"),
    *("uptime_minutes", "uptime_modulo_days", "uptime_hz", "uptime_reliable", "systems", "witnesses"),
    *("clients", "servers", "client_ports", "server_ports", "last_change", "last_sharing"),
    *("host_change", "ip_sharing", "changes"),
)
"""Those that the rest of what is known of a host gives."""
ALL_COLUMNS = (*COLUMNS, *RECORD)
"""What tables and JSON have of a host, in this order."""

TIMES = frozenset(("first_seen", "last_seen", "last_change", "last_sharing", "host_change", "ip_sharing"))
"""Of these, those of times: in ns since 1970 in tables of Arrow, else as text."""

PIECE_HOSTS = 1 << 14
"""Hosts of a piece of the table."""


class HostTable:
    """The hosts of a source, each with one verdict, in the order in which they were first seen.

    Iterating gives a `HostVerdict` each, any number of times; ``len(table)`` is their number, and
    ``left_out`` the number of packets that are in no verdict because their hosts were too many.

    Also a table for whoever takes Arrow streams: ``pyarrow.table(hosts)``, ``polars.DataFrame(hosts)``,
    and ``pandas.DataFrame.from_arrow(hosts)``. Its columns are `columns`; lists of texts are lists.
    """

    columns: tuple[str, ...] = ALL_COLUMNS

    def __init__(self, inventory: Inventory, subject: str) -> None:
        self._inventory = inventory
        self._subject = subject

    @property
    def left_out(self) -> int:
        """Packets in no verdict."""
        return self._inventory.left_out

    @property
    def unwatched(self) -> int:
        """Packets of hosts whose systems and changes are not followed."""
        return self._inventory.unwatched

    def __iter__(self) -> Iterator[HostVerdict]:
        """One verdict a host; each is made when asked for."""
        return (verdict for verdict, _ in self._inventory.judged())

    def __len__(self) -> int:
        return len(self._inventory)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All hosts as a stream of Arrow's C interface; `ModuleNotFoundError` without the extra ``arrow``."""
        from huginn_cffi.formats.hosts import reader

        return reader(self.pieces()).__arrow_c_stream__(requested_schema)

    def pieces(self) -> Iterator[list[tuple[Any, ...]]]:
        """The values of `columns` of all hosts, at most `PIECE_HOSTS` of them at a time."""
        hosts = self.hosts()
        while some := [row(*one) for one in islice(hosts, PIECE_HOSTS)]:
            yield some

    def hosts(self) -> Iterator[tuple[HostVerdict, HostRecord]]:
        """Each verdict with all else that is known of its host."""
        return self._inventory.judged()

    def __repr__(self) -> str:
        return f"<HostTable of {self._subject}: {len(self)} hosts>"


def values(verdict: HostVerdict) -> tuple[Any, ...]:
    """The values of `COLUMNS`, numbers that were measured to three digits."""
    return tuple(_rounded(getattr(verdict, name)) for name in COLUMNS)


def row(verdict: HostVerdict, record: HostRecord) -> tuple[Any, ...]:
    """The values of `ALL_COLUMNS`."""
    rest = (_DERIVED[name](record) if name in _DERIVED else getattr(record, name) for name in RECORD)
    return (*values(verdict), *map(_rounded, rest))


def _rounded(value: Any) -> Any:
    return round(value, 3) if isinstance(value, float) else value


def texts(found: Iterable[Any]) -> tuple[Any, ...]:
    """The same where times are texts."""
    pairs = zip(ALL_COLUMNS, found, strict=True)
    return tuple(rfc3339(value) if name in TIMES and value is not None else value for name, value in pairs)


def host_object(verdict: HostVerdict, record: HostRecord) -> dict[str, Any]:
    """A row as JSON has it."""
    return dict(zip(ALL_COLUMNS, texts(row(verdict, record)), strict=True))


def _programs(record: HostRecord, *kinds: str) -> tuple[str, ...]:
    names = (label_text(one.name, one.flavor) for one in record.sightings if one.kind in kinds)
    return tuple(dict.fromkeys(names))


def _ports(record: HostRecord, role: str) -> tuple[int, ...]:
    return tuple(sorted(one.port for one in record.ports if one.role == role))


def _changes(record: HostRecord) -> tuple[str, ...]:
    """Time, p0f's name of the row, role, reasons and raw hits."""
    return tuple(
        f"{rfc3339(one.time)} {one.kind} {one.role}: {' '.join(one.reasons)} "
        f"({','.join(map(str, one.raw_hits))})"
        for one in record.changes
    )


_DERIVED: dict[str, Callable[[HostRecord], tuple[Any, ...]]] = {
    "clients": lambda record: _programs(record, "tls_client", "http_client"),
    "servers": lambda record: _programs(record, "http_server"),
    "client_ports": lambda record: _ports(record, "client"),
    "server_ports": lambda record: _ports(record, "server"),
    "changes": _changes,
}


def table_of(
    batches: Iterable[Batch], subject: str, database: Database | None, max_inventory: int
) -> HostTable:
    """Read all batches."""
    inventory = Inventory(database, max_inventory=max_inventory)
    for batch in batches:
        inventory.add(batch)
    return HostTable(inventory, subject)
