"""For tools that make and measure signatures: rows, handshake packets and headers as the core sees them.

The distribution huginn-workbench is built on it. `row` is always the index of a row in a batch.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from ipaddress import ip_address
from typing import NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import OnError
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.names import EVENTS, PROTOCOLS
from huginn_cffi.database.compiling import DEFAULT_FILES
from huginn_cffi.database.database import Database
from huginn_cffi.database.installed import DEFAULT, Default, required
from huginn_cffi.engine.batch import Batch
from huginn_cffi.engine.reduced import new_reducer, reductions
from huginn_cffi.engine.settings import Settings
from huginn_cffi.explain.explanation import Explanation, NearSignature
from huginn_cffi.explain.fields import PacketFields
from huginn_cffi.explain.handshakes import explain_observation, native_of, packet_fields
from huginn_cffi.explain.raw_signature import parse_signature
from huginn_cffi.inputs.opening import inputs_of
from huginn_cffi.results.answers import HandshakeAnswer
from huginn_cffi.results.match import OsMatch
from huginn_cffi.results.observables import endpoint
from huginn_cffi.results.results import ANNOUNCEMENTS, DeviceObservation
from huginn_cffi.results.views import view
from huginn_cffi.signatures.signatures import Direction, Signature
from sigcompiler.model import SignatureFile
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS

__all__ = [
    "DEFAULT",
    "DEFAULT_FILES",
    "DEVICE_PROTOCOLS",
    "MAX_INVENTORY",
    "Default",
    "Direction",
    "HandshakeGroups",
    "NearSignature",
    "OnError",
    "PacketHeaders",
    "announcements",
    "answer_of",
    "database_of",
    "endpoint",
    "explain_packet",
    "fitting_hellos",
    "handshake_groups",
    "handshake_rows",
    "headers_of",
    "hello_rows",
    "match_packet",
    "packet_fields",
    "parse_signature",
    "place_of",
    "public_part",
    "request_rows",
    "required",
    "time_of",
    "view",
]

DEVICE_PROTOCOLS = tuple(
    name
    for event, name in enumerate(EVENTS)
    if lib.hg_event_reader(event) == lib.HG_READER_DEVICES and name in PROTOCOLS
)
"""Events by which devices announce themselves."""

_HASH_KEY = int.from_bytes(os.urandom(8), "little")
"""Random, so that senders of packets cannot cause collisions in a hash table."""

_MOST_FITTING = 64

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class PacketHeaders(NamedTuple):
    """A TCP packet, cut after its TCP header: `time_ns` since the epoch, `linktype` and `data`."""

    time_ns: int
    linktype: int
    data: bytes


class HandshakeGroups(NamedTuple):
    """Handshake packets of a batch, grouped by equal fields; they may differ in sender and time."""

    group_of: Sequence[int]
    """The group of each row; -1 for rows that are no handshake packet."""
    first_rows: Sequence[int]
    """The first row of each group."""


def place_of(batch: Batch, row: int) -> tuple[str, str, int]:
    """The sender of a row's packet, its capture, and the packet's number in it, counted from 1."""
    cells = batch._cells
    size = 4 if cells.ip_version[row] == 4 else 16
    sender = str(ip_address(bytes(cells.src_ip[16 * row : 16 * row + size])))
    return sender, batch.capture, cells.packet_number[row] - batch.packets_before


def time_of(batch: Batch, row: int) -> int:
    """The time of a row's packet, in ns since the epoch."""
    return int(batch._cells.time_ns[row])


def handshake_rows(batch: Batch) -> Iterator[tuple[int, Direction]]:
    """The rows of SYNs ("request") and SYN+ACKs ("response")."""
    for row, event in enumerate(batch._cells.event[: len(batch)]):
        if event in (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK):
            yield row, "request" if event == lib.HG_EVENT_SYN else "response"


def hello_rows(batch: Batch) -> Iterator[int]:
    """The rows of ClientHellos with a JA4; in SSL 2.0's format they have none."""
    event, ssl2 = batch._cells.event, batch._cells.ssl2
    return (row for row in batch.tls["row"] if event[row] == lib.HG_EVENT_TLS_CLIENT and not ssl2[row])


def request_rows(batch: Batch) -> Iterator[int]:
    """The rows of HTTP requests."""
    event = batch._cells.event
    return (row for row in batch.http["row"] if event[row] == lib.HG_EVENT_HTTP_REQUEST)


def announcements(batch: Batch) -> Iterator[tuple[int, DeviceObservation]]:
    """What devices announced, with the row of each."""
    for row in batch.devices["row"]:
        yield row, view(ANNOUNCEMENTS[batch._cells.event[row]], batch, row)


def handshake_groups(batch: Batch) -> HandshakeGroups:
    """Group the handshake packets of a batch."""
    rows = len(batch)
    group_of: CData = _allocate("int32_t[]", rows)
    first_rows: CData = _allocate("uint32_t[]", rows)
    count, error = ffi.new("uint32_t *"), ffi.new("hg_error *")
    check(lib.hg_handshake_groups(batch._native, _HASH_KEY, group_of, first_rows, count, error), error)
    return HandshakeGroups(ffi.unpack(group_of, rows), ffi.unpack(first_rows, count[0]))


def match_packet(
    database: Database, seen: PacketFields, direction: Direction
) -> tuple[Signature, bool] | None:
    """The signature that names a handshake packet, and whether it fits only fuzzily; ``None`` without one."""
    found = lib.hg_database_match(database._handle, native_of(seen, response=direction == "response"))
    if found.signature == lib.HG_NO_SIGNATURE:
        return None
    return database._records.tcp[found.signature], bool(found.fuzzy)


def fitting_hellos(database: Database, ja4: str, ja4_stable: str) -> tuple[Signature, ...]:
    """The signatures that fit a ClientHello with these JA4s, the one that names it first; at most 64."""
    out = ffi.new("hg_tls_match[]", _MOST_FITTING)
    texts = ja4.encode("ascii"), ja4_stable.encode("ascii")
    count = lib.hg_database_match_all_tls(database._handle, *texts, out, _MOST_FITTING)
    return tuple(database._records.tls[one.signature] for one in out[0 : min(count, _MOST_FITTING)])


def explain_packet(
    database: Database, seen: PacketFields, direction: Direction, limit: int
) -> Explanation[OsMatch]:
    """Explain the name of a handshake packet, with at most `limit` nearest signatures."""
    return explain_observation(database, native_of(seen, response=direction == "response"), limit)


def answer_of(match: OsMatch) -> HandshakeAnswer:
    """The answer of all signatures that fit the packet of a match, with its basis."""
    return match._answer()


def database_of(signatures: SignatureFile) -> Database:
    """A database of parsed signatures. Raises `SignatureError` if there are too many."""
    from huginn_cffi.database.compiling import compile_image

    return Database._open(compile_image(signatures), ", ".join(signatures.files), ())


def public_part(announcement: str, text: str) -> str:
    """The beginning of an announced text, up to the first value that may identify a person."""
    data, kind = text.encode("utf-8", "surrogateescape"), int(ANNOUNCEMENT_WORDS[announcement])
    return data[: lib.hg_announcement_shown(kind, data, len(data))].decode("utf-8", "ignore")


def headers_of(path: str | os.PathLike[str]) -> Iterator[PacketHeaders]:
    """The TCP packets of a capture outside tunnels, in order. Raises `CaptureError` if it is damaged."""
    settings = Settings(protocols=("tcp",), uptime=False, decapsulate=False, segments=True)
    (capture,) = inputs_of(path)
    with capture.open(lambda: False) as opened:
        for reduced in reductions(new_reducer(settings), opened, os.fspath(path)):
            offset = 0
            for i in range(reduced.count):
                data = bytes(ffi.buffer(reduced.bytes + offset, reduced.length[i]))
                yield PacketHeaders(reduced.time_ns[i], reduced.linktype[i], data)
                offset += reduced.length[i]
