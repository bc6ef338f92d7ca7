"""How often something was met, and from which hosts, up to a limit."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from huginn_cffi.inventory import MOST_OF_EACH
from huginn_cffi.results.observables import address_text

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch


@dataclass(slots=True)
class Tally:
    """How often, and the addresses as bytes."""

    count: int = 0
    hosts: set[bytes] = field(default_factory=set)

    def take(self, other: Tally) -> None:
        """Take in what another one has."""
        self.count += other.count
        self.hosts |= other.hosts

    def numbers(self, unit: str) -> dict[str, int]:
        """The numbers of hosts, and of what `unit` names."""
        return {"hosts": len(self.hosts), unit: self.count}


Tallies = dict[Hashable, Tally]


class Bound:
    """The limit of several tallies together: `limit` entries of each, and some pairs of entry and host."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = 0

    def count(self, tallies: Tallies, key: Hashable, host: bytes | None) -> bool:
        """Count one and its host. False where either is beyond the limit; None: the host is."""
        tally = tallies.get(key)
        if tally is None:
            if len(tallies) >= self._limit:
                return False
            tally = tallies[key] = Tally()
        tally.count += 1
        if host is None:
            return False
        if host not in tally.hosts:
            if self._kept >= MOST_OF_EACH * self._limit:
                return False
            self._kept += 1
            tally.hosts.add(host)
        return True


def items(tallies: Tallies) -> Iterable[tuple[Any, Tally]]:
    """The entries; what their keys are, their owner knows."""
    return tallies.items()


def sender(batch: Batch, row: int) -> bytes:
    """The address that sent a row."""
    return bytes(batch.cells.src_ip[16 * row : 16 * row + (4 if batch.cells.version[row] == 4 else 16)])


def host_text(host: bytes) -> str:
    """An address as text."""
    return address_text(4 if len(host) == 4 else 6, host)


def ranked(rows: Iterable[Mapping[str, Any]], unit: str) -> list[dict[str, Any]]:
    """Most hosts first, then most of `unit`, then by their words, so that the order is fixed."""
    return sorted(map(dict, rows), key=lambda row: (-row["hosts"], -row[unit], str(list(row.values()))))
