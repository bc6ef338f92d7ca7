"""Writes the inventory as a JSON document and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address
from typing import Any

from huginn_cffi.applications.crypto.inventory import (
    Algorithm,
    Certificate,
    CryptoInventory,
    Party,
    Server,
    Use,
)
from huginn_cffi.base.text_tables import aligned
from sigcompiler.claims.crypto import POST_QUANTUM, STATUSES
from sigcompiler.diagnostics import visible

HEADINGS = ("connections", "hosts", "version", "key exchange", "cipher", "host key", "post-quantum", "rules")
CERTIFICATE_HEADINGS = ("connections", "certificate", "key", "signature", "valid", "rules")
SHOWN_STATUSES = STATUSES[: STATUSES.index("quantum-vulnerable")]
"""Statuses shown as rules: nearly all algorithms are quantum-vulnerable, and post-quantum has a column."""


def crypto_document(of: CryptoInventory) -> dict[str, Any]:
    """The whole inventory as JSON values."""
    return {
        "connections": of.connections,
        "incomplete": of.incomplete,
        "left_out": of.left_out,
        "certificates_left_out": of.certificates_left_out,
        "servers": [
            {
                "ip": ip,
                "port": port,
                **_party(party),
                "certificates": [_certificate(*one) for one in sorted(party.certificates.items())],
            }
            for (ip, port), party in servers(of)
        ],
        "programs": [{"program": name, **_party(party)} for name, party in sorted(of.programs.items())],
    }


def servers(of: CryptoInventory) -> list[tuple[Server, Party]]:
    """The servers, sorted by address and port."""
    return sorted(
        of.servers.items(), key=lambda one: (":" in one[0][0], ip_address(one[0][0]), one[0][1] or 0)
    )


def _party(of: Party) -> dict[str, Any]:
    return {
        "connections": of.uses.total(),
        "hosts": sorted(of.hosts),
        "post_quantum": any(use.post_quantum for use in of.uses),
        "uses": [
            {
                "protocol": use.protocol,
                "connections": count,
                "post_quantum": use.post_quantum,
                "algorithms": list(map(_algorithm, use.algorithms)),
            }
            for use, count in _ranked(of)
        ],
    }


def _ranked(of: Party) -> list[tuple[Use, int]]:
    """The uses of a party, the most frequent first."""
    return sorted(of.uses.items(), key=lambda one: (-one[1], one[0]))


def _certificate(one: Certificate, count: int) -> dict[str, Any]:
    return {
        "sha256": one.sha256,
        "connections": count,
        "not_before": one.not_before,
        "not_after": one.not_after,
        "algorithms": list(map(_algorithm, one.algorithms)),
    }


def _algorithm(one: Algorithm) -> dict[str, Any]:
    status, source = (None, None) if one.rule is None else (one.rule.status, one.rule.source)
    return {"kind": one.kind, "name": one.name, "status": status, "source": source}


def crypto_lines(of: CryptoInventory) -> Iterator[str]:
    """Tables of servers, of certificates and of client programs, and a line with totals."""
    uses = ((place(*server), _uses(party)) for server, party in servers(of))
    yield from _table(("server", *HEADINGS), uses)
    certificates = (
        (place(*server), [_certificate_cells(*one) for one in sorted(party.certificates.items())])
        for server, party in servers(of)
    )
    yield from _table(("server", *CERTIFICATE_HEADINGS), certificates)
    programs = ((name, _uses(party)) for name, party in sorted(of.programs.items()))
    yield from _table(("client program", *HEADINGS), programs)
    yield (
        f"{of.connections} connections of {len(of.servers)} servers, "
        f"{sum(any(use.post_quantum for use in by.uses) for by in of.servers.values())} of them with "
        f"{POST_QUANTUM} key exchange; {of.incomplete} incomplete, {of.left_out} left out"
    )


def place(ip: str, port: int | None) -> str:
    """An address and port in the usual notation."""
    if port is None:
        return ip
    return f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"


def _table(headings: tuple[str, ...], parties: Iterable[tuple[str, list[tuple[str, ...]]]]) -> Iterator[str]:
    rows = [headings]
    for name, lines in parties:
        rows += [(visible(name), *cells) for cells in lines]
    if len(rows) > 1:
        yield from aligned(rows)
        yield ""


def _uses(party: Party) -> list[tuple[str, ...]]:
    return [_cells(use, count, party) for use, count in _ranked(party)]


def _certificate_cells(one: Certificate, count: int) -> tuple[str, ...]:
    names = {each.kind: each.name for each in one.algorithms}
    return (
        *(str(count), (one.sha256 or "-")[:16], names["key"], names.get("signature", "its own")),
        f"{(one.not_before or '?')[:10]} to {(one.not_after or '?')[:10]}" if one.sha256 else "-",
        _rules(one.algorithms),
    )


def _rules(algorithms: Iterable[Algorithm]) -> str:
    return ", ".join(
        f"{one.name}: {one.rule.status} ({one.rule.source})"
        for one in algorithms
        if one.rule is not None and one.rule.status in SHOWN_STATUSES
    )


def _cells(use: Use, count: int, party: Party) -> tuple[str, ...]:
    version = use.named("version")
    if quic := use.named("quic_version"):
        version = f"QUIC {quic}, {version}"
    return (
        *(str(count), str(len(party.hosts) or "-"), version, use.named("group", "key_exchange") or "-"),
        *(use.named("cipher_suite", "cipher", "mac") or "-", use.named("host_key") or "-"),
        *("yes" if use.post_quantum else "no", _rules(use.algorithms)),
    )
