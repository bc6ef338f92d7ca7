"""Loading a database in a thread: the latest request wins."""

from __future__ import annotations

import threading
from collections.abc import Callable

from huginn_cffi.database.database import Database


class LatestLoad:
    """Loads in a thread, because compiling takes longer than the kernel's buffer lasts.

    A request during a load starts another load when that one ends, because the file may have changed
    after it was read; the result of the older load is not used then. `load` runs in the thread. For a
    file that cannot be used it reports the error and returns None.
    """

    def __init__(self, load: Callable[[str], Database | None]) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._wanted: str | None = None
        self._found: Database | None = None
        self._busy = False

    def request(self, path: str) -> None:
        """Load this file now, or after the load that is running."""
        with self._lock:
            self._wanted, self._found = path, None
            if self._busy:
                return
            self._busy = True
        thread = threading.Thread(target=self._run, daemon=True)
        try:
            thread.start()
        except RuntimeError:  # no thread can start: packets wait this once
            self._run()

    def deliver(self, use: Callable[[Database], object]) -> None:
        """Call `use` once with the database of the latest request, in the caller's thread."""
        with self._lock:
            found, self._found = self._found, None
        if found is not None:
            use(found)

    def _run(self) -> None:
        while True:
            with self._lock:
                path, self._wanted = self._wanted, None
                if path is None:
                    self._busy = False
                    return
            found = self._load(path)
            with self._lock:
                if self._wanted is None:
                    self._found = found
