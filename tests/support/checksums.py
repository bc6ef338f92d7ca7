"""Database files with a right checksum."""

from __future__ import annotations

import struct
import zlib

from sigcompiler.table.layout import CHECKSUM_OFFSET

LENGTH_AT = 16


def with_checksum(data: bytes) -> bytes:
    """`data` with the length and the checksum that its header should have."""
    changed = bytearray(data)
    struct.pack_into("<Q", changed, LENGTH_AT, len(changed))
    struct.pack_into("<I", changed, CHECKSUM_OFFSET, zlib.crc32(changed[CHECKSUM_OFFSET + 4 :]))
    return bytes(changed)
