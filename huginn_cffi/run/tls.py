"""Observed TLS messages: ClientHellos, ServerHellos and certificates."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.run import fields
from huginn_cffi.run.match import Match, match_of
from huginn_cffi.run.parts import EventPart
from huginn_cffi.run.rows import Rows
from huginn_cffi.run.views import Derived, SignatureText, signature_text, written

ALPN, TRUST_ANCHORS = 0x0010, 0xCA34
ALPS = (0x44CD, 0x4469)
"""Chrome's application settings: the current extension number, and the one up to Chrome 131."""

_TEXT_BYTES = 1024
"""Holds the texts of nearly every hello; for longer ones the core is called again."""
_CODES = 64


def hello_text(batch: Rows, row: int, which: int) -> str | None:
    """A text that the core makes (``hg_hello_text``); ``None`` if the hello has no such text."""
    found = written(lib.hg_hello_write, batch._native, row, which, capacity=_TEXT_BYTES)
    return bytes(ffi.buffer(*found)).decode("ascii") or None


def hello_codes(batch: Rows, row: int, which: int) -> tuple[int, ...]:
    """A list of the hello (``hg_hello_list``)."""
    room: dict[str, Any] = {"capacity": _CODES, "kind": "uint32_t[]", "count": "uint32_t *"}
    return tuple(ffi.unpack(*written(lib.hg_hello_codes, batch._native, row, which, **room)))


def extension(batch: Rows, row: int, number: int) -> bytes | None:
    """The content of an extension; ``None`` without it."""
    data, length, error = ffi.new("uint8_t **"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    check(lib.hg_hello_extension(batch._native, row, number, data, length, error), error)
    return None if data[0] == ffi.NULL else bytes(ffi.buffer(data[0], length[0]))


def protocols(batch: Rows, row: int, number: int = ALPN) -> tuple[str, ...] | None:
    """The names in an extension with ALPN's format; invalid UTF-8 is replaced."""
    content = extension(batch, row, number)
    return None if content is None else tuple(item.decode("utf-8", "replace") for item in items(content))


def items(content: bytes) -> list[bytes]:
    """The complete items of a list.

    The list begins with its length in two bytes; one length byte precedes each item.
    """
    found = []
    at = 2
    while at < len(content) and at + 1 + content[at] <= len(content):
        found.append(content[at + 1 : at + 1 + content[at]])
        at += 1 + content[at]
    return found


def version_name(number: int) -> str:
    """The name of a TLS or DTLS version, such as "TLS 1.3"; an unknown number in hex."""
    name = lib.hg_tls_version_name(number)
    return f"0x{number:04x}" if name == ffi.NULL else ffi.string(name).decode("ascii")


def _text(which: int, meaning: str) -> Derived[str | None]:
    return Derived[str | None](lambda hello: hello_text(hello._batch, hello._row, which), meaning)


def _codes(which: int, meaning: str) -> Derived[tuple[int, ...]]:
    return Derived[tuple[int, ...]](lambda hello: hello_codes(hello._batch, hello._row, which), meaning)


class _Hello(fields.HelloFields, fields.StreamFields):
    """A hello in a batch: its columns, and its message, from which further values are made on access."""

    extensions: Derived[tuple[int, ...]] = _codes(
        lib.HG_HELLO_EXTENSIONS, "The types of the extensions, in their order."
    )


class TlsClientObservation(
    EventPart,
    _Hello,
    fields.TlsClientFields,
    fields.ComparedFields,
    fields.ReasonFields,
    shows=(
        *(*fields.TlsClientFields._shown, "versions", "ja4_o"),
        *("ciphers", "extensions", "groups", "key_shares", "signature_algorithms", "match"),
    ),
):
    """The first ClientHello of a connection, over TCP, QUIC or DTLS (RFC 8446, RFC 5246; SSL 2.0: E.2).

    Lists hold IANA numbers in the order of the wire, including GREASE values, which receivers
    ignore (RFC 8701). JA4 was defined by FoxIO (LICENSE-JA4), JA3 by Salesforce; neither covers
    SSL 2.0's format, for which they are ``None``.
    """

    ja4_r: Derived[str | None] = _text(lib.HG_HELLO_JA4_R, "JA4 with the lists in place of their hashes.")
    ja4_o: Derived[str | None] = _text(
        lib.HG_HELLO_JA4_O, "JA4 with the lists in wire order, including the server name and ALPN extensions."
    )
    ja4_ro: Derived[str | None] = _text(
        lib.HG_HELLO_JA4_RO, "`ja4_o` with the lists in place of their hashes."
    )
    ja4_stable_r: Derived[str | None] = _text(
        lib.HG_HELLO_JA4_STABLE_R, "Stable JA4 with the lists in place of hashes."
    )
    ja3_text: Derived[str | None] = _text(
        lib.HG_HELLO_JA3_TEXT, "The input of JA3's hash: the version and the lists in decimal."
    )
    ciphers: Derived[tuple[int, ...]] = _codes(
        lib.HG_HELLO_CIPHERS, "The cipher suites; numbers of 24 bits in SSL 2.0's format."
    )
    groups: Derived[tuple[int, ...]] = _codes(lib.HG_HELLO_GROUPS, "The groups for the key exchange.")
    key_shares: Derived[tuple[int, ...]] = _codes(
        lib.HG_HELLO_KEY_SHARES, "The groups for which the client sends a key share."
    )
    signature_algorithms: Derived[tuple[int, ...]] = _codes(
        lib.HG_HELLO_SIGNATURE_ALGORITHMS, "The signature algorithms."
    )

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions in the extension supported_versions."""
        codes = hello_codes(self._batch, self._row, lib.HG_HELLO_VERSIONS)
        return tuple(map(version_name, codes))

    @property
    def alps(self) -> tuple[str, ...] | None:
        """The protocols of Chrome's application settings; ``None`` without the extension."""
        found = (protocols(self._batch, self._row, number) for number in ALPS)
        return next((names for names in found if names is not None), None)

    @property
    def trust_anchors(self) -> tuple[str, ...] | None:
        """The ids of trust anchors, in hex; ``None`` without the extension."""
        content = extension(self._batch, self._row, TRUST_ANCHORS)
        return None if content is None else tuple(item.hex() for item in items(content))

    @property
    def signature(self) -> SignatureText:
        """JA4, or "SSL 2.0 format"."""
        return signature_text(self.ja4 or "SSL 2.0 format", self)

    @property
    def match(self) -> Match | None:
        """The signature that names the ClientHello; ``None`` without one."""
        batch = self._batch
        index = batch._cells.client[self._row]
        if index == NO_SIGNATURE or batch.database is None:
            return None
        return match_of(batch, self._row, batch.database._records.tls[index])

    client: Derived[Match | None] = Derived(attrgetter("match"), "The same as `match`.")

    def _facts(self) -> tuple[str, str]:
        facts = f"{self.match or '???'}, {self.tls_version}, {self.sni or 'no server name'}"
        return facts, self.signature


class TlsServerObservation(EventPart, _Hello, fields.TlsServerFields, shows=("extensions",)):
    """A ServerHello (RFC 8446, RFC 5246)."""

    def _facts(self) -> tuple[str, str]:
        return self.tls_version, self.cipher


class CertificateObservation(EventPart, fields.CertificateFields, fields.StreamFields):
    """The certificate of a TLS server (RFC 5280)."""

    def _facts(self) -> tuple[str, str]:
        return f"valid until {self.not_after}", f"{self.key_type}, {self.signature_algorithm}"
