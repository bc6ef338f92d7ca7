"""The summary document of a store, over all its hosts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from typing import Any

from huginn_cffi.analysis.summary import Summary
from huginn_cffi.base.limits import PAGE_HOSTS
from huginn_cffi.base.times import parse_time, rfc3339
from huginn_cffi.hosts.devices import stored_devices
from huginn_cffi.hosts.lines import DEVICE_VALUES
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.run.stats import Stats
from huginn_cffi.store.reading import COLUMNS, Store, record
from huginn_cffi.store.rows import IPV4_LENGTHS, ROLES, address_of, unpacked

LIST_ROWS, TOP_HOSTS, LOCAL_DEVICES = 500, 100, 5000
DAY_NS = 86_400 * 10**9
PERIODS_NS = (7 * DAY_NS, DAY_NS)
"""New devices appeared in the latest of these periods: the first that is shorter than the store's time."""
NOT_ASKED = ("post_quantum", "new")
"""Topics of summary questions that a store cannot answer."""

_NAMES = """\
SELECT label.kind, label.name, label.flavor, system.role, count(DISTINCT system.addr), sum(system.packets),
    max(system.confidence) / 1000.0
FROM system JOIN label ON label.id = system.label GROUP BY label.id, system.role
ORDER BY 5 DESC, 6 DESC, 2, 3"""
_LINKS = """\
SELECT label.name, host.mtu, count(DISTINCT host.addr), sum(host.connections)
FROM host JOIN label ON label.id = host.link GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1"""
_CHOICES = """\
SELECT label.name, label.flavor, count(DISTINCT system.addr), sum(system.packets)
FROM system JOIN label ON label.id = system.label WHERE label.kind = 'cryptography' AND label.name != 'X.509'
GROUP BY label.id ORDER BY 3 DESC, 4 DESC, 1, 2"""
_CHOICE_KEYS = ("protocol", "algorithms", "hosts", "connections")
_CERTIFICATES = """\
SELECT DISTINCT system.addr, label.flavor FROM system JOIN label ON label.id = system.label
WHERE label.kind = 'cryptography' AND label.name = 'X.509'"""
_CERTIFICATE_KEYS = ("public_key", "signature", "not_before", "not_after", "sha256")
_LINK_KEYS = ("link", "mtu", "hosts", "packets")
_FINDINGS = """\
SELECT addr, tunnel, findings, first_seen, last_seen FROM host
WHERE findings IS NOT NULL ORDER BY addr, sensor"""
_SITES = "SELECT count(*), sum(local), min(first_seen), max(last_seen) FROM holders"
_DEVICES = "SELECT device_type, count(*) FROM holders WHERE device_type IS NOT NULL GROUP BY 1"
_DISTANCES = "SELECT distance, count(*) FROM holders WHERE distance IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
_FAMILIES = f"""\
SELECT substr(addr, 1, CASE WHEN length(addr) IN {IPV4_LENGTHS} THEN 3 ELSE 6 END), family, count(*)
FROM holders WHERE ip IS NOT NULL GROUP BY 1, 2 ORDER BY 3 DESC, 2"""


@contextmanager
def _checked(store: Store) -> Iterator[None]:
    """Raise `StoreError` for values that huginn never writes."""
    try:
        yield
    except (AttributeError, IndexError, OverflowError, TypeError, ValueError):
        raise store.damaged() from None


def document(store: Store, *, all_hosts: bool = False) -> dict[str, Any]:
    """The document; values that a store does not keep are zero or empty. `all_hosts` adds `more_hosts`."""
    with _checked(store):
        found = about_all(store)
        families, subnets = _families(store)
        found |= {
            "links": [dict(zip(_LINK_KEYS, row, strict=True)) for row in store.counts(_LINKS)],
            "negotiated": [dict(zip(_CHOICE_KEYS, row, strict=True)) for row in store.counts(_CHOICES)],
            "certificates": _certificates(store),
            "devices": dict(store.counts(_DEVICES)),
            "distances": [{"hops": hops, "hosts": count} for hops, count in store.counts(_DISTANCES)],
            "families": families,
            "subnets": subnets,
            "top_hosts": [*map(record, store.values(most=TOP_HOSTS))],
            "local_devices": [*_local_devices(store)],
            **_names(store, found),
        }
        found["omitted"] = {"top_hosts": found["hosts"] - TOP_HOSTS} if found["hosts"] > TOP_HOSTS else {}
        limits = dict.fromkeys(
            ("systems", "links", "distances", "families", "subnets", "negotiated", "certificates"), LIST_ROWS
        )
        for name, most in {**limits, "local_devices": LOCAL_DEVICES}.items():
            if (beyond := len(found[name]) - most) > 0:
                found["omitted"][name] = beyond
                del found[name][most:]
        if all_hosts:
            found["more_hosts"] = [*map(record, store.values(most=PAGE_HOSTS))]
            found["omitted_hosts"] = found["hosts"] - len(found["more_hosts"])
        return found


def about_all(store: Store) -> dict[str, Any]:
    """A document of the core with the findings of the hosts and the answers that follow from them."""
    with _checked(store):
        nothing, summary = Summary(None).answers(), Summary(None)
        interfaces: list[str] = []
        """Their names; the core has numbers."""

        def numbered(found: re.Match[str]) -> str:
            if found[0] not in interfaces:
                interfaces.append(found[0])
            return str(interfaces.index(found[0]) + 1)

        for addr, tunnel, findings, first, last in store.counts(_FINDINGS):
            within = tunnel and re.sub("(?<=^interface )[^,]+", numbered, tunnel)
            summary.hosts.state(address_of(addr), within, findings.split(" | "), first, last)
        found = summary.as_dict(Stats())
        for one in found["findings"]:
            names = partial(re.sub, r"(?<= in interface )\d+", lambda at: interfaces[int(at[0]) - 1])
            one["headline"], one["hosts"] = names(one["headline"]), [*map(names, one["hosts"])]
            one |= {"text": one["headline"], "packets": None}
        found["answers"] = [
            {**one, "answer": "none of the hosts in this store"} if one in nothing else one
            for one in found["answers"]
            if one["topic"] not in NOT_ASKED
        ]
        [(hosts, local, first, last)] = store.counts(_SITES)
        found |= {"hosts": hosts, "local_hosts": local or 0, "first_seen": first, "last_seen": last}
        return found


def _names(store: Store, found: dict[str, Any]) -> dict[str, Any]:
    """The lists of names by kind, the names with the most hosts first."""
    systems: list[dict[str, Any]] = []
    programs: dict[str, list[dict[str, Any]]] = {"tls_client": [], "http_client": [], "http_server": []}
    for kind, name, flavor, role, hosts, packets, confidence in store.counts(_NAMES):
        label = {"name": name, "flavor": flavor}
        if kind in ("system", "tool"):
            is_tool = kind == "tool"
            graded = {"specific": 0, "generic": 0, "fuzzy": 0, "confidence": None if is_tool else confidence}
            seen = {"tool": is_tool, "hosts": hosts, "packets": packets, **graded}
            systems.append({"role": ROLES[role], **label, **seen})
        elif kind == "tls_client":
            programs[kind].append({**label, "ja4": None, "hosts": hosts, "hellos": packets})
        elif kind in programs:
            programs[kind].append({**label, "hosts": hosts, "messages": packets})
    shown = {kind: rows[:LIST_ROWS] for kind, rows in programs.items()}
    return {
        "systems": systems,
        "tls": {**found["tls"], "clients": shown["tls_client"]},
        "http": {**found["http"], "clients": shown["http_client"], "servers": shown["http_server"]},
    }


def _certificates(store: Store) -> list[dict[str, Any]]:
    """The certificates of servers, by end of validity."""
    found = []
    for addr, flavor in store.counts(_CERTIFICATES):
        parts = (None if one == "-" else one for one in flavor.split(", ")[:5])
        certificate = dict(zip(_CERTIFICATE_KEYS, parts, strict=True))
        found.append(
            (certificate["not_after"] or "", len(addr), addr, {"host": unpacked(addr), **certificate})
        )
    return [one for *_, one in sorted(found, key=lambda one: one[:3])]


def begin_of_news(found: dict[str, Any]) -> str | None:
    """The begin of the latest period of a document; None if its store covers no longer time."""
    first, last = found["first_seen"], found["last_seen"]
    if first is None or last is None:
        return None
    begins = (parse_time(last) - period for period in PERIODS_NS)
    return next((rfc3339(begin) for begin in begins if begin > parse_time(first)), None)


def _local_devices(store: Store) -> Iterator[dict[str, Any]]:
    """The local devices as in the core's document."""
    rows = (dict(zip(COLUMNS, values, strict=True)) for values in store.rows())
    ends = ("first_seen", "last_seen", "network_card", "address_count")
    names = ("mac", "behind", "mac_local", "host_name", "virtual", "segments", "role", *DEVICE_VALUES, *ends)
    for one in stored_devices(rows, NetworkCards()):
        if one["local"]:
            addresses = [each["ip"] for each in one["addresses"]]
            is_disputed = any(each["disputed"] for each in one["addresses"])
            made = {"addresses": addresses, "disputed": is_disputed}
            yield {**{name: one[name] for name in names}, **made}


def _families(store: Store) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The families of all addresses, and networks with theirs; those with the most hosts first."""
    networks: dict[bytes, list[dict[str, Any]]] = {}
    everywhere: Counter[str | None] = Counter()
    for prefix, family, hosts in store.counts(_FAMILIES):
        networks.setdefault(prefix, []).append({"name": family, "hosts": hosts})
        everywhere[family] += hosts
    totals = {prefix: sum(one["hosts"] for one in families) for prefix, families in networks.items()}
    subnets = []
    for prefix in sorted(networks, key=lambda one: (-totals[one], one)):
        address = ip_address(prefix.ljust(4 if len(prefix) == 3 else 16, b"\0"))
        network = f"{address}/{8 * len(prefix)}"
        subnets.append({"network": network, "hosts": totals[prefix], "systems": networks[prefix]})
    names = sorted(everywhere.items(), key=lambda one: (-one[1], one[0] is None, one[0] or ""))
    return [{"name": name, "hosts": hosts} for name, hosts in names], subnets
