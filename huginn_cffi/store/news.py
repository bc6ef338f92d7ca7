"""Which addresses a run has that its store did not have before."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from huginn_cffi.store.opening import open_for_reading
from huginn_cffi.store.rows import address_of, unpacked

SHOWN = 3


def stored_addresses(path: str) -> frozenset[bytes]:
    """The addresses of all sensors, or MACs of devices without an address; empty if there is no store yet."""
    if not Path(path).exists():
        return frozenset()
    with closing(open_for_reading(path)) as connection:
        return frozenset(address_of(addr) for (addr,) in connection.execute("SELECT DISTINCT addr FROM host"))


def new_hosts(before: frozenset[bytes], now: Iterable[bytes]) -> list[str] | None:
    """The addresses that are new; None where all would be."""
    return [*map(unpacked, dict.fromkeys(one for one in now if one not in before))] if before else None


def news(new: list[str] | None, count: int) -> str:
    """The same in words, of `count` hosts."""
    if new is None:
        return "not known: the store had no hosts before"
    beyond = f" and {len(new) - SHOWN:,} more" if len(new) > SHOWN else ""
    return f"{len(new):,} of {count:,} hosts{': ' if new else ''}{', '.join(new[:SHOWN])}{beyond}"
