"""Which addresses a run has that its store did not have before."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.store.opening import open_for_reading
from huginn_cffi.store.rows import address_of, unpacked

SHOWN = 3


def stored_addresses(path: str) -> frozenset[bytes]:
    """Those of all sensors; none where there is no store yet."""
    if not Path(path).exists():
        return frozenset()
    with closing(open_for_reading(path)) as connection:
        return frozenset(address_of(addr) for (addr,) in connection.execute("SELECT DISTINCT addr FROM host"))


def news(before: frozenset[bytes], now: Iterable[bytes]) -> str:
    """What is new, in words."""
    addresses = [one for one in now if len(one) != MAC_BYTES]  # a store has no hosts without an address
    new = [addr for addr in addresses if addr not in before]
    if not before:
        return "not known: the store had no hosts before"
    first = ", ".join(map(unpacked, new[:SHOWN]))
    beyond = f" and {len(new) - SHOWN:,} more" if len(new) > SHOWN else ""
    return f"{len(new):,} of {len(addresses):,} hosts{': ' if new else ''}{first}{beyond}"
