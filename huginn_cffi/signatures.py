"""Signatures and labels as the database describes them, read from its records on request."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from huginn_cffi._native import ffi, lib
from sigcompiler.layout import (
    LABEL_GENERIC,
    LABEL_USERLAND,
    SECTION_BY_NAME,
    SIGNATURE_RESPONSE,
    SIGNATURE_UNRELIABLE_TTL,
)

if TYPE_CHECKING:
    from huginn_cffi._native import CData

Kind = Literal["specific", "generic"]
Direction = Literal["request", "response"]

_HTTP_RESPONSE = 4
"""Number of ``[http:response]`` among the sections."""


@dataclass(frozen=True, slots=True)
class Label:
    """Who sends what a signature describes.

    ``os_class`` is ``None`` for userland tools, whose ``systems`` tell where they run, and
    for links of MTU signatures, which have a ``name`` only.
    """

    name: str
    flavor: str
    kind: Kind
    userland: bool
    os_class: str | None
    systems: tuple[str, ...]
    file: str
    line: int

    def __str__(self) -> str:
        """Name and flavor, as results show them."""
        return f"{self.name} {self.flavor}" if self.flavor else self.name


@dataclass(frozen=True, slots=True)
class Signature:
    """One ``sig`` line. ``text`` is its value as written; lines and columns count from 1.

    ``section`` is "mtu", "tcp:request", "tcp:response", "http:request" or "http:response".
    ``direction`` is ``None`` for MTU signatures. ``provenance`` is the text of the nearest
    ``; source:`` comment above the line.
    """

    section: str
    direction: Direction | None
    text: str
    label: Label
    file: str
    line: int
    column: int
    provenance: str
    unreliable_ttl: bool = False


class _Records:
    """One section of a database: records by index, as tuples in the order of the layout."""

    __slots__ = ("_struct", "_view", "count", "positions")

    def __init__(self, handle: CData, name: str) -> None:
        section = SECTION_BY_NAME[name]
        count, stride = ffi.new("uint32_t *"), ffi.new("uint32_t *")
        start = lib.hg_database_section(handle, name.encode("ascii"), count, stride)
        self.count: int = count[0]
        self._struct = struct.Struct(section.struct_format)
        self._view = memoryview(ffi.buffer(ffi.cast("uint8_t *", start), self.count * section.stride))
        self.positions = {field.name: number for number, field in enumerate(section.fields)}

    def __getitem__(self, index: int) -> tuple[int, ...]:
        return self._struct.unpack_from(self._view, index * self._struct.size)

    def bytes(self, offset: int, length: int) -> bytes:
        return self._view[offset : offset + length].tobytes()


class SignatureRecords:
    """Reads the descriptive sections of an open database.

    The memory belongs to the database: its owner must outlive this object.
    """

    __slots__ = ("_files", "_https", "_labels", "_labels_read", "_mtus", "_strings", "_tcp", "_tcp_read")

    def __init__(self, handle: CData) -> None:
        self._strings = _Records(handle, "strings")
        self._labels = _Records(handle, "labels")
        self._tcp = _Records(handle, "signatures")
        self._mtus = _Records(handle, "mtus")
        self._https = _Records(handle, "https")
        files = _Records(handle, "files")
        self._files = [self._text(*files[index]) for index in range(files.count)]
        self._labels_read: dict[int, Label] = {}
        self._tcp_read: dict[int, Signature] = {}

    def __len__(self) -> int:
        return self._tcp.count + self._mtus.count + self._https.count

    def __iter__(self) -> Iterator[Signature]:
        """All signatures: TCP, MTU, HTTP, each in file order."""
        yield from map(self.tcp, range(self._tcp.count))
        yield from map(self.mtu, range(self._mtus.count))
        yield from map(self.http, range(self._https.count))

    @property
    def tcp_count(self) -> int:
        """Number of TCP signatures of both directions."""
        return self._tcp.count

    @property
    def mtu_count(self) -> int:
        """Number of MTU signatures."""
        return self._mtus.count

    def tcp(self, index: int) -> Signature:
        """The TCP signature that a row's ``signature`` column refers to."""
        found = self._tcp_read.get(index)
        if found is None:
            found = self._tcp_read.setdefault(index, self._read_tcp(index))
        return found

    def mtu(self, index: int) -> Signature:
        """The MTU signature that a row's ``link`` column refers to."""
        return self._signature(self._mtus, self._mtus[index], "mtu", None)

    def http(self, index: int) -> Signature:
        """The HTTP signature with this number."""
        record = self._https[index]
        response = record[self._https.positions["section"]] == _HTTP_RESPONSE
        direction: Direction = "response" if response else "request"
        return self._signature(self._https, record, f"http:{direction}", direction)

    def _read_tcp(self, index: int) -> Signature:
        record = self._tcp[index]
        flags = record[self._tcp.positions["flags"]]
        direction: Direction = "response" if flags & SIGNATURE_RESPONSE else "request"
        unreliable = bool(flags & SIGNATURE_UNRELIABLE_TTL)
        return self._signature(self._tcp, record, f"tcp:{direction}", direction, unreliable_ttl=unreliable)

    def _signature(
        self,
        records: _Records,
        record: tuple[int, ...],
        section: str,
        direction: Direction | None,
        *,
        unreliable_ttl: bool = False,
    ) -> Signature:
        value = {name: record[position] for name, position in records.positions.items()}
        return Signature(
            section=section,
            direction=direction,
            text=self._text(value["text_offset"], value["text_length"]),
            label=self._label(value["label"]),
            file=self._files[value["file"]],
            line=value["line"],
            column=value["column"],
            provenance=self._text(value.get("provenance_offset", 0), value.get("provenance_length", 0)),
            unreliable_ttl=unreliable_ttl,
        )

    def _label(self, index: int) -> Label:
        found = self._labels_read.get(index)
        if found is None:
            found = self._labels_read.setdefault(index, self._read_label(index))
        return found

    def _read_label(self, index: int) -> Label:
        record = self._labels[index]
        value = {name: record[position] for name, position in self._labels.positions.items()}
        systems = self._text(value["systems_offset"], value["systems_length"])
        return Label(
            name=self._text(value["name_offset"], value["name_length"]),
            flavor=self._text(value["flavor_offset"], value["flavor_length"]),
            kind="generic" if value["flags"] & LABEL_GENERIC else "specific",
            userland=bool(value["flags"] & LABEL_USERLAND),
            os_class=self._text(value["class_offset"], value["class_length"]) or None,
            systems=tuple(systems.split(",")) if systems else (),
            file=self._files[value["file"]],
            line=value["line"],
        )

    def _text(self, offset: int, length: int) -> str:
        return self._strings.bytes(offset, length).decode("utf-8", "surrogateescape")
