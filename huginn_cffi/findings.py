"""What somebody who looks at captures should know first: the findings of summaries, hosts and reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from struct import iter_unpack
from typing import TYPE_CHECKING, Any, NamedTuple

from huginn_cffi._native import ffi, lib
from huginn_cffi.answers import contradiction
from huginn_cffi.inventory import MAX_INVENTORY, MOST_OF_EACH
from huginn_cffi.names import NO_SIGNATURE
from huginn_cffi.results.observables import address_text
from huginn_cffi.time_spans import DAY_NS, together
from huginn_cffi.times import moment_text
from huginn_cffi.verdict_totals import VerdictTotals
from sigcompiler.claims.flavors import claims

if TYPE_CHECKING:
    from huginn_cffi.batch import Batch
    from huginn_cffi.database import Database

SYN, SYN_ACK = lib.HG_EVENT_SYN, lib.HG_EVENT_SYN_ACK
UPTIMES = (lib.HG_EVENT_CLIENT_UPTIME, lib.HG_EVENT_SERVER_UPTIME)

_HANDSHAKES = frozenset((SYN, SYN_ACK))
MANY_PORTS = 100
"""A host whose SYNs go to that many ports scans them."""
MANY_STACKS = 1000
"""Stacks that one host can add: it must not take the place, and the memory, of all others."""
MANY_NAMES = 16
"""Names of a host that are compared with each other."""
FAR_HOPS = 4
"""Distances of one host that differ by as much are no change of route."""
NEIGHBOURS = 5
"""Hosts of a /24 that have to agree on their distance before one of them is an outlier."""
MANY_NETWORKS = 10
"""Networks (/16 of IPv4, /32 of IPv6) that do not answer alike, from one distance, by chance."""
MOST_OF = 0.8
"""The share of hosts that agree, before the others are an exception."""
MANY_HOSTS = 5
"""Hosts that share a signature without a name."""
SHOWN = 3
"""Hosts that a finding names."""

WORDS = {
    "tools": "{hosts} sent packets of scanners or packet makers ({names})",
    "ports": f"{{hosts}} sent SYNs to {MANY_PORTS} or more ports",
    "contradicts": "{hosts} showed two systems in one connection, as a proxy, the exit of a VPN or a "
    "container does ({reasons})",
    "hops": f"{{hosts}} spoke from distances that differ by {FAR_HOPS} hops or more",
    "several": "{hosts} spoke with systems that contradict each other (address translation, a forwarded "
    "port, or a new owner of the address)",
    "one_stack": "{kind} of {networks} networks have one signature and one distance ({distance} hops): a "
    "proxy or firewall may speak for them, so that its system is named, not theirs",
    "lonely": f"{{hosts}} stood {FAR_HOPS} hops or more away from the rest of the /24",
    "unknown": f"{{signatures}} without a name shared by {MANY_HOSTS} hosts or more, one by {{most}} "
    "(see: huginn unknown)",
    "time": "{handshakes} of a time far from the rest ({dates}): a wrong clock or a damaged record",
    "clocks": "clocks of {some} of {hosts} cannot be trusted: {reasons}",
}
"""What findings say. The page of web/ takes it from here."""

_SHAPE = ("wsize", "mss", "wscale", "quirks", "ittl", "olen", "pclass")
_COLUMNS = ("event", "version", "dst_port", "signature", "fuzzy", "distance", "doubt", "time_ns", *_SHAPE)


class Finding(NamedTuple):
    """One thing. ``hosts`` are the addresses that it is about, in order; ``text`` names the first."""

    kind: str
    """``scanner several_systems contradicts hops one_stack clocks unknown_signature time incomplete``."""
    text: str
    hosts: tuple[str, ...] = ()


_NONE: frozenset[int] = frozenset()
_NOWHERE: dict[int, set[bytes]] = {}


class _Host:
    """What is remembered of an address."""

    __slots__ = ("clock", "far", "names", "near", "ports", "stacks", "tool")

    def __init__(self) -> None:
        self.names: AbstractSet[int] = _NONE
        """Signatures that named it exactly, tools left out; at most `MANY_NAMES`."""
        self.ports: AbstractSet[int] = _NONE
        """That its SYNs went to; at most `MANY_PORTS`."""
        self.stacks = 0
        """That it was the first to show; at most `MANY_STACKS`."""
        self.tool: int | None = None
        self.near = 255
        self.far = 0
        self.clock: int | None = None
        """The doubt about its clock: the last one that there was."""


class _Single(dict[int, frozenset[int]]):
    """A set for each number: most hosts have one name and one port, so that they share it."""

    def __missing__(self, number: int) -> frozenset[int]:
        found = self[number] = frozenset((number,))
        return found

    def added(self, known: AbstractSet[int], number: int) -> AbstractSet[int]:
        """The numbers of `known`, of which there are some, and one more."""
        if isinstance(known, set):
            known.add(number)
            return known
        return known if number in known else {*known, number}


class _Hosts:
    """What is remembered of addresses, and what is worth a look about each of them alone."""

    def __init__(self, database: Database | None, max_inventory: int) -> None:
        self._database = database
        self._limit = max_inventory
        self._hosts: dict[bytes, _Host] = {}
        self._left_out = 0
        self._single = _Single()
        self._known: dict[int, tuple[bool, bool]] = {}
        """Of a signature: whether it is of a tool, and whether its TTL is unreliable."""

    def _handshake(
        self, host: _Host, event: int, port: int, signature: int, fuzzy: int, distance: int
    ) -> None:
        if event == SYN:
            if not host.ports:
                host.ports = self._single[port]
            elif len(host.ports) < MANY_PORTS:
                host.ports = self._single.added(host.ports, port)
        if signature == NO_SIGNATURE or fuzzy:
            return
        known = self._known.get(signature)
        if known is None:
            record = self._signature(signature)
            known = self._known[signature] = record.label.userland, record.unreliable_ttl
        is_tool, is_unreliable = known
        if is_tool:
            host.tool = signature
            return
        if not host.names:
            host.names = self._single[signature]
        elif len(host.names) < MANY_NAMES:
            host.names = self._single.added(host.names, signature)
        if not is_unreliable:
            if distance < host.near:
                host.near = distance
            if distance > host.far:
                host.far = distance

    def _signature(self, index: int) -> Any:
        assert self._database is not None
        return self._database.records.tcp[index]

    def _contradict(self, host: _Host) -> bool:
        labels = [self._signature(index).label for index in sorted(host.names)]
        named = [claims(label.name, label.flavor) for label in labels]
        return any(contradiction(*pair) for pair in combinations(named, 2))

    def _tools(self, hosts: Sequence[bytes]) -> Finding:
        names = sorted({str(self._signature(self._hosts[ip].tool or 0).label) for ip in hosts})
        words = WORDS["tools"].format(hosts=_hosts(hosts), names=_list(names))
        return _finding("scanner", words, hosts)

    def _busy(self, hosts: Sequence[bytes]) -> Finding:
        return _finding("scanner", WORDS["ports"].format(hosts=_hosts(hosts)), hosts)

    def _contradicting(self, hosts: Sequence[bytes]) -> Finding:
        return _finding("several_systems", WORDS["several"].format(hosts=_hosts(hosts)), hosts)

    def _jumping(self, hosts: Sequence[bytes]) -> Finding:
        return _finding("hops", WORDS["hops"].format(hosts=_hosts(hosts)), hosts)


class Findings(_Hosts):
    """Takes batches, and says in the end what is worth a look.

    The first `max_inventory` addresses are remembered, and as many stacks; where there are more,
    the last finding says so.
    """

    def __init__(self, database: Database | None, *, max_inventory: int = MAX_INVENTORY) -> None:
        super().__init__(database, max_inventory)
        self.verdicts = VerdictTotals(max_inventory)
        """Those of hellos and requests."""
        self._stacks: dict[tuple[Any, ...], dict[int, set[bytes]]] = {}
        """Networks by stack, by distance."""
        self._unknown: dict[tuple[Any, ...], set[bytes]] = {}
        self._kept = 0
        self._of_many_stacks = 0
        self._days: Counter[int] = Counter()

    def add(self, batch: Batch) -> None:
        """Take the events of a batch."""
        self.verdicts.add(batch)
        columns = self._columns(batch)
        days: list[int] = []
        hosts, stacks = self._hosts, self._stacks
        for (ip,), event, port, signature, fuzzy, distance, doubt, time_ns, stack in columns:
            host = hosts.get(ip)
            if host is None:
                if len(hosts) >= self._limit:
                    self._left_out += 1
                    continue
                host = hosts[ip] = _Host()
            if event in _HANDSHAKES:
                days.append(time_ns // DAY_NS)
                self._handshake(host, event, port, signature, fuzzy, distance)
                networks = stacks.get(stack, _NOWHERE).get(distance, ())
                if signature == NO_SIGNATURE or ip[: 2 if len(ip) == 4 else 4] not in networks:
                    self._stack(stack, host, ip, signature, distance)
            elif event in UPTIMES:
                host.clock = doubt or host.clock or 0
        for day, times in Counter(days).items():
            self._count_days(day, times)

    def _columns(self, batch: Batch) -> Iterator[tuple[Any, ...]]:
        """The rows: address, what is looked at one by one, and the stack."""
        count, cells = len(batch), batch.cells
        events, versions, ports, *rest = (getattr(cells, name)[:count].tolist() for name in _COLUMNS)
        signatures, fuzzy, distances, doubts, times, *shape = rest
        layouts = (layout for (layout,) in iter_unpack("32s", bytes(cells.olayout[: count * 32])))
        data = bytes(cells.src_ip[: count * 16])
        addresses: Iterable[tuple[bytes]] = iter_unpack("4s12x", data)
        if 6 in versions:
            every = zip(versions, iter_unpack("16s", data), strict=True)
            addresses = ((ip[:4] if version == 4 else ip,) for version, (ip,) in every)
        stacks = zip(events, *shape, layouts, strict=True)
        return zip(addresses, events, ports, signatures, fuzzy, distances, doubts, times, stacks, strict=True)

    def found(self) -> list[Finding]:
        """What there is to say, the most serious first; the same for any order of workers."""
        every = (
            self._scanners(),
            self._several(),
            self._contradictions(),
            self._one_stack(),
            self._hops(),
            self._unknown_signatures(),
            self._clocks(),
            self._times(),
            self._incomplete(),
        )
        return [finding for findings in every for finding in findings]

    def _count_days(self, day: int, times: int) -> None:
        if day in self._days or len(self._days) < self._limit:
            self._days[day] += times
        else:
            self._left_out += times

    def _stack(self, stack: tuple[Any, ...], host: _Host, ip: bytes, signature: int, distance: int) -> None:
        if stack not in self._stacks:
            if host.stacks >= MANY_STACKS:
                self._of_many_stacks += 1
                return
            if len(self._stacks) >= self._limit:
                self._left_out += 1
                return
            host.stacks += 1
        network = ip[:2] if len(ip) == 4 else ip[:4]
        self._keep(self._stacks.setdefault(stack, {}).setdefault(distance, set()), network)
        if signature == NO_SIGNATURE:
            self._keep(self._unknown.setdefault(stack, set()), ip)

    def _keep(self, kept: set[bytes], value: bytes) -> None:
        if value in kept:
            return
        if self._kept >= MOST_OF_EACH * self._limit:
            self._left_out += 1
            return
        self._kept += 1
        kept.add(value)

    def _scanners(self) -> Iterator[Finding]:
        tools = [ip for ip, host in self._hosts.items() if host.tool is not None]
        if tools:
            yield self._tools(tools)
        busy = [ip for ip, host in self._hosts.items() if len(host.ports) >= MANY_PORTS]
        if busy:
            yield self._busy(busy)

    def _several(self) -> Iterator[Finding]:
        hosts = [ip for ip, host in self._hosts.items() if len(host.names) > 1 and self._contradict(host)]
        if hosts:
            yield self._contradicting(hosts)

    def _contradictions(self) -> Iterator[Finding]:
        found = self.verdicts.as_dict()["contradictions"]
        if found:
            hosts, reasons = (
                self.verdicts.contradicting,
                _list(list(dict.fromkeys(row["why"] for row in found))),
            )
            words = WORDS["contradicts"].format(hosts=_hosts(list(hosts)), reasons=reasons)
            yield _finding("contradicts", words, hosts)

    def _one_stack(self) -> Iterator[Finding]:
        for (event, *_), distances in self._stacks.items():
            every = sum(map(len, distances.values()))
            distance, networks = max(distances.items(), key=lambda one: (len(one[1]), -one[0]))
            if len(networks) >= MANY_NETWORKS and len(networks) >= MOST_OF * every:
                kind = "SYN+ACKs" if event == SYN_ACK else "SYNs"
                words = WORDS["one_stack"].format(kind=kind, networks=len(networks), distance=distance)
                yield Finding("one_stack", words)

    def _hops(self) -> Iterator[Finding]:
        jumping = [ip for ip, host in self._hosts.items() if host.far - host.near >= FAR_HOPS]
        if jumping:
            yield self._jumping(jumping)
        sizes = Counter([ip[:3] for ip in self._hosts if len(ip) == 4])
        crowded = {network for network, size in sizes.items() if size >= NEIGHBOURS}
        subnets: dict[bytes, list[tuple[bytes, int]]] = {}
        for ip, host in self._hosts.items() if crowded else ():
            if len(ip) == 4 and host.near == host.far and ip[:3] in crowded:
                subnets.setdefault(ip[:3], []).append((ip, host.near))
        lonely = [ip for hosts in subnets.values() for ip in _outliers(hosts)]
        if lonely:
            yield _finding("hops", WORDS["lonely"].format(hosts=_hosts(lonely)), lonely)

    def _unknown_signatures(self) -> Iterator[Finding]:
        shared = [hosts for hosts in self._unknown.values() if len(hosts) >= MANY_HOSTS]
        if shared and self._database is not None:
            most = max(shared, key=len)
            signatures = _count(len(shared), "signature")
            yield Finding("unknown_signature", WORDS["unknown"].format(signatures=signatures, most=len(most)))

    def _clocks(self) -> Iterator[Finding]:
        doubts = {ip: host.clock for ip, host in self._hosts.items() if host.clock}
        every = sum(host.clock is not None for host in self._hosts.values())
        if doubts:
            ranked = sorted(Counter(doubts.values()).items(), key=lambda one: (-one[1], one[0]))
            reasons = _list([_reason(doubt) for doubt, _ in ranked])
            words = WORDS["clocks"].format(some=len(doubts), hosts=_count(every, "host"), reasons=reasons)
            yield Finding("clocks", words, _texts(doubts))

    def _times(self) -> Iterator[Finding]:
        if not self._days:
            return
        first, last = together([(day * DAY_NS, count) for day, count in self._days.items()])
        apart = {day: n for day, n in self._days.items() if not first <= day * DAY_NS <= last}
        if apart:
            dates = _list([moment_text(day * DAY_NS)[:10] for day in sorted(apart)])
            handshakes = _count(sum(apart.values()), "handshake")
            yield Finding("time", WORDS["time"].format(handshakes=handshakes, dates=dates))

    def _incomplete(self) -> Iterator[Finding]:
        left_out = self._left_out + self.verdicts.left_out
        if left_out:
            words = f"these findings leave out {_count(left_out, 'event')}, beyond --max-inventory"
            yield Finding("incomplete", words)
        if self._of_many_stacks:
            events = _count(self._of_many_stacks, "event")
            words = f"these findings leave out {events} of hosts that already have {MANY_STACKS:,} signatures"
            yield Finding("incomplete", words)


def _outliers(hosts: Sequence[tuple[bytes, int]]) -> list[bytes]:
    """Of the hosts of a network with their distances, those far from where most are."""
    usual, agreeing = Counter(hops for _, hops in hosts).most_common(1)[0]
    if agreeing < max(NEIGHBOURS, MOST_OF * len(hosts)):
        return []
    return [ip for ip, hops in hosts if abs(hops - usual) >= FAR_HOPS]


def _finding(kind: str, words: str, hosts: Iterable[bytes]) -> Finding:
    every = _texts(hosts)
    return Finding(kind, f"{words}: {_list(every)}", every)


def _texts(hosts: Iterable[bytes]) -> tuple[str, ...]:
    ordered = sorted(hosts, key=lambda ip: (len(ip), ip))
    return tuple(address_text(4 if len(ip) == 4 else 6, ip) for ip in ordered)


def _list(words: Sequence[str]) -> str:
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    return ", ".join(words[:SHOWN]) + more


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _hosts(hosts: Sequence[bytes]) -> str:
    return _count(len(hosts), "host")


def _reason(doubt: int) -> str:
    return str(ffi.string(lib.hg_doubt_reason(doubt)), "ascii")
