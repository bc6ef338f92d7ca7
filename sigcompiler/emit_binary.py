"""Writes a table as a binary database (``.hgdb``): little-endian, relocatable, checksummed."""

from __future__ import annotations

import struct
import zlib

from sigcompiler.layout import (
    CHECKSUM_OFFSET,
    DIRECTORY_FORMAT,
    FORMAT_VERSION,
    HEADER_FORMAT,
    MAGIC,
    SECTION_ALIGNMENT,
    SECTIONS,
    Section,
)
from sigcompiler.table import Table


def emit_binary(table: Table) -> bytes:
    """The file that `hg_database_open` reads. The same table gives the same bytes."""
    header_length = struct.calcsize(HEADER_FORMAT) + len(SECTIONS) * struct.calcsize(DIRECTORY_FORMAT)
    directory: list[bytes] = []
    body: list[bytes] = []
    offset = _aligned(header_length)
    body.append(bytes(offset - header_length))
    for section in SECTIONS:
        data = _section_bytes(table, section)
        directory.append(struct.pack(DIRECTORY_FORMAT, offset, len(data) // section.stride, section.stride))
        padding = _aligned(len(data)) - len(data)
        body += [data, bytes(padding)]
        offset += len(data) + padding
    return _with_checksum(table, offset, header_length, b"".join(directory) + b"".join(body))


def _section_bytes(table: Table, section: Section) -> bytes:
    if section.name == "strings":
        return table.strings
    records = table.records[section.name]
    one = struct.Struct(section.struct_format)
    return b"".join([one.pack(*record) for record in records])


def _with_checksum(table: Table, length: int, header_length: int, rest: bytes) -> bytes:
    def header(checksum: int) -> bytes:
        return struct.pack(
            HEADER_FORMAT,
            MAGIC,
            FORMAT_VERSION,
            len(SECTIONS),
            length,
            checksum,
            header_length,
            table.hash_key,
            table.source_hash,
        )

    checked_from = CHECKSUM_OFFSET + 4
    return header(zlib.crc32(header(0)[checked_from:] + rest)) + rest


def _aligned(length: int) -> int:
    return -(-length // SECTION_ALIGNMENT) * SECTION_ALIGNMENT
