"""Option layouts as byte templates: one comparison recognises a whole, well-formed layout.

A template stands for a layout with one fixed length on the wire. Its mask covers kinds and
lengths but not values, so a packet that fits *has* the layout. Malformed options fail every
template and go to the byte parser. A tree over single bytes finds the one template to compare.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sigcompiler.table.layout import NO_INDEX, TEMPLATE_BRANCHES, TEMPLATE_BYTES, TEMPLATE_STEPS, Record
from sigcompiler.vocabulary import OptionKind

_LENGTHS = TEMPLATE_BYTES // 4 + 1

Layout = tuple[tuple[int, ...], int]
"""Option kinds and the number of bytes after an EOL."""

_FIXED: dict[int, tuple[bytes, int]] = {
    OptionKind.NOP: (b"\1", 0),
    OptionKind.MSS: (b"\2\4", 2),
    OptionKind.WS: (b"\3\3", 1),
    OptionKind.SOK: (b"\4\2", 0),
    OptionKind.TS: (b"\x08\x0a", 8),
}
"""The constant bytes of an option, and the number of value bytes after them."""

_VALUED = (OptionKind.MSS, OptionKind.WS, OptionKind.TS)
"""Options whose value the core reads; a layout that repeats one has no template."""


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
        """The record in the section ``templates``. Masks of missing options are 0."""

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


class TemplateRecords:
    """The sections ``templates``, ``template_roots``, ``template_nodes`` and ``template_ends``."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        by_length: list[list[Template]] = [[] for _ in range(_LENGTHS)]
        for number, (options, pad) in enumerate(layouts):
            template = template_of(number, options, pad)
            if template is not None:
                by_length[len(template.value) // 4].append(template)
        tree = _Tree([template for templates in by_length for template in templates])
        self.templates = [template.record for template in tree.templates]
        firsts = accumulate((len(templates) for templates in by_length), initial=0)
        groups = (
            range(first, first + len(templates)) for first, templates in zip(firsts, by_length, strict=False)
        )
        self.roots: list[Record] = [(tree.step_to(tuple(group), TEMPLATE_STEPS),) for group in groups]
        self.nodes: list[Record] = tree.nodes
        self.ends: list[Record] = [(end,) for end in tree.ends]


class _Tree:
    """A tree of nodes that inspect one byte each.

    A template that allows any value at this byte is in every branch. Nodes with the same
    candidates are merged.
    """

    def __init__(self, templates: Sequence[Template]) -> None:
        self.templates = templates
        self.nodes: list[Record] = []
        self.ends: list[int] = []
        self._bytes = [_window(template) for template in templates]
        self._links: dict[tuple[tuple[int, ...], int], int] = {}

    def step_to(self, candidates: tuple[int, ...], steps: int) -> int:
        """A step to the node that distinguishes the candidates within this number of steps."""
        done = steps == 0 or len(candidates) <= 1
        key = (candidates, 0 if done else steps)
        if key not in self._links:
            self._links[key] = self._end(candidates) if done else self._fork(candidates, steps)
        return self._links[key]

    def _end(self, candidates: tuple[int, ...]) -> int:
        """A node that leads back to itself, with the first candidate as its template."""
        step = len(self.nodes) * TEMPLATE_BYTES
        self.nodes.append((step,) * TEMPLATE_BRANCHES)
        self.ends.append(candidates[0] if candidates else NO_INDEX)
        return step

    def _fork(self, candidates: tuple[int, ...], steps: int) -> int:
        at = min(range(TEMPLATE_BYTES), key=lambda place: self._cost(candidates, place))
        number = len(self.nodes)
        self.nodes.append(())
        self.ends.append(NO_INDEX)
        self.nodes[number] = tuple(
            self.step_to(branch, steps - 1) for branch in self._branches(candidates, at)
        )
        return number * TEMPLATE_BYTES + at

    def _cost(self, candidates: tuple[int, ...], at: int) -> tuple[int, int]:
        """The size of the largest branch, then the sum of squares, which is larger for uneven branches."""
        sizes, in_all = [0] * TEMPLATE_BRANCHES, 0
        for number in candidates:
            byte = self._bytes[number][at]
            if byte is None:
                in_all += 1
            else:
                sizes[byte % TEMPLATE_BRANCHES] += 1
        return max(sizes) + in_all, sum((size + in_all) ** 2 for size in sizes)

    def _branches(self, candidates: tuple[int, ...], at: int) -> list[tuple[int, ...]]:
        branches: list[list[int]] = [[] for _ in range(TEMPLATE_BRANCHES)]
        for number in candidates:
            byte = self._bytes[number][at]
            for branch in branches if byte is None else (branches[byte % TEMPLATE_BRANCHES],):
                branch.append(number)
        return [tuple(branch) for branch in branches]


def _window(template: Template) -> list[int | None]:
    """Bytes of the window that ends with the options; None where any value fits."""
    before = [None] * (TEMPLATE_BYTES - len(template.value))
    fixed = zip(template.value, template.mask, strict=True)
    return [*before, *(value if mask else None for value, mask in fixed)]


def template_of(number: int, options: tuple[int, ...], eol_pad: int) -> Template | None:
    """The template of a layout; None if lengths vary, a valued option repeats, or the size does not fit."""
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
    """The words of the window that ends with `area`."""
    aligned = area.rjust(TEMPLATE_BYTES, b"\0")
    return tuple(int.from_bytes(aligned[at : at + 8], "little") for at in range(0, TEMPLATE_BYTES, 8))
