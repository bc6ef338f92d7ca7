"""Clients and servers of HTTP that no signature names.

Here a message is its raw signature without the software at its end, so that versions of one program are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huginn_cffi.applications.learning.counting import Counts, Support, place_of
from huginn_cffi.applications.learning.program_lines import template
from huginn_cffi.applications.learning.results import MOST_RELATIVES, UnknownRow
from huginn_cffi.applications.learning.writing import UNNAMED
from huginn_cffi.base import arguments
from huginn_cffi.base.errors import SignatureError
from huginn_cffi.database.database import Database
from huginn_cffi.engine.batch import Batch
from huginn_cffi.explain.explanation import NearSignature
from huginn_cffi.explain.messages import Explainer, read_message, split_software
from huginn_cffi.results import http_rows
from huginn_cffi.signatures.signatures import Direction

_Key = tuple[Direction, str]


class MessageInventory(Counts[_Key]):
    """The messages of captures that `database` does not name, up to a limit of them and their senders.

    `weak` adds messages that only a generic signature names.
    """

    def __init__(self, database: Database, limit: int, *, weak: bool = False) -> None:
        super().__init__(limit)
        self.firsts: dict[_Key, tuple[str, str]] = {}
        """The raw signature of the first message, and its answer."""
        self._database = database
        self._weak = weak

    def add(self, batch: Batch) -> None:
        """Count the messages in a batch."""
        for row in batch.http["row"]:
            found = http_rows.fitting(batch, row, self._database)
            if found and not (self._weak and found[0].label.kind == "generic"):
                continue
            self._add(batch, row, str(found[0].label) if found else UNNAMED)

    def _add(self, batch: Batch, row: int, answer: str) -> None:
        raw = http_rows.signature(batch, row)
        key: _Key = (http_rows.direction(batch, row), split_software(raw)[0])
        host, file, packet = place_of(batch, row)
        if self.count(key, (file, host), packet) is not None:
            self.firsts.setdefault(key, (raw, answer))


@dataclass(frozen=True, slots=True)
class UnknownMessage(UnknownRow):
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

    @property
    def _shown(self) -> tuple[str, str]:
        return f"HTTP {self.direction}", self.raw


def unknown_messages(
    seen: MessageInventory, database: Database, *, relatives: int = 3, most: int
) -> Sequence[UnknownMessage]:
    """The first `most` of what was seen, by distinct hosts. A host counts once in each file.

    At most `relatives` (0 to 1000) nearest signatures are given for each.
    """
    count = arguments.whole("relatives", relatives, 0, MOST_RELATIVES)
    explainer = Explainer(database)
    ranked = sorted(seen.counts.items(), key=lambda one: (one[1].rank, one[0]))
    return [_unknown(explainer, key, seen.firsts[key], tally.support, count) for key, tally in ranked[:most]]


def _unknown(
    explainer: Explainer, key: _Key, first: tuple[str, str], support: Support, relatives: int
) -> UnknownMessage:
    direction, signature = key
    raw, answer = first
    near: tuple[NearSignature, ...] = ()
    lines = ""
    try:
        near = explainer.explain(read_message(raw, direction), relatives).nearest
        lines = template(f"s:!:{UNNAMED}:", signature, f"http:{direction}")
    except SignatureError:
        pass  # a name or a number of headers that no signature can have: it is shown as it is
    return UnknownMessage(direction, signature, raw, answer, support, near, lines)
