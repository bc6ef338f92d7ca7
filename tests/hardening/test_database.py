"""Databases that are wrong in ways that a checksum does not tell."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from huginn_cffi import Database, DatabaseError
from sigcompiler.layout import CHECKSUM_OFFSET

LENGTH_AT = 16


def with_checksum(data: bytes) -> bytes:
    """`data` with the length and the checksum that its header should have."""
    changed = bytearray(data)
    struct.pack_into("<Q", changed, LENGTH_AT, len(changed))
    struct.pack_into("<I", changed, CHECKSUM_OFFSET, zlib.crc32(changed[CHECKSUM_OFFSET + 4 :]))
    return bytes(changed)


@pytest.mark.parametrize("length", [72, 80, 200, 391])
def test_ends_inside_its_directory(tmp_path: Path, length: int) -> None:
    """The directory of its 20 sections ends at byte 392."""
    path = tmp_path / "cut.hgdb"
    Database.compile(text="[mtu]\nlabel = Ethernet\nsig = 1500\n").save(path)
    path.write_bytes(with_checksum(path.read_bytes()[:length]))
    with pytest.raises(DatabaseError, match="damaged: its sections are not those of format version 1"):
        Database.load(path)
