"""Turns lists of MAC prefixes into signatures of ``[device]``.

Lists are IEEE's ``oui.txt`` and ``oui.csv`` and Wireshark's ``manuf``. The maker is that of the network chip,
not always that of the device, so a signature is generic and of low weight: it counts where nothing else
names a manufacturer.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.database.database import Database

MOST_BYTES = 32 << 20
"""Of a list."""
MOST_PREFIXES = 200_000
MOST_NAME = 63
"""Bytes of a name."""

_LOCAL = 0x02
"""Of the first byte: the address is not IEEE's."""
_HEX = re.compile(r"([0-9A-F]{2})-([0-9A-F]{2})-([0-9A-F]{2})\s+\(hex\)\s+(.+)", re.IGNORECASE)
_MANUF = re.compile(
    r"([0-9A-F]{2}(?:[:-][0-9A-F]{2}){2,5})(?:/(\d\d))?\t+([^\t]+)(?:\t+([^\t#]+))?", re.IGNORECASE
)
_NOBODY = frozenset(("", "private", "ieee registration authority", "ieeeregi"))
_ASSIGNMENTS = {6: 24, 7: 28, 9: 36}
"""Bits by the digits of IEEE's tables."""


class PrefixError(HuginnError, ValueError):
    """A file that holds no MAC prefixes."""


def prefix_text(path: Path) -> tuple[str, int]:
    """A signature file of a list, and how many prefixes it has; `PrefixError` for what is none.

    Prefixes that the default database names, with more than a manufacturer, are left out.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise PrefixError(f"{named(str(path))}: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise PrefixError(f"{named(str(path))}: has more than {MOST_BYTES >> 20} MiB")
    default = Database.load_default()
    found: dict[str, str] = {}
    for digits, name in _prefixes(data.decode("utf-8", "replace")):
        is_local = int(digits[:2], 16) & _LOCAL
        if not is_local and default.explain_device("mac", _pattern(digits).replace("*", "00")).match is None:
            found.setdefault(_pattern(digits), name)
    if not found:
        raise PrefixError(f"{named(str(path))}: holds neither patterns of recog nor MAC prefixes")
    if len(found) > MOST_PREFIXES:
        raise PrefixError(f"{named(str(path))}: has more than {MOST_PREFIXES} prefixes")
    makers: dict[str, list[str]] = {}
    for pattern, name in found.items():
        makers.setdefault(name, []).append(pattern)
    lines = ["classes = win,unix,other", "", "[device]"]
    for name, patterns in sorted(makers.items()):
        lines += ["", f"label = g::{name}:::", "; source: MAC prefixes; low"]
        lines += [f"sig   = mac {one}" for one in sorted(patterns)]
    return "\n".join(lines) + "\n", len(found)


def _prefixes(text: str) -> Iterator[tuple[str, str]]:
    """Digits of prefixes and names, without those that name nobody."""
    for digits, name in _csv(text) if text.startswith("Registry,") else _lines(text):
        cleaned = _name(name)
        if cleaned.lower() not in _NOBODY:
            yield digits.lower(), cleaned


def _csv(text: str) -> Iterator[tuple[str, str]]:
    for row in csv.reader(text.splitlines()):
        if len(row) > 2 and len(row[1]) in _ASSIGNMENTS and re.fullmatch("[0-9A-Fa-f]+", row[1]):
            yield row[1], row[2]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if (found := _HEX.match(line)) is not None:
            yield "".join(found.groups()[:3]), found[4]
        elif (found := _MANUF.match(line)) is not None:
            digits = re.sub("[:-]", "", found[1])
            bits = int(found[2] or 4 * len(digits))
            if bits in _ASSIGNMENTS.values():
                yield digits[: bits // 4], found[4] or found[3]


def _name(text: str) -> str:
    """As a label takes it."""
    text = re.sub(r"[:<>\s\x00-\x1f\x7f\ufffd]+", " ", text).strip()
    return text.encode("utf-8")[:MOST_NAME].decode("utf-8", "ignore").strip()


def _pattern(digits: str) -> str:
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    return ":".join(pairs) + (":*" if len(digits) % 2 == 0 else "*")
