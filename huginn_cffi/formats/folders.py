"""Folders of output files, in which only files of earlier runs are replaced."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Collection, Iterable
from errno import EAGAIN, EEXIST, ENOTDIR
from typing import TYPE_CHECKING, Any

from huginn_cffi.base.files import write_all

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "manifest.jsonl"
_UNFINISHED = ".unfinished"


class OutputFolder:
    """A folder with a manifest, which has the size and time of each file that a run wrote there.

    Other files are foreign: they are never replaced or removed. Files get their names at `publish`, so the
    earlier ones are there until then. `close` lets other commands write to the folder. An `OSError` names the
    path; if one of `names` is foreign, nothing was changed.
    """

    def __init__(self, folder: Path, names: Collection[str] = ()) -> None:
        self.path = folder
        self.lines: list[dict[str, Any]] = []
        """The lines of the manifest."""
        self._states: dict[str, list[object]] = {}
        self._created: list[str] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except FileExistsError:
            raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(folder)) from None
        manifest = folder / MANIFEST
        self._is_new = not os.path.lexists(manifest)
        if self._is_new:
            self._refuse_foreign(names)
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(manifest, flags, 0o666)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for line in manifest.read_bytes().splitlines():
                self._read(line)
            self._refuse_foreign(names)
        except BlockingIOError:
            self.close()
            raise BlockingIOError(EAGAIN, "another command is writing to this folder", str(folder)) from None
        except BaseException:
            self.close()
            raise

    def unfinished(self, name: str) -> Path:
        """Where to create a file, in mode ``x``."""
        path = self.path / f"{name}{_UNFINISHED}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._is_new:
            path.unlink(missing_ok=True)  # of a run that was killed
        self._created.append(name)
        return path

    def publish(self, earlier: Iterable[str], **more: object) -> None:
        """Give all files created since the last call their names, and remove other files of `earlier`.

        The manifest gets a line with `more` and the files, unless the folder is closed.
        """
        if self._descriptor < 0:
            return
        names, old = self._created, [name for name in earlier if name not in self._created]
        self._refuse_foreign((*names, *old))
        files = {name: file_state(self.path / f"{name}{_UNFINISHED}") for name in names}
        line = json.dumps({**more, "files": files}).encode()
        write_all(self._descriptor, b"\n%b\n" % line)  # the last line may have been written in part
        os.fsync(self._descriptor)
        self._read(line)
        self._created = []
        for name in names:
            (self.path / f"{name}{_UNFINISHED}").replace(self.path / name)
        for name in old:
            (self.path / name).unlink(missing_ok=True)

    def close(self) -> None:
        """Release the folder; a second call is harmless."""
        if self._descriptor >= 0:
            if self._is_new and not self.lines and not self._created:
                (self.path / MANIFEST).unlink(missing_ok=True)
            os.close(self._descriptor)
        self._descriptor = -1

    def _refuse_foreign(self, names: Iterable[str]) -> None:
        for name in names:
            path = self.path / name
            if os.path.lexists(path) and file_state(path) not in self._states.get(name, ()):
                raise _foreign(path)

    def _read(self, line: bytes) -> None:
        """Take a line, unless a run that was killed wrote only a part of it."""
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            if line[:2] in (b"", b"{", b'{"'):
                return
            found = None
        files = found.get("files") if isinstance(found, dict) else None
        if not isinstance(files, dict) or any(".." in name.split("/") or name[0] == "/" for name in files):
            raise _foreign(self.path / MANIFEST)
        self.lines.append(found)
        for name, state in files.items():
            self._states.setdefault(name, []).append(state)


def file_state(path: Path, *, follow_symlinks: bool = False) -> list[int] | None:
    """Size and time of a file; None if it is not there."""
    try:
        found = path.stat(follow_symlinks=follow_symlinks)
    except OSError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _foreign(path: Path) -> FileExistsError:
    why = "it exists, and no earlier run wrote it; name another folder, or move the file away"
    return FileExistsError(EEXIST, why, str(path))
