"""Makers of network cards, by lists of MAC prefixes: IEEE's ``oui.txt`` and ``.csv``, Wireshark's, nmap's.

Other companies build a card into their devices, so its maker is not the manufacturer of the device.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.files import read_at_most
from huginn_cffi.base.handles import CData
from huginn_cffi.base.limits import MAC_BYTES

_IEEE = Path("/usr/share/ieee-data")
INSTALLED = (
    tuple(_IEEE / name for name in ("oui.csv", "mam.csv", "oui36.csv")),
    (_IEEE / "oui.txt",),
    (Path("/usr/share/wireshark/manuf"),),
    (Path("/usr/share/nmap/nmap-mac-prefixes"),),
)
"""The first installed list is used: of ieee-data, Wireshark or nmap."""

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

_LOCAL = 0x02
"""Bit of the first byte: the address is locally administered."""


class PrefixError(HuginnError, ValueError):
    """A file that holds no MAC prefixes."""


def prefixes(path: Path) -> Iterator[tuple[str, str]]:
    """Digits and maker for each prefix of a list that has a maker; `PrefixError` if it cannot be read."""
    text = read_at_most(path, MOST_BYTES, PrefixError).decode("utf-8", "replace")
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


class NetworkCards:
    """The list. It is read at the first lookup, and never if MACs are anonymized (`are_real` is false)."""

    def __init__(self, *, are_real: bool = True) -> None:
        self._are_real = are_real
        self.problems: list[str] = []
        """Why installed lists could not be used."""
        self.handle: CData = ffi.new_handle(self)
        """For the core, which looks up a MAC only when it writes one, so the list is read only if needed."""

    def maker(self, mac: str | None) -> str | None:
        """The maker of a network card; None for a local MAC, or if no prefix in the list fits."""
        if mac is None or not self._are_real or int(mac[:2], 16) & _LOCAL:
            return None
        digits = mac.replace(":", "")
        found = (self._makers.get(digits[:length]) for length in LENGTHS)
        return next(filter(None, found), None)

    @cached_property
    def _makers(self) -> dict[str, str]:
        for paths in INSTALLED:
            makers: dict[str, str] = {}
            for path in filter(Path.exists, paths):
                makers.update(self._read(path))
            if makers:
                return makers
        return {}

    def _read(self, path: Path) -> dict[str, str]:
        try:
            found = dict(prefixes(path))
            if not found:
                raise PrefixError(f"{path}: holds no MAC prefixes")
        except PrefixError as error:
            self.problems.append(str(error))
            return {}
        return found


@ffi.def_extern(name="hg_python_card")
def _write_card(user: CData, mac: CData, out: CData) -> int:
    name = (ffi.from_handle(user).maker(bytes(ffi.buffer(mac, MAC_BYTES)).hex(":")) or "").encode()
    ffi.memmove(out, name, min(len(name), lib.HG_CARD_BYTES))
    return min(len(name), lib.HG_CARD_BYTES)
