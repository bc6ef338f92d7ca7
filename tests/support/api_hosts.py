"""Hosts for the tests, a server that knows them, and a client that asks plainly."""

from __future__ import annotations

import os
import resource
import selectors
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import huginn_cffi as hg
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.sockets.p0f_api import PAUSE_S, ApiServer
from huginn_cffi.sockets.socket_file import SocketFile
from tests.support.api_vectors import NEW_LINUX, Packet, syns
from tests.support.captures import pcap

TIMEOUT_S = 60
QUERY_BYTES, ANSWER_BYTES = 21, 232
FIELDS = "=IIIIIIIIIhBB32s32s32s32s32s32s"
"""p0f's answer as its README describes it, field by field."""


def query(address: str, *, magic: int = 0x50304601, version: int | None = None) -> bytes:
    """A query as p0f's README describes it."""
    packed = ip_address(address)
    number = packed.version if version is None else version
    return struct.pack("=IB", magic, number) + packed.packed.ljust(16, b"\0")


def fields(answer: bytes) -> tuple[Any, ...]:
    """The fields of an answer, texts up to their NUL."""
    found = struct.unpack(FIELDS, answer)
    assert all(b"\0" in text for text in found[12:]), "a text without its NUL"
    return (*found[:12], *(text.split(b"\0", 1)[0].decode() for text in found[12:]))


HOST = "198.51.100.7"
KNOWN = query(HOST)
UNKNOWN = query("203.0.113.9")


def known(packets: list[Packet], database: hg.Database | None = None) -> Inventory:
    """An inventory of those who sent these packets."""
    analyzer = hg.Analyzer(*([] if database is None else [database]))
    inventory = Inventory(analyzer.database)
    for batch in analyzer.batches(pcap(packets, linktype=101)):
        inventory.add(batch)
    return inventory


def one_host() -> Inventory:
    """Knows `HOST` alone."""
    return known([*syns(1_800_000_000 * 10**9, HOST, NEW_LINUX)])


@contextmanager
def serving(path: Path, hosts: Inventory | None = None, **options: Any) -> Iterator[ApiServer]:
    """A server of the host `HOST` that is gone afterwards."""
    file = SocketFile(str(path))
    server = ApiServer(file.socket, one_host() if hosts is None else hosts, **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()
        file.remove()


@contextmanager
def client(path: Path) -> Iterator[socket.socket]:
    """A connection."""
    with socket.socket(socket.AF_UNIX) as talk:
        limit = struct.pack("ll", TIMEOUT_S, 0)
        talk.setsockopt(
            socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit
        )  # with Python's, a full queue is an error
        talk.connect(str(path))
        talk.settimeout(TIMEOUT_S)
        yield talk


def received(talk: socket.socket, count: int) -> bytes:
    """So many bytes; fewer where the other side closes."""
    found = b""
    while len(found) < count and (some := talk.recv(count - len(found))):
        found += some
    return found


def is_silent(talk: socket.socket) -> bool:
    """Whether nothing comes for a moment, and the connection stays."""
    talk.settimeout(0.2)
    try:
        return bool(talk.recv(1)) and False
    except TimeoutError:
        return True
    finally:
        talk.settimeout(TIMEOUT_S)


@contextmanager
def resting(server: ApiServer) -> Iterator[None]:
    """Fail where its thread goes round for nothing: it may after each pause, and ten times more."""
    select, rounds, began = server._selector.select, 0, time.monotonic()

    def counted(timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        nonlocal rounds
        rounds += 1
        return select(timeout)

    server._selector.select = counted  # type: ignore[method-assign]
    yield
    server._selector.select = select  # type: ignore[method-assign]
    assert rounds <= 10 + (time.monotonic() - began) / PAUSE_S


@contextmanager
def no_descriptors() -> Iterator[None]:
    """Nothing can be opened: the first descriptor that is free is beyond the limit."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def wait_until(condition: object) -> None:
    deadline = time.monotonic() + TIMEOUT_S
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < deadline
        time.sleep(0.01)
