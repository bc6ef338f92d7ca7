"""One writer a store: the lock is held by the process, so it goes when the process does."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress

from huginn_cffi.base.errors import StoreError, named


class Lock:
    """Held until `release`. `StoreError` when another process has it, or none can be had.

    The lock is on its own file beside the store: closing a second descriptor of the store
    itself would end SQLite's locks on it.
    """

    def __init__(self, path: str) -> None:
        beside = f"{os.path.realpath(path)}-lock"
        try:
            self._descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        except OSError as error:
            raise StoreError(f"{named(path)}: cannot be written: {named(beside)}: {error.strerror}") from None
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            who = ""
            with suppress(OSError, ValueError):
                who = f" ({int(os.pread(self._descriptor, 20, 0))})"
            os.close(self._descriptor)
            if isinstance(error, BlockingIOError):
                raise StoreError(
                    f"{named(path)}: another process{who} writes to this store; "
                    "give each sensor its own, and see huginn hosts merge --help"
                ) from None
            raise StoreError(f"{named(path)}: cannot be locked: {error.strerror}") from None
        with suppress(OSError):  # the number is a help for people, the lock does not need it
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        """Let others write. The file stays: removing it would let two processes lock two files."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
