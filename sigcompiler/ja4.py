"""TLS client signatures as keys: the required value of each part, and a mask of the parts that count.

A JA4 becomes four numbers: the first eight characters of its first part, the other two characters, and its
two digests. A signature has four such numbers and four masks; wildcards are zero in both. The core compares
the same numbers (`csrc/tls/match.c`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from sigcompiler.model import TlsSignature

Words: TypeAlias = tuple[int, int, int, int]
Key: TypeAlias = tuple[Words, Words]
"""Value and mask."""

DIGEST_MASK = (1 << 48) - 1
MOST_MASKS = 64
"""Limit of masks in one database. A ClientHello is looked up once for each mask."""

_FIRST_WORD = 8
"""Characters in the first number."""


def key_of(signature: TlsSignature) -> Key:
    """The key of a signature. Two signatures that fit the same hellos have equal keys."""
    value = signature.start.replace("?", "\0").encode("ascii")
    mask = bytes(0 if character == "?" else 0xFF for character in signature.start)
    ciphers, extensions = signature.ciphers, signature.extensions
    return (
        (*_start(value), int(ciphers or "0", 16), int(extensions or "0", 16)),
        (*_start(mask), DIGEST_MASK * (ciphers is not None), DIGEST_MASK * (extensions is not None)),
    )


def _start(characters: bytes) -> tuple[int, int]:
    first, rest = characters[:_FIRST_WORD], characters[_FIRST_WORD:]
    return int.from_bytes(first, "little"), int.from_bytes(rest, "little")


def fitted(key: Key, mask: Words) -> Words | None:
    """The parts of `key` that `mask` selects; ``None`` if `key` leaves one of them open."""
    value, own = key
    if any(wanted & ~given for wanted, given in zip(mask, own, strict=True)):
        return None
    first, second, ciphers, extensions = (given & wanted for given, wanted in zip(value, mask, strict=True))
    return first, second, ciphers, extensions


def leaders(signatures: Sequence[TlsSignature]) -> dict[Key, int]:
    """The number of the leading signature for each key."""
    found: dict[Key, int] = {}
    for number, signature in enumerate(signatures):
        key = key_of(signature)
        found[key] = min(found.get(key, number), number, key=lambda one: rank(signatures[one], one))
    return found


def rank(signature: TlsSignature, number: int) -> tuple[int, int, int]:
    """Sort key among signatures that fit the same hello; the lowest one leads."""
    return int(signature.label.generic), int(signature.wildcard), number
