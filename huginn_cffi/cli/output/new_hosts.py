"""Results with something new: each name of a host once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from huginn_cffi._native import lib
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.engine.batch import Batch, picked

SYSTEMS = (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK)
CLIENT = lib.HG_EVENT_TLS_CLIENT


class NewHosts:
    """Lets those handshakes and hellos pass whose sender did not have that name before.

    That there is no name counts as one. The last `limit` names of hosts are remembered; one that was
    `forgotten` for lack of room passes again.
    """

    def __init__(self, limit: int = MAX_INVENTORY) -> None:
        self.forgotten = 0
        """Names of hosts."""
        self._limit = limit
        self._seen: OrderedDict[tuple[bytes, bool, str], None] = OrderedDict()

    def of(self, batches: Iterator[Batch]) -> Iterator[Batch]:
        """What is new in each batch that has something new."""
        for batch in batches:
            rows = [row for row, event in enumerate(batch["event"]) if self._is_new(batch, row, event)]
            if rows:
                yield picked(batch, rows)

    def _is_new(self, batch: Batch, row: int, event: int) -> bool:
        if event not in SYSTEMS and event != CLIENT:
            return False
        key = (_host(batch, row), event == CLIENT, _name(batch, row, event))
        if key in self._seen:
            return False
        if len(self._seen) >= self._limit:
            self._seen.popitem(last=False)
            self.forgotten += 1
        self._seen[key] = None
        return True


def _host(batch: Batch, row: int) -> bytes:
    length = 4 if batch._cells.ip_version[row] == 4 else 16
    return bytes(batch._cells.src_ip[16 * row : 16 * row + length])


def _name(batch: Batch, row: int, event: int) -> str:
    """What the database calls the sender; nothing where it does not know it."""
    index = batch._cells.client[row] if event == CLIENT else batch._cells.signature[row]
    if index == NO_SIGNATURE or batch.database is None:
        return ""
    records = batch.database._records
    return str((records.tls if event == CLIENT else records.tcp)[index].label)
