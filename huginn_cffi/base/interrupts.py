"""Handles Ctrl-C in commands: no traceback, no incomplete record, and always exit status 130.

Its imports are quick, because its handler must be installed first.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

INTERRUPTED = 130
"""The exit status."""

PATIENCE_S = 0.7
"""After an interrupt, how long to wait for a reader that stopped reading, in seconds."""

SOON_S = 0.001
"""Delay until an interrupt that a callback swallowed is raised again."""

STUCK_S = 10.0
"""How long the running code may take to handle an interrupt. Only a read from a disk that does not answer, or
a wait for such a read, takes longer: it may never end."""

SMALL = 4096
"""Bytes per write after an interrupt: a pipe with room accepts this many without blocking."""


class Interrupts:
    """SIGINT during one run of a command. It ends the process, unless `allow` made it an exception."""

    def __init__(self) -> None:
        self.came: bool = False

    def allow(self) -> None:
        """From here on SIGINT raises `KeyboardInterrupt`, which the running code handles."""
        if signal.getsignal(signal.SIGINT) is _leave:
            signal.signal(signal.SIGINT, self._raise)

    def _raise(self, number: int, frame: FrameType | None) -> None:
        self.came = True
        _note_seen()
        raise KeyboardInterrupt


class _Watch:
    """A thread that ends the process if the handler of an interrupt does not get to run.

    Python runs handlers in the main thread, between two bytecodes: not while that thread is stuck in a system
    call, or waits for a worker that is.
    """

    def __init__(self) -> None:
        self.seen = False
        """Set by the handlers; a plain flag, because one handler may interrupt another."""
        self._read_end, self._write_end = os.pipe()
        self._thread = threading.Thread(target=self._run, daemon=True)
        try:
            self._thread.start()
        except RuntimeError:
            os.close(self._write_end)
            os.close(self._read_end)
            raise
        os.set_blocking(self._write_end, False)
        signal.set_wakeup_fd(self._write_end, warn_on_full_buffer=False)

    def close(self) -> None:
        signal.set_wakeup_fd(-1)
        self.seen = True
        os.close(self._write_end)
        self._thread.join()
        os.close(self._read_end)

    def _run(self) -> None:
        while got := os.read(self._read_end, 1):
            if got[0] == signal.SIGINT and _is_own(signal.getsignal(signal.SIGINT)):
                break
        until = time.monotonic() + STUCK_S
        while not self.seen:
            if time.monotonic() > until:
                os._exit(INTERRUPTED)
            time.sleep(0.05)


@contextmanager
def answered(*, to_the_end: bool) -> Iterator[Interrupts]:
    """Handle SIGINT unless it is ignored. With `to_the_end` the handler stays until the process ends."""
    global _watch
    found, before = Interrupts(), signal.getsignal(signal.SIGINT)
    if not _in_main_thread() or before is not signal.default_int_handler:
        yield found
        return
    signal.signal(signal.SIGINT, _leave)
    try:
        with _reraising():
            yield found
    finally:
        signal.signal(signal.SIGINT, _leave if to_the_end else before)
        if _watch is not None:
            _watch.close()
        _watch = None


@contextmanager
def _reraising() -> Iterator[None]:
    """Raise again an interrupt that was lost in a finalizer, or in a weak reference's callback (imports).

    Python only reports exceptions raised there. Not on Windows, which lacks the timer.
    """
    before = sys.unraisablehook
    was_lost = False

    def hook(lost: sys.UnraisableHookArgs) -> None:
        nonlocal was_lost
        if not issubclass(lost.exc_type, KeyboardInterrupt) or sys.platform == "win32":
            before(lost)
            return
        was_lost = True
        signal.signal(signal.SIGALRM, give_up)
        signal.setitimer(signal.ITIMER_REAL, SOON_S)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        sys.unraisablehook = before
        if was_lost:
            signal.setitimer(signal.ITIMER_REAL, 0)


def watch() -> None:
    """Start the watch: a command that reads files must end on an interrupt even if a read never returns.

    Not on Windows, whose pipes always block, and not if no thread can be started. Not used by commands that
    give up rights: rights belong to each thread, and these commands read no files.
    """
    global _watch
    if sys.platform == "win32" or _watch is not None:
        return
    if _in_main_thread() and _is_own(signal.getsignal(signal.SIGINT)):
        with suppress(OSError, RuntimeError):
            _watch = _Watch()


def _is_own(handler: object) -> bool:
    """Whether it is a handler of this module; other handlers do not set `seen`."""
    return getattr(handler, "__module__", "") == __name__


def _note_seen() -> None:
    if _watch is not None:
        _watch.seen = True


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


class _Held:
    def __init__(self) -> None:
        self.number: int | None = None
        self.waiting = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Remember the first signal; act on a second one at once."""
        _note_seen()
        if self.number is not None:
            raise KeyboardInterrupt
        self.number = number
        if self.waiting:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)


_held: _Held | None = None
_watch: _Watch | None = None


@contextmanager
def held() -> Iterator[None]:
    """Delay SIGINT and SIGTERM until the end of the block, so that the block completes.

    A second signal ends the block at once, and so does a reader that stops reading the output of `write`.
    Inside another such block, and outside the main thread, this does nothing.
    """
    global _held
    if _held is not None or not _in_main_thread():
        yield
        return
    note = _Held()
    before: dict[int, Callable[..., Any]] = {}
    for number in map(int, (signal.SIGINT, signal.SIGTERM)):
        handler = signal.getsignal(number)
        if callable(handler) and handler is not _leave:
            before[number] = handler
    alarm = signal.signal(signal.SIGALRM, give_up)
    _held = note
    try:
        for number in before:
            signal.signal(number, note.note)
        yield
    finally:
        _held = None
        for number, handler in before.items():
            signal.signal(number, handler)
        if note.number is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if alarm is None else alarm)
        if note.number is not None and sys.exc_info()[0] in (None, KeyboardInterrupt):
            before[note.number](note.number, None)


def give_up(number: int, frame: FrameType | None) -> None:
    """Signal handler that raises `KeyboardInterrupt`."""
    raise KeyboardInterrupt


def write(descriptor: int, data: memoryview) -> int:
    """Write some of `data` and return how much. In a `held` block only a stuck reader interrupts it."""
    note = _held
    if note is None:
        return os.write(descriptor, data)
    note.waiting = True
    try:
        if note.number is not None:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
            return os.write(descriptor, data[:SMALL])
        return os.write(descriptor, data)
    finally:
        note.waiting = False
        if note.number is not None:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
