"""What messages of HTTP show: requests and responses."""

from __future__ import annotations

from typing import ClassVar

from huginn_cffi import messages
from huginn_cffi.results.client_match import ClientMatch, client_match
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.tls import Compared
from huginn_cffi.results.views import View, view


class _ObservableHttp(View):
    """The head of a message: its columns, and what is read of it when asked for."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ("http_version", "headers", "signature")

    @property
    def http_version(self) -> str:
        """The version of HTTP: "1.0", "1.1" or "2"."""
        return messages.VERSIONS[messages.cell(self._batch, self._row, "http_version")]

    @property
    def headers(self) -> tuple[str, ...]:
        """The names of the headers, in their order, as on the wire."""
        return messages.headers(self._batch, self._row)

    @property
    def signature(self) -> str:
        """The head in p0f's notation, with values of common headers and of those that the database has."""
        return messages.signature(self._batch, self._row)

    def __str__(self) -> str:
        return self.signature


class ObservableHttpRequest(_ObservableHttp):
    """The head of a request (RFC 9112, RFC 9113)."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ("http_version", "headers", "signature", "akamai", "akamai_md5")

    @property
    def akamai(self) -> str | None:
        """What a client of HTTP/2 says of itself, as Akamai writes it; ``None`` with HTTP/1.

        Its settings, the first increment of the connection's window (00: none), its priorities (0: none) and
        the order of the pseudo-headers; ``None``, too, when that takes more than 512 bytes.
        """
        return messages.text(self._batch, self._row, "akamai")

    @property
    def akamai_md5(self) -> str | None:
        """MD5 of `akamai`, in hex."""
        return messages.akamai_md5(self._batch, self._row)


class ObservableHttpResponse(_ObservableHttp):
    """The head of a response (RFC 9112, RFC 9113)."""

    __slots__ = ()


class _Message(EventPart):
    """A message of HTTP. Its texts are cut at 512 bytes; what is no UTF-8 in them is replaced."""

    __slots__ = ()

    def _text(self, column: str) -> str | None:
        return messages.text(self._batch, self._row, column)

    @property
    def match(self) -> ClientMatch | None:
        """What the database says about it."""
        found = messages.record_of(self._batch, self._row)
        return None if found is None else client_match(self._batch, self._row, found)

    @property
    def params(self) -> tuple[str, ...]:
        """Remarks in p0f's words.

        dishonest (it says that it is something else), anonymous (it does not say what it is), generic.
        """
        return messages.params(self._batch, self._row)


class HttpRequestObservation(_Message, Compared):
    """A request: the first of a connection, or each with ``http="all"``."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *(
            "source",
            "destination",
            "signature",
            "match",
            "language",
            "params",
            "user_agent",
            "method",
            "http_host",
        ),
        *("path", "platform", "platform_version", "claims", "verdict", "why"),
    )

    @property
    def signature(self) -> ObservableHttpRequest:
        """What the head shows."""
        return view(ObservableHttpRequest, self._batch, self._row)

    @property
    def language(self) -> str | None:
        """The first language that the client accepts, in English; ``None`` without one that is known."""
        return messages.language(self._batch, self._row)

    @property
    def user_agent(self) -> str | None:
        """What the client says that it is."""
        return self._text("user_agent")

    @property
    def method(self) -> str:
        """The method: "GET"."""
        return self._text("method") or ""

    @property
    def http_host(self) -> str | None:
        """The server that the client asks for, with its port where that is given."""
        return self._text("http_host")

    @property
    def path(self) -> str | None:
        """The path without its query; ``None`` unless paths are kept."""
        return self._text("path")

    @property
    def platform(self) -> str | None:
        """The system that client hints name (Sec-CH-UA-Platform)."""
        return self._text("platform")

    @property
    def platform_version(self) -> str | None:
        """Its version (Sec-CH-UA-Platform-Version)."""
        return self._text("platform_version")

    @property
    def claims(self) -> str | None:
        """The system that client hints or the User-Agent name; ``None`` for none that the database knows."""
        return messages.claims(self._batch, self._row)

    @property
    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.method} {self.http_host or 'no host'}", str(self.signature)


class HttpResponseObservation(_Message):
    """A response: the first of a connection, or each with ``http="all"``; 1xx but 101 are none."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *("source", "destination", "signature", "match", "params", "status", "server_header"),
    )

    @property
    def signature(self) -> ObservableHttpResponse:
        """What the head shows."""
        return view(ObservableHttpResponse, self._batch, self._row)

    @property
    def status(self) -> int:
        """The status code: 200."""
        return messages.cell(self._batch, self._row, "status")

    @property
    def server_header(self) -> str | None:
        """The server's own name: the header Server."""
        return self._text("server_header")

    @property
    def _facts(self) -> tuple[str, str]:
        return f"{self.match or '???'}, {self.status}", str(self.signature)
