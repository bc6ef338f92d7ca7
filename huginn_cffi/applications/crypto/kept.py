"""Reads the cryptography of servers from a store: all of it, or what changed since a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi.applications.crypto.document import WIDTH, Presentation, number
from huginn_cffi.applications.crypto.inventory import Algorithm, Certificate, CryptoInventory, Party, Use
from huginn_cffi.base.times import moment_text

if TYPE_CHECKING:
    from huginn_cffi.store.reading import Store

_FOUND = """\
SELECT system.addr, label.name = 'X.509', label.name, label.flavor, sum(system.packets),
    min(system.first_seen), max(system.last_seen)
FROM system JOIN label ON label.id = system.label
JOIN host ON host.sensor = system.sensor AND host.addr = system.addr AND host.part = system.part
WHERE label.kind = 'cryptography' AND host.holder = 0
GROUP BY system.addr, label.id ORDER BY 1, 2"""
"""Of the latest holder of each address. Rows for certificates come after the other rows of their server."""
_KINDS = {
    **dict.fromkeys(("TLS", "QUIC", "DTLS"), ("version", "group", "cipher_suite")),
    "SSH": ("key_exchange",),
}
"""Kinds of the algorithms in a label, in the order of csrc/uses/cryptography.h."""


class KeptCrypto(NamedTuple):
    """A use or certificate of a server in a store."""

    ip: str
    what: Use | Certificate
    connections: int
    first_ns: int
    last_ns: int


def kept(store: Store) -> list[KeptCrypto]:
    """What a store has of its servers. Raises `StoreError`."""
    from huginn_cffi.store.rows import unpacked

    try:
        return [
            KeptCrypto(unpacked(addr), read_label(protocol, flavor), count, first_ns, last_ns)
            for addr, _, protocol, flavor, count, first_ns, last_ns in store.counts(_FOUND)
        ]
    except (AttributeError, KeyError, OSError, TypeError, ValueError):
        raise store.damaged() from None


def read_label(protocol: str, flavor: str) -> Use | Certificate:
    """The use or certificate of a label; `KeyError` or `ValueError` for one that huginn never writes."""
    names = flavor.split(", ")
    if protocol == "X.509":
        key, signature, not_before, not_after, sha256, *_ = names
        algorithms = [Algorithm("key", key)]
        if signature != "-":
            algorithms.append(Algorithm("signature", signature))
        begin, end = (None if one == "-" else one for one in (not_before, not_after))
        return Certificate(sha256, begin, end, tuple(algorithms))
    version = [Algorithm("version", "SSH 2.0")] if protocol == "SSH" else []
    chosen = (Algorithm(kind, name) for kind, name in zip(_KINDS[protocol], names, strict=True))
    return Use(protocol, (*version, *(one for one in chosen if one.name != "-")))


def crypto_of_store(store: Store, max_inventory: int) -> CryptoInventory:
    """The inventory from a store, without clients and ports. Raises `StoreError`."""
    found = CryptoInventory(max_inventory, 0)
    for one in kept(store):
        if isinstance(one.what, Certificate):
            found.add_certificate((one.ip, None), one.what, one.connections)
        else:
            found.add_use((one.ip, None), one.what, one.connections)
        found.last_ns = max(found.last_ns, one.last_ns)
    return found


class CryptoChanges(NamedTuple):
    """How the cryptography of a server changed: what was first seen since a time, and not seen any more."""

    ip: str
    state: str
    """new, gone or changed."""
    gained: list[str]
    appeared: list[KeptCrypto]
    disappeared: list[KeptCrypto]


def changes_since(store: Store, since_ns: int) -> list[CryptoChanges]:
    """The servers that changed since a time, by address. Raises `StoreError`."""
    servers: dict[str, list[KeptCrypto]] = {}
    for one in kept(store):
        servers.setdefault(one.ip, []).append(one)
    found = (_changes_of(ip, all_of, since_ns) for ip, all_of in servers.items())
    return [one for one in found if one.appeared or one.disappeared]


def _changes_of(ip: str, all_of: list[KeptCrypto], since_ns: int) -> CryptoChanges:
    before = [one for one in all_of if one.first_ns < since_ns]
    now = [one for one in all_of if one.last_ns >= since_ns]
    state = "new" if not before else "changed" if now else "gone"
    gained = [word for word in _abilities(now) if before and word not in _abilities(before)]
    appeared = [one for one in now if one.first_ns >= since_ns]
    return CryptoChanges(ip, state, gained, appeared, [one for one in before if one.last_ns < since_ns])


def _abilities(of: Iterable[KeptCrypto]) -> list[str]:
    uses = [one.what for one in of if isinstance(one.what, Use)]
    party = Party(kept={use.standing(None) for use in uses})
    names = {one.name for use in uses for one in use.algorithms if one.kind == "version"}
    quantum = ["a post-quantum exchange"] if party.standing == "used" else []
    return [*sorted(names & {"TLS 1.3", "DTLS 1.3"}), *quantum]


def changes_document(changes: list[CryptoChanges], shown: Presentation) -> dict[str, Any]:
    """The changes as JSON values."""
    lists = ("appeared", "disappeared")
    return {
        "servers": [
            one._asdict() | {name: [_change(each, shown) for each in getattr(one, name)] for name in lists}
            for one in changes
        ]
    }


def _change(one: KeptCrypto, shown: Presentation) -> dict[str, Any]:
    what = one.what
    days = {"first_seen": _day(one.first_ns), "last_seen": _day(one.last_ns)}
    common = {**days, "connections": one.connections}
    algorithms = [shown.algorithm(each) for each in what.algorithms]
    if isinstance(what, Use):
        return {"protocol": what.protocol, **common, "algorithms": algorithms}
    times = {"sha256": what.sha256, "not_before": what.not_before, "not_after": what.not_after}
    return {"protocol": "X.509", **common, **times, "algorithms": algorithms}


def _day(time_ns: int) -> str:
    return moment_text(time_ns)[:19].replace(" ", "T") + "Z"


def change_lines(changes: list[CryptoChanges]) -> Iterator[str]:
    """The changes as text: + what appeared, - what was not seen any more."""
    for one in changes:
        yield f"{one.ip}  {one.state}{''.join(f'; gained {word}' for word in one.gained)}"
        for mark, word, some in (("+", "since", one.appeared), ("-", "last", one.disappeared)):
            for each in some:
                day = _day(each.first_ns if mark == "+" else each.last_ns)[:10]
                text = f"{mark} {_words(each.what)} ({word} {day})"
                yield from wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
    states = [one.state for one in changes]
    counts = (f"{states.count(word)} {word}" for word in ("new", "gone", "changed"))
    yield f"{number(len(changes), 'server')}: {', '.join(counts)}"


def _words(what: Use | Certificate) -> str:
    names = ", ".join(one.name for one in what.algorithms)
    if isinstance(what, Use):
        return names
    return f"certificate {what.sha256}, {names}, until {(what.not_after or 'unknown')[:10]}"
