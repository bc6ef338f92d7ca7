"""The inventory of hosts: the results of all readers for each address, kept in the C core."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.arguments import whole
from huginn_cffi.base.errors import check
from huginn_cffi.base.later import Later
from huginn_cffi.base.limits import MAC_BYTES, MAX_INVENTORY, MOST_HOSTS
from huginn_cffi.base.names import in_tunnel, tunnel_id, with_interface_names
from huginn_cffi.run.changes import FINDINGS, Changes

if TYPE_CHECKING:
    from huginn_cffi.database.database import Database
    from huginn_cffi.hosts import record
    from huginn_cffi.hosts.network_cards import NetworkCards
    from huginn_cffi.run.batch import Batch
else:
    record = Later("huginn_cffi.hosts.record")

FORMATS = {"json": lib.HG_HOST_JSON, "text": lib.HG_HOST_TEXT, "values": lib.HG_HOST_VALUES}
DEVICE_FORMATS = {"json": lib.HG_DEVICES_JSON, "values": lib.HG_DEVICES_VALUES}

_MAPPED = bytes(10) + b"\xff\xff"
_VERSIONS = {4: 4, 16: 6, 6: 0}
"""IP versions by the length of an address in bytes; 6 bytes are a MAC, version 0."""
_PIECE_BYTES = 1 << 18
_MOST_BYTES = 1 << 30
_allocate = ffi.new_allocator(should_clear_after_alloc=False)


class Inventory(Changes):
    """The record of each address that sent something. Any thread may use it.

    The first `max_inventory` hosts are kept; packets of later hosts are counted in `left_out`. A `live`
    inventory evicts a host not seen for long for a new one, and counts it in `forgotten`. With
    `host_names`, records have the server names that clients requested. `local` are the networks of local
    hosts, such as ``192.0.2.0/24``; they replace private and link-local networks.
    """

    def __init__(
        self,
        database: Database | None,
        *,
        max_inventory: int = MAX_INVENTORY,
        live: bool = False,
        host_names: bool = False,
        local: Iterable[str] = (),
    ) -> None:
        limit = whole("max_inventory", max_inventory, 1, MOST_HOSTS)
        super().__init__(database, limit, live=live, only_changes=False)
        self._options.shows_names = host_names
        self.names_interfaces: bool = False
        """Whether records have the names of this machine's interfaces instead of their indices."""
        if stated := tuple(local):
            from huginn_cffi.filters.conditions import SubnetFilter, native_networks

            networks = SubnetFilter(any=stated).either
            native = native_networks(networks)
            check(lib.hg_hosts_set_local(self._hosts, native, len(networks), self._error), self._error)

    def find_cards(self, cards: NetworkCards) -> None:
        """Show the makers of network cards in records."""
        self._cards = cards  # the core borrows its handle
        self._options.card_finder, self._options.card_user = lib.hg_python_card, cards.handle

    def list_all(self) -> None:
        """Also write the records of remote hosts of which only packets were counted."""
        self._options.lists_all = 1

    def show_peers(self) -> None:
        """Show peers in the text of records; JSON always has them."""
        self._options.shows_peers = 1

    def add(self, batch: Batch) -> None:
        """Add the events of a batch; batches must come in order."""
        with self._lock:
            if batch.database is not self._database:
                self._use(batch.database)
            check(self._core_add(self._core, batch._native, self._error), self._error)

    def state(
        self, address: bytes, tunnel: str | None, findings: Collection[str], first: int, last: int
    ) -> None:
        """Add a host (4 or 16 bytes, or a MAC) with findings of another inventory, and its `tunnel`."""
        bits = sum(1 << at for at, name in enumerate(FINDINGS) if name in findings)
        within = ffi.NULL if tunnel is None else tunnel_id(tunnel)
        with self._lock:
            status = lib.hg_hosts_state(
                *(self._hosts, address.ljust(16, b"\0"), _VERSIONS[len(address)], within),
                *(bits, first, last, self._error),
            )
            check(status, self._error)

    def conclude(self) -> None:
        """Look for middleboxes that answer for many hosts; later records show them."""
        with self._lock:
            check(lib.hg_hosts_conclude(self._hosts, self._error), self._error)

    def find(self, address: bytes | str) -> record.HostRecord | None:
        """The record of an address outside tunnels: text, or 4 or 16 bytes; ``::ffff:a.b.c.d`` is a.b.c.d.

        A device without an address is found by its MAC.
        None: unknown. `ValueError`: not an address.
        """
        place = self.place(address)
        found = None if place is None else self._at(place)
        # a live inventory may have given the place to another host meanwhile
        if found is None or in_tunnel(found.tunnel):
            return None
        return found if packed_address(found.ip or found.mac or "") == packed_address(address) else None

    def place(self, address: bytes | str) -> int | None:
        """The place of the record of an address or MAC; None and errors as in `find`."""
        packed = packed_address(address)
        version = _VERSIONS[len(packed)]
        with self._lock:
            found = int(lib.hg_hosts_find(self._hosts, packed.ljust(16, b"\0"), version))
        return None if found == lib.HG_NO_HOST else found

    def addresses(self) -> Iterator[bytes]:
        """Each address as 4 or 16 bytes, in the order of places; 6 bytes are the MAC of a device."""
        out = ffi.new("uint8_t[16]")
        for place in range(len(self)):
            with self._lock:
                version = lib.hg_hosts_address(self._hosts, place, out)
            yield bytes(ffi.buffer(out, {4: 4, 6: 16}.get(version, MAC_BYTES)))

    def is_local(self, place: int) -> bool:
        """Whether the host at a place is local."""
        with self._lock:
            return bool(lib.hg_hosts_is_local(self._hosts, place))

    def answer(self, query: bytes) -> bytes:
        """The 232-byte answer of p0f's API to a query of 21 bytes."""
        out = ffi.new("uint8_t[]", lib.HG_ANSWER_BYTES)
        lib.hg_hosts_answer(self._hosts, query, out)
        return bytes(ffi.buffer(out))

    def __len__(self) -> int:
        """The number of places; see `records`."""
        return int(lib.hg_hosts_count(self._hosts))

    @property
    def records(self) -> int:
        """The number of hosts. A device with a second place, by its MAC alone, counts once."""
        return int(lib.hg_hosts_count_records(self._hosts))

    def __iter__(self) -> Iterator[record.HostRecord]:
        """All hosts, in the order first seen; a new host takes the place of the host evicted for it."""
        return map(record.record_of, self.values())

    def changed(self) -> Iterator[record.HostRecord]:
        """The hosts that changed since they were last returned here."""
        while True:
            with self._lock:
                place = lib.hg_hosts_changed(self._hosts)
            if place == lib.HG_NO_HOST:
                return
            if (found := self._at(place)) is not None:
                yield found

    def values(self, first: int = 0, end: int | None = None) -> Iterator[dict[str, Any]]:
        """The records from place `first` on as plain values; times are ns since 1970."""
        for piece in self.written("values", first, end):
            for line in piece.splitlines():
                yield json.loads(line)

    def written(self, format_: str, first: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The records from place `first` on as text, or as JSON lines, in pieces of bounded size."""
        return self._pieces(FORMATS[format_], first, lambda: len(self) if end is None else end)

    def written_devices(self, format_: str) -> Iterator[bytes]:
        """The records of all devices, likewise."""
        return self._pieces(DEVICE_FORMATS[format_], 0, lambda: int(lib.hg_hosts_device_places(self._hosts)))

    def _pieces(self, format_: int, place: int, end: Callable[[], int]) -> Iterator[bytes]:
        capacity = _PIECE_BYTES
        written, following = ffi.new("size_t *"), ffi.new("uint32_t *")
        out = _allocate("char[]", capacity)
        while place < (last := end()):
            with self._lock:
                status = lib.hg_hosts_write(
                    *(self._hosts, format_, place, last, out, capacity),
                    *(written, following, self._error),
                )
            if status == lib.HG_E_ARGUMENT and capacity < _MOST_BYTES:
                capacity *= 4
                out = _allocate("char[]", capacity)
                continue
            check(status, self._error)
            piece = bytes(ffi.buffer(out, written[0]))
            yield with_interface_names(piece) if self.names_interfaces else piece
            place = following[0]

    @property
    def left_out(self) -> int:
        """Packets without room for their host, or for a name or port."""
        return int(lib.hg_hosts_left_out(self._hosts))

    @property
    def forgotten(self) -> int:
        """Hosts that were evicted."""
        return int(lib.hg_hosts_forgotten(self._hosts))

    @property
    def untracked(self) -> int:
        """Packets without room for some of their content: too many hosts, or too many names of one host."""
        return int(lib.hg_hosts_untracked(self._hosts))

    def __repr__(self) -> str:
        return f"<Inventory of {len(self)} hosts>"

    def _at(self, place: int) -> record.HostRecord | None:
        """None: a device without an address, which has an address now."""
        return next(map(record.record_of, self.values(place, place + 1)), None)


def packed_address(address: bytes | str) -> bytes:
    """An address as 4 or 16 bytes, a MAC as 6; an IPv4-mapped IPv6 address becomes the IPv4 address."""
    packed = record.address_bytes(address) if isinstance(address, str) else bytes(address)
    if len(packed) not in _VERSIONS:
        raise ValueError(f"an address has 4 or 16 bytes, a MAC 6, not {len(packed)}")
    return packed[12:] if packed[:12] == _MAPPED else packed
