"""Dask over a folder of captures equals the plain run, event for event; also with a worker killed.

    python -m tools.lab.archives FOLDER [--workers 2] [--blocksize 64KiB]

Runs the captures of the folder on a cluster of processes, twice: undisturbed, and then
with the worker killed that is reading a capture in the middle. Exits with 1 when anything differs.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import dask
import pyarrow as pa
from distributed import Client, LocalCluster

from huginn_cffi.applications.dask import Archive
from tests.archives import gate
from tests.archives.streams import plain


def main() -> int:
    """Compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--blocksize", default="64KiB")
    options = parser.parse_args()
    assert gate.GateFileSystem.protocol == ("gate",)
    paths = sorted(str(path) for path in options.folder.iterdir() if path.is_file())
    preload = ["tests.archives.gate"]
    with (
        LocalCluster(
            n_workers=options.workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", preload=preload
        ) as cluster,
        Client(cluster) as client,
    ):
        client.wait_for_workers(options.workers, timeout=120)
        equal = undisturbed(paths, options.blocksize)
        return 0 if disturbed(client, paths, options.blocksize) and equal else 1


def undisturbed(paths: list[str], blocksize: str) -> bool:
    """Event for event, error for error, counter for counter."""
    archive = Archive(paths, blocksize=blocksize, on_error="keep")
    wanted, stats, errors = plain(archive.captures)
    began = time.monotonic()
    found = archive.events().compute()
    took = time.monotonic() - began
    equal = same(found, wanted) and archive.stats() == stats
    equal = equal and [str(error) for error in archive.trouble()] == errors
    print(
        f"{archive!r}: {stats.packets:,} packets, {len(found):,} events, {len(errors)} damaged or no captures"
    )
    print(f"undisturbed, {took:.0f} s: {'equal' if equal else 'DIFFERENT'}")
    return equal


def disturbed(client: Any, paths: list[str], blocksize: str) -> bool:
    """The same with the reading worker killed at a capture in the middle."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        linked = []
        for number, path in enumerate(paths):
            late = "late-" if number == len(paths) // 2 else ""
            link = folder / f"{late}{number:05}-{Path(path).name}"
            link.symlink_to(Path(path).resolve())
            linked.append(str(link))
        wanted, _, _ = plain(linked)
        killed: list[int] = []
        threading.Thread(target=kill_reader, args=(folder, killed), daemon=True).start()
        addresses = [f"gate://{link}" for link in linked]
        archive = Archive(addresses, order="given", blocksize=blocksize, on_error="keep")
        found = client.compute(archive.events()).result()
        equal = same(found, wanted, leave=("capture",)) and len(killed) == 1
        print(f"process {killed} killed while it read: {'equal' if equal else 'DIFFERENT'}")
        return equal


def kill_reader(folder: Path, killed: list[int]) -> None:
    """Kill the worker that waits at the gate, once, and open the gate for the next."""
    waiting = folder / "waiting"
    while not waiting.exists():
        time.sleep(0.02)
    reader = int(waiting.read_text())
    if reader == os.getpid():
        (folder / "go").touch()  # this process looks at the captures first
        return
    os.kill(reader, signal.SIGKILL)
    killed.append(reader)
    while int(waiting.read_text()) == reader:
        time.sleep(0.02)
    (folder / "go").touch()


def same(found: Any, wanted: pa.Table, leave: tuple[str, ...] = ()) -> bool:
    """Whether a frame and a table hold the same, column by column."""
    table = pa.Table.from_pandas(found, preserve_index=False)
    if table.num_rows != wanted.num_rows or table.column_names != wanted.column_names:
        return False
    names = set(wanted.column_names) - set(leave)
    return all(table[name].to_pylist() == wanted[name].to_pylist() for name in names)


if __name__ == "__main__":
    dask.config.set({"distributed.admin.log-format": "%(message)s"})
    sys.exit(main())
