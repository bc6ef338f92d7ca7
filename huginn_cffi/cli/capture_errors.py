"""Captures that could not be read, or not to their end."""

from __future__ import annotations

from huginn_cffi.base.errors import CaptureError
from huginn_cffi.cli.standard_error import complain
from huginn_cffi.cli.status import DAMAGED, DONE, REFUSED


class CaptureErrors:
    """Reports each error as it comes, and knows the exit status that follows."""

    def __init__(self) -> None:
        self.refused = 0
        self.damaged = 0

    def __call__(self, error: CaptureError) -> None:
        """Report one."""
        complain(str(error))
        if error.refused:
            self.refused += 1
        else:
            self.damaged += 1

    def status(self, captures: int | None = None) -> int:
        """Damaged when something could not be read; refused when none of so many captures could."""
        if self.refused == captures:
            return REFUSED
        return DAMAGED if self.refused or self.damaged else DONE
