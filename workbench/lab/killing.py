"""Writers that are killed at random times: ``python -m workbench.lab.killing KILLS [SEED]``.

A child process writes batches of 300 hosts to a store, reports each commit through a pipe, and is killed
(SIGKILL). Most commits make a checkpoint, so some kills hit checkpoints. Then the store is opened again: it
must be valid, and contain only complete batches and all reported ones. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from contextlib import closing
from typing import Any

from huginn_cffi.store import opening, writer
from tests.support.hosts import host, port

BATCH = 300


def write(path: str, pipe: int) -> None:
    committed = threading.Semaphore(0)

    def report(hosts: int) -> None:
        os.write(pipe, f"{hosts}\n".encode())
        committed.release()

    hosts: list[Any] = []
    writing = writer.Writer(path, "gate", lambda: (hosts.pop() for _ in range(len(hosts))), on_commit=report)
    writing.start()
    writing._connection.execute("PRAGMA wal_autocheckpoint = 20")
    for first in range(writing._retention._count, 1 << 24, BATCH):
        hosts += [host(first + at, ports=(port(),)) for at in range(BATCH)]
        committed.acquire()


def killed(path: str, after: float) -> list[int]:
    """The commits that a child reported before it was killed."""
    read, pipe = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write(path, pipe)
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
    """Numbers of hosts, systems and ports; raises `SystemExit` if the store is damaged."""
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
    """Check for complete batches, including all that were reported."""
    hosts, systems, ports = counts(path)
    if hosts % BATCH or not hosts == systems == ports:
        raise SystemExit(f"a part of a batch: {hosts} hosts, {systems} systems, {ports} ports")
    if hosts < before + sum(reported):
        raise SystemExit(f"{before} + {sum(reported)} hosts were reported, {hosts} are there")


def main() -> None:
    kills, draw = int(sys.argv[1]), random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    writer.BATCH, writer.FLUSH_S = BATCH, 0.001
    found = {"kills": kills, "commits": 0}
    with tempfile.TemporaryDirectory() as folder:
        written = f"{folder}/written.sqlite"
        for _ in range(kills):
            before = counts(written)[0]
            reported = killed(written, draw.uniform(0.05, 0.25))
            check_written(written, before, reported)
            found["commits"] += len(reported)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
