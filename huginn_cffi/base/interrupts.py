"""Handles Ctrl-C in commands: no traceback, no incomplete record, and always exit status 130.

Its imports are quick, because its handler must be installed first.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

INTERRUPTED = 130
"""The exit status."""

PATIENCE_S = 0.7
"""After an interrupt, how long to wait for a reader that stopped reading, in seconds."""

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
        raise KeyboardInterrupt


@contextmanager
def answered(*, to_the_end: bool) -> Iterator[Interrupts]:
    """Handle SIGINT unless it is ignored. With `to_the_end` the handler stays until the process ends."""
    found, before = Interrupts(), signal.getsignal(signal.SIGINT)
    if not _in_main_thread() or before is not signal.default_int_handler:
        yield found
        return
    signal.signal(signal.SIGINT, _leave)
    if to_the_end:
        sys.unraisablehook = _leave_if_lost
    try:
        yield found
    finally:
        signal.signal(signal.SIGINT, _leave if to_the_end else before)


def _leave(number: int, frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


def _leave_if_lost(lost: sys.UnraisableHookArgs) -> None:
    """End the process if an interrupt comes in a finalizer or a callback of imports: Python would go on."""
    if issubclass(lost.exc_type, KeyboardInterrupt):
        _leave(signal.SIGINT, None)
    sys.__unraisablehook__(lost)


class _Held:
    def __init__(self) -> None:
        self.number: int | None = None
        self.waiting = False

    def note(self, number: int, frame: FrameType | None) -> None:
        """Remember the first signal; act on a second one at once."""
        if self.number is not None:
            raise KeyboardInterrupt
        self.number = number
        if self.waiting:
            signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)


_held: _Held | None = None


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
