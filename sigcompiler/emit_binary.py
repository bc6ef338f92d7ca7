"""Writes a table as a binary database (``.hgdb``): little-endian, relocatable, checksummed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sigcompiler.table import layout
from sigcompiler.table.layout import SECTIONS, RecordSection

if TYPE_CHECKING:
    from sigcompiler.table.layout import Table


def emit_binary(table: Table) -> bytes:
    """The bytes of a file for `hg_database_open`. Equal tables give equal bytes."""
    sections = {
        section.name: section_bytes(section, table.records[section.name])
        for section in SECTIONS
        if section.name != "strings"
    }
    sections["strings"] = table.strings
    return join_sections(sections, table.hash_key, table.source_hash)


def join_sections(sections: Mapping[str, bytes], hash_key: int, source_hash: bytes) -> bytes:
    """Make the bytes of a database from the bytes of its sections, given by name."""
    header_length = struct.calcsize(layout.HEADER_FORMAT) + len(SECTIONS) * struct.calcsize(
        layout.DIRECTORY_FORMAT
    )
    directory: list[bytes] = []
    body: list[bytes] = []
    offset = _aligned(header_length)
    body.append(bytes(offset - header_length))
    for section in SECTIONS:
        data = sections[section.name]
        directory.append(
            struct.pack(layout.DIRECTORY_FORMAT, offset, len(data) // section.stride, section.stride)
        )
        padding = _aligned(len(data)) - len(data)
        body += [data, bytes(padding)]
        offset += len(data) + padding
    return _with_header(hash_key, source_hash, offset, header_length, b"".join(directory) + b"".join(body))


def section_bytes(section: RecordSection, records: Sequence[tuple[int, ...]]) -> bytes:
    """The bytes of all records in a section."""
    one = struct.Struct(section.struct_format)
    return b"".join([one.pack(*record) for record in records])


def _with_header(hash_key: int, source_hash: bytes, length: int, header_length: int, rest: bytes) -> bytes:
    def header(checksum: int) -> bytes:
        return struct.pack(
            layout.HEADER_FORMAT,
            layout.MAGIC,
            layout.FORMAT_VERSION,
            len(SECTIONS),
            length,
            checksum,
            header_length,
            hash_key,
            source_hash,
        )

    checked_from = layout.CHECKSUM_OFFSET + 4
    return header(zlib.crc32(header(0)[checked_from:] + rest)) + rest


def _aligned(length: int) -> int:
    return -(-length // layout.SECTION_ALIGNMENT) * layout.SECTION_ALIGNMENT
