"""Datagrams of QUIC and DTLS made by hand, and what must be read from them, as plainly as it can be said.

Packets are sealed with the package ``cryptography``, by the rules of RFC 9001; or not at all, for harnesses
whose ciphers do nothing.
"""

from __future__ import annotations

import hmac
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field

SALTS = {
    0x00000001: "38762cf7f55934b34d179ae6a4c80cadccbb7f0a",
    0x6B3343CF: "0dede3def700a6db819381be6e269dcbf9bd2ed9",
    0xFF00001D: "afbfec289993d24c9e9786f19c6111e04390a899",
}
SECOND = 0x6B3343CF
CRYPTO = 6
TAG = 16
MOST_BYTES = 16384

Piece = tuple[int, bytes]
"""Offset and bytes."""


def number(value: int) -> bytes:
    """RFC 9000, section 16."""
    for power, width in enumerate((1, 2, 4, 8)):
        if value < 1 << (8 * width - 2):
            return (value | power << (8 * width - 2)).to_bytes(width, "big")
    raise ValueError(value)


def crypto(offset: int, data: bytes) -> bytes:
    """A CRYPTO frame."""
    return bytes([CRYPTO]) + number(offset) + number(len(data)) + data


@dataclass(frozen=True, slots=True)
class Initial:
    """A packet before it is sealed. `key_id` is the id that the keys follow from, if it is not `to`."""

    to: bytes
    frames: bytes
    source: bytes = b""
    version: int = 1
    packet_number: int = 0
    number_bytes: int = 2
    token: bytes = b""
    server: bool = False
    key_id: bytes | None = None

    def header(self) -> bytes:
        """All before the packet number, which with frames and tag has its length here."""
        kind = 1 if self.version == SECOND else 0
        first = 0xC0 | kind << 4 | (self.number_bytes - 1)
        ids = bytes([len(self.to)]) + self.to + bytes([len(self.source)]) + self.source
        length = self.number_bytes + len(self._plain()) + TAG
        rest = number(len(self.token)) + self.token + number(length)
        return bytes([first]) + struct.pack(">I", self.version) + ids + rest

    def _plain(self) -> bytes:
        """The frames, and padding for the sample."""
        return self.frames + bytes(max(0, 4 - len(self.frames)))

    def _number(self) -> bytes:
        return self.packet_number.to_bytes(8, "big")[-self.number_bytes :]

    def unsealed(self) -> bytes:
        """For ciphers that do nothing."""
        return self.header() + self._number() + self._plain() + bytes(TAG)

    def sealed(self) -> bytes:
        """The packet."""
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        key, iv, mask_key = keys(self.version, self.to if self.key_id is None else self.key_id, self.server)
        header = self.header() + self._number()
        nonce = (int.from_bytes(iv, "big") ^ self.packet_number).to_bytes(12, "big")
        body = AESGCM(key).encrypt(nonce, self._plain(), header)
        sample = (self._number() + body)[4:20]
        mask = Cipher(algorithms.AES(mask_key), modes.ECB()).encryptor().update(sample)
        at = len(header) - self.number_bytes
        changed = bytearray(header)
        changed[0] ^= mask[0] & 15
        for i in range(self.number_bytes):
            changed[at + i] ^= mask[1 + i]
        return bytes(changed) + body


def keys(version: int, own_id: bytes, server: bool) -> tuple[bytes, bytes, bytes]:
    """Key, initialisation vector and header's key."""
    initial = hmac.digest(bytes.fromhex(SALTS[version]), own_id, "sha256")
    secret = _expand(initial, b"server in" if server else b"client in", 32)
    prefix = b"quicv2 " if version == SECOND else b"quic "
    return (
        _expand(secret, prefix + b"key", 16),
        _expand(secret, prefix + b"iv", 12),
        _expand(secret, prefix + b"hp", 16),
    )


def _expand(secret: bytes, label: bytes, length: int) -> bytes:
    label = b"tls13 " + label
    info = struct.pack(">HB", length, len(label)) + label + b"\0\1"
    return hmac.digest(secret, info, "sha256")[:length]


def fragment(kind: int, sequence: int, whole: int, offset: int, data: bytes) -> bytes:
    """A part of a message of DTLS."""
    head = bytes([kind]) + whole.to_bytes(3, "big") + struct.pack(">H", sequence)
    return head + offset.to_bytes(3, "big") + len(data).to_bytes(3, "big") + data


def record(data: bytes, *, version: int = 0xFEFD, epoch: int = 0, kind: int = 22) -> bytes:
    """A record of DTLS."""
    return bytes([kind]) + struct.pack(">HHHIH", version, epoch, 0, 0, len(data)) + data


@dataclass
class Gathered:
    """A message that comes in pieces: the first copy of a byte wins, but for one piece that is all of it."""

    whole: int | None = None
    """Bytes of the message; None: its first four bytes say so."""
    seen: dict[int, int] = field(default_factory=dict)

    def take(self, pieces: Iterable[Piece]) -> bytes | None:
        """Adds pieces; the message, once it is whole."""
        for offset, data in pieces:
            if len(data) == self.whole and not self._is_there():
                return data
            for place, byte in enumerate(data, offset):
                self.seen.setdefault(place, byte)
        there = 0
        while there in self.seen:
            there += 1
        whole = self.whole
        if whole is None and there >= 4:
            whole = 4 + int.from_bytes(bytes(self.seen[place] for place in range(1, 4)), "big")
        if whole is None or there < whole:
            return None
        return bytes(self.seen[place] for place in range(whole))

    def _is_there(self) -> bool:
        return all(place in self.seen for place in range(self.whole or 0))

    def is_no_hello(self) -> bool:
        """Whether what came first cannot be a ClientHello, or is longer than is kept (QUIC)."""
        if self.whole is not None:
            return False
        start = [self.seen.get(place) for place in range(4)]
        if start[0] is not None and start[0] != 1:
            return True
        length = int.from_bytes(bytes(byte for byte in start[1:] if byte is not None), "big")
        return None not in start and 4 + length > MOST_BYTES
