"""The records that the core visits for every packet: bases, shapes, entries, members, ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from sigcompiler.model import TcpSignature, Window
from sigcompiler.table import layout
from sigcompiler.table.hashing import Words
from sigcompiler.table.layout import NO_INDEX, Record
from sigcompiler.vocabulary import (
    FUZZY_GAINED,
    FUZZY_LOST,
    MAX_DISTANCE,
    SOFT_QUIRKS,
    Direction,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)

MAX_TTL = 255
SOFT_COMBINATIONS = int(SOFT_QUIRKS) + 1


class GradeMember(NamedTuple):
    """A signature in a run of signatures with the same key."""

    priority: int
    soft: int
    ittl: int
    flags: int

    @property
    def exact_grade(self) -> int:
        """The grade of an exact fit."""
        kind = layout.GRADE_GENERIC if self.flags & layout.MEMBER_GENERIC else layout.GRADE_SPECIFIC
        return kind << layout.GRADE_SHIFT | self.priority

    @property
    def fuzzy_grade(self) -> int:
        """The grade of a fuzzy fit; fuzzy fits never name userland tools."""
        if self.flags & layout.MEMBER_USERLAND:
            return NO_INDEX
        return layout.GRADE_FUZZY << layout.GRADE_SHIFT | self.priority

    def spans(self, soft: int) -> Iterable[tuple[int, int, int]]:
        """Grade, first TTL and last TTL, for packets with these soft quirks."""
        unreliable, exact = self.flags & layout.MEMBER_UNRELIABLE_TTL, self.flags & layout.MEMBER_EXACT_TTL
        nearest = 0 if unreliable else max(0, self.ittl - MAX_DISTANCE)
        if soft == self.soft:
            yield self.exact_grade, nearest, self.ittl
            yield self.fuzzy_grade, 0, -1 if unreliable or exact else MAX_TTL
        elif not (self.soft & ~soft & ~int(FUZZY_LOST) or soft & ~self.soft & ~int(FUZZY_GAINED)):
            yield self.fuzzy_grade, nearest if exact else 0, self.ittl if unreliable or exact else MAX_TTL


def resolve(members: Iterable[GradeMember], soft: int) -> list[tuple[int, int]]:
    """For packets with these soft quirks: (last TTL, grade) of each interval, covering 0 to 255."""
    best = [NO_INDEX] * (MAX_TTL + 1)
    spans = sorted(span for member in members for span in member.spans(soft) if span[0] != NO_INDEX)
    unset = len(best)
    for grade, first, last in spans:
        if unset == 0:
            break
        for ttl in range(first, last + 1):
            if best[ttl] == NO_INDEX:
                best[ttl] = grade
                unset -= 1
    ends = [ttl for ttl in range(MAX_TTL) if best[ttl] != best[ttl + 1]] + [MAX_TTL]
    return [(ttl, best[ttl]) for ttl in ends]


MAX_RUN = 8
"""Longest run of members that the core visits; longer runs are resolved to ranges."""

MAX_MODULI = 32
"""Limit of different ``%N`` under one base; beyond it, the larger ones are expanded to windows."""
LARGE_MODULUS = 512
"""A modulus of at least this has at most 128 windows, so expanding it is cheap. There are only 510
smaller ones, which limits the divisions per packet for any file."""

SOFT_BITS = int(SOFT_QUIRKS).bit_length()
MAX_WINDOW = 0xFFFF


class Shape(NamedTuple):
    """The fields of an entry key that count. ``modulus`` is N for ``%N``, else 0."""

    mss_counts: bool
    wscale_counts: bool
    window_kind: WindowKind
    modulus: int

    @property
    def key_mask(self) -> int:
        """The bits of an entry key that count, without the shape's number."""
        windows = self.window_kind in (WindowKind.LITERAL, WindowKind.MSS, WindowKind.MTU)
        return (
            (0xFFFF << layout.ENTRY_MSS_SHIFT) * self.mss_counts
            | (0xFFFF << layout.ENTRY_WINDOW_SHIFT) * windows
            | 0xFF * self.wscale_counts
        )


Members: TypeAlias = "defaultdict[Shape, defaultdict[int, list[GradeMember]]]"
"""The members of one base by shape and values."""


def _no_members() -> Members:
    return defaultdict(lambda: defaultdict(list))


class WalkRecords:
    """The sections in which the core looks up handshakes. ``bases`` and ``entries`` are not hashed yet."""

    def __init__(
        self, signatures: Sequence[TcpSignature], layouts: dict[tuple[tuple[int, ...], int], int]
    ) -> None:
        self.bases: dict[Words, Record] = {}
        self.shapes: list[Record] = []
        self.entries: dict[Words, Record] = {}
        self.members: list[Record] = []
        self.ranges: list[Record] = []
        self.intervals: list[Record] = []
        bases: dict[int, Members] = defaultdict(_no_members)
        for priority, signature in enumerate(signatures):
            number = layouts[signature.options, signature.eol_pad]
            for base, shape, values, member in _places(signature, priority, number):
                bases[base][shape][values].append(member)
        for key, members in bases.items():
            self._add_base(key, members)

    def _add_base(self, key: int, base: Members) -> None:
        _spell_out_large_moduli(base)
        best = {
            shape: min(member.exact_grade for run in runs.values() for member in run)
            for shape, runs in base.items()
        }
        order = sorted(base, key=lambda shape: (best[shape], shape))
        self.bases[(key,)] = (key, len(self.shapes), len(order))
        for shape in order:
            number = len(self.shapes)
            self.shapes.append((shape.key_mask, best[shape], shape.modulus, int(shape.window_kind), 0))
            for values, run in base[shape].items():
                self._add_entry(number << layout.ENTRY_SHAPE_SHIFT | values, run)

    def _add_entry(self, key: int, run: list[GradeMember]) -> None:
        members = _without_repeats(run)
        if len(members) == 1:
            (one,) = members
            self.entries[(key,)] = (key, *one, layout.ENTRY_SINGLE)
        elif len(members) <= MAX_RUN:
            self.entries[(key,)] = (key, len(self.members), 0, 0, 0, layout.ENTRY_GROUP)
            last = members.pop()
            members.append(last._replace(flags=last.flags | layout.MEMBER_LAST))
            self.members += [(*member, 0) for member in members]
        else:
            self.entries[(key,)] = (key, len(self.ranges), 0, 0, 0, layout.ENTRY_RANGES)
            for soft in range(SOFT_COMBINATIONS):
                intervals = resolve(members, soft)
                self.ranges.append((len(self.intervals), len(intervals)))
                self.intervals.extend(intervals)


def _places(
    signature: TcpSignature, priority: int, number: int
) -> Iterator[tuple[int, Shape, int, GradeMember]]:
    """Base, shape, values and member for each IP version and payload class; `number` is the layout's.

    Yields nothing for a signature that no packet can show (an MSS or a scale without its option).
    """
    mss = _known_without_option(signature.mss, OptionKind.MSS in signature.options)
    wscale = _known_without_option(signature.wscale, OptionKind.WS in signature.options)
    if mss == _IMPOSSIBLE or wscale == _IMPOSSIBLE:
        return
    shape, values = _shape_of(mss, wscale, signature.window)
    payloads = (0, 1) if signature.payload is PayloadClass.ANY else (int(signature.payload),)
    for version in (4, 6) if signature.version is None else (signature.version,):
        quirks = signature.quirks_for(version)
        member = _member(signature, priority, int(quirks & SOFT_QUIRKS))
        for payload in payloads:
            yield _base_key(signature, number, quirks, version, payload), shape, values, member


_IMPOSSIBLE = -1


def _known_without_option(value: int | None, has_option: bool) -> int | None:
    """The value to look up. Packets without the option have 0: a wildcard becomes 0, others never match."""
    if has_option:
        return value
    return _IMPOSSIBLE if value else 0


def _shape_of(mss: int | None, wscale: int | None, window: Window) -> tuple[Shape, int]:
    modulus = window.value if window.kind is WindowKind.MODULO else 0
    shape = Shape(mss is not None, wscale is not None, window.kind, modulus)
    values = (mss or 0) << layout.ENTRY_MSS_SHIFT | window.value << layout.ENTRY_WINDOW_SHIFT | (wscale or 0)
    return shape, values & shape.key_mask


def _member(signature: TcpSignature, priority: int, soft: int) -> GradeMember:
    flags = (
        layout.MEMBER_UNRELIABLE_TTL * signature.unreliable_ttl
        | layout.MEMBER_USERLAND * signature.label.userland
        | layout.MEMBER_GENERIC * signature.label.generic
        | layout.MEMBER_EXACT_TTL * signature.exact_ttl
    )
    return GradeMember(priority, soft, signature.ittl, flags)


def _base_key(signature: TcpSignature, number: int, quirks: Quirk, version: int, payload: int) -> int:
    return (
        number << layout.BASE_LAYOUT_SHIFT
        | int(quirks) >> SOFT_BITS << layout.BASE_QUIRKS_SHIFT
        | (signature.direction is Direction.RESPONSE) << layout.BASE_RESPONSE_SHIFT
        | (version == 6) << layout.BASE_V6_SHIFT
        | payload << layout.BASE_PAYLOAD_SHIFT
        | signature.olen
    )


def _without_repeats(run: Iterable[GradeMember]) -> list[GradeMember]:
    """The run without members that an equal, earlier member always beats."""
    first: dict[tuple[int, int, int], GradeMember] = {}
    for member in run:
        known = first.setdefault((member.soft, member.ittl, member.flags), member)
        if member.priority < known.priority:
            first[member.soft, member.ittl, member.flags] = member
    return sorted(first.values(), key=lambda member: member.exact_grade)


def _spell_out_large_moduli(base: Members) -> None:
    moduli = {shape.modulus for shape in base if shape.modulus}
    if len(moduli) <= MAX_MODULI:
        return
    for shape in [shape for shape in base if shape.modulus >= LARGE_MODULUS]:
        spelled = shape._replace(window_kind=WindowKind.LITERAL, modulus=0)
        for values, run in base.pop(shape).items():
            for window in range(0, MAX_WINDOW + 1, shape.modulus):
                base[spelled][values | window << layout.ENTRY_WINDOW_SHIFT] += run
