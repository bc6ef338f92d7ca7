"""Lists of MAC prefixes: IEEE's ``oui.txt`` and ``.csv``, Wireshark's ``manuf``, nmap's."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.files import read_at_most

MOST_BYTES = 32 << 20
"""Limit for a list."""
MOST_NAME = 63
"""Limit for a name, in bytes."""
LENGTHS = (9, 7, 6)
"""Lengths of a prefix in hexadecimal digits (36, 28 and 24 bits), the longest first."""

_HEX = re.compile(r"([0-9A-F]{2})-([0-9A-F]{2})-([0-9A-F]{2})\s+\(hex\)\s+(.+)", re.IGNORECASE)
_MANUF = re.compile(
    r"([0-9A-F]{2}(?:[:-][0-9A-F]{2}){2,5})(?:/(\d\d))?[ ]*\t+([^\t]+)(?:\t+([^\t#]+))?", re.IGNORECASE
)
_NMAP = re.compile(r"([0-9A-F]{6}(?:[0-9A-F](?:[0-9A-F]{2})?)?) (?!.*\(base 16\))(.+)", re.IGNORECASE)
_NOBODY = frozenset(("", "private", "ieee registration authority", "ieeeregi", "icann, iana department"))


class PrefixError(HuginnError, ValueError):
    """A file that holds no MAC prefixes."""


def read_list(path: Path) -> str:
    """The text of a list; `PrefixError` if it cannot be read."""
    return read_at_most(path, MOST_BYTES, PrefixError).decode("utf-8", "replace")


def prefixes(text: str) -> Iterator[tuple[str, str]]:
    """Pairs of prefix digits and maker's name; entries without a maker are skipped."""
    for digits, name in _csv(text) if text.startswith("Registry,") else _lines(text):
        cleaned = _name(name)
        if cleaned.lower() not in _NOBODY:
            yield digits.lower(), cleaned


def _csv(text: str) -> Iterator[tuple[str, str]]:
    try:
        for row in csv.reader(text.splitlines()):
            if len(row) > 2 and len(row[1]) in LENGTHS and re.fullmatch("[0-9A-Fa-f]+", row[1]):
                yield row[1], row[2]
    except csv.Error:  # a field is too long: the rest is damaged
        return


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if (found := _HEX.match(line)) is not None:
            yield "".join(found.groups()[:3]), found[4]
        elif (found := _NMAP.match(line)) is not None:
            yield found[1], found[2]
        elif (found := _MANUF.match(line)) is not None:
            digits = re.sub("[:-]", "", found[1])
            length = int(found[2] or 4 * len(digits)) // 4
            if length in LENGTHS and length <= len(digits):
                yield digits[:length], found[4] or found[3]


def _name(text: str) -> str:
    text = "".join(one if one.isprintable() else " " for one in text)
    text = re.sub(r"[:<>\s\ufffd]+", " ", text).strip()
    return text.encode("utf-8")[:MOST_NAME].decode("utf-8", "ignore").strip()
