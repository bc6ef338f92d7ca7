"""Robots that operators identify by published addresses: their lists, as downloaded files."""

from __future__ import annotations

import ipaddress
import json
import re
import time
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Literal, NamedTuple

from huginn_cffi.base.addresses import Address, unmapped
from huginn_cffi.base.errors import named
from sigcompiler.csv_rows import rows_of

KNOWN = rows_of(Path(__file__).with_name("robots.csv").resolve())
"""Robots, with their operators' lists and sources."""

OLD_DAYS = 30
"""An older list no longer shows that an address is not the operator's."""

BROADEST = {4: 16, 6: 29}
"""The shortest prefixes in lists, by IP version: a broader one is not a robot's, but a whole network's."""

MOST_BYTES = 8 << 20
MOST_PREFIXES = 100_000

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ListedPlace(NamedTuple):
    """What an address shows of a robot."""

    state: Literal["listed", "elsewhere", "unknown", "none"]
    reason: str = ""
    details: Mapping[str, str] = {}


NONE = ListedPlace("none")


class AddressList:
    """An operator's list: networks, and its date (seconds since 1970)."""

    def __init__(self, networks: Iterable[Network], date: float) -> None:
        self.date = date
        self._prefixes: dict[tuple[int, int], set[int]] = {}
        for one in networks:
            shift = one.max_prefixlen - one.prefixlen
            self._prefixes.setdefault((one.version, shift), set()).add(int(one.network_address) >> shift)

    def __contains__(self, address: Address) -> bool:
        number = int(address)
        return any(
            version == address.version and number >> shift in found
            for (version, shift), found in self._prefixes.items()
        )

    @property
    def day(self) -> str:
        """Its date."""
        return datetime.fromtimestamp(self.date, timezone.utc).date().isoformat()


class Robots:
    """The robots whose lists are in a folder; without a folder only their names are known.

    A list that is no known robot's belongs to the robot that its file is named after. `ValueError` for a file
    that proves nothing, `OSError` if it or the folder cannot be read. With `earlier` robots such a file keeps
    its earlier content, and is one of the `problems`.
    """

    def __init__(self, folder: str | Path | None = None, *, earlier: Robots | None = None) -> None:
        self._lists: dict[str, AddressList] = {}
        self.keys: dict[str, list[dict[str, Any]]] = {}
        """Key directories, by the host of their robots' Signature-Agent."""
        self.problems: list[str] = []
        self._robots = {row["robot"].casefold(): row for row in KNOWN}
        for path in sorted(Path(folder).iterdir()) if folder is not None else ():
            if path.suffix == ".json" and not path.name.startswith("."):
                try:
                    self._read(path)
                except (OSError, ValueError) as error:
                    if earlier is None:
                        raise
                    self.problems.append(self._kept(path, earlier, error))
        names = sorted(self._robots, key=len, reverse=True)
        self._names = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, names))})(?![^\W_])", re.IGNORECASE)

    def _read(self, path: Path) -> None:
        data = _data_of(path)
        if isinstance(data.get("keys"), list):
            self.keys[_host_of(path)] = data["keys"]
        else:
            self._add(path, _list_of(path, data))

    def _kept(self, path: Path, earlier: Robots, error: Exception) -> str:
        """Use a file's earlier content, and say so."""
        host = path.stem.lower()
        if path.name in earlier._lists:
            self._add(path, earlier._lists[path.name])
        elif host in earlier.keys:
            self.keys[host] = earlier.keys[host]
        else:
            return f"{error}; it is not used"
        return f"{error}; its earlier content stays in use"

    def _add(self, path: Path, found: AddressList) -> None:
        self._lists[path.name] = found
        if all(row["list"] != path.name for row in KNOWN):
            own = {"robot": path.stem, "list": path.name, "agent": "", "source": ""}
            self._robots.setdefault(path.stem.casefold(), own)

    def described(self) -> str:
        """The lists with their dates, and the key directories."""
        now = time.time()
        lists = (
            f"{name} of {one.day}{' (old)' if now - one.date > OLD_DAYS * 86400 else ''}"
            for name, one in self._lists.items()
        )
        return ", ".join([*lists, *(f"keys of {host}" for host in self.keys)]) or "no lists"

    def named(self, agent: str) -> list[str]:
        """The robots that a User-Agent names, in their usual spelling."""
        return [*dict.fromkeys(self._robots[one.casefold()]["robot"] for one in self._names.findall(agent))]

    def agents(self, robots: Iterable[str]) -> set[str]:
        """The hosts whose keys prove each of these robots."""
        found = [{self._robots[one.casefold()]["agent"]} - {""} for one in robots]
        return set.intersection(*found) if found else set()

    def place(self, robots: list[str], address: str) -> ListedPlace:
        """Whether the address is on the list of the one robot."""
        if len({self._robots[one.casefold()]["list"] for one in robots}) > 1:
            return ListedPlace("unknown", "the User-Agent names robots of several lists")
        found = self._lists.get(self._robots[robots[0].casefold()]["list"])
        if found is None:
            return ListedPlace("unknown", f"no signature, and no list of addresses of {robots[0]}")
        try:
            parsed = unmapped(ipaddress.ip_address(address.partition("%")[0]))
        except ValueError:  # a Unix socket has none
            return ListedPlace("unknown", "the client's address is not known")
        is_old = time.time() - found.date > OLD_DAYS * 86400
        details = {"list": found.day} if is_old else {}
        if parsed in found:
            return ListedPlace("listed", details=details)
        if is_old:
            return ListedPlace("unknown", f"the list of {found.day} is old")
        return ListedPlace("elsewhere")


def _data_of(path: Path) -> dict[str, Any]:
    text = path.read_bytes()
    if len(text) > MOST_BYTES:
        raise ValueError(f"{named(str(path))} is larger than {MOST_BYTES >> 20} MB")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise ValueError(f"{named(str(path))} is not a JSON object: download the operator's list again")
    return data


def _host_of(path: Path) -> str:
    host = path.stem.lower()
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host):
        raise ValueError(
            f"{named(str(path))} has keys: name it after their Signature-Agent, such as chatgpt.com.json"
        )
    return host


def _list_of(path: Path, data: dict[str, Any]) -> AddressList:
    rows = data.get("prefixes")
    where = named(str(path))
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_PREFIXES:
        raise ValueError(f'{where} has neither "prefixes" (1 to {MOST_PREFIXES}) nor "keys"')
    networks = []
    for number, row in enumerate(rows, 1):
        place = f"{where}, prefix {number}"
        if not isinstance(row, dict):
            raise ValueError(f"{place} is not an object")
        if {"service", "scope", "region"} & {*row}:
            raise ValueError(f"{place} belongs to a cloud that anybody can rent, which proves no robot")
        networks += [_network(place, row[key]) for key in ("ipv4Prefix", "ipv6Prefix") if row.get(key)]
    if not networks:
        raise ValueError(f"{where} has no ipv4Prefix or ipv6Prefix")
    return AddressList(networks, _date_of(path, data.get("creationTime")))


def _network(place: str, text: object) -> Network:
    try:
        found = ipaddress.ip_network(text if isinstance(text, str) else "")
    except ValueError:
        raise ValueError(f"{place}: {named(str(text))} is not a network") from None
    if isinstance(found, ipaddress.IPv6Network) and (mapped := found.network_address.ipv4_mapped) is not None:
        if found.prefixlen < 96:
            raise ValueError(f"{place}: {found} is too broad to be a robot's")
        found = ipaddress.ip_network((mapped, found.prefixlen - 96))
    if found.prefixlen < BROADEST[found.version]:
        raise ValueError(
            f"{place}: {found} is too broad to be a robot's (at least /{BROADEST[found.version]})"
        )
    return found


def _date_of(path: Path, text: object) -> float:
    """When the operator made a list; without a readable time, when the file was written."""
    try:
        made = (
            datetime.fromisoformat(re.sub(r"(\.\d+)?Z?$", "", str(text)))
            .replace(tzinfo=timezone.utc)
            .timestamp()
        )
    except (ValueError, OverflowError):
        made = path.stat().st_mtime
    return min(made, time.time())
