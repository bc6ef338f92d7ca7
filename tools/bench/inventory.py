"""What the inventory of hosts takes: ``python -m tools.bench.inventory CAPTURE HOSTS``.

Its own program, since memory that was used once would hide what is asked for later. The capture has
one SYN a host. Prints JSON: hosts, bytes resident over those before, nanoseconds of processor time a packet
without and with an inventory, and nanoseconds a look-up in the core, at random, less those of an empty one.
"""

from __future__ import annotations

import json
import random
import sys
import time

from huginn_cffi import Analyzer
from huginn_cffi._native import ffi, lib
from huginn_cffi.hosts.inventory import Inventory
from tools.bench.memory import resident

LOOK_UPS = 200_000


def packet_ns(analyzer: Analyzer, capture: str, hosts: int, inventory: Inventory | None) -> float:
    """Nanoseconds of processor time a packet."""
    began = time.process_time()
    for batch in analyzer.batches(capture):
        if inventory is not None:
            inventory.add(batch)
    return (time.process_time() - began) / hosts * 1e9


def look_up_ns(inventory: Inventory, addresses: list[bytes]) -> float:
    """Nanoseconds a look-up, with those of the call."""
    handle, find = inventory._hosts, lib.hg_hosts_find
    wanted = [ffi.new("uint8_t[16]", address) for address in addresses]
    began = time.process_time()
    for address in wanted:
        find(handle, address, 4)
    return (time.process_time() - began) / len(wanted) * 1e9


def main() -> None:
    capture, hosts = sys.argv[1], int(sys.argv[2])
    analyzer = Analyzer()
    without = packet_ns(analyzer, capture, hosts, None)
    empty, inventory = Inventory(analyzer.database), Inventory(analyzer.database, max_inventory=hosts)
    before = resident()
    with_hosts = packet_ns(analyzer, capture, hosts, inventory)
    taken = resident() - before
    known = [address.ljust(16, b"\0") for address in inventory.addresses()]
    addresses = random.Random(7).choices(known, k=LOOK_UPS)
    call = look_up_ns(empty, addresses)
    found = {
        "hosts": len(inventory),
        "bytes": taken,
        "packet ns without": without,
        "packet ns with": with_hosts,
        "look-up ns": look_up_ns(inventory, addresses) - call,
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
