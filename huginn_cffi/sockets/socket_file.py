"""The socket file that clients connect to: creation, owner, permissions and removal."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from huginn_cffi.base.errors import HuginnError, named

WAITING = 1024
"""Length of the queue of clients that wait to be accepted; the kernel may allow fewer."""

MOST_PATH_BYTES = 107 if sys.platform.startswith("linux") else 103
"""The longest socket name that fits the kernel's structure."""

LOCKING_S = 5.0
"""How long to wait for other processes that create a socket in the same folder, in seconds."""


class SocketFileError(HuginnError):
    """The socket cannot be created; the message names the file and a remedy."""


class Owner(NamedTuple):
    """The owner of a socket; -1 means the creating process's."""

    uid: int = -1
    gid: int = -1


class SocketFile:
    """A listening Unix socket at a path. It only replaces an existing file that is a socket without a server.

    `mode` and `owner` are set before a client can connect. `remove` closes it and removes the file.
    """

    def __init__(self, path: str, *, mode: int = 0o660, owner: Owner | None = None) -> None:
        check_path(path)
        self.path = path
        self.socket: socket.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            with _alone_in(path):
                with suppress(FileNotFoundError):  # left by a dead process
                    stale = _identity_of_stale(path)
                    if _identity(path) == stale:
                        Path(path).unlink()
                self._bind(mode, owner or Owner())
        except OSError as error:
            self.socket.close()
            raise SocketFileError(f"{named(path)}: {error.strerror or error}") from None
        except SocketFileError:
            self.socket.close()
            raise

    def _bind(self, mode: int, owner: Owner) -> None:
        before = os.umask(0o777 & ~mode)
        try:
            self.socket.bind(self.path)
        finally:
            os.umask(before)
        self._identity = _identity(self.path)
        try:
            if owner != Owner():
                os.chown(self.path, *owner, follow_symlinks=False)
            self.socket.listen(WAITING)
        except OSError as error:
            self.remove()
            raise SocketFileError(
                f"{named(self.path)}: cannot be given to that user or group: {error.strerror}"
            ) from None

    def remove(self) -> str | None:
        """Close the socket, and remove its file unless it was replaced. Returns the reason if that failed."""
        try:
            if _identity(self.path) == self._identity:
                Path(self.path).unlink()
        except FileNotFoundError:
            pass
        except OSError as error:
            return f"{named(self.path)}: cannot be removed: {error.strerror}; the next start takes its place"
        finally:
            self.socket.close()
        return None


def check_path(path: str) -> None:
    """Refuse paths at which no socket could be created later. `SocketFileError`."""
    if "\0" in path or not path:
        raise SocketFileError(f"{named(path)}: is not the name of a file")
    if len(os.fsencode(path)) > MOST_PATH_BYTES:
        raise SocketFileError(
            f"{named(path)}: is too long for a socket, which has {MOST_PATH_BYTES} bytes at most"
        )
    try:
        _identity_of_stale(path)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise SocketFileError(f"{named(path)}: {error.strerror or error}") from None
    if not (folder := Path(path).parent).is_dir():
        raise SocketFileError(f"{named(path)}: there is no folder {named(str(folder))}")


def _identity_of_stale(path: str) -> tuple[int, int]:
    """Device and inode of the abandoned socket at the path. `SocketFileError` for anything else."""
    found = os.lstat(path)
    if not stat.S_ISSOCK(found.st_mode):
        raise SocketFileError(f"{named(path)}: exists and is not a socket; it was left as it is")
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.setblocking(False)
        try:
            asking.connect(path)
        except ConnectionRefusedError:
            return found.st_dev, found.st_ino
        except FileNotFoundError:
            raise
        except BlockingIOError:  # its queue of waiting clients is full
            pass
        except OSError as error:
            if error.errno != errno.EPROTOTYPE:  # EPROTOTYPE: a live socket of another type
                raise SocketFileError(
                    f"{named(path)}: cannot be checked for other users: {error.strerror}"
                ) from None
    raise SocketFileError(
        f"{named(path)}: another program answers there; name another file, or end that program"
    )


@contextmanager
def _alone_in(path: str) -> Iterator[None]:
    """Lock the folder: no other huginn process checks for and creates sockets in it meanwhile.

    Otherwise two processes could both find a third one's socket stale, and one would remove the other's. A
    folder that cannot be locked (not readable, or on another machine) is used without a lock.
    """
    folder = None
    try:
        with suppress(PermissionError):
            folder = os.open(Path(path).parent, os.O_RDONLY | os.O_DIRECTORY)
            _lock(folder, path)
        yield
    finally:
        if folder is not None:
            os.close(folder)


def _lock(folder: int, path: str) -> None:
    deadline = time.monotonic() + LOCKING_S
    while True:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise SocketFileError(f"{named(path)}: another program has locked the folder") from None
            time.sleep(0.01)
        except OSError:
            return
        else:
            return


def _identity(path: str) -> tuple[int, int]:
    found = os.lstat(path)
    return found.st_dev, found.st_ino
