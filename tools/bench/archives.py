"""What an archive costs: processor time of each part, bytes that move, throughput against workers.

    python -m tools.bench.archives [--packets 1000000] [--files 8] [--workers 1,2]

The captures are generated: conversations of 25 packets, about 560 bytes a packet.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster

import huginn_cffi as hg
from huginn_cffi.applications.dask import Archive
from huginn_cffi.applications.dask.events import table_of
from huginn_cffi.applications.dask.ordered import advance
from huginn_cffi.applications.dask.reduction import reduce_piece
from tools.bench import traffic


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--packets", type=int, default=1_000_000)
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--workers", default="1,2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(options.files):
            frames = traffic.mixed(options.packets // options.files, concurrent=400, seed=number)
            start = 1_700_000_000 + number * 60
            with (folder / f"{number:03}.pcap").open("wb") as file:
                file.writelines(traffic.pcap_records(frames, start))
        archive = Archive(str(folder), max_connections=100_000)
        parts(archive)
        for workers in map(int, options.workers.split(",")):
            throughput(folder, workers)


def timed(work: Callable[..., Any], *arguments: Any) -> tuple[float, Any]:
    """Processor time in seconds, and the result."""
    began = time.process_time()
    found = work(*arguments)
    return time.process_time() - began, found


def parts(archive: Archive) -> None:
    """Each part of the work by itself, in this process."""
    plan, captured = archive._plan, sum(Path(path).stat().st_size for path in archive.captures)
    took, _ = timed(lambda: [len(batch) for batch in hg.Analyzer().batches(archive.captures)])
    whole = took
    reducing, reduced_pieces = timed(lambda: [reduce_piece(piece, plan) for piece in archive.pieces])
    state, found, ordering, kept = None, [], 0.0, 0
    for piece, reduced in zip(archive.pieces, reduced_pieces, strict=True):
        took, (state, events) = timed(advance, state, piece, reduced, plan)
        ordering += took
        kept += len(state.memory[0])
        found.append(events)
    tabling, tables = timed(lambda: [table_of(events, plan.database) for events in found])
    packets, rows = state.stats.packets, sum(table.num_rows for table in tables)
    moved = [sum(item.nbytes for item in items) for items in (reduced_pieces, found)]
    print(
        f"captures           {len(archive.captures)}, {captured / 1e6:,.0f} MB, "
        f"{packets:,} packets, {rows:,} events"
    )
    print(f"plain run          {whole / packets * 1e9:6.0f} ns per packet")
    print(f"reducing           {reducing / packets * 1e9:6.0f} ns per packet")
    print(f"ordered pass       {ordering / packets * 1e9:6.0f} ns per packet")
    print(f"making tables      {tabling / rows * 1e9:6.0f} ns an event")
    print(f"reduced pieces     {moved[0] / packets:6.1f} bytes a packet, {moved[0] / rows:.0f} an event")
    print(f"raw events         {moved[1] / rows:6.1f} bytes an event")
    print(f"states             {kept / len(found) / 1000:6.0f} kB a piece")


def throughput(folder: Path, workers: int) -> None:
    """Wall time on a cluster of processes, from the captures to the number of events a kind."""
    with (
        LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0") as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(workers, timeout=120)
        client.run(lambda: __import__("huginn_cffi.applications.dask").__name__)
        archive = Archive(str(folder), max_connections=100_000)
        began = time.monotonic()
        counts = archive.events()["event"].value_counts().compute()
        took = time.monotonic() - began
    size = sum(path.stat().st_size for path in folder.iterdir())
    print(
        f"{workers} worker{'s' * (workers > 1):<4} {took:6.1f} s, {size / took / 1e6:.0f} MB/s, "
        f"{counts.sum():,} events"
    )


if __name__ == "__main__":
    main()
