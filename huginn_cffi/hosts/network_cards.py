"""Makers of network cards, by lists of MAC prefixes: IEEE's ``oui.txt`` and ``.csv``, Wireshark's, nmap's.

Other companies build a card into their devices, so its maker is not the manufacturer of the device.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import HuginnError, named
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
_PART = 1 << 18
"""Bytes of a list that are read at a time, but for the rest of a line."""
MOST_NAME = 63
"""Limit for a name, in bytes."""
LENGTHS = (9, 7, 6)
"""Lengths of a prefix in hexadecimal digits (36, 28 and 24 bits), the longest first."""

_HEX = re.compile(r"([0-9A-F]{2})-([0-9A-F]{2})-([0-9A-F]{2})\s+\(hex\)\s+(.+)", re.IGNORECASE)
_MANUF = re.compile(
    r"([0-9A-F]{2}(?:[:-][0-9A-F]{2}){2,5})(?:/(\d\d))?[ ]*\t+([^\t]+)(?:\t+([^\t#]+))?", re.IGNORECASE
)
_NMAP = re.compile(r"([0-9A-F]{6}(?:[0-9A-F](?:[0-9A-F]{2})?)?) (?!.*\(base 16\))(.+)", re.IGNORECASE)
_HEX_DIGITS = re.compile("[0-9A-Fa-f]+")
_NOBODY = frozenset(("", "private", "ieee registration authority", "ieeeregi", "icann, iana department"))

_LOCAL = 0x02
"""Bit of the first byte: the address is locally administered."""


_Maker = tuple[str, Callable[[str], str]]
"""A text, and the function that finds the maker's name in it, for the few prefixes that are looked up."""
SEARCHED = 8
"""Beginnings of MACs that are searched for in the lists before all of the lists is read."""


class PrefixError(HuginnError, ValueError):
    """A file that holds no MAC prefixes."""


def prefixes(path: Path) -> Iterator[tuple[str, str]]:
    """Digits and maker for each prefix of a list that has a maker; `PrefixError` if it cannot be read."""
    for digits, (text, name_in) in _List(path).entries():
        if _HEX_DIGITS.fullmatch(digits) and (name := name_in(text)):
            yield digits, name


class _List:
    """A list of prefixes, read in parts: it takes no memory between searches."""

    def __init__(self, path: Path) -> None:
        self._path = path
        parts = self._parts()
        self._is_csv = next(parts, b"").startswith(b"Registry,")
        deque(parts, 0)  # a list that is too large is refused as a whole

    def _parts(self) -> Iterator[bytes]:
        """The list in parts of whole lines; `PrefixError` if it cannot be read, or is too large."""
        left = MOST_BYTES
        try:
            with self._path.open("rb") as file:
                while part := file.read(_PART) + file.readline(_PART):
                    left -= len(part)
                    if left < 0:
                        raise PrefixError(f"{named(str(self._path))}: has more than {MOST_BYTES >> 20} MiB")
                    yield part
        except OSError as error:
            raise PrefixError(f"{named(str(self._path))}: {error.strerror}") from None

    def entries(self) -> Iterator[tuple[str, _Maker]]:
        """Digits and maker for each prefix of the list."""
        return chain.from_iterable(map(self._of_lines, self._parts()))

    def _of_lines(self, lines: bytes) -> Iterator[tuple[str, _Maker]]:
        read, name_in = (_csv, _csv_name) if self._is_csv else (_lines, _name)
        for digits, rest in read(lines.decode("utf-8", "replace")):
            yield digits.lower(), (rest, name_in)

    def has_prefixes(self) -> bool:
        """Whether a line has a prefix; usually one of the first ones."""
        return any(_HEX_DIGITS.fullmatch(digits) for digits, _ in self.entries())

    def beginning(self, digits: str) -> Iterator[tuple[str, _Maker]]:
        """The entries whose prefixes begin with these six digits; there may be others, too."""
        spelled = (f"[{one}{one.upper()}]" for one in digits)
        pairs = "[-:]?".join(map("".join, zip(spelled, spelled, strict=True)))
        begins = re.compile(f"{',' if self._is_csv else chr(10)}{pairs}".encode())
        texts = (b"\n" + part for part in self._parts())
        return self._of_lines(b"".join(line for text in texts for line in _lines_with(begins, text)))


def _lines_with(begins: re.Pattern[bytes], text: bytes) -> Iterator[bytes]:
    """The lines with a match, which may include the end of the line before it."""
    for found in begins.finditer(text):
        yield text[text.rfind(b"\n", 0, found.start() + 1) : text.find(b"\n", found.end()) % (len(text) + 1)]


def _csv(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        _, _, rest = line.partition(",")
        digits, _, rest = rest.partition(",")
        if len(digits) in LENGTHS:
            yield digits, rest


def _lines(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if (found := _HEX.match(line)) is not None:
            yield "".join(found.groups()[:3]), found[4]
        elif (found := _NMAP.match(line)) is not None:
            yield found[1], found[2]
        elif (found := _MANUF.match(line)) is not None:
            digits = found[1].replace(":", "").replace("-", "")
            length = int(found[2]) // 4 if found[2] else len(digits)
            if length in LENGTHS and length <= len(digits):
                yield digits[:length], found[4] or found[3]


def _csv_name(text: str) -> str:
    quoted = re.match('"((?:[^"]|"")*)', text)
    return _name(text.partition(",")[0] if quoted is None else quoted[1].replace('""', '"'))


def _name(text: str) -> str:
    """The name of a maker; empty if it stands for none."""
    text = "".join(one if one.isprintable() else " " for one in text)
    text = re.sub(r"[:<>\s\ufffd]+", " ", text).strip()
    text = text.encode("utf-8")[:MOST_NAME].decode("utf-8", "ignore").strip()
    return "" if text.lower() in _NOBODY else text


class NetworkCards:
    """The list. It is read at the first lookup, and never if MACs are anonymized (`are_real` is false)."""

    def __init__(self, *, are_real: bool = True) -> None:
        self._are_real = are_real
        self._searched: dict[str, dict[str, _Maker]] = {}
        self.problems: list[str] = []
        """Why installed lists could not be used."""
        self.handle: CData = ffi.new_handle(self)
        """For the core, which looks up a MAC only when it writes one, so the list is read only if needed."""

    def maker(self, mac: str | None) -> str | None:
        """The maker of a network card; None for a local MAC, or if no prefix in the list fits."""
        if mac is None or not self._are_real or int(mac[:2], 16) & _LOCAL:
            return None
        digits = mac.replace(":", "")
        makers = self._near(digits[:6])
        found = (makers.get(digits[:length]) for length in LENGTHS)
        return next((name for text, name_in in filter(None, found) if (name := name_in(text))), None)

    def _near(self, digits: str) -> dict[str, _Maker]:
        """The makers whose prefixes begin with these six digits, at least."""
        if digits not in self._searched and len(self._searched) >= SEARCHED:
            return self._all
        if digits not in self._searched:
            self._searched[digits] = self._read(lambda one: one.beginning(digits))
        return self._searched[digits]

    @cached_property
    def _all(self) -> dict[str, _Maker]:
        return self._read(_List.entries)

    def _read(self, entries: Callable[[_List], Iterable[tuple[str, _Maker]]]) -> dict[str, _Maker]:
        """What the lists have; one that cannot be read any more has nothing."""
        found: dict[str, _Maker] = {}
        for one in self._lists:
            try:
                found |= dict(entries(one))
            except PrefixError as error:
                if str(error) not in self.problems:
                    self.problems.append(str(error))
        return found

    @cached_property
    def _lists(self) -> list[_List]:
        for paths in INSTALLED:
            if found := [one for path in filter(Path.exists, paths) if (one := self._list(path))]:
                return found
        return []

    def _list(self, path: Path) -> _List | None:
        try:
            if not (found := _List(path)).has_prefixes():
                raise PrefixError(f"{path}: holds no MAC prefixes")
        except PrefixError as error:
            self.problems.append(str(error))
            return None
        return found


@ffi.def_extern(name="hg_python_card")
def _write_card(user: CData, mac: CData, out: CData) -> int:
    name = (ffi.from_handle(user).maker(bytes(ffi.buffer(mac, MAC_BYTES)).hex(":")) or "").encode()
    ffi.memmove(out, name, min(len(name), lib.HG_CARD_BYTES))
    return min(len(name), lib.HG_CARD_BYTES)
