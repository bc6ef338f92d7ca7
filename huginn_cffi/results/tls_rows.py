"""Reads values of a hello on access: from its row in a batch, and from its message.

`row` is the index of a row whose event is a hello.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check

if TYPE_CHECKING:
    from huginn_cffi.batch.rows import Rows

ALPN, TRUST_ANCHORS = 0x0010, 0xCA34
ALPS = (0x44CD, 0x4469)
"""Chrome's application settings: the number of today, and that up to Chrome 131."""

TLS_1_2, DTLS_1_2, DTLS_MAJOR = 0x0303, 0xFEFD, 0xFE

_TEXT_BYTES = 1024
"""Enough for nearly every hello; longer texts are asked for again."""
_CODES = 64

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def cell(batch: Rows, row: int, name: str) -> int:
    """The number in a column."""
    return int(getattr(batch._cells, name)[row])


def text(batch: Rows, row: int, which: int) -> str | None:
    """A text that the core makes (``hg_hello_text``); ``None`` where the hello has none."""
    found = _whole(lib.hg_hello_write, "char[]", "size_t *", batch, row, which, _TEXT_BYTES)
    return bytes(ffi.buffer(*found)).decode("ascii") or None


def codes(batch: Rows, row: int, which: int) -> tuple[int, ...]:
    """A list of the hello (``hg_hello_list``)."""
    out, count = _whole(lib.hg_hello_codes, "uint32_t[]", "uint32_t *", batch, row, which, _CODES)
    return tuple(ffi.unpack(out, count))


def _whole(
    ask: Callable[..., int], kind: str, count: str, batch: Rows, row: int, which: int, capacity: int
) -> tuple[Any, int]:
    """What the core writes, with as much room as it takes."""
    length, error = ffi.new(count), ffi.new("hg_error *")
    while True:
        out = _allocate(kind, capacity)
        check(ask(batch._native, row, which, out, capacity, length, error), error)
        if length[0] <= capacity:
            return out, length[0]
        capacity = length[0]


def extension(batch: Rows, row: int, number: int) -> bytes | None:
    """The content of an extension; ``None`` where it is not there."""
    data, length, error = ffi.new("uint8_t **"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    check(lib.hg_hello_extension(batch._native, row, number, data, length, error), error)
    return None if data[0] == ffi.NULL else bytes(ffi.buffer(data[0], length[0]))


def protocols(batch: Rows, row: int, number: int = ALPN) -> tuple[str, ...] | None:
    """The names in an extension of ALPN's form; what is no UTF-8 in them is replaced."""
    content = extension(batch, row, number)
    return None if content is None else tuple(item.decode("utf-8", "replace") for item in items(content))


def fingerprint(batch: Rows, row: int, column: str) -> str | None:
    """The JA4 in a column; ``None`` in SSL 2.0's format."""
    if cell(batch, row, "ssl2"):
        return None
    start, length = row * lib.HG_JA4_LENGTH, lib.HG_JA4_LENGTH
    return bytes(getattr(batch._cells, column)[start : start + length]).decode("ascii")


def items(content: bytes) -> list[bytes]:
    """The items of a list, each after its length in a byte, as far as they are whole.

    The length of the list, two bytes, comes before them.
    """
    found = []
    at = 2
    while at < len(content) and at + 1 + content[at] <= len(content):
        found.append(content[at + 1 : at + 1 + content[at]])
        at += 1 + content[at]
    return found


def version_name(number: int) -> str:
    """A version of TLS or DTLS in words: "TLS 1.3"; its number in hex where it has no name."""
    name = lib.hg_tls_version_name(number)
    return f"0x{number:04x}" if name == ffi.NULL else ffi.string(name).decode("ascii")
