"""Reads the descriptive records of an open database, each when it is asked for."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.signatures.signatures import Direction, Label, Signature
from sigcompiler.table.layout import (
    LABEL_GENERIC,
    LABEL_USERLAND,
    SECTION_BY_NAME,
    SIGNATURE_RESPONSE,
    SIGNATURE_UNRELIABLE_TTL,
    SOURCE_LAST_RESORT,
)

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from sigcompiler.claims.confidence import Confidence


class SectionRecords:
    """One section of a database: records by index, as tuples in the order of the layout."""

    __slots__ = ("_struct", "count", "memory", "positions")

    def __init__(self, handle: CData, name: str) -> None:
        section = SECTION_BY_NAME[name]
        count, stride = ffi.new("uint32_t *"), ffi.new("uint32_t *")
        start = lib.hg_database_section(handle, name.encode("ascii"), count, stride)
        self.count: int = count[0]
        self._struct = struct.Struct(section.struct_format)
        self.memory = memoryview(ffi.buffer(ffi.cast("uint8_t *", start), self.count * section.stride))
        self.positions = {field.name: number for number, field in enumerate(section.fields)}

    def __getitem__(self, index: int) -> tuple[int, ...]:
        return self._struct.unpack_from(self.memory, index * self._struct.size)

    def bytes(self, offset: int, length: int) -> bytes:
        """A piece of a section of bytes."""
        return self.memory[offset : offset + length].tobytes()


def database_image(handle: CData, source_hash: bytes, confidence: Confidence | None = None) -> bytes:
    """A database as the bytes of a ``.hgdb`` file, made of the sections that the core holds.

    Tables of `confidence` replace those that it has.
    """
    from sigcompiler.emit_binary import join_sections, section_bytes
    from sigcompiler.table.claims import confidence_records

    sections = {name: SectionRecords(handle, name).memory.tobytes() for name in SECTION_BY_NAME}
    if confidence is not None:
        for name, records in confidence_records(confidence).items():
            sections[name] = section_bytes(SECTION_BY_NAME[name], records)
    return join_sections(sections, lib.hg_database_hash_key(handle), source_hash)


class _RecordReader:
    """Turns records into signatures; keeps the memory that they lie in."""

    __slots__ = (
        "_file_names",
        "_files",
        "_labels",
        "_labels_read",
        "_memory",
        "_strings",
        "announcements",
        "hellos",
        "https",
        "mtus",
        "segment_rules",
        "tcps",
    )

    def __init__(self, handle: CData, image: CData | None) -> None:
        self._memory = (handle, image)
        self._strings = SectionRecords(handle, "strings")
        self._labels = SectionRecords(handle, "labels")
        self._labels_read: dict[int, Label] = {}
        self.tcps = SectionRecords(handle, "signatures")
        self.mtus = SectionRecords(handle, "mtus")
        self.https = SectionRecords(handle, "https")
        self.hellos = SectionRecords(handle, "hellos")
        self.announcements = SectionRecords(handle, "announcements")
        self.segment_rules = SectionRecords(handle, "segments")
        self._files = SectionRecords(handle, "files")
        self._file_names: dict[int, str] = {}

    def tcp(self, index: int) -> Signature:
        record = self.tcps[index]
        flags = record[self.tcps.positions["flags"]]
        direction: Direction = "response" if flags & SIGNATURE_RESPONSE else "request"
        unreliable = bool(flags & SIGNATURE_UNRELIABLE_TTL)
        return self._signature(self.tcps, record, f"tcp:{direction}", direction, unreliable_ttl=unreliable)

    def mtu(self, index: int) -> Signature:
        return self._signature(self.mtus, self.mtus[index], "mtu", None)

    def http(self, index: int) -> Signature:
        from sigcompiler.model import Section

        record = self.https[index]
        response = record[self.https.positions["section"]] == Section.HTTP_RESPONSE
        direction: Direction = "response" if response else "request"
        return self._signature(self.https, record, f"http:{direction}", direction)

    def tls(self, index: int) -> Signature:
        return self._signature(self.hellos, self.hellos[index], "tls:client", "request")

    def device(self, index: int) -> Signature:
        return self._signature(self.announcements, self.announcements[index], "device", None)

    def segments(self, index: int) -> Signature:
        return self._signature(self.segment_rules, self.segment_rules[index], "segments", None)

    def _signature(
        self,
        records: SectionRecords,
        record: tuple[int, ...],
        section: str,
        direction: Direction | None,
        *,
        unreliable_ttl: bool = False,
    ) -> Signature:
        at = records.positions
        source = ""
        if "provenance_offset" in at:
            source = self._text(record[at["provenance_offset"]], record[at["provenance_length"]])
        return Signature(
            section=section,
            direction=direction,
            text=self._text(record[at["text_offset"]], record[at["text_length"]]),
            label=self._label(record[at["label"]]),
            file=self._file(record[at["file"]]),
            line=record[at["line"]],
            column=record[at["column"]],
            provenance=source,
            unreliable_ttl=unreliable_ttl,
            last_resort=bool("source_flags" in at and record[at["source_flags"]] & SOURCE_LAST_RESORT),
        )

    def _file(self, index: int) -> str:
        found = self._file_names.get(index)
        if found is None:
            found = self._file_names.setdefault(index, self._text(*self._files[index]))
        return found

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
            file=self._file(value["file"]),
            line=value["line"],
        )

    def _text(self, offset: int, length: int) -> str:
        return self._strings.bytes(offset, length).decode("utf-8", "surrogateescape")


class _Described(dict[int, Signature]):
    """Signatures by number, each read when it is first asked for."""

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[int], Signature]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, index: int) -> Signature:
        return self.setdefault(index, self._read(index))


class SignatureRecords:
    """The signatures of an open database: ``records.tcp[number]`` and so on.

    `image` is the memory of the database, or ``None`` where that is never freed.
    """

    __slots__ = ("_counts", "_handle", "device", "http", "mtu", "segments", "tcp", "tls")

    def __init__(self, handle: CData, image: CData | None) -> None:
        reader = _RecordReader(handle, image)
        self._handle = handle
        counted = (reader.tcps, reader.mtus, reader.https, reader.hellos, reader.announcements)
        self._counts = tuple(section.count for section in (*counted, reader.segment_rules))
        self.tcp: Mapping[int, Signature] = _Described(reader.tcp)
        """By the numbers in a batch's column ``signature``."""
        self.mtu: Mapping[int, Signature] = _Described(reader.mtu)
        """By the numbers in a batch's column ``link``."""
        self.http: Mapping[int, Signature] = _Described(reader.http)
        self.tls: Mapping[int, Signature] = _Described(reader.tls)
        """By the numbers that the core gives to TLS ClientHellos."""
        self.device: Mapping[int, Signature] = _Described(reader.device)
        """By the numbers that the core gives to announcements of devices."""
        self.segments: Mapping[int, Signature] = _Described(reader.segments)

    @property
    def tls_numbers(self) -> range:
        """The numbers of all signatures of TLS clients."""
        return range(self._counts[3])

    @property
    def http_numbers(self) -> range:
        """The numbers of all signatures of HTTP."""
        return range(self._counts[2])

    @property
    def segments_numbers(self) -> range:
        """The numbers of all signatures of segments."""
        return range(self._counts[5])

    def section(self, name: str) -> SectionRecords:
        """The records of one section as numbers; valid as long as the database."""
        return SectionRecords(self._handle, name)

    def __len__(self) -> int:
        return sum(self._counts)

    def __iter__(self) -> Iterator[Signature]:
        """All signatures: TCP, MTU, HTTP, TLS, devices, segments, each in file order."""
        kinds = (self.tcp, self.mtu, self.http, self.tls, self.device, self.segments)
        for signatures, count in zip(kinds, self._counts, strict=True):
            yield from (signatures[number] for number in range(count))
