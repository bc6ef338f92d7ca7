"""Names of addresses: each address with the first system that a signature names exactly."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.results.observables import address_text
from sigcompiler.diagnostics import visible

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch


class Name(NamedTuple):
    """An address, as 4 or 16 bytes, what is shown in its place, and the packet that shows it."""

    packet_number: int
    address: bytes
    text: str


class HostNames:
    """Takes batches, and gives the addresses whose system became known by them.

    Each address is named once; the first `max_inventory` are.
    """

    def __init__(self, database: Database | None, max_inventory: int) -> None:
        self._database = database
        self._limit = max_inventory
        self._known: set[bytes] = set()
        self.left_out = 0
        """Packets whose sender has no name, because there are too many."""

    def new(self, batch: Batch) -> list[Name]:
        """Those that this batch names first."""
        if self._database is None:
            return []
        found = []
        dense, count = batch._cells.dense["tcp"], len(batch.tcp)
        columns = (dense[name][:count].tolist() for name in ("row", "signature", "fuzzy"))
        addresses = bytes(batch._cells.src_ip[: 16 * len(batch)])
        versions = bytes(batch._cells.ip_version[: len(batch)])
        for row, signature, fuzzy in zip(*columns, strict=True):
            if signature == NO_SIGNATURE or fuzzy:
                continue
            ip = addresses[16 * row : 16 * row + (4 if versions[row] == 4 else 16)]
            if ip in self._known:
                continue
            if len(self._known) >= self._limit:
                self.left_out += 1
                continue
            self._known.add(ip)
            text = f"{address_text(versions[row], ip)} {_label(self._database, signature)}"
            found.append(Name(batch._cells.packet_number[row], ip, text))
        return found

    def __len__(self) -> int:
        return len(self._known)


@lru_cache(maxsize=1 << 12)
def _label(database: Database, signature: int) -> str:
    return visible(str(database._records.tcp[signature].label))
