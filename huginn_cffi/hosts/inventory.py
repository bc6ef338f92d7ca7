"""The inventory of hosts: what all readers say of each address, kept in the C core."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from huginn_cffi._native import ffi, lib
from huginn_cffi.arguments import whole
from huginn_cffi.changes import Changes
from huginn_cffi.errors import check
from huginn_cffi.hosts.fronts import Answer, fronts
from huginn_cffi.hosts.naming import Names
from huginn_cffi.hosts.record import Change, HostRecord, PortUse, Sighting
from huginn_cffi.hosts.verdicts import HostVerdict, Seen, hidden
from huginn_cffi.inventory import MAX_INVENTORY
from huginn_cffi.messages import language_name
from huginn_cffi.names import reason_names
from huginn_cffi.results.observables import address_text
from sigcompiler.claims.flavors import label_text

if TYPE_CHECKING:
    from huginn_cffi._native import CData
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

__all__ = ["Change", "HostRecord", "Inventory", "PortUse", "Sighting"]

ROLES = {lib.HG_ROLE_CLIENT: "client", lib.HG_ROLE_SERVER: "server"}
CHANGES = {lib.HG_HOST_CHANGE: "host_change", lib.HG_IP_SHARING: "ip_sharing"}
MOST_HOSTS = 1 << 30

_MAPPED = bytes(10) + b"\xff\xff"


class Inventory(Changes):
    """What is known of each address that sent something. Any thread may use it.

    The first `max_inventory` hosts are kept; packets of later ones are counted in `left_out`. In a `live`
    one a host that was not seen for long makes room for a new one, counted in `forgotten`.
    """

    def __init__(
        self, database: Database | None, *, max_inventory: int = MAX_INVENTORY, live: bool = False
    ) -> None:
        self._names = Names()
        super().__init__(database, whole("max_inventory", max_inventory, 1, MOST_HOSTS), live=live)

    def add(self, batch: Batch) -> None:
        """Take the events of a batch; batches come in order."""
        with self._lock:
            self._take(batch)

    def find(self, address: bytes | str) -> HostRecord | None:
        """What is known of an address: text, or its 4 or 16 bytes; ``::ffff:a.b.c.d`` is a.b.c.d.

        None: it is not known. `ValueError`: it is not an address.
        """
        packed = _packed(address)
        with self._lock:
            place = self._place(packed)
            return None if place == lib.HG_NO_HOST else self._at(place)

    @property
    def handle(self) -> CData:
        """The core's hosts, which live as long as this."""
        return self._hosts

    def answer(self, query: bytes) -> bytes:
        """The 232 bytes with which p0f's API answers a query of 21."""
        out = ffi.new("uint8_t[]", lib.HG_ANSWER_BYTES)
        lib.hg_hosts_answer(self._hosts, query, out)
        return bytes(ffi.buffer(out))

    def __contains__(self, packed: bytes) -> bool:
        """Whether the address with these 4 or 16 bytes, as they were in its packets, is kept."""
        with self._lock:
            return self._place(packed) != lib.HG_NO_HOST

    def __len__(self) -> int:
        """The number of hosts."""
        return int(lib.hg_hosts_count(self._hosts))

    def __iter__(self) -> Iterator[HostRecord]:
        """All hosts, in the order first seen; a host that makes room for another gives it its place."""
        return map(self._made, self._raws())

    def changed(self) -> Iterator[HostRecord]:
        """Those that were seen since they were handed out here last."""
        while True:
            with self._lock:
                place = lib.hg_hosts_changed(self._hosts)
                found = None if place == lib.HG_NO_HOST else self._at(place)
            if found is None:
                return
            yield found

    def judged(self) -> Iterator[tuple[HostVerdict, HostRecord]]:
        """Each host with its verdict; unlike `HostRecord.verdict` it knows of middleboxes."""
        found = fronts((_address_of(raw), answer) for raw in self._raws() if (answer := _answer(raw)))
        for raw in self._raws():
            record, answer = self._made(raw), _answer(raw)
            one = record.verdict
            behind = None if answer is None else found.get(answer)
            yield one if behind is None else hidden(one, *behind), record

    @property
    def left_out(self) -> int:
        """Packets of hosts, or with names, that were too many."""
        return int(lib.hg_hosts_left_out(self._hosts))

    @property
    def forgotten(self) -> int:
        """Hosts that made room for others."""
        return int(lib.hg_hosts_forgotten(self._hosts))

    @property
    def unwatched(self) -> int:
        """Handshakes and messages of hosts whose systems and changes are not followed."""
        return int(lib.hg_hosts_unwatched(self._hosts))

    def __repr__(self) -> str:
        return f"<Inventory of {len(self)} hosts>"

    def _name(self) -> None:
        """Names get labels as they appear."""

    def _label(self, batch: Batch, row: int, naming: int, index: int) -> None:
        at = index // 2 if naming == lib.HG_NAMING_TCP else index
        label, flags = self._names.give(batch, row, naming, at)
        name, flavor = (one.encode("utf-8", "replace") for one in self._names[label][1:3])
        check(lib.hg_hosts_words(self._hosts, label, name, flavor, self._error), self._error)
        check(lib.hg_hosts_label(self._hosts, naming, index, label, flags, self._error), self._error)

    def _place(self, packed: bytes) -> int:
        version = 4 if len(packed) == 4 else 6
        return int(lib.hg_hosts_find(self._hosts, packed.ljust(16, b"\0"), version))

    def _raw(self, place: int) -> CData:
        record = ffi.new("hg_host_record *")
        check(lib.hg_hosts_get(self._hosts, place, record, self._error), self._error)
        return record

    def _raws(self) -> Iterator[CData]:
        place = 0
        while place < len(self):
            with self._lock:
                found = self._raw(place)
            yield found
            place += 1

    def _at(self, place: int) -> HostRecord:
        return self._made(self._raw(place))

    def _made(self, raw: CData) -> HostRecord:
        ip = _address_of(raw)
        sightings = self._sightings(raw)
        has_clock = raw.clock_points > 0
        return HostRecord(
            ip=ip,
            first_seen=raw.first_ns,
            last_seen=raw.last_ns,
            syns=raw.syns,
            syn_acks=raw.syn_acks,
            connections=raw.connections,
            quality=raw.quality,
            os=_latest(sightings, "system"),
            http=_latest(sightings, "http_client", "http_server"),
            dishonest=raw.dishonest,
            language=language_name(raw.language),
            link=None if raw.link == lib.HG_NO_LABEL else self._names[raw.link].name,
            mtu=raw.mtu or None,
            distance=raw.distance if raw.flags & lib.HG_HOST_DISTANCE else None,
            uptime_minutes=raw.uptime_minutes if has_clock else None,
            uptime_modulo_days=raw.modulo_days if has_clock else None,
            uptime_hz=raw.frequency_hz if has_clock else None,
            uptime_reliable=has_clock and raw.doubt == lib.HG_DOUBT_NONE,
            uptime_points=raw.clock_points,
            sightings=sightings,
            ports=tuple(
                PortUse(ROLES[one.role], one.port, one.last_ns, one.count)
                for one in raw.ports[0 : raw.port_count]
            ),
            contradictions=raw.contradictions,
            systems=raw.systems or min(raw.syns + raw.syn_acks, 1),
            witnesses=self._witnesses(raw),
            last_change=raw.last_change_ns or None,
            last_sharing=raw.last_sharing_ns or None,
            host_change=raw.host_change_ns or None,
            ip_sharing=raw.ip_sharing_ns or None,
            changes=tuple(map(_change, raw.changes[0 : raw.change_count])),
            _verdict=partial(self._names.judge.verdict, ip, self._seen(raw)),
        )

    def _sightings(self, raw: CData) -> tuple[Sighting, ...]:
        """Names; those that only the verdict tells apart are one."""
        found: dict[tuple[str, str, str, str], Sighting] = {}
        for one in raw.sightings[0 : raw.sighting_count]:
            name = self._names[one.label]
            key = (name.kind, name.name, name.flavor, ROLES[one.role])
            sure = name.of.confidence if name.of else None
            new = Sighting(*key, one.first_ns, one.last_ns, one.packets, sure)
            found[key] = _joined(found[key], new) if key in found else new
        return tuple(found.values())

    def _witnesses(self, raw: CData) -> tuple[str, ...]:
        """Why several systems speak from an address, in words."""
        told = raw.witnesses[0 : raw.witness_count]
        names = [self._kind(one.label) for one in told]
        found = []
        if len(names) > 1:
            how = "within a minute" if all(one.soon for one in told) else "within ten minutes"
            found.append(f"SYNs of {len(names)} kinds take turns {how}: {', '.join(names)}")
        for name, one in zip(names, told, strict=True):
            if one.systems > 1:
                found.append(f"{one.systems} runs of ports at one time to one address and port: {name}")
        return tuple(found)

    def _kind(self, label: int) -> str:
        """What named a kind of SYNs."""
        if label == lib.HG_NO_LABEL:
            return "without a name"
        return label_text(self._names[label].name, self._names[label].flavor)

    def _seen(self, raw: CData) -> Seen:
        """What verdicts are made of."""
        seen = Seen()
        for one in raw.sightings[0 : raw.sighting_count]:
            name = self._names[one.label]
            if name.of is not None:
                seen.named(name.of, one.packets)
            elif name.kind == "tool" and name.text not in seen.tools:
                seen.tools = (*seen.tools, name.text)
        seen.rates = tuple(raw.rates[0 : raw.rate_count])
        seen.lowest_port = raw.lowest_port
        seen.syns, seen.syn_acks = raw.syns, raw.syn_acks
        return seen


def _packed(address: bytes | str) -> bytes:
    """Its 4 or 16 bytes; an IPv4 address in an IPv6 one is itself."""
    packed = _bytes_of(address) if isinstance(address, str) else bytes(address)
    if len(packed) not in (4, 16):
        raise ValueError(f"an address has 4 or 16 bytes, not {len(packed)}")
    return packed[12:] if packed[:12] == _MAPPED else packed


def _bytes_of(text: str) -> bytes:
    try:
        return socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
    except OSError:
        raise ValueError(f"{text!r} is not an address") from None


def _address_of(raw: CData) -> str:
    return address_text(raw.version, bytes(ffi.buffer(raw.address)))


def _answer(raw: CData) -> Answer | None:
    """How a host answers that opened no connection itself."""
    if raw.syns or not raw.flags & lib.HG_HOST_ANSWERS:
        return None
    return Answer(f"{raw.answer:x}", raw.answer_distance)


def _change(raw: CData) -> Change:
    return Change(raw.time_ns, CHANGES[raw.kind], ROLES[raw.role], reason_names(raw.reasons), tuple(raw.hits))


def _latest(sightings: tuple[Sighting, ...], *kinds: str) -> Sighting | None:
    named = [one for one in sightings if one.kind in kinds]
    return max(reversed(named), key=lambda one: one.last_seen, default=None)


def _joined(one: Sighting, other: Sighting) -> Sighting:
    return Sighting(
        *(one.kind, one.name, one.flavor, one.role),
        min(one.first_seen, other.first_seen),
        max(one.last_seen, other.last_seen),
        one.packets + other.packets,
        max(one.confidence, other.confidence) if one.confidence and other.confidence else one.confidence,
    )
