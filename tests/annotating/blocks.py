"""Blocks of pcapng files, by a plain way, and what an annotated copy adds to them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

SECTION, INTERFACE, OBSOLETE, SIMPLE, NAMES, ENHANCED = 0x0A0D0D0A, 1, 2, 3, 4, 6
LIMIT = 16 << 20


@dataclass(frozen=True, slots=True)
class PcapngBlock:
    """A block: its kind and body, and the byte order of its section."""

    kind: int
    body: bytes
    order: str


def blocks_of(data: bytes) -> Iterator[PcapngBlock]:
    """All whole blocks."""
    at, order = 0, "<"
    while at + 12 <= len(data):
        if data[at : at + 4] == b"\x0a\x0d\x0d\x0a":
            order = ">" if data[at + 8 : at + 12] == b"\x1a\x2b\x3c\x4d" else "<"
        kind, length = struct.unpack_from(f"{order}II", data, at)
        tail = data[at + length - 4 : at + length]
        if (
            length < 12
            or length % 4
            or at + length > len(data)
            or struct.unpack(f"{order}I", tail)[0] != length
        ):
            return
        yield PcapngBlock(kind, data[at + 8 : at + length - 4], order)
        at += length


def packet_end(block: PcapngBlock) -> int:
    """Where the options of a packet block begin in its body."""
    captured = struct.unpack_from(f"{block.order}I", block.body, 12)[0]
    return 20 + (captured + 3) // 4 * 4


def options_of(block: PcapngBlock, at: int) -> Iterator[tuple[int, bytes]]:
    """Options from there on."""
    while at + 4 <= len(block.body):
        code, length = struct.unpack_from(f"{block.order}HH", block.body, at)
        if code == 0:
            return
        yield code, block.body[at + 4 : at + 4 + length]
        at += 4 + (length + 3) // 4 * 4


def comments(block: PcapngBlock) -> list[str]:
    """The comments of a packet block."""
    if block.kind not in (ENHANCED, OBSOLETE):
        return []
    values = [value for code, value in options_of(block, packet_end(block)) if code == 1]
    return [str(value, "utf-8", "replace") for value in values]


def without_ours(block: PcapngBlock) -> PcapngBlock:
    """A packet block without the comments that were added in front of its options."""
    start = at = packet_end(block)
    while block.body[at + 4 : at + 11] == b"huginn ":
        (length,) = struct.unpack_from(f"{block.order}H", block.body, at + 2)
        at += 4 + (length + 3) // 4 * 4
    rest = block.body[at:]
    if at > start and rest == bytes(4):  # there were no options
        rest = b""
    return PcapngBlock(block.kind, block.body[:start] + rest, block.order)


def without_length(block: PcapngBlock) -> PcapngBlock:
    """A section header that does not say how long its section is."""
    return PcapngBlock(block.kind, block.body[:8] + b"\xff" * 8 + block.body[16:], block.order)


def reduced(data: bytes, *, ours: bool) -> list[PcapngBlock]:
    """The blocks of a file, comparable; of an annotated one (`ours`) without what was added."""
    found = []
    for block in blocks_of(data):
        if block.kind == SECTION:
            block = without_length(block)
        elif ours and block.kind in (ENHANCED, OBSOLETE):
            block = without_ours(block)
        found.append(block)
    return found


def differences(original: bytes, annotated: bytes) -> list[str]:
    """What is not the same, besides additions: name blocks, and simple packets that got a comment."""
    before, after = reduced(original, ours=False), reduced(annotated, ours=True)
    found, at = [], 0
    for number, block in enumerate(before):
        while at < len(after) and after[at].kind == NAMES and after[at] != block:
            at += 1
        other = after[at] if at < len(after) else None
        at += 1
        same = block == other or (other is not None and _is_simple_with_comment(block, other))
        if not same:
            found.append(f"block {number} of kind {block.kind}")
    left = [block for block in after[at:] if block.kind != NAMES]
    return found[:3] + [f"{len(left)} blocks more"] * bool(left)


def _is_simple_with_comment(block: PcapngBlock, other: PcapngBlock) -> bool:
    data = other.body[20 : packet_end(other)] if other.kind == ENHANCED else b""
    return block.kind == SIMPLE and bool(data) and block.body[4:] == data
