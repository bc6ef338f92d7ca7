"""Rows of a batch made by hand, and what the core renders of them."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import pytest

from sigcompiler.schema.rows import ECS_OBJECT, EVE_OBJECT, FIELDS, JsonFormat
from tests.support.schemas import RECORDS, schema_of, whole_schema_of

native = pytest.importorskip("huginn_cffi._native", reason="the C core is not built")
ffi, lib = native.ffi, native.lib

NONE = 0xFFFFFFFF
SYN, SYN_ACK, MTU, CLIENT_UPTIME, SERVER_UPTIME = range(5)
TEXT, JSON, P0F, EVE, ECS = range(5)
SCHEMAS: dict[int, JsonFormat] = {JSON: "json", EVE: "eve", ECS: "ecs"}
CANARY = 0xA5
ROOMY = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event; the names are the columns', addresses and layout in readable form."""

    event: int = SYN
    time_ns: int = 0
    packet_number: int = 1
    flow: int = 1
    from_server: int = 0
    source: str = "1.2.3.4"
    destination: str = "4.3.2.1"
    src_port: int = 1524
    dst_port: int = 80
    tunnel: int = 0
    station: int = 0
    receiver: int = 0
    anomalies: int = 0
    ttl: int = 64
    ittl: int = 64
    distance: int = 0
    olen: int = 0
    mss: int = 1460
    wsize: int = 8192
    window_kind: int = 0
    window_multiple: int = 0
    wscale: int = 0
    options: tuple[int, ...] = (2,)
    eol_pad: int = 0
    quirks: int = 0
    pclass: int = 0
    dscp: int = 0
    signature: int = NONE
    fuzzy: int = 0
    syn_seen: int = 0
    ts1: int = 0
    mtu: int = 0
    link: int = NONE
    uptime_minutes: int = 0
    modulo_days: int = 0
    frequency_hz: int = 0
    raw_frequency_hz: float = 0.0
    uptime_doubt: int = 0

    @property
    def ip_version(self) -> int:
        """4 or 6, by the addresses."""
        return ip_address(self.source).version

    @property
    def ends(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Addresses and ports."""
        return (self.source, self.src_port), (self.destination, self.dst_port)

    @property
    def outer(self) -> bytes:
        """Only rows in tunnels have it; no output shows it."""
        return bytes(lib.HG_TUNNEL_BYTES)

    @property
    def scope(self) -> int:
        """Who can have sent the row; no output shows it."""
        return 0

    @property
    def src_ip(self) -> bytes:
        """16 bytes, IPv4 in the first four."""
        return packed(self.source)

    @property
    def dst_ip(self) -> bytes:
        """16 bytes, IPv4 in the first four."""
        return packed(self.destination)

    @property
    def olayout(self) -> bytes:
        """24 kinds, their number, the pad, zeros."""
        return bytes(self.options).ljust(24, b"\0")[:24] + bytes((len(self.options), self.eol_pad)) + bytes(6)


def packed(address: str) -> bytes:
    """The address as a column holds it."""
    return ip_address(address).packed.ljust(16, b"\0")


def address_of(packed_bytes: bytes, version: int) -> IPv4Address | IPv6Address:
    """The address that a column holds."""
    return IPv4Address(packed_bytes[:4]) if version == 4 else IPv6Address(packed_bytes)


def community_id(row: EventRow) -> str:
    """Community ID v1 by its specification, of Python's own SHA-1."""
    ends = sorted(((ip_address(ip).packed, port) for ip, port in row.ends))
    (first, first_port), (second, second_port) = ends
    message = struct.pack("!H", 0) + first + second + struct.pack("!BBHH", 6, 0, first_port, second_port)
    return "1:" + b64encode(sha1(message).digest()).decode("ascii")


class RowBatch:
    """An ``hg_batch`` over memory of its own."""

    def __init__(self, rows: Sequence[EventRow]) -> None:
        self.batch: Any = ffi.new("hg_batch *")
        self.batch.capacity = self.batch.count = len(rows)
        self.batch.counts[lib.HG_READER_TCP] = len(rows)
        self._memory: list[Any] = []
        self._fill(self.batch.columns, "hg_columns", rows)
        self._fill(self.batch.columns.tcp, "hg_tcp_columns", rows)

    def _fill(self, columns: Any, kind: str, rows: Sequence[EventRow]) -> None:
        for name, member in ffi.typeof(kind).fields:
            if member.type.kind == "struct":
                continue
            column = ffi.new(ffi.getctype(member.type.item, f"[{max(1, len(rows))}]"))
            for index, row in enumerate(rows):
                column[index] = index if name == "row" else self._value(row, name)
            setattr(columns, name, column)
            self._memory.append(column)

    @staticmethod
    def _value(row: EventRow, name: str) -> Any:
        value = getattr(row, name)
        return list(value) if isinstance(value, bytes) else value


class RenderError(Exception):
    """A refusal; ``status`` is the core's code."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def new_renderer(form: int, database: Any = ffi.NULL, interface: bytes | None = None) -> Any:
    """A renderer that frees itself."""
    out, error = ffi.new("hg_renderer **"), ffi.new("hg_error *")
    name = ffi.NULL if interface is None else ffi.new("char[]", interface)
    status = lib.hg_renderer_new(database, form, name, out, error)
    if status != 0:
        raise RenderError(status, ffi.string(error.message).decode("ascii"))
    return ffi.gc(out[0], lib.hg_renderer_free)


def render_once(
    batch: RowBatch, form: int, database: Any, first: int, last: int, capacity: int
) -> tuple[bytes, int]:
    """A renderer's first call: what it wrote, and the next row."""
    return render_piece(new_renderer(form, database), batch, first, last, capacity)


def render_piece(renderer: Any, batch: RowBatch, first: int, last: int, capacity: int) -> tuple[bytes, int]:
    """One call of ``hg_render``: what it wrote, and the next row."""
    out = ffi.new("char[]", capacity + 64)
    ffi.buffer(out)[:] = bytes([CANARY]) * (capacity + 64)
    written, following, error = ffi.new("size_t *"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    status = lib.hg_render(renderer, batch.batch, first, last, out, capacity, written, following, error)
    assert ffi.buffer(out)[capacity:] == bytes([CANARY]) * 64, "wrote past the buffer"
    if status != 0:
        raise RenderError(status, ffi.string(error.message).decode("ascii"))
    return ffi.buffer(out, written[0])[:], following[0]


def render(rows: Sequence[EventRow], form: int, database: Any = None, capacity: int = ROOMY) -> bytes:
    """All rows, in as many calls as `capacity` asks for."""
    batch, pieces, first = RowBatch(rows), [], 0
    renderer = new_renderer(form, database or ffi.NULL)
    while first < len(rows):
        piece, following = render_piece(renderer, batch, first, len(rows), capacity)
        assert following > first, "no progress"
        pieces.append(piece)
        first = following
    whole = b"".join(pieces)
    if form in SCHEMAS:
        check_lines(whole, SCHEMAS[form])
    return whole


OWN: dict[JsonFormat, str | None] = {"json": None, "eve": EVE_OBJECT, "ecs": ECS_OBJECT}
"""The object of a record that has the event's kind."""


@lru_cache
def validators(format: JsonFormat) -> dict[str, Any]:
    """Of the schema that comes with the package: for each kind of event that of its records.

    The schema says "one of these". Each of them demands another kind, so a record can be no more than
    one of them, and to try them all, which takes ten times as long, would find the same.
    """
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    jsonschema.Draft202012Validator.check_schema(schema_of(RECORDS[format]))
    schema = whole_schema_of(RECORDS[format])
    assert schema.keys() == {"$schema", "title", "oneOf"}
    found = {}
    for kind in schema["oneOf"]:
        own = kind
        if name := OWN[format]:
            assert name in kind["required"]
            own = kind["properties"][name]
        assert "event" in own["required"]
        found[own["properties"]["event"]["const"]] = jsonschema.Draft202012Validator(kind)
    assert len(found) == len(schema["oneOf"])
    return found


def check_lines(lines: bytes, format: JsonFormat) -> None:
    """Every line is what the schema of its format says."""
    name = OWN[format]
    for line in lines.splitlines():
        record = json.loads(line)
        event = (record[name] if name else record)["event"]
        assert event in validators(format), f"no such event: {event}"
        for error in validators(format)[event].iter_errors(record):
            raise AssertionError(error.message)


def render_text(row: EventRow, form: int, database: Any = None) -> str:
    """One row as text."""
    return render([row], form, database).decode("utf-8")


def raw_signature(row: EventRow) -> str:
    """What ``hg_field_json`` makes of the signature of a row."""
    batch, field = RowBatch([row]), [field.column for field in FIELDS].index("signature")
    out, length, error = ffi.new("char[]", lib.HG_MAX_RECORD), ffi.new("size_t *"), ffi.new("hg_error *")
    status = lib.hg_field_json(batch.batch, ffi.NULL, 0, field, out, length, error)
    if status != 0:
        raise RenderError(status, ffi.string(error.message).decode("ascii"))
    return str(json.loads(bytes(ffi.buffer(out, length[0]))))
