"""Observed TLS messages: ClientHellos, ServerHellos and certificates."""

from __future__ import annotations

from huginn_cffi._native import lib
from huginn_cffi.base.names import NO_SIGNATURE
from huginn_cffi.results import tls_rows
from huginn_cffi.results.fields import (
    CertificateFields,
    ComparedFields,
    HelloFields,
    ReasonFields,
    TlsClientFields,
    TlsServerFields,
)
from huginn_cffi.results.match import ClientMatch, match_of
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import Derived, View, view


def _text(which: int, meaning: str) -> Derived[str | None]:
    def text(of: View) -> str | None:
        return tls_rows.text(of._batch, of._row, which)

    return Derived(text, meaning)


def _codes(which: int, meaning: str) -> Derived[tuple[int, ...]]:
    def codes(of: View) -> tuple[int, ...]:
        return tls_rows.codes(of._batch, of._row, which)

    return Derived(codes, meaning)


class _Hello(HelloFields):
    """A hello in a batch: its columns, and its message, from which further values are made on access."""

    extensions = _codes(lib.HG_HELLO_EXTENSIONS, "The types of the extensions, in their order.")


class ObservableTlsClient(
    _Hello,
    TlsClientFields,
    shows=(
        *(*TlsClientFields._shown, "versions", "ja4_o"),
        *("ciphers", "extensions", "groups", "key_shares", "signature_algorithms"),
    ),
):
    """A ClientHello (RFC 8446, RFC 5246; SSL 2.0's format by RFC 5246, E.2).

    Lists hold IANA numbers in the order of the wire, including GREASE values, which receivers
    ignore (RFC 8701). JA4 was defined by FoxIO (LICENSE-JA4), JA3 by Salesforce; neither covers
    SSL 2.0's format, for which they are ``None``.
    """

    ja4_r = _text(lib.HG_HELLO_JA4_R, "JA4 with the lists in place of their hashes.")
    ja4_o = _text(
        lib.HG_HELLO_JA4_O, "JA4 with the lists in wire order, including the server name and ALPN extensions."
    )
    ja4_ro = _text(lib.HG_HELLO_JA4_RO, "`ja4_o` with the lists in place of their hashes.")
    ja4_stable_r = _text(lib.HG_HELLO_JA4_STABLE_R, "Stable JA4 with the lists in place of hashes.")
    ja3_text = _text(lib.HG_HELLO_JA3_TEXT, "The input of JA3's hash: the version and the lists in decimal.")
    ciphers = _codes(lib.HG_HELLO_CIPHERS, "The cipher suites; numbers of 24 bits in SSL 2.0's format.")
    groups = _codes(lib.HG_HELLO_GROUPS, "The groups for the key exchange.")
    key_shares = _codes(lib.HG_HELLO_KEY_SHARES, "The groups for which the client sends a key share.")
    signature_algorithms = _codes(lib.HG_HELLO_SIGNATURE_ALGORITHMS, "The signature algorithms.")

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions in the extension supported_versions."""
        codes = tls_rows.codes(self._batch, self._row, lib.HG_HELLO_VERSIONS)
        return tuple(map(tls_rows.version_name, codes))

    @property
    def alps(self) -> tuple[str, ...] | None:
        """The protocols of Chrome's application settings; ``None`` without the extension."""
        found = (tls_rows.protocols(self._batch, self._row, number) for number in tls_rows.ALPS)
        return next((names for names in found if names is not None), None)

    @property
    def trust_anchors(self) -> tuple[str, ...] | None:
        """The ids of trust anchors, in hex; ``None`` without the extension."""
        content = tls_rows.extension(self._batch, self._row, tls_rows.TRUST_ANCHORS)
        return None if content is None else tuple(item.hex() for item in tls_rows.items(content))

    def __str__(self) -> str:
        """JA4, or "SSL 2.0 format"."""
        return self.ja4 or "SSL 2.0 format"


class TlsClientObservation(EventPart, ComparedFields, ReasonFields, shows=("signature", "match")):
    """The first ClientHello of a connection, over TCP, QUIC or DTLS."""

    @property
    def signature(self) -> ObservableTlsClient:
        """The observed values."""
        return view(ObservableTlsClient, self._batch, self._row)

    @property
    def match(self) -> ClientMatch | None:
        """The signature that names the ClientHello; ``None`` without one."""
        batch = self._batch
        index = batch._cells.client[self._row]
        if index == NO_SIGNATURE or batch.database is None:
            return None
        return match_of(ClientMatch, batch, self._row, batch.database._records.tls[index])

    def _facts(self) -> tuple[str, str]:
        seen = self.signature
        return f"{self.match or '???'}, {seen.tls_version}, {seen.sni or 'no server name'}", str(seen)


class TlsServerObservation(EventPart, _Hello, TlsServerFields, shows=("alpn", "extensions")):
    """A ServerHello (RFC 8446, RFC 5246)."""

    @property
    def alpn(self) -> str | None:
        """The protocol that the server chose; TLS 1.3 encrypts it."""
        return next(iter(tls_rows.protocols(self._batch, self._row) or ()), None)

    def _facts(self) -> tuple[str, str]:
        return self.tls_version, self.cipher


class CertificateObservation(EventPart, CertificateFields):
    """The certificate of a TLS server (RFC 5280)."""

    def _facts(self) -> tuple[str, str]:
        return f"valid until {self.not_after}", f"{self.key_type}, {self.signature_algorithm}"
