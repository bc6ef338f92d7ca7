"""An index of sets of names, which limits comparisons to candidates with fitting names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Generic, TypeVar

T = TypeVar("T")


class NameIndex(Generic[T]):
    """Things, each with a set of names. A name that `frequency` lacks is rare."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._frequency = frequency
        self._things: list[tuple[Set[str], T]] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_rarest: dict[str, list[int]] = {}

    def add(self, names: Set[str], thing: T) -> None:
        """Add a thing with its names."""
        number = len(self._things)
        self._things.append((names, thing))
        for name in names:
            self._by_name.setdefault(name, []).append(number)
        rarest = min(names, default="", key=lambda name: (self._frequency.get(name, 0), name))
        self._by_rarest.setdefault(rarest, []).append(number)

    def having(self, names: Set[str]) -> Iterator[T]:
        """Things whose names include all of `names`, in the order in which they were added."""
        numbers = min((self._by_name.get(name, []) for name in names), key=len, default=None)
        for own, thing in self._things if numbers is None else (self._things[one] for one in numbers):
            if names <= own:
                yield thing

    def within(self, names: Set[str]) -> Iterator[T]:
        """Things whose names are all among `names`, in the order in which they were added."""
        numbers = sorted(one for name in ("", *names) for one in self._by_rarest.get(name, ()))
        for own, thing in (self._things[one] for one in numbers):
            if own <= names:
                yield thing
