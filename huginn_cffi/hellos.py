"""What is read of a hello when it is asked for: from its row in a batch, and from its message.

`row` is a row of the batch whose event is a hello.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch

ALPN, TRUST_ANCHORS = 0x0010, 0xCA34
ALPS = (0x44CD, 0x4469)
"""Chrome's application settings: the number of today, and that up to Chrome 131."""

TLS_1_2, DTLS_1_2, DTLS_MAJOR = 0x0303, 0xFEFD, 0xFE

_TEXT_BYTES = 1024
"""Enough for nearly every hello; longer texts are asked for again."""
_CODES = 64

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


def cell(batch: Batch, row: int, name: str) -> int:
    """The number in a column."""
    return int(getattr(batch.cells, name)[row])


def text(batch: Batch, row: int, which: int) -> str | None:
    """A text that the core makes (``hg_hello_text``); ``None`` where the hello has none."""
    found = _whole(lib.hg_hello_write, "char[]", "size_t *", batch, row, which, _TEXT_BYTES)
    return bytes(ffi.buffer(*found)).decode("ascii") or None


def codes(batch: Batch, row: int, which: int) -> tuple[int, ...]:
    """A list of the hello (``hg_hello_list``)."""
    out, count = _whole(lib.hg_hello_codes, "uint32_t[]", "uint32_t *", batch, row, which, _CODES)
    return tuple(ffi.unpack(out, count))


def _whole(
    ask: Callable[..., int], kind: str, count: str, batch: Batch, row: int, which: int, capacity: int
) -> tuple[Any, int]:
    """What the core writes, with as much room as it takes."""
    length, error = ffi.new(count), ffi.new("hg_error *")
    while True:
        out = _allocate(kind, capacity)
        check(ask(batch.native, row, which, out, capacity, length, error), error)
        if length[0] <= capacity:
            return out, length[0]
        capacity = length[0]


def extension(batch: Batch, row: int, number: int) -> bytes | None:
    """The content of an extension; ``None`` where it is not there."""
    data, length, error = ffi.new("uint8_t **"), ffi.new("uint32_t *"), ffi.new("hg_error *")
    check(lib.hg_hello_extension(batch.native, row, number, data, length, error), error)
    return None if data[0] == ffi.NULL else bytes(ffi.buffer(data[0], length[0]))


def protocols(batch: Batch, row: int, number: int = ALPN) -> tuple[str, ...] | None:
    """The names in an extension of ALPN's form; what is no UTF-8 in them is replaced."""
    content = extension(batch, row, number)
    return None if content is None else tuple(item.decode("utf-8", "replace") for item in items(content))


def server_name(batch: Batch, row: int) -> str | None:
    """The name of the server that a client asks for, cut at 255 bytes; invalid UTF-8 is replaced."""
    start, length = cell(batch, row, "sni_offset"), min(cell(batch, row, "sni_length"), lib.HG_MOST_SNI)
    name = bytes(ffi.buffer(batch.native.texts + start, length)) if length else b""
    return name.decode("utf-8", "replace") or None


def user_agent(batch: Batch, row: int) -> str | None:
    """The user agent among QUIC's transport parameters, cut at 128 bytes; invalid UTF-8 is replaced."""
    length = min(cell(batch, row, "quic_user_agent_length"), lib.HG_MOST_USER_AGENT)
    start = cell(batch, row, "quic_user_agent_offset")
    agent = bytes(ffi.buffer(batch.native.texts + start, length)) if length else b""
    return agent.decode("utf-8", "replace") or None


def quic_version(batch: Batch, row: int) -> str | None:
    """The version of QUIC in words: "1", "2", "draft-29"; ``None`` over TCP and in DTLS."""
    number = cell(batch, row, "quic_version")
    if cell(batch, row, "transport") != lib.HG_TRANSPORT_QUIC:
        return None
    out = ffi.new("char[]", lib.HG_QUIC_VERSION_TEXT)
    lib.hg_quic_version_text(number, out)
    return ffi.string(out).decode("ascii")


def fingerprint(batch: Batch, row: int, column: str) -> str | None:
    """The JA4 in a column; ``None`` in SSL 2.0's format."""
    if cell(batch, row, "ssl2"):
        return None
    start, length = row * lib.HG_JA4_LENGTH, lib.HG_JA4_LENGTH
    return bytes(getattr(batch.cells, column)[start : start + length]).decode("ascii")


def ja3(batch: Batch, row: int) -> str | None:
    """MD5 of the text of JA3 (of a server: JA3S), in hex."""
    from hashlib import md5

    found = text(batch, row, lib.HG_HELLO_JA3_TEXT)
    return None if found is None else md5(found.encode("ascii"), usedforsecurity=False).hexdigest()


def verdict(batch: Batch, row: int) -> tuple[str, str]:
    """The verdict of a ClientHello or a request, and its reason; what is no UTF-8 in names is replaced."""
    found, length, error = ffi.new("hg_verdict *"), ffi.new("size_t *"), ffi.new("hg_error *")
    why = _allocate("char[]", lib.HG_WHY_BYTES)
    database = ffi.NULL if batch.database is None else batch.database.handle
    check(lib.hg_row_verdict(batch.native, database, row, found, why, lib.HG_WHY_BYTES, length, error), error)
    text = bytes(ffi.buffer(why, length[0])).decode("utf-8", "replace")
    return ffi.string(lib.hg_verdict_name(found[0])).decode("ascii"), text


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
    return _named(lib.hg_tls_version_name, number)


def is_old_version(number: int) -> bool:
    """Whether a version is before TLS 1.2 or DTLS 1.2, which RFC 8996 forbids."""
    if number >> 8 == DTLS_MAJOR:
        return number > DTLS_1_2  # they count downwards
    return 0 < number < TLS_1_2


def group_name(number: int) -> str:
    """A group for the key exchange, the same way."""
    return _named(lib.hg_tls_group_name, number)


def cipher_name(number: int) -> str:
    """A cipher suite, the same way."""
    return _named(lib.hg_tls_cipher_name, number, "TLS_")


def _named(name_of: Callable[[int], CData], number: int, prefix: str = "") -> str:
    name = name_of(number)
    return f"0x{number:04x}" if name == ffi.NULL else prefix + ffi.string(name).decode("ascii")
