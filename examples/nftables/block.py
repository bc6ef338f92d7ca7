"""Put scanners into sets of nftables: reads what ``huginn capture --format json --events scan`` writes."""

from __future__ import annotations

import argparse
import ipaddress
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
SCANS = {"horizontal_scan", "vertical_scan", "slow_scan"}


def own_networks() -> list[Network]:
    """The addresses of this machine, its gateways and its resolvers."""
    found = []
    for family in ("-4", "-6"):
        for words, key in ((["address"], "local"), (["route"], "gateway")):
            done = subprocess.run(["ip", "-json", family, *words], capture_output=True, check=True)
            rows = json.loads(done.stdout or "[]")
            parts = [
                part for row in rows for part in (row, *row.get("addr_info", ()), *row.get("nexthops", ()))
            ]
            found += [part[key] for part in parts if key in part]
    lines = Path("/etc/resolv.conf").read_text(errors="replace").splitlines()
    found += [line.split()[1].partition("%")[0] for line in lines if line.startswith("nameserver ")]
    return [ipaddress.ip_network(address) for address in found]


def scanner(line: bytes) -> Address | None:
    """Who scanned, if completed connections prove it. Whoever sends a tunnel can forge both of its ends."""
    event = json.loads(line)
    if event["event"] != "finding" or event["finding"] not in SCANS or event.get("tunnel") is not None:
        return None
    return ipaddress.ip_address(event["src_ip"]) if event.get("handshake") == "completed" else None


def batches(stream: BinaryIO) -> Iterator[list[bytes]]:
    """The lines that have come, together: each start of nft takes milliseconds."""
    rest = b""
    while data := os.read(stream.fileno(), 1 << 16):
        *lines, rest = (rest + data).split(b"\n")
        yield lines
    yield [rest] if rest else []


def block(addresses: list[Address]) -> None:
    """One call adds all elements or none. Where that is refused, one after the other, as long as they fit."""
    done, step = 0, len(addresses)
    while part := addresses[done : done + step]:
        elements = f"scanners{part[0].version} {{ {', '.join(map(str, part))} }}"
        tried = subprocess.run(
            ["nft", "add", "element", "inet", "huginn", elements], capture_output=True, text=True, check=False
        )
        if tried.returncode == 0:
            print(*(f"blocked: {address}" for address in part), sep="\n", flush=True)
            done += len(part)
        elif step == 1:
            print(f"not blocked: {', '.join(map(str, addresses[done:]))}", tried.stderr, file=sys.stderr)
            return
        else:
            step = 1


def main() -> None:
    """Read standard input to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--allow", action="append", default=[], type=ipaddress.ip_network, metavar="NETWORK")
    parser.add_argument("--block", action="store_true", help="without it nothing is blocked, only printed")
    chosen = parser.parse_args()
    allowed = [*own_networks(), *chosen.allow]
    for lines in batches(sys.stdin.buffer):
        found: dict[int, list[Address]] = {4: [], 6: []}
        for line in lines:
            try:
                address = scanner(line)
            except (ValueError, KeyError, TypeError) as error:
                print(f"line passed over: {error!r}", file=sys.stderr)
                continue
            if address is None:
                continue
            if any(address in network for network in allowed):
                print(f"allowed: {address}", flush=True)
            elif chosen.block:
                found[address.version].append(address)
            else:
                print(f"would be blocked: {address}", flush=True)
        for addresses in found.values():
            block(addresses)


if __name__ == "__main__":
    main()
