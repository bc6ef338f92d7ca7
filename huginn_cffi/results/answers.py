"""What all signatures that fit a handshake say together, once for each answer that is different.

The same values as those of `OsMatch`, which asks for one row; here for the rows of a batch, in two steps:
handshakes that show the same, and of those the ones whose answers rest on the same (``hg_row_alike``).
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.errors import check
from huginn_cffi.results.candidates import bases
from huginn_cffi.results.os_match import os_match
from sigcompiler.diagnostics import valid
from sigcompiler.record import FIELDS

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

MOST_KEPT = 1 << 14
"""Handshakes, and answers, kept of a database: strangers choose how many differ."""

_HASH_KEY = int.from_bytes(os.urandom(8), "little")
"""Strangers choose the packets, and must not choose where these land in a hash table."""

KEYS = tuple(field.json.rpartition(".")[2] for field in FIELDS if field.source == "answer")
"""The attributes of an answer that records have, in their order."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)
_as_json = json.JSONEncoder(separators=(",", ":")).encode


class Answer(NamedTuple):
    """What `OsMatch` has under the same names; ``json`` is all of it as members of a JSON object."""

    family: str
    confidence: float
    version_confidence: float | None
    candidates: tuple[str, ...]
    evidence: tuple[str, ...]
    json: bytes


class Handshakes:
    """The handshakes of a batch, in groups that differ in nothing but who sent them when.

    ``groups`` (int32_t) is the group of each row, -1 for rows of other events; ``first_rows`` (uint32_t)
    has a value a group, and there are ``count``.
    """

    __slots__ = ("_batch", "_keys", "count", "first_rows", "groups")

    def __init__(self, batch: Batch) -> None:
        rows = len(batch)
        self._batch = batch
        self.groups: CData = _allocate("int32_t[]", rows)
        self.first_rows: CData = _allocate("uint32_t[]", rows)
        keys, found = _allocate("uint8_t[]", rows * lib.HG_GROUP_KEY_BYTES), ffi.new("uint32_t *")
        error = ffi.new("hg_error *")
        check(
            lib.hg_handshake_groups(
                batch.native, _HASH_KEY, self.groups, self.first_rows, keys, found, error
            ),
            error,
        )
        self.count: int = found[0]
        self._keys = keys

    def answers(self) -> list[Answer | None]:
        """The answer of each group; None where no signature fits."""
        database = self._batch.database
        return [None] * self.count if database is None else _known(database).answers(self._batch, self)

    def keys(self) -> list[bytes]:
        """All that the handshakes of each group show, and how they were named; the same in all batches."""
        size = lib.HG_GROUP_KEY_BYTES
        data = bytes(ffi.buffer(self._keys, self.count * size))
        return [data[start : start + size] for start in range(0, len(data), size)]


class _Known:
    """The answers of a database so far."""

    def __init__(self) -> None:
        self._by_handshake: dict[bytes, Answer | None] = {}
        self._by_basis: dict[bytes, Answer] = {}

    def answers(self, batch: Batch, found: Handshakes) -> list[Answer | None]:
        """The answer of each group, those of new handshakes made."""
        keys, kept = found.keys(), self._by_handshake
        missing = [group for group, key in enumerate(keys) if key not in kept]
        if missing:
            if len(kept) + len(missing) > MOST_KEPT:
                kept = {key: kept[key] for key in keys if key in kept}
            rows = ffi.new("uint32_t[]", [found.first_rows[group] for group in missing])
            for group, basis in zip(missing, bases(batch, rows, len(missing)), strict=True):
                kept[keys[group]] = self._of(batch, found.first_rows[group], basis)
            self._by_handshake = kept
        return [kept[key] for key in keys]

    def _of(self, batch: Batch, row: int, basis: bytes) -> Answer | None:
        """The answer of a row, which rests on `basis`; empty: there is none."""
        if not basis:
            return None
        answer = self._by_basis.get(basis)
        if answer is None:
            if len(self._by_basis) >= MOST_KEPT:
                self._by_basis = {}
            answer = self._by_basis[basis] = _answer(batch, row, basis)
        return answer


@lru_cache(maxsize=4)
def _known(database: Database) -> _Known:
    return _Known()


def _answer(batch: Batch, row: int, basis: bytes) -> Answer:
    assert batch.database is not None
    match = os_match(batch, row, batch.database.records.tcp[batch.cells.signature[row]])
    alike = match._alike(basis)
    values = {key: getattr(alike, key) for key in KEYS}
    return Answer(**values, json=_members(values))


def _members(values: dict[str, object]) -> bytes:
    """These as members of a JSON object, each with a comma before it, in ASCII."""
    return "".join(f',"{key}":{_as_json(_valid(value))}' for key, value in values.items()).encode("ascii")


def _valid(value: object) -> object:
    if isinstance(value, tuple):
        return [_valid(one) for one in value]
    return valid(value) if isinstance(value, str) else value
