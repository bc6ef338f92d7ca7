"""p0f's messages: a query has 21 bytes, an answer 232, in the byte order of this machine."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huginn_cffi.hosts.inventory import HostRecord

Find = Callable[[bytes], "HostRecord | None"]
"""What is known of an address of 4 or 16 bytes; None for an unknown one."""

QUERY = struct.Struct("=IB16s")
"""Magic, version of IP, address: of IPv4 the first four bytes."""
ANSWER = struct.Struct("=9IhBB32s32s32s32s32s32s")

QUERY_MAGIC, ANSWER_MAGIC = 0x50304601, 0x50304602
BAD_QUERY, OK, NO_MATCH = 0x00, 0x10, 0x20

TEXT_BYTES = 31
"""Of a text in an answer; a NUL follows, without which some clients fail."""

NOT_FOUND = ANSWER.pack(ANSWER_MAGIC, NO_MATCH, *[0] * 10, *[b""] * 6)
REFUSED = ANSWER.pack(ANSWER_MAGIC, BAD_QUERY, *[0] * 10, *[b""] * 6)

MAPPED = bytes(10) + b"\xff\xff"
"""How addresses of IPv6 begin that are of IPv4, as servers have them that listen to both."""

MOST = 0xFFFFFFFF
FARTHEST = 0x7FFF
SECOND_NS = 1_000_000_000


def answer(query: bytes, find: Find) -> bytes:
    """The answer to a query of `QUERY.size` bytes; what is wrong with one is p0f's status 0."""
    magic, version, address = QUERY.unpack(query)
    if magic != QUERY_MAGIC or version not in (4, 6):
        return REFUSED
    host = find(address[:4] if version == 4 else unmapped(address))
    return NOT_FOUND if host is None else packed(host)


def unmapped(address: bytes) -> bytes:
    """The address of IPv4 that is meant by this one of IPv6, or else itself."""
    return address[12:] if address.startswith(MAPPED) else address


def packed(host: HostRecord) -> bytes:
    """What is known of a host, as an answer."""
    os, http = host.os, host.http
    return ANSWER.pack(
        ANSWER_MAGIC,
        OK,
        _seconds(host.first_seen),
        _seconds(host.last_seen),
        min(host.connections, MOST),
        min(host.uptime_minutes or 0, MOST),
        min(host.uptime_modulo_days or 0, MOST),
        _seconds(host.ip_sharing),
        _seconds(host.host_change),
        -1 if host.distance is None else min(host.distance, FARTHEST),
        host.dishonest,
        host.quality,
        text(os.name if os else None),
        text(os.flavor if os else None),
        text(http.name if http else None),
        text(http.flavor if http else None),
        text(host.link),
        text(host.language),
    )


def text(words: str | None) -> bytes:
    """At most `TEXT_BYTES` bytes: a longer text ends with a word, or within a long word with a character."""
    whole = (words or "").encode("utf-8", "replace").split(b"\0", 1)[0]
    if len(whole) <= TEXT_BYTES:
        return whole
    room = whole[: TEXT_BYTES + 1]  # a space right behind the last byte is the end of a word, too
    end = room.rfind(b" ")
    if end > 0:
        return room[:end].rstrip(b" /,")
    return whole[:TEXT_BYTES].decode("utf-8", "ignore").encode()


def _seconds(time_ns: int | None) -> int:
    """Nanoseconds since 1970 as the protocol's seconds; 0 for never."""
    return 0 if time_ns is None else min(max(time_ns // SECOND_NS, 0), MOST)
