"""Observed HTTP requests and responses."""

from __future__ import annotations

from huginn_cffi.results import fields, http_rows
from huginn_cffi.results.match import ClientMatch, match_of
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import view


class _ObservableHttp(fields.HttpFields, shows=("headers", "signature")):
    """The head of a message: its columns, and values that are read from the head on access."""

    @property
    def headers(self) -> tuple[str, ...]:
        """The header names, in the order and spelling of the wire."""
        return http_rows.headers(self._batch, self._row)

    @property
    def signature(self) -> str:
        """The head in p0f's notation, with values of common headers and of headers in the database."""
        return http_rows.signature(self._batch, self._row)

    def __str__(self) -> str:
        return self.signature


class ObservableHttpRequest(_ObservableHttp, fields.Http2Fields):
    """The head of a request (RFC 9112, RFC 9113)."""


class ObservableHttpResponse(_ObservableHttp):
    """The head of a response (RFC 9112, RFC 9113)."""


class _Message(EventPart, fields.SignedFields, shows=("signature", "match")):
    """An HTTP message. Its texts are cut at 512 bytes; invalid UTF-8 in them is replaced."""

    @property
    def match(self) -> ClientMatch | None:
        """The signature that names the message; ``None`` without one."""
        found = http_rows.record_of(self._batch, self._row)
        return None if found is None else match_of(ClientMatch, self._batch, self._row, found)


class HttpRequestObservation(_Message, fields.HttpRequestFields, fields.ComparedFields, fields.ReasonFields):
    """A request: the first of a connection, or each with ``http="all"``."""

    @property
    def signature(self) -> ObservableHttpRequest:
        """The observed head."""
        return view(ObservableHttpRequest, self._batch, self._row)

    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.method} {self.http_host or 'no host'}", str(self.signature)


class HttpResponseObservation(_Message, fields.HttpResponseFields):
    """The first response of a connection; with ``http="all"`` every response. 1xx except 101 is skipped."""

    @property
    def signature(self) -> ObservableHttpResponse:
        """The observed head."""
        return view(ObservableHttpResponse, self._batch, self._row)

    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.status}", str(self.signature)
