"""The table of a running capture's connections, found by the addresses of both ends; the C core keeps it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, handle_of, made, output_of
from huginn_cffi.run.changes import new_key

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import Inventory
    from huginn_cffi.run.batch import Batch
    from huginn_cffi.run.opened import OpenDatabase

NEVER_NS = 1 << 62
"""A time at which no connection is remembered any more."""

MOST_CONNECTIONS = 1 << 18
"""Default limit for remembered connections; a full table takes 67 MB."""

STATUSES = ("not_seen", "found", "relayed", "ambiguous")
"""Names of the values of ``hg_peer_status``."""

TRANSPORTS = ("tcp", "quic", "dtls", "openvpn")
"""Names of the values of ``hg_transport``."""

_MAPPED = bytes(10) + b"\xff\xff"


class PeerAddress(NamedTuple):
    """An address, 4 or 16 bytes, and a port."""

    address: bytes
    port: int


@dataclass(frozen=True, slots=True)
class Question:
    """A question about a connection, with headers of its client to compare; nothing of it is kept."""

    client: PeerAddress
    """Port 0: the question is about values common to all recent connections of the address."""
    server: PeerAddress | None = None
    transport: str | None = None
    """One of `TRANSPORTS`; if None, a TCP connection takes precedence."""
    user_agent: bytes = b""
    platform: bytes = b""
    """The client hint ``Sec-CH-UA-Platform``."""
    brands: bytes = b""
    """The client hint ``Sec-CH-UA``."""


class PeerProgress(NamedTuple):
    """The parts of a connection seen so far."""

    more: bool
    """Whether its ClientHello or an unencrypted request was seen."""
    first_ns: int
    over: bool = False
    """Whether its end was seen."""


class PeerCounts(NamedTuple):
    """Counters of a table: its connections, and its answers by status."""

    connections: int
    evicted: int
    answers: dict[str, int]


class Peers:
    """The table: one thread adds connections, any thread may query it."""

    def __init__(self, database: OpenDatabase | None, most: int = MOST_CONNECTIONS) -> None:
        self._error = ffi.new("hg_error *")
        self.handle: CData = made("hg_peers", lib.hg_peers_new, most, new_key())
        """The core's table, which lives as long as this."""
        self._use(database)

    def add(self, batch: Batch) -> None:
        """Add the events of a batch; batches come in order, from one thread."""
        if batch.database is not self.database:
            self._use(batch.database)
        check(lib.hg_peers_add(self.handle, batch._native, self._error), self._error)

    def find(self, question: Question, *, now_ns: int | None = None) -> PeerProgress | None:
        """The parts of a connection seen so far; None if none. `now_ns` defaults to the system's time."""
        first_ns = ffi.new("int64_t *")
        native, _texts = _native_question(question)
        now_ns = time.time_ns() if now_ns is None else now_ns
        seen = lib.hg_peers_find(self.handle, native, now_ns, first_ns)
        if seen == 0:
            return None
        more = lib.HG_SEEN_HELLO | lib.HG_SEEN_REQUEST
        return PeerProgress(bool(seen & more), first_ns[0], bool(seen & lib.HG_SEEN_END))

    def answer(
        self, question: Question, inventory: Inventory | None = None, *, now_ns: int | None = None
    ) -> bytes:
        """Everything known of the connection, as a JSON object; `now_ns` as in `find`."""
        native, _texts = _native_question(question)
        now_ns = time.time_ns() if now_ns is None else now_ns
        hosts = ffi.NULL if inventory is None else inventory.handle
        return output_of(lib.hg_peers_answer, self.handle, hosts, native, now_ns, first=1 << 14, most=1 << 24)

    def counts(self) -> PeerCounts:
        """The table's counters."""
        found = ffi.new("hg_peer_counts *")
        lib.hg_peers_count(self.handle, found)
        return PeerCounts(found.connections, found.evicted, dict(zip(STATUSES, found.answers, strict=True)))

    def _use(self, database: OpenDatabase | None) -> None:
        lib.hg_peers_use(self.handle, handle_of(database))
        self.database = database
        """The database of the newest batch."""


def _native_question(question: Question) -> tuple[CData, list[CData]]:
    """A question as the core's struct, and the texts that the struct borrows."""
    native, texts = ffi.new("hg_question *"), []
    client = _plain(question.client.address)
    native.version = 4 if len(client) == 4 else 6
    native.client_port = question.client.port
    ffi.memmove(native.client, client, len(client))
    transport = question.transport
    native.transport = lib.HG_ANY_TRANSPORT if transport is None else TRANSPORTS.index(transport)
    if question.server is not None:
        server = _plain(question.server.address)
        native.server_port = question.server.port
        ffi.memmove(native.server, server, len(server))
    for name in ("user_agent", "platform", "brands"):
        text = getattr(question, name)
        if text:
            texts.append(ffi.from_buffer("uint8_t[]", text))
            setattr(native, name, texts[-1])
            setattr(native, f"{name}_length", len(text))
    return native, texts


def _plain(address: bytes) -> bytes:
    """Unwrap an IPv4 address that is mapped into IPv6."""
    return address[12:] if address[:12] == _MAPPED else address
