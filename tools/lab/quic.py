"""Hellos out of QUIC's first packets, for measuring: version 1, keys of the client's first destination id.

Needs ``cryptography``, which tests do not.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

from tests.tls.datagram_model import CRYPTO, Gathered, Piece, keys
from tests.tls.hello_model import Hello, NotAHelloError, read_hello

VERSION = 1
SAMPLE_BYTES = 16
PADDING, PING = 0, 1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number and where it ends."""
    length = 1 << (data[at] >> 6)
    value = int.from_bytes(data[at : at + length], "big") & ((1 << 8 * length - 2) - 1)
    return value, at + length


def _opened(datagram: bytes, own_id: bytes) -> bytes:
    """The frames of the Initial packet at the start of a datagram; of other packets none."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if datagram[0] & 0xF0 != 0xC0 or int.from_bytes(datagram[1:5], "big") != VERSION:
        return b""
    at = 6 + datagram[5]
    at += 1 + datagram[at]
    token, at = _varint(datagram, at)
    length, at = _varint(datagram, at + token)
    key, iv, protection = keys(VERSION, own_id, server=False)
    sample = datagram[at + 4 : at + 4 + SAMPLE_BYTES]
    mask = Cipher(algorithms.AES(protection), modes.ECB()).encryptor().update(sample)
    header = bytearray(datagram[: at + 4])
    header[0] ^= mask[0] & 0x0F
    count = (header[0] & 3) + 1
    for i in range(count):
        header[at + i] ^= mask[1 + i]
    number = int.from_bytes(header[at : at + count], "big")
    nonce = (int.from_bytes(iv, "big") ^ number).to_bytes(12, "big")
    return AESGCM(key).decrypt(nonce, datagram[at + count : at + length], bytes(header[: at + count]))


def _pieces(frames: bytes) -> Iterator[Piece]:
    """The parts of the hello among the frames."""
    at = 0
    while at < len(frames) and frames[at] in (PADDING, PING, CRYPTO):
        kind, at = frames[at], at + 1
        if kind == CRYPTO:
            offset, at = _varint(frames, at)
            length, at = _varint(frames, at)
            yield offset, frames[at : at + length]
            at += length


class QuicServer:
    """Reads hellos and answers nothing."""

    def __init__(self) -> None:
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.hellos: list[Hello] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        talks: dict[object, tuple[bytes, Gathered]] = {}
        while True:
            try:
                datagram, sender = self.socket.recvfrom(65536)
            except OSError:
                return  # closed
            own_id, gathered = talks.setdefault(sender, (datagram[6 : 6 + datagram[5]], Gathered()))
            message = gathered.take(_pieces(_opened(datagram, own_id)))
            if message is None:
                continue
            del talks[sender]
            try:
                self.hellos.append(read_hello(message, "quic"))
            except NotAHelloError:
                continue
