"""Reduces a piece of an archive to the data that the ordered pass needs: headers of its TCP packets."""

from __future__ import annotations

import errno
import os
import struct
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import fsspec
import pyarrow as pa

from huginn_cffi._native import ffi, lib
from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.base.errors import CaptureError, named
from huginn_cffi.base.handles import CData
from huginn_cffi.database.database import Database
from huginn_cffi.run.reduced import COLUMNS, new_reducer, reductions
from huginn_cffi.run.settings import Settings
from huginn_cffi.run.stats import Stats, stats_of
from huginn_cffi.sources.searching import inputs_of

CODEC = "zstd"

Packed: TypeAlias = "tuple[bytes, int]"
"""Compressed bytes, and their original length."""


def pack(data: bytes) -> Packed:
    """Compress bytes."""
    return pa.Codec(CODEC, compression_level=1).compress(data, asbytes=True), len(data)


def unpack(packed: Packed) -> bytes:
    """Restore the bytes."""
    data, size = packed
    found: bytes = pa.Codec(CODEC).decompress(data, size, asbytes=True)
    return found


@dataclass(slots=True)
class PackedColumns:
    """Compressed columns, by name."""

    columns: dict[str, Packed] = field(default_factory=dict, kw_only=True)

    def __sizeof__(self) -> int:
        """The number of bytes to transfer, for Dask's estimates."""
        return sum(len(data) for data, _ in self.columns.values())

    def unpacked(self) -> dict[str, bytes]:
        """The uncompressed columns."""
        return {name: unpack(data) for name, data in self.columns.items()}


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
    """A capture: its address, and the options for its file system."""

    url: str
    options: tuple[tuple[str, Any], ...] = ()

    def open(self) -> tuple[Any, str]:
        """Open the file system; returns it and the path in it."""
        system, path = fsspec.core.url_to_fs(self.url, **dict(self.options))
        return system, path

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to `end`, or to the end of the file."""
        system, path = self.open()
        return bytes(system.cat_file(path, start=start, end=end))

    @property
    def name(self) -> str:
        """Its name in results and errors: the path of a local file, otherwise the address."""
        return self.local or self.url

    @property
    def local(self) -> str | None:
        """Its path if it is a local file."""
        system, path = self.open()
        return path if type(system) is fsspec.get_filesystem_class("file") else None


@dataclass(frozen=True, slots=True)
class PlacePiece:
    """A capture, or a slice of it: the records that begin between ``start`` and ``end``, which is excluded.

    Both are byte offsets; a whole capture has neither. If ``exact``, a record begins at ``start``;
    otherwise the first record at or after it must be found. ``last``: no other piece of this capture
    follows.
    """

    place: CapturePlace
    start: int | None = None
    end: int | None = None
    last: bool = True
    exact: bool = True

    @property
    def first(self) -> bool:
        """Whether it is the first piece of a capture."""
        return self.start in (None, PCAP_HEADER)


def places_of(source: str | Iterable[str], options: Mapping[str, Any] | None) -> list[CapturePlace]:
    """The captures for paths or URLs; each names a file, a folder (read recursively) or a glob pattern.

    Raises `CaptureError` if one matches nothing.
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
            words = f"{named(url)}: no capture found; check the path or pattern"
            raise CaptureError(words, path=url, errno=errno.ENOENT, refused=True)
        found += [CapturePlace(system.unstrip_protocol(one), option_items) for one in sorted(paths)]
    return found


def pieces_of(place: CapturePlace, size: int) -> list[PlacePiece]:
    """Cut a capture into pieces of about `size` bytes.

    Only an uncompressed pcap of version 2.4 is cut: in a pcapng, a record may depend on any earlier block,
    and older versions may have the two lengths of a record in the other order.
    """
    system, path = place.open()
    total = int(system.size(path) or 0)
    head = b"" if total <= size else place.read(0, 8)
    if head[:4] not in _FORMATS or head[4:] not in (b"\2\0\4\0", b"\0\2\0\4"):
        return [PlacePiece(place)]
    starts = list(range(PCAP_HEADER, total, size))
    ends = [*starts[1:], total]
    return [
        PlacePiece(place, start, end, last=end == total, exact=start == PCAP_HEADER)
        for start, end in zip(starts, ends, strict=True)
    ]


class PcapFormat:
    """The format of a pcap's records, from its header."""

    def __init__(self, header: bytes) -> None:
        order, nanoseconds, modified = _FORMATS[header[:4]]
        self.record_bytes = 24 if modified else 16
        self._record = struct.Struct(f"{order}4I")
        self._fraction = 10**9 if nanoseconds else 10**6

    def is_chain(self, data: bytes, at: int) -> bool:
        """Whether several records follow one another from `at`, or reach the end of `data`."""
        before: int | None = None
        for number in range(CHAIN):
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


CHAIN = 64
LARGEST_RECORD = 1 << 18
"""Largest record that the search for records accepts. Larger records are found as well, but only by
continuing from the previous slice."""

LARGEST_WIRE = 1 << 20
FARTHEST_S = 86_400
"""Largest number of seconds between two records that the search accepts."""


@dataclass(frozen=True, slots=True)
class AnalyzerPlan:
    """The arguments of an `Analyzer`, all picklable; ``bpf`` is the text of an expression.

    All tasks use the same hash key, since the state of a tracker passes from one task to the next.
    """

    database: Database | None
    options: Mapping[str, Any]
    hash_key: int = field(default_factory=lambda: int.from_bytes(os.urandom(8), "little"))

    @property
    def settings(self) -> Settings:
        """The settings of a reducer. Raises as `Analyzer` does for its arguments."""
        return Analyzer(self.database, **self.options)._settings._replace(hash_key=self.hash_key)


@dataclass(slots=True)
class ReducedPiece(PackedColumns):
    """Columns of packets, and facts about the piece.

    It has ``kept`` packets. ``stats`` has the packets, bytes and drops of everything that was
    read. ``start`` and ``next`` are byte offsets in the capture: of the first record, and of the
    first record of the next piece. ``damage`` is the error that ended the reading.
    """

    kept: int = 0
    stats: Stats = field(default_factory=Stats)
    start: int | None = None
    next: int | None = None
    damage: CaptureError | None = None


def reduce_piece(piece: PlacePiece, plan: AnalyzerPlan) -> ReducedPiece:
    """Read a piece of an archive and keep the data that the ordered pass needs.

    A slice is read as a capture, with the original header before it. More bytes than the slice are
    read, because its last record may extend beyond it.
    """
    if piece.start is None or piece.end is None:
        local = piece.place.local
        return _reduced(piece.place.read() if local is None else local, plan.settings, None, piece.place.name)
    header = piece.place.read(0, PCAP_HEADER)
    form = PcapFormat(header)
    spare = LARGEST_RECORD + form.record_bytes
    while True:
        data = piece.place.read(piece.start, None if piece.last else piece.end + spare)
        complete = piece.last or len(data) < piece.end + spare - piece.start
        begin = 0 if piece.exact else next((at for at in range(len(data)) if form.is_chain(data, at)), None)
        if begin is None:
            return ReducedPiece()
        limit = piece.end - piece.start - begin
        memory = header + data[begin:]
        found = _reduced(memory, plan.settings, limit, piece.place.name, form.record_bytes)
        found.start = piece.start + begin
        if found.next is not None:
            found.next += found.start
        elif found.damage is None:
            found.next = found.start + len(memory) - PCAP_HEADER
        if complete or found.damage is None or not found.damage.truncated:
            return found
        spare *= 8


def _reduced(
    source: str | bytes, settings: Settings, limit: int | None, name: str, record_bytes: int = 0
) -> ReducedPiece:
    """Reduce a capture. `limit`: leave out records that begin this many bytes after the header, or later."""
    found = ReducedPiece()
    parts: dict[str, list[bytes]] = {column: [] for column in COLUMNS}
    memory = ffi.from_buffer("uint8_t[]", source) if isinstance(source, bytes) else None
    end = ffi.NULL
    if limit is not None and memory is not None and limit + PCAP_HEADER + record_bytes < len(memory):
        end = memory + (PCAP_HEADER + record_bytes + limit)
    reducer = new_reducer(settings)
    try:
        # `end` points into this memory, so it is passed as a view and must not be copied.
        (capture,) = inputs_of(memoryview(source) if isinstance(source, bytes) else source)
        applied = nullcontext if settings.bpf is None else settings.bpf.applied
        with capture.open(lambda: False) as opened, applied(opened) as frames:
            position = _read(reducer, frames, end, parts, name)
        if position != ffi.NULL:
            assert memory is not None
            offset = int(ffi.cast("uintptr_t", position)) - int(ffi.cast("uintptr_t", memory))
            found.next = offset - PCAP_HEADER - record_bytes
    except CaptureError as error:
        found.damage = _renamed(error, name)
    found.stats = stats_of(lib.hg_reducer_stats(reducer))
    found.kept = sum(map(len, parts["wire"])) // COLUMNS["wire"]
    found.columns = {column: pack(b"".join(pieces)) for column, pieces in parts.items()}
    return found


def _read(reducer: CData, source: CData, end: CData, parts: dict[str, list[bytes]], name: str) -> CData:
    """Run the reducer to the end of a source; returns the first packet at or after `end`, or NULL."""
    position = ffi.NULL
    for reduced in reductions(reducer, source, name, end):
        sizes = {column: reduced.count * width for column, width in COLUMNS.items()}
        sizes["bytes"] = reduced.byte_count
        for column, size in sizes.items():
            parts[column].append(bytes(ffi.buffer(ffi.cast("uint8_t *", getattr(reduced, column)), size)))
        position = reduced.next
    return position


def _renamed(error: CaptureError, name: str) -> CaptureError:
    """The error with the capture's address as its name."""
    text = str(error)
    message = text if text.startswith(f"{name}: ") else f"{name}: {text.partition(': ')[2] or text}"
    return changed(error, message, path=name)


def changed(error: CaptureError, message: str, **fields: Any) -> CaptureError:
    """The error with another message and other fields."""
    made: CaptureError = error.__reduce__()[0](message, **fields)
    return made


def first_time_ns(place: CapturePlace, plan: AnalyzerPlan) -> int | None:
    """The capture time of the first TCP packet in a capture; ``None`` without one.

    Reads the beginning, and more until such a packet is found.
    """
    size = 1 << 16
    system, path = place.open()
    total = int(system.size(path) or 0)
    while True:
        found = _reduced(place.read(0, min(size, total)), plan.settings, None, place.name)
        if found.kept:
            times = memoryview(found.unpacked()["time_ns"]).cast("B").cast("q")
            return int(times[0])
        if size >= total:
            return None
        size *= 16
