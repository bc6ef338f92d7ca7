"""Generalises packets to signatures: chooses fixed fields, multiples and wildcards.

Fields that are equal in every SYN of a system stay fixed: options, quirks, the initial TTL. Fields that
depend on the link are generalised: the distance, the MSS, and the window if it is a multiple of the MSS. The
scale and the payload become wildcards only if packets differ in them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeVar

from huginn_cffi.explain.fields import PacketFields
from huginn_workbench.formatting import format_tcp
from huginn_workbench.learning.counting import Count
from huginn_workbench.learning.sightings import PacketMember
from sigcompiler.model import LabelLine, Place, Section, TcpSignature, Window
from sigcompiler.vocabulary import (
    IPV4_ONLY_QUIRKS,
    IPV6_ONLY_QUIRKS,
    MAX_DISTANCE,
    Direction,
    OptionKind,
    PayloadClass,
    Quirk,
    WindowKind,
)

Key = TypeVar("Key", bound=Hashable)

MOST_WINDOWS = 12
"""Limit of different windows of otherwise equal packets that get one line each, enough for the multiples of
a rule like Linux's between MTU 1280 and 1500. With more windows, the window becomes a wildcard."""

MOST_TIMES = 1000
"""The largest N of ``mss*N`` in a signature."""

LEAST_ROUND = 256
"""Windows of at least this size that are a power of two, or one less, count as constants."""

NOWHERE = Place("the new line", 0, 0)
"""The place of a line that is not in a file yet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A signature and the packets that it was made from. Its label, place and text are set later."""

    signature: TcpSignature
    members: list[PacketMember]

    @property
    def tally(self) -> Count:
        """The count of all members together."""
        total = Count()
        for member in self.members:
            total.merge(member)
        return total

    @property
    def rank(self) -> tuple[int, int]:
        """A sort key: by hosts, then packets, the most first."""
        # A sorted list takes a quarter of the memory of a set.
        senders = sorted(sender for member in self.members for sender in member.senders)
        return -sum(1 for _ in groupby(senders)), -sum(member.packets for member in self.members)

    @property
    def text(self) -> str:
        """The value of its ``sig`` line."""
        return format_tcp(self.signature)


def initial_ttl(ttl: int) -> int:
    """The likely initial TTL for a received TTL."""
    return next(initial for initial in (32, 64, 128, 255) if ttl <= initial)


def is_near(seen: PacketFields) -> bool:
    """Whether the TTL is near an initial TTL; otherwise the distance would exceed any real one."""
    return initial_ttl(seen.ttl) - seen.ttl <= MAX_DISTANCE


def candidates(members: Sequence[PacketMember]) -> list[Candidate]:
    """Signatures for the packets of one system, those with the most hosts first."""
    found: list[Candidate] = []
    for own in _parted(members, _skeleton).values():
        found += _with_windows(own)
    merged = _merged_versions(found)
    return sorted(merged, key=lambda one: (one.rank, one.text))


def narrowed(candidate: Candidate) -> list[Candidate]:
    """Signatures for the same packets, one step narrower; empty if no step is left."""
    one = candidate.signature

    def with_window(seen: PacketFields) -> TcpSignature:
        return replace(one, mss=seen.mss, window=Window(WindowKind.LITERAL, seen.window))

    def with_version(seen: PacketFields) -> TcpSignature:
        return replace(one, version=seen.version, quirks=one.quirks_for(seen.version))

    steps: tuple[tuple[bool, Callable[[PacketFields], TcpSignature]], ...] = (
        (one.payload == PayloadClass.ANY, lambda seen: replace(one, payload=PayloadClass(seen.payload))),
        (one.wscale is None, lambda seen: replace(one, wscale=seen.wscale)),
        (one.version is None, with_version),
        (one.mss is None, with_window),
    )
    step = next((step for is_general, step in steps if is_general), None)
    if step is None:
        return []
    parts = _parted(candidate.members, lambda member: step(member.shown.seen))
    return [Candidate(signature, own) for signature, own in parts.items()]


def wildcards(signature: TcpSignature) -> int:
    """How wide a signature is: the weighted number of its wildcards. Narrow ones come first."""
    windows = {WindowKind.ANY: 3, WindowKind.MODULO: 2, WindowKind.MSS: 1, WindowKind.MTU: 1}
    wild = (signature.mss is None) + (signature.wscale is None) + (signature.version is None)
    return wild + windows.get(signature.window.kind, 0) + (signature.payload == PayloadClass.ANY)


def _parted(
    members: Iterable[PacketMember], key: Callable[[PacketMember], Key]
) -> dict[Key, list[PacketMember]]:
    parts: dict[Key, list[PacketMember]] = defaultdict(list)
    for member in members:
        parts[key(member)].append(member)
    return parts


def _skeleton(member: PacketMember) -> Hashable:
    direction, seen = member.shown
    layout = seen.olen, seen.options, seen.eol_pad
    return (direction, initial_ttl(seen.ttl), *layout, seen.version, seen.quirks)


def _with_windows(members: list[PacketMember]) -> list[Candidate]:
    """One candidate for each window of members with the same skeleton, or one for all if there are many."""
    window_of = _window_rule(members)
    parts = _parted(members, lambda member: window_of(member.shown.seen))
    if len(parts) > MOST_WINDOWS:
        parts = {Window(WindowKind.ANY, 0): members}
    return [Candidate(_general(own, window), own) for window, own in parts.items()]


def _window_rule(members: Iterable[PacketMember]) -> Callable[[PacketFields], Window]:
    """The notation of each packet's window, decided from all packets."""
    multiples: dict[int, tuple[int, int] | None] = {}  # None: several; sets would take ten times the memory
    values: dict[tuple[int, int], int | None] = {}
    for member in members:
        one = member.shown.seen
        multiple = one.window_kind, one.window_multiple
        if multiples.setdefault(one.window, multiple) != multiple:
            multiples[one.window] = None
        if values.setdefault(multiple, one.window) != one.window:
            values[multiple] = None

    def written(seen: PacketFields) -> Window:
        """The multiple, unless there is none, it is too large, or the window itself is the constant."""
        kind, times, window = seen.window_kind, seen.window_multiple, seen.window
        is_round = window >= LEAST_ROUND and (window & (window - 1) == 0 or window & (window + 1) == 0)
        is_chosen = is_round or multiples[window] is None
        is_chance = is_chosen and values[kind, times] is not None
        if kind == WindowKind.LITERAL or times > MOST_TIMES or is_chance:
            return Window(WindowKind.LITERAL, window)
        return Window(WindowKind(kind), times)

    return written


def _general(members: Sequence[PacketMember], window: Window) -> TcpSignature:
    one = members[0].shown.seen
    varying = {(seen.wscale, seen.payload) for seen in (member.shown.seen for member in members)}
    scales, payloads = ({pair[at] for pair in varying} for at in (0, 1))
    response = members[0].shown.direction == "response"
    return TcpSignature(
        place=NOWHERE,
        label=LabelLine(NOWHERE, Section.TCP_RESPONSE if response else Section.TCP_REQUEST, ""),
        direction=Direction.RESPONSE if response else Direction.REQUEST,
        version=one.version,
        ittl=initial_ttl(one.ttl),
        unreliable_ttl=False,
        olen=one.olen,
        mss=None if OptionKind.MSS in one.options else 0,
        window=window,
        wscale=one.wscale if len(scales) == 1 else None,
        options=tuple(one.options),
        eol_pad=one.eol_pad,
        quirks=Quirk(one.quirks),
        payload=PayloadClass(one.payload) if len(payloads) == 1 else PayloadClass.ANY,
        text="",
    )


def _merged_versions(found: Sequence[Candidate]) -> list[Candidate]:
    """One line for IPv4 and IPv6 if both were seen and only version-specific quirks differ."""
    parts: dict[Hashable, dict[int, list[Candidate]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        shared = one.signature.quirks & ~(IPV4_ONLY_QUIRKS | IPV6_ONLY_QUIRKS)
        key = replace(one.signature, version=None, quirks=shared)
        parts[key][one.signature.version or 0].append(one)
    merged: list[Candidate] = []
    for sides in parts.values():
        merged += _pairs(sides[4], sides[6])
    return merged


def _pairs(fours: list[Candidate], sixes: list[Candidate]) -> list[Candidate]:
    """Merge the most common candidate of each version into one; the rest stay unchanged."""
    if not (fours and sixes):
        return fours + sixes
    four, six = (min(side, key=lambda one: one.rank[0]) for side in (fours, sixes))
    quirks = four.signature.quirks | six.signature.quirks
    both = replace(four.signature, version=None, quirks=quirks)
    rest = [one for one in fours + sixes if one is not four and one is not six]
    return [Candidate(both, four.members + six.members), *rest]
