"""Option layouts as byte templates: one comparison recognises a whole, well-formed layout.

A template stands for a layout at the one length it has on the wire. Kinds and lengths are
masked in, values out, so a packet that fits *has* the layout: anything malformed fails every
template and goes to the byte parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sigcompiler.cold import Record
from sigcompiler.layout import (
    NO_INDEX,
    TEMPLATE_BYTES,
    TEMPLATE_MULTIPLIERS,
    TEMPLATE_PROBES,
    TEMPLATE_WORDS,
)
from sigcompiler.vocabulary import OptionKind

_WORD_MASK = (1 << 64) - 1
_LENGTHS = TEMPLATE_BYTES // 4 + 1

Layout = tuple[tuple[int, ...], int]
"""Option kinds and the bytes after an EOL."""

_FIXED: dict[int, tuple[bytes, int]] = {
    OptionKind.NOP: (b"\1", 0),
    OptionKind.MSS: (b"\2\4", 2),
    OptionKind.WS: (b"\3\3", 1),
    OptionKind.SOK: (b"\4\2", 0),
    OptionKind.TS: (b"\x08\x0a", 8),
}
"""Bytes that are always the same, and the number of bytes of value behind them."""

_VALUED = (OptionKind.MSS, OptionKind.WS, OptionKind.TS)
"""Options whose value is read; a layout that repeats one has no template."""


@dataclass(frozen=True, slots=True)
class Template:
    """One layout as bytes from the start of the options."""

    layout: int
    value: bytes
    mask: bytes
    pad: bytes
    places: dict[int, int]

    @property
    def record(self) -> Record:
        """The record of the section ``templates``. Masks are 0 for options that are not there."""

        def place(kind: OptionKind) -> int:
            return TEMPLATE_BYTES - len(self.value) + self.places[kind] if kind in self.places else 0

        return (
            *words(self.value),
            *words(self.mask),
            *words(self.pad),
            self.layout,
            0xFFFFFFFF * (OptionKind.TS in self.places),
            0xFFFF * (OptionKind.MSS in self.places),
            0xFF * (OptionKind.WS in self.places),
            place(OptionKind.MSS),
            place(OptionKind.WS),
            place(OptionKind.TS),
            0,
            0,
        )


class _Slots(NamedTuple):
    mask: tuple[int, ...]
    slots: list[int]


class TemplateRecords:
    """The sections ``templates``, ``template_lengths`` and ``template_slots``."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        by_length: list[list[Template]] = [[] for _ in range(_LENGTHS)]
        for number, (options, pad) in enumerate(layouts):
            template = template_of(number, options, pad)
            if template is not None:
                by_length[len(template.value) // 4].append(template)
        self.templates: list[Record] = []
        self.lengths: list[Record] = []
        self.slots: list[Record] = []
        for templates in by_length:
            placed = _place(templates, len(self.templates))
            self.templates += [template.record for template in templates]
            self.lengths.append((*placed.mask, len(self.slots), len(placed.slots) - 1))
            self.slots += [(slot,) for slot in placed.slots]


def template_of(number: int, options: tuple[int, ...], eol_pad: int) -> Template | None:
    """The template of a layout; None where lengths vary, an option repeats, or it cannot be sent."""
    value, mask, pad = bytearray(), bytearray(), bytearray()
    places: dict[int, int] = {}
    for kind, fixed, free in _pieces(options, eol_pad):
        if fixed is None or kind in places:
            return None
        if kind in _VALUED:
            places[kind] = len(value) + len(fixed)
        value += fixed + bytes(free)
        mask += b"\xff" * len(fixed) + bytes(free)
        pad += bytes(len(fixed)) + (b"\xff" if fixed == b"\0" else b"\0") * free
    if len(value) % 4 or len(value) > TEMPLATE_BYTES:
        return None
    return Template(number, bytes(value), bytes(mask), bytes(pad), places)


def _pieces(options: tuple[int, ...], eol_pad: int) -> Iterator[tuple[int, bytes | None, int]]:
    for kind in options:
        if kind == OptionKind.EOL:
            yield kind, b"\0", eol_pad
        else:
            yield kind, *_FIXED.get(kind, (None, 0))


def words(area: bytes) -> tuple[int, ...]:
    """`area` as the words of the window that ends with it."""
    aligned = area.rjust(TEMPLATE_BYTES, b"\0")
    return tuple(int.from_bytes(aligned[at : at + 8], "little") for at in range(0, TEMPLATE_BYTES, 8))


def slot_hash(area: Sequence[int], mask: Sequence[int]) -> int:
    """32 hash bits of the words of an option area, as far as `mask` lets them through."""
    total = sum((area[i] & mask[i]) * TEMPLATE_MULTIPLIERS[i] for i in range(TEMPLATE_WORDS))
    return (total & _WORD_MASK) >> 32


def _place(templates: Sequence[Template], first_number: int) -> _Slots:
    """Slots of the templates of one length, under the mask that all of them share."""
    mask = [_WORD_MASK if templates else 0] * TEMPLATE_WORDS
    for template in templates:
        mask = [mine & other for mine, other in zip(mask, words(template.mask), strict=True)]
    size = 8
    while size < 8 * len(templates):
        size *= 2
    slots = [NO_INDEX] * size
    for offset, template in enumerate(templates):
        start = slot_hash(words(template.value), mask)
        for probe in range(TEMPLATE_PROBES):
            slot = (start + probe) & (size - 1)
            if slots[slot] == NO_INDEX:
                slots[slot] = first_number + offset
                break
    return _Slots(tuple(mask), slots)
