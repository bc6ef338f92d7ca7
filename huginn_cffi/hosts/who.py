"""Who had an address, or which addresses a MAC had, and when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from huginn_cffi.base.times import EARLIEST_NS, LATEST_NS, SECOND_NS, Span, rfc3339
from huginn_cffi.hosts.record import HostRecord, address_bytes
from sigcompiler.claims.flavors import label_text

Answer = Literal["during", "lease", "several", "between", "after", "before", "never"]
"""`during`: one holder had it; `several`: more than one did; `lease`: nobody was seen with it, but the lease
of the one before went on; `between`: nobody was, and there is one before and one after; `after`: the last one
is over; `before`: nobody had it yet; `never`: it was not seen."""

_MAPPED = bytes(10) + b"\xff\xff"

SLACK_NS = SECOND_NS
"""A holder also had the address this long before its first packet and after its last: logs round times."""


class Holder(NamedTuple):
    """A host that had the address, and how far it is from the time in question."""

    host: HostRecord
    gap_ns: int
    """From its last packet to that time: above 0. From that time to its first packet: below 0. 0: then."""
    system: str | None
    """What its packets showed at that time, which may be an earlier system behind a router."""

    @property
    def proof(self) -> Literal["handshake", "traffic", "statement"]:
        """`handshake`: it completed a connection; `traffic`: it sent packets; `statement`: neither."""
        host = self.host
        if any(peer.completed for peer in host.peers):
            return "handshake"
        return "traffic" if host.packets or host.connections else "statement"

    def as_dict(self) -> dict[str, Any]:
        """The host's record, with `gap_seconds`, `then_system` and `proof`."""
        seconds = self.gap_ns / SECOND_NS
        return {
            **self.host.as_dict(),
            "gap_seconds": seconds,
            "then_system": self.system,
            "proof": self.proof,
        }


class Who(NamedTuple):
    """The answer to the question who had an address, or which addresses a MAC had."""

    asked: str
    span: Span | None
    """The time in question; ``None``: at any time."""
    answer: Answer | None
    """``None`` if no time was asked for, and there is a holder."""
    holders: tuple[Holder, ...]
    """For `between` the one before and the one after; otherwise in the order of their first packets."""

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
    packed = address_bytes(text.strip().lower().replace("-", ":"))
    return packed[12:] if len(packed) == 16 and packed.startswith(_MAPPED) else packed


def who_had(hosts: Iterable[HostRecord], asked: str, time: Span | None = None) -> Who:
    """Find the holders of an address or MAC among hosts. `ValueError`: `asked` is neither."""
    packed = asked_for(asked)
    is_mac = len(packed) == 6
    names = ((one.mac if is_mac else one.ip, one) for one in hosts)
    found = [one for name, one in names if name is not None and address_bytes(name) == packed]
    found.sort(key=lambda one: (one.first_seen, one.last_seen, one.name, one.mac or ""))
    if time is None or not found:
        holders = tuple(Holder(one, 0, announced_system(one)) for one in found)
        return Who(asked, time, None if found else "never", holders)
    span = Span(time.since_ns - SLACK_NS, time.until_ns + SLACK_NS)
    then = [one for one in found if one.first_seen < span.until_ns and one.last_seen >= span.since_ns]
    if then:
        stations = {(one.mac, one.tunnel if one.mac is None else None) for one in then}
        answer: Answer = "during" if is_mac or len(stations) == 1 else "several"
        return Who(asked, time, answer, tuple(Holder(one, 0, _system_in(one, span)) for one in then))
    return _beside(asked, time, found)


def _beside(asked: str, span: Span, found: list[HostRecord]) -> Who:
    """The holders next to a time at which nobody was seen."""
    earlier = [one for one in found if one.last_seen < span.since_ns]
    before = [
        Holder(one, span.since_ns - one.last_seen, announced_system(one))
        for one in sorted(earlier, key=lambda one: one.last_seen)[-1:]
    ]
    if before and (before[0].host.lease_until or 0) >= span.since_ns:
        return Who(asked, span, "lease", tuple(before))
    after = [
        Holder(one, span.until_ns - 1 - one.first_seen, announced_system(one))
        for one in found
        if one.first_seen >= span.until_ns
    ][:1]
    answer: Answer = "between" if before and after else "after" if before else "before"
    return Who(asked, span, answer, (*before, *after))


def _system_in(one: HostRecord, span: Span) -> str | None:
    """The system of a host in a span: an earlier one if only that was seen then."""
    if all(of.relation != "earlier" for of in one.evidence):
        return announced_system(one)
    seen = [
        of
        for of in one.evidence
        if of.source in ("user_agent", "syn", "syn_ack")
        and of.first_seen is not None
        and of.last_seen is not None
        and of.first_seen < span.until_ns
        and of.last_seen >= span.since_ns
    ]
    earlier = [of.name for of in seen if of.relation == "earlier"]
    return earlier[-1] if earlier and len(earlier) == len(seen) else announced_system(one)


def announced_system(one: HostRecord) -> str | None:
    """The system of a host as lists of devices show it: the one that it announces, otherwise its packets'."""
    device = one.device
    if device is None or device.system is None:
        return one.system
    return label_text(device.system, device.version or "")
