"""Reads values of a hello on access, from its row in a batch and from its message.

`row` is the index of a row whose event is a hello.
"""

from __future__ import annotations

from typing import Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.batch.rows import Rows
from huginn_cffi.results.views import written

ALPN, TRUST_ANCHORS = 0x0010, 0xCA34
ALPS = (0x44CD, 0x4469)
"""Chrome's application settings: the current extension number, and the one up to Chrome 131."""

TLS_1_2, DTLS_1_2, DTLS_MAJOR = 0x0303, 0xFEFD, 0xFE

_TEXT_BYTES = 1024
"""Holds the texts of nearly every hello; for longer ones the core is called again."""
_CODES = 64


def text(batch: Rows, row: int, which: int) -> str | None:
    """A text that the core makes (``hg_hello_text``); ``None`` if the hello has no such text."""
    found = written(lib.hg_hello_write, batch._native, row, which, capacity=_TEXT_BYTES)
    return bytes(ffi.buffer(*found)).decode("ascii") or None


def codes(batch: Rows, row: int, which: int) -> tuple[int, ...]:
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
