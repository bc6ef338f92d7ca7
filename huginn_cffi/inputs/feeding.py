"""A compressed capture as a pipe that the core reads: a thread decompresses into it.

A forked process inherits the pipes but not the thread, so its pipes are closed: there the capture ends with
an error that names the reason. The parent process is not affected.
"""

from __future__ import annotations

import os
import select
import stat
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from huginn_cffi.base.files import write_all
from huginn_cffi.inputs.compressed import DamageError, Stream
from huginn_cffi.inputs.heads import is_readable

if TYPE_CHECKING:
    from huginn_cffi.inputs.compressed import Compression, Read

PIPE_BYTES = 1 << 20
"""Asked of Linux, so that the two ends meet more seldom; it need not agree."""


_creating = threading.RLock()
"""Held while the pipe of a feeder is made or closed, and while the process forks."""


FORKED = "the process was forked while it was read, so a forked process has to open it again"


class Feeder:
    """Decompresses in its own thread, into the pipe whose other end is `output`."""

    __slots__ = ("__weakref__", "_failure", "_input", "_is_forked", "_stream", "_thread", "output")

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._failure: Exception | None = None
        self._is_forked = False
        with _creating:
            self.output, self._input = os.pipe()
            _feeders.add(self)
        with suppress(ImportError, AttributeError, OSError):
            import fcntl

            fcntl.fcntl(self._input, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._thread = threading.Thread(target=self._feed, name="huginn-decompress", daemon=True)
        self._thread.start()

    @property
    def is_forked(self) -> bool:
        """Whether this is a copy in a forked process, where nothing decompresses."""
        return self._is_forked

    def let_go(self) -> None:
        """In a forked process: leave the pipe to the process that forked."""
        self._is_forked = True
        self._failure = DamageError(FORKED)
        nothing = os.open(os.devnull, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        os.dup2(nothing, self.output, inheritable=False)
        os.close(nothing)
        self._close_input()

    def _close_input(self) -> None:
        with _creating:
            if self._input >= 0:
                os.close(self._input)
            self._input = -1

    @property
    def position(self) -> int:
        """Compressed bytes taken so far."""
        return self._stream.position

    def _feed(self) -> None:
        try:
            for piece in self._stream.pieces():
                write_all(self._input, piece)
        except BrokenPipeError:
            pass  # nobody wants the rest
        except Exception as error:  # whatever it is, it is raised in the thread that reads the capture
            self._failure = error
        finally:
            self._close_input()

    def has_given(self, count: int) -> bool:
        """Whether this number of bytes came out."""
        return self._stream.given >= count

    def is_drained(self) -> bool:
        """Whether the pipe is at its end: all that came out was read."""
        return is_readable(self.output, 0) and not os.read(self.output, 1)

    def failure(self) -> Exception | None:
        """What ended the stream; called once the core has met the end of the pipe."""
        if not self._is_forked:
            self._thread.join()
        return self._failure

    def close(self) -> None:
        """End the thread, whose source must have been asked to end."""
        with _creating:
            _feeders.discard(self)
            os.close(self.output)
        if not self._is_forked:
            self._thread.join()


_feeders: weakref.WeakSet[Feeder] = weakref.WeakSet()
"""Those whose pipes are open."""


def _after_fork_in_child() -> None:
    for feeder in list(_feeders):
        feeder.let_go()
    _creating.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_creating.acquire,
        after_in_parent=_creating.release,
        after_in_child=_after_fork_in_child,
    )


@contextmanager
def decompressing(compression: Compression, descriptor: int, head: bytes) -> Iterator[Feeder]:
    """A feeder from a descriptor: a file, or a pipe of which `head` has been read already."""
    wake, waker = os.pipe()
    reader: Read = _Pipe(descriptor, head, wake).read
    reread = None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        start = os.lseek(descriptor, 0, os.SEEK_CUR)
        reader = _File(descriptor, start, wake).read
        reread = lambda: _File(descriptor, start, wake).read  # noqa: E731
    feeder = Feeder(Stream(compression, reader, reread))
    try:
        yield feeder
    finally:
        if not feeder.is_forked:  # the thread is that of the process that forked, and is needed there
            os.write(waker, b"x")
        feeder.close()
        os.close(wake)
        os.close(waker)


@contextmanager
def decompressing_memory(compression: Compression, memory: memoryview) -> Iterator[Feeder]:
    """A feeder from memory."""
    stopped = threading.Event()

    def reader() -> Read:
        return _Memory(memory, stopped).read

    feeder = Feeder(Stream(compression, reader(), reader))
    try:
        yield feeder
    finally:
        stopped.set()
        feeder.close()


class _Pipe:
    """Bytes of a pipe, after those that were read already. `wake` becomes readable to end it."""

    def __init__(self, descriptor: int, head: bytes, wake: int) -> None:
        self._descriptor, self._head, self._wake = descriptor, head, wake
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)
        self._poll.register(wake, select.POLLIN)

    def read(self, size: int) -> bytes:
        if self._head:
            head, self._head = self._head, b""
            return head
        if self._wake in dict(self._poll.poll()):
            raise BrokenPipeError  # the core no longer reads
        return os.read(self._descriptor, size)


class _File:
    """Bytes of a file, which others may read at the same time."""

    def __init__(self, descriptor: int, start: int, wake: int) -> None:
        self._descriptor, self._place, self._wake = descriptor, start, wake

    def read(self, size: int) -> bytes:
        if is_readable(self._wake, 0):
            raise BrokenPipeError
        data = os.pread(self._descriptor, size, self._place)
        self._place += len(data)
        return data


class _Memory:
    """Bytes of memory."""

    def __init__(self, memory: memoryview, stopped: threading.Event) -> None:
        self._memory, self._place, self._stopped = memory, 0, stopped

    def read(self, size: int) -> bytes:
        if self._stopped.is_set():
            raise BrokenPipeError
        data = bytes(self._memory[self._place : self._place + size])
        self._place += len(data)
        return data
