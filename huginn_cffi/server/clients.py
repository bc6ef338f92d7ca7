"""The client of a connection. Its SYN is read once and kept until the connection object is freed."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import weakref
from typing import Any, Literal, NamedTuple, cast, get_args

from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default
from huginn_cffi.server import sockets
from huginn_cffi.server.systems import ClientSystem, remembered, system

Reason = Literal["unsupported", "not armed", "cookies or read before", "closed"]
"""Why a connection has no SYN.

"unsupported": the platform or the kind of socket (MPTCP, Unix) keeps none; "not armed": the listener was not
armed when the SYN came; "cookies or read before": the kernel answered with a SYN cookie, or other code has
read the SYN; "closed": the socket is closed.
"""

REASONS: tuple[Reason, ...] = get_args(Reason)


KEY = "huginn.client"
"""Key under which middleware stores the `ClientSystem` of a request, or ``None``."""


PEER = "huginn.peer"
"""Key of the address at the other end of the connection; "" for a Unix socket."""


class _Seen(NamedTuple):
    """Result of the single read of a connection's SYN."""

    syn: bytes
    why: Reason | None


_LOG = logging.getLogger(__name__)
_seen: weakref.WeakKeyDictionary[object, _Seen] = weakref.WeakKeyDictionary()
_counted: dict[str, int] = dict.fromkeys(("saved", *REASONS), 0)
_lock = threading.RLock()


def _after_fork() -> None:
    """Renew the lock: another thread of the parent may have held it."""
    global _lock
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


def client(connection: Any, *, db: Database | Default | None = DEFAULT) -> ClientSystem | None:
    """The system at the other end of an accepted connection; ``None`` without a SYN (`why` has the reason).

    `connection` is a socket (of `socket`, `ssl`, asyncio or uvloop), a transport or `StreamWriter` of
    asyncio, or a descriptor. The SYN is read once and remembered with the object, so that later calls return
    the same; for a descriptor, which may be reused, nothing is remembered. Never raises for a connection;
    `TypeError` for anything else.
    """
    seen = _look(connection)
    return system(seen.syn, db) if seen.syn else None


def why(connection: Any) -> Reason | None:
    """Why `client` returns ``None`` for a connection; ``None`` when it returns a system."""
    return _look(connection).why


def request_values(connection: Any) -> dict[str, Any]:
    """The values that middleware stores in a request: `KEY`, and `PEER` if the address is still known."""
    if hasattr(connection, "get_extra_info"):
        peer = connection.get_extra_info("peername")
    else:
        peer = None
        with contextlib.suppress(OSError):
            peer = connection.getpeername()
    kept = {KEY: client(connection)}
    if isinstance(peer, (str, bytes)):
        return {**kept, PEER: ""}
    return {**kept, PEER: peer[0]} if isinstance(peer, tuple) and isinstance(peer[0], str) else kept


def counts() -> dict[str, int]:
    """Outcomes of all connections that this process looked up.

    "saved" counts connections with a SYN, each `Reason` connections without one, "memo" cache hits.
    """
    with _lock:
        return {**_counted, "memo": remembered()}


def _look(connection: Any) -> _Seen:
    """The remembered result of a connection; the first call reads it."""
    connection, key = _socket_of(connection)
    if key is None:
        return _read(connection)
    with _lock:
        if key not in _seen:
            _seen[key] = _read(connection)
        return _seen[key]


def _socket_of(connection: Any) -> tuple[Any, object | None]:
    """The socket of a connection, and an object that lives as long as the connection, if there is one."""
    asked = connection
    holder = getattr(asked, "transport", asked)  # a StreamWriter has one
    if hasattr(asked, "get_extra_info"):
        connection = asked.get_extra_info("socket")
        if connection is None:  # a closed transport
            connection = -1
    for found in (sockets.plain(connection) or holder, asked):
        if not isinstance(found, int) and _weak(found):
            return connection, found
    return connection, None


def _weak(found: object) -> bool:
    """Whether the object supports weak references; TLS transports of uvloop do not."""
    try:
        weakref.ref(found)
    except TypeError:
        return False
    return True


def _read(connection: Any) -> _Seen:
    syn = sockets.saved_syn(connection)
    seen = _Seen(syn, None if syn else _reason(connection))
    with _lock:
        _counted[seen.why or "saved"] += 1
        is_first = seen.why == "not armed" and _counted["not armed"] == 1
    if is_first:
        _LOG.warning(
            "the listener of a connection was not armed, so that its client has no name: "
            "call huginn_cffi.server.arm(listener) before it accepts (logged once)"
        )
    return seen


def _reason(connection: Any) -> Reason:
    try:
        saves = sockets.saves(connection)
    except OSError:
        return "closed"
    return cast(Reason, {None: "unsupported", False: "not armed", True: "cookies or read before"}[saves])
