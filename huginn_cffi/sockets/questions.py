"""Parses questions from a query and headers, and writes headers of answers: structured fields (RFC 9651)."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from huginn_cffi.base.structured_fields import decimal, string
from huginn_cffi.claims.judging import ClaimEvidence, ClientClaim
from huginn_cffi.claims.signatures import SignedRequest
from huginn_cffi.sockets.addresses import port_number
from huginn_cffi.sockets.peers import TRANSPORTS, PeerAddress, Question

MOST_WAIT_MS = 5000
MOST_TEXT = 4096
"""Bytes of a header that are compared; the rest is ignored."""

REPEATED = "\n"
"""Stands for a header that occurs more than once: applications may read another value than we do."""

RENAMED = "Asked-"
"""Prefix of ``User-Agent`` in what the server parses: aiohttp refuses requests that repeat that header."""

PREFIX = "Huginn-"
"""Prefix of the headers of answers. In a question, a header with the prefix replaces the one without."""

HEADERS = {"user_agent": "User-Agent", "platform": "Sec-CH-UA-Platform", "brands": "Sec-CH-UA"}
"""The headers of a client that are compared, by the fields of `Question`."""

_ALLOWED = {"address", "client", "client_header", "server", "transport", "wait"}


class MalformedError(ValueError):
    """A malformed question; the message says what is wrong."""


def read_end(name: str, text: str) -> PeerAddress:
    """``192.0.2.1:443`` or ``[2001:db8::1]:443``; also without brackets, as nginx writes it.

    Raises `MalformedError`.
    """
    host, _, digits = text.rpartition(":")
    port = port_number(digits)
    address = b""
    with suppress(MalformedError):
        address = read_address(host)
    if not address or not port or (host.startswith("[") and len(address) == 4):
        raise MalformedError(f"{name} is not ADDRESS:PORT or [ADDRESS]:PORT")
    return PeerAddress(address, port)


def read_client(text: str) -> PeerAddress:
    """An end; or an address alone, with port 0: ``192.0.2.1`` or ``[2001:db8::1]``. `MalformedError`."""
    is_alone = text.endswith("]") if text.startswith("[") else ":" not in text
    if not is_alone:
        return read_end("client", text)
    try:
        return PeerAddress(read_address(text), 0)
    except MalformedError:
        raise MalformedError("client is not ADDRESS, [ADDRESS], ADDRESS:PORT or [ADDRESS]:PORT") from None


def read_client_header(name: str, headers: Mapping[str, str]) -> PeerAddress:
    """The client that the header names; IPv6 without brackets has no port. `MalformedError`."""
    text = headers.get(name)
    if text is None:
        raise MalformedError("the header that client_header names is missing")
    if "," in text:
        raise MalformedError("the header that client_header names has several addresses")
    is_bare = text.count(":") > 1 and not text.startswith("[")
    return read_client(f"[{text}]" if is_bare else text)


def read_address(text: str) -> bytes:
    """The 4 or 16 bytes of an address, which may have brackets. `MalformedError`."""
    bare = text[1:-1] if text.startswith("[") and text.endswith("]") else text
    try:
        return socket.inet_pton(socket.AF_INET6 if ":" in bare else socket.AF_INET, bare)
    except (OSError, ValueError):
        raise MalformedError("address is not an IP address") from None


def envoy_query(headers: Mapping[str, str]) -> dict[str, str]:
    """The query equivalent to the headers that Envoy adds to each request it asks about."""
    query = {"client_header": "Huginn-Peer", "wait": "200"}
    return query | ({"server": headers["Huginn-Local"]} if "Huginn-Local" in headers else {})


def read_question(query: Mapping[str, str], headers: Mapping[str, str]) -> tuple[Question, float]:
    """A question, and the longest time to wait for its answer, in seconds. `MalformedError`.

    Header names may have any case.
    """
    if unknown := sorted(set(query) - _ALLOWED):
        raise MalformedError(f"no parameter {unknown[0][:40]!r}; known are {', '.join(sorted(_ALLOWED))}")
    if ("client" in query) == ("client_header" in query):
        raise MalformedError("give either client=ADDRESS:PORT or client_header=NAME")
    server, transport = query.get("server"), query.get("transport")
    if transport is not None and transport not in TRANSPORTS:
        raise MalformedError(f"transport is none of {', '.join(TRANSPORTS)}")
    texts = {name: _text_of(headers, header) for name, header in HEADERS.items()}
    if "client" in query:
        client = read_client(query["client"])
    else:
        client = read_client_header(query["client_header"], headers)
    # A proxy that does not know the server's end sends an empty value or an unspecified address.
    end = read_end("server", server) if server else None
    asked = Question(client, end if end is not None and any(end.address) else None, transport, **texts)
    wait = query.get("wait", "0")
    if not wait.isascii() or not wait.isdigit() or len(wait) > 4 or int(wait) > MOST_WAIT_MS:
        raise MalformedError(f"wait is not a number of milliseconds up to {MOST_WAIT_MS}")
    return asked, int(wait) / 1000


def read_signed(
    headers: Mapping[str, str], method: str = "", target: str = "", host: str = ""
) -> SignedRequest:
    """The client's request, of which the proxy passes on a part.

    Method, target and host are the given ones (Envoy), else the proxy's headers X-Forwarded-….
    """
    names = {name.removeprefix(RENAMED).lower(): name for name in headers if not name.startswith(PREFIX)}
    values = {name: ", ".join(_values(headers, key)) for name, key in names.items()}
    if not method:
        method, target, host = (values.get(f"x-forwarded-{name}", "") for name in ("method", "uri", "host"))
    return SignedRequest(host, values, method, target, values.get("x-forwarded-proto") or "https")


def _text_of(headers: Mapping[str, str], name: str) -> bytes:
    found = (_values(headers, prefix + name) for prefix in (PREFIX, "", RENAMED))
    values = next(filter(None, found), [""])
    value = values[0] if len(values) == 1 else REPEATED
    return value.encode("utf-8", "surrogateescape")[:MOST_TEXT]


def _values(headers: Mapping[str, str], name: str) -> list[str]:
    """All values of a header, which mappings of aiohttp may hold more than once."""
    getall: Callable[[str, list[str]], list[str]] | None = getattr(headers, "getall", None)
    if getall is not None:
        return getall(name, [])
    return [headers[name]] if name in headers else []


FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("Status", "status", str),
    ("OS", "os", string),
    ("OS-Confidence", "os_confidence", decimal),
    ("Client", "client", string),
    ("JA4", "ja4", string),
    ("JA4-Stable", "ja4_stable", string),
    ("Transport", "transport", str),
    ("Verdict", "verdict", str),
    ("Claim", "claim", str),
    ("Reason", "reason", string),
    ("Tool", "tool", string),
)
"""For each header: its name without the prefix, the answer's key for its value, and the format. `str` formats
a Token: a fixed word of the core."""

NAMES = tuple(PREFIX + name for name, _, _ in FIELDS)


def comparison_of(answer: Mapping[str, Any], is_client: bool, headers: bool) -> ClaimEvidence:
    """The part of the core's answer that supports a claim, or contradicts it.

    `is_client`: the connection is the client's, not a proxy's; `headers`: client hints were compared.
    """
    reason = "no handshake" if answer["status"] == "not_seen" else answer["reason"] or ""
    if not is_client or reason == PASSED_ON:
        return ClaimEvidence(reason=PASSED_ON)
    is_syn = answer["transport"] in ("tcp", None)  # others: the system is by other connections
    return ClaimEvidence(
        answer["verdict"],
        answer["client_check"],
        reason,
        (answer["os"] or "") if is_syn else "",
        (answer["client"] or "") if answer["ja4"] else "",
        headers,
    )


def body_of(answer: Mapping[str, Any], claim: ClientClaim) -> bytes:
    """The answer as JSON."""
    shown = {"name": claim.name, "verdict": claim.verdict, "by": claim.by, "reason": claim.reason}
    kept = {name: value for name, value in answer.items() if name != "client_check"}
    return json.dumps(kept | {"claim": shown | dict(claim.details)}, separators=(",", ":")).encode()


PASSED_ON = "a proxy passed the request on"
"""The core's reason not to compare."""


def headers_of(answer: dict[str, Any]) -> dict[str, str]:
    """The headers of an answer, without unknown values."""
    return {PREFIX + name: form(answer[key]) for name, key, form in FIELDS if answer[key] not in (None, "")}
