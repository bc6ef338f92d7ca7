"""What hellos show: those of TLS clients and servers."""

from __future__ import annotations

from typing import ClassVar, Literal, cast

from huginn_cffi import hellos
from huginn_cffi._native import ffi, lib
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.results.client_match import ClientMatch, client_match
from huginn_cffi.results.parts import EventPart
from huginn_cffi.results.views import View, view

Transport = Literal["tcp", "quic", "dtls"]
Verdict = Literal["consistent", "contradicts", "not_checked"]
TRANSPORTS: tuple[Transport, ...] = ("tcp", "quic", "dtls")


class _Hello(View):
    """A hello in a batch: its columns, and its message, from which the rest is made when asked for."""

    __slots__ = ()

    def _cell(self, name: str) -> int:
        return hellos.cell(self._batch, self._row, name)

    def _text(self, which: int) -> str | None:
        return hellos.text(self._batch, self._row, which)

    def _codes(self, which: int) -> tuple[int, ...]:
        return hellos.codes(self._batch, self._row, which)

    @property
    def transport(self) -> Transport:
        """What carried it: "tcp", "quic" or "dtls"."""
        return TRANSPORTS[self._cell("transport")]

    @property
    def tls_version(self) -> str:
        """The newest version that the client offers, or the one that the server chose: "TLS 1.3"."""
        return hellos.version_name(self._cell("tls_version"))

    @property
    def quic_version(self) -> str | None:
        """The version of QUIC: "1", "2", "draft-29"; ``None`` over TCP and in DTLS."""
        return hellos.quic_version(self._batch, self._row)

    @property
    def extensions(self) -> tuple[int, ...]:
        """The types of the extensions, in their order."""
        return self._codes(lib.HG_HELLO_EXTENSIONS)

    @property
    def post_quantum(self) -> bool:
        """Whether a key share is of a group that resists quantum computers."""
        return bool(self._cell("post_quantum"))

    @property
    def malformed(self) -> bool:
        """Whether the extensions are cut or contradict themselves."""
        return bool(self._cell("malformed"))

    @property
    def hello_bytes(self) -> int:
        """Length of the hello in bytes, with its header."""
        return self._cell("hello_length")


class ObservableTlsClient(_Hello):
    """A ClientHello (RFC 8446, RFC 5246; SSL 2.0's format by RFC 5246, E.2).

    Lists are in the order of the wire, as numbers of the IANA's registries, and have the values that
    are sent to be ignored (GREASE, RFC 8701). JA4 is FoxIO's (LICENSE-JA4), JA3 Salesforce's; in
    SSL 2.0's format, of which both know nothing, they are ``None``.
    """

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *("transport", "tls_version", "versions", "quic_version", "sni", "quic_user_agent", "alpn"),
        *("ja4", "ja4_o", "ja4_stable", "ja3"),
        *("ciphers", "extensions", "groups", "key_shares", "signature_algorithms", "ech", "post_quantum"),
        *("hello_bytes", "malformed"),
    )

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions that it offers by the extension of that name."""
        return tuple(map(hellos.version_name, self._codes(lib.HG_HELLO_VERSIONS)))

    @property
    def sni(self) -> str | None:
        """The name of the server that it asks for, cut at 255 bytes; invalid UTF-8 is replaced."""
        return hellos.server_name(self._batch, self._row)

    @property
    def alpn(self) -> tuple[str, ...]:
        """The protocols that it offers; invalid UTF-8 is replaced."""
        return hellos.protocols(self._batch, self._row) or ()

    @property
    def ja4(self) -> str | None:
        """JA4: ``t13d1516h2_8daaf6152771_d8a2da3f94cd``."""
        return hellos.fingerprint(self._batch, self._row, "ja4")

    @property
    def ja4_r(self) -> str | None:
        """The same with the lists themselves."""
        return self._text(lib.HG_HELLO_JA4_R)

    @property
    def ja4_o(self) -> str | None:
        """JA4 of the lists in their order, the names of server and protocols included."""
        return self._text(lib.HG_HELLO_JA4_O)

    @property
    def ja4_ro(self) -> str | None:
        """The same with the lists themselves."""
        return self._text(lib.HG_HELLO_JA4_RO)

    @property
    def ja4_stable(self) -> str | None:
        """JA4 without the extensions that come and go with resumption (0015, 0023, 0029, 002a)."""
        return hellos.fingerprint(self._batch, self._row, "ja4_stable")

    @property
    def ja4_stable_r(self) -> str | None:
        """The same with the lists themselves."""
        return self._text(lib.HG_HELLO_JA4_STABLE_R)

    @property
    def ja3(self) -> str | None:
        """JA3: MD5 of `ja3_text`, in hex."""
        return hellos.ja3(self._batch, self._row)

    @property
    def ja3_text(self) -> str | None:
        """What JA3 hashes: the version and the lists in decimal."""
        return self._text(lib.HG_HELLO_JA3_TEXT)

    @property
    def ciphers(self) -> tuple[int, ...]:
        """The cipher suites; of 24 bits in SSL 2.0's format."""
        return self._codes(lib.HG_HELLO_CIPHERS)

    @property
    def groups(self) -> tuple[int, ...]:
        """The groups for the key exchange."""
        return self._codes(lib.HG_HELLO_GROUPS)

    @property
    def key_shares(self) -> tuple[int, ...]:
        """The groups of which it sends a key."""
        return self._codes(lib.HG_HELLO_KEY_SHARES)

    @property
    def signature_algorithms(self) -> tuple[int, ...]:
        """The signature algorithms."""
        return self._codes(lib.HG_HELLO_SIGNATURE_ALGORITHMS)

    @property
    def alps(self) -> tuple[str, ...] | None:
        """The protocols of Chrome's application settings; ``None`` without the extension."""
        found = (hellos.protocols(self._batch, self._row, number) for number in hellos.ALPS)
        return next((names for names in found if names is not None), None)

    @property
    def trust_anchors(self) -> tuple[str, ...] | None:
        """The ids of trust anchors, in hex; ``None`` without the extension."""
        content = hellos.extension(self._batch, self._row, hellos.TRUST_ANCHORS)
        return None if content is None else tuple(item.hex() for item in hellos.items(content))

    @property
    def ech(self) -> bool:
        """Whether the extension of encrypted hellos is there, which clients also send as GREASE.

        `sni` is the outer name then.
        """
        return bool(self._cell("ech"))

    @property
    def quic_user_agent(self) -> str | None:
        """The user agent among QUIC's transport parameters, which Chrome 84 to 98 put there.

        It is cut at 128 bytes, and invalid UTF-8 is replaced. ``None`` without, over TCP and in DTLS.
        """
        return hellos.user_agent(self._batch, self._row)

    def __str__(self) -> str:
        """JA4, or "SSL 2.0 format"."""
        return self.ja4 or "SSL 2.0 format"


class Compared(EventPart):
    """What names a system, beside what its connection showed before."""

    __slots__ = ()

    @property
    def verdict(self) -> Verdict:
        """Whether it and the SYN of the connection, or a hello before, can be of one system, by families.

        "not_checked", where one of them is unknown. A proxy, the exit of a VPN and a container look like
        contradictions.
        """
        return cast(Verdict, hellos.verdict(self._batch, self._row)[0])

    @property
    def why(self) -> str:
        """What the two say ("SYN: Linux, User-Agent: Windows"), or why nothing was compared."""
        return hellos.verdict(self._batch, self._row)[1]


class TlsClientObservation(Compared):
    """The first ClientHello of a connection, over TCP, QUIC or DTLS."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = ("source", "destination", "signature", "match", "verdict", "why")

    @property
    def signature(self) -> ObservableTlsClient:
        """What the hello shows."""
        return view(ObservableTlsClient, self._batch, self._row)

    @property
    def match(self) -> ClientMatch | None:
        """What the database says about it."""
        batch = self._batch
        index = batch.cells.client[self._row]
        if index == NO_SIGNATURE or batch.database is None:
            return None
        return client_match(batch, self._row, batch.database.records.tls[index])

    @property
    def _facts(self) -> tuple[str, str]:
        seen = self.signature
        return f"{self.match or '???'}, {seen.tls_version}, {seen.sni or 'no server name'}", str(seen)


class TlsServerObservation(_Hello, EventPart):
    """A ServerHello (RFC 8446, RFC 5246)."""

    __slots__ = ()
    _fields: ClassVar[tuple[str, ...]] = (
        *("source", "destination", "transport", "tls_version", "quic_version", "cipher", "extensions"),
        *("alpn", "group"),
        *("hello_retry", "downgrade", "ja3s", "hello_bytes", "malformed"),
    )

    @property
    def cipher(self) -> str:
        """The cipher suite that it chose: "TLS_AES_128_GCM_SHA256"."""
        number = self._cell("cipher")
        return hellos.cipher_name(number)

    @property
    def alpn(self) -> str | None:
        """The protocol that it chose, which TLS 1.3 does not send in clear."""
        return next(iter(hellos.protocols(self._batch, self._row) or ()), None)

    @property
    def group(self) -> str | None:
        """The group of its key share: "x25519"; ``None`` without one."""
        number = self._cell("group")
        return hellos.group_name(number) if number else None

    @property
    def hello_retry(self) -> bool:
        """Whether it asks for another hello (HelloRetryRequest)."""
        return bool(self._cell("hello_retry"))

    @property
    def downgrade(self) -> str | None:
        """The version that a server which could do a newer one says it chose (RFC 8446, 4.1.3)."""
        name = lib.hg_downgrade_name(self._cell("downgrade"))
        return None if name == ffi.NULL else ffi.string(name).decode("ascii")

    @property
    def ja3s(self) -> str:
        """JA3S: MD5 of the version, the cipher and the extensions, in hex."""
        return hellos.ja3(self._batch, self._row) or ""

    @property
    def _facts(self) -> tuple[str, str]:
        return self.tls_version, self.cipher
