"""Open-addressing hash tables. The hash key is chosen so that no probe run is long.

The core (`csrc/database/table.c`) computes the same `mix`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType

from sigcompiler.table.layout import HASH_MULTIPLIER

_MASK = (1 << 64) - 1
_ATTEMPTS = 8

Words = tuple[int, ...]


def mix(words: Iterable[int], hash_key: int) -> int:
    """32 hash bits of 64-bit words, keyed."""
    state = hash_key
    for word in words:
        state = ((state ^ word) * HASH_MULTIPLIER) & _MASK
        state ^= state >> 32
    return ((state * HASH_MULTIPLIER) & _MASK) >> 32


class HashTable:
    """Keys (tuples of 64-bit words) with their records, placed with a load factor of at most 0.5.

    Free slots hold the record `empty`. `placed` has the slots under hash keys for which they are known.
    """

    def __init__(
        self,
        records: Mapping[Words, tuple[int, ...]],
        *empty: int,
        placed: Mapping[int, list[tuple[int, ...]]] = MappingProxyType({}),
    ) -> None:
        self._records = records
        self._empty = empty
        self._laid_out = placed
        self._size = 16
        while self._size < 2 * len(records):
            self._size *= 2
        self.placed = lru_cache(maxsize=1)(self._placed)
        """The key of every slot under a hash key, and the longest probe run."""

    def _placed(self, hash_key: int) -> tuple[list[Words | None], int]:
        if hash_key in self._laid_out:
            return [], 0
        mask = self._size - 1
        slots: list[Words | None] = [None] * self._size
        longest = 0
        for key in self._records:
            slot = mix(key, hash_key) & mask
            run = 1
            while slots[slot] is not None:
                slot = (slot + 1) & mask
                run += 1
            slots[slot] = key
            longest = max(longest, run)
        return slots, longest

    @property
    def tolerated_run(self) -> int:
        """The longest probe run that a good hash has at this size."""
        return max(8, 2 * self._size.bit_length())

    def laid_out(self, hash_key: int) -> list[tuple[int, ...]]:
        """The record of every slot under `hash_key`."""
        if hash_key in self._laid_out:
            return self._laid_out[hash_key]
        slots, _ = self.placed(hash_key)
        return [self._empty if key is None else self._records[key] for key in slots]


def choose_hash_key(source_hash: bytes, tables: Sequence[HashTable], known: int = 0) -> int:
    """The first hash key for which every probe run is short: the `known` one, then keys from the source.

    If a file was crafted to collide under one hash key, the next key is tried. If all attempts
    fail, the best one is used.
    """

    def excess(hash_key: int) -> int:
        return max(max(0, table.placed(hash_key)[1] - table.tolerated_run) for table in tables)

    digests = [sha256(source_hash + bytes([attempt])).digest() for attempt in range(_ATTEMPTS)]
    keys = [*filter(None, [known]), *(int.from_bytes(digest[:8], "little") for digest in digests)]
    return next((key for key in keys if excess(key) == 0), None) or min(keys, key=excess)
