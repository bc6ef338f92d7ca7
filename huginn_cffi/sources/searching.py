"""Expands paths, folders and patterns to captures."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress

from huginn_cffi._native import lib
from huginn_cffi.base.errors import CaptureError
from huginn_cffi.run.heads import CAPTURE_MAGICS, HEAD_BYTES, STANDARD_INPUT, read_head, times_of
from huginn_cffi.sources.opening import FIRST_PACKETS, Capture, Input, expectation, single_input


class FoundCaptures:
    """The captures that paths stand for, and the files left out."""

    def __init__(self, captures: tuple[str, ...], left_out: tuple[str, ...]) -> None:
        self.captures = captures
        """Paths in the order in which they are read, also files that were named and are no captures."""
        self.left_out = left_out
        """Files in folders that are not captures."""

    def __repr__(self) -> str:
        return f"FoundCaptures(captures={self.captures!r}, left_out={self.left_out!r})"


def find_captures(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> FoundCaptures:
    """The captures that paths stand for, in the order of their first packets.

    Captures that begin at the same time, and inputs that are no readable file, keep the order of the paths. A
    folder stands for all captures in it and in the folders below, sorted by path; files whose content is not
    a capture are left out. Links to folders are not followed. A folder below that cannot be listed stands
    for itself, so that reading it raises the error. A name with ``*``, ``?`` or ``[`` that is
    not a file stands for all its matches, sorted; ``**`` includes folders below. Everything else stands for
    itself, "-" for standard input. A pattern without a match and a folder without a capture stand for
    themselves, too, so that reading them raises the error.
    """
    given = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
    captures: list[str] = []
    left_out: list[str] = []
    for one in given:
        below: list[str] = []
        path = os.fspath(one)
        matches = sorted(glob.glob(path, recursive=True)) if is_pattern(path) else []  # noqa: PTH207 - of any folder
        for name in matches or [path]:
            if name == STANDARD_INPUT or not os.path.isdir(name):  # noqa: PTH112 - pathlib takes 3 ms to import
                below.append(name)
                continue
            found = {path: os.path.isdir(path) or is_capture(path) for path in _files_below(name)}  # noqa: PTH112
            below += [path for path, wanted in found.items() if wanted] or [name]
            left_out += [path for path, wanted in found.items() if not wanted]
        captures += dict.fromkeys(below)  # a pattern may match a folder and files in it
    return FoundCaptures(tuple(_by_time(captures)), tuple(dict.fromkeys(left_out)))


def inputs_of(source: Capture | Iterable[Capture]) -> list[Input]:
    """The captures that an argument names: one, or several in order."""
    single = _expanded(source)
    if single:
        return single
    # A file would give its lines, and a mapping its keys.
    if not isinstance(source, Iterable) or isinstance(source, Mapping) or hasattr(source, "read"):
        raise TypeError(expectation(source))
    found = []
    for item in source:
        one = _expanded(item)
        if not one:
            raise TypeError(expectation(item))
        found += one
    if not found:
        raise ValueError("source names no capture")
    return found


def _expanded(source: object) -> list[Input]:
    """The captures that one item names, of a folder or pattern all; none if it is no path, file or buffer."""
    if isinstance(source, (str, os.PathLike)) and _stands_for_others(os.fspath(source)):
        return [one for path in find_captures(source).captures if (one := single_input(path))]
    single = single_input(source)
    return [] if single is None else [single]


def _stands_for_others(path: str) -> bool:
    """Whether it is a folder, or a pattern that is no file."""
    return os.path.isdir(path) or is_pattern(path)  # noqa: PTH112 - pathlib takes 3 ms to import


def is_pattern(path: str) -> bool:
    """Whether it has ``*``, ``?`` or ``[`` and is no file."""
    return path != STANDARD_INPUT and glob.has_magic(path) and not os.path.lexists(path)


def _by_time(captures: list[str]) -> list[str]:
    times = {path: time for path in captures if len(captures) > 1 and (time := _first_ns(path)) is not None}
    ordered = iter(sorted((path for path in captures if path in times), key=times.__getitem__))
    return [next(ordered) if path in times else path for path in captures]


def _first_ns(path: str) -> int | None:
    """The time of a file's first packet."""
    if path == STANDARD_INPUT or not os.path.isfile(path):  # noqa: PTH113 - pathlib takes 3 ms to import
        return None
    with suppress(CaptureError), inputs_of(path)[0].open(lambda: False) as source:
        lib.hg_source_begin(source, 1)
        return None if (found := times_of(source)) is None else found[0]
    return None


def read_beginning(capture: Input) -> None:
    """Let a capture know its `Input.beginning` before it is read, unless it can be read only once."""
    if capture.is_repeatable:
        with suppress(CaptureError), capture.open(lambda: False) as source:
            lib.hg_source_begin(source, FIRST_PACKETS)


def is_capture(path: str) -> bool:
    """Whether the first bytes of a file look like a capture.

    Also true if they cannot be read: reading the capture later raises the error.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            head, _ = read_head(descriptor, lambda: True)
            return head.startswith(CAPTURE_MAGICS) or _is_compressed_capture(descriptor, head)
        finally:
            os.close(descriptor)
    except OSError:
        return True


def _is_compressed_capture(descriptor: int, head: bytes) -> bool:
    from huginn_cffi.sources.compressed import DamageError, Stream, compression_of, missing_library

    compression = compression_of(head)
    if compression is None:
        return False
    if missing_library(compression) is not None:
        return True
    content = b""
    try:
        for piece in Stream(compression, lambda size: os.read(descriptor, size)).pieces():
            content += piece
            if len(content) >= HEAD_BYTES:
                break
    except DamageError:
        return True
    return content.startswith(CAPTURE_MAGICS)


def _files_below(folder: str) -> list[str]:
    """Files, and folders that cannot be listed."""
    found: list[str] = []
    closed: list[str] = []
    for parent, _, names in os.walk(folder, onerror=lambda error: closed.append(os.fspath(error.filename))):
        found += [os.path.join(parent, name) for name in names]  # noqa: PTH118 - "." stays in front
    return sorted([*closed, *(path for path in found if os.path.isfile(path))])  # noqa: PTH113 - as above
