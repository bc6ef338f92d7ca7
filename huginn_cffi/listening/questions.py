"""Questions, as a query and headers have them."""

from __future__ import annotations

import socket
from collections.abc import Mapping

from huginn_cffi.listening.addresses import port_number
from huginn_cffi.listening.peers import TRANSPORTS, PeerAddress, Question

MOST_WAIT_MS = 5000
MOST_TEXT = 4096
"""Bytes of a header that are compared; what follows counts for nothing."""

PREFIX = "Huginn-"
"""A header with it stands for the one without."""

HEADERS = {"user_agent": "User-Agent", "platform": "Sec-CH-UA-Platform", "brands": "Sec-CH-UA"}
"""What of a client's headers is compared, by the names of `Question`."""

_ALLOWED = {"client", "server", "transport", "wait"}


class MalformedError(ValueError):
    """The message says what is wrong with the question."""


def read_end(name: str, text: str) -> PeerAddress:
    """``192.0.2.1:443`` or ``[2001:db8::1]:443``; also without brackets, as nginx writes it.

    `MalformedError`.
    """
    host, _, digits = text.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    port = port_number(digits)
    try:
        address = socket.inet_pton(socket.AF_INET6 if ":" in bare else socket.AF_INET, bare)
    except (OSError, ValueError):
        address = b""
    if not address or not port or ("[" in host and ":" not in bare):
        raise MalformedError(f"{name} is not ADDRESS:PORT or [ADDRESS]:PORT")
    return PeerAddress(address, port)


def read_address(text: str) -> bytes:
    """The 4 or 16 bytes of an address, which may have brackets. `MalformedError`."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return socket.inet_pton(socket.AF_INET6 if ":" in bare else socket.AF_INET, bare)
    except (OSError, ValueError):
        raise MalformedError("address is not an IP address") from None


def read_question(query: Mapping[str, str], headers: Mapping[str, str]) -> tuple[Question, float]:
    """A question, and how many seconds its answer may be waited for. `MalformedError`.

    `headers` are found in any case.
    """
    if unknown := sorted(set(query) - _ALLOWED):
        raise MalformedError(f"no parameter {unknown[0][:40]!r}; there are client, server, transport, wait")
    if "client" not in query:
        raise MalformedError("client=ADDRESS:PORT is missing")
    server, transport = query.get("server"), query.get("transport")
    if transport is not None and transport not in TRANSPORTS:
        raise MalformedError("transport is not tcp, quic or dtls")
    texts = {name: _text_of(headers, header) for name, header in HEADERS.items()}
    asked = Question(
        read_end("client", query["client"]),
        _server_of(server),
        transport,
        **texts,
    )
    return asked, _wait_of(query.get("wait", "0"))


def _server_of(text: str | None) -> PeerAddress | None:
    """Empty, or without an address of its own, where a proxy does not know the server's end."""
    if not text:
        return None
    end = read_end("server", text)
    return end if any(end.address) else None


def _wait_of(text: str) -> float:
    if not text.isascii() or not text.isdigit() or len(text) > 4 or int(text) > MOST_WAIT_MS:
        raise MalformedError(f"wait is not a number of milliseconds up to {MOST_WAIT_MS}")
    return int(text) / 1000


def _text_of(headers: Mapping[str, str], name: str) -> bytes:
    value = headers.get(PREFIX + name)
    if value is None:
        value = headers.get(name, "")
    return value.encode("utf-8", "surrogateescape")[:MOST_TEXT]
