"""The kernel's numbers of this machine's TCP connections, which tell two between the same ends apart."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress

from huginn_cffi.sockets.peers import PeerAddress, Question

_SOCK_DIAG = 4
"""NETLINK_SOCK_DIAG of Linux (linux/netlink.h), for which Python has no name."""

_HEAD = struct.Struct("=IHHII")
_REQUEST = struct.Struct("=BBBxI2s2s16s16sIII")
_ANY_STATE = _ANY_COOKIE = 0xFFFFFFFF
_BY_FAMILY, _IS_REQUEST = 20, 1
_COOKIE = slice(_HEAD.size + 44, _HEAD.size + 52)
"""In an answer (struct inet_diag_msg)."""


class SocketCookies:
    """Asks the kernel; where it cannot be asked, no connection has a number."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        with suppress(AttributeError, OSError):  # not Linux, or not allowed
            self._socket = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW | socket.SOCK_CLOEXEC, _SOCK_DIAG)

    def of(self, question: Question) -> bytes | None:
        """The number of the connection, which no other one gets; None if it is not one of this machine's."""
        server = question.server
        if self._socket is None or server is None or not question.client.port:
            return None
        if question.transport not in (None, "tcp") or len(server.address) != len(question.client.address):
            return None
        family = socket.AF_INET if len(server.address) == 4 else socket.AF_INET6
        ends = (*_end(server), *_end(question.client))
        asked = _REQUEST.pack(
            family,
            socket.IPPROTO_TCP,
            0,
            _ANY_STATE,
            ends[0],
            ends[2],
            ends[1],
            ends[3],
            0,
            *[_ANY_COOKIE] * 2,
        )
        head = _HEAD.pack(_HEAD.size + len(asked), _BY_FAMILY, _IS_REQUEST, 0, 0)
        try:
            self._socket.send(head + asked)
            answer = self._socket.recv(4096, socket.MSG_DONTWAIT)
        except OSError:
            return None
        is_found = len(answer) >= _COOKIE.stop and _HEAD.unpack_from(answer)[1] == _BY_FAMILY
        return answer[_COOKIE] if is_found else None

    def close(self) -> None:
        """Close the socket; a second call does nothing."""
        if self._socket is not None:
            self._socket.close()


def _end(end: PeerAddress) -> tuple[bytes, bytes]:
    return end.port.to_bytes(2, "big"), end.address.ljust(16, b"\0")
