"""Clients and servers of HTTP that no signature names.

Here a message is its raw signature without the software at its end, so that versions of one program are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import lib
from huginn_cffi.applications.learning.clients import signature_file
from huginn_cffi.applications.learning.report import unknown_text
from huginn_cffi.applications.learning.results import MOST_RELATIVES, Support
from huginn_cffi.applications.learning.writing import UNNAMED
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import SignatureError
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.explain.messages import Explainer, read_message, split_software
from huginn_cffi.results import http_rows
from huginn_cffi.results.observables import endpoint
from huginn_cffi.signatures.signatures import Direction

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch

_Key = tuple[Direction, str]


@dataclass(slots=True)
class _Tally:
    """Messages of one key."""

    raw: str
    """The first of them."""
    answer: str
    senders: dict[tuple[str, str], int] = field(default_factory=dict)
    """The first packet of each host of each file."""
    count: int = 0

    def support(self) -> Support:
        file, host = min(self.senders, key=lambda sender: (sender[0], self.senders[sender]))
        return Support(len(self.senders), self.count, file, self.senders[file, host])


class MessageInventory:
    """The messages of captures that `database` does not name, up to a limit of them and their senders.

    Those that show something new, or come from a new sender, once the limit is reached are left out. `weak`
    takes those in, too, that only a generic signature names.
    """

    def __init__(self, database: Database, limit: int, *, weak: bool = False) -> None:
        self.tallies: dict[_Key, _Tally] = {}
        self.left_out = 0
        """Messages."""
        self._database = database
        self._weak = weak
        self._limit = limit
        self._kept = 0

    def add(self, batch: Batch) -> None:
        """Count the messages in a batch."""
        for row in batch.http["row"]:
            found = http_rows.fitting(batch, row, self._database)
            if found and not (self._weak and found[0].label.kind == "generic"):
                continue
            self._add(batch, row, str(found[0].label) if found else UNNAMED)

    def _add(self, batch: Batch, row: int, answer: str) -> None:
        response = batch._cells.event[row] == lib.HG_EVENT_HTTP_RESPONSE
        raw = http_rows.signature(batch, row)
        key: _Key = ("response" if response else "request", split_software(raw)[0])
        sender = (batch.capture, endpoint(batch, row, "src").ip)
        tally = self.tallies.get(key)
        if tally is None or sender not in tally.senders:
            if self._kept >= self._limit:
                self.left_out += 1
                return
            self._kept += 1
        tally = self.tallies.setdefault(key, _Tally(raw, answer))
        tally.senders.setdefault(sender, batch._cells.packet_number[row] - batch.packets_before)
        tally.count += 1


@dataclass(frozen=True, slots=True)
class UnknownMessage:
    """HTTP messages that nothing names: those of a client ("request") or of a server ("response").

    ``signature`` is what they have in common, ``raw`` that of the first of them with its software. ``answer``
    is what the database says now: ``???``, or the generic name where weak ones were asked for.
    ``support.packets`` counts messages. ``template`` is a signature file whose label is to be filled in,
    empty for headers that no signature can have.
    """

    direction: Direction
    signature: str
    raw: str
    answer: str
    support: Support
    relatives: tuple[NearSignature, ...]
    template: str

    def as_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        """A few lines: who sends it, the relatives and how they differ, and the template."""
        return unknown_text(
            f"HTTP {self.direction}",
            f"{self.support.in_full}, now {self.answer}",
            self.raw,
            self.relatives,
            self.template,
        )


def unknown_messages(
    seen: MessageInventory, database: Database, *, relatives: int = 3, most: int
) -> Sequence[UnknownMessage]:
    """The first `most` of what was seen, by distinct hosts. A host counts once in each file.

    At most `relatives` (0 to 1000) nearest signatures are given for each.
    """
    count = arguments.whole("relatives", relatives, 0, MOST_RELATIVES)
    explainer = Explainer(database)
    ranked = sorted(seen.tallies.items(), key=lambda one: (-len(one[1].senders), -one[1].count, one[0]))
    return [_unknown(explainer, key, tally, count) for key, tally in ranked[:most]]


def _unknown(explainer: Explainer, key: _Key, tally: _Tally, relatives: int) -> UnknownMessage:
    direction, signature = key
    near: tuple[NearSignature, ...] = ()
    template = ""
    try:
        near = explainer.explain(read_message(tally.raw, direction), relatives).nearest
        template = signature_file([(f"s:!:{UNNAMED}:", "captures; low", [signature])], f"http:{direction}")
    except SignatureError:
        pass  # a name or a number of headers that no signature can have: it is shown as it is
    return UnknownMessage(direction, signature, tally.raw, tally.answer, tally.support(), near, template)
