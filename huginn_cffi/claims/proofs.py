"""What proves robots: the lists and key directories of a folder, which may be read again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from huginn_cffi.base.errors import named
from huginn_cffi.claims.robots import Robots
from huginn_cffi.claims.signatures import SignatureVerifier


class RobotProofs:
    """The robots and the verifier of their signatures; without a folder only names are known.

    `ValueError` for a file that proves nothing, `OSError` if the folder cannot be read, `ImportError` for
    keys without the extra ``claims``.
    """

    def __init__(self, folder: str | Path | None = None, sites: Iterable[str] = ()) -> None:
        self.robots = Robots(folder)
        self.signatures = SignatureVerifier(self.robots.keys, sites)
        self._folder = folder
        self._problems: list[str] = []

    def reload(self) -> list[str]:
        """Read the folder again, and return problems that the last call did not return.

        If a file is damaged, its earlier content stays in use; if the folder is, everything does. Remembered
        signatures and their counters stay. One thread may call it while others ask.
        """
        before = self._problems
        try:
            robots = Robots(self._folder, earlier=self.robots)
        except OSError as error:
            self._problems = [f"{named(str(self._folder))}: cannot be read: {error.strerror}"]
        else:
            self._problems = [*robots.problems, *self.signatures.use(robots.keys)]
            self.robots = robots
        return [problem for problem in self._problems if problem not in before]
