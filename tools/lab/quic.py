"""Hellos out of QUIC's first packets, for measuring: version 1, keys of the client's first destination id.

Needs ``cryptography``, which tests do not.
"""

from __future__ import annotations

import hashlib
import hmac
import socket
import threading
from dataclasses import dataclass, field

from tests.tls.hello_model import Hello, NotAHelloError, read_hello

SALT = bytes.fromhex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a")
VERSION = 1
SAMPLE_BYTES = 16
PADDING, PING, CRYPTO = 0, 1, 6


def _expand(secret: bytes, label: str, length: int) -> bytes:
    text = b"tls13 " + label.encode()
    info = length.to_bytes(2, "big") + bytes([len(text)]) + text + b"\0"
    return hmac.digest(secret, info + b"\1", hashlib.sha256)[:length]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends."""
    length = 1 << (data[at] >> 6)
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 8 * length - 2) - 1)
    return value, at + length


@dataclass
class QuicConnection:
    """Collects the CRYPTO bytes of one client."""

    keys: tuple[bytes, bytes, bytes] = (b"", b"", b"")
    stream: dict[int, int] = field(default_factory=dict)

    def feed(self, datagram: bytes) -> None:
        """Take the Initial packet at the start of a datagram; other packets are passed over."""
        if datagram[0] & 0xF0 != 0xC0 or int.from_bytes(datagram[1:5], "big") != VERSION:
            return
        at = 6 + datagram[5]
        if not self.keys[0]:
            secret = hmac.digest(SALT, datagram[6:at], hashlib.sha256)
            client = _expand(secret, "client in", 32)
            key, protection = (_expand(client, f"quic {word}", 16) for word in ("key", "hp"))
            self.keys = (key, _expand(client, "quic iv", 12), protection)
        at += 1 + datagram[at]
        token, at = _varint(datagram, at)
        length, at = _varint(datagram, at + token)
        self._frames(self._opened(datagram, at, at + length))

    def _opened(self, datagram: bytes, at: int, end: int) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, iv, protection = self.keys
        sample = datagram[at + 4 : at + 4 + SAMPLE_BYTES]
        mask = Cipher(algorithms.AES(protection), modes.ECB()).encryptor().update(sample)
        header = bytearray(datagram[: at + 4])
        header[0] ^= mask[0] & 0x0F
        count = (header[0] & 3) + 1
        for i in range(count):
            header[at + i] ^= mask[1 + i]
        header = header[: at + count]
        number = int.from_bytes(header[at:], "big")
        nonce = (int.from_bytes(iv, "big") ^ number).to_bytes(12, "big")
        return AESGCM(key).decrypt(nonce, datagram[at + count : end], bytes(header))

    def _frames(self, data: bytes) -> None:
        at = 0
        while at < len(data) and data[at] in (PADDING, PING, CRYPTO):
            kind, at = data[at], at + 1
            if kind == CRYPTO:
                offset, at = _varint(data, at)
                length, at = _varint(data, at)
                for i, value in enumerate(data[at : at + length]):
                    self.stream.setdefault(offset + i, value)
                at += length

    def hello(self) -> Hello | None:
        """The hello, once all of it came."""
        whole = bytearray()
        while len(whole) in self.stream:
            whole.append(self.stream[len(whole)])
        if len(whole) < 4 or len(whole) < 4 + int.from_bytes(whole[1:4], "big"):
            return None
        try:
            return read_hello(bytes(whole), "quic")
        except NotAHelloError:
            return None


class QuicServer:
    """Reads hellos and answers nothing."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.hellos: list[Hello] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        connections: dict[object, QuicConnection] = {}
        while True:
            try:
                datagram, sender = self.socket.recvfrom(65536)
            except OSError:
                return  # closed
            connection = connections.setdefault(sender, QuicConnection())
            connection.feed(datagram)
            if hello := connection.hello():
                self.hellos.append(hello)
                connections[sender] = QuicConnection()
