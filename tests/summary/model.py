"""What a summary should say, counted in Python from the rows of batches."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from ipaddress import ip_address, ip_network
from typing import Any

import huginn_cffi as hg
from huginn_cffi._native import lib
from huginn_cffi.base.names import EVENTS, NO_SIGNATURE
from huginn_cffi.run import http_rows, tls
from huginn_cffi.run.observations import DeviceObservation
from huginn_cffi.run.views import value
from sigcompiler.schema.rows import FIELDS

_NUMBERS = {field.column: number for number, field in enumerate(FIELDS)}

STATED = {
    "Android WebView": r"Chrome/(\d+)",
    "Chrome": r"Chrome/(\d+)",
    "Edge": r"EdgA?/(\d+)",
    "Firefox": r"Firefox/(\d+)",
    "Internet Explorer": r"^(?!.*Trident).*MSIE (\d+)",
    "Opera": r"OPR/(\d+)",
    "Safari": r"Version/(\d+)",
    "Samsung Internet": r"SamsungBrowser/(\d+)",
}
"""How User-Agents of browsers state their version."""


def leaves_open(flavor: str, version: int) -> bool:
    """Whether the version may be this one, and others."""
    ends = [int(number) for number in re.findall(r"\d+", flavor)]
    older, newer = flavor.endswith(" or older"), flavor.endswith(" or newer")
    return not ends or (
        (older or ends[0] <= version) and (newer or version <= ends[-1]) and (older or newer or len(ends) > 1)
    )


Rows = dict[tuple[Any, ...], tuple[int, int]]
"""What is counted: how many hosts, and packets."""


class Tallies:
    """Hosts and packets by key."""

    def __init__(self) -> None:
        self._hosts: dict[tuple[Any, ...], set[str]] = defaultdict(set)
        self._packets: Counter[tuple[Any, ...]] = Counter()

    def add(self, host: str, *key: Any) -> None:
        self._hosts[key].add(host)
        self._packets[key] += 1

    @property
    def rows(self) -> Rows:
        return {key: (len(hosts), self._packets[key]) for key, hosts in self._hosts.items()}


OUTER = 48
"""Bytes of a tunnel's identity."""


GIVES = ("offer", "ack", "advertise", "reply")
"""Messages in which a DHCP server offers or confirms an address: it is a host."""


def _source(batch: hg.Batch, row: int) -> str:
    length = 4 if batch._cells.ip_version[row] == 4 else 16
    return str(ip_address(bytes(batch._cells.src_ip[16 * row : 16 * row + length])))


class SummaryModel:
    """Takes batches."""

    def __init__(self, database: hg.Database | None) -> None:
        self._database = database
        self.times: list[int] = []
        self.hosts: set[str] = set()
        self.nameless: set[str] = set()
        self._macs: set[str] = set()
        self.systems, self.tls, self.versions, self.clients = Tallies(), Tallies(), Tallies(), Tallies()
        self.servers, self.claims, self.verdicts = Tallies(), Tallies(), Tallies()
        self.links: Counter[tuple[str | None, int]] = Counter()
        self.handshakes: Counter[tuple[str, str]] = Counter()
        """By system and time."""

    def add(self, batch: hg.Batch) -> None:
        events, cells = batch._cells.event, batch._cells
        self.times += cells.time_ns[: len(batch)]
        for part in batch:
            row = part._row
            if isinstance(part, DeviceObservation):
                if cells.scope[row] != lib.HG_SCOPE_NONE:
                    self._announcement(part)
                if (
                    cells.from_server[row]
                    and getattr(part, "dhcp_message", None) in GIVES
                    and not part.forwarded
                ):
                    self.hosts.add(_source(batch, row))
                continue
            ip = _source(batch, row)
            if tunnel := bytes(cells.outer[OUTER * row : OUTER * (row + 1)]).strip(b"\0"):
                ip += f"%{tunnel.hex()}"  # another host
            self.hosts.add(ip)
            getattr(self, f"_{EVENTS[events[row]]}", _ignored)(batch, row, ip)

    def _announcement(self, of: DeviceObservation) -> None:
        """A device counts by its address; one that has none yet by its MAC."""
        if of.device_ip is not None:
            self.hosts.add(of.device_ip)
        if of.mac is not None and (of.mac in self._macs or of.device_ip is not None):
            self._macs.add(of.mac)
            self.nameless.discard(of.mac)
        elif of.mac is not None:
            self.nameless.add(of.mac)

    def _syn(self, batch: hg.Batch, row: int, ip: str) -> None:
        self._handshake(batch, row, ip, "client")

    def _syn_ack(self, batch: hg.Batch, row: int, ip: str) -> None:
        self._handshake(batch, row, ip, "server")

    def _handshake(self, batch: hg.Batch, row: int, ip: str, role: str) -> None:
        index = batch._cells.signature[row]
        if self._database is None or index == NO_SIGNATURE:
            self.handshakes["not named", role] += 1
            return
        label = self._database._records.tcp[index]
        self.systems.add(ip, role, label.name, label.flavor, label.userland)
        self.handshakes[label.name, role] += 1

    def _mtu(self, batch: hg.Batch, row: int, ip: str) -> None:
        if batch._cells.from_server[row]:
            return  # its link is unknown
        index = batch._cells.link[row]
        known = self._database is not None and index != NO_SIGNATURE
        link = self._database._records.mtu[index].name if known and self._database else None
        self.links[link, batch._cells.mtu[row]] += 1

    def _tls_client(self, batch: hg.Batch, row: int, ip: str) -> None:
        index = batch._cells.client[row]
        if self._database is None or index == NO_SIGNATURE:
            self.tls.add(ip, None, "", value(batch, row, _NUMBERS["ja4"]))
        else:
            label = self._database._records.tls[index]
            self.tls.add(ip, label.name, label.flavor, None)
        self._version(batch, row, ip, "client")
        self.verdicts.add(ip, "hellos", value(batch, row, _NUMBERS["verdict"]))

    def _tls_server(self, batch: hg.Batch, row: int, ip: str) -> None:
        self._version(batch, row, ip, "server")

    def _version(self, batch: hg.Batch, row: int, ip: str, role: str) -> None:
        name = tls.version_name(batch._cells.tls_version[row])
        if name.startswith("TLS 1.3 draft"):
            name = "TLS 1.3 draft"
        self.versions.add(ip, role, "other" if name.startswith("0x") else name)

    def _http_request(self, batch: hg.Batch, row: int, ip: str) -> None:
        self._program(self.clients, batch, row, ip)
        if self._database is not None:
            self.claims.add(ip, value(batch, row, _NUMBERS["claims"]))
        self.verdicts.add(ip, "requests", value(batch, row, _NUMBERS["verdict"]))

    def _http_response(self, batch: hg.Batch, row: int, ip: str) -> None:
        self._program(self.servers, batch, row, ip)

    def _program(self, to: Tallies, batch: hg.Batch, row: int, ip: str) -> None:
        found = http_rows.record_of(batch, row)
        name, flavor = (None, "") if found is None else (found.name, found.flavor)
        if (
            to is self.clients
            and name in STATED
            and value(batch, row, _NUMBERS["client_check"]) == "consistent"
        ):
            version = re.search(STATED[name], value(batch, row, _NUMBERS["user_agent"]))
            flavor = version[1] if version and leaves_open(flavor, int(version[1])) else flavor
        to.add(ip, name, flavor)

    @property
    def subnets(self) -> dict[str, int]:
        """Hosts by network."""
        sizes = {4: 24, 6: 48}
        addresses = (ip_address(ip.partition("%")[0]) for ip in self.hosts)
        networks = (ip_network((ip, sizes[ip.version]), strict=False) for ip in addresses)
        return dict(Counter(map(str, networks)))


def _ignored(batch: hg.Batch, row: int, ip: str) -> None:
    pass


def rows(found: Iterable[dict[str, Any]], *keys: str) -> Rows:
    """Rows of a document in the same form; the number that follows hosts is that of packets."""
    unit = {"packets", "hellos", "messages"}
    return {
        tuple(row[key] for key in keys): (row["hosts"], *(row[name] for name in row if name in unit))
        for row in found
    }
