"""What two sets of signatures say of TLS ClientHellos and HTTP messages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from huginn_cffi._native import lib
from huginn_cffi.applications.learning.counting import Count
from huginn_cffi.applications.learning.sightings import (
    LabelledSender,
    SignatureMatch,
    answer,
    packed_source,
)
from huginn_cffi.explain.clients import client_signature
from huginn_cffi.results import http_rows, tls_rows

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.signatures.signatures import Signature

Section = Literal["tcp:request", "tcp:response", "tls:client", "http:request", "http:response"]


class Difference(NamedTuple):
    """Two answers and their places, which are empty where nothing matches."""

    before: str
    after: str
    before_place: str
    after_place: str


def difference(before: SignatureMatch | None, after: SignatureMatch | None) -> Difference:
    """What two sets of signatures say of the same."""
    return Difference(answer(before), answer(after), _place(before), _place(after))


def _place(match: SignatureMatch | None) -> str:
    return "" if match is None else f"{match.signature.file}:{match.signature.line}"


class ComparedMessages:
    """Hellos and messages of captures, equal ones counted together, with what both sets say of them."""

    def __init__(self, before: Database, after: Database) -> None:
        self._databases = before, after
        self._found: dict[tuple[Section, str, str], tuple[Difference, Count]] = {}

    def __iter__(self) -> Iterator[tuple[Section, Difference, Count]]:
        """Each kind of them, in the order of the first of each."""
        return ((key[0], *found) for key, found in self._found.items())

    def add(self, batch: Batch) -> None:
        """Count the hellos and HTTP messages of a batch. SSL 2.0 hellos have no JA4 and are skipped."""
        events = batch._cells.event
        for row in batch.tls["row"]:
            if events[row] == lib.HG_EVENT_TLS_CLIENT and not batch._cells.ssl2[row]:
                ja4, stable = (tls_rows.fingerprint(batch, row, name) or "" for name in ("ja4", "ja4_stable"))
                self._add(batch, row, ("tls:client", ja4, stable))
        for row in batch.http["row"]:
            is_response = events[row] == lib.HG_EVENT_HTTP_RESPONSE
            section: Section = "http:response" if is_response else "http:request"
            self._add(batch, row, (section, http_rows.signature(batch, row), ""))

    def _add(self, batch: Batch, row: int, key: tuple[Section, str, str]) -> None:
        if key not in self._found:
            before, after = (self._named(batch, row, key, one) for one in self._databases)
            self._found[key] = difference(before, after), Count()
        tally = self._found[key][1]
        sender = LabelledSender(batch.capture, packed_source(batch, row))
        tally.add(sender, batch.capture, batch._cells.packet_number[row] - batch.packets_before)

    @staticmethod
    def _named(
        batch: Batch, row: int, key: tuple[Section, str, str], database: Database
    ) -> SignatureMatch | None:
        found: Signature | None
        if key[0] == "tls:client":
            found = client_signature(database, key[1], key[2])
        else:
            found = next(iter(http_rows.fitting(batch, row, database)), None)
        return None if found is None else SignatureMatch(found, fuzzy=False)
