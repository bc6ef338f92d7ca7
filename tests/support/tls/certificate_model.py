"""Certificates (RFC 5280) in DER, made part by part so that each may be wrong."""

from __future__ import annotations

from tests.support.tls.conversation import Conversation, client_hello, message, record, server_hello

RSA, EC, PSS = (bytes.fromhex(oid) for oid in ("2a864886f70d010101", "2a8648ce3d0201", "2a864886f70d01010a"))
SHA256_RSA, SHA1_RSA, MD5_RSA = (bytes.fromhex("2a864886f70d0101" + last) for last in ("0b", "05", "04"))
P256 = bytes.fromhex("2a8648ce3d030107")
SHA1, SHA256 = bytes.fromhex("2b0e03021a"), bytes.fromhex("608648016503040201")


def der(tag: int, *parts: bytes) -> bytes:
    """An element."""
    content = b"".join(parts)
    length = len(content)
    if length < 128:
        return bytes((tag, length)) + content
    size = (length.bit_length() + 7) // 8
    return bytes((tag, 128 | size)) + length.to_bytes(size, "big") + content


def sequence(*parts: bytes) -> bytes:
    """A SEQUENCE."""
    return der(0x30, *parts)


def number(value: int) -> bytes:
    """An INTEGER, not negative."""
    return der(2, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def algorithm(oid: bytes, parameters: bytes = b"\5\0") -> bytes:
    """An algorithm with its parameters."""
    return sequence(der(6, oid), parameters)


def pss(digest: bytes | None) -> bytes:
    """RSASSA-PSS with a hash; None: the default, SHA-1."""
    return algorithm(PSS, sequence() if digest is None else sequence(der(0xA0, algorithm(digest, b""))))


def name(common: bytes, tag: int = 12) -> bytes:
    """A name with one attribute."""
    return sequence(der(0x31, sequence(der(6, b"\x55\x04\x03"), der(tag, common))))


def rsa(bits: int) -> bytes:
    """A key of RSA of so many bits."""
    key = sequence(number(1 << bits - 1 | 1), number(65537))
    return sequence(algorithm(RSA), der(3, b"\0" + key))


def ec() -> bytes:
    """A key on P-256."""
    return sequence(algorithm(EC, der(6, P256)), der(3, b"\0\4" + bytes(64)))


def utc(text: str) -> bytes:
    """A UTCTime."""
    return der(0x17, text.encode())


def general(text: str) -> bytes:
    """A GeneralizedTime."""
    return der(0x18, text.encode())


def extension(last: int, value: bytes) -> bytes:
    """An extension of RFC 5280 by the last byte of its identifier."""
    return sequence(der(6, bytes((0x55, 0x1D, last))), der(4, value))


def site_names(*names: bytes) -> bytes:
    """The extension with DNS names."""
    return extension(0x11, sequence(*(der(0x82, one) for one in names)))


def key_ids(own: bytes, issuer: bytes) -> bytes:
    """Both extensions that identify keys."""
    return extension(0x0E, der(4, own)) + extension(0x23, sequence(der(0x80, issuer)))


def certificate(
    *,
    subject: bytes = name(b"example.org"),
    issuer: bytes = name(b"An issuer"),
    not_before: bytes = utc("170101000000Z"),
    not_after: bytes = utc("300101000000Z"),
    key: bytes = rsa(2048),
    signed: bytes = algorithm(SHA256_RSA),
    extensions: bytes | None = site_names(b"example.org", b"www.example.org"),
) -> bytes:
    """A certificate whose signature is zeros."""
    end = b"" if extensions is None else der(0xA3, sequence(extensions))
    signed_part = sequence(
        *(der(0xA0, number(2)), number(1), signed, issuer, sequence(not_before, not_after), subject, key, end)
    )
    return sequence(signed_part, signed, der(3, bytes(257)))


def chain(*certificates: bytes) -> bytes:
    """The message with certificates."""
    listed = b"".join(len(one).to_bytes(3, "big") + one for one in certificates)
    return message(11, len(listed).to_bytes(3, "big") + listed)


def connection(server: bytes, step: int = 1400, port: int = 40000) -> Conversation:
    """A connection whose server sends these bytes, in segments."""
    talk = Conversation(port=port).handshake().client(0, record(client_hello()))
    for at in range(0, len(server), step):
        talk.server(at, server[at : at + step])
    return talk


def served(*certificates: bytes, step: int = 1400, port: int = 40000) -> Conversation:
    """A connection whose server sends a chain, in a record of its own."""
    return connection(record(server_hello()) + record(chain(*certificates)), step, port)
