"""Bytes made small before they travel."""

from __future__ import annotations

from typing import TypeAlias

import pyarrow as pa

CODEC = "zstd"

Packed: TypeAlias = "tuple[bytes, int]"
"""Compressed bytes, and how many they were."""


def pack(data: bytes) -> Packed:
    """Compress."""
    return pa.Codec(CODEC, compression_level=1).compress(data, asbytes=True), len(data)


def unpack(packed: Packed) -> bytes:
    """The bytes again."""
    data, size = packed
    found: bytes = pa.Codec(CODEC).decompress(data, size, asbytes=True)
    return found
