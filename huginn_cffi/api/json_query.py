"""The other query: a line ``{"ip": "192.0.2.10"}`` is answered with a line, all that is known of the host."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from huginn_cffi.base.times import rfc3339
from huginn_cffi.hosts.record import HostRecord, rounded
from sigcompiler.schema.hosts import Host
from sigcompiler.schema.objects import Key, keys_of

Find = Callable[[bytes], HostRecord | None]
"""What is known of an address of 4 or 16 bytes; None for an unknown one."""

FIRST = b"{"
"""How a line begins, and no query of p0f's."""
MOST_BYTES = 256
"""Limit for a line without its end; an address has at most 39 bytes."""

KEYS = tuple(
    one
    for one in keys_of(Host)
    if not one.inner or one.name in ("dishonest", "uptime_points", "sightings", "ports")
)
"""Keys of an answer: those that ``huginn hosts`` writes for a host, and more."""


def answer(line: bytes, find: Find) -> bytes:
    """A line for a line, its end included. ``error`` says in words what is wrong with one."""
    try:
        query = json.loads(line)
    except (ValueError, RecursionError):
        query = None
    try:
        if not isinstance(query, dict) or set(query) != {"ip"} or not isinstance(query["ip"], str):
            raise ValueError('not understood; a query is a line {"ip": "192.0.2.10"}, or 21 bytes of p0f\'s')
        ip = ip_address(query["ip"])
    except ValueError as error:
        return _line({"error": str(error)})
    ip = (ip.version == 6 and ip.ipv4_mapped) or ip
    host = find(ip.packed)
    found = {"event": Host.event, "ip": str(ip), "known": host is not None}
    return _line({**found, **(_plain(host, KEYS) if host else {})})


TOO_LONG = b'{"error":"a query of more than 256 bytes; the connection is closed"}\n'


def _line(found: dict[str, object]) -> bytes:
    return f"{json.dumps(found, separators=(',', ':'))}\n".encode("ascii")


def _plain(of: object, keys: Iterable[Key]) -> dict[str, object]:
    """As ``huginn hosts`` writes it."""
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
