"""Opens captures from files, standard input and memory."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, Protocol, TypeAlias, TypeGuard

from huginn_cffi._native import ffi, lib
from huginn_cffi.base import arguments, handles
from huginn_cffi.base.errors import CaptureError, check, named
from huginn_cffi.base.handles import CData
from huginn_cffi.base.installation import to_add
from huginn_cffi.run.heads import (
    CAPTURE_MAGICS,
    FOREIGN_BYTES,
    HEAD_BYTES,
    STANDARD_INPUT,
    Stop,
    place,
    read_head,
)

if TYPE_CHECKING:
    from huginn_cffi.sources.compressed import Compression, Read
    from huginn_cffi.sources.feeding import Feeder

INPUT_NAME = "standard input"
MEMORY = "capture in memory"
OBJECT = "file object"
FIRST_PACKETS, DIGEST_BYTES = lib.HG_FIRST_PACKETS, 8
"""How many packets tell captures apart, and the bytes of a packet's digest."""
CO_VARARGS = 4
"""The flag of functions with ``*arguments``, as in `inspect`, which takes 10 ms to import."""
MOST_PATH = 4096
"""The longest path of Linux."""
_ADDRESS = re.compile("[a-z][a-z0-9+.-]*://")
"""The beginning of an address for fsspec."""
_LOGIN, _QUERY = re.compile(r"(?<=://)[^/\s]*@"), re.compile(r"(://[^\s?]*)\?\S*")
"""A user with a password, and parameters, in an address."""


class BinaryFile(Protocol):
    """A file object opened in binary mode."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Input:
    """A capture that can be opened once, or again if it `is_repeatable`. ``name`` begins its error messages.

    ``size`` is the size of its file or memory in bytes (compressed, if it is); ``None`` for a pipe.
    """

    def __init__(self, name: str, size: int | None, opener: Opener, *, is_repeatable: bool = False) -> None:
        self.name = name
        self.is_repeatable = is_repeatable
        self.size = size
        self._open = opener
        self.find_position: Callable[[], int] = lambda: 0
        self.begin: int = 0
        """Where a file object stood."""
        self._source: CData = ffi.NULL
        self._beginning: bytes = b""
        self._closing = Lock()

    @property
    def position(self) -> int:
        """How many of the ``size`` bytes have been read so far."""
        return self.find_position()

    @property
    def beginning(self) -> bytes:
        """A digest of each of the first packets, as far as they were read; also for another thread.

        It is the same if the capture has another name or format, is compressed, or goes on.
        """
        with self._closing:
            if self._source:
                digests = ffi.new("uint64_t[]", FIRST_PACKETS)
                found = lib.hg_source_digests(self._source, digests) * DIGEST_BYTES
                self._beginning = max(self._beginning, bytes(ffi.buffer(digests, found)), key=len)
        return self._beginning

    @contextmanager
    def open(self, stop: Stop) -> Iterator[CData]:
        """Yield an ``hg_source *`` that is valid inside the ``with`` block.

        While this waits for an idle pipe, it calls `stop`; if `stop` returns true, the source is empty.
        """
        try:
            with self._open(self, stop) as self._source:
                try:
                    yield self._source
                finally:
                    self.beginning  # noqa: B018 - remembers it
                    with self._closing:
                        self._source = ffi.NULL
        except CaptureError as error:
            if error.refused and self.begin:
                error.args = (f"{error}; reading began at byte {self.begin} of it: seek(0) first",)
            raise
        finally:
            self.find_position = lambda: self.size or 0


Capture: TypeAlias = str | os.PathLike[str] | BinaryFile | arguments.Buffer | Input
"""A path, a binary file object, or a capture in memory: anything with the buffer protocol, such as
`mmap.mmap`. If another program truncates a mapped file, reading the memory crashes: give its path instead."""

Opener: TypeAlias = Callable[[Input, Stop], AbstractContextManager[CData]]
"""Opens an input, and sets its `find_position`; the result is an ``hg_source *``."""


def expectation(value: object) -> str:
    """The message for a value that names no capture."""
    if isinstance(value, io.TextIOBase):
        return f"source must be open for reading bytes (mode 'rb'), not {type(value).__name__}"
    return (
        "source must be a path (str or os.PathLike), a file open for reading bytes, a capture in memory "
        f"(bytes, memoryview, mmap) or a list of these, not {type(value).__name__}; "
        "frames need linktype="
    )


def single_input(source: object) -> Input | None:
    """The input that `source` names; ``None`` if it is not a path, a file or a buffer."""
    if isinstance(source, Input):
        return source
    if isinstance(source, (str, os.PathLike)):
        name = os.fspath(source)
        if not isinstance(name, str):
            raise TypeError(expectation(name))
        if "\0" in name or len(name) > MOST_PATH:
            raise ValueError(
                f"source is a text of {len(name)} characters, which is no path: give a capture as bytes"
            )
        if name == STANDARD_INPUT:
            return Input(INPUT_NAME, _size(0), partial(_opened_descriptor, 0))
        if _ADDRESS.match(name):
            return Input(_public(name), None, partial(_opened_address, name))
        return Input(name, size := _size(name), _opened_file, is_repeatable=size is not None)
    if getattr(source, "closed", False) is True:
        raise ValueError("source is a closed file; open it again")
    if _is_plain_file(source):
        return _placed(
            source, Input(str(source.name), _size(source.fileno()), partial(_opened_binary, source))
        )
    with suppress(TypeError):
        size = memoryview(source).nbytes  # type: ignore[arg-type]
        return Input(MEMORY, size, partial(_opened_memory, source), is_repeatable=True)
    read = getattr(source, "read", None)
    if not callable(read) or isinstance(source, io.TextIOBase):
        return None
    code = getattr(read, "__code__", None)
    if code is not None and code.co_argcount < 2 and not code.co_flags & CO_VARARGS:
        raise TypeError(f"source must have read(size), and {type(source).__name__}.read takes no size")
    name = str(getattr(source, "name", None) or OBJECT)
    return _placed(source, Input(name, None, partial(_opened_object, read)))


def _placed(source: object, item: Input) -> Input:
    """The input of a file object, which notes its place."""
    with suppress(Exception):
        item.begin = int(source.tell())  # type: ignore[attr-defined]
    return item


def _is_plain_file(source: object) -> TypeGuard[BinaryIO]:
    """Whether it is a file as ``open(path, "rb")`` returns it, whose descriptor has the same bytes."""
    raw = source.raw if isinstance(source, (io.BufferedReader, io.BufferedRandom)) else source
    return isinstance(raw, io.FileIO)


def _opened_binary(file: BinaryIO, item: Input, stop: Stop) -> AbstractContextManager[CData]:
    """Read an open file from its current position; its owner closes it."""
    descriptor = file.fileno()
    if file.seekable():
        os.lseek(descriptor, file.tell(), os.SEEK_SET)  # the file may have read ahead
    return _opened_descriptor(descriptor, item, stop)


def _size(file: str | int) -> int | None:
    """The size of a regular file; ``None`` for everything else."""
    try:
        found = os.stat(file)  # noqa: PTH116 - of a descriptor too
    except (OSError, ValueError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None


@contextmanager
def _opened_file(item: Input, stop: Stop) -> Iterator[CData]:
    try:
        descriptor = _descriptor(item.name)
    except (OSError, ValueError) as error:
        raise _unreadable(item.name, error) from None
    try:
        with _opened_descriptor(descriptor, item, stop) as source:
            yield source
    finally:
        os.close(descriptor)


@contextmanager
def _opened_object(read: Callable[[int], object], item: Input, stop: Stop) -> Iterator[CData]:
    """Read an object from its position. If `read` fails, its error follows the packets before it."""
    failures: list[BaseException] = []

    def checked(size: int) -> bytes:
        try:
            data = read(size)
            if not isinstance(data, (bytes, bytearray, memoryview)):
                raise TypeError(f"{item.name}: read must return bytes, not {type(data).__name__}")
        except StopIteration:
            failures.append(CaptureError(f"{item.name}: read raised StopIteration; at the end, return b''"))
            raise failures[0] from None
        except BaseException as error:
            failures.append(error)
            raise
        return bytes(data)

    try:
        head = b""
        while len(head) < HEAD_BYTES and (data := checked(HEAD_BYTES - len(head))):
            head += data
        with _opened_stream(checked, head, item, stop) as source:
            yield source
    except CaptureError:
        if failures:
            raise failures[0] from None
        raise


@contextmanager
def _opened_stream(read: Read, head: bytes, item: Input, stop: Stop) -> Iterator[CData]:
    from huginn_cffi.sources.feeding import streaming

    compression = _compression(head, item.name)
    with streaming(compression, read, head) as feeder, _opened_feeder(feeder, item, stop) as source:
        yield source


@contextmanager
def _opened_address(address: str, item: Input, stop: Stop) -> Iterator[CData]:
    """Read what an address names, as it comes."""
    with ExitStack() as stack:
        try:
            import fsspec

            file = stack.enter_context(fsspec.open(address, "rb"))
            head = file.read(HEAD_BYTES)
        except ImportError as error:
            missing = f"addresses need fsspec and its file system: {to_add('urls')}"
            raise CaptureError(
                f"{named(item.name)}: {missing} ({error})", path=item.name, refused=True
            ) from None
        except Exception as error:  # every file system has its own
            raise _unreadable(item.name, error) from None
        yield stack.enter_context(_opened_stream(file.read, head, item, stop))


def _public(text: str) -> str:
    """A text without the users, passwords and queries of its addresses, which may be secret."""
    return _LOGIN.sub("", _QUERY.sub(r"\1", text))


def _descriptor(path: str) -> int:
    """A descriptor for reading. Opening a FIFO does not wait for its writer; reading the first bytes does.

    Linux reports a FIFO as idle until its first writer comes; elsewhere it would seem to be at its end.
    """
    flags = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)
    is_fifo = sys.platform == "linux" and stat.S_ISFIFO(os.stat(path).st_mode)  # noqa: PTH116
    descriptor = os.open(path, flags | os.O_NONBLOCK if is_fifo else flags)
    if is_fifo:
        os.set_blocking(descriptor, True)
    return descriptor


def _unreadable(path: str, error: Exception) -> CaptureError:
    reason = _public((isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__)
    if isinstance(error, IsADirectoryError):
        reason = f"{error.strerror}, and no capture is in it or below"
    number = error.errno if isinstance(error, OSError) else errno.EINVAL
    return CaptureError(f"{named(path)}: {reason}", path=path, errno=number, refused=True)


@contextmanager
def _opened_descriptor(descriptor: int, item: Input, stop: Stop) -> Iterator[CData]:
    try:
        head, taken = read_head(descriptor, stop)
    except OSError as error:
        raise _unreadable(item.name, error) from None
    compression = _compression(head, item.name)
    if compression is None:
        with _opened_plain(descriptor, item.name, stop, taken) as source:
            item.find_position = partial(place, descriptor)
            yield source
        return
    from huginn_cffi.sources.feeding import decompressing

    with decompressing(compression, descriptor, taken) as feeder, _opened_feeder(feeder, item, stop) as out:
        yield out


def _compression(head: bytes, name: str) -> Compression | None:
    """A capture's compression, if any. `CaptureError` if its library is missing."""
    if head.startswith(CAPTURE_MAGICS):
        return None
    from huginn_cffi.sources.compressed import compression_of, missing_library

    found = compression_of(head)
    missing = None if found is None else missing_library(found)
    if missing is not None:
        raise CaptureError(f"{named(name)}: {missing}", path=name, refused=True)
    return found


def _check_opened(status: int, error: CData, begin: Callable[[], bytes], name: str) -> None:
    """Raise the error of `check`; if the file is known to be something else, the message says so."""
    try:
        check(status, error, subject=name, refused=True)
    except CaptureError:
        from huginn_cffi.sources.foreign import recognised

        known = recognised(begin(), name)
        if known is None:
            raise
        hint = "; a path is a str, and frames need linktype=" if name == MEMORY else ""
        raise CaptureError(f"{named(name)}: {known}{hint}", path=name, refused=True) from None


@contextmanager
def _opened_plain(
    descriptor: int, name: str, stop: Stop, head: bytes = b"", begin: Callable[[], bytes] | None = None
) -> Iterator[CData]:
    out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
    if begin is None:
        start = place(descriptor)
        begin = lambda: head or os.pread(descriptor, FOREIGN_BYTES, start)  # noqa: E731
    try:
        status = lib.hg_source_open_fd(descriptor, head, len(head), out, error)
        while status == lib.HG_E_IO and error.system == errno.EINTR:
            # No data yet, or a signal came whose Python handler did not raise.
            if stop():
                nowhere = ffi.NULL, ffi.NULL, ffi.NULL, 0, arguments.LINKTYPE_RAW
                with handles.opened(lib.hg_source_open_packets, *nowhere) as nothing:
                    yield nothing
                return
            status = lib.hg_source_open_fd(descriptor, head, len(head), out, error)
        _check_opened(status, error, begin, name)
        yield out[0]
    finally:
        lib.hg_source_free(out[0])


@contextmanager
def _opened_feeder(feeder: Feeder, item: Input, stop: Stop) -> Iterator[CData]:
    """The decompressed capture. If it ends early, the error names the damage in the compressed data."""
    begun = False
    try:
        with _opened_plain(feeder.output, item.name, stop, begin=feeder.begin) as source:
            begun = True
            item.find_position = lambda: feeder.stream.position
            yield source
    except CaptureError as error:
        if error.truncated or feeder.stream.given < HEAD_BYTES:
            _raise_failure(feeder, item.name, begun, error)
        raise
    if feeder.is_drained() and not stop():
        _raise_failure(feeder, item.name, begun, None)


def _raise_failure(feeder: Feeder, name: str, begun: bool, cause: CaptureError | None) -> None:
    """Raise the error that ended the compressed data, if any. `cause` is the core's error for it."""
    failure = feeder.failure()
    if failure is None:
        return
    reason = failure.strerror if isinstance(failure, OSError) else str(failure)
    record, offset = (0, 0) if cause is None else (cause.record, cause.offset)
    where = f"; its capture ends at record {record}" if record else ""
    raise CaptureError(
        f"{named(name)}: {reason}{where}", path=name, record=record, offset=offset, refused=not begun
    ) from failure


@contextmanager
def _opened_memory(capture: object, item: Input, stop: Stop) -> Iterator[CData]:
    with arguments.buffer("source", capture) as memory:
        compression = _compression(bytes(memory[0 : min(len(memory), HEAD_BYTES)]), MEMORY)
        if compression is None:
            out, error = ffi.new("hg_source **"), ffi.new("hg_error *")
            status = lib.hg_source_open_memory(memory, len(memory), out, error)
            _check_opened(status, error, lambda: bytes(memory[0 : min(len(memory), FOREIGN_BYTES)]), MEMORY)
            try:
                yield out[0]
            finally:
                lib.hg_source_free(out[0])
            return
        from huginn_cffi.sources.feeding import decompressing_memory

        view = memoryview(ffi.buffer(memory))
        with decompressing_memory(compression, view) as feeder, _opened_feeder(feeder, item, stop) as source:
            yield source
