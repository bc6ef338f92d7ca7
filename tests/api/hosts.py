"""Hosts made up for the tests, a server that knows them, and a client that asks plainly."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from huginn_cffi.api.server import ApiServer
from huginn_cffi.api.socket_file import SocketFile

TIMEOUT_S = 60
QUERY_BYTES, ANSWER_BYTES = 21, 232
FIELDS = "=IIIIIIIIIhBB32s32s32s32s32s32s"
"""p0f's answer as its README describes it, field by field."""


@dataclass(frozen=True)
class Name:
    """Stands for a sighting."""

    name: str
    flavor: str = ""


@dataclass(frozen=True)
class Known:
    """Stands for a record of the inventory: what an answer of 232 bytes is made of."""

    first_seen: int = 1_800_000_000 * 10**9 + 999_999_999
    last_seen: int = 1_800_000_100 * 10**9
    connections: int = 3
    uptime_minutes: int | None = None
    uptime_modulo_days: int | None = None
    ip_sharing: int | None = None
    host_change: int | None = None
    distance: int | None = 4
    dishonest: int = 0
    quality: int = 2
    os: Name | None = Name("Linux", "3.11 and newer")
    http: Name | None = None
    link: str | None = "Ethernet or modem"
    language: str | None = "German"


def query(address: str, *, magic: int = 0x50304601, version: int | None = None) -> bytes:
    """A query as p0f's README describes it."""
    packed = ip_address(address)
    number = packed.version if version is None else version
    return struct.pack("=IB", magic, number) + packed.packed.ljust(16, b"\0")


def fields(answer: bytes) -> tuple[Any, ...]:
    """The fields of an answer, texts up to their NUL."""
    found = struct.unpack(FIELDS, answer)
    assert all(b"\0" in text for text in found[12:]), "a text without its NUL"
    return (*found[:12], *(text.split(b"\0", 1)[0].decode() for text in found[12:]))


def knows(address: str, host: Known) -> Callable[[bytes], Any]:
    """Finds one host."""
    return {ip_address(address).packed: host}.get


HOST = "198.51.100.7"
KNOWN = query(HOST)
UNKNOWN = query("203.0.113.9")


@contextmanager
def serving(path: Path, find: Callable[[bytes], Any] | None = None, **options: Any) -> Iterator[ApiServer]:
    """A server of the host `HOST` that is gone afterwards."""
    file = SocketFile(str(path))
    server = ApiServer(file.socket, find or knows(HOST, Known()), **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        file.remove()


@contextmanager
def client(path: Path) -> Iterator[socket.socket]:
    """A connection."""
    with socket.socket(socket.AF_UNIX) as talk:
        talk.settimeout(TIMEOUT_S)
        talk.connect(str(path))
        yield talk


def received(talk: socket.socket, count: int) -> bytes:
    """So many bytes; fewer where the other side closes."""
    found = b""
    while len(found) < count and (some := talk.recv(count - len(found))):
        found += some
    return found


def is_silent(talk: socket.socket) -> bool:
    """Whether nothing comes for a moment, and the connection stays."""
    talk.settimeout(0.2)
    try:
        return bool(talk.recv(1)) and False
    except TimeoutError:
        return True
    finally:
        talk.settimeout(TIMEOUT_S)
