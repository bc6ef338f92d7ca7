"""Signals and a time limit that end a capture."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

from huginn_cffi.base.interrupts import give_up
from huginn_cffi.cli.status import DONE, INTERRUPTED

PATIENCE_S = 0.7
"""How long a command may take to end after a signal. It takes longer only if it is stuck in a write to a pipe
that is not read; then `KeyboardInterrupt` ends it."""


Handler = Callable[[int, FrameType | None], None]


@contextmanager
def handled(handlers: Mapping[int, Handler]) -> Iterator[None]:
    """Install these handlers during the block, even for signals inherited as ignored."""
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


class StopSignals:
    """A `Cancel` that is set after SIGINT, SIGTERM or `duration` seconds."""

    def __init__(self, duration: float | None) -> None:
        self._deadline = None if duration is None else time.monotonic() + duration
        self._signal: int | None = None
        self._may_last = False

    def is_set(self) -> bool:
        """True after a signal, or when the time is up."""
        return self._signal is not None or (self._deadline is not None and time.monotonic() >= self._deadline)

    @property
    def status(self) -> int:
        """Exit status; SIGTERM ends a service normally, so it is not a failure."""
        return INTERRUPTED if self._signal == signal.SIGINT else DONE

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Handle SIGINT and SIGTERM during the block.

        SIGINT may be inherited as ignored: shells do that for background commands.
        """
        noted = self._note_signal
        with handled({signal.SIGINT: noted, signal.SIGTERM: noted, signal.SIGALRM: give_up}):
            try:
                yield
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)

    def take_time(self) -> None:
        """Call before final writes, which may take long: from now on only a second signal interrupts."""
        self._may_last = True
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        if self._signal is None:
            self._signal = number
            if not self._may_last:
                signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
        elif self._may_last:
            raise KeyboardInterrupt


@contextmanager
def interrupted_by_sigterm() -> Iterator[None]:
    """SIGTERM first ends the block like Ctrl-C, so that no record is cut, and then the process.

    A second SIGTERM ends it at once. If SIGTERM is ignored, it stays ignored.
    """
    came = False

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal came
        came = True
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        raise KeyboardInterrupt

    if signal.getsignal(signal.SIGTERM) == signal.SIG_IGN:
        yield
        return
    try:
        with handled({signal.SIGTERM: interrupt}):
            yield
    finally:
        if came:
            with suppress(OSError, AttributeError):
                sys.stdout.flush()
            os.kill(os.getpid(), signal.SIGTERM)
