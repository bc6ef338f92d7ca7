"""A plain model of claims: versions are tuples of numbers, and nothing is encoded.

Labels are drawn as structures and written as text for the compiler, so that the model reads no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from hypothesis import strategies as st

Parts = tuple[int, ...]
"""A version; the empty one begins every version."""

STACKS = {
    **dict.fromkeys(("Linux", "Android", "gVisor"), "linux"),
    **dict.fromkeys(("Windows", "Xbox"), "windows"),
    **dict.fromkeys(("macOS", "iOS"), "apple"),
    **dict.fromkeys(("FreeBSD", "PlayStation 4"), "freebsd"),
    "embedded stack": None,
    "another stack": None,
}
"""Which systems share a stack, as docs/reference/database.md has it; None: not known."""

RELEASES = (
    *("95", "98", "NT", "2000", "ME", "XP", "2003", "Vista", "2008", "7", "2008 R2", "8", "2012", "8.1"),
    *("2012 R2", "10", "2016", "2019", "11", "2022", "2025"),
)
"""Of Windows, all of them, in the order in which they appeared: a span has those between. Their numbers
begin at 1: older ones exist."""


@dataclass(frozen=True)
class Range:
    """All versions from `first` to those that begin with `last`; None: no end."""

    first: Parts
    last: Parts | None

    def meets(self, other: Range) -> bool:
        return _begins(self.first, other.last) and _begins(other.first, self.last)


def _begins(first: Parts, last: Parts | None) -> bool:
    return last is None or first[: len(last)] <= last


@dataclass(frozen=True)
class ModelSystem:
    """A label: families, each with its ranges; `kind` is that of its line."""

    families: tuple[tuple[str, tuple[Range, ...]], ...]
    kind: str = "s"

    @property
    def stacks(self) -> frozenset[str | None]:
        return frozenset(STACKS[name] for name, _ in self.families)

    @property
    def line(self) -> str:
        name = " or ".join(name for name, _ in self.families)
        texts = [(name, " or ".join(_text(name, one) for one in ranges)) for name, ranges in self.families]
        if len(texts) == 1:
            flavor = texts[0][1]
        else:
            flavor = " / ".join(f"{name} {text}".strip() for name, text in texts)
        return f"label = {self.kind}:unix:{name}:{flavor}"


def _text(family: str, one: Range) -> str:
    def shown(parts: Parts) -> str:
        return RELEASES[parts[0] - 1] if family == "Windows" else ".".join(map(str, parts))

    if one.last is None:
        return f"{shown(one.first)} or newer"
    if not one.first:
        return f"{shown(one.last)} or older"
    return shown(one.first) if one.first == one.last else f"{shown(one.first)}-{shown(one.last)}"


def agreement(one: ModelSystem, other: ModelSystem) -> str:
    """As docs/reference/database.md describes it."""
    if max(len(one.families), len(other.families)) > 2:
        return "not comparable"
    mine, theirs = dict(one.families), dict(other.families)
    shared = mine.keys() & theirs.keys()
    if not shared:
        if None in one.stacks | other.stacks:
            return "contradict by family"
        if not one.stacks & other.stacks:
            return "contradict by stack"
        return "agree" if one.stacks == other.stacks else "narrow"
    if not any(_may_be_one(mine[name], theirs[name]) for name in shared):
        return "contradict by version"
    same = mine.keys() == theirs.keys() and all(
        _covers(mine[name], theirs[name]) and _covers(theirs[name], mine[name]) for name in shared
    )
    return "agree" if same else "narrow"


def _may_be_one(mine: tuple[Range, ...], theirs: tuple[Range, ...]) -> bool:
    if not mine or not theirs:
        return True
    return any(one.meets(other) for one, other in product(mine, theirs))


SAMPLES: tuple[Parts, ...] = (
    *((major,) for major in range(len(RELEASES) + 2)),
    *((major, minor) for major in range(12) for minor in range(7)),
    *((major, minor, 7) for major in range(12) for minor in range(7)),
)
"""Versions that tell apart any two sets of those that are drawn."""


def _covers(mine: tuple[Range, ...], theirs: tuple[Range, ...]) -> bool:
    """Whether all versions of `theirs` are in `mine`; no ranges stand for every version."""
    if not mine or not theirs:
        return not mine and not theirs

    def holds(ranges: tuple[Range, ...], version: Parts) -> bool:
        return any(one.first <= version and _begins(version, one.last) for one in ranges)

    return all(holds(mine, one) for one in SAMPLES if holds(theirs, one))


_NUMBERED = st.lists(st.integers(1, 5), min_size=1, max_size=2).map(tuple)
_RELEASE = st.integers(1, len(RELEASES)).map(lambda number: (number,))


@st.composite
def _ranges(draw: st.DrawFn, family: str) -> Range:
    one, other = sorted([draw(_RELEASE if family == "Windows" else _NUMBERED) for _ in range(2)])
    if other == one[: len(other)]:
        other = one
    kind = draw(st.sampled_from(("one", "span", "newer", "older")))
    return {
        "one": Range(one, one),
        "span": Range(one, other),
        "newer": Range(one, None),
        "older": Range((), other),
    }[kind]


@st.composite
def systems(draw: st.DrawFn) -> ModelSystem:
    """Labels of one to three families."""
    names = draw(st.lists(st.sampled_from(sorted(STACKS)), min_size=1, max_size=3, unique=True))
    versioned = draw(st.booleans())
    families = tuple(
        (name, tuple(draw(st.lists(_ranges(name), min_size=1, max_size=3))) if versioned else ())
        for name in names
    )
    return ModelSystem(families, draw(st.sampled_from("sg")))
