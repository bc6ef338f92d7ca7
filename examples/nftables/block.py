"""Put scanners into sets of nftables: reads what ``huginn capture --format json --events scan`` writes."""

from __future__ import annotations

import argparse
import ipaddress
import json
import subprocess
import sys
from pathlib import Path

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


def scanner(line: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """Who scanned, if completed connections prove it. Whoever sends a tunnel can forge both of its ends."""
    event = json.loads(line)
    if event["event"] != "finding" or event["finding"] not in SCANS or event.get("tunnel") is not None:
        return None
    return ipaddress.ip_address(event["src_ip"]) if event.get("handshake") == "completed" else None


def main() -> None:
    """Read standard input to its end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--allow", action="append", default=[], type=ipaddress.ip_network, metavar="NETWORK")
    parser.add_argument("--block", action="store_true", help="without it nothing is blocked, only printed")
    chosen = parser.parse_args()
    allowed = [*own_networks(), *chosen.allow]
    for line in sys.stdin:
        try:
            address = scanner(line)
        except (ValueError, KeyError, TypeError) as error:
            print(f"line passed over: {error!r}", file=sys.stderr)
            continue
        if address is None:
            continue
        if any(address in network for network in allowed):
            print(f"allowed: {address}", flush=True)
            continue
        print(f"{'blocked' if chosen.block else 'would be blocked'}: {address}", flush=True)
        if chosen.block:  # a set that is full refuses the element, and nft says so
            names = ("inet", "huginn", f"scanners{address.version}")
            subprocess.run(["nft", "add", "element", *names, "{", str(address), "}"], check=False)


if __name__ == "__main__":
    main()
