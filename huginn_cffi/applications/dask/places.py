"""Where captures lie: paths and addresses that fsspec knows, and pieces of large files."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import fsspec

PCAP_HEADER = 24
_FORMATS = {
    magic: (order, nanoseconds, modified)
    for number, nanoseconds, modified in (
        (0xA1B2C3D4, False, False),
        (0xA1B23C4D, True, False),
        (0xA1B2CD34, False, True),
    )
    for order in "<>"
    for magic in (struct.pack(f"{order}I", number),)
}


@dataclass(frozen=True, slots=True)
class CapturePlace:
    """A capture: its address, and what its file system is opened with."""

    url: str
    options: tuple[tuple[str, Any], ...] = ()

    def open(self) -> tuple[Any, str]:
        """The file system and the path in it."""
        system, path = fsspec.core.url_to_fs(self.url, **dict(self.options))
        return system, path

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to `end`, or to the end of the file."""
        system, path = self.open()
        return bytes(system.cat_file(path, start=start, end=end))

    @property
    def name(self) -> str:
        """What results and errors call it: its path when it is a file of this machine, or its address."""
        return self.local or self.url

    @property
    def local(self) -> str | None:
        """Its path when it is a file of this machine."""
        system, path = self.open()
        return path if type(system) is fsspec.get_filesystem_class("file") else None


@dataclass(frozen=True, slots=True)
class PlacePiece:
    """A capture, or a slice of one: the records that begin from ``start`` up to, not including, ``end``.

    Both are offsets of bytes; neither is given for a whole capture. A record begins at ``start``
    only if that is ``exact``: else the first one after it is searched for. ``last``: no piece of the
    same capture follows.
    """

    place: CapturePlace
    start: int | None = None
    end: int | None = None
    last: bool = True
    exact: bool = True

    @property
    def whole(self) -> bool:
        """Whether it is a whole capture."""
        return self.start is None

    @property
    def first(self) -> bool:
        """Whether a capture begins with it."""
        return self.start in (None, PCAP_HEADER)

    def at(self, start: int) -> PlacePiece:
        """The same from a byte on where a record begins."""
        return replace(self, start=start, exact=True)


def places_of(source: str | Iterable[str], options: Mapping[str, Any] | None) -> list[CapturePlace]:
    """The captures that paths or URLs name: a file, a folder (recursively) or a glob pattern.

    Raises `FileNotFoundError` if one matches nothing.
    """
    found: list[CapturePlace] = []
    option_items = tuple(sorted((options or {}).items()))
    for url in [source] if isinstance(source, str) else source:
        system, path = fsspec.core.url_to_fs(url, **dict(option_items))
        if any(sign in path for sign in "*?["):
            paths = [one for one in system.glob(path) if not system.isdir(one)]
        elif system.isdir(path):
            paths = system.find(path)
        else:
            paths = [path] if system.exists(path) else []
        if not paths:
            raise FileNotFoundError(f"{url}: no capture found")
        found += [CapturePlace(system.unstrip_protocol(one), option_items) for one in sorted(paths)]
    return found


def pieces_of(place: CapturePlace, size: int) -> list[PlacePiece]:
    """A capture as pieces of about `size` bytes.

    Only an uncompressed pcap is cut: of a pcapng, what a record means may stand anywhere before it.
    """
    system, path = place.open()
    total = int(system.size(path) or 0)
    if total <= size or place.read(0, 4) not in _FORMATS:
        return [PlacePiece(place)]
    starts = list(range(PCAP_HEADER, total, size))
    ends = [*starts[1:], total]
    return [
        PlacePiece(place, start, end, last=end == total, exact=start == PCAP_HEADER)
        for start, end in zip(starts, ends, strict=True)
    ]


class PcapFormat:
    """What the header of a pcap says of its records."""

    def __init__(self, header: bytes) -> None:
        order, nanoseconds, modified = _FORMATS[header[:4]]
        self.record_bytes = 24 if modified else 16
        self._record = struct.Struct(f"{order}4I")
        self._fraction = 10**9 if nanoseconds else 10**6

    def find_record(self, data: bytes, chain: int = 64) -> int | None:
        """The first offset from which on `chain` records follow one another, or reach the end."""
        return next((at for at in range(len(data)) if self._is_chain(data, at, chain)), None)

    def _is_chain(self, data: bytes, at: int, chain: int) -> bool:
        """Whether up to `chain` records follow one another from `at`, or reach the end of `data`."""
        before: int | None = None
        for number in range(chain):
            if len(data) - at < self.record_bytes:
                return number > 0
            seconds, fraction, captured, wire = self._record.unpack_from(data, at)
            if captured > LARGEST_RECORD or wire > LARGEST_WIRE or fraction >= self._fraction:
                return False
            if before is not None and abs(seconds - before) > FARTHEST_S:
                return False
            before = seconds
            at += self.record_bytes + captured
        return True


LARGEST_RECORD = 1 << 18
"""Bytes of a record that a search for records believes in; what is larger is found all the same,
but only by reading on from the slice before."""

LARGEST_WIRE = 1 << 20
FARTHEST_S = 86_400
"""The same of the seconds between two records."""
