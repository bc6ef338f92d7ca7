"""Reads the descriptive records of an open database, each on demand."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Any, cast

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.run.signatures import Direction, Signature
from sigcompiler.claims.flavors import label_text
from sigcompiler.table import layout

if TYPE_CHECKING:
    from sigcompiler.claims.confidence import Confidence
    from sigcompiler.table.known import KnownSignatures


HASH_BYTES = 32


class SectionRecords:
    """One section of a database: records by index, as tuples in the order of the layout."""

    def __init__(self, handle: CData, name: str) -> None:
        section = layout.SECTION_BY_NAME[name]
        count, stride = ffi.new("uint32_t *"), ffi.new("uint32_t *")
        start = lib.hg_database_section(handle, name.encode("ascii"), count, stride)
        self.count: int = count[0]
        self._struct = struct.Struct(section.struct_format)
        self.memory: memoryview[int] = memoryview(
            ffi.buffer(ffi.cast("uint8_t *", start), self.count * section.stride)
        )
        self.positions: dict[str, int] = {field.name: number for number, field in enumerate(section.fields)}

    def __getitem__(self, index: int) -> tuple[int, ...]:
        return self._struct.unpack_from(self.memory, index * self._struct.size)

    def all(self) -> Iterator[tuple[int, ...]]:
        """All records, in order."""
        return self._struct.iter_unpack(self.memory)

    def bytes(self, offset: int, length: int) -> bytes:
        """A slice of a section of bytes."""
        return self.memory[offset : offset + length].tobytes()


def database_image(handle: CData, source_hash: bytes, confidence: Confidence | None = None) -> bytes:
    """A database as the bytes of a ``.hgdb`` file, built from the core's sections.

    Tables of `confidence` replace the database's own.
    """
    from sigcompiler.emit_binary import join_sections, section_bytes
    from sigcompiler.table.claims import confidence_records

    sections = {name: SectionRecords(handle, name).memory.tobytes() for name in layout.SECTION_BY_NAME}
    if confidence is not None:
        for name, records in confidence_records(confidence).items():
            sections[name] = section_bytes(layout.SECTION_BY_NAME[name], records)
    return join_sections(sections, lib.hg_database_hash_key(handle), source_hash)


def known_signatures(handle: CData) -> KnownSignatures:
    """A database's signatures in a form in which they can stand behind others."""
    from sigcompiler.table.known import KnownSignatures
    from sigcompiler.table.layout import Table

    records = _ReadSections(handle)
    strings = SectionRecords(handle, "strings").memory.tobytes()
    source_hash = bytes(ffi.buffer(lib.hg_database_source_hash(handle), HASH_BYTES))
    return KnownSignatures(Table(strings, records, lib.hg_database_hash_key(handle), source_hash))


class _ReadSections(dict[str, list[tuple[int, ...]]]):
    """The records of each section, read on first access: a table behind others needs half of them."""

    def __init__(self, handle: CData) -> None:
        super().__init__()
        self._handle = handle

    def __missing__(self, name: str) -> list[tuple[int, ...]]:
        return self.setdefault(name, list(SectionRecords(self._handle, name).all()))


_SECTIONS = {
    "tcp": "signatures",
    "mtu": "mtus",
    "http": "https",
    "tls": "hellos",
    "device": "announcements",
    "segments": "segments",
}
"""Kinds of signatures, and their sections."""


class _RecordReader:
    """Turns records into signatures; keeps their memory alive."""

    def __init__(self, handle: CData, image: CData | None) -> None:
        self._memory = (handle, image)
        self._strings = SectionRecords(handle, "strings")
        self._labels = SectionRecords(handle, "labels")
        self._labels_read: dict[int, dict[str, Any]] = {}
        self.sections = {kind: SectionRecords(handle, name) for kind, name in _SECTIONS.items()}
        self._files = SectionRecords(handle, "files")
        self._file_names: dict[int, str] = {}

    def signature(self, kind: str, index: int) -> Signature:
        records = self.sections[kind]
        record, at = records[index], records.positions
        flags = record[at["flags"]] if kind == "tcp" else 0
        section, direction = kind, None
        if kind == "tls":
            section, direction = "tls:client", "request"
        elif kind in ("tcp", "http"):
            from sigcompiler.model import Section

            is_response = kind == "http" and record[at["section"]] == Section.HTTP_RESPONSE
            direction = "response" if is_response or flags & layout.SIGNATURE_RESPONSE else "request"
            section = f"{kind}:{direction}"
        source = ""
        if "provenance_offset" in at:
            source = self._text(record[at["provenance_offset"]], record[at["provenance_length"]])
        return Signature(
            section=section,
            direction=cast("Direction | None", direction),
            text=self._text(record[at["text_offset"]], record[at["text_length"]]),
            **self._label(record[at["label"]]),
            file=self._file(record[at["file"]]),
            line=record[at["line"]],
            column=record[at["column"]],
            provenance=source,
            unreliable_ttl=bool(flags & layout.SIGNATURE_UNRELIABLE_TTL),
            last_resort=bool("source_flags" in at and record[at["source_flags"]] & layout.SOURCE_LAST_RESORT),
        )

    def provenances(self) -> Iterator[str]:
        """The stated sources of signatures, each once."""
        for section in self.sections.values():
            if "provenance_offset" in section.positions:
                at = section.positions["provenance_offset"]  # its length follows
                yield from (self._text(*place) for place in {one[at : at + 2] for one in section.all()})

    def system_names(self) -> set[str]:
        """The names that signatures for SYNs and SYN+ACKs give."""
        from sigcompiler.model import Section

        sections, at = (Section.TCP_REQUEST, Section.TCP_RESPONSE), self._labels.positions["section"]
        return {
            label_text(found["name"], found["flavor"])
            for found in (
                self._label(index) for index, one in enumerate(self._labels.all()) if one[at] in sections
            )
        }

    def files(self) -> Counter[str]:
        """The number of signatures of each file."""
        found: Counter[int] = Counter()
        for section in self.sections.values():
            found.update(map(itemgetter(section.positions["file"]), section.all()))
        return Counter({self._file(index): count for index, count in found.items()})

    def _file(self, index: int) -> str:
        found = self._file_names.get(index)
        if found is None:
            found = self._file_names.setdefault(index, self._text(*self._files[index]))
        return found

    def _label(self, index: int) -> dict[str, Any]:
        found = self._labels_read.get(index)
        if found is None:
            found = self._labels_read.setdefault(index, self._read_label(index))
        return found

    def _read_label(self, index: int) -> dict[str, Any]:
        record = self._labels[index]
        value = {name: record[position] for name, position in self._labels.positions.items()}
        systems = self._text(value["systems_offset"], value["systems_length"])
        return {
            "name": self._text(value["name_offset"], value["name_length"]),
            "flavor": self._text(value["flavor_offset"], value["flavor_length"]),
            "kind": "generic" if value["flags"] & layout.LABEL_GENERIC else "specific",
            "userland": bool(value["flags"] & layout.LABEL_USERLAND),
            "os_class": self._text(value["class_offset"], value["class_length"]) or None,
            "systems": tuple(systems.split(",")) if systems else (),
            "label_line": value["line"],
        }

    def _text(self, offset: int, length: int) -> str:
        return self._strings.bytes(offset, length).decode("utf-8", "surrogateescape")


class _Described(dict[int, Signature]):
    """Signatures by number, each read on first access."""

    def __init__(self, read: Callable[[int], Signature]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, index: int) -> Signature:
        return self.setdefault(index, self._read(index))


class SignatureRecords:
    """The signatures of an open database: ``records.tcp[number]`` and so on.

    `image` is the memory of the database; ``None`` if that is never freed.
    """

    def __init__(self, handle: CData, image: CData | None) -> None:
        reader = _RecordReader(handle, image)
        self.system_names = reader.system_names
        self._handle = handle
        self.provenances = reader.provenances
        self.files = reader.files
        self._counts = {kind: section.count for kind, section in reader.sections.items()}
        described = {kind: _Described(partial(reader.signature, kind)) for kind in _SECTIONS}
        self.tcp: Mapping[int, Signature] = described["tcp"]
        """TCP signatures, by the indices in a batch's column ``signature``."""
        self.mtu: Mapping[int, Signature] = described["mtu"]
        """MTU signatures, by the indices in a batch's column ``link``."""
        self.http: Mapping[int, Signature] = described["http"]
        self.tls: Mapping[int, Signature] = described["tls"]
        """TLS signatures, by the indices that the core gives to ClientHellos."""
        self.device: Mapping[int, Signature] = described["device"]
        """Device signatures, by the indices that the core gives to announcements."""
        self.segments: Mapping[int, Signature] = described["segments"]

    def numbers(self, kind: str) -> range:
        """The indices of all signatures of a kind, such as "tls"."""
        return range(self._counts[kind])

    def section(self, name: str) -> SectionRecords:
        """The records of one section as numbers; valid as long as the database."""
        return SectionRecords(self._handle, name)

    def __len__(self) -> int:
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[Signature]:
        """All signatures: TCP, MTU, HTTP, TLS, devices, segments, each in file order."""
        for kind in self._counts:
            yield from map(getattr(self, kind).__getitem__, self.numbers(kind))
