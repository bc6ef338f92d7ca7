"""The dialogue with one client: its queries arrive in pieces of any size and are answered in order.

A query is p0f's, or a line ``{"ip": "192.0.2.10"}``, which is answered by a line with the host's record.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from huginn_cffi._native import lib
from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.hosts.record import HostRecord, rounded
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import Key, keys_of

Find = Callable[[bytes], HostRecord | None]
"""Looks up the host with an address of 4 or 16 bytes; None for an unknown one."""

FIRST = b"{"
"""First byte of a JSON line; no p0f query begins with it."""
LINE_BYTES = 256
"""Limit for an incomplete line; an address has at most 39 bytes."""

KEYS = tuple(
    one
    for one in keys_of(Host)
    if not one.inner or one.name in ("dishonest", "uptime_points", "sightings", "ports")
)
"""Keys of an answer: the keys that ``huginn hosts`` writes for a host, and more."""


def answer_line(line: bytes, find: Find) -> bytes:
    """Answer a JSON line with a JSON line, line end included. A wrong query gets an ``error`` in words."""
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        query = None
    try:
        if not isinstance(query, dict) or set(query) != {"ip"} or not isinstance(query["ip"], str):
            raise ValueError('not understood; a query is a line {"ip": "192.0.2.10"}, or p0f\'s 21 bytes')
        ip = ip_address(query["ip"])
    except ValueError as error:
        return _json({"error": str(error)})
    ip = (ip.version == 6 and ip.ipv4_mapped) or ip
    host = find(ip.packed)
    found = {"event": Host.event, "ip": str(ip), "known": host is not None}
    return _json({**found, **(_plain(host, KEYS) if host else {})})


TOO_LONG = b'{"error":"a query of more than 256 bytes; the connection is closed"}\n'


def _json(found: dict[str, object]) -> bytes:
    return f"{json.dumps(found, separators=(',', ':'))}\n".encode("ascii")


def _plain(of: object, keys: Iterable[Key]) -> dict[str, object]:
    """The values of an object, in the form that ``huginn hosts`` writes."""
    return {one.name: _value(one, getattr(of, one.name)) for one in keys}


def _value(one: Key, value: Any) -> object:
    if value is None:
        return None
    if one.of is not None:
        keys = keys_of(one.of)
        return _plain(value, keys) if one.kind == "object" else [_plain(part, keys) for part in value]
    if one.kind == "time":
        return rfc3339(value)
    return rounded(value) if one.kind in ("share", "rate") else value


QUERY_BYTES: int = lib.HG_QUERY_BYTES

MOST_BYTES = 16 * QUERY_BYTES
"""Bytes read from one client at a time, so that a busy client does not delay the others."""


class Dialogue:
    """Answers one client's queries. A query that begins with ``{`` is a JSON line; others have p0f's form."""

    __slots__ = ("_hosts", "_inbox", "over")

    def __init__(self, hosts: Inventory) -> None:
        self._hosts = hosts
        self._inbox = b""
        self.over = False
        """Whether to disconnect after the next answer, or at once if no answer is pending."""

    def take(self, received: bytes) -> None:
        """Add received bytes: at most `MOST_BYTES`, and only after all answers were fetched."""
        self._inbox += received

    def end(self) -> None:
        """The client sends no more: its last line needs no line end, and an incomplete query is dropped."""
        self.over = True
        self._inbox = self._inbox + b"\n" if self._inbox.startswith(FIRST) else b""

    def answer(self) -> bytes | None:
        """The answer to the next query; None if no complete query has arrived."""
        if self._inbox.startswith(FIRST):
            return self._line()
        if len(self._inbox) < QUERY_BYTES:
            return None
        query, self._inbox = self._inbox[:QUERY_BYTES], self._inbox[QUERY_BYTES:]
        return self._hosts.answer(query)

    def _line(self) -> bytes | None:
        end = self._inbox.find(b"\n", 0, LINE_BYTES + 1)
        if end >= 0:
            line, self._inbox = self._inbox[:end], self._inbox[end + 1 :]
            return answer_line(line, self._hosts.find)
        if len(self._inbox) <= LINE_BYTES:
            return None
        self._inbox, self.over = b"", True  # the start of the next query is unknown
        return TOO_LONG
