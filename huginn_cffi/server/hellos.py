"""The ClientHello of a connection, read with MSG_PEEK before TLS reads it, so nothing is consumed."""

from __future__ import annotations

import asyncio
import contextlib
import select
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from huginn_cffi._native import lib
from huginn_cffi.database.database import Database
from huginn_cffi.database.default import DEFAULT, Default, resolve
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.making import results_of
from huginn_cffi.run.run import packet_reader
from huginn_cffi.run.tls import TlsClientObservation

TIMEOUT_S = 5.0
"""How long a client may take to send its ClientHello; TLS itself would wait as long or longer."""

MOST = 32 << 10
"""Most bytes of a ClientHello with its records (at most 64 records). A longer one is not waited for."""

_MOST_RECORDS = 64

_IP4 = 20

_RECORD, _MESSAGE = 5, 4
"""Bytes of the headers of a record and of a handshake message."""
_HANDSHAKE, _CLIENT_HELLO = 22, 1


@dataclass(frozen=True, slots=True, repr=False)
class ClientHello:
    """The first ClientHello of a connection, and the client program that it shows."""

    raw: bytes
    """Its records, as the client sent them."""
    observation: TlsClientObservation
    """The fields of the ClientHello; `source` and `destination` mean nothing, as no address was known."""

    @property
    def ja4(self) -> str | None:
        """JA4: ``t13d1516h2_8daaf6152771_d8a2da3f94cd``."""
        return self.observation.ja4

    @property
    def name(self) -> str | None:
        """The client's program or library; ``None`` when the database names none."""
        match = self.observation.match
        return None if match is None else str(match)

    @property
    def sni(self) -> str | None:
        """The server name that it requests."""
        return self.observation.sni

    def __str__(self) -> str:
        return self.name or "unknown"

    def __repr__(self) -> str:
        return f"ClientHello(name={self.name!r}, ja4={self.ja4!r}, sni={self.sni!r})"


def peek_hello(
    connection: socket.socket, *, timeout: float = TIMEOUT_S, db: Database | Default | None = DEFAULT
) -> ClientHello | None:
    """The ClientHello of a connection that `ssl` has not wrapped yet; ``None`` if none comes in `timeout` s.

    Also ``None`` if the data is not TLS, or the client closes first. Nothing is consumed. Waits for a hello
    that spans several segments or records.
    """
    end = time.monotonic() + timeout
    data, needed = b"", _RECORD
    with contextlib.suppress(OSError), _waking_at(connection) as wake_at:
        while len(data) < needed:
            wake_at(needed)
            poll = select.poll()
            poll.register(connection, select.POLLIN)
            if not poll.poll(max(end - time.monotonic(), 0) * 1000):
                return None
            data, needed = _peeked(connection, needed)
    return _hello(data, needed, db)


async def peek_hello_async(
    connection: socket.socket, *, timeout: float = TIMEOUT_S, db: Database | Default | None = DEFAULT
) -> ClientHello | None:
    """`peek_hello` for asyncio: for a non-blocking socket that has no transport yet."""
    data, needed = b"", _RECORD

    async def whole() -> None:
        nonlocal data, needed
        loop = asyncio.get_running_loop()
        while len(data) < needed:
            wake_at(needed)
            ready = asyncio.Event()
            loop.add_reader(connection, ready.set)
            try:
                await ready.wait()
            finally:
                loop.remove_reader(connection)
            data, needed = _peeked(connection, needed)

    with contextlib.suppress(OSError, asyncio.TimeoutError), _waking_at(connection) as wake_at:
        await asyncio.wait_for(whole(), timeout)
    return _hello(data, needed, db)


def read_hello(records: bytes, db: Database | Default | None = DEFAULT) -> ClientHello | None:
    """Read records that begin with a ClientHello; ``None`` if there is none, or it is incomplete."""
    return _hello(records, _needed(records), db)


def _hello(data: bytes, needed: int, db: Database | Default | None) -> ClientHello | None:
    if not 0 < needed <= len(data):
        return None
    database = resolve(db)
    batch = Batch(lib.HG_MIN_BATCH, database)
    with packet_reader(database, ("tls",)) as reader:
        reader.read_all([data_packet(data)], 0, batch)
    found = [result.tls_client for result in results_of(batch) if result.tls_client]
    return ClientHello(data, found[0]) if found else None


def data_packet(data: bytes) -> bytes:
    """A TCP segment that holds `data`, with arbitrary addresses."""
    ip = struct.pack("!BBHIBBHII", 0x45, 0, 40 + len(data), 0, 64, socket.IPPROTO_TCP, 0, 1, 2)
    return tcp_packet(ip, struct.pack("!HH", 1, 443), 1, data)


def tcp_packet(ip: bytes, ports: bytes, number: int, data: bytes) -> bytes:
    """A segment with the sequence number `number`, behind an IP header without options, with checksums."""
    if len(ip) == _IP4:
        ip = ip[:10] + _checksum(ip[:10] + ip[12:]) + ip[12:]
    header = ports + struct.pack("!IIBBH", number % (1 << 32), 1, 0x50, 0x18, 0xFFFF)
    addresses = ip[12 if len(ip) == _IP4 else 8 :]
    summed = addresses + struct.pack("!II", 20 + len(data), socket.IPPROTO_TCP) + header + data
    return ip + header + _checksum(summed) + bytes(2) + data


def _checksum(data: bytes) -> bytes:
    """The Internet checksum (RFC 1071)."""
    total = sum(memoryview(data + bytes(len(data) % 2)).cast("H"))  # in the machine's byte order
    return (0xFFFF - (total % 0xFFFF or 0xFFFF)).to_bytes(2, sys.byteorder)


@contextmanager
def _waking_at(connection: socket.socket) -> Iterator[Callable[[int], None]]:
    """Yields a function that sets how many bytes make the socket readable; restored afterwards."""
    before = connection.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT)
    try:
        yield lambda count: connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, count)
    finally:
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT, before)


def _peeked(connection: socket.socket, waited_for: int) -> tuple[bytes, int]:
    """The bytes received so far, and the result of `_needed` for them; 0 if no more will come."""
    data = connection.recv(MOST, socket.MSG_PEEK)
    return data, _needed(data) if len(data) >= waited_for else 0


def _needed(data: bytes) -> int:
    """The length of the ClientHello, or of the bytes needed to learn it; 0: no ClientHello, or too long."""
    at, found, length = 0, bytearray(), _MESSAGE
    for _ in range(_MOST_RECORDS):
        head = data[at : at + _RECORD]
        if head[:1] not in (b"", bytes((_HANDSHAKE,))):
            return 0
        if len(head) < _RECORD:
            return at + _RECORD
        size = int.from_bytes(head[3:], "big")
        at += _RECORD
        found += data[at : at + size]
        at += size
        if size == 0 or at > MOST or found[:1] not in (b"", bytes((_CLIENT_HELLO,))):
            return 0
        if len(found) >= _MESSAGE:
            length = _MESSAGE + int.from_bytes(found[1:_MESSAGE], "big")
        if len(found) >= length or at > len(data):
            return at
    return 0
