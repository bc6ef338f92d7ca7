"""Feeds a compressed capture to the core: a thread decompresses into a pipe that the core reads.

A forked process inherits the pipes but not the thread, so its pipes are closed: there the capture ends with
an error that names the reason. The parent process is not affected.
"""

from __future__ import annotations

import os
import select
import stat
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial

from huginn_cffi.base.files import write_all
from huginn_cffi.run.heads import FOREIGN_BYTES, is_readable
from huginn_cffi.sources.compressed import Compression, DamageError, Read, Stream

PIPE_BYTES = 1 << 20
"""Pipe size requested from Linux, so that both ends wait less often; it may be refused."""


LAST_READ_S = 0.5
"""How long the last read of a file object may take. A server that sends no more would hold it, and no signal
ends it; the thread ends with the process, or after the read, as nobody reads its pipe."""

_creating = threading.RLock()
"""Held while a feeder's pipe is created or closed, and while the process forks."""


_PIECE_BYTES = 1 << 18
FORKED = "the process was forked while it was read, so a forked process has to open it again"


class Feeder:
    """Decompresses in its own thread, into the pipe whose other end is `output`."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self._failure: BaseException | None = None
        self._begin: bytes = b""
        self.is_forked: bool = False
        """Whether this is a copy in a forked process, where no thread decompresses."""
        with _creating:
            self.output, self._input = os.pipe()
            _feeders.add(self)
        with suppress(ImportError, AttributeError, OSError):
            import fcntl

            fcntl.fcntl(self._input, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self._thread = threading.Thread(target=self._feed, name="huginn-decompress", daemon=True)
        self._thread.start()

    def let_go(self) -> None:
        """In a forked process: leave the pipe to the parent."""
        self.is_forked = True
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

    def _feed(self) -> None:
        try:
            for piece in self.stream.pieces():
                self._begin += piece[: FOREIGN_BYTES - len(self._begin)]
                write_all(self._input, piece)
        except BrokenPipeError:
            pass  # the core reads no further
        except BaseException as error:  # raised again in the thread that reads the capture
            self._failure = error
        finally:
            self._close_input()

    def begin(self) -> bytes:
        """The first bytes of the output, if they come within a second; the rest may be lost."""
        while len(self._begin) < FOREIGN_BYTES and is_readable(self.output, 1000):
            if not os.read(self.output, _PIECE_BYTES):
                break
        return self._begin

    def is_drained(self) -> bool:
        """Whether the pipe is at its end: all output was read."""
        return is_readable(self.output, 0) and not os.read(self.output, 1)

    def failure(self) -> BaseException | None:
        """The error that ended the stream, if any; called when the core has reached the end of the pipe."""
        if not self.is_forked:
            self._thread.join()
        return self._failure

    def close(self, most_s: float | None = None) -> None:
        """End the thread, whose source the caller has ended; wait for it at most `most_s` seconds."""
        with _creating:
            _feeders.discard(self)
            os.close(self.output)
        if not self.is_forked:
            self._thread.join(most_s)


_feeders: weakref.WeakSet[Feeder] = weakref.WeakSet()
"""Feeders whose pipes are open."""


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
    """A feeder for a descriptor: a file, or a pipe from which `head` was already read."""
    wake, waker = os.pipe()
    reader: Read = _Pipe(descriptor, head, wake).read
    reread = None
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        start = os.lseek(descriptor, 0, os.SEEK_CUR)
        read_at, is_over = partial(os.pread, descriptor), partial(is_readable, wake, 0)
        reread = lambda: _Placed(read_at, is_over, start).read  # noqa: E731
        reader = reread()
    feeder = Feeder(Stream(compression, reader, reread))
    try:
        yield feeder
    finally:
        if not feeder.is_forked:  # the thread belongs to the parent, which needs it
            os.write(waker, b"x")
        feeder.close()
        os.close(wake)
        os.close(waker)


@contextmanager
def decompressing_memory(compression: Compression, memory: memoryview) -> Iterator[Feeder]:
    """A feeder for memory."""
    stopped = threading.Event()

    def reader() -> Read:
        return _Placed(lambda size, at: bytes(memory[at : at + size]), stopped.is_set).read

    feeder = Feeder(Stream(compression, reader(), reader))
    try:
        yield feeder
    finally:
        stopped.set()
        feeder.close()


@contextmanager
def streaming(compression: Compression | None, read: Read, head: bytes) -> Iterator[Feeder]:
    """A feeder for what `read` gives after `head`; without a `compression`, as it is."""
    stopped = threading.Event()
    begin = [head]

    def reader(size: int) -> bytes:
        if stopped.is_set():
            raise BrokenPipeError
        return begin.pop() if begin else read(size)

    feeder = Feeder(_Plain(reader) if compression is None else Stream(compression, reader))
    try:
        yield feeder
    finally:
        stopped.set()
        feeder.close(LAST_READ_S)


class _Plain(Stream):
    def __init__(self, read: Read) -> None:
        self._read = read
        self.given = self.position = 0

    def pieces(self) -> Iterator[bytes]:
        while data := self._read(_PIECE_BYTES):
            self.given = self.position = self.position + len(data)
            yield data


class _Pipe:
    """Reads a pipe, after `head`, which was read before. It ends when `wake` becomes readable."""

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


class _Placed:
    """Reads a file at its own position (others may read it at the same time), or memory."""

    def __init__(self, at: Callable[[int, int], bytes], is_over: Callable[[], bool], place: int = 0) -> None:
        self._read_at, self._is_over, self._place = at, is_over, place

    def read(self, size: int) -> bytes:
        if self._is_over():
            raise BrokenPipeError
        data = self._read_at(size, self._place)
        self._place += len(data)
        return data
