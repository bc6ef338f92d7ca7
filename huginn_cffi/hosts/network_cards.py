"""Makers of network cards, by the MAC prefixes in a list installed on the machine.

Other companies build a card into their devices, so its maker is not the manufacturer of the device.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.handles import CData
from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.base.mac_lists import LENGTHS, PrefixError, prefixes, read_list

_IEEE = Path("/usr/share/ieee-data")
INSTALLED = (
    tuple(_IEEE / name for name in ("oui.csv", "mam.csv", "oui36.csv")),
    (_IEEE / "oui.txt",),
    (Path("/usr/share/wireshark/manuf"),),
    (Path("/usr/share/nmap/nmap-mac-prefixes"),),
)
"""The first installed list is used: of ieee-data, Wireshark or nmap."""

_LOCAL = 0x02
"""Bit of the first byte: the address is locally administered."""


class NetworkCards:
    """The list. It is read at the first lookup, and never if MACs are anonymized (`are_real` is false)."""

    def __init__(self, *, are_real: bool = True) -> None:
        self._are_real = are_real
        self.problems: list[str] = []
        """Why installed lists could not be used."""
        self.handle = ffi.new_handle(self)
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
            found = dict(prefixes(read_list(path)))
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
