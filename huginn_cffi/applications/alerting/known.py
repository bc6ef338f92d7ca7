"""A list of known devices: a CSV file with a header, for people to edit in a spreadsheet, or of NetBox."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.files import replace_file
from huginn_cffi.hosts.record import address_bytes

MOST_DEVICES = 100_000
_OF_NETBOX = {
    "mac": ("MAC Address", "Primary MAC Address", "Primary MAC"),
    "address": ("IP Address", "IPv4 Address", "IPv6 Address"),
    "name": ("Device", "Name", "DNS Name", "DNS name"),
    "owner": ("Tenant",),
    "note": ("Description", "Comments"),
}
"""The columns of NetBox's exports (devices, interfaces, addresses) for ours, the first one first."""


class KnownError(HuginnError, ValueError):
    """A list of known devices that cannot be used."""


class KnownDevice(NamedTuple):
    """A row of the list; each column may be empty, but a device has a MAC or an address."""

    mac: str = ""
    address: str = ""
    name: str = ""
    owner: str = ""
    note: str = ""
    type: str = ""
    """Expected type, such as ``printer``."""

    def is_of_type(self, seen: str) -> bool:
        """Whether the list expects this type."""
        return self.type.lower() == seen.lower()


class KnownDevices:
    """The list in a file, which is read again after it was changed. A missing file is an empty list."""

    def __init__(self, path: str) -> None:
        self.path: Path = Path(path)
        self._tried: tuple[int, int] | None = None
        self._problem = ""
        """What is wrong with the file, which is not read again for that."""
        self._by_key: dict[bytes, KnownDevice] = {}
        self._count = 0
        self.is_export: bool = False
        """Whether the file is an export of NetBox, to which nothing can be added."""
        self.refresh()

    def refresh(self) -> None:
        """Read the file if it was changed; raises `KnownError`, and keeps the old list."""
        found = None
        with suppress(FileNotFoundError):
            status = self.path.stat()
            found = status.st_ctime_ns, status.st_size
        if found != self._tried:
            self._tried, self._problem = found, ""
            try:
                self._by_key = {} if found is None else dict(self._keyed())
            except KnownError as error:
                self._problem = str(error)
        if self._problem:
            raise KnownError(self._problem)

    def find(self, mac: str | None, address: str | None) -> KnownDevice | None:
        """The entry of a MAC, or else of an address that the list has without a MAC."""
        keys = (address_bytes(text) for text in (mac, address) if text)
        return next((found for key in keys if (found := self._by_key.get(key))), None)

    @property
    def room(self) -> int:
        """How many devices may be added."""
        return max(0, MOST_DEVICES - self._count)

    def __iter__(self) -> Iterator[KnownDevice]:
        """The entries, each once, in the order of the file."""
        return iter(dict.fromkeys(self._by_key.values()))

    def _keyed(self) -> Iterator[tuple[bytes, KnownDevice]]:
        path = self.path
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = csv.DictReader(file, strict=True)
                fields = {*(rows.fieldnames or ())}
                of_netbox = {*_OF_NETBOX["mac"], *_OF_NETBOX["address"]}
                self.is_export = not {"mac", "address"} & fields and bool(of_netbox & fields)
                if not self.is_export and not {"mac", "address"} & fields:
                    names = ",".join(KnownDevice._fields)
                    raise KnownError(f"{named(str(path))}:1: the first line names the columns: {names}")
                self._count = 0
                for row in rows:
                    self._count += 1
                    place = f"{named(str(path))}:{rows.line_num}"
                    yield from _entry(place, _of_netbox(row) if self.is_export else row, self.is_export)
                    if self._count > MOST_DEVICES:
                        raise KnownError(f"{named(str(path))}: has more than {MOST_DEVICES} devices")
        except (csv.Error, UnicodeDecodeError) as error:
            raise KnownError(f"{named(str(path))}: is not CSV in UTF-8: {error}") from None
        except OSError as error:
            raise KnownError(f"{named(str(path))}: {error.strerror}") from None

    def add(self, devices: Iterable[KnownDevice]) -> None:
        """Append devices to the file; raises `OSError`."""
        old = self.path.read_bytes() if self.path.exists() else b""
        text = StringIO(newline="")
        lines = [] if self.path.exists() else [KnownDevice._fields]
        csv.writer(text, lineterminator="\n").writerows([*lines, *devices])
        gap = b"\n" if old and not old.endswith(b"\n") else b""
        replace_file(self.path, old + gap + text.getvalue().encode())
        self.refresh()


def _of_netbox(row: Mapping[str, str | None]) -> dict[str, str | None]:
    found = {name: next(filter(None, map(row.get, names)), "") for name, names in _OF_NETBOX.items()}
    return {**found, "address": (found["address"] or "").split("/")[0]}


def _entry(
    place: str, row: Mapping[str, str | None], may_be_empty: bool
) -> Iterator[tuple[bytes, KnownDevice]]:
    found = KnownDevice(**{name: (row.get(name) or "").strip() for name in KnownDevice._fields})
    if not found.mac and not found.address:
        if may_be_empty:  # NetBox has devices without an address
            return
        raise KnownError(f"{place}: has neither a MAC nor an address")
    keys = []
    for text in filter(None, (found.mac, found.address)):
        try:
            keys.append(address_bytes(text.lower().replace("-", ":")))
        except ValueError:
            raise KnownError(f"{place}: {named(text)} is neither a MAC nor an address") from None
    yield keys[0], found  # anybody may use the address of a MAC
