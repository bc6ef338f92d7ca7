"""The option layout of a signature as terms of a filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from huginn_cffi.applications.authors.bpf_access import (
    TCP_HEADER,
    Position,
    TcpHeader,
    hex_of,
    some,
    word_terms,
)
from sigcompiler.model import TcpSignature
from sigcompiler.unmatchable import MAX_CLEAN_SCALE
from sigcompiler.vocabulary import Direction, OptionKind, Quirk

SIZED = {OptionKind.MSS: 4, OptionKind.WS: 3, OptionKind.SOK: 2, OptionKind.TS: 10}
"""Options that always have the same size, and say it in their second byte."""

_BOUNDS: dict[int, tuple[int, int]] = {OptionKind.SACK: (10, 34)}
_OTHER_BOUNDS = (2, 40)
"""The smallest and the largest length that an option may claim."""


@dataclass(slots=True)
class OptionLayout:
    """The places of a signature's options in a matching packet, and the conditions to test.

    `end` is where the options end; in a malformed layout (quirk ``bad``), where the last of them begins,
    since it may be malformed in any way.
    """

    header: TcpHeader
    signature: TcpSignature
    end: Position = field(default_factory=lambda: Position(TCP_HEADER))
    places: dict[int, list[Position]] = field(default_factory=dict)
    """The places of options, by kind."""
    _known: dict[int, int] = field(default_factory=dict)
    _terms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        options = self.signature.options
        for number, kind in enumerate(options):
            last = number == len(options) - 1
            if self.malformed and last:
                self._ask(self.end, kind)
                return
            self._add(kind)

    @property
    def malformed(self) -> bool:
        """Whether the options are to be malformed in some way."""
        return bool(self.signature.quirks & Quirk.BAD)

    @property
    def header_bytes(self) -> str:
        """The length of the TCP header, as the header says it."""
        return str(self.end.offset) if self.fixed else f"(({self.header.at(12)} & 0xf0) >> 2)"

    @property
    def fixed(self) -> bool:
        """Whether the TCP header has the same length in all packets."""
        return self.end.fixed and not self.malformed

    def terms(self) -> Iterator[str]:
        """All terms: kinds and lengths, values, and where the options end."""
        self._values()
        yield from word_terms(self.header, self._known)
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
        elif kind in SIZED:
            size = SIZED[OptionKind(kind)]
            if not self.malformed:
                self._ask(self.end.after(1), size)
            self.end = self.end.after(size)
        else:
            self._add_variable(kind)

    def _add_variable(self, kind: int) -> None:
        length = self.header.byte(self.end.after(1))
        least, most = _BOUNDS.get(kind, _OTHER_BOUNDS)
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
        """The byte at `position` has this value."""
        if position.fixed:
            self._known[position.offset] = value
        else:
            self._terms.append(f"{self.header.byte(position)} = {hex_of(value, 1)}")

    def _values(self) -> None:
        """What MSS, scale and timestamps are asked to be."""
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
        """One of the options is odd where the quirk is wanted, none where it is not."""
        values = [self.header.byte(place.after(skipped), size) for place in places]
        if not values:
            return
        if wanted:
            self._terms.append(some(f"{value} {odd}" for value in values))
        else:
            self._terms += [f"{value} {usual}" for value in values]
