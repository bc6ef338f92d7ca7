"""A compressed capture as a pipe that the core reads: a thread decompresses into it."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from huginn_cffi.compressed import Stream
from huginn_cffi.inputs import is_readable

if TYPE_CHECKING:
    from collections.abc import Callable

    from huginn_cffi.compressed import Compression

PIPE_BYTES = 1 << 20
"""Asked of Linux, so that the two ends meet more seldom; it need not agree."""


class Feeder:
    """Decompresses in a thread of its own, into the pipe whose other end is `output`.

    `read` gives the compressed bytes. It is told by `stopping`, a descriptor that becomes
    readable, to come back at once.
    """

    __slots__ = ("_failure", "_input", "_stream", "_thread", "output")

    def __init__(self, compression: Compression, read: Callable[[int], bytes]) -> None:
        self._stream = Stream(compression, read)
        self._failure: Exception | None = None
        self.output, self._input = os.pipe()
        _enlarge(self._input)
        self._thread = threading.Thread(target=self._feed, name="huginn-decompress", daemon=True)
        self._thread.start()

    @property
    def position(self) -> int:
        """Compressed bytes taken so far."""
        return self._stream.position

    def _feed(self) -> None:
        try:
            for piece in self._stream.pieces():
                _write(self._input, piece)
        except BrokenPipeError:
            pass  # nobody wants the rest
        except Exception as error:  # whatever it is, it is raised in the thread that reads the capture
            self._failure = error
        finally:
            os.close(self._input)

    def has_given(self, count: int) -> bool:
        """Whether so many bytes came out."""
        return self._stream.given >= count

    def is_drained(self) -> bool:
        """Whether the pipe is at its end: all that came out was read."""
        return is_readable(self.output, 0) and not os.read(self.output, 1)

    def failure(self) -> Exception | None:
        """What ended the stream; called once the core has met the end of the pipe."""
        self._thread.join()
        return self._failure

    def close(self) -> None:
        """End the thread; `read` must return for that."""
        os.close(self.output)
        self._thread.join()


@contextmanager
def decompressing(compression: Compression, descriptor: int, head: bytes) -> Iterator[Feeder]:
    """A feeder from a descriptor of which `head` has been read already."""
    wake, waker = os.pipe()
    first = [head] if head else []

    def read(size: int) -> bytes:
        if first:
            return first.pop()
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        poll.register(wake, select.POLLIN)
        if wake in dict(poll.poll()):
            raise BrokenPipeError  # as if the reader had left, which it has
        return os.read(descriptor, size)

    feeder = Feeder(compression, read)
    try:
        yield feeder
    finally:
        os.write(waker, b"x")
        feeder.close()
        os.close(wake)
        os.close(waker)


@contextmanager
def decompressing_memory(compression: Compression, memory: memoryview) -> Iterator[Feeder]:
    """A feeder from memory."""
    place = 0

    def read(size: int) -> bytes:
        nonlocal place
        data = bytes(memory[place : place + size])
        place += len(data)
        return data

    feeder = Feeder(compression, read)
    try:
        yield feeder
    finally:
        feeder.close()


def _write(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _enlarge(descriptor: int) -> None:
    """Make a pipe larger where that can be asked for."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
