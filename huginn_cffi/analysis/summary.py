"""A summary of captures. The core (``csrc/summary``) counts and writes one document."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.errors import check
from huginn_cffi.base.handles import CData, made
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import MAX_INVENTORY
from huginn_cffi.base.names import PROTOCOLS
from huginn_cffi.database.database import Database
from huginn_cffi.hosts.inventory import Inventory
from huginn_cffi.run.batch import Batch
from huginn_cffi.run.changes import new_key
from huginn_cffi.run.stats import ReadCapture, Stats

if TYPE_CHECKING:
    from huginn_cffi.hosts import devices as device_types
    from huginn_cffi.hosts import network_cards, table
else:
    device_types = Later("huginn_cffi.hosts.devices")
    network_cards = Later("huginn_cffi.hosts.network_cards")
    table = Later("huginn_cffi.hosts.table")

VERSION = 2
"""Version of the document. It changes if a key is removed or changes its meaning; keys may be added."""


class Summary:
    """Summarises batches: systems, links, programs, hosts and findings.

    The first `max_inventory` hosts are kept; a `live` summary evicts a host that was not seen for long when a
    new one appears. `host_names` is as in `Inventory`. `protocols` are the analyzer's protocols; answers name
    them. `local` lists the networks of local hosts and replaces the private and link-local ones. The summary
    may be used from any thread.
    """

    def __init__(
        self,
        database: Database | None,
        *,
        max_inventory: int = MAX_INVENTORY,
        live: bool = False,
        host_names: bool = False,
        protocols: Iterable[str] = PROTOCOLS,
        local: Iterable[str] = (),
    ) -> None:
        self._hosts = _Hosts(
            database, max_inventory=max_inventory, live=live, host_names=host_names, local=local
        )
        lib.hg_summary_read(self._hosts._core, sum(1 << PROTOCOLS.index(name) for name in protocols))

    @property
    def hosts(self) -> Inventory:
        """All hosts; they get their batches through this summary."""
        return self._hosts

    @property
    def left_out(self) -> int:
        """Packets that were not counted completely."""
        return self._hosts.left_out

    def add(self, batch: Batch) -> None:
        """Count the events of a batch. Batches must be added in order."""
        self._hosts.add(batch)

    def document(self, stats: Stats, captures: Iterable[ReadCapture] = (), *, devices: bool = True) -> str:
        """The summary as JSON in one line. Lists have at most 500 rows; ``omitted`` counts further rows.

        Without `devices`, ``local_devices`` is left out.

        `stats` and `captures` come from the analyzer that made the batches.
        """
        read = json.dumps([one._asdict() for one in captures], separators=(",", ":"))
        return self._hosts.document(stats, read.replace("\x7f", "\\u007f").encode("ascii"), devices)

    def as_dict(
        self,
        stats: Stats,
        captures: Iterable[ReadCapture] = (),
        *,
        top: int | None = None,
        devices: bool = True,
    ) -> dict[str, Any]:
        """The document as plain values; lists are limited to `top` entries."""
        found: dict[str, Any] = json.loads(self.document(stats, captures, devices=devices))
        return {name: value if name == "answers" else _cut(value, top) for name, value in found.items()}

    def answers(self) -> list[dict[str, Any]]:
        """Answers to users' most common questions, as in the document."""
        return self.as_dict(Stats(), devices=False)["answers"]  # type: ignore[no-any-return]

    def findings(self) -> list[dict[str, Any]]:
        """The findings, as in the document."""
        return self.as_dict(Stats(), devices=False)["findings"]  # type: ignore[no-any-return]

    def __repr__(self) -> str:
        return f"<Summary of {len(self._hosts)} hosts>"


class _Hosts(Inventory):
    """The hosts inside a core summary, which also counts other things."""

    _core_use, _core_add = lib.hg_summary_use, lib.hg_summary_add

    def _made(self, most: int, live: bool) -> CData:
        self._core = made("hg_summary", lib.hg_summary_new, most, live, new_key())
        return lib.hg_summary_hosts(self._core)

    def _core_report(self, run: CData) -> None:
        lib.hg_run_report(run, ffi.NULL, self._core)

    @property
    def left_out(self) -> int:
        return int(lib.hg_summary_left_out(self._core))

    def document(self, stats: Stats, captures: bytes, devices: bool) -> str:
        out, length = ffi.new("char **"), ffi.new("size_t *")
        with self._lock:
            native = stats._native()
            status = lib.hg_summary_write(self._core, native, captures, devices, out, length, self._error)
            check(status, self._error)
            return str(ffi.buffer(out[0], length[0])[:], "utf-8")


class Whole:
    """A source as a whole: the batches of one pass, for its hosts, its devices and its summary."""

    def __init__(
        self, batches: Iterable[Batch], made: Summary, subject: str, stats: Callable[[], Stats]
    ) -> None:
        for batch in batches:
            made.add(batch)
        made.hosts.conclude()
        self._made, self.stats = made, stats
        self.captures: tuple[ReadCapture, ...] = ()
        self.hosts: table.HostTable = table.HostTable(made.hosts, subject)

    @property
    def devices(self) -> device_types.Devices:
        """A record for each device."""
        self._made.hosts.find_cards(network_cards.NetworkCards())
        return device_types.Devices(device_types.devices_of(self._made.hosts))

    @property
    def summary(self) -> dict[str, Any]:
        """The document as plain values."""
        return self._made.as_dict(self.stats(), self.captures)


def _cut(value: Any, top: int | None) -> Any:
    """The first entries of a list, or of all lists within a part of the summary."""
    if isinstance(value, dict):
        return {name: _cut(one, top) for name, one in value.items()}
    return value[:top] if isinstance(value, list) else value
