"""Names of hosts in the texts that clients and devices say about themselves, for `--anonymize`."""

from __future__ import annotations

import re

MOST_NAMES = 1 << 14
LEAST_BYTES = 4

_RUN = re.compile(rb"[a-z0-9\x80-\xff]+")
_TELLING = re.compile(rb"(?=.*[a-z\x80-\xff]).*[^a-z]", re.DOTALL)
"""Not a number, and not one word, such as "iphone"."""


class HostNames:
    """Names that hosts announced, in lower case. Beyond `MOST_NAMES`, the oldest are forgotten."""

    def __init__(self) -> None:
        self._names: dict[bytes, None] = {}
        self._by_run: dict[bytes, set[bytes]] = {}
        """The names that begin with these letters and digits."""

    def add(self, name: bytes) -> None:
        """Add a name and, if it has a domain, also the part before the domain."""
        whole = name.lower().strip()
        for one in {whole, whole.partition(b".")[0]}:
            run = _RUN.match(one)
            if run is None or len(one) < LEAST_BYTES or one in self._names or not _TELLING.match(one):
                continue
            if len(self._names) == MOST_NAMES:
                self._forget(next(iter(self._names)))
            self._names[one] = None
            self._by_run.setdefault(run[0], set()).add(one)

    def _forget(self, name: bytes) -> None:
        del self._names[name]
        run = _RUN.match(name)
        assert run is not None
        self._by_run[run[0]].discard(name)
        if not self._by_run[run[0]]:
            del self._by_run[run[0]]

    def mask(self, text: bytes) -> bytes:
        """The text with x for each letter and digit of the names in it."""
        if not self._names:
            return text
        lower = text.lower()
        for run in _RUN.finditer(lower):
            for name in self._by_run.get(run[0], ()):
                end = run.start() + len(name)
                if lower.startswith(name, run.start()) and not _RUN.match(lower, end):
                    text = text[: run.start()] + re.sub(rb"[\w\x80-\xff]", b"x", name) + text[end:]
        return text
