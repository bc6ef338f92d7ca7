"""One verdict a host of a whole source, as objects and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from huginn_cffi.hosts.verdicts import HostObserver, HostVerdict

if TYPE_CHECKING:
    from huginn_cffi.results import TcpAnalysisResult

COLUMNS = ("ip", "family", "flavor", "confidence", "candidates", "evidence", "tools", "syns", "syn_acks")
"""What tables and JSON have of a verdict, in this order."""

PIECE_HOSTS = 1 << 14
"""Hosts of a piece of the table."""


class HostTable:
    """The hosts of a source, each with one verdict, in the order in which they were first seen.

    Iterating gives a `HostVerdict` each, any number of times; ``len(table)`` is their number, and
    ``left_out`` the number of packets that are in no verdict because their hosts were too many.

    Also a table for whoever takes Arrow streams: ``pyarrow.table(hosts)``, ``polars.DataFrame(hosts)``,
    and ``pandas.DataFrame.from_arrow(hosts)``. Its columns are `columns`; lists of texts are lists.
    """

    columns: tuple[str, ...] = COLUMNS

    def __init__(self, observer: HostObserver, subject: str) -> None:
        self._observer = observer
        self._subject = subject

    @property
    def left_out(self) -> int:
        """Packets in no verdict."""
        return self._observer.left_out

    def __iter__(self) -> Iterator[HostVerdict]:
        """One verdict a host; each is made when asked for."""
        return iter(self._observer)

    def __len__(self) -> int:
        return len(self._observer)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """All hosts as a stream of Arrow's C interface; `ModuleNotFoundError` without the extra ``arrow``."""
        from huginn_cffi.formats.hosts import reader

        return reader(self.pieces()).__arrow_c_stream__(requested_schema)

    def pieces(self) -> Iterator[list[tuple[Any, ...]]]:
        """The values of `columns` of all hosts, at most `PIECE_HOSTS` of them at a time."""
        verdicts = iter(self)
        while some := [values(one) for one in islice(verdicts, PIECE_HOSTS)]:
            yield some

    def __repr__(self) -> str:
        return f"<HostTable of {self._subject}: {len(self)} hosts>"


def values(one: HostVerdict) -> tuple[Any, ...]:
    """A row: the values of `COLUMNS`, the confidence to three digits."""
    found = (getattr(one, name) for name in COLUMNS)
    return tuple(round(value, 3) if isinstance(value, float) else value for value in found)


def table_of(results: Iterable[TcpAnalysisResult], subject: str, max_inventory: int) -> HostTable:
    """Read all results."""
    observer = HostObserver(max_inventory=max_inventory)
    for result in results:
        observer.add(result)
    return HostTable(observer, subject)
