"""Counts the cryptography that connections negotiate, by server and by client program."""

from __future__ import annotations

import struct
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeVar

from huginn_cffi._native import ffi, lib
from huginn_cffi.base.names import EVENTS, ProtocolName
from huginn_cffi.base.times import SECOND_NS
from huginn_cffi.run import tls
from huginn_cffi.run.observables import endpoint
from huginn_cffi.run.results import SshClientObservation
from huginn_cffi.run.views import view
from sigcompiler.claims.crypto import EXPERIMENTAL, POST_QUANTUM, CryptoRule, rule_for

if TYPE_CHECKING:
    from huginn_cffi.run.batch import Batch

PROTOCOLS: tuple[ProtocolName, ...] = ("tls", "ssh")
"""The readers whose events are counted."""

DAY = 86400
_TRANSPORTS = {"tcp": "TLS", "quic": "QUIC", "dtls": "DTLS", "openvpn": "TLS"}
_NEGOTIATED, _KEPT_USES = ("transport", "tls_version", "quic_version", "group", "cipher"), 4096
"""Columns of a ServerHello, and the size of the caches for combinations of them and for certificates."""

_SSH_LISTS, _MOST_NAME = 10, 64
"""Number of lists in a KEXINIT, and limit of the bytes of a name (RFC 4251, 6)."""

_Key = TypeVar("_Key")


Standing = Literal["used", "experimental", "refused", "not offered"]
STANDINGS: tuple[Standing, ...] = ("used", "experimental", "refused", "not offered")
"""Post-quantum key exchange in a connection, the best first: used; used as in a draft; offered by the
client and refused by the server; not offered."""


class Algorithm(NamedTuple):
    """A negotiated algorithm: its kind, as in ``crypto.csv``, and its registered name."""

    kind: str
    name: str

    def rule(self, policy: str = "") -> CryptoRule | None:
        """The policy's rule for it; ``None`` without one."""
        return rule_for(*self, policy)

    @property
    def post_quantum(self) -> str | None:
        """The status of an algorithm that resists quantum computers, by a standard or an experiment."""
        rule = self.rule()
        return rule.status if rule and rule.status in (POST_QUANTUM, EXPERIMENTAL) else None

    @property
    def is_post_quantum_key(self) -> bool:
        """Whether it is a key whose signatures resist quantum computers."""
        return self.kind == "key" and self.post_quantum is not None


class Use(NamedTuple):
    """All algorithms that a connection negotiated."""

    protocol: str
    """TLS, QUIC, DTLS or SSH."""
    algorithms: tuple[Algorithm, ...]

    def standing(self, is_offered: bool | None) -> Standing | None:
        """Its post-quantum key exchange; ``None`` if it was not used, and the client's offer is unknown."""
        found = {one.post_quantum for one in self.algorithms if one.kind in ("group", "key_exchange")}
        if POST_QUANTUM in found:
            return "used"
        if EXPERIMENTAL in found:
            return "experimental"
        return None if is_offered is None else "refused" if is_offered else "not offered"

    def named(self, *kinds: str) -> str:
        """The names of these kinds."""
        return ", ".join(name for kind, name in self.algorithms if kind in kinds)


def best(standings: Iterable[Standing | None]) -> Standing | None:
    """The best of them."""
    return min((one for one in standings if one is not None), key=STANDINGS.index, default=None)


def broken_rules(
    algorithms: Iterable[Algorithm], policy: str, year: int
) -> Iterator[tuple[Algorithm, CryptoRule]]:
    """The algorithms that a policy deprecates or disallows in a year, with its rules."""
    for one in algorithms:
        rule = one.rule(policy)
        if rule is not None and rule.breaks(year):
            yield one, rule


Server = tuple[str, "int | None"]
"""Address and port; the port is None in a store."""


class Certificate(NamedTuple):
    """A server's certificate. Without `sha256`, as in a store: all certificates with these values."""

    sha256: str | None
    not_before: str | None
    not_after: str | None
    algorithms: tuple[Algorithm, ...]
    """Algorithms of its key, and of its signature unless it is self-signed: clients do not check the
    signature of a trust anchor."""
    subject: str | None = None
    """Subject and issuer; ``None`` without `host_names`."""
    issuer: str | None = None
    site_names: tuple[str, ...] = ()
    weak_link: str | None = None
    """The weaknesses of a later certificate in the chain, with its position and the hash of its subject."""

    def left_days(self, now_ns: int) -> int | None:
        """Days until its end, negative after it; ``None`` if the end is unknown."""
        end = moment(self.not_after)
        return None if end is None else (int(end.timestamp()) - now_ns // SECOND_NS) // DAY

    def is_early(self, now_ns: int) -> bool:
        """Whether it is not valid yet."""
        start = moment(self.not_before)
        return start is not None and start.timestamp() > now_ns // SECOND_NS


@dataclass(slots=True, eq=False)
class Party:
    """A server or a client program: connections by use, and addresses of clients."""

    uses: Counter[Use] = field(default_factory=Counter)
    certificates: Counter[Certificate] = field(default_factory=Counter)
    """Certificates of servers up to TLS 1.2, each with the number of connections in which it was sent."""
    hosts: dict[str, Standing | None] = field(default_factory=dict)
    """The best post-quantum key exchange of each client."""
    kept: set[Standing | None] = field(default_factory=set)
    """The same of connections without a known client, as in a store."""

    @property
    def standing(self) -> Standing | None:
        """The best post-quantum key exchange of all its connections."""
        return best((*self.hosts.values(), *self.kept))


@dataclass(slots=True, eq=False)
class _KeyExchange:
    """The messages of a connection until its key exchange is complete and `counted`."""

    program: str | None = None
    is_offered: bool | None = None
    lists: dict[bool, bytes] = field(default_factory=dict)
    counted: bool = False


class CryptoInventory:
    """Collects the cryptography from batches, which come in order, into `servers` and `programs`.

    `max_inventory` limits the pairs of a server or program with a use or an address; `left_out` counts
    connections beyond it. The first messages of `max_connections` connections are kept.
    """

    def __init__(self, max_inventory: int, max_connections: int) -> None:
        self.servers: dict[Server, Party] = {}
        """Servers; their `Party.hosts` are the clients."""
        self.programs: dict[str, Party] = {}
        """Client programs; their `Party.hosts` are the hosts that run them."""
        self.connections: int = 0
        self.incomplete: int = 0
        """Connections without an answer, or with the key exchange of only one end."""
        self.left_out: int = 0
        self.certificates_left_out: int = 0
        self.last_ns: int = 0
        self._uses: dict[tuple[int, ...], Use] = {}
        self._certificates: dict[str, Certificate] = {}
        self._flows: OrderedDict[int, _KeyExchange] = OrderedDict()
        self._room, self._max_flows = max_inventory, max_connections

    def add(self, batch: Batch) -> None:
        """Count the events of a batch."""
        cells = batch._cells
        for row, event in enumerate(batch["event"]):
            read = _READERS.get(event)
            if read is not None:
                self.last_ns = max(self.last_ns, cells.time_ns[row])
                read(self, batch, row)

    def _flow(self, batch: Batch, row: int) -> _KeyExchange:
        number = batch._cells.flow[row]
        found = self._flows.get(number)
        if found is None:
            self.incomplete += 1
            found = self._flows[number] = _KeyExchange()
            if len(self._flows) > self._max_flows:
                self._flows.popitem(last=False)
        return found

    def _tls_client(self, batch: Batch, row: int) -> None:
        seen = view(tls.TlsClientObservation, batch, row)
        flow = self._flow(batch, row)
        flow.program = str(seen.match or f"JA4 {seen.signature}")
        flow.is_offered = bool(batch._cells.post_quantum[row]) or any(
            map(_resists, tls.hello_codes(batch, row, lib.HG_HELLO_GROUPS))
        )

    def _tls_server(self, batch: Batch, row: int) -> None:
        cells = batch._cells
        if cells.hello_retry[row]:
            return
        codes = tuple(getattr(cells, name)[row] for name in _NEGOTIATED)
        if codes not in self._uses:
            if len(self._uses) == _KEPT_USES:
                self._uses.clear()
            self._uses[codes] = _use_of(view(tls.TlsServerObservation, batch, row))
        flow = self._flows.pop(cells.flow[row], None)
        self.incomplete -= flow is not None
        self._negotiated(batch, row, flow or _KeyExchange(), self._uses[codes])

    def _ssh(self, batch: Batch, row: int) -> None:
        flow, from_server = self._flow(batch, row), EVENTS[batch._cells.event[row]] == "ssh_server"
        if flow.program is None and not from_server:
            banner = view(SshClientObservation, batch, row).banner or ""
            flow.program = "".join(banner.split("-", 2)[2:]).partition(" ")[0] or "SSH client without a name"
        if flow.counted:
            return
        cells = batch._cells
        text = batch._native.texts + cells.kexinit_offset[row]
        if cells.kexinit_length[row]:
            flow.lists[from_server] = bytes(ffi.buffer(text, cells.kexinit_length[row]))
        if len(flow.lists) == 2:
            client, server = (_lists(flow.lists[end]) for end in (False, True))
            flow.is_offered = any(Algorithm("key_exchange", name).post_quantum for name in client[0])
            use = Use("SSH", _chosen(client, server))
            self._negotiated(batch, row, flow, use, from_server=from_server)
            self.incomplete -= 1
            flow.counted = True
            flow.lists.clear()

    def _certificate(self, batch: Batch, row: int) -> None:
        seen = view(tls.CertificateObservation, batch, row)
        sha256 = seen.sha256
        found = self._certificates.get(sha256)
        if found is None:
            if len(self._certificates) == _KEPT_USES:
                self._certificates.clear()
            found = self._certificates[sha256] = _certificate_of(seen)
        self.add_certificate(endpoint(batch, row, "src"), found)

    def add_certificate(self, server: Server, found: Certificate, count: int = 1) -> None:
        """Count connections in which a known server sent the certificate."""
        party = self.servers.get(server)
        if party is None or (found not in party.certificates and self._room == 0):
            self.certificates_left_out += count
            return
        self._room -= found not in party.certificates
        party.certificates[found] += count

    def add_use(self, server: Server, use: Use, count: int) -> None:
        """Count connections from unknown clients to a server."""
        self.connections += count
        if not self._count(self.servers, server, use, None, use.standing(None), count):
            self.left_out += count

    def _negotiated(
        self, batch: Batch, row: int, flow: _KeyExchange, use: Use, *, from_server: bool = True
    ) -> None:
        self.connections += 1
        server = endpoint(batch, row, "src" if from_server else "dst")
        client = endpoint(batch, row, "dst" if from_server else "src").ip
        standing = use.standing(flow.is_offered)
        is_kept = self._count(self.servers, server, use, client, standing)
        if flow.program is not None:
            is_kept &= self._count(self.programs, flow.program, use, client, standing)
        self.left_out += not is_kept

    def _count(
        self,
        parties: dict[_Key, Party],
        key: _Key,
        use: Use,
        host: str | None,
        standing: Standing | None,
        count: int = 1,
    ) -> bool:
        party = parties.get(key) or Party()
        needed = (use not in party.uses) + (host is not None and host not in party.hosts)
        if needed > self._room:
            return False
        self._room -= needed
        party.uses[use] += count
        if host is None:
            party.kept.add(standing)
        elif party.hosts.setdefault(host, standing) != standing:
            party.hosts[host] = best((standing, party.hosts[host]))
        parties[key] = party
        return True


_READERS = {
    EVENTS.index("tls_client"): CryptoInventory._tls_client,
    EVENTS.index("tls_server"): CryptoInventory._tls_server,
    EVENTS.index("certificate"): CryptoInventory._certificate,
    EVENTS.index("ssh_client"): CryptoInventory._ssh,
    EVENTS.index("ssh_server"): CryptoInventory._ssh,
}


def _certificate_of(seen: tls.CertificateObservation) -> Certificate:
    algorithms = [Algorithm("key", f"{seen.key_type or 'unknown'} {seen.key_bits or ''}".rstrip())]
    if not seen.self_signed:
        algorithms.append(Algorithm("signature", seen.signature_algorithm))
    names = seen.subject, seen.issuer, tuple(seen.site_names)
    weak_link = None
    if seen.weak_position:
        words = " and ".join(seen.weaknesses)
        weak_link = f"{words} at position {seen.weak_position} of the chain, subject {seen.weak_subject}"
    return Certificate(seen.sha256, seen.not_before, seen.not_after, tuple(algorithms), *names, weak_link)


def moment(text: str | None) -> datetime | None:
    """A time in a certificate; ``None`` for one that cannot be read."""
    try:
        return None if text is None else datetime.fromisoformat(text[:-1] + "+00:00")
    except ValueError:  # the year 0
        return None


@lru_cache(maxsize=4096)
def _resists(group: int) -> bool:
    name = lib.hg_tls_group_name(group)
    return name != ffi.NULL and Algorithm("group", ffi.string(name).decode()).post_quantum is not None


def _use_of(seen: tls.TlsServerObservation) -> Use:
    kinds = ("version", "quic_version", "group", "cipher_suite")
    names = (seen.tls_version, seen.quic_version, seen.group, seen.cipher)
    chosen = (Algorithm(kind, name) for kind, name in zip(kinds, names, strict=True) if name is not None)
    return Use(_TRANSPORTS[seen.transport], tuple(chosen))


def _lists(kexinit: bytes) -> list[list[str]]:
    """The lists of a KEXINIT (RFC 4253, 7.1); the reader has already checked them."""
    found, at = [], 0
    for _ in range(_SSH_LISTS):
        (size,) = struct.unpack_from(">I", kexinit, at)
        found.append(kexinit[at + 4 : at + 4 + size].decode("ascii").split(","))
        at += 4 + size
    return found


def _chosen(client: list[list[str]], server: list[list[str]]) -> tuple[Algorithm, ...]:
    """By RFC 4253, 7.1: for each list the client's first name that the server also has."""
    kinds = ("key_exchange", "host_key", "cipher", "cipher", "mac", "mac")
    names = [_first(*lists) or "" for lists in zip(client, server, strict=True)]
    found = [Algorithm("version", "SSH 2.0")]
    for place, kind in enumerate(kinds):
        is_aead = kind == "mac" and any(part in names[place - 2] for part in ("gcm", "poly1305"))
        if names[place] and not is_aead:
            found.append(Algorithm(kind, names[place]))
    return tuple(dict.fromkeys(found))


def _first(offered: list[str], accepted: list[str]) -> str | None:
    known = {*accepted}
    return next((name for name in offered if name in known and len(name) <= _MOST_NAME), None)
