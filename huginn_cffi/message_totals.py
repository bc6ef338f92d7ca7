"""What the messages of HTTP of captures show together: clients, servers, the systems that requests name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from huginn_cffi import messages
from huginn_cffi._native import lib
from huginn_cffi.tallies import Bound, Tallies, Tally, items, ranked, sender

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

ROLES = {lib.HG_EVENT_HTTP_REQUEST: "request", lib.HG_EVENT_HTTP_RESPONSE: "response"}
UNIT = "messages"


class Http(TypedDict):
    """All of it as plain values; lists begin with what most hosts show.

    ``clients`` and ``servers`` are names of the database; in one row ``name`` is ``None``, for those without
    one. ``claims`` are the systems that client hints or User-Agents name (``system`` is ``None`` for none
    that is known).
    """

    messages: dict[str, int]
    clients: list[dict[str, Any]]
    servers: list[dict[str, Any]]
    claims: list[dict[str, Any]]


class MessageTotals:
    """Takes batches. The first `max_inventory` of each kind are told apart, and so are hosts."""

    def __init__(self, database: Database | None, max_inventory: int) -> None:
        self.left_out = 0
        """Messages of which not everything is counted."""
        self._database = database
        self._bound = Bound(max_inventory)
        self._messages = dict.fromkeys(ROLES.values(), 0)
        self._programs: dict[str, Tallies] = {role: {} for role in ROLES.values()}
        self._claims: Tallies = {}

    def add(self, batch: Batch) -> None:
        """Take the messages of a batch."""
        events = batch.cells.event
        for row in batch.http["row"]:
            role, host = ROLES[events[row]], sender(batch, row)
            self._messages[role] += 1
            number = messages.cell(batch, row, "software")
            taken = self._bound.count(self._programs[role], number, host)
            if role == "request" and self._database is not None:
                taken &= self._bound.count(self._claims, messages.claims(batch, row), host)
            self.left_out += not taken

    def as_dict(self) -> Http:
        """What they show."""
        claims = [{"system": system, **tally.numbers(UNIT)} for system, tally in items(self._claims)]
        return {
            "messages": dict(self._messages),
            "clients": self._program_rows("request"),
            "servers": self._program_rows("response"),
            "claims": ranked(claims, UNIT),
        }

    def _program_rows(self, role: str) -> list[dict[str, Any]]:
        """Signatures of one label together."""
        merged: dict[tuple[str | None, str], Tally] = {}
        for number, tally in items(self._programs[role]):
            found = messages.signature_of(self._database, number)
            key = (None, "") if found is None else (found.label.name, found.label.flavor)
            merged.setdefault(key, Tally()).take(tally)
        return ranked(
            [
                {"name": name, "flavor": flavor, **tally.numbers(UNIT)}
                for (name, flavor), tally in merged.items()
            ],
            UNIT,
        )
