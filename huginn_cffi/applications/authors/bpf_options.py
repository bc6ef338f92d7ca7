"""Translates the option layout of a signature into filter terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sigcompiler.model import TcpSignature
from sigcompiler.unmatchable import MAX_CLEAN_SCALE
from sigcompiler.vocabulary import Direction, OptionKind, Quirk

IPV4_HEADER, IPV6_HEADER = 20, 40
TCP_HEADER = 20


class Position(NamedTuple):
    """An offset within the TCP header: a number of bytes plus lengths that depend on the packet."""

    offset: int
    lengths: tuple[str, ...] = ()

    def after(self, count: int, *lengths: str) -> Position:
        """The offset after `count` more bytes and the bytes of `lengths`."""
        return Position(self.offset + count, self.lengths + lengths)

    @property
    def fixed(self) -> bool:
        """Whether the offset is the same in every packet."""
        return not self.lengths

    def text(self, base: int = 0) -> str:
        """The offset plus `base` as an expression."""
        return " + ".join((str(self.offset + base), *self.lengths))


@dataclass(frozen=True, slots=True)
class TcpHeader:
    """The position of the TCP header: after `ip_bytes` of IP header and, if any, an IPv6 extension header.

    Filters address its bytes by ``ip`` and ``ip6``. ``tcp[...]`` supports only IPv4, and it finds the
    header with a register that libpcap's optimizer loses in terms with multiplication (1.10.3 compiles
    ``tcp[14:2] = 44 * tcp[22:2] or (tcp[14:2] = 64240 and tcp[14:2] % tcp[22:2] != 0)`` wrongly).
    `extension` is the length of the extension header as an expression; empty without one.
    """

    version: int
    ip_bytes: int
    extension: str = ""

    def byte(self, position: Position, size: int = 1) -> str:
        """The `size` bytes (1, 2 or 4) at a position as a number."""
        width = "" if size == 1 else f":{size}"
        lengths = (self.extension, *position.lengths) if self.extension else position.lengths
        place = Position(position.offset, lengths).text(self.ip_bytes)
        return f"{'ip' if self.version == 4 else 'ip6'}[{place}{width}]"

    def at(self, offset: int, size: int = 1) -> str:
        """The `size` bytes at a fixed offset as a number."""
        return self.byte(Position(offset), size)


def _word_terms(header: TcpHeader, known: Mapping[int, int]) -> Iterator[str]:
    """Terms that compare bytes at fixed offsets with the `known` values, in loads of 1, 2 and 4 bytes."""
    for first in sorted({offset // 4 * 4 for offset in known}):
        is_whole = all(offset in known for offset in range(first, first + 4))
        for start, size in ((first, 4),) if is_whole else ((first, 2), (first + 2, 2)):
            if own := [offset for offset in range(start, start + size) if offset in known]:
                number = int.from_bytes(bytes(known[offset] for offset in own), "big")
                yield f"{header.at(own[0], len(own))} = {hex_of(number, len(own))}"


def hex_of(number: int, size: int) -> str:
    """A number in hex, with all digits of `size` bytes."""
    return f"0x{number:0{2 * size}x}"


def every(terms: Iterable[str]) -> str:
    """The conjunction of the terms."""
    return " and ".join(terms)


def some(terms: Iterable[str]) -> str:
    """The disjunction of the terms, each of which may be a conjunction."""
    found = list(dict.fromkeys(terms))
    bracketed = (f"({term})" if " and " in term else term for term in found)
    return found[0] if len(found) == 1 else f"({' or '.join(bracketed)})"


_SIZED: dict[int, int] = {OptionKind.MSS: 4, OptionKind.WS: 3, OptionKind.SOK: 2, OptionKind.TS: 10}
"""Options with a fixed size, which their second byte states."""

_SACK_BOUNDS, _OTHER_BOUNDS = (10, 34), (2, 40)
"""The smallest and the largest length that a SACK option, or another one, may state."""


@dataclass(slots=True)
class OptionLayout:
    """The positions of a signature's options in a matching packet, and the conditions to test.

    `end` is the end of the options; in a malformed layout (quirk ``bad``) it is the start of the last
    option, which may be malformed in any way.
    """

    header: TcpHeader
    signature: TcpSignature
    end: Position = field(default_factory=lambda: Position(TCP_HEADER))
    places: dict[int, list[Position]] = field(default_factory=dict)
    """The positions of options, by kind."""
    _known: dict[int, int] = field(default_factory=dict)
    _terms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        options = self.signature.options
        for kind in options[:-1] if self.malformed else options:
            self._add(kind)
        if self.malformed and options:
            self._ask(self.end, options[-1])

    @property
    def malformed(self) -> bool:
        """Whether the signature requires malformed options."""
        return bool(self.signature.quirks & Quirk.BAD)

    @property
    def header_bytes(self) -> str:
        """The length of the TCP header: a number, or an expression that reads it from the header."""
        return str(self.end.offset) if self.fixed else f"(({self.header.at(12)} & 0xf0) >> 2)"

    @property
    def fixed(self) -> bool:
        """Whether the TCP header has the same length in all packets."""
        return self.end.fixed and not self.malformed

    def terms(self) -> Iterator[str]:
        """All terms: kinds and lengths, values, and the end of the options."""
        self._values()
        yield from _word_terms(self.header, self._known)
        yield from self._terms
        if self.malformed:
            yield f"{self.header_bytes} > {self.end.text()}" if self.signature.options else "1 = 1"
        elif not self.fixed:
            yield f"{self.header_bytes} = {self.end.text()}"

    def value(self, kind: OptionKind, skipped: int, size: int) -> str | None:
        """The value of the last option of a kind, `skipped` bytes after its start."""
        places = self.places.get(kind)
        return self.header.byte(places[-1].after(skipped), size) if places else None

    def _add(self, kind: int) -> None:
        self.places.setdefault(kind, []).append(self.end)
        self._ask(self.end, kind)
        if kind == OptionKind.EOL:
            self._add_padding()
        elif kind == OptionKind.NOP:
            self.end = self.end.after(1)
        elif size := _SIZED.get(kind):
            if not self.malformed:
                self._ask(self.end.after(1), size)
            self.end = self.end.after(size)
        else:
            length = self.header.byte(self.end.after(1))
            least, most = _SACK_BOUNDS if kind == OptionKind.SACK else _OTHER_BOUNDS
            self._terms += [f"{length} >= {least}", f"{length} <= {most}"]
            self.end = self.end.after(0, length)

    def _add_padding(self) -> None:
        start, pad = self.end.after(1), self.signature.eol_pad
        self.end = start.after(pad)
        if self.signature.quirks & Quirk.OPT_PLUS:
            self._terms.append(some(f"{self.header.byte(start.after(one))} != 0" for one in range(pad)))
        else:
            for one in range(pad):
                self._ask(start.after(one), 0)

    def _ask(self, position: Position, value: int) -> None:
        """Require this value of the byte at `position`."""
        if position.fixed:
            self._known[position.offset] = value
        else:
            self._terms.append(f"{self.header.byte(position)} = {hex_of(value, 1)}")

    def _values(self) -> None:
        signature, quirks = self.signature, self.signature.quirks
        if signature.mss is not None and OptionKind.MSS in self.places:
            for place, byte in enumerate(signature.mss.to_bytes(2, "big"), 2):
                self._ask(self.places[OptionKind.MSS][-1].after(place), byte)
        scales = self.places.get(OptionKind.WS, [])
        if signature.wscale is not None and scales:
            self._ask(scales[-1].after(2), signature.wscale)
        open_scales = scales[:-1] if signature.wscale is not None else scales
        if not (signature.wscale or 0) > MAX_CLEAN_SCALE:
            self._quirk(
                open_scales, 2, 1, f"> {MAX_CLEAN_SCALE}", f"<= {MAX_CLEAN_SCALE}", quirks & Quirk.EXWS
            )
        clocks = self.places.get(OptionKind.TS, [])
        self._quirk(clocks, 2, 4, "= 0", "!= 0", quirks & Quirk.TS1_MINUS)
        if signature.direction == Direction.REQUEST:
            self._quirk(clocks, 6, 4, "!= 0", "= 0", quirks & Quirk.TS2_PLUS)

    def _quirk(
        self, places: list[Position], skipped: int, size: int, odd: str, usual: str, wanted: Quirk
    ) -> None:
        """Require the odd value in at least one option if the signature has the quirk, otherwise in none."""
        values = [self.header.byte(place.after(skipped), size) for place in places]
        if not values:
            return
        if wanted:
            self._terms.append(some(f"{value} {odd}" for value in values))
        else:
            self._terms += [f"{value} {usual}" for value in values]
