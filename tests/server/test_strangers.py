"""A server in a process of its own, after 10,000 connections of which half say nothing and half are cut."""

from __future__ import annotations

import http.client
import json
import socket
import struct
import time

import pytest

from tests.server.connections import PATIENCE_S, linux
from tests.support.serving import free_port, served

pytestmark = linux
HOST = "127.0.0.1"
CONNECTIONS, AT_ONCE = 10_000, 100
MOST_BYTES = 3 << 20
"""Far below what is left by 9,000 connections if each leaves one object of a few hundred bytes."""

STATE = (
    "import gc, json, os, resource\n"
    "from huginn_cffi import server; from huginn_cffi.server import clients, uvicorn\n"
    "async def app(scope, receive, send):\n"
    "    gc.collect()\n"
    "    with open('/proc/self/statm') as file: pages = int(file.read().split()[1])\n"
    "    found = {**server.counts(), 'descriptors': len(os.listdir('/proc/self/fd')),\n"
    "             'remembered': len(clients._seen), 'bytes': pages * resource.getpagesize()}\n"
    "    text = json.dumps(found).encode()\n"
    "    headers = [(b'content-length', str(len(text)).encode())]\n"
    "    await send({'type': 'http.response.start', 'status': 200, 'headers': headers})\n"
    "    await send({'type': 'http.response.body', 'body': text})\n"
)


def state(port: int) -> dict[str, int]:
    """What the server says of itself, on a connection of its own."""
    talk = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_S)
    talk.request("GET", "/", headers={"Connection": "close"})
    found: dict[str, int] = json.loads(talk.getresponse().read())
    talk.close()
    return found


def strangers(port: int) -> None:
    """Connections at once: every other one is cut, the rest say nothing and end."""
    held = [socket.create_connection((HOST, port), PATIENCE_S) for _ in range(AT_ONCE)]
    for cut in held[::2]:
        cut.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for one in held:
        one.close()


def settled(port: int, wanted: dict[str, int]) -> dict[str, int]:
    """What the server says once it has seen all ends."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        found = state(port)
        if all(found[name] <= count for name, count in wanted.items()) or time.monotonic() > deadline:
            return found


def test_strangers_leave_nothing_in_a_server() -> None:
    """Each SYN is read, also of those who ask nothing; no descriptor and no memory is left."""
    pytest.importorskip("uvicorn", reason="uvicorn is not installed")
    port = free_port(HOST)
    code = STATE + f"uvicorn.run(app, host={HOST!r}, port={port}, lifespan='off')\n"
    with served(["-c", code], HOST, port):
        state(port)
        before = {name: count for name, count in state(port).items() if name in ("descriptors", "remembered")}
        for _ in range(4):
            strangers(port)
            first = settled(port, before)
        for _ in range(CONNECTIONS // AT_ONCE):
            strangers(port)
            last = settled(port, before)
    assert all(last[name] <= count for name, count in before.items()), (before, last)
    assert last["bytes"] - first["bytes"] < MOST_BYTES
    assert last["saved"] >= first["saved"] + CONNECTIONS
    assert last["cookies or read before"] == last["not armed"] == last["closed"] == 0
