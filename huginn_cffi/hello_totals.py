"""What the hellos of captures show together: clients, versions, post-quantum key shares.

The name of the server that a client asks for is its own word and no proof of where its connection
goes, so nothing is counted by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from huginn_cffi import hellos
from huginn_cffi._native import lib
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.tallies import Bound, Tallies, Tally, host_text, items, ranked, sender

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

UNIT = "hellos"
ROLES = {lib.HG_EVENT_TLS_CLIENT: "client", lib.HG_EVENT_TLS_SERVER: "server"}


class Tls(TypedDict):
    """All of it as plain values; lists begin with what most hosts show.

    ``clients`` are names of the database (``name`` is ``None`` without one, and ``ja4`` tells those
    apart), ``versions`` the newest that clients offer and those that servers chose, ``old`` hosts with
    versions before TLS 1.2. ``post_quantum`` counts hellos with a key share that resists quantum computers.
    """

    hellos: dict[str, int]
    post_quantum: dict[str, int]
    clients: list[dict[str, Any]]
    versions: list[dict[str, Any]]
    old: list[dict[str, Any]]


class HelloTotals:
    """Takes batches. The first `max_inventory` of each kind are told apart, and so are hosts."""

    def __init__(self, database: Database | None, max_inventory: int) -> None:
        self.left_out = 0
        """Hellos of which not everything is counted."""
        self._database = database
        self._bound = Bound(max_inventory)
        self._hellos = dict.fromkeys(ROLES.values(), 0)
        self._post_quantum = dict.fromkeys(ROLES.values(), 0)
        self._clients: Tallies = {}
        self._versions: Tallies = {}
        self._old: Tallies = {}

    def add(self, batch: Batch) -> None:
        """Take the hellos of a batch."""
        columns, events = batch.tls, batch.cells.event
        rows, versions, shares = columns["row"], columns["tls_version"], columns["post_quantum"]
        for row, version, share in zip(rows, versions, shares, strict=True):
            role, host = ROLES[events[row]], sender(batch, row)
            self._hellos[role] += 1
            self._post_quantum[role] += share
            taken = [self._bound.count(self._versions, (role, version), host)]
            if hellos.is_old_version(version):
                taken.append(self._bound.count(self._old, (role, version, host), host))
            if role == "client":
                taken.append(self._bound.count(self._clients, _client(batch, row), host))
            self.left_out += not all(taken)

    def as_dict(self) -> Tls:
        """What they show."""
        return {
            "hellos": dict(self._hellos),
            "post_quantum": dict(self._post_quantum),
            "clients": self._client_rows(),
            "versions": ranked(
                [
                    {"role": role, "version": hellos.version_name(number), **tally.numbers(UNIT)}
                    for (role, number), tally in items(self._versions)
                ],
                UNIT,
            ),
            "old": ranked(
                [
                    {
                        "role": role,
                        "version": hellos.version_name(number),
                        "host": host_text(host),
                        **tally.numbers(UNIT),
                    }
                    for (role, number, host), tally in items(self._old)
                ],
                UNIT,
            ),
        }

    def _client_rows(self) -> list[dict[str, Any]]:
        """Signatures of one label together."""
        merged: dict[tuple[str | None, str, str | None], Tally] = {}
        for (index, ja4), tally in items(self._clients):
            name, flavor = None, ""
            if self._database is not None and index != NO_SIGNATURE:
                label = self._database.records.tls[index].label
                name, flavor = label.name, label.flavor
            merged.setdefault((name, flavor, ja4), Tally()).take(tally)
        names = ("name", "flavor", "ja4")
        rows = [
            {**dict(zip(names, key, strict=True)), **tally.numbers(UNIT)} for key, tally in merged.items()
        ]
        return ranked(rows, UNIT)


def _client(batch: Batch, row: int) -> tuple[int, str | None]:
    """The signature that names a client; of those without a name their JA4, if they have one."""
    index = batch.cells.client[row]
    return index, hellos.fingerprint(batch, row, "ja4") if index == NO_SIGNATURE else None
