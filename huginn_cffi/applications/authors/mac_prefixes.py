"""Converts lists of MAC prefixes to ``[device]`` signatures.

`huginn_cffi.hosts.network_cards` reads the lists. They name the maker of the network chip, which is not
always the maker of the device. So a signature is generic and has low weight: it only counts if nothing else
names a manufacturer.
"""

from __future__ import annotations

from pathlib import Path

from huginn_cffi.base.errors import named
from huginn_cffi.database.database import Database
from huginn_cffi.hosts.network_cards import PrefixError, prefixes
from sigcompiler.formatting import format_file

MOST_PREFIXES = 200_000

_LOCAL = 0x02
"""The bit in an address's first byte that marks addresses which IEEE did not assign."""


def prefix_text(path: Path) -> tuple[str, int]:
    """A signature file made from a list, and its number of prefixes; `PrefixError` for other files.

    Prefixes that are local, or that the default database already names, are left out.
    """
    default = Database.load_default()
    found: dict[str, str] = {}
    for digits, name in prefixes(path):
        is_local = int(digits[:2], 16) & _LOCAL
        if not is_local and default.explain_device("mac", _pattern(digits).replace("*", "00")).match is None:
            found.setdefault(f"mac {_pattern(digits)}", name)
    if not found:
        raise PrefixError(f"{named(str(path))}: holds no recog patterns and no new MAC prefixes")
    if len(found) > MOST_PREFIXES:
        raise PrefixError(f"{named(str(path))}: has more than {MOST_PREFIXES} prefixes")
    makers: dict[str, list[str]] = {}
    for pattern, name in found.items():
        makers.setdefault(name, []).append(pattern)
    labels = sorted(makers.items())
    lines = ((f"g::{name}:::", [("MAC prefixes; low", sorted(patterns))]) for name, patterns in labels)
    return format_file("device", lines), len(found)


def _pattern(digits: str) -> str:
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return ":".join(pairs) + (":*" if len(digits) % 2 == 0 else "*")
