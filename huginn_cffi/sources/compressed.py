"""Decompresses captures as a stream, with the library that each format needs.

The first bytes of a file show its compression; the name does not matter. Input is passed in small pieces, and
output comes in pieces of bounded size, so memory use stays constant. If a call meets damage, libraries
discard the output that it produced before. Small pieces keep that loss small. If the input can be read again,
the piece that failed is decompressed again byte by byte, and nothing is lost.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import Any, NamedTuple, TypeAlias

from huginn_cffi.base.installation import to_add

Read = Callable[[int], bytes]
"""Reads up to this number of bytes of the compressed input; b"" at its end."""

HEAD_BYTES = 4
"""Number of first bytes that identify a compression."""

_READ_BYTES = 1 << 16

OUTPUT_BYTES = 1 << 16
"""Limit for the output of one call, for libraries that take one."""

XZ_MEMORY = 256 << 20
"""Memory limit for xz; its largest preset (-9) needs 65 MiB."""

ZSTD_WINDOW = 1 << 27
"""The largest window that the zstd program accepts without an option."""

BOMB_FREE_BYTES = 1 << 30
BOMB_RATIO = 10_000
"""A stream may expand to `BOMB_FREE_BYTES`, or to `BOMB_RATIO` times its size. Captures of jumbo packets full
of zeros reach a ratio of some thousand; a decompression bomb may reach millions."""


class DamageError(Exception):
    """The compressed data is damaged, ends early or is refused; the text fits after "FILE: "."""


Member: TypeAlias = Any
"""A library's decompressor for one member; it has `eof`, and after the end `unused_data`."""


def _gzip_pieces(member: Member, data: bytes) -> Iterator[bytes]:
    more = True
    while more:
        found = member.decompress(data, OUTPUT_BYTES)
        data = member.unconsumed_tail  # after the member's end, it may hold the data that follows
        more = not member.eof and (bool(data) or len(found) == OUTPUT_BYTES)
        yield found


def _limited_pieces(member: Member, data: bytes) -> Iterator[bytes]:
    """For lzma, bz2 and lz4.frame, which take an output limit in each call."""
    yield member.decompress(data, OUTPUT_BYTES)
    while not (member.needs_input or member.eof):
        yield member.decompress(b"", OUTPUT_BYTES)


def _zstd_pieces(member: Member, data: bytes) -> Iterator[bytes]:
    """The library takes no limit; 256 bytes of input give at most 8 MiB (64 blocks of 128 KiB)."""
    yield member.decompress(data)


class Compression(NamedTuple):
    """A format: its name, how its members begin, and how they are read."""

    name: str
    magics: tuple[bytes, ...]
    input_bytes: int
    """Size of the input pieces. MB/s of output for a capture of SYNs, with this size and the fastest one:
    gzip 1024: 680 of 740, xz 64: 275 of 316, lz4 1024: 2070 of 4400, zstd 256: 1850 of 2200."""
    pads: bool
    """Zeros after a member are padding."""
    open: Callable[[], Callable[[], Member]]
    """Returns a function that creates a decompressor for each member of a stream. Raises `ImportError`
    without the library. It is called once per stream: loading the library and creating shared objects costs
    several times as much as a member, and a megabyte may hold a hundred thousand members."""
    failure: Callable[[], type[Exception]]
    """Returns the library's exception for damaged data."""
    pieces: Callable[[Member, bytes], Iterator[bytes]] = _limited_pieces
    """Yields all output of a decompressor for some input."""


def _open_xz() -> Callable[[], Member]:
    lzma: Any = import_module("lzma")
    return partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


def _open_zstd() -> Callable[[], Member]:
    shared = import_module("zstandard").ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    return lambda: shared.decompressobj()


_SKIPPABLE = tuple(bytes((number, 0x2A, 0x4D, 0x18)) for number in range(0x50, 0x60))
"""Magics of metadata frames, the same in zstd and lz4; pzstd begins its files with one."""

COMPRESSIONS = (
    Compression(
        *("gzip", (b"\x1f\x8b",), 1024, True),
        *(lambda: partial(zlib.decompressobj, wbits=31), lambda: zlib.error, _gzip_pieces),
    ),
    Compression("xz", (b"\xfd7zX",), 64, True, _open_xz, lambda: import_module("lzma").LZMAError),
    Compression(
        *("bzip2", (b"BZh",), 64, False),
        *(lambda: import_module("bz2").BZ2Decompressor, lambda: OSError),
    ),
    Compression(
        *("zstd", (b"\x28\xb5\x2f\xfd", *_SKIPPABLE), 256, False),
        *(_open_zstd, lambda: import_module("zstandard").ZstdError, _zstd_pieces),
    ),
    Compression(
        *("lz4", (b"\x04\x22\x4d\x18", *_SKIPPABLE), 1024, False),
        *(lambda: import_module("lz4.frame").LZ4FrameDecompressor, lambda: RuntimeError),
    ),
)


def compression_of(head: bytes) -> Compression | None:
    """The compression of data that begins with these `HEAD_BYTES` bytes."""
    for compression in COMPRESSIONS:
        if head.startswith(compression.magics):
            return compression
    return None


def missing_library(compression: Compression) -> str | None:
    """How to install the library if it is missing, as a clause; None if it is there."""
    try:
        compression.open()
    except ImportError as error:
        name = (error.name or "").partition(".")[0]
        if name in ("zstandard", "lz4"):
            needed = f"the package {name}: {to_add('compression')}"
        else:
            needed = f"the module {name} that this Python was built without"
        return f"compressed with {compression.name}, which needs {needed}"
    return None


class Stream:
    """The decompressed content of an input that consists of one member or several.

    `reread`, for an input that can be read again, returns a `Read` from its start. `position` is the number
    of compressed bytes read so far, `given` the number of decompressed bytes returned.
    """

    def __init__(
        self,
        compression: Compression,
        read: Read,
        reread: Callable[[], Read] | None = None,
        *,
        careful_from: int | None = None,
    ) -> None:
        self._compression = compression
        self._read = read
        self._reread = reread
        self._careful_from = careful_from
        self._buffer = b""
        self._next = 0
        self._piece = 0
        self.given: int = 0
        self.position: int = 0

    def pieces(self) -> Iterator[bytes]:
        """Pieces that are not empty, in order; then `DamageError` if the data is damaged."""
        name, failure = self._compression.name, self._compression.failure()
        new = self._compression.open()
        while self._begin():
            try:
                yield from self._member(new())
            except failure as error:
                yield from self._lost_pieces()
                place = f"near byte {self.position} of the compressed file"
                raise DamageError(f"damaged {name} data {place}: {error}") from None

    def _lost_pieces(self) -> Iterator[bytes]:
        """The output that the failed call had produced before it met the damage."""
        if self._reread is None:
            return
        again = Stream(self._compression, self._reread(), careful_from=self._piece)
        known = self.given
        with suppress(DamageError):
            for piece in again.pieces():
                new = min(len(piece), again.given - known)
                if new > 0:
                    yield piece[-new:]

    def _begin(self) -> bool:
        """Whether another member begins; nothing else may follow one."""
        first = self.position == 0
        head = b""
        while len(head) < HEAD_BYTES and (data := self._next_input()):
            head += data
            if self._compression.pads and not first:
                head = head.lstrip(b"\0")
        if not head:
            return False
        self._put_back(head)
        if not head.startswith(self._compression.magics):
            place = f"at byte {self.position} of the compressed file"
            raise DamageError(f"something that is no {self._compression.name} data begins {place}")
        return True

    def _member(self, decompressor: Member) -> Iterator[bytes]:
        while not decompressor.eof:
            data = self._next_input()
            if not data:
                name = self._compression.name
                raise DamageError(f"the {name} data ends too early, after {self.position} bytes")
            for piece in self._compression.pieces(decompressor, data):
                self.given += len(piece)
                if self.given > BOMB_FREE_BYTES and self.given > BOMB_RATIO * self.position:
                    raise DamageError(
                        f"the {self._compression.name} data expands to more than {BOMB_RATIO} times its "
                        "size, as a decompression bomb does; if it is not one, decompress it first"
                    )
                if piece:
                    yield piece
        self._put_back(decompressor.unused_data or b"")

    def _next_input(self) -> bytes:
        if self._next == len(self._buffer):
            self._buffer, self._next = self._read(_READ_BYTES), 0
        careful = self._careful_from is not None and self.position >= self._careful_from
        size = 1 if careful else self._compression.input_bytes
        data = self._buffer[self._next : self._next + size]
        self._piece = self.position
        self._next += len(data)
        self.position += len(data)
        return data

    def _put_back(self, data: bytes) -> None:
        """Put back the last bytes taken. They are copied only if they span two reads."""
        if len(data) <= self._next:
            self._next -= len(data)
        else:
            self._buffer, self._next = data + self._buffer[self._next :], 0
        self.position -= len(data)
