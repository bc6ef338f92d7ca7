"""Handshakes of a batch in groups that show the same, so that the texts of each group are made once."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch.rows import Rows

_HASH_KEY = int.from_bytes(os.urandom(8), "little")
"""Strangers choose the packets, and must not choose where these land in a hash table."""

_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Handshakes:
    """The handshakes of a batch, in groups that differ in nothing but who sent them when.

    ``groups`` (int32_t) is the group of each row, -1 for rows of other events; ``first_rows`` (uint32_t)
    has a value a group, and there are ``count``.
    """

    __slots__ = ("count", "first_rows", "groups")

    def __init__(self, batch: Rows) -> None:
        rows = len(batch)
        self.groups: CData = _allocate("int32_t[]", rows)
        self.first_rows: CData = _allocate("uint32_t[]", rows)
        found, error = ffi.new("uint32_t *"), ffi.new("hg_error *")
        status = lib.hg_handshake_groups(batch._native, _HASH_KEY, self.groups, self.first_rows, found, error)
        check(status, error)
        self.count: int = found[0]
