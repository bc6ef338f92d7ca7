"""5,000 connections of strangers to a server in a process of its own; prints what they leave, as JSON.

    python -m tests.server.strangers silent|cut

A process of its own, because libraries that other tests use open and close connections at any time.
"""

from __future__ import annotations

import gc
import json
import socket
import struct
import sys
from pathlib import Path

from huginn_cffi import server
from huginn_cffi.server import clients
from tests.server.connections import listener

CONNECTIONS = 5000
RESET_ON_CLOSE = struct.pack("ii", 1, 0)


def visit(listening: socket.socket, half: str) -> tuple[bool, bool]:
    """Whether the client of one connection is known, and whether a second read gives nothing."""
    connecting = socket.create_connection(listening.getsockname())
    if half == "cut":
        connecting.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        connecting.close()
    accepted = listening.accept()[0]
    found = server.client(accepted) is not None, server.saved_syn(accepted) == b""
    accepted.close()
    connecting.close()
    return found


def kept() -> tuple[int, int]:
    """Open descriptors, and connections that are remembered."""
    gc.collect()
    return len(list(Path("/proc/self/fd").iterdir())), len(clients._seen)


def main(half: str) -> None:
    with listener() as listening:
        server.arm(listening)
        visit(listening, half)  # which loads what is loaded once
        before, saved = kept(), server.counts()["saved"]
        found = {visit(listening, half) for _ in range(CONNECTIONS)}
        after = kept()
        print(json.dumps([sorted(found), before == after, server.counts()["saved"] - saved]))


if __name__ == "__main__":
    main(*sys.argv[1:])
