"""TCP connections that carry hellos, packet by packet."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.support.packets import ACK, PSH, SYN, Ip4, Tcp, packet

CLIENT, SERVER = Ip4(), Ip4(source="198.51.100.2", destination="192.0.2.1")
CLIENT_START, SERVER_START = 1000, 2**32 - 7
"""Of the sequence numbers; the server's wrap around at once."""

RETRY = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")
"""The random number of a HelloRetryRequest (RFC 8446, 4.1.3)."""


def extension(kind: int, content: bytes = b"") -> bytes:
    """One extension."""
    return struct.pack(">HH", kind, len(content)) + content


def numbers(codes: Iterable[int]) -> bytes:
    """Codes of two bytes, end to end."""
    return b"".join(struct.pack(">H", code) for code in codes)


def listed(content: bytes, width: int = 2) -> bytes:
    """A list after its length."""
    return len(content).to_bytes(width, "big") + content


def server_name(name: bytes) -> bytes:
    """The extension server_name."""
    return extension(0, listed(b"\0" + listed(name)))


def alpn(*names: bytes) -> bytes:
    """The extension ALPN."""
    return extension(16, listed(b"".join(listed(name, 1) for name in names)))


HELLO_EXTENSIONS = (
    server_name(b"example.com")
    + extension(10, listed(numbers((0x0A0A, 0x11EC, 29))))
    + extension(11, b"\1\0")
    + extension(13, listed(numbers((0x0403, 0x0804))))
    + alpn(b"h2", b"http/1.1")
    + extension(43, listed(numbers((0x1A1A, 0x0304, 0x0303)), 1))
    + extension(51, listed(struct.pack(">HH", 29, 32) + bytes(32)))
)


def message(kind: int, body: bytes) -> bytes:
    """A handshake message."""
    return bytes((kind,)) + len(body).to_bytes(3, "big") + body


def client_hello(
    extensions: bytes | None = HELLO_EXTENSIONS,
    ciphers: Iterable[int] = (0x1301, 0xC02F),
    *,
    version: int = 0x0303,
) -> bytes:
    """A ClientHello; without `extensions` there is no block of them."""
    body = struct.pack(">H", version) + bytes(range(32)) + b"\0" + listed(numbers(ciphers)) + b"\1\0"
    return message(1, body if extensions is None else body + listed(extensions))


def server_hello(
    extensions: bytes = b"", cipher: int = 0xC02F, random: bytes = bytes(32), *, version: int = 0x0303
) -> bytes:
    """A ServerHello."""
    body = struct.pack(">H", version) + random + b"\0" + struct.pack(">HB", cipher, 0)
    return message(2, body + listed(extensions))


def record(content: bytes, kind: int = 22, version: int = 0x0301) -> bytes:
    """A TLS record."""
    return struct.pack(">BHH", kind, version, len(content)) + content


def records(content: bytes, sizes: Iterable[int]) -> bytes:
    """Content in several records of these sizes, the last one with what is left."""
    out, at = [], 0
    for size in sizes:
        out.append(record(content[at : at + size]))
        at += size
    return b"".join((*out, record(content[at:]))) if content[at:] else b"".join(out)


@dataclass
class Conversation:
    """A connection; each call adds a packet."""

    port: int = 40000
    server_port: int = 443
    packets: list[bytes] = field(default_factory=list)

    def handshake(self, data: bytes = b"", acked: int | None = None) -> Conversation:
        """SYN (with data: Fast Open), SYN+ACK, which takes `acked` or all bytes, and ACK."""
        self._add(True, SYN, -1, data)
        self._add(False, SYN | ACK, -1, b"", len(data) if acked is None else acked)
        return self.client(0, b"")

    def client(self, place: int, data: bytes, flags: int = 0) -> Conversation:
        """Data of the client; `place` counts from its first byte."""
        return self._add(True, ACK | flags, place, data)

    def server(self, place: int, data: bytes, flags: int = 0, acked: int = 0) -> Conversation:
        """Data of the server, which acknowledge `acked` bytes."""
        return self._add(False, ACK | flags, place, data, acked)

    def timed(self) -> list[tuple[int, bytes]]:
        """The packets, a millisecond apart."""
        return [(10**18 + number * 10**6, data) for number, data in enumerate(self.packets)]

    def _add(self, from_client: bool, flags: int, place: int, data: bytes, acked: int = 0) -> Conversation:
        own, other = (CLIENT_START, SERVER_START) if from_client else (SERVER_START, CLIENT_START)
        ports = (self.port, self.server_port) if from_client else (self.server_port, self.port)
        tcp = Tcp(
            *ports,
            seq=own + 1 + place,
            ack=other + 1 + acked,
            flags=flags | (PSH if data else 0),
            payload=data,
        )
        self.packets.append(packet(CLIENT if from_client else SERVER, tcp))
        return self
