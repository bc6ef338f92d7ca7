"""Observed HTTP requests and responses."""

from __future__ import annotations

from operator import attrgetter

from huginn_cffi.run import fields, http_rows
from huginn_cffi.run.match import Match, match_of
from huginn_cffi.run.parts import EventPart
from huginn_cffi.run.views import Derived, SignatureText, signature_text


class _Message(
    EventPart,
    fields.HttpFields,
    fields.SignedFields,
    fields.StreamFields,
    shows=("headers", "signature", "match"),
):
    """The head of a message (RFC 9112, RFC 9113).

    Its texts are cut at 512 bytes; invalid UTF-8 in them is replaced.
    """

    @property
    def headers(self) -> tuple[str, ...]:
        """The header names, in the order and spelling of the wire."""
        return http_rows.headers(self._batch, self._row)

    @property
    def signature(self) -> SignatureText:
        """The head in p0f's notation, with values of common headers and of headers in the database."""
        return signature_text(http_rows.signature(self._batch, self._row, self._batch.database), self)

    @property
    def match(self) -> Match | None:
        """The signature that names the message; ``None`` without one."""
        found = http_rows.record_of(self._batch, self._row)
        return None if found is None else match_of(self._batch, self._row, found)


class HttpRequestObservation(_Message, fields.HttpRequestFields, fields.ComparedFields, fields.ReasonFields):
    """A request: the first of a connection, or each with ``http="all"``."""

    client: Derived[Match | None] = Derived(attrgetter("match"), "The same as `match`.")

    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.method} {self.http_host or 'no host'}", self.signature


class HttpResponseObservation(_Message, fields.HttpResponseFields):
    """The first response of a connection; with ``http="all"`` every response. 1xx except 101 is skipped."""

    server: Derived[Match | None] = Derived(attrgetter("match"), "The same as `match`.")

    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.status}", self.signature
