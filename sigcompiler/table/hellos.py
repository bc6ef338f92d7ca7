"""The records by which a JA4 is looked up: one hash table over all sets of places that are left open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from sigcompiler.ja4 import Key, Words, key_of, rank
from sigcompiler.model import TlsSignature
from sigcompiler.table.hashing import Words as HashWords
from sigcompiler.table.layout import NO_INDEX, Record


class HelloRecords:
    """The sections ``hello_masks`` and ``hello_entries``, the latter by what the core hashes."""

    NO_ENTRY: ClassVar[Record] = (0, 0, 0, 0, 0, NO_INDEX)

    def __init__(self, signatures: Sequence[TlsSignature]) -> None:
        leaders: dict[Key, int] = {}
        wildcards: dict[Words, bool] = {}
        for number, signature in enumerate(signatures):
            key = key_of(signature)
            wildcards.setdefault(key[1], signature.wildcard)
            earlier = leaders.setdefault(key, number)
            if rank(signature, number) < rank(signatures[earlier], earlier):
                leaders[key] = number
        numbers = {mask: number for number, mask in enumerate(wildcards)}
        self.masks: list[Record] = [(*mask, int(wildcard)) for mask, wildcard in wildcards.items()]
        self.entries: dict[HashWords, Record] = {
            (*value, numbers[mask]): (*value, numbers[mask], number)
            for (value, mask), number in leaders.items()
        }
