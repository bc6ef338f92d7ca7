"""Captures below one folder, each read once and held in memory. Nothing is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from ipaddress import ip_address
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from huginn_cffi.analysis.analyzer import Analyzer
from huginn_cffi.analysis.summary import Summary
from huginn_cffi.applications.crypto.inventory import CryptoInventory
from huginn_cffi.base.errors import named
from huginn_cffi.base.names import EXPLAINED, PROTOCOLS
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.sources.searching import find_captures, is_capture

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database

MOST_HELD = 4
"""Captures held at a time; the one not asked for longest goes first."""
EVENT_BYTES = 96 << 20
"""Most bytes of one capture's events, as JSON. With the hosts, 4 captures take at most 500 MB."""
MOST_HOSTS = 20_000
"""Most hosts of a capture."""
MAX_CONNECTIONS = 1000


class HeldCapture:
    """What a capture showed."""

    def __init__(self, path: str, database: Database, cards: NetworkCards, *, host_names: bool) -> None:
        self._problem = ""
        self._left_out = 0
        self._name = named(path)
        self._events: list[bytes] = []
        self.crypto = CryptoInventory(MOST_HOSTS, MAX_CONNECTIONS)
        options: dict[str, Any] = dict.fromkeys(("segments", "senders", "findings"), True)
        with Analyzer(database, protocols=PROTOCOLS, host_names=host_names, **options) as analyzer:
            summary = Summary(database, max_inventory=MOST_HOSTS, host_names=host_names)
            room = EVENT_BYTES
            for batch in analyzer.batches(path, on_error=self._failed):
                summary.add(batch)
                self.crypto.add(batch)
                for piece in batch.rendered("json"):
                    room -= len(piece)
                    if room >= 0:
                        self._events.append(piece)
                    else:
                        self._left_out += piece.count(b"\n")
            self.hosts = summary.hosts
            self.hosts.find_cards(cards)
            self.hosts.conclude()
            self.summary: dict[str, Any] = summary.as_dict(analyzer.stats)

    def _failed(self, error: Exception) -> None:
        self._problem = str(error).replace(f"{self._name}: ", "")

    @property
    def missing(self) -> str:
        """What is missing, in words: damage, and hosts and events without room."""
        lost = self.hosts.left_out
        found = (
            self._problem,
            f"{lost} packets of more than {MOST_HOSTS} hosts were left out" if lost else "",
            f"the last {self._left_out} events were left out" if self._left_out else "",
        )
        return "; ".join(filter(None, found))

    def records(self) -> Iterator[dict[str, Any]]:
        """The records of all hosts, as JSON has them."""
        for piece in self.hosts.written("json"):
            yield from map(json.loads, piece.splitlines())

    def events(self, **chosen: Any) -> Iterator[dict[str, Any]]:
        """The events of `lines`."""
        return map(json.loads, self.lines(**chosen))

    def lines(self, *, kind: str = "", address: str = "", packet: int = 0) -> Iterator[bytes]:
        """The events of a kind, of an address, of a packet, as JSON; all if none is given."""
        wanted = [b'_ip":"%s"' % str(ip_address(address)).encode()] if address else []
        wanted += [b'"event":"%s"' % kind.encode()] if kind else []
        wanted += [b'"packet_number":%d,' % packet] if packet else []
        for piece in self._events:
            for line in piece.splitlines():
                if all(one in line for one in wanted):
                    yield line

    def named(self, address: str) -> list[dict[str, Any]]:
        """The first packets of an address that `explain` explains."""
        found = []
        for one in self.events(address=address):
            if one["event"] in EXPLAINED and one["src_ip"] == address:
                match = one.get("match") or one.get("client") or one.get("server")
                name = match and match.get("name")
                found.append({"packet_number": one["packet_number"], "event": one["event"], "name": name})
                if len(found) == 8:
                    break
        return found


class CaptureFolder:
    """The captures below a folder; links that lead out of it are not followed."""

    def __init__(self, root: Path, database: Database, *, host_names: bool) -> None:
        self.root = root.resolve()
        self.host_names = host_names
        self.database = database
        self.cards = NetworkCards()
        self._alone = Lock()
        self._held: dict[Path, tuple[tuple[int, int], HeldCapture]] = {}

    def names(self) -> list[str]:
        """The captures, by their paths below the folder."""
        found = map(Path, find_captures(self.root).captures)
        return [str(one.relative_to(self.root)) for one in found if self._inside(one) is not None]

    def path(self, name: str) -> Path:
        """The path of a capture. `ValueError` for anything else, with the same words whatever it is."""
        found = self._inside(self.root / name)
        if found is None or not is_capture(str(found)):
            raise ValueError("the folder has no capture of this name; the tool captures lists all")
        return found

    def _inside(self, path: Path) -> Path | None:
        with suppress(OSError, RuntimeError, ValueError):  # a circle of links, a NUL, a long name
            found = path.resolve()
            if found.is_relative_to(self.root) and found.is_file():
                return found
        return None

    def held(self, name: str) -> HeldCapture:
        """A capture, read unless it is held and unchanged; one is read at a time."""
        path = self.path(name)
        with self._alone:
            status = path.stat()
            state = status.st_mtime_ns, status.st_size
            before = self._held.pop(path, None)
            if before is None or before[0] != state:
                while len(self._held) >= MOST_HELD:
                    del self._held[next(iter(self._held))]
                before = state, HeldCapture(str(path), self.database, self.cards, host_names=self.host_names)
            self._held[path] = before
            return before[1]
