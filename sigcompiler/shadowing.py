"""Finds an earlier TCP signature that exactly matches every packet that a given signature matches.

A packet matches exactly only within one group of signatures: same direction, IP version, option
layout, bytes after eol, olen, and quirks that the IP version can show. The other fields may be
wildcards. A group has one dictionary, in which all equal and wider values are looked up, so the cost
of a look-up does not grow with the number of signatures, and no signature is missed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeAlias

from sigcompiler.model import TcpSignature
from sigcompiler.vocabulary import MAX_DISTANCE, OptionKind, PayloadClass, Quirk, WindowKind

NEAR = 5
"""If an earlier initial TTL is higher by at most this, only packets from beyond 30 hops remain."""

_MIN_MSS = 100
"""With a smaller MSS, a window is never expressed as a multiple."""

_EVERY_MODULUS = 0
"""The modulus under which all ``%N`` are found for the window 0, a multiple of every number."""

_Values: TypeAlias = "tuple[int | None, int | None, int | None]"
_Key: TypeAlias = "tuple[int | None, int | None, int | None, WindowKind, int]"


class ShadowEntry(NamedTuple):
    """A signature, and its number in file order."""

    number: int
    signature: TcpSignature

    @property
    def values(self) -> _Values:
        """MSS, scale and payload; ``None`` is a wildcard."""
        one = self.signature
        return one.mss, one.wscale, None if one.payload == PayloadClass.ANY else one.payload

    @property
    def ittl(self) -> int:
        """The initial TTL."""
        return self.signature.ittl

    @property
    def down_to_zero(self) -> bool:
        """Whether every TTL below ``ittl`` matches exactly."""
        return self.signature.unreliable_ttl or self.ittl <= MAX_DISTANCE


@dataclass(slots=True)
class _Ttls:
    """Signatures that differ only in their TTLs: the highest one that reaches down to 0, and the others."""

    widest: ShadowEntry | None = None
    exact: dict[int, ShadowEntry] = field(default_factory=dict)

    def add(self, entry: ShadowEntry) -> None:
        if not entry.down_to_zero:
            self.exact.setdefault(entry.ittl, entry)
        elif self.widest is None or self.widest.ittl < entry.ittl:
            self.widest = entry

    def covering(self, entry: ShadowEntry) -> ShadowEntry | None:
        if self.widest is not None and self.widest.ittl >= entry.ittl:
            return self.widest
        return None if entry.down_to_zero else self.exact.get(entry.ittl)

    def near(self, entry: ShadowEntry) -> ShadowEntry | None:
        """Find a signature that leaves only packets from very far away to ``entry``."""
        if entry.down_to_zero or (len(self.exact) == 1 and entry.ittl in self.exact):
            return None
        higher = range(entry.ittl + 1, entry.ittl + 1 + NEAR)
        return next((self.exact[ittl] for ittl in higher if ittl in self.exact), None)


@dataclass(slots=True)
class Index:
    """The signatures of one group, by their values and their windows."""

    _kinds: set[WindowKind] = field(default_factory=set)
    _table: dict[_Key, _Ttls] = field(default_factory=dict)

    def add(self, entry: ShadowEntry) -> None:
        """Add a signature."""
        kind, value = entry.signature.window.kind, entry.signature.window.value
        self._kinds.add(kind)
        for one in (value, _EVERY_MODULUS) if kind == WindowKind.MODULO else (value,):
            self._table.setdefault((*entry.values, kind, one), _Ttls()).add(entry)

    def covering(self, entry: ShadowEntry, version: int) -> tuple[ShadowEntry | None, ShadowEntry | None]:
        """Find the first signature that covers ``entry`` for IP ``version``.

        The second result covers it except for packets from very far away; it is searched only if
        there is no first result.
        """
        candidates = self._candidates(entry, version)
        found = _first([ttls.covering(entry) for ttls in candidates])
        if found is not None or not candidates:
            return found, None
        return None, _first([ttls.near(entry) for ttls in candidates])

    def _candidates(self, entry: ShadowEntry, version: int) -> list[_Ttls]:
        """List the signatures that are equal or wider in all fields except the TTL."""
        windows = _covering_windows(entry.signature, version)
        known = [(kind, value) for kind in windows.keys() & self._kinds for value in windows[kind]]
        wider = product(*({value, None} for value in entry.values))
        keys = ((*values, *window) for values in wider for window in known)
        return [self._table[key] for key in keys if key in self._table]


def _first(candidates: list[ShadowEntry | None]) -> ShadowEntry | None:
    entries = [entry for entry in candidates if entry is not None]
    return min(entries, key=lambda entry: entry.number) if entries else None


@dataclass(slots=True)
class Group:
    """Signatures that can match the same packets exactly."""

    specific: Index = field(default_factory=Index)
    generic: Index = field(default_factory=Index)


@dataclass(slots=True)
class Groups:
    """All groups. A signature for either IP version belongs to two of them."""

    _groups: dict[tuple[object, ...], Group] = field(default_factory=lambda: defaultdict(Group))

    def of(self, signature: TcpSignature) -> list[tuple[int, Group]]:
        """List the IP versions under which packets can match the signature, with their groups."""
        one, found = signature, []
        for version in (4, 6) if one.version is None else (one.version,):
            if version == 4 or not one.olen:
                key = (one.direction, version, one.olen, one.options, one.eol_pad, one.quirks_for(version))
                found.append((version, self._groups[key]))
        return found


def _covering_windows(signature: TcpSignature, version: int) -> dict[WindowKind, tuple[int, ...]]:
    """List, by kind, the windows that certainly cover the signature's window."""
    kind, value = signature.window.kind, signature.window.value
    windows: dict[WindowKind, tuple[int, ...]] = {WindowKind.ANY: (0,), kind: (value,)}
    if kind in (WindowKind.LITERAL, WindowKind.MODULO):
        windows[WindowKind.MODULO] = divisors(value) if value else (_EVERY_MODULUS,)
    if kind == WindowKind.LITERAL and (multiple := certain_multiple(signature, version)) is not None:
        windows[multiple[0]] = (multiple[1],)
    return windows


@lru_cache(1 << 16)
def divisors(value: int) -> tuple[int, ...]:
    """List all divisors of ``value`` except 1."""
    small = [number for number in range(1, int(value**0.5) + 1) if value % number == 0]
    return tuple({*small, *(value // number for number in small)} - {1})


def certain_multiple(signature: TcpSignature, version: int) -> tuple[WindowKind, int] | None:
    """Return the multiple that is detected in every packet with the signature's literal window and MSS.

    Tries the divisors in the core's order as far as the signature determines them: the next one
    depends on the length of the headers, which no signature states.
    """
    window, mss = signature.window.value, signature.mss
    if not window or mss is None or mss < _MIN_MSS:
        return None
    divisible = [(WindowKind.MSS, mss)]
    own_timestamp = _certain_timestamp(signature)
    if own_timestamp is None and window % mss and window % (mss - 12) == 0:
        return None
    if own_timestamp:
        divisible.append((WindowKind.MSS, mss - 12))
    divisible += [(WindowKind.MSS, 1460), (WindowKind.MSS, 1448)]
    if version == 6:
        divisible += [(WindowKind.MSS, 1440), (WindowKind.MSS, 1428)]
    divisible.append((WindowKind.MTU, mss + 40))
    for kind, divisor in divisible:
        if window % divisor == 0:
            return kind, window // divisor
    return None


def _certain_timestamp(signature: TcpSignature) -> bool | None:
    """Return whether the sender's timestamp is non-zero; ``None`` if the signature leaves it open."""
    count = signature.options.count(OptionKind.TS)
    if not count:
        return False
    if signature.quirks & Quirk.BAD:
        return None  # the option may have been cut short
    if not signature.quirks & Quirk.TS1_MINUS:
        return True
    return False if count == 1 else None
