"""The tools that assistants call; each returns an answer of bounded size."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huginn_cffi.applications.assistants.answers import clean, document, rows
from huginn_cffi.applications.assistants.held import MOST_HOSTS, CaptureFolder, HeldCapture
from huginn_cffi.applications.crypto.document import Choice, Presentation
from huginn_cffi.applications.crypto.kept import crypto_of_store
from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.names import EVENTS, in_tunnel
from huginn_cffi.base.times import parse_span
from huginn_cffi.explain.packet import explain_packet
from huginn_cffi.hosts.devices import devices_of, stored_devices
from huginn_cffi.hosts.lines import DEVICE_VALUES, device_text
from huginn_cffi.hosts.table import HostTable
from huginn_cffi.store.reading import COLUMNS, Store, record
from huginn_cffi.store.summary import document as stored_summary

if TYPE_CHECKING:
    from huginn_cffi.applications.crypto.inventory import CryptoInventory
    from huginn_cffi.database.database import Database

Answer = dict[str, Any]

_OF_HOST = (
    *("ip", "mac", "local", "family", "flavor", "confidence", "device", "clients", "servers", "findings"),
    *("first_seen", "last_seen"),
)
_OF_HOLDER = (
    *("ip", "mac", "tunnel", "then_system", "gap_seconds", "proof", "lease_until", "findings"),
    *("first_seen", "last_seen"),
)
_OF_DEVICE = ("type", "manufacturer", "model")
_MAC = re.compile("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}")
_SPAN = ("first_seen", "last_seen", "packets")
SPAN_BYTES = 32 << 20
"""Bytes of captures that one call of `captures` reads to find time spans."""


class Tools:
    """The tools over a folder of captures, or over a store."""

    def __init__(self, path: str, database: Database, *, host_names: bool) -> None:
        self._names = host_names
        self._store = None if Path(path).is_dir() else path
        self._folder = CaptureFolder(
            Path(path) if self._store is None else Path(), database, host_names=host_names
        )
        self._spans: dict[Path, tuple[int, dict[str, Any]]] = {}

    def captures(self, offset: int = 0) -> Answer:
        """List the captures: name for the other tools, bytes, time span (null if not read yet).

        A store of hosts is one entry. Begin here; then call summary.
        """
        if self._store is not None:
            return self._rows([{"name": "", "store": Path(self._store).name}], offset)
        return self._rows(self._listed(offset), offset)

    def summary(self, capture: str = "", part: str = "", offset: int = 0) -> Answer:
        """Summarise a capture: answers, findings, systems, programs, times. part: a list to see all of."""
        if self._store is None:
            return self._document(self._held(capture).summary, part, offset, capture)
        with Store(self._store) as store:
            return self._document(stored_summary(store), part, offset)

    def hosts(
        self, capture: str = "", address: str = "", family: str = "", finding: str = "", offset: int = 0
    ) -> Answer:
        """List hosts with system, confidence and device; `host` has the reasons.

        Filters: an address or network (192.0.2.0/24), a family of systems (Linux), the kind of a finding.
        """
        network = ip_network(address, strict=False) if address else None
        found = (
            {name: one[name] for name in _OF_HOST}
            | {"device": (of := one["device"]) and {key: of[key] for key in _OF_DEVICE}}
            for one in self._records(capture)
            if (network is None or (one["ip"] is not None and ip_address(one["ip"]) in network))
            and (not family or family.casefold() in (one["family"] or "").casefold().split(" or "))
            and (not finding or finding in one["findings"])
        )
        return self._rows(found, offset, capture)

    def host(self, address: str, capture: str = "", part: str = "", offset: int = 0) -> Answer:
        """Show all about a host (address, or MAC): system with evidence, device, programs, ports, peers.

        packets_explained are packets of the host whose names the tool explain explains.
        """
        wanted = (
            address.lower() if address.count(":") == 5 and "." not in address else str(ip_address(address))
        )
        for one in self._records(capture):
            if wanted in (one["ip"], one["mac"] if one["ip"] is None else None) and not in_tunnel(
                one["tunnel"]
            ):
                if self._store is None and one["ip"]:
                    one["packets_explained"] = self._held(capture).named(wanted)
                return self._document(one, part, offset, capture)
        raise ValueError("no such host here; the tool hosts lists all")

    def who(self, address: str, time: str = "", capture: str = "", part: str = "", offset: int = 0) -> Answer:
        """Tell who had an address, or which addresses a MAC had: at a time (2026-01-15T14:03, UTC), or ever.

        answer: during, lease, several, between, after, before, never. gap_seconds: from then to a holder.
        """
        at = parse_span(time) if time else None
        if self._store is None:
            found = HostTable(self._held(capture).hosts, "capture").who(address, at)
        else:
            with Store(self._store) as store:
                found = store.who(address, at)
        holders = [_holder(one.as_dict()) for one in found.holders]
        return self._document({**found.as_dict(), "holders": holders}, part, offset, capture)

    def devices(
        self,
        capture: str = "",
        type: str = "",
        maker: str = "",
        local_only: bool = True,
        count: bool = False,
        offset: int = 0,
    ) -> Answer:
        """List devices, a line each: address, MAC, type, maker, model, system; `host` has the evidence.

        Filters: a type (printer), a maker (HP). With count, only how many there are of each type.
        """
        found = (
            one
            for one in self._devices(capture)
            if (one["local"] or not local_only)
            and (not type or type.casefold() == (one["type"] or "").casefold())
            and (not maker or maker.casefold() in (one["manufacturer"] or "").casefold())
        )
        if count:
            counts = Counter(one["type"] or "unknown" for one in found)
            return self._rows(
                [{"devices": counts.total(), "types": dict(counts.most_common())}], offset, capture
            )
        return self._rows(map(_line, found), offset, capture)

    def crypto(self, capture: str = "", part: str = "", offset: int = 0) -> Answer:
        """Show the cryptography that servers and programs chose, with rules on it (NIST, RFCs)."""
        if self._store is None:
            return self._document(_crypto(self._held(capture).crypto), part, offset, capture)
        with Store(self._store) as store:
            return self._document(_crypto(crypto_of_store(store, MOST_HOSTS)), part, offset)

    def findings(self, capture: str = "", offset: int = 0) -> Answer:
        """List findings: kind, weight, text, hosts, and packets that completed them."""
        if self._store is not None:
            with Store(self._store) as store:
                return self._rows(stored_summary(store)["findings"], offset)
        held, packets = self._held(capture), defaultdict[str, list[int]](list)
        for one in held.events(kind="finding"):
            packets[one["finding"]].append(one["packet_number"])
        found = held.summary["findings"]
        return self._rows([{**one, "packet_numbers": packets[one["kind"]]} for one in found], offset, capture)

    def explain(self, packet: int, capture: str = "", part: str = "", offset: int = 0) -> Answer:
        """Explain packet N (counted from 1) of a capture: its events, and its name field by field."""
        held = self._held(capture)
        found: Answer = {"events": [*held.events(packet=packet)], "explanation": None, "why_not": None}
        try:
            path = str(self._folder.path(self._one(capture)))
            explained = explain_packet(self._folder.database, path, packet).explanation
            found["explanation"] = explained.as_dict()
        except HuginnError as error:
            found["why_not"] = str(error).rsplit(": ", 1)[-1]
            if not found["events"]:
                raise ValueError(f"packet {packet} shows nothing: {found['why_not']}") from None
        return self._document(found, part, offset, capture)

    def events(
        self, capture: str = "", kind: str = "", address: str = "", offset: int = 0, limit: int = 50
    ) -> Answer:
        """List events (syn, tls_client, http_request, dhcp, ...) with packet numbers, in order.

        Filters: a kind of event; an address at either end. The tool explain takes each packet number.
        """
        if kind and kind not in EVENTS:
            raise ValueError(f"no such kind of event; there are {', '.join(EVENTS)}")
        return self._rows(
            self._held(capture).lines(kind=kind, address=address), offset, capture=capture, most=limit
        )

    def _listed(self, offset: int) -> Iterator[dict[str, Any] | None]:
        room = SPAN_BYTES
        for number, name in enumerate(self._folder.names()):
            if number < offset:
                yield None
                continue
            path = self._folder.path(name)
            status = path.stat()
            changed, span = self._spans.get(path, (0, dict.fromkeys(_SPAN)))
            if changed != status.st_mtime_ns and (room := room - status.st_size) >= 0:
                summary = self._held(name).summary
                span = {key: summary[key] for key in _SPAN}
                self._spans[path] = status.st_mtime_ns, span
            yield {"name": name, "bytes": status.st_size, **span}

    def _records(self, capture: str) -> Iterator[dict[str, Any]]:
        if self._store is None:
            yield from self._held(capture).records()
        else:
            with Store(self._store) as store:
                yield from map(record, store.values())

    def _devices(self, capture: str) -> Iterator[dict[str, Any]]:
        if self._store is None:
            yield from devices_of(self._held(capture).hosts)
        else:
            with Store(self._store) as store:
                found = (dict(zip(COLUMNS, values, strict=True)) for values in store.rows())
                yield from stored_devices(found, self._folder.cards)

    def _one(self, capture: str) -> str:
        if capture:
            return capture
        names = self._folder.names()
        if len(names) != 1:
            raise ValueError(f"name one of the {len(names)} captures; the tool captures lists them")
        return names[0]

    def _held(self, capture: str) -> HeldCapture:
        if self._store is not None:
            raise ValueError("a store keeps hosts and devices, no packets")
        return self._folder.held(self._one(capture))

    def _rows(
        self, found: Iterable[Any], offset: int, capture: str | None = None, most: int = 1000
    ) -> Answer:
        if offset < 0 or most < 1:
            raise ValueError("offset is at least 0, limit at least 1")
        return self._noted(rows(found, offset, most, host_names=self._names), capture)

    def _document(self, found: dict[str, Any], part: str, offset: int, capture: str | None = None) -> Answer:
        if offset < 0:
            raise ValueError("offset is at least 0")
        return self._noted(document(found, part, offset, host_names=self._names), capture)

    def _noted(self, answer: Answer, capture: str | None) -> Answer:
        """The answer, with what of its capture is missing."""
        if capture is not None and self._store is None and (missing := self._held(capture).missing):
            answer["missing"] = clean(missing)
        return answer


def _line(device: dict[str, Any]) -> str:
    """A device in a line."""
    addresses = device["addresses"]
    more = f"+{device['address_count'] - 1}" if device["address_count"] > 1 else ""
    shown = device_text(*(device[name] for name in DEVICE_VALUES)) or device["network_card"] or ""
    parts = (f"{addresses[0]['ip']}{more}" if addresses else "", device["mac"], shown)
    return " ".join(filter(None, parts))


def _holder(one: dict[str, Any]) -> dict[str, Any]:
    return {name: one[name] for name in _OF_HOLDER if name in one}


def _crypto(found: CryptoInventory) -> dict[str, Any]:
    return Presentation(found, Choice()).document()
