"""The exceptions of the package. Only `check` turns a status of the C core into an exception."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from sigcompiler.diagnostics import Diagnostic, visible

if TYPE_CHECKING:
    from huginn_cffi._native import CData


def named(subject: str) -> str:
    """A name for messages: unprintable characters are escaped, and the empty name is ''."""
    return visible(subject) or "''"


class HuginnError(Exception):
    """Base of all exceptions of this package."""


class SignatureError(HuginnError, ValueError):
    """A signature file has errors.

    ``diagnostics`` holds all errors and warnings; each has ``code``, ``severity`` ("error" or "warning"),
    ``file``, ``line``, ``column``, ``message``, ``hint``.
    """

    def __init__(self, message: str, diagnostics: Sequence[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.diagnostics: tuple[Diagnostic, ...] = tuple(diagnostics)


class DatabaseError(HuginnError):
    """A signature database could not be read, was refused, or could not be written."""


class CaptureError(HuginnError, OSError):
    """A capture could not be read, or is damaged.

    Everything before the damage was delivered before this is raised.
    """

    def __init__(
        self,
        message: str,
        *,
        path: str | None = None,
        record: int = 0,
        offset: int = 0,
        errno: int | None = None,
        refused: bool = False,
        truncated: bool = False,
    ) -> None:
        super().__init__(message)
        self.filename = path
        self.errno = errno
        self.record = record
        """The damaged record, counted from 1 within its capture; 0 if the error concerns no record."""
        self.offset = offset
        """Position of the damage, in bytes from the start of the capture."""
        self.refused = refused
        """True when nothing could be read from the capture."""
        self.truncated = truncated
        """True when the capture ends inside a record, or inside its header."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle all attributes; `OSError` would pickle its own only."""
        known: dict[str, Any] = {"path": self.filename, "errno": self.errno, "record": self.record}
        known |= {"offset": self.offset, "refused": self.refused, "truncated": self.truncated}
        return partial(CaptureError, **known), self.args

    def __str__(self) -> str:
        """The message alone; `OSError` would build its own from the error number and file name."""
        return str(self.args[0])


class FilterError(HuginnError, ValueError):
    """A filter has a value outside its rules."""


class LibpcapError(HuginnError):
    """libpcap is missing, or reported an error."""


class StoreError(HuginnError):
    """A store of hosts could not be read or written, was refused, or has another writer."""


def check(
    status: int,
    error: CData,
    *,
    subject: str | None = None,
    refused: bool = False,
    raises: type[CaptureError] | type[DatabaseError] = CaptureError,
) -> int:
    """Return `status` if it is a success, else raise the failure that `error` (an ``hg_error *``) describes.

    `subject`, such as a file name, begins the message. `raises` is the exception for all failures except lack
    of memory and wrong arguments.
    """
    if status >= lib.HG_OK:
        return status
    message = ffi.string(error.message).decode("ascii", "replace")
    if error.system:
        message = f"{message}: {os.strerror(error.system)}"
    if status == lib.HG_E_MEMORY:
        raise MemoryError(message)
    if status == lib.HG_E_ARGUMENT:
        raise ValueError(message)
    message = message if subject is None else f"{named(subject)}: {message}"
    if raises is DatabaseError:
        raise DatabaseError(message)
    raise CaptureError(
        message,
        path=subject,
        record=error.record,
        offset=error.offset,
        errno=error.system or None,
        refused=refused,
        truncated=status == lib.HG_E_TRUNCATED,
    )
