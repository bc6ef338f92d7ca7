"""Things by the names that they have, so that one is compared only with those it can have to do with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import Generic, TypeVar

T = TypeVar("T")


class Filed(Generic[T]):
    """Things, each under its names. `frequency` says which names many have; what it lacks, few have."""

    def __init__(self, frequency: Mapping[str, int]) -> None:
        self._frequency = frequency
        self._things: list[tuple[Set[str], T]] = []
        self._by_name: dict[str, list[int]] = {}
        self._by_rarest: dict[str, list[int]] = {}

    def add(self, names: Set[str], thing: T) -> None:
        """File one more."""
        number = len(self._things)
        self._things.append((names, thing))
        for name in names:
            self._by_name.setdefault(name, []).append(number)
        rarest = min(names, default="", key=lambda name: (self._frequency.get(name, 0), name))
        self._by_rarest.setdefault(rarest, []).append(number)

    def having(self, names: Set[str]) -> Iterator[T]:
        """Those that have all these names, in the order in which they were filed."""
        numbers = min((self._by_name.get(name, []) for name in names), key=len, default=None)
        for own, thing in self._things if numbers is None else (self._things[one] for one in numbers):
            if names <= own:
                yield thing

    def within(self, names: Set[str]) -> Iterator[T]:
        """Those that have none but these names, in the order in which they were filed."""
        numbers = sorted(one for name in ("", *names) for one in self._by_rarest.get(name, ()))
        for own, thing in (self._things[one] for one in numbers):
            if own <= names:
                yield thing
