"""Who had an address, or which addresses a MAC had, and when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal, NamedTuple

from huginn_cffi.base.limits import MAC_BYTES
from huginn_cffi.base.times import EARLIEST_NS, LATEST_NS, SECOND_NS, Span, parse_time, rfc3339, time_ns
from huginn_cffi.hosts.inventory import packed_address
from huginn_cffi.hosts.lines import Time, device_text
from huginn_cffi.hosts.objects import Device
from huginn_cffi.hosts.record import HostRecord, address_bytes
from sigcompiler.claims.flavors import label_text
from sigcompiler.schema.hosts import Host

Answer = Literal["during", "lease", "several", "between", "after", "before", "never"]
"""`during`: one holder had it; `several`: more than one did; `lease`: nobody was seen with it, but the lease
of the one before went on; `between`: nobody was, and there is one before and one after; `after`: the last one
is over; `before`: nobody had it yet; `never`: it was not seen."""

SLACK_NS = SECOND_NS
"""A holder also had the address this long before its first packet and after its last: logs round times."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A host that had the address, and how far it is from the time in question. ``_ns`` is since 1970."""

    ip: str | None
    mac: str | None
    tunnel: str | None
    """Its tunnel, VLAN or interface, as in the host's record."""
    site: str
    """Of a store; empty if none was named."""
    device: str
    system: str | None
    """What it showed at that time, which may be an earlier system behind a router."""
    first_seen_ns: int
    last_seen_ns: int
    lease_until_ns: int | None
    proof: Literal["handshake", "traffic", "statement"] | None
    """`handshake`: it completed a connection; `traffic`: it sent; `statement`: neither. ``None``: a store."""
    record: dict[str, Any]
    """The host's record, as the JSON of ``huginn hosts``."""
    gap_ns: int = 0
    """From its last packet to that time: above 0. From that time to its first packet: below 0. 0: then."""

    first_seen = Time[datetime]("first_seen_ns", "When it was first seen.")
    last_seen = Time[datetime]("last_seen_ns", "When it was last seen.")
    lease_until = Time[datetime | None]("lease_until_ns", "When its lease ends.")

    def as_dict(self) -> dict[str, Any]:
        """The host's record, with `gap_seconds`, `then_system` and `proof`."""
        found = {"gap_seconds": self.gap_ns / SECOND_NS, "then_system": self.system, "proof": self.proof}
        return {**self.record, **found}


class Who(NamedTuple):
    """The answer to the question who had an address, or which addresses a MAC had."""

    asked: str
    span: Span | None
    """The time in question; ``None``: at any time."""
    answer: Answer | None
    """``None`` if no time was asked for, and there is a holder."""
    holders: tuple[Holder, ...]
    """In the order of their first packets; where none was seen at the time, of each address in each network
    the one before, then the one after."""

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain values, the JSON of ``huginn who``."""
        first, end = (_bound(self.span, at) for at in (0, 1))
        holders = [one.as_dict() for one in self.holders]
        return {
            "event": "who",
            "asked": self.asked,
            "since": first,
            "until": end,
            "answer": self.answer,
            "holders": holders,
        }


def _bound(span: Span | None, at: int) -> str | None:
    return None if span is None or span[at] in (EARLIEST_NS, LATEST_NS) else rfc3339(span[at])


def asked_for(text: str) -> bytes:
    """An address (4 or 16 bytes) or a MAC (6 bytes) from text; `ValueError` for other texts."""
    if not isinstance(text, str):
        raise TypeError(f"give an address or a MAC as text, not {type(text).__name__}")
    return packed_address(text.strip().lower().replace("-", ":"))


def time_of(at: object) -> Span | None:
    """The time in question: a span, ns since 1970 or a `datetime`; ``None`` for any time."""
    if at is None or isinstance(at, Span):
        return at
    first = time_ns("at", at)
    return Span(first, first + 1)


def who_had(hosts: Iterable[HostRecord], asked: str, time: Span | None = None) -> Who:
    """Find the holders of an address or MAC among hosts. `ValueError`: `asked` is neither."""
    packed = asked_for(asked)
    names = ((one.mac if len(packed) == MAC_BYTES else one.ip, one) for one in hosts)
    found = [one for name, one in names if name is not None and address_bytes(name) == packed]
    return judged([_holder(one, time) for one in found], asked, time)


def present(hosts: Iterable[Mapping[str, Any]], time: Span) -> set[tuple[Any, ...]]:
    """`identity` of the hosts that had their addresses at a time: seen then, or with a lease that went on."""
    span = Span(time.since_ns - SLACK_NS, time.until_ns + SLACK_NS)
    then, before = dict[tuple[Any, ...], tuple[Any, ...]](), dict[tuple[Any, ...], tuple[int, int, Any]]()
    for one in hosts:
        of, until = identity(one), _ns(one.get("lease_until") or 0)
        last = _ns(one["last_seen"])
        if _is_in(one, span):
            then[of] = of[:3]
        elif last < span.since_ns and last >= before.get(of[:3], (0,))[0]:
            before[of[:3]] = (last, until, of)
    taken = {*then.values()}
    leased = {of for at, (_, until, of) in before.items() if until >= span.since_ns and at not in taken}
    return {*then, *leased}


def identity(one: Mapping[str, Any]) -> tuple[Any, ...]:
    """What tells the hosts of an inventory or a store apart."""
    return (one.get("site"), one["ip"], one["tunnel"], one["mac"], one["first_seen"])


def device_at(one: Mapping[str, Any], time: Span) -> dict[str, Any] | None:
    """A device with the addresses that it had at a time; None if it was not seen then."""
    span = Span(time.since_ns - SLACK_NS, time.until_ns + SLACK_NS)
    addresses = [of for of in one["addresses"] if _is_in(of, span)]
    if not addresses and (one["addresses"] or not _is_in(one, span)):
        return None
    return {**one, "addresses": addresses, "address_count": len(addresses)}


def _is_in(one: Mapping[str, Any], span: Span) -> bool:
    return _ns(one["first_seen"]) < span.until_ns and _ns(one["last_seen"]) >= span.since_ns


def _ns(time: str | int) -> int:
    return parse_time(time) if isinstance(time, str) else time


def judged(found: list[Holder], asked: str, time: Span | None) -> Who:
    """The answer from all holders of an address, or all hosts of a MAC."""
    found = sorted(found, key=lambda one: (one.first_seen_ns, one.last_seen_ns, one.ip or "", one.mac or ""))
    if time is None or not found:
        return Who(asked, time, None if found else "never", tuple(found))
    span = Span(time.since_ns - SLACK_NS, time.until_ns + SLACK_NS)
    then = [one for one in found if one.first_seen_ns < span.until_ns and one.last_seen_ns >= span.since_ns]
    if then:
        stations = {(one.site, one.mac, one.tunnel if one.mac is None else None) for one in then}
        is_one = len(stations) == 1 or len(asked_for(asked)) == MAC_BYTES
        return Who(asked, time, "during" if is_one else "several", tuple(then))
    return _beside(asked, time, found)


def _beside(asked: str, span: Span, found: list[Holder]) -> Who:
    """The holders next to a time at which nobody was seen, of each address in each network."""
    before: dict[tuple[str | None, ...], Holder] = {}
    after: dict[tuple[str | None, ...], Holder] = {}
    for one in sorted(found, key=lambda one: one.last_seen_ns):
        key = (one.ip, one.tunnel, one.site)
        if one.last_seen_ns < span.since_ns:
            before[key] = replace(one, gap_ns=span.since_ns - one.last_seen_ns)
        elif key not in after or one.first_seen_ns < after[key].first_seen_ns:
            after[key] = replace(one, gap_ns=span.until_ns - 1 - one.first_seen_ns)
    if leased := [one for one in before.values() if (one.lease_until_ns or 0) >= span.since_ns]:
        return Who(asked, span, "lease", tuple(leased))
    answer: Answer = "between" if before and after else "after" if before else "before"
    return Who(asked, span, answer, (*before.values(), *after.values()))


def _holder(one: HostRecord, time: Span | None) -> Holder:
    return Holder(
        ip=one.ip,
        mac=one.mac,
        tunnel=one.tunnel,
        site="",
        device=_device_text(one.device),
        system=_system_in(one, time),
        first_seen_ns=one.first_seen_ns,
        last_seen_ns=one.last_seen_ns,
        lease_until_ns=one.lease_until_ns,
        proof=_proof(one),
        record=one.as_dict(),
    )


def _device_text(one: Device | None) -> str:
    return "" if one is None else device_text(one.type, one.manufacturer, one.model, None, None)


def _proof(one: HostRecord) -> Literal["handshake", "traffic", "statement"]:
    if any(peer.completed for peer in one.peers):
        return "handshake"
    return "traffic" if one.packets or one.connections else "statement"


def stored_holder(row: dict[str, Any]) -> Holder:
    """The holder from a row of a store."""
    kind = device_text(row["device_type"], row["device_manufacturer"], row["device_model"], None, None)
    of_device = (row["device_system"], row["device_version"])
    name, version = of_device if of_device[0] is not None else (row["family"], row["flavor"])
    return Holder(
        ip=row["ip"],
        mac=row["mac"],
        tunnel=row["tunnel"],
        site=row["site"],
        device=kind,
        system=None if name is None else label_text(name, version or ""),
        first_seen_ns=parse_time(row["first_seen"]),
        last_seen_ns=parse_time(row["last_seen"]),
        lease_until_ns=None if row["lease_until"] is None else parse_time(row["lease_until"]),
        proof=None,
        record={"event": Host.event, **row},
    )


def _system_in(one: HostRecord, time: Span | None) -> str | None:
    """The system of a host in a span: an earlier one if only that was seen then."""
    if time is not None and any(of.relation == "earlier" for of in one.evidence):
        first, end = time.since_ns - SLACK_NS, time.until_ns + SLACK_NS
        seen = [
            of
            for of in one.evidence
            if of.source in ("user_agent", "syn", "syn_ack")
            and (of.first_seen_ns or 0) < end
            and (of.last_seen_ns or 0) >= first
        ]
        if seen and all(of.relation == "earlier" for of in seen):
            return seen[-1].name
    device = one.device
    announced = None if device is None or device.system is None else (device.system, device.version or "")
    return one.system if announced is None else label_text(*announced)
