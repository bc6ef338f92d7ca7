"""Output files: whether two names mean the same file, and replacing a file in one step."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from huginn_cffi.base.errors import named

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_STREAM = "-"
"""Stands for standard input in a list of inputs."""


def read_at_most(path: Path, most: int, refusal: Callable[[str], Exception]) -> bytes:
    """A whole file of at most `most` bytes; raises ``refusal(message)`` if it is larger or cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise refusal(f"{named(str(path))}: {error.strerror}") from None
    if len(data) > most:
        raise refusal(f"{named(str(path))}: has more than {most >> 20} MiB")
    return data


def first_same(output: int | str | os.PathLike[str], inputs: Iterable[str | os.PathLike[str]]) -> str | None:
    """The first of `inputs` that is the file `output`, by device and inode; links are followed.

    `output` is a path or a descriptor, "-" among the inputs is standard input. Only regular files
    count: reading from and writing to one terminal or device is no mistake.
    """
    found = _status(output)
    if found is None or not stat.S_ISREG(found.st_mode):
        return None
    for item in inputs:
        other = _status(0 if item == STANDARD_STREAM else item)
        if other is not None and os.path.samestat(found, other):
            return os.fspath(item)
    return None


def is_same(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> bool:
    """Whether two paths name one file; if it does not exist yet, whether both would create the same file."""
    return os.path.realpath(one) == os.path.realpath(other) or first_same(one, [other]) is not None


def length(descriptor: int) -> int:
    """Current length of an open regular file in bytes; other programs may truncate it. 0 for other files."""
    found = os.fstat(descriptor)
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def take_back(descriptor: int, written: int) -> None:
    """Cut the last `written` bytes off a regular file, or all of it if it is shorter."""
    now = length(descriptor)
    if written and now:
        os.ftruncate(descriptor, max(0, now - written))


def replace_file(path: Path, data: bytes | memoryview) -> None:
    """Write `data` to `path` in one step: to a file beside it, which then takes its place.

    Symbolic links to a replaced file stay, and it keeps its mode and owner. If it may not keep them, or has
    several names (hard links), it is overwritten in place instead. On `OSError` the old content remains. A
    file that is not regular (``/dev/null``, a pipe) is written to directly, because replacing it would remove
    it.
    """
    from pathlib import Path

    target = Path(os.path.realpath(path))
    before = _status(target)
    if before is not None and not stat.S_ISREG(before.st_mode):
        path.write_bytes(data)
    elif before is not None and before.st_nlink > 1:
        _overwrite(target, data)
    else:
        _replace(target, data, before)


def may_replace(path: str | os.PathLike[str]) -> bool:
    """Whether this process has the rights that `replace_file` needs for this file."""
    target = os.path.realpath(path)
    before = _status(target)
    if before is not None and (not stat.S_ISREG(before.st_mode) or before.st_nlink > 1):
        return os.access(target, os.W_OK)
    return os.access(os.path.dirname(target), os.W_OK | os.X_OK)  # noqa: PTH120 - pathlib is imported late


def _replace(target: Path, data: bytes | memoryview, before: os.stat_result | None) -> None:
    beside = target.with_name(f".huginn-{os.urandom(8).hex()}")
    try:
        mode = 0o666 if before is None else 0o600
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            if before is not None and not _take_over(file.fileno(), before):
                beside.unlink()
                _overwrite(target, data)
                return
            file.write(data)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _take_over(descriptor: int, before: os.stat_result) -> bool:
    """Give a new file the owner and mode of the old one. False if that is not allowed."""
    now = os.fstat(descriptor)
    try:
        if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
            os.fchown(descriptor, before.st_uid, before.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
    except PermissionError:
        return False
    return True


def _overwrite(target: Path, data: bytes | memoryview) -> None:
    """Overwrite a file in place; if that fails, write its old bytes back."""
    with target.open("r+b") as file:
        old = file.read()
        try:
            _put(file.fileno(), data)
        except BaseException:
            _put(file.fileno(), old)
            raise


def write_all(descriptor: int, data: bytes | memoryview) -> None:
    """Write all of `data`, or raise `OSError`."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _put(descriptor: int, data: bytes | memoryview) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    write_all(descriptor, data)
    os.ftruncate(descriptor, len(data))


def _status(file: int | str | os.PathLike[str]) -> os.stat_result | None:
    try:
        return os.fstat(file) if isinstance(file, int) else os.stat(file)  # noqa: PTH116 - as pathlib
    except (OSError, ValueError):
        return None
