"""Bytes of a packet in libpcap's language: where a header lies, and terms about its bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

IPV4_HEADER, IPV6_HEADER = 20, 40
TCP_HEADER = 20

_WORD = 4


class Position(NamedTuple):
    """A place within the TCP header: a number of bytes, and lengths that depend on the packet."""

    offset: int
    lengths: tuple[str, ...] = ()

    def after(self, count: int, *lengths: str) -> Position:
        """`count` bytes further, and as many more as `lengths` say."""
        return Position(self.offset + count, self.lengths + lengths)

    @property
    def fixed(self) -> bool:
        """Whether it is the same in every packet."""
        return not self.lengths

    def text(self, base: int = 0) -> str:
        """The number of bytes, `base` more."""
        return " + ".join((str(self.offset + base), *self.lengths))


@dataclass(frozen=True, slots=True)
class TcpHeader:
    """Where the TCP header lies: after this number of bytes of IP header, and an extension header of IPv6.

    Its bytes are asked for by way of ``ip`` and ``ip6``. ``tcp[...]`` knows IPv4 alone, and it finds
    the header by a register that libpcap's optimizer loses in terms that multiply (1.10.3: ``tcp[14:2]
    = 44 * tcp[22:2] or (tcp[14:2] = 64240 and tcp[14:2] % tcp[22:2] != 0)`` is compiled wrongly).
    `extension` is the length of the extension header, as an expression; empty where there is none.
    """

    version: int
    ip_bytes: int
    extension: str = ""

    def byte(self, position: Position, size: int = 1) -> str:
        """The `size` bytes (1, 2 or 4) there, as a number."""
        width = "" if size == 1 else f":{size}"
        lengths = (self.extension, *position.lengths) if self.extension else position.lengths
        place = Position(position.offset, lengths).text(self.ip_bytes)
        return f"{'ip' if self.version == 4 else 'ip6'}[{place}{width}]"

    def at(self, offset: int, size: int = 1) -> str:
        """The bytes at a fixed offset."""
        return self.byte(Position(offset), size)


def word_terms(header: TcpHeader, known: Mapping[int, int]) -> Iterator[str]:
    """Terms for bytes at fixed offsets whose values are `known`, in loads of 1, 2 and 4 bytes."""
    words = sorted({offset // _WORD for offset in known})
    for word in words:
        own = {offset: known[offset] for offset in range(_WORD * word, _WORD * (word + 1)) if offset in known}
        yield from _terms_of_word(header, own)


def _terms_of_word(header: TcpHeader, own: Mapping[int, int]) -> Iterator[str]:
    """Runs of two bytes at even offsets are loaded together, whole words as a whole."""
    first = min(own) // _WORD * _WORD
    if len(own) == _WORD:
        yield _equal(header, first, [own[offset] for offset in sorted(own)])
        return
    for half in (first, first + 2):
        pair = [offset for offset in (half, half + 1) if offset in own]
        if pair:
            yield _equal(header, pair[0], [own[offset] for offset in pair])


def _equal(header: TcpHeader, offset: int, values: list[int]) -> str:
    number = int.from_bytes(bytes(values), "big")
    return f"{header.at(offset, len(values))} = {hex_of(number, len(values))}"


def hex_of(number: int, size: int) -> str:
    """A number in hex, with all digits of `size` bytes."""
    return f"0x{number:0{2 * size}x}"


def every(terms: Iterable[str]) -> str:
    """All of the terms."""
    return " and ".join(terms)


def some(terms: Iterable[str]) -> str:
    """One of the terms at least, each of which may be a conjunction."""
    found = list(dict.fromkeys(terms))
    bracketed = (f"({term})" if " and " in term else term for term in found)
    return found[0] if len(found) == 1 else f"({' or '.join(bracketed)})"
