"""Sources of hosts: an interface, a capture, or a store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from ipaddress import ip_address
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from huginn_cffi.base.errors import HuginnError
from huginn_cffi.base.times import moment_text
from huginn_cffi.hosts import record
from huginn_cffi.hosts.network_cards import NetworkCards
from sigcompiler.claims.flavors import label_text

if TYPE_CHECKING:
    from huginn_cffi.analysis.analyzer import Analyzer
    from huginn_cffi.engine.batch import Batch
    from huginn_cffi.store.reading import Store, StoredHost

POLLED = 2_000
"""Hosts fetched at a time, so that the screen stays responsive."""
APPS = ("tool", "tls_client", "http_client", "http_server")


class HostRow(NamedTuple):
    """A host's row in the table."""

    ip: str
    """Followed by its tunnel if it is in one."""
    system: str
    sure: int
    """Percent; 0: unknown, or several families are equally likely."""
    apps: str
    packets: int
    """SYNs and SYN+ACKs."""
    last_seen: int
    """ns since the epoch."""
    is_local: bool


class LiveFeed:
    """Hosts of an interface or a capture, whose batches a thread reads."""

    def __init__(
        self,
        analyzer: Analyzer,
        batches: Callable[[Callable[[], bool]], Iterable[Batch]],
        damaged: Sequence[str] = (),
    ) -> None:
        """`damaged` gets a message for each damaged capture."""
        from huginn_cffi.analysis.summary import Summary

        self._summary = Summary(analyzer.database, live=True)
        self._inventory = self._summary.hosts
        self._inventory.find_cards(NetworkCards())
        self._damaged = damaged
        self._batches, self._status = batches, "reading"
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._read, name="huginn-top", daemon=True)
        self._thread.start()

    def poll(self) -> list[HostRow]:
        """Hosts that changed since the last call, at most `POLLED`."""
        return [_row(one) for one in islice(self._inventory.changed(), POLLED)]

    def detail(self, ip: str) -> list[str]:
        """Everything known about a host, as lines."""
        self._inventory.conclude()
        place = self._place(ip)
        text = "" if place is None else b"".join(self._inventory.written("text", place, place + 1)).decode()
        lines = text.rstrip("\n").split("\n")
        return lines if lines[0] == f"[Host] {ip.partition(' ')[0]}" else [f"{ip}: forgotten"]

    def _place(self, name: str) -> int | None:
        ip, _, tunnel = name.partition(" in ")
        if not tunnel:
            return self._inventory.place(ip)
        packed = ip_address(ip).packed
        for place, address in enumerate(self._inventory.addresses()):
            if address == packed:
                for one in self._inventory.values(place, place + 1):
                    if one["tunnel"] == tunnel:
                        return place
        return None

    def findings(self) -> list[str]:
        """The findings."""
        return [found["text"] for found in self._summary.findings()] or ["No findings."]

    @property
    def status(self) -> str:
        """The state for the status line: reading, read to the end, or an error."""
        left_out = self._inventory.left_out
        damage = f", {len(self._damaged)} damaged, the first: {self._damaged[0]}" if self._damaged else ""
        return self._status + (f", {left_out} packets left out" if left_out else "") + damage

    def close(self) -> None:
        """End the thread after its current batch."""
        self._end.set()
        self._thread.join(5)

    def _read(self) -> None:
        try:
            for batch in self._batches(self._end.is_set):
                self._summary.add(batch)
                if self._end.is_set():
                    return
        except (HuginnError, OSError) as error:
            self._status = str(error)
        else:
            self._status = "read to the end"


class StoreFeed:
    """The most recent hosts of a store, and hosts that another process adds."""

    status = ""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._newest = 0
        self._known: dict[str, HostRow] = {}
        """Rows with the newest time, to avoid returning them again."""

    def poll(self) -> list[HostRow]:
        """Hosts that changed since the last call, at most `POLLED`."""
        seen = [_row(one) for one in self._store.latest(self._newest, POLLED)]
        new = [row for row in seen if self._known.get(row.ip) != row]
        self._newest = max((row.last_seen for row in seen), default=self._newest)
        self._known = {row.ip: row for row in seen if row.last_seen == self._newest}
        return new

    def detail(self, ip: str) -> list[str]:
        """Everything known about a host, as lines."""
        address, _, tunnel = ip.partition(" in ")
        return [line for one in self._store.find(address, tunnel) for line in _stored_lines(one)]

    def findings(self) -> list[str]:
        """A line that says why there are none."""
        return ["A store has no findings; see huginn top IFACE or huginn top FILE."]

    def close(self) -> None:
        """Close the store."""
        self._store.close()


Feed = LiveFeed | StoreFeed
"""A source of hosts."""


def _row(one: record.HostRecord | StoredHost) -> HostRow:
    return HostRow(
        one.name,
        _system(one),
        0 if one.family is None or record.is_of_several(one.family) else record.percent(one.confidence),
        ", ".join(dict.fromkeys(seen.name for seen in one.sightings if seen.kind in APPS)),
        one.syns + one.syn_acks,
        one.last_seen,
        bool(one.local),
    )


def _system(one: record.HostRecord | StoredHost) -> str:
    return _device(one) or "???" if one.family is None else label_text(one.family, one.flavor or "")


def _device(one: record.HostRecord | StoredHost) -> str:
    """The device that the host announces, in words; empty without one."""
    if isinstance(one, record.HostRecord):
        device = one.device
        return record.device_text(*(getattr(device, name) for name in record.DEVICE_VALUES)) if device else ""
    return record.device_text(*(getattr(one, f"device_{name}") for name in record.DEVICE_VALUES))


def _stored_lines(one: StoredHost) -> Iterator[str]:
    where = f"{one.site}/{one.sensor}" if one.site else one.sensor
    sure = record.confidence_text(one.family, one.confidence) or "0 %"
    yield f"{one.name}: {_system(one)} ({sure}), seen by {where}"
    if _device(one):
        yield f"Device: {_device(one)}"
    if one.mac:
        yield f"MAC: {record.mac_text(one.mac)}"
    yield f"Seen: {one.syns} SYNs, {one.syn_acks} SYN+ACKs, {one.connections} connections"
    yield f"From {moment_text(one.first_seen)[:19]} to {moment_text(one.last_seen)[:19]} UTC"
    for seen in one.sightings:
        yield f"{seen.kind} as {seen.role}: {label_text(seen.name, seen.flavor)}, {seen.packets} packets"
    for use in one.ports:
        yield f"Port {use.port} as {use.role}: {use.count}"
    for time, kind, reason, detail in one.events:
        yield f"{moment_text(time)[:19]} {kind}: {reason} {detail}"
