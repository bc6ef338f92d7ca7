"""The host store: ``nice python -m tools.bench.store [HOSTS]``, by default a million.

Fills a store, then updates existing hosts, at random and in runs of neighbours, each with another packet.
Prints JSON: hosts per second of this process's processor time (including making rows of records), bytes per
host in the tables of hosts and systems, and the time of a look-up.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from huginn_cffi.store.opening import open_for_writing
from huginn_cffi.store.reading import Store
from huginn_cffi.store.rows import in_order
from huginn_cffi.store.upserts import Upserts
from huginn_cffi.store.writer import BATCH
from tests.support.hosts import BEGAN, SECOND, host, sighting

FIRST = 10 << 24
SYSTEMS = [("Linux", f"{major}.x") for major in range(2, 7)] + [("Windows", "10 or 11"), ("macOS", "14")]


def record(number: int, packets: int) -> Any:
    """One host; its second packet comes a day after the first."""
    name, flavor = SYSTEMS[number % len(SYSTEMS)]
    last = BEGAN + number * 1000 + (packets - 1) * 86_400 * SECOND
    times = {"first_seen_ns": BEGAN + number * 1000, "last_seen_ns": last}
    seen = sighting(name=name, flavor=flavor, packets=packets, **times)
    return host(FIRST + number, syns=packets, connections=packets, sightings=(seen,), distance=9, **times)


def written(upserts: Upserts, numbers: Sequence[int], packets: int) -> float:
    """Hosts per second of processor time; making the records is not measured."""
    taken = 0.0
    for start in range(0, len(numbers), BATCH):
        records = [record(number, packets) for number in numbers[start : start + BATCH]]
        began = time.process_time()
        upserts.write(in_order(records))
        taken += time.process_time() - began
    return len(numbers) / taken


def row_bytes(connection: sqlite3.Connection, hosts: int) -> float:
    """Bytes per host in the pages of the two tables; without dbstat, of the whole file."""
    try:
        (found,) = connection.execute(
            "SELECT sum(pgsize) FROM dbstat WHERE name IN ('host', 'system')"
        ).fetchone()
    except sqlite3.OperationalError:
        pages, size = (connection.execute(f"PRAGMA page_{what}").fetchone()[0] for what in ("count", "size"))
        found = pages * size
    return float(found) / hosts


def look_up_us(store: Store, numbers: Iterable[int]) -> float:
    """µs of processor time to look up everything about a host."""
    addresses = [record(number, 1).ip for number in numbers]
    began = time.process_time()
    for address in addresses:
        assert store.find(address)
    return (time.process_time() - began) / len(addresses) * 1e6


def main() -> None:
    hosts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    draw = random.Random(7)
    everybody = [*range(hosts)]
    draw.shuffle(everybody)
    some = hosts * 3 // 10
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "hosts.sqlite")
        connection, lock = open_for_writing(path)
        upserts = Upserts(connection, "", "sensor")
        print_ = {"hosts": hosts, "insert random /s CPU": round(written(upserts, everybody, 1))}
        print_["update random /s CPU"] = round(written(upserts, draw.sample(everybody, some), 2))
        start = draw.randrange(hosts - some)
        print_["update neighbours /s CPU"] = round(written(upserts, [*range(start, start + some)], 3))
        print_["row bytes a host"] = round(row_bytes(connection, hosts))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.close()
        lock.release()
        print_["file bytes a host"] = round(Path(path).stat().st_size / hosts)
        with Store(path) as store:
            print_["look-up µs"] = round(look_up_us(store, draw.sample(everybody, min(hosts, 20_000))), 1)
    print(json.dumps(print_, ensure_ascii=False))


if __name__ == "__main__":
    main()
