"""Writers that are killed at random moments: ``python -m tools.lab.killing KILLS [SEED]``.

A child writes batches of 300 hosts to a store, reports each commit through a pipe, and is killed
(SIGKILL); every third child migrates a store instead. Most commits make a checkpoint, so kills
fall into those too. Then the store is opened again: it must be sound, hold whole batches only,
and all that was reported. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from huginn_cffi.store import opening, writer
from huginn_cffi.store.schema import MIGRATIONS
from tests.support.hosts import host, port

BATCH = 300
STORED = 20 * BATCH
NEXT = (
    *MIGRATIONS,
    (
        *("ALTER TABLE host ADD COLUMN more TEXT", "UPDATE host SET more = hex(addr)"),
        *(f"CREATE TABLE copy{number} AS SELECT * FROM host" for number in range(8)),
    ),
)


def write(path: str, pipe: int) -> None:
    """Write batch after batch until the end comes."""
    committed = threading.Semaphore(0)

    def report(hosts: int) -> None:
        os.write(pipe, f"{hosts}\n".encode())
        committed.release()

    writing = writer.Writer(path, "gate", on_commit=report)
    writing.start()
    writing._connection.execute("PRAGMA wal_autocheckpoint = 20")
    for first in range(writing._retention._count, 1 << 24, BATCH):
        writing.offer(host(first + at, ports=(port(),)) for at in range(BATCH))
        committed.acquire()


def migrate(path: str, pipe: int) -> None:
    """Bring a store to the next version, over and over."""
    for number in range(1000):
        copy = f"{path}.{number}"
        shutil.copy(path, copy)
        os.write(pipe, f"{number}\n".encode())
        opening.open_for_writing(copy, NEXT)


def killed(work: Callable[[str, int], None], path: str, after: float) -> list[int]:
    """What a child reported before it was killed."""
    read, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(path, pipe)
        finally:
            os._exit(1)
    os.close(pipe)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise SystemExit("a child ended by itself")
    with os.fdopen(read, "rb") as pipe:
        return [int(line) for line in pipe.read().splitlines()]


def counts(path: str) -> tuple[int, int, int]:
    """Hosts, their systems and ports; `SystemExit` for a store that is not sound."""
    connection, lock = opening.open_for_writing(path)
    with closing(connection):
        if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise SystemExit(f"{path} is damaged")
        hosts, systems, ports = (
            connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for name in ("host", "system", "port")
        )
    lock.release()
    return hosts, systems, ports


def check_written(path: str, before: int, reported: list[int]) -> None:
    """Whole batches, and all that was reported."""
    hosts, systems, ports = counts(path)
    if hosts % BATCH or not hosts == systems == ports:
        raise SystemExit(f"a part of a batch: {hosts} hosts, {systems} systems, {ports} ports")
    if hosts < before + sum(reported):
        raise SystemExit(f"{before} + {sum(reported)} hosts were reported, {hosts} are there")


def check_migrated(path: str) -> str:
    """The old version or the new one, each with all it has."""
    with closing(sqlite3.connect(path)) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        (tables,) = connection.execute(
            "SELECT count(*) FROM sqlite_master WHERE name LIKE 'copy%'"
        ).fetchone()
        (hosts,) = connection.execute("SELECT count(*) FROM host").fetchone()
        sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    old, new = (len(MIGRATIONS), 0), (len(MIGRATIONS) + 1, 8)
    if not sound or hosts != STORED or (version, tables) not in (old, new):
        raise SystemExit(f"{path}: version {version}, {tables} tables, {hosts} hosts")
    return "old" if (version, tables) == old else "new"


def main() -> None:
    """Kill, look, print."""
    kills, draw = int(sys.argv[1]), random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    writer.BATCH = BATCH
    found = {"kills": kills, "commits": 0, "migrations cut short": 0}
    with tempfile.TemporaryDirectory() as folder:
        written, whole = f"{folder}/written.sqlite", f"{folder}/whole.sqlite"
        with writer.Writer(whole, "gate") as filled:
            filled.offer(host(at, ports=(port(),)) for at in range(STORED))
        for number in range(kills):
            after = draw.uniform(0.05, 0.25)
            if number % 3 == 2:
                reported = killed(migrate, whole, after)
                if reported:  # else it was killed before it began
                    found["migrations cut short"] += check_migrated(f"{whole}.{reported[-1]}") == "old"
                for path in Path(folder).glob("whole.sqlite.*"):
                    path.unlink()
                continue
            before = counts(written)[0]
            reported = killed(write, written, after)
            check_written(written, before, reported)
            found["commits"] += len(reported)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
