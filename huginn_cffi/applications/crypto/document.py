"""Writes the inventory as a JSON document, as text and as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from textwrap import wrap
from typing import Any

from huginn_cffi.applications.crypto.inventory import (
    DAY,
    STANDINGS,
    Algorithm,
    Certificate,
    CryptoInventory,
    Party,
    Server,
    Standing,
    Use,
    broken_rules,
)
from huginn_cffi.base.text_tables import aligned
from huginn_cffi.base.times import moment_text
from huginn_cffi.formats.cells import csv_line
from sigcompiler.claims.crypto import EXPERIMENTAL, WEAK
from sigcompiler.diagnostics import visible

WIDTH, _NAMED_HOSTS, _INDENT = 100, 5, "    "
COLUMNS = (
    *("side", "name", "hosts", "connections", "protocol", "version", "key_exchange", "cipher", "host_key"),
    *("post_quantum", "certificate", "key", "signature", "not_before", "not_after", "names", "rules"),
)
_USE_KINDS = (("version", "quic_version"), ("group", "key_exchange"), ("cipher_suite", "cipher", "mac"))


@dataclass(frozen=True)
class Choice:
    """What is shown of an inventory, and by which rules."""

    policy: str = ""
    only_weak: bool = False
    """Whether only uses and certificates that break a rule now are shown."""
    within_seconds: int | None = None
    """Show only certificates that end within this time after the last packet, or ended before."""


@dataclass(frozen=True)
class Presentation:
    """The inventory as JSON values, lines of text and rows of CSV."""

    of: CryptoInventory
    choice: Choice

    @property
    def _year(self) -> int:
        return int(moment_text(self.of.last_ns)[:4])

    # ---- what is shown, and in which order

    def breaks(self, algorithms: Iterable[Algorithm]) -> bool:
        """Whether one of them is deprecated or disallowed when the capture ends."""
        return any(broken_rules(algorithms, self.choice.policy, self._year))

    def servers(self) -> list[tuple[Server, Party]]:
        """The servers by address and port."""
        return sorted(
            self.of.servers.items(),
            key=lambda one: (":" in one[0][0], ip_address(one[0][0]), one[0][1] or 0),
        )

    def uses(self, party: Party) -> list[tuple[Use, int]]:
        """The shown uses of a party, the worst first."""
        if self.choice.within_seconds is not None:
            return []
        shown = (
            one for one in party.uses.items() if not self.choice.only_weak or self.breaks(one[0].algorithms)
        )
        return sorted(shown, key=lambda one: (self._severity(one[0].algorithms), -one[1], one[0]))

    def certificates(self) -> list[tuple[Certificate, dict[Server, int]]]:
        """The shown certificates by their end, with the connections of each server."""
        found: dict[Certificate, dict[Server, int]] = {}
        for server, party in self.servers():
            for certificate, count in party.certificates.items():
                if self._is_shown(certificate):
                    found.setdefault(certificate, {})[server] = count
        return sorted(found.items(), key=lambda one: (one[0].not_after or "", repr(one[0])))

    def _is_shown(self, one: Certificate) -> bool:
        left, within = one.left_days(self.of.last_ns), self.choice.within_seconds
        if within is not None and (left is None or left * DAY >= within):
            return False
        if not self.choice.only_weak or one.weak_link is not None or self.breaks(one.algorithms):
            return True
        return (left is not None and left < 0) or one.is_early(self.of.last_ns)

    def _severity(self, algorithms: Iterable[Algorithm]) -> int:
        broken = broken_rules(algorithms, self.choice.policy, self._year)
        return min((WEAK.index(rule.status) for _, rule in broken), default=len(WEAK))

    def _worst_first(self, party: Party) -> tuple[int, int, int]:
        severity = min((self._severity(use.algorithms) for use in party.uses), default=len(WEAK))
        standing = STANDINGS.index(party.standing) if party.standing else len(STANDINGS)
        return severity, -standing, -party.uses.total()

    # ---- JSON

    def document(self) -> dict[str, Any]:
        """The whole inventory as JSON values."""
        return {
            "policy": self.choice.policy or None,
            **{name: getattr(self.of, name) for name in ("connections", "incomplete", "left_out")},
            "certificates_left_out": self.of.certificates_left_out,
            "summary": self.summary(),
            "servers": [
                {"ip": ip, "port": port, **self._party(party)}
                for (ip, port), party in self.servers()
                if self.uses(party)
            ],
            "programs": [
                {"program": name, **self._party(party)}
                for name, party in sorted(self.of.programs.items())
                if self.uses(party)
            ],
            "certificates": [self._certificate(*one) for one in self.certificates()],
        }

    def _party(self, of: Party) -> dict[str, Any]:
        uses = [
            {"protocol": use.protocol, "connections": n, "algorithms": [*map(self.algorithm, use.algorithms)]}
            for use, n in self.uses(of)
        ]
        hosts = [{"ip": host, "post_quantum": of.hosts[host]} for host in sorted(of.hosts)]
        return {"connections": of.uses.total(), "post_quantum": of.standing, "hosts": hosts, "uses": uses}

    def _certificate(self, one: Certificate, servers: dict[Server, int]) -> dict[str, Any]:
        return {
            **{name: getattr(one, name) for name in ("sha256", "not_before", "not_after")},
            "days_left": one.left_days(self.of.last_ns),
            "post_quantum": any(each.is_post_quantum_key for each in one.algorithms),
            "not_yet_valid": one.is_early(self.of.last_ns),
            **{name: getattr(one, name) for name in ("subject", "issuer")},
            "site_names": list(one.site_names),
            "weak_link": one.weak_link,
            "algorithms": list(map(self.algorithm, one.algorithms)),
            "servers": [{"ip": ip, "port": port, "connections": n} for (ip, port), n in servers.items()],
        }

    def algorithm(self, one: Algorithm) -> dict[str, Any]:
        """An algorithm with its rule."""
        rule = one.rule(self.choice.policy)
        told = {key: rule and getattr(rule, key) for key in ("status", "since", "source")}
        return {"kind": one.kind, "name": one.name, **told}

    # ---- text

    def lines(self) -> Iterator[str]:
        """Servers and client programs, the worst first; certificates by their end; totals."""
        servers = [(place(*server), party) for server, party in self.servers()]
        yield from self._parties("Servers", "client", servers)
        yield from self._certificate_lines()
        yield from self._parties("Client programs", "host", sorted(self.of.programs.items()))
        incomplete, left_out = self.of.incomplete, self.of.left_out
        yield (
            f"{number(self.of.connections, 'connection')} to {number(len(servers), 'server')}, "
            f"{incomplete} incomplete, {left_out} left out"
        )
        yield from wrap(self.summary(), WIDTH)

    def summary(self) -> str:
        """One sentence on versions and post-quantum key exchange of all servers."""
        parties = self.of.servers.values()
        versions = [
            {one.name for use in party.uses for one in use.algorithms if one.kind == "version"}
            for party in parties
        ]
        standings = [party.standing for party in parties]
        modern = sum(any(name in ("TLS 1.3", "DTLS 1.3") for name in names) for names in versions)
        old = sorted(
            {name for names in versions for name in names if self.breaks([Algorithm("version", name)])}
        )
        parts = [f"{modern} of {number(len(versions), 'server')} use{'s' * (len(versions) == 1)} TLS 1.3"]
        counts = [(name, sum(name in names for names in versions)) for name in old]
        parts += [f"{count} accept{'s' * (count == 1)} {name}" for name, count in counts]
        used, refused = standings.count("used"), standings.count("refused")
        parts.append(f"{used} used a post-quantum exchange, {refused} refused one")
        if trials := standings.count("experimental"):
            parts.append(f"{trials} used an experimental exchange")
        return "; ".join(parts)

    def _parties(self, title: str, host: str, parties: Iterable[tuple[str, Party]]) -> Iterator[str]:
        shown = [(name, party) for name, party in parties if self.uses(party)]
        if not shown:
            return
        yield f"{title}, the worst first"
        for name, party in sorted(shown, key=lambda one: self._worst_first(one[1])):
            yield cut(f"{visible(name)}  {post_quantum(party.standing)}", WIDTH)
            yield from _indented(self._hosts(host, party))
            for use, count in self.uses(party):
                yield from _indented(f"{number(count, 'connection')}: {', '.join(_use_names(use))}", 8)
                yield from self._rule_lines(use.algorithms)
        yield ""

    def _hosts(self, word: str, party: Party) -> str:
        groups: dict[Standing | None, list[str]] = {}
        for host in sorted(party.hosts, key=lambda one: (":" in one, ip_address(one))):
            groups.setdefault(party.hosts[host], []).append(host)
        parts = []
        for standing, hosts in sorted(
            groups.items(), key=lambda one: STANDINGS.index(one[0]) if one[0] else 9
        ):
            more = len(hosts) - _NAMED_HOSTS
            names = ", ".join(hosts[:_NAMED_HOSTS]) + (f" and {more} more" if more > 0 else "")
            note = f" ({post_quantum(standing)})" if len(groups) > 1 else ""
            parts.append(f"{number(len(hosts), word)}{note}: {names}")
        return "; ".join(parts)

    def _certificate_lines(self) -> Iterator[str]:
        shown = self.certificates()
        if not shown:
            return
        rows: list[tuple[str, ...]] = [("end", "", "certificate", "key", "signature")]
        rows += [self._certificate_cells(one) for one, _ in shown]
        yield "Certificates, by the end of their validity"
        heading, *lines = aligned(rows)
        yield heading
        for line, (one, servers) in zip(lines, shown, strict=True):
            yield cut(line, WIDTH)
            yield from _indented(", ".join(one.site_names[:20]))
            names = (("subject", one.subject), ("issuer", one.issuer))
            yield from _indented("; ".join(f"{word} {visible(name)}" for word, name in names if name))
            places = [place(*server) for server in servers]
            more = f" and {len(places) - _NAMED_HOSTS} more" if len(places) > _NAMED_HOSTS else ""
            total = number(sum(servers.values()), "connection")
            yield from _indented(f"{total} to {', '.join(places[:_NAMED_HOSTS])}{more}")
            yield from self._rule_lines(one.algorithms)
            yield from _indented(f"! {one.weak_link}" if one.weak_link else "", 8)
        yield ""

    def _certificate_cells(self, one: Certificate) -> tuple[str, ...]:
        names = {each.kind: each.name for each in one.algorithms}
        is_early, left = one.is_early(self.of.last_ns), one.left_days(self.of.last_ns)
        end = ((one.not_after or "-")[:10], "not valid yet" if is_early else end_text(left))
        return *end, (one.sha256 or "-")[:16], names["key"], names.get("signature", "its own")

    def _rule_lines(self, algorithms: Iterable[Algorithm]) -> Iterator[str]:
        for text, is_broken in self._rules(algorithms):
            yield from _indented(f"{'!' if is_broken else '-'} {text}", 8)

    def _rules(self, algorithms: Iterable[Algorithm]) -> Iterator[tuple[str, bool]]:
        for one in algorithms:
            rule = one.rule(self.choice.policy)
            if rule is not None and (rule.status in (*WEAK, EXPERIMENTAL) or one.is_post_quantum_key):
                since = f" since {rule.since}" if rule.since and rule.since <= self._year else ""
                later = f" from {rule.since}" if rule.since and rule.since > self._year else ""
                yield f"{one.name}: {rule.status}{since}{later} ({rule.source})", rule.breaks(self._year)

    # ---- CSV

    def csv(self) -> Iterator[bytes]:
        """A row for each use of a server or program, and for each certificate of a server."""
        yield csv_line(COLUMNS)
        parties = [("server", place(*server), party) for server, party in self.servers()]
        parties += [("client", name, party) for name, party in sorted(self.of.programs.items())]
        for side, name, party in parties:
            hosts = " ".join(sorted(party.hosts))
            for use, count in self.uses(party):
                cells = (use.protocol, *(use.named(*kinds) for kinds in _USE_KINDS), use.named("host_key"))
                rules = "; ".join(text for text, _ in self._rules(use.algorithms))
                yield csv_line((side, name, hosts, count, *cells, party.standing, *[""] * 6, rules))
        for one, servers in self.certificates():
            names = {each.kind: each.name for each in one.algorithms}
            rules = "; ".join(text for text, _ in self._rules(one.algorithms))
            values = (one.sha256, names["key"], names.get("signature"), one.not_before, one.not_after)
            for server, count in servers.items():
                row = ("certificate", place(*server), "", count, *[""] * 6, *values)
                yield csv_line((*row, " ".join(one.site_names), rules))


def place(ip: str, port: int | None) -> str:
    """An address and port in the usual notation."""
    if port is None:
        return ip
    return f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"


def number(count: int, word: str) -> str:
    """A count with its noun."""
    return f"{count} {word}{'s' * (count != 1)}"


def cut(text: str, width: int) -> str:
    """The text, with an ellipsis in place of what is beyond the width."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def post_quantum(standing: Standing | None) -> str:
    """The post-quantum key exchange in words."""
    if standing == "experimental":
        return "used an experimental exchange"
    return f"post-quantum exchange {standing or 'not used'}"


def end_text(days: int | None) -> str:
    """When a certificate ends, from the end of the capture."""
    if days is None:
        return "end unknown"
    if days < 0:
        return f"ended {number(-days, 'day')} before the capture"
    return f"ends in {number(days, 'day')}"


def _use_names(use: Use) -> Iterator[str]:
    quic = use.named("quic_version")
    yield f"{'QUIC ' * bool(quic)}{quic}{', ' * bool(quic)}{use.named('version')}"
    yield from filter(None, (use.named(*kinds) for kinds in (*_USE_KINDS[1:], ("host_key",))))


def _indented(text: str, more: int = 4) -> Iterator[str]:
    """Lines of at most WIDTH characters."""
    yield from wrap(
        text, WIDTH, initial_indent=" " * more, subsequent_indent=" " * (more + 2), break_on_hyphens=False
    )
