"""Totals of captures, as tshark counts them and as we do.

`python -m tests.readers.totals` compares all captures of the corpus, which takes half an hour; a test runs a
sample. `totals.csv` lists the captures that differ, with the cause.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import huginn_cffi as hg
from tests.support.devices.captured import SHARED, announced, fields

REASONS = Path(__file__).with_name("totals.csv")
CORPUS = SHARED / "corpus"
KINDS = ("connections", "requests", "hellos", "arp", "dhcp", "modbus")
"""Connections with a SYN+ACK, by client and server; connections with a request of HTTP, with a ClientHello,
with Modbus; ARP packets of each MAC; DHCP messages of each address."""

SYN_ACK, FLAGS = 0x12, 0x17
"""Bits of TCP; a packet that also has RST or FIN is no answer."""
_WANTED = (
    "(tcp.flags.syn == 1 && tcp.flags.ack == 1) || http.request || http2.headers.method"
    " || tls.handshake.type == 1 || arp || dhcp || dhcpv6 || mbtcp"
)
_FIELDS = (
    *("frame.protocols", "eth.src", "sll.src.eth", "wlan.sa", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst"),
    *("tcp.stream", "tcp.srcport", "tcp.dstport", "tcp.flags"),
    *("http.request.method", "http2.headers.method", "tls.handshake.type"),
    *("dhcp.option.dhcp", "dhcpv6.msgtype", "mbtcp.len"),
)
Row = Mapping[str, str]
Totals = dict[str, Counter[tuple[str, ...]]]


def reasons() -> dict[tuple[str, str], str]:
    """The causes of differences, by capture and kind."""
    with REASONS.open(encoding="utf-8", newline="") as table:
        return {(row["capture"], row["kind"]): row["cause"] for row in csv.DictReader(table)}


def captures() -> list[Path]:
    """All of the corpus, the smallest first."""
    files = [one for one in CORPUS.iterdir() if one.suffix in (".pcap", ".pcapng", ".cap")]
    return sorted(files, key=lambda one: (one.stat().st_size, one.name))


def rows_of(path: Path) -> list[dict[str, str]]:
    """The packets that count, by tshark."""
    return fields(path, _WANTED, _FIELDS)


def by_tshark(rows: Iterable[Row]) -> Totals:
    """The totals of tshark's rows."""
    found: Totals = {kind: Counter() for kind in KINDS}
    answered = set()
    for row in rows:
        source, target = _addresses(row)
        ports = _last(row["tcp.srcport"]), _last(row["tcp.dstport"])
        if row["tcp.flags"] and int(_last(row["tcp.flags"]), 16) & FLAGS == SYN_ACK:
            answered.add((_last(row["tcp.stream"]), target, source))
        ends = _ends((source, ports[0]), (target, ports[1]))
        if row["tcp.stream"]:  # SSDP has requests, too
            if row["http.request.method"] or row["http2.headers.method"]:
                found["requests"][ends] = 1
            if "1" in row["tls.handshake.type"].split("|"):
                found["hellos"][ends] = 1
            if row["mbtcp.len"]:
                found["modbus"][ends] = 1
        if "arp" in row["frame.protocols"].split(":"):
            macs = (row[name] for name in ("eth.src", "sll.src.eth", "wlan.sa"))
            found["arp"][(_last(next(filter(None, macs), "")),)] += 1
        if row["dhcp.option.dhcp"] or row["dhcpv6.msgtype"]:
            found["dhcp"][(source,)] += 1
    found["connections"] = Counter((client, server) for _, client, server in answered)
    return found


def _addresses(row: Row) -> tuple[str, str]:
    """The innermost addresses."""
    inner = [one for one in row["frame.protocols"].split(":") if one in ("ip", "ipv6")]
    version = inner[-1] if inner else "ip"
    return _last(row[f"{version}.src"]), _last(row[f"{version}.dst"])


def _last(value: str) -> str:
    """The innermost of several values."""
    return value.split("|")[-1]


def _ends(*ends: tuple[str, str]) -> tuple[str, ...]:
    return tuple(part for end in sorted(ends) for part in end)


def by_us(path: Path) -> Totals:
    """The same, except connections, of which each end has a record of its own."""
    found: Totals = {kind: Counter() for kind in KINDS}
    for one in announced(path, "tls", "http", "dhcp", "arp", "industrial"):
        kind = one["event"]
        if kind == "arp":
            found["arp"][(one["source_mac"],)] += 1
        elif kind == "dhcp":
            found["dhcp"][(one["src_ip"],)] += 1
        else:
            ends = _ends((one["src_ip"], str(one["src_port"])), (one["dst_ip"], str(one["dst_port"])))
            if kind == "http_request":
                found["requests"][ends] = 1
            elif kind == "tls_client" and one["transport"] == "tcp":
                found["hellos"][ends] = 1
            elif kind == "industrial" and any("modbus" in text for text in one.get("announced", ())):
                found["modbus"][ends] = 1
    return found


def of_peers(path: Path) -> Iterator[tuple[str, Counter[tuple[str, ...]], int]]:
    """The connections of each address, by client and server, and how many its records leave out."""
    pairs: dict[str, Counter[tuple[str, ...]]] = {}
    left_out: Counter[str] = Counter()
    for host in hg.Analyzer(None).read(path, on_error=lambda _: None).hosts:
        if host.ip is None:
            continue
        left_out[host.ip] += host.peers_left_out
        counts = pairs.setdefault(host.ip, Counter())
        for one in host.peers:
            if one.protocol != "quic" and one.direction != "for":
                ends = (host.ip, one.ip) if one.direction == "to" else (one.ip, host.ip)
                counts[ends] += one.connections
    for ip, counts in pairs.items():
        yield ip, counts, left_out[ip]


def completed(path: Path) -> int:
    """Completed connections, each at both ends."""
    return sum(one.completed for host in hg.Analyzer(None).read(path).hosts for one in host.peers)


def differences(path: Path, rows: Iterable[Row]) -> dict[str, str]:
    """What differs, by kind."""
    wanted, own = by_tshark(rows), by_us(path)
    found = {}
    for kind in KINDS[1:]:
        if wanted[kind] != own[kind]:
            only = [dict(one) for one in (wanted[kind] - own[kind], own[kind] - wanted[kind])]
            found[kind] = f"only tshark {only[0]}, only here {only[1]}"
    pairs = wanted["connections"].items()
    servers = {server for (_, server), _ in pairs}
    for ip, counts, left_out in of_peers(path):
        servers.discard(ip)
        # A connection of a host with itself counts at both ends.
        of_host = Counter({ends: count * ends.count(ip) for ends, count in pairs if ip in ends})
        total, listed = of_host.total(), counts.total()
        if counts != of_host if left_out == 0 else not listed <= total <= listed + left_out:
            found["connections"] = f"{ip}: tshark {of_host}, here {dict(counts)} and {left_out} left out"
    if servers:
        found["connections"] = f"no hosts here: {servers}"
    return found


def main() -> int:
    """Print what differs without a reason, and reasons without a difference."""
    listed, wrong = reasons(), 0
    paths = captures()
    for path in paths:
        found = differences(path, rows_of(path))
        for kind in KINDS:
            if (kind in found) != ((path.name, kind) in listed):
                wrong += 1
                print(f"{path.name}\t{kind}\t{found.get(kind, 'equal now')}", flush=True)
    print(f"{len(paths)} captures compared, {len(listed)} differences with a reason")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
