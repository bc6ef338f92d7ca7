"""Rows and packets as the core sees them, for tools that make and measure signatures."""

from __future__ import annotations

import os
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from math import isnan
from typing import Literal, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base.handles import CData
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.database.database import Database
from huginn_cffi.explain.explanation import Explanation
from huginn_cffi.explain.fields import PacketFields
from huginn_cffi.explain.handshakes import explain_observation, native_of, packet_fields
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run import http_rows
from huginn_cffi.run.answers import Basis, HandshakeAnswer
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.match import Match
from huginn_cffi.run.observables import LAYOUT_BYTES, Endpoint, endpoint
from huginn_cffi.run.records import database_image
from huginn_cffi.run.reduced import new_reducer, reductions
from huginn_cffi.run.results import ANNOUNCEMENTS, DeviceObservation
from huginn_cffi.run.settings import Settings
from huginn_cffi.run.signatures import Direction, Signature
from huginn_cffi.run.views import ViewType, view
from huginn_cffi.sources.searching import inputs_of
from sigcompiler.claims.confidence import MANNERS
from sigcompiler.claims.confidence import confidence_of as confidence_tables
from sigcompiler.claims.flavors import Claim, family_names
from sigcompiler.claims.labels import LabelClaim, claim_of_families, family_identity
from sigcompiler.claims.sources import WEIGHTS
from sigcompiler.model import SignatureFile
from sigcompiler.schema.hosts import NARROWING
from sigcompiler.vocabulary import ANNOUNCEMENT_WORDS, BANNERS, DeviceField

_GROUPED = (
    *("event", "ip_version", "ttl", "olen", "mss", "wsize", "window_kind", "window_multiple", "wscale"),
    *("quirks", "pclass"),
)
"""The columns that equal handshake packets share beside their options."""

_HANDSHAKES = (lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK)
_MOST_FITTING = 64


class PacketHeaders(NamedTuple):
    """A TCP packet, cut after its TCP header: `time_ns` since the epoch, `linktype` and `data`."""

    time_ns: int
    linktype: int
    data: bytes


class RowViews:
    """The rows of a `batch`. `row` is always the index of a row."""

    __slots__ = ("batch",)

    def __init__(self, batch: Batch) -> None:
        self.batch = batch

    def handshakes(self) -> Iterator[tuple[int, Direction]]:
        """The rows of SYNs ("request") and SYN+ACKs ("response")."""
        for row, event in enumerate(self.batch._cells.event[: len(self.batch)]):
            if event in _HANDSHAKES:
                yield row, self.direction(row)

    def direction(self, row: int) -> Direction:
        """The direction of a handshake packet."""
        return "request" if self.batch._cells.event[row] == lib.HG_EVENT_SYN else "response"

    def hellos(self) -> Iterator[int]:
        """The rows of ClientHellos with a JA4; in SSL 2.0's format they have none."""
        cells, found = self.batch._cells, self.batch.tls["row"]
        return (row for row in found if cells.event[row] == lib.HG_EVENT_TLS_CLIENT and not cells.ssl2[row])

    def messages(self) -> Iterator[tuple[int, Direction]]:
        """The rows of HTTP requests and responses."""
        return ((row, http_rows.direction(self.batch, row)) for row in self.batch.http["row"])

    def announcements(self) -> Iterator[tuple[int, DeviceObservation]]:
        """What devices announced, with the row of each."""
        for row in self.batch.devices["row"]:
            yield row, self.view(ANNOUNCEMENTS[self.batch._cells.event[row]], row)

    def groups(self, wanted: Container[tuple[int, int]]) -> Iterator[tuple[int, Hashable]]:
        """The rows of handshake packets, each with a key that equal packets share.

        They are chosen by their number of a signature, or `NO_SIGNATURE`, and by a 1 for a fuzzy fit.
        """
        cells, count = self.batch._cells, len(self.batch)
        numbers, fuzzy, event = cells.signature[:count].tolist(), cells.fuzzy, cells.event
        some = {number for number in set(numbers) if (number, 0) in wanted or (number, 1) in wanted}
        rows = [row for row, number in enumerate(numbers) if number in some]
        rows = [row for row in rows if event[row] in _HANDSHAKES and (numbers[row], fuzzy[row]) in wanted]
        layouts = bytes(cells.olayout[: LAYOUT_BYTES * count])
        keys = [layouts[LAYOUT_BYTES * row : LAYOUT_BYTES * (row + 1)] for row in rows]
        values = [[column[row] for row in rows] for column in (getattr(cells, name) for name in _GROUPED)]
        return zip(rows, zip(keys, *values, strict=True), strict=True)

    def place(self, row: int) -> tuple[str, str, int]:
        """The sender of a row's packet, its capture, and the packet's number in it, counted from 1."""
        cells = self.batch._cells
        size = 4 if cells.ip_version[row] == 4 else 16
        sender = str(ip_address(bytes(cells.src_ip[16 * row : 16 * row + size])))
        return sender, self.batch.capture, cells.packet_number[row] - self.batch.packets_before

    def time(self, row: int) -> int:
        """The time of a row's packet, in ns since the epoch."""
        return int(self.batch._cells.time_ns[row])

    def endpoint(self, row: int, side: Literal["src", "dst"]) -> Endpoint:
        """The sender ("src") or the receiver ("dst") of a row's packet."""
        return endpoint(self.batch, row, side)

    def packet(self, row: int) -> PacketFields:
        """The fields of a handshake packet."""
        return packet_fields(self.batch, row)

    def message(self, row: int) -> str:
        """The raw signature of an HTTP message, see `MessageHead`, for any database."""
        return http_rows.signature(self.batch, row, None)

    def view(self, kind: type[ViewType], row: int) -> ViewType:
        """A row as an observation of this kind."""
        return view(kind, self.batch, row)


class Matcher:
    """Names packets, hellos and messages with one database."""

    __slots__ = ("_database",)

    def __init__(self, database: Database) -> None:
        self._database = database

    def packet(self, seen: PacketFields, direction: Direction) -> tuple[Signature, bool] | None:
        """The signature of a handshake packet, and whether it fits only fuzzily; ``None`` without one."""
        native = native_of(seen, response=direction == "response")
        found = lib.hg_database_match(self._database._handle, native)
        if found.signature == NO_SIGNATURE:
            return None
        return self._database._records.tcp[found.signature], bool(found.fuzzy)

    def explained(self, seen: PacketFields, direction: Direction, limit: int) -> Explanation[Match]:
        """Explain the name of a handshake packet, with at most `limit` nearest signatures."""
        return explain_observation(self._database, native_of(seen, response=direction == "response"), limit)

    def hellos(self, ja4: str, ja4_stable: str) -> Sequence[Signature]:
        """The signatures of a ClientHello with these JA4s, the one that names it first; at most 64."""
        out = ffi.new("hg_tls_match[]", _MOST_FITTING)
        texts = ja4.encode("ascii"), ja4_stable.encode("ascii")
        count = lib.hg_database_match_all_tls(self._database._handle, *texts, out, _MOST_FITTING)
        return [self._database._records.tls[one.signature] for one in out[0 : min(count, _MOST_FITTING)]]

    def messages(self, batch: Batch, row: int) -> Sequence[Signature]:
        """The signatures that fit the HTTP message of a row, the one that names it first."""
        return http_rows.fitting(batch, row, self._database)

    @staticmethod
    def answer(match: Match) -> HandshakeAnswer:
        """The answer of all signatures that fit the packet of a match, with its basis."""
        found = match._answer()
        assert found is not None  # a signature named the packet
        return found


def class_of(database: Database, family: str) -> str | None:
    """The class of a family of systems, by the first signature that has one. Reads no further ones."""
    known = (one.os_class for one in database._records if family in family_names(one.name) and one.os_class)
    return next(known, None) if family else None


def named_with(analyzer: Analyzer, database: Database) -> Analyzer:
    """The analyzer, or a copy of it, that names packets with this database."""
    if analyzer.database is not database:
        analyzer = copy(analyzer)
        analyzer._database = database
    return analyzer


def inventory_of(sources: Iterable[str] = NARROWING) -> Inventory:
    """An empty inventory of hosts. Only these sources (`NARROWING`) narrow what handshakes show."""
    return narrowed(Inventory(None), sources)


def narrowed(inventory: Inventory, sources: Iterable[str]) -> Inventory:
    """An empty inventory, of which only these sources narrow what handshakes show."""
    names = (ffi.string(lib.hg_host_source_name(at)).decode("ascii") for at in range(lib.HG_HOST_SOURCES))
    silent = sum(1 << at for at, name in enumerate(names) if name in NARROWING and name not in sources)
    inventory._options.sources &= ~silent
    return inventory


def database_of(signatures: SignatureFile) -> Database:
    """A database of parsed signatures. Raises `SignatureError` if there are too many."""
    from huginn_cffi.database.compiling import compile_image  # with its parser, which few commands need

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


_VALUES = tuple(field.name.lower() for field in DeviceField)
_BANNER_VALUES = ("program", "program_version", "variant", *_VALUES[3:])


@dataclass(frozen=True, slots=True)
class DeviceExplanation:
    """The database's match for an announcement.

    ``announcement`` is its kind and ``text`` its content. ``match`` is the signature that names it, or
    ``None``. ``type``, ``manufacturer``, ``model``, ``system`` and ``version`` come from its label, with
    captured texts filled in; ``None`` if the label lacks the value. Banners have ``program``,
    ``program_version`` and ``variant`` in place of the first three.
    """

    announcement: str
    text: str
    match: Signature | None
    type: str | None = None
    manufacturer: str | None = None
    model: str | None = None
    system: str | None = None
    version: str | None = None
    program: str | None = None
    program_version: str | None = None
    variant: str | None = None


def explain_device(database: Database, announcement: str, text: str) -> DeviceExplanation:
    """The signature that names a device that announces `text`, and the values of its label.

    `announcement` is a word of docs/reference/signature-format.md, such as "dhcp-class"; other words raise
    `ValueError`.
    """
    if announcement not in ANNOUNCEMENT_WORDS:
        known = ", ".join(ANNOUNCEMENT_WORDS)
        raise ValueError(f"announcement must be one of {known}, not {announcement!r}")
    data = text.encode("utf-8", "surrogateescape")
    values = ffi.new("hg_device_values *")
    kind = ANNOUNCEMENT_WORDS[announcement]
    names = _BANNER_VALUES if kind in BANNERS else _VALUES
    number = lib.hg_database_match_device(database._handle, int(kind), data, len(data), values)
    if number == NO_SIGNATURE:
        return DeviceExplanation(announcement, text, None)
    found = {
        names[field]: ffi.buffer(values.values[field], values.lengths[field])[:].decode("utf-8", "replace")
        for field in DeviceField
        if values.lengths[field]
    }
    return DeviceExplanation(announcement, text, database._records.device[number], **found)


Contradiction = Literal["families", "versions"]
CONTRADICTIONS: dict[int, Contradiction] = {
    lib.HG_CONTRADICT_STACK: "families",
    lib.HG_CONTRADICT_FAMILY: "families",
    lib.HG_CONTRADICT_VERSION: "versions",
}
"""The part in which two claims contradict each other."""


def agreement(one: LabelClaim, other: LabelClaim) -> int:
    """Whether two claims can describe the same system: an ``hg_agreement``."""
    kept: list[CData] = []
    return lib.hg_claims_agree(_claim(one, kept), _claim(other, kept))


@lru_cache(maxsize=4096)
def contradiction(one: tuple[Claim, ...], other: tuple[Claim, ...]) -> Contradiction | None:
    """The part in which two systems contradict each other; each is given as its possible families."""
    return CONTRADICTIONS.get(agreement(claim_of_families(one), claim_of_families(other)))


def _claim(claim: LabelClaim, kept: list[CData]) -> CData:
    """The claim as a C struct. `kept` holds its arrays and must live as long as the struct."""
    raw = ffi.new("hg_claim *")
    raw.kind, raw.stacks, raw.family_count = claim.kind, claim.stacks, len(claim.families)
    for place, one in enumerate(claim.families[: lib.HG_CLAIM_FAMILIES]):
        numbers = ffi.new("uint64_t[]", [end for versions in one.versions for end in versions])
        raw.families[place].identity = family_identity(one.family)
        raw.families[place].versions = numbers
        raw.families[place].version_count = len(one.versions)
        kept.append(numbers)
    return raw


def confidence_of(basis: Basis, database: Database) -> tuple[float, float | None]:
    """The shares of right families and of right versions among answers with this basis."""
    raw = ffi.new("hg_basis *")
    raw.manner, raw.weight = MANNERS.index(basis.manner), WEIGHTS.index(basis.weight)
    raw.family_count, raw.counts_families = basis.families, bool(basis.names)
    for place, name in enumerate(basis.names[: lib.HG_CLAIM_FAMILIES]):
        raw.families[place] = family_identity(name)
    share, versions = ffi.new("double *"), ffi.new("double *")
    lib.hg_confidence(database._handle, raw, share, versions)
    return share[0], None if isnan(versions[0]) else versions[0]


def with_confidence(database: Database, tables: Mapping[str, Mapping[str, float]]) -> Database:
    """The same database with other confidence tables, as in docs/reference/signature-format.md.

    `source_hash` stays the same, since it covers only the signatures. Raises `ValueError` for tables that do
    not follow the format.
    """
    source_hash = bytes.fromhex(database.source_hash)
    image = database_image(database._handle, source_hash, confidence_tables(tables))
    return Database._open(image, "a database with other confidence tables", database.warnings)
