"""Socket options: have the kernel keep the SYNs of a listener's connections, and read a connection's SYN."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TypeAlias

TCP_SAVE_SYN, TCP_SAVED_SYN = 27, 28
"""Options of Linux (tcp.h), for which Python has no names."""

_ROOM = 1024
_MOST_DESCRIPTOR = 2**31 - 1
"""Most bytes that Python's getsockopt returns. Headers of IPv4 and TCP take at most 120."""


class HasDescriptor(Protocol):
    """Anything with ``fileno()``: a socket of `socket`, `ssl`, `asyncio` or uvloop."""

    def fileno(self) -> int:
        """The descriptor."""
        ...


Socket: TypeAlias = "HasDescriptor | int"
"""A socket, or its descriptor."""


def supported() -> bool:
    """Whether this system keeps SYNs (Linux from 4.3 on). Opens a socket to find out, and closes it."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        return arm(probe)
    return False


def arm(listener: Socket, *, required: bool = False) -> bool:
    """Have the kernel keep the SYN of each connection that comes to `listener`.

    Call it once, before or after `listen`; it applies to later SYNs, and in processes forked later. False if
    the platform or the socket (MPTCP, Unix, UDP) does not support it; with `required` that is an `OSError`.
    `TypeError` for anything but a socket.
    """
    try:
        with borrowed(listener) as asked:
            if not sys.platform.startswith("linux"):
                raise OSError(errno.ENOPROTOOPT, "only Linux keeps the SYNs of connections")
            asked.setsockopt(socket.IPPROTO_TCP, TCP_SAVE_SYN, 1)
    except OSError as error:
        if required:
            raise OSError(error.errno, f"the socket cannot keep SYNs: {error.strerror}") from error
        return False
    return True


def saved_syn(connection: Socket) -> bytes:
    """The headers of the SYN that began an accepted connection, from the IP header on; ``b""`` without one.

    The kernel returns them once and then forgets them. Never raises for an absent SYN; `TypeError` for
    anything but a socket.
    """
    found = plain(connection)
    try:
        if found is not None:
            return found.getsockopt(socket.IPPROTO_TCP, TCP_SAVED_SYN, _ROOM)
        with borrowed(connection) as asked:
            return asked.getsockopt(socket.IPPROTO_TCP, TCP_SAVED_SYN, _ROOM)
    except OSError:
        return b""


def saves(connection: Socket) -> bool | None:
    """Whether the kernel was asked to keep the SYN; ``None`` if unsupported. `OSError`: closed."""
    with borrowed(connection) as asked:
        if asked.fileno() < 0:
            raise OSError(errno.EBADF, "the socket is closed")
        try:
            return bool(asked.getsockopt(socket.IPPROTO_TCP, TCP_SAVE_SYN))
        except OSError as error:
            if error.errno in (errno.EBADF, errno.ENOTSOCK):
                raise
            return None


def plain(connection: object) -> socket.socket | None:
    """The Python socket object, if there is one; asyncio's wrapper is removed."""
    found = connection if isinstance(connection, socket.socket) else getattr(connection, "_sock", None)
    return found if isinstance(found, socket.socket) else None


@contextmanager
def borrowed(connection: Socket) -> Iterator[socket.SocketType]:
    """A temporary socket object for a descriptor that stays its owner's."""
    found = plain(connection)
    if found is not None:
        yield found
        return
    if isinstance(connection, bool) or not (isinstance(connection, int) or hasattr(connection, "fileno")):
        raise TypeError(f"a socket or its descriptor is needed, not {type(connection).__name__}")
    number = connection if isinstance(connection, int) else connection.fileno()
    if not 0 <= number <= _MOST_DESCRIPTOR:
        raise OSError(errno.EBADF, "the socket is closed")
    family, kind, proto = (getattr(connection, name, -1) for name in ("family", "type", "proto"))
    made = socket.SocketType(family, kind, proto, fileno=number)  # queries the kernel for unknown values
    try:
        yield made
    finally:
        made.detach()
