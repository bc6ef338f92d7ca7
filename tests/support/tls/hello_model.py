"""ClientHello to JA4 and JA3 in plain Python, written from their published descriptions.

The oracle of the tests for what the core makes of hellos. Nothing here knows TCP, QUIC or DTLS beyond the
letter that they have in JA4: `read_hello` takes the message, `message_in_records` takes it out of records.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HANDSHAKE_RECORD = 22
CLIENT_HELLO = 1

SERVER_NAME, GROUPS, POINT_FORMATS, ALGORITHMS, ALPN = 0, 10, 11, 13, 16
VERSIONS, KEY_SHARES = 43, 51

RESUMPTION = frozenset({0x0015, 0x0023, 0x0029, 0x002A})
"""Padding, session ticket, pre-shared key and early data: extensions that one client sends at some times
and not at others. The stable JA4 leaves them out."""

VERSION_TEXTS = {
    0x0304: "13",
    0x0303: "12",
    0x0302: "11",
    0x0301: "10",
    0x0300: "s3",
    0x0002: "s2",
    0xFEFF: "d1",
    0xFEFD: "d2",
    0xFEFC: "d3",
}
NO_HASH = "0" * 12
POST_QUANTUM = frozenset({0x11EC, 0x11EB, 0x11ED, 0x0200, 0x0201, 0x0202, 0x11EE, 0x6399, 0x639A, 0x4138})
POST_QUANTUM_TRIALS = frozenset({0xFE30, 0xFE31, 0xFE32})


class NotAHelloError(ValueError):
    """The bytes are no ClientHello, or one whose fixed part is cut."""


def is_grease(code: int) -> bool:
    """Whether `code` is one of 0a0a, 1a1a, … fafa."""
    return code >> 8 == code & 0xFF and code & 0x0F == 0x0A


def without_grease(codes: Iterable[int]) -> list[int]:
    """The codes that mean something."""
    return [code for code in codes if not is_grease(code)]


@dataclass(frozen=True, slots=True)
class Hello:
    """What a ClientHello holds: lists in wire order, GREASE included.

    ``extensions`` are the types alone. ``alpn`` and ``sni`` are bytes; ``sni`` is None without a name.
    ``malformed``: the block of extensions, or the list in one that is read, does not keep to its lengths.
    """

    version: int
    ciphers: tuple[int, ...]
    extensions: tuple[int, ...] = ()
    versions: tuple[int, ...] = ()
    algorithms: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    formats: tuple[int, ...] = ()
    key_shares: tuple[int, ...] = ()
    alpn: tuple[bytes, ...] = ()
    sni: bytes | None = None
    malformed: bool = False
    transport: str = field(default="tcp", kw_only=True)

    def newest_version(self) -> int:
        """The highest of supported_versions, over DTLS the newest; without them the hello's own."""
        offered = without_grease(self.versions)
        if not offered:
            return self.version
        if self.transport == "dtls":
            known = [code for code in (0xFEFC, 0xFEFD, 0xFEFF) if code in offered]
            return known[0] if known else offered[0]
        return max(offered)

    def alpn_characters(self) -> str:
        """The two characters that stand for the first protocol of ALPN."""
        first = self.alpn[0] if self.alpn else b""
        if not first:
            return "00"
        ends = chr(first[0]) + chr(first[-1])
        if ends.isascii() and ends.isalnum():
            return ends
        digits = first.hex()
        return digits[0] + digits[-1]

    def _start(self, extensions: list[int]) -> str:
        letter = {"tcp": "t", "quic": "q", "dtls": "d"}[self.transport]
        version = VERSION_TEXTS.get(self.newest_version(), "00")
        name = "d" if SERVER_NAME in self.extensions else "i"
        ciphers = min(len(without_grease(self.ciphers)), 99)
        count = min(len(extensions), 99)
        return f"{letter}{version}{name}{ciphers:02}{count:02}{self.alpn_characters()}"

    def _lists(self, *, in_order: bool, stable: bool) -> tuple[str, str, str]:
        """The three parts before their digests."""
        ciphers, extensions = without_grease(self.ciphers), without_grease(self.extensions)
        if stable:
            extensions = [code for code in extensions if code not in RESUMPTION]
        start = self._start(extensions)
        if not in_order:
            ciphers = sorted(ciphers)
            extensions = sorted(code for code in extensions if code not in (SERVER_NAME, ALPN))
        listed = _codes(extensions)
        algorithms = without_grease(self.algorithms)
        return start, _codes(ciphers), f"{listed}_{_codes(algorithms)}" if algorithms else listed

    def ja4(self, *, in_order: bool = False, stable: bool = False) -> str:
        """JA4 (``ja4_o`` in order), with `stable` without the extensions of `RESUMPTION`."""
        start, ciphers, rest = self._lists(in_order=in_order, stable=stable)
        return f"{start}_{_digest(ciphers)}_{_digest(rest)}"

    def ja4_r(self, *, in_order: bool = False, stable: bool = False) -> str:
        """The same with its lists instead of digests."""
        return "_".join(self._lists(in_order=in_order, stable=stable))

    def ja3_text(self) -> str:
        """The decimal lists that JA3 digests; GREASE is left out, also of the point formats' neighbours."""
        lists = (self.ciphers, self.extensions, self.groups)
        parts = [_decimal(without_grease(codes)) for codes in lists]
        return ",".join([str(self.version), *parts, _decimal(self.formats)])

    def ja3(self) -> str:
        """MD5 of `ja3_text`."""
        return hashlib.md5(self.ja3_text().encode(), usedforsecurity=False).hexdigest()

    def post_quantum(self) -> bool:
        """Whether a key share of a post-quantum group was sent."""
        return any(code in POST_QUANTUM | POST_QUANTUM_TRIALS for code in self.key_shares)


def _codes(codes: Iterable[int]) -> str:
    return ",".join(f"{code:04x}" for code in codes)


def _decimal(codes: Iterable[int]) -> str:
    return "-".join(map(str, codes))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12] if text else NO_HASH


class _Bytes:
    """Bytes that are taken from the front; what would leave them raises `NotAHelloError`."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def __len__(self) -> int:
        return len(self._data) - self._at

    def take(self, count: int) -> bytes:
        if count > len(self):
            raise NotAHelloError(f"{count} bytes wanted at {self._at}, {len(self)} are left")
        self._at += count
        return self._data[self._at - count : self._at]

    def number(self, width: int) -> int:
        return int.from_bytes(self.take(width), "big")

    def vector(self, width: int) -> _Bytes:
        """A length of `width` bytes and as many bytes as it says."""
        return _Bytes(self.take(self.number(width)))

    def numbers(self) -> tuple[int, ...]:
        """All that is left, in numbers of two bytes; a single byte at the end raises."""
        if len(self) % 2:
            raise NotAHelloError("an odd length")
        return struct.unpack(f">{len(self) // 2}H", self.take(len(self)))


def read_hello(message: bytes, transport: str = "tcp") -> Hello:
    """Read a whole handshake message: type, length in three bytes, body.

    `NotAHelloError` when it is none, or when its fixed part does not keep to its lengths. A damaged block
    of extensions gives those before the damage, and the mark `malformed`.
    """
    outer = _Bytes(message)
    if outer.number(1) != CLIENT_HELLO:
        raise NotAHelloError("not the type of a ClientHello")
    body = outer.vector(3)
    version = body.number(2)
    body.take(32)
    if len(body.vector(1)) > 32:
        raise NotAHelloError("a session id of more than 32 bytes")
    if transport == "dtls":
        body.vector(1)  # the cookie
    ciphers = body.vector(2).numbers()
    body.vector(1)  # compression
    seen = _Extensions(transport)
    if len(body):
        seen.read(body)
    return Hello(
        version,
        ciphers,
        extensions=tuple(seen.types),
        sni=seen.sni,
        alpn=seen.alpn,
        malformed=seen.malformed,
        transport=transport,
        **seen.lists,
    )


class _Extensions:
    """Collects from the block of extensions; of a type that stands twice the first content counts."""

    def __init__(self, transport: str) -> None:
        self.transport = transport
        self.types: list[int] = []
        self.lists: dict[str, tuple[int, ...]] = {}
        self.sni: bytes | None = None
        self.alpn: tuple[bytes, ...] = ()
        self.malformed = False

    def read(self, body: _Bytes) -> None:
        if len(body) < 2:
            self.malformed = True
            return
        length = body.number(2)
        self.malformed = length != len(body)
        block = _Bytes(body.take(min(length, len(body))))
        while len(block):
            try:
                kind, content = block.number(2), block.vector(2)
            except NotAHelloError:
                self.malformed = True
                return
            first = kind not in self.types
            self.types.append(kind)
            if first:
                self._content(kind, content)

    def _content(self, kind: int, content: _Bytes) -> None:
        try:
            if kind == SERVER_NAME:
                self._name(content)
            elif kind == ALPN:
                self._protocols(content)
            elif kind == KEY_SHARES:
                self._shares(content)
            else:
                self._list(kind, content)
        except NotAHelloError:
            self.malformed = True

    def _list(self, kind: int, content: _Bytes) -> None:
        if kind == VERSIONS:
            self.lists["versions"] = content.vector(1).numbers()
        elif kind == ALGORITHMS:
            self.lists["algorithms"] = content.vector(2).numbers()
        elif kind == GROUPS:
            self.lists["groups"] = content.vector(2).numbers()
        elif kind == POINT_FORMATS:
            formats = content.vector(1)
            self.lists["formats"] = tuple(formats.take(len(formats)))

    def _name(self, content: _Bytes) -> None:
        if not len(content):
            return  # as a server sends it
        names = content.vector(2)
        while len(names):
            kind, name = names.number(1), names.vector(2)
            if kind == 0 and self.sni is None:
                self.sni = name.take(len(name))

    def _protocols(self, content: _Bytes) -> None:
        names = content.vector(2)
        found = []
        try:
            while len(names):
                name = names.vector(1)
                found.append(name.take(len(name)))
        finally:
            self.alpn = tuple(found)

    def _shares(self, content: _Bytes) -> None:
        shares = content.vector(2)
        found = []
        try:
            while len(shares):
                found.append(shares.number(2))
                shares.vector(2)
        finally:
            self.lists["key_shares"] = tuple(found)


def message_in_records(stream: bytes) -> bytes | None:
    """The ClientHello at the start of a TCP stream; None while bytes of it are missing.

    `NotAHelloError` when the stream begins with something else.
    """
    message = bytearray()
    for kind, content in _records(stream):
        if kind != HANDSHAKE_RECORD:
            raise NotAHelloError("another record before the hello's end")
        message += content
        if message and message[0] != CLIENT_HELLO:
            raise NotAHelloError("another message")
        if len(message) >= 4:
            length = 4 + int.from_bytes(message[1:4], "big")
            if len(message) >= length:
                return bytes(message[:length])
    return None


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Types and contents; of the last one what is there."""
    at = 0
    while at + 5 <= len(stream):
        kind, major, _, length = struct.unpack_from(">BBBH", stream, at)
        if major != 3 or not 0 < length <= 2**14 + 256:
            raise NotAHelloError("no record of TLS")
        yield kind, stream[at + 5 : at + 5 + length]
        at += 5 + length
