"""Signed databases: a ``.hgdb`` file with a date and an Ed25519 signature, as one file.

Three parts: two lines of text, the database, and a signature of 64 bytes over everything before it::

    HUGINN-SIGNED 1
    {"date":"2026-12-01T09:30:00Z","key":"3f0c9a…","length":5242880,"sha256":"…"}

`key` is the start of the SHA-256 of the public key. `key` and `sha256` only distinguish damage from a wrong
key; only the signature is trusted. Signing and verifying need ``cryptography``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.errors import DatabaseError, named

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MAGIC = b"HUGINN-SIGNED "
VERSION = 1
FIRST_LINE = MAGIC + b"%d\n" % VERSION
HEADER_BYTES = 1024
"""Limit for the bytes of both lines."""
SIGNATURE_BYTES = 64
DATE_FORM = "%Y-%m-%dT%H:%M:%SZ"
CRYPTOGRAPHY_MISSING = "signatures need the cryptography package: pip install 'huginn-cffi[update]'"


class Header(NamedTuple):
    """The values of the two lines of text."""

    date: str
    """In UTC; dates sort as text."""
    key: str
    length: int
    sha256: str
    size: int
    """Number of bytes of both lines."""


def read_header(start: bytes) -> Header:
    """Parse the header from a file's first bytes; `DatabaseError` for an invalid one."""
    lines = start[:HEADER_BYTES].split(b"\n", 2)
    if not lines[0].startswith(MAGIC):
        raise DatabaseError("not a signed database")
    if lines[0] + b"\n" != FIRST_LINE:
        raise DatabaseError("signed in a form that this version of huginn does not know; update huginn first")
    if len(lines) < 3:
        raise DatabaseError("damaged: the header has no end")
    import json
    from datetime import datetime

    try:
        values = json.loads(lines[1])
        date, key, length, sha256 = (values[name] for name in ("date", "key", "length", "sha256"))
        if not (isinstance(key, str) and isinstance(sha256, str) and type(length) is int and length >= 0):
            raise ValueError(values)
        if datetime.strptime(date, DATE_FORM).strftime(DATE_FORM) != date:
            raise ValueError(date)
    except (KeyError, TypeError, ValueError, RecursionError):
        raise DatabaseError("damaged: the header cannot be read") from None
    return Header(date, key, length, sha256, len(FIRST_LINE) + len(lines[1]) + 1)


def parts(data: bytes) -> tuple[Header, bytes]:
    """Header and database of a whole file; `DatabaseError` if bytes are missing or left over."""
    header = read_header(data)
    end = header.size + header.length
    wanted = end + SIGNATURE_BYTES
    if len(data) < wanted:
        raise DatabaseError(f"damaged: it ends after {len(data):,} of {wanted:,} bytes")
    if len(data) > wanted:
        raise DatabaseError(f"damaged: {len(data) - wanted:,} bytes follow the signature")
    return header, data[header.size : end]


def verified(data: bytes, keys: Sequence[Ed25519PublicKey]) -> tuple[Header, bytes]:
    """Header and database of a file that one of `keys` has signed; `DatabaseError` for all other files."""
    from cryptography.exceptions import InvalidSignature

    header, image = parts(data)
    if _digest(image) != header.sha256:
        raise DatabaseError("damaged: the database is not the one that its header describes")
    known = {key_name(key): key for key in keys}
    key = known.get(header.key)
    if key is None:
        raise DatabaseError(
            f"wrong signature: made with key {named(header.key[:16])}, not {' or '.join(known)}"
        )
    try:
        key.verify(data[-SIGNATURE_BYTES:], data[:-SIGNATURE_BYTES])
    except InvalidSignature:
        raise DatabaseError(f"wrong signature: key {header.key} did not sign this") from None
    return header, image


def sign(image: bytes, date: str, key: Ed25519PrivateKey) -> bytes:
    """The signed form of a database."""
    import json

    values = {
        "date": date,
        "key": key_name(key.public_key()),
        "length": len(image),
        "sha256": _digest(image),
    }
    signed = FIRST_LINE + json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n" + image
    return signed + key.sign(signed)


def key_name(key: Ed25519PublicKey) -> str:
    """A short name of a public key."""
    return _digest(key.public_bytes_raw())[:16]


def _digest(data: bytes) -> str:
    import hashlib  # imported here: only updates need it, and it takes 1 ms

    return hashlib.sha256(data).hexdigest()


def read_keys(text: bytes) -> list[Ed25519PublicKey]:
    """The Ed25519 public keys of a PEM file, one or more; `DatabaseError` for everything else."""
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key
    except ModuleNotFoundError:
        raise DatabaseError(CRYPTOGRAPHY_MISSING) from None
    begin = b"-----BEGIN "
    keys = []
    for block in text.split(begin)[1:]:
        try:
            key = load_pem_public_key(begin + block)
        except (ValueError, UnsupportedAlgorithm):
            raise DatabaseError("not a public key in PEM form") from None
        if not isinstance(key, Ed25519PublicKey):
            raise DatabaseError("not an Ed25519 public key")
        keys.append(key)
    if not keys:
        raise DatabaseError("not a public key in PEM form")
    return keys
